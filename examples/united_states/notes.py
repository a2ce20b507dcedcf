"""NOTES.md: how the stream was made, what was left out and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

import diplorel as dr
from tables import GUIDE, TABLES, Row, Table

INTRODUCTION: Final = """\
# Notes on the United States' stream

Made by `examples/united_states/convert.py`, of four lists of the Office of the Historian, U.S.
Department of State, which are in the public domain (CC0). Each row of a list is told by at least
one event, which cites its page and its key there, or is left out for a reason given below. Nothing
is copied but facts, the titles of treaties and, below, the headings that were left out.

## What is read by rule

`inferred` says of each event which part a rule gave.

* **Acts of the guide** are read from its headings. The year in the heading counts. Its day is the
  only day of that year in the text beneath. Of several, a beginning takes the first where the text
  goes back from it, as to independence, or where the list of chiefs has somebody take up the post
  on it. Else the text goes on from an appointment, say, or an invasion, so the date is the range of
  the days; and so it is for all that ended or came back. Where the text has none of that year, the
  year stays. A heading of several years gives the range of the days in the text.
* **Read by hand** on the guide's pages are the headings that no rule reads rightly, those of the
  better known breaks among them. `examples/united_states/readings.py` lists them.
* **Names** of American envoys and travellers are spelled from the lists' keys, so they lack
  diacritics and apostrophes and have their capitals by rule. A key does not tell a double surname
  from a surname and a given name: those of Arthur Bailly-Blanchard, Carol Moseley Braun and Harriet
  L. Elam-Thomas were read wrongly, and are corrected in release 0.3.0. There may be more.
* **The protocol of a visit** is read from the remark: state, official, working, private, or for a
  summit, conference or other meeting of several. Most that name none are unstated. Of several rows
  of one stay, the highest counts. The Secretary of State's is that of the visit of the President
  whom he accompanied. A President-elect's trips are told as such.
* **Envoys** begin on the day of credentials; where the list has the arrival only, on that, which is
  then marked. An end that the list calls "about" or "shortly before" a day is approximate (`~`).
* **Rows that share days** are one visit: the lists have a row for each occasion of one stay.
* **The party of the day**: an act with Germany in 1800 is one with Prussia, with Russia in 1950 one
  with the Soviet Union, with Egypt or Syria in 1960 one with the United Arab Republic, with Vietnam
  before May 1975 one with the Republic (or State) of Vietnam, with Serbia or Yugoslavia one with
  the state of that day. Of China, the years 1949 to 1979 are told with the government in Taipei,
  apart from the liaison office in Beijing; visits go by the page on which they stand.
* **Ends of relations.** "Severed" and "terminated" are severances. "Interrupted", "suspended",
  "ceased" and "ended" are suspensions: no side broke off. That goes for states that came to an end,
  too, such as Hawaii in 1898.
* **Operations suspended** at an embassy close the mission, and say nothing of ties.

## Coverage

None is declared: see `stream.toml`. Where the lists end:
"""

LIMITS: Final = """\
## Known limits

* Of the states of today with which there are ties, the guide dates those with Dominica nowhere, so
  they are unknown here.
* No row tells of a break with the Netherlands under the French, the Baltic states between 1940 and
  1991 or Libya before 2006. The "resumptions" there are left out, and ties stand as they were.
  Those with Austria (1946) and Morocco (1956) were added in release 0.2.0: their headings
  presuppose a break, which is marked as inferred and has the day that another heading gives.
* Succession is told only where the guide tells it: the Kingdom of Serbs, Croats and Slovenes
  carried on Serbia's ties in 1919, the Soviet Union Russia's in 1933, Serbia those of Serbia and
  Montenegro in 2006; and the embassy in Moscow became that to Russia in 1991. Ties with Russia in
  1991 and with the Czech Republic and Slovakia in 1993 begin anew.
* The day of a heading can be that of something else in the text, such as the first ambassador's
  credentials. The table has whole dates only, so a month that the text gives is not seen. To see
  how often that misleads, 55 of the guide's pages were read. They have some 200 headings with one
  day, and for 10 of them it was that of something else. Those are read by hand now; on the pages
  not read, about one in 20 may be wrong.
* The lists' own slips stay: an envoy to Greece, Serbia and Romania left two of these posts on 24
  October 1889, and the third, by the list, on that day of 1899.
* Release 0.3.0 corrects by records of their own what the rules had read wrongly: "Mexico, D.F." as
  two places (31 trips), three names of envoys, summits that only a later sentence of the remark
  names (11 trips), and the prime minister of Vietnam who came in May 2022: the list has Nguyen Tan
  Dung, whom another had followed by its own row of 31 May 2017, so the name is left out.
* A term ends with the party for which it began, as long as that was there: the last ambassador in
  Taipei left Taiwan in 1979.
* Colombia stands for Gran Colombia, and Sweden for Sweden and Norway, as on the guide's pages.
* The list of chiefs has each of those accredited to several countries once for each; envoys who
  covered a country from another are not marked as such.
* "Left post" says nothing of the reason: it counts as the end of a term.
"""


def notes(
    by_table: Mapping[str, list[Row]],
    left_out: Mapping[str, Mapping[str, list[str]]],
    dropped: Mapping[str, str],
    log: dr.EventLog,
) -> str:
    """Return the text of NOTES.md."""
    lines = [INTRODUCTION, *_ends(log), "", LIMITS, "## Rows", ""]
    lines += ["| list | rows | told | left out |", "|---|---|---|---|"]
    for table in TABLES:
        rows, out = len(by_table[table.name]), sum(map(len, left_out[table.name].values()))
        lines.append(f"| {table.title} | {rows} | {rows - out} | {out} |")
    lines += ["", "## Left out", ""]
    for table in TABLES:
        headings = {row["key"]: row.get("heading", "") for row in by_table[table.name]}
        lines += [f"### {table.title}", ""]
        for reason, keys in sorted(left_out[table.name].items(), key=lambda item: -len(item[1])):
            lines += [f"{_count(len(keys))}: {reason}.", ""]
            lines += [*_keys(table, keys, headings), ""]
    lines += [
        "### Acts of rows that tell others too",
        "",
        "The check found them at odds with the rest. Where a row above is left out for the same",
        "words, this was all that it told.",
        "",
        *(f"* `{id}`: {reason}" for id, reason in sorted(dropped.items())),
        "",
    ]
    return "\n".join(lines)


def _ends(log: dr.EventLog) -> Iterator[str]:
    last: dict[str, str] = {}
    events = log.resolve().events
    for event in events:
        day = event.on.latest.isoformat()
        last[event.type] = max(last.get(event.type, ""), day)
    counted = Counter(event.type for event in events)
    yield "\n| events | how many | last |\n|---|---|---|"
    for kind in sorted(counted):
        yield f"| {kind} | {counted[kind]} | {last.get(kind, '')} |"


def _keys(table: Table, keys: list[str], headings: Mapping[str, str]) -> Iterator[str]:
    if table is GUIDE:
        for key in keys:
            yield f"* `{key}` {headings[key] or '(no heading)'}"
        return
    line = ""
    for key in keys:
        if len(line) + len(key) > 94:  # noqa: PLR2004  the width of these pages
            yield line.rstrip()
            line = ""
        line += f"`{key}` "
    yield line.rstrip()


def _count(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"
