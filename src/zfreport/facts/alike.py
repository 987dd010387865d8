"""Names that mean one measure here and another there, told apart by what the sentence spoke of before: 床位, 满意率, 死亡人数."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .indicators import Mention

__all__ = ["ALIKE", "retold"]

ALIKE = frozenset((("hospital_beds",), ("reply_rate",), ("npc_suggestions",), ("safety_deaths",)))
"""What `retold` looks at."""

_REACH = 120
"""How far before a name its sentence is looked at."""
# 建设养老机构3家，新增床位90张; 民宿80家、床位900张
_HOUSES = re.compile(
    r"(?P<elderly_beds>养老|敬老|福利院|幸福院|老年|照护|护理院|失能)|(?P<hospital_beds>医院|医疗|卫生|病房)"
    r"|(?P<none>民宿|酒店|宾馆|旅馆|饭店|客房|餐位|宿舍)"
)
# Whose matters are closed, and who is content. What is none of the two is no indicator of the table.
_MATTERS = re.compile(
    r"(?P<reply_rate>提案|(?<!复)议案(?!件)|(?:代表|委员|人大|议案|意见)[^,;。]{0,3}建议|代表委员)|(?P<hotline>热线|12345|接诉即办)"
    r"|(?P<none>诉求|来电|信访|来信|来访|留言|信箱|举报|督察|案件|警情|审批|服务事项|企业|就近入学|招生|实事|生态|环境|法治|安全感|督办)"
)
_CALLS = frozenset(("诉求", "来电", "督办", "企业"))
"""Of a hotline too, where one is named before."""
# 道路交通事故起数、死亡人数分别下降9%和8%: on the road, and not at work
_DEATHS = re.compile(
    r"(?P<safety_deaths>生产安全|安全生产|工矿)|(?P<none>道路|交通|溺水|火灾|灾害|疾病|疫情|孕产妇|婴儿)"
)
# 议案2件、建议63件: of two kinds, and the suggestions are the second
_SUGGESTED = re.compile(r"\d+[余多]*[件项个][,、和及]*(?P<name>(?:意见)?建议)(?=\d)")


def retold(text: str, start: int, names: Sequence[Mention]) -> list[Mention]:
    """
    *names* of the sentence that begins at *start*, those of `ALIKE` with the measure that is meant; with none they give no fact.

    >>> from .indicators import default_table
    >>> text = "新建敬老院3所,新增床位90张。热线满意率97%"
    >>> [m.ids for m in retold(text, 0, default_table().mentions(text, 9, len(text)))]
    [('elderly_beds',), ('hotline',)]
    """
    return [_retold(text, start, name) if name.ids in ALIKE else name for name in names]


def _retold(text: str, start: int, name: Mention) -> Mention:
    first, end, (id,), whole = name
    word = text[first:end]
    if id == "npc_suggestions":
        if word.endswith("议案") and (m := _SUGGESTED.match(text, end)) is not None:
            return Mention(*m.span("name"), (id,), whole)
        return name
    if id == "hospital_beds":
        if word != "床位":
            return name
        means = _last(_HOUSES, text, start, first) or id
    elif id == "safety_deaths":
        if word.startswith("生产"):
            return name
        means = _last(_DEATHS, text, start, first) or id
    elif "办复" in word:  # of nothing else in this genre
        return name
    else:
        means = _last(_MATTERS, text, start, first) or "none"
    return name if means == id else name._replace(ids=() if means == "none" else (means,))


def _last(pattern: re.Pattern[str], text: str, start: int, at: int) -> str:
    """Which group of *pattern* is the last before *at*; empty if none."""
    found = ""
    for m in pattern.finditer(text, max(start, at - _REACH), at):
        if not (found == "hotline" and m[0] in _CALLS):
            found = m.lastgroup or ""
    return found
