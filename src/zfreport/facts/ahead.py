"""Values that stand before the name of what they count: 新增26家规上工业企业, 20件民生实事全部完成."""

from __future__ import annotations

import re

from .beside import UNCOUNTED
from .bound import Value
from .clauses import REACH
from .traits import RATES

__all__ = ["BEHIND", "NEAR", "counts_what_follows", "may_lead"]

NEAR = 16
"""Longest stretch between a value and the name it stands before: 40个乡村振兴示范村."""
BEHIND = 8
"""Longest stretch between such a number and the name: 12所公办|幼儿园."""
_MADE = frozenset(
    "新增 净增 新建 扩建 改造 提升 完成 建成 建设 认定 培育 创建 打造 开工 竣工 引进 实施 推进 抓好 办好 打通 改建".split()
)
"""What is done so many times to the thing that is named behind its number: 新增26家规上工业企业. 提升 only in 改造提升."""
_OPENS = frozenset(",;:。、\n)和及与等度")
"""Before a number that begins what is said: 20件民生实事全部完成; or goes on with what is made: 改造东街等3条道路."""
_GOING_ON = frozenset("、和及与等")
_MAKING = re.compile(r"[新续改扩打完建整维实抓](?:建|造|设|通|成(?!区)|治|修|施|好)[^,;:。\n]{2,}$")
# the name is all that is counted: no 12个高标准农田项目
_COUNTED = re.compile(r"(?:建设|改造|改造提升|提升|整治|任务|工程|以上)*(?:[,;:。、\n()]|$|和\d)")
# 20件民生实事全部完成; but no 5家医疗机构建成污水处理设施
_IS_MADE = re.compile(
    r"(?:改造|建设|工程|项目|任务|等|已|均|都|全部|全面|顺利|如期|圆满|有序|稳步|相继|陆续|高质量|高标准|按时|按期|基本|加快|实现|得到|年度|目标|稳定)*"
    r"(?:完成|兑现|办结|办复|落实|完工|竣工|开工|投产|投用|投入使用|建成|通车|获批|启动|实施|推进|落地|出列)"
    r"(?:改造|建设|实施|开放|投用|通车|见效|年度|目标|任务)*(?:[,;:。、\n()]|$)"
)
# 票决的10件民生实事, 3735人稳定脱贫: whatever stands before the number
_OWN_COUNT = re.compile(r"[^,;:。、]{0,8}(?:实事|脱贫)")


def is_made(text: str, start: int, value: Value) -> bool:
    """Whether the value says how many were made of what may be named behind it: 新增26家规上工业企业, but not 每个园区新增5家."""
    at = value[0]
    made = text[at - 2 : at]
    return (
        made in _MADE
        and (made != "提升" or text.endswith("改造提升", start, at))
        and value[2].unit.symbol not in UNCOUNTED
        and text.find("每", max(start, at - NEAR), at) < 0
    )


def may_lead(text: str, start: int, value: Value) -> bool:
    """Whether the noun behind a value may be named: 新增26家…, 20件民生实事全部完成, 票决的10件民生实事."""
    at, end, q = value
    unit = q.unit.symbol
    return (
        unit not in UNCOUNTED
        and unit not in RATES
        and (
            at == start
            or text[at - 1] in _OPENS
            or is_made(text, start, value)
            or _OWN_COUNT.match(text, end) is not None
        )
    )


def counts_what_follows(text: str, sentence: int, value: Value, start: int, end: int) -> bool:
    """Whether *value* counts what is named right behind it and nothing more: 新增26家规上工业企业."""
    at = value[0]
    if start - value[1] > BEHIND or not may_lead(text, sentence, value):
        return False
    mark = text[at - 1] if at > sentence else ","
    if _COUNTED.match(text, end) is not None:
        return (
            is_made(text, sentence, value)
            or _OWN_COUNT.match(text, value[1], end) is not None
            # 完成3所小学和2所幼儿园改造提升
            or (mark in _GOING_ON and _MAKING.search(text, max(sentence, at - REACH), at) is not None)
        )
    return (mark in _OPENS or _OWN_COUNT.match(text, value[1], end) is not None) and _IS_MADE.match(
        text, end
    ) is not None
