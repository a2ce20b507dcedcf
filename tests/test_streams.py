"""Every shipped stream obeys the laws of every stream."""

from __future__ import annotations

from hashlib import sha256

import pytest

import diplorel as dr
from diplorel.datasets import load_stream
from diplorel.model.events import canonical
from diplorel.testing import laws_of

NAMES = [one.name for one in dr.available() if one.origin == "diplorel"]

for _name in NAMES:
    _laws = laws_of(_name)
    if _name == "united_states":  # twelve thousand records take most of a minute
        _laws = pytest.mark.slow(_laws)
    globals()[f"Test{_name.title().replace('_', '')}"] = _laws


PINNED = {
    ("groups", "0.1.0"): "ad1ab1a5b1fd62a75bc7cb1dfaa2d269b27955a7325bcc31a03313c7c8476178",
    ("singapore", "0.1.0"): "6b1db97b05894e00fb323a2e6d1c22b1a03d58cd5a4b219936814fe1a98d3418",
    ("united_states", "0.1.0"): "0d9bd611c19220be733e51f3fff4806d66c31bd90c95665465cc778237f4cc56",
    ("united_states", "0.2.0"): "891bccae64d8f04fc4c28e1133a96d44e0d28dba9be33351fb8af0c88b31987c",
    ("united_states", "0.3.0"): "5cd72d40bc9a30e112393a365095febe08de7187b26731f64a8114cc336ad9ee",
    ("vietnam", "0.1.0"): "b8fce7196ab83fe59d38bc9b1dcc7b069d39aef64a8c95604b053cf00b4228b3",
    ("vietnam", "0.2.0"): "137cbc6884902b2a4e4c9a1f032a8b66b4522ac2256c1fd60ff0fc50b7104f96",
    ("vietnam", "0.3.0"): "df0256697afde7c111738cd13b946694849df4a6dd9a118e8afe27fa0c799aae",
}
"""What the records of each release hash to: their ids, digests and canonical lines."""


@pytest.mark.parametrize(("name", "version"), PINNED)
def test_every_released_record_keeps_its_id_its_digest_and_its_line(
    name: str, version: str
) -> None:
    """Others hold these ids and digests in corrections, claims and stores of their own."""
    stream = load_stream(name)
    (records,) = (one.records for one in stream.releases if one.version == version)
    found = sha256()
    for one in stream.records[:records]:
        kept = (
            one.stream, one.recorded.isoformat(), one.id, one.event.digest, canonical(one.event),
        )  # fmt: skip
        found.update(("\t".join(kept) + "\n").encode())
    assert found.hexdigest() == PINNED[name, version]


def test_every_release_is_pinned() -> None:
    released = {(name, one.version) for name in NAMES for one in load_stream(name).releases}
    assert released == PINNED.keys()
