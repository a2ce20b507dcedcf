"""The address of a store in PostgreSQL: where the database is, and who asks."""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs

from diplorel.errors import InvalidQueryError
from diplorel.stores.secret import Secret

OPTIONS: Final = (
    "host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout",
    "application_name",
)  # fmt: skip
"""What may follow the ``?`` of an address."""


@attrs.frozen
class Address:
    """Where a database is, and who asks.

    Attributes:
        name: What to call it, without the password.
        options: What to connect with, but for the password.
        password: The password, where the URL has one.
    """

    name: str
    options: dict[str, str]
    password: Secret | None


def address_of(url: Secret) -> Address:
    """Return what ``postgresql://user:password@host:port/database?sslmode=…`` says.

    Raises:
        InvalidQueryError: It says something else; the message does not repeat it.
    """
    read = _read(url)
    if read is None:
        raise InvalidQueryError(
            "this is no URL of a PostgreSQL database: expected "
            "'postgresql://user@host:5432/database', with the marks in a password as %XX"
        )
    options, unknown, password = read
    if unknown:
        listed = ", ".join(OPTIONS)
        raise InvalidQueryError(
            "a store's URL has no {unknown}, only {listed}",
            unknown=", ".join(unknown),
            listed=listed,
        )
    who = f"{options['user']}@" if "user" in options else ""
    host = options.get("host", "")
    where = "" if host.startswith("/") else host
    port = f":{options['port']}" if "port" in options else ""
    socket = f"?host={host}" if host and not where else ""
    name = f"postgresql://{who}{where}{port}/{options.get('dbname', '')}{socket}"
    return Address(name, options, password)


def _read(url: Secret) -> tuple[dict[str, str], list[str], Secret | None] | None:
    """Return the options of a URL, the names of those it should not have, and its password.

    None where it is no URL. Nothing is raised here, where the password is at hand.
    """
    try:
        parts = urlsplit(url.reveal())
        query = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        given = {
            "user": unquote(parts.username or ""),
            "host": unquote(parts.hostname or ""),
            "port": "" if parts.port is None else str(parts.port),
            "dbname": unquote(parts.path.removeprefix("/")),
            **dict(query),
        }
    except ValueError:
        return None
    known = ("user", "dbname", *OPTIONS)
    options = {key: given[key] for key in known if given.get(key)}
    if any("\0" in value for value in options.values()):
        return None
    unknown = sorted({key for key, _ in query} - set(OPTIONS))
    password = None if parts.password is None else Secret(unquote(parts.password))
    return options, [*unknown, *(["fragment"] if parts.fragment else [])], password
