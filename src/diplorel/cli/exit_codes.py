"""How a command ends: the exit codes of ``diplorel``."""

from __future__ import annotations

from typing import Final

SOUND: Final = 0
"""Done, and nothing is wrong."""
PROBLEMS: Final = 1
"""Something is wrong with the data: problems, or claims whose verdict is not the expected one."""
BAD_CALL: Final = 2
"""The call is wrong, or something outside failed, such as a file or a full disk."""
INTERRUPTED: Final = 130
"""Interrupted from the keyboard."""
PIPE_CLOSED: Final = 141
"""The reader of a pipe has gone, as with ``| head``: 128 plus SIGPIPE's number, as in a shell."""
