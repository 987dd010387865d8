"""What the resolver works on and what it gives: accepted headings, refused candidates, diagnostics."""

from __future__ import annotations

from operator import attrgetter

from attrs import define, field

from ..diagnostics import Diagnostic
from ..headings.leads import Sentence
from ..headings.model import Candidate
from ..nodes import Form, Kind

__all__ = [
    "PARAGRAPH",
    "RANK_LINE",
    "RANK_PART",
    "RANK_REFRAIN",
    "Head",
    "Lead",
    "Outline",
    "Refusal",
    "in_order",
]

# members looked up on their classes cost ten times as much
_ITEM = Kind.ITEM
_INLINE, _RUNIN = Form.INLINE, Form.RUNIN

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
        "reason",
        "start",
        "style",
        "title",
        "title_line",
        "value",
    )

    candidate: Candidate
    """What it was made of. A `Lead` was never a candidate, and has none."""
    # as in `Candidate`
    style: str
    marker: tuple[int, int] | None
    value: int | None
    rank: int
    kind: Kind
    title_line: int | None
    """The line of the title, where it stands below its marker (附件1 ⏎ 名词解释)."""
    reach: int
    """Of a point: the last line with a lead that stands under it."""
    reason: Reason
    """The one that there is: what its detector saw."""

    def __init__(
        self, line: int, candidate: Candidate, rank: int, kind: Kind, confidence: float, detail: str = ""
    ) -> None:
        self.line = line
        self.candidate = candidate
        self.style = style = candidate.style
        self.title = title = candidate.title
        self.marker = marker = candidate.marker
        self.value = candidate.value
        self.form = candidate.form
        self.rank = rank
        self.kind = kind
        self.confidence = confidence
        self.depth = 0
        self.title_line = None
        self.reach = -1
        start, end = marker or title
        self.reason = (style, start, end, detail or candidate.detail)
        self.start = start if start < title[0] else title[0]


class Lead(Head):
    """A lead sentence: most headings of a report are, and what is the same of all of them is not stored in each."""

    __slots__ = ()

    style = "lead"
    marker = None
    value = None
    rank = 100
    kind = _ITEM
    title_line = None
    reach = -1

    def __init__(self, line: int, sentence: Sentence, depth: int, confidence: float, detail: str) -> None:
        start = sentence.start
        end = start + len(sentence.title)
        self.line = line
        self.start = start
        self.title = (start, end)
        self.form = _INLINE if start else _RUNIN
        self.depth = depth
        self.confidence = confidence
        self.reason = ("lead", start, end, detail)


@define
class Outline:
    """What was found: by the resolver, and by the search for leads."""

    heads: list[Head]
    """The headings that are no leads, in text order, each with depth and kind."""
    refused: list[Refusal]
    diagnostics: list[Diagnostic]
    body: list[int]
    """Lines that are body or annex."""
    annex_at: int
    """The first line of the annexes, or behind the body."""
    untitled: bool
    """Whether the whole body stands in one Part without a title."""
    leads: list[Lead] = field(factory=list)
    dividers: set[int] = field(factory=set)
    """Lines (各位代表！…) that close a section back to its part."""


def in_order(heads: list[Head]) -> list[Head]:
    """Heads in text order."""
    return sorted(heads, key=_place)


_place = attrgetter("line", "start")
