"""Where the definition of each event type comes from, for ``docs/make_events.py``.

A convention is cited with its place in the United Nations Treaty Series and an address where its
text can be read. If no document defines an event, the page says that the definition is ours.
The codes are the nearest ones of CAMEO, of the project's own table; none has the same meaning.
"""

from __future__ import annotations

from typing import Final

from diplorel import events as ev

_DIPLOMATIC: Final = (
    "Vienna Convention on Diplomatic Relations (1961), United Nations Treaty Series vol. 500, "
    "p. 95, {} ([extracts](https://docslib.org/doc/3236806/"
    "extracts-from-the-vienna-convention-on-diplomatic-relations-196-1))"
)
_BREACH: Final = (
    "Vienna Convention on Diplomatic Relations (1961), articles 45 and 46, on the breach of "
    "relations and the recall of a mission ([commentary](https://opil.ouplaw.com/abstract/10.1093/"
    "law/9780198703969.001.0001/law-9780198703969-chapter-52))"
)
_CONSULAR: Final = (
    "Of consulates: Vienna Convention on Consular Relations (1963), United Nations Treaty Series "
    "vol. 596, p. 261, article 1 ([text](https://pdfslide.net/documents/"
    "no-8638-argentina-australia-austria-belgium-596volume-596-i-8638-englishpdf.html))"
)
_TREATIES: Final = (
    "Vienna Convention on the Law of Treaties (1969), United Nations Treaty Series vol. 1155, "
    "p. 331, {} ([text](https://studylib.net/doc/26037981/"
    "vienna-convention-on-the-law-of-treaties))"
)
_NOT_ONLY_TREATIES: Final = (
    "The event also takes texts that are not treaties, such as joint statements: that is our rule."
)
_STATES: Final = (
    "Montevideo Convention on the Rights and Duties of States (1933), articles 6 and 7 "
    "([text](http://hozir.org/pars_docs/refs/416/415038/hozir.org/pdfview/"
    "international-law-handbook.html?page=76))"
)
_SUCCESSION: Final = (
    "Vienna Convention on Succession of States in respect of Treaties (1978), article 2, "
    "paragraph 1 (b) ([text](https://en.wikisource.org/wiki/"
    "Page:States_succession_in_respect_of_treaties.pdf/3))"
)
_TITLES: Final = (
    "Our own. No document defines levels for all states: each party has its own titles, and a "
    "level is what the two parties declared ([ladders](../../explanation/ladders.md))."
)
_OURS: Final = "Our own."
CAMEO: Final = (
    "[CAMEO2PLOVER-2021.txt](https://github.com/openeventdata/PLOVER), as of commit `5e0c24f`"
)

DEFINED: Final[dict[type[ev.Event], tuple[str, str]]] = {
    ev.TiesEstablished: (_DIPLOMATIC.format("article 2: by mutual consent") + ".", "050"),
    ev.TiesSuspended: (
        (
            f"{_BREACH}. What makes a suspension is our own definition: the parties or the "
            "sources call it a suspension, and no source calls it a break."
        ),
        "161",
    ),
    ev.TiesSevered: (f"{_BREACH}.", "161"),
    ev.TiesRestored: (_DIPLOMATIC.format("article 2, as for ties that begin") + ".", "050"),
    ev.LevelUpgraded: (_TITLES, "057 or 050"),
    ev.LevelDowngraded: (_TITLES, "161"),
    ev.LevelRenewed: (_TITLES, "057"),
    ev.LevelAgreed: (_TITLES, "030"),
    ev.LevelHeld: (f"{_TITLES} A list is an observation.", ""),
    ev.AgreementSigned: (_TREATIES.format("articles 10 and 12") + f". {_NOT_ONLY_TREATIES}", "057"),
    ev.AgreementJoined: (
        _TREATIES.format("article 2, paragraph 1 (b), and article 15, on accession") + ".",
        "057",
    ),
    ev.AgreementInForce: (_TREATIES.format("article 24") + f". {_NOT_ONLY_TREATIES}", ""),
    ev.AgreementLeft: (_TREATIES.format("article 54, on withdrawal") + ".", "160"),
    ev.AgreementTerminated: (
        _TREATIES.format("article 54, on termination") + f". {_NOT_ONLY_TREATIES}",
        "160 or 161",
    ),
    ev.SectorPartnershipFormed: (f"{_OURS} A declared title for one field.", "057"),
    ev.SectorPartnershipEnded: (_OURS, ""),
    ev.SpecialRelationshipDeclared: (
        f"{_OURS} A declared title outside the ladder, such as Vietnam's with Laos.",
        "",
    ),
    ev.SpecialRelationshipEnded: (_OURS, ""),
    ev.VisitMade: (_OURS, "042 and 043: two rows for one visit"),
    ev.TalksHeld: (_OURS, "040, 041 or 044"),
    ev.FigureReported: (_OURS, "010"),
    ev.TargetSet: (_OURS, "010"),
    ev.MissionOpened: (_DIPLOMATIC.format("article 2") + f". {_CONSULAR}.", "050"),
    ev.MissionClosed: (f"{_BREACH}. A post can also close while relations go on.", "161"),
    ev.EnvoyAccredited: (
        _DIPLOMATIC.format("articles 4 to 6, on the head of the mission") + ".",
        "",
    ),
    ev.EnvoyLeft: (
        f"{_OURS} A recall and an expulsion end a posting as the end of a term does.",
        "161 for a recall, 166 for an expulsion",
    ),
    ev.RecognitionGranted: (f"{_STATES}. Of governments, the definition is ours.", "054"),
    ev.RecognitionWithdrawn: (
        (
            f"{_STATES}. Article 6 calls recognition irrevocable; states have declared its "
            "withdrawal all the same, and the event records such a declaration."
        ),
        "",
    ),
    ev.GroupJoined: ("The rules of each group. The event records what its sources say.", "057"),
    ev.GroupLeft: ("The rules of each group. The event records what its sources say.", "160"),
    ev.PartySucceeded: (
        f"{_SUCCESSION}. What passes on is recorded dyad by dyad, as the sources say.",
        "",
    ),
}
"""Of each type: the source of its definition, and the nearest code of CAMEO, or none."""
