"""Machine-coded event data, such as GDELT, as leads: no facts, and not mixed with facts."""

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
