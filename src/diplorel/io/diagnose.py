"""Everything that is wrong with data, by a converter that looks at all of them.

Only data that could not be read come here, so this module is imported when the first of them does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cattrs.errors import ClassValidationError, ForbiddenExtraKeysError, IterableValidationError

from diplorel.errors import FIELD_ALIKE, DiplorelError, did_you_mean, nearest
from diplorel.io.converter import converter
from diplorel.model.fields import keys_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Found = tuple[str, str, str]
"""What is wrong: a code, where in the data (``sources[0].on``) and a message."""


_DETAILED: Final = converter(detailed=True)


def explain(data: dict[str, Any], cls: type) -> list[Found]:
    """Return everything that is wrong with data that could not be read, key by key."""
    known = keys_of(cls)
    found: list[Found] = []
    values = {}
    for key, value in data.items():
        if key not in known:
            hint = did_you_mean(nearest(key, known, limit=1, alike=FIELD_ALIKE))
            found.append(("DR102", key, f"unknown key {key!r}.{hint}".rstrip(".")))
            continue
        field = known[key]
        try:
            structured = _DETAILED.structure(value, field.kind)
            values[key] = field.convert(structured) if field.convert else structured
        except Exception as error:  # noqa: BLE001  each fault is collected and reported
            found += _find_problems(error, key)
    missing = sorted(key for key, field in known.items() if field.required and key not in data)
    found += [("DR105", key, f"the key {key!r} is missing") for key in missing]
    if not found:
        try:
            cls(**values)
        except DiplorelError as error:
            found.append(("DR104", "", str(error)))
    return found


def _find_problems(error: BaseException, path: str) -> Iterator[Found]:
    """Yield each fault within an error of cattrs, with its place in the data."""
    if isinstance(error, (ClassValidationError, IterableValidationError)):
        for inner in error.exceptions:
            yield from _find_problems(inner, path + _place(inner))
    elif isinstance(error, ForbiddenExtraKeysError):
        known = keys_of(error.cl)
        for key in sorted(error.extra_fields):
            hint = did_you_mean(nearest(key, known, limit=1, alike=FIELD_ALIKE))
            yield "DR102", path, f"{path}: unknown key {key!r}.{hint}".rstrip(".")
    elif isinstance(error, KeyError):
        yield "DR105", path, f"{path}: the key is missing"
    else:
        text = str(error)
        yield "DR104", path, text if text.startswith(f"{path}:") else f"{path}: {text}"


def _place(error: BaseException) -> str:
    """Return the last step to an error: cattrs notes the attribute, `converter` the index."""
    notes = getattr(error, "__notes__", ())
    return next((f".{one.name}" if hasattr(one, "name") else str(one) for one in notes), "")
