"""Five kinds of sheets that nobody made for this library load in one or two rounds.

The sheets in ``tests/data/unseen`` have real parties and made-up rows, with the mistakes that such
sheets have. A scripted user mends exactly what the first round reports, by the hints alone; only
what no hint can know, such as what belongs into an empty cell, is written down here as an answer.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import attrs
import pytest

import diplorel as dr

Run = Callable[..., str]
UNSEEN = Path(__file__).parent.parent / "data" / "unseen"


@attrs.frozen
class Kind:
    """One kind of sheet.

    Attributes:
        party: Whose stream it becomes.
        codes: What the first round reports.
        answers: What the user knows and no hint can say: from a line and a column to the cell.
        ranks: The ranks of levels that the ladder lacks.
        removed: The lines that the user takes out, since they contradict what is right.
        options: What the user asks for.
        events: How many events the stream then has.
    """

    party: str
    codes: set[str]
    answers: dict[tuple[int, str], str] = attrs.field(factory=dict)
    ranks: dict[str, int] = attrs.field(factory=dict)
    removed: set[int] = attrs.field(factory=set)
    options: tuple[str, ...] = ()
    events: int = 30


KINDS: Final = {
    "switches": Kind(
        party="Taiwan",
        codes={"DR124", "DR128", "DR131", "DR133", "DR134", "DR138", "DR301"},
        answers={
            (8, "source2_kind"): "press", (11, "partner"): "Taiwan",
            (18, "source2_kind"): "press",
        },
        removed={30},
        events=29,
    ),
    "labels": Kind(
        party="China",
        codes={"DR104", "DR124", "DR128", "DR131", "DR133", "DR134", "DR204"},
        answers={(15, "ladder"): "China"},
        ranks={
            "cooperative-partnership": 1, "friendly-partnership": 1, "golden-era": 2,
            "all-round-strategic-partnership": 3, "all-weather": 4,
        },
    ),
    "alliances": Kind(
        party="Norway",
        codes={"DR104", "DR124", "DR128", "DR131", "DR133", "DR134", "DR202"},
        answers={
            (3, "type"): "agreement-joined", (9, "country"): "Czechia",
            (11, "agreement"): "northern-pact",
        },
    ),
    "trade": Kind(
        party="Chile",
        codes={"DR104", "DR124", "DR128", "DR130", "DR131", "DR133", "DR134", "DR311"},
        answers={
            (17, "agreement"): "canada-ukraine-fta", (18, "date"): "2022-02-28",
            (26, "agreement"): "israel-colombia-fta-2",
        },
    ),
    "machine": Kind(
        party="China",
        codes={"DR124", "DR128", "DR130", "DR131", "DR133", "DR134", "DR137"},
        answers={(15, "date"): "2024-05-02", (30, "country"): "Japan"},
        options=("--number-repeats",),
    ),
}  # fmt: skip


class User:
    """Mends a sheet and its stream by what a round reports, and by nothing else."""

    def __init__(self, kind: Kind, text: str, folder: Path) -> None:
        self.kind = kind
        self.folder = folder
        self.rows = [*csv.reader(io.StringIO(text))]
        self.gone: set[int] = set()
        self.added: set[str] = set()
        self.used: set[str] = set()

    def text(self) -> str:
        """Return the sheet as it is now."""
        out = io.StringIO()
        left = [row for line, row in enumerate(self.rows, 1) if line not in self.gone]
        csv.writer(out, lineterminator="\n").writerows(left)
        return out.getvalue()

    def write(self, line: int, column: str, cell: str) -> None:
        self.rows[line - 1][self.rows[0].index(column)] = cell

    def get(self, line: int, column: str) -> str:
        cell: str = self.rows[line - 1][self.rows[0].index(column)]
        return cell

    def append(self, file: str, entry: str, key: str) -> None:
        """Write an entry into a file of the stream, once."""
        if key not in self.added:
            self.added.add(key)
            path = self.folder / file
            before = path.read_text("utf-8") if path.exists() else ""
            path.write_text(f"{before}\n{entry}\n", "utf-8")

    def mend(self, line: int, message: str) -> None:
        """Do what one problem asks for."""
        for pattern, how in HINTS:
            match = re.search(pattern, message)
            if match is not None:
                self.used.add(pattern)
                how(self, line, *match.groups())
                return
        pytest.fail(f"the user does not know what to do: {message}")


def ignore_column(user: User, line: int, head: str, new: str) -> None:
    user.rows[0][user.rows[0].index(head)] = new


def replace_party(user: User, line: int, column: str, name: str, id: str) -> None:
    """Take the party that is offered, or if it is another one, add it."""
    user.write(line, column, user.get(line, column).replace(name, id))


def add_party(user: User, line: int, id: str, name: str) -> None:
    user.append("parties.toml", f'[[party]]\nid = "{id}"\nnames.en = "{name}"', id)


def add_level(user: User, line: int, name: str) -> None:
    id = name.lower().replace(" ", "-")
    level = f'[[ladder.level]]\nid = "{id}"\nrank = {user.kind.ranks[id]}\nnames.en = "{name}"'
    user.append("stream.toml", level, id)


def name_level(user: User, line: int, column: str, cell: str) -> None:
    user.rows[line - 1] = [cell if old == column else old for old in user.rows[line - 1]]


def answer(user: User, line: int, column: str) -> None:
    user.write(line, column, user.kind.answers[line, column])


def answer_any(user: User, line: int) -> None:
    """Correct the one cell of a line that the user knows to be wrong."""
    ((_, column),) = [key for key in user.kind.answers if key[0] == line]
    answer(user, line, column)


def remove(user: User, line: int) -> None:
    assert line in user.kind.removed
    user.gone.add(line)


def number_repeats(user: User, line: int) -> None:
    assert "--number-repeats" in user.kind.options


NEW = r"(?:Osterland|Westmark|Free Aroona|Atlantic Bloc)"
"""Parties that the user knows to be others than the nearest that are offered."""
HINTS: Final[list[tuple[str, Callable[..., None]]]] = [
    (r"DR124 unknown column '(.+?)'\. Did you mean '(.+?)'\?", ignore_column),
    (r"DR124 unknown column '(.+?)'\. Take it out, or name it '(_.+?)'", ignore_column),
    (r"DR134 (type): .* Did you mean '([^']+)'\?$", lambda u, n, c, x: u.write(n, c, x)),
    (r"DR134 (type): .* Did you mean '[^']+' or '[^']+'", answer),
    (rf"DR133 .*unknown party '{NEW}'.*id = \"(\w+)\" and names\.en = \"(.+)\"$", add_party),
    (r"DR133 (\w+): unknown party '(.+?)'\. The nearest: [^(]+\((\w+)\)", replace_party),
    (r"DR13[01] (\w+): .*Write (\d{4}-\d\d-\d\d)(?:;|$)", lambda u, n, c, x: u.write(n, c, x)),
    (r"DR131 (\w+): .*(?:no calendar has$|with four digits)", answer),
    (r"DR128 (\w+): the cell is empty", answer),
    (r"DR138 (source2_kind): expected one of", answer),
    (r"DR138 the source lacks (source2_kind)", answer),
    (r"DR104 kind: .*got '(.+)'\. Did you mean '(.+)'\?", name_level),
    (r"DR104 levels: .* no level '(.+?)'\. Did you mean '(.+?)'\?", name_level),
    (r"DR104 levels: .* no level '(.+?)'\. .*added to it in stream\.toml", add_level),
    (r"DR204 levels: '(.+?)' .* add it to the ladder in stream\.toml", add_level),
    (r"DR104 (agreement): .*Write (\S+)$", lambda u, n, c, x: u.write(n, c, x)),
    (r"DR202 .*Name the party of that day", answer_any),
    (r"DR311 .*a new document has its own key", answer_any),
    (r"DR301 .*or correct this one", remove),
    (r"DR137 .*use --number-repeats", number_repeats),
]


@pytest.mark.parametrize("name", KINDS)
def test_a_sheet_of_an_unseen_kind_loads_in_two_rounds(run: Run, tmp_path: Path, name: str) -> None:
    kind = KINDS[name]
    folder, sheet = tmp_path / name, tmp_path / f"{name}.csv"
    run("new", str(folder), "--party", kind.party)
    text = (UNSEEN / sheet.name).read_text("utf-8")
    assert len(text.splitlines()) == 31
    sheet.write_text(text, "utf-8")

    told = run("import", str(sheet), str(folder), code=1, err=True).splitlines()[:-1]
    user = User(kind, text, folder)
    codes = set()
    for one in told:
        match = re.fullmatch(rf"{re.escape(str(sheet))}:(\d+): ((DR\d+) .*)", one)
        assert match is not None, one
        user.mend(int(match[1]), match[2])
        codes.add(match[3])
    assert codes == kind.codes
    assert len(told) > 10

    sheet.write_text(user.text(), "utf-8")
    second = run("import", str(sheet), str(folder), *kind.options)
    assert second.startswith(f"Events added: {kind.events}, corrected: 0, taken back: 0; ")
    assert run("check", str(folder)) == f"{kind.events} records, no problems.\n"

    # a third round says that nothing is left, and Python reads the same
    third = run("import", str(sheet), str(folder), *kind.options)
    assert third.startswith("Events added: 0, corrected: 0, taken back: 0; ")
    log = dr.read(folder)
    again = dr.read_sheet(user.text(), reference=log.reference, number_repeats=bool(kind.options))
    assert {event.id for event in again.events} == {event.id for event in log.resolve().events}
