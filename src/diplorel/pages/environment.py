"""How a page is made of a template: every text is escaped, and nothing outside the room is read."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from diplorel._resources import package_folder
from diplorel.model.table_frames import module_of
from diplorel.model.text import HIDDEN, visible
from diplorel.pages.words import word

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.charts.chart import Chart, Size
    from diplorel.model.dates import Language

EXTRA: Final = "pages"


def render(template: str, lang: Language, **content: Any) -> str:
    """Return a page: a template of this room, filled in.

    The same content is the same text on every machine.

    Args:
        template: The name of the template, such as ``brief.html``.
        lang: The language of the words: ``en`` or ``vi``.
        **content: What the template names; a name that is missing is an error.

    Raises:
        MissingExtraError: Jinja2 is not installed.
    """
    found: str = _environment(lang).get_template(template).render(lang=lang, **content)
    return found


@cache
def _environment(lang: Language) -> Any:
    jinja2 = module_of("jinja2", EXTRA)
    made = jinja2.Environment(
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        loader=jinja2.FunctionLoader(_template),
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
    )
    made.globals.update(
        word=lambda key, **parts: word(key, lang, **parts),
        stylesheet=lambda *names: trusted("".join(map(asset, names))),
        script=lambda *names: trusted("".join(map(asset, names))),
        policy=policy,
        picture=picture,
    )
    made.filters["address"] = address
    return made


def _template(name: str) -> str:
    return asset(name, "templates")


@cache
def asset(name: str, *folders: str) -> str:
    """Return a file of this room: the stylesheet, a script, or a template.

    Args:
        name: The name of the file, without a folder.
        *folders: The folders of this room that hold it.
    """
    path = package_folder() / "pages"
    for part in (*folders, name):
        if part in ("", ".", "..") or "/" in part or "\\" in part:
            raise LookupError(part)
        path = path / part
    return path.read_text(encoding="utf-8")


def policy(scripts: Iterable[str], extra: str = "") -> str:
    """Return what a page allows a browser: its own style, these scripts, and no request.

    A script runs only if its text is one of these, so nothing that a stream brings can run.

    Args:
        scripts: The texts of the scripts.
        extra: What scripts may do besides, such as ``'unsafe-eval'``.
    """
    hashes = [f"'sha256-{b64encode(sha256(one.encode()).digest()).decode()}'" for one in scripts]
    allowed = " ".join([*hashes, *([extra] if extra else [])]) or "'none'"
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src {allowed}; base-uri 'none'; form-action 'none'"
    )


def address(url: str | None) -> str | None:
    """Return an address that a page may lead to: of the web, with a host; None for any other.

    >>> address("https://example.org/a"), address("javascript:alert(1)"), address("//example.org")
    ('https://example.org/a', None, None)
    """
    if url is None or HIDDEN.search(url) or any(one.isspace() for one in url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.hostname else None


def picture(chart: Chart, size: Size) -> Any:
    """Return a picture of a chart for a page: SVG with escaped text."""
    return trusted(chart.to_svg(size, framed=False))


def trusted(text: str) -> Any:
    """Return markup that is ours: an asset, or a picture, whose texts are escaped."""
    return module_of("markupsafe", EXTRA).Markup(text)


def _visible(value: Any) -> Any:
    """Return what a template prints: without characters that nobody sees, and no "None"."""
    if value is None:
        return ""
    if isinstance(value, str) and not hasattr(value, "__html__"):
        return visible(value).translate(_NO_CHARACTERS)
    return value


_NO_CHARACTERS: Final[dict[int, str]] = dict.fromkeys((0xFFFE, 0xFFFF), "\N{REPLACEMENT CHARACTER}")
"""What Unicode keeps free, and HTML does not hold."""
