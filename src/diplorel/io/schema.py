"""JSON Schema (draft 7) of a stream's files, made from the classes that read them.

Editors take it to complete keys and to mark what is wrong while one types. It says what a schema
can say; `read` and `check` say the rest. The layout's version (`SCHEMA`) is in the address of each
schema; an event type of a newer version than 1 says its own in the key ``v``, and lines of older
versions are upcast when they are read, so they always stay valid.
"""

from __future__ import annotations

import inspect
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from diplorel.io.event_types import event_types
from diplorel.io.layout import CLAIMS as CLAIMS_FILE
from diplorel.io.layout import LISTS, SCHEMA, EntryList
from diplorel.io.publish import replace
from diplorel.model import converters
from diplorel.model.claims import NEEDED
from diplorel.model.fields import Field, Form, fields_of, form_of, item_of
from diplorel.model.ladders import Ladder
from diplorel.model.reference import Coverage, StreamInfo
from diplorel.model.releases import Release

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable

    from diplorel.model.events import Event

DRAFT: Final = "http://json-schema.org/draft-07/schema#"
FILES: Final = ("stream", *(one.name for one in LISTS), CLAIMS_FILE.name, "events")
"""The files that have a schema: six of TOML, and a line of ``events.jsonl``."""
FOLDER: Final = f"v{SCHEMA}"
"""The folder of the schemas of this layout."""

_DAY: Final = r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?"
_POINT: Final = rf"({_DAY}|\d{{3}}X|\d\dXX)[?~]?"
_DATE: Final = {
    "type": "string",
    "pattern": rf"^({_POINT}|{_POINT}/{_POINT}|\[(\.\.|{_POINT}\.\.){_POINT}\])$",
    "description": "A date with the precision of its source: 2013-09-11, 2013-09, 2013, 201X, "
    "2013?, [2013-09-11..2013-09-13], [..1960], or an extent 2013-09-11/2013-09-13.",
}
_MOMENT: Final = {
    "type": "string",
    "format": "date-time",
    "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)$",
    "description": "When the record was made, in UTC; never before the line above.",
}
_PARTY: Final = {"type": "string", "pattern": f"^{converters.PARTY_ID.pattern}$"}
_SLUG: Final = {"type": "string", "pattern": f"^{converters.SLUG.pattern}$"}
_OFFICE: Final = {"type": "string", "pattern": f"^{converters.OFFICE.pattern}$"}
_NUMBER: Final = {"type": "string", "pattern": r"^[-+]?\d+(_?\d+)*(\.\d*)?([eE][-+]?\d+)?$"}
_TEXTS: Final = {"type": "object", "additionalProperties": {"type": "string"}}


_BY_FORM: Final[dict[Form, dict[str, Any]]] = {
    Form.TEXT: {"type": "string"},
    Form.KEY: _SLUG,
    Form.PARTY: _PARTY,
    Form.OFFICE: _OFFICE,
    Form.NUMBER: _NUMBER,
    Form.WHOLE: {"type": "integer"},
    Form.TRUTH: {"type": "boolean"},
    Form.TEXTS: _TEXTS,
}


def schema_of_line(types: Iterable[type[Event]] = ()) -> dict[str, Any]:
    """Return the schema of one line of ``events.jsonl``.

    Args:
        types: Event classes of tracks of your own, beside the standard ones.

    >>> sorted(schema_of_line()["required"])
    ['recorded', 'type']
    """
    known = event_types(types)
    shared: dict[str, Any] = {}
    choices = []
    for name, cls in sorted(known.items()):
        version = {"const": cls.version}
        present: dict[str, Any] = {"properties": {"type": {"const": name}, "v": version}}
        if cls.version > 1:  # a line without the key is of version 1, and is upcast
            present["required"] = ["v"]
        found = _object(cls, shared)
        found["properties"] = {"recorded": True, "type": True, "v": version, **found["properties"]}
        shared[name] = found
        choices.append({"if": present, "then": {"$ref": f"#/definitions/{name}"}})
    return {
        **_head("events", "One line of events.jsonl: an event as the stream recorded it."),
        "required": ["recorded", "type"],
        "properties": {
            "recorded": _MOMENT,
            "type": {"enum": sorted(known), "description": "What happened."},
        },
        "allOf": choices,
        "definitions": dict(sorted(shared.items())),
    }


def schemas(types: Iterable[type[Event]] = ()) -> dict[str, dict[str, Any]]:
    """Return the schema of every file of a stream's folder by the name of the file, without suffix.

    Args:
        types: Event classes of tracks of your own, beside the standard ones.

    >>> sorted(schemas())
    ['claims', 'events', 'offices', 'parties', 'persons', 'sources', 'stream']
    """
    return {
        "stream": _stream(),
        **{one.name: _table(one) for one in LISTS},
        CLAIMS_FILE.name: _claims(),
        "events": schema_of_line(types),
    }


def write_schemas(
    folder: str | os.PathLike[str], *, types: Iterable[type[Event]] = ()
) -> tuple[Path, ...]:
    """Write the schemas to ``<name>.schema.json`` in a folder, which is made if it is not there.

    Returns:
        The files.
    """
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    made = []
    for name, schema in schemas(types).items():
        path = target / f"{name}.schema.json"
        replace(path, f"{json.dumps(schema, indent=1, ensure_ascii=False)}\n".encode())
        made.append(path)
    return tuple(made)


# --- files ---------------------------------------------------------------------------------------


def _head(name: str, description: str) -> dict[str, Any]:
    return {
        "$schema": DRAFT,
        "$id": f"urn:diplorel:schema:{FOLDER}:{name}",
        "title": f"diplorel {name}, layout {SCHEMA}",
        "description": description,
        "type": "object",
    }


def _table(file: EntryList) -> dict[str, Any]:
    shared: dict[str, Any] = {}
    entry = _object(file.cls, shared)
    return {
        **_head(file.name, file.description),
        "additionalProperties": False,
        "properties": {file.table: {"type": "array", "items": entry}},
        "definitions": shared,
    }


def _stream() -> dict[str, Any]:
    shared: dict[str, Any] = {}
    ladder, coverage = _object(Ladder, shared), _object(Coverage, shared)
    ladder["properties"]["level"] = ladder["properties"].pop("levels")
    ladder["required"] = ["level" if key == "levels" else key for key in ladder["required"]]
    del coverage["properties"]["stream"]  # it is this stream
    info = _object(StreamInfo, shared)["properties"]
    return {
        **_head("stream", "What a stream says of itself."),
        "additionalProperties": False,
        "properties": {
            "schema": {"const": SCHEMA, "description": "The version of this layout."},
            **info,
            "coverage": {"type": "array", "items": coverage},
            "ladder": {"type": "array", "items": ladder},
            "release": {"type": "array", "items": _object(Release, shared)},
        },
        "definitions": shared,
    }


def _claims() -> dict[str, Any]:
    from diplorel.claims import CLAIMS  # noqa: PLC0415  the events alone do without

    shared: dict[str, Any] = {}
    choices = []
    for cls in sorted(CLAIMS, key=lambda one: one.kind):
        found = _object(cls, shared)
        del found["properties"]["stream"]  # it is this stream
        found["required"] = [*NEEDED, *found["required"]]
        found["properties"] = {"kind": True, **found["properties"]}
        shared[cls.kind] = found
        choices.append(
            {
                "if": {"properties": {"kind": {"const": cls.kind}}},
                "then": {"$ref": f"#/definitions/{cls.kind}"},
            }
        )
    entry = {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"enum": sorted(cls.kind for cls in CLAIMS)}},
        "allOf": choices,
    }
    return {
        **_head(CLAIMS_FILE.name, CLAIMS_FILE.description),
        "additionalProperties": False,
        "properties": {CLAIMS_FILE.table: {"type": "array", "items": entry}},
        "definitions": dict(sorted(shared.items())),
    }


# --- classes and types ---------------------------------------------------------------------------


def _object(cls: type, shared: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a class; those of the classes within it go to *shared*."""
    said = documented(cls)
    fields = fields_of(cls)
    properties: dict[str, Any] = {}
    for field in fields:
        found = _field(field, shared)
        if field.key in said:
            if "$ref" in found:  # draft 7 ignores what is beside one
                found = {"allOf": [found]}
            found = {**found, "description": said[field.key]}
        properties[field.key] = found
    schema: dict[str, Any] = {
        "type": "object",
        "description": " ".join((inspect.getdoc(cls) or "").split("\n\n")[0].split()),
        "additionalProperties": False,
        "properties": properties,
    }
    required = [field.key for field in fields if field.required]
    return {**schema, "required": required} if required else schema


def _field(field: Field, shared: dict[str, Any]) -> dict[str, Any]:
    demand = field.demand
    if field.form is Form.LIST:
        items = _form(field.item_form or Form.OTHER, field.item, shared)
        found = {"type": "array", "items": items}
        bounds = {
            "minItems": demand.least,
            "uniqueItems": demand.unique or None,
            "maxItems": demand.most,
        }
    else:
        found = _form(field.form, field.kind, shared)
        bounds = {"minimum": demand.least, "maximum": demand.most}
    return {**found, **{key: bound for key, bound in bounds.items() if bound is not None}}


def _form(form: Form, kind: Any, shared: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of values of a form and a type."""
    if form is Form.DATE:
        shared["date"] = _DATE
        return {"$ref": "#/definitions/date"}
    if form is Form.CHOICE:
        return {"enum": [member.value for member in kind]}
    if form is Form.LIST:
        return {"type": "array", "items": _form(form_of(item_of(kind)), item_of(kind), shared)}
    if form is Form.TABLE:
        if kind.__name__ not in shared:
            shared[kind.__name__] = _object(kind, shared)
        return {"$ref": f"#/definitions/{kind.__name__}"}
    return _BY_FORM.get(form, {})


def documented(cls: type) -> dict[str, str]:
    """Return what the docstrings of a class and its parents say of each attribute."""
    found: dict[str, str] = {}
    for one in reversed(cls.__mro__):
        _, _, block = (inspect.cleandoc(one.__doc__ or "")).partition("Attributes:\n")
        for name, text in re.findall(
            r"^    (\w+): (.+?)(?=^    \w+: |^\S|\n\n|\Z)", block, re.MULTILINE | re.DOTALL
        ):
            found[name] = " ".join(text.replace("``", "`").split())
    return found
