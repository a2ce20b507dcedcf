"""Which names mean one city: former names and other spellings, read from `cities.csv`.

The text of an event stays as its source has it, and so does its id. Only where two cities are
compared do Rangoon and Yangon count as one. The table lists renamings and spellings that nobody
disputes. It knows no countries: what is compared is always in one country.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import TYPE_CHECKING

from diplorel._resources import package_folder
from diplorel.model.converters import slugify

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=1)
def _present_names() -> Mapping[str, str]:
    """Return, by each other name of a city, its present name; both as names are compared."""
    text = package_folder().joinpath("model", "cities.csv").read_text(encoding="utf-8")
    return {
        slugify(other): slugify(row["city"])
        for row in csv.DictReader(text.splitlines())
        for other in row["also"].split("|")
    }


@lru_cache(maxsize=65_536)
def city_key(name: str) -> str:
    """Return what cities are compared by: one key for all names of a city.

    Case, spacing and Unicode form do not count.

    >>> city_key("Rangoon") == city_key("Yangon"), city_key("Yangon") == city_key("Mandalay")
    (True, False)
    """
    key = slugify(name)
    return _present_names().get(key, key)
