"""
What the words between a name and its value say: direction, basis, comparator, how the value is handed out.

A gap is read token by token against ``data/fact_words.tsv``. If every token is known, the value belongs to the name;
one unknown word, and it may belong to something this table does not know. Gaps repeat (增长, ，增长, 达到), so each
distinct one is read once.
"""

from __future__ import annotations

import re
from functools import cache

from attrs import field, frozen

from ..memo import Memo
from ..vocab import fold, read_table
from .indicators import trie_pattern

__all__ = [
    "GAPS",
    "LAST",
    "MARKS",
    "MAX_GAP",
    "PREFIXES",
    "REACH",
    "UNKNOWN",
    "WORDING",
    "Gap",
    "Prefix",
    "back_to",
    "read_gap",
    "read_prefix",
]

MAX_GAP = 64
"""Longest gap that is read; a name and its value never stand further apart."""
MARKS = frozenset(",;:。\n")
"""Between clauses."""
_MANY = 65536
LAST = 24
"""How much before a name is read."""
REACH = 40
"""How far before a name its clause is looked at."""


@frozen(eq=False)
class Gap:
    """What stands between a name (or a value) and the next value."""

    known: bool
    """Every word is known, so that the value may be the name's."""
    comma: bool
    """There is a comma, semicolon or colon."""
    list_only: bool
    """Nothing but 、 和 与 及 and the verbs that may be repeated in a list (5%以上、力争达到6%)."""
    verb: str = ""
    """``up down to value share times over under``, of the last verb; empty without one."""
    each: bool = False
    """分别."""
    every: bool = False
    """均, 都."""
    after_words: bool = False
    """A direction without a number stands before, behind 、: 保持稳定增长、力争达到3%."""
    stretch: bool = False
    """力争, 争取, 努力: after a value, a second and higher one."""
    exceeds: bool = False
    """突破, 超过, 高于 right before the value and apart from it: the value is a lower bound."""
    growth: bool = False
    """增速, 涨幅, 增长: the value is a rate of change even after 达到."""
    origin: bool = False
    """从 or 由 at the end: the value is where a change starts."""
    basis: str = ""
    comparator: str = ""
    whole: str = ""
    """占…: of what it is a share."""
    region: str = ""
    """，我县, （全市, 同期全国: whose the value is, behind a mark."""
    plain: bool = False
    """Nothing but known words that hand one value to one name: no list, no 分别, 均, 力争, no 从, and no 我县."""
    toneless: bool = False
    """No word of it sets a bound or a tone."""
    per_head: bool = False
    """人均 is said."""


@frozen
class Prefix:
    """What stands before a name in its clause."""

    filter: str = ""
    """Words that make the name a part of the region or of the measure: 高新区, 机电产品."""
    rest: str = ""
    """Unknown words right before the name: of an aggregate they mean a part (对东盟进出口), of things done a verb (改造老旧小区)."""
    region: str = ""
    """全国 全省 全市 …, if it names a region."""
    known: bool = True
    """No unknown word."""
    plain: bool = field(init=False)
    """Nothing that makes a name a part, or says whose it is."""

    @plain.default
    def _is_plain(self) -> bool:
        return not (self.filter or self.rest or self.region)


_OPEN = (
    r"(?P<paren>\([^()]{0,40}\))"
    r"|(?P<year>(?:19|20)[\dx*×]{2}年(?:度|底|末|前|以来)*|“?十[一二三四五]五”?(?:时期|期间|末|规划)*|(?:\d{1,2}|[一二三四五六七八九十两几]{1,2})个?[年月](?:来|内|间|期)?)"
    r"|(?P<factor>(?:扣除|剔除|不含|考虑)[^,;:。、]{1,14}(?:因素|影响)(?:后|外)?)"
    # 310亿元，居全市第3位，增长6.9%; 12万户、全省第3，总量达67万户
    r"|(?P<rank>(?:位?居|排名?|列)(?:全[国省市区县州盟])?第[\d一二三四五六七八九十]{1,3}[位名]?"
    r"|(?:[位排]?[居列名]|排在?|跃升至|升至|保持)?(?:全[国省市区县州盟]|[东西]部|各[省市])[^,;:。、\d第]{0,6}第[\d一二三四五六七八九十]{1,3}[位名]?(?=[,、;]))"
    r"|占(?:到|了)?(?!比)(?P<whole>[^,;:。、]{1,20}?)(?:的)?(?:比重|比例|比率|份额|百分比|比(?=[由从达为提升])|(?=达|为|提高|提升|升至|上升|下降|降|超|保持|稳定|维持|由|从|$))"
    r"|(?:是|为|相当于|达到?)(?P<times>[^,;:。、]{1,14}?)的(?=$)"
    r"|(?P<over>高于|快于|高出|领先|优于|好于|跑赢|多于|不低于(?=[全省国市各]))(?P<over_of>[^,;:。、\d]{1,16})"
    r"|(?P<under>低于|慢于|落后)(?P<under_of>[^,;:。、\d]{1,16})"
)
_THAN = r"(?:比(?!增)|较)(?P<than>(?:(?!分别|均)[^,;:。、]){1,14}?)(?=增|提|改善|上升|上涨|下|降|减|高|低|翻|多|少|扩|实现|将|分别|均|$)"

# 收入增长与经济增长同步、分别增长6%和7%: an answer of its own before the values
_SYNC = r"[与和同跟][^,;:。、\d与和同跟]{1,14}?(?:同步|持平|相适应|相匹配)(?:增长|提高)?"

_STRETCH = frozenset(
    "力争 争 争取 努力 奋力 力求 冲刺 挑战 奋斗目标 冲刺目标 挑战目标 奋斗目标为 并力争 并争取 并努力".split()
)
_EXCEEDING = frozenset(("突破", "超过", "超", "逾", "过", "高于", "突破了", "超过了"))
WORDING = re.compile(
    r"力争|争取|努力|奋力|力求|冲刺|确保|保证|必须|务必|严格控制在|控制在|保持在|稳定在|维持在|不低于|不少于|至少|不高于|不超过|突破|超过|超|高于|低于|不到|约|近|左右|上下|以上|以内|之内|以下|[保争](?=0)|[≥≤⩾⩽≧≦<>＜＞]"
)
"""Words that set the bound and the tone of the number behind them, for which 0 stands, or in it."""
_COLONS = frozenset(":：")
# After 增速, 涨幅 these say only that the rate is so; after 下降 a 控制在 does the same.
_PLAIN = frozenset(
    "达到 达 为 是 在 控制在 保持在 稳定在 维持在 高于 低于 不低于 不高于 不超过 超过 突破 实现 完成 稳定 控制 保持".split()
)


@cache
def _words() -> dict[str, str]:
    return {fold(row["word"]): row["class"] for row in read_table("fact_words")}


@cache
def _token() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<sep>[,;:，；：])|(?P<sync>{_SYNC})|[与和同跟](?P<against>[^,;:。、]{{2,12}}?)相比|(?P<list>[、和与及]|以及)|(?P<from>[从由自])|{_OPEN}|(?P<word>{trie_pattern(_words())})|{_THAN}|(?P<bracket>[()])|(?P<other>.)",
        re.S,
    )


def back_to(marks: frozenset[str], text: str, start: int, at: int) -> int:
    """
    Where the words before *at* begin: behind the last of *marks*, or at *start*.

    The way back is short.
    """
    while at > start and text[at - 1] not in marks:
        at -= 1
    return at


UNKNOWN = Gap(known=False, comma=False, list_only=False)
"""A gap with an unknown word says nothing of what stands behind it."""


def read_gap(gap: str) -> Gap:
    """
    Read the words of a gap.

    >>> g = read_gap("同比增长")
    >>> g.known, g.verb, g.basis
    (True, 'up', '同比')
    >>> read_gap("总额实现").known, read_gap("企业利润增长").known
    (True, False)
    >>> g = read_gap(",均是上一个五年的")
    >>> g.verb, g.every, g.comparator
    ('times', True, '上一个五年')
    """
    return GAPS[gap] if len(gap) <= MAX_GAP else UNKNOWN


def _read_gap(gap: str) -> Gap:
    gap = gap.removeprefix("”")  # 打通“断头路”24条
    listed = True
    comma = each = every = joined = False
    exceeds = growth = stretch = after_words = origin = said = False
    verb = comparator = whole = region = last = before = ""
    marked = False
    basis: list[str] = []
    words = _words()
    for m in _token().finditer(gap):
        kind = m.lastgroup or ""
        token = m[0]
        before, last = last, kind
        # 从2020年的51%, 从上半年5.5%: a time and 的 may stand between 从 and the value
        origin = kind == "from" or (
            # 由上年下降2.3%转为增长8.5%
            origin
            and (
                kind == "year"
                or token == "的"
                or words.get(token) == "time"
                or (token in ("增长", "下降") and gap[m.start() - 2 : m.start()] in ("上年", "去年"))
            )
        )
        if kind == "sep":
            said = said or bool(comparator or verb)  # 高于全省平均，力争7%
            comma = marked = True
            listed = False
            verb = whole = comparator = ""
            growth = False
        elif kind == "list":
            joined = True
            after_words = m.start() > 0
        elif kind == "from":
            listed = False
        elif kind == "word":
            role = words[token]
            if role in ("up", "down", "to", "value", "share"):
                growth = growth or role in ("up", "down")
                exceeds = token in _EXCEEDING
                # 增速达到8%: the noun says what it is, the verb only that it is so
                # and a share stays one: 比重提高到5%
                if not (
                    (role == "value" and verb in ("up", "down") and token in _PLAIN)
                    or (verb == "share" and role not in ("up", "down"))
                ):
                    verb = role
            elif role == "dist":
                each = True
            elif role == "all":
                every = True
            elif role == "basis" or (token == "实际" and gap.startswith(("增", "下降"), m.end())):
                basis.append(token)
            elif token in _STRETCH:
                stretch = True
            elif marked and _REGION.fullmatch(token):
                region = token
            if role not in ("up", "down", "modal", "value", "aspect", "to"):
                listed = False
        elif kind == "whole":
            verb, whole, listed = "share", m["whole"], False
        elif kind == "times":
            verb, comparator, listed = "times", m["times"], False
        elif kind == "over_of":
            verb, comparator, listed = "over", m["over_of"], False
        elif kind == "under_of":
            verb, comparator, listed = "under", m["under_of"], False
        elif kind in ("than", "against"):
            comparator, listed = m[kind], False
        elif kind == "factor":
            basis.append(token)
            listed = False
        elif kind == "other":
            return UNKNOWN
        elif kind == "bracket":
            marked, listed = True, False
        else:
            listed = False
    if (
        gap.endswith("的") and last == "word" and (before != "year" or "恢复" in gap)
    ):  # 达到财政收入的60%, 恢复到2019年的95%: a part of it, not a value of it
        return UNKNOWN
    after_words = after_words or (said and stretch)
    if after_words and stretch:
        comparator = ""  # of the words, not of the value
    list_only = listed and joined and not comma and not stretch
    return Gap(
        known=True,
        comma=comma and gap not in _COLONS,  # 地区生产总值：6%左右: nothing else can be meant
        list_only=list_only,
        verb=verb,
        each=each,
        every=every,
        after_words=after_words,
        stretch=stretch,
        exceeds=exceeds,
        growth=growth,
        origin=origin,
        basis="".join(dict.fromkeys(basis)),
        comparator=comparator,
        whole=whole,
        region=region,
        plain=not (list_only or each or every or stretch or origin or region),
        toneless=WORDING.search(f"{gap}0") is None,
        per_head=any("人均" in token for token in basis),
    )


GAPS: Memo[str, Gap] = Memo(_read_gap, _MANY)
"""`read_gap` of gaps of at most `MAX_GAP` characters."""


# A zone, a park or a county is not the region of the report; a kind of firm or product is not the whole measure.
_PARTIAL = re.compile(
    r".*(?:[^全我本各城]区|[^全我本各]县|[^本]镇|[^本]乡|街道|新城|片区|园|基地|港|[^全]村|企业|公司|产业|行业|产品|商品|项目|人口|群众"
    r"|人员|农民工|毕业生|农户|脱贫户|家庭|领域|设备|农业|林业|渔业|建筑业|工业|轻工|服务|院校|高校|民办|私营|国有|外资|农村|县级|中央|部门"
    r"|贸易|电商|游客|港口|机场|老年人|职工|劳动力|军人|妇女|残疾人|[^本]地区|全国[^,]{1,8}|限上|限额以上|监测|京津冀区域|亩均|户均|村均|人均|每亩|每户|单位面积|地均)(?:的|实现|完成|新增)?"
)
# What is done says nothing of which part it is done to: 改造城镇老旧小区, 拟发行超长期特别国债
_DEEDS = re.compile(
    r"(?:[改扩续]?\)|首[个家座]|为各?类?(?:企业|市场主体|经营主体)|推动|推进|促进|加快|扩大|提升|改造|改建|利用|新建|建设|建成|完成|实施|开工|竣工|投产|投用|开通|培育|认定|申报|入库|备案|发展|引进"
    r"|发行|撬动|到位|调度|创建|打造|争创|获批|重点打造|办好|做好|抓好|确保|提质|整治|更新|开展|组织|投放|配置|设立|登记|注册|计划|规定|全年|年内"
    r"|新(?=[开建改增培认引入登注设获投签创])|增(?!值)|拟(?=[发安新建定])|再(?=[新增改建])|续(?=建)|改(?=建)|建(?!制|筑|材|档)|设(?!施|备|计)|[、及])+"
)
_MARKER = re.compile(
    r"^(?!\d+年)(?:[^\u4e00-\u9fffA-Za-z“]*\d[个家项条座所](?!以)|[^\u4e00-\u9fffA-Za-z“]+)?(?:[一二三四五六七八九十]{1,3}(?:[是要]|、))?[—\-]*"
)
"""What marks a point of a list: ——, ①, 1., 一是; and 30个 of 30个省级重点项目, which counts what stands behind. 2023年 is a time."""
_COUNTED = re.compile(r".*\d[个家项户名]")
"""新增石桥科技2家上市公司: what was counted before."""
_SURPLUS = re.compile(r"^(?:其中|的)|(?:的|实现|完成|新增)$")
"""What is none of what narrows a name: 其中脱贫地区, 市区新增."""
_PART_OF_REGION = re.compile(
    r"(?:民营|国有|私营|外资|文旅|文化旅游|数字|海洋|服务业|制造业|工业|农业|县域|民营经济|绿色|科技|涉农|规上|规下|限上)"
)
_REGION = re.compile(r"(?:全国|我国|全省|我省|全市|我市|全县|我县|全区|我区|全自治区|全州|全盟|全旗)")


def read_prefix(prefix: str) -> Prefix:
    """
    Read what stands before a name in its clause.

    >>> read_prefix("力争全市").region, read_prefix("高新区").filter, read_prefix("机电产品").filter
    ('全市', '高新区', '机电产品')
    """
    return PREFIXES[prefix[-LAST:]]


def _read_prefix(prefix: str) -> Prefix:
    prefix = _MARKER.sub("", prefix).removesuffix("“")
    known, region, tail, word, last, behind = True, "", 0, 0, "", 0
    for m in _token().finditer(prefix):
        last = m.lastgroup or ""
        if last == "other":
            known = False
        elif last == "year" and m.start() == tail:
            tail = m.end()
        elif last == "word":
            if m[0] == "统筹" and prefix.endswith("门诊", 0, m.start()):
                last, known = "other", False  # 职工医保门诊统筹
            elif len(m[0]) > 1:  # 新 of 高新区 is no word by itself
                word, tail = m.span()
            if _REGION.fullmatch(m[0]):
                region = m[0]
                behind = m.end()
    # 全市民营经营主体: the region's, and a part all the same
    if region and not known and last == "other" and _PART_OF_REGION.fullmatch(prefix, behind):
        return Prefix(filter=prefix[behind:], region=region, known=False)
    partial = not region and _PARTIAL.fullmatch(prefix) is not None
    if region or (known and not partial):
        return Prefix(region=region, known=known)
    words = prefix[tail:] or prefix
    if len(words) == 1 and partial:  # 开发|区
        words = prefix[word:]
    if (deed := _DEEDS.match(words)) is not None:
        words = words[deed.end() :]
        partial = partial and _PARTIAL.fullmatch(words) is not None
    if (counted := _COUNTED.match(words)) is not None:
        words = words[counted.end() :]
    if words.endswith("“新三样”"):  # 锂电池、光伏产品“新三样”: those are it
        words = "“新三样”"
    if partial:
        words = _SURPLUS.sub("", words)
    # behind a verb (…稳岗，实现) the unknown words before it are no part of the name
    return Prefix(filter=words if partial else "", rest=words if last == "other" else "", known=False)


PREFIXES: Memo[str, Prefix] = Memo(_read_prefix, _MANY)
"""`read_prefix` of the last `LAST` characters."""
