"""Which numerals of a text a reader would want explained, if nothing says what they are."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

__all__ = ["numerals"]

_NUMERAL: Final = re.compile(r"\d+|[一二三四五六七八九两兩十百千万萬亿億零〇○]{2,}")
_DIGIT_AND_MULTIPLIER: Final = re.compile(
    r"[二三四五六七八九两兩].*[十百千万萬亿億]|[十百千万萬亿億][一二三四五六七八九]|一[百千万萬亿億]"
)
_WORDS: Final = frozenset({"十一", "万一", "萬一", "千一", "百一"})


@lru_cache(maxsize=4096)  # 一批, 一个, 这个: nearly always the same, and nearly always none
def numerals(words: str) -> tuple[tuple[int, int], ...]:
    """Where they stand in *words*."""
    return tuple(
        [
            m.span()
            for m in _NUMERAL.finditer(words)
            if m[0][0].isdecimal() or (m[0] not in _WORDS and _DIGIT_AND_MULTIPLIER.search(m[0]))
        ]
    )
