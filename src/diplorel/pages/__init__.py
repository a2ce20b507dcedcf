"""Pages of a log: one file each, in English or Vietnamese, for a screen, a phone and paper."""

from diplorel.pages.sites.build import site
from diplorel.pages.sites.review import review
from diplorel.pages.sites.writing import Written

__all__ = ["Written", "review", "site"]
