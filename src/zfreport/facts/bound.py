"""A value that was given to a name, and those that were not."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from ..quantities import Quantity
from .clauses import Gap, Prefix
from .indicators import Mention

__all__ = ["SURE", "UNSURE", "Binding", "Mismatch", "Slot", "Value", "less"]

Value: TypeAlias = tuple[int, int, Quantity]
"""Where a quantity begins and ends in the reading, and the quantity."""
Binding: TypeAlias = tuple[str, Mention, Value, Gap, str, Value | None, int, Prefix, int, str, str, float]
"""
A value given to a name, as a bare tuple: a report has hundreds, and each is taken apart once.

In order: the indicator's id; the name; the value; the gap; the verb that governs the value, its own or, in a list, the
one before the first value; the last value of its list, whose trailing 左右 or 以上 governs the whole list; where the words
that govern the value begin, behind the name or the value before; what stands before the name, and where its clause begins,
which neither ``、`` nor ``(`` ends; the indicator that 其中 makes it a part of; the rule; the confidence.
"""
Slot: TypeAlias = tuple[str, Mention]
"""An indicator's id, and the name that it is spoken of by."""
SURE = {"every": 0.95, "shared": 0.8, "carried": 0.85, "direct": 1.0}
"""How sure each rule is that hands out one value."""


class Mismatch(NamedTuple):
    """Values that were not given to names: there are more or fewer, or not all of them are known."""

    start: int
    end: int
    names: int
    """How many things are listed, known or not."""
    values: int


def less(sure: float) -> float:
    """How sure a rule is with an unknown word before the name."""
    return round(sure * 0.8, 2)


UNSURE = {rule: less(sure) for rule, sure in SURE.items()}
"""With such a word."""
