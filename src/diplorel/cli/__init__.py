"""The command line: ``diplorel``, or ``python -m diplorel``.

It needs the extra ``cli`` (Typer and rich). Whatever goes wrong ends in clear lines on the error
stream and an exit code (`diplorel.cli.exit_codes`), never in a traceback:

==== ======================================================================
0    done, and sound
1    something is wrong with the data: problems, claims not as expected
2    the call is wrong, or something outside failed (a file, a full disk)
130  interrupted from the keyboard
141  the reader of a pipe has gone, as with ``| head``: nothing is wrong
==== ======================================================================
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from diplorel.cli.exit_codes import BAD_CALL

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code.

    Args:
        argv: The arguments after the name of the program; those of this process when None.
    """
    try:
        from diplorel.cli.app import run  # noqa: PLC0415  a missing extra is reported in one line
    except ModuleNotFoundError as error:
        if error.name not in ("typer", "rich"):
            raise
        sys.stderr.write(
            "diplorel: the command line needs the extra 'cli': pip install 'diplorel[cli]'\n"
        )
        return BAD_CALL
    return run(sys.argv[1:] if argv is None else argv)
