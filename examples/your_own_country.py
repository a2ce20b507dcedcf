"""A country of your own: its ladder, its events, and Vietnam's stream beside it.

Run it::

    python examples/your_own_country.py

Singapore stands for your country: eleven events of it, in code. (The library ships a fuller stream
of it, ``dr.load("singapore")``.) Every fact has a published source; take one away, and the event
cannot be built.
"""

import sys
from collections.abc import Sequence
from typing import Final

import diplorel as dr
from diplorel import events as ev
from diplorel.model.events import Event

# --- the bibliography ----------------------------------------------------------------------------


def source(
    id: str, publisher: str, title: str, published: str | None, url: str, *, kind: str = "press"
) -> dr.Source:
    """Return one document; `dr.Source` tells what more can be said of it."""
    return dr.Source(
        id=id,
        publisher=publisher,
        title=title,
        published=published,
        url=f"https://{url}" if url else None,
        kind=kind,
    )


SOURCES: Final = (
    source(
        "asiaone",
        "AsiaOne",
        "Singapore and France working towards stronger ties with comprehensive strategic "
        "partnership",
        "2024-04",
        "asiaone.com/singapore/singapore-and-france-working-towards-stronger-ties-comprehensive-strategic-partnership",
    ),
    source(
        "cna",
        "CNA",
        "Singapore, India elevate ties to comprehensive strategic partnership as Indian PM Modi "
        "concludes visit",
        "2024-09-05",
        "www.channelnewsasia.com/singapore/india-elevate-ties-comprehensive-strategic-partnership-narendra-modii-official-visit-singapore-4588841",
    ),
    source(
        "mfa",
        "Ministry of Foreign Affairs of Singapore",
        "Official Visit of Prime Minister and Minister for Finance Lawrence Wong to New Zealand, "
        "9 to 11 October 2025",
        "2025-10-10",
        "",
        kind="government",
    ),
    source(
        "pmo",
        "Prime Minister's Office Singapore",
        "PM Lawrence Wong at the Joint Press Conference with President of France Emmanuel Macron",
        "2025-05-30",
        "www.pmo.gov.sg/Newsroom/PM-Lawrence-Wong-at-the-Joint-Press-Conference-with-President-Of-France-Emmanuel-Macron-May-2025",
        kind="government",
    ),
    source(
        "saigon-times",
        "The Saigon Times",
        "Vietnam, Singapore set up comprehensive strategic partnership",
        "2025-03-12",
        "english.thesaigontimes.vn/vietnam-singapore-set-up-comprehensive-strategic-partnership/",
    ),
    source(
        "straits-times",
        "The Straits Times",
        "Singapore and Vietnam launch strategic partnership",
        "2013-09",
        "www.straitstimes.com/singapore/singapore-and-vietnam-launch-strategic-partnership",
    ),
    source(
        "us-asean",
        "US-ASEAN Business Council",
        "Singapore Elevates Strategic Partnerships",
        "2025-11",
        "www.usasean.org/article/singapore-elevates-strategic-partnerships",
        kind="reference",
    ),
    source(
        "vov",
        "VOV",
        "Australia, Singapore promote comprehensive strategic partnership",
        "2016-10",
        "english.vov.vn/en/world/australia-singapore-promote-comprehensive-strategic-partnership-333706.vov",
    ),
)

# --- the ladder and the events on it
# ---------------------------------------------------------------

LADDER: Final = dr.Ladder(
    party="SGP",
    levels=[
        dr.Level(id="enhanced", rank=1, names={"en": "Enhanced Partnership"}),
        dr.Level(id="strategic", rank=2, names={"en": "Strategic Partnership"}),
        dr.Level(
            id="comprehensive-strategic",
            rank=3,
            names={"en": "Comprehensive Strategic Partnership"},
        ),
    ],
)


def rise(partner: str, on: str, level: str, source: str, inferred: str | None = None) -> Event:
    """Return a rise on Singapore's ladder."""
    return ev.LevelUpgraded(
        on=on,
        parties=("SGP", partner),
        ladder="SGP",
        level=level,
        sources=[source],
        inferred=inferred,
    )


ACTS: Final = (
    ev.TiesEstablished(on="1965", parties=("SGP", "FRA"), sources=["asiaone"]),
    rise("FRA", "2012-10", "strategic", "asiaone"),
    rise("VNM", "2013-09-11", "strategic", "straits-times", "the day: the Wednesday of the visit"),
    rise("AUS", "2015-06", "comprehensive-strategic", "vov"),
    rise("IND", "2015", "strategic", "cna", "the year: its tenth anniversary was to be in 2025"),
    rise("NZL", "2019", "enhanced", "mfa"),
    rise("IND", "2024-09-05", "comprehensive-strategic", "cna"),
    rise("VNM", "2025-03-12", "comprehensive-strategic", "saigon-times"),
    rise("FRA", "2025-05-30", "comprehensive-strategic", "pmo"),
    rise("NZL", "2025-10-10", "comprehensive-strategic", "mfa"),
    rise("KOR", "2025-11-02", "strategic", "us-asean"),
)

COVERAGE: Final = dr.Coverage(
    track="level",
    parties=["SGP"],
    since="2015-06-30",
    until="2025-11-02",
    at_least="comprehensive-strategic",
    note="In November 2025 the US-ASEAN Business Council names five: Australia, New Zealand, "
    "France, India and Vietnam.",
)

# --- questions -----------------------------------------------------------------------------------


def build() -> dr.EventLog:
    """Return the stream."""
    return dr.EventLog(
        ACTS,
        stream="my-country",
        at="2026-01-01T00:00:00Z",
        sources=SOURCES,
        ladders=[LADDER],
        coverage=[COVERAGE],
    )


def main(argv: Sequence[str] | None = None) -> int:  # noqa: ARG001  it takes no options
    """Check the stream, ask it, and ask it together with Vietnam's; 1 where it is not sound."""
    mine = build()
    problems = mine.check()
    print(f"{mine}, {len(problems)} problems")
    for problem in problems:
        print(problem)

    print("\nSingapore's partners on 12 March 2025, on its own ladder:")
    for row in mine.replay(on="2025-03-12").ranking("SGP"):
        name = mine.reference.parties.find(row.party).name()
        print(f"{row.position:>3}  {name:<11}  {row.level.name():<36} since {row.since.words()}")

    vietnam = dr.load("vietnam")
    both = mine | vietnam
    relation = both.relation("SGP", "VNM", on="2025-03-12")
    print(f"\nTogether: {both}")
    for party in ("SGP", "VNM"):
        held = relation.level(party)
        if held.level is not None and held.since is not None:
            print(f"On the ladder of {party}: {held.level.name()} since {held.since.words()}")

    print("\nClaims that neither stream decides alone:")
    before = {finding.claim.id: finding.verdict for finding in vietnam.verify()}
    for finding in both.verify():
        if finding.verdict is not before[finding.claim.id]:
            print(f"{before[finding.claim.id].value}, now {finding}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
