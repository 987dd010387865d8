"""
The foot of a part: paragraphs below its last section that speak of the whole part, and lie in no section.

Thanks, problems, lessons, the government's own work, the fields that are left. They come last, and nothing but their words
says that the section above them is at its end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from ..headings.wording import PROBLEMS
from ..layout import Line
from ..nodes import Form, Kind
from ..vocab import any_of, both, late
from .model import Head

__all__ = ["feet"]

# members looked up on their classes cost ten times as much
_SECTION = Kind.SECTION
_LINE = Form.LINE

_TIME = r"(?:(?:刚刚)?过去的?[一五]年|[一五]年来|一年|这[一五]年|[12１２][\d０-９]{3}年)"
_WHOLE = late(
    r"[成进变清深看认回宝重主](?:(?<=[成进变])[绩就步化][^。]{0,20}(?:来之不易|得益于|归功于|根本在于|主要是由于|是[^。]{4,90}的结果)"
    rf"|(?:(?<=清)醒|(?<=深)知|(?<=看)到|(?<=认)识到)[^。]{{0,40}}(?:{PROBLEMS})"
    r"|(?<=回)望[^。，]{0,12}年|(?<=回)顾(?:过去|这)的?[一五]年|(?<=深)切(?:感到|体会)|(?<=[宝重])[贵要]经验|(?<=主)要体会)",
    both,
)
"""What the first sentence about all of the sections says: how it was done, problems, lessons."""
_SUMS_UP = late(rf"(?:[“\"]?十?[一二三四五]五[”\"]?时期|{_TIME})[，,]?(?:的实践|是(?!.{{0,30}}第))", both)
_THANKS = late("我[谨代](?:(?<=代)表|(?<=谨)代表)[^。，,]{0,12}(?:政府|国务院)", both)
_TURNS = late(rf"(?:{_TIME}|(?:与此)?同时|此外|在.{{2,20}}同时)[，,]", both)
_OWN_WORK = late("政治建设 自身建设 政府建设 主题教育 从严治党 依法行政 法治政府", any_of)
"""The government's own work, behind words that go back over the year."""
_OF_OWN_WORK = late("自身 政府 作风 效能 行政 施政 履职", any_of)
"""What the title of a section about that has."""
_FIELD = late(
    "国防 国家安全 双拥 民族 宗教 民宗 外事 外侨 侨务 对台 台湾 港澳 人防 人民防空 民防 审计 统计 气象 地震 水文 档案 史志 方志 保密 供销 红十字 残疾人 残联 老龄 "
    "妇女 妇联 青少年 共青团 工会 科协 慈善 社科 关心下一代 邮政 公积金",
    any_of,
)
_FIELDS = 5
"""So many different ones make a paragraph the one about the fields that are left."""
_ALL_FIELDS = late("社会事业 各项事业 各项工作", any_of)
"""What the title of a section about them says."""


def feet(
    lines: Sequence[Line], body: Sequence[int], heads: Sequence[Head], leads: Sequence[Head], annex_at: int
) -> set[int]:
    """The lines at which the last sections of the parts end, if before the part; *heads* are in order, without the *leads*."""
    found: set[int] = set()
    opened = {h.line: h.style for h in heads if not h.start}
    opened |= {h.line: h.style for h in leads if not h.start}
    last: Head | None = None
    for h in [*heads, None]:
        if h is not None and h.depth > 1:
            if h.kind is _SECTION:
                last = h
        elif last is not None:
            end = annex_at if h is None else h.line
            below = body[bisect_right(body, last.line) : bisect_left(body, end)]
            foot = _foot(lines, below, last, opened)
            if foot is not None:
                found.add(foot)
            last = None
    return found


def _foot(lines: Sequence[Line], below: Sequence[int], last: Head, opened: Mapping[int, str]) -> int | None:
    """The first of the lines *below* the heading of a *last* section that is no part of it; it keeps one, at least."""
    title = lines[last.line].text[slice(*last.title)]
    whole = _ALL_FIELDS.search(title) is not None
    own = _OF_OWN_WORK.search(title) is not None
    styles = {"lead"}
    for n, i in enumerate(below):
        if i in opened:
            styles.add(opened[i])
            continue
        text = lines[i].text
        if len(text) < 20 or (n == 0 and last.form is _LINE):
            continue
        stop = text.find("。")
        if (
            _WHOLE.search(text, 0, stop if 0 < stop < 160 else 160)
            or _SUMS_UP.match(text)
            or _THANKS.search(text, 0, 400)
        ):
            return i
        turn = _TURNS.match(text)
        if (
            (turn and not own and _OWN_WORK.search(text, turn.end(), stop if 0 < stop < 90 else 90))
            or ((turn or own or _FIELD.match(text)) and not whole and _of_fields(text))
        ) and not any(opened.get(j) in styles for j in below[n + 1 :]):
            return i
    return None


def _of_fields(text: str) -> bool:
    return text.count("、", 0, 400) >= _FIELDS - 1 and len(set(_FIELD.findall(text, 0, 400))) >= _FIELDS
