"""What each part of a report is about, from its wording first and its position second."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .nodes import PartRole

__all__ = ["part_roles"]

_EXPLANATION = re.compile(r"(?:关于|關於).*[说說]明|[编編]制[说說]明")
_SELF = re.compile(
    r"自身建[设設]|政府(?:系[统統])?建[设設]|政府.{0,6}(?:治理|效能|行政|服[务務]|[执執]行|落[实實]).{0,4}(?:能力|效能|水平|力|[现現]代化|建[设設])"
    r"|(?:人民|群[众眾]).{0,2}[满滿]意.{0,8}政府|(?:服[务務]|法治|[创創]新|效能|[责責]任|[廉廉][洁潔]).{0,2}型?政府|行署.{0,6}建[设設]|行政效能"
)
_REVIEW = re.compile(
    r"回[顾顧]|[总總][结結]|(?:[过過]去|[刚剛][刚剛]|上[一]?[届屆]|[往去]年).{0,14}(?:工作|情[况況]|成就|成[绩績])|[发發]展[历歷]程"
)
_LATER = re.compile(
    r"(?:今|未)[后後来來](?:[一二三四五]|[几幾]|[个個]).{0,2}年|[远遠]景|[“\"”「]?十?[一二三四五六七八九]五[”\"“」]?.{0,6}(?:[规規]划|[时時]期|期[间間]|[发發]展)?.{0,10}(?:目[标標]|任[务務]|考[虑慮]|要求|思路|重[点點]|部署)|展望.{0,4}[“\"]?十?[一二三四五六七八九]五"
)
_YEAR = re.compile(
    r"(?:[12１２][\d０-９xX×*]{3}|[一二][〇○零一二三四五六七八九]{3})\s?年|今年|明年|新的?一年|[当當]前|下半年|下一步|[这這]一年"
)
_WORK = re.compile(
    r"安排|任[务務]|建[议議]|重[点點]|部署|工作|目[标標]|要求|打算|[计計][划劃]|[谋謀][划劃]|思路|形[势勢]|[举舉]措|[发發]展"
)
_FOREIGN = re.compile(r"外交|[国國][际際]|[对對]外政策|祖[国國].{0,4}[统統]一|[关關]于(?:[国國]家|草案)")


def part_roles(titles: Sequence[str]) -> tuple[tuple[PartRole, str], ...]:
    """
    The role of each part, in order, and what says so.

    >>> [str(role) for role, _ in part_roles(["过去五年工作回顾", "今后五年的总体目标", "2017年主要工作任务", "切实加强政府自身建设"])]
    ['review', 'outlook', 'plan', 'self_building']
    """
    found: list[tuple[PartRole, str]] = []
    for title in titles:
        found.append(_by_wording(title))
    plan_last = max((i for i, (role, _) in enumerate(found) if role is PartRole.PLAN), default=-1)
    started = False
    for i, (role, _) in enumerate(found):
        if role is PartRole.OTHER and not _FOREIGN.search(titles[i]):
            if not titles[i]:
                if i == 0 and plan_last > 0 and all(r is not PartRole.REVIEW for r, _ in found[1:]):
                    found[i] = (PartRole.REVIEW, "stands without a title before the plan")
            elif started:
                found[i] = (
                    PartRole.PLAN,
                    "follows the plan or the review and is about neither government nor the past",
                )
        started = started or role in (PartRole.PLAN, PartRole.REVIEW)
    return tuple(found)


def _by_wording(title: str) -> tuple[PartRole, str]:
    if not title:
        return PartRole.OTHER, "has no title"
    for role, pattern in (
        (PartRole.EXPLANATION, _EXPLANATION),
        (PartRole.REVIEW, _REVIEW),
        (PartRole.OUTLOOK, _LATER),
        (PartRole.SELF_BUILDING, _SELF),
    ):
        match = pattern.search(title)
        if match:
            if role is PartRole.OUTLOOK and _YEAR.search(title) and "工作" in title:
                continue
            return role, f"says {match[0]!r}"
    year, work = _YEAR.search(title), _WORK.search(title)
    if year and work:
        return PartRole.PLAN, f"says {year[0]!r} and {work[0]!r}"
    if re.search(r"(?:主要|重点|重點|总体|總體|工作|预期|預期).{0,6}(?:任[务務]|目[标標]|安排|思路)", title):
        return PartRole.PLAN, "names tasks or targets"
    return PartRole.OTHER, "no word of its title says"
