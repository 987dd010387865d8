"""
Targets without a number: tied to something else, set by a higher level, or only a direction.

Each is an answer of its own and none is zero: 与经济增长同步 is relative, 完成省下达任务 external, 保持正增长 qualitative.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from typing import NamedTuple

from .beside import is_referent
from .indicators import Mention, scan_pattern
from .model import Bound

__all__ = ["Status", "find_statuses", "sign_places"]


class Status(NamedTuple):
    """What is said of *names* in words."""

    names: tuple[Mention, ...]
    bound: Bound
    start: int
    end: int
    comparator: str
    stretch: bool
    """It follows a value and asks for more: 力争更好结果."""


_SELF = r"(?:经济社会|国民经济|经济|地区生产总值|国内生产总值|生产总值|GDP|收入|财政收入|物价|价格|消费价格)"
_OTHERS = r"(?:全国|全省|全市|全区|全自治区|国家|省|市|我省|我国|周边|同类|上年|去年|同期|城镇(?:居民)?(?:人均)?(?:可支配)?(?:收入)?|全部投资|全部)"
_MEASURE = r"(?:发展|增长|总量|平均|速度|增速|增幅|增长速度|水平|实际|的|均值|同期|投资|规模|预期|目标)"
_REFERENT = rf"(?:{_SELF}|{_OTHERS}|{_MEASURE}|[、和])"
_SYNC = rf"(?:与|和|同|跟){_REFERENT}{{1,8}}?(?:基本|大体|总体|保持|实现|相|要){{0,3}}(?:同步|持平|适应|匹配|一致|相当)(?:增长|提高)?"
_OVER = (
    rf"(?:略?[高快]于|高出|不低于|低于|不高于|[好优]于|跑赢|超过|领先(?:于)?|达到或超过|不慢于|力超|赶超){_REFERENT}{{0,5}}"
    rf"(?:{_OTHERS}{_MEASURE}{{0,4}}|{_SELF}{_MEASURE}{{0,3}}|平均(?:水平)?)(?![定控下核调考])|[好优高]于预期(?:目标)?"
)
_HELD = (
    r"(?:保持|维持|达到|不低于)(?:或略?高于)?(?:上年|去年|上一年)(?:的|同期|平均){0,2}水平|高于去年水平"
    r"|[比较](?:全国|全省|全市|全区|全州|全自治区)(?:的|平均|水平|增速){0,3}[高快]"
    r"|达到(?:全国|全省|全市|全区|全州|全自治区)平均(?:水平|增速)"
)
_HIGHER = r"(?:国家|中央|省|市|州|盟|县|区|上级|自治区|国|厅|委|部)"
_SET = r"(?:下达|规定|核定|确定|审定|调控|控制|考核|约束|要求|定|控|核|级|制定|分解|安排)"
_WORK = r"(?:目标任务|任务目标|目标要求|任务|目标|要求|指标|计划|序时进度|进度)"
_EXTERNAL = (
    rf"(?:完成|达到|实现|控制在|保持在|稳定在|不高于|不超过|不低于|低于|优于|落实|按照|对标)(?:好|了)?[^,;:。]{{0,8}}?{_HIGHER}{{1,4}}[^,;:。]{{0,8}}?{_SET}[^,;:。\d]{{0,60}}?(?:{_WORK}(?:以内|之内|范围内)?|范围(?:之|以)?内|范围|区间|以内|标准|线(?:以内)?|水平|值|内)"
    rf"|(?:完成|达到|控制在|不高于|不超过){_HIGHER}{{1,3}}(?:{_SET}){{0,2}}(?:{_WORK}(?:以内|之内|范围内)?|范围(?:之|以)?内|控制线|线)"
    rf"|(?:完成|达到|符合)[“\"]?十[一二三四五]五[”\"]?(?:规划|时期|既定|序时|下降|节能){{0,2}}(?:目标|要求|任务|进度)+"
    rf"|与[^,;:。]{{0,6}}?{_HIGHER}{{1,4}}[^,;:。]{{0,8}}?(?:目标|指标|要求)(?:保持|相)?衔接"
)
_DONE = r"完成(?P<own>[^,;:。\d]{2,24}?)(?:目标任务|任务|目标)"
_GOOD = (
    r"(?:稳定|平稳|正|较快|稳步|持续|合理|快速|两位数|同比较大|较大|高速|高质量|恢复性|适度|中高速|双位数|有效|明显|大幅|一定)(?:增长|上涨|回升|提升|下降|降低|幅度增长)"
    r"|[两双二2]位数(?:以上)?(?:的)?(?:增长|增速|增幅)?"
    r"|(?:保持|处于|运行在|控制在|稳定在)(?:在)?(?:总体|基本|相对)?(?:合理区间|合理水平|合理增长|稳定|平稳|基本稳定|正增长|增长)"
    r"|稳中(?:提质|有进|有升|向好|提升|求进|有增|增效)|[促量质保扩稳][稳质量增规]{1,2}(?:提质|增效|升|优|质升|质提)|量稳质升|促稳提质|稳量提质|保稳提质|提质增效|稳规模[^,;:。]{0,12}"
    r"|回稳向好|止跌回稳|企稳回升|回升向好|保持稳定|保持平稳|合理回升|只增不减|只减不增|持续改善|逐步提高|稳步提高|不断提高|继续下降|持续下降|稳步下降|明显降低"
    r"|(?:基本|总体|总体保持)(?:稳定|平稳)|温和上涨|低位运行|(?:保持|处于|处在|控制在|稳定在|维持在?)(?:在)?(?:较低|合适|适度)(?:的)?(?:水平|区间)"
    r"|(?:由负|扭负|止负)[转为]正|止[跌降滑][回转企]?[升稳增正]|增速转正|降幅(?:进一步|持续|明显)?收窄|较快增速"
    r"|稳中有降|进一步下降|(?<=收入)(?:持续|稳步)增加|[量质][质量]齐升|稳存量[、,]扩增量"
    r"|(?:保持|位居|居于|排名|稳居|处于|位列|跻身|进入)(?:在)?[全省市州国区]{1,2}(?:前列|第一方阵|上游|前茅|中上游)"
)
_MORE = r"(?:在?(?:实际|具体)?(?:工作|执行|推进|工作推进)中)?(?:再)?(?:力争|努力|奋力|争取|力求|全力|积极|确保|做到|尽可能|尽力|尽最大)*(?:争取|实现|取得|完成|做|干)?(?:得)?(?:更好|更多|更快|更高|更大|最好|更优)(?:的)?(?:结果|成效|成绩|一些|水平|增长|增速|些)|(?:力争|努力|奋力|争取|力求)(?:实现|做到)?(?:更好|更快|更高)(?=[、)]|$)"

_TOWARD = r"(?:在?实际工作中)?(?:向着|朝着|对标)[^,;:。\d]{2,20}?目标(?:努力|奋斗|迈进|冲刺)"

_CUE = re.compile(
    rf"(?P<relative>(?:{_SYNC}|{_OVER}|{_HELD})(?!的(?!目标|要求|水平)))|(?P<external>{_EXTERNAL}|{_DONE})|(?P<toward>{_TOWARD})|(?P<more>{_MORE})|(?P<qualitative>{_GOOD})"
)
_STRONG = re.compile(
    r"同步|持平|高于|快于|低于|[优好]于|跑赢|领先|超过|匹配|适应|一致|相当|任务|[目指]标|计划|要求|范围|区间|标准|进度|线|内"
)
_MORE_SIGN = re.compile(r"[更最目](?:(?<=更)|(?<=最)好|(?<=目)标(?:努力|奋斗|迈进|冲刺))")
# 固定资产投资用于农村的增量要高于上年: not the name but a part of it
_RESTRICTED = re.compile(
    r"用于|用在|投向|投入到|投到|中(?!高)[^,;:。]{0,12}部分|的?(?:增量|增加部分|新增部分)"
)
_JOINED = re.compile(r"[^,;:。\d]{0,8}(?:[、和与及]|以及)[^,;:。\d、]{0,6}")
_MAX = 200
"""Longest clause that is read; those of reports have forty characters at most."""
_CLAUSE = re.compile(r"[,;:。!?\n]")
_AND_MORE = re.compile(r"(?:^|、|并)(?:并)?(?:力争|争取|努力|奋力|力求|冲刺)[^\d,;:。、]{0,4}$")
"""增长6%以上、力争与全省同步: what follows a value in words."""
# 完成城中村改造任务: so much work, set by nobody that is named; 完成新增就业任务 is the quota of the year
_WORKS = re.compile(r"改造|建设|征迁|拆迁|搬迁|安置|脱贫|治理|普查|攻坚")
_SET_BY = re.compile(
    r"(?:国家|中央|上级|[省市州盟县区]|自治区)(?:里|委|政府|级)?(?:下达|规定|核|确?定|考|要求|分解|任务|目标)"
    r"|下达|核定|考核|规定|分解|年度|全年|各项|既定|(?:国家|省|市|上级)$"
)
_NOT = re.compile(r"[未没][有能]?(?:按期|如期)?$")
_STRETCH = re.compile(
    r"[^\d,;:。]{0,6}(?:力争|争取|努力|奋力|力求|冲刺|在?(?:实际|具体)?(?:工作|执行|推进)中)"
)
# The same words anywhere.
_EFFORT = re.compile(r"[力争努奋冲实](?:(?<=力)[争求]|(?<=争)取|(?<=[努奋])力|(?<=冲)刺|(?<=实)际工作中)")


# One of these is in every target in words outside a list of targets.
_SIGNS = (
    "同步",
    "持平",
    "高于",
    "快于",
    "好于",
    "平均",
    "任务",
    "目标",
    "要求",
    "范围",
    "区间",
    "更好",
    "指标",
)


def sign_places(text: str, start: int, end: int) -> list[int]:
    """Where ``text[start:end]`` has a word that may set a target without a number."""
    return [m.start() for m in _sign().finditer(text, start, end)]


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(scan_pattern(_SIGNS))


def find_statuses(
    text: str, start: int, end: int, names: Sequence[Mention], valued: AbstractSet[int], listed: bool
) -> list[Status]:
    """
    What ``text[start:end]`` says of its *names* without a number.

    *valued*: starts of names that got a value. *listed*: the sentence is a list of targets, where a name and a
    mere direction are an answer too.
    """
    if not names:
        return []
    found: list[Status] = []
    last: tuple[Mention, ...] = ()
    at = start
    i = 0
    cuts = [m.start() for m in _CLAUSE.finditer(text, start, end)] + [end]
    for cut in cuts:
        mine = []
        while i < len(names) and names[i].start < cut:
            if names[i].ids and not is_referent(text, at, names[i].start):
                mine.append(names[i])
            i += 1
        if cut - at <= _MAX and _may_say(text, at, cut, mine, last, valued, listed):
            found += _clause(text, at, cut, mine, last, valued, listed)
        if mine:
            last = tuple(mine)
        elif cut > at and text[cut : cut + 1] in ";。":
            last = ()
        at = cut + 1
    return found


def _may_say(
    text: str,
    start: int,
    end: int,
    mine: Sequence[Mention],
    last: Sequence[Mention],
    valued: AbstractSet[int],
    listed: bool,
) -> bool:
    """Whether the clause is worth reading: most have a value for each of their names and say no more."""
    if mine and any(n.start not in valued for n in mine):
        return listed or _STRONG.search(text, start, end) is not None
    if not mine and not last:
        return False
    return _MORE_SIGN.search(text, start, end) is not None or (
        listed and (_EFFORT.search if mine else _STRETCH.match)(text, start, end) is not None
    )


def _together(text: str, names: Sequence[Mention], at: int) -> list[Mention]:
    """The last names before *at* that 、 or 和 joins: A、B和C完成省定任务 is said of all three, 脱贫地区农村收入 of one."""
    group: list[Mention] = []
    for n in reversed(names):
        if n.end > at:
            continue
        if group and not _JOINED.fullmatch(text, n.end, group[-1].start):
            break
        group.append(n)
    return group[::-1]


def _clause(
    text: str,
    start: int,
    end: int,
    mine: list[Mention],
    last: tuple[Mention, ...],
    valued: AbstractSet[int],
    listed: bool,
) -> list[Status]:
    out: list[Status] = []
    for m in _CUE.finditer(text, start, end):
        kind = m.lastgroup or ""
        more = False
        if m["own"] is not None and not listed and _WORKS.search(m["own"]) and not _SET_BY.search(m["own"]):
            continue  # 力争完成老旧小区改造任务: who set it, and how much, is not said
        if kind == "external" and _NOT.search(text, max(start, m.start() - 4), m.start()):
            continue  # 对未完成目标的地区
        before = tuple(n for n in _together(text, mine, m.start()) if n.start not in valued)
        inside = tuple(n for n in mine if m.start() <= n.start and n.end <= m.end())
        if kind == "external":
            names = before or inside
        elif kind in ("more", "toward"):
            # only what is glued to one indicator's value: 增长6%，在实际工作中争取更好结果
            names = tuple(n for n in mine if n.end <= m.start())[-1:] or last[-1:]
            if not names or names[0].start not in valued:
                continue
        elif kind == "relative":
            names = before
            if not before and listed and _AND_MORE.search(text[max(start, m.start() - 16) : m.start()]):
                names = tuple(n for n in mine if n.end <= m.start())[-1:] or (last[-1:] if not mine else ())
                more = bool(names)
        else:
            names = before
            if not listed:
                continue
            if not names and last and not mine and _STRETCH.match(text, start, m.end()):
                names = last[-1:] if "指标" not in text[start : m.start()] else ()  # 力争主要经济指标进入前列
        if not names or (before and _RESTRICTED.search(text, names[-1].end, m.start())):
            continue
        stretch = (
            (more and names[-1].start in valued)
            or kind in ("more", "toward")
            or (bool(_STRETCH.match(text, start, m.start() + 1)) and names[-1].start in valued)
        )
        if out and {n.start for n in out[-1].names} & {n.start for n in names}:  # 稳规模、稳份额: one answer
            out[-1] = out[-1]._replace(end=m.end())
            continue
        bound = {"more": Bound.QUALITATIVE, "toward": Bound.EXTERNAL}.get(kind) or Bound(kind)
        comparator = m[0] if kind == "relative" else ""
        out.append(Status(names, bound, m.start(), m.end(), comparator, stretch))
    return out
