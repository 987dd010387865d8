"""
Which value belongs to which name.

The usual case is a name, some known words, a value: nine sentences in ten, in one loop. `walk` takes the others.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from ..quantities import QuantityKind
from .ahead import BEHIND, may_lead
from .beside import (
    LINKED,
    NOTHING,
    OPENINGS,
    PUNCTUATION,
    WITHIN,
    before_name,
    clause_before,
    is_beside,
    is_followed,
    is_joined,
    is_listed,
    is_referent,
)
from .bound import SURE, UNSURE, Binding, Mismatch, Value
from .clauses import GAPS, MAX_GAP, UNKNOWN, Prefix
from .distribution import BOUNDED, LISTING
from .indicators import Mention
from .meaning import fits
from .traits import RATES, Traits
from .walk import STAGE, bind_odd

__all__ = ["bind"]

_SHORT = 8
"""Longest stretch between a value and a name that comes again and again."""
_NO_ONE = Mention(sys.maxsize, 0, (), "")
"""Stands behind the last name."""
_DURATION = QuantityKind.DURATION


def bind(
    text: str,
    start: int,
    names: Sequence[Mention],
    values: Sequence[Value],
    traits: Mapping[str, Traits],
) -> tuple[list[Binding], list[Mismatch]]:
    """
    Give the *values* of the sentence that begins at *start* to its *names*, as far as the unit is one of the indicator's.
    """
    bindings = _bind_plain(text, start, names, values, traits)
    return bind_odd(text, start, names, values, traits) if bindings is None else (bindings, [])


def _bind_plain(
    text: str, start: int, names: Sequence[Mention], values: Sequence[Value], traits: Mapping[str, Traits]
) -> list[Binding] | None:
    """
    `bind_odd` of nine sentences in ten, in one loop and a quarter of the time; ``None`` if it takes more than that.

    One measure is spoken of at a time, and every value is said of it or of nothing known: no list of names or values, no
    其中, no 分别 or 均.
    """
    bindings: list[Binding] = []
    if not values:
        return bindings
    inner = text.find("其中", start, values[-1][0])
    if text.find("分别", start, values[-1][0]) >= 0:
        return None
    mine: Traits | None = None  # of what is spoken of
    named = False  # a name was the last
    id, who, rule = "", _NO_ONE, "direct"
    prefix: Prefix | None = None
    clause = behind = at = start
    past = before = (
        alone
    ) = -1  # ends: of the last name, of the last value, and of that if no name is behind it
    upcoming = iter((*names, _NO_ONE))
    ahead = next(upcoming)
    first, last, ids, _ = ahead
    for value in values:
        here, end, q = value
        while first <= here:
            past, alone = last, -1
            mark = text[first - 1]
            opens = mark in PUNCTUATION or first == start  # as most names do
            if (
                not opens
                and at < first
                and LINKED.search(text, first - 8 if first - 8 > at else at, first)
                and (is_referent(text, at, first) or (mine is not None and is_beside(text, at, ahead)))
            ):
                pass  # 占地区生产总值…, 高于经济增速: part of what is said, not spoken of
            elif not ids:
                mine, named, at = None, False, last
            elif (
                len(ids) > 1
                or (named and first - at <= 8 and is_joined(text, at, first, ids == who.ids))
                or (
                    0 <= inner < first
                    and bindings
                    and text.find("其中", max(bindings[-1][2][1], min(at, first - MAX_GAP)), first) >= 0
                )
            ):
                return None
            else:
                id, who, named, rule = ids[0], ahead, True, "direct"
                mine = traits[id]
                if opens:
                    prefix = NOTHING
                    clause = clause_before(text, start, first) if mark in WITHIN else first
                else:
                    prefix, behind = None, at
                at = last
            ahead = next(upcoming)
            first, last, ids, _ = ahead
        if first - end <= BEHIND and may_lead(text, start, value):
            return None
        if here < past:  # 12345热线, 500强: the number is the name's
            before = end
            continue
        if alone >= 0 and end <= first and is_listed(text, alone, here):
            return None
        if mine is None:
            if q.kind is not _DURATION:
                at, named = end, False
            elif before >= 0 and is_listed(text, before, here):  # a time is no value
                return None
            before, alone = end, -1
            continue
        before = alone = end
        unit = q.unit.symbol
        if unit in mine.units or fits(mine, q):
            gap = GAPS[text[at:here]] if here - at <= MAX_GAP else UNKNOWN
        elif q.kind is _DURATION:
            continue
        else:
            gap = UNKNOWN
        left, at, named = at, end, False
        if not gap.plain:
            if gap.known or STAGE.fullmatch(text, left, here) is not None:
                return None
            mine = None
            continue
        verb = gap.verb
        if gap.comma and (
            not (verb or q.text.startswith(BOUNDED)) or (unit not in RATES and is_followed(text, end, unit))
        ):
            mine = None
            continue
        if text[left] == ")" and text[left + 1] in LISTING and is_followed(text, end, unit):
            mine = None  # 中学（含小学）、8所卫生院
            continue
        if prefix is None:
            begins = who[0]
            words = text[behind:begins]
            opening = OPENINGS[words] if len(words) <= _SHORT else None
            if opening is None:
                prefix, clause = before_name(text, start, begins)
            else:
                prefix, clause = opening[0], behind + opening[1]
        confidence = (SURE if prefix.known else UNSURE)[rule]
        bindings.append((id, who, value, gap, verb, None, left, prefix, clause, "", rule, confidence))
        rule = "carried"
    return bindings
