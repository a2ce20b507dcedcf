"""Write ``docs/gallery.md`` and the pictures in ``docs/gallery`` from the shipped streams.

Run ``python docs/make_gallery.py`` when a chart or a stream changes; a test fails until you do.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import diplorel as dr
from diplorel.charts import Chart

PAGE: Final = Path(__file__).parent / "gallery.md"
PICTURES: Final = PAGE.parent / "gallery"
DAY: Final = "2025-03-12"
SIZES: Final = ("wide", "narrow")
_HEAD: Final = """# The charts

One of each, from the shipped streams, as `python docs/make_gallery.py` draws them. Each has a
picture for a page and one for a phone, in English and in Vietnamese; [the command
`chart`](reference/command-line.md#diplorel-chart) writes them as SVG, PNG, PDF or HTML. How to read
and ask them: [rankings over time](how-to/rankings-over-time.md), [figures](how-to/figures.md),
[a relation, a network or a matrix](how-to/charts-of-relations.md).
"""
_LANGUAGES: Final = (("English", "en"), ("Vietnamese", "vi"))
_ABOUT: Final = {
    "ladder": (
        "Ladder",
        "How each partner reached its level.",
        f"chart ladder VNM --on {DAY} -o ladder.svg",
    ),
    "pace": (
        "Pace",
        "How many partners there were at each level or a higher one, day by day.",
        f"chart pace VNM --on {DAY} -o pace.svg",
    ),
    "bump": (
        "Positions over the years",
        "Who was before whom at the end of each year.",
        "chart bump VNM --years 2008-2024 -o bump.svg",
    ),
    "figures": (
        "Figures",
        "The latest figures of an indicator, as each is reported.",
        "chart figures VNM --indicator trade-turnover -o figures.svg",
    ),
    "lanes": (
        "Lanes",
        "All that is recorded between two parties, aspect by aspect.",
        f"chart lanes VNM SGP --on {DAY} -o lanes.svg",
    ),
    "network": (
        "Network",
        "Who is whose partner, around one party.",
        f"chart network VNM --at-least strategic --on {DAY} -o network.svg",
    ),
    "matrix": (
        "Matrix",
        "The levels between parties, on each ladder.",
        f"chart matrix --within ASEAN --on {DAY} -w vietnam -w singapore -w groups -o matrix.svg",
    ),
}


def charts() -> Iterator[tuple[Chart, Chart]]:
    """Yield each chart in English and in Vietnamese."""
    for kind, answer in _answers():
        draw = getattr(dr.charts, kind)
        yield draw(answer, lang="en"), draw(answer, lang="vi")


def _answers() -> Iterator[tuple[str, Any]]:
    vietnam, two = dr.load("vietnam"), dr.load("vietnam", "singapore")
    world = vietnam.replay(DAY)
    yield "ladder", world.steps("VNM")
    yield "pace", vietnam.ranking_history("VNM", days="changes", today=DAY)
    yield "bump", vietnam.ranking_history("VNM", years=(2008, 2024))
    yield "figures", vietnam.figures("trade-turnover", party="VNM")
    yield "lanes", two.lanes("VNM", "SGP", on=DAY)
    yield "network", world.graph(party="VNM", at_least="strategic", tracks=["level"])
    three = dr.load("vietnam", "singapore", "groups")
    yield "matrix", three.replay(DAY).matrix(within="ASEAN")


def files() -> dict[Path, str]:
    """Return the text of every file of the gallery."""
    found = {}
    parts = [_HEAD]
    for english, vietnamese in charts():
        kind = english.kind
        for chart in (english, vietnamese):
            for size in SIZES:
                name = f"{kind}-{chart.lang}-{size}.svg"
                found[PICTURES / name] = chart.to_svg(size) + "\n"
        parts += _part(english, vietnamese)
    return {PAGE: "\n".join(parts), **found}


def _part(english: Chart, vietnamese: Chart) -> list[str]:
    kind = english.kind
    title, about, command = _ABOUT[kind]
    phones = (f"[{name}](gallery/{kind}-{lang}-narrow.svg)" for name, lang in _LANGUAGES)
    return [
        f"## {title}\n",
        f"{about}\n",
        f"```console\n$ diplorel {command}\n```\n",
        f"![{_plain(english.alt)}](gallery/{kind}-en-wide.svg)\n",
        f"For a phone: {', '.join(phones)}. In Vietnamese:\n",
        f"![{_plain(vietnamese.alt)}](gallery/{kind}-vi-wide.svg)\n",
    ]


def _plain(text: str) -> str:
    """Return a text without what Markdown reads as the end of an image's text."""
    return text.replace("[", "(").replace("]", ")")


if __name__ == "__main__":
    PICTURES.mkdir(exist_ok=True)
    made = files()
    for old in PICTURES.glob("*.svg"):
        if old not in made:
            old.unlink()
    for path, text in made.items():
        path.write_text(text, encoding="utf-8", newline="\n")
