"""Fuzz every reader: whatever bytes they get, they end with a result or with our own error.

    python tests/fuzz.py --inputs 1000000 --processes 2

Sound and broken files of every kind are mutated, spliced and fed to the readers. On Python 3.12 and
newer the run is guided by coverage: an input that reaches a new line or branch of the library joins
those that are mutated. What counts as a failure: an exception that is not ours, an input that takes
over `PATIENCE` seconds of processor time, a file opened outside the stream's folder, or something
accepted that does not survive the round trip. A failing input is written to a file, its name
printed, and the exit code is 1; with the same ``--seed`` a run repeats itself.
"""

from __future__ import annotations

import argparse
import io
import multiprocessing
import os
import random
import re
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any, Final

import attrs

import diplorel as dr
from diplorel.io import folder, jsonl
from diplorel.model.reference import Reference

ROOT: Final = Path(__file__).parents[1]
PATIENCE: Final = 2
"""How many seconds of processor time one input may take."""
LARGEST: Final = 1 << 14
"""How long most inputs are at most, in bytes."""
LARGE: Final = 0.002
"""The share of inputs that are much larger, up to what their reader is fed with at most."""
TOKENS: Final = tuple(
    text.encode("utf-8", "surrogatepass")
    for text in (
        *'{}[]",:=#\n\r\t\\\0', "[[", "]]", '"""', "'''", "null", "true", "NaN", "-Infinity",
        "1e999", "-0", "9" * 400, "9" * 5_000, "0x1F", "1_000", "\ufeff", "\u2028", "é", "ệ",
        "\ud800", '"\\ud800"', "\\u0000", "[" * 3_000, '{"a":' * 1_500, "a." * 800, "[[a]]\n" * 200,
        "2013-09-11", "2013-13", "201X", "0000", "9999-12-31", "[..2013]", "[2013..2012]",
        "2013/2012", "2013?~", "2026-11-22T12:00:00Z", "2026-11-22T12:00:00+07:00", '"type":',
        '"v":2', '"supersedes":', "../../etc/passwd", "file:///etc/passwd", "=1+1", "@SUM(A1)",
        ";", "\t", '""', "on,type,party_a,party_b,sources\n", "VNM", "NA", "Việt Nam", "45728",
        "12/03/2025", "source_title", "schema = 2\n", "[[claim]]\n", "[[source]]\n",
        "[[coverage]]\n",
    )
)  # fmt: skip


@attrs.frozen
class Reader:
    """One reader: what it is fed with at first, and how."""

    name: str
    seeds: tuple[bytes, ...]
    feed: Callable[[bytes], None]
    largest: int = 1 << 20


class Memory:
    """A folder in memory, as `importlib.resources` has them, with one file of the fuzzer's."""

    def __init__(self, name: str, content: dict[str, bytes], at: str = "") -> None:
        self.name, self._content, self._at = name, content, at

    def __truediv__(self, name: str) -> Memory:
        return Memory(name, self._content, name)

    def is_file(self) -> bool:
        return self._at in self._content

    def open(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._content[self._at])


SOUND: Final = {
    "stream.toml": b'schema = 1\nname = "fuzzed"\n',
    "sources.toml": b"",
    "events.jsonl": b"",
}


def _lines(data: bytes) -> None:
    records = dr.loads(data)
    if records:
        text = dr.dumps(dr.EventLog(records))
        assert sorted(map(jsonl.line_of, dr.loads(text))) == sorted(
            set(map(jsonl.line_of, records))
        )


def _file(name: str) -> Callable[[bytes], None]:
    def feed(data: bytes) -> None:
        content: Any = Memory("fuzzed", {**SOUND, name: data})
        stream = folder.read_stream(content)
        stream.log().reference.clashes()

    return feed


def _asked(data: bytes) -> None:
    """What was read can be asked, whatever it says: the replay is total, and `check` tells."""
    log = dr.EventLog(dr.loads(data))
    world = log.replay()
    log.check(today="2026-11-22")
    for one, two in world.dyads()[:3]:
        str(world.between(one, two).explain())


@cache
def _reference() -> Reference:
    return dr.load("singapore").reference


def _table(data: bytes) -> None:
    table = dr.read_sheet(data, reference=_reference())
    if table.events:
        log = dr.EventLog(table.events, sources=table.sources, reference=_reference())
        for spreadsheet in (True, False):
            again = dr.read_sheet(
                dr.write_sheet(log, spreadsheet=spreadsheet), reference=log.reference
            )
            assert {*again.events} == {*table.events}


def _tables() -> Iterator[bytes]:
    """Yield tables as a program, a spreadsheet and a person write them."""
    log = dr.load("singapore")
    for n in range(0, len(log), 9):
        some = dr.EventLog(log.records[n : n + 2], reference=log.reference)
        for spreadsheet in (True, False):
            yield dr.write_sheet(some, spreadsheet=spreadsheet).encode()
    yield from (path.read_bytes() for path in (ROOT / "tests" / "broken").glob("*.csv"))
    yield (
        "type,date,country,partner,source_title,source_publisher,source_kind\n"
        "ties established,1973-08-01,Singapore,Việt Nam,50 years of ties,VNA,agency\n"
    ).encode()


def readers() -> tuple[Reader, ...]:
    """Return every reader with files of its kind, sound and broken."""
    broken = ROOT / "tests" / "broken"
    corpus = [path.read_bytes() for path in (ROOT / "tests" / "corpus").glob("*.jsonl")]
    lines = [line for data in corpus for line in data.split(b"\n") if line]
    pairs = [b"\n".join(lines[n : n + 2]) + b"\n" for n in range(len(lines) - 1)]
    shipped = ROOT / "src" / "diplorel" / "datasets"

    def seeds(name: str) -> tuple[bytes, ...]:
        files = [*broken.glob(f"*.{name}"), *shipped.glob(f"*/{name}")]
        return tuple(part for file in files for part in _cut(file.read_bytes()))

    tomls = (
        "stream.toml",
        "sources.toml",
        "parties.toml",
        "persons.toml",
        "offices.toml",
        "claims.toml",
    )
    party = b'[[party]]\nid = "ATLANTIS"\nnames = { en = "Atlantis" }\nend = "1800"\n'
    return (
        Reader("JSON Lines", (*lines, *pairs, *seeds("events.jsonl")), _lines),
        Reader("JSON Lines, asked", tuple(pairs), _asked, 1 << 16),
        *(Reader(name, (*seeds(name), party), _file(name)) for name in tomls),
        Reader("CSV", tuple(_tables()), _table, 1 << 17),
    )


def _cut(data: bytes) -> Iterator[bytes]:
    """Yield a file, or of a large one some entries: small inputs are quick and mutate well."""
    if len(data) <= LARGEST // 4:
        yield data
        return
    parts = data.split(b"\n\n") if b"\n\n" in data else data.split(b"\n")
    step = max(1, len(parts) // 40)
    for start in range(0, len(parts), step):
        yield b"\n\n".join(parts[start : start + 2]) + b"\n"


# --- mutation ------------------------------------------------------------------------------------


_QUOTED: Final = re.compile(rb'"[^"\n]*"(?!\s*[:=])')  # texts, and no keys


def _cut_out(rng: random.Random, data: bytearray, at: int, to: int, pool: list[bytes]) -> None:
    del data[at:to]


def _scrambled(rng: random.Random, data: bytearray, at: int, to: int, pool: list[bytes]) -> None:
    data[at:to] = rng.randbytes(to - at)


def _repeated(rng: random.Random, data: bytearray, at: int, to: int, pool: list[bytes]) -> None:
    data[at:at] = data[at:to] * rng.choice((1, 2, 50))


def _inserted(rng: random.Random, data: bytearray, at: int, to: int, pool: list[bytes]) -> None:
    data[at:at] = rng.choice(TOKENS)


def _replaced(rng: random.Random, data: bytearray, at: int, to: int, pool: list[bytes]) -> None:
    data[at:to] = rng.choice(TOKENS)


def _spliced(rng: random.Random, data: bytearray, at: int, to: int, pool: list[bytes]) -> None:
    other = rng.choice(pool)
    cut = rng.randint(0, len(other))
    data[at:to] = other[cut : cut + rng.choice((4, 30, 300))]


def _bit_flipped(rng: random.Random, data: bytearray, at: int, to: int, pool: list[bytes]) -> None:
    if data:
        data[at % len(data)] ^= 1 << rng.randrange(8)


def _reworded(rng: random.Random, data: bytearray, at: int, to: int, pool: list[bytes]) -> None:
    """Put the quoted text of another input for one of this: what remains may well be sound."""
    mine = [*_QUOTED.finditer(data)]
    its = _QUOTED.findall(rng.choice(pool))
    if mine and its:
        place = rng.choice(mine)
        data[place.start() : place.end()] = rng.choice(its)


MUTATIONS: Final = (
    _cut_out, _scrambled, _repeated, _inserted, _replaced, _spliced, _bit_flipped,
    _reworded, _reworded, _reworded,
)  # fmt: skip


def mutated(rng: random.Random, pool: list[bytes]) -> bytes:
    """Return an input made from those of the pool."""
    data = bytearray(rng.choice(pool))
    for _ in range(rng.choice((1, 1, 1, 2, 3, 6))):
        at = rng.randint(0, len(data))
        to = min(len(data), at + rng.choice((1, 1, 2, 8, 40)))
        rng.choice(MUTATIONS)(rng, data, at, to, pool)
    return bytes(data[:LARGEST])


def blown_up(rng: random.Random, pool: list[bytes], largest: int) -> bytes:
    """Return an input in which some part stands over and over, numbered or not."""
    data = mutated(rng, pool)
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    part = rng.choice((b"\n".join(lines[at : at + rng.choice((1, 3, 8))]) + b"\n", lines[at]))
    if rng.random() < 0.5:
        part = rng.choice(TOKENS)
    size = rng.randrange(LARGEST, largest)
    times = max(1, size // (len(part) + 6))
    if rng.random() < 0.5:
        many = b"".join(part.replace(b"1", b"%d" % n, 1) for n in range(times))
    else:
        many = part * times
    head, tail = b"\n".join(lines[:at]) + b"\n", b"\n".join(lines[at:])
    return (head + many + tail)[:largest]


class Guide:
    """Tells whether an input reached a line or a branch that none reached before it.

    Each place reports once and is then switched off, so it costs next to nothing. Before Python
    3.12 there is no such thing, and nothing is ever new.
    """

    def __init__(self) -> None:
        self._new = 0
        self._on = sys.version_info >= (3, 12)
        if self._on:
            self._start()

    def _start(self) -> None:
        watch: Any = sys.monitoring  # type: ignore[attr-defined,unused-ignore]  # of 3.12

        def seen(code: CodeType, *_: int) -> Any:
            if "diplorel" in code.co_filename:
                self._new += 1
            return watch.DISABLE

        watch.use_tool_id(watch.COVERAGE_ID, "fuzz")
        for event in (watch.events.LINE, watch.events.BRANCH):
            watch.register_callback(watch.COVERAGE_ID, event, seen)
        watch.set_events(watch.COVERAGE_ID, watch.events.LINE | watch.events.BRANCH)

    def reached_more(self) -> bool:
        """Say whether something new was reached since the last question."""
        new, self._new = self._new, 0
        return new > 0


class Watch:
    """Notes every file that is opened for writing or outside of where Python and we live."""

    def __init__(self) -> None:
        self.opened: list[str] = []
        homes = {sys.prefix, sys.base_prefix, str(ROOT / "src"), os.devnull}
        self._homes = tuple(map(os.path.realpath, homes))
        sys.addaudithook(self._hear)

    def _hear(self, name: str, args: tuple[Any, ...]) -> None:
        if name == "open" and isinstance(args[0], (str, bytes)):
            path = os.path.realpath(os.fsdecode(args[0]))
            if not path.startswith(self._homes):
                self.opened.append(path)


class SlowError(BaseException):
    """An input took too long; no handler of the library's may swallow it."""


def _too_slow(*_: Any) -> None:
    raise SlowError(f"over {PATIENCE} s of processor time")


def run(seed: int, inputs: int, keep: Path) -> tuple[Counter[str], list[str]]:
    """Feed inputs to the readers in turn; return how they ended, and what failed."""
    rng = random.Random(seed)
    guide, watch = Guide(), Watch()
    signal.signal(signal.SIGPROF, _too_slow)  # processor time: it may run beside other work
    table = readers()
    pools = {reader.name: [*reader.seeds] for reader in table}
    ended: Counter[str] = Counter()
    failed: list[str] = []
    for number in range(inputs):
        reader = table[number % len(table)]
        pool = pools[reader.name]
        is_large = rng.random() < LARGE
        data = blown_up(rng, pool, reader.largest) if is_large else mutated(rng, pool)
        watch.opened.clear()
        signal.setitimer(signal.ITIMER_PROF, PATIENCE)
        try:
            reader.feed(data)
            verdict = "read"
        except dr.errors.DiplorelError:
            verdict = "refused"
        except BaseException:  # noqa: BLE001  whatever else comes is the find
            verdict = "failed"
            failed.append(_report(reader, data, traceback.format_exc(), keep))
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if watch.opened and verdict != "failed":
            verdict = "failed"
            failed.append(_report(reader, data, f"opened {watch.opened}", keep))
        if guide.reached_more() and not is_large:
            pool.append(data)
            ended[f"{reader.name}: reached more"] += 1
        ended[f"{reader.name}: {verdict}"] += 1
    return ended, failed


def _report(reader: Reader, data: bytes, what: str, keep: Path) -> str:
    path = keep / f"{reader.name.replace(' ', '-').replace(',', '')}-{hash(data) & 0xFFFFFFFF:08x}"
    path.write_bytes(data)
    return f"{reader.name}: {path}\n{what}"


def main(arguments: list[str] | None = None) -> int:
    """Fuzz, and print how many inputs ended how."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="where to put inputs that fail")
    asked = parser.parse_args(arguments)
    keep = asked.keep or Path(tempfile.mkdtemp(prefix="fuzz-"))
    keep.mkdir(parents=True, exist_ok=True)
    start = time.monotonic()
    share = -(-asked.inputs // asked.processes)
    jobs = [(asked.seed + n, share, keep) for n in range(asked.processes)]
    with multiprocessing.get_context("spawn").Pool(asked.processes) as pool:
        results = pool.starmap(run, jobs)
    ended: Counter[str] = Counter()
    failed: list[str] = []
    for counts, found in results:
        ended += counts
        failed += found
    for name, count in sorted(ended.items()):
        print(f"{name:<40}{count:>12,}")
    print(f"{share * asked.processes:,} inputs in {time.monotonic() - start:,.0f} s, "
          f"{len(failed)} failed")  # fmt: skip
    for one in {text.rstrip().rsplit("\n", 1)[-1]: text for text in failed}.values():
        print(one)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
