"""居全省第三, 绝对值保持全市十县区第一: places among a named set, of the indicator spoken of before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from ..quantities import Quantity, find_quantities
from .beside import before_name, is_referent
from .bound import Binding
from .clauses import read_gap
from .indicators import Mention
from .marks import marked

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


_PLACE = r"第(?P<{0}>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?:位|名)?(?![一二三四五六七八九十季批期次届轮方梯产类代档])"
# Not 第一产业, 第一季度, 第一方阵, 前列, 前期. The region alone will do behind 排, a rate or a mark: 排全市第1, 增速全市第二, 、全省第4
_RANK = re.compile(
    r"[居列位排名稳跃保升重跻进速幅量,、](?:(?<=位)[居列次]|(?<=排)(?:[名在位]|(?=全|[省市区国]))|(?<=名)列|(?<=稳)居|(?<=跃)(?:居|升至)|(?<=保)持|(?<=升)[至到]|(?<=重)返|(?<=跻)身|(?<=进)入|(?<=[居列])|(?<=[速幅量,、])(?=全[国省市区县州盟]第))"
    r"(?P<set>[^,;:。、\d第前首]{0,12})"
    rf"(?:{_PLACE.format('place')}"
    r"|(?P<first>首位|榜首)|前(?P<top>\d{1,3}|[一二三四五六七八九十]{1,2})(?:位|名|强)?(?![列沿景期年后茅]))"
)
_MORE = re.compile(rf"[、,和及](?P<set>全[国省市区县州盟])?{_PLACE.format('place')}")
"""A place behind a place: 分别居全省第3位、第4位, and 居全省第2位、全国第9位."""
_BASES = re.compile(r"增速|增幅|总量|绝对值|人均")
_LISTED = re.compile(r"[^\d;。]{0,30}")
"""What stands between two values of which nothing else is said."""
_MOST = 8
"""Values that 均 may speak of."""
# 进出口总额增速居全市第二: a name that has a place and no value
_OWN = re.compile(r"(?P<basis>增速|增幅|总量|规模|数量|总额|总数)?(?:均|都)?(?:继续|持续|稳定|保持|稳)?")
_JOINS = frozenset("、和与及")
_TAILS = frozenset(("增速", "增幅", "总量"))
_OF_ANYTHING = marked("of_anything")
"""Rates of whatever is named before them."""
_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")}


def find_ranks(
    text: str, start: int, end: int, bindings: Sequence[Binding], names: Sequence[Mention]
) -> list[Rank]:
    """
    The places stated in ``text[start:end]`` behind values that were bound, or right behind names that have none; in vain
    unless one of `RANKS` is among its signs.
    """
    found: list[Rank] = []
    i = taken = 0
    for m in _RANK.finditer(text, start, end):
        while i < len(bindings) and _value(bindings[i])[1] <= m.start():
            i += 1
        if m.start() < taken:
            continue
        # a mark or the word that says what is ranked is no part of what stands between
        begins = m.start() if m[0][0] in ",、" else m.start() + (m[0][0] in "速幅量")
        if own := _own(text, start, begins, names, max(taken, _value(bindings[i - 1])[1] if i else start)):
            place = Decimal(_numeral(m["place"] or m["top"] or "1"))
            found += [
                Rank(of, place, m["top"] is not None, m["set"], basis, m.start(), m.end())
                for of, basis in own
            ]
            taken = m.end()
            continue
        if not i:
            continue
        of = bindings[i - 1]
        between = text[_value(of)[1] : begins]
        if not read_gap(between).known:
            continue
        top = m["top"] is not None
        places = [(_numeral(m["place"] or m["top"] or "1"), m["set"], m.end())]
        while more := _MORE.match(text, places[-1][2], end):
            places.append((_numeral(more["place"]), more["set"] or "", more.end()))
        if found and found[-1].of is of:  # 增速居全市第三，总量居第五
            between = text[taken:begins]
            places[0] = (places[0][0], m["set"] or found[-1].among, m.end())
        taken = places[-1][2]
        between = between.rpartition(",")[2]  # not 增速分别高于全国、全省，绝对值保持第一
        bases = _BASES.findall(between) or _own_basis(text, of)
        if "分别" not in between:
            if not all(among for _, among, _ in places[1:]):
                continue  # 居全省第二、第五: of what each, no one can tell
            every = _listed(text, bindings, i - 1, _MOST) if "均" in between and not bases else [of]
            found += [
                Rank(whose, Decimal(place), top, among, basis, m.start(), stop)
                for whose in every
                for basis in bases or [""]
                for place, among, stop in places
            ]
            continue
        if len(bases) == len(places):
            ranked = [(of, basis) for basis in bases]  # 总量及增速分别位居全市第二、第四
        else:
            every = _listed(text, bindings, i - 1, len(places))
            if bases or len(every) < len(places) or any(among for _, among, _ in places[1:]):
                continue
            # 贷款余额47亿元、增长18%，分别居…: of one indicator the amount and its growth
            one = len(places) > 1 and every[-2][0] == of[0]
            ranked = [(b, "增速" if one and b[4] else "") for b in every]
        found += [
            Rank(whose, Decimal(place), top, places[0][1], basis, m.start(), stop)
            for (whose, basis), (place, _, stop) in zip(ranked, places, strict=True)
        ]
    return found


@cache
def _one() -> Quantity:
    """Stands for the value of a name that has none."""
    return find_quantities("1个")[0]


def _own(text: str, start: int, at: int, names: Sequence[Mention], after: int) -> list[tuple[Binding, str]]:
    """The names right before a place at *at* that have no value, and what of them is ranked."""
    stop = bisect_left(names, (at,))
    near = [name for name in names[max(0, stop - _MOST) : stop] if after <= name.start and name.end <= at]
    if not near or (m := _OWN.fullmatch(text, near[-1].end, at)) is None:
        return []
    if is_referent(text, start, near[-1].start):  # 对生产总值贡献率
        return []
    own: list[Mention] = []
    for name in reversed(near):
        if (
            len(name.ids) != 1
            or name.ids[0] in _OF_ANYTHING
            or (own and text[name.end : own[-1].start] not in _JOINS)
        ):
            break
        own.append(name)
    q = _one()
    found: list[tuple[Binding, str]] = []
    for name in reversed(own):
        prefix, clause = before_name(text, start, name.start)
        basis = m["basis"] or (tail if (tail := text[name.end - 2 : name.end]) in _TAILS else "")
        found.append(
            (
                (
                    name.ids[0],
                    name,
                    (name.end, name.end, q),
                    read_gap(""),
                    "",
                    None,
                    name.end,
                    prefix,
                    clause,
                    "",
                    "rank",
                    0.8,
                ),
                basis,
            )
        )
    return found


def _value(binding: Binding) -> tuple[int, int]:
    """Where its value begins and ends."""
    _, _, (start, end, _), *_ = binding
    return start, end


def _own_basis(text: str, of: Binding) -> list[str]:
    """What the value itself is: 增速9.1%、全市第1 ranks the growth, 新增规上工业企业26家、全省第二 what was added."""
    _, name, *_ = of
    at, _ = _value(of)
    if text.endswith(("新增", "净增"), 0, name.start) and text.find(",", name.end, at) < 0:
        return [text[name.start - 2 : name.start]]  # but not 新增9家，总数达到40家、全省第二
    return _BASES.findall(text, name.end, at)[:1]


def _listed(text: str, bindings: Sequence[Binding], last: int, most: int) -> list[Binding]:
    """The last of the list of values that ends in ``bindings[last]``, in order, *most* of them."""
    first = last
    while (
        first
        and last - first + 1 < most
        and _LISTED.fullmatch(text, _value(bindings[first - 1])[1], _value(bindings[first])[0])
    ):
        first -= 1
    return list(bindings[first : last + 1])


def _numeral(text: str) -> int:
    if text.isdigit():
        return int(text)
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _DIGITS.get(text[-1], 0)
    return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
