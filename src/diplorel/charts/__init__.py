"""Charts of answers: each a function that takes an answer and returns a `Chart`.

They need the extra ``charts`` only to be written as SVG, PNG or PDF.

>>> import diplorel as dr
>>> chart = dr.charts.ladder(dr.load("vietnam").replay("2025-03-12").steps("VNM"))
>>> chart
<Chart ladder: Vietnam's partners, step by step to 12 March 2025>
"""

from diplorel.charts.bump import bump
from diplorel.charts.chart import Chart
from diplorel.charts.figures import figures
from diplorel.charts.ladder import ladder
from diplorel.charts.lanes import lanes
from diplorel.charts.matrix import matrix
from diplorel.charts.network import network
from diplorel.charts.pace import pace

__all__ = ["Chart", "bump", "figures", "ladder", "lanes", "matrix", "network", "pace"]
