"""A store in PostgreSQL behind a pooler that gives each transaction another connection.

    pytest -s tests/jobs/pooler.py

A job of its own, which needs Debian's ``pgbouncer``. What every store promises is tried through it,
by one client and by many, beside a neighbour who leaves settings of his own in every connection.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from test_conformance import *  # noqa: F403  every promise, by the place below
from workloads import batch

import diplorel as dr
import stress
from places import Place, Places
from places import server as real_server  # noqa: F401  the fixture behind the pooler

SETTINGS = """[databases]
* = host={host} port=5432 user=postgres
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = 3
max_client_conn = 200
server_lifetime = 2
logfile = {folder}/log
pidfile = {folder}/pid
"""
NEIGHBOUR = (
    "SET standard_conforming_strings = off; SET DateStyle = 'German, DMY'; "
    "SET TimeZone = 'Asia/Ho_Chi_Minh'; SET client_encoding = 'LATIN1'; SET lock_timeout = 1; "
    "SET bytea_output = 'escape'; SET search_path = nowhere; "
    "SET default_transaction_read_only = on; SET quote_all_identifiers = on"
)
"""What stays in a connection of the server, for the next who gets it."""


@contextmanager
def pooler(url: str) -> Iterator[str]:
    """Run pgbouncer before a server, and give the address at which it listens."""
    program = shutil.which("pgbouncer") or "/usr/sbin/pgbouncer"
    assert Path(program).exists(), "this job needs pgbouncer"
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        host = urlsplit(url).query.removeprefix("host=")
        Path(folder, "ini").write_text(SETTINGS.format(host=host, port=port, folder=folder))
        owner = os.stat(host).st_uid  # the socket is for the server's own user alone  # noqa: PTH116
        if os.geteuid() != owner:
            os.chown(folder, owner, -1)
        running = subprocess.Popen([program, "-q", f"{folder}/ini"], user=owner)  # noqa: S603
        address = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        try:
            until_it_answers(address)
            yield address
        finally:
            running.terminate()
            running.wait()


def until_it_answers(address: str) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            psycopg.connect(address).close()
        except psycopg.OperationalError:
            assert time.monotonic() < end
            time.sleep(0.05)
        else:
            return


@pytest.fixture(scope="session")
def server(real_server: str) -> Iterator[str]:  # noqa: F811
    """Give the address of the pooler for that of the server."""
    with pooler(real_server) as address:
        yield address


@pytest.fixture
def place(places: Places) -> Place:
    """An empty place behind the pooler."""
    return places("postgres")


def test_many_clients_share_few_connections_with_a_bad_neighbour(place: Place) -> None:
    """240 calls of twelve clients, over three connections of the server."""
    failed: list[str] = []
    done: list[int] = []
    stop = threading.Event()

    def neighbour() -> None:
        while not stop.is_set():
            with psycopg.connect(place.url, autocommit=True) as connection:
                connection.execute(NEIGHBOUR.encode())
            time.sleep(0.01)

    def client(number: int) -> None:
        store = place.open()
        for turn in range(4):
            for call in (
                lambda: store.append(batch(100 * number + turn), validate="off"),  # noqa: B023
                store.read,
                store.log,
                store.replay,
                store.verify,
            ):
                try:
                    call()
                    done.append(1)
                except Exception as error:  # noqa: BLE001
                    failed.append(repr(error))

    place.open().close()
    threads = [threading.Thread(target=client, args=(number,)) for number in range(12)]
    beside = threading.Thread(target=neighbour)
    beside.start()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stop.set()
    beside.join()
    assert failed == []
    assert len(done) == 240
    with place.open() as store:
        assert store.verify() == ()
        kept = {one.record.event for one in store.read()}
        assert kept == {
            one for n in range(12) for turn in range(4) for one in batch(100 * n + turn)
        }
    print(f"{len(done)} calls of 12 clients over 3 connections, {len(failed)} failed")  # noqa: T201


def test_what_came_through_the_pooler_is_there_without_it(place: Place, real_server: str) -> None:  # noqa: F811
    with place.open() as store:
        store.append(dr.load("vietnam"))
        head = store.head
    with dr.open(real_server, schema=place.schema, create=False) as store:
        assert store.verify(against=head) == ()
        assert store.log() == dr.load("vietnam")


def test_processes_contend_through_the_pooler(place: Place) -> None:
    found = stress.contention(place.url, place.schema, workers=4, events=600, shared=20)
    assert (found.events, found.conflicts) == (600, 60)
