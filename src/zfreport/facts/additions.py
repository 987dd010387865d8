"""Whether a number tells what was added or what there is: 新增企业12家，总数达到100家."""

from __future__ import annotations

import re

from .clauses import REACH

__all__ = ["IN_ALL", "goes_on_adding", "is_added", "is_total"]

_ADDED = r"(?<=新)(?:增|培育|认定|登记|注册|获|设|引进|入规|入库|备案)|(?<=净)增|(?<=培)(?<!累计培)育|(?<=认)(?<!累计认)定"
"""Behind one of 新净培认, which the patterns begin with for the sake of a quick search."""
# 新增科技型企业543家、高新技术企业54家
_FLOW = re.compile(
    rf"[新净培认充复入](?:(?<=补充)(?=耕地)|(?<=恢复)(?=耕地)|(?<=流入)(?=耕地)|{_ADDED})(?!.*(?:总数|累计|现有|拥有|达|(?<!增)[、和](?:改造|建成|建设|完成|实施|打造|整治|提升|维修|开工|竣工|改建|扩建|更新|铺设)))"
)
# 新建5G基站1200个、总量达到8600个
_NEWLY_BUILT = re.compile(r"新(?:改?建(?!成?区|材)|开通|投放|开工)")
# 新增高新技术企业9家、小巨人2家，科技型中小企业40家: the last too; but 科技型中小企业达到40家 is what there is
_FLOWED = re.compile(rf"[新净培认](?:{_ADDED})[^,;:。]*\d[家户](?:,[^,;:。达有总累共]{{2,24}}\d[家户])*,$")
_FLOWS_ON = re.compile(
    r"(?!打造|创建|建成|建设|引进|完成|实施|入选|获评|组建)(?:[^,;:。达有总累共]{2,24}\d[家户][、和])*"
)
_ALL_TOLD = re.compile(r"[总存](?=[数量])|累计|达")
IN_ALL = re.compile(r"总[数量]")


def is_added(text: str, clause: int, end: int, built: bool) -> bool:
    """Whether ``text[clause:end]``, a name and what stands before it, says that they are new; *built*: 新建 does too."""
    return _FLOW.search(text, clause, end) is not None or (
        built and _NEWLY_BUILT.search(text, clause, end) is not None
    )


def is_total(text: str, left: int, at: int, number: str, carried: bool) -> bool:
    """Whether the words before *number*, ``text[left:at]``, say that so many there are now: 新增30公里、突破100公里."""
    if carried and number.startswith(("突", "超")):
        return True
    return (carried or text.find(",", left, at) >= 0) and _ALL_TOLD.search(text, left, at) is not None


def goes_on_adding(text: str, first: int, clause: int, start: int) -> bool:
    """Whether a name at *start* goes on, over the comma before its clause, with what its sentence said was added."""
    return (
        clause > first
        and text[clause - 1] == ","
        and _FLOWS_ON.fullmatch(text, clause, start) is not None
        and _FLOWED.search(text, max(first, clause - REACH), clause) is not None
    )
