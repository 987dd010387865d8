"""What narrows a name, told by the words at it and nothing else: 亿元以上项目, 中心城区常住人口, 普通省道和农村公路."""

from __future__ import annotations

import re

from .clauses import REACH, Prefix, back_to, read_prefix
from .context import clause_start
from .traits import RATES

__all__ = [
    "SIZED",
    "centre_before",
    "is_anyway",
    "is_sized",
    "leaves_whole",
    "model_before",
    "named_part",
    "noun_beside",
    "place_before",
    "school_before",
    "scope_start",
    "size_before",
    "whole_word",
]

_DIGIT = re.compile(r"\d")
SIZED = re.compile(r"以[上下](?=[^,;:。、\d]{0,4}(?:项目|企业|大户|园区|工程))")
"""3000万元以上重大项目, 亿元以上项目: which of them are counted."""
# A run of digits is taken from its beginning only: a long one takes no square of its length.
_SIZE = re.compile(rf"(?:(?<![\d.])[\d.]++)?[千百十]?[万亿]?(?:元|美元|平方米|亩|吨|人){SIZED.pattern}")
_SIZES = ("以上", "以下")
_SHORT = 8
"""Longest words before a name that are all of its scope: 自贸试验区."""
_SCOPE = re.compile(r"(?:[县城市园片新]区|县城|农村|乡镇|试验区|自贸区|开发区|小区|建制镇)(?:生活|居民)?$")
# 城区公厕, 农村道路: where they are; 和美乡村示范村 and 农业农村重大项目 are no places
_PLACE = re.compile(r"(?:(?:主|中心)?(?<!城乡)城区|县城|市区|城镇|(?<!农业)农村|(?<![美丽居])乡村|乡镇)$")
# 省市重点项目 is a name in which the part is told
_NAMED = {
    "dibao_standard": re.compile(r"农村|城[市镇]"),
    **dict.fromkeys(
        ("key_project_count", "key_project_invest"),
        re.compile(
            r"(?:国家|自治区|省市|省和市|省、市|[省市县州区])(?:级(?:以上)?|以上)|省、市(?:、县)?|省和市|省市县?|市县|[省市]"
        ),
    ),
}
_OWN_LIST = {"省": 1, "市": 2}
"""省重点项目 are the province's own."""
_NUMERIC = frozenset("0123456789.百千十万亿")
# Words before such a name that leave it whole: 耕种收综合机械化率, 环境空气质量优良天数, 金融机构不良贷款率
_LEAVES_WHOLE = re.compile(
    r"(?!.*(?:水稻|小麦|玉米|油菜|薯|大豆|花生|甘蔗|棉花|项目县|光伏|风电|水电|火电|核电|新能源|电站)).*(?:耕种收|主要农作物|农作物|环境|空气|地表水|断面|[国省市][控考]|考核|邮政|民航|城市|城区|银行业|银行|金融机构|金融|正常年景下|安全生产|主要污染物|国内|高质量|企业|基础|能源总|学前|教育|常住|统计|口径|市场|普惠|医疗卫生机构|医疗机构|医院|机构|总|年)"
)
_WITH_REGION = frozenset(("", "市", "国际", "港"))
"""云溪国际机场旅客吞吐量, in 云溪's own report; but 云溪钢铁 is a firm."""
# 普通高中学位, 义务教育学位, 老年大学学位: of one kind of school
_SCHOOLS = re.compile(
    r"(?:老年大学(?:\(学校\))?|(?:普通|职业|优质|初)?高中|初中|(?<!中)小学|(?:城区|公办|民办)+学校|中学|义务(?:教育)?|幼儿园|学前(?:教育)?)(?:优质|公办)?$"
)
# 中心城区新增常住人口: a verb stands between, and it is not all the city's
_CENTRE = re.compile(r"(?:中心城区|主城区|城市副中心)")
# 普通省道和农村公路5000公里: one number for both. 惠及, 参与 are words of their own.
_AND = re.compile(
    r"(?:以及|(?<![总共])和|(?<![惠普涉])及|(?<!参)与)(?:(?:国家|[省市县州])级(?:及?以上)?|国家|省)?$"
)
_FIRM = ("企业", "瞪羚", "雏鹰", "独角兽", "型", "冠军", "农场", "小巨人", "“小巨人”")
_STOPS = frozenset(",;:。、\n()")
_HEADS = ("值", "额", "量", "费", "专精特新")
_PLANS = re.compile(r"^(?:新增|培育|力争|争取|确保|预计|实现|完成|全年|年内|全[省市县区])+")
_WORKS = re.compile(r"^(?:的|改(?=扩)|扩建)+")
# 新能源和可再生能源装机 is one thing said twice, 省级和国家高新技术企业 are of one kind
_SAME = re.compile(
    r".*(?:新能源|[国省市县州]级|国家级?|全?[省市县区]|国内|境内|城市|城镇|县城|城区|农村|公办|普惠|各类|其他)"
)
_MODELS = re.compile(
    r"(?:.*(?:和美乡村|美丽乡村|宜居乡村|乡村振兴[^,]{0,8}|精品|精美)”?)?(?:[国省市县]级|[省市县]|以上|级)*"
)
# 城镇老旧小区, 农村户厕, 农业龙头企业: what they are anyway
_ANYWAY = {
    "old_communities": re.compile(r"(?:城镇|城区|城市|小城镇)"),
    "rural_toilets": re.compile(r"农村"),
    "agri_leading_firms": re.compile(
        r"(?:国家级|省级|市级|州级|县级|省市级|以上|重点)*农业(?:产业化)?(?:重点)?"
    ),
    "coops": re.compile(r"农业|农村"),
    "childcare_places": re.compile(r"每?千[名个]?(?:常住)?人口"),
}


def size_before(text: str, sentence: int, start: int, end: int) -> str:
    """
    How large those are that the name at ``text[start:end]`` counts, as printed; empty if that is not said.

    >>> size_before("新开工20亿元以上项目5个", 0, 9, 11)
    '20亿元以上'
    """
    near = max(clause_start(text, sentence, start), start - 12)
    while near > sentence and text[near - 1] in _NUMERIC:  # 20亿元以上, not 0亿元以上
        near -= 1
    sizes = list(_SIZE.finditer(text, near, end))
    # 亿元以上项目5个、到位资金7亿元: what stands behind is not of that size
    return sizes[-1][0] if sizes and not _DIGIT.search(text, sizes[-1].end(), start) else ""


def is_sized(filter: str) -> bool:
    """Whether *filter* is a size, which stage and class are added to (签约亿元以上), and no place."""
    return filter.endswith(_SIZES)


def school_before(text: str, start: int) -> str:
    """The kind of school that stands before a name at *start*; empty if none."""
    m = _SCHOOLS.search(text, max(0, start - 12), start)
    return m[0] if m is not None else ""


def place_before(words: str) -> str:
    """
    The place at the end of *words* before a name of works that is told apart by nothing else; empty if none.

    >>> place_before("新建农村"), place_before("主城区"), place_before("和美乡村")
    ('农村', '主城区', '')
    """
    m = _PLACE.search(words)
    return m[0] if m is not None else ""


def named_part(id: str, name: str, level: int) -> str:
    """
    The part that the printed *name* of an indicator begins with, in a report of a region of *level*; empty if it is of the whole.

    >>> named_part("key_project_count", "省市重点项目", 2), named_part("key_project_count", "省重点项目", 1)
    ('省市', '')
    """
    pattern = _NAMED.get(id)
    m = pattern.match(name) if pattern is not None else None
    return m[0] if m is not None and _OWN_LIST.get(m[0]) != level else ""


def centre_before(text: str, sentence: int, start: int) -> str:
    """The centre of a city that is spoken of in the clause of a name at *start*; empty if none."""
    if text.find("城", max(sentence, start - REACH), start) < 0:
        return ""
    m = _CENTRE.search(text, clause_start(text, sentence, start), start)
    return m[0] if m is not None else ""


def leaves_whole(words: str, region: str) -> bool:
    """
    Whether unknown *words* before a rate or a sum leave it the region's own; *region* is its name, if that is known.

    >>> leaves_whole("环境空气", ""), leaves_whole("云溪国际", "云溪市"), leaves_whole("云溪钢铁", "云溪市")
    (True, True, False)
    """
    if _LEAVES_WHOLE.fullmatch(words) is not None:
        return True
    own = region[:-1]
    return len(own) > 1 and own in words and words.replace(own, "", 1) in _WITH_REGION


def model_before(words: str) -> str:
    """Which 示范村 are counted, by the *words* before it (民主法治); empty if those of the countryside at large (乡村振兴)."""
    return "" if _MODELS.fullmatch(words) else words


def is_anyway(id: str, filter: str) -> bool:
    """Whether what goes by *id* is always what *filter* says: 农村户厕."""
    return id in _ANYWAY and _ANYWAY[id].fullmatch(filter) is not None


def whole_word(text: str, first: int, at: int) -> int:
    """Where the word at *at* begins that was cut at a known one: 规模|化供水, 5|G用户, 20|个项目, DRG)|付费病种."""
    if text[at] in "个项家":
        return at + 1
    if text[at] == "化":
        return max(first, at - 2)
    if (close := text.find(")", at, at + 6)) >= 0:
        return close + 1
    while at > first and text[at - 1].isascii() and text[at - 1].isalnum() and text[at].isascii():
        at -= 1
    return at


def scope_start(text: str, prefix: Prefix, unit: str, clause: int, start: int) -> int:
    """Where the words begin that tell of which part a name at *start* is, which is told by its name."""
    what = prefix.filter or prefix.rest
    if not what or not text.endswith(what, clause, start):
        return start
    m = _SCOPE.search(what)
    if m is None:  # 海关高级认证企业总数
        return start if unit in RATES else start - len(what)
    return start - (len(what) if len(what) <= _SHORT else len(what) - m.start())


def noun_beside(text: str, start: int, first: int) -> str:
    """
    An unknown noun that shares its number with the name at *start*, with what joins them; empty if there is none.

    文化总产值和旅游总收入达到110亿元: neither is said to be that. In 新建和改造 there is no noun, in 60公里和 a number of its own.
    """
    listed = text[start - 1] == "、"
    m = None if listed else _AND.search(text, max(first, start - 8), start)
    if not listed and m is None:
        return ""
    at = start - 1 if m is None else m.start()
    before = text[back_to(_STOPS, text, max(first, at - 24), at) : at]
    if (listed and not before.endswith(_FIRM)) or _DIGIT.search(before):
        return ""
    prefix = read_prefix(before)
    noun = prefix.filter or prefix.rest
    if not noun and not prefix.known and before.endswith(_HEADS):  # 文化总产值: 值 is a word of gaps too
        noun = _PLANS.sub("", before)
    noun = _WORKS.sub("", noun)
    return noun + text[at:start] if noun and not _SAME.fullmatch(noun) else ""
