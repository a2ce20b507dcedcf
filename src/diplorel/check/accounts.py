"""DR4xx: conflicting accounts that nothing explains.

Two streams, or two sources of one, may differ, and both are kept: see `disagreements`. A
problem is what nothing explains: one source cited by one stream for two different contents, one
event recorded under two dates, a date that no source gives.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from diplorel.check.same_day import comparisons_cut
from diplorel.errors import Problem
from diplorel.model.events import Event, plain
from diplorel.model.sources import origins

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from diplorel.check.context import CheckContext
    from diplorel.model.dates import PartialDate
    from diplorel.model.names import NameKeys
    from diplorel.model.records import Record

TEXT_LIMIT: Final = 60
"""A longer value of a field, such as the levels of a ladder, is shown in part."""


def check_accounts(context: CheckContext) -> Iterator[Problem]:
    """Yield the differences that nothing explains."""
    for first, second in context.near_duplicates:
        both = streams_with_both(context, first, second)
        if both:
            yield Problem(
                code="DR401",
                message=f"looks like {first.id!r} again, under another date",
                hint="If it is one event, retract one of the two; if two, give each its occasion",
                event=second.id,
                stream=both[0],
            )
    for cut in context.likeness.cuts:
        yield comparisons_cut(context, cut.first, f"{cut.count:,} like events")
    yield from _contradict_one_source(context)
    for event in context.events.events:
        given = [one.on for one in event.sources]
        if event.inferred is None and all(on and are_apart(on, event.on) for on in given):
            dates = sorted({on.text for on in given if on})
            yield Problem(
                code="DR403",
                message=f"dated {event.on.text}, and its sources give {' and '.join(dates)}",
                hint="Give it a date that a source gives, or say in inferred how it was found",
                **context.at(event.id),
            )
    for id, narrower in context.events.ambiguous.items():
        yield Problem(
            code="DR404",
            message=f"its date holds the dates of {len(narrower)} events, and it can be any of "
            f"them: {', '.join(map(repr, narrower))}",
            hint="Give it the date of the event that is meant, or one that holds no other",
            **context.at(id),
        )


def _contradict_one_source(context: CheckContext) -> Iterator[Problem]:
    """Find events that one stream gives two contents for, on the authority of one source."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in context.records:
        if record.id in context.events.accounts and isinstance(record.event, Event):
            groups.setdefault((record.stream, record.id), []).append(record)
    for (stream, id), group in groups.items():
        fields: dict[str, None] = {}
        common: set[str] = set()
        wrong: dict[str, Mapping[str, Any]] = {}
        by_root: dict[str, list[Event]] = {}
        for record in group if len(group) > 1 else ():
            for root in _roots(record.event.sources, context):
                by_root.setdefault(root, []).append(record.event)  # type: ignore[arg-type]
        for root, events in sorted(by_root.items()):
            contents = [event.content() for event in events]
            differing = differing_fields(contents)
            if differing:
                common.add(root)
                fields |= dict.fromkeys(differing)
                wrong |= {
                    f"{id}@{event.digest}": content
                    for event, content in zip(events, contents, strict=True)
                }
        if wrong:
            ways = {
                target: ", ".join(f"{field} {_text(content.get(field))}" for field in fields)
                for target, content in sorted(wrong.items())
            }
            yield Problem(
                code="DR402",
                message="reported in two ways on the word of "
                f"{' and '.join(map(repr, sorted(common)))}"
                f", which differ in {' and '.join(fields)}",
                hint="Retract the one that is wrong: "
                + " or ".join(f"{target} ({way})" for target, way in ways.items()),
                event=id,
                stream=stream,
            )


def _roots(citations: Iterable[Any], context: CheckContext) -> frozenset[str]:
    return origins((one.source for one in citations), context.reference.source)


def differing_fields(
    contents: Iterable[Mapping[str, Any]], names: NameKeys | None = None
) -> dict[str, list[Any]]:
    """Return the fields that differ between contents, each with its values in order of contents.

    Args:
        contents: The contents.
        names: How names are compared; two names of one person do not differ. Default: as texts.
    """
    listed = list(contents)
    fields = dict.fromkeys(field for content in listed for field in content)
    compared = listed if names is None else [names.comparable(content) for content in listed]
    return {
        field: [content.get(field) for content in listed]
        for field in fields
        if any(content.get(field) != compared[0].get(field) for content in compared)
    }


def describe_entries(
    entries: Iterable[tuple[Any, Sequence[str]]], fields: Collection[str] | None = None
) -> str:
    """Return the fields that differ between entries of one key, and the streams of each value.

    Args:
        entries: The entries, each with the streams that brought it.
        fields: The fields to compare; an entry that leaves one out differs from nothing. Default:
            all fields, and what is left out differs from what is given.
    """
    listed = [(plain(entry), streams) for entry, streams in entries]
    found = []
    for field, values in differing_fields(content for content, _ in listed).items():
        if fields is not None and field not in fields:
            continue
        held: dict[str, list[str]] = {}
        for value, (_, streams) in zip(values, listed, strict=True):
            if fields is None or value is not None:
                held.setdefault(_clipped(_text(value)), []).extend(streams)
        said = (
            text + (f" ({', '.join(dict.fromkeys(streams))})" if streams else "")
            for text, streams in held.items()
        )
        found.append(f"{field}: {', '.join(said)}")
    return "; ".join(found)


def _clipped(text: str) -> str:
    return text if len(text) <= TEXT_LIMIT else f"{text[:TEXT_LIMIT]}…"


def _text(value: Any) -> str:
    if value is None:
        return "left out"
    return repr(value) if isinstance(value, str) else plain_text(value)


def plain_text(value: Any) -> str:
    """Return a field's value as text; JSON where it is not text."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def are_apart(one: PartialDate, two: PartialDate) -> bool:
    """Say whether two dates have no day in common."""
    (first, last), (start, end) = one.span, two.span
    return last < start or end < first


def streams_with_both(context: CheckContext, first: Event, second: Event) -> tuple[str, ...]:
    """Return the streams that report both events."""
    both = set(context.streams.get(first.id, ())) & set(context.streams.get(second.id, ()))
    return tuple(sorted(both))
