"""The pages say what the code says: complete, not stale, and without dead links."""

from __future__ import annotations

import importlib.util
import inspect
import re
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

import diplorel as dr
from diplorel.tracks import STANDARD

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
OURS = sorted([*PAGES, *ROOT.glob("*.md"), *(ROOT / "src").rglob("*.md")])
CODE = re.compile(r"^```([^\n`]*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TREE = re.compile(r"^:::\{toctree\}\n(.*?)^:::$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _without_code(page: Path) -> str:
    return CODE.sub("", page.read_text(encoding="utf-8"))


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", _without_code(page), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", text.lower()).strip().replace(" ", "-") for text in headings}


def _links(page: Path) -> list[tuple[Path, str]]:
    return [
        ((page.parent / target).resolve() if target else page, anchor)
        for target, anchor in LINK.findall(_without_code(page))
    ]


def _listed(page: Path) -> list[Path]:
    """Return the pages that a page has in the navigation of the site."""
    trees = TREE.findall(page.read_text(encoding="utf-8"))
    names = [line for tree in trees for line in tree.splitlines() if line and line[0] != ":"]
    return [found.resolve() for name in names for found in page.parent.glob(f"{name}.md")]


def _script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_catalogue_of_events_is_what_the_classes_say() -> None:
    script = _script("make_events")
    wanted = script.files()
    stale = [path.name for path, text in wanted.items() if _text(path) != text]
    stale += [path.name for path in script.PAGES.iterdir() if path not in wanted]
    assert stale == [], "the pages of events are stale: run python docs/make_events.py"


def test_the_page_of_tables_is_what_the_columns_say() -> None:
    script = _script("make_tables")
    assert script.PAGE.read_text(encoding="utf-8") == script.page(), (
        "docs/reference/tables.md is stale: run python docs/make_tables.py"
    )


def test_the_page_of_the_command_line_is_what_the_commands_say() -> None:
    script = _script("make_command_line")
    assert script.PAGE.read_text(encoding="utf-8") == script.page(), (
        "docs/reference/command-line.md is stale: run python docs/make_command_line.py"
    )


def test_the_gallery_is_what_the_charts_say() -> None:
    script = _script("make_gallery")
    wanted = script.files()
    stale = [path.name for path, text in wanted.items() if _text(path) != text]
    stale += [path.name for path in script.PICTURES.iterdir() if path not in wanted]
    assert stale == [], "the gallery is stale: run python docs/make_gallery.py"
    assert sum(len(text.encode()) for text in wanted.values()) < 1_500_000


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.exists() else ""


def test_the_catalogue_has_every_event_class() -> None:
    text = (DOCS / "reference" / "events.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| \[`([a-z-]+)`\]", text, flags=re.MULTILINE))
    owned = {cls.type for track in STANDARD for cls in track.owns}
    assert listed == owned | {dr.events.EventRetracted.type}


def _glossary() -> list[str]:
    text = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| ([^|]+?) \| \S[^|]* \| \S[^|]* \|$", text, flags=re.MULTILINE)
    return [row for row in rows if row != "word"]


def test_the_glossary_explains_each_word_once() -> None:
    words = _glossary()
    assert sorted(words) == sorted(set(words))
    assert len(words) == sum(
        line.startswith("| ") and not line.startswith("| word ")
        for line in (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8").splitlines()
    )


def test_the_glossary_names_every_public_class_that_is_no_error() -> None:
    text = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8")
    public = (getattr(dr, name) for name in dr.__all__)
    classes = [one for one in public if inspect.isclass(one) and not issubclass(one, Exception)]
    assert [one.__name__ for one in classes if f"`{one.__name__}`" not in text] == []


def test_the_glossary_has_every_track() -> None:
    text = (DOCS / "reference" / "glossary.md").read_text(encoding="utf-8").casefold()
    assert [one.name for one in STANDARD if one.name.rstrip("s") not in text] == []


@pytest.mark.parametrize("page", OURS, ids=_name)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    dead = [
        f"{target}#{anchor}" if anchor else str(target)
        for target, anchor in _links(page)
        if not target.exists()
        or (anchor and (target.suffix != ".md" or anchor not in _anchors(target)))
    ]
    assert not dead


def test_every_page_is_reached_from_the_map() -> None:
    seen, new = set[Path](), [DOCS / "index.md"]
    while new:
        page = new.pop()
        if page in seen or page.suffix != ".md" or not page.is_file():
            continue
        seen.add(page)
        new += [target for target, _ in _links(page)] + _listed(page)
    assert [_name(page) for page in PAGES if page not in seen] == []


@pytest.mark.parametrize("page", OURS, ids=_name)
def test_python_on_a_page_is_a_doctest(page: Path) -> None:
    blocks = CODE.findall(page.read_text(encoding="utf-8"))
    assert all(">>> " in text for lang, text in blocks if lang in ("python", "pycon", "py"))


RELEASED = re.findall(
    r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)$",
    (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"),
    flags=re.MULTILINE,
)
"""Each released version with its day, as the changelog has them."""


def test_the_changelog_begins_with_what_is_unreleased_and_goes_back_in_time() -> None:
    headings = re.findall(
        r"^## \[(.+?)\]", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert headings == ["Unreleased", *(version for version, _ in RELEASED)]
    assert sorted(RELEASED, key=lambda pair: [*map(int, pair[0].split("."))])[::-1] == RELEASED
    assert [day for _, day in RELEASED] == sorted((day for _, day in RELEASED), reverse=True)


def test_the_version_is_the_last_released_one_or_a_later_one_in_development() -> None:
    release, mark, number = dr.__version__.partition(".dev")
    last = [*map(int, RELEASED[0][0].split("."))]
    assert bool(mark) == number.isdecimal()
    present = [*map(int, release.split("."))]
    assert present > last if mark else present == last


def test_the_citation_file_agrees_with_the_project_and_the_changelog() -> None:
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    cited = dict(re.findall(r"^([a-z-]+): (.+)$", text, flags=re.MULTILINE))
    assert (cited["version"], cited["date-released"].strip('"')) == RELEASED[0]
    assert cited["abstract"] == project["description"]
    assert cited["license"] == project["license"].split(" AND ")[0]  # that of the code
