"""Parquet, through pyarrow: stamp, units and codebook are in the metadata of the schema."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from diplorel.model.table_frames import module_of

if TYPE_CHECKING:
    from diplorel.model.table import Table


def encode(table: Table) -> dict[str, bytes]:
    """Return the file of a table."""
    parquet = module_of("pyarrow.parquet", "arrow")
    file = BytesIO()
    parquet.write_table(table.to_arrow(), file)
    return {".parquet": file.getvalue()}
