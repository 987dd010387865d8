"""
The year's targets out of the facts: each indicator once for each kind, unless the text says two things.

A target restated with the same value is one target. Restated with another bound it stands twice, with a diagnostic
that names the second place. A plan that states no growth of GDP says so: ``absent`` is an answer, not a gap.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from attrs import frozen

from ..diagnostics import Code, Diagnostic, Severity
from ..quick import quick
from ..text import Span
from .filters import is_sized, place_before
from .indicators import default_table
from .model import Bound, Fact, FactKind, Horizon, Modality, Target, Tier
from .stages import is_of_its_own

__all__ = ["TargetReading", "select_targets"]


@frozen
class TargetReading:
    """Targets in text order, and what was noticed about them."""

    targets: tuple[Target, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


_YEAR, _RELATIVE, _BASE = Horizon.YEAR, Bound.RELATIVE, Tier.BASE
_CONFLICT, _WARNING, _INFO = Code.TARGET_CONFLICT, Severity.WARNING, Severity.INFO
_new_diagnostic = quick(Diagnostic)
_OF_THINGS = (FactKind.COUNT, FactKind.CHANGE)
"""新建幼儿园6所 in one place and 创建示范幼儿园15所 in another: of counts the text seldom says whether they are of the same things."""
_SUMS = frozenset(("元", "美元", "%", "个百分点"))


def select_targets(facts: Sequence[Fact], plan: Span | None, period: str) -> TargetReading:
    """
    The targets among *facts*.

    *plan*: where the plan for the year stands or should stand; ``None`` for a text that is no report at all.
    """
    printed = _told_by_name()
    targets: list[Target] = []
    diagnostics: list[Diagnostic] = []
    stated: dict[tuple[object, ...], Target] = {}
    # of what was stated more than once: the first statement as shown, and the values
    again: dict[tuple[object, ...], tuple[str, set[tuple[object, ...]]]] = {}
    for f in facts:
        if not isinstance(f, Target) or (f.filter and not _is_of_its_own(f)):
            continue
        # 提案办复率 and 热线办结率 are of one family, told apart by the printed name, and so is all 覆盖率: no conflict
        name = f.name if f.indicator in printed else ""
        # members of an enumeration by their identity: their hash is worked out in Python
        what = (f.indicator, name, id(f.kind), id(f.horizon), f.tier is _BASE, f.filter)
        first = stated.setdefault(what, f)
        if first is not f:
            if (told := again.get(what)) is None:
                told = again[what] = _shown(first), {_value(first)}
            shown, values = told
            known = len(values)
            values.add(_value(f))
            if len(values) == known or f.kind is None:  # said in words before: no second row
                continue
            if f.horizon is _YEAR:
                message = f"{f.name} has {shown} at {first.span.start} and {_shown(f)} here"
                grade = _WARNING
                if f.kind in _OF_THINGS or f.unit != first.unit:
                    message, grade = message + ", perhaps of other things", _INFO
                diagnostics.append(_new_diagnostic(_CONFLICT, grade, f.span, message))
        targets.append(f)
    if plan is not None and not any(t.indicator == "gdp" and t.horizon is _YEAR for t in targets):
        targets.append(_absent(plan, period))
        diagnostics.append(
            Diagnostic(
                Code.TARGET_ABSENT,
                Severity.INFO,
                Span(plan.start, plan.start),
                "the plan states no growth of GDP",
            )
        )
    return TargetReading(tuple(targets), tuple(diagnostics))


@cache
def _told_by_name() -> frozenset[str]:
    """The indicators whose values are told apart by the printed name."""
    traits = default_table().traits
    return frozenset(id for id, known in traits.items() if known.family or known.pattern)


def _is_of_its_own(f: Fact) -> bool:
    """
    A filter by size, stage or class (亿元以上项目, 省级) makes a target of its own, and so does one that its name prints
    (农村低保标准) or that parts town and country (农村公厕); one by place or kind makes it another region's.
    """
    filter = f.filter
    if is_sized(filter) or f.name.startswith(filter) or filter == "城乡居民":
        return True
    if f.unit != "人":  # 中心城区新增常住人口 is a place's
        filter = filter.removesuffix(place_before(filter))
    return (f.unit not in _SUMS or f.indicator == "key_project_invest") and is_of_its_own(filter)


def _value(t: Target) -> tuple[object, ...]:
    return id(t.bound), t.low, t.high, t.comparator if t.bound is _RELATIVE else ""


def _shown(t: Target) -> str:
    low, high = t.low, t.high
    if low is high:
        ends = "" if low is None else str(low)
    else:
        ends = "–".join(dict.fromkeys([str(x) for x in (low, high) if x is not None]))
    # joined and not formatted: to format a member of an enumeration takes longer than all the rest
    return "".join((t.bound, " ", ends, t.unit))


def _absent(plan: Span, period: str) -> Target:
    return Target(
        indicator="gdp",
        name="",
        kind=None,
        bound=Bound.ABSENT,
        modality=Modality.TARGET,
        period=period,
        span=plan,
        sentence_span=plan,
        rule="absent",
        confidence=0.7,
    )
