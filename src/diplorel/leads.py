"""Machine-coded event data as leads: ``dr.leads.read_gdelt``, and what other datasets need.

>>> import diplorel as dr
>>> dr.leads.state_on("ROM", "2018-01-01", scheme="cameo")
'ROU'
"""

from diplorel.io.leads.collect import collect
from diplorel.io.leads.gdelt import GDELT, gdelt_rows, read_gdelt
from diplorel.io.leads.leads import Leads
from diplorel.io.leads.rows import CodedRow, Coder, LeftOut, Means, Reason, state_on

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
