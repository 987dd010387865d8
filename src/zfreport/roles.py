"""What each part of a report is about, from its wording first and its position second."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .nodes import PartRole
from .vocab import both, forms, late

__all__ = ["part_roles"]

# Members of an enumeration are looked up slowly in their class.
_AS_REVIEW, _AS_PLAN, _AS_OTHER = PartRole.REVIEW, PartRole.PLAN, PartRole.OTHER

_EXPLANATION = late(r"(?:关于).*说明|编制说明", both)
_SELF = late(
    r"自身建设|政府(?:系统)?建设|政府.{0,6}(?:治理|效能|行政|服务|执行|落实).{0,4}(?:能力|效能|水平|力|现代化|建设)"
    r"|(?:人民|群众).{0,2}满意.{0,8}政府|(?:服务|法治|创新|效能|责任|廉洁).{0,2}型?政府|行署.{0,6}建设|行政效能",
    both,
)
_REVIEW = late(
    r"回顾|总结|今年以来|(?:过去|刚刚|上一?届|[往去]年).{0,14}(?:工作|情况|成就|成绩)|发展历程|年.{0,16}(?:成就|成绩)|年.{0,10}(?:完成|工作|进展)情况|年.{0,12}(?<![力争])取得|发展成就(?!.{0,14}(?:目标|任务))|首先.{0,4}报告.{0,10}工作",
    both,
)
_LATER = late(
    r"(?:今|未)[后来](?:[一二三四五]|几|个).{0,2}年|远景|(?<![〇○零一二三四五六七八九])[“\"”「]?(?:十?[一二三四五六七八九]|十(?=五[”\"」]))五(?![〇○零一二三四五六七八九年])[”\"“」]?.{0,6}(?:规划|时期|期间|发展)?.{0,10}(?:目标|任务|考虑|要求|思路|重点|部署)|展望.{0,4}[“\"]?十?[一二三四五六七八九]五",
    both,
)
_WORDED = (
    # a character of each form: most titles are of one role, and need not be searched for the others
    (PartRole.EXPLANATION, forms("明"), _EXPLANATION),
    (_AS_REVIEW, forms("顾结去刚上往历成首来情取"), _REVIEW),
    (PartRole.OUTLOOK, forms("今未远五展"), _LATER),
    (PartRole.SELF_BUILDING, forms("身府署效"), _SELF),
)
_YEAR = late(
    r"(?:[12１２][\d０-９xX×*]{3}|[一二][〇○零一二三四五六七八九]{3})\s?年|今年|明年|新的?一年|当前|下半年|下一步|这一年",
    both,
)
_ONE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=\s?年)")
_DIGITS = str.maketrans("０１２３４５６７８９〇○零一二三四五六七八九", "0123456789000123456789")
_AHEAD = late(r"安排|任务|建议|部署|目标|要求|打算|计划|谋划|思路", both)
_WORK = late(r"安排|任务|建议|重点|部署|工作|目标|要求|打算|计划|谋划|思路|形势|举措|发展", both)
_AIMS = late(r"(?:主要|重点|总体|工作|预期).{0,6}(?:任务|目标|安排|思路)", both)
_FOREIGN = late(r"结束语|外交|国际|对外政策|祖国.{0,4}统一|关于(?:国家|草案)", both)


def part_roles(titles: Sequence[str]) -> tuple[tuple[PartRole, str], ...]:
    """
    The role of each part, in order, and what says so.

    >>> [str(role) for role, _ in part_roles(["过去五年工作回顾", "今后五年的总体目标", "2017年主要工作任务", "切实加强政府自身建设", "结束语"])]
    ['review', 'outlook', 'plan', 'self_building', 'other']
    """
    found: list[tuple[PartRole, str]] = []
    for title in titles:
        found.append(_by_wording(title))
    _tell_years_apart(titles, found)
    plan_last = max((i for i, (role, _) in enumerate(found) if role is _AS_PLAN), default=-1)
    started = False
    for i, (role, _) in enumerate(found):
        if role is _AS_OTHER and not _FOREIGN.search(titles[i]):
            if not titles[i]:
                if i == 0 and plan_last > 0 and all(r is not _AS_REVIEW for r, _ in found[1:]):
                    found[i] = (_AS_REVIEW, "stands without a title before the plan")
            elif started:
                found[i] = (
                    _AS_PLAN,
                    "follows the plan or the review and is about neither government nor the past",
                )
        started = started or role in (_AS_PLAN, _AS_REVIEW)
    return tuple(found)


def _tell_years_apart(titles: Sequence[str], found: list[tuple[PartRole, str]]) -> None:
    """2023年主要工作 before 2024年主要工作 is what was done: of two plans the one of the earlier year is none."""
    later = 0
    for i in range(len(titles) - 1, -1, -1):
        role = found[i][0]
        if "年" not in titles[i] or (role is not _AS_PLAN and role is not _AS_OTHER):
            continue
        years = {int(year) for year in _ONE_YEAR.findall(titles[i].translate(_DIGITS))}
        if len(years) != 1:
            continue
        (year,) = years
        if role is _AS_PLAN and year < later and ("完成" in titles[i] or not _AHEAD.search(titles[i])):
            found[i] = (_AS_REVIEW, f"says {year}, and a part after it says {later}")
        later = max(later, year)


def _by_wording(title: str) -> tuple[PartRole, str]:
    if not title:
        return _AS_OTHER, "has no title"
    for role, signs, pattern in _WORDED:
        if signs.isdisjoint(title):
            continue
        match = pattern.search(title)
        if match:
            if role is PartRole.OUTLOOK and _YEAR.search(title) and "工作" in title:
                continue
            return role, f"says {match[0]!r}"
    year, work = _YEAR.search(title), _WORK.search(title)
    if year and work:
        return _AS_PLAN, f"says {year[0]!r} and {work[0]!r}"
    if _AIMS.search(title):
        return _AS_PLAN, "names tasks or targets"
    return _AS_OTHER, "no word of its title says"
