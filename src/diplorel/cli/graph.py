"""The command that draws relations as a graph."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from diplorel._columns import counted
from diplorel.cli.answers import Study, Way, rows_of
from diplorel.cli.options import (
    AllAsCsv,
    AsJson,
    AtLeast,
    ByClock,
    ByPolicy,
    Clock,
    GraphOutput,
    Known,
    Lang,
    LangOption,
    OfParty,
    On,
    Point,
    Releases,
    WithOption,
    ladder_of,
    level_of,
    naming_level,
    naming_options,
)
from diplorel.cli.output import as_json, progress, prose, table, title
from diplorel.cli.phrasing import print_data_end, titled

if TYPE_CHECKING:
    from collections.abc import Iterable


class GraphTrack(StrEnum):
    """A track that gives a graph its edges."""

    TIES = "ties"
    LEVEL = "level"
    AGREEMENTS = "agreements"
    VISITS = "visits"


def graph(
    *,
    party: OfParty = None,
    track: Annotated[
        list[GraphTrack] | None,
        typer.Option(help="Edges of this track, again for several. Default: ties and level."),
    ] = None,
    at_least: AtLeast = None,
    on: On = None,
    known: Known = None,
    clock: ByClock = Clock.RECORDED,
    policy: ByPolicy = "kind",
    lang: LangOption = Lang.EN,
    with_: WithOption = None,
    release: Releases = None,
    output: GraphOutput = None,
    json: AsJson = False,
    csv: AllAsCsv = False,
) -> None:
    """List relations on a day as the edges of a graph, and write them for network programs.

    An edge that is missing says that nothing is recorded, not that there is nothing. Each edge
    says how far it is known.
    """
    way = Way(output, json, csv)
    way.check(".graphml")
    point = Point(on, known, clock, policy)
    study = Study.of(point, lang, targets=with_, parties=[party], releases=release)
    tracks = track_names(track or (GraphTrack.TIES, GraphTrack.LEVEL))
    if at_least is not None and party is not None:
        at_least = level_of(ladder_of(study.log, party), at_least, "--at-least").id
    with naming_level(), naming_options(), progress(1) as step:
        step("drawing")
        found = study.log.graph(on, tracks=tracks, at_least=at_least, party=party)
    if way.takes(found, f"{counted(len(found.nodes), 'party', 'parties')}, {_edges(len(found))}"):
        return
    words = study.words
    rows = [*rows_of(found.table())]
    for row in rows:
        row["level_name"] = row["level"] and study.level(row["ladder"], row["level"])
    if json:
        as_json(
            {
                **study.to_record(found.party),
                "tracks": tracks,
                "at_least": at_least,
                "complete": found.complete,
                "nodes": [
                    {
                        "id": one.id,
                        "name": words.name(one.id),
                        "kind": one.kind,
                        "codes": dict(one.codes),
                    }
                    for one in found.nodes
                ],
                "rows": rows,
                "unranked": [{"parties": parties} for parties in found.unranked],
            }
        )
        return
    whose = {} if found.party is None else {"party": words.name(found.party)}
    key = "graph" if found.party is None else "graph of"
    counts = {"parties": len(found.nodes), "count": len(rows)}
    title(titled(key, point, words, **counts, **whose))
    if rows:
        heads = ("dyad", "track", "state", "since", "how known")
        body = [_cells(study, row) for row in rows]
        table([study.word(head) for head in heads], body, whole=(0,))
    if found.unranked:
        prose(study.word("unranked dyads", names=", ".join(map("-".join, found.unranked))))
    prose(study.word("graph complete" if found.complete else "graph open"))
    print_data_end(study.log, point, words)


def track_names(
    tracks: Iterable[GraphTrack],
) -> list[Literal["ties", "level", "agreements", "visits"]]:
    """Return the names of tracks as the library takes them."""
    return [one.value for one in tracks]


def _edges(count: int) -> str:
    return counted(count, "edge")


def _cells(study: Study, row: dict[str, Any]) -> list[str]:
    track = study.word(f"track {row['track']}")
    if row["ladder"]:
        track = study.word("track of ladder", track=track, ladder=row["ladder"])
    if row["count"] is not None:
        most = row["most"]
        state = str(row["count"])
        if most != row["count"]:
            state = f"{state}+" if most is None else f"{state}-{most}"
    elif row["level_name"]:
        state = row["level_name"]
    elif row["track"] == "ties":
        state = study.word("is unknown" if row["status"] == "unknown" else f"ties {row['status']}")
    else:
        state = study.word("is undecided")
    return [
        f"{row['party_a']}-{row['party_b']}",
        track,
        state,
        study.date(row["since"]) if row["since"] else "",
        study.word(f"is {row['known']}"),
    ]
