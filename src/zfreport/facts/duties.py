"""Who is to do a thing and by when, where the text prints it: 牵头单位, 责任单位, 2026年底前. Blank where it does not."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from ..quantities import Quantity
from ..text import Span

__all__ = ["deadline_in", "office_in", "quantities_in"]

# 责任领导 is a person. Behind 、 more offices follow, behind ， another label may: 责任单位：工信局，完成时限：9月底前
_OFFICE = re.compile(
    r"(?P<label>(?:[牵牽][头頭]|[责責]任|[负負][责責]|主[办辦]|承[办辦]|主管|[实實]施|配合)(?:[单單]位|部[门門])(?:及[责責]任人)?)\s*[：:]\s*"
    r"(?P<office>(?:(?![，,]\s*[^，,。：:（(]{2,8}[：:])[^。；;）)\n\r]){2,60})"
    r"|[（(由](?P<named>[^（）()：:，,。；、由\d]{2,24}(?:局|委|[厅廳]|[办辦]|中心|公司|政府|集[团團]))(?:[牵牽][头頭]|[负負][责責])"
)
# Read backwards from 前 and 内, which are rare; forwards, every digit of a text might begin a date.
_BEFORE = re.compile(
    r"(?:(?:20[\d０-９]{2}|二[〇○零][一-鿿]{2}|今|[当當]|明)年)?"
    r"(?:[上下]半年|[一二三四]季度|[\d０-９]{1,2}月(?:份|[\d０-９]{1,2}日|中旬|上旬|下旬)?|(?<!年)年|(?<=年))(?:底|末)?(?:之)?前$"
)
_WITHIN = re.compile(r"(?:今|[当當]|本)?年[内內]$|(?:今年)?[上下]半年$")
_END = re.compile(r"[前内內]|[上下]半年")
_NOT_DATES = frozenset(("年前", "今年前", "明年前", "当年前", "當年前"))


def office_in(text: str) -> str:
    """
    The office printed in *text*, as printed; a second one behind ； and with its label.

    >>> office_in("新建养老床位500张。（牵头单位：民政局）"), office_in("新建养老床位500张。")
    ('民政局', '')
    >>> office_in("（牵头单位：住建局；责任单位：各乡镇）"), office_in("由工信局牵头，建设标准厂房")
    ('住建局；责任单位：各乡镇', '工信局')
    """
    first = ""
    for m in _OFFICE.finditer(text):
        office = (m["office"] or m["named"]).strip()
        if not first:
            first = office
        elif m["label"]:
            return f"{first}；{m['label']}：{office}"
    return first


def deadline_in(text: str) -> str:
    """
    The first deadline printed in *text*, as printed.

    >>> deadline_in("确保2026年底前建成。"), deadline_in("6月底前完工，年内投用"), deadline_in("比前年多建3所")
    ('2026年底前', '6月底前', '')
    """
    for m in _END.finditer(text):
        end = m.end()
        found = (_BEFORE if m[0] == "前" else _WITHIN).search(text, max(0, end - 16), end)
        if found and found[0] not in _NOT_DATES:
            return found[0]
    return ""


def quantities_in(quantities: Sequence[Quantity], span: Span) -> tuple[Quantity, ...]:
    """Those of *quantities* (in text order) that lie in *span*."""
    first = bisect_left(quantities, span.start, key=lambda q: q.span.start)
    last = bisect_left(quantities, span.end, key=lambda q: q.span.start)
    return tuple(quantities[first:last])
