"""
Of which time a sentence speaks: done, expected, or to be done; this year, the next, or five.

Evidence, strongest first: words in the clause before the value (去年, 到2025年, 预计), the sentence that opens a list of
targets (今年…主要预期目标是：), the role of the part, and what the part said last.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from attrs import frozen

from .model import Horizon, Modality
from .reading import Sentence

__all__ = ["Clock", "State", "Years"]


class State(NamedTuple):
    """What a value at some place is."""

    modality: Modality
    horizon: Horizon
    period: str
    listed: bool
    """It stands in a list of targets."""


@frozen
class Years:
    """The years a report speaks of, as far as they are known."""

    review: int | None = None
    plan: int | None = None
    masked: bool = False
    """The text prints 20xx年 and nothing tells which."""


_ANCHOR = re.compile(
    r"(?:(?:预期|奋斗|主要|发展|工作|具体|总体|总|调控|调节|增长|计划|阶段性?|核心|中心|任务)*(?:目标|指标)(?:任务|和任务|要求)?(?:的)?(?:建议|初步|拟|安排|确定|设定|定|考虑)*(?:是|为|如下)?:"
    r"|(?:预期|奋斗|主要|发展)+目标(?:任务)?(?:建议|初步|拟|安排|确定|设定|定)*(?:是|为))"
)
_FIVE = re.compile(
    r"[今未]后[五5]年|未来(?:[五5]|几)年|“?十[一二三四五六]五”?(?:时期|期间|末|规划|发展|目标)|“?十[一二三四五六]五”?(?=[^,;。]{0,12}目标)|[五5]年(?:的)?(?:奋斗|发展|主要|总体|预期)*目标|本届政府"
    r"|(?:到|至)(?P<year>20\d\d|二[〇○零]\S\S)年|(?:到|至)(?:届末|本届末|规划期末|“?十[一二三四五六]五”?末)"
)
_ANNUAL = re.compile(r"(?<![比较])(?:今年|明年|本年度?|新的一年|全年|年内|年度|(?P<year>20[\dx×*]{2})年)(?!来)")
_PAST = re.compile(
    r"(?<![比较于])(?:去年|上年|上一年|过去(?:一|的一)?年|一年来|(?P<year>20[\dx×*]{2})年)(?!同期|底|末|前|平均|水平|同比|的?基础)"
)
_SPAN = re.compile(r"(?:[五5四三]年|“?十[一二三四五]五”?)(?:来|间|以来|期间|时期)|(?:过去|近|这)(?:的)?[五5四三]年|本届政府")
_ESTIMATE = re.compile(r"预计|预期(?!目标|性)|初步核算|初步统计|初步预计")
_YEARLY_AVERAGE = re.compile(r"年均|年平均")
_CUE = re.compile(r"年|届|十[一二三四五六]五|预计|预期|初步")


class Clock:
    """Tells the `State` at a place of a report that was read sentence by sentence."""

    def __init__(
        self, text: str, sentences: Sequence[Sentence], roles: Iterable[tuple[int, int, str]], years: Years
    ) -> None:
        """*roles*: stretches of *text* with the role of their part, in order."""
        self.text = text
        self.years = years
        self._base = self._states(text, sentences, list(roles))

    def _states(
        self, text: str, sentences: Sequence[Sentence], roles: list[tuple[int, int, str]]
    ) -> list[tuple[Modality, Horizon, bool]]:
        out: list[tuple[Modality, Horizon, bool]] = []
        known = any(role in ("plan", "outlook") for _, _, role in roles)
        modality, horizon = Modality.ACTUAL, Horizon.YEAR
        i = 0
        role = ""
        listed = False
        for s in sentences:
            while i < len(roles) and roles[i][0] <= s.start + 1:
                role = roles[i][2]
                i += 1
                listed = False
                if role in ("plan", "self_building"):
                    modality, horizon = Modality.TARGET, Horizon.YEAR
                elif role == "outlook":
                    modality, horizon = Modality.TARGET, Horizon.FIVE_YEAR
                elif role == "review":
                    modality, horizon = Modality.ACTUAL, Horizon.YEAR
            anchor = _ANCHOR.search(text, s.start, s.end)
            if anchor and "完成" not in text[anchor.end() : anchor.end() + 2]:
                horizon_here = self._horizon(text, s.start, anchor.end(), horizon, role)
                if not known or role != "review" or _ANNUAL.search(text, s.start, anchor.start()) or horizon_here is Horizon.FIVE_YEAR:
                    modality, horizon, listed = Modality.TARGET, horizon_here, True
            elif text[s.start : s.end].strip() and not self._goes_on(text, s):
                listed = False
            out.append((modality, horizon, listed))
        return out

    def _horizon(self, text: str, start: int, end: int, now: Horizon, role: str) -> Horizon:
        """Whether a list of targets is for the year or for five."""
        five = max((m.end() for m in _FIVE.finditer(text, start, end) if self._far(m)), default=-1)
        year = max((m.end() for m in _ANNUAL.finditer(text, start, end)), default=-1)
        if five < 0 and year < 0:
            if role == "outlook":
                return now
            return Horizon.YEAR if role == "plan" else now
        return Horizon.FIVE_YEAR if five > year else Horizon.YEAR

    def _far(self, m: re.Match[str]) -> bool:
        year = m["year"]
        return year is None or not year.isdigit() or self.years.plan is None or int(year) > self.years.plan

    @staticmethod
    def _goes_on(text: str, s: Sentence) -> bool:
        """A list of targets goes on over a full stop as long as its sentences are about values."""
        head = text[s.start : s.start + 40]
        return not re.match(r"(?:上述|以上|这些|实现|完成|围绕|为|提出|确定|设定|要|我们|各位|重点|做好|工作中|\(?[一二三四五六七八九十]+[、)是])", head)

    def state(self, sentence: int, start: int, at: int) -> State:
        """The state of a value at *at* in sentence number *sentence*, which begins at *start*."""
        modality, horizon, listed = self._base[sentence]
        text = self.text
        period = ""
        if _CUE.search(text, start, at):
            cue, where = "", -1
            for m in _FIVE.finditer(text, start, at):
                if self._far(m) and m.end() > where:
                    cue, where = "five", m.end()
                    period = m["year"] or ""
            for m in _ANNUAL.finditer(text, start, at):
                if m.end() > where:
                    y = m["year"]
                    cue, where, period = ("year" if self._is_plan(y) else cue), m.end(), period
            for m in _PAST.finditer(text, start, at):
                y = m["year"]
                if m.end() >= where and not self._is_plan_year(y):
                    if y and not (self.years.review and y.isdigit() and int(y) <= self.years.review):
                        continue
                    cue, where = "past", m.end()
            for m in _SPAN.finditer(text, start, at):
                if m.end() > where and not (modality is Modality.TARGET):
                    cue, where = "span", m.end()
            if cue == "five" and modality is Modality.TARGET:
                horizon = Horizon.FIVE_YEAR
            elif cue == "year" and modality is Modality.TARGET:
                horizon = Horizon.YEAR
            elif cue == "past" and not listed:
                modality, horizon = Modality.ACTUAL, Horizon.YEAR
            elif cue == "span":
                horizon = Horizon.PERIOD
            if modality is Modality.ACTUAL and _ESTIMATE.search(text, start, at):
                modality = Modality.ESTIMATE
        if period == "" or horizon is not Horizon.FIVE_YEAR:
            period = self._period(modality, horizon)
        return State(modality, horizon, period, listed)

    def _is_plan(self, year: str | None) -> bool:
        return year is None or self._is_plan_year(year) or self.years.plan is None or not year.isdigit()

    def _is_plan_year(self, year: str | None) -> bool:
        return bool(year and year.isdigit() and self.years.plan == int(year))

    def _period(self, modality: Modality, horizon: Horizon) -> str:
        plan, review = self.years.plan, self.years.review
        if horizon is Horizon.YEAR:
            year = plan if modality is Modality.TARGET else review
            return str(year) if year else "20xx" if self.years.masked else ""
        if horizon is Horizon.FIVE_YEAR:
            return f"{plan}-{plan + 4}" if plan else ""
        return f"{review - 4}-{review}" if review else ""
