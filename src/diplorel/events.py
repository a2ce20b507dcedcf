"""Every event class, in one place: ``dr.events.TiesEstablished`` and its like.

Each is defined with its track in `diplorel.tracks`; a catalogue with meanings and examples is in
the docs.

>>> import diplorel as dr
>>> dr.events.TiesEstablished(on="1973-08-01", parties=("SGP", "VNM"), sources=["vna"]).id
'ties-established/SGP-VNM/1973-08-01'
"""

from diplorel.model.events import Event, EventRetracted, Person, Precedence, Wording
from diplorel.model.ladders import Text
from diplorel.model.sources import Citation
from diplorel.tracks.agreements import (
    AgreementInForce,
    AgreementJoined,
    AgreementKind,
    AgreementLeft,
    AgreementSigned,
    AgreementTerminated,
)
from diplorel.tracks.envoys import Departure, EnvoyAccredited, EnvoyLeft, EnvoyRank
from diplorel.tracks.figures import FigureReported, Qualifier, TargetSet
from diplorel.tracks.groups import Capacity, GroupJoined, GroupLeft
from diplorel.tracks.level import (
    LevelAgreed,
    LevelDowngraded,
    LevelHeld,
    LevelRenewed,
    LevelUpgraded,
)
from diplorel.tracks.posts import MissionClosed, MissionKind, MissionOpened
from diplorel.tracks.recognition import (
    RecognitionGranted,
    RecognitionKind,
    RecognitionSubject,
    RecognitionWithdrawn,
)
from diplorel.tracks.sectors import SectorPartnershipEnded, SectorPartnershipFormed
from diplorel.tracks.special import SpecialRelationshipDeclared, SpecialRelationshipEnded
from diplorel.tracks.succession import PartySucceeded, SuccessionKind
from diplorel.tracks.ties import TiesEstablished, TiesRestored, TiesSevered, TiesSuspended
from diplorel.tracks.visits import TalksHeld, VisitKind, VisitMade

__all__ = [
    "AgreementInForce",
    "AgreementJoined",
    "AgreementKind",
    "AgreementLeft",
    "AgreementSigned",
    "AgreementTerminated",
    "Capacity",
    "Citation",
    "Departure",
    "EnvoyAccredited",
    "EnvoyLeft",
    "EnvoyRank",
    "Event",
    "EventRetracted",
    "FigureReported",
    "GroupJoined",
    "GroupLeft",
    "LevelAgreed",
    "LevelDowngraded",
    "LevelHeld",
    "LevelRenewed",
    "LevelUpgraded",
    "MissionClosed",
    "MissionKind",
    "MissionOpened",
    "PartySucceeded",
    "Person",
    "Precedence",
    "Qualifier",
    "RecognitionGranted",
    "RecognitionKind",
    "RecognitionSubject",
    "RecognitionWithdrawn",
    "SectorPartnershipEnded",
    "SectorPartnershipFormed",
    "SpecialRelationshipDeclared",
    "SpecialRelationshipEnded",
    "SuccessionKind",
    "TalksHeld",
    "TargetSet",
    "Text",
    "TiesEstablished",
    "TiesRestored",
    "TiesSevered",
    "TiesSuspended",
    "VisitKind",
    "VisitMade",
    "Wording",
]
