"""Data for the scripts of a page, inside the page: nothing is requested."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from diplorel.model.text import visible
from diplorel.pages.environment import trusted

if TYPE_CHECKING:
    from collections.abc import Mapping

_ESCAPES: Final = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}


def json_text(data: Mapping[str, Any]) -> str:
    r"""Return data as JSON that cannot end the element around it, nor begin another one.

    >>> json_text({"a": "</script>"})
    '{"a":"\\u003c/script\\u003e"}'
    """
    text = json.dumps(_seen(data), ensure_ascii=False, separators=(",", ":"))
    return text.translate(_ESCAPES)


def as_json(data: Mapping[str, Any]) -> Any:
    """Return the same as markup for a template."""
    return trusted(json_text(data))


def _seen(value: Any) -> Any:
    """Return data without the characters that nobody sees: a script would show them as they are."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {key: _seen(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_seen(item) for item in value]
    return value
