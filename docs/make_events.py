"""Write the catalogue of events, and a page for each type, from the event classes.

They are ``docs/reference/events.md`` and the pages in ``docs/reference/events``. Meanings, effects
and fields come from the docstrings, the tracks from `STANDARD`, the sources of the definitions from
``event_definitions.py``, and the examples from below. Run ``python docs/make_events.py`` when a
class changes; a test fails until you do.
"""

from __future__ import annotations

import inspect
import re
import sys
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

from diplorel import events as ev
from diplorel.io.jsonl import line_of
from diplorel.io.schema import documented
from diplorel.model.records import Record
from diplorel.model.sources import Citation
from diplorel.tracks import STANDARD, Track

if TYPE_CHECKING:
    from collections.abc import Iterable

sys.path.insert(0, str(Path(__file__).parent))
from event_definitions import CAMEO, DEFINED  # beside this script

PAGE: Final = Path(__file__).parent / "reference" / "events.md"
PAGES: Final = PAGE.with_suffix("")
_WHEN: Final = "2026-11-22T12:00:00Z"
_ENVELOPE: Final = {field.name for field in attrs.fields(ev.Event)}

EXAMPLES: Final[tuple[ev.Event, ...]] = (
    ev.TiesEstablished(on="1973-08-01", parties=["SGP", "VNM"], sources=["vna"]),
    ev.TiesSuspended(on="1975-04-29", parties=["RVN", "USA"], sources=["historian"]),
    ev.TiesSevered(on="1973-09", parties=["CHL", "VNM"], sources=["ministry"]),
    ev.TiesRestored(on="1990", parties=["CHL", "VNM"], sources=["embassy"]),
    ev.LevelUpgraded(
        on="2025-03-12", parties=["SGP", "VNM"], ladder="VNM", level="comprehensive-strategic",
        previous="strategic", sources=["vna"], place="Hanoi",
        wording=[ev.Wording(party="VNM", lang="vi", text="Đối tác Chiến lược Toàn diện")],
    ),
    ev.LevelDowngraded(
        on="2020-05-01", parties=["AAA", "BBB"], ladder="AAA", level="comprehensive",
        sources=["made-up"],
    ),
    ev.LevelRenewed(
        on="2015-03-18", parties=["AUS", "VNM"], ladder="VNM", level="enhanced-comprehensive",
        sources=["hanoi-times"],
    ),
    ev.LevelAgreed(
        on="2025-01-21", parties=["CHE", "VNM"], ladder="VNM", level="comprehensive",
        sources=["viet-nam-news"], place="Davos",
    ),
    ev.LevelHeld(
        on="2016-01", parties=["AAA", "BBB"], ladder="AAA", level="comprehensive",
        sources=["made-up"],
    ),
    ev.AgreementSigned(
        on="2019-06-30", parties=["EU", "VNM"], agreement="evfta", kind="treaty",
        titles={"en": "EU-Vietnam Free Trade Agreement"}, fields=["trade"],
        sources=["vietstock"],
    ),
    ev.AgreementJoined(
        on="1952-02-18", parties=["TUR"], agreement="north-atlantic-treaty", sources=["nato"]
    ),
    ev.AgreementInForce(
        on="2020-08-01", parties=["EU", "VNM"], agreement="evfta", sources=["fidinam"]
    ),
    ev.AgreementLeft(
        on="2020-11-04", parties=["USA"], agreement="paris-agreement", sources=["un-treaties"]
    ),
    ev.AgreementTerminated(
        on="2020-05-01", parties=["AAA", "BBB"], agreement="trade-1990", replaced_by="trade-2020",
        sources=["made-up"],
    ),
    ev.SectorPartnershipFormed(
        on="2023-11-01", parties=["DNK", "VNM"], sector="green", sources=["government-portal"]
    ),
    ev.SectorPartnershipEnded(
        on="2020-05-01", parties=["AAA", "BBB"], sector="water", sources=["made-up"]
    ),
    ev.SpecialRelationshipDeclared(
        on="1977-07-18", parties=["LAO", "VNM"], sources=["army-newspaper"], place="Vientiane"
    ),
    ev.SpecialRelationshipEnded(on="2020-05-01", parties=["AAA", "BBB"], sources=["made-up"]),
    ev.VisitMade(
        on="2025-03-25/2025-03-26", visitor="SGP", host="VNM", kind="official",
        persons=[ev.Person(party="SGP", offices=["government:prime-minister"])],
        sources=["vna"],
    ),
    ev.TalksHeld(
        on="2020-05-01", parties=["AAA", "BBB"], topics=["fishing"], sources=["made-up"],
        persons=[ev.Person(party="AAA", offices=["ministry:foreign-minister"])],
    ),
    ev.FigureReported(
        on="2025-03-12", parties=["SGP", "VNM"], indicator="trade-turnover", value="9",
        qualifier=">", unit="USD bn", period="2024", sources=["vna"],
    ),
    ev.TargetSet(
        on="2022-11-14", parties=["NZL", "VNM"], indicator="trade-turnover", value="2",
        unit="USD bn", due="2024", sources=["tuoi-tre"],
    ),
    ev.MissionOpened(
        on="1995-08-06", sender="USA", receiver="VNM", city="Hanoi", sources=["historian"]
    ),
    ev.MissionClosed(
        on="1975-04-29", sender="USA", receiver="RVN", city="Saigon", sources=["historian"]
    ),
    ev.EnvoyAccredited(
        on="2020-05-01", sender="AAA", receiver="BBB", name="A. Envoy", sources=["made-up"]
    ),
    ev.EnvoyLeft(
        on="2023-05-01", sender="AAA", receiver="BBB", name="A. Envoy", departure="end-of-term",
        sources=["made-up"],
    ),
    ev.RecognitionGranted(
        on="1965-08-11", recogniser="USA", recognised="SGP", sources=["historian"]
    ),
    ev.RecognitionWithdrawn(
        on="2020-05-01", recogniser="AAA", recognised="BBB", sources=["made-up"]
    ),
    ev.GroupJoined(on="2025-10-26", party="TLS", group="ASEAN", sources=["asean"]),
    ev.GroupLeft(on="1991-12-24", party="SUN", group="UNSC_P5", sources=["united-nations"]),
    ev.PartySucceeded(
        on="1993-01-01", predecessor="CSK", successor="CZE", kind="split", dyads=["VNM"],
        tracks=["ties"], sources=["ministry"],
    ),
)  # fmt: skip
"""One event of each type. ``AAA`` and ``BBB`` stand for two parties in what never happened."""

_RETRACTION: Final = ev.EventRetracted(
    target="ties-established/SGP-VNM/1973-08-01",
    reason="The paper meant another country.",
    sources=["made-up"],
)
_UNSAID: Final = {"parties": "The two parties."}
_NOTE: Final = "<!-- Written by docs/make_events.py from the event classes. Do not edit. -->\n"
_LEAD: Final = f"""\
{_NOTE}
# Events

Every event type has a page: what it means, its fields, which tracks it changes, a line of
`events.jsonl`, and where its definition comes from. In Python the classes are in `dr.events`.

One track owns a type, and others can take it in. Visits, talks and reports change no state: they
are listed. A replay folds these tracks, and those that you hand it; to add a type, see
[CONTRIBUTING](../../CONTRIBUTING.md); for a type of your own without a change in the library, see
[a track of your own](../how-to/own-track.md).
"""
_EXAMPLE: Final = "The example cites made-up keys of sources{}."
_MADE_UP: Final = ", and its parties `AAA` and `BBB` are made up as well"


def files() -> dict[Path, str]:
    """Return every page by its path."""
    found = {PAGE: page()}
    for track in STANDARD:
        found |= {PAGES / f"{cls.type}.md": _page_of(cls, track) for cls in track.owns}
    found[PAGES / f"{ev.EventRetracted.type}.md"] = _retraction()
    return found


def page() -> str:
    """Return the page that lists them all."""
    parts = [_LEAD, _every_event(), "## Types\n"]
    for track in STANDARD:
        parts.append(f"### Track `{track.name}`\n\n{_first(inspect.getmodule(track.owns[0]))}\n")
        parts.append(_table(track.owns))
    parts += [_CORRECTIONS, _table((ev.EventRetracted,)), _tree()]
    return "\n".join(parts)


def _table(classes: Iterable[type]) -> str:
    rows = [f"| [`{cls.type}`](events/{cls.type}.md) | {_first(cls)} |" for cls in classes]
    return "\n".join(["| type | meaning |", "|---|---|", *rows, ""])


def _tree() -> str:
    names = [cls.type for track in STANDARD for cls in track.owns] + [ev.EventRetracted.type]
    return "\n".join(
        [":::{toctree}", ":hidden:", "", *(f"events/{name}" for name in names), ":::", ""]
    )


def _every_event() -> str:
    said = documented(ev.Event)
    rows = ["| field | needed | meaning |", "|---|---|---|"]
    rows += [_row(field, said) for field in attrs.fields(ev.Event)]
    parts = ["## Every event", "", "The fields that all events share:", "", *rows, ""]
    for cls in (Citation, ev.Person, ev.Wording):
        fields = attrs.fields(cls)
        inner = documented(cls)
        described = "; ".join(
            f"`{field.name}`" + (f" ({_lower(inner[field.name])})" if field.name in inner else "")
            for field in fields
        )
        parts += [f"* **{cls.__name__}**: {_lower(_first(cls)).rstrip('.')}. Keys: {described}."]
    return "\n".join(parts) + "\n"


def _lower(text: str) -> str:
    text = text.rstrip(".")
    return text[:1].lower() + text[1:]


def _page_of(cls: type[ev.Event], owner: Track[Any, Any]) -> str:
    heard = [track.name for track in STANDARD if cls in track.handlers and track is not owner]
    changes = f"`{owner.name}`" + "".join(f", `{name}`" for name in heard)
    if cls is ev.PartySucceeded:
        changes += ", and every track that it names in `tracks`"
    attrs.resolve_types(cls)
    (example,) = (one for one in EXAMPLES if type(one) is cls)
    fields = [field for field in attrs.fields(cls) if _own(field)]
    definition, code = DEFINED[cls]
    codes = [f"* **Nearest code of CAMEO.** {code} ({CAMEO}). It is coarser."] if code else []
    return _whole(
        cls,
        [f"* **Tracks.** {changes}", f"* **Id.** `{example.id}`"],
        fields,
        line_of(Record("example", _WHEN, example)),
        [f"* **Definition.** {definition}", *codes],
    )


_CORRECTIONS: Final = """\
## Corrections

Any event can correct earlier ones of its stream, by `supersedes` and `reason`. One type only takes
back, and has no date of its own: [correct a fact](../how-to/correct-a-fact.md).
"""


def _retraction() -> str:
    cls = ev.EventRetracted
    return _whole(
        cls,
        [f"* **Id.** `{_RETRACTION.id}`"],
        list(attrs.fields(cls)),
        line_of(Record("example", _WHEN, _RETRACTION)),
        ["* **Definition.** Our own: [why events](../../explanation/why-events.md)."],
    )


def _whole(
    cls: type,
    facts: list[str],
    fields: list[attrs.Attribute[Any]],
    example: str,
    origin: list[str],
) -> str:
    said = documented(cls)
    made_up = _MADE_UP if '"AAA"' in example else ""
    return "\n".join(
        [
            _NOTE,
            f"# `{cls.type}`",
            "",
            f"`dr.events.{cls.__name__}`. {_first(cls)}",
            "",
            *(f"* **{name}.** {text}" for name, text in _said(cls)),
            *facts,
            "",
            "## Fields",
            "",
            "[Fields that every event has](../events.md#every-event) come on top of these.",
            "",
            "| field | needed | meaning |",
            "|---|---|---|",
            *(_row(field, said) for field in fields),
            "",
            "## Example",
            "",
            _EXAMPLE.format(made_up),
            "",
            "```json",
            example,
            "```",
            "",
            "## Source of the definition",
            "",
            *origin,
            "",
        ]
    )


def _own(field: attrs.Attribute[Any]) -> bool:
    return field.init and field.name not in _ENVELOPE


def _row(field: attrs.Attribute[Any], said: dict[str, str]) -> str:
    needed = "yes" if field.default is attrs.NOTHING else "no"
    meaning = said.get(field.name) or _UNSAID.get(field.name, "")
    values = _values(field.type)
    if values and values.split(", ")[-1] not in meaning:
        meaning += f" One of {values}."
    if field.default is not attrs.NOTHING and isinstance(field.default, Enum):
        needed = f"no (`{field.default.value}`)"
    return f"| `{field.name}` | {needed} | {meaning.strip()} |"


def _values(kind: Any) -> str:
    if isinstance(kind, type) and issubclass(kind, Enum):
        return ", ".join(f"`{member.value}`" for member in kind)
    return ""


def _doc(thing: Any) -> str:
    return (inspect.getdoc(thing) or "").replace("``", "`")


def _first(thing: Any) -> str:
    """Return the first paragraph of a docstring, on one line."""
    return " ".join(_doc(thing).split("\n\n")[0].split())


def _said(cls: type) -> list[tuple[str, str]]:
    """Return the paragraphs of a docstring that say what the event means and does."""
    found = re.findall(
        r"^(Meaning|Effect): (.+?)(?=\n\n|\n\w+:|\Z)", _doc(cls), re.MULTILINE | re.DOTALL
    )
    return [(name, (said := " ".join(text.split()))[0].upper() + said[1:]) for name, text in found]


if __name__ == "__main__":
    PAGES.mkdir(exist_ok=True)
    for path, text in files().items():
        path.write_text(text, encoding="utf-8")
