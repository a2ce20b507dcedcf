"""The command line: ``diplorel``, or ``python -m diplorel``.

It needs the extra ``cli`` (Typer and rich). Whatever goes wrong ends in clear lines on the error
stream and an exit code (`diplorel.cli.exit_codes`), never in a traceback.
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
        from diplorel.cli.app import run  # noqa: PLC0415  a missing extra is told in one line
    except ModuleNotFoundError as error:
        if error.name not in ("typer", "rich"):
            raise
        sys.stderr.write(
            "diplorel: the command line needs the extra 'cli': pip install 'diplorel[cli]'\n"
        )
        return BAD_CALL
    return run(sys.argv[1:] if argv is None else argv)
