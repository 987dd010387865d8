"""The small numbers that count headings: 一 to 九十九, 1 to 999, in any width."""

from __future__ import annotations

CJK = "〇零一二三四五六七八九十廿"
DIGIT = "0-9０-９"

_DIGITS = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0}
_ARABIC = str.maketrans("０１２３４５６７８９", "0123456789")
_TIANGAN = "甲乙丙丁戊己庚辛壬癸"


def _spelled(value: int) -> str:
    tens, ones = divmod(value, 10)
    return ("" if tens < 2 else CJK[tens + 1]) + ("十" if tens else "") + (CJK[ones + 1] if ones else "")


def ordinal(text: str) -> int | None:
    """
    What a heading's number counts, or ``None`` if it is not a number of that kind.

    >>> [ordinal(x) for x in ("十一", "二十", "廿三", "１2", "丙", "二〇", "百")]
    [11, 20, 23, 12, 3, 20, None]
    """
    known = _KNOWN.get(text)
    return _counted(text) if known is None else known


def _counted(text: str) -> int | None:
    if not text:
        return None
    if text[0] in _TIANGAN:
        return _TIANGAN.index(text[0]) + 1 if len(text) == 1 else None
    if text.isdigit() and text[0] not in _DIGITS and len(text) <= 3:
        return int(text.translate(_ARABIC)) if text.translate(_ARABIC).isascii() else None
    total = 0
    last = 0
    for c in text:
        if c == "十":
            total += (last or 1) * 10
            last = 0
        elif c == "廿":
            total += 20
        elif c in _DIGITS:
            last = last * 10 + _DIGITS[c] if last else _DIGITS[c]
        else:
            return None
    return total + last


_KNOWN = {spelled: value for value in range(1, 100) for spelled in (str(value), _spelled(value))}
"""The usual spellings, so that a look suffices for nearly every number."""
