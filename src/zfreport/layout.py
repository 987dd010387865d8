"""
Logical lines: where paragraphs really begin and end in a text whose breaks were lost, doubled or moved.

Everything is a span over the text as given. A line that was put together over a break or a page number keeps
the *gaps* it bridges, so that ``line.at(i)`` is always the true offset of its i-th character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import pairwise

from attrs import field, frozen

from .quick import quick
from .text import Span, span_of, width
from .vocab import both, late

__all__ = ["Line", "lay_out"]

# Literal backslash-r-backslash-n stands for a break in 28 county files, [SEP] in a Wikisource copy; U+E004 in another.
_PLAIN_BREAK = late(r"[\n\r\x0b\x0c\x85\u2028\u2029]+")
_ODD_BREAK = late(r"(?:[\n\r\x0b\x0c\x85\u2028\u2029\ue004]|\\r\\n|\\n(?![a-z])|\[SEP\]|<br ?/?>)+")
_ODD_SIGNS = (("\\", ("\\r\\n", "\\n")), ("[", ("[SEP]",)), ("\ue004", ("\ue004",)), ("<", ("<br",)))
"""By a character whose absence, which is quickly seen, spares the search for them."""

# What may stand before and after the words of a line: white space, invisible characters, entities that were never
# resolved, and the question marks that some sites put where a no-break space stood.
_INVISIBLE = " \t\f\xa0\u1680\u2000-\u200d\u202a-\u202f\u205f\u2060\u3000\ufeff\ufffc\u00ad"
_LEAD = late(rf"(?:[{_INVISIBLE}\s]|&(?:nbsp|emsp|ensp);|[?？]{{2,}}(?=[{_INVISIBLE}\s]*(?:\S)))+")
_TAIL = late(rf"(?:[{_INVISIBLE}\s]|&(?:nbsp|emsp|ensp);|(?<=[{_INVISIBLE}])[?]{{2,}})+$")
_EDGE = "&;?？\u200b\u200c\u200d\u2060\ufeff\u00ad"
_TRIM = " \t\f\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff\u00ad"

# Paragraph indents that survive as the only mark of a lost break, inside lines too long to be one paragraph.
_LOST_BREAK = late(
    r"(?<=[^\s\u3000])(?:\t[\t\u3000\xa0 ]*|\u3000{2,}|[\u3000\xa0 ]{4,}|(?<=[。！？：；.])[ \xa0]{2,})(?=[^\s\u3000])"
)
_LONG = 150

# A whole report on one line whose breaks all became single blanks, those inside sentences too (city_枣庄): a blank behind
# a sentence is a break, and so is one behind a heading that has no other end.
_FLAT = 600
_FLAT_BREAK = late(
    r"(?<=[。！？：；”!?])[ \u3000]+(?=\S)|(?<=[）)])[ \u3000]+(?=[\[〔【［]\d{1,3}[\]〕】］])|(?<=\S)(?:\t[\t\u3000 ]*|\u3000{2,})(?=\S)|[ \u3000]+(?=[—–]{1,2} \d{1,3} [—–]{1,2} \S)|(?<= [—–] \d [—–])[ \u3000]+|(?<= [—–] \d\d [—–])[ \u3000]+"
)
_FLAT_HEAD = late(
    r"(?:(?:第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])\s?"
    r"(?:[^\s。；！？：]|(?<=\d) (?=[年月日个件项大])){3,44}"
    r"|(?:[12]\d{3} ?年|过去|今后|“?十.五).{0,16}?(?:回顾|安排|任务|目标|重点|工作)"
    r"|(?:全面|切实|大力|不断|持续|着力)?加强政府自身建设|附(?:件\s?[一二三四五六七八九十\d]{0,2})?[：:]?\s?[^\s。，；：]{0,24}|[《\[【※]?(?:名 ?词 ?解 ?释|注 ?释)[\]】※：]?)(?=[ \u3000])",
    both,
)
_BLANKS = "\u3000 \xa0\t"
_PAIRS = ("\u3000\u3000", "  ", "\xa0\xa0", "\t", "\xa0 ", " \xa0")
"""Blanks that may stand for a lost break."""

# A page number or running footer that stands as a line of its own between the halves of a sentence.
_PAGE = re.compile(
    both(
        r"(?:[-—–－·―]{1,3}\s?\d{1,3}\s?[-—–－·―]{0,3}|第?\s?\d{1,3}\s?页(?:\s?[,，/共]*\s?\d{1,3}\s?页)?|\d{1,3}\s?/\s?\d{1,3}|\d{1,3})"
    )
)
# … and the same inside a text whose breaks all became spaces: only between blanks and dashes.
_PAGE_INSIDE = late(r"(?<=\S)\s[—–―-]{1,2}\s\d{1,3}\s[—–―-]{1,2}\s(?=\S)")

_TERMINAL = "。！？!?；;：:…”』」）)"
_CLOSE_HEAD = "，。、；,）)》”」』〉％%"
_COMMA = re.compile("[，。；,;]")
_OPENS_MARKER = re.compile(
    both(
        r"[（(〔\[【［]?[一二三四五六七八九十\d]{1,3}[)）〕\]】］、.．]|第[一二三四五六七八九十]{1,3}(?:部分|[章篇节節])|[——]{2}"
        r"|各位代表|[一二三四五六七八九十]{1,2}(?:是|要)|附[件：:]|[※★*【\[（(]{0,2}(?:名词解释|注释)"
    )
)


@frozen
class Line:
    """
    One logical line of a text: a paragraph, a heading, a line of a page.

    `text` is what a detector reads; ``at`` and ``span`` lead back to the source.

    >>> line = lay_out("（一）实施“十⏎".replace("⏎", chr(10)) + "大”工程")[0]
    >>> line.text, line.span(3, 9), line.gaps
    ('（一）实施“十大”工程', Span(start=3, end=10), (Span(start=7, end=8),))
    """

    text: str
    """The words, without the white space around them and without the gaps."""
    start: int
    """Offset of the first character in the source."""
    end: int
    """Offset behind the last character in the source."""
    gaps: tuple[Span, ...] = ()
    """Breaks and page furniture inside, which `text` leaves out."""
    indented: bool = False
    """Whether white space other than a break stands before it."""
    spaced: bool = False
    """Whether a blank line stands before it."""
    _firsts: tuple[int, ...] = field(default=(), repr=False)
    _shifts: tuple[int, ...] = field(default=(), repr=False)

    def at(self, index: int) -> int:
        """The offset in the source of character *index* of `text`."""
        if not self.gaps:
            return self.start + index
        return self.start + index + self._shifts[bisect_right(self._firsts, index) - 1]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the source that ``text[start:end]`` came from, gaps inside it included."""
        return span_of(self.bounds(start, end))

    def bounds(self, start: int, end: int) -> tuple[int, int]:
        """The same as a plain pair."""
        if not self.gaps:
            at = self.start
            return at + start, at + (end if end > start else start)
        if start >= end:
            return self.at(start), self.at(start)
        return self.at(start), self.at(end - 1) + 1


_line = quick(Line)


def lay_out(source: str, start: int = 0, end: int | None = None) -> tuple[Line, ...]:
    """
    The logical lines of ``source[start:end]``, in order, blank ones left out.

    Linear in the text. Page numbers that stand between two halves of a sentence are bridged as gaps; those
    between paragraphs stay lines of their own, for whoever names the furniture.
    """
    lines: list[Line] = []
    _join(source, _split(source, start, len(source) if end is None else end), lines)
    return tuple(lines)


_Piece = tuple[int, int, bool, bool]
"""A physical line: start, end, whether it is indented, whether a blank line stands before it."""


def _split(source: str, start: int, end: int) -> list[_Piece]:
    """Physical lines, trimmed, blank ones left out."""
    odd = any(hint in source and any(sign in source for sign in signs) for hint, signs in _ODD_SIGNS)
    lost = tuple(blank for blank in _BLANKS if blank in source)
    pieces: list[_Piece] = []
    at = start
    spaced = False
    if not odd and _feeds_only(source):  # nearly every text: no pattern needs to look at each character
        for raw in source[start:end].split("\n"):
            stop = at + len(raw)
            if raw and raw != "\r":
                _trim(source, raw, at, stop, spaced, lost, pieces)
                spaced = False
            else:
                spaced = at > start
            at = stop + 1
        return pieces
    for match in (_ODD_BREAK if odd else _PLAIN_BREAK).finditer(source, start, end):
        stop, after = match.span()
        if at < stop:
            _trim(source, source[at:stop], at, stop, spaced, lost, pieces)
        spaced = after - stop > 1 and source[stop:after] != "\r\n"
        at = after
    if at < end:
        _trim(source, source[at:end], at, end, spaced, lost, pieces)
    return pieces


def _feeds_only(source: str) -> bool:
    r"""Whether every break of *source* is ``\n``, or every one ``\r\n``."""
    if any(sign in source for sign in "\x0b\x0c\x85\u2028\u2029"):
        return False
    return "\r" not in source or source.count("\r") == source.count("\r\n")


def _trim(
    source: str,
    raw: str,
    start: int,
    end: int,
    spaced: bool,
    lost: tuple[str, ...],
    pieces: list[_Piece],
) -> None:
    """Add the words of ``source[start:end]``, which is *raw*, to *pieces*: one line, or several whose breaks were lost."""
    core = raw.strip()
    if not core:
        return
    if core[0] in _EDGE or core[-1] in _EDGE:
        core = raw.strip(_TRIM)
        if core and (core[0] in "&?？" or core[-1] in ";?？"):
            head = _LEAD.match(raw)
            left = head.end() if head else 0
            tail = _TAIL.search(raw, left) if raw[-1:] in ";?？" or raw[-1:] in _TRIM else None
            core = raw[left : tail.start() if tail else len(raw)].strip(_TRIM)
        if not core:
            return
    size = len(core)
    left = start if size == end - start else start + raw.find(core)
    right = left + size
    if size < _LONG or not lost or not any(blank in core for blank in lost):
        pieces.append((left, right, left > start, spaced))
        return
    flat = size > _FLAT and 2 * size > len(source) and core.count("。 ") >= 6
    if not flat and not any(pair in core for pair in _PAIRS):
        pieces.append((left, right, left > start, spaced))
        return
    at = left
    indented = left > start
    for start, end in (
        _flat_breaks(source, left, right)
        if flat
        else (m.span() for m in _LOST_BREAK.finditer(source, left, right))
    ):
        if start > at:
            pieces.append((at, start, indented or at > left, spaced and at == left))
        at = end
    pieces.append((at, right, indented or at > left, spaced and at == left))


def _flat_breaks(source: str, left: int, right: int) -> Iterator[tuple[int, int]]:
    """The blanks of a flat line that were breaks: behind a sentence, round a page number, behind a bare heading."""
    at = left
    while True:
        head = _FLAT_HEAD.match(source, at, right)
        if head:
            at = head.end()
            while at < right and source[at] in " \u3000":
                at += 1
            yield head.end(), at
            continue
        match = _FLAT_BREAK.search(source, at, right)
        if not match:
            return
        yield match.span()
        at = match.end()


def _wrap_width(source: str, pieces: Sequence[_Piece]) -> int:
    """The column at which a hard-wrapped text breaks, or 0 for a text that is not."""
    if len(pieces) < 20:
        return 0
    sizes = sorted(e - s for s, e, _, _ in pieces)
    if sizes[len(sizes) * 9 // 10] > 70:  # a paragraph a line: do not measure
        return 0
    widths = [width(source[s:e]) for s, e, _, _ in pieces]
    ordered = sorted(widths)
    edge = ordered[len(ordered) * 3 // 4]
    if edge >= 30 and sum(edge - 8 <= w <= edge + 8 for w in widths) >= 0.45 * len(widths):
        return edge
    # short paragraphs fill few lines, but those that reach the edge break off in mid-sentence
    edge = ordered[len(ordered) * 49 // 50]
    full = [source[e - 1] for (_, e, _, _), w in zip(pieces, widths, strict=True) if w >= edge - 4]
    running = sum(last not in _TERMINAL for last in full)
    return (
        edge if edge >= 50 and len(full) >= max(8, 0.2 * len(widths)) and running >= 0.75 * len(full) else 0
    )


def _indents_open(source: str, pieces: Sequence[_Piece], wrap: int) -> bool:
    """Whether a hard-wrapped text indents what opens a paragraph, and nothing else: then an indent says enough."""
    opening = opened = running = indented = 0
    for before, piece in pairwise(pieces):
        full = width(source[before[0] : before[1]]) >= wrap - 8
        last = source[before[1] - 1]
        if last in _TERMINAL and not full:
            opening += 1
            opened += piece[2]
        elif last not in _TERMINAL and full:
            running += 1
            indented += piece[2]
    return opening >= 5 and opened >= 0.9 * opening and indented <= 0.15 * running


def _join(source: str, pieces: Sequence[_Piece], lines: list[Line]) -> None:
    """Put the halves of broken lines together; add the logical lines to *lines*."""
    wrap = _wrap_width(source, pieces)
    opens = wrap > 0 and _indents_open(source, pieces, wrap)
    size = len(source)
    group: list[_Piece] = []
    held: list[_Piece] = []  # page numbers that may turn out to stand in mid-sentence
    for piece in pieces:
        s, e, _, _ = piece
        if e - s <= 14 and group and (wrap or size > e) and _PAGE.fullmatch(source, s, e):
            held.append(piece)
            continue
        if group:
            apart = (opens and piece[2]) or (
                not (wrap or held or len(group) > 1) and _stands_alone(source, group[0], s)
            )
            if not apart and _continues(source, group, piece, wrap, bool(held), opens):
                held.clear()
                group.append(piece)
                continue
            _flush(source, group, lines)
            for page in held:
                _flush(source, [page], lines)
            held.clear()
        group = [piece]
    if group:
        _flush(source, group, lines)
    for page in held:
        _flush(source, [page], lines)


def _stands_alone(source: str, piece: _Piece, following: int) -> bool:
    """The usual case at a glance: a paragraph that ends in a full stop, and something that can begin a line."""
    start, end = piece[0], piece[1]
    return end - start >= 60 and source[end - 1] in "。！？" and source[following] not in _CLOSE_HEAD


def _continues(
    source: str,
    group: Sequence[_Piece],
    piece: _Piece,
    wrap: int,
    paged: bool,
    opens: bool,
) -> bool:
    """Whether *piece* goes on with the line that *group* is. *opens*: an indent would say that it does not."""
    s, e = group[-1][0], group[-1][1]
    last, first = source[e - 1], source[piece[0]]
    if first in _CLOSE_HEAD and not (first == "”" and last in _TERMINAL):
        return True
    if last in "（(《“「『〈" and e - s > 1:
        return True
    if (
        last in "—―" and e - s <= 4 and len(group) == 1 and not piece[3]
    ):  # ——⏎改革开放⏎深入推进: a link behind the dash
        return True
    marked = _OPENS_MARKER.match(source, piece[0], piece[1])
    titled = _OPENS_MARKER.match(source, group[0][0], e) is not None and source.find("。", group[0][0], e) < 0
    if wrap:
        if piece[2] and not group[-1][2] and last in _TERMINAL:
            return False
        if width(source[s:e]) < (wrap - 7 if last in _TERMINAL else wrap - 8 if titled else wrap * 3 // 4):
            runs = len(group) > 1 or source.find("。", s, e) >= 0
            if (
                runs
                and last not in _TERMINAL
                and not marked
                and not titled
                and _COMMA.search(source, group[0][0], e)
            ):
                return True  # a running sentence, cut early by a raised or lowered sign (PM2.5)
            return e - s <= 2 and last in "（(一二三四五六七八九十" and len(group) == 1
        # full to the edge: it ends only where what follows opens with a number, as the entries of a glossary do behind
        # their （见第2页）
        if opens and marked and first in "（(〔[【［0123456789":
            return True  # （三） of a series inside the paragraph, which happens to begin a line
        return not (
            marked and (last in "。！？!?：:；" or (last in "）)" and source[piece[0]] in "[〔【［（("))
        )
    if e - s <= 2 and last in "（(" and len(group) == 1:  # （⏎三）改革…
        return True
    if marked:
        return False
    if last in "，、," and e - s > 8:
        return True
    if (
        not piece[3]
        and last not in _TERMINAL
        and not piece[2]
        and (source.find("。", group[0][0], e) >= 0 or e - group[0][0] > 70)
    ):
        return True  # a paragraph that stops in mid-sentence: a link or a page was cut out of it
    if e - s < 60 and _unclosed(source, s, e) and _closes(source, piece[0], piece[1]):
        return True
    # Words broken out of a sentence by a site's links: 让⏎权力⏎在阳光下运行. A heading may end so (…和政策取向).
    if last in "让在的和与及对把将向被从" and e - s > 20 and not (titled and last in "和与及向"):
        return True
    return (
        len(group) > 1
        and e - s < 16
        and last not in _TERMINAL
        and source[group[-2][1] - 1] in "让在的和与及对把将向被从"
        and group[-2][1] - group[-2][0] > 20
    ) or (paged and last not in _TERMINAL and e - s > 16 and not piece[2])


def _unclosed(source: str, start: int, end: int) -> bool:
    return source.count("《", start, end) > source.count("》", start, end) or source.count(
        "“", start, end
    ) > source.count("”", start, end)


def _closes(source: str, start: int, end: int) -> bool:
    return source.count("《", start, end) < source.count("》", start, end) or source.count(
        "“", start, end
    ) < source.count("”", start, end)


def _flush(source: str, group: Sequence[_Piece], lines: list[Line]) -> None:
    """Add the logical line that the physical lines of *group* make."""
    s, e, indented, spaced = group[0]
    if len(group) == 1 and (e - s <= _LONG or source.find(" ", s, e) < 0):
        lines.append(_line(source[s:e], s, e, (), indented, spaced))
        return
    runs: list[tuple[int, int]] = []
    for a, b, _, _ in group:
        at = a
        if b - a > _LONG and " " in source[a:b]:
            for match in _PAGE_INSIDE.finditer(source, a, b):
                runs.append((at, match.start()))
                at = match.end()
        runs.append((at, b))
    if len(runs) == 1:
        lines.append(_line(source[s:e], s, e, (), indented, spaced))
        return
    texts: list[str] = []
    gaps: list[Span] = []
    firsts: list[int] = []
    shifts: list[int] = []
    size = 0
    for a, b in runs:
        if texts:
            gaps.append(Span(runs[len(texts) - 1][1], a))
        firsts.append(size)
        shifts.append(a - s - size)
        texts.append(source[a:b])
        size += b - a
    lines.append(
        _line("".join(texts), s, runs[-1][1], tuple(gaps), indented, spaced, tuple(firsts), tuple(shifts))
    )
