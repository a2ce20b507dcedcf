"""What an error says: a template with named parts, so that it can be said in another language."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING, Final

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence


@attrs.frozen(init=False)
class Message:
    """A text for readers: a template in English, and the parts that are filled in.

    The template is the key of its translation, as with gettext: ``diplorel.language.messages`` has
    the Vietnamese. Only a template has fields, in braces. Parts are data and are shown as they are;
    a part that is a `Message` itself is filled in first, in the same language. A template without
    parts is a plain text: its braces mean nothing.

    Attributes:
        template: The English template.
        parts: What is filled in, by the name of the field. Texts, numbers and messages are kept as
            they are, and other values as the text that the template shows of them, so that every
            message can be pickled.

    >>> hint = Message(" Did you mean {names}?", names="'VNM'")
    >>> str(Message("unknown party {name!r}.{hint}", name="{VN}", hint=hint))
    "unknown party '{VN}'. Did you mean 'VNM'?"
    """

    template: str
    parts: Mapping[str, object]

    def __init__(self, template: str, /, **parts: object) -> None:
        self.__attrs_init__(template, _kept(template, parts))  # pyright: ignore[reportAttributeAccessIssue]

    def __str__(self) -> str:
        return self.render()

    def render(self, translate: Callable[[str], str] = str) -> str:
        """Return the text, with every template translated before it is filled in."""
        template = translate(self.template)
        if not self.parts:
            return template
        return template.format(
            **{
                name: part.render(translate) if isinstance(part, Message) else part
                for name, part in self.parts.items()
            }
        )


class _Shown(str):
    """The text that a message shows of a value; its `repr` is the same text."""

    __slots__ = ()

    def __repr__(self) -> str:
        return str.__str__(self)


_AS_THEY_ARE: Final = frozenset((str, int, float, bool, type(None), Message))


def _kept(template: str, parts: Mapping[str, object]) -> dict[str, object]:
    """Return the parts of a message as it keeps them.

    A value may be changed later, and may be one that cannot be pickled, such as a function.
    """
    kept: dict[str, object] = {}
    for name, part in parts.items():
        if type(part) in _AS_THEY_ARE:
            kept[name] = part
        elif isinstance(message := getattr(part, "message", None), Message):
            kept[name] = message  # it is an error of the library
        else:
            with_repr = any(
                field == name and conversion == "r"
                for _, field, _, conversion in Formatter().parse(template)
            )
            kept[name] = _Shown(repr(part) if with_repr else part)
    return kept


NONE: Final = Message("none")
"""What a message says for a list without entries."""


def suggestion(suggestions: Iterable[str]) -> Message | str:
    """Return the sentence of `did_you_mean` for the message of an error."""
    named = either(map(repr, suggestions))
    return Message(" Did you mean {names}?", names=named) if named else ""


def listing(names: Sequence[str], most: int = 10) -> Message | str:
    """Return names with commas; of a long list, the first ones and how many more there are."""
    shown, more = ", ".join(names[:most]), len(names) - most
    return Message("{names} and {count} more", names=shown, count=more) if more > 0 else shown


def either(names: Iterable[str]) -> Message | str:
    """Return names with "or" between them.

    >>> str(either(["a", "b", "c"]))
    'a or b or c'
    """
    return join(Message(" or "), names)


def join(between: Message | str, texts: Iterable[Message | str]) -> Message | str:
    """Return texts with another text between them.

    >>> str(join("; ", [Message("since {year}", year=1973), "2024"]))
    'since 1973; 2024'
    """
    joined, *others = [*texts] or [""]
    for other in others:
        joined = Message("{one}{between}{other}", one=joined, between=between, other=other)
    return joined
