"""
Two years of one region together, and many regions of one year.

Last year's targets meet this year's figures; last year's pledges meet what this year's report says of them. The
answer is met or missed only where the numbers say so; the rest is ``cannot_say`` with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from ..errors import UnknownNameError, expect, expect_name, expect_report
from ..text import Span
from .indicators import IndicatorTable, default_table
from .model import Bound, Fact, FactKind, Horizon, Modality, Pledge, Target, Tier
from .reading import Reading

if TYPE_CHECKING:
    from ..report import Report

__all__ = ["Comparison", "Kept", "Outcome", "Promised", "Ranked", "compare", "rank"]


class Outcome(StrEnum):
    """What became of a target."""

    MET = "met"
    MISSED = "missed"
    CHANGED_DEFINITION = "changed_definition"
    """The later report gives a successor of the indicator, or counts on another basis."""
    CANNOT_SAY = "cannot_say"


@frozen(kw_only=True)
class Kept:
    """A target and what was reported of it a year later."""

    target: Target
    actual: Fact | None
    outcome: Outcome
    reason: str
    """Why, in a few words."""
    again: Target | None = None
    """What the later report aims at itself, of the same indicator, kind and filter; or, if it names no number, in words."""


@frozen(kw_only=True)
class Promised:
    """A pledge and the sentence of the later report that speaks of the same thing, if one does."""

    pledge: Pledge
    said: str
    said_span: Span | None
    likeness: float
    """Share of the pledge's two-character words that the sentence has too; 0 if no sentence was near enough."""


@frozen(kw_only=True)
class Comparison:
    """Last year's targets and pledges in the light of this year's report."""

    targets: tuple[Kept, ...]
    pledges: tuple[Promised, ...]
    general: str
    """What the later report says of the pledges as a whole: 十件民生实事全部完成. Empty if nothing."""
    general_span: Span | None
    """Where that stands in the later report."""
    consecutive: bool | None
    """Whether the later report reviews the year that the earlier one plans; ``None`` if a year is unknown."""


@frozen(kw_only=True)
class Ranked:
    """One region's target beside the others'."""

    place: int | None
    """1 for the highest; equal targets share a place; ``None`` without a number."""
    region: str
    target: Target
    sentence: str
    report: int
    """Which of the reports it was, from 0."""


_SUCCESSOR = {"income_rural_net": "income_rural", "unemployment_registered": "unemployment_surveyed"}
_ADJUSTED = ("同口径", "可比口径", "自然口径")
_CLOSE = Decimal("0.1")
"""左右 has no width; a shortfall of less than this part of the target is not called missed."""
_GENERAL = re.compile(
    r"(?:实事|民生工程|民生项目)[^。;]{0,30}?(?:完成|兑现|办结|办成|落地|见效)|(?:完成|兑现|办结|办成|办好)[^。;]{0,20}?(?:实事|民生工程)"
)
_LIKE = 0.34


def compare(earlier: Report, later: Report, table: IndicatorTable | None = None) -> Comparison:
    """
    Pair the targets and pledges of *earlier* with what *later*, a year on, reports.

    >>> import zfreport
    >>> a = zfreport.parse("一、2023年工作安排\\n主要预期目标是：地区生产总值增长6%左右。")
    >>> b = zfreport.parse("一、2023年工作回顾\\n地区生产总值增长6.2%。")
    >>> [(str(k.outcome), str(k.actual.low)) for k in zfreport.compare(a, b).targets]
    [('met', '6.2')]
    """
    expect_report(earlier, "compare")
    expect_report(later, "compare")
    table = table or default_table()
    done = [
        f
        for f in later.facts
        if f.modality is not Modality.TARGET and f.horizon is Horizon.YEAR and f.parent != f.indicator
    ]
    planned: dict[tuple[str, FactKind | None, str], Target] = {}
    for t in _planned(later):
        planned.setdefault((t.indicator, t.kind, t.filter), t)
    kept = tuple(
        evolve(
            _judge(t, done, table),
            again=planned.get((t.indicator, t.kind, t.filter)) or planned.get((t.indicator, None, t.filter)),
        )
        for t in _planned(earlier)
    )
    plan, review = _year(earlier, "plan_year"), _year(later, "review_year")
    sentences = _review_sentences(later)
    general = next(((span, text) for span, text, _ in sentences if _GENERAL.search(text)), None)
    return Comparison(
        targets=kept,
        pledges=tuple(_find_again(p, sentences) for p in earlier.pledges),
        general=general[1] if general else "",
        general_span=general[0] if general else None,
        consecutive=plan == review if plan and review else None,
    )


def _planned(report: Report) -> list[Target]:
    """The targets of the year that *report* plans, without what it would like beyond them."""
    return [
        t
        for t in report.targets
        if t.horizon is Horizon.YEAR and t.tier is Tier.BASE and t.bound is not Bound.ABSENT
    ]


def _year(report: Report, name: str) -> int | None:
    value = getattr(getattr(report.metadata, name), "value", None)
    return value if isinstance(value, int) else None


def _judge(target: Target, done: Sequence[Fact], table: IndicatorTable) -> Kept:
    def kept(actual: Fact | None, outcome: Outcome, reason: str) -> Kept:
        return Kept(target=target, actual=actual, outcome=outcome, reason=reason)

    # 签约亿元以上项目 is met by what was signed, and 省级创新平台 by those of the province
    done = [f for f in done if f.filter == target.filter]
    same = [f for f in done if f.indicator == target.indicator]
    # of several years that the review tells of, the one that was planned
    same = [f for f in same if f.period == target.period] or same
    if not same:
        successor = _SUCCESSOR.get(target.indicator, "")
        new = next((f for f in done if f.indicator == successor), None)
        if new is not None:
            return kept(new, Outcome.CHANGED_DEFINITION, f"reported as {successor}")
        return kept(None, Outcome.CANNOT_SAY, "not reported")
    if target.bound in (Bound.RELATIVE, Bound.QUALITATIVE):
        return _judge_words(target, same, done)
    if target.kind is None:
        return kept(same[0], Outcome.CANNOT_SAY, f"the target is {target.bound}")
    actual = next(
        (f for f in same if f.kind == target.kind and f.unit == target.unit and f.low is not None), None
    )
    if actual is None:
        return kept(same[0], Outcome.CANNOT_SAY, f"no {target.kind} reported")
    if any((word in target.basis) != (word in actual.basis) for word in _ADJUSTED):
        return kept(actual, Outcome.CHANGED_DEFINITION, "another basis")
    value = actual.low
    assert value is not None
    polarity = table[target.indicator].polarity if target.indicator in table else "up"
    # of prices, unemployment and energy less is better; a fall of 3 % is -3
    cap = target.low is None or (polarity == "down" and target.high is not None)
    wanted = target.high if cap else target.low
    if wanted is None:
        return kept(actual, Outcome.CANNOT_SAY, "the target has no number")
    short = value - wanted if cap else wanted - value
    if short < 0 or (short == 0 and target.bound not in (Bound.ABOVE, Bound.BELOW)):
        return kept(actual, Outcome.MET, f"{value:f} against {wanted:f}")
    if target.bound is Bound.ABOUT and short <= abs(wanted) * _CLOSE:
        return kept(actual, Outcome.CANNOT_SAY, f"{value:f} against about {wanted:f}")
    return kept(actual, Outcome.MISSED, f"{value:f} against {wanted:f}")


def _judge_words(target: Target, same: Sequence[Fact], done: Sequence[Fact]) -> Kept:
    actual = next((f for f in same if f.kind is FactKind.GROWTH and f.low is not None), None)
    outcome, reason = Outcome.CANNOT_SAY, "no growth reported"
    if actual is not None and actual.low is not None:
        reason = f"the target is {target.bound}"
        if target.bound is Bound.QUALITATIVE and "正增长" in target.wording:
            outcome = Outcome.MET if actual.low > 0 else Outcome.MISSED
            reason = f"grew by {actual.low}"
        elif "经济" in target.comparator or "生产总值" in target.comparator:
            economy = next(
                (f for f in done if f.indicator == "gdp" and f.kind is FactKind.GROWTH and f.low is not None),
                None,
            )
            if economy is not None and economy.low is not None:
                reason = f"grew by {actual.low}, the economy by {economy.low}"
                if actual.low >= economy.low:
                    outcome = Outcome.MET
    return Kept(target=target, actual=actual, outcome=outcome, reason=reason)


def _review_sentences(report: Report) -> list[tuple[Span, str, set[str]]]:
    """What is said of the year that was: place, text and two-character words of each sentence."""
    out = []
    for part in report.parts:
        if part.role in ("review", "other"):
            reading = Reading.of(report.source, part.span.start, part.span.end)
            out += [
                (reading.span(start, end), said := reading.text[start:end].strip(), _words(said))
                for start, end in reading.sentences()
                if end - start > 4
            ]
    return out


def _words(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1) if text[i] >= "\u4e00" and text[i + 1] >= "\u4e00"}


def _find_again(pledge: Pledge, sentences: Sequence[tuple[Span, str, set[str]]]) -> Promised:
    wanted = _words(Reading.of(pledge.title or pledge.text).text)
    best: tuple[float, Span | None, str] = (0.0, None, "")
    for span, text, words in sentences:
        if wanted:
            likeness = len(wanted & words) / len(wanted)
            if likeness > best[0]:
                best = (likeness, span, text)
    if best[0] < _LIKE:
        best = (0.0, None, "")
    return Promised(pledge=pledge, said=best[2], said_span=best[1], likeness=round(best[0], 2))


def rank(
    reports: Iterable[Report],
    indicator: str,
    kind: str | None = None,
    table: IndicatorTable | None = None,
    *,
    period: str = "",
) -> tuple[Ranked, ...]:
    """
    The year's targets of many regions for one indicator, highest first; those without a number stand last.

    *kind*: what is ranked, ``growth`` or ``level`` and the like; without it what most of the reports state: growth of GDP,
    the number of new jobs. *period*: the year (``"2024"``) whose targets are ranked; without it those of every report's own year are, side
    by side.
    Raises `UnknownNameError` for an *indicator* that the table does not have and a *kind* that there is not, `TypeError`
    for what is no report.
    """
    table = table or default_table()
    if indicator not in table:
        raise UnknownNameError("indicator", indicator, table.indicators)
    if kind is not None:
        expect_name("kind", kind, FactKind)
    expect(period, str, 'rank wants a period as str, as "2024"')
    expect(reports, Iterable, "rank wants an iterable of Reports")
    stated: list[tuple[int, Report, list[Target]]] = []
    for n, report in enumerate(reports):
        expect_report(report, "rank")
        mine = [
            t
            for t in report.targets
            if t.indicator == indicator
            and not t.filter
            and t.horizon is Horizon.YEAR
            and t.tier is Tier.BASE
            and period in ("", t.period)
        ]
        stated.append((n, report, mine))
    if kind is None:
        kinds = Counter(k for _, _, mine in stated for k in {t.kind for t in mine if t.kind is not None})
        kind = max(kinds, key=lambda k: (kinds[k], k is FactKind.GROWTH), default=FactKind.GROWTH)
    rows: list[tuple[Decimal | None, Ranked]] = []
    for n, report, targets in stated:
        mine = [t for t in targets if t.kind is None or t.kind == kind]
        if not mine:
            continue
        target = next((t for t in mine if t.kind is not None), mine[0])
        region = getattr(getattr(report.metadata, "region", None), "value", None)
        name = getattr(region, "name", None) or (str(region) if region else "")
        sentence = "" if target.bound is Bound.ABSENT else report.source[target.sentence_span.slice].strip()
        value = target.low if target.low is not None else target.high
        rows.append((value, Ranked(place=None, region=name, target=target, sentence=sentence, report=n)))
    numbered = sorted((r for r in rows if r[0] is not None), key=lambda r: -r[0])  # type: ignore[operator]
    values = [value for value, _ in numbered]
    out = [
        Ranked(
            place=values.index(value) + 1,
            region=r.region,
            target=r.target,
            sentence=r.sentence,
            report=r.report,
        )
        for value, r in numbered
    ]
    return (*out, *(r for value, r in rows if value is None))
