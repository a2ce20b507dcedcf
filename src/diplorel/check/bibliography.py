"""DR210 to DR215: the sources that are cited, and whether the bibliography has each once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplorel._columns import counted
from diplorel.check.hints import offering
from diplorel.errors import Problem, did_you_mean
from diplorel.model.party_file import party_sources
from diplorel.model.sources import origins, page_of, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from diplorel.check.context import CheckContext
    from diplorel.model.reference import Reference
    from diplorel.model.sources import Source, SourceTable


def check_bibliography(context: CheckContext) -> Iterator[Problem]:
    """Yield what is wrong with the bibliography of a log, and with what cites it."""
    yield from _citations(context)
    yield from _bibliography(context)
    yield from _twins(context)


def _source_hint(context: CheckContext) -> Callable[[str], str]:
    offer = offering(context.reference.source)

    def hint(id: str) -> str:
        return did_you_mean(offer(id)).strip() or "Add it to the bibliography"

    return hint


def _citations(context: CheckContext) -> Iterator[Problem]:
    sources, hint = context.reference.source, _source_hint(context)
    citing: dict[tuple[str, str], list[str]] = {}
    for record in context.records:
        for citation in record.event.sources:
            if citation.source not in sources:
                citing.setdefault((record.stream, citation.source), []).append(record.id)
    for (stream, id), records in citing.items():
        first, more = min(records), len(set(records)) - 1
        also = f", as {counted(more, 'other event does', 'other events do')}" if more else ""
        yield Problem(
            code="DR210",
            message=f"cites {id!r}, which is not in the bibliography{also}",
            hint=hint(id),
            event=first,
            stream=stream,
        )
    for party in context.reference.extra_parties:
        for id in sorted(party.source_ids - sources.keys() - party_sources().keys()):
            yield Problem(
                code="DR210",
                message=f"the lives of the party {party.id!r} cite {id!r}, which is not "
                "a source of the bibliography",
                hint=hint(id),
            )
    for claim in context.reference.claims:
        if claim.source is not None and claim.source not in sources:
            yield Problem(
                code="DR210",
                message=f"the claim {claim.id!r} cites {claim.source!r}, which is not in the "
                "bibliography",
                hint=hint(claim.source),
                stream=claim.stream,
            )


def _bibliography(context: CheckContext) -> Iterator[Problem]:
    sources, hint = context.reference.source, _source_hint(context)
    cited = {citation.source for record in context.every for citation in record.event.sources}
    cited |= {claim.source for claim in context.reference.claims if claim.source is not None}
    cited |= {id for party in context.reference.extra_parties for id in party.source_ids}
    cited |= {one.derived_from for one in sources.values() if one.derived_from}
    for id in sorted(id for id in sources if cited.isdisjoint(sources.twins(id))):
        yield Problem(
            code="DR211",
            message=f"nothing cites the source {id!r}",
            hint="Take it out, or cite it in the events that it reports",
        )
    for id, source in sources.items():
        for how, other in (
            ("is derived from", source.derived_from),
            ("is said to be the same as", source.same_as),
        ):
            if other is not None and other not in sources:
                yield Problem(
                    code="DR212",
                    message=f"the source {id!r} {how} {other!r}, which is not in the bibliography",
                    hint=hint(other),
                )
    for ring in sorted({ring for id in sources if (ring := _ring(sources, id))}):
        yield Problem(
            code="DR213",
            message="sources are derived from each other in a ring: " + ", ".join(ring),
            hint="Find the one that was first, and take its derived_from out",
        )


def _twins(context: CheckContext) -> Iterator[Problem]:
    """Find two entries of one stream's bibliography that are one page, or one text.

    The bibliographies of two streams may share pages: each is by itself, and they count once.
    """
    whole = context.reference
    for stream, sources in _bibliographies(context):
        seen: dict[object, Source] = {}
        for source in sources:
            page, text = page_of(source), text_of(source)
            for what, key in (("page", page), ("text", text)):
                other = seen.setdefault(key, source) if key is not None else source
                if other is source or _is_derived(whole, source, other):
                    continue
                shown = page if what == "page" else f"{source.title!r}, {source.published}"
                yield Problem(
                    code="DR215",
                    message=f"the sources {other.id!r} and {source.id!r} are one {what}: {shown}",
                    hint="Make them one, or give one of them same_as, or derived_from where it "
                    "repeats the other",
                    stream=stream or None,
                )
                break


def _bibliographies(context: CheckContext) -> Iterator[tuple[str, Iterable[Source]]]:
    """Yield the streams with the sources that each brought, or cites where that is not known."""
    whole = context.reference
    if whole.by_stream:
        for stream, part in sorted(whole.by_stream.items()):
            yield stream, part.source.values()
        return
    cited: dict[str, dict[str, Source]] = {}
    for record in context.records:
        mine = cited.setdefault(record.stream, {})
        for citation in record.event.sources:
            if citation.source in whole.source:
                mine[citation.source] = whole.source[citation.source]
    if len(cited) == 1:
        yield next(iter(cited)), whole.source.values()
        return
    for stream, sources in sorted(cited.items()):
        yield stream, sources.values()


def _is_derived(reference: Reference, one: Source, two: Source) -> bool:
    """Say whether by the bibliography two sources are one, or one repeats the other, or a third."""
    return len(origins([one.id, two.id], reference.source)) == 1


def _ring(sources: SourceTable, id: str) -> tuple[str, ...]:
    """Return the ring of sources that a source is part of; nothing where there is none."""
    before = {one for parent in sources.parents(id) for one in sources.lineage(parent)}
    if id not in before:
        return ()
    return tuple(sorted(one for one in before if id in sources.lineage(one)))
