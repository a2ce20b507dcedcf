"""Pages of a log: one file each, in English or Vietnamese, for a screen, a phone and paper."""

from diplorel.pages.sites.build import site

__all__ = ["site"]
