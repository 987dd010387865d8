"""
Of which time a sentence speaks: done, expected, or to be done; this year, the next, or five.

Evidence, strongest first: words in the sentence before the value (去年, 到2025年, 预计), the sentence that opens a list
of targets (今年…主要预期目标是：), what the paragraph spoke of, and the role of the part.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from .model import Horizon, Modality
from .sense import Base, Sense, Years

__all__ = ["Clock"]

# Named here once: to get a member from its class takes Python 3.11 as long as five comparisons.
_ACTUAL, _TARGET = Modality.ACTUAL, Modality.TARGET
_YEAR, _FIVE_YEAR, _PERIOD = Horizon.YEAR, Horizon.FIVE_YEAR, Horizon.PERIOD
# 目标是： opens a list of targets; 完成了年初确定的目标 does not. The rarer character of 目标 first, so that `re` can skip to it.
_ANCHOR = re.compile(
    r"标(?<=[目指]标)(?:任务|和任务|要求)?的?(?:建议|初步|拟|安排|确定|设定|定|考虑){0,3}"
    r"(?:(?:是|为|如下)?:|(?<=目标)(?:任务)?(?:建议|初步|拟|安排|确定|设定|定){0,3}(?:是|为)(?=[^,;。]{0,40}\d))"
)
# 围绕“十五五”规划 says nothing of the time of what follows, 完成“十四五”规划 that it is over.
_PLAN_NAME = (
    r"“?(?P<plan>十[一二三四五六]?|[六七八九])五”?"
    r"(?:时期|期间|末|以来(?!的?(?:最|首|新高))|这五年|的?五年|[^,;:。]{0,12}目标(?:任务)?(?:是|为|:)|(?P<loose>规划|发展|计划))"
)
# 五年主要目标, but not 2025年主要目标 or 二〇二五年主要目标
_FIVE = re.compile(
    rf"[今未]后[五5]年|未来(?:[五5]|几)年|{_PLAN_NAME}|(?<![\d〇零○一二三四五六七八九十])[五5]年(?:的)?(?:奋斗|发展|主要|总体|预期)*目标|[新本]届政府"
    r"|(?:到|至)(?P<year>20\d\d)年|(?:到|至)(?:届末|本届末|规划期末)"
)
# What they begin with: the pattern itself begins in too many ways for a quick search.
_FIVE_FIRST = re.compile(r"[今未“十六七八九五5新本到至]")
# One of these is in all of them.
_FIVE_SIGN = re.compile(r"[五届5几期到至](?:(?<=[五届])|(?<=[5几])年|(?<=期)末|(?<=[到至])20)")
_SIGNED = 4
"""It begins at most so many characters before that: “十四五."""
_ANNUAL = re.compile(
    r"[今明本新全年2](?<![比较].)(?:(?<=[今明全])年|(?<=本)年度?|(?<=新)的一年|(?<=年)[内度]|(?<=2)(?P<year>0[\dx*]{2})年)(?!来)"
)
# 过去的一年, 过去一年, 上一年, 2023年, 去年, 一年来: by their 年, which is rarer than what they begin with. The longest comes first,
# and the group that takes part tells how far before 年 it begins.
_PAST = re.compile(
    r"年(?:(?<=过去的一年)(?<![比较于与和]过去的一年)(?P<five>)|(?<=过去一年)(?<![比较于与和]过去一年)(?P<four>)"
    r"|(?<=(?P<year>(?:19|20)[\dx*]{2})年)(?<![比较于与和]....年)|(?<=上一年)(?<![比较于与和]上一年)(?P<two>)"
    r"|(?<=[去上]年)(?<![比较于与和].年)(?P<one>)|(?<=一年)(?<![比较于与和]一年)来(?P<since>))"
    r"(?!同期|底|末|前|平均|水平|同比|的?基础|增长目标)"
)
_BEFORE = {"five": 4, "four": 3, "year": 4, "two": 2, "one": 1, "since": 1}
# Without it there is neither 五年来 nor 用三年时间.
_SEVERAL = re.compile(r"年(?<=[二两三四五六七八九十2-9]年)(?<!\d\d\d年)")
# 产量2030年达到300亿; 2028年粮食产量达到30万吨; 实现2035年…: a year to come without 到
_COMES = re.compile(
    r"(?![底末前的度起]|目标|任务|规划|指标|远景|预期)(?:(?:力争|将|要)?(?:达到|实现|突破|超过)|全[省市县区]|(?P<opens>(?!.{0,8}(?:的|[开完竣]工|建成|投[产用运]|通车|交付|启[用动]|举办|召开))[^,;:。]{2,24}))"
)
_AMOUNT = re.compile(r"\d|翻")
_OPENS = frozenset(("", *",;:。\n("))
_FROM = frozenset("到至比较与和由从同于为0123456789")
_COUNTING = "一二两三四五六七八九十1-9"
_MANY = "(?:[二两三四五六七八九2-9]|十[一二三四五六七八九]?|[12][0-9])"
# 2025年累计 is one year, 五年来最好水平 a comparison
_SPAN = re.compile(
    rf"[过近这{_COUNTING}](?:(?:(?<=过)去|(?<=[近这]))的?{_MANY}年|(?<![\d.〇○第续几数个{_COUNTING}].)(?:(?<=[十12])[{_COUNTING}])?年"
    r"(?:来|间|以来|期间|(?P<clause>累计|平均|共|增[长加]|下降|翻)))(?!来?的?(?:最|首|新高|平均|同期))"
)
# 2003年到2023年, read from its end
_FIRST = re.compile(r"(?<![\d比较与和])((?:19|20)\d\d)年?[至到—~-]{1,2}$")
_TO = frozenset("至到—~-")
# 制定2025—2027年行动方案: its years are not those of the figures
_SCHEME = re.compile(r"[^,;:。\d]{0,12}(?:行动|规划|计划|方案|攻坚|纲要)")
_SUM = re.compile(r"[累上](?:(?<=累)计|(?<=上)一?个?五年)")
_CLAUSE_ENDS = re.compile(r"[,;](?!分别|同比|增长|均|比|较)")
# What a heading or the words that open a paragraph say it looks back on. The names of a plan count without 规划:
# 2021年是“十四五”规划开局之年 speaks of a year.
_LONG = re.compile(
    r"[过近这三五四十六七八九](?:(?<=过)去的?[五5四三3十]年|(?<=[近这])的?[五5四三3十]年|(?<=[三五四十])(?<![\d〇○第续几数二三四五六七八九].)年(?:来|间|以来|(?<=[五四]年)工作|(?<=的.年)(?=[,;:。\n]))"
    r"|(?:(?<=“十)[一二三四五六]?|(?<=“[六七八九]))五”(?!(?:普法|末|收官|开局|起步|冲刺|以来的?(?:最|首|新高))|[^,;:。]{0,6}(?:规划|计划|纲要))"
    r"|(?<!“.)(?:(?<=十)[一二三四五六]?|(?<=[六七八九]))五(?:时期|期间|以来(?!的?(?:最|首|新高))))"
)
_SHORT = re.compile(
    r"[去过这一12](?<![比较从由自是为].)(?:(?<=[去一])年|(?<=过)去的?一年|(?<=这)一年|(?:(?<=1)9|(?<=2)0)\d\d年)(?!以来|底|末|[至到—-])来?"
)
# （二）2023年的主要工作, 过去五年的成就 as lines of their own: what is below is of that time
_HEADS = re.compile(r"年[^,;:。\d]{0,12}(?:工作|回顾|成就|成绩|成效|历程|变化|情况)(?:回顾)?\n")
_HEADING = 32
_TURNS = re.compile(r"过去的?(?:一|20\d\d)年|一年来|这一年")
# “十四五”时期发展成就和“十五五”时期主要目标: the first half of such an outlook looks back. 这五年 only goes on with it.
_BACK = re.compile(
    r"过去的?[五5]年|(?:五年来|五年以来)(?!的?(?:首|最))|“?(?P<plan>十[一二三四五六]?|[六七八九])五”?(?:时期|期间|的?五年)|(?P<these>这五年)"
)
_LEADS = re.compile(
    r"(?:各位代表[!,。]|[特尤值更令][^,;:。\n]{1,8}的是,|[—\-]+|\([一二三四五六七八九十]{1,3}\)|[一二三四五六七八九十]{1,3}、|\s)*"
)
_LEADING = frozenset("各特尤值更令—-(一二三四五六七八九十\n")
"""What they begin with."""
_LEAD = re.compile(r"[^,;:。!\n]{0,24}")
_OPENING = 24
_TOLD = frozenset(("review", "other", "outlook"))
"""Parts whose time the first words of a sentence may tell: the others have one of their own."""
# 五年来, 五年间: what follows is done, also where a plan looks back. The middle character alone, so that `re` can skip to it.
_SINCE = re.compile(
    r"年(?<=[二两三四五六七八九十几2-9]年)(?<![\d〇][\d〇一二三四五六七八九]年)(?<!今后.年)(?<!未来.年)(?<!之后.年)(?:以?来(?!的?首|最)|(?P<loose>间))"
)
# 力争通过3年左右时间，…增长万元以上; 用三年努力; 五年内: a goal, and not for the year
_WITHIN = re.compile(
    r"年(?<=(?P<n>[二两三四五六七八2-8])年)(?<![第\d〇一二三四五六七八九十].年)(?:(?:(?<=未来.年)|(?<=今后.年))(?![^,;:。\d]{0,8}(?:行动|规划|计划|方案|攻坚|滚动))|(?:左右)?(?:的)?(?:时间|努力|奋斗|内(?![部需外容涵])))"
)
# 稳预期, 市场预期, 高于预期 and 好的预期不断释放 are expectations of others and say nothing of the figures
_ESTIMATE = re.compile(
    r"[预初](?:(?<=预)计|(?<=预)期(?<![稳高好低不及场会的定强期导符合]..)(?!目标|性|寿命|[,;:。、的不稳向转较]|明显|持续|管理|引导)|(?<=初)步(?:核算|统计))"
)
_DONE = re.compile(
    r"[了已连](?:(?<=(?:达到|增长|完成|实现|突破|下降|增加|提高|新增|建成|办成|超过)了)|(?<=已)(?:经)?(?:达|完成|建成|实现|有|累计|突破)|(?<=连)续(?:(?:\d{1,2}|[一二三四五六七八九十]{1,2})年|迈上|跨越|突破))"
)
_EXPECTED = re.compile(r"(?:预期|计划|安排|确保|力争)(?:目标)?(?:为|增长|达到|完成|实现)")
_AHEAD = re.compile(r"今年|明年|要|将|力争|争取|确保|计划|努力|目标|新的一年|下一步|加快|推进")
_LIST_ENDS = re.compile(
    r"(?:上述|以上|这些|实现|完成|围绕|为|提出|确定|设定|要|我们|各位|重点|做好|工作中|\(?[一二三四五六七八九十]+[、)是])"
)
_NUMERAL = {c: i for i, c in enumerate("〇一二三四五六七八九十")}
_COUNT = re.compile(rf"“?(?P<plan>十[一二三四五六]?|[六七八九])五(?!年)|(?P<n>{_MANY})年")
# 由2019年的9%, 是2019年的2倍, 恢复到2019年, 自2019年起: a time to start from or to measure against
_UNDATED = (*"由从自为是继过于同", "复到", "达到", "回到", "复至")
# 2021年建成的…, 在2022年增长9%的基础上, 2021年突破百亿元后
_NOT_OF = re.compile(r"度|以来|至今|起|版|[^,;:。\d]{1,14}的|[^,;:。]{1,20}(?:基础|基数|后[的,])")
# 党的十八大以来, 建区以来: more than a year; 改革开放以来最好 compares
_EPOCH = re.compile(
    r"(?:十(?P<th>[八九])大|(?P<xx>二十大)|改革开放|建[国市县区州]|[建成]立|届政府|设[市区]|挂牌)以来(?!的?(?:最|首))"
)
_CONGRESS = {"八": 2012, "九": 2017, "二十大": 2022}
_YEAR_END = re.compile(r"(?:19|20)\d\d(?<![\d比较与和由从自于同是为].{4})年[底末](?!的|前|之?前|同比)")
_THAN_BEFORE = ("比前", "较前", "与前", "同前", "和前")
_TIMES = re.compile(r"的[\d.]+倍")
# 2025年园区产值较2020年增长50%: the date of a figure, and no word of what follows
_SINCE_YEAR = re.compile(
    r"(?:19|20)\d\d年(?![,;:。是来])[^,;:。]{2,24}[较比](?:(?:19|20)\d\d年|“?十[一二三四]五)"
)
_YEAR_FIRST = re.compile(r"(?:19|20)\d\d年")
_RECALLS = ("回望", "回首", "回顾")
_AIMS = ("实现", "力争", "争取", "确保", "计划", "预计", "力求")


def _is_comparator(text: str, m: re.Match[str]) -> bool:
    """比“十二五”末增长1.5倍, 是“十二五”末的2倍: what something is measured against, and no time of its own."""
    before = text[m.start() - 1 : m.start()]
    return before in ("比", "较", "从", "由") or (
        before in ("是", "为") and (m[0].endswith("末") or _TIMES.match(text, m.end()) is not None)
    )


def _plan_years(name: str) -> tuple[int, int]:
    """First and last year of 十四五 (given as 十四) and the like."""
    n = _NUMERAL[name] if len(name) == 1 else 10 + _NUMERAL[name[1]]
    return 1951 + 5 * n, 1955 + 5 * n


class Clock:
    """Tells the `State` at a place of a report that was read sentence by sentence."""

    def __init__(
        self, text: str, bounds: Sequence[int], roles: Iterable[tuple[int, int, str]], years: Years
    ) -> None:
        """*bounds*: those of the sentences of *text*; *roles*: stretches of it with the role of their part, in order."""
        self.text = text
        self.years = years
        self.ahead: list[int] = []
        """The sentences about the future, before their own words are heard."""
        self.listed: set[int] = set()
        """The sentences that stand in a list of targets."""
        self._base = self._bases(bounds, list(roles))
        self._silent: dict[Base, Sense] = {}
        """The sense of a sentence without a word for a time."""

    def _bases(self, bounds: Sequence[int], roles: list[tuple[int, int, str]]) -> list[Base]:
        text = self.text
        out: list[Base] = []
        planned = any(role in ("plan", "outlook") for _, _, role in roles)
        anchors = [(m.start() - 1, m.end()) for m in _ANCHOR.finditer(text)]
        pasts = [
            first
            for m in _PAST.finditer(text)
            if self._is_past(m["year"]) and text[(first := m.start() - _BEFORE[m.lastgroup or ""]) - 1] != "("
        ]
        since = {m.start(): bool(m["loose"]) for m in _SINCE.finditer(text)}
        if since:
            pasts = sorted({*pasts, *since})
        many = len(bounds) - 1
        told_in = {bisect_right(bounds, place) - 1 for place in (*pasts, *(at for at, _ in anchors))}
        borders = [bisect_left(bounds, start - 1) for start, _, _ in roles]
        for (_, _, role), (first, last) in zip(roles, pairwise([*borders, many]), strict=True):
            if role in _TOLD:
                told_in |= self._telling(bounds, first, last)
        busy = sorted(told_in.union(borders))
        busy.append(many)
        modality, horizon = _ACTUAL, _YEAR
        i = a = p = b = 0
        role = ""
        listed = past = long = mixed = gone = told = False
        spans = looks = below = after = ""
        # members of an enumeration by their identity: their hash is worked out in Python
        bases: dict[tuple[int, int, bool, str, bool], Base] = {}
        base = bases[id(modality), id(horizon), False, "", False] = Base(modality, horizon, False, "")
        n = 0
        while n < many:
            # Nothing holds that a new paragraph would end: on to the next sentence that has something to tell.
            if not (listed or past or gone or after or spans != looks or role == "explanation"):
                while busy[b] < n:
                    b += 1
                if (next := busy[b]) > n:
                    out += [base] * (next - n)
                    if base.modality is _TARGET:
                        self.ahead += range(n, next)
                    n = next
                    continue
            start = bounds[n]
            n += 1
            end = bounds[n]
            while i < len(roles) and roles[i][0] <= start + 1:
                role = roles[i][2]
                opening = text[roles[i][0] : roles[i][0] + 120]
                i += 1
                listed = past = long = gone = told = False
                looks, mixed = self._looks_back(opening) if role in ("review", "other") else ("", False)
                spans = looks
                if role in ("plan", "self_building"):
                    modality, horizon = _TARGET, _YEAR
                elif role == "outlook":
                    # 2024年发展思路 is for that year, whatever its first sentence says of 十四五
                    named = _ANNUAL.search(opening, 0, 10)
                    year = named is not None and self._is_plan(named["year"]) and "五年" not in opening[:40]
                    modality, horizon = _TARGET, _YEAR if year else _FIVE_YEAR
                elif role == "review":
                    modality, horizon = _ACTUAL, _YEAR
            if after:
                spans, after = after, ""
            if start and text[start - 1] == "\n":
                past = long = gone = False
                # in a part of both kinds 这五年 or 一年来 holds until the other is said, else for its paragraph
                spans, below = below or looks, ""
                # a list goes on over a line break behind ；, and where dashes open its lines
                if listed and text[start - 2 : start - 1] in "。!" and text[start] not in "—-":
                    listed = False
                # an explanation tells why: only what it says is ahead is a target
                past = role == "explanation" and not listed
            if n - 1 in told_in:
                if role in ("review", "other"):
                    said_of = self._lead(start, end)
                    if said_of is not None:
                        # 过去的五年，…。2016年，民生支出8亿元。新建学校30所。: the year is that of its sentence
                        if (
                            spans
                            and not said_of
                            and _YEAR_FIRST.match(text, start, end)
                            and text[start - 1] != "\n"
                        ):
                            after = spans
                        spans = said_of
                        if (
                            said_of
                            and text.endswith(("年。\n", "年\n"), start, end)
                            and end - start < _HEADING
                        ):
                            below = said_of  # 这是实力提升的五年。 as a line of its own
                        turns = (
                            mixed
                            or (not said_of and _TURNS.search(text, start, min(end, start + 24)))
                            or (end - start < _HEADING and _HEADS.search(text, start, end) is not None)
                        )
                        if turns and (
                            start == 0
                            or text[start - 1] == "\n"
                            or text.endswith("各位代表!", 0, start)
                            or text.startswith(_RECALLS, start)
                        ):
                            looks = said_of
                elif role == "outlook":
                    over = self._back(start, end, told)
                    if over is not None:
                        gone = told = over
            while a < len(anchors) and anchors[a][0] < start:
                a += 1
            if a < len(anchors) and anchors[a][0] < end:
                at, behind = anchors[a]
                goal = self._horizon(start, behind, horizon, role)
                ahead = goal is _FIVE_YEAR or _ANNUAL.search(text, start, at)
                if not planned or role != "review" or ahead:
                    modality, horizon, listed, past, gone = _TARGET, goal, True, False, False
            elif listed and _LIST_ENDS.match(text, start):
                listed = False
            if not listed and modality is _TARGET:
                # a paragraph of the plan that speaks of what was done: 去年…。财政收入达到…。
                while p < len(pasts) and pasts[p] < start:
                    p += 1
                said = p < len(pasts) and pasts[p] < min(end, start + 30)
                if said and _EXPECTED.search(text, start, pasts[p]):
                    said = False  # 地区生产总值预期增长6%，去年增长5.2%
                # 五年间 of an outlook are the years to come
                if said and not (horizon is _FIVE_YEAR and since.get(pasts[p])):
                    past, long = True, pasts[p] in since
                elif past and _AHEAD.search(text, start, end):
                    past = long = False
            now, how_long = modality, horizon
            if gone:
                now, how_long = _ACTUAL, _PERIOD
            elif past:
                now, how_long = _ACTUAL, _PERIOD if long else _YEAR
            turned = past and modality is _TARGET and not gone
            key = (id(now), id(how_long), listed, spans, turned)
            if (known := bases.get(key)) is None:
                known = bases[key] = Base(now, how_long, listed, spans, turned)
            base = known
            out.append(base)
            if now is _TARGET:
                self.ahead.append(n - 1)
            if listed:
                self.listed.add(n - 1)
        return out

    def _telling(self, bounds: Sequence[int], first: int, last: int) -> set[int]:
        """The sentences from number *first* up to *last* that may name years or five of them in their first words."""
        found: set[int] = set()
        start = bounds[first]
        text = self.text[start : bounds[last]]
        years = text.replace("五", "年")
        at = -1
        while (at := years.find("年", at + 1)) >= 0:
            n = bisect_right(bounds, start + at, first) - 1
            # what a lead may begin with goes before the first words, however long it is
            if start + at < bounds[n] + _OPENING or text[bounds[n] - start] in _LEADING:
                found.add(n)
        return found

    def _looks_back(self, opening: str) -> tuple[str, bool]:
        """The several years that a part looks back on by its heading, and whether it does on one and on several."""
        head, _, rest = opening.partition("\n")
        long, short = _LONG.search(head), _SHORT.search(head)
        if len(head) > 60 and (m := _LEAD.match(head, _LEADS.match(head).end())):  # type: ignore[union-attr]
            long, short = _LONG.search(m[0]), _SHORT.search(m[0])
        if long and short:
            return self._reach(long[0]) if long.start() < short.start() else "", True
        if long or short:
            return self._reach(long[0]) if long else "", False
        long = None if _SHORT.search(rest[:24]) else _LONG.search(rest or opening)
        return self._reach(long[0]) if long else "", False

    def _reach(self, words: str) -> str:
        """The years that 过去三年, 十年来 or “十四五” are, up to the last one; ``-`` if unknown."""
        review = self.years.review
        if review is None or self.years.masked:
            return "-"
        m = _COUNT.search(words)
        first = review - 4
        if m is not None and m["n"]:
            n = m["n"]
            first = review + 1 - (int(n) if n.isdigit() else _NUMERAL.get(n[-1], 2) + 10 * (len(n) - 1))
        elif m is not None:
            begins, ends = _plan_years(m["plan"])
            if begins < review:
                first, review = begins, min(review, ends)
        return f"{first}-{review}"

    def _years_in(self, start: int, end: int) -> Iterator[tuple[int, str, str]]:
        """What 去年, 2023年, 2012年以来, 2003年到2023年 and a year to come say in ``text[start:end]``."""
        text, review, plan = self.text, self.years.review or 0, self.years.plan or 9999
        for m in _PAST.finditer(text, start, end):
            year, at = m["year"], m.end()
            first = None
            if text[m.start() - 5] in _TO and not _SCHEME.match(text, at):
                first = _FIRST.search(text[max(start, m.start() - 11) : m.start() - 4])
            if self._is_past(year):
                yield at, "past", self._dated(m)
                if text[m.start() - _BEFORE[m.lastgroup or ""] - 1] == "(":
                    # 增长6%左右(去年增长5.2%), …: what is said in brackets ends with them
                    if (close := text.find(")", at, end)) >= 0:
                        yield close + 1, "aside", ""
                    continue
                if year is None or not year.isdigit():
                    continue
                if text.startswith(("以来", "至今"), at):
                    if int(year) < review and not text.startswith(("最", "首"), at + 2):
                        yield at, "span", f"{year}-{review}"
                elif first:
                    yield at, "span", f"{first[1]}-{year}"
            elif year is not None and year.isdigit() and int(year) > plan:
                before = text[m.start() - 5 : m.start() - 4]
                comes = _COMES.match(text, at, end) if before not in _FROM else None
                if first:
                    yield at, "five", f"{first[1]}-{year}"
                elif comes and (
                    not comes["opens"]
                    or (
                        _AMOUNT.search(comes["opens"])
                        and (before in _OPENS or text.endswith(_AIMS, 0, m.start() - 4))
                    )
                ):
                    yield at, "five", year

    def _dated(self, m: re.Match[str]) -> str:
        """The year that a word for the past names; ``-`` if what follows is not of it, but measured against it or named by it."""
        year = m["year"] or ""
        if not year.isdigit():
            return ""
        text = self.text
        if year == str(self.years.review):
            return year
        return "-" if text.endswith(_UNDATED, 0, m.start() - 4) or _NOT_OF.match(text, m.end()) else year

    def _lead(self, start: int, end: int) -> str | None:
        """The several years that the words which open a sentence speak of; empty if of one, ``None`` if they say nothing of it."""
        text = self.text
        if text[start] in _LEADING:
            start = _LEADS.match(text, start, end).end()  # type: ignore[union-attr]
        if text.find("年", start, start + _OPENING) < 0 and text.find("五", start, start + _OPENING) < 0:
            return None
        stop = _LEAD.match(text, start, min(end, start + _OPENING)).end()  # type: ignore[union-attr]
        words = text[start : stop + 1]  # 这是实力提升的五年。, with its full stop
        long, short = _LONG.search(words), _SHORT.search(words)
        if long and words[: long.start()].endswith(("比“", "较“", "比", "较")):  # 外资比“十三五”时期增长71%
            return None
        if long and not (short and short.start() < long.start()):
            return self._reach(long[0])
        if short is None or short.start() >= 8:
            return None
        return None if _SINCE_YEAR.match(text, start, end) else ""

    def _back(self, start: int, end: int, told: bool) -> bool | None:
        """
        Whether the words that open a sentence of an outlook speak of the five years that are over, of those to come, or of neither.

        *told*: the sentences before spoke of those that are over.
        """
        text = self.text
        m = _LEADS.match(text, start, end)
        first = m.end() if m else start
        m = _BACK.search(text, first, min(end, first + 24))
        if m is None:
            return None
        if m["these"]:
            return told or None
        if m["plan"]:
            plan = self.years.plan
            return plan is not None and _plan_years(m["plan"])[1] < plan
        return True

    def _horizon(self, start: int, end: int, now: Horizon, role: str) -> Horizon:
        """Whether a list of targets is for the year or for five."""
        text = self.text
        five = max((m.end() for m in self._fives(start, end) if self._is_far(m)), default=-1)
        year = max((m.end() for m in _ANNUAL.finditer(text, start, end)), default=-1)
        if five < 0 and year < 0:
            return _YEAR if role == "plan" else now
        return _FIVE_YEAR if five > year else _YEAR

    def _fives(self, start: int, end: int) -> Iterator[re.Match[str]]:
        """The words for five years in ``text[start:end]``."""
        for first in _FIVE_FIRST.finditer(self.text, start, end):
            at = first.start()
            if at >= start and (m := _FIVE.match(self.text, at, end)) is not None:
                start = m.end()
                yield m

    def _is_far(self, m: re.Match[str]) -> bool:
        """Whether a word for five years means coming ones."""
        plan = self.years.plan
        if m["plan"]:
            return not m["loose"] and (plan is None or _plan_years(m["plan"])[1] >= plan)
        if m["year"]:
            return plan is None or int(m["year"]) > plan
        return True

    def _is_past(self, year: str | None) -> bool:
        return year is None or (
            year.isdigit() and self.years.plan is not None and int(year) < self.years.plan
        )

    def _is_plan(self, year: str | None) -> bool:
        # the pattern has taken the first 2
        return year is None or not year.isdigit() or self.years.plan in (None, 2000 + int(year))

    def hear(self, sentence: int, start: int, end: int, told: bool) -> Sense:
        """The sense of time of sentence number *sentence*, ``text[start:end]``. *told*: one of `CUES` is among its signs."""
        base = self._base[sentence]
        if told:
            return Sense(self.years, base, self.cues(start, end))
        silent = self._silent.get(base)
        if silent is None:
            silent = self._silent[base] = Sense(self.years, base, ())
        return silent

    def cues(self, start: int, end: int) -> list[tuple[int, str, str]]:
        """The words of ``text[start:end]`` that tell the time, by where they end: place, what, which years."""
        text = self.text
        found: list[tuple[int, str, str]] = []
        said = text[start:end]
        if (sign := _FIVE_SIGN.search(said)) is not None:
            for m in self._fives(start + max(0, sign.start() - _SIGNED), end):
                if m["plan"] and _is_comparator(text, m):
                    continue
                years = "{}-{}".format(*_plan_years(m["plan"])) if m["plan"] else m["year"] or ""
                if self._is_far(m):
                    found.append((m.end(), "five", years))
                elif (
                    m["plan"] and self.years.plan is not None and _plan_years(m["plan"])[1] < self.years.plan
                ):
                    found.append((m.end(), "gone", years))
        if "年" in said:
            several = _SEVERAL.search(said) is not None
            found += [
                (m.end(), "year", "全年" if text.startswith("为", m.start() - 1) else m[0])
                for m in _ANNUAL.finditer(text, start, end)
                if self._is_plan(m["year"])
            ]
            for m in _WITHIN.finditer(text, start, end) if several else ():
                plan, n = self.years.plan, m["n"]
                n = int(n) if n.isdigit() else _NUMERAL.get(n, 2)
                found.append((m.end(), "five", f"{plan}-{plan + n - 1}" if plan else ""))
            found += [
                (m.end(), "within" if m["loose"] else "since", "") for m in _SINCE.finditer(text, start, end)
            ]
            found += self._years_in(start, end)
            if "年末" in said or "年底" in said:  # 2020年末12万户，2023年末15万户
                found += [
                    (m.end(), "ends", m[0][:4])
                    for m in _YEAR_END.finditer(text, start, end)
                    if self._is_past(m[0][:4])
                ]
        else:
            several = False
        for m in _SUM.finditer(text, start, end) if "累" in said or "上" in said else ():
            if (
                m[0][0] == "上"
            ):  # 完成投资115亿元，是上一个五年的2倍: what stands before it is of five years too
                found.append((max(start, text.rfind(";", start, m.start()) + 1), "list", ""))
                continue
            found.append((m.end(), "sum", ""))
            stop = _CLAUSE_ENDS.search(text, m.end(), end)
            if stop is not None:
                found.append((stop.end(), "list", ""))
                if (at := text.find(";", stop.start(), end)) >= 0:
                    found.append((at + 1, "summed", ""))
        for m in _SPAN.finditer(text, start, end) if several else ():
            if text.endswith(_THAN_BEFORE, start, m.start()):
                continue
            # 前三年共…: which they are is not said
            reach = "-" if text.endswith("前", start, m.start()) else self._reach(m[0])
            found.append((m.end(), "span", reach))
            if m["clause"]:  # 三年增长58%, 两年累计…
                if (stop := _CLAUSE_ENDS.search(text, m.end(), end)) is not None:
                    found.append((stop.end(), "spanned", ""))
                continue
            # 2016年…；五年来…；…: said in the midst of a sentence it holds for its part of it
            if m.start() > start + 24 and (at := text.find(";", m.end(), end)) >= 0:
                found.append((at + 1, "spanned", ""))
        for m in _EPOCH.finditer(text, start, end) if "以来" in said else ():
            since, review = _CONGRESS.get(m["th"] or m["xx"] or "", 0), self.years.review or 0
            found.append((m.end(), "span", f"{since}-{review}" if 0 < since < review else "-"))
        if "了" in said or "已" in said or "连续" in said:
            found += [(m.end(), "done", "") for m in _DONE.finditer(text, start, end)]
        if "预" in said or "初步" in said:
            found += [(m.end(), "estimate", "") for m in _ESTIMATE.finditer(text, start, end)]
        found.sort(key=lambda c: c[0])  # stable: of two that end together, 去年 is heard after 20…年
        return found
