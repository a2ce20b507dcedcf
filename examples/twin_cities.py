"""A new aspect of relations, written outside the library: twin cities.

Run it::

    python examples/twin_cities.py

One event class and one track are all there is. The replay, the check, the story in two languages,
the table for spreadsheets and the schema for editors all follow from them.
"""

import csv
import sys
from collections.abc import Iterator, Sequence
from typing import ClassVar, Final

import attrs

import diplorel as dr
from diplorel.io.schema import schema_of_line
from diplorel.language.grammar import Grammar
from diplorel.model.converters import dyad, to_tuple
from diplorel.model.events import Event, PartialDate, Precedence
from diplorel.narrative.narrator import Narrator
from diplorel.tracks import STANDARD
from diplorel.tracks.track import Cell, DyadView, begins_once

# --- the track -----------------------------------------------------------------------------------


@attrs.frozen(kw_only=True)
class CitiesTwinned(Event):
    """Two cities became twins; their states are the parties.

    Attributes:
        parties: The two states.
        cities: The two cities.
    """

    type: ClassVar[str] = "cities-twinned"
    precedence: ClassVar[Precedence] = Precedence.BEGUN

    parties: tuple[str, str] = attrs.field(converter=dyad)
    cities: tuple[str, ...] = attrs.field(converter=to_tuple)

    @property
    def discriminator(self) -> str:
        """The two cities, so that two twinnings of one day are two events."""
        return "-".join(sorted(city.casefold().replace(" ", "-") for city in self.cities))


_Twins = dict[str, CitiesTwinned]
Twins = tuple[tuple[str, ...], ...]


def _twin(acc: _Twins, event: CitiesTwinned) -> None:
    acc.setdefault(event.discriminator, event)


def _cells(event: CitiesTwinned) -> tuple[Cell, ...]:
    """Return the pair of cities: other pairs leave it alone."""
    return ((event.discriminator,),)


def _since(acc: _Twins, event: CitiesTwinned) -> PartialDate | None:
    known = acc.get(event.discriminator)
    return None if known is None else known.on


def _describe(relation: DyadView, grammar: Grammar) -> Iterator[tuple[str, str]]:
    pairs = [grammar.join(cities) for cities in relation.state(TWINNING)]
    if pairs:
        yield grammar.say(PHRASES, "state"), "; ".join(pairs)


PHRASES: Final = {
    "cities-twinned": (
        "{cities} became twin cities of {names}.",
        "{cities} trở thành thành phố kết nghĩa của {names}.",
    ),
    "state": ("Twin cities", "Thành phố kết nghĩa"),
}
TWINNING: Final[dr.Track[_Twins, Twins]] = dr.Track(
    name="twinning",
    owns=(CitiesTwinned,),
    handlers={CitiesTwinned: _twin},
    start=dict,
    freeze=lambda acc: tuple(event.cities for _, event in sorted(acc.items())),
    none=(),
    unknown=(),
    cells=_cells,
    rules={CitiesTwinned: (begins_once(_since),)},
    label=("twin cities", "thành phố kết nghĩa"),
    phrases=PHRASES,
    describe=_describe,
)

# --- its events ----------------------------------------------------------------------------------

SOURCES: Final = (
    dr.Source(
        id="apa-heritage",
        publisher="APA Heritage Awards, San Francisco",
        title="San Francisco - Ho Chi Minh City Sister City Committee, 25th Anniversary",
        published="2020",
        url="https://apasf.org/sf-ho-chi-minh/",
        kind="reference",
    ),
    dr.Source(
        id="lvz",
        publisher="Leipziger Volkszeitung",
        title="Leipzig und Ho-Chi-Minh-Stadt sind nun Städtepartner",
        published="2021-07",
        url="https://www.lvz.de/Leipzig/Stadtpolitik/Leipzig-und-Ho-Chi-Minh-Stadt-sind-nun-Staedtepartner",
        kind="press",
    ),
    dr.Source(
        id="sf-chronicle",
        publisher="San Francisco Chronicle",
        title="S.F. to Become Sister City With Ho Chi Minh City",
        published="1995",
        url="https://www.sfgate.com/news/article/S-F-to-Become-Sister-City-With-Ho-Chi-Minh-City-3039303.php",
        kind="press",
    ),
    dr.Source(
        id="vietnam-embassy-berlin",
        publisher="Embassy of Vietnam in Germany",
        title="Stadtrat entscheidet über Leipzigs 15. Partnerstadt Ho-Chi-Minh-Stadt",
        published="2021-07",
        url="https://www.vietnambotschaft.org/stadtrat-entscheidet-uber-leipzigs-15-partnerstadt-ho-chi-minh-stadt/",
        kind="government",
    ),
)
TWINS: Final = (
    CitiesTwinned(
        on="1995-04",
        parties=("VNM", "USA"),
        cities=("Ho Chi Minh City", "San Francisco"),
        sources=[
            dr.Citation(source="apa-heritage", on="1995"),
            dr.Citation(source="sf-chronicle", text="the weekend of April 8"),
        ],
        note="The newspaper expects the signing; the committee says that it was three months "
        "before the two states had relations.",
    ),
    CitiesTwinned(
        on="2021-07-21",
        parties=("VNM", "DEU"),
        cities=("Ho Chi Minh City", "Leipzig"),
        sources=["lvz", "vietnam-embassy-berlin"],
        note="The day on which Leipzig's council agreed; the signing was to follow.",
    ),
)

# --- questions -----------------------------------------------------------------------------------


def build() -> dr.EventLog:
    """Return the stream."""
    return dr.EventLog(TWINS, stream="twins", at="2026-01-01T00:00:00Z", sources=SOURCES)


def main(argv: Sequence[str] | None = None) -> int:  # noqa: ARG001  it takes no options
    """Check the stream, tell it, and write it as a table; 1 where it is not sound."""
    twins = build()
    problems = twins.check(tracks=[TWINNING])
    print(f"{twins}, {len(problems)} problems")
    for problem in problems:
        print(problem)

    both = twins | dr.load("vietnam")
    relation = both.replay(on="2021-07-21", tracks=[TWINNING])["VNM", "DEU"]
    for lang in ("en", "vi"):
        narrator = Narrator(both.reference, lang, first="VNM", tracks=(*STANDARD, TWINNING))
        print()
        for event in relation.events(TWINNING):
            print(narrator.sentence(event))
        for label, said in narrator.state(relation):
            if label in PHRASES["state"]:
                print(f"{label}: {said}")

    print("\nA row of the table for spreadsheets:")
    sheet = csv.DictReader(dr.write_sheet(twins, spreadsheet=False).splitlines())
    for column, cell in next(sheet).items():
        print(f"{column:<8}  {cell}")

    schema = schema_of_line(TWINNING.owns)["definitions"]["cities-twinned"]
    print(f"\nThe schema asks for: {', '.join(schema['required'])}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
