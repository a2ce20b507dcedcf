"""Charts of answers: each a function that takes an answer and returns a `Chart`.

They need the extra ``charts`` only to be written as SVG, PNG or PDF.

>>> import diplorel as dr
>>> chart = dr.charts.ladder(dr.load("vietnam").replay("2025-03-12").steps("VNM"))
>>> chart
<Chart ladder: Vietnam's partners, step by step to 12 March 2025>
"""

from diplorel.charts.chart import Chart
from diplorel.charts.ladder import ladder
from diplorel.charts.lanes import lanes
from diplorel.charts.matrix import matrix
from diplorel.charts.network import network

__all__ = ["Chart", "ladder", "lanes", "matrix", "network"]
