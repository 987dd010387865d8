"""
The numbers that Word prints itself (一、 （一） 1.): they stand nowhere in a docx's text, and are its headings' marks.

Office Open XML, ECMA-376 part 1, 17.9 (numbering) and 17.18.59 (number formats).
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from attrs import define, evolve, frozen

__all__ = ["Numbering"]

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DIGITS = "〇一二三四五六七八九"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"


def _chinese(n: int, digits: str = _DIGITS, ten: str = "十", hundred: str = "百") -> str:
    """Up to 999 as written: 十, 二十一, 一百零三."""
    hundreds, rest = divmod(n, 100)
    tens, ones = divmod(rest, 10)
    head = digits[hundreds] + hundred if hundreds else ""
    if hundreds and rest and not tens:
        return head + "零" + digits[ones]
    mid = "" if not tens else ten if tens == 1 and not hundreds and digits is _DIGITS else digits[tens] + ten
    return head + mid + (digits[ones] if ones or not n else "")


def _roman(n: int) -> str:
    out = ""
    for value, sign in (
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ):
        out += sign * (n // value)
        n %= value
    return out


def _format(n: int, style: str) -> str:
    """
    *n* in one of Word's number formats; plain digits for the rare ones.

    >>> [_format(12, s) for s in ("chineseCountingThousand", "decimalEnclosedCircle", "lowerLetter", "decimalFullWidth")]
    ['十二', '⑫', 'l', '１２']
    """
    if not 0 <= n < 1000:
        return str(n)
    match style:
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "taiwaneseCounting"
            | "taiwaneseCountingThousand"
            | "japaneseCounting"
            | "koreanCounting"
        ):
            return _chinese(n)
        case "ideographDigital" | "taiwaneseDigital" | "japaneseDigitalTenThousand":
            return "".join(_DIGITS[int(d)] for d in str(n))
        case "chineseLegalSimplified" | "ideographLegalTraditional":
            return _chinese(n, _LEGAL, "拾", "佰")
        case "ideographTraditional" if 1 <= n <= 10:
            return "甲乙丙丁戊己庚辛壬癸"[n - 1]
        case "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" if 1 <= n <= 20:
            return _CIRCLED[n - 1]
        case "decimalFullWidth" | "decimalFullWidth2":
            return "".join(chr(ord(d) + 0xFEE0) for d in str(n))
        case "upperRoman" if n:
            return _roman(n).upper()
        case "lowerRoman" if n:
            return _roman(n)
        case "upperLetter" if 1 <= n <= 26:
            return chr(64 + n)
        case "lowerLetter" if 1 <= n <= 26:
            return chr(96 + n)
        case "decimalZero":
            return f"{n:02d}"
        case "none":
            return ""
        case _:
            return str(n)


@frozen
class _Level:
    start: int
    style: str
    pattern: str
    plain: bool = False
    """Whether the numbers of the levels above are printed in plain digits here (``isLgl``)."""


@define
class Numbering:
    """The counters of one document; ask once for every paragraph, in order."""

    _levels: dict[tuple[str, int], _Level]
    _abstract: dict[str, str]
    _styles: dict[str, tuple[str, int]]
    _counts: dict[str, dict[int, int]]

    @classmethod
    def of(cls, numbering: Any | None, styles: Any | None) -> Numbering:
        """From the roots of ``numbering.xml`` and ``styles.xml``; either may be missing."""
        levels: dict[tuple[str, int], _Level] = {}
        abstract: dict[str, str] = {}
        if numbering is not None:
            for node in numbering.iter(W + "abstractNum"):
                name = node.get(W + "abstractNumId", "")
                for level in node.iter(W + "lvl"):
                    levels[name, _int(level.get(W + "ilvl"))] = _Level(
                        _int(_value(level, "start"), 1),
                        _value(level, "numFmt") or "decimal",
                        _value(level, "lvlText") or "",
                        level.find(W + "isLgl") is not None,
                    )
            for node in numbering.iter(W + "num"):
                number = node.get(W + "numId", "")
                target = _value(node, "abstractNumId") or ""
                abstract[number] = target
                if (
                    node.find(W + "lvlOverride") is not None
                ):  # a restart: count apart, with the levels of the original
                    abstract[number] = f"{target}/{number}"
                    for (name, ilvl), level in list(levels.items()):
                        if name == target:
                            levels[abstract[number], ilvl] = level
                    for override in node.iter(W + "lvlOverride"):
                        key = abstract[number], _int(override.get(W + "ilvl"))
                        old, start = levels.get(key), _value(override, "startOverride")
                        if old is not None and start is not None:
                            levels[key] = evolve(old, start=_int(start, 1))
        by_style: dict[str, tuple[str, int]] = {}
        based_on: dict[str, str] = {}
        for style in styles.iter(W + "style") if styles is not None else ():
            name = style.get(W + "styleId", "")
            found = _num_pr(style.find(W + "pPr"))
            if found is not None:
                by_style[name] = found
            elif (above := _value(style, "basedOn")) is not None:
                based_on[name] = above
        for name in based_on:  # a style has the numbers of the one it is based on
            above = name
            for _ in range(10):
                above = based_on.get(above, above)
            if above in by_style:
                by_style[name] = by_style[above]
        return cls(levels, abstract, by_style, defaultdict(dict))

    def next(self, paragraph: Any) -> str:
        """The number Word prints before *paragraph*, ``""`` if none; bullets print none."""
        properties = paragraph.find(W + "pPr")
        found = _num_pr(properties)
        if found is None and properties is not None and (style := _value(properties, "pStyle")) is not None:
            found = self._styles.get(style)
        if found is None:
            return ""
        # numId 0, which takes a style's number away, is in no list
        name, at = self._abstract.get(found[0]), found[1]
        level = self._levels.get((name or "", at))
        if name is None or level is None:
            return ""
        counts = self._counts[name]
        counts[at] = counts[at] + 1 if at in counts else level.start
        for deeper in [k for k in counts if k > at]:
            del counts[deeper]
        if level.style == "bullet":
            return ""
        text = level.pattern
        for i in range(at + 1):
            part = self._levels.get((name, i))
            if part is not None and f"%{i + 1}" in text:
                text = text.replace(
                    f"%{i + 1}",
                    _format(counts.get(i, part.start), "decimal" if level.plain and i < at else part.style),
                )
        return text


def _num_pr(properties: Any | None) -> tuple[str, int] | None:
    node = properties.find(W + "numPr") if properties is not None else None
    number = _value(node, "numId") if node is not None else None
    return None if number is None else (number, _int(_value(node, "ilvl")))


def _value(node: Any, tag: str) -> str | None:
    child = node.find(W + tag)
    return None if child is None else child.get(W + "val")


def _int(text: str | None, default: int = 0) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 7 else default
