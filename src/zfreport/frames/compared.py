"""What `zfreport.compare` found as a table: each target and pledge of one year beside what the next report says."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ..errors import expect, expect_name, expect_report
from .arrow import fitting
from .schema import DECIMAL, VERSION, labels_of, need_pyarrow

if TYPE_CHECKING:
    import pyarrow

    from ..facts import Comparison, Fact
    from ..report import Report
    from ..text import Span

__all__ = ["comparison_table", "reason_in"]

_COLUMNS = (
    ("what", "类别", "What"),
    ("name", "指标或实事", "Indicator or pledge"),
    ("indicator", "指标代码", "Indicator id"),
    ("kind", "口径", "Kind"),
    ("target", "上年目标", "Target then"),
    ("target_low", "目标下限", "Target, low"),
    ("target_high", "目标上限", "Target, high"),
    ("actual", "完成情况", "Reported"),
    ("actual_low", "完成下限", "Reported, low"),
    ("actual_high", "完成上限", "Reported, high"),
    ("unit", "单位", "Unit"),
    ("outcome", "结果", "Outcome"),
    ("reason", "说明", "Reason"),
    ("target_now", "今年目标", "Target now"),
    ("target_now_low", "今年下限", "Target now, low"),
    ("target_now_high", "今年上限", "Target now, high"),
    ("target_sentence", "目标原句", "Sentence of the target"),
    ("actual_sentence", "完成原句", "Sentence of the report"),
    ("target_start", "目标起点", "Offset of the target"),
    ("actual_start", "完成起点", "Offset of what is reported"),
)


def comparison_table(
    earlier: Report, later: Report, comparison: Comparison, *, language: str = "zh"
) -> pyarrow.Table:
    """
    One row per target of *earlier*, then one per pledge, with what *later* reports of it and aims at itself.

    Values as printed, and their ends as exact numbers in the plain unit. Of a pledge ``actual`` is the sentence of *later*
    nearest in its words, which may speak of something else: read it. *language* is that of ``reason``.
    """
    from ..facts import Comparison

    pa = need_pyarrow()
    expect_report(earlier, "comparison_table")
    expect_report(later, "comparison_table")
    expect(
        comparison, Comparison, "comparison_table wants a Comparison", ": zfreport.compare(earlier, later)"
    )
    expect_name("language", language, ("zh", "en"))
    rows: list[dict[str, Any]] = []
    for kept in comparison.targets:
        target, actual = kept.target, kept.actual
        rows.append(
            {
                "what": "target",
                "name": (target.name or target.indicator) + (f"（{target.filter}）" if target.filter else ""),
                "indicator": target.indicator,
                "kind": str(target.kind or ""),
                "unit": target.unit,
                "outcome": str(kept.outcome),
                "reason": reason_in(kept.reason, language),
                **_said("target", target, earlier),
                **_said("actual", actual, later),
                **_said("target_now", kept.again, later),
                "target_sentence": _sentence(target, earlier),
                "actual_sentence": _sentence(actual, later),
                "target_start": target.span.start,
                "actual_start": actual.span.start if actual else None,
            }
        )
    rows += [
        {
            "what": "pledge",
            "name": " ".join((p.pledge.title or p.pledge.text).split()),
            "target": _words(earlier, p.pledge.span),
            "actual": " ".join(p.said.split()),
            "target_start": p.pledge.span.start,
            "actual_start": p.said_span.start if p.said_span else None,
        }
        for p in comparison.pledges
    ]
    fields = [
        pa.field(
            name,
            pa.decimal128(*DECIMAL)
            if name.endswith(("_low", "_high"))
            else pa.int64()
            if name.endswith("_start")
            else pa.string(),
            metadata={"zh": zh, "en": en, "unit": ""},
        )
        for name, zh, en in _COLUMNS
    ]
    arrays = [
        pa.array([row.get(f.name, "" if pa.types.is_string(f.type) else None) for row in rows], f.type)
        for f in fields
    ]
    metadata = {"zfreport.table": "comparison", "zfreport.schema": str(VERSION)}
    return pa.table(arrays, schema=pa.schema(fields, metadata=metadata))


def _said(name: str, fact: Fact | None, report: Report) -> dict[str, str | Decimal | None]:
    """A fact as printed, and its ends."""
    if fact is None:
        return {}
    printed = "" if fact.bound == "absent" else _words(report, fact.span)
    return {name: printed, f"{name}_low": fitting(fact.low), f"{name}_high": fitting(fact.high)}


def _sentence(fact: Fact | None, report: Report) -> str:
    return "" if fact is None or fact.bound == "absent" else _words(report, fact.sentence_span)


def _words(report: Report, span: Span) -> str:
    return "".join(report.source[span.slice].split())


_REASONS = (
    (r"not reported", "后一份没有提到"),
    (r"another basis", "口径不同"),
    (r"the target has no number", "目标没有数字"),
    (r"no (?P<kind>\w+) reported", "没有提到{kind}"),
    (r"the target is (?P<bound>\w+)", "目标：{bound}"),
    (r"reported as (?P<indicator>\w+)", "改报{indicator}"),
    (r"(\S+) against about (\S+)", "实际{0}，与目标{1}左右相差不大"),
    (r"(\S+) against (\S+)", "实际{0}，目标{1}"),
    (r"grew by (\S+), the economy by (\S+)", "增长{0}，经济增长{1}"),
    (r"grew by (\S+)", "增长{0}"),
)


def reason_in(reason: str, language: str) -> str:
    """
    Why `compare` decides as it does, in *language*.

    >>> reason_in("no growth reported", "zh"), reason_in("5.8 against 6.5", "zh"), reason_in("not reported", "en")
    ('没有提到增速', '实际5.8，目标6.5', 'not reported')
    """
    if language != "zh":
        return reason
    for pattern, words in _REASONS:
        if m := re.fullmatch(pattern, reason):
            named = {
                name: labels_of(name).get(value, (value,))[0] if name != "indicator" else _name_of(value)
                for name, value in m.groupdict().items()
            }
            return words.format(*m.groups(), **named)
    return reason


def _name_of(indicator: str) -> str:
    from ..facts import default_table

    known = default_table().indicators
    return known[indicator].name_zh if indicator in known else indicator
