"""How a heading is read by hand: the acts that a reading can name, each for a row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from diplorel import events as ev
from diplorel.model.events import Event
from tables import GUIDE, USA, Row, citation

BY_HAND: Final = "read by hand on the page"
Reading = Callable[[Row], Event]


def act(cls: type[Any], on: str, basis: str = "", **fields: Any) -> Reading:
    """Read a row as an act of a type, with the fields that only the page gives."""

    def event(row: Row) -> Event:
        inferred = f"{BY_HAND}{': ' if basis else ''}{basis}"
        told: Event = cls(
            on=on, sources=[citation(GUIDE, row["slug"], row)], inferred=inferred, **fields
        )
        return told

    return event


def recognised(party: str, on: str, basis: str = "", **fields: Any) -> Reading:
    """Read a row as a recognition by the United States."""
    return act(ev.RecognitionGranted, on, basis, recogniser=USA, recognised=party, **fields)


def ties(cls: type[Any], party: str, on: str, basis: str = "") -> Reading:
    """Read a row as an act of the ties with a party."""
    return act(cls, on, basis, parties=[USA, party])


def post(
    cls: type[Any], party: str, on: str, kind: str, city: str | None = None, *, basis: str = ""
) -> Reading:
    """Read a row as an American post that opened or closed."""
    return act(cls, on, basis, sender=USA, receiver=party, kind=kind, city=city)


def signed(party: str, on: str, agreement: str, title: str) -> Reading:
    """Read a row as a treaty that was signed."""
    return act(
        ev.AgreementSigned,
        on,
        parties=[USA, party],
        agreement=agreement,
        kind="treaty",
        titles={"en": title},
    )


def mutual(party: str, on: str) -> tuple[Reading, ...]:
    """Read a row as a recognition by each of the two."""
    theirs = act(ev.RecognitionGranted, on, recogniser=party, recognised=USA)
    return (recognised(party, on), theirs)


def succeeded(
    old: str, new: str, kind: str, on: str, basis: str, *, tracks: tuple[str, ...] = ("ties",)
) -> Reading:
    """Read a row as a succession to what a party had with the United States."""
    return act(
        ev.PartySucceeded,
        on,
        basis,
        predecessor=old,
        successor=new,
        kind=kind,
        dyads=[USA],
        tracks=list(tracks),
    )
