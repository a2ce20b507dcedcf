"""The command that ranks the partners of a party."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from diplorel.cli import completing
from diplorel.cli.options import (
    AParty,
    AsCsv,
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
    Releases,
    WithOption,
    ladder_of,
    language,
    level_of,
)
from diplorel.cli.output import as_csv, as_json, one_form, progress, prose, table, title
from diplorel.cli.phrasing import (
    Marks,
    data_to,
    dated,
    day_in_words,
    explain_doubts,
    placed,
    print_data_end,
    print_names,
    titled,
    versions,
    vouched,
)
from diplorel.cli.records import comparison_record, level_record, names_of
from diplorel.cli.targets import merged, open_all
from diplorel.errors import InvalidQueryError
from diplorel.language.labels import word
from diplorel.model.dates import PartialDate, between_words, ordinal
from diplorel.model.sources import independent
from diplorel.narrative.narrator import Narrator
from diplorel.tracks import LEVEL

if TYPE_CHECKING:
    from collections.abc import Collection

    from diplorel.analysis.metric_ranking import MetricRanking
    from diplorel.analysis.partners import Partners
    from diplorel.analysis.ranking import Comparison, Ranking
    from diplorel.analysis.ranking_rows import RankingRow
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
    release: Releases = None,
    json: AsJson = False,
    csv: AsCsv = False,
) -> None:
    """Rank the partners of a party.

    By level on its own ladder, then by the day reached, then by the length of ties. It ranks
    declared titles, not closeness or importance.
    """
    levels = at_least is not None or explain is not None
    _refuse_what_excludes_itself(
        by=by is not None, levels=levels, explain=explain is not None, json=json, csv=csv
    )
    log = merged(open_all(with_ or (), party, releases=release))
    point, words = Point(on, known, clock, policy), Narrator(log.reference, language(lang))
    ranked = log.reference.parties.find(party).id in log.reference.ladder
    note = None
    if by is None and not levels and not ranked:
        by = By.TIES
    if by is By.TIES and not ranked:
        note = word("no ladder", words.lang, party=words.name(log.reference.parties.find(party).id))
    if by is not None:
        with progress(1) as step:
            step("ranking")
            order = point.world(log).metric_ranking(party, by=by.value, kind=kind.value)
        _ordered(order, point, words, kind, note, has_ladder=ranked, json=json, csv=csv)
        return
    ladder = ladder_of(log, party)
    floor = None if at_least is None else level_of(ladder, at_least, "--at-least")
    with progress(1) as step:
        step("ranking")
        world = point.world(log)
        ranking = world.ranking(party, kind=kind.value)
        partners = world.partners(
            party, at_least=None if floor is None else floor.id, kind=kind.value
        )
    if explain is not None:
        _separation(ranking.explain(*explain), point, words, ranking.party, json=json)
        return
    wanted = {level.id for level in (ladder.at_least(floor.id) if floor else ladder.levels)}
    if csv:
        _as_csv(ranking, wanted)
        return
    rows = [_facts(world, ranking.party, row, words) for row in ranking if row.level.id in wanted]
    if json:
        as_json(
            {
                "party": ranking.party,
                "name": words.name(ranking.party),
                **point.to_record(),
                **versions(words.reference),
                "kind": kind.value,
                "has_ladder": True,
                **level_record(floor, words, "at_least"),
                "complete": partners.complete,
                **level_record(ranking.complete_from, words, "complete_from"),
                "data_to": data_to(log),
                "ties_to": _counted_to(world).isoformat(),
                "possible": partners.possible,
                "names": names_of(partners.possible, words),
                "rows": [*rows, *_unplaced(ranking, words)],
            }
        )
        return
    title(titled("rank", point, words, party=words.name(ranking.party)))
    if rows:
        heads = ("position", "id", "partner", "level", "reached", "ties", "sources")
        marks = Marks(rows)
        table(
            [word(head, words.lang) for head in heads],
            [_cells(row, marks, words) for row in rows],
            right=(0, 6),
            whole=(1,),
        )
        marks.explain(words)
        explain_doubts(rows, words)
    else:
        prose(word("nobody", words.lang))
    _others(ranking, partners, words)
    if rows and point.on is None:
        prose(word("ties counted", words.lang, day=day_in_words(_counted_to(world), words)))
    print_data_end(log, point, words)


def _refuse_what_excludes_itself(
    *, by: bool, levels: bool, explain: bool, json: bool, csv: bool
) -> None:
    one_form(json=json, csv=csv)
    if by and levels:
        raise InvalidQueryError("--by ranks without levels: leave out --at-least and --explain")
    if csv and explain:
        raise InvalidQueryError("--csv prints the ranking: leave out --explain, or use --json")


def _as_csv(ranking: Ranking, wanted: Collection[str]) -> None:
    """Print a ranking as CSV: as with --json, the level counts for those that have a position."""
    placed = [place for place, row in enumerate(ranking) if row.level.id in wanted]
    whole = ranking.table()
    as_csv(whole.take([*placed, *range(len(ranking), len(whole))]))


def _others(ranking: Ranking, partners: Partners, words: Narrator) -> None:
    """Print whether the list is complete, and who has no position in it."""
    floor = ranking.complete_from
    if partners.complete or floor is None:
        prose(word("complete" if partners.complete else "open", words.lang))
    else:
        prose(word("complete from", words.lang, level=floor.name(words.lang)))
    print_names("possible", partners.possible, words)
    print_names("unranked", ranking.unranked, words)
    print_names("special", ranking.special, words)
    if ranking.below and floor is not None:
        prose(word("below", words.lang, level=floor.name(words.lang), count=len(ranking.below)))
    for key, block in (("at no level", ranking.none), ("unknown", ranking.unknown)):
        if block:
            prose(word(key, words.lang, count=len(block)))


def _unplaced(ranking: Ranking | MetricRanking, words: Narrator) -> list[dict[str, Any]]:
    """Return one record for each partner that has no position, with its block."""
    return [
        {"position": None, "party": party, "name": words.name(party), "block": block}
        for block in ranking.blocks
        for party in getattr(ranking, block)
    ]


def _ordered(
    order: MetricRanking,
    point: Point,
    words: Narrator,
    kind: Kind,
    note: str | None,
    *,
    has_ladder: bool,
    json: bool,
    csv: bool,
) -> None:
    """Print the partners by one thing alone.

    Args:
        order: The ranking.
        point: The point of view.
        words: The words of one language.
        kind: Which partners are ranked.
        note: That the party has no ladder, so that its partners are ranked so; None where it has.
        has_ladder: Whether the party has a ladder in these data.
        json: Whether to print JSON.
        csv: Whether to print the table as CSV.
    """
    if csv:
        as_csv(order.table())
        return
    rows = [
        {**row, "name": words.name(row["party"]), "block": "ranked"} for row in order.to_records()
    ]
    if json:
        as_json(
            {
                "party": order.party,
                "name": words.name(order.party),
                "by": order.by,
                "has_ladder": has_ladder,
                "note": note,
                **point.to_record(),
                **versions(words.reference),
                "kind": kind.value,
                "complete": order.complete,
                "rows": [*rows, *_unplaced(order, words)],
            }
        )
        return
    if note is not None:
        prose(note, "")
    title(titled(f"order by {order.by}", point, words, party=words.name(order.party)))
    if rows:
        marks = Marks(rows)
        cells = [
            [
                marks.after(placed(row), row),
                row["party"],
                row["name"],
                PartialDate(row["ties"]).words(words.lang)
                if order.by == "ties"
                else str(row["visits"]),
            ]
            for row in rows
        ]
        heads = ("position", "id", "partner", "ties since" if order.by == "ties" else "visits")
        right = (0,) if order.by == "ties" else (0, 3)
        table([word(head, words.lang) for head in heads], cells, right=right, whole=(1,))
        marks.explain(words)
        explain_doubts(rows, words)
    else:
        prose(word("nobody", words.lang))
    prose(word("complete" if order.complete else "open", words.lang))
    print_names("possible", order.undecided, words)
    for block in ("none", "unknown"):
        if parties := getattr(order, block):
            prose(word(f"{block} {order.by}", words.lang, count=len(parties)))


def _counted_to(world: World) -> date:
    """Return the last day that counts for the length of ties."""
    return world.on or date.today()  # noqa: DTZ011  the reader's own day


def _facts(world: World, party: str, row: RankingRow, words: Narrator) -> dict[str, Any]:
    """Return what is known of one partner with a position, as JSON."""
    day, ties_for = _counted_to(world), None
    if row.ties is not None and row.ties.lo <= ordinal(day):
        ties_for = between_words(row.ties, day, words.lang)
    events = world.between(party, row.party).events(LEVEL)
    cited = {one.source for event in events if event.on == row.since for one in event.sources}
    return {
        "position": row.position,
        "best": row.best,
        "worst": row.worst,
        "certain": row.certain,
        "party": row.party,
        "name": words.name(row.party),
        "block": "ranked",
        **level_record(row.level, words),
        "since": row.since.text,
        "ties": row.ties.text if row.ties else None,
        "ties_for": ties_for,
        **vouched(row),
        "sources": sorted(cited),
        "independent_sources": len(independent(cited, world.reference.source)),
    }


def _cells(row: dict[str, Any], marks: Marks, words: Narrator) -> list[str]:
    return [
        placed(row),
        row["party"],
        row["name"],
        marks.after(row["level_name"], row),
        PartialDate(row["since"]).words(words.lang),
        row["ties_for"] or word("not said", words.lang),
        str(row["independent_sources"]),
    ]


def _separation(
    found: Comparison, point: Point, words: Narrator, party: str, *, json: bool
) -> None:
    if json:
        about = {"party": party, "name": words.name(party), **point.to_record()}
        as_json({**about, **versions(words.reference), **comparison_record(found, words)})
        return
    first, second = words.name(found.first), words.name(found.second)
    if found.key is None:
        prose(word("shared", words.lang, first=first, second=second))
    else:
        why = word(f"by {found.key}", words.lang)
        sure = "" if found.certain else word("as dates show", words.lang)
        prose(word("before", words.lang, first=first, second=second, why=why, sure=sure))
    for partner, event in ((first, found.first_event), (second, found.second_event)):
        if event is not None:
            prose("", f"{partner}: {dated(event, words)}")
            prose(*(f"    {line}" for line in words.provenance(event)))
