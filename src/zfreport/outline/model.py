"""What the resolver works on and what it gives: accepted headings, refused candidates, diagnostics."""

from __future__ import annotations

from operator import attrgetter

from attrs import define, field

from ..diagnostics import Diagnostic
from ..headings.model import Candidate
from ..nodes import Kind

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
        "kind",
        "line",
        "rank",
        "reasons",
        "start",
        "style",
        "title_line",
        "value",
    )

    def __init__(
        self,
        line: int,
        candidate: Candidate,
        rank: int,
        kind: Kind,
        confidence: float,
        reasons: list[Reason],
        depth: int = 0,
    ) -> None:
        self.line = line
        self.candidate = candidate
        self.rank = rank
        self.kind = kind
        self.confidence = confidence
        self.reasons = reasons
        self.depth = depth
        self.title_line: int | None = None
        """The line of the title, where it stands below its marker (附件1 ⏎ 名词解释)."""
        # of the candidate, and read again and again
        self.style = candidate.style
        self.value = candidate.value
        start = candidate.title[0]
        marker = candidate.marker
        self.start = start if marker is None or marker[0] > start else marker[0]

    @classmethod
    def of(
        cls, line: int, candidate: Candidate, rank: int, kind: Kind, confidence: float, detail: str = ""
    ) -> Head:
        """A head whose one reason is what its detector saw."""
        start, end = candidate.marker or candidate.title
        reason = (candidate.style, start, end, detail or candidate.detail)
        return cls(line, candidate, rank, kind, confidence, [reason])


@define
class Outline:
    """What the resolver found."""

    heads: list[Head]
    """In text order, each with depth and kind."""
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
