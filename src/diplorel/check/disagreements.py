"""Where sources or streams differ, side by side: a table to read, nothing to mend."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import attrs

from diplorel._columns import clipped, columns, counted
from diplorel.check.accounts import are_apart, differing_fields, plain_text, streams_with_both

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from diplorel.check.context import CheckContext
    from diplorel.model.events import Event
    from diplorel.resolve.policies import Account

    By = Iterable[tuple[tuple[str, ...], str]]
    """Who gives a value: streams, each time with one of their sources."""


@attrs.frozen(kw_only=True)
class Value:
    """One value that is given for a field of an event, and by whom.

    Attributes:
        value: The value as text, JSON where it is no text; None where the field is left out.
        streams: The streams that give it.
        sources: The ids of the sources that give it.
    """

    value: str | None
    streams: tuple[str, ...]
    sources: tuple[str, ...]

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
    """One field of one event for which sources or streams give several values. Print it to read it.

    Attributes:
        event: The id of the event.
        type: What sort of event it is, such as ``visit-made``.
        parties: Who takes part, by id.
        names: The same by name, in English.
        on: The date of the event.
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
        heading = f"{self.on}  {self.type}, {_and(self.names)}: {self.field}"
        return "\n".join([heading, *columns(rows)])


class Disagreements(tuple[Disagreement, ...]):
    """Disagreements in the order of events and fields: a tuple that prints as a table.

    In print, ``*`` marks the value that the replay follows.
    """

    __slots__ = ()

    def across(self) -> Disagreements:
        """Return those in which streams differ, without those among the sources of one stream."""
        return Disagreements(one for one in self if one.across)

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
    for accounts in context.events.accounts.values():
        yield from _of_accounts(context, accounts)
    for event in context.events.events:
        if any(one.on and are_apart(one.on, event.on) for one in event.sources):
            yield _disagreement(context, event, "on", _dates(context, event), event.on.text)
    for first, second in context.near_duplicates:
        if not streams_with_both(context, first, second):
            both = _dates(context, first)
            for date, by in _dates(context, second).items():
                both[date] = [*both.get(date, ()), *by]
            yield _disagreement(context, first, "on", both, None, is_followed=False)


def _dates(context: CheckContext, event: Event) -> dict[str, list[tuple[tuple[str, ...], str]]]:
    """Return the dates that are given for an event, its own first, with who gives them."""
    dates: dict[str, list[tuple[tuple[str, ...], str]]] = {event.on.text: []}
    for one, streams in context.citing(event).items():
        on = one.on if one.on and are_apart(one.on, event.on) else event.on
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
    for field, values in differing_fields(contents).items():
        texts = [None if value is None else plain_text(value) for value in values]
        given: dict[str | None, list[tuple[tuple[str, ...], str]]] = {}
        for text, one in zip(texts, positive, strict=True):
            given.setdefault(text, []).extend(_by([one]))
        happened = not accounts[0].denies
        followed = texts[0] if happened else None
        yield _disagreement(context, event, field, given, followed, is_followed=happened)


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
        values=tuple(
            Value(
                value=text,
                streams=tuple(sorted({name for names, _ in by for name in names})),
                sources=tuple(sorted({source for _, source in by})),
            )
            for text, by in sorted(given.items(), key=lambda item: (item[0] or "", item[0] is None))
        ),
        followed=followed,
        is_followed=is_followed,
    )


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
