"""A panel as a Parquet file, and a question to it in SQL.

Run it::

    python examples/parquet_for_duckdb.py
    python examples/parquet_for_duckdb.py -o vietnam.parquet

It needs the extra ``arrow``, and ``duckdb`` for the answer.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import diplorel as dr

SQL = """
SELECT year, level_a, count(*) AS partners
FROM read_parquet(?)
WHERE level_a_known IN ('known', 'as-last-recorded') AND level_a_rank = 3
GROUP BY year, level_a
ORDER BY year
"""


def answers(path: Path) -> Iterator[str]:
    """Yield the rows of the answer."""
    import duckdb  # noqa: PLC0415  the file can be written without it

    for year, level, partners in duckdb.connect().execute(SQL, [str(path)]).fetchall():
        yield f"{year}  {level}  {partners}"


def main(argv: Sequence[str] | None = None) -> int:
    """Write the file and print the answer; 2 and one line on the error stream if it fails."""
    parser = argparse.ArgumentParser(description="A panel for DuckDB.")
    parser.add_argument("--years", nargs=2, type=int, default=(2007, 2024), metavar="YEAR")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE", help="such as x.parquet")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as folder:
        path = args.output or Path(folder, "vietnam.parquet")
        try:
            panel = dr.load("vietnam").panel("VNM", years=tuple(args.years), columns=["level"])
            dr.write_table(panel, path)
        except dr.errors.DiplorelError as error:
            print(f"parquet_for_duckdb: {error}", file=sys.stderr)
            return 2
        print(f"{path.name}: {len(panel)} rows", SQL, *answers(path), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
