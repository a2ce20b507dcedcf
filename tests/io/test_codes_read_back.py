"""The codes of a panel come back from every form of table, those like a missing value as well."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

import attrs
import pytest

import diplorel as dr
from diplorel.tracks import TIES
from diplorel.tracks.columns import StateColumn

if TYPE_CHECKING:
    from pathlib import Path

    from diplorel.model.table import Table

SCHEMES = ("iso3", "cow", "gw", "cow-abb", "gw-abb", "iso-numeric")
CODES = tuple(f"{scheme}_{side}" for scheme in SCHEMES for side in "ab")
LETTERS = attrs.evolve(
    TIES,
    name="letters",
    columns=(
        StateColumn(
            name="alpha2",
            kind="text",
            of=lambda state, a, b: dr.party(b).alpha2 or None,
        ),
    ),
)


@pytest.fixture(scope="module")
def panel() -> Table:
    """Return the years in which Namibia began, Yemen and Germany united, and Kosovo came to be."""
    events = [
        dr.events.TiesEstablished(on="1990-03-21", parties=("USA", other), sources=["s"])
        for other in ("NAM", "SGP")
    ]
    source = dr.Source(id="s", title="Made up", publisher="A test", kind="press")
    log = dr.EventLog(events, stream="mine", sources=[source])
    return log.panel("USA", years=(1989, 2008), codes=SCHEMES, columns=["ties"], tracks=[LETTERS])


def row(rows: list[dict[str, Any]], party: str, year: int) -> dict[str, Any]:
    return next(one for one in rows if (one["party_b"], one["year"]) == (party, year))


@pytest.mark.parametrize("suffix", ["csv", "parquet", "dta", "json"])
def test_codes_are_read_as_they_were_written(panel: Table, tmp_path: Path, suffix: str) -> None:
    rows = read(panel, tmp_path / f"panel.{suffix}")
    assert len(rows) == len(panel)
    for was, now in zip(panel, rows, strict=True):
        for name in (*CODES, "alpha2"):
            assert now[name] == was[name], (name, was["party_b"], was["year"])


def test_namibia_is_no_missing_value_even_to_those_who_read_without_care(
    panel: Table, tmp_path: Path
) -> None:
    dr.write_table(panel, tmp_path / "panel.csv")
    careless = import_module("pandas").read_csv(tmp_path / "panel.csv", low_memory=False)
    rows = careless.to_dict("records")
    namibia = row(rows, "NAM", 1990)
    assert [namibia[f"{scheme}_b"] for scheme in ("iso3", "cow-abb", "gw-abb")] == ["NAM"] * 3
    # no code is a word that pandas takes for a missing value
    for name in ("party_a", "party_b", *CODES):
        missing = sum(code is None for code in panel[name])
        assert careless[name].isna().sum() == missing
    assert isinstance(namibia["alpha2"], float)  # the two letters are, to them


def test_what_has_no_code_has_none_in_a_file(panel: Table, tmp_path: Path) -> None:
    for suffix in ("csv", "parquet", "dta", "json"):
        rows = read(panel, tmp_path / f"panel.{suffix}")
        assert row(rows, "VAT", 2000)["cow_b"] is None
        assert row(rows, "XKX", 2008)["iso3_b"] is None
        assert row(rows, "YEM", 1990)["cow_b"] == "679"
        assert row(rows, "YEM", 1990)["gw_b"] == "678"
        assert row(rows, "DEU", 1990)["cow_b"] == "255"
        assert row(rows, "AFG", 1990)["iso-numeric_b"] == "004"
        assert row(rows, "NAM", 1990)["alpha2"] == "NA"


def read(panel: Table, path: Path) -> list[dict[str, Any]]:
    """Write a panel to a file and read it as its page says, with None for what is missing."""
    dr.write_table(panel, path)
    pandas: Any = import_module("pandas")
    if path.suffix == ".csv":
        frame = pandas.read_csv(
            path,
            dtype=dict.fromkeys((*CODES, "alpha2"), "string"),
            keep_default_na=False,
            na_values=[""],
            low_memory=False,
        )
    elif path.suffix == ".parquet":
        return list(import_module("pyarrow.parquet").read_table(path).to_pylist())
    elif path.suffix == ".dta":
        frame, _ = import_module("pyreadstat").read_dta(str(path))
        frame = frame.rename(columns={name.replace("-", "_"): name for name in CODES})
        frame = frame.replace("", None)  # Stata has no missing text
    else:
        text = path.read_text("utf-8")
        return list(import_module("json").loads(text)["data"])
    found = frame.astype(object)
    return list(found.where(found.notna(), None).to_dict("records"))


def test_days_come_back_from_stata_where_the_first_hundreds_are_missing(
    panel: Table, tmp_path: Path
) -> None:
    days = [*panel["ties_since_earliest"]]
    assert days[:500] == [None] * 500
    read_back = [one["ties_since_earliest"] for one in read(panel, tmp_path / "panel.dta")]
    assert read_back == days
    assert len(set(days)) == 2
