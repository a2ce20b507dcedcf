"""What callers ask with: every argument from outside is looked at here, once, at the façades.

What lies below takes its arguments as they are: parties and levels by id, days as ordinals. Each
function takes the name of the argument, so that the message can say which of them is meant.
"""

from diplorel._ask.days import day, entry, full_day, known, today, window, year, years
from diplorel._ask.logs import (
    known_types,
    named_policies,
    policy,
    releases,
    stream,
    stream_name,
    track,
    tracks,
    types,
)
from diplorel._ask.parties import (
    Milestone,
    group,
    groups,
    level,
    levels,
    milestone,
    pair,
    party,
    weights,
)
from diplorel._ask.words import (
    choice,
    items,
    listed,
    names_by_name,
    not_both,
    positive,
    some_of,
    word,
)

__all__ = [
    "Milestone",
    "choice",
    "day",
    "entry",
    "full_day",
    "group",
    "groups",
    "items",
    "known",
    "known_types",
    "level",
    "levels",
    "listed",
    "milestone",
    "named_policies",
    "names_by_name",
    "not_both",
    "pair",
    "party",
    "policy",
    "positive",
    "releases",
    "some_of",
    "stream",
    "stream_name",
    "today",
    "track",
    "tracks",
    "types",
    "weights",
    "window",
    "word",
    "year",
    "years",
]
