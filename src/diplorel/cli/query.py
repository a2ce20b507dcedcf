"""The commands that ask: who stands where, why, since when, and what changed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import attrs
import typer

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
    language,
)
from diplorel.cli.output import as_json, progress, say, table, title
from diplorel.cli.targets import datasets as all_datasets
from diplorel.cli.targets import merged, open_all
from diplorel.errors import InvalidQueryError, did_you_mean, nearest
from diplorel.language.labels import word
from diplorel.model.dates import PartialDate, between_words, ordinal
from diplorel.model.events import plain
from diplorel.model.sources import independent
from diplorel.narrative.narrator import Narrator
from diplorel.tracks import LEVEL, STANDARD

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.analysis.diff import Change
    from diplorel.analysis.metric_ranking import MetricRanking, MetricRow
    from diplorel.analysis.ranking import Comparison, Ranking
    from diplorel.analysis.ranking_rows import RankingRow
    from diplorel.log import EventLog
    from diplorel.model.events import Event
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
    with progress(1) as step:
        step("ranking")
        world = point.world(log)
        if by is not None:
            _ordered(
                world.metric_ranking(party, by=by.value, kind=kind.value), point, words, json=json
            )
            return
        ranking = world.ranking(party, kind=kind.value)
        partners = world.partners(party, at_least=at_least, kind=kind.value)
    if explain is not None:
        _separation(ranking.explain(*explain), words)
        return
    rows = [*ranking]
    if at_least is not None:
        wanted = {level.id for level in log.reference.ladder[ranking.party].at_least(at_least)}
        rows = [row for row in ranking if row.level.id in wanted]
    if json:
        as_json(_ranked_records(ranking, {row.party for row in rows}, words))
        return
    title(_titled("rank", point, words, party=words.name(ranking.party)))
    if rows:
        heads = ("position", "id", "partner", "level", "reached", "ties", "sources")
        cells = [_cells(world, ranking.party, row, words) for row in rows]
        table([word(head, words.lang) for head in heads], cells, right=(0, 6), whole=(1,))
    else:
        say(word("nobody", words.lang))
    say(word("complete" if partners.complete else "open", words.lang))
    _named("possible", partners.possible, words)
    _named("unranked", ranking.unranked, words)
    _named("special", ranking.special, words)
    if ranking.unknown:
        say(word("unknown", words.lang, count=len(ranking.unknown)))


def _ordered(order: MetricRanking, point: Point, words: Narrator, *, json: bool) -> None:
    """Print the partners by one thing alone."""
    if json:
        as_json([{**row, "name": words.name(row["party"])} for row in order.to_records()])
        return
    title(_titled(f"order by {order.by}", point, words, party=words.name(order.party)))
    if order.rows:
        cells = [
            [
                _placed(row),
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
        say(word("nobody", words.lang))
    say(word("complete" if order.complete else "open", words.lang))
    _named("possible", order.undecided, words)
    _named("unknown ties", order.unknown, words)


def _placed(row: RankingRow | MetricRow) -> str:
    """Return a position, with the others that the dates allow."""
    return str(row.position) + ("" if row.best == row.worst else f" ({row.best}-{row.worst})")


def _titled(key: str, point: Point, words: Narrator, **parts: Any) -> str:
    """Return a title that tells the point of view."""
    on = word("all days", words.lang)
    if point.on is not None:
        on = PartialDate(point.on).words(words.lang)
    said = word(key, words.lang, day=on, **parts)
    if point.known is not None:
        how = "as published" if point.clock is Clock.PUBLISHED else "as known"
        said += ", " + word(how, words.lang, known=PartialDate(point.known).words(words.lang))
    return said


def _cells(world: World, party: str, row: RankingRow, words: Narrator) -> list[str]:
    day = world.on or date.today()  # noqa: DTZ011  the reader's own day
    ties = word("not said", words.lang)
    if row.ties is not None and row.ties.lo <= ordinal(day):
        ties = between_words(row.ties, day, words.lang)
    events = world.between(party, row.party).events(LEVEL)
    cited = {one.source for event in events if event.on == row.since for one in event.sources}
    return [
        _placed(row),
        row.party,
        words.name(row.party),
        row.level.name(words.lang),
        row.since.words(words.lang),
        ties,
        str(len(independent(cited, world.reference.source))),
    ]


def _named(key: str, ids: Sequence[str], words: Narrator) -> None:
    if ids:
        say(word(key, words.lang, names=", ".join(sorted(map(words.name, ids)))))


def _ranked_records(ranking: Ranking, shown: set[str], words: Narrator) -> list[dict[str, Any]]:
    """Return one row a partner: the ranked ones, then those that have no position, by block."""
    ranked = [
        {**row, "name": words.name(row["party"]), "block": "ranked"}
        for row in ranking.to_records()
        if row["party"] in shown
    ]
    return ranked + [
        {"position": None, "party": party, "name": words.name(party), "block": block}
        for block in ("undecided", "unranked", "special", "unknown")
        for party in getattr(ranking, block)
    ]


def _separation(found: Comparison, words: Narrator) -> None:
    first, second = words.name(found.first), words.name(found.second)
    if found.key is None:
        say(word("shared", words.lang, first=first, second=second))
    else:
        why = word(f"by {found.key}", words.lang)
        sure = "" if found.certain else word("as dates tell", words.lang)
        say(word("before", words.lang, first=first, second=second, why=why, sure=sure))
    for party, event in ((first, found.first_event), (second, found.second_event)):
        if event is not None:
            say("", f"{party}: {_dated(event, words)}")
            say(*(f"    {line}" for line in words.provenance(event)))


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
    world = point.world(log)
    found = world.partners(
        party, at_least=at_least, exactly=exactly, within=within, kind=kind.value
    )
    if json:
        as_json({"parties": found.parties, "possible": found.possible, "complete": found.complete})
        return
    me = log.reference.parties.find(party).id
    said = _titled("partners", point, words, party=words.name(me))
    level = at_least or exactly
    if level is not None:
        name = log.reference.ladder[me].level(level).name(words.lang)
        said += ", " + (word("at least", words.lang, level=name) if at_least else name)
    if within is not None:
        group = words.name(log.reference.parties.find(within).id)
        said += ", " + word("within", words.lang, group=group)
    title(f"{said}: {len(found)}")
    rows = []
    for other in found:
        held = world.between(me, other).level(me)
        label = held.level.name(words.lang) if held.level else word("not said", words.lang)
        since = held.since.words(words.lang) if held.since else word("not said", words.lang)
        rows.append([other, words.name(other), label, since])
    if rows:
        heads = ("id", "partner", "level", "reached")
        table([word(head, words.lang) for head in heads], rows, whole=(0,))
    _named("possible", found.possible, words)
    say(word("complete" if found.complete else "open", words.lang))


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
    if json:
        as_json(relation.explain().to_records())
        return
    words = Narrator(log.reference, language(lang), log.reference.parties.find(a).id)
    title(_titled("show", point, words, parties=words.names(relation.parties)))
    say("", *(f"{label}: {said}" for label, said in words.state(relation)), "")
    events = relation.events()
    title(word("timeline", words.lang, count=len(events)))
    accounts = relation.accounts()
    for event in events:
        say("", _dated(event, words))
        say(*(f"    {line}" for line in words.provenance(event, accounts.get(event.id, ()))))


def diff(
    since: Annotated[
        str, typer.Argument(metavar="SINCE", help="The day from whose end changes count.")
    ],
    until: Annotated[str, typer.Argument(metavar="UNTIL", help="The last day.")],
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
            help="When you last looked: lists, too, what of before is told otherwise since.",
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
    if json:
        as_json(found.to_records())
        return
    events = _events(found.changes)
    days = [PartialDate(day).words(words.lang) for day in (since, until)]
    title(word("diff", words.lang, count=len(events), since=days[0], until=days[1]))
    _events_table(events, words)
    if known_since is not None:
        corrected = _events(found.corrections)
        day = PartialDate(known_since).words(words.lang)
        title(word("corrections", words.lang, count=len(corrected), known=day))
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
        str | None, typer.Option(metavar="DAY", help="Possibly on this day or later.")
    ] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Possibly by this day.")] = None,
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
    if json:
        as_json([{"id": event.id, **plain(event)} for event in events])
        return
    words = Narrator(log.reference, language(lang))
    rows = [[event.id, words.sentence(event)] for event in events]
    table([word(head, words.lang) for head in ("event", "what")], rows, whole=(0,))


def _known_types(log: EventLog, types: Sequence[str]) -> None:
    known = {cls.type for track in STANDARD for cls in track.owns}
    known |= {record.event.type for record in log}
    for name in types:
        if name not in known:
            raise InvalidQueryError(
                f"there is no type of event {name!r}.{did_you_mean(nearest(name, sorted(known)))}"
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
