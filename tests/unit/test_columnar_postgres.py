"""PostgreSQL as an engine: the store is only read, nothing is left there, and what is refused."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path
from typing import Any, cast

import psycopg
import pytest
from psycopg import sql

import diplorel as dr
from columnar_states import by_engine, by_fold
from diplorel import events as ev
from diplorel.cli import main
from diplorel.columnar import replay, table_of, write
from diplorel.columnar.postgres import Postgres
from diplorel.columnar.tables import attach
from diplorel.stores.log_store import LogStore
from diplorel.stores.postgres import roles
from places import Place, Places
from shipped_once import shipped

SGP = shipped("singapore")
TIES = ev.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"])


@pytest.fixture
def place(places: Places) -> Place:
    return places("postgres")


@pytest.fixture
def store(place: Place) -> LogStore:
    """A store with the stream of Singapore."""
    store = place.open()
    store.append(SGP)
    return store


def relations(url: str) -> list[Any]:
    with psycopg.connect(url) as connection:
        query = "SELECT oid, relname, relnamespace FROM pg_class ORDER BY oid"
        return connection.execute(query).fetchall()


def test_a_replay_reads_the_store_and_leaves_nothing_there(place: Place, store: LogStore) -> None:
    before, head = relations(place.url), store.head
    with replay(store, "2020-06-30", engine="postgres", memory_limit="64MB") as states:
        assert by_engine(states) == by_fold(SGP, "2020-06-30")
        assert states.connection.execute("SHOW work_mem").fetchone() == ("64MB",)
        first = states.ties.relation.fetchone()
        assert first[2:5] == ("established", "1966-04-04", date(1966, 4, 4))
        with psycopg.connect(place.url) as other:  # nobody else sees its tables
            assert other.execute("SELECT to_regclass('ties')").fetchone() == (None,)
        pid = states.connection.info.backend_pid
    with psycopg.connect(place.url, autocommit=True) as other:
        query = "SELECT count(*) FROM pg_stat_activity WHERE pid = %s"
        while other.execute(query, [pid]).fetchone() != (0,):
            pass  # the server takes a moment to end the session
    assert (relations(place.url), store.head) == (before, head)
    assert store.verify() == ()


def test_the_answers_have_exact_types_and_the_rows_of_duckdb(store: LogStore) -> None:
    with replay(store, engine="postgres") as states, replay(store) as others:
        for name in ("ties", "level", "figures", "visits"):
            assert getattr(states, name).arrow().equals(getattr(others, name).arrow())
        assert states.decided == others.decided
        assert states.ranking("SGP") == others.ranking("SGP") == SGP.replay().ranking("SGP")


def test_corrections_of_a_store_are_taken_in(store: LogStore) -> None:
    target = next(one.id for one in SGP.records if one.event.type == "ties-established")
    store.append([ev.EventRetracted(target=target, reason="wrong", sources=["s"])])
    with replay(store, engine="postgres") as states:
        assert by_engine(states) == by_fold(store.log())


def test_a_role_that_only_reads_can_replay(place: Place, store: LogStore) -> None:
    reader = f"reader of {place.schema}"
    with psycopg.connect(place.url, autocommit=True) as owner:
        given = roles(place.schema, appender=f"appender of {place.schema}", reader=reader)
        owner.execute(given.encode())
        name = sql.Identifier(reader)
        owner.execute(sql.SQL("ALTER ROLE {} LOGIN").format(name))
        always = "ALTER ROLE {} SET default_transaction_read_only = on"
        owner.execute(sql.SQL(always).format(name))
    where = place.url.replace("postgres@", f"{reader.replace(' ', '%20')}@").replace(
        "//postgres:", f"//{reader.replace(' ', '%20')}:"
    )
    assert where != place.url
    with (
        dr.open(where, schema=place.schema, create=False) as mine,
        replay(mine, "2020-06-30", engine="postgres") as states,
    ):
        assert by_engine(states) == by_fold(SGP, "2020-06-30")


def test_an_empty_store_and_parquet_files(place: Place, tmp_path: Path) -> None:
    store = place.open()
    with replay(store, engine="postgres") as states:
        assert by_engine(states) == {"ties": [], "level": [], "figures": [], "visits": []}
    engine = Postgres(cast("Any", store.backend))
    try:
        attach(engine, write(SGP, tmp_path / "sgp", partitions=2))
        text = 'SELECT pos, "on", event FROM ev ORDER BY pos'
        found = engine.rows(text)
        data = table_of(SGP).memory.select(["pos", "on", "event"]).to_pydict()
        assert found == [*zip(*data.values(), strict=True)]
    finally:
        engine.close()


# --- what is refused -----------------------------------------------------------------------------


def test_it_works_where_a_store_is() -> None:
    for source in (SGP, "vietnam"):
        with pytest.raises(dr.errors.InvalidQueryError, match="a store in PostgreSQL"):
            replay(source, engine="postgres")
    with (
        dr.open("memory:") as store,
        pytest.raises(dr.errors.InvalidQueryError, match="got memory:"),
    ):
        replay(store, engine="postgres")


@pytest.mark.parametrize("limit", ["threads", "spill"])
def test_the_server_decides_on_its_own_limits(store: LogStore, limit: str) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match=limit):
        replay(store, engine="postgres", **{limit: 1})  # type: ignore[arg-type]


def test_a_limit_that_is_no_size_is_an_error_of_the_store(store: LogStore) -> None:
    with pytest.raises(dr.errors.StoreError, match="work_mem"):
        replay(store, engine="postgres", memory_limit="a lot")


def test_several_streams_and_accounts_are_refused(place: Place) -> None:
    store = place.open()
    store.append([TIES], stream="a")
    store.append([TIES], stream="b")
    for engine in ("postgres", "duckdb"):
        with pytest.raises(dr.errors.InvalidQueryError, match="resolved_records"):
            replay(store, engine=engine)


def test_a_closed_store_is_not_replayed(place: Place, store: LogStore) -> None:
    store.close()
    with pytest.raises(dr.errors.StoreError, match="is closed"):
        replay(store, engine="postgres")


def test_without_pyarrow_the_error_names_the_extra(
    store: LogStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("pyarrow", "pyarrow.csv"):
        monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(dr.errors.MissingExtraError, match=r"diplorel\[arrow\]"):
        replay(store, engine="postgres")


# --- the command ---------------------------------------------------------------------------------


def test_the_command_replays_a_store(
    server: str, store: LogStore, tmp_path: Path, capsys: Any
) -> None:
    args = ["--engine", "postgres", "--on", "2020-06-30", "-o", str(tmp_path / "s.parquet")]
    with dr.open(server) as own:  # the command asks for the schema that stores have by default
        own.append(SGP)
    assert main(["replay", server, *args, "--json"]) == 0
    counts = json.loads(capsys.readouterr().out)["files"]
    assert counts[str(tmp_path / "s-ties.parquet")] == 20
    assert main(["replay", server, server, *args]) == 2
    assert "one store" in capsys.readouterr().err
