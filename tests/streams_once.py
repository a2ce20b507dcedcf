"""The shipped streams are read, merged and verified once for all that is run in one process.

A command reads its streams when it begins, as a process of its own has to. Here hundreds of
commands ask the same streams, and a log never changes, so they can share it. What a process of its
own does is tried in `test_process.py` and by the wheel's check.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import diplorel as dr
from diplorel.cli import targets
from diplorel.datasets import load_stream
from diplorel.log import EventLog

if TYPE_CHECKING:
    import pytest

SHIPPED = frozenset(("groups", "singapore", "united_states", "vietnam"))
_anew = targets.open_target
_opened = cache(_anew)
_kept: dict[int, EventLog] = {}
"""The logs that are shared, by identity: kept, so that no other log gets the identity of one."""
_load_anew = dr.load
_merged: dict[tuple[int, int], EventLog] = {}
_verify_anew = EventLog.verify
_verified: dict[int, Any] = {}


def _open(text: str) -> targets.Target:
    if (
        text not in SHIPPED
        or Path(text).exists()
        or vars(targets)["load_stream"] is not load_stream
    ):
        return _anew(text)
    target = _opened(text)
    _kept[id(target.log)] = target.log
    return target


@cache
def _load_once(*names: str) -> EventLog:
    log = _load_anew(*names)
    _kept[id(log)] = log
    return log


def _load(*names: Any, **how: Any) -> EventLog:
    if how or not all(isinstance(name, str) and name in SHIPPED for name in names):
        return _load_anew(*names, **how)
    return _load_once(*names)


def _merge(one: EventLog, two: EventLog) -> EventLog:
    pair = id(one), id(two)
    if not _kept.keys() >= {*pair}:
        return one | two
    if pair not in _merged:
        found = _merged[pair] = one | two
        _kept[id(found)] = found
    return _merged[pair]


def _verify(log: EventLog, *claim: Any) -> Any:
    if claim or id(log) not in _kept:
        return _verify_anew(log, *claim)
    if id(log) not in _verified:
        _verified[id(log)] = _verify_anew(log)
    return _verified[id(log)]


def share(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every command of a test find the shipped streams as they were read before.

    The verdicts on all of their claims are theirs too.
    """
    monkeypatch.setattr(targets, "open_target", _open)
    monkeypatch.setattr(targets, "or_", _merge)
    monkeypatch.setattr(EventLog, "verify", _verify)


def share_with_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let scripts that load the shipped streams by ``dr.load`` find them as they were read before.

    The verdicts on all of their claims are theirs too.
    """
    monkeypatch.setattr(dr, "load", _load)
    monkeypatch.setattr(EventLog, "verify", _verify)
