"""
Numbered and signed styles: 第一部分, 一、, （一）, 1., (1), 一是, ——. One style is one small pattern.

A style says what its marker looks like at the start of a line, how deep it usually stands, and where its title
ends. The chain compiles the styles it holds into one alternation, so that a line is looked at once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from attrs import frozen

from ..layout import Line
from ..nodes import Form, Kind
from ..vocab import both, forms, late
from .model import Candidate, new_candidate
from .ordinals import CJK, DIGIT, ordinal

__all__ = ["MARKER_STYLES", "MarkerScan", "MarkerStyle", "colon_in", "title_of"]

# members looked up on their classes cost ten times as much
_ITEM = Kind.ITEM
_LINE, _RUNIN, _INLINE = Form.LINE, Form.RUNIN, Form.INLINE

_N = f"[{CJK}]"
_S = r"[ \xa0\u3000]?"


@frozen
class MarkerStyle:
    """One family of printed numbers. Satisfies `HeadingDetector`; the pattern's group 1 is the number itself."""

    name: str
    pattern: str
    """What stands at the start of the line, as source for `re`; its only group is the number."""
    rank: int
    kind: Kind | None = None
    inline: bool = True
    """Whether it is also looked for behind a full stop, where a line break may have been lost."""

    def detect(self, line: Line, /) -> Iterator[Candidate]:
        """Candidates of this style alone; a chain uses its shared scan instead."""
        candidate = MarkerScan((self,)).opening(line.text)
        if candidate:
            yield candidate


MARKER_STYLES = (
    MarkerStyle("part-word", rf"第({_N}{{1,3}}|[{DIGIT}]{{1,2}})(?:部分|部份|篇|编|編)[、：:，\s\u3000]*", 0),
    MarkerStyle("chapter", rf"第({_N}{{1,3}}|[{DIGIT}]{{1,2}})章[、：:\s\u3000]*", 6),
    MarkerStyle("section-word", rf"第({_N}{{1,3}}|[{DIGIT}]{{1,2}})[节節][、：:\s\u3000]*", 12),
    MarkerStyle("tiangan", r"([甲乙丙丁戊己庚辛壬癸])[、.．][\s\u3000]*", 8),
    MarkerStyle("cjk-comma", rf"({_N}{{1,3}}){_S}[、.．︑﹑][\s\u3000]*", 10),
    MarkerStyle(
        "cjk-paren",
        rf"(?=[（(﹙〔\[【［㈠-㈩])(?:[（(﹙〔\[【［]{_S})?({_N}{{1,3}}|[㈠-㈩])(?:(?<=[㈠-㈩])|{_S}[）)﹚〉〕\]】］>])[、.]?[\s\u3000]*",
        20,
    ),
    MarkerStyle("cjk-half-paren", rf"({_N}{{1,3}})[）)][\s\u3000]*", 21),
    MarkerStyle("ordinal-word", rf"第({_N}{{1,2}})[，,、：:][\s\u3000]*", 60, Kind.ITEM),
    MarkerStyle("shi", rf"({_N}{{1,2}}){_S}是(?!年|[否一])[\s\u3000]*[，,]?", 62, Kind.ITEM),
    MarkerStyle("yao", rf"({_N}{{1,2}}){_S}要(?!素)[\s\u3000]*", 62, Kind.ITEM),
    MarkerStyle("arabic-paren", rf"[（(﹙]{_S}([{DIGIT}]{{1,2}}){_S}[）)﹚][\s\u3000]*", 40),
    MarkerStyle("arabic-half-paren", rf"([{DIGIT}]{{1,2}})[）)][\s\u3000]*", 41),
    MarkerStyle(
        "note", rf"[〔\[【［]{_S}([{DIGIT}]{{1,3}}){_S}[〕\]】］][\s\u3000]*", 45, Kind.ENTRY, inline=False
    ),
    MarkerStyle(
        "arabic-dot", rf"([{DIGIT}]{{1,3}}|[⒈-⒛])(?:(?<=[⒈-⒛])|{_S}[.．、﹒](?![{DIGIT}]))[\s\u3000]*", 30
    ),
    MarkerStyle("circled", r"([①-⑳⑴-⒇])[\s\u3000]*", 42),
    MarkerStyle(
        "dash",
        r"(?:[—―─–﹘]{2,4}|-{2,3}|—(?=[\u4e00-\u9fff])|-(?=[ \u3000]?[“\u4e00-\u9fff]))[\s\u3000]*()",
        64,
        Kind.ITEM,
        inline=False,
    ),
    MarkerStyle("sign", r"[●◆■▲◎□►➢•▪◇★▶][\s\u3000]*()", 64, Kind.ITEM, inline=False),
    MarkerStyle(
        "cjk-bare",
        rf"({_N}{{1,2}})(?=[\u4e00-\u9fff])(?![年月日是要个個些批方种種次条條大位样樣面切直律定致流旦产產来來步项項五届屆季])",
        22,
        inline=False,
    ),
)
"""The built-in styles, in the order in which they are tried on a line."""


_ENCLOSED = (
    {chr(c): c - 0x2460 + 1 for c in range(0x2460, 0x2474)}
    | {chr(c): c - 0x2474 + 1 for c in range(0x2474, 0x2488)}
    | {chr(c): c - 0x2488 + 1 for c in range(0x2488, 0x249C)}
    | {chr(c): c - 0x3220 + 1 for c in range(0x3220, 0x322A)}
)
_BRACKETS = "（(﹙〔[【［"
_TIANGAN = "甲乙丙丁戊己庚辛壬癸"
_FIRSTS = frozenset(
    "第"
    + _BRACKETS
    + CJK
    + "0123456789０１２３４５６７８９"
    + _TIANGAN
    + "".join(_ENCLOSED)
    + "—―─–﹘●◆■▲◎□►➢•▪◇★▶-"
)
"""What the built-in markers begin with: a look at one character spares most lines the rest."""
_SIGN = r"[）)﹚〉〕\]】］>、.．﹑是要，,部篇章节節]"
_OPEN = rf"[第{re.escape(_BRACKETS)}]"
_INSIDE = re.compile(
    rf"[。！？；;：:”）)\u3000 ](?=[{re.escape(''.join(sorted(_FIRSTS)))}])(?=({_OPEN}{_S}[{CJK}{DIGIT}]{{1,3}}{_S}{_SIGN}|[{CJK}{DIGIT}]{{1,3}}{_S}{_SIGN}|[{_TIANGAN}]、|[{''.join(_ENCLOSED)}]))"
)
"""
Behind a full stop, what looks like the number and the sign of a marker: the rest is for the styles to say.

The stop comes first, so that the search is a scan for it: stops are rarer than digits. What stands behind most of them
begins no marker, which one class tells.
"""


class MarkerScan:
    """Several styles as one pattern, so that a line is looked at once."""

    __slots__ = ("_pattern", "_styles", "firsts")

    def __init__(self, styles: tuple[MarkerStyle, ...]) -> None:
        self._styles = styles
        self.firsts = _FIRSTS if set(styles) <= set(MARKER_STYLES) else None
        """What their markers begin with, if all of them are built in."""
        # the group that matched names the style
        self._pattern = re.compile("|".join(f"(?:{style.pattern})" for style in styles)) if styles else None

    def opening(self, text: str) -> Candidate | None:
        """The candidate at the start of the line *text*, if one of the styles fits."""
        if self._pattern is None or (self.firsts is not None and text[:1] not in self.firsts):
            return None
        match = self._pattern.match(text)
        return _candidate(self._styles, match, text, True) if match else None

    def inside(self, texts: Sequence[str]) -> dict[int, list[Candidate]]:
        """By number of the line, candidates behind a full stop, a colon or a lost break inside lines."""
        found: dict[int, list[Candidate]] = {}
        signs = [sign.span(1) for sign in _INSIDE.finditer("\n".join(texts))] if self._pattern else []
        if self._pattern is None or not signs:
            return found
        starts = [0, *accumulate([len(text) + 1 for text in texts])]
        last, done = -1, 0
        for start, end in signs:
            n = bisect_right(starts, start) - 1
            if n == last and start < done:
                continue
            last, done = n, end
            text = texts[n]
            match = self._pattern.match(text, start - starts[n])
            candidate = _candidate(self._styles, match, text, False) if match else None
            if candidate:
                found.setdefault(n, []).append(candidate)
        return found


def _candidate(
    styles: tuple[MarkerStyle, ...], match: re.Match[str], text: str, opens: bool
) -> Candidate | None:
    group = match.lastindex or 1
    style = styles[group - 1]
    if not opens and not style.inline:
        return None
    number = match[group]
    name, kind = style.name, style.kind
    value = None
    if number:
        value = _ENCLOSED.get(number) or ordinal(number)
        if value is None:
            return None
    shown = match[0].rstrip()
    start, end = match.span()
    title, form = title_of(text, end, opens, MAX_ITEM if kind is _ITEM else MAX_TITLE)
    if title[0] >= title[1] and end < len(text):
        return None
    marker = (start, start + len(shown))
    return new_candidate(name, title, marker, value, form, style.rank, kind, 0.9 if opens else 0.6, shown)


# 一、2023年工作回顾2023年，面对…: the break behind a part's title was lost, and its words tell where it was.
_GLUED = re.compile(
    both(
        r"(?:[12]\d{3}年|过去[的]?[一五]年|[“\"]?十?[一二三四五]五[”\"]?时期).{0,8}?(?:工作)?(?:回顾|安排|总体要求(?:和(?:政策取向|(?:主要)?(?:预期)?目标))?|(?:主要|重点)(?:目标|任务|工作)(?:任务)?)(?=(?:[12]\d{3}年|过去的?[一五]年|刚刚过去|一年来|五年来|今年|各位代表|当前)\S{2})"
        r"|[^。！？；：，\s]{4,24}(?=各位代表[，,！!：:])"
    )
)
_PERIODS = frozenset(forms('12过“"十一二三四五'))
"""What the first kind of these begins with."""
_SALUTED = "各位代"
"""What the second kind stands before; 32 characters hold the longest of them and this."""
_COLONS = "：:﹕∶"
_COLON = re.compile(f"[{_COLONS}]")
_STOP = re.compile(r"[。！？!?.](?:(?<!\.)|(?=\s|$))")
_STOP_OR_COLON = re.compile(rf"[。！？!?.{_COLONS}](?:(?<!\.)|(?=\s|$))")
_BLANK = late(r"(?<=[\u4e00-\u9fff”）])[ \u3000\xa0](?=[\u4e00-\u9fff“\d（(])")
_COMMA = re.compile(r"[，,；;]")
_BLANKS = " \u3000\xa0"
_TAIL = " 　\xa0：:；;，,、。.！!？?﹕∶"
MAX_TITLE = 80
"""Characters; refrains of 60 characters are headings (county_徐水_2019), statements of 100 are not."""
MAX_ITEM = 200
"""… of a point that its —— or 一是 makes one, however long its sentence (city_长沙_2024)."""


def title_of(
    text: str, start: int, opens: bool = True, limit: int = MAX_TITLE
) -> tuple[tuple[int, int], Form]:
    """
    Where the title that starts at *start* ends, and how it is printed.

    The first full stop ends it; a colon does if it comes early (a term and its gloss); so does a blank, where a
    report lies on one line and the line breaks became blanks.
    """
    runs_on = _RUNIN if opens else _INLINE
    if text[start : start + 1] in _PERIODS or text.find(_SALUTED, start, start + 32) > 0:
        glued = _GLUED.match(text, start)
        if glued:
            return _trimmed(text, start, glued.end()), runs_on
    most = start + limit + 1
    stop = _STOP_OR_COLON.search(text, start, most)
    colon = None
    if stop and text[stop.start()] in _COLONS:
        colon, stop = stop, _STOP.search(text, stop.end(), most)
    end = stop.start() if stop else len(text)
    if colon and (stop is None or end - start > 30):
        at = colon_in(text, start, min(end, start + 42))
        if at - start >= 2 and text[at + 1 :].strip():
            return _trimmed(text, start, at), runs_on
    if end - start > limit:
        blank = _BLANK.search(text, start + 3, start + 48)
        if blank and not _COMMA.search(text, start, start + 4):
            return _trimmed(text, start, blank.start()), runs_on
        return (start, start), runs_on
    if opens and (
        stop is None or (text[end + 1 : end + 2] in _BLANKS and not text[end + 1 :].strip(_BLANKS))
    ):
        runs_on = _LINE
    return _trimmed(text, start, end), runs_on


def colon_in(text: str, start: int, end: int) -> int:
    """
    The first colon of ``text[start:end]`` that stands in no bracket, or -1: 新建公园3个（牵头单位：住建局） has none.

    >>> colon_in("双减（简称：减负）：指两项政策", 0, 15)
    9
    """
    for colon in _COLON.finditer(text, start, end):
        at = colon.start()
        opened = text.count("（", start, at) + text.count("(", start, at)
        if not opened or opened <= text.count("）", start, at) + text.count(")", start, at):
            return at
    return -1


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the marks at its end and the blanks around it."""
    if start < end and text[end - 1] not in _TAIL and text[start] not in _BLANKS:
        return start, end  # nearly always
    while end > start and text[end - 1] in _TAIL:
        end -= 1
    while start < end and text[start] in _BLANKS:
        start += 1
    return start, end
