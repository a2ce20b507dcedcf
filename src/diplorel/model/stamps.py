"""The stamp of an answer: how it was made, as plain data that leaves with every table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from diplorel._version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplorel.model.reference import Reference

Asked: TypeAlias = Mapping[str, Any]
"""How a log was asked: its versions, what was known, the clock, the dates and the policy."""
NOT_ASKED: Final[Asked] = {"library": __version__}
"""Of an answer that was put together by hand, and not asked of a log."""


def stamp_of(
    reference: Reference, streams: Iterable[str] | None = None, **more: Any
) -> dict[str, Any]:
    """Return the stamp of a table: the versions of library and streams, and how it was asked for.

    Where a stream is of an earlier release, ``reference`` names the version of its sources,
    ladders, names, coverage and claims.

    Args:
        reference: What the streams say of themselves.
        streams: The streams that count; those that say something of themselves when None. One that
            says nothing has no version.
        **more: The day, what was known, and so on, as plain data.
    """
    infos = sorted(reference.infos, key=lambda info: info.name)
    names = sorted({info.name for info in infos} if streams is None else {*streams})
    versions: dict[str, str | None] = dict.fromkeys(names)
    beside: dict[str, str] = {}
    for info in infos:
        if info.name not in versions:
            continue
        before = versions[info.name]
        versions[info.name] = info.version if before is None else f"{before}, {info.version}"
        if info.reference_version:
            beside[info.name] = info.reference_version
    later = {"reference": beside} if beside else {}
    return {"library": __version__, "streams": versions, **later, **more}


def policy_name(policy: object) -> str:
    """Return the name of a policy for a stamp."""
    return str(getattr(policy, "__name__", "a policy of its own"))


def line_of(stamp: Mapping[str, Any]) -> str:
    """Return a stamp in a line, without what is empty or as by default.

    >>> line_of({"library": "1.0", "streams": {"vietnam": "0.3.0"}, "on": None, "known": "2026"})
    'library 1.0; streams vietnam 0.3.0; known 2026'
    """
    said = []
    for key, value in stamp.items():
        if value is None or value == {}:
            continue
        if isinstance(value, Mapping):
            shown = ", ".join(f"{name} {one or '(no version)'}" for name, one in value.items())
        else:
            shown = {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
        said.append(f"{key} {shown}")
    return "; ".join(said)
