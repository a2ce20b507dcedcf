"""How Sphinx builds the site of these pages: ``nox -s site``, without a network or a warning.

The pages are MyST Markdown, which hosts of repositories show as well. The pages of the API come
from the docstrings. Files outside ``docs``, such as CONTRIBUTING.md, have a page of one line in
``docs/project``, which the site replaces with their text; links to them lead to that page.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import diplorel

if TYPE_CHECKING:
    from sphinx.application import Sphinx

project = "diplorel"
author = "The diplorel maintainers"
project_copyright = author
version = release = diplorel.__version__

extensions = [
    "myst_parser",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "sphinx_copybutton",
]
templates_path = ["_templates"]
nitpicky = True
nitpick_ignore_regex = [
    # names of Python, of other libraries and of our own type variables: they have no page here
    (r"py:.*", r"(?!diplorel\.).*"),
    # unions, tables and protocols of ours that appear in a signature and need no page of their own
    (r"py:.*", r"diplorel\.(charts\.picture|language\.said|io\.tables\.write)\.\w+"),
    (r"py:.*", r"diplorel\.analysis\.join_keys\.REASONS"),
]
# two classes of ours are called Bounds; a name alone leads to the first
suppress_warnings = ["ref.python"]

myst_enable_extensions = ["attrs_inline", "colon_fence"]
myst_heading_anchors = 4  # by the rule of GitHub, as the links on the pages expect

default_role = "py:obj"  # `EventLog` in a docstring is a link where the name has an entry
autosummary_generate = True
autosummary_ignore_module_all = False
autodoc_member_order = "bysource"
autodoc_default_options = {"members": True}
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
maximum_signature_line_length = 68  # longer ones have a line for each parameter
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True  # the fields of a class are a list, not an entry each

html_theme = "furo"
html_title = "diplorel"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
copybutton_prompt_text = r">>> |\.\.\. |\$ "
copybutton_prompt_is_regexp = True

DOCS: Final = Path(__file__).resolve().parent
ROOT: Final = DOCS.parent
TEXTS: Final = {
    "project/architecture": "ARCHITECTURE.md",
    "project/changelog": "CHANGELOG.md",
    "project/code-of-conduct": "CODE_OF_CONDUCT.md",
    "project/contributing": "CONTRIBUTING.md",
    "project/security": "SECURITY.md",
    "data/groups": "src/diplorel/datasets/groups/NOTES.md",
    "data/singapore": "src/diplorel/datasets/singapore/NOTES.md",
    "data/united-states": "src/diplorel/datasets/united_states/NOTES.md",
    "data/united-states-conversion": "examples/united_states/README.md",
    "data/vietnam": "src/diplorel/datasets/vietnam/NOTES.md",
}
"""The pages whose text is a file outside ``docs``."""
_PAGE_OF: Final = {ROOT / path: DOCS / f"{name}.md" for name, path in TEXTS.items()}
_CHART: Final = re.compile(r"!\[([^\]]*)\]\(([\w./-]*gallery/[\w-]+)-wide\.svg\)")
_END_OF_DOCTEST: Final = re.compile(
    r"^(```(?:pycon|python)\n.*?\n)\n```$", re.MULTILINE | re.DOTALL
)
_SCROLLS: Final = re.compile(r'<(pre(?=[ >])|div(?= class="table-wrapper))')
_LINK: Final = re.compile(r"(?<=\]\()(?!https?://|mailto:|#)([^)#\s]+)")


def relinked(text: str, come_from: Path, go_to: Path) -> str:
    """Return a page's text with its relative links as they are from another folder.

    A link to a file outside ``docs`` that has a page here leads to that page.
    """

    def moved(link: re.Match[str]) -> str:
        target = (come_from / link[1]).resolve()
        if not target.exists():  # it only looks like a link, in an example
            return link[1]
        return Path(os.path.relpath(_PAGE_OF.get(target, target), go_to)).as_posix()

    return _LINK.sub(moved, text)


def adapted(text: str) -> str:
    """Return a page's text as the site shows it.

    Each chart has two pictures, one for a screen and one for a phone; ``site.css`` shows the one
    that fits. The empty line that ends the output of a doctest is left out.
    """
    text = _CHART.sub(r"![\1](\2-wide.svg){.wide} ![\1](\2-narrow.svg){.narrow}", text)
    return _END_OF_DOCTEST.sub(r"\1```", text)


def _read(app: Sphinx, name: str, source: list[str]) -> None:
    """Take the text of a page from where it is, and lead its links to pages."""
    folder = (DOCS / name).parent
    come_from = folder
    if name in TEXTS:
        path = ROOT / TEXTS[name]
        app.env.note_dependency(str(path))
        source[0], come_from = path.read_text(encoding="utf-8"), path.parent
    source[0] = adapted(relinked(source[0], come_from, folder))


def _fit_page(
    _app: Sphinx, page: str, _template: str, context: dict[str, Any], _doctree: object
) -> None:
    """Say the language of a page, let keys reach what scrolls, and show its part of the navigation.

    Furo shows all of the navigation on each page: 500 links on 470 pages took minutes to write.
    """
    if page.startswith("vi/"):
        context["language"] = "vi"
    whole = context.get("toctree")
    if whole is not None:
        context["toctree"] = lambda **options: whole(**{**options, "collapse": True}).replace(
            'role="heading"', 'role="heading" aria-level="2"'
        )
    if "body" in context:
        context["body"] = _SCROLLS.sub(r'<\1 tabindex="0"', context["body"])


def _keep_colons(
    _app: Sphinx, what: str, _name: str, _thing: object, _options: object, lines: list[str]
) -> None:
    """Let napoleon take no "A text: a treaty" of an attribute for a type and its description.

    It looks for the colon in the first line only: that is an empty comment here.
    """
    if what in ("attribute", "data", "property"):
        lines[:0] = ["..", ""]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx what is done here."""
    app.connect("source-read", _read)
    app.connect("autodoc-process-docstring", _keep_colons, priority=400)  # before napoleon
    app.connect("html-page-context", _fit_page, priority=400)  # before that of the theme
    return {"parallel_read_safe": True, "parallel_write_safe": True}
