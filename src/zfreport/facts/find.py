"""The questions a report answers: `find_facts`, `find_targets`. Each reads what it needs of the report and nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ..nodes import Block, BlockRole, Kind, Node
from .extraction import Extraction, Outline, extract
from .indicators import IndicatorTable
from .model import Fact
from .targets import TargetReading, select_targets
from .timeline import Years

if TYPE_CHECKING:
    from ..report import Report

__all__ = ["find_facts", "find_targets", "outline_of", "read_facts", "read_targets", "years_of"]

_MASKED = re.compile(r"20(?:[xX×*＊]{2}|[xX×]\d|\d[xX×])年")
# What is in the text and not said by this report: another report, a second copy, the page around it, explained terms.
_OUTSIDE = frozenset(
    (BlockRole.OTHER_REPORT, BlockRole.DUPLICATE, BlockRole.FURNITURE, BlockRole.METADATA, BlockRole.CONTENTS)
)


def find_facts(report: Report, table: IndicatorTable | None = None) -> tuple[Fact, ...]:
    """Every fact of *report*, in text order; targets are among them."""
    return read_facts(report, table).facts


def find_targets(report: Report, table: IndicatorTable | None = None) -> TargetReading:
    """The targets of *report* and what was noticed about them; see `select_targets`."""
    return read_targets(report, read_facts(report, table))


def read_facts(report: Report, table: IndicatorTable | None = None) -> Extraction:
    """The facts of *report* with the diagnostics of reading them."""
    return extract(
        report.source,
        report.quantities,
        outline_of(report),
        years_of(report),
        start=report.span.start,
        end=report.span.end,
        table=table,
    )


def read_targets(report: Report, extraction: Extraction) -> TargetReading:
    """The targets among facts that were read already."""
    parts = report.parts
    plan = next((p.span for p in parts if p.role == "plan"), None)
    if plan is None and parts:  # cut off after the review, or nothing but goals for five years
        plan = parts[-1].span
    years = years_of(report)
    period = str(years.plan) if years.plan else "20xx" if years.masked else ""
    return select_targets(extraction.facts, plan, period)


def outline_of(report: Report) -> Outline:
    """Roles, headings and level of *report*, flat."""
    starts: list[int] = []
    paths: list[tuple[str, ...]] = []
    heads: set[int] = set()
    outside: list[tuple[int, int]] = []

    # a node, or where one ends; no recursion, as deep as a text may nest
    stack: list[tuple[Node | int, tuple[str, ...]]] = [(child, ()) for child in reversed(report.children)]
    while stack:
        node, path = stack.pop()
        if isinstance(node, int):
            starts.append(node)
            paths.append(path)
            continue
        span = node.span
        if not (
            isinstance(node, Block) and node.role is BlockRole.FURNITURE
        ):  # a page may end in mid-sentence
            heads.add(span.start)
            heads.add(span.end)
        stack.append((span.end, path))
        if node.kind is Kind.ANNEX or (isinstance(node, Block) and node.role in _OUTSIDE):
            outside.append((span.start, span.end))
        if node.title:
            path = (*path, node.title)
            if node.title_span is not None:
                heads.add(node.title_span.end)
        starts.append(span.start)
        paths.append(path)
        stack.extend((child, path) for child in reversed(node.children))
    roles = tuple((p.span.start, p.span.end, str(p.role)) for p in report.parts)
    return Outline(
        roles=roles,
        starts=tuple(starts),
        paths=tuple(paths),
        heads=frozenset(heads),
        level=_value(report, "level") or "",
        region=getattr(_value(report, "region"), "name", ""),
        outside=tuple(outside),
    )


def years_of(report: Report) -> Years:
    """The years *report* speaks of, from its metadata."""
    review, plan = _value(report, "review_year"), _value(report, "plan_year")
    inferred = bool(getattr(report.metadata.plan_year, "inferred", False))
    masked = (inferred or plan is None) and _MASKED.search(
        report.source, report.span.start, report.span.end
    ) is not None
    return Years(review if isinstance(review, int) else None, plan if isinstance(plan, int) else None, masked)


def _value(report: Report, name: str) -> Any:
    metadata = getattr(report, "metadata", None)
    return getattr(getattr(metadata, name, None), "value", None)
