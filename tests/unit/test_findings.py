"""What a finding says beside its verdict: what it lacks, its evidence, who made the claim."""

from __future__ import annotations

from typing import Any

import pytest

import diplorel as dr
from diplorel import events as ev
from diplorel.claims import CountClaim, LevelClaim, TiesClaim, Verdict, verify

LADDER = dr.Ladder(party="VNM", levels=[dr.Level(id="low", rank=1), dr.Level(id="high", rank=2)])
PAPERS = [
    dr.Source(id="s", title="S", publisher="S", kind="press"),
    dr.Source(id="t", title="T", publisher="T", kind="press"),
]
TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["s"])
UP = ev.LevelUpgraded(
    on="2013-09-11", parties=("SGP", "VNM"), ladder="VNM", level="low", sources=["s"]
)
MORE: dict[str, Any] = {"source": "s", "text": {"en": "It."}}


def log_of(*claims: Any, coverage: Any = ()) -> dr.EventLog:
    return dr.EventLog(
        [TIES, UP], sources=PAPERS, ladders=[LADDER], claims=claims, coverage=coverage
    )


def level(id: str, on: str = "2020-01-01", **more: Any) -> LevelClaim:
    return LevelClaim(**{
        "id": id, "on": on, "party": "VNM", "partner": "SGP", "level": "low", **MORE, **more
    })  # fmt: skip


@pytest.mark.parametrize("wrong", [{"partner": "Atlantes"}, {"level": "lowest"}])
def test_a_claim_that_names_nothing_known_is_undecidable_among_others(
    wrong: dict[str, str],
) -> None:
    findings = log_of(level("a"), level("b", **wrong), level("c")).verify()
    assert [one.claim.id for one in findings] == ["a", "b", "c"]
    assert [one.verdict for one in findings] == [
        Verdict.SUPPORTED, Verdict.UNDECIDABLE, Verdict.SUPPORTED,
    ]  # fmt: skip
    found = findings[1]
    assert found.says == "The log cannot answer."
    assert repr(next(iter(wrong.values()))) in str(found.missing)
    assert not str(found.missing).endswith(".")
    assert (found.evidence, found.independent, found.circular) == ((), False, ())
    with pytest.raises(dr.errors.DiplorelError):
        verify(level("b", **wrong), log_of())


def test_findings_are_in_the_order_of_the_ids_and_not_of_the_days() -> None:
    claims = [level("a", "2021-01-01"), level("b", "2014-01-01"), level("c", "2012-01-01")]
    findings = log_of(*claims).verify()
    assert [(one.claim.id, one.verdict) for one in findings] == [
        ("a", Verdict.SUPPORTED), ("b", Verdict.SUPPORTED), ("c", Verdict.UNDECIDABLE),
    ]  # fmt: skip


def test_only_what_is_not_decided_lacks_something() -> None:
    supported, open_ = log_of(
        level("a"), CountClaim(id="b", on="2020-01-01", party="VNM", level="low", count=1, **MORE)
    ).verify()
    assert (supported.verdict, supported.missing) == (Verdict.SUPPORTED, None)
    assert (open_.verdict, bool(open_.missing)) == (Verdict.UNDECIDABLE, True)


@pytest.mark.parametrize(("source", "circular"), [("s", True), ("t", False), (None, False)])
def test_evidence_of_the_claim_s_own_source_is_circular(source: str | None, circular: bool) -> None:
    claim = level("a", source=source)
    found = verify(claim, log_of())
    assert found.evidence == (UP,)
    assert found.circular == ((UP,) if circular else ())
    assert found.independent is not circular


def test_a_finding_is_as_its_claim_expects_or_not() -> None:
    ties: dict[str, Any] = {"on": "2020-01-01", "parties": ["SGP", "VNM"], **MORE}
    for expected, kept in ((Verdict.SUPPORTED, True), (Verdict.REFUTED, False)):
        found = verify(TiesClaim(id="a", since="1973-08-01", expect=expected, **ties), log_of())
        assert (found.verdict, found.as_expected) == (Verdict.SUPPORTED, kept)
        assert found.says[0].isupper()
