"""The commands that ask: the level of each partner, since when, what happened, and what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import attrs
import typer

from diplorel.cli import completing
from diplorel.cli.options import (
    AParty,
    AsCsv,
    AsJson,
    AtLeast,
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
    Releases,
    WithOption,
    day,
    ladder_of,
    language,
    level_of,
)
from diplorel.cli.output import as_csv, as_json, one_form, progress, prose, table, title
from diplorel.cli.phrasing import (
    Marks,
    data_to,
    dated,
    document_line,
    print_data_end,
    print_names,
    titled,
    versions,
    vouched,
)
from diplorel.cli.records import (
    event_record,
    hints_of,
    level_record,
    names_of,
    relation_record,
)
from diplorel.cli.targets import merged, open_all
from diplorel.errors import InvalidQueryError
from diplorel.language.labels import word
from diplorel.model.dates import PartialDate
from diplorel.narrative.narrator import Narrator
from diplorel.tracks import AGREEMENTS
from diplorel.tracks.agreement_titles import titles_of
from diplorel.tracks.ties import TIES, TiesStatus

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from diplorel.analysis.diff import Change
    from diplorel.model.events import Event
    from diplorel.model.ladders import Level


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
            help="Only members of this group or region on that day.",
            autocompletion=completing.parties,
        ),
    ] = None,
    kind: OfKind = Kind.ANY,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    lang: LangOption = Lang.EN,
    with_: WithOption = None,
    release: Releases = None,
    json: AsJson = False,
    csv: AsCsv = False,
) -> None:
    """List the partners of a party at a level of its ladder."""
    one_form(json=json, csv=csv)
    log = merged(open_all(with_ or (), party, within=[within] if within else (), releases=release))
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
    if csv:
        as_csv(found.table())
        return
    rows = []
    for other in found:
        held = world.between(me, other).level(me)
        since = held.since.text if held.since else None
        about = {"party": other, "name": words.name(other)}
        rows.append({**about, **level_record(held.level, words), "since": since, **vouched(held)})
    if json:
        as_json(
            {
                "party": me,
                "name": words.name(me),
                **point.to_record(),
                **versions(log.reference),
                "kind": kind.value,
                **level_record(floor, words, "at_least"),
                **level_record(rung, words, "exactly"),
                "within": group,
                "within_name": group and words.name(group),
                "complete": found.complete,
                "data_to": data_to(log),
                "parties": found.parties,
                "possible": found.possible,
                "unranked": found.unranked,
                "names": names_of((*found.parties, *found.possible, *found.unranked), words),
                "rows": rows,
            }
        )
        return
    said = titled("partners", point, words, party=words.name(me))
    if floor is not None:
        said += ", " + word("at least", words.lang, level=floor.name(words.lang))
    if rung is not None:
        said += f", {rung.name(words.lang)}"
    if group is not None:
        said += ", " + word("within", words.lang, group=words.name(group))
    title(f"{said}: {len(found)}")
    marks = Marks(rows)
    if rows:
        heads = ("id", "partner", "level", "reached")
        unknown = word("not said", words.lang)
        cells = [
            [
                row["party"],
                row["name"],
                marks.after(row["level_name"] or unknown, row),
                PartialDate(row["since"]).words(words.lang) if row["since"] else unknown,
            ]
            for row in rows
        ]
        table([word(head, words.lang) for head in heads], cells, whole=(0,))
    marks.explain(words)
    print_names("possible", found.possible, words)
    print_names("unranked", found.unranked, words)
    prose(word("complete" if found.complete else "open", words.lang))
    print_data_end(log, point, words)


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
    release: Releases = None,
    json: AsJson = False,
    csv: AsCsv = False,
) -> None:
    """Print the history of two parties in sentences.

    The state of their relation, and every event with its sources.
    """
    one_form(json=json, csv=csv)
    log = merged(open_all(with_ or (), a, b, releases=release))
    point = Point(on, known, clock, policy)
    world = point.world(log)
    if csv:
        as_csv(world[a, b].table())
        return
    relation, groups = world[a, b], world.joint_groups(a, b)
    first = log.reference.parties.find(a).id
    titles = titles_of(log.resolve().events)
    words = Narrator(log.reference, language(lang), first, day=point.day, titles=titles)
    later = None
    if on is not None and relation.state(TIES).status is TiesStatus.UNKNOWN:
        later = attrs.evolve(point, on=None).world(log)[a, b]
    if json:
        as_json(
            {
                "parties": relation.parties,
                "names": names_of(relation.parties, words),
                **point.to_record(),
                **versions(log.reference),
                "data_to": data_to(log),
                **relation_record(relation, words),
                "hints": [*hints_of(world, relation, later, words)],
                "joint_groups": [{"id": one, "name": words.name(one)} for one in groups],
            }
        )
        return
    title(titled("show", point, words, parties=words.names(relation.parties)))
    documents = words.say(AGREEMENTS.phrases, "state")
    lines = [""]
    for label, said in words.state(relation):
        lines.append(f"{label}: {said}")
        if label == documents:  # each below their number
            lines += [f"    {document_line(one, words)}" for one in relation.agreements.documents]
    prose(*lines)
    print_names("joint groups", groups, words)
    for hint in hints_of(world, relation, later, words):
        prose("", hint["text"])
    print_data_end(log, point, words)
    prose("")
    events = relation.events()
    title(word("timeline", words.lang, count=len(events)))
    accounts = relation.accounts()
    for event in events:
        prose("", dated(event, words))
        prose(*(f"    {line}" for line in words.provenance(event, accounts.get(event.id, ()))))


def diff(
    since: Annotated[
        str,
        typer.Argument(
            metavar="SINCE",
            callback=day,
            help="Changes count from the end of this day, month or year: 2025-03-12, 2025-03 or "
            "2025. A month or year means its last day.",
        ),
    ],
    until: Annotated[
        str,
        typer.Argument(
            metavar="UNTIL",
            callback=day,
            help="The last day; a month or year means its last day.",
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
            "day, month or year; a month or year means its last day.",
        ),
    ] = None,
    lang: LangOption = Lang.EN,
    with_: WithOption = None,
    release: Releases = None,
    json: AsJson = False,
    csv: AsCsv = False,
) -> None:
    """List what changed between two days.

    After the one and up to the other, apart from what was only corrected.
    """
    one_form(json=json, csv=csv)
    log = merged(open_all(with_ or (), *((party,) if party else ()), releases=release))
    words = Narrator(log.reference, language(lang), titles=titles_of(log.resolve().events))
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
    if csv:
        as_csv(found.table())
        return
    events, corrected = _events(found.changes, only), _events(found.corrections, only)
    if json:
        as_json(
            {
                "since": since,
                "until": until,
                "known_since": known_since,
                "party": only,
                **versions(log.reference),
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
    return tuple(one for one in changes if _events([one], party))


def _named(change: Change) -> tuple[str, ...]:
    return (change.subject,) if isinstance(change.subject, str) else change.subject


def _events(changes: Iterable[Change], party: str | None = None) -> list[Event]:
    """Return the events behind changes, each once, in order; of one party, or of all.

    What others do in an agreement or a group of a party does not concern it.
    """
    found = {
        (event.id, event.digest): event
        for change in changes
        for event in change.events
        if party is None or party in _named(change) or party in event.parties
    }
    return sorted(found.values(), key=lambda one: (one.on.hi, one.seq, one.precedence, one.id))


def _events_table(events: Sequence[Event], words: Narrator) -> None:
    rows = [
        [event.on.words(words.lang), words.names(event.parties), words.sentence(event)]
        for event in events
    ]
    if rows:
        table([word(head, words.lang) for head in ("date", "who", "what")], rows)
