"""
A PDF with a text layer to text: page furniture recognised and set aside, printed lines joined into paragraphs.

PDFium does the decoding (Chrome's engine, several times faster on Chinese than the pure Python readers). It gives
characters and boxes; what a paragraph is, a PDF does not say, so the lines' ends, indents and distances have to.
"""

from __future__ import annotations

import ctypes
import itertools
import re
import statistics
import zlib
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Any

from attrs import define, evolve, frozen

from ..errors import MissingExtraError, ReadError
from .document import Document, Place, TextBuilder
from .raised import raised

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .limits import Limits

__all__ = ["read_pdf"]

_DASH = r"[-—–―－~·•\s]{0,8}"
_NUMBER = re.compile(
    rf"{_DASH}第?\s{{0,3}}([0-9０-９]{{1,4}})\s{{0,3}}页?\s{{0,3}}(?:[/／,，]?\s{{0,3}}共?\s{{0,3}}[0-9０-９]{{1,4}}\s{{0,3}}页?)?{_DASH}"
)
_DIGITS = re.compile(r"[0-9０-９]+")
_STREAM = re.compile(rb"stream\r?\n")
_END = "。：；！？”』」：:;!?"
_CLOSING = "。，、；：！？”’）》」』】〕,;:!?)"  # what no paragraph opens with
_HALF = frozenset("。，、；：！？")
_MARKER = re.compile(
    r"第?[一二三四五六七八九十]{1,3}(?:[、章节篇]|部分)|[（(][一二三四五六七八九十]{1,3}[)）]"
)
_EDGE = 2  # lines at the top and at the bottom of a page that may be furniture


@frozen
class _Line:
    """One printed line; coordinates in points, from the lower left corner of the page."""

    text: str
    left: float
    right: float
    bottom: float
    em: float
    size: float
    """Height of its characters; 0 if it has none that tell (punctuation alone, digits alone)."""


@define
class _Page:
    number: int
    lines: list[_Line]


_Char = tuple[str, float, float, float, float]
"""A character, its left and right edge, its baseline and its height."""


def read_pdf(data: bytes, limits: Limits) -> Document:
    """
    The text of a PDF. `Place` gives the page, the printed line on it, and the paragraph the line belongs to.

    Raises `ReadError` (``limit``, ``damaged``, ``no_text``) and `MissingExtraError`. Nothing is recognised from images.
    """
    try:
        import pypdfium2
    except ImportError:
        raise MissingExtraError("pdf", "pypdfium2") from None
    _check_streams(data, limits)
    try:
        with pypdfium2.PdfDocument(data) as pdf:
            if len(pdf) > limits.max_pages:
                raise ReadError(
                    "limit", f"{len(pdf):,} pages, more than max_pages allows ({limits.max_pages:,})"
                )
            pages = [_Page(i + 1, list(_lines(pypdfium2.raw, pdf[i], limits))) for i in range(len(pdf))]
    except pypdfium2.PdfiumError as error:
        reason = "it is protected by a password" if "password" in str(error).lower() else str(error)
        raise ReadError("damaged", f"not a readable PDF: {reason}") from None
    empty = [p.number for p in pages if not p.lines]
    if len(empty) == len(pages):
        raise ReadError(
            "no_text", f"no text layer on any of its {len(pages)} pages: a scan? (zfreport does no OCR)"
        )
    furniture = tuple(_set_furniture_aside(pages))
    text, places = _join(pages, limits)
    return Document(
        text=text, format="pdf", places=places, furniture=furniture, notes=tuple(_notes(text, empty))
    )


def _check_streams(data: bytes, limits: Limits) -> None:
    """Refuse a PDF whose compressed streams unpack to more than allowed, before the engine unpacks them."""
    left = limits.max_unpacked
    for mark in _STREAM.finditer(data):
        packed, layers = memoryview(data)[mark.end() :], 3
        while (
            layers and bytes(packed[:1]) == b"x"
        ):  # a zlib stream; layers of them one inside another are a bomb's trick
            layers -= 1
            unpack = zlib.decompressobj()
            head = b""
            try:
                chunk = unpack.decompress(packed[: 1 << 16], 1 << 20)
                at = 1 << 16
                while chunk or (at < len(packed) and not unpack.eof):
                    head = head or chunk
                    left -= len(chunk)
                    if left < 0:
                        raise ReadError(
                            "limit", "its streams unpack to more than max_unpacked allows (a bomb?)"
                        )
                    more = unpack.unconsumed_tail
                    if not more and not unpack.eof:
                        more = bytes(packed[at : at + (1 << 16)])
                        at += 1 << 16
                    chunk = unpack.decompress(more, 1 << 20) if more else b""
            except zlib.error:
                break
            packed = memoryview(head)


def _lines(raw: Any, page: Any, limits: Limits) -> Iterator[_Line]:
    text_page = page.get_textpage()
    handle = text_page.raw
    count = text_page.count_chars()
    if count > limits.max_page_chars:
        raise ReadError("limit", f"{count:,} characters on one page, more than max_page_chars allows")
    # The box by the font's measures and the baseline: the drawn outline needs the font itself, which many files do
    # not carry and not every machine has.
    box = raw.FS_RECTF()
    across, baseline = ctypes.c_double(), ctypes.c_double()
    line: list[_Char] = []
    for i in range(count):
        code = raw.FPDFText_GetUnicode(handle, i)
        if code in (10, 13):
            if (made := _make_line(line)) is not None:
                yield made
            line = []
            continue
        if code in (0, 2, 0xFFFE) or 0xD800 <= code < 0xE000:  # no character; a hyphen of the typesetter
            continue
        raw.FPDFText_GetLooseCharBox(handle, i, box)
        raw.FPDFText_GetCharOrigin(handle, i, across, baseline)
        line.append((chr(code), box.left, box.right, baseline.value, box.top - box.bottom))
    if (made := _make_line(line)) is not None:
        yield made
    text_page.close()
    page.close()


def _make_line(chars: list[_Char]) -> _Line | None:
    shown = [c for c in chars if not c[0].isspace()]
    if not shown:
        return None
    telling = [c for c in shown if "\u4e00" <= c[0] <= "\u9fff" and c[0] != "一"]
    wide = telling or shown
    steps = [b[1] - a[1] for a, b in itertools.pairwise(wide) if 0 < b[1] - a[1] < 100]
    size = statistics.median(c[4] for c in wide)
    em = statistics.median(steps) if len(steps) > 3 else size * 1.1
    bottom = statistics.median(c[3] for c in wide)
    return _Line(
        _flat(chars, bottom, size),
        min(c[1] for c in shown),
        # a full stop fills the left half of its square only
        max(0.5 * (c[1] + c[2]) if c[0] in _HALF else c[2] for c in shown),
        bottom,
        em,
        size if telling else 0.0,
    )


def _flat(chars: list[_Char], bottom: float, size: float) -> str:
    """The line's text; raised small digits are note marks or exponents and are written as such."""
    out: list[str] = []
    mark = ""
    for char, _, _, low, height in (*chars, ("", 0.0, 0.0, 0.0, 0.0)):
        if "0" <= char <= "9" and low > bottom + 0.3 * size and height < 0.6 * size:
            mark += char
            continue
        if mark:
            out.append(raised(mark, "".join(out[-8:])))
            mark = ""
        out.append(char)
    return "".join(out).strip(" \t")


def _set_furniture_aside(pages: list[_Page]) -> Iterator[tuple[int, str]]:
    """Take page numbers, running heads and feet out of *pages*, and say what they were."""
    edges: dict[tuple[str, int], set[int]] = defaultdict(set)
    offsets: Counter[int] = Counter()
    for page in pages:
        for line in _edge(page):
            edges[_masked(line)].add(page.number)
            if (number := _page_number(line)) is not None:
                offsets[number - page.number] += 1
    # a run of numbers that goes with the sheets, or the same words at the same height on many of them
    sequence = {offset for offset, n in offsets.items() if n >= min(3, len(pages))}
    often = min(len(pages), max(3, len(pages) * 2 // 5)) if len(pages) > 1 else 2
    for page in pages:
        gone = []
        for line in _edge(page):
            number = _page_number(line)
            repeated = number is None and len(edges[_masked(line)]) >= often
            if repeated or (number is not None and (number - page.number in sequence or _dashed(line))):
                gone.append(line)
        for line in gone:
            page.lines.remove(line)
            yield page.number, line.text


def _edge(page: _Page) -> list[_Line]:
    ordered = sorted(page.lines, key=lambda line: -line.bottom)
    return ordered[:_EDGE] + ordered[max(_EDGE, len(ordered) - _EDGE) :]


def _masked(line: _Line) -> tuple[str, int]:
    return _DIGITS.sub("#", line.text), round(line.bottom / 4)


def _page_number(line: _Line) -> int | None:
    found = _NUMBER.fullmatch(line.text) if len(line.text) < 40 else None
    return int(found[1]) if found else None


def _dashed(line: _Line) -> bool:
    return not line.text[0].isdigit() and not line.text[-1].isdigit()


def _join(pages: list[_Page], limits: Limits) -> tuple[str, tuple[Place, ...]]:
    out = TextBuilder()
    every = [line for page in pages for line in page.lines]
    body = _Body.of(every)
    last: _Line | None = None
    held: tuple[str, Place] | None = None  # a line waits for the next one, which decides how it ends
    paragraph = 0
    previous = body
    for page in pages:
        edges = body.on(page.lines)
        for number, line in enumerate(page.lines, 1):
            new = last is None or body.breaks(last, line, edges, previous, same_page=number > 1)
            if held is not None:
                out.add(*held, end="\n" if new else _glue(held[0], line.text))
                limits.check_chars(out.length)
            paragraph += new
            held = line.text, Place(0, page=page.number, paragraph=paragraph, line=number)
            last, previous = line, edges
    if held is not None:
        out.add(*held)
    return out.finish()


def _glue(before: str, after: str) -> str:
    """Between two lines of a paragraph: nothing in Chinese, nor inside G|DP; a space between Latin words."""
    a, b = before[-1], after[0]
    return (
        " "
        if a.isascii() and b.isascii() and a.isalpha() and b.isalpha() and (a + b).upper() != a + b
        else ""
    )


@frozen
class _Body:
    """The block of running text: its edges, its line pitch, and whether paragraphs open with an indent."""

    left: float
    right: float
    em: float
    pitch: float
    indented: bool

    @classmethod
    def of(cls, lines: list[_Line]) -> _Body:
        long = [line for line in lines if len(line.text) >= 12] or lines
        em = statistics.median(line.em for line in long)
        lefts = sorted(line.left for line in long)
        left = lefts[len(lefts) // 10]  # the leftmost, but for strays
        rights = sorted(line.right for line in long)
        right = rights[-1 - len(rights) // 20]
        drops = [
            a.bottom - b.bottom for a, b in itertools.pairwise(lines) if 0 < a.bottom - b.bottom < 6 * em
        ]
        pitch = statistics.median(drops) if drops else 2 * em
        indents = sum(1.2 * em < line.left - left < 3.5 * em for line in long)
        return cls(left, right, em, pitch, indents * 12 >= len(long))

    def on(self, lines: list[_Line]) -> _Body:
        """The same block where it stands on one page: left and right pages may have unlike margins."""
        if len(lines) < 8:
            return self
        left = _Body.of(lines).left
        return evolve(self, left=left, right=self.right + left - self.left)

    def breaks(self, last: _Line, line: _Line, edges: _Body, previous: _Body, *, same_page: bool) -> bool:
        """Whether *line* opens a new paragraph after *last*."""
        em = self.em
        if line.text[0] in _CLOSING:
            return False
        sized = last.size and line.size and abs(last.size - line.size) > 0.2 * max(last.size, line.size)
        if sized and abs(last.em - line.em) > 0.12 * em:
            return True
        if same_page and last.bottom - line.bottom > 1.5 * self.pitch:
            return True
        if line.left - edges.left > 1.2 * em:
            return True
        if last.text[-1] in _END and _MARKER.match(line.text):
            return True
        short = previous.right - last.right
        if self.indented:
            # an unindented line goes on, unless the one before stopped far from the edge: a title, a heading
            return short > 6 * em or (short > 4 * em and last.text[-1] in _END)
        return short > 2.5 * em


def _notes(text: str, empty: Iterable[int]) -> Iterator[str]:
    pages = list(empty)
    if pages:
        yield f"pages without text (images?): {', '.join(map(str, pages[:20]))}{' …' if len(pages) > 20 else ''}"
    odd = sum("\ue000" <= c <= "\uf8ff" or c == "\ufffd" for c in text)
    if odd * 200 > len(text):
        yield f"{odd / len(text):.0%} of the characters have no readable code: the PDF's fonts hide them"
