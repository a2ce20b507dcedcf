"""What posts and heads of mission have in common: a sender has them with a receiver."""

from __future__ import annotations

import attrs

from diplorel.model.converters import one_party, pair
from diplorel.model.events import Event


@attrs.frozen(kw_only=True, eq=False, repr=False)
class SentEvent(Event):
    """An event of a post, or of a head of mission, in one direction of a dyad.

    Attributes:
        sender: Who sends.
        receiver: Who receives.
        dyad: Both, in alphabetical order.
    """

    sender: str = attrs.field(converter=one_party)
    receiver: str = attrs.field(converter=one_party)
    dyad: tuple[str, str] = attrs.field(
        default=attrs.Factory(lambda self: pair(self.sender, self.receiver), takes_self=True),
        init=False,
        eq=False,
        repr=False,
    )

    @property
    def parties(self) -> tuple[str, str]:
        """The sender, then the receiver."""
        return (self.sender, self.receiver)
