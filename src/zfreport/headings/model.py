"""What detectors propose and vetoes refuse: candidates over one logical line. Nothing here decides."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol, runtime_checkable

from attrs import frozen

from ..layout import Line
from ..nodes import Form, Kind
from ..quick import quick

__all__ = ["Candidate", "HeadingDetector", "Veto", "new_candidate", "retitled"]


@frozen
class Candidate:
    """
    A heading that a detector sees on one line. All positions are indices into ``Line.text``.

    >>> Candidate("cjk-comma", marker=(0, 2), title=(2, 6), value=1, rank=10).form
    <Form.LINE: 'line'>
    """

    style: str
    """Name of the detector that proposes it; headings of one style are one numbering family."""
    title: tuple[int, int]
    """The heading's words, without number and final 。：."""
    marker: tuple[int, int] | None = None
    """The printed number or sign, if there is one."""
    value: int | None = None
    """What the marker counts; ``None`` for a dash or no marker."""
    form: Form = Form.LINE
    rank: int = 50
    """Usual depth of the style, 0 (第一部分) to 100 (lead sentence): used where the document itself does not say."""
    kind: Kind | None = None
    """What it must become, or ``None`` to let the resolver say."""
    weight: float = 0.9
    """From 0 to 1: how sure the detector is, looking at this line alone."""
    detail: str = ""
    """What was seen, for `Report.explain`."""

    @property
    def start(self) -> int:
        """Where the heading begins in the line, marker included."""
        start = self.title[0]
        return self.marker[0] if self.marker and self.marker[0] < start else start


new_candidate = quick(Candidate)


def retitled(c: Candidate, title: tuple[int, int], form: Form) -> Candidate:
    """The same candidate with other words: a twentieth of the time of `attrs.evolve`."""
    return new_candidate(c.style, title, c.marker, c.value, form, c.rank, c.kind, c.weight, c.detail)


@runtime_checkable
class HeadingDetector(Protocol):
    """Recognises one style of heading. Stateless: the same line gives the same candidates."""

    @property
    def name(self) -> str:
        """Stable identifier, e.g. ``"cjk-comma"``; unique within a chain."""

    def detect(self, line: Line, /) -> Iterable[Candidate]:
        """Propose headings on *line*, with what was seen. Decides nothing: the resolver does."""


@runtime_checkable
class Veto(Protocol):
    """Refuses candidates that only look like headings."""

    @property
    def name(self) -> str:
        """Stable identifier, e.g. ``"date"``."""

    def refuse(self, line: Line, candidate: Candidate, /) -> str | None:
        """Why *candidate* is no heading, or ``None`` if this veto has nothing against it."""
