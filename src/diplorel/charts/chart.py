"""A chart: two pictures of one answer, with its title, its notes and a text for who listens."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

import attrs

from diplorel.charts.colours import MUTED
from diplorel.charts.embed import figure, page
from diplorel.charts.inks import needs_letters
from diplorel.charts.picture import Label, Picture, cut, wrapped
from diplorel.charts.svg import to_svg
from diplorel.charts.vega import to_altair
from diplorel.errors import InvalidQueryError
from diplorel.io import publish
from diplorel.model.table_frames import module_of

if TYPE_CHECKING:
    from altair import LayerChart

    from diplorel.model.dates import Language

Size: TypeAlias = Literal["wide", "narrow"]
WIDE: Final = 760
"""The width of a chart on a page, in pixels."""
NARROW: Final = 328
"""The width on a phone: a picture of its own, since a smaller one would have smaller letters."""
_TITLE: Final = 15.0
_TITLE_LINE: Final = 20
_NOTE: Final = 10.5
_NOTE_LINE: Final = 15
_PAD: Final = 12
_SUFFIXES: Final = (".svg", ".png", ".pdf", ".html")


@attrs.frozen(kw_only=True, repr=False)
class Chart:
    """A chart of an answer; a notebook shows it.

    Attributes:
        kind: Which chart it is, such as ``ladder``.
        title: What it shows.
        alt: The same for those who do not see it: what stands out, and where the numbers are.
        notes: How to read it, then its data, their licence and version.
        lang: The language of its words.
        wide: The picture for a page, 760 pixels wide.
        narrow: The picture for a phone, 328 pixels wide.
    """

    kind: str
    title: str
    alt: str
    notes: tuple[str, ...]
    lang: Language
    wide: Picture
    narrow: Picture

    def __repr__(self) -> str:
        return f"<Chart {self.kind}: {self.title}>"

    def picture(self, size: Size = "wide", *, framed: bool = True) -> Picture:
        """Return one of its pictures.

        Args:
            size: ``wide`` or ``narrow``.
            framed: Whether with the title above and the notes below.
        """
        found = {"wide": self.wide, "narrow": self.narrow}.get(size)
        if found is None:
            raise InvalidQueryError(
                "{argument}: {size!r}, expected 'wide' or 'narrow'", argument="size", size=size
            )
        return _framed(found, self.title, self.notes) if framed else found

    def to_altair(self, size: Size = "wide") -> LayerChart:
        """Return it as an Altair chart, to change or to embed; it needs the extra ``charts``.

        Its scales are decimal years and rows, or whatever the chart shows.
        """
        return to_altair(self.picture(size))

    def to_svg(self, size: Size = "wide", *, framed: bool = True) -> str:
        """Return it as SVG, the same on every machine."""
        return to_svg(self.picture(size, framed=framed), self.alt)

    def to_png(self, size: Size = "wide", *, scale: float = 2.0) -> bytes:
        """Return it as PNG; it needs the extra ``charts``, and a font with Vietnamese letters.

        Args:
            size: ``wide`` or ``narrow``.
            scale: How many pixels of the file one of the picture's has.

        Raises:
            MissingFontError: The letters would not be drawn, since no font has them.
        """
        needs_letters(self.picture(size))
        found: bytes = module_of("vl_convert", "charts").svg_to_png(self.to_svg(size), scale=scale)
        return found

    def to_pdf(self, size: Size = "wide") -> bytes:
        """Return it as PDF, of one page as large as the picture; see `to_png`."""
        needs_letters(self.picture(size))
        found: bytes = module_of("vl_convert", "charts").svg_to_pdf(self.to_svg(size))
        return found

    def to_html(self) -> str:
        """Return it as a figure for a page: both pictures; the page shows one.

        No script, no request: one can put it into any page. Everything is escaped.
        """
        return figure(
            self.title,
            self.notes,
            wide=self.to_svg("wide", framed=False),
            narrow=self.to_svg("narrow", framed=False),
            lang=self.lang,
        )

    _repr_html_ = to_html

    def save(self, path: str | Path, size: Size = "wide") -> None:
        """Write it in the form that the suffix names: ``.svg``, ``.png``, ``.pdf`` or ``.html``.

        HTML is a page with both pictures; the width of the window decides which one is seen. A file
        that is there is replaced.

        Raises:
            InvalidQueryError: The suffix is another one.
            MissingExtraError: PNG and PDF need the extra ``charts``.
            MissingFontError: See `to_png`.
        """
        publish.replace(Path(path), self._written(form_of(path), size))

    def _written(self, form: str, size: Size) -> bytes:
        if form == ".png":
            return self.to_png(size)
        if form == ".pdf":
            return self.to_pdf(size)
        if form == ".html":
            return page(self.title, self.to_html(), lang=self.lang).encode()
        return f"{self.to_svg(size)}\n".encode()


def form_of(path: str | Path, forms: tuple[str, ...] = _SUFFIXES) -> str:
    """Return the form that the suffix of a file names, such as ``.svg``.

    Args:
        path: The file.
        forms: The suffixes of what can be written.

    Raises:
        InvalidQueryError: It is not one of them.
    """
    name, suffix = Path(path).name, Path(path).suffix.lower()
    if suffix not in forms:
        raise InvalidQueryError(
            "{argument}: {name!r}, expected a name that ends in one of {known}",
            argument="path",
            name=name,
            known=", ".join(forms),
        )
    return suffix


def _framed(picture: Picture, title: str, notes: tuple[str, ...]) -> Picture:
    """Return a picture with its title above and its notes below, on a larger sheet."""
    room = picture.width
    head = [cut(line, room, _TITLE, bold=True) for line in wrapped(title, room, _TITLE, bold=True)]
    foot = [cut(line, room, _NOTE) for note in notes for line in wrapped(note, room, _NOTE)]
    above = _PAD + round(len(head) * _TITLE_LINE) + _PAD // 2
    below = _PAD + round(len(foot) * _NOTE_LINE) + _PAD
    x, y = picture.x.moved(_PAD), picture.y.moved(above)
    left, start = x.to_units(_PAD), above + picture.height + _PAD
    labels = [
        Label(
            x=left,
            y=y.to_units(_PAD + (place + 0.5) * _TITLE_LINE),
            text=text,
            size=_TITLE,
            bold=True,
        )
        for place, text in enumerate(head)
    ]
    labels += [
        Label(
            x=left,
            y=y.to_units(start + (place + 0.5) * _NOTE_LINE),
            text=text,
            size=_NOTE,
            colour=MUTED,
        )
        for place, text in enumerate(foot)
    ]
    return Picture(
        width=picture.width + 2 * _PAD,
        height=above + picture.height + below,
        x=x,
        y=y,
        marks=(*picture.marks, *labels),
    )
