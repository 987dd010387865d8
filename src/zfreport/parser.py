"""`parse` and `parse_all`: text in, reports out. Short enough to read aloud."""

from __future__ import annotations

from collections.abc import Sequence

from .diagnostics import Code, Diagnostic, Severity
from .frame import frame_report, split_reports
from .headings import DEFAULT, DEFAULT_VETOES, DetectorChain, Veto
from .layout import Line, lay_out
from .nodes import BlockRole, Kind
from .notices import notices
from .outline import resolve
from .paragraphs import find_leads
from .report import Report
from .text import Span
from .tree import Row, build_rows

__all__ = ["parse", "parse_all"]

_SALUTATION = BlockRole.SALUTATION


def parse_all(
    text: str, *, detectors: DetectorChain = DEFAULT, vetoes: Sequence[Veto] = DEFAULT_VETOES
) -> tuple[Report, ...]:
    """
    Every report of *text*, in order. Their spans are disjoint and together cover the text; there is always one.

    Never raises because of what the text says. Raises `TypeError` if *text* is not a `str`.
    """
    if not isinstance(text, str):
        raise TypeError(
            f"parse wants the text of a report as str, got {type(text).__name__}; zfreport.read opens files"
        )
    lines = lay_out(text)
    ranges = split_reports(lines) or [(0, 0)]
    reports = []
    for n, (a, b) in enumerate(ranges):
        start = lines[a].start if n else 0
        end = lines[ranges[n + 1][0]].start if n + 1 < len(ranges) else len(text)
        reports.append(_one(text, lines, a, b, Span(start, end), detectors, vetoes))
    return tuple(reports)


def parse(
    text: str, *, detectors: DetectorChain = DEFAULT, vetoes: Sequence[Veto] = DEFAULT_VETOES
) -> Report:
    """
    The one report of a text. The first, if it holds several: the others stay in it as blocks, with a diagnostic.

    Never raises because of what the text says, ``""`` included.

    >>> report = parse("各位代表：\\n一、2023年工作回顾\\n产业结构持续优化。新增企业12家。")
    >>> report.parts[0].title
    '2023年工作回顾'
    """
    reports = parse_all(text, detectors=detectors, vetoes=vetoes)
    first = reports[0]
    if len(reports) == 1:
        return first
    rows = list(first._rows)
    noticed = list(first._noticed)
    for other in reports[1:]:
        body = other.text.strip()
        start = text.index(body, other.span.start) if body else other.span.start
        rows.append(Row(Kind.BLOCK, start, start + len(body), -1, role=BlockRole.OTHER_REPORT.value))
    starts = ", ".join(str(other.span.start) for other in reports[1:])
    noticed.append(
        Diagnostic(
            Code.SEVERAL_REPORTS,
            Severity.WARNING,
            Span(reports[1].span.start, reports[1].span.start),
            f"want one report, got {len(reports)}: the others start at {starts}; parse_all reads them",
        )
    )
    return Report(
        source=text,
        span=Span(0, len(text)),
        rows=tuple(rows),
        noticed=tuple(noticed),
        options=first._options,
        gaps=first._gaps,
    )


def _one(
    text: str,
    lines: Sequence[Line],
    a: int,
    b: int,
    span: Span,
    detectors: DetectorChain,
    vetoes: Sequence[Veto],
) -> Report:
    frame = frame_report(lines, a, b)
    outline = resolve(lines, frame, detectors, vetoes)
    if "lead" in detectors:
        leads, outline.dividers = find_leads(
            lines,
            outline.body,
            outline.heads,
            outline.annex_at,
            {i for i, role in frame.roles.items() if role is _SALUTATION and i >= frame.body},
        )
        outline.heads += leads
    rows = build_rows(text, lines, frame, outline)
    return Report(
        source=text,
        span=span,
        rows=rows,
        noticed=tuple(
            sorted((*outline.diagnostics, *notices(text, lines, frame, outline)), key=lambda d: d.span)
        ),
        options=()
        if (detectors, vetoes) == (DEFAULT, DEFAULT_VETOES)
        else (("detectors", detectors), ("vetoes", tuple(vetoes))),
        gaps=tuple([gap for line in lines[a:b] if line.gaps for gap in line.gaps]),
    )
