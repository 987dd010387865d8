"""What a file held: its text, how it was read, and where each character of it stands in the file."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from attrs import field, frozen

from ..errors import expect_whole
from ..text import LineIndex

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Document", "Place", "TextBuilder"]


class Place(NamedTuple):
    """
    Where a stretch of text stands in its file; counted from 1, ``None`` where the format has no such thing.

    >>> str(Place(0, page=3, line=7))
    'page 3, line 7'
    """

    start: int
    """Offset into `Document.text` at which the stretch begins."""
    page: int | None = None
    """Page of a PDF, counted from the first sheet, whatever number is printed on it."""
    paragraph: int | None = None
    """Paragraph of a docx or HTML page; in tables the paragraph is the whole row."""
    table: int | None = None
    """Table of a docx or HTML page."""
    row: int | None = None
    """Row of that table; or, where a row is a report, the record of a CSV, JSON Lines or Parquet file, the row of an xlsx as Excel numbers it."""
    line: int | None = None
    """Line of a text file, of an HTML page's source, or of a PDF page."""

    def __str__(self) -> str:
        return ", ".join(f"{k} {v}" for k, v in self._asdict().items() if k != "start" and v is not None)


@frozen(kw_only=True)
class Document:
    """The text of a file, and how it was read. Offsets of anything parsed from ``text`` lead back here."""

    text: str = field(repr=False)
    path: str = ""
    format: str
    """``text html mhtml docx pdf csv jsonl json parquet xlsx``."""
    encoding: str = "utf-8"
    """The codec that read it; formats that fix their own encoding give ``utf-8``."""
    lossy: bool = False
    """Whether bytes could not be read and stand as U+FFFD, because the caller allowed it."""
    places: tuple[Place, ...] = field(default=(), repr=False)
    """In order of `Place.start`; empty for plain text, whose places are its lines."""
    furniture: tuple[tuple[int, str], ...] = field(default=(), repr=False)
    """Page numbers and running heads left out of ``text``: page and words."""
    fields: Mapping[str, object] = field(factory=dict, repr=False)
    """The other columns of the row, where a row is a report."""
    notes: tuple[str, ...] = ()
    """What the reader should know about how this was read, in words."""

    @cached_property
    def _lines(self) -> LineIndex:
        return LineIndex(self.text)

    def place(self, offset: int) -> Place:
        """
        Where the character at *offset* of ``text`` stands in the file. Raises `IndexError` outside the text.

        >>> Document(text="甲\\n乙", format="text").place(2)
        Place(start=2, page=None, paragraph=None, table=None, row=None, line=2)
        """
        offset = expect_whole(offset, "place wants an offset as int")
        if not 0 <= offset <= len(self.text):
            raise IndexError(f"offset {offset} is outside the text, which is 0 to {len(self.text)}")
        if self.places:
            return self.places[max(0, bisect_right(self.places, offset, key=lambda p: p.start) - 1)]
        line, _ = self._lines.place(offset)
        return Place(self._lines.line_start(line), line=line)


class TextBuilder:
    """Collects lines and their places; the offsets come out right because only it joins them."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._places: list[Place] = []
        self.length = 0

    def add(self, text: str, place: Place, *, end: str = "\n") -> None:
        """Append *text*, which begins at *place* (its ``start`` is filled in here)."""
        if text:
            self._places.append(place._replace(start=self.length))
            self._append(text + end)

    def gap(self) -> None:
        """End a paragraph: a blank line, which tells `zfreport.parse` that no sentence goes on below."""
        if self._pieces and not self._pieces[-1].endswith("\n\n"):
            self._append("\n" if self._pieces[-1].endswith("\n") else "\n\n")

    def _append(self, piece: str) -> None:
        # a lone line feed belongs to the piece before, so that `gap` sees both
        if piece == "\n" and self._pieces:
            self._pieces[-1] += piece
        else:
            self._pieces.append(piece)
        self.length += len(piece)

    def finish(self) -> tuple[str, tuple[Place, ...]]:
        """The text, without blank lines at its end, and the places."""
        return "".join(self._pieces).rstrip("\n") + "\n" * bool(self._pieces), tuple(self._places)
