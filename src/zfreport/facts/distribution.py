"""Lists of names and values: how many there are, which of them belong together, what governs them all."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from attrs import evolve

from .beside import clause_before, is_of_next
from .bound import Slot, Value
from .clauses import MAX_GAP, Gap, read_gap, read_prefix
from .model import FactKind
from .traits import RATES, Traits

__all__ = [
    "BOUNDED",
    "DIGIT",
    "LIST",
    "LISTING",
    "PIPES",
    "SHARE",
    "count_listed",
    "governs",
    "is_series",
    "leads",
    "listed_before",
    "may_have",
    "parts_before",
]

_LIST_SIGN = re.compile(r"、|以?及|和|与")
_LEADING = ("超", "突破", "不低于", "不少于", "跨")
_TRAILING = ("左右", "以上", "以内", "以下", "上下")
# The quantity brings its own verb: ，突破500亿元
BOUNDED = ("突破", "超", "逾", "不低于", "不少于", "不超过", "约", "近", "达", "翻")
_CLAUSES = re.compile(r"[,;:。\n(]")
SHARE = re.compile(r"(?:占比|比重|比例|份额)$")
LISTING = frozenset("、和与及")
DIGIT = re.compile(r"\d")
_LISTED = re.compile(r"(?:同比|年均|比上年|较上年|均|都)+$")
_PER_UNIT = re.compile(r"[亩户地村]均|单位面积|平均浓度")
"""亩均产值和税收: the first word may be said of both; 二氧化硫、臭氧平均浓度: so may the last."""
_PERCENTAGES = frozenset((FactKind.RATE, FactKind.SHARE))
PIPES = re.compile(
    r"(?:(?:供水|给水|排水|供排水|给排水|雨水|污水|雨污|燃气|天然气|供热|供气|供暖|热力)[、和及与])+$"
)
"""Kinds of pipes before the last of them."""
_DONE = re.compile(r"(?:实现|实际|完成|新增|达到|引进|累计|全年|各类)+")
_ALL_YEAR = re.compile(r"^(?:全年|年内|累计|力争|预计|全[省市县区])+")
# 养老保险、医疗保险|参保人数, 工业、服务业|利润总额: of two measures, though one name fits both
_NOT_PARTED = frozenset(
    (
        "pension_insurance_people",
        "medical_insurance_people",
        "industry_profit",
        "income_all",
        "industry_structure",
    )
)
LIST = 80
"""Longest list of things before the last of them."""


def is_series(text: str, run: Sequence[Value]) -> bool:
    """Whether values of one unit follow each other with nothing between them but 、 or 和."""
    unit = run[0][2].unit.symbol
    return all(
        b[2].unit.symbol == unit
        and text[a[1] : b[0]] in LISTING
        and not b[2].text.startswith(BOUNDED)  # 新增300公里、突破1万公里
        for a, b in itertools.pairwise(run)
    ) and not is_of_next(text, run[-1])


def listed_before(
    text: str, sentence: int, start: int, values: int
) -> tuple[Gap, list[tuple[int, int]]] | None:
    """
    What 分别 says before the first of *values* values at *start*, and where each thing stands that is listed before it, known or not.

    ``None`` if there are not as many.
    """
    each = text.rfind("分别", max(sentence, start - MAX_GAP), start)
    if each < 0:
        return None
    far = max(sentence, each - LIST)
    if (m := _LISTED.search(text, far, each)) is not None:
        each = m.start()
    gap = read_gap(text[each:start])
    first = clause_before(text, far, each)
    if not gap.each or _PER_UNIT.search(text, first, each) is not None:
        return None
    signs = list(_LIST_SIGN.finditer(text, first, each))
    if len(signs) + 1 != values:  # 软件和信息技术服务业: some names hold a 和 of their own
        signs = [m for m in signs if m[0] == "、"] + [m for m in signs[-1:] if m[0] != "、"]
        if len(signs) + 1 != values:
            return None
    if (
        gap.verb in ("", "value", "to")
        and SHARE.search(text, signs[-1].end() if signs else first, each) is not None
    ):
        gap = evolve(gap, verb="share")  # 民间投资、工业投资占比分别达49%、56%
    ends = [*(m.start() for m in signs), each]
    begins = [first, *(m.end() for m in signs)]
    return gap, list(zip(begins, ends, strict=True))


def parts_before(text: str, sentence: int, slot: Slot, values: int) -> list[str]:
    """
    The parts of one measure that a list before the name of *slot* tells apart: 国控、省控|断面优良率分别达75%、85%.

    Empty unless there are as many as *values*; 绿地率、|绿化覆盖率 are two measures.
    """
    id, (at, end, _, _) = slot
    if id in _NOT_PARTED:
        return []
    if values == 2 and (text.startswith("城乡", at) or text.endswith("城乡", sentence, at)):
        return ["城镇", "农村"]
    before = _CLAUSES.split(text[max(sentence, at - LIST) : at])[-1]
    if id == "pipelines" and (m := PIPES.search(before)) is not None:  # 供热、燃气、|排水管网
        heads = [*_LIST_SIGN.split(m[0])[:-1], text[at : end - 2]]
        return heads if len(heads) == values else []
    if not before or before[-1] in LISTING:
        return []
    heads = _LIST_SIGN.split(before)
    if len(heads) != values or DIGIT.search(before):
        return []
    heads[-1] = heads[-1].removesuffix("等")
    if any(_DONE.fullmatch(head) for head in heads):  # 新落地项目、实际|利用内资
        return []
    first = read_prefix(heads[0])
    heads[0] = _ALL_YEAR.sub("", first.filter or first.rest or heads[0])
    return heads if all(1 < len(head) <= 8 for head in heads) else []


def count_listed(text: str, sentence: int, slots: Sequence[Slot], values: int) -> tuple[int, int]:
    """
    Of the list that ends in the last of *slots*: how many things it names, and how many of the last ones are slots.

    A thing that is known only by its end (城镇和农村|人均可支配收入) is no slot. Some names hold a 和 of their own
    (软件和信息技术服务业), so that of two ways to count the one that comes to the number of *values* is right.
    """
    at = slots[-1][1][0]
    before = _CLAUSES.split(text[max(sentence, at - LIST) : at])[-1]
    things = _LIST_SIGN.split(before)
    by_commas = before.count("、") + (1 if before.endswith("、") else 2)
    members = by_commas if by_commas == values else len(things)
    known = 0
    if not things[-1] and "均" not in before:  # 亩均产值和税收: the first word is said of both
        for _, (start, _, ids, _) in reversed(slots):
            if len(ids) > 1 or text[start - 1] not in LISTING:
                break
            known += 1
    return members, known


def may_have(id: str, traits: Traits, value: Value, verb: str) -> bool:
    """Whether a value of a list can be that of what goes by *id*: a percentage that does not tell a change is none of a sum."""
    return id not in _NOT_PARTED and (
        value[2].unit.symbol not in RATES or verb in ("up", "down", "share") or traits.percent in _PERCENTAGES
    )


def governs(run: Sequence[Value]) -> bool:
    """分别增长5%和7%左右: a trailing qualifier on the last value alone governs the list."""
    *first, (_, _, last) = run
    return last.text.endswith(_TRAILING) and not any(q.approx or q.low != q.high for _, _, q in first)


def leads(text: str, run: Sequence[Value]) -> bool:
    """分别超过8万元、4.5万元: so does one before the first value alone."""
    return run[0][2].text.startswith(_LEADING) and all(
        text[a[1] : b[0]] in LISTING and b[2].low == b[2].high and not b[2].approx
        for a, b in itertools.pairwise(run)
    )
