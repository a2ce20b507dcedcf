"""One row of machine-coded event data, whatever the dataset, and why a row is not a lead."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from diplorel.errors import (
    CheckedStrEnum,
    InvalidQueryError,
    UnknownPartyError,
    expected_one_of,
)
from diplorel.model.converters import event_date
from diplorel.model.dates import PartialDate, ordinal
from diplorel.model.party_table import shipped
from diplorel.model.records import utc

if TYPE_CHECKING:
    from datetime import datetime

    from diplorel.model.dates import DayLike


class Means(CheckedStrEnum):
    """What a code of the dataset means here. No other meaning becomes an event."""

    VISIT = "visit"
    """The first actor visits the second."""
    HOST = "host"
    """The first actor hosts a visit by the second."""
    TALKS = "talks"
    """The two hold talks."""


class Reason(CheckedStrEnum):
    """Why a sound row is left out."""

    OTHER_CODE = "other-code"
    """Its code means neither a visit nor talks."""
    NO_ACTOR = "no-actor"
    """It names one actor only, or none."""
    NOT_A_STATE = "not-a-state"
    """An actor is an organisation, a territory, or somebody who does not act for a state."""
    REGION = "region"
    """An actor is a part of the world, such as Africa, or a part of a country."""
    UNKNOWN_CODE = "unknown-code"
    """No party has the code or the name of an actor."""
    NOT_ON_THAT_DAY = "not-on-that-day"
    """The party that has the code did not exist, or did not have it, on the day of the event."""
    ONE_COUNTRY = "one-country"
    """Both actors are of one country."""
    DATED_LATER = "dated-later"
    """It is dated after the day when it was added: it was planned, or the date is wrong."""
    OTHER_PARTIES = "other-parties"
    """It is not about a party that was asked for."""
    REPEATED = "repeated"
    """The same row was read before."""


@attrs.frozen(kw_only=True)
class Coder:
    """A dataset whose events a machine codes.

    Attributes:
        id: A short word, the id of its source: ``gdelt``.
        title: Its title.
        publisher: Who publishes it.
        url: Its address; its terms of use may ask for a link to it.
        locator: What its number of an event is called, such as ``GLOBALEVENTID``.
        licence: Its licence or terms of use, in a few words.
    """

    id: str
    title: str
    publisher: str
    url: str
    locator: str
    licence: str = ""


@attrs.frozen(kw_only=True)
class CodedRow:
    """One row of a machine-coded dataset.

    Attributes:
        id: The dataset's own number of the event.
        code: The dataset's own code.
        means: What the code means here; None where it is neither a visit nor talks.
        on: The date of the event, with no more precision than the dataset has.
        first: The id of the acting party on that day, or the reason why there is none.
        second: The same of the other party.
        added: When the dataset added the row, a moment in UTC.
        article: The address or the name of the article; empty where none is given.
    """

    id: str
    code: str
    means: Means | None
    on: PartialDate = attrs.field(converter=event_date)
    first: str | Reason
    second: str | Reason
    added: datetime = attrs.field(converter=utc)
    article: str = ""


@attrs.frozen(order=True)
class LeftOut:
    """How many rows of one code are left out for one reason."""

    reason: Reason
    code: str
    rows: int = 1


CAMEO_OWN: Final = {"MTN": "MNE", "ROM": "ROU", "TMP": "TLS"}
"""CAMEO's codes of countries that are not those of ISO on the day, by party."""
_REGIONS: Final = (
    "AFR ASA BAG BLK CAS CAU CEU CFR CRB EAF EEU EIN EUR GZS "
    "LAM MDT MEA NAF NMR PGS SAF SAM SAS SCN SEA WAF WSB WST"
)
CAMEO_REGIONS: Final = frozenset(_REGIONS.split())
"""CAMEO's codes of parts of the world and parts of countries (WSB, GZS, BAG)."""
_SCHEMES: Final = ("cameo", "iso3", "cow", "gw")


def state_on(name: str, on: DayLike, *, scheme: str | None = None) -> str | Reason:
    """Return the id of the state that a code or a name means on a day, or why there is none.

    Args:
        name: The name, or the code.
        on: The day of the event.
        scheme: The scheme of the code: ``cameo``, ``iso3``, ``cow`` or ``gw``. Default: a name.

    Raises:
        InvalidQueryError: There is no such scheme.
        InvalidDateError: *on* is not a valid day.

    >>> state_on("Burma", "2018-01-01"), state_on("AFR", "2018-01-01", scheme="cameo").value
    ('MMR', 'region')
    """
    if scheme is not None and scheme not in _SCHEMES:
        raise InvalidQueryError(
            "{argument}: {expected}", argument="scheme", expected=expected_one_of(_SCHEMES, scheme)
        )
    day = ordinal(on)
    if scheme == "cameo" and name in CAMEO_REGIONS:
        return Reason.REGION
    table = shipped()
    if scheme is None:
        named = _identify(name, on)
        ids = {named} if named else set()
    elif scheme == "cameo" and name in CAMEO_OWN:
        ids = {CAMEO_OWN[name]}
    else:
        held = table.holders("iso3" if scheme == "cameo" else scheme, name)
        ids = {id for id, code in held if code.holds_on(day)}
        if held and not ids:
            return Reason.NOT_ON_THAT_DAY
    found = [party for id in sorted(ids) if (party := table.get(id))]
    alive = [party for party in found if party.is_alive(day)]
    if not found:
        return Reason.UNKNOWN_CODE
    if not alive:
        return Reason.NOT_ON_THAT_DAY
    return alive[0].id if alive[0].is_state else Reason.NOT_A_STATE


def _identify(name: str, on: DayLike) -> str | None:
    try:
        return shipped().identify(name, on)
    except UnknownPartyError:  # it can mean several
        return None
