"""Offsets into a text as given: spans, lines and columns. The only place that knows what a line is."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache
from types import MethodType
from typing import Final, NamedTuple

from .errors import expect, expect_whole

__all__ = ["LineIndex", "Span", "span_of", "width"]


class Span(NamedTuple):
    """
    A half-open stretch ``[start, end)`` of Python string offsets into the text as given.

    A named tuple, so that it orders, hashes, pickles and unpacks for nothing: a report has hundreds.

    >>> span = Span(3, 5)
    >>> "abcdefg"[span.start : span.end], len(span.range)
    ('de', 2)
    """

    start: int
    end: int

    @property
    def range(self) -> range:
        """The offsets the span covers."""
        return range(self.start, self.end)

    @property
    def slice(self) -> slice:
        """For ``source[span.slice]``."""
        return slice(self.start, self.end)

    def covers(self, other: Span) -> bool:
        """Whether *other* lies wholly inside."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end


span_of: Final[Callable[[tuple[int, int]], Span]] = MethodType(tuple.__new__, Span)
"""A span of its two ends: what ``Span(start, end)`` makes, in half the time. For places that make thousands."""


class LineIndex:
    """
    Line and column of an offset, both from 1, as editors count them (``\\n``, ``\\r\\n`` and a lone ``\\r``).

    `str.splitlines` also breaks at form feeds and U+2028, which PDF text is full of and editors do not count.

    >>> LineIndex("甲\\r\\n乙丙").place(4)
    (2, 2)
    """

    __slots__ = ("_length", "_starts")

    def __init__(self, source: str) -> None:
        expect(source, str, "LineIndex wants a text as str")
        self._length = len(source)
        starts = [0]
        at = 0
        if "\r" in source:
            length = len(source)
            while at < length:
                lf, cr = source.find("\n", at), source.find("\r", at)
                if lf < 0 and cr < 0:
                    break
                at = min(x for x in (lf, cr) if x >= 0)
                at += 2 if source.startswith("\r\n", at) else 1
                starts.append(at)
        else:
            while (at := source.find("\n", at) + 1) > 0:
                starts.append(at)
        self._starts = starts

    def place(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of *offset*, which may be the end. Raises `IndexError` outside the text."""
        if offset.__class__ is not int:
            offset = expect_whole(offset, "place wants an offset as int")
        if not 0 <= offset <= self._length:
            raise IndexError(f"offset {offset} is outside the text, which is 0 to {self._length}")
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_start(self, line: int) -> int:
        """The offset at which 1-based *line* starts. Raises `IndexError` for a line that there is not."""
        line = expect_whole(line, "line_start wants a line as int")
        if not 1 <= line <= len(self._starts):
            raise IndexError(f"line {line} is outside the text, which has lines 1 to {len(self._starts)}")
        return self._starts[line - 1]


class _Columns(dict[str, int]):
    """Character → its columns, looked up in the tables of Unicode once."""

    def __missing__(self, char: str) -> int:
        wide = unicodedata.east_asian_width(char) in "WF"
        columns = self[char] = 0 if unicodedata.combining(char) else 2 if wide else 1
        return columns


_columns = _Columns().__getitem__


@cache
def _unusual() -> Callable[[str], list[str]]:
    """Finds all other characters than those that make up nine tenths of a report, which are wide."""
    return re.compile("[^\u3000-\u3029\u4e00-\u9fff\uff01-\uff60]").findall


def width(text: str) -> int:
    """
    Columns that *text* takes in a terminal: two for wide and full-width characters.

    >>> width("（四）ab")
    8
    """
    unusual = _unusual()(text)
    return 2 * (len(text) - len(unusual)) + sum(map(_columns, unusual))
