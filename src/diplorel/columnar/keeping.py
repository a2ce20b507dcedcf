"""States on disk, with what the next replay needs: a folder of Parquet files with a manifest.

Saved states are read as a table of events is: as files that may come from others. Their names are
fixed, so that none leads out of the folder; the manifest has a digest of each.
"""

from __future__ import annotations

import json
import shutil
from hashlib import blake2b
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Any, Final, get_args

import attrs

from diplorel._message import Message
from diplorel._version import __version__
from diplorel.columnar.dialects import DUCKDB
from diplorel.columnar.schema import EXTRA, FORMAT, arrow
from diplorel.columnar.writing import digest_of
from diplorel.errors import InvalidQueryError
from diplorel.io.publish import replace as replace_file
from diplorel.io.publish import sync
from diplorel.model.events import plain
from diplorel.model.records import Clock
from diplorel.model.table_frames import module_of
from diplorel.replay.order import Dates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from diplorel.columnar.engines import Engine
    from diplorel.columnar.schema import Codes
    from diplorel.columnar.tables import EventTable
    from diplorel.model.reference import Reference

MANIFEST: Final = "states.json"
"""The file that saved states have once they are whole."""
Columns = tuple[tuple[str, str], ...]
_DYAD: Final = (("a", "int32"), ("b", "int32"))
_SERIES: Final = (("ladder", "int32"), ("series", "int32"))
CODED: Final[dict[str, Columns]] = {
    "parts": (
        *_DYAD,
        ("type", "int16"),
        ("ladder", "int32"),
        ("level", "int32"),
        ("series", "int32"),
        ("n", "int64"),
        ("first_day", "int32"),
        ("kx", "int64"),
        ("vague_to", "int32"),
        ("widest", "int32"),
        ("top", "int64"),
    ),
    "near": (
        ("pos", "int64"),
        *_DYAD,
        ("type", "int16"),
        ("ladder", "int32"),
        ("level", "int32"),
        ("previous", "int32"),
        ("series", "int32"),
        ("lo", "int32"),
        ("hi", "int32"),
        ("key", "int64"),
        ("on", "string"),
        ("nth", "int32"),
        ("value", "string"),
        ("unit", "int32"),
        ("qualifier", "int32"),
    ),
    "wanted": (*_DYAD, *_SERIES, ("reach", "int64")),
    "crossed": _DYAD,
    "folded": _DYAD,
    "dead": (("pos", "int64"),),
}
"""The columns of what is saved beside the answers, with their Arrow types."""


@attrs.frozen
class Question:
    """What a replay is asked.

    Attributes:
        day: The ordinal of the day; None for all.
        moment: Up to when records were known, in the column of the clock; None for all.
        clock: The column that says when a record was known.
        dates: Whether an event is applied by its first day or its last.
    """

    day: int | None
    moment: int | None
    clock: Clock
    dates: Dates

    @property
    def visible(self) -> str:
        """The condition for what was known."""
        if self.moment is None:
            return "TRUE"
        if self.clock == "published":
            return f"(ev.published IS NULL OR ev.published <= {self.moment})"
        return f"ev.recorded <= {self.moment}"


@attrs.frozen
class Saved:
    """States that were saved.

    Attributes:
        folder: Where they are.
        rows: How many records the table had.
        question: What was asked.
    """

    folder: Path
    rows: int
    question: Question

    def attach(self, engine: Engine, answers: Mapping[str, Columns]) -> None:
        """Give them to an engine, each under its name with ``kept_`` before it."""
        for name in (*CODED, *answers):
            engine.attach(f"kept_{name}", (self.folder / f"{name}.parquet",))


def save(
    engine: Engine,
    table: EventTable,
    question: Question,
    answers: Mapping[str, Columns],
    path: str | Path,
    *,
    parts: str,
    overwrite: bool,
) -> None:
    """Save what an engine found.

    Args:
        engine: The engine, after a replay.
        table: The table.
        question: What was asked.
        answers: The columns of each answer.
        path: The folder to make.
        parts: The name of the parts of all dyads in the engine.
        overwrite: Whether states that were saved there are replaced.
    """
    refuse_others(engine, table)
    folder = Path(path)
    if folder.exists() and not (overwrite and (folder / MANIFEST).exists()):
        raise InvalidQueryError(
            "{folder} exists. Choose another name{remedy}",
            folder=folder,
            remedy="" if overwrite else Message(", or pass overwrite=True to replace saved states"),
        )
    parquet = module_of("pyarrow.parquet", EXTRA)
    folder.parent.mkdir(parents=True, exist_ok=True)
    made = Path(mkdtemp(prefix=f".{folder.name}.unfinished-", dir=folder.parent))
    try:
        digests = {}
        for name, columns in (CODED | {**answers}).items():
            source = parts if name == "parts" else name
            listed = ", ".join(f'"{column}"' for column, _ in columns)
            file = made / f"{name}.parquet"
            found = engine.arrow(f"SELECT {listed} FROM {source}").cast(_schema(columns))
            parquet.write_table(found, file, compression="zstd")
            sync(file)
            digests[name] = digest_of(file)
        manifest = _of_table(table, {kind: len(some) for kind, some in table.codes.items()})
        manifest |= {"rows": table.rows, "files": digests, "asked": attrs.asdict(question)}
        replace_file(made / MANIFEST, json.dumps(manifest, indent=1).encode())
        if folder.exists():
            shutil.rmtree(folder)
        made.rename(folder)
    finally:
        shutil.rmtree(made, ignore_errors=True)


def take_up(
    path: str | Path,
    engine: Engine,
    table: EventTable,
    question: Question,
    answers: Mapping[str, Columns],
) -> Saved:
    """Return states that were saved, if a replay can begin with them.

    Args:
        path: The folder.
        engine: The engine.
        table: The table.
        question: What is asked.
        answers: The columns of each answer.

    Raises:
        InvalidQueryError: They are damaged, or what changed since is not only more records, a later
            day, or more that was known.
    """
    refuse_others(engine, table)
    folder = Path(path)
    said = _read(folder, answers)
    asked, rows, now = said["asked"], said["rows"], _of_table(table, said["codes"])
    digests = tuple(said["digests"])
    is_by_another = question.moment is not None and asked.clock != question.clock
    cannot: list[tuple[bool, Message]] = [
        (
            said["version"] != __version__ or said["format"] != FORMAT,
            Message("they were saved by another version of the library"),
        ),
        (
            table.digests[: len(digests)] != digests
            or rows > table.rows
            or said["texts"] != now["texts"],
            Message("the table is another one, or was shortened"),
        ),
        (said["reference"] != now["reference"], Message("parties or ladders have changed")),
        (
            asked.dates != question.dates or is_by_another,
            Message("they were replayed with another rule for dates, or by another clock"),
        ),
        (_goes_back(asked.day, question.day), Message("they are of a later day")),
        (
            _goes_back(asked.moment, question.moment),
            Message("they are of what was known later"),
        ),
    ]
    for is_so, why in cannot:
        if is_so:
            raise InvalidQueryError(
                "the states in {folder} cannot be taken up: {why}. Replay without since=",
                folder=folder,
                why=why,
            )
    return Saved(folder, rows, asked)


def refuse_others(engine: Engine, table: EventTable) -> None:
    """Refuse engines that cannot take up states, and tables that are in memory only."""
    if engine.dialect.name != DUCKDB.name:
        raise InvalidQueryError(
            "the engine {engine} neither saves states nor takes them up. Use the engine duckdb",
            engine=engine.dialect.name,
        )
    if table.memory is not None:
        raise InvalidQueryError(
            "states of a table in memory are neither saved nor taken up. Write the table with "
            "diplorel.columnar.write, and replay that"
        )


def _goes_back(before: int | None, now: int | None) -> bool:
    return now is not None and (before is None or before > now)


def _schema(columns: Columns) -> Any:
    pa = arrow()
    return pa.schema([(name, pa.type_for_alias(kind)) for name, kind in columns])


def _of_table(table: EventTable, counts: Mapping[str, int]) -> dict[str, Any]:
    """Return what has to be as it was of a table, of its first texts of each kind."""
    return {
        "format": FORMAT,
        "version": __version__,
        "digests": list(table.digests),
        "codes": dict(counts),
        "texts": _digest(_texts(table.codes, counts)),
        "reference": _digest(_lives_and_ladders(table.reference)),
    }


def _texts(codes: Codes, counts: Mapping[str, int]) -> Any:
    return {kind: list(codes.get(kind, ()))[:count] for kind, count in counts.items()}


def _lives_and_ladders(reference: Reference) -> Any:
    """Return what the states depend on of the reference data, beside the library's own."""
    return [[plain(one) for one in (*reference.ladders, *reference.extra_parties)]]


def _digest(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return blake2b(text.encode(), digest_size=16).hexdigest()


def _read(folder: Path, answers: Mapping[str, Columns]) -> dict[str, Any]:
    """Return the manifest of saved states, every value of its type, with files as it says."""
    parquet = module_of("pyarrow.parquet", EXTRA)
    try:
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        said["asked"] = _question(**said["asked"])
        _expect(type(said["rows"]) is int and said["rows"] >= 0)
        _expect(all(type(one) is str for one in said["digests"]))
        _expect(all(type(one) is int and one >= 0 for one in said["codes"].values()))
        _expect({"format", "version", "texts", "reference"} <= said.keys())
        for name, columns in (CODED | {**answers}).items():
            file = folder / f"{name}.parquet"
            _expect(not file.is_symlink() and digest_of(file) == said["files"][name])
            _expect(parquet.read_schema(file).equals(_schema(columns)))
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        raise InvalidQueryError(
            "{folder} has no saved states, or they are damaged. Replay without since=, and save "
            "the states again",
            folder=folder,
        ) from None
    return said  # type: ignore[no-any-return]  # it was looked at


def _question(day: Any, moment: Any, clock: Any, dates: Any) -> Question:
    _expect(all(one is None or type(one) is int for one in (day, moment)))
    _expect(clock in get_args(Clock) and dates in get_args(Dates))
    return Question(day, moment, clock, dates)


def _expect(is_so: bool) -> None:
    if not is_so:
        raise ValueError("not as saved")


__all__ = ["CODED", "Question", "Saved", "save", "take_up"]
