"""Machine-coded event data as leads: ``dr.leads.read_gdelt``, and what other datasets need.

>>> import diplorel as dr
>>> dr.leads.state_on("ROM", "2018-01-01", scheme="cameo")
'ROU'
"""

from diplorel.io.leads import (
    GDELT,
    CodedRow,
    Coder,
    Leads,
    LeftOut,
    Means,
    Reason,
    collect,
    gdelt_rows,
    read_gdelt,
    state_on,
)

__all__ = [
    "GDELT",
    "CodedRow",
    "Coder",
    "Leads",
    "LeftOut",
    "Means",
    "Reason",
    "collect",
    "gdelt_rows",
    "read_gdelt",
    "state_on",
]
