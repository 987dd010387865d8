"""`parse` and `parse_all`: text in, reports out. Short enough to read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .collector import uncollected
from .diagnostics import Code, Diagnostic, Severity
from .errors import got
from .frame import frame_report, split_reports
from .headings import DEFAULT, DEFAULT_VETOES, DetectorChain, Veto
from .headings.vetoes import checked_vetoes
from .layout import Line, lay_out
from .nodes import BlockRole, Kind
from .notices import notices
from .outline import feet, resolve
from .paragraphs import find_leads
from .report import Report
from .text import Span
from .tree import Row, build_rows

__all__ = ["parse", "parse_all"]

_SALUTATION = BlockRole.SALUTATION


@uncollected
def parse_all(
    text: str, *, detectors: DetectorChain = DEFAULT, vetoes: Sequence[Veto] = DEFAULT_VETOES
) -> tuple[Report, ...]:
    """
    Every report of *text*, in order. Their spans are disjoint and together cover the text; there is always one.

    Never raises because of what the text says. Raises `TypeError` if *text* is not a `str`, *detectors* no
    `DetectorChain` or *vetoes* not all vetoes.
    """
    lines, texts, ranges = _lay_out(text)
    vetoes = _checked(detectors, vetoes)
    return tuple([_one(text, lines, texts, a, b, span, detectors, vetoes) for a, b, span in ranges])


@uncollected
def parse(
    text: str, *, detectors: DetectorChain = DEFAULT, vetoes: Sequence[Veto] = DEFAULT_VETOES
) -> Report:
    """
    The one report of a text. The first, if it holds several: the others stay in it as blocks, with a diagnostic.

    Never raises because of what the text says, ``""`` included; `TypeError` as `parse_all`.

    >>> report = parse("各位代表：\\n一、2023年工作回顾\\n产业结构持续优化。新增企业12家。")
    >>> report.parts[0].title
    '2023年工作回顾'
    """
    lines, texts, [(a, b, span), *rest] = _lay_out(text)
    vetoes = _checked(detectors, vetoes)
    first = _one(text, lines, texts, a, b, span, detectors, vetoes)
    if not rest:
        return first
    others = [other for _, _, other in rest]
    rows = list(first._rows)
    noticed = list(first._noticed)
    for other in others:
        body = text[other.start : other.end].strip()
        start = text.index(body, other.start) if body else other.start
        rows.append(Row(Kind.BLOCK, start, start + len(body), -1, role=BlockRole.OTHER_REPORT.value))
    starts = ", ".join(str(other.start) for other in others)
    noticed.append(
        Diagnostic(
            Code.SEVERAL_REPORTS,
            Severity.WARNING,
            Span(others[0].start, others[0].start),
            f"want one report, got {1 + len(others)}: the others start at {starts}; parse_all reads them",
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


def _lay_out(text: str) -> tuple[Sequence[Line], Sequence[str], list[tuple[int, int, Span]]]:
    """The lines of *text*, their words, and of each of its reports the first line, the one after its last, and the span."""
    if not isinstance(text, str):
        raise TypeError(
            f"parse wants the text of a report as str, got {got(text)}"
            + ("; its text is in .text" if isinstance(getattr(text, "text", None), str) else "")
            + "; zfreport.read opens files, zfreport.load parses them"
        )
    lines = lay_out(text)
    texts = [line.text for line in lines]
    ranges = split_reports(lines, texts) or [(0, 0)]
    starts = [0, *(lines[a].start for a, _ in ranges[1:]), len(text)]
    return lines, texts, [(a, b, Span(*ends)) for (a, b), ends in zip(ranges, pairwise(starts), strict=True)]


def _checked(detectors: DetectorChain, vetoes: Sequence[Veto]) -> Sequence[Veto]:
    """The vetoes as a tuple. Refuses what a caller gave in place of either."""
    if detectors is not DEFAULT and not isinstance(detectors, DetectorChain):
        raise TypeError(
            f"parse wants detectors as a DetectorChain, got {got(detectors)}; zfreport.headings.DEFAULT is the built-in "
            "one, its methods before, after, replace and without make others"
        )
    return vetoes if vetoes is DEFAULT_VETOES else checked_vetoes(vetoes)


def _one(
    text: str,
    lines: Sequence[Line],
    texts: Sequence[str],
    a: int,
    b: int,
    span: Span,
    detectors: DetectorChain,
    vetoes: Sequence[Veto],
) -> Report:
    frame = frame_report(texts, a, b)
    outline = resolve(lines, frame, detectors, vetoes)
    if "lead" in detectors:
        outline.leads, outline.dividers = find_leads(
            lines,
            outline.body,
            outline.heads,
            outline.annex_at,
            {i for i, role in frame.roles.items() if role is _SALUTATION and i >= frame.body},
        )
    outline.dividers |= feet(lines, outline.body, outline.heads, outline.leads, outline.annex_at)
    rows = build_rows(text, lines, frame, outline)
    return Report(
        source=text,
        span=span,
        rows=rows,
        noticed=tuple(
            sorted((*outline.diagnostics, *notices(text, lines, frame, outline, rows)), key=lambda d: d.span)
        ),
        options=()
        if (detectors, vetoes) == (DEFAULT, DEFAULT_VETOES)
        else (("detectors", detectors), ("vetoes", tuple(vetoes))),
        gaps=tuple([gap for line in lines[a:b] if line.gaps for gap in line.gaps]),
    )
