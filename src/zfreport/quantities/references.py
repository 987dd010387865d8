"""
Numbers that are no quantities: dates, plans, congresses, roads, hotlines, slogans, and names of every kind.

The rules are rows of ``data/references.tsv``; this module joins them into one pattern and gives each find its value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from itertools import chain
from typing import Final, TypeAlias

from ..memo import Memo
from ..numerals import ARABIC_DIGITS, read_numeral
from ..text import span_of
from ..vocab import fold, other_forms, read_table, widen
from .firsts import opening_guard, shelved, split_first
from .model import PartialDate, Reference, ReferenceKind, ReferenceValue, make_reference

__all__ = ["find_references", "is_nameless"]

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
_FREQUENT: Final = [char + other_forms(char) for char in "步年批次期大个体级条分人以"]
"""What stands behind a numeral most often, and mostly as a unit or in a word: there it takes a second look."""
_INSIDE: Final = rf"(?<![\d.．A-Za-z][{ARABIC_DIGITS}])"
"""No digit inside a run or a word: two in three are, and this comes before all else."""
_QUOTE: Final = "quote"
_BEGINNINGS: Final = {
    # (the first character, what must stand before it, {number in the table: what is passed before its patterns are tried})
    "digits": (
        (
            ARABIC_DIGITS,
            _INSIDE,
            {
                "quoted digits": f"(?<={_OPEN}.)",
                "year": rf"(?<=[12１２])(?!\d*+{_NO_NAME})"
                r"(?:(?<=[1１])<S>[89８９]|(?<=[2２])<S>[0０]|(?<=[2２])[1１])<S>\d<S>\d(?!\d)",
                "digits": rf"\d*+(?!(?:[.．]\d++)?{_NO_NAME})[ \u00a0\u3000]?+<first>",
            },
        ),
    ),
    "words": (
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
        # digits in quotes may be a slogan whatever follows them; the rules of digits tell
        (_OPEN[1:-1], f"(?=[{ARABIC_DIGITS}])", {_QUOTE: ""}),
    ),
}


def _expand(pattern: str) -> str:
    pattern = re.sub(r"\[[^\]]*\]", lambda m: m[0].replace("<z>", _Z), widen(pattern))
    for token, meaning in _TOKENS.items():
        pattern = pattern.replace(token, meaning)
    return pattern


_REMEMBERED: Final = 1024


_Rule: TypeAlias = "tuple[str, ReferenceKind, Memo[str, ReferenceValue]]"
"""Name, kind, and the values of words. A plain tuple, because a named one takes far longer to unpack."""


@cache
def _scan(which: str) -> tuple[re.Pattern[str], tuple[_Rule, ...]]:
    """
    The joined pattern of *which* beginnings, and the rule that each of its groups stands for.

    One class comes first, so that sre can skip to it; then, by what that character is, the rules. Each rule ends in an
    empty group, which says that it was this one, and begins with what is rarest, so that most are ruled out by one look.
    """
    order: list[_Rule] = []
    branches = []
    frequent = _FREQUENT if which == "words" else ()
    for first, before, numbers in _BEGINNINGS[which]:
        tried = []
        for number, passed in numbers.items():
            if number == _QUOTE:
                tried.append("()")
                order.append((_QUOTE, ReferenceKind.SLOGAN, _values("text")))
                continue
            rows = [row for row in read_table("references") if row["number"] == number]
            for opening, same in _openings(rows).items() if number == "word" else [(passed, rows)]:
                patterns = [_expand(row["pattern"].removeprefix(opening)) + "()" for row in same]
                behind = f"(?<={widen(opening)})" if number == "word" else _expand(opening)
                order += ((row["rule"], ReferenceKind(row["kind"]), _values(row["value"])) for row in same)
                if "<first>" in behind:
                    behind = behind.replace("<first>", opening_guard(patterns, frequent))
                tried.append(f"{behind}(?:{shelved(patterns)})")
        branches.append((first, f"(?<=[{first}]){before}(?:{'|'.join(tried)})"))
    (most, first_branch), *rest = branches
    others = f"|(?<![{most}])(?:{'|'.join([branch for _, branch in rest])})" if rest else ""
    firsts = "".join([first for first, _ in branches])
    return re.compile(f"[{firsts}](?:{first_branch}{others})"), tuple(order)


@cache
def _names() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What keeps a number from being a name, and what may follow the whole number in one."""
    patterns = {
        number: [_expand(row["pattern"]) for row in read_table("references") if row["number"] == number]
        for number in ("digits", "year")
    }
    guards = [opening_guard(same) for same in patterns.values()]
    return re.compile(widen(_NO_NAME)), re.compile(f"[ \u00a0\u3000]?(?:{'|'.join(guards)})")


def is_nameless(tail: str, whole: bool) -> bool:
    """
    Whether no rule of digits, quoted ones aside, fits a number before *tail*; *whole*: if it is written with digits only.
    """
    no_name, name = _names()
    return no_name.match(tail) is not None or (whole and tail != "" and name.match(tail) is None)


def _openings(rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """Rules by the fixed character or class that their patterns begin with, and that the scan has passed."""
    found: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        found.setdefault(split_first(row["pattern"])[0], []).append(row)
    return found


def find_references(text: str, numbers: Iterable[int] | None = None) -> list[Reference]:
    """
    The references of *text*, in order and disjoint.

    *numbers* are, in order, the places of digits where a reference may begin, if the caller knows, as a scan for quantities
    does, which has seen what stands behind each; else every run of digits is tried. Those after a quotation mark need not
    be among them.
    """
    if numbers is None:
        numbers = [m.start() for m in _RUN.finditer(text)]
    found: list[Reference] = []
    at = 0  # where the reference before ends: two may touch, 国发〔2022〕2号国发〔2022〕3号
    for match, (name, kind, values) in _matches(text, numbers):
        start = match.start()
        words = match[0].rstrip()  # a space may have been passed after the number
        value = values[words]
        if value is _REFUSED:
            continue
        if kind is _ORDINAL:
            if _is_rank(text, start, words):
                kind = _RANK
        elif kind is _DOCUMENT:
            issuer = _ISSUER.search(text, max(at, start - 8), start)
            year, number = _numbers(words)
            start = issuer.start(1) if issuer else start
            words = text[start : match.end()]
            value = (issuer[1] if issuer else "", year, number)
        at = start + len(words)
        found.append(make_reference(span_of((start, at)), words, kind, value, name))
    return found


_RUN = re.compile(f"[{ARABIC_DIGITS}]{_INSIDE}")


def _matches(text: str, numbers: Iterable[int]) -> list[tuple[re.Match[str], _Rule]]:
    """
    What one pattern of all rules would match, from the left: at *numbers* by the rules of digits, elsewhere by the others.

    The others are all tried first: taken in turns, the engine would find its code gone from the processor's cache.
    """
    of_digits, digit_rules = _scan("digits")
    of_words, word_rules = _scan("words")
    match_digits = of_digits.match
    coming = list(of_words.finditer(text))
    coming.reverse()
    found: list[tuple[re.Match[str], _Rule]] = []
    at = 0  # where the match before ends
    size = len(text)
    word = coming.pop() if coming else None
    start = word.start() if word is not None else size
    for number in chain(numbers, (size,)):
        while start < number and word is not None:
            if start < at:  # its beginning belongs to digits, 5A级; another may begin inside
                while coming and coming[-1].start() < at:
                    coming.pop()
                word = of_words.search(text, at)
                if word is not None and (not coming or word.start() < coming[-1].start()):
                    start = word.start()
                    continue
            else:
                rule = word_rules[word.lastindex - 1]  # type: ignore[operator]
                if rule[0] is not _QUOTE:
                    found.append((word, rule))
                    at = word.end()
                elif (digits := match_digits(text, word.end())) is not None:
                    found.append((digits, digit_rules[digits.lastindex - 1]))  # type: ignore[operator]
                    at = digits.end()
            word = coming.pop() if coming else None
            start = word.start() if word is not None else size
        if number >= at and (digits := match_digits(text, number)) is not None:
            found.append((digits, digit_rules[digits.lastindex - 1]))  # type: ignore[operator]
            at = digits.end()
    return found


_DOCUMENT: Final = ReferenceKind.DOCUMENT  # a member looked up on its class costs as much as a match
_ORDINAL: Final = ReferenceKind.ORDINAL
_RANK: Final = ReferenceKind.RANK
_RANKED = re.compile(
    widen(  # one class first, so that the search skips to it
        r"[居列排位占全世国各第增总省市区县](?:(?<=[居列排位占省市区县])|(?<=全)[国省市区县球州旗疆盟]|(?<=世)界|(?<=国)内|(?<=各)市"
        r"|(?<=第)[一二三]|(?<=增)速|(?<=总)量)[^，。；、]{0,5}$"
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
_ISSUER = re.compile(r"(?:[据照按以和《“、，（\s])?([^\x00-\u4dff\ua000-\U0010ffff据照按]{1,8})$")


@cache
def _values(reader: str) -> Memo[str, ReferenceValue]:
    """What a reader makes of words: remembered, as years, plans and ordinals return in every report."""
    return Memo(_READERS[reader], _REMEMBERED)


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
    found = _numbers(words)
    return PartialDate(None, None, found[0]) if found and 1 <= found[0] <= 31 else _REFUSED


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
