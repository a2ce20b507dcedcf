"""Write the JSON Schemas that ship with the library, from the classes.

Run ``python docs/make_schemas.py`` when a class changes; a test fails until you do.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from diplorel.io.schema import FOLDER, write_schemas

SHIPPED: Final = Path(__file__).parents[1] / "src" / "diplorel" / "io" / "schemas" / FOLDER

if __name__ == "__main__":
    write_schemas(SHIPPED)
