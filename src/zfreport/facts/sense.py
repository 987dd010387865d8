"""
What the words for a time add up to, sentence by sentence and word by word: done, expected, or to be done; this year, the next, or five.

A sentence begins as what its place in the report makes it; each word in it (去年, 到2025年, 预计) may change what follows.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from attrs import field, frozen

from .model import Horizon, Modality

__all__ = ["Base", "Sense", "State", "Years", "period_of"]

# Named here once: to get a member from its class takes Python 3.11 as long as five comparisons.
_ACTUAL, _ESTIMATED, _TARGET = Modality.ACTUAL, Modality.ESTIMATE, Modality.TARGET
_YEAR, _FIVE_YEAR, _PERIOD = Horizon.YEAR, Horizon.FIVE_YEAR, Horizon.PERIOD
_WHOLE_YEAR = frozenset(("全年", "年内", "年度"))
"""Words for a year that do not say which."""
_AVERAGE = re.compile(r"年均|年平均|年递增|平均每年")


class State(NamedTuple):
    """What a value at some place is."""

    modality: Modality
    horizon: Horizon
    period: str
    listed: bool
    """It stands in a list of targets."""
    dated: bool = False
    """今年, 全年 or the year itself is the last word for a time before it."""


@frozen
class Years:
    """The years a report speaks of, as far as they are known."""

    review: int | None = None
    plan: int | None = None
    masked: bool = False
    """The text prints 20xx年, and the years above were only inferred."""


class _Heard(NamedTuple):
    """What the words of a sentence up to some place add up to."""

    cue: str = ""
    """The last word for a time."""
    years: str = ""
    far: str = ""
    """The last far year."""
    spans: str = ""
    """``span`` behind 年…来, ``sum`` in the clause of 累计, ``list`` in those behind it."""
    done: bool = False
    """了 has been said."""
    estimate: bool = False
    """预计 has been said."""
    reach: str = ""
    """The years of the last span, if it names them or their number."""
    year: str = ""
    """The year of the last word for a time, if it names one that is over."""


_SILENCE = _Heard()


@frozen(eq=False)
class Base:
    """What a sentence is before its own words are heard; the sentences of a stretch share it."""

    modality: Modality
    horizon: Horizon
    listed: bool
    spans: str
    """The several years the part looks back on, ``-`` if unknown; empty if it looks back on one."""
    turns: bool = False
    """It opens with what was, in a part of what is to come: 去年…，今年…."""
    states: dict[_Heard, dict[tuple[str, bool, bool], State]] = field(factory=dict, init=False)
    """What it comes to with words; few are different."""

    def heard(self, words: _Heard) -> dict[tuple[str, bool, bool], State]:
        """What it came to with *words* so far."""
        known = self.states.get(words)
        if known is None:
            known = self.states[words] = {}
        return known


def period_of(years: Years, modality: Modality, horizon: Horizon) -> str:
    """The period of a value of which no more is known."""
    plan, review = years.plan, years.review
    if years.masked:
        return "20xx" if horizon is _YEAR else ""
    if horizon is _YEAR:
        year = plan if modality is _TARGET else review
        return str(year) if year else ""
    if horizon is _FIVE_YEAR:
        return f"{plan}-{plan + 4}" if plan else ""
    return f"{review - 4}-{review}" if review else ""


class Sense:
    """
    Of which time one sentence speaks, word by word.

    Its cues are looked for once; what they add up to is kept for each place between them.
    """

    __slots__ = ("_heard", "_places", "_states", "_years", "base", "plain", "still")

    def __init__(self, years: Years, base: Base, cues: Sequence[tuple[int, str, str]]) -> None:
        self.base = base
        self.plain = not (cues or base.spans)
        """No word tells the time, and the part looks back on one year at most."""
        self._years = years
        self._places: list[int] = []
        self._heard = [_SILENCE]
        self._states = [base.heard(_SILENCE)]
        last, named, far = "", "", ""
        spans = within = reach = year = ""
        done = estimate = False
        before = last, done, estimate, year
        """What was heard before the last word for a time that is over."""
        for place, cue, which in cues:
            if cue == "span":
                spans = within = cue
                reach, year = which, ""
                if last == "past" and base.modality is not _TARGET:  # 去年…；五年来…
                    last = ""
            elif cue == "spanned":
                spans = within = ""
            elif cue in (
                "sum",
                "list",
            ):  # 累计 is said of its clause, and of what is done in the next ones
                spans = within or cue
            elif cue == "summed":
                spans = within
            elif cue == "ends":
                year = which
            elif cue == "aside":
                last, done, estimate, year = before
            elif cue == "done":
                done = True
            elif cue == "estimate":
                estimate = True
            elif (cue in ("since", "within") and base.modality is not _TARGET) or (
                cue == "within" and base.horizon is _FIVE_YEAR
            ):
                pass  # a review knows its time, and 五年间 of an outlook is ahead
            else:
                if cue == "past":
                    before = last, done, estimate, year
                last = cue
                if cue == "past":
                    year = year if which == "-" else which
                elif cue == "year":
                    if which not in _WHOLE_YEAR:  # 近三年…，今年…
                        last = "turn" if base.turns else cue
                        year = ""
                        spans = "" if spans == "span" else spans
                elif "-" in which:
                    named = which
                elif which:
                    far = which
            self._places.append(place)
            heard = _Heard(last, named, far, spans, done, estimate, reach, year)
            self._heard.append(heard)
            self._states.append(base.heard(heard))
        self.still = self.state(0) if self.plain and base.horizon is not _PERIOD else None
        """The state of all its values but of averages, if nothing else makes a difference."""

    def state(self, at: int, basis: str = "", flow: bool = False, standing: bool = False) -> State:
        """
        The state of a value at *at*.

        *basis*: how it is measured; an average (年均) or a sum (累计) is over several years. *flow*: it is so many of
        something, without a verb; in a review of five years it is of all five unless a year is named. *standing*: it is
        a stock or a year's output, which is of the last year unless 累计 makes it a sum.
        """
        i = bisect_right(self._places, at) if self._places else 0
        states, key = self._states[i], (basis, flow, standing)
        try:
            return states[key]
        except KeyError:
            known = states[key] = self._weigh(self._heard[i], *key)
            return known

    def _weigh(self, heard: _Heard, basis: str, flow: bool, standing: bool) -> State:
        cue, years, far, spans, done, estimate, reach, year = heard
        base = self.base
        modality, horizon, listed = base.modality, base.horizon, base.listed
        if cue == "turn":
            return State(_TARGET, _YEAR, period_of(self._years, _TARGET, _YEAR), listed, True)
        if modality is _TARGET:
            if cue == "five":
                horizon = _FIVE_YEAR
            elif cue == "year":
                horizon = _YEAR
            elif not listed and (cue in ("past", "gone", "since", "within") or done):
                modality = _ACTUAL
                horizon = _YEAR if cue not in ("gone", "since", "within") else _PERIOD
        elif cue == "five" and far and not done and self._years.plan is not None:
            # 新一届政府的中心任务是：到2028年，…: a year still to come, in a part that does not say what it is
            modality, horizon = _TARGET, _FIVE_YEAR
        if modality is not _TARGET:
            # 五年来…，去年…; and a stock is of the last year
            if horizon is _PERIOD and (cue in ("past", "year") or (standing and not spans)):
                horizon = _YEAR
            # “十四五”以来，…达到3万亿元: so it was in the last of its years
            last = standing and not (flow or spans) and years.endswith(f"-{self._years.review}")
            if (cue == "gone" and not last) or (
                cue != "past"
                and (
                    (spans == "span" and not standing)
                    or (base.spans and spans == "sum")
                    or (base.spans and not standing and (spans or (flow and cue != "year")))
                )
            ):
                horizon = _PERIOD
            if estimate:
                modality = _ESTIMATED
        if _AVERAGE.search(basis) or (base.spans and "累计" in basis):
            horizon = _FIVE_YEAR if modality is _TARGET else _PERIOD
            far = ""
        if modality is _TARGET:
            period = "" if horizon is _YEAR else years
        elif horizon is _YEAR:
            period = year
        else:
            period = years or (reach if spans == "span" else base.spans)
            if years and (review := self._years.review) and years[:4] < str(review) < years[5:]:
                period = f"{years[:5]}{review}"  # “十四五”以来, in its midst
            if period == "-":
                return State(modality, horizon, "", listed, cue == "year")
        if horizon is _FIVE_YEAR and far and "累计" not in basis:
            period = far
        return State(
            modality, horizon, period or period_of(self._years, modality, horizon), listed, cue == "year"
        )
