"""
The text as a reader sees it: one script, one width, no blanks, page numbers or note marks inside a sentence.

It is a private view for matching. Every character of it has its place in the source, and every place that leaves
this package is a place in the source.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import pairwise
from typing import Protocol, TypeAlias, TypeVar

from attrs import field, frozen

from ..layout import lay_out
from ..text import Span, span_of
from ..vocab import fold, fold_all, read_table

__all__ = ["Reading", "Sentence"]

# White space (with a page number between two breaks), invisible characters, literal breaks and entities, the question
# marks that stand for lost blanks, and note marks: 〔28〕, [1], ^[1]. One class first, so that `re` can skip to it.
# The white space is written out, as a class with \s in it is five times slower.
_BLANK = r"\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u3000\u2060\ufeff\u00ad\ue004"
_NOTE = r"[\d１-９０]{1,3}[\]〕］】]"
_FIRST = rf"{_BLANK}&?^\[〔［【\\<*"
_REST = (
    rf"(?<=[{_BLANK}])[{_BLANK}]*(?:[-—–－―]{{1,3}}\s?\d{{1,3}}\s?[-—–－―]{{1,3}}[{_BLANK}]+)?(?:(?<=\n)#{{1,6}}[{_BLANK}]*)?"
    rf"|(?<=[\[〔［【]){_NOTE}|(?<=\^)[\[〔［【]{_NOTE}|(?<=&)(?:nbsp|emsp|ensp);|(?<=\?)\?+|(?<=\*)\*(?<!\D20..)|(?<=\\)r\\n|(?<=\[)SEP\]|(?<=<)br ?/?>"
)
_NOISE = re.compile(rf"[{_FIRST}](?:{_REST})")
# Done by `str.replace`, which is far quicker than a table for what every text is full of.
_WIDE = tuple(zip("，：；（）！∶︰", ",:;()!::", strict=True))
_RARELY_WIDE = frozenset("？％．０１２３４５６７８９")
"""Printed so in one text of ten: looked for with the foldable ones, as a replacement costs as much where nothing is to be replaced."""
# Where ! ? and line breaks are written 。 as well: a pattern that begins with one literal is searched for far faster.
_ENDS = re.compile(r"。。*+[”’」』\")]*+")
_QUOTES = frozenset('"＂「」『』')
"""Quotation marks other than “ and ”, which the words for facts are written with."""
_STRAIGHT = re.compile('["＂]([^"＂\\n]*)["＂]')
_FEW = 40
"""A Simplified text has a few foldable characters, a Traditional one hundreds, …"""
_SAMPLE = 400
"""… and as many in its first lines."""
# Line breaks, and the literal \\r\\n, [SEP] and <br> that stand for them.
_BREAKS = frozenset("\n\r\u2028\u2029\x0b\x0c\x85\ue004\\S<")
_SPLIT = frozenset(
    "左右 以上 以内 以下 之内 上下 个百 百分 分点 万元 亿元 万人 亿斤 万亿 以內 個百 分點 萬元 億元 萬人 萬億".split()
)
"""Pairs of characters that a blank between them keeps from being read as one word: 增长6%左 右."""
_AFTER_PERCENT = frozenset(("%左", "％左"))
_SECONDS = frozenset("左" + "".join(pair[1] for pair in _SPLIT))
"""What such a pair ends in: hardly any line begins so."""
_STOPS = frozenset("。！？!?：:；;")


class _Spanned(Protocol):
    @property
    def span(self) -> Span: ...


S = TypeVar("S", bound=_Spanned)
Sentence: TypeAlias = tuple[int, int]
"""A stretch of `Reading.text` from one full stop to the next."""


@cache
def _foldable() -> frozenset[str]:
    """Characters that have another form; those of `_WIDE` are seen to by themselves."""
    letters = (chr(code) for first in "Ａａ" for code in range(ord(first), ord(first) + 26))
    return _RARELY_WIDE.union(_QUOTES, letters, *(row["forms"] for row in read_table("variants")))


@cache
def _any_foldable() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(sorted(_foldable())))}]")


@cache
def _noise_or_foldable() -> re.Pattern[str]:
    """Both in one pass, for a text with few of the latter."""
    return re.compile(rf"[{_FIRST}{_any_foldable().pattern[1:-1]}](?:{_REST}|(?<![{_FIRST}]))")


@frozen
class Reading:
    """
    A view of a stretch of a source for matching, with the way back.

    >>> r = Reading.of("地區生產總值\\n　　增長８％，其中…")
    >>> r.text, r.span(r.text.index("8"), r.text.index("%") + 1)
    ('地区生产总值\\n增长8%,其中…\\n', Span(start=11, end=13))
    """

    source: str = field(repr=False)
    text: str
    """Paragraphs joined by a line feed; Simplified, half-width, without blanks."""
    broken: bool
    """A break or page furniture was bridged in mid-sentence: a number may run over it."""
    _views: Sequence[int] = field(repr=False)
    _places: Sequence[int] = field(repr=False)

    @classmethod
    def of(
        cls,
        source: str,
        start: int = 0,
        end: int | None = None,
        *,
        heads: Iterable[int] | None = None,
        outside: Sequence[tuple[int, int]] = (),
    ) -> Reading:
        """
        Read ``source[start:end]``.

        *heads*: the places where a paragraph or a heading begins, and where a heading ends, as the tree of a report has
        them; without them, the lines are laid out afresh. *outside*: stretches, in order, to leave out.
        """
        stop = len(source) if end is None else end
        broken = False
        if heads is None:
            lines = lay_out(source, start, stop)
            heads = {line.start for line in lines} | {line.end for line in lines}
        elif not isinstance(heads, (set, frozenset)):
            heads = set(heads)
        foldable, others = _foldable(), set[str]()
        many = len(_any_foldable().findall(source, start, min(stop, start + _SAMPLE))) > _FEW
        noise = _NOISE if many else _noise_or_foldable()
        texts: list[str] = []
        views: list[int] = []
        places: list[int] = []
        size = 0

        # What is left out parts nothing by itself: a page number stands in mid-sentence, an annex has heads at its ends.
        at = run = start  # the noise before `at` begins at `run`
        parted = False  # and has a line break in it
        for first, last in _inside(start, stop, outside):
            if first > at:
                at, parted = first, True
            for a, b in (*map(re.Match.span, noise.finditer(source, first, last)), (last, last)):
                words = source[a:b]
                if words in foldable:
                    others.add(words)
                    continue
                if a > at:
                    apart = run < at and (at in heads or (parted and run in heads))
                    if apart and not (source[at] in _SECONDS and _is_one_word(source, run, at)):
                        # two paragraphs meet, and not two halves of one: blanks may be all that is left of the break
                        if not views:
                            views.append(0)
                            places.append(run)
                        texts.append("\n")  # goes on where the piece before it ends
                        size += 1
                    elif parted:
                        if source[run - 1 : run] not in _STOPS:
                            broken = True
                    elif run < at and source[at] in _SECONDS and source[run - 1 : run] + source[at] in _SPLIT:
                        broken = True
                    texts.append(source[at:a])
                    views.append(size)
                    places.append(at)
                    size += a - at
                    run, parted = a, False
                parted = parted or not _BREAKS.isdisjoint(words)
                at = b
        texts.append("\n")
        views.append(size)
        places.append(at)
        view = "".join(texts)
        for wide, narrow in _WIDE:
            view = view.replace(wide, narrow)
        return cls(source, _folded(view, _some_foldable(view) if many else others), broken, views, places)

    def at(self, index: int) -> int:
        """Where in the source character *index* of `text` stands."""
        i = bisect_right(self._views, index) - 1
        return self._places[i] + index - self._views[i]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the source that ``text[start:end]`` came from."""
        views, places = self._views, self._places
        i = bisect_right(views, start) - 1
        first = places[i] + start - views[i]
        if end <= start:
            return span_of((first, first))
        if i + 1 == len(views) or end <= views[i + 1]:  # nearly always: nothing is left out within
            return span_of((first, first + end - start))
        return span_of((first, self.at(end - 1) + 1))

    def shift(self, start: int, end: int) -> int | None:
        """How far the source is ahead of ``text[start:end]``; ``None`` if something is left out within."""
        views = self._views
        i = bisect_right(views, start) - 1
        if i + 1 < len(views) and end > views[i + 1]:
            return None
        return self._places[i] - views[i]

    def index(self, place: int) -> int:
        """The place in `text` of offset *place* in the source; of what comes next, if that was left out."""
        views, places = self._views, self._places
        i = bisect_right(places, place)
        if not i:
            return 0
        end = views[i] if i < len(views) else len(self.text)
        return min(views[i - 1] + place - places[i - 1], end)

    def placed(self, things: Iterable[S]) -> list[tuple[int, int, S]]:
        """Each of *things*, which have their spans in the source in rising order, behind its place in `text`."""
        views, places = [*self._views, len(self.text)], [*self._places, sys.maxsize]
        out: list[tuple[int, int, S]] = []
        i = shift = 0
        ahead, last = places[0], -1  # where the next piece begins, and where this one has no more of the text
        for thing in things:
            start, end = thing.span
            if ahead <= start:
                while places[i] <= start:
                    i += 1
                ahead = places[i]
                shift = views[i - 1] - places[i - 1]
                last = min(ahead, views[i] - shift)
            if end <= last:  # nearly always: within one piece
                out.append((start + shift, end + shift, thing))
            else:
                out.append((self.index(start), self.index(end - 1) + 1, thing))
        return out

    def mended(self) -> list[int]:
        """Where the lines of `text` begin and end, in turn, from which something is left out; neighbours are as one."""
        text = self.text
        bounds: list[int] = []
        last = 0
        for view in self._views[1:]:
            if view >= last and text[view - 1] != "\n":
                start = text.rfind("\n", last, view) + 1 or last
                if bounds and start == last:
                    bounds.pop()
                else:
                    bounds.append(start)
                last = text.find("\n", view) + 1 or len(text)
                bounds.append(last)
        return bounds

    def bounds(self) -> list[int]:
        """Where sentences end and begin: the first at 0, the last at the end of `text`."""
        marked = self.text.replace("!", "。").replace("?", "。").replace("\n", "。")
        bounds = [0, *[m.end() for m in _ENDS.finditer(marked)]]
        if bounds[-1] < len(self.text):
            bounds.append(len(self.text))
        return bounds

    def sentences(self) -> list[Sentence]:
        """Sentences in order; they tile `text`."""
        return list(pairwise(self.bounds()))


def _some_foldable(view: str) -> set[str]:
    """What is to be folded in *view*, as far as it takes to see that it is more than a few."""
    others: set[str] = set()
    for m in _any_foldable().finditer(view):
        others.add(m[0])
        if len(others) > _FEW + len(_RARELY_WIDE):
            break
    return others


def _folded(view: str, others: AbstractSet[str]) -> str:
    """*view* with *others* folded; with everything folded if they are more than a few."""
    if len(others) > _FEW or not others.isdisjoint(_QUOTES):
        view = _quoted(view)
    if len(others) > _FEW and len(others - _RARELY_WIDE) > _FEW:
        return fold_all(view)
    for form in others:
        view = view.replace(form, fold(form))
    return view


def _quoted(view: str) -> str:
    """*view* with “ and ” for every pair of quotation marks; straight ones pair up within their paragraph."""
    for sign, usual in zip("「」『』", "“”“”", strict=True):
        view = view.replace(sign, usual)
    return _STRAIGHT.sub(r"“\1”", view)


def _is_one_word(source: str, run: int, at: int) -> bool:
    """Whether a break within 6%左⏎右 or 6%⏎左右 stands: no paragraph ends there, whatever the lines look like."""
    pair = source[run - 1 : run] + source[at : at + 1]
    return pair in _SPLIT or (pair in _AFTER_PERCENT and source.startswith("左右", at))


def _inside(start: int, end: int, outside: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of ``[start, end)`` without the stretches *outside*."""
    at = start
    for a, b in outside:
        if a >= end:
            break
        if a > at:
            yield at, a
        at = max(at, b)
    if at < end:
        yield at, end
