"""
Numbers that are no quantities: dates, plans, congresses, roads, hotlines, slogans, and names of every kind.

The rules are rows of ``data/references.tsv``; this module joins them into one pattern and gives each find its value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache, lru_cache
from typing import Final, NamedTuple

from ..numerals import ARABIC_DIGITS, read_numeral
from ..text import span_of
from ..vocab import fold, read_table, widen
from .firsts import opening_guard, split_first
from .model import PartialDate, Reference, ReferenceKind, ReferenceValue, make_reference

__all__ = ["find_references"]

_Z = "零〇○一二三四五六七八九两兩十廿卅百千"
_CLOSE = '[”"’」』]'
_OPEN = '[“"‘「『]'
_TOKENS: Final = {
    "<Y>": r"(?:[1１]<S>[89８９]|[2２]<S>[0０]|[2２][1１])<S>\d<S>\d",
    "<N>": rf"(?:\d{{1,8}}|[{_Z}]{{1,8}})",
    "<Z>": rf"[{_Z}]{{1,6}}",
    "<z>": f"[{_Z}]",
    "<S>": "[ \u00a0\u3000\u2002\u2003]?",
    "<to>": "[-－–—~～─至到]",
    "<close>": _CLOSE,
}
_NO_NAME: Final = r"[ \u00a0]?[%万亿元吨人亩户家倍项条公平千]"
"""Before these a run of digits is a quantity: nine in ten are spared the trial of every rule."""
_INSIDE: Final = rf"(?<![\d.．A-Za-z][{ARABIC_DIGITS}])"
"""No digit inside a run or a word: two in three are, and this comes before all else."""
_BEGINNINGS: Final = (
    # (the first character, what must stand before it, {number in the table: what is passed before its patterns are tried})
    (
        ARABIC_DIGITS,
        "",  # `_INSIDE` says it
        {
            "quoted digits": f"(?<={_OPEN}.)",
            "year": rf"(?<=[12１２])(?!\d*+{_NO_NAME})"
            r"(?:(?<=[1１])<S>[89８９]|(?<=[2２])<S>[0０]|(?<=[2２])[1１])<S>\d<S>\d(?!\d)",
            "digits": rf"\d*+(?!(?:[.．]\d++)?{_NO_NAME})[ \u00a0\u3000]?+<first>",
        },
    ),
    (
        _Z + "双雙",
        rf"(?<![{_Z}\d万萬亿億].)",
        {
            "chinese year": rf"(?<=[一二])(?=[九八〇○零0０])[{_Z}\d][{_Z}\d\ufffd]{{2}}(?![{_Z}\d])",
            "chinese": rf"(?<![双雙].)[{_Z}]{{0,12}}+<first>",
            "quoted chinese": r"(?<=[“\"‘「『、”].)",
        },
    ),
    ("A-Za-zＡ-ＺⅠ-Ⅻ", r"(?<![A-Za-zＡ-Ｚ\d/／].)", {"latin": ""}),
    (re.escape("第党黨前规規限〔［[【（(^"), "", {"word": ""}),
    ("半", "", {"half": ""}),
)


def _expand(pattern: str) -> str:
    pattern = re.sub(r"\[[^\]]*\]", lambda m: m[0].replace("<z>", _Z), widen(pattern))
    for token, meaning in _TOKENS.items():
        pattern = pattern.replace(token, meaning)
    return pattern


class _Rule(NamedTuple):
    name: str
    kind: ReferenceKind
    value: Callable[[str], ReferenceValue]


@cache
def _scan() -> tuple[re.Pattern[str], tuple[_Rule, ...]]:
    """
    The joined pattern, and the rule that each of its groups stands for.

    One class comes first, so that sre can skip to it; then, by what that character is, the rules. Each rule ends in an
    empty group, which says that it was this one, and begins with what is rarest, so that most are ruled out by one look.
    """
    order: list[_Rule] = []
    branches = []
    for first, before, numbers in _BEGINNINGS:
        tried = []
        for number, passed in numbers.items():
            rows = [row for row in read_table("references") if row["number"] == number]
            for opening, same in _openings(rows).items() if number == "word" else [(passed, rows)]:
                patterns = [_expand(row["pattern"].removeprefix(opening)) + "()" for row in same]
                order += (
                    _Rule(row["rule"], ReferenceKind(row["kind"]), _READERS[row["value"]]) for row in same
                )
                behind = f"(?<={widen(opening)})" if number == "word" else _expand(opening)
                tried.append(behind.replace("<first>", opening_guard(patterns)) + f"(?:{'|'.join(patterns)})")
        branches.append(f"(?<=[{first}]){before}(?:{'|'.join(tried)})")
    firsts = "".join(first for first, *_ in _BEGINNINGS)
    return re.compile(f"[{firsts}]{_INSIDE}(?:{'|'.join(branches)})"), tuple(order)


def _openings(rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Rules by the fixed character or class that their patterns begin with, and that the scan has passed."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(split_first(row["pattern"])[0], []).append(row)
    return found


def find_references(text: str) -> Iterator[Reference]:
    """The references of *text*, in order and disjoint."""
    pattern, rules = _scan()
    at = 0  # where the reference before ends: two may touch, 国发〔2022〕2号国发〔2022〕3号
    # all matches first: taken in turns with the rest, the engine would find its code gone from the processor's cache
    for match in list(pattern.finditer(text)):
        group = match.lastindex
        assert group is not None
        name, kind, reader = rules[group - 1]
        start, end = match.span()
        words = match[0].rstrip()  # a space may have been passed after the number
        value = _value(words, reader)
        if value is _REFUSED:
            continue
        if kind is _DOCUMENT:
            issuer = _ISSUER.search(text, max(at, start - 8), start)
            year, number = _numbers(words)
            start = issuer.start(1) if issuer else start
            words, value = text[start:end], (issuer[1] if issuer else "", year, number)
        elif kind is _ORDINAL and _is_rank(text, start, words):
            kind = ReferenceKind.RANK
        at = start + len(words)
        yield make_reference(span_of((start, at)), words, kind, value, name)


_DOCUMENT: Final = ReferenceKind.DOCUMENT  # a member looked up on its class costs as much as a match
_ORDINAL: Final = ReferenceKind.ORDINAL
_RANKED = re.compile(
    widen(
        r"(?:居|列|排|位|占|全[国省市区县球州旗疆盟]|世界|国内|各市|第[一二三]|增速|总量|[省市区县])[^，。；、]{0,5}$"
    )
)
_NO_RANKS: Final = frozenset("次届屆批轮輪代部章条條期季度节節篇步天线線年")


def _is_rank(text: str, start: int, words: str) -> bool:
    """Whether 第三 says how high something stands: 居全省第3, 增速全市第一; not 第三次, 第三季度."""
    return (
        words[0] == "第"
        and words[-1] not in _NO_RANKS
        and _RANKED.search(text, max(0, start - 12), start) is not None
    )


# 根据国发〔2022〕2号: the issuer stands before the year, and other words before the issuer
_ISSUER = re.compile(r"(?:[据照按以和《“、，（\s])?((?:(?![据照按])[\u4e00-\u9fff]){1,8})$")


@lru_cache(maxsize=4096)
def _value(words: str, reader: Callable[[str], ReferenceValue]) -> ReferenceValue:
    return reader(words)


_REFUSED: Final = "refused"
_NUMERAL = re.compile(rf"\d+|[{_Z}]+")


def _numbers(words: str) -> list[int]:
    """Every whole number in *words*, positional ones (二〇一六) included."""
    found = []
    for m in _NUMERAL.finditer(re.sub(r"(?<=\d)\s(?=\d)", "", fold(words))):
        value = read_numeral("一" + m[0] if m[0] in ("百", "千") else m[0])  # 百强
        if value is not None and len(m[0]) < 12:
            found.append(int(value))
    return found


def _date(words: str) -> ReferenceValue:
    """2014年1-11月 → January to November 2014; 六月三十日 → 30 June of no year."""
    s = re.sub(r"\s+", "", fold(words))
    iso = re.match(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?", s)
    if iso:
        return PartialDate(*(int(g) for g in iso.groups() if g))
    year: int | None = None
    months: list[int] = []
    days: list[int] = []
    pending: list[int] = []
    for part in re.finditer(rf"(\d+|[{_Z}元]+)|([年月日号])|.", s):
        if part[1]:
            value = 1 if part[1] == "元" else read_numeral(part[1])
            if value is not None:
                pending.append(int(value))
        elif part[2]:
            if part[2] == "年" and pending:
                year = pending[-1]
            elif part[2] == "月":
                months += pending
            else:
                days += pending
            pending = []
    if any(not 1 <= month <= 12 for month in months):
        return _REFUSED
    if len(months) > 1 and len(days) in (0, 2):
        first, last = (
            PartialDate(year, m, days[i] if days else None) for i, m in enumerate((months[0], months[-1]))
        )
        return first, last
    if len(days) > 1:
        return PartialDate(year, months[0], days[0]), PartialDate(year, months[0], days[-1])
    return PartialDate(year, months[0] if months else None, days[0] if days else None)


def _day(words: str) -> ReferenceValue:
    day = _numbers(words)[0]
    return PartialDate(None, None, day) if 1 <= day <= 31 else _REFUSED


def _years(words: str) -> ReferenceValue:
    """2016—2020年 and 二○○五至零六年 → first and last; 2017年一季度 → 2017."""
    found = _numbers(words)
    if not found:
        return None
    if not _SEVERAL.search(words):
        return found[0]
    last = found[-1] if found[-1] > 99 else found[0] // 100 * 100 + found[-1]
    return found[0], last


_SEVERAL = re.compile(r"[-－–—~～─至到、和与與或/／]")


@cache
def _periods(kind: str) -> dict[str, tuple[int, int]]:
    return {
        row["surface"]: (int(row["start"]), int(row["end"]))
        for row in read_table("periods")
        if row["kind"] == kind
    }


def _plan(words: str) -> ReferenceValue:
    """十二五 and 第十二个五年规划 → 2011 and 2015."""
    name = fold(words).removeprefix("第").partition("个")[0]
    return _periods("five_year_plan").get(
        name if name.endswith("五") and "个" not in fold(words) else name + "五"
    )


def _law_plan(words: str) -> ReferenceValue:
    return _periods("law_education_plan").get(fold(words)[0] + "五普法")


def _plenum(words: str) -> ReferenceValue:
    """十八届三中、四中全会 → 18 and (3, 4); 三中全会 → no term and (3,)."""
    found = _numbers(words)
    return (found[0], tuple(found[1:])) if "届" in fold(words) else (None, tuple(found))


def _session(words: str) -> ReferenceValue:
    found = _numbers(words)
    return (found[0], found[-1])


def _ordinal(words: str) -> ReferenceValue:
    found = _numbers(words)
    return None if not found else found[0] if len(found) == 1 else tuple(found)


def _number(words: str) -> ReferenceValue:
    found = _numbers(words)
    return found[0] if found else None


_READERS: Final[dict[str, Callable[[str], ReferenceValue]]] = {
    "date": _date,
    "day": _day,
    "years": _years,
    "plan": _plan,
    "law_plan": _law_plan,
    "plenum": _plenum,
    "session": _session,
    "congress": _number,
    "ordinal": _ordinal,
    "number": _number,
    "document": _number,
    "text": lambda words: words,
    "none": lambda words: None,
}
