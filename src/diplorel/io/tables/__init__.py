"""Tables as files: the form follows the suffix, and each has a codebook."""

from __future__ import annotations

from diplorel.io.tables.write import write_table

__all__ = ["write_table"]
