"""
Candidates become headings with levels: the resolver.

A marker is not a level. The resolver looks at the whole report: which numbering families there are, which one starts
again inside which, where a number continues and where it cannot. It keeps what it refused, with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..frame import Frame
from ..headings.chain import DetectorChain
from ..headings.model import Veto
from ..layout import Line
from .annexes import annexes, find_annexes
from .feet import feet
from .levels import set_levels
from .model import PARAGRAPH, Head, Lead, Outline
from .numbered import LISTS, inside_paragraphs, numbered
from .proposals import Proposals
from .unnumbered import with_lines, with_parts

__all__ = ["LISTS", "PARAGRAPH", "Head", "Lead", "Outline", "feet", "resolve"]


def resolve(lines: Sequence[Line], frame: Frame, chain: DetectorChain, vetoes: Sequence[Veto]) -> Outline:
    """The headings of one report, in order, each with its depth and kind."""
    p = Proposals(lines, frame, chain, vetoes)
    p.annex_at = find_annexes(p)
    heads = numbered(p)
    heads = inside_paragraphs(p, heads)
    heads = with_parts(p, heads)
    heads = with_lines(p, heads)
    untitled = set_levels(p, heads)
    heads.extend(annexes(p))
    return Outline(heads, p.refused, p.diagnostics, p.body, p.annex_at, untitled)
