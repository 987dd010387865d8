"""How a name and a value stand to what is beside them: in one list, measured against it, a part of it, before the noun that is counted."""

from __future__ import annotations

import re

from ..memo import Memo
from .bound import Value
from .clauses import LAST, MARKS, MAX_GAP, PREFIXES, REACH, Prefix, back_to, read_gap, read_prefix
from .indicators import Mention
from .marks import parts_of
from .traits import RATES

__all__ = [
    "LINKED",
    "NOTHING",
    "OPENINGS",
    "PUNCTUATION",
    "UNCOUNTED",
    "WITHIN",
    "before_name",
    "clause_before",
    "is_beside",
    "is_followed",
    "is_joined",
    "is_listed",
    "is_of_next",
    "is_part",
    "is_referent",
]

_COORDINATED = re.compile(r"(?:[、和与及]|以及)(?:其中|[省市]级|省|实现)?")
"""高新技术企业和省级科技型中小企业90家 are so many together."""
# 社区卫生服务中心、乡镇卫生院和标准化村卫生室50所
_ALIKE = re.compile(r"(?:[和与及、]|以及)[^,;:。、和与及()\d]{0,7}")
_REFERENT = re.compile(
    r"占(?:到|了)?[^,;:。、\d]{0,8}$|(?:相当于|高于|高出|低于|快于|慢于|跑赢|超过|好于|优于|不低于|不高于|比|较)(?:同期|全[国省市县区州]|我[国省市县区]|地方|上年|去年|整体|总体)?(?:的)?$"
    r"|拉动(?:全[国省市县区州])?$"  # 拉动GDP增长3个百分点
)
_BESIDE = re.compile(r"(?:与|和|同|跟)(?:同期|全[国省市县区州]|我[国省市县区])?$")
LINKED = re.compile(r"[占于赢过比较与和同跟出动](?:(?<![出动])|(?<=高出)|(?<=拉动))")
"""One of these is in all that `_REFERENT` and `_BESIDE` find."""
_TOGETHER = re.compile(
    r"(?:增长|增速|发展|增幅|平均|速度|水平|保持|基本|大体|实现)*(?:同步|持平|相适应|相匹配|相协调)"
)
# What may follow a value that is the name's; any other word is the noun that the value counts: 、110件政协提案
_GOES_ON = re.compile(
    r"[^\u4e00-\u9fff“A-Za-z]|[和与及的并]|以[上下内及]|左右|上下|全部|分别|[均都余多新]|大关|台阶|目标|任务|增长|提高|增加|下降|减少"
)
PUNCTUATION = frozenset(",;:。、\n(")
WITHIN = frozenset("、(")
"""Within a clause, though the words before them say nothing of a name behind them."""
NOTHING = read_prefix("")
UNCOUNTED = frozenset(("", "元", "美元"))


def before_name(text: str, start: int, at: int) -> tuple[Prefix, int]:
    """What stands before a name at *at*, and where its clause begins."""
    first = back_to(PUNCTUATION, text, max(start, at - REACH), at)
    prefix = PREFIXES[text[max(first, at - LAST) : at]] if first < at else NOTHING
    return prefix, clause_before(text, start, at) if first > start and text[first - 1] in WITHIN else first


def clause_before(text: str, start: int, at: int) -> int:
    """Where the clause of a name at *at* begins."""
    return back_to(MARKS, text, max(start, at - REACH), at)


def _opened(words: str) -> tuple[Prefix, int] | None:
    """What *words* before a name say of it, and where its clause begins in them; ``None`` if it begins before them."""
    clause = back_to(MARKS, words, 0, len(words))
    return (read_prefix(words[back_to(PUNCTUATION, words, 0, len(words)) :]), clause) if clause else None


OPENINGS: Memo[str, tuple[Prefix, int] | None] = Memo(_opened, 8192)
"""For the few words between a value and the next name: ，新增."""


def is_followed(text: str, end: int, unit: str) -> bool:
    """Whether a value in *unit*, which is no rate, is followed by the noun it counts."""
    return unit not in UNCOUNTED and end < len(text) and _GOES_ON.match(text, end) is None


def is_of_next(text: str, value: Value) -> bool:
    """Whether a counted value is followed by the noun it counts."""
    _, end, q = value
    unit = q.unit.symbol
    return unit not in RATES and is_followed(text, end, unit)


def is_joined(text: str, at: int, first: int, alike: bool) -> bool:
    """Whether a name at *first* stands beside the one that ends at *at*; *alike* if both are of one measure."""
    if alike:
        return _ALIKE.fullmatch(text, at, first) is not None
    return first - at <= 4 and _COORDINATED.fullmatch(text, at, first) is not None


def is_listed(text: str, end: int, start: int) -> bool:
    """Whether a value goes on with the list of the one that ends at *end*."""
    if start <= end:  # values of an annex all stand where it was left out
        return start == end
    return text[end] not in ",;:" and start - end <= MAX_GAP and read_gap(text[end:start]).list_only


def is_referent(text: str, start: int, at: int) -> bool:
    """
    Whether a name at *at* is what something is measured against: 占地区生产总值比重, 高于经济增速.

    >>> is_referent("技术合同成交额占地区生产总值比重", 0, 8)
    True
    """
    first = max(start, at - 8)
    return LINKED.search(text, first, at) is not None and _REFERENT.search(text, first, at) is not None


def is_beside(text: str, start: int, name: Mention) -> bool:
    """Whether *name* is what something keeps pace with: 收入增长与经济增长同步."""
    return (
        _BESIDE.search(text, max(start, name.start - 5), name.start) is not None
        and _TOGETHER.match(text, name.end, name.end + 12) is not None
    )


def is_part(id: str, whole: str) -> bool:
    """Whether 其中 may reach over a comma: 投资增长8%，其中工业投资增长15%，制造业投资增长17%."""
    return id == whole or id.startswith(f"{whole}_") or id in parts_of(whole)
