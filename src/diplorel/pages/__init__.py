"""Pages of a log: one file each, in English or Vietnamese, for a screen, a phone and paper.

>>> import diplorel as dr
>>> brief = dr.pages.brief(dr.load("vietnam"), "Vietnam", partner="Singapore", on="2025-03-12")
>>> brief.title
'Vietnam and Singapore have been comprehensive strategic partners since 12 March 2025'
"""

from diplorel.pages.brief import Brief, brief

__all__ = ["Brief", "brief"]
