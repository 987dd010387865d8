"""
Names and values of any sentence, one after the other: who is spoken of, and which value is whose.

Here are the ways in which reports save words: 分别 hands several values to several names, forwards or back over 其中; 均
hands one value to all; a clause without a name goes on with the last one; two measures of one act stand side by side
(101幢4万平方米).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence

from attrs import evolve

from ..quantities import Quantity, QuantityKind
from .ahead import NEAR, counts_what_follows
from .beside import (
    LINKED,
    PUNCTUATION,
    UNCOUNTED,
    WITHIN,
    before_name,
    clause_before,
    is_beside,
    is_joined,
    is_listed,
    is_of_next,
    is_part,
    is_referent,
)
from .bound import SURE, Binding, Mismatch, Slot, Value, less
from .clauses import MAX_GAP, UNKNOWN, Gap, Prefix, read_gap, read_prefix
from .distribution import (
    BOUNDED,
    DIGIT,
    LIST,
    LISTING,
    SHARE,
    count_listed,
    governs,
    is_series,
    leads,
    listed_before,
    may_have,
    parts_before,
)
from .indicators import Mention
from .marks import marked, parts_of
from .meaning import fits
from .traits import RATES, Traits

__all__ = ["STAGE", "bind_odd"]

# 保障性住房开工2万套、竣工1万套; 新建高标准农田3万亩，改造提升6万亩
STAGE = re.compile(
    r"(?:\(间\))?(?P<goes>[、,]?)(?:已|力争|确保|年内|当年|全年|其中)?(?P<stage>(?:新|基本)?(?:改造提升|改扩建|开工|竣工|续建|建成|交付|配租|投用|分配|改造|提升|扩建|新建|完工))(?:建设)?"
)
_STAGED = marked("staged")
_BREAK = re.compile(r"[,;:。、\n(]")
_CLAUSE = re.compile(r"[,;:。\n]")
_MORE_NAMES = re.compile(r"[、和与及](?!\d)")
_MEMORY = 16
"""Most names that a later clause goes back to, or goes on with."""
_DURATION = QuantityKind.DURATION
_NO_GAP = read_gap("")


def bind_odd(
    text: str, start: int, names: Sequence[Mention], values: Sequence[Value], traits: Mapping[str, Traits]
) -> tuple[list[Binding], list[Mismatch]]:
    """What `bind` gives, of any sentence."""
    walk = _Walk(text, start, traits)
    j, many = 0, len(values)
    for name in names:
        first, last, _, _ = name
        if j < many and values[j][0] < first:
            j = _meet_before(walk, values, j, first)
        while j < many and values[j][0] < last:  # 12345热线, 500强: the number is the name's
            j += 1
        walk.meet_name(name)
    if j < many:
        _meet_before(walk, values, j, len(text) + 1)
    return walk.bindings, walk.mismatches


def _meet_before(walk: _Walk, values: Sequence[Value], j: int, stop: int) -> int:
    """Meet the values from number *j* on that begin before *stop*, list by list; the number of the next."""
    text, many = walk.text, len(values)
    while j < many and values[j][0] < stop:
        first = j
        end = values[j][1]
        j += 1
        while j < many and values[j][1] <= stop and is_listed(text, end, values[j][0]):
            end = values[j][1]
            j += 1
        walk.meet_values(values[first:j])
    return j


class _Walk:
    """The state of the walk: who is being spoken of."""

    __slots__ = (
        "ahead",
        "at",
        "bindings",
        "carried",
        "last_was_name",
        "left",
        "met",
        "mismatches",
        "numbered",
        "origin",
        "parent",
        "region",
        "segment",
        "slots",
        "start",
        "text",
        "traits",
        "unit",
        "verb",
        "whole",
        "within",
    )

    def __init__(self, text: str, start: int, traits: Mapping[str, Traits]) -> None:
        self.traits = traits
        self.text = text
        self.at = self.start = self.left = start
        # who is being spoken of: each measure of each name
        self.slots: list[Slot] = []
        self.met: list[Mention] = []  # all names since the last value
        self.whole = ""  # what they are with one value, if they are of one name
        self.carried = False  # a value was given to them already
        # names given a value since the last semicolon, in order, as many as a sentence can refer back to
        self.segment: dict[tuple[str, int], Slot] = {}
        self.parent = self.verb = self.unit = ""
        self.within = start  # where 其中 was said
        self.region = ""  # whose the values are that follow without a name: 全国增长5%，我县增长6%
        self.last_was_name = False
        self.origin: Gap | None = None
        self.ahead: Value | None = None  # a value that no name before it has got
        self.numbered = False  # in a list whose values stand before their nouns
        self.bindings: list[Binding] = []
        self.mismatches: list[Mismatch] = []

    def meet_name(self, name: Mention) -> None:
        start, end, ids, whole = name
        text, at = self.text, self.at
        if (
            at < start
            and text[start - 1] not in PUNCTUATION
            and LINKED.search(text, max(at, start - 8), start)
            and (is_referent(text, at, start) or (self.slots and is_beside(text, at, name)))
        ):
            return  # 占地区生产总值…, 高于经济增速: part of what is said, not spoken of
        self.met.append(name)
        gap = text[at:start]
        if ";" in gap:
            self.segment.clear()
            self.parent = ""
        if not ids:
            self.slots, self.last_was_name = [], False
        elif (
            self.last_was_name and len(gap) <= 8 and is_joined(text, at, start, ids == self.slots[-1][1].ids)
        ):
            self.slots += [(id, name) for id in ids]
            self.whole = ""
        else:
            if self.segment and ("其中" in gap or self._within_still(start)):
                of, (_, _, those, _) = next(reversed(self.segment.values()))
                # 生产总值增长5%，人均8万元，其中一产增加值增长3%: of the first
                of = next((id for id, _ in reversed(self.segment.values()) if ids[0] in parts_of(id)), of)
                # 存贷款余额4500亿元，其中贷款余额…: one of two, and all of it
                if not self.parent and (len(those) == 1 or ids[0] not in those):
                    self.parent, self.within = of, start
            elif self.parent and not self.last_was_name and "," in gap and not is_part(ids[0], self.parent):
                self.parent = ""
            self.slots = [(ids[0], name)] if len(ids) == 1 else [(id, name) for id in ids]
            self.whole = whole
            self.origin = None
            self.carried = False
            self.region = ""
            self.last_was_name = True
        value = self.ahead
        if (
            ids
            and value is not None
            and (self.numbered or counts_what_follows(text, self.start, value, start, end))
        ):
            self._give_ahead(name, value)
            self.ahead = None
        self.at = end

    def _within_still(self, start: int) -> bool:
        """贷款余额增长9%，其中制造业贷款增长20%、普惠小微贷款增长25%: the first part is not known, the second is."""
        text, told = self.text, self.bindings[-1][2][1] if self.bindings else self.start
        inner = text.rfind("其中", max(told, start - MAX_GAP), start)
        return inner >= 0 and _CLAUSE.search(text, inner, start) is None

    def meet_values(self, run: Sequence[Value]) -> None:
        # 连续三年增长8%: the years are words among others, no value
        words = 0
        while run[words][2].kind is _DURATION and not self._fits(run[words][2]):
            words += 1
            if words == len(run):
                return
        run = run[words:] if words else run
        start, _, q = run[0]
        at, self.at, self.left = self.at, run[-1][1], self.at
        ahead, self.ahead = self.ahead, run[-1]
        met, self.met = self.met, []
        self.last_was_name = False
        if self.numbered and _CLAUSE.search(self.text, at, start):
            self.numbered = False
        if self.segment and self.text.find(";", at, start) >= 0:
            self.segment.clear()
        slots = self.slots
        if not slots:
            if len(run) > 1 and met:
                self._partly(met, run)
            return
        unit = q.unit.symbol
        far = start - at > MAX_GAP or not (unit in self.traits[slots[0][0]].units or self._fits(q))
        gap = UNKNOWN if far else read_gap(self.text[at:start])
        if not gap.known or (
            gap.comma and not (gap.verb or gap.each or gap.stretch or q.text.startswith(BOUNDED))
        ):
            if not far and (m := STAGE.fullmatch(self.text, at, start)) is not None:
                self._staged(run, m)
            else:
                if len(run) > 1:
                    self._partly(met, run)
                self.slots = []
            return
        bracketed = self.text[at] == ")" and self.text[at + 1] in LISTING  # 中学（含小学）、8所卫生院
        if (
            (gap.list_only or gap.comma or bracketed)
            and not (gap.each or gap.every)
            and is_of_next(self.text, run[0])
        ):
            # 40个示范村、800个经济薄弱村: the value is of the noun behind it, and so is the one before the name
            if gap.list_only and ahead is not None and not self.numbered:
                self._give_ahead(slots[-1][1], ahead)
            self.numbered = gap.list_only
            self.slots = []
            return
        if gap.origin:  # 由2.57万元: where the change starts
            self.origin = gap
            return
        if self.origin is not None:  # 占比重从17.9%提升到35.5%: the share was named before the first value
            if self.origin.whole or self.origin.verb == "share":
                gap = evolve(gap, whole=self.origin.whole, verb="share")
            self.origin = None
        if gap.region or self.region:
            self._whose(self.text[at:start], gap)
        again = self.carried and unit == self.unit and (gap.list_only or gap.stretch)  # 增长6%、力争7%
        verb = gap.verb or (self.verb if again else "")
        self.verb, self.unit = verb, unit
        if len(run) > 1 and len(slots) == 1 and not gap.each and is_series(self.text, run):
            # 省级、市级企业2家、20家: as many parts; 连续跨越7万亿、8万亿: steps, and which is the name's no one can tell
            if not (self.carried and self.parent and len(self.segment) >= len(run)):
                if not self.carried and (
                    heads := parts_before(self.text, self.start, self.slots[0], len(run))
                ):
                    self._give_parts(heads, run, gap, verb)
                    return
                members, _ = count_listed(self.text, self.start, self.slots, len(run))
                self.mismatches.append(Mismatch(slots[0][1].start, run[-1][1], members, len(run)))
                self.slots = []
                return
            # 财政收入2亿元，其中一般预算收入1亿元，同比增长30%、31%
            for slot, value in zip(list(self.segment.values())[-len(run) :], run, strict=True):
                self._give(slot, value, gap, verb, "distribution-back", 0.75)
                self.left = value[1]
            return
        if gap.each or (len(slots) > 1 and len(run) > 1):
            self._hand_out(run, gap, verb, met)
        elif gap.every and self.carried:
            for slot in list(self.segment.values()) or slots:
                self._give(slot, run[0], gap, verb, "every-back", 0.85)
        elif len(slots) > 1 and self.whole and not gap.every:
            self._give((self.whole, slots[0][1]), run[0], gap, verb, "whole", 0.9)
        elif len(slots) > 1 and not gap.every and unit not in RATES:
            # 建议、提案71件 are so many together: of two measures no one can tell, of one kind it is the sum
            if len({id for id, _ in slots}) > 1:
                self.slots = []
                return
            id, last = slots[-1]
            self._give((id, last._replace(start=slots[0][1].start)), run[0], gap, verb, "shared", 0.7)
        else:
            rule = (
                "every"
                if gap.every
                else "shared"
                if len(slots) > 1
                else "carried"
                if self.carried
                else "direct"
            )
            # 工业投资、民间投资占比50%: the last name's 占比 is said of the first too, and no growth
            shared = (
                rule == "shared"
                and not verb
                and SHARE.search(self.text, slots[-1][1].start, slots[-1][1].end)
            )
            for slot in slots:
                if shared and not SHARE.search(self.text, slot[1].start, slot[1].end):
                    share = evolve(gap, verb="share")
                    self._give(slot, run[0], share, "share", rule, SURE[rule])
                else:
                    self._give(slot, run[0], gap, verb, rule, SURE[rule])
            if len(run) > 1:  # and one name
                seen = {unit}
                for before, value in itertools.pairwise(run):
                    between = self.text[before[1] : value[0]]
                    own = read_gap(between)
                    if between and is_of_next(self.text, value):
                        break
                    unit = value[2].unit.symbol
                    if unit not in seen or own.verb in ("value", "to"):
                        seen.add(unit)
                        self.left = before[1]
                        # 101幢4万平方米: two measures of one act; 1.5万亿元、增长6%: the clause goes on
                        rule, confidence = ("carried", 0.85) if own.verb else ("two-measures", 0.8)
                        self._give(slots[0], value, own, own.verb, rule, confidence)
        self.carried = True
        self.ahead = None
        if len(slots) > _MEMORY:  # no later clause speaks of so many, and each would be given to all of them
            self.slots = []

    def _staged(self, run: Sequence[Value], stage: re.Match[str]) -> None:
        """Give the last name one value more, of another stage, or nothing behind it any value."""
        id, _ = self.slots[0]
        unit = run[0][2].unit.symbol
        if (
            len(self.slots) == len(run) == 1
            and not self.parent
            and unit not in RATES
            and unit not in UNCOUNTED
            and (id in _STAGED if not stage["goes"] else self.carried and unit == self.unit)
            and not is_of_next(self.text, run[0])
        ):
            part = Prefix(filter=stage["stage"])
            self._give(self.slots[0], run[0], _NO_GAP, "", "stages", 0.75, None, part)
            self.carried, self.unit, self.verb = True, unit, ""
            self.ahead = None
        else:
            self.slots = []

    def _whose(self, words: str, gap: Gap) -> None:
        """，全市增长5% is the city's and so is what follows, up to the next name; （全市5%） to the end of the bracket."""
        self.region = gap.region or ("" if ")" in words and "(" not in words else self.region)

    def _give_ahead(self, name: Mention, value: Value) -> None:
        """Give *name* the value right before it, if there is nothing else between."""
        start, end, q = value
        between = self.text[end : name.start]
        if (
            len(name.ids) == 1
            and len(between) <= NEAR
            and q.kind in ("count", "level")
            and fits(self.traits[name.ids[0]], q)
            and not _BREAK.search(between)
            and not _MORE_NAMES.match(self.text, name.end)
        ):
            self.left = start
            self._give((name.ids[0], name), value, _NO_GAP, "", "ahead", 0.75, None, read_prefix(between))

    def _fits(self, q: Quantity) -> bool:
        traits = self.traits
        return any(fits(traits[id], q) for id, _ in self.slots[-_MEMORY:])

    def _hand_out(self, run: Sequence[Value], gap: Gap, verb: str, met: Sequence[Mention]) -> None:
        slots = self.slots
        rule, confidence = ("distribution", 0.95) if gap.each else ("list", 0.75)
        if self.carried and gap.stretch:  # 分别增长10%和12%，力争12%和14%
            rule, confidence = "carried", 0.85
        if self.carried and gap.each and len(self.segment) >= len(run) > len(slots):
            last = self.bindings[-len(run) :]
            if any(DIGIT.search(self.text, a[2][1], b[1][0]) for a, b in itertools.pairwise(last)):
                # 新增市场主体2万户、个转企80户、“四上”企业30家，分别增长…: and something unknown
                self.mismatches.append(Mismatch(last[0][1][0], run[-1][1], len(run), len(run)))
                self.slots = []
                return
            slots = list(self.segment.values())[-len(run) :]
            rule, confidence = "distribution-back", 0.85
        if len(slots) != len(run):
            # 生产总值、城乡居民收入分别增长6%和7%: a name of two measures has one value
            whole = list(dict.fromkeys((name.whole or id, name) for id, name in slots))
            if len(whole) == len(run) > 1:
                slots = whole
        if len(slots) != len(run):
            if len(run) == 1:
                # 城乡居民收入分别增长8.5%左右, A、B各新增100家: one value, said of each
                for slot in slots:
                    self._give(slot, run[0], gap, verb, "distribution-one", 0.7)
                return
            if (
                gap.each
                and len(slots) == 1
                and (heads := parts_before(self.text, self.start, self.slots[0], len(run)))
            ):
                self._give_parts(heads, run, gap, verb)
                return
            if gap.each and self._partly(met, run):
                self.slots = []
                return
            members, known = count_listed(self.text, self.start, self.slots, len(run))
            if members != len(run) or not known or not gap.each:
                self.mismatches.append(Mismatch(slots[0][1].start, run[-1][1], members, len(run)))
                self.slots = []
                return
            # 绿地率、绿化覆盖率分别达到32.6%和38.4%: the last value is of the one name that is known
            self.left = run[-known - 1][1]
            slots, run, confidence = slots[-known:], run[-known:], 0.8
        like = run[-1] if governs(run) else run[0] if gap.each and leads(self.text, run) else None
        for slot, value in zip(slots, run, strict=True):
            self._give(slot, value, gap, verb, rule, confidence, like)
            self.left = value[1]

    def _partly(self, met: Sequence[Mention], run: Sequence[Value]) -> bool:
        """
        事故起数、死亡人数、受伤人数分别下降4%、5%、6%: of a list in which not all is known, to each name the value in its place.
        """
        text = self.text
        listed = listed_before(text, self.start, run[0][0], len(run)) if met else None
        if listed is None:
            return False
        gap, places = listed
        like = run[-1] if governs(run) else run[0] if leads(text, run) else None
        given = False
        for (begin, end), value in zip(places, run, strict=True):
            for name in met[-LIST:]:  # a list has no more
                if (
                    name.start >= begin
                    and name.end <= end <= name.end + 3
                    and (name.end == end or read_gap(text[name.end : end]).known)  # 工业投资|占比
                    and text.find("等", begin, name.start) < 0
                    and len(name.ids) == 1
                    and may_have(name.ids[0], self.traits[name.ids[0]], value, gap.verb)
                ):
                    self._give((name.ids[0], name), value, gap, gap.verb, "distribution", 0.8, like)
                    given = True
            self.left = value[1]
        return given

    def _give_parts(self, heads: Sequence[str], run: Sequence[Value], gap: Gap, verb: str) -> None:
        """Give each of *run* to the part of the last name that stands in its place among *heads*."""
        like = run[-1] if governs(run) else run[0] if leads(self.text, run) else None
        for head, value in zip(heads, run, strict=True):
            part = Prefix(filter=head)
            self._give(self.slots[0], value, gap, verb, "distribution-parts", 0.75, like, part)
            self.left = value[1]

    def _give(
        self,
        slot: Slot,
        value: Value,
        gap: Gap,
        verb: str,
        rule: str,
        confidence: float,
        like: Value | None = None,
        told: Prefix | None = None,
    ) -> None:
        """Bind *value* to *slot*; *told*: what other words than those before the name say of what it is a part of."""
        id, name = slot
        at = name[0]
        if self.region:
            prefix = read_prefix(self.region)
            clause = clause_before(self.text, self.start, at) if self.text[at - 1] in WITHIN else at
        else:
            prefix, clause = before_name(self.text, self.start, at)
        if not prefix.known:
            confidence = less(confidence)
        parent = self.parent if at >= self.within else ""
        prefix = told or prefix
        self.bindings.append(
            (id, name, value, gap, verb, like, self.left, prefix, clause, parent, rule, confidence)
        )
        segment = self.segment
        if (id, at) not in segment:
            if len(segment) == _MEMORY:
                del segment[next(iter(segment))]
            segment[id, at] = slot
