"""Lines of every release so far, frozen: whatever this library learns, it reads them for ever.

A release with new types or fields adds a file to ``tests/corpus`` and a line to `PINNED`. Nothing
that stands there is ever edited.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

import diplorel as dr
from diplorel.io.event_types import event_types

CORPUS = Path(__file__).parent.parent / "corpus"
PINNED = {
    "events-0.1.0.jsonl": "68ad0d8056e44ed7532686a9229d4166cdf4319fad0f821e32516c227776b817",
}


def test_the_corpus_is_as_it_was_frozen() -> None:
    held = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in CORPUS.iterdir()}
    assert held == PINNED


@pytest.mark.parametrize("name", sorted(PINNED))
def test_every_old_line_loads_and_says_what_it_said(name: str) -> None:
    known = event_types()
    data = (CORPUS / name).read_bytes()
    records = dr.loads(data)
    for line, record in zip(data.decode().splitlines(), records, strict=True):
        told = json.loads(line)
        assert record.event.type == told["type"]
        if known[told["type"]].version == told.get("v", 1):
            assert dr.dumps(dr.EventLog([record])) == f"{line}\n"


def test_the_first_release_has_every_type_of_then_with_every_field() -> None:
    told = [
        json.loads(line) for line in (CORPUS / "events-0.1.0.jsonl").read_text("utf-8").splitlines()
    ]
    assert len({one["type"] for one in told}) == 27
    assert max(len(one) for one in told) > 15
