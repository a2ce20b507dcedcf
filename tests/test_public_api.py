"""The public names are documented, and no signature of theirs changes by accident.

What is public is what the pages in ``docs/reference/api`` list. ``tests/data/api.txt`` describes
it, by griffe, from the text of the source. Run this file as a script to write the description anew
after a change on purpose, and read the difference.
"""

from __future__ import annotations

import difflib
import importlib
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import griffe
import pytest

import diplorel as dr

ROOT = Path(__file__).parents[1]
PAGES = ROOT / "docs" / "reference" / "api"
DESCRIPTION = ROOT / "tests" / "data" / "api.txt"
MODULES = (
    "charts",
    "check",
    "claims",
    "columnar",
    "events",
    "leads",
    "pages",
    "policies",
    "stores",
    "testing",
)
NOT_LISTED = {
    # described in words: the modules, and the constants of a module
    "diplorel.errors",
    "diplorel.events",
    "diplorel.policies",
    "diplorel.tracks",
    "diplorel.claims.CLAIMS",
    "diplorel.leads.GDELT",
    "diplorel.testing.LAWS",
    "diplorel.testing.PARTIES",
    # listed by the name by which users know them
    "diplorel.claims.Finding",
    "diplorel.events.Citation",
    "diplorel.events.Text",
    "diplorel.policies.Account",
    "diplorel.stores.Head",
    "diplorel.stores.Store",
    "diplorel.stores.open",
    # the type of a function: its docstring is that of `collections.abc.Callable`
    "diplorel.policies.Policy",
}


@cache
def listed() -> tuple[str, ...]:
    """Return the public names, as the pages list them."""
    found: list[str] = []
    for page in sorted(PAGES.glob("*.md")):
        found += re.findall(r"^   ~(diplorel\.[\w.]+)$", page.read_text("utf-8"), re.MULTILINE)
    return tuple(found)


def _object(name: str) -> Any:
    parts = name.split(".")
    for length in range(len(parts) - 1, 0, -1):
        try:
            thing: Any = importlib.import_module(".".join(parts[:length]))
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            thing = getattr(thing, part)
        return thing
    raise LookupError(name)


def test_no_name_is_listed_twice() -> None:
    assert sorted(listed()) == sorted(set(listed()))


def test_every_public_name_has_an_entry() -> None:
    public = {f"diplorel.{name}" for name in dr.__all__}
    for name in MODULES:
        module = importlib.import_module(f"diplorel.{name}")
        public |= {f"diplorel.{name}.{one}" for one in module.__all__}
    assert public - set(listed()) == NOT_LISTED


def test_every_error_has_an_entry() -> None:
    errors = {
        f"diplorel.errors.{name}"
        for name, thing in vars(dr.errors).items()
        if inspect.isclass(thing)
        and issubclass(thing, Exception)
        and thing.__module__ == "diplorel.errors"
    }
    assert errors - set(listed()) == set()


@pytest.mark.parametrize("name", listed())
def test_a_public_name_and_its_members_have_docstrings(name: str) -> None:
    thing = _object(name)
    silent = [] if _says_something(thing) else [name]
    if inspect.isclass(thing):
        silent += [
            f"{name}.{member}"
            for member, value in _members(thing)
            if not inspect.getdoc(value) and not inspect.getdoc(getattr(thing, member))
        ]
    assert silent == []


def _says_something(thing: Any) -> bool:
    own = vars(thing).get("__doc__") if inspect.isclass(thing) else thing.__doc__
    return bool(own and own.strip())


def _members(cls: type) -> Iterator[tuple[str, Any]]:
    """Yield the methods and properties of a class that are ours and public."""
    for parent in cls.__mro__:
        if parent.__module__.startswith("diplorel"):
            for name, value in vars(parent).items():
                plain = value.__func__ if isinstance(value, classmethod | staticmethod) else value
                if not name.startswith("_") and (
                    inspect.isfunction(plain) or isinstance(plain, property)
                ):
                    yield name, plain


# --- signatures ----------------------------------------------------------------------------------


def described() -> str:
    """Return the description of the public API: a line for each function, method and field."""
    package = griffe.load(
        "diplorel", search_paths=[ROOT / "src"], allow_inspection=False, resolve_aliases=True
    )
    assert isinstance(package, griffe.Module)
    lines: list[str] = []
    for name in sorted(listed()):
        found = package[name.removeprefix("diplorel.")]
        found = found.final_target if isinstance(found, griffe.Alias) else found
        if isinstance(found, griffe.Module):  # `charts.bump` is a function, and a module as well
            thing = _object(name)
            source = Path(inspect.getfile(thing))
            alone = griffe.visit(thing.__module__, source, source.read_text(encoding="utf-8"))
            found = alone[thing.__qualname__]
        lines += _lines(name, found)
    return "\n".join([*lines, ""])


def _lines(name: str, thing: Any) -> Iterator[str]:
    if isinstance(thing, griffe.Function):
        yield f"{name}({_parameters(thing)}) -> {thing.returns}"
    elif isinstance(thing, griffe.Attribute) and thing.annotation is not None:
        yield f"{name}: {thing.annotation}{_default(thing)}"
    elif isinstance(thing, griffe.Attribute):
        # of an enumeration the values are part of files and tables; others are constants
        is_member = thing.parent is not None and thing.parent.is_class
        yield f"{name} = {thing.value}" if is_member else name
    else:
        assert isinstance(thing, griffe.Class), name
        yield f"class {name}"
        for member, found in sorted(thing.all_members.items()):
            if not member.startswith("_") or member == "__init__":
                target = found.final_target if isinstance(found, griffe.Alias) else found
                yield from (f"  {line}" for line in _lines(member, target))


def _parameters(function: griffe.Function) -> str:
    """Return the parameters as a signature shows them; the text of a default is part of it."""
    shown: list[str] = []
    keyword = griffe.ParameterKind.keyword_only
    for one in function.parameters:
        if one.kind is keyword and not any(text.startswith("*") for text in shown):
            shown.append("*")
        star = {"variadic positional": "*", "variadic keyword": "**"}.get(str(one.kind.value), "")
        text = f"{star}{one.name}"
        if one.annotation is not None:
            text += f": {one.annotation}"
        if one.default is not None and not star:
            text += f" = {one.default}"
        shown.append(text)
    return ", ".join(shown)


def _default(attribute: griffe.Attribute) -> str:
    """Return whether a field has a default; a constructor takes it without one otherwise."""
    if attribute.value is None:
        return ""
    text = str(attribute.value)
    if text.startswith("attrs.field("):
        return " = …" if re.search(r"\b(default|factory)=", text) else ""
    return " = …"


def test_no_signature_changed_by_accident() -> None:
    was = DESCRIPTION.read_text(encoding="utf-8").splitlines()
    now = described().splitlines()
    changes = list(difflib.unified_diff(was, now, "described", "found", lineterm="", n=1))
    assert changes == [], "\n".join(
        [
            "the public API is not what tests/data/api.txt describes. If that is on purpose,",
            "read docs/reference/deprecation.md and run: python tests/test_public_api.py",
            *changes,
        ]
    )


if __name__ == "__main__":
    DESCRIPTION.write_text(described(), encoding="utf-8")
