"""
What else a sentence may say of its values, told by one character each: the time, a part of the whole, a place among others.

Most sentences have none of these, and one search tells so for all three.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["CUES", "PARTS", "RANKS", "find_signs"]

CUES = frozenset("年届了已五计期步续来")
"""年, 届, 了, 已, 十四五, 九五, 预计, 预期, 初步, 累计, 连续, 十八大以来: without one of them no word tells the time."""
PARTS = frozenset("季月半以目后")
"""A part of a year, 亿元以上项目, or a project that has a number or a yield: without one of them a sentence speaks of wholes."""
RANKS = frozenset("第首榜前")
"""第三, 首位, 榜首, 前十: one of these is in all places among others."""

# One class first, so that `re` can skip to it.
_SIGN = re.compile(
    rf"[{''.join(sorted(CUES | PARTS | RANKS))}](?:(?<=[年届了已季月])|(?<=[六七八九]五)|(?<=十[一二三四五六]五)|(?<=[预累]计)|(?<=预期)|(?<=初步)|(?<=连续)|(?<=以来)"
    r"|(?<=半)(?=年)|(?<=以)(?=[上下][^,;:。、\d]{0,4}(?:项目|企业|大户|园区|工程))|(?<=项目)(?=[\d一二三四五六七八九十百])"
    r"|(?<=[成产用运工地]后)|(?<=[第前])(?=[\d一二三四五六七八九十])|(?<=首)(?=位)|(?<=榜)(?=首))"
)

find_signs: Callable[[str, int, int], list[str]] = _SIGN.findall
"""The signs in ``text[start:end]``, by their characters."""
