"""Pages of a log: a brief in one file, a site, and a review, in English or Vietnamese.

>>> import diplorel as dr
>>> brief = dr.pages.brief(dr.load("vietnam"), "Vietnam", partner="Singapore", on="2025-03-12")
>>> brief.title
'Vietnam and Singapore have been comprehensive strategic partners since 12 March 2025'
"""

from diplorel.pages.brief import Brief, brief
from diplorel.pages.sites.build import site
from diplorel.pages.sites.review import review
from diplorel.pages.sites.writing import Written

__all__ = ["Brief", "Written", "brief", "review", "site"]
