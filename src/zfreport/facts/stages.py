"""
What the words before a name tell of what goes by it: how far projects have come (签约, 开工), of what class firms are
(省级以上), what was done with cases (破获), of which days the visitors are (春节期间).

Projects signed, begun and finished are three counts, and firms of a class are not all firms. The words become the
fact's filter.
"""

from __future__ import annotations

import re

from .marks import marked

__all__ = ["SUMS", "is_of_its_own", "may_tell", "told_by"]

_STARTED = r"开工(?!率|改造)|动工|申报|谋划|储备|签约|新签(?![约订])|签订"
# 新建、续建学校5所 are not only those that go on
_BEGUN = rf"{_STARTED}|(?<![建改扩、和及)])(?:续建|在建)(?![、和及扩改设立成])"
_DONE = r"(?<!共)建成|竣工|投产|投用|完工|交付"
_SIGNED = r"编报|争列|引进|招引|落地|洽谈|推介"
# In each the last counts. 实施, 推进 are said of projects at any stage, and of other things when they are there.
_ANY = rf"(?:{_STARTED}|续建|在建(?!设)|{_DONE}|{_SIGNED})"
_PROJECTS = re.compile(rf"(?P<stage>{_ANY}(?:[、和及]?{_ANY})*)|实施|推进|安排|列入|纳入|统筹|培育")
_HOUSES = re.compile(rf"(?P<stage>{_BEGUN}|{_DONE}|分配)|完成|实施|新增|筹集|提供|(?<!户区)(?<!中村)改造")
_OTHERS = re.compile(
    rf"(?P<stage>{_BEGUN})(?:新建|建设|改?扩?建|[、和])*|{_DONE}|完成|实施|新增|认定|培育|获批|引进|新建|改扩?建|推进|提供|创建|改造|建设"
)
# What was done with cases, loans and items of approval, and not how many there were.
_CASES = re.compile(r"(?P<stage>破获|侦破|查处|查办|侦办|审结|起诉|化解|办结|调处|处置|审理)|发生|发案")
_CONTRACTS = re.compile(r"(?P<stage>吸纳|输出|承接)")
# 春节期间接待游客50万人次: of a few days, and so is the revenue in the next clause
_DAYS = r"(?:春节|元旦|清明|五一|端午|中秋|国庆|元宵)"
_SEASONS = re.compile(
    rf"(?P<stage>{_DAYS}[^,;:。\d文]{{0,6}}?(?:期间|假期|假日|小长假|黄金周|双节)|{_DAYS}(?=$)|小?长假|黄金周|假[日期]|[暑寒][期假])|年|累计|月"
)
# 230个村集体经济收入全部突破5万元: each of so many villages
_VILLAGES = re.compile(r"(?P<stage>[\d/]+[个的]|(?:所有|全部|各)(?:行政)?|行政|每个)$")
_INSURED = re.compile(r"(?P<stage>城乡居民|城镇居民|城镇职工)(?=基本|养老|医疗|医保|$)")
_LOANS = re.compile(r"(?P<stage>发放|投放|累放)|余额")
_ITEMS = re.compile(r"(?P<stage>(?:取消|下放|承接|衔接|精简|压减|清理|削减)+)|保留|公布")
_PATTERNS = {
    "approval_items": _ITEMS,
    "key_project_count": _PROJECTS,
    **dict.fromkeys(("affordable_housing", "shantytown", "resettlement_housing"), _HOUSES),
    **dict.fromkeys(("crime_cases", "telecom_fraud", "petition_volume"), _CASES),
    "mse_loans": _LOANS,
    "tech_contracts": _CONTRACTS,
    "village_collective_income": _VILLAGES,
    **dict.fromkeys(("tourist_visits", "inbound_tourists", "tourism_revenue"), _SEASONS),
    **dict.fromkeys(
        (
            "pension_insurance_people",
            "medical_insurance_people",
            "pension_insurance_rate",
            "medical_insurance_rate",
        ),
        _INSURED,
    ),
}
SUMS = marked("told_sum")
"""Sums and rates that words before the name tell apart as they do counts."""
_MAY_TELL = re.compile(r"[开动续在申谋储签级省自国每名]")
"""One of these is in every stage of `_OTHERS` and in every class."""
_DIGIT = re.compile(r"\d")
# 其中5亿元以上项目8个: at the stage of those before
_GOES_ON = re.compile(r"(?:其中)?[\d.百千万亿]*(?:元以上)?")
_REACH = 60
"""How far before its clause a stage is looked for, of such."""

_LEVEL = r"(?:国家|自治区|[国省市州县区盟旗])"
_CLASS = re.compile(
    rf"(?P<class>(?<![全我本])(?:{_LEVEL}级?(?:[、和及或与]|以及)?){{0,3}}{_LEVEL}级(?:及?以上)?|省市|国家和省)"
    r"(?:农业|科技|重点|示范|标杆|优质|各类|特色|现代|产业化|都市|综合|宜居宜业|创新型|企业|行业|工业|制造业|高校|[(“])*$"
)
# 新增省高新技术企业5家: of the province's list
_BARE = re.compile(r"(?:^|[增育定获批评家、和]|\d个)(?:建|组)?(省|自治区|国家|全国)$")
_LISTED = marked("listed")
_EACH = re.compile(r"(?:每[百千万]|^[百千万]名)[^,;:。、\d]{0,8}?(?=拥有|有|$)|每[个家所]$")
"""每千名老年人拥有养老床位30张 is no number of beds, 每个幼儿园增加50个学位 none of kindergartens."""
_LAST = 24
"""How much before a name tells its class."""
_OWN = re.compile(rf"(?:(?:{_ANY}|分配)[、和及]?)*(?:(?:{_LEVEL}级?(?:[、和及或与]|以及)?)+)?")


def is_of_its_own(filter: str) -> bool:
    """
    Whether the *filter* of a count is its stage or class, and no place.

    >>> is_of_its_own("签约"), is_of_its_own("国家和省级"), is_of_its_own("高新区")
    (True, True, False)
    """
    return _OWN.fullmatch(filter) is not None


def may_tell(id: str, near: str) -> bool:
    """Whether `told_by` may find anything in *near*, the words of its clause before a name."""
    return id in _PATTERNS or _MAY_TELL.search(near) is not None


def told_by(id: str, text: str, sentence: int, clause: int, start: int) -> str:
    """
    The stage and the class that the words of its clause before a name at *start* give it; empty if none.

    >>> told_by("key_project_count", "全年新签约重大项目", 0, 0, 5), told_by("coops", "新增省级示范合作社", 0, 0, 6)
    ('签约', '省级')
    >>> told_by("schools_built", "每个幼儿园增加学位50个", 0, 0, 2)
    '每个'
    """
    if id == "livelihood_projects":  # the region's own, at whatever level
        return ""
    near = text[clause:start]
    pattern = _PATTERNS.get(id)
    if pattern is None:
        if _MAY_TELL.search(near) is None:
            return ""
        pattern = _OTHERS
    elif pattern is _SEASONS or (pattern is _PROJECTS and (near[:2] == "其中" or _GOES_ON.fullmatch(near))):
        near = text[max(sentence, clause - _REACH) : start]
        if pattern is _SEASONS and not ("期" in near or "节" in near or "假" in near or "周" in near):
            return ""
    stage, end = "", 0
    for m in pattern.finditer(near):
        stage, end = m["stage"] or "", m.end()
    if stage and pattern is _VILLAGES:
        return stage + "村"
    if stage and pattern is not _PROJECTS and pattern is not _SEASONS and _DIGIT.search(near, end):
        # 开工学校5所、幼儿园3所 goes on with it, 储备项目5个、打造学校3所 with another verb
        cut = max(near.rfind("、"), near.rfind("和"))
        if cut >= end and cut + 1 < len(near) and _CLASS.fullmatch(near, cut + 1) is None:
            stage = ""
    if (
        ("每" in near or "名" in near)
        and id != "childcare_places"
        and (each := _EACH.search(near)) is not None
    ):
        return each[0]
    return stage + (
        _class(id, near) if "级" in near or "省" in near or "自治" in near or "国" in near else ""
    )


def _class(id: str, near: str) -> str:
    if (m := _CLASS.search(near[-_LAST:])) is not None:
        return m["class"]
    m = _BARE.search(near) if id in _LISTED else None
    return m[1] if m is not None else ""
