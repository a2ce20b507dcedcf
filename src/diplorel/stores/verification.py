"""DR7xx: the proof that a store only grew, and holds what it was given.

Every row is worked out again from the texts, and held against the row that is there.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any, TypeAlias

from diplorel.errors import Problem, StreamError
from diplorel.stores.reference_entries import reference_of
from diplorel.stores.rows import (
    GENESIS,
    NOTHING,
    HeadRow,
    Line,
    RecordRow,
    SubjectRow,
    is_wide,
    key_of_id,
    record_hash,
    reference_hash,
    subject_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator, Sequence

    from diplorel.check.context import At
    from diplorel.model.records import Record
    from diplorel.stores.backend import Session
    from diplorel.stores.values import Head

    Read: TypeAlias = Callable[[Sequence[Line]], list[Record]]
    Hashes: TypeAlias = dict[int, bytes]
    """The hash of each row by its number, and of what comes before the first by 0."""

_BRING_BACK = "Bring back the store from a copy that is sound"


def verify_rows(session: Session, read: Read, against: Head | None) -> Iterator[Problem]:
    """Yield whatever is not as it was appended.

    Args:
        session: One snapshot of the store.
        read: How to read lines.
        against: A head that was published.
    """
    damage = session.damage()
    for text in damage:
        yield Problem(code="DR707", message=f"the database is damaged: {text}", hint=_BRING_BACK)
    if damage:
        return  # what can still be read of it proves nothing
    rows = list(session.record_rows())
    records = _read_all(rows, read)
    hashes = yield from _records(rows, records)
    references = yield from _references(session)
    yield from _subjects(records, session)
    yield from _heads(list(session.head_rows()), hashes, references)
    if against is not None:
        yield from _published(against, hashes, references)


def _read_all(rows: list[RecordRow], read: Read) -> dict[int, Record | StreamError]:
    """Return what each line says, or why it cannot be read."""
    lines = [Line(row.position, row.stream, row.line) for row in rows]
    found: dict[int, Record | StreamError] = {}
    try:
        found.update(zip((row.position for row in rows), read(lines), strict=True))
    except StreamError:
        for line in lines:
            try:
                found[line.position] = read([line])[0]
            except StreamError as error:
                found[line.position] = error
    return found


def _gap(what: str, number: int, wanted: int) -> Problem:
    return Problem(
        code="DR702",
        message=f"{what} {number} is where {wanted} was expected: rows were taken out, put in "
        "or moved",
        hint=_BRING_BACK,
    )


def _changed(what: str, number: int, **at: Any) -> Problem:
    return Problem(
        code="DR701",
        message=f"{what} {number} does not follow from the one before it: it, or that one, was "
        "changed",
        hint=_BRING_BACK,
        **at,
    )


def _records(
    rows: list[RecordRow], records: dict[int, Record | StreamError]
) -> Generator[Problem, None, Hashes]:
    """Walk the chain of records."""
    hashes = {0: GENESIS}
    before = GENESIS
    begun: set[str] = set()
    for wanted, row in enumerate(rows, 1):
        record = records[row.position]
        id = None if isinstance(record, StreamError) else record.id
        at: At = {"event": id, "stream": row.stream}
        if row.position != wanted:
            yield _gap("record", row.position, wanted)
        if record_hash(before, row.position, row.stream, row.line) != row.hash:
            yield _changed("record", row.position, **at)
        if isinstance(record, StreamError):
            for problem in record.problems:
                message = f"record {row.position} cannot be read: {problem.message}"
                yield Problem(code="DR705", message=message, hint=problem.hint, **at)
        else:
            right = {
                "type": record.event.type,
                **key_of_id(record.id)._asdict(),
                "wide": is_wide(record.event),
                "first": int(row.stream not in begun),
            }
            wrong = [column for column, value in right.items() if getattr(row, column) != value]
            if wrong:
                yield Problem(
                    code="DR703",
                    message=f"record {row.position} is looked up by {', '.join(wrong)} other than "
                    "its line says",
                    hint=_BRING_BACK,
                    **at,
                )
        begun.add(row.stream)
        before = hashes[row.position] = row.hash
    return hashes


def _references(session: Session) -> Generator[Problem, None, Hashes]:
    """Walk the chain of reference data."""
    hashes = {0: GENESIS}
    before = GENESIS
    for wanted, row in enumerate(session.reference_rows(), 1):
        if row.number != wanted:
            yield _gap("reference entry", row.number, wanted)
        if reference_hash(before, row) != row.hash:
            yield _changed("reference entry", row.number)
        try:
            reference_of([(row.kind, row.text)])
        except StreamError as error:
            for problem in error.problems:
                message = f"reference entry {row.number} cannot be read: {problem.message}"
                yield Problem(code="DR705", message=message, hint=problem.hint)
        before = hashes[row.number] = row.hash
    return hashes


def _subjects(records: dict[int, Record | StreamError], session: Session) -> Iterator[Problem]:
    readable = [
        (place, record) for place, record in records.items() if not isinstance(record, StreamError)
    ]
    right = set(subject_rows(readable))
    unread = records.keys() - {place for place, _ in readable}
    there = {row for row in session.subject_rows() if row.position not in unread}
    for row in sorted(right ^ there, key=_by_position):
        found = "is missing" if row in right else "should not be there"
        yield Problem(
            code="DR703",
            message=f"the row that finds record {row.position} by {row.subject} {found}",
            hint=_BRING_BACK,
        )


def _by_position(row: SubjectRow) -> tuple[int, str]:
    return (row.position, row.subject)


def _heads(heads: list[HeadRow], hashes: Hashes, references: Hashes) -> Iterator[Problem]:
    """Hold each head against the chains, and the last one against their ends."""
    before = NOTHING
    for wanted, row in enumerate(heads, 1):
        if row.number != wanted:
            yield _gap("head", row.number, wanted)
        chains = (hashes.get(row.position), references.get(row.reference))
        grown = (row.position, row.reference)
        least = (before.position, before.reference)
        if chains != (row.hash, row.reference_hash) or not _grew(least, grown):
            yield Problem(
                code="DR704",
                message=f"head {row.number} is not that of record {row.position} and reference "
                f"entry {row.reference}",
                hint=_BRING_BACK,
            )
        before = row
    for what, last, end in (
        ("record", before.position, max(hashes)),
        ("reference entry", before.reference, max(references)),
    ):
        if last != end:
            yield Problem(
                code="DR704",
                message=f"the last head is that of {what} {last}, and the last {what} is {end}",
                hint=_BRING_BACK,
            )


def _grew(least: tuple[int, int], grown: tuple[int, int]) -> bool:
    return grown != least and all(a <= b for a, b in zip(least, grown, strict=True))


def _published(against: Head, hashes: Hashes, references: Hashes) -> Iterator[Problem]:
    end = (max(hashes), max(references))
    if against.position > end[0] or against.references > end[1]:
        yield Problem(
            code="DR706",
            message=f"the published head had {against.position} records and {against.references} "
            f"reference entries, and the store has {end[0]} and {end[1]}",
            hint=_BRING_BACK,
        )
        return
    both = hashes.get(against.position, b"") + references.get(against.references, b"")
    if sha256(both).hexdigest() != against.digest:
        yield Problem(
            code="DR706",
            message="the store does not hold what it held when the head was published",
            hint=_BRING_BACK,
        )
