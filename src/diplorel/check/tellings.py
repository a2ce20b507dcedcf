"""DR4xx: what is told in more ways than one, and whether anything explains it.

Two streams, or two sources of one, may differ, and stay side by side: a `Disagreement`. A problem
is what nothing explains: one source that one stream lets say two things, one act recorded under
two dates, a date that no source gives.
"""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING, Any

import attrs

from diplorel.check.view import span
from diplorel.errors import Problem
from diplorel.event import Event
from diplorel.sources import independent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from diplorel.check.view import View
    from diplorel.dates import PartialDate
    from diplorel.policies import Telling
    from diplorel.records import Record


@attrs.frozen(kw_only=True)
class Value:
    """One value that is given for a field of an act, and by whom.

    Attributes:
        value: The value as text; None where the field is left out.
        streams: The streams that give it.
        sources: The ids of the sources that give it.
    """

    value: str | None
    streams: tuple[str, ...]
    sources: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Disagreement:
    """One field of one act for which sources or streams give several values.

    Attributes:
        act: The id of the act.
        field: The field: ``place``, ``persons``, ``on`` for its date …; ``happened`` where one
            stream tells the act and another denies it; ``telling@`` and a digest where another
            denies one telling of it only.
        values: The values, in the order of their texts, each with all who give it.
        followed: The value that the replay follows; None where it follows none, or follows each as
            an act of its own.
    """

    act: str
    field: str
    values: tuple[Value, ...]
    followed: str | None

    def to_records(self) -> list[dict[str, Any]]:
        """Return one dict a value: act, field, value, streams, sources, whether followed."""
        return [
            {
                "act": self.act,
                "field": self.field,
                "value": one.value,
                "streams": list(one.streams),
                "sources": list(one.sources),
                "followed": one.value is not None and one.value == self.followed,
            }
            for one in self.values
        ]


# --- problems ------------------------------------------------------------------------------------


def tellings(view: View) -> Iterator[Problem]:
    """Yield the differences that nothing explains."""
    for first, second in view.near:
        shared = _shared(view, first, second)
        if shared:
            yield Problem(
                code="DR401",
                message=f"looks like {first.id!r} again, with another date",
                hint="If it is one act, retract one of the two; if two, give each its occasion",
                event=second.id,
                stream=shared[0],
            )
    yield from _two_words(view)
    for event in view.acts.events:
        given = [one.on for one in event.sources]
        if event.inferred is None and all(on and _apart(on, event.on) for on in given):
            dates = sorted({on.text for on in given if on})
            yield Problem(
                code="DR403",
                message=f"dated {event.on.text}, and its sources give {' and '.join(dates)}",
                hint="Give it a date that a source gives, or say in inferred how it was found",
                **view.at(event.id),
            )
    for id, narrower in view.acts.ambiguous.items():
        yield Problem(
            code="DR404",
            message=f"could be any of {len(narrower)} acts whose dates it holds: "
            + ", ".join(map(repr, narrower)),
            hint="Give it the date of the act that is meant, or one that holds no other",
            **view.at(id),
        )


def _two_words(view: View) -> Iterator[Problem]:
    """Find acts for which one stream gives two contents on the word of one source."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in view.records:
        if record.id in view.acts.tellings and isinstance(record.event, Event):
            groups.setdefault((record.stream, record.id), []).append(record)
    for (stream, id), group in groups.items():
        differing: dict[str, set[str]] = {}
        common: set[str] = set()
        targets: set[str] = set()
        for one, two in combinations(group, 2):
            contents = [record.event.content() for record in (one, two)]  # type: ignore[union-attr]
            roots = [_roots(record.event.sources, view) for record in (one, two)]
            if contents[0] != contents[1] and roots[0] & roots[1]:
                common |= roots[0] & roots[1]
                targets |= {f"{id}@{one.event.digest}", f"{id}@{two.event.digest}"}
                for field, values in _differing(contents).items():
                    differing.setdefault(field, set()).update(_text(value) for value in values)
        if differing:
            told = "; ".join(
                f"{field} {' and '.join(sorted(values))}" for field, values in differing.items()
            )
            yield Problem(
                code="DR402",
                message=f"told in two ways on the word of {' and '.join(map(repr, sorted(common)))}"
                f": {told}",
                hint="Retract the one that is wrong: " + " or ".join(sorted(targets)),
                event=id,
                stream=stream,
            )


def _roots(citations: Iterable[Any], view: View) -> frozenset[str]:
    return independent((one.source for one in citations), view.reference.source)


def _differing(contents: Iterable[Mapping[str, Any]]) -> dict[str, list[Any]]:
    """Return the fields in which contents differ, each with the values in order of contents."""
    told = list(contents)
    fields = dict.fromkeys(field for content in told for field in content)
    return {
        field: [content.get(field) for content in told]
        for field in fields
        if any(content.get(field) != told[0].get(field) for content in told)
    }


def _text(value: Any) -> str:
    if value is None:
        return "left out"
    return repr(value) if isinstance(value, str) else _plain(value)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _apart(one: PartialDate, two: PartialDate) -> bool:
    (first, last), (start, end) = span(one), span(two)
    return last < start or end < first


# --- disagreements -------------------------------------------------------------------------------


def differences(view: View) -> Iterator[Disagreement]:
    """Yield what sources or streams tell differently."""
    for act, told in view.acts.tellings.items():
        yield from _contents(act, told)
    for event in view.acts.events:
        if any(one.on and _apart(one.on, event.on) for one in event.sources):
            streams = view.streams.get(event.id, ())
            dates: dict[str, list[tuple[tuple[str, ...], str]]] = {event.on.text: []}
            for one in event.sources:
                date = one.on if one.on and _apart(one.on, event.on) else event.on
                dates.setdefault(date.text, []).append((streams, one.source))
            yield _disagreement(event.id, "on", dates, event.on.text)
    for first, second in view.near:
        if not _shared(view, first, second):
            dates = {}
            for event in (first, second):
                dates[event.on.text] = [
                    (view.streams.get(event.id, ()), one.source) for one in event.sources
                ]
            yield _disagreement(first.id, "on", dates, None)


def _contents(act: str, told: tuple[Telling, ...]) -> Iterator[Disagreement]:
    positive = [one for one in told if not one.denies]
    denials = [one for one in told if one.denies]
    whole = [one for one in denials if not one.against]
    if whole:
        answers = {"yes": _by(positive), "no": _by(whole)}
        yield _disagreement(act, "happened", answers, "no" if told[0].denies else "yes")
    for one in positive:
        against = [other for other in denials if other.against and other.denied(one)]
        if against:
            refused = told.index(against[0]) < told.index(one)
            answers = {"yes": _by([one]), "no": _by(against)}
            yield _disagreement(act, f"telling@{one.digest}", answers, "no" if refused else "yes")
    contents = [one.event.content() for one in positive]  # type: ignore[union-attr]
    for field, values in _differing(contents).items():
        texts = [None if value is None else _plain(value) for value in values]
        given: dict[str | None, list[tuple[tuple[str, ...], str]]] = {}
        for text, one in zip(texts, positive, strict=True):
            given.setdefault(text, []).extend(_by([one]))
        yield _disagreement(act, field, given, None if told[0].denies else texts[0])


def _by(tellings: Iterable[Telling]) -> list[tuple[tuple[str, ...], str]]:
    """Return who gives tellings: their streams, with each of their sources."""
    return [(one.streams, citation.source) for one in tellings for citation in one.citations]


def _disagreement(
    act: str,
    field: str,
    given: Mapping[Any, list[tuple[tuple[str, ...], str]]],
    followed: str | None,
) -> Disagreement:
    return Disagreement(
        act=act,
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
    )


def _shared(view: View, first: Event, second: Event) -> tuple[str, ...]:
    """Return the streams that tell both of two acts."""
    both = set(view.streams.get(first.id, ())) & set(view.streams.get(second.id, ()))
    return tuple(sorted(both))
