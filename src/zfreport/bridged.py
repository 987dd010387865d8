"""A text without the breaks and page numbers that stand in the middle of its sentences, and the way back."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from attrs import field, frozen

from .text import Span

__all__ = ["Bridged"]


@frozen
class Bridged:
    """
    A stretch of a source for matching, with its gaps left out.

    >>> source = "投资45亿元\\n— 3 —\\n以上"
    >>> bridged = Bridged.over(source, Span(0, len(source)), [Span(6, 13)])
    >>> bridged.text, bridged.back(Span(2, 8)), bridged.to(13)
    ('投资45亿元以上', Span(start=2, end=15), 6)
    """

    text: str
    _views: Sequence[int] = field(repr=False)
    """Where in `text` each of its runs begins …"""
    _places: Sequence[int] = field(repr=False)
    """… and where in the source."""

    @classmethod
    def over(cls, source: str, span: Span, gaps: Sequence[Span]) -> Bridged:
        """``source[span]`` without *gaps*, which are in order of their beginnings."""
        runs: list[str] = []
        views: list[int] = []
        places: list[int] = []
        size, at = 0, span.start
        for start, end in [*gaps, (span.end, span.end)]:
            if end <= at or start > span.end:
                continue
            start = max(start, at)
            runs.append(source[at:start])
            views.append(size)
            places.append(at)
            size += start - at
            at = end
        if not runs:
            runs, views, places = [source[span.start : span.end]], [0], [span.start]
        return cls("".join(runs), views, places)

    def back(self, span: Span) -> Span:
        """Where in the source a stretch of `text` stands, the gaps inside it included."""
        start = self._place(span.start)
        return Span(start, self._place(span.end - 1) + 1 if span.end > span.start else start)

    def runs(self) -> Iterator[tuple[int, int]]:
        """Where each run ends in `text`, and how far behind it stands in the source: for whoever goes through hundreds of spans."""
        for place, view, end in zip(
            self._places, self._views, [*self._views[1:], len(self.text)], strict=True
        ):
            yield end, place - view

    def _place(self, index: int) -> int:
        run = bisect_right(self._views, index) - 1
        return self._places[run] + index - self._views[run]

    def to(self, place: int) -> int:
        """The place in `text` of offset *place* of the source; inside a gap, the place of the gap."""
        run = max(bisect_right(self._places, place) - 1, 0)
        end = self._views[run + 1] if run + 1 < len(self._views) else len(self.text)
        return min(self._views[run] + max(place - self._places[run], 0), end)
