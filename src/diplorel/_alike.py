"""Names that look alike: what was probably meant by one that is not known."""

from __future__ import annotations

from heapq import nlargest
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_NAME: Final = 200
"""How long a name may be for the nearest known ones to be looked for, which takes its square."""


class Lookalikes:
    """Known names, prepared for the search of those that look most like another.

    How much two names are alike is `difflib.SequenceMatcher.ratio`, which takes their lengths
    multiplied. It is never more than twice the number of letters that they share, over all their
    letters. That bound is quick: each occurrence of a letter is a bit of a number, so that the
    bits of two names together are what they share. Only names whose bound is good enough are
    compared.

    Args:
        known: The names. Case does not count; of those that differ only in case, the first is kept.
    """

    def __init__(self, known: Iterable[str]) -> None:
        self._folded: dict[str, str] = {}
        for name in known:
            self._folded.setdefault(name.casefold(), name)
        self._places: dict[tuple[str, int], int] = {}
        self._bits = [(text, len(text), self._bits_of(text, learn=True)) for text in self._folded]

    def _bits_of(self, text: str, *, learn: bool) -> int:
        """Return a bit for each occurrence of a letter that a known name has as well."""
        bits = 0
        times: dict[str, int] = {}
        for letter in text:
            times[letter] = nth = times.get(letter, 0) + 1
            place = self._places.get((letter, nth))
            if place is None and learn:
                place = self._places[letter, nth] = len(self._places)
            if place is not None:
                bits |= 1 << place
        return bits

    def nearest(self, name: str, *, limit: int = 3, alike: float = 0.6) -> tuple[str, ...]:
        """Return the known names that look most like *name*, best first.

        None looks like a name of more than `LONGEST_NAME` letters.

        Args:
            name: The name that is not known.
            limit: At most so many are returned.
            alike: How much alike they must be, from 0 to 1.
        """
        asked = name.casefold()
        if max(len(name), len(asked)) > LONGEST_NAME:
            return ()
        from difflib import SequenceMatcher  # noqa: PLC0415  only a mistake pays for this import

        bits, length = self._bits_of(asked, learn=False), len(asked)
        bounds = []
        for text, size, own in self._bits:
            bound = 2.0 * (bits & own).bit_count() / (size + length) if size + length else 1.0
            if bound >= alike:
                bounds.append((bound, text))
        bounds.sort(reverse=True)
        matcher = SequenceMatcher(None, "", asked)
        best: list[tuple[float, str]] = []
        for bound, text in bounds:
            if len(best) == limit and bound < best[-1][0]:
                break
            matcher.set_seq1(text)
            ratio = matcher.ratio()
            if ratio >= alike:
                best = nlargest(limit, [*best, (ratio, text)])
        return tuple(self._folded[text] for _, text in best)
