"""Where sources or streams differ, side by side: a table to read, nothing to mend."""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING, Any

import attrs

from diplorel._columns import clipped, columns, counted
from diplorel.check.accounts import are_apart, differing_fields, plain_text, streams_with_both
from diplorel.model.events import plain
from diplorel.model.listing import Listing
from diplorel.model.source_entries import differing
from diplorel.model.sources import independent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from diplorel.check.context import CheckContext
    from diplorel.model.dates import PartialDate
    from diplorel.model.events import Event
    from diplorel.model.table import Table
    from diplorel.resolve.policies import Account

    By = Iterable[tuple[tuple[str, ...], str]]
    """Who gives a value: streams, each time with one of their sources."""


@attrs.frozen(kw_only=True)
class Value:
    """One value that is given for a field of an event, and who gives it.

    Attributes:
        value: The value as text, JSON where it is not a text; None where the field is left out.
        streams: The streams that give it.
        sources: The ids of the sources that give it.
        independent: How many of these are independent; three entries of one guide count once.
    """

    value: str | None
    streams: tuple[str, ...]
    sources: tuple[str, ...]
    independent: int = 0

    def words(self) -> str:
        """Return the value for readers.

        >>> Value(value='["Hanoi", "Huế"]', streams=(), sources=()).words()
        'Hanoi, Huế'
        """
        if self.value is None:
            return "left out"
        try:
            data = json.loads(self.value) if self.value[:1] in ("[", "{") else self.value
        except ValueError:  # a date such as [1965-08-09..1965-12-31]
            return self.value
        return _words(data)


@attrs.frozen(kw_only=True, repr=False)
class Disagreement:
    """One field with several values from sources or streams. Print it to read it.

    It is a field of an event, or of what streams say about sources, ladders, parties, claims and
    themselves.

    Attributes:
        event: The id of the event; of other entries, their kind and key, such as ``source/vna``.
        type: What sort of event it is, such as ``visit-made``, or of entry, such as ``source``.
        parties: Who takes part, by id; nobody for other entries.
        names: The same by name, in English.
        on: The date of the event; empty for other entries.
        field: The field: ``place``, ``persons``, ``on`` for its date …; ``happened`` where one
            stream reports the event and another denies it; ``account@`` and a digest where another
            denies one account of it only.
        values: The values, in the order of their texts, each with all who give it.
        followed: The value that the replay follows; None where that is to leave the field out.
        is_followed: Whether it follows one of the values. Otherwise it follows none, or each as an
            event of its own, and `followed` is None.
    """

    event: str
    type: str
    parties: tuple[str, ...]
    names: tuple[str, ...]
    on: str
    field: str
    values: tuple[Value, ...]
    followed: str | None
    is_followed: bool = True

    @property
    def streams(self) -> tuple[str, ...]:
        """The streams that give one of the values, in order."""
        return tuple(sorted({name for one in self.values for name in one.streams}))

    @property
    def across(self) -> bool:
        """Whether the streams differ: one of them gives a value that another does not give."""
        return len({one.streams for one in self.values}) > 1 and len(self.streams) > 1

    def follows(self, value: Value) -> bool:
        """Say whether the replay follows a value of it."""
        return self.is_followed and value.value == self.followed

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a value: the event, its field, the value, who gives it, if followed."""
        return [
            {
                "event": self.event,
                "type": self.type,
                "parties": list(self.parties),
                "names": list(self.names),
                "on": self.on,
                "field": self.field,
                "value": one.value,
                "streams": list(one.streams),
                "sources": list(one.sources),
                "independent": one.independent,
                "followed": self.follows(one),
            }
            for one in self.values
        ]

    def __repr__(self) -> str:
        return clipped(f"<Disagreement on {self.field} of {self.event}>")

    def __str__(self) -> str:
        rows = [
            (
                f"  {'*' if self.follows(one) else ' '} {one.words()}",
                ", ".join(one.streams),
                ", ".join(one.sources),
            )
            for one in self.values
        ]
        what = f"{self.on}  {self.type}, {_and(self.names)}" if self.on else self.event
        heading = f"{what}: {self.field}"
        return "\n".join([heading, *columns(rows)])


class Disagreements(Listing[Disagreement]):
    """Disagreements in the order of events and fields: a sequence that prints as a table.

    In print, ``*`` marks the value that the replay follows.
    """

    __slots__ = ()

    def across(self) -> Disagreements:
        """Return the disagreements between streams, without those within one stream."""
        return Disagreements((one for one in self if one.across), self.asked)

    def table(self) -> Table:
        """Return one row a value that is given for a field of an event."""
        from diplorel.check.disagreement_table import (  # noqa: PLC0415  few ask for it
            disagreement_table,
        )

        return disagreement_table(self, self.asked)

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a value, for a table; see `Disagreement.to_records`."""
        return [row for one in self for row in one.to_records()]

    def __repr__(self) -> str:
        events = counted(len({one.event for one in self}), "event")
        return f"<Disagreements: {len(self)} about {events}>"

    def __str__(self) -> str:
        return "\n".join(map(str, self)) or "no disagreements"


def find_disagreements(context: CheckContext) -> Iterator[Disagreement]:
    """Yield where sources or streams differ."""
    events = context.events
    for accounts in events.accounts.values():
        yield from _of_accounts(context, accounts)
    for event in events.events:
        if _dates_differ(event):
            yield _disagreement(context, event, "on", _dates(context, event), event.on.text)
    yield from _of_other_ids(context)
    yield from _of_reference(context)
    linked = {id: ids for ids in events.apart for id in ids}
    for first, second in context.near_duplicates:
        if second.id not in linked.get(first.id, ()) and not streams_with_both(
            context, first, second
        ):
            both = _dates(context, first)
            for date, by in _dates(context, second).items():
                both[date] = [*both.get(date, ()), *by]
            yield _disagreement(context, first, "on", both, None, is_followed=False)


def _dates_differ(event: Event) -> bool:
    """Say whether a source dates an event differently, or two sources exclude each other.

    Two days of one month exclude each other, and neither excludes the month that an event may have.
    """
    given = [one.on for one in event.sources if one.on]
    if any(_differ(on, event.on) for on in given):
        return True
    return event.on.end is None and any(are_apart(*two) for two in combinations(given, 2))


def _is_own(on: PartialDate, event: Event) -> bool:
    """Say whether a date is another than the event's, or leaves out days of it as others do."""
    if _differ(on, event.on):
        return True
    (first, last), (start, end) = event.on.span, on.span
    narrows = event.on.end is None and (first < start or end < last)
    given = (one.on for one in event.sources if one.on)
    return narrows and any(are_apart(on, other) for other in given)


def _differ(one: PartialDate, two: PartialDate) -> bool:
    """Say whether two dates cannot be the same, or are extents and neither holds the other."""
    if one.end is None or two.end is None:
        return are_apart(one, two)
    (first, last), (start, end) = one.span, two.span
    return not (first <= start and end <= last) and not (start <= first and last <= end)


def _dates(context: CheckContext, event: Event) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the dates that are given for an event, its own first, with who gives them."""
    dates: dict[str, list[tuple[tuple[str, ...], str]]] = {event.on.text: []}
    for one, streams in context.citing(event).items():
        on = one.on if one.on and _is_own(one.on, event) else event.on
        dates.setdefault(on.text, []).append((streams, one.source))
    return dates


def _of_accounts(context: CheckContext, accounts: tuple[Account, ...]) -> Iterator[Disagreement]:
    positive = [one for one in accounts if not one.denies]
    denials = [one for one in accounts if one.denies]
    event: Event = positive[0].event  # type: ignore[assignment]  # no denial
    whole = [one for one in denials if not one.against]
    if whole:
        answers = {"yes": _by(positive), "no": _by(whole)}
        yield _disagreement(
            context, event, "happened", answers, "no" if accounts[0].denies else "yes"
        )
    for one in positive:
        against = [other for other in denials if other.against and other.is_denial_of(one)]
        if against:
            refused = accounts.index(against[0]) < accounts.index(one)
            answers = {"yes": _by([one]), "no": _by(against)}
            field = f"account@{one.digest}"
            yield _disagreement(context, event, field, answers, "no" if refused else "yes")
    contents = [one.event.content() for one in positive]  # type: ignore[union-attr]
    happened = not accounts[0].denies
    for field, values in differing_fields(contents, context.reference.names).items():
        given = _given(values, [_by([one]) for one in positive])
        followed = _shown(values[0]) if happened else None
        yield _disagreement(context, event, field, given, followed, is_followed=happened)


def _of_other_ids(context: CheckContext) -> Iterator[Disagreement]:
    """Yield the differences between accounts of one event that have different dates and ids."""
    events = context.events
    by_id = {event.id: event for event in events.events}
    supports: dict[str, list[Event]] = {}
    for id, face in events.corroborations.items():
        supports.setdefault(face, []).append(events.supporting[id])
    for face, some in supports.items():
        yield from _of_supports(context, by_id[face], some)
    for ids in events.apart:
        yield from _of_visits(context, [by_id[id] for id in ids])


def _of_supports(
    context: CheckContext, event: Event, supports: Sequence[Event]
) -> Iterator[Disagreement]:
    """Yield where accounts that support an event differ from it, other than by saying less."""
    accounts = (event, *supports)
    for field, values in differing_fields(
        (one.content() for one in accounts), context.reference.names
    ).items():
        said = [
            (value, _reported(context, one)) for value, one in zip(values, accounts, strict=True)
        ]
        said = [(value, by) for value, by in said if value is not None]
        if field in ("on", "nth") or len({_shown(value) for value, _ in said}) == 1:
            continue
        given = _given([value for value, _ in said], [by for _, by in said])
        yield _disagreement(
            context, event, field, given, _shown(values[0]), is_followed=values[0] is not None
        )


def _of_visits(context: CheckContext, visits: Sequence[Event]) -> Iterator[Disagreement]:
    """Yield the differences between linked accounts of visits when each account is followed."""
    for field, values in differing_fields(
        (one.content() for one in visits), context.reference.names
    ).items():
        given = _given(values, [_reported(context, one) for one in visits])
        yield _disagreement(context, visits[0], field, given, None, is_followed=False)


def _of_reference(context: CheckContext) -> Iterator[Disagreement]:
    """Yield how entries of one kind and key differ; the first in the order of text is followed.

    What an entry for a source leaves out is not a value of it: another entry adds it.
    """
    clashes = context.reference.clashes()
    for kind, key in clashes:
        some, brought = zip(*context.reference.brought_by(kind, key), strict=True)
        followed = some[0] if kind != "source" else context.reference.source[key]
        for field, values in differing_fields(plain(one) for one in some).items():
            if kind == "source" and field not in differing(some):
                continue
            said = [*zip(values, brought, strict=True)]
            if kind == "source":
                said = [(value, streams) for value, streams in said if value is not None]
            given = _given([value for value, _ in said], [[(streams, "")] for _, streams in said])
            yield Disagreement(
                event=f"{kind}/{key}",
                type=kind,
                parties=(),
                names=(),
                on="",
                field=field,
                values=_values(given, context),
                followed=_shown(plain(followed).get(field)),
            )


def _given(values: Iterable[Any], by: Iterable[By]) -> dict[str | None, By]:
    """Return who gives each value."""
    given: dict[str | None, By] = {}
    for value, who in zip(values, by, strict=True):
        given[_shown(value)] = (*given.get(_shown(value), ()), *who)
    return given


def _shown(value: Any) -> str | None:
    return None if value is None else plain_text(value)


def _reported(context: CheckContext, event: Event) -> list[tuple[tuple[str, ...], str]]:
    """Return who reports an event under its own id: streams, each time with one of the sources."""
    return [
        ((record.stream,), citation.source)
        for record in context.by_id.get(event.id, ())
        for citation in record.event.sources
    ]


def _by(accounts: Iterable[Account]) -> list[tuple[tuple[str, ...], str]]:
    return [(one.streams, citation.source) for one in accounts for citation in one.citations]


def _disagreement(
    context: CheckContext,
    event: Event,
    field: str,
    given: Mapping[Any, By],
    followed: str | None,
    *,
    is_followed: bool = True,
) -> Disagreement:
    known = context.reference.parties
    return Disagreement(
        event=event.id,
        type=event.type,
        parties=event.parties,
        names=tuple(known.name_of(id) for id in event.parties),
        on=event.on.text,
        field=field,
        values=_values(given, context),
        followed=followed,
        is_followed=is_followed,
    )


def _values(given: Mapping[Any, By], context: CheckContext) -> tuple[Value, ...]:
    found = []
    for text, by in sorted(given.items(), key=lambda item: (item[0] or "", item[0] is None)):
        sources = {source for _, source in by if source}
        found.append(
            Value(
                value=text,
                streams=tuple(sorted({name for names, _ in by for name in names})),
                sources=tuple(sorted(sources)),
                independent=len(independent(sources, context.reference.source)),
            )
        )
    return tuple(found)


# --- in words ------------------------------------------------------------------------------------


def _words(value: Any) -> str:
    """Return JSON data for readers: lists with commas, a person by name and office."""
    if isinstance(value, list):
        return ", ".join(map(_words, value))
    if not isinstance(value, dict):
        return str(value)
    if "offices" in value or "name" in value:
        offices = _words([office.partition(":")[2] for office in value.get("offices", ())])
        who = value.get("name") or f"somebody of {value['party']}"
        return f"{who} ({offices})" if offices else who
    return "; ".join(f"{key}: {_words(one)}" for key, one in value.items())


def _and(names: tuple[str, ...]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
