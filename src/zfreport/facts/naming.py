"""What names mean in their sentence: whose output stands behind 面积, what 投资 is of, and whose share or 人均 it is."""

from __future__ import annotations

import re
from operator import itemgetter

from .alike import ALIKE, retold
from .clauses import Gap
from .indicators import IndicatorTable, Mention

__all__ = ["PROJECTS", "as_meant", "said_of"]

# 城乡居民收入比2010年翻一番: no ratio of two incomes, but what they are compared with
_GAP_OF_INCOME = ("income_ratio",)
_THAN_THEN = re.compile(
    r"比(?=(?:19|20)\d\d年|上年|去年|“?十[一二三四五六]五|“?[六七八九]五”?[末期时]|同期|全[国省市])"
)
_AREA = ("grain_area",)
PROJECTS = ("key_project_count",)
_RETOLD = ALIKE | {_AREA, _GAP_OF_INCOME, PROJECTS}
"""Names that mean one thing here and another there, or have another beside them."""
_ids_of = itemgetter(2)
"""Of a `Mention`."""
# 粮食播种面积60万亩、产量26万吨; 粮食播种面积和产量
_OUTPUT = re.compile(
    r"[^;。\n]{0,30}?[,、和及与](?:实现|力争|确保|预计)?(?P<name>(?:年总|总|年)?产量?)(?=[\d达保稳突超实分完增力目]|[^,;。\d]{0,3}(?:在|到)|[和、任])"
)
# 实施省市重点项目25个，总投资111亿元，当年完成投资37亿元; 推进129个重大项目建设，完成年度投资300亿元
_INVESTED = re.compile(
    r"(?<=项目)(?<!以上项目)(?<!开工项目)”?(?:建设|加快建设)?(?:[\d.]+[余多]?[个项](?:以上|左右)?)?"
    r"(?:[,、](?:计划)?总投资[^,、;。\n]{2,12})?(?:[,、](?:开工率[^,、;。\n]{2,8}|[^,、;。\n\d]{2,6}[\d.]+[个项](?:以上|左右)?))?"
    r"[,、](?:当年|年内|今年|全年|累计|已|共|力争|确保|预计|计划|年度)*(?P<name>(?:完成(?:年度)?|年度)投资)(?=(?:达到?|突破|超过?|约|近)?\d)"
)


def as_meant(table: IndicatorTable, text: str, names: list[Mention], start: int, end: int) -> list[Mention]:
    """*names* of the sentence ``text[start:end]``, as they are meant there."""
    if _RETOLD.isdisjoint(map(_ids_of, names)):
        return names
    find = table.mentions
    names = retold(text, start, names)
    if _AREA in map(_ids_of, names):
        names = _with_output(text, names, end)
    if PROJECTS in map(_ids_of, names):
        names = _with_invested(text, names, end)
    return [
        m
        for n in names
        for m in (
            find(text, n.start, n.end - 1)
            if n.ids == _GAP_OF_INCOME and _THAN_THEN.match(text, n.end - 1)
            else (n,)
        )
    ]


def _with_invested(text: str, names: list[Mention], end: int) -> list[Mention]:
    """*names* with what was invested in the projects that were counted."""
    invested = [
        Mention(*m.span("name"), ("key_project_invest",), "")
        for start, stop, ids, _ in names
        if ids == PROJECTS
        and text[start - 1] != "等"
        and (m := _INVESTED.match(text, stop, end)) is not None
        and text.find("元以上", max(0, start - 6), start) < 0
    ]
    return sorted((*names, *invested)) if invested else names


def _with_output(text: str, names: list[Mention], end: int) -> list[Mention]:
    """*names* with the output of grain, whose head is left out behind its area."""
    out = []
    for name, after in zip(names, [*(n.start for n in names[1:]), end], strict=True):
        out.append(name)
        if name.ids == _AREA and (m := _OUTPUT.match(text, name.end, after)) is not None:
            out.append(Mention(*m.span("name"), ("grain_output",), ""))
    return out


def said_of(table: IndicatorTable, id: str, gap: Gap) -> str:
    """Whose value it is: 研发投入 as a share of 生产总值, or 生产总值…人均, is an indicator of its own."""
    if gap.whole:
        for whole in table.find(gap.whole):
            for other in whole.ids:
                if (share := table.shares.get(f"{id}/{other}")) is not None:
                    return share
    return "gdp_per_capita" if id == "gdp" and gap.per_head else id
