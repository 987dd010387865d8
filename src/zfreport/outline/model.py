"""What the resolver works on and what it gives: accepted headings, refused candidates, diagnostics."""

from __future__ import annotations

from operator import attrgetter

from attrs import define, field

from ..diagnostics import Diagnostic
from ..headings.model import Candidate
from ..nodes import Form, Kind

__all__ = ["PARAGRAPH", "RANK_LINE", "RANK_PART", "RANK_REFRAIN", "Head", "Outline", "Refusal", "in_order"]

PARAGRAPH = 60
"""Characters from which a line is a paragraph rather than a heading."""

RANK_PART = 5
"""Usual depth of an un-numbered part: above 一、 and below 第一部分."""
RANK_REFRAIN = 48
"""… of a refrain on a line of its own (五年来，我们…。): above the short lines under it."""
RANK_LINE = 50
"""… of any other un-numbered line."""

Refusal = tuple[int, Candidate, str, str]
"""A candidate that was refused: line, candidate, rule, reason."""


Reason = tuple[str, int, int, str]
"""(rule, start, end, detail), places as indices into the line's text."""


class Head:
    """A heading that was accepted, on its way into the tree."""

    __slots__ = (
        "candidate",
        "confidence",
        "depth",
        "form",
        "kind",
        "line",
        "marker",
        "rank",
        "reach",
        "reasons",
        "start",
        "style",
        "title",
        "title_line",
        "value",
    )

    candidate: Candidate
    """What it was made of (`of`). A lead sentence was never a candidate, and has none."""

    def __init__(
        self,
        line: int,
        style: str,
        title: tuple[int, int],
        marker: tuple[int, int] | None,
        value: int | None,
        form: Form,
        rank: int,
        kind: Kind,
        confidence: float,
        reason: Reason,
        depth: int = 0,
    ) -> None:
        self.line = line
        # as in `Candidate`
        self.style = style
        self.title = title
        self.marker = marker
        self.value = value
        self.form = form
        self.rank = rank
        self.kind = kind
        self.confidence = confidence
        self.reasons = [reason]
        self.depth = depth
        self.title_line: int | None = None
        """The line of the title, where it stands below its marker (附件1 ⏎ 名词解释)."""
        self.reach = -1
        """Of a point: the last line with a lead that stands under it."""
        start = title[0]
        self.start = start if marker is None or marker[0] > start else marker[0]

    @classmethod
    def of(
        cls, line: int, candidate: Candidate, rank: int, kind: Kind, confidence: float, detail: str = ""
    ) -> Head:
        """A head whose one reason is what its detector saw."""
        c = candidate
        title, marker = c.title, c.marker
        start, end = marker or title
        reason = (c.style, start, end, detail or c.detail)
        head = cls(line, c.style, title, marker, c.value, c.form, rank, kind, confidence, reason)
        head.candidate = candidate
        return head


@define
class Outline:
    """What the resolver found."""

    heads: list[Head]
    """Each with depth and kind: those of `resolve` in text order, and behind them the leads."""
    refused: list[Refusal]
    diagnostics: list[Diagnostic]
    body: list[int]
    """Lines that are body or annex."""
    annex_at: int
    """The first line of the annexes, or behind the body."""
    untitled: bool
    """Whether the whole body stands in one Part without a title."""
    dividers: set[int] = field(factory=set)
    """Lines (各位代表！…) that close a section back to its part."""


def in_order(heads: list[Head]) -> list[Head]:
    """Heads in text order."""
    return sorted(heads, key=_place)


_place = attrgetter("line", "start")
