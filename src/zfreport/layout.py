"""
Logical lines: where paragraphs really begin and end in a text whose breaks were lost, doubled or moved.

Everything is a span over the text as given. A line that was put together over a break or a page number keeps
the *gaps* it bridges, so that ``line.at(i)`` is always the true offset of its i-th character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import chain, pairwise

from attrs import field, frozen

from .grids import is_row
from .quick import quick
from .text import Span, span_of, width
from .vocab import both, late

__all__ = ["Line", "lay_out"]

# Literal backslash-r-backslash-n stands for a break in 28 county files, [SEP] in a Wikisource copy; U+E004 in another.
# Both begin with a class, so that the search skips to it.
_BREAKS = r"\n\r\x0b\x0c\x85\u2028\u2029"
_PLAIN_BREAK = late(f"[{_BREAKS}][{_BREAKS}]*")
_ODD_BREAK = late(
    rf"[{_BREAKS}\ue004\\\[<](?:(?<![\\\[<])|(?<=\\)(?:r\\n|n(?![a-z]))|(?<=\[)SEP\]|(?<=<)br ?/?>)"
    rf"(?:[{_BREAKS}\ue004]|\\r\\n|\\n(?![a-z])|\[SEP\]|<br ?/?>)*"
)
_ODD_SIGNS = (("n\\", ("\\r\\n", "\\n")), ("E[", ("[SEP]",)), ("\ue004", ("\ue004",)), ("<", ("<br",)))
"""By characters the absence of one of which, which is quickly seen, spares the search for them: that of n and E soonest."""

# What may stand before and after the words of a line: white space, invisible characters, entities that were never
# resolved, and the question marks that some sites put where a no-break space stood.
_INVISIBLE = " \t\f\xa0\u1680\u2000-\u200d\u202a-\u202f\u205f\u2060\u3000\ufeff\ufffc\u00ad"
_LEAD = late(rf"(?:[{_INVISIBLE}\s]|&(?:nbsp|emsp|ensp);|[?？]{{2,}}(?=[{_INVISIBLE}\s]*(?:\S)))+")
# Of a line read backwards: forwards, a long run of blanks inside would be tried from each of its characters.
_TAIL = late(rf"(?:[{_INVISIBLE}\s]|;ps(?:bn|me|ne)&|[?]{{2,}}(?=[{_INVISIBLE}]))+")
_EDGE = "&;?？\u200b\u200c\u200d\u2060\ufeff\u00ad"
_TRIM = " \t\f\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u200c\u200d\u202f\u205f\u2060\u3000\ufeff\u00ad"

# Paragraph indents that survive as the only mark of a lost break, inside lines too long to be one paragraph.
_LOST_BREAK = late(
    r"(?<=[^\s\u3000])(?:\t[\t\u3000\xa0 ]*|\u3000{2,}|[\u3000\xa0 ]{4,}|(?<=[。！？：；.])[ \xa0]{2,})(?=[^\s\u3000])"
)
_LONG = 150

# A whole report on one line whose breaks all became single blanks, those inside sentences too (city_枣庄): a blank behind
# a sentence is a break, and so is one behind a heading that has no other end.
_FLAT, _FLAT_REPORT = 600, 5_000
"""Characters that a paragraph has at most in a text of one, and in any: the longest of the reference texts has 2 000."""
_FLAT_BREAK = late(
    r"(?<=[。！？：；”!?])[ \u3000]+(?=\S)|(?<=[）)])[ \u3000]+(?=[\[〔【［]\d{1,3}[\]〕】］])|(?<=\S)(?:\t[\t\u3000 ]*|\u3000{2,})(?=\S)|(?<![ \u3000])[ \u3000]+(?=[—–]{1,2} \d{1,3} [—–]{1,2} \S)|(?<= [—–] \d [—–])[ \u3000]+|(?<= [—–] \d\d [—–])[ \u3000]+"
)
_FLAT_HEAD = late(
    r"(?:(?:第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])\s?"
    r"(?:[^\s。；！？：]|(?<=\d) (?=[年月日个件项大])){3,44}"
    r"|(?:[12]\d{3} ?年|过去|今后|“?十.五).{0,16}?(?:回顾|安排|任务|目标|重点|工作)"
    r"|(?:全面|切实|大力|不断|持续|着力)?加强政府自身建设|附(?:件\s?[一二三四五六七八九十\d]{0,2})?[：:]?\s?[^\s。，；：]{0,24}|[《\[【※]?(?:名 ?词 ?解 ?释|注 ?释)[\]】※：]?)(?=[ \u3000])",
    both,
)
_PAIRS = (
    (" ", ("  ",)),
    ("\xa0", ("\xa0\xa0", "\xa0 ", " \xa0")),
    ("\t", ("\t",)),
    ("\u3000", ("\u3000\u3000",)),
)
"""Blanks of which two, or a tab, may stand for a lost break."""

# A page number or running footer that stands as a line of its own between the halves of a sentence.
_PAGE = re.compile(
    both(
        r"(?:[-—–－·―]{1,3}\s?\d{1,3}\s?[-—–－·―]{0,3}|第?\s?\d{1,3}\s?页(?:\s?[,，/共]*\s?\d{1,3}\s?页)?|\d{1,3}\s?/\s?\d{1,3}|\d{1,3})"
    )
)
_PAGE_HEADS = "-—–－·―第"
"""What such a line begins with, if not with a digit."""
# … and the same inside a text whose breaks all became spaces: only between blanks and dashes.
_DASHES = "—–―-"
_PAGE_INSIDE = late(r"(?<=\S)\s[—–―-]{1,2}\s\d{1,3}\s[—–―-]{1,2}\s(?=\S)")

_TERMINAL = "。！？!?；;：:…”』」）)"
_CLOSE_HEAD = "，。、；,）)》”」』〉％%"
_OPENS, _LINKS, _PAUSES = "（(《“「『〈", "—―", "，、,"
_LEADS_ON = "让在的和与及对把将向被从"
_OPEN = _OPENS + _LINKS + _PAUSES + _LEADS_ON
"""What a line may end in that the next one goes on with."""
_CUT = ("...", " 摄", " 攝", "\u3000摄", "\u3000攝")
"""What no next line goes on with, whatever stands before it: a preview (内容摘要), the caption of a photo."""
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
    lines = _split(source, start, len(source) if end is None else end)
    if "**" in source or "\n#" in source or source[:1] == "#":
        lines = [_unmarked(line) for line in lines]
    return tuple(_joined(source, lines))


# Of Markdown: ## 一、2023年工作回顾, and bold letters. 20**年 is a year that is masked.
_HASHES = re.compile(r"#{1,6}[ \u3000\xa0]*(?=[^\s#])")
_BOLD = re.compile(r"\*\*(?=[^\s*年])[^*]{1,200}(?<=[^\s*])\*\*")


def _unmarked(line: Line) -> Line:
    """*line* without marks of Markdown: its words are those that are shown."""
    text = line.text
    hashes = _HASHES.match(text) if text[0] == "#" else None
    at = hashes.end() if hashes else 0
    runs: list[tuple[int, str]] = []
    for bold in _BOLD.finditer(text, at):
        start, end = bold.span()
        runs += (line.start + at, text[at:start]), (line.start + start + 2, text[start + 2 : end - 2])
        at = end
    if not at:
        return line
    runs.append((line.start + at, text[at:]))
    return _of_runs([run for run in runs if run[1]], line)


def _split(source: str, start: int, end: int) -> list[Line]:
    """Physical lines, trimmed, blank ones left out."""
    odd = any(
        all(map(source.__contains__, hints)) and any(map(source.__contains__, signs))
        for hints, signs in _ODD_SIGNS
    )
    if odd or not _feeds_only(source):
        return _split_oddly(source, start, end, odd)
    # nearly every text: no pattern needs to look at each character
    lines: list[Line] = []
    flat = _flat_size(source)
    blanks = [known for known in _PAIRS if known[0] in source]
    at = start
    spaced = False
    for raw in source[start:end].split("\n"):
        core = raw.strip()
        if core:
            size = len(core)
            if (
                core.strip(_EDGE) != core  # half as dear as a look at both ends
                or (size >= _LONG and (size > flat or _parted(core, blanks)))
            ):
                _trim(source, raw, at, spaced, lines)
            elif size == len(raw):
                lines.append(_line(core, at, at + size, (), False, spaced))
            else:
                left = at + raw.find(core[0])  # nothing but blanks before it
                lines.append(_line(core, left, left + size, (), left > at, spaced))
            spaced = False
        else:
            spaced = at > start and raw in _EMPTY
        at += len(raw) + 1
    return lines


def _split_oddly(source: str, start: int, end: int, odd: bool) -> list[Line]:
    """The same for a text with breaks of several kinds or, if it is *odd*, with signs that stand for breaks."""
    lines: list[Line] = []
    at = start
    spaced = False
    for match in (_ODD_BREAK if odd else _PLAIN_BREAK).finditer(source, start, end):
        stop, after = match.span()
        if at < stop:
            _trim(source, source[at:stop], at, spaced, lines)
        spaced = after - stop > 1 and source[stop:after] != "\r\n"
        at = after
    if at < end:
        _trim(source, source[at:end], at, spaced, lines)
    return lines


_EMPTY = ("", "\r")


def _feeds_only(source: str) -> bool:
    r"""Whether every break of *source* is ``\n``, or every one ``\r\n``."""
    if any(map(source.__contains__, "\x0b\x0c\x85\u2028\u2029")):
        return False
    return "\r" not in source or source.count("\r") == source.count("\r\n")


def _flat_size(source: str) -> int:
    """A line longer than this is so much of the whole text, or of a report in it, that all its breaks must have been lost."""
    return max(_FLAT, min(len(source) // 2, _FLAT_REPORT))


def _parted(words: str, blanks: Sequence[tuple[str, tuple[str, ...]]] = _PAIRS) -> bool:
    """Whether there are *blanks* in *words* that may stand for a lost break. Most words have a single blank, if any."""
    for blank, pairs in blanks:
        if blank in words:
            for pair in pairs:
                if pair in words:
                    return True
    return False


def _trim(source: str, raw: str, start: int, spaced: bool, lines: list[Line]) -> None:
    """Add the words of *raw*, which stands at *start*, to *lines*: one line, or several whose breaks were lost."""
    core = raw.strip()
    if not core:
        return
    if core.strip(_EDGE) != core:
        core = raw.strip(_TRIM)
        if core and (core[0] in "&?？" or core[-1] in ";?？"):
            head = _LEAD.match(raw)
            left = head.end() if head else 0
            tail = _TAIL.match(raw[::-1]) if raw[-1:] in ";?？" or raw[-1:] in _TRIM else None
            core = raw[left : max(left, len(raw) - tail.end()) if tail else len(raw)].strip(_TRIM)
        if not core:
            return
    size = len(core)
    left = start if size == len(raw) else start + raw.find(core[0])
    right = left + size
    flat = size > _flat_size(source) and core.count("。 ") >= 6
    if not flat and (size < _LONG or not _parted(core) or _is_row(core)):
        lines.append(_line(core, left, right, (), left > start, spaced))
        return
    at = left
    indented = left > start
    for stop, after in (
        _flat_breaks(source, left, right)
        if flat
        else (m.span() for m in _LOST_BREAK.finditer(source, left, right))
    ):
        if stop > at:
            lines.append(_line(source[at:stop], at, stop, (), indented or at > left, spaced and at == left))
        at = after
    lines.append(_line(source[at:right], at, right, (), indented or at > left, spaced and at == left))


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


def _wrap_width(lines: Sequence[Line]) -> int:
    """The column at which a hard-wrapped text breaks, or 0 for a text that is not."""
    if len(lines) < 20:
        return 0
    few = len(lines) - len(lines) * 9 // 10
    for line in lines:
        if len(line.text) > 70:
            few -= 1
            if not few:  # a paragraph a line: do not measure
                return 0
    widths = [width(line.text) for line in lines]
    ordered = sorted(widths)
    edge = ordered[len(ordered) * 3 // 4]
    if edge >= 30 and sum(edge - 8 <= w <= edge + 8 for w in widths) >= 0.45 * len(widths):
        return edge
    # short paragraphs fill few lines, but those that reach the edge break off in mid-sentence
    edge = ordered[len(ordered) * 49 // 50]
    full = [line.text[-1] for line, w in zip(lines, widths, strict=True) if w >= edge - 4]
    running = sum(last not in _TERMINAL for last in full)
    return (
        edge if edge >= 50 and len(full) >= max(8, 0.2 * len(widths)) and running >= 0.75 * len(full) else 0
    )


def _indents_open(lines: Sequence[Line], wrap: int) -> bool:
    """Whether a hard-wrapped text indents what opens a paragraph, and nothing else: then an indent says enough."""
    opening = opened = running = indented = 0
    for before, line in pairwise(lines):
        full = width(before.text) >= wrap - 8
        last = before.text[-1]
        if last in _TERMINAL and not full:
            opening += 1
            opened += line.indented
        elif last not in _TERMINAL and full:
            running += 1
            indented += line.indented
    return opening >= 5 and opened >= 0.9 * opening and indented <= 0.15 * running


def _joined(source: str, physical: Sequence[Line]) -> list[Line]:
    """The logical lines: *physical* ones, with the halves of broken lines put together."""
    if not physical:
        return []
    wrap = _wrap_width(physical)
    opens = wrap > 0 and _indents_open(physical, wrap)
    final = len(source)
    lines: list[Line] = []
    group: list[Line] = []
    above: list[Line] = []  # the physical lines of the last of *lines*
    held: list[Line] = []  # page numbers that may turn out to stand in mid-sentence
    # whether the group is a line with no blank, and whether only a closing sign can go on with it
    plain = done = False
    for line in physical:
        text = line.text
        if group:
            if len(text) <= 14 and (wrap or final > line.end) and _is_page(text):
                held.append(line)
                done = False
                continue
            if (
                not (done and text.lstrip(_CLOSE_HEAD) == text)
                and not (opens and line.indented)
                and _continues(source, group, line, wrap, bool(held), opens)
            ):
                held.clear()
                if (
                    above
                    and len(group) == 1
                    and text[0] in _CLOSE_HEAD
                    and not wrap
                    and _links(above, group[0])
                ):
                    lines.pop()
                    group = above + group
                group.append(line)
                plain = done = False
                continue
            lines.append(group[0] if plain else _together(group))
            above = [] if held else group
            if held:
                lines += held
                held.clear()
        group = [line]
        plain = " " not in text
        done = not wrap and _is_done(text)
    lines.append(_together(group))
    lines += held
    return lines


_TITLE_ENDS = tuple("回顾 回顧 安排 任务 任務 目标 目標 工作 建设 建設 发展 發展 要求".split())


def _links(above: Sequence[Line], line: Line) -> bool:
    """Whether *line*, which a sign closes on the next, is a link in the sentence of *above*: 已经有了⏎友好协议⏎。双方…"""
    before, text = above[-1].text, line.text
    return (
        before[-1] not in _TERMINAL
        and not before.endswith(_TITLE_ENDS)
        and len(text) <= 40
        and text[-1] not in "。！？!?；;：:…"
        and not (line.spaced or line.indented or _OPENS_MARKER.match(above[0].text))
        and (text[-1].isdecimal() or not _OPENS_MARKER.match(text))  # PM⏎2.5⏎）
    )


def _is_done(text: str) -> bool:
    """
    Whether nothing but a closing sign can go on with a line, whatever comes below: the usual case at a glance.

    A paragraph that ends as one, or a heading; `_continues` and `_breaks_off` say no to these.
    """
    if text[-1] in _TERMINAL:
        return len(text) >= 60 or not ("“" in text or "《" in text)
    return len(text) < 60 and text[-1] not in _OPEN and not ("“" in text or "《" in text or "。" in text)


def _is_page(text: str) -> bool:
    """Whether a short line is a page number and no more."""
    first = text[0]
    return (first in _PAGE_HEADS or first.isdecimal()) and _PAGE.fullmatch(text) is not None


def _is_row(words: str) -> bool:
    """Whether *words* are the cells of a table, which neither go on nor are gone on with."""
    return ("\t" in words or "|" in words) and is_row(words)


def _continues(source: str, group: Sequence[Line], line: Line, wrap: int, paged: bool, opens: bool) -> bool:
    """Whether *line* goes on with the one that *group* is. *opens*: an indent would say that it does not."""
    before = group[-1].text
    if _is_row(before) or _is_row(line.text):
        return False
    last, first = before[-1], line.text[0]
    if first in _CLOSE_HEAD and not (first == "”" and last in _TERMINAL):
        return True
    size = len(before)
    if last in _OPENS and size > 1:
        return True
    if (
        last in _LINKS and size <= 4 and len(group) == 1 and not line.spaced
    ):  # ——⏎改革开放⏎深入推进: a link behind the dash
        return True
    if wrap:
        return _runs_on(source, group, line, wrap, opens)
    if size <= 2 and last in "（(" and len(group) == 1:  # （⏎三）改革…
        return True
    return _breaks_off(source, group, line, paged) and not _OPENS_MARKER.match(line.text)


def _titled(source: str, group: Sequence[Line]) -> bool:
    """Whether *group* begins with a number, and has not come to the end of a sentence."""
    start, end = group[0].start, group[-1].end
    return _OPENS_MARKER.match(source, start, end) is not None and source.find("。", start, end) < 0


def _runs_on(source: str, group: Sequence[Line], line: Line, wrap: int, opens: bool) -> bool:
    """Whether *line* goes on with *group* in a text that is hard-wrapped at column *wrap*."""
    before = group[-1].text
    last, first = before[-1], line.text[0]
    if line.indented and not group[-1].indented and last in _TERMINAL:
        return False
    marked = _OPENS_MARKER.match(line.text)
    titled = _titled(source, group)
    if width(before) < (wrap - 7 if last in _TERMINAL else wrap - 8 if titled else wrap * 3 // 4):
        if (
            (len(group) > 1 or "。" in before)
            and last not in _TERMINAL
            and not marked
            and not titled
            and _COMMA.search(source, group[0].start, group[-1].end)
        ):
            return True  # a running sentence, cut early by a raised or lowered sign (PM2.5)
        return len(before) <= 2 and last in "（(一二三四五六七八九十" and len(group) == 1
    # full to the edge: it ends only where what follows opens with a number, as the entries of a glossary do behind
    # their （见第2页）
    if opens and marked and first in "（(〔[【［0123456789":
        return True  # （三） of a series inside the paragraph, which happens to begin a line
    return not (marked and (last in "。！？!?：:；" or (last in "）)" and first in "[〔【［（(")))


def _breaks_off(source: str, group: Sequence[Line], line: Line, paged: bool) -> bool:
    """Whether *group* stops where *line* may go on with it, in a text that is not hard-wrapped."""
    before = group[-1].text
    last, size = before[-1], len(before)
    if size < 60 and _unclosed(before) and _closes(line.text):
        return True
    if last in _TERMINAL or (last in ".摄攝" and before.endswith(_CUT)):
        return False
    if last in _PAUSES and size > 8:
        return True
    start, end = group[0].start, group[-1].end
    if not line.spaced and not line.indented and (end - start > 70 or source.find("。", start, end) >= 0):
        return True  # a paragraph that stops in mid-sentence: a link or a page was cut out of it
    # Words broken out of a sentence by a site's links: 让⏎权力⏎在阳光下运行. A heading may end so (…和政策取向).
    if (
        last in _LEADS_ON
        and size > 20
        and not line.indented
        and not (last in "和与及向" and _titled(source, group))
    ):
        return True
    if len(group) > 1 and size < 16 and group[-2].text[-1] in _LEADS_ON and len(group[-2].text) > 20:
        return True
    return paged and size > 16 and not line.indented


def _unclosed(text: str) -> bool:
    return ("《" in text and text.count("《") > text.count("》")) or (
        "“" in text and text.count("“") > text.count("”")
    )


def _closes(text: str) -> bool:
    return text.count("《") < text.count("》") or text.count("“") < text.count("”")


def _together(group: Sequence[Line]) -> Line:
    """The logical line that the physical lines of *group* make, page numbers inside left out."""
    runs: list[tuple[int, str]] = []
    for at, words in chain.from_iterable(map(_runs_of, group)):
        rest = 0
        if len(words) > _LONG and " " in words and any(map(words.__contains__, _DASHES)):
            for match in _PAGE_INSIDE.finditer(words):
                runs.append((at + rest, words[rest : match.start()]))
                rest = match.end()
        runs.append((at + rest, words[rest:]))
    return group[0] if len(runs) == 1 else _of_runs(runs, group[0])


def _runs_of(line: Line) -> list[tuple[int, str]]:
    """The pieces between the gaps of *line*, each behind its place in the source."""
    if not line.gaps:
        return [(line.start, line.text)]
    bounds = pairwise([*line._firsts, len(line.text)])
    return [(line.at(a), line.text[a:b]) for a, b in bounds]


def _of_runs(runs: Sequence[tuple[int, str]], like: Line) -> Line:
    """The line that some pieces of the source make, with what stands between them as gaps."""
    gaps: list[Span] = []
    firsts: list[int] = []
    shifts: list[int] = []
    size = 0
    start = end = runs[0][0]
    for at, words in runs:
        if firsts:
            gaps.append(Span(end, at))
        firsts.append(size)
        shifts.append(at - start - size)
        size += len(words)
        end = at + len(words)
    text = "".join([words for _, words in runs])
    return _line(text, start, end, tuple(gaps), like.indented, like.spaced, tuple(firsts), tuple(shifts))
