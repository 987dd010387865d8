"""A number with nothing at it, no scale, unit or qualifier: told by where it stands, or left alone."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Final

from ..text import span_of
from ..vocab import forms, widen
from .model import PartialDate, QuantityKind, Reference, ReferenceKind, ReferenceValue, make_reference

__all__ = ["BEFORE_MARKERS", "BEHIND_MARKERS", "bare_marker", "bare_name", "bare_value"]

_HOTLINES: Final = frozenset("12345 12315 12348 12369 12388 12328 12329 12333 12366 12319 12301".split())
_CLOSING: Final = frozenset('”"’」』')
_HOTLINE = re.compile(  # after one of these or a Chinese character
    widen(
        '[”"’」』]?(?:[一-鿿]{0,5}热线|专线|报警|急救|呼救|接警|指挥|(?:便民|政务)服务平台|[一-鿿]{0,4}举报)'
    )
)
_ITEM_START: Final = frozenset("\n\r。；;：:！!？?．. \t\u3000\u00a0，,“")
_AFTER_ITEM: Final = frozenset(".．、)）〉是要即")
_OPENS: Final = frozenset("(（〈")
_CLOSES: Final = frozenset(")）〉")
_LIST_MARKER: Final = ReferenceKind.LIST_MARKER
BEFORE_MARKERS: Final = frozenset("篇件表图圖注栏欄附")
BEHIND_MARKERS: Final = _CLOSES | _AFTER_ITEM
"""Only after one of those or before one of these is a Chinese numeral a list marker."""
_DAY = re.compile(r"(0[1-9]|1[0-2])[-/](0[1-9]|[12]\d|3[01])")
_EVENT = re.compile(r"(1[0-2]|[1-9])[·・•](3[01]|[12]\d|[1-9])")
_QUOTE_BEFORE = re.compile('[“‘「『"][^“”‘’「」『』"\n，。；：]{0,12}$')
_QUOTE_AFTER = re.compile('[^“”‘’「」『』"\n，。；：]{0,12}[”’」』"]')
_COUNTER_ENDS: Final = forms("读览击论问数气辑量次：:")
_COUNTER = re.compile(widen(r"(?:阅读|浏览|点击|评论|访问|次数|人气|责任编辑)[数量次]{0,2}[：: \s]{0,4}$"))
_CELL_BEFORE = re.compile("(?:^|[\n\r\t\f|]|[ \u00a0\u3000]{2}|[-—－·][ \u00a0]?)[ \u00a0\u3000]{0,3}$")
_CELL_EDGES: Final = frozenset("\n\r\t\f|-—－· \u00a0\u3000")
_CELL_AFTER = re.compile("[ \u00a0\u3000]?(?:$|[\n\r\t\f|]|[ \u00a0\u3000]|[-—－·][ \u00a0]?[-—－\n\r])")
_VALUE_BEFORE = re.compile(widen("[达到至为于增降比在约从由][ \u00a0]?$"))
_ROAD = re.compile(widen("[国省县乡]道$"))
_LINE_END = re.compile(" ?[\n\r\f]")


def bare_name(text: str, start: int, end: int, value: Decimal) -> Reference | None:
    """What the number ``text[start:end]`` is instead of a quantity: a mark, a year, a hotline, a table cell …"""
    last = text[start - 1] if start else "\n"
    following = text[end] if end < len(text) else "\n"
    if mark := _mark(text, start, end, value, last, following):
        return mark
    named = _by_place(text, start, end, value, last, following)
    return make_reference(span_of((start, end)), text[start:end], *named) if named else None


def bare_marker(text: str, start: int, end: int, value: Decimal) -> Reference | None:
    """The list marker that the Chinese numeral ``text[start:end]`` is, if it is one: it can be nothing else of that sort."""
    last = text[start - 1] if start else "\n"
    following = text[end] if end < len(text) else "\n"
    mark = _mark(text, start, end, value, last, following)
    if mark is None and last in BEFORE_MARKERS and end - start < 4 and following not in "级級":
        words = text[start:end]
        return make_reference(span_of((start, end)), words, _LIST_MARKER, int(value), "label")
    return mark if mark is not None and mark.kind is _LIST_MARKER else None


def _mark(text: str, start: int, end: int, value: Decimal, last: str, following: str) -> Reference | None:
    """A short number in brackets, or at the head of an item."""
    if end - start >= 4:
        return None
    if last in _OPENS and following in _CLOSES:
        kind = _LIST_MARKER if start < 2 or text[start - 2] in _ITEM_START else ReferenceKind.NOTE_MARK
        span = span_of((start - 1, end + 1))
        return make_reference(span, text[start - 1 : end + 1], kind, int(value), "mark in brackets")
    if last in _ITEM_START and following in _AFTER_ITEM and not text[end + 1 : end + 2].isdigit():
        stop = end + (following not in "是要即")
        return make_reference(
            span_of((start, stop)), text[start:stop], _LIST_MARKER, int(value), "item number"
        )
    return None


def _by_place(
    text: str, start: int, end: int, value: Decimal, last: str, following: str
) -> tuple[ReferenceKind, ReferenceValue, str] | None:
    """Kind, value and rule of a number that is a reference by itself. Most tests look at one character before they search."""
    words = text[start:end]
    whole = int(value)
    if not words.isdecimal() and (date := _DAY.fullmatch(words) or _EVENT.fullmatch(words)):  # 03-15, 3·15
        return ReferenceKind.DATE, PartialDate(None, int(date[1]), int(date[2])), "month and day"
    if following in "级級":
        return ReferenceKind.GRADE, value, "grade"
    if last in BEFORE_MARKERS and len(words) < 4:
        return _LIST_MARKER, whole, "label"
    if len(words) == 4 and value == whole and 1900 <= whole <= 2100:
        return ReferenceKind.YEAR, whole, "bare year"
    if words in _HOTLINES or (
        len(words) < 7
        and ("\u4e00" <= following <= "\u9fff" or following in _CLOSING)
        and _HOTLINE.match(text, end)
    ):
        return ReferenceKind.HOTLINE, words, "hotline number"
    if last == "=" or (len(words) > 7 and value == whole):
        return ReferenceKind.CODE, words, "code number"
    if last in "道\n" and _ROAD.search(text, max(0, start - 3), start):  # 国道207
        return ReferenceKind.ROAD, words, "road number"
    if last in "双雙" or words in ("211", "985"):  # 双11, 985高校
        return ReferenceKind.NAME, words, "known name"
    if following in "*#＃":  # 3#地块; 4**景区, a letter struck out by a word filter
        return ReferenceKind.NAME, words, "masked"
    if following in "×xX" and text[end + 1 : end + 2].isdigit():  # 2×660兆瓦
        return ReferenceKind.NAME, words, "factor"
    if (
        words.endswith((".0", "．0"))
        and "\u4e00" <= last <= "\u9fff"
        and not _VALUE_BEFORE.search(text, max(0, start - 2), start)
    ):
        return ReferenceKind.MODEL, words, "version"
    if _QUOTE_BEFORE.search(text, max(0, start - 14), start) and _QUOTE_AFTER.match(text, end):
        return ReferenceKind.SLOGAN, words, "number in quotes"
    if (last in _COUNTER_ENDS or last.isspace()) and _COUNTER.search(text, max(0, start - 12), start):
        return ReferenceKind.CELL, value, "counter"
    if (
        last in _CELL_EDGES
        and _CELL_BEFORE.search(text, max(0, start - 4), start)
        and _CELL_AFTER.match(text, end)
    ) or (last == " " and _LINE_END.match(text, end)):
        return ReferenceKind.CELL, value, "cell"
    return None


_COUNTED = re.compile(
    widen(
        "大(?!学|专|中[型小专]|小|型)|余?[一-鿿]{0,4}"
        "(?:人口|群众|学生|企业|农民|儿童|居民|职工|党员|干部|岗位|学位|床位|车位|泊位)"
    )
)


def bare_value(text: str, start: int, end: int, kind: QuantityKind) -> bool:
    """Whether the number ``text[start:end]`` stands where a value is expected: 缩小到1.57, 10大产业链, 300学生."""
    following = text[end : end + 1]
    expected = _VALUE_BEFORE.search(text, max(0, start - 2), start) is not None
    if kind is QuantityKind.OTHER:
        cut = following.isspace() and text[end + 1 : end + 2].isdecimal()  # 40.8 2亿元
        return expected or not (following.isalnum() or cut)
    if _COUNTED.match(text, end):
        return True
    return expected and (not following or following in "，。；,;、）)")
