"""Why a line is a heading of its level, or why it is not: the reasons that the resolver gave, for one place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from .errors import expect_report
from .frame import frame_report, split_reports
from .headings import DEFAULT, DEFAULT_VETOES
from .headings.leads import sentences
from .layout import Line, lay_out
from .nodes import Evidence, Kind, Node
from .outline import resolve
from .paragraphs import objection
from .text import LineIndex, Span

if TYPE_CHECKING:
    from .facts import Fact
    from .report import Report

__all__ = ["Explanation", "explain"]


@frozen
class Explanation:
    """The reasons for what stands at one place of a report. ``print`` it, or read the fields."""

    offset: int
    span: Span
    """The logical line."""
    node: Node | None
    """The innermost node."""
    path: tuple[str, ...]
    """The titles above it."""
    heading: bool
    """Whether the place lies in the heading of `node`."""
    supports: tuple[Evidence, ...]
    """What speaks for the heading."""
    refused: tuple[Evidence, ...]
    """Headings that were seen on the line and refused: rule, words, reason."""
    facts: tuple[Fact, ...]
    """Facts whose words cover the place, each with its rule."""
    _shown: str = ""

    def __str__(self) -> str:
        return self._shown


def explain(report: Report, offset: int) -> Explanation:
    """The reasons at *offset*. Raises `IndexError` outside the report."""
    expect_report(report, "explain")
    node = report.at(offset)
    source = report.source
    options = dict(report._options)
    lines = lay_out(source)
    texts = [line.text for line in lines]
    a, b = next(
        (
            (a, b)
            for a, b in split_reports(lines, texts) or [(0, 0)]
            if a < b and lines[a].start <= offset < lines[b - 1].end
        ),
        (0, len(lines)),
    )
    frame = frame_report(texts, a, b)
    outline = resolve(lines, frame, options.get("detectors", DEFAULT), options.get("vetoes", DEFAULT_VETOES))
    at = next((i for i, line in enumerate(lines) if line.start <= offset < line.end), None)
    span = Span(lines[at].start, lines[at].end) if at is not None else Span(offset, offset)
    refused = tuple(
        Evidence(
            rule,
            lines[i].span(candidate.start, max(candidate.title[1], candidate.start + 1)),
            f"{candidate.style}: {reason}",
        )
        for i, candidate, rule, reason in outline.refused
        if i == at
    )
    heading = bool(node and node.title_span and node.span.start <= offset < node.title_span.end)
    if at is not None and not heading:
        refused += tuple(_lead_objections(lines[at], offset))
    facts = tuple(f for f in report.facts if f.span.start <= offset < f.span.end)
    path = report.path(node) if node else ()
    supports = node.evidence if node and heading else ()
    shown = "\n".join(_show(source, offset, node, path, heading, supports, refused, facts))
    return Explanation(offset, span, node, path, heading, supports, refused, facts, shown)


def _lead_objections(line: Line, offset: int) -> list[Evidence]:
    for s in sentences(line.text):
        span = line.span(s.start, s.end)
        if span.start <= offset < span.end:
            why = (
                objection(s, len(line.text) - s.end)
                if s.start == 0
                else "it stands inside its paragraph, and no series of its shape divides that"
            )
            return [
                Evidence(
                    "lead",
                    line.span(s.start, s.start + len(s.title)),
                    why or "no other paragraph under this heading opens so",
                )
            ]
    return []


def _show(
    source: str,
    offset: int,
    node: Node | None,
    path: tuple[str, ...],
    heading: bool,
    supports: tuple[Evidence, ...],
    refused: tuple[Evidence, ...],
    facts: tuple[Fact, ...],
) -> list[str]:
    line, column = LineIndex(source).place(offset)
    if node is None:
        shown = [f"{line}:{column} lies between nodes"]
    elif heading:
        number = f" {node.marker.text}" if node.marker else ""
        shown = [
            f"{line}:{column} is the heading of {_a(node.kind)}, level {len(path) + 1}:{number} {node.title} (confidence {node.confidence:.2f})"
        ]
    elif node.kind is Kind.BLOCK:
        shown = [f"{line}:{column} is a block: {getattr(node, 'role', '')}"]
    else:
        shown = [
            f"{line}:{column} is body of {_a(node.kind)}{': ' + node.title if node.title else ''}, no heading"
        ]
    if path:
        shown.append("  under " + " / ".join(path))
    shown += [f"  for: {e.rule}: {source[e.span.start : e.span.end][:30]!r} {e.detail}" for e in supports]
    shown += [f"  not: {e.rule}: {source[e.span.start : e.span.end][:30]!r} {e.detail}" for e in refused]
    shown += [f"  fact: {f.indicator} by {f.rule} (confidence {f.confidence:.2f})" for f in facts]
    return shown


def _a(kind: Kind) -> str:
    return f"{'an' if kind[0] in 'aei' else 'a'} {kind}"
