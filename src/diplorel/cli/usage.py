"""What is said of a call that names no command, or has a wrong option or argument."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import typer

from diplorel._message import Message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplorel.model.dates import Language

USAGE_ERROR: Any = typer.BadParameter.__mro__[1]
"""The class of what Typer says of a wrong call: Typer 0.29 has its own, older ones have Click's."""
TEMPLATES: Final = (
    "Invalid value for {option}: {said}",
    "No such command {name}.",
    "No such option: {name}",
    "Missing argument {name}.",
    "Missing option {name}.",
    "Option {name} requires an argument.",
    "Got unexpected extra argument ({name})",
    "Got unexpected extra arguments ({name})",
    "Got unexpected extra argument(s) ({name})",
    "{value} is not one of {known}.",
    "{value} is not a valid integer.",
)
"""What Typer says, so that it can be said in another language; all else is said as Typer does."""


class BadValue(typer.BadParameter):
    """The value of an option or argument cannot be read; Typer adds which one it is.

    Attributes:
        said: What is wrong with it.
    """

    def __init__(self, template: str, /, **parts: object) -> None:
        self.said = Message(template, **parts)
        super().__init__(str(self.said))


def wrong_usage(error: Any) -> Message:
    """Return what is wrong with a call, and which command gives help."""
    # Typer 0.29 adds two words of its own
    text = error.format_message().replace(": Value error, ", ": ")
    message = _read(text)
    if isinstance(error, BadValue) and "said" in message.parts:
        message = Message(message.template, **{**message.parts, "said": error.said})
    path = error.ctx.command_path if error.ctx else "diplorel"
    return Message("{said} See '{path} --help'.", said=message, path=path)


def _read(text: str) -> Message:
    """Return a text of Typer as a message; one that is not known is its own template.

    >>> _read("Missing option '--years'.").parts
    {'name': "'--years'"}
    """
    for template in TEMPLATES:
        names = re.findall(r"{(\w+)}", template)
        pattern = re.sub(r"\\{(\w+)\\}", r"(.+?)", re.escape(template))
        match = re.fullmatch(pattern, text, re.DOTALL)
        if match is not None:
            parts: dict[str, Message | str] = dict(zip(names, match.groups(), strict=True))
            if "said" in parts:
                parts["said"] = _read(match.groups()[-1])
            return Message(template, **parts)
    return Message("{text}", text=text)


def asked_language(argv: Sequence[str]) -> Language:
    """Return the language of `--lang`, before the options are read: a wrong one may be among them.

    >>> asked_language(["rank", "VNM", "--lang", "vi"]), asked_language(["rank", "--lang=en"])
    ('vi', 'en')
    """
    given = ""
    for word, after in zip(argv, (*argv[1:], ""), strict=False):
        if word == "--":
            break
        if word == "--lang":
            given = after
        elif word.startswith("--lang="):
            given = word.removeprefix("--lang=")
    return "vi" if given == "vi" else "en"
