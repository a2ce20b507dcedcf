"""The commands that ask: who stands where, why, since when, and what changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import attrs
import typer

from diplorel import _ask
from diplorel.cli import completing
from diplorel.cli.options import (
    AParty,
    AsJson,
    AtLeast,
    By,
    ByClock,
    ByPolicy,
    Clock,
    Kind,
    Known,
    Lang,
    LangOption,
    OfKind,
    On,
    Point,
    Targets,
    WithOption,
    day,
    ladder_of,
    language,
    level_of,
)
from diplorel.cli.output import as_json, progress, prose, table, title
from diplorel.cli.records import (
    comparison_record,
    event_record,
    level_record,
    names_of,
    relation_record,
)
from diplorel.cli.targets import datasets as all_datasets
from diplorel.cli.targets import merged, open_all
from diplorel.errors import InvalidQueryError, did_you_mean, nearest
from diplorel.language.labels import word
from diplorel.model.dates import PartialDate, between_words, ordinal
from diplorel.model.events import plain
from diplorel.model.sources import independent
from diplorel.narrative.narrator import Narrator
from diplorel.tracks import LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.analysis.diff import Change
    from diplorel.analysis.metric_ranking import MetricRanking
    from diplorel.analysis.ranking import Comparison, Ranking
    from diplorel.analysis.ranking_rows import RankingRow
    from diplorel.log import EventLog
    from diplorel.model.events import Event
    from diplorel.model.ladders import Level
    from diplorel.world import World


def rank(
    party: AParty,
    *,
    on: On = None,
    at_least: AtLeast = None,
    kind: OfKind = Kind.ANY,
    explain: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="A B",
            help="What puts one of two partners before the other.",
            autocompletion=completing.parties,
        ),
    ] = None,
    by: Annotated[
        By | None,
        typer.Option(
            help="Rank by ties (the oldest first) or visits (the most first) alone; by ties where "
            "the party has no ladder.",
        ),
    ] = None,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    lang: LangOption = Lang.EN,
    with_: WithOption = None,
    json: AsJson = False,
) -> None:
    """Rank the partners of a party.

    By level on its own ladder, then by the day reached, then by the length of ties. It ranks
    declared titles, not closeness or importance.
    """
    log = merged(open_all(with_ or (), party))
    point, words = Point(on, known, clock, policy), Narrator(log.reference, language(lang))
    levels = at_least is not None or explain is not None
    if by is not None and levels:
        raise InvalidQueryError("--by ranks without levels: leave out --at-least and --explain")
    ranked = log.reference.parties.find(party).id in log.reference.ladder
    if by is None and not levels and not ranked:
        by = By.TIES
    if by is not None:
        with progress(1) as step:
            step("ranking")
            order = point.world(log).metric_ranking(party, by=by.value, kind=kind.value)
        _ordered(order, point, words, kind, json=json)
        return
    ladder = ladder_of(log, party)
    floor = None if at_least is None else level_of(ladder, at_least, "--at-least")
    with progress(1) as step:
        step("ranking")
        world = point.world(log)
        ranking = world.ranking(party, kind=kind.value)
        partners = world.partners(party, at_least=_id(floor), kind=kind.value)
    if explain is not None:
        _separation(ranking.explain(*explain), point, words, ranking.party, json=json)
        return
    wanted = {level.id for level in (ladder.at_least(floor.id) if floor else ladder.levels)}
    rows = [_facts(world, ranking.party, row, words) for row in ranking if row.level.id in wanted]
    if json:
        as_json(
            {
                "party": ranking.party,
                "name": words.name(ranking.party),
                **point.to_record(),
                "kind": kind.value,
                **level_record(floor, words, "at_least"),
                "complete": partners.complete,
                "possible": partners.possible,
                "names": names_of(partners.possible, words),
                "rows": [*rows, *_unplaced(ranking, words)],
            }
        )
        return
    title(_titled("rank", point, words, party=words.name(ranking.party)))
    if rows:
        heads = ("position", "id", "partner", "level", "reached", "ties", "sources")
        table(
            [word(head, words.lang) for head in heads],
            [_cells(row, words) for row in rows],
            right=(0, 6),
            whole=(1,),
        )
    else:
        prose(word("nobody", words.lang))
    prose(word("complete" if partners.complete else "open", words.lang))
    _named("possible", partners.possible, words)
    _named("unranked", ranking.unranked, words)
    _named("special", ranking.special, words)
    if ranking.unknown:
        prose(word("unknown", words.lang, count=len(ranking.unknown)))


def _unplaced(ranking: Ranking | MetricRanking, words: Narrator) -> list[dict[str, Any]]:
    """Return one record for each partner that has no position, with its block."""
    return [
        {"position": None, "party": party, "name": words.name(party), "block": block}
        for block in ("undecided", "unranked", "special", "unknown")
        for party in getattr(ranking, block, ())
    ]


def _ordered(
    order: MetricRanking, point: Point, words: Narrator, kind: Kind, *, json: bool
) -> None:
    """Print the partners by one thing alone."""
    if json:
        rows = [
            {**row, "name": words.name(row["party"]), "block": "ranked"}
            for row in order.to_records()
        ]
        as_json(
            {
                "party": order.party,
                "name": words.name(order.party),
                "by": order.by,
                **point.to_record(),
                "kind": kind.value,
                "complete": order.complete,
                "rows": [*rows, *_unplaced(order, words)],
            }
        )
        return
    title(_titled(f"order by {order.by}", point, words, party=words.name(order.party)))
    if order.rows:
        cells = [
            [
                _placed(row.position, row.best, row.worst),
                row.party,
                words.name(row.party),
                row.value.words(words.lang)
                if isinstance(row.value, PartialDate)
                else str(row.value),
            ]
            for row in order
        ]
        heads = ("position", "id", "partner", "ties since" if order.by == "ties" else "visits")
        right = (0,) if order.by == "ties" else (0, 3)
        table([word(head, words.lang) for head in heads], cells, right=right, whole=(1,))
    else:
        prose(word("nobody", words.lang))
    prose(word("complete" if order.complete else "open", words.lang))
    _named("possible", order.undecided, words)
    _named("unknown ties", order.unknown, words)


def _placed(position: int, best: int, worst: int) -> str:
    """Return a position, with the others that the dates allow."""
    return str(position) + ("" if best == worst else f" ({best}-{worst})")


def _titled(key: str, point: Point, words: Narrator, **parts: Any) -> str:
    """Return a title that states the point of view."""
    on = word("all days", words.lang) if point.on is None else _end_of(point.on, words)
    said = word(key, words.lang, day=on, **parts)
    if point.known is not None:
        how = "as published" if point.clock is Clock.PUBLISHED else "as known"
        said += ", " + word(how, words.lang, known=PartialDate(point.known).words(words.lang))
    return said


def _end_of(day: str, words: Narrator) -> str:
    """Return a day in words; of a month or a year, that its end is meant."""
    found = PartialDate(day)
    said = found.words(words.lang)
    return said if found.lo == found.hi else word("end of", words.lang, period=said)


def _facts(world: World, party: str, row: RankingRow, words: Narrator) -> dict[str, Any]:
    """Return what is known of one partner with a position, as JSON."""
    day = world.on or date.today()  # noqa: DTZ011  the reader's own day
    ties_for = None
    if row.ties is not None and row.ties.lo <= ordinal(day):
        ties_for = between_words(row.ties, day, words.lang)
    events = world.between(party, row.party).events(LEVEL)
    cited = {one.source for event in events if event.on == row.since for one in event.sources}
    return {
        "position": row.position,
        "best": row.best,
        "worst": row.worst,
        "party": row.party,
        "name": words.name(row.party),
        "block": "ranked",
        **level_record(row.level, words),
        "since": row.since.text,
        "ties": row.ties.text if row.ties else None,
        "ties_for": ties_for,
        "sources": sorted(cited),
        "independent_sources": len(independent(cited, world.reference.source)),
    }


def _cells(row: dict[str, Any], words: Narrator) -> list[str]:
    return [
        _placed(row["position"], row["best"], row["worst"]),
        row["party"],
        row["name"],
        row["level_name"],
        PartialDate(row["since"]).words(words.lang),
        row["ties_for"] or word("not said", words.lang),
        str(row["independent_sources"]),
    ]


def _named(key: str, ids: Sequence[str], words: Narrator) -> None:
    if ids:
        prose(word(key, words.lang, names=", ".join(sorted(map(words.name, ids)))))


def _separation(
    found: Comparison, point: Point, words: Narrator, party: str, *, json: bool
) -> None:
    if json:
        about = {"party": party, "name": words.name(party), **point.to_record()}
        as_json({**about, **comparison_record(found, words)})
        return
    first, second = words.name(found.first), words.name(found.second)
    if found.key is None:
        prose(word("shared", words.lang, first=first, second=second))
    else:
        why = word(f"by {found.key}", words.lang)
        sure = "" if found.certain else word("as dates tell", words.lang)
        prose(word("before", words.lang, first=first, second=second, why=why, sure=sure))
    for partner, event in ((first, found.first_event), (second, found.second_event)):
        if event is not None:
            prose("", f"{partner}: {_dated(event, words)}")
            prose(*(f"    {line}" for line in words.provenance(event)))


def _dated(event: Event, words: Narrator) -> str:
    on = event.on.words(words.lang)
    return f"{on[:1].upper()}{on[1:]}. {words.sentence(event)}"


def partners(
    party: AParty,
    *,
    on: On = None,
    at_least: AtLeast = None,
    exactly: Annotated[
        str | None,
        typer.Option(
            metavar="LEVEL",
            help="Only at the rank of this level.",
            autocompletion=completing.levels,
        ),
    ] = None,
    within: Annotated[
        str | None,
        typer.Option(
            metavar="GROUP",
            help="Only members of this group on that day.",
            autocompletion=completing.parties,
        ),
    ] = None,
    kind: OfKind = Kind.ANY,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    lang: LangOption = Lang.EN,
    with_: WithOption = None,
    json: AsJson = False,
) -> None:
    """List the partners of a party at a level of its ladder."""
    log = merged(open_all(with_ or (), party))
    point, words = Point(on, known, clock, policy), Narrator(log.reference, language(lang))
    if at_least is not None and exactly is not None:
        raise InvalidQueryError(
            "give --at-least or --exactly, not both: the one counts higher levels, the other not"
        )
    ladder = ladder_of(log, party)
    floor = None if at_least is None else level_of(ladder, at_least, "--at-least")
    rung = None if exactly is None else level_of(ladder, exactly, "--exactly")
    group = None if within is None else log.reference.parties.find(within).id
    world, me = point.world(log), ladder.party
    found = world.partners(
        me,
        at_least=_id(floor),
        exactly=_id(rung),
        within=group,
        kind=kind.value,
    )
    rows = []
    for other in found:
        held = world.between(me, other).level(me)
        since = held.since.text if held.since else None
        about = {"party": other, "name": words.name(other)}
        rows.append({**about, **level_record(held.level, words), "since": since})
    if json:
        as_json(
            {
                "party": me,
                "name": words.name(me),
                **point.to_record(),
                "kind": kind.value,
                **level_record(floor, words, "at_least"),
                **level_record(rung, words, "exactly"),
                "within": group,
                "within_name": group and words.name(group),
                "complete": found.complete,
                "parties": found.parties,
                "possible": found.possible,
                "names": names_of((*found.parties, *found.possible), words),
                "rows": rows,
            }
        )
        return
    said = _titled("partners", point, words, party=words.name(me))
    if floor is not None:
        said += ", " + word("at least", words.lang, level=floor.name(words.lang))
    if rung is not None:
        said += f", {rung.name(words.lang)}"
    if group is not None:
        said += ", " + word("within", words.lang, group=words.name(group))
    title(f"{said}: {len(found)}")
    if rows:
        heads = ("id", "partner", "level", "reached")
        unknown = word("not said", words.lang)
        cells = [
            [
                row["party"],
                row["name"],
                row["level_name"] or unknown,
                PartialDate(row["since"]).words(words.lang) if row["since"] else unknown,
            ]
            for row in rows
        ]
        table([word(head, words.lang) for head in heads], cells, whole=(0,))
    _named("possible", found.possible, words)
    prose(word("complete" if found.complete else "open", words.lang))


def _id(level: Level | None) -> str | None:
    return None if level is None else level.id


def show(
    a: AParty,
    b: AParty,
    *,
    on: On = None,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    lang: LangOption = Lang.EN,
    with_: WithOption = None,
    json: AsJson = False,
) -> None:
    """Tell the story of two parties.

    How they stand, and every event with who tells it.
    """
    log = merged(open_all(with_ or (), a, b))
    point = Point(on, known, clock, policy)
    relation = point.world(log)[a, b]
    words = Narrator(log.reference, language(lang), log.reference.parties.find(a).id)
    if json:
        as_json(
            {
                "parties": relation.parties,
                "names": names_of(relation.parties, words),
                **point.to_record(),
                **relation_record(relation, words),
            }
        )
        return
    title(_titled("show", point, words, parties=words.names(relation.parties)))
    prose("", *(f"{label}: {said}" for label, said in words.state(relation)), "")
    events = relation.events()
    title(word("timeline", words.lang, count=len(events)))
    accounts = relation.accounts()
    for event in events:
        prose("", _dated(event, words))
        prose(*(f"    {line}" for line in words.provenance(event, accounts.get(event.id, ()))))


def diff(
    since: Annotated[
        str,
        typer.Argument(
            metavar="SINCE",
            callback=day,
            help="Changes count from the end of this day, month or year: 2025-03-12, 2025-03 or "
            "2025, of which the last day counts.",
        ),
    ],
    until: Annotated[
        str,
        typer.Argument(
            metavar="UNTIL",
            callback=day,
            help="The last day, or a month or year, of which the last day counts.",
        ),
    ],
    *,
    party: Annotated[
        str | None,
        typer.Option(
            metavar="PARTY",
            help="Only what concerns this party.",
            autocompletion=completing.parties,
        ),
    ] = None,
    known_since: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            callback=day,
            help="The date of your last check: also lists earlier facts corrected since then. A "
            "day, month or year, of which the last day counts.",
        ),
    ] = None,
    lang: LangOption = Lang.EN,
    with_: WithOption = None,
    json: AsJson = False,
) -> None:
    """List what changed between two days.

    After the one and up to the other, apart from what was only corrected.
    """
    log = merged(open_all(with_ or (), *((party,) if party else ())))
    words = Narrator(log.reference, language(lang))
    only = None if party is None else log.reference.parties.find(party).id
    with progress(1) as step:
        step("comparing")
        found = log.diff(since, until, known_since=known_since)
    if only is not None:
        found = attrs.evolve(
            found,
            changes=_concerning(only, found.changes),
            corrections=_concerning(only, found.corrections),
        )
    events, corrected = _events(found.changes), _events(found.corrections)
    if json:
        as_json(
            {
                "since": since,
                "until": until,
                "known_since": known_since,
                "party": only,
                "changes": found.to_records(),
                "events": [
                    {**event_record(event, words), "corrected": is_corrected}
                    for is_corrected, some in ((False, events), (True, corrected))
                    for event in some
                ],
            }
        )
        return
    days = [PartialDate(day).words(words.lang) for day in (since, until)]
    title(word("diff", words.lang, count=len(events), since=days[0], until=days[1]))
    _events_table(events, words)
    if known_since is not None:
        last = PartialDate(known_since).words(words.lang)
        title(word("corrections", words.lang, count=len(corrected), known=last))
        _events_table(corrected, words)


def _concerning(party: str, changes: Iterable[Change]) -> tuple[Change, ...]:
    return tuple(
        one
        for one in changes
        if party in ((one.subject,) if isinstance(one.subject, str) else one.subject)
    )


def _events(changes: Iterable[Change]) -> list[Event]:
    """Return the events behind changes, each once, in order."""
    found = {(event.id, event.digest): event for change in changes for event in change.events}
    return sorted(found.values(), key=lambda one: (one.on.hi, one.seq, one.precedence, one.id))


def _events_table(events: Sequence[Event], words: Narrator) -> None:
    rows = [
        [event.on.words(words.lang), words.names(event.parties), words.sentence(event)]
        for event in events
    ]
    if rows:
        table([word(head, words.lang) for head in ("date", "who", "what")], rows)


def events(
    targets: Targets,
    *,
    party: Annotated[
        str | None,
        typer.Option(
            metavar="PARTY",
            help="Only events in which this party takes part.",
            autocompletion=completing.parties,
        ),
    ] = None,
    dyad: Annotated[
        tuple[str, str] | None,
        typer.Option(
            metavar="A B",
            help="Only events in which both take part.",
            autocompletion=completing.parties,
        ),
    ] = None,
    type: Annotated[
        list[str] | None,
        typer.Option(
            "--type",
            "-t",
            metavar="TYPE",
            help="Only this type, such as level-upgraded; again for several.",
            autocompletion=completing.event_types,
        ),
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            callback=day,
            help="Possibly on this day or later; of a month or a year, the first day counts.",
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option(
            metavar="DAY",
            callback=day,
            help="Possibly by this day; of a month or a year, the last day counts.",
        ),
    ] = None,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    lang: LangOption = Lang.EN,
    json: AsJson = False,
) -> None:
    """List the events of streams.

    Each once, whoever tells it, with corrections applied.
    """
    log = merged(open_all(targets))
    _known_types(log, type or ())
    some = log.where(party=party, dyad=dyad, types=type or None, since=since, until=until)
    events = some.resolve(**Point(None, known, clock, policy).of(log)).events
    words = Narrator(log.reference, language(lang))
    if json:
        as_json([event_record(event, words) for event in events])
        return
    rows = [[event.id, words.sentence(event)] for event in events]
    table([word(head, words.lang) for head in ("event", "what")], rows, whole=(0,))


def _known_types(log: EventLog, types: Sequence[str]) -> None:
    known = _ask.known_types(record.event.type for record in log)
    for name in types:
        if name not in known:
            raise InvalidQueryError(
                f"--type: there is no type of event {name!r}."
                f"{did_you_mean(nearest(name, sorted(known)))}"
            )


def datasets(lang: LangOption = Lang.EN, json: AsJson = False) -> None:
    """List the datasets that can be asked."""
    found = all_datasets()
    if json:
        as_json(
            {
                "name": one.name,
                "title": one.title,
                "version": one.version,
                "licence": one.licence,
                "origin": one.origin,
                "citation": one.citation,
                "coverage": [plain(each) for each in one.coverage],
            }
            for one in found
        )
        return
    rows = []
    for one in found:
        complete = dict.fromkeys(f"{each.track} {'+'.join(each.parties)}" for each in one.coverage)
        rows.append(
            [one.name, one.title, one.version, one.licence, ", ".join(complete), one.origin]
        )
    heads = ("name", "title", "version", "licence", "coverage", "origin")
    table([word(head, language(lang)) for head in heads], rows, whole=(0, 2, 3, 5))
