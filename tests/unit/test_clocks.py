"""A clock that is wrong once must not spoil a stream, and one that is spoilt can begin anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import attrs
import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.errors import RecordedOrderError
from diplorel.io.sheets import update

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
FAR = datetime(2099, 1, 1, tzinfo=UTC)
TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])
ENDED = ev.TiesSevered(on="1980-08-01", parties=("SGP", "VNM"), sources=["vna"])


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock by which a log records."""

    def set_to(moment: datetime) -> None:
        class Fixed(datetime):
            @classmethod
            def now(cls, _: object = None) -> datetime:  # type: ignore[override]
                return moment

        monkeypatch.setattr("diplorel.log.datetime", Fixed)

    set_to(NOW)
    return set_to


def test_a_clock_of_2099_records_nothing_after_a_record_of_today(
    clock: Callable[[datetime], None],
) -> None:
    log = dr.EventLog([TIES])
    clock(FAR)
    with pytest.raises(RecordedOrderError, match="more than 10 years after the last record"):
        log.append(ENDED)
    assert {one.recorded for one in log.append(ENDED, ahead=True)} == {NOW, FAR}
    with pytest.raises(RecordedOrderError, match="the clock says 2099"):
        log.append(ENDED, stream="theirs")  # the whole log counts, not the stream alone


@pytest.mark.parametrize("given", [timedelta(minutes=1, seconds=1), timedelta(days=9999)])
def test_a_moment_ahead_of_the_clock_is_refused_unless_it_is_meant(
    given: timedelta, clock: Callable[[datetime], None]
) -> None:
    clock(NOW)
    log = dr.EventLog([TIES])
    with pytest.raises(RecordedOrderError, match="could not go on before then"):
        log.append(ENDED, at=NOW + given)
    with pytest.raises(RecordedOrderError, match="could not go on before then"):
        dr.EventLog([TIES], at=NOW + given)
    assert log.append(ENDED, at=NOW + given, ahead=True).records[1].recorded == NOW + given
    assert dr.EventLog([TIES], at=NOW + given, ahead=True).records[0].recorded == NOW + given


@pytest.mark.usefixtures("clock")
def test_clocks_may_differ_by_a_minute() -> None:
    moment = NOW + timedelta(minutes=1)
    assert dr.EventLog([TIES], at=moment).append(ENDED, at=moment).records[1].recorded == moment


def test_ten_years_between_records_are_believed(clock: Callable[[datetime], None]) -> None:
    log = dr.EventLog([TIES])
    for years, believed in ((10, True), (11, False)):
        clock(NOW.replace(year=NOW.year + years))
        if believed:
            assert len(log.append(ENDED)) == 2
        else:
            with pytest.raises(RecordedOrderError):
                log.append(ENDED)


def test_a_clock_a_little_behind_goes_on_from_the_last_record(
    clock: Callable[[datetime], None],
) -> None:
    log = dr.EventLog([TIES])
    clock(NOW - timedelta(hours=23))
    assert log.append(ENDED).records[1].recorded == NOW
    clock(NOW - timedelta(days=2))
    with pytest.raises(RecordedOrderError, match="one of the two clocks is wrong"):
        log.append(ENDED)
    assert log.append(ENDED, ahead=True).records[1].recorded == NOW


def test_an_update_by_a_sheet_is_refused_as_an_append_is(
    clock: Callable[[datetime], None],
) -> None:
    log = dr.EventLog([TIES])
    clock(FAR)
    with pytest.raises(RecordedOrderError):
        update(log, [ENDED])
    assert len(update(log, [ENDED], ahead=True)) == 2


def test_a_spoilt_stream_goes_on_once_it_is_begun_anew(clock: Callable[[datetime], None]) -> None:
    """As the page on durable logs describes it: the content is the same, the moments are right."""
    clock(FAR)
    spoilt = dr.EventLog([TIES], at=NOW).append(ENDED, ahead=True)
    clock(NOW)
    with pytest.raises(RecordedOrderError, match="begin the stream anew"):
        spoilt.append(ENDED)
    mended = dr.EventLog(
        [attrs.evolve(one, recorded=min(one.recorded, NOW)) for one in spoilt],
        reference=spoilt.reference,
    )
    assert mended.replay() == spoilt.replay()
    grown = mended.append(ev.TiesRestored(on="1990-08-01", parties=("SGP", "VNM"), sources=["vna"]))
    assert {one.recorded for one in grown} == {NOW}
    with dr.open("memory:") as store:
        assert len(store.append(grown, validate="off").stored) == 3
