"""What is an address of a store, what is none, and that a password shows nowhere."""

from __future__ import annotations

import builtins
import logging
import os
import traceback
from pathlib import Path
from typing import Any

import pytest

import diplorel as dr
from diplorel.stores.address import backend_of
from diplorel.stores.memory import MemoryBackend
from diplorel.stores.postgres import address_of, quoted, roles
from diplorel.stores.secret import Secret

SECRET = "s3cr3t-Pa55"  # noqa: S105  it opens nothing


@pytest.mark.parametrize("form", ["path", "Path", "three slashes", "four slashes"])
def test_a_path_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, form: str) -> None:
    monkeypatch.chdir(tmp_path)
    urls: dict[str, Any] = {
        "path": "x.db",
        "Path": Path("x.db"),
        "three slashes": "sqlite:///x.db",
        "four slashes": f"sqlite:///{tmp_path}/x.db",
    }
    with dr.open(urls[form]) as store:
        assert store.name.endswith("x.db")
    assert (tmp_path / "x.db").is_file()


def test_memory_is_memory() -> None:
    assert isinstance(backend_of(Secret("memory:")), MemoryBackend)


@pytest.mark.parametrize(
    "url",
    [
        "",
        ":memory:",
        "sqlite://",
        "sqlite:///",
        "sqlite:x.db",
        "sqlite://host/x.db",
        "sqlite:///:memory:",
        "sqlite:///x.db?mode=ro",
        "sqlite:///x.db#a",
        "file:x.db",
        "file:///x.db?mode=memory",
        "FILE:x.db",
        "memory:x",
        "memory://",
        "mysql://host/db",
        "http://host/x.db",
        "javascript:alert(1)",
        "a\0b",
        "\ud800.db",
        5,
        None,
        b"x.db",
    ],
)
def test_what_is_no_address_is_refused_and_nothing_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, url: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(dr.errors.InvalidQueryError):
        dr.open(url)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["$HOME", "${PATH}.db", "~", "%HOME%", "a%2Fb.db", "..%2Fx.db", "x.db;PRAGMA", "a b'c"]
)
def test_a_path_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for url in (name, f"sqlite:///{name}"):
        with dr.open(url) as store:
            store.append([])
        assert [one.name for one in tmp_path.iterdir()] == [name]


def test_steps_upwards_reach_only_stores(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path / "in")
    secret = tmp_path / "passwords.txt"
    secret.write_text("x" * 500)
    for url in ("../passwords.txt", "sqlite:///../passwords.txt", "../in/../passwords.txt"):
        with pytest.raises(dr.errors.StoreError, match="is not a store"):
            dr.open(url)
    assert secret.read_text() == "x" * 500
    assert sorted(one.name for one in tmp_path.rglob("*")) == ["in", "passwords.txt"]


# --- PostgreSQL ----------------------------------------------------------------------------------


def test_a_url_says_who_and_where() -> None:
    found = address_of(Secret("postgresql://me%40x:p%2Fw@db.example:5433/team?sslmode=verify-full"))
    assert found.options == {
        "user": "me@x",
        "host": "db.example",
        "port": "5433",
        "dbname": "team",
        "sslmode": "verify-full",
    }
    assert found.password is not None
    assert found.password.reveal() == "p/w"
    assert found.name == "postgresql://me@x@db.example:5433/team"
    assert address_of(Secret("postgres:///")).options == {}


@pytest.mark.parametrize(
    "url",
    [
        f"postgresql://me:{SECRET}@host/db?options=-csearch_path%3Devil",
        f"postgresql://me@host/db?password={SECRET}",
        f"postgresql://me:{SECRET}@host/db?passfile=/etc/passwd",
        f"postgresql://me:{SECRET}@host/db?service=other",
        f"postgresql://me:{SECRET}@host/db#fragment",
        f"postgresql://me:{SECRET}/x@host/db",
        f"postgresql://me:{SECRET}@host:port/db",
        f"postgresql://me:{SECRET}@[host/db",
        f"postgresql://me:{SECRET}@host/db?x",
        f"postgresql://me:{SECRET}@ho%00st/db",
    ],
)
def test_what_is_no_url_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(dr.errors.InvalidQueryError) as caught:
        dr.open(url)
    assert_hidden(caught.value)


def assert_hidden(error: BaseException) -> None:
    """No text of an error, nor of what was at hand in our frames when it came, has the secret."""
    shown = traceback.TracebackException.from_exception(error, capture_locals=True)
    for part in (shown, shown.__cause__):
        if part is not None:
            part.stack[:] = [one for one in part.stack if "/diplorel/" in one.filename]
            assert SECRET not in "".join(part.format())
    assert SECRET not in repr(error)
    assert SECRET not in str(error)


@pytest.mark.parametrize(
    "where", [f"me:{SECRET}@/nowhere/db?host=/nowhere", f"me:{SECRET}@127.0.0.1:1/db"]
)
def test_a_password_shows_in_no_error_no_traceback_and_no_log(
    where: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with pytest.raises(dr.errors.StoreError, match="cannot be reached") as caught:
        dr.open(f"postgresql://{where}")
    assert_hidden(caught.value)
    assert SECRET not in caplog.text


def test_a_secret_does_not_show() -> None:
    address = address_of(Secret(f"postgresql://me:{SECRET}@host/db"))
    assert SECRET not in repr(address)
    assert SECRET not in f"{address.password} {address}"
    assert repr(Secret("x")) == "Secret(…)"


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any, **more: Any) -> Any:
        if name == "diplorel.stores.postgres":
            raise ImportError(name)
        return real(name, *rest, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(dr.errors.StoreError, match=r"pip install 'diplorel\[postgres\]'") as caught:
        dr.open(f"postgresql://me:{SECRET}@host/db")
    assert_hidden(caught.value)


@pytest.mark.parametrize("schema", ["a%b", "s?", "{record}"])
def test_a_schema_that_our_statements_would_take_for_something_else_is_refused(schema: str) -> None:
    with pytest.raises(dr.errors.InvalidQueryError, match="is not a schema for a store"):
        dr.open("postgresql://localhost/x", schema=schema)


def test_names_are_quoted_whatever_they_are() -> None:
    assert quoted('a"; DROP TABLE x; --') == '"a""; DROP TABLE x; --"'
    for bad in ("", "x" * 64, "đ" * 40, "a\0b"):
        with pytest.raises(dr.errors.InvalidQueryError, match="is not a name"):
            quoted(bad)
        with pytest.raises(dr.errors.InvalidQueryError, match="is not a name"):
            roles(bad)


def test_the_environment_says_nothing_to_sqlite(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(os.environ, "SQLITE_TMPDIR", "/nowhere")
    monkeypatch.setitem(os.environ, "HOME", "/nowhere")
    with dr.open("x.db") as store:
        assert store.name == "x.db"
