"""The command that lists the datasets that can be asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from diplorel.cli.options import AsJson, Lang, LangOption, language
from diplorel.cli.output import as_json, table
from diplorel.cli.targets import datasets as all_datasets
from diplorel.language.labels import word
from diplorel.model.events import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from diplorel.model.reference import Coverage

_SOME: Final = 5
"""A track that is complete for more parties than this shows their number, not their names."""


def _parties_by_track(coverage: Iterable[Coverage]) -> dict[str, set[str]]:
    tracks: dict[str, set[str]] = {}
    for one in coverage:
        tracks.setdefault(one.track, set()).update(one.parties)
    return tracks


def _complete_for(coverage: Iterable[Coverage], lang: Lang) -> Iterator[str]:
    """Yield the tracks that are complete, each with its parties."""
    for track, parties in _parties_by_track(coverage).items():
        if len(parties) > _SOME:
            yield word("track of many", language(lang), track=track, count=len(parties))
        else:
            yield f"{track} {', '.join(sorted(parties))}"


def datasets(lang: LangOption = Lang.EN, json: AsJson = False) -> None:
    """List the datasets that can be asked."""
    found = all_datasets()
    if json:
        as_json(
            {
                "name": one.name,
                "title": one.title,
                "version": one.version,
                "licence": one.licence,
                "origin": one.origin,
                "citation": one.citation,
                "coverage": [plain(each) for each in one.coverage],
                "parties_covered": {
                    track: len(parties)
                    for track, parties in _parties_by_track(one.coverage).items()
                },
            }
            for one in found
        )
        return
    rows = [
        [
            one.name,
            one.title,
            one.version,
            one.licence,
            ", ".join(_complete_for(one.coverage, lang)),
            one.origin,
        ]
        for one in found
    ]
    heads = ("name", "title", "version", "licence", "coverage", "origin")
    table([word(head, language(lang)) for head in heads], rows, whole=(0, 2, 3, 5))
