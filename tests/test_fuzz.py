"""A short run of the fuzzer, and the proof that it would find something."""

from __future__ import annotations

from pathlib import Path

import pytest

import diplorel as dr
import fuzz


def test_readers_end_with_a_result_or_with_our_own_error(tmp_path: Path) -> None:
    ended, failed = fuzz.run(seed=1, inputs=3_000, keep=tmp_path)
    assert failed == []
    for reader in fuzz.readers():
        assert ended[f"{reader.name}: refused"] > 0
        assert ended[f"{reader.name}: read"] > 0


@pytest.mark.parametrize("kind", [KeyError, RecursionError, SystemExit, MemoryError])
def test_what_is_not_ours_is_found_and_kept(
    kind: type[BaseException], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(_data: bytes) -> None:
        raise kind("spoilt")

    monkeypatch.setattr(fuzz, "readers", lambda: (fuzz.Reader("bad", (b"x",), spoil),))
    _, failed = fuzz.run(seed=0, inputs=1, keep=tmp_path)
    (kept,) = tmp_path.iterdir()
    assert kind.__name__ in failed[0]
    assert str(kept) in failed[0]


def test_a_file_opened_elsewhere_and_a_hang_are_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outside = tmp_path / "outside"
    outside.touch()

    def peep(_data: bytes) -> None:
        outside.read_bytes()

    def hang(_data: bytes) -> None:
        while True:
            pass

    monkeypatch.setattr(fuzz, "PATIENCE", 1)
    for feed, told in ((peep, "opened"), (hang, "SlowError")):
        monkeypatch.setattr(fuzz, "readers", lambda feed=feed: (fuzz.Reader("bad", (b"",), feed),))
        _, failed = fuzz.run(seed=0, inputs=1, keep=tmp_path)
        assert told in failed[0]


FOUND = {
    "sources.toml": b"[[source]]\nx = " + b"9" * 5_000,
    "CSV": b"id,type,on,party_a,party_b," + b"x," * 300 + b"\n",
}
"""What the fuzzer found once, in its smallest form."""


@pytest.mark.parametrize("name", FOUND)
def test_what_was_found_once_is_refused(name: str) -> None:
    (reader,) = (one for one in fuzz.readers() if one.name == name)
    with pytest.raises(dr.errors.StreamError):
        reader.feed(FOUND[name])
