"""居全省第三, 绝对值保持全市十县区第一: places among a named set, of the indicator spoken of before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from .binding import Binding
from .clauses import read_gap

__all__ = ["Rank", "find_ranks"]


class Rank(NamedTuple):
    """A place, and the binding whose indicator has it."""

    of: Binding
    place: Decimal
    top: bool
    """前三: that place or a better one."""
    among: str
    basis: str
    start: int
    end: int


# Not 第一产业, 第一季度, 第一方阵, 前列, 前期.
_RANK = re.compile(
    r"[居列位排名稳跃保升重跻进](?:(?<=位)[居列次]|(?<=排)[名在位]|(?<=名)列|(?<=稳)居|(?<=跃)(?:居|升至)|(?<=保)持|(?<=升)[至到]|(?<=重)返|(?<=跻)身|(?<=进)入|(?<=[居列]))"
    r"(?P<set>[^,;:。、\d第前首]{0,12})"
    r"(?:第(?P<place>\d{1,3}|[一二三四五六七八九十]{1,3})(?:位|名)?(?![一二三四五六七八九十季批期次届轮方梯产类])"
    r"|(?P<first>首位|榜首)|前(?P<top>\d{1,3}|[一二三四五六七八九十]{1,2})(?:位|名|强)?(?![列沿景期年后茅]))"
)
_BASES = ("增速", "增幅", "总量", "绝对值", "人均")
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}


def find_ranks(text: str, start: int, end: int, bindings: Sequence[Binding]) -> list[Rank]:
    """The places stated in ``text[start:end]`` behind values that were bound; in vain unless one of `RANKS` is among its signs."""
    found: list[Rank] = []
    i = 0
    for m in _RANK.finditer(text, start, end):
        while i < len(bindings) and bindings[i][2][1] <= m.start():  # the end of its value
            i += 1
        if not i:
            continue
        of = bindings[i - 1]
        between = text[of[2][1] : m.start()]
        gap = read_gap(between)
        if gap.known:
            place = Decimal(_numeral(m["place"] or m["top"] or "1"))
            basis = next((w for w in _BASES if w in between), "")
            found.append(Rank(of, place, m["top"] is not None, m["set"], basis, m.start(), m.end()))
    return found


def _numeral(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text[-1], 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
