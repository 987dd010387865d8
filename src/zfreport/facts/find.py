"""The questions a report answers: `find_facts`, `find_targets`. Each reads what it needs of the report and nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from ..errors import expect, expect_report
from ..nodes import NOT_SAID, BlockRole, Form, Kind, PartRole
from ..text import Span
from .extraction import Extraction, extract
from .indicators import IndicatorTable
from .model import Fact
from .outline import Outline
from .sense import Years
from .targets import TargetReading, select_targets

if TYPE_CHECKING:
    from ..report import Report
    from ..tree import Row

__all__ = ["find_facts", "find_targets", "outline_of", "read_facts", "read_targets", "years_of"]

_PART, _ANNEX, _BLOCK = Kind.PART, Kind.ANNEX, Kind.BLOCK
_FURNITURE, _INLINE = BlockRole.FURNITURE, Form.INLINE
_END = attrgetter("end")
_NO_ROWS: tuple[tuple[Any, ...], ...] = ((),) * 12
_MASKED = re.compile(r"20(?:[xX×*＊]{2}|[xX×]\d|\d[xX×])年")


def find_facts(report: Report, table: IndicatorTable | None = None) -> tuple[Fact, ...]:
    """Every fact of *report*, in text order; targets are among them."""
    _check(report, table, "find_facts")
    return read_facts(report, table).facts


def find_targets(report: Report, table: IndicatorTable | None = None) -> TargetReading:
    """The targets of *report* and what was noticed about them; see `select_targets`."""
    _check(report, table, "find_targets")
    return read_targets(report, read_facts(report, table))


def _check(report: Report, table: IndicatorTable | None, who: str) -> None:
    expect_report(report, who)
    if table is not None:
        expect(
            table,
            IndicatorTable,
            f"{who} wants a table of indicators",
            "; default_table().with_indicators(…) makes one",
        )


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
    parts = _parts(report)
    plan = next((Span(start, end) for start, end, role in parts if role == PartRole.PLAN), None)
    if plan is None and parts:  # cut off after the review, or nothing but goals for five years
        plan = Span(*parts[-1][:2])
    years = years_of(report)
    period = str(years.plan) if years.plan else "20xx" if years.masked else ""
    return select_targets(extraction.facts, plan, period)


def outline_of(report: Report) -> Outline:
    """Roles, headings and level of *report*, flat: of its rows, as its nodes are not needed for it."""
    rows = report._rows
    kinds, starts, ends, parents, titles, _, title_ends, _, _, roles, *_ = (
        zip(*rows, strict=True) if rows else _NO_ROWS
    )
    paths: list[tuple[str, ...]] = []
    for parent, title in zip(parents, titles, strict=True):
        above = paths[parent] if parent >= 0 else ()
        paths.append((*above, title) if title else above)
    said: Sequence[Row] = rows
    if _FURNITURE in roles:  # a page may end in mid-sentence
        said = [row for row in rows if row.kind is not _BLOCK or row.role != _FURNITURE]
    heads = {row.start for row in said if row.form is not _INLINE}
    heads.update(map(_END, said), title_ends)
    heads.discard(-1)  # where the title of a row ends that has none
    outside = [
        (start, end)
        for kind, start, end, role in zip(kinds, starts, ends, roles, strict=True)
        if kind is _ANNEX or (kind is _BLOCK and role in NOT_SAID)
    ]
    return Outline(
        roles=_parts(report),
        starts=starts,
        paths=tuple(paths),
        ends=ends,
        above=parents,
        heads=frozenset(heads),
        level=_value(report, "level") or "",
        region=getattr(_value(report, "region"), "name", ""),
        outside=tuple(outside),
    )


def _parts(report: Report) -> tuple[tuple[int, int, str], ...]:
    return tuple(
        [
            (row.start, row.end, row.role or str(PartRole.OTHER))
            for row in report._rows
            if row.parent < 0 and row.kind is _PART
        ]
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
