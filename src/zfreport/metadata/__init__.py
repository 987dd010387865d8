"""Who, when, where: what a report says of itself, each value with its confidence and its proof."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .front import Labelled, read_days, read_front, read_session, read_speaker, read_title
from .model import Horizon, Known, Level, Metadata, Region, Session, new_evidence, new_known, new_metadata
from .place import read_place
from .years import read_years

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..diagnostics import Diagnostic
    from ..text import Span

__all__ = ["Horizon", "Known", "Level", "Metadata", "Region", "Session", "read_metadata"]

_ISSUING = (
    "政府",
    "办公室",
    "辦公室",
    "政府办",
    "委",
    "委员会",
    "局",
    "人大",
    "秘书处",
    "研究室",
    "厅",
    "廳",
)


def read_metadata(
    source: str, span: Span, body: Span, headings: Sequence[Span] = (), back: Sequence[Span] = ()
) -> tuple[Metadata, tuple[Diagnostic, ...]]:
    """
    The metadata of the report in ``source[span]``, and what was odd about it (ZF501, ZF502, ZF503).

    *body* goes from the first part to the end of the last; *headings* are the titles of the parts, *back* the blocks
    behind the body. A pure function of the text: nothing is looked up outside it but the table of places.

    >>> from zfreport import Span
    >>> text = "政府工作报告\\n——2024年1月18日在云汀县第十七届人民代表大会第三次会议上\\n云汀县人民政府代县长  沈 砚\\n各位代表：\\n一、2023年工作回顾\\n"
    >>> heading = Span(text.index("2023年工作回顾"), len(text) - 1)
    >>> known, _ = read_metadata(text, Span(0, len(text)), Span(heading.start - 2, len(text)), [heading])
    >>> known.review_year.value, known.plan_year.value, known.session.value
    (2023, 2024, Session(term=17, number=3))
    >>> known.region.value.name, known.office.value, known.speaker.value, str(known.delivered.value)
    ('云汀县', '代县长', '沈砚', '2024-01-18')
    """
    front = read_front(source, span, body.start)
    title = read_title(front)
    session, session_span = read_session(front, back)
    delivered, published = read_days(front, session_span)
    speaker, office = read_speaker(front)
    where = read_place(
        front,
        body,
        title.span if title else None,
        session_span if session_span and session_span.end <= front.span.end else None,
        office.span if office else None,
    )
    years = read_years(front, headings, body, title, delivered, published)
    known = new_metadata(
        title=title,
        level=where.level,
        region=where.region,
        review_year=years.review,
        plan_year=years.plan,
        horizon=years.horizon,
        session=session,
        delivered=delivered,
        published=published,
        speaker=speaker,
        office=office,
        issuer=_issuer(source, front.labels) if front.labels else None,
        index_number=_index_number(source, front.labels) if front.labels else None,
    )
    return known, (*years.diagnostics, *where.diagnostics)


def _issuer(source: str, labels: Sequence[Labelled]) -> Known[str] | None:
    for label in labels:
        words = source[label.value.start : label.value.end].strip("。；; ")
        if label.field == "issuer" and words and words != "未知":
            return new_known(words, 0.9, (new_evidence("labelled", label.value),))
    for label in labels:  # a source may be a newspaper, which issues nothing
        words = source[label.value.start : label.value.end].strip("。；; ")
        if label.field == "source" and words.endswith(_ISSUING):
            return new_known(words, 0.6, (new_evidence("labelled-source", label.value),))
    return None


def _index_number(source: str, labels: Sequence[Labelled]) -> Known[str] | None:
    for label in labels:
        words = source[label.value.start : label.value.end]
        if label.field == "index_number" and any(c.isdigit() for c in words) and len(words) <= 40:
            return new_known(words, 0.95, (new_evidence("labelled", label.value),))
    return None
