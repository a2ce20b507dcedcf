"""What must show in no text, log or traceback."""

from __future__ import annotations


class Secret:
    """A text that has a password in it, or is one."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "Secret(…)"

    def reveal(self) -> str:
        """Return it, for the one who connects."""
        return self._value
