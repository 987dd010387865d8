"""From the words of one quantity to its value: pure, remembered, independent of where the words stand."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from attrs import evolve, frozen

from ..numerals import SCALES, read_numeral
from ..units import NO_UNIT, Unit, UnitTable
from ..vocab import fold, read_table
from .model import QuantityKind

__all__ = ["Reading", "read"]

_KINDS: Final = {
    "count": QuantityKind.COUNT,
    "time": QuantityKind.DURATION,
    "working day": QuantityKind.DURATION,
    "class hour": QuantityKind.DURATION,
    "multiple": QuantityKind.MULTIPLE,
    "doubling": QuantityKind.MULTIPLE,
    "ratio difference": QuantityKind.PERCENTAGE_POINT,
    "container": QuantityKind.COUNT,
    "number": QuantityKind.COUNT,
}
_BY_SYMBOL: Final = {
    "%": QuantityKind.PERCENT,
    "‰": QuantityKind.PERMILLE,
    "成": QuantityKind.FRACTION,
    "折": QuantityKind.FRACTION,
}
_EFFECTS: Final = {row["form"]: row["effect"] for row in read_table("qualifiers")}
_AFTER = "|".join(
    sorted((r["form"] for r in read_table("qualifiers") if r["where"] == "after"), key=len, reverse=True)
)
_SPACES = re.compile(r"\s+")
_NUMBER = re.compile(
    r"(?P<sign>[-负])?"
    r"(?:(?P<whole>[百千万亿零〇○一二三四五六七八九两十]{1,7})分之(?P<negative>负)?)?"
    r"(?P<number>\d+(?:,\d{3})*(?:\.\d+)?|[零〇○一二三四五六七八九两十廿卅百千万亿几数]+(?:[点.][零〇○一二三四五六七八九]+)?|半)"
    r"(?P<more>[余多来几])?"
    r"(?P<scale>(?:[十百千](?![瓦伏米克卡升赫帕焦分里]))?万?亿?)"
    r"(?P<mixed>(?:\d+(?:\.\d+)?[十百千]?[百千万亿](?![瓦伏米克卡升赫帕焦分里]))*)"
    r"(?P<more2>[余多])?"
)
_REST = re.compile(rf"(?P<unit>.*?)(?P<rest>[半多余强整]|(?<=成)[一二三四五六七八九]|[零又]?[\d一二三四五六七八九十]+个月)?(?P<after>{_AFTER})?$")
_JOINT = re.compile(
    r"(?<=[^\s\-－﹣–—―~～〜─])\s?(?:[-－﹣–—―~～〜─]{1,2}|[至到比:：∶︰﹕]|[/／](?!10[万萬]))\s?(?=[\d零〇○一二三四五六七八九两兩十廿卅百千万萬亿億几幾数數])"
)
_RANGE = re.compile(r"[-－﹣–—―~～〜─至到]")
_SERIAL = re.compile(r"\d+(?:[-－﹣–—―─/／]\d+){2,}")
_VAGUE_PAIR = re.compile(r"(?<![零〇○一二三四五六七八九])(一二|二三|两三|三四|三五|四五|五六|六七|七八|八九)(?![零〇○一二三四五六七八九])")
_SMALL_SCALES = "十百千万亿"


@frozen
class Reading:
    """The value of some words: an interval, a unit, and what context may need to know about how they are written."""

    low: Decimal | None
    high: Decimal | None
    low_closed: bool
    high_closed: bool
    approx: bool
    unit: Unit
    kind: QuantityKind
    rule: str
    parts: tuple[Decimal, ...] = ()
    scale: str = ""
    chinese: bool = False
    """The numeral is Chinese."""
    headless: bool = False
    """A bare multiplier stands for its number: 百余场, 亿元以上. Without a qualifier it is no quantity (百姓, 万元户)."""
    one: bool = False
    """Exactly 一 with nothing beside it: mostly an article (一个, 一批)."""
    bounded: bool = False
    """A qualifier is among the words."""
    both: tuple[Reading, Reading] | None = None
    """The two ends of a range, for 从…到…, where they are two values."""


def kind_of(unit: Unit) -> QuantityKind:
    """The kind that a unit implies."""
    return _BY_SYMBOL.get(unit.symbol) or _KINDS.get(unit.dimension, QuantityKind.LEVEL)


@frozen
class Piece:
    """One quantity of a chain: where it stands in the words, and its value; ``None`` if it has none after all."""

    start: int
    end: int
    reading: Reading | None


@lru_cache(maxsize=8192)
def read(words: str, units: UnitTable) -> tuple[Piece, ...]:
    """
    Read the words that one match of the scan covers: mostly one quantity, or a range, a ratio, or several side by side.

    >>> from zfreport.units import UNITS
    >>> [piece] = read("三到五千万元", UNITS)
    >>> f"{piece.reading.low:f}", f"{piece.reading.high:f}", piece.reading.unit.symbol
    ('30000000', '50000000', '元')
    """
    words = words.rstrip()
    joints = list(_JOINT.finditer(words))
    if not joints:
        return (Piece(0, len(words), _amount(_normal(words), units)),)
    whole = _ratio(_normal(words))
    if whole is not None:
        return (Piece(0, len(words), whole),)
    starts = [0, *(j.end() for j in joints)]
    ends = [*(j.start() for j in joints), len(words)]
    if len(starts) > 2 and _SERIAL.fullmatch(words):
        return (Piece(0, len(words), None),)
    pieces: list[Piece] = []
    i = 0
    while i < len(starts):
        if i < len(joints) and _RANGE.search(joints[i][0]):
            both = _range(_normal(words[starts[i] : ends[i]]), _normal(words[starts[i + 1] : ends[i + 1]]), units)
            if both is not None:
                pieces.append(Piece(starts[i], ends[i + 1], both))
                i += 2
                continue
        pieces.append(Piece(starts[i], ends[i], _amount(_normal(words[starts[i] : ends[i]]), units)))
        i += 1
    return tuple(pieces)


def _normal(words: str) -> str:
    s = _SPACES.sub("", fold(words))
    return s.translate(_POINTS)


_POINTS = {ord(c): "." for c in "·・•﹒‧∙"}


def _plain(value: Decimal, unit: Unit, rule: str, kind: QuantityKind | None = None) -> Reading:
    return Reading(value, value, True, True, False, unit, kind or kind_of(unit), rule)


def _half(s: str, units: UnitTable) -> Reading | None:
    rest = s[1:]
    m = _REST.match(rest.removeprefix("数"))
    assert m is not None
    base = _plain(Decimal("0.5"), NO_UNIT, "half", QuantityKind.FRACTION)
    name = m["unit"]
    if name:
        unit = units.find(name)
        if unit is None:
            return None
        base = _plain(Decimal("0.5"), unit, "half")
    return _bounded(base, m["after"])


def _ratio(s: str) -> Reading | None:
    """10.3:45:44.7, 1.03比1, 1/4."""
    m = re.fullmatch(rf"([\d.,]+)((?:[:∶︰﹕比][\d.,]+)+|/\d+)({_AFTER})?", s)
    if m is None:
        return None
    parts = tuple(Decimal(p.replace(",", "")) for p in re.findall(r"[\d.,]+", m[1] + m[2]))
    if m[2][0] == "/":
        if not parts[1]:
            return None
        value = parts[0] / parts[1]
        return _bounded(_plain(_short(value), NO_UNIT, "fraction", QuantityKind.FRACTION), m[3])
    if len(parts) == 2 and parts[1]:
        base = _plain(_short(parts[0] / parts[1]), NO_UNIT, "ratio", QuantityKind.RATIO)
    else:
        base = Reading(None, None, False, False, False, NO_UNIT, QuantityKind.RATIO, "ratio")
    return _bounded(evolve(base, parts=parts), m[3])


def _short(value: Decimal) -> Decimal:
    """A quotient: exact if it is finite, else to as many digits as `Decimal` has by default."""
    return value.normalize() if value == value.to_integral() or len(value.as_tuple().digits) < 28 else value


def _amount(s: str, units: UnitTable) -> Reading | None:
    """One number with its scale, unit and qualifiers."""
    if s == "番":
        return _plain(Decimal(1), units["番"], "doubled")
    if s[0] == "半":
        return _half(s, units)
    m = _NUMBER.match(s)
    if m is None:
        return None
    n = _REST.match(s, m.end())
    assert n is not None
    name, rest, after = n["unit"], n["rest"], n["after"]
    if name and name not in units and rest and name + rest in units:
        name, rest = name + rest, None
    more = bool(m["more"] and m["more"] != "来") or bool(m["more2"]) or rest in ("多", "余", "强")
    loose = m["more"] == "来"
    half = rest == "半"
    if name[:2] in ("个多", "个余", "个半"):  # 八个多月, 一个半小时
        more, half = more or name[1] != "半", half or name[1] == "半"
        name = name[2:] if name[2:] != "月" else "个月"
        if name == "百分点":
            name = "个百分点"
    unit = NO_UNIT
    if name:
        found = units.find(name)
        if found is None:
            return None
        unit = found
    low, high, vague, headless = _interval(m["number"], unit)
    if low is None or high is None:
        return None
    scale = m["scale"]
    if scale:
        power = SCALES.get(scale)
        if power is None:
            return None
        low, high = low.scaleb(power), high.scaleb(power)
    if m["mixed"]:
        total = read_numeral(m["number"] + scale + m["mixed"])
        if total is None:
            return None
        low = high = total
    if m["whole"]:
        whole = {"百": 100, "千": 1000, "万": 10000, "亿": 10**8}.get(m["whole"]) or read_numeral(m["whole"])
        if not whole:
            return None
        if unit is NO_UNIT and whole in (100, 1000) and m["whole"] in "百千":
            unit = units["%" if whole == 100 else "‰"]
        else:
            low, high = _short(low / whole), _short(high / whole)
            headless = False
    elif unit.symbol == "成" and rest and rest in "一二三四五六七八九":  # 六成五
        tenths = (read_numeral(rest) or Decimal(0)) / 10
        low, high = low + tenths, high + tenths
    if half:
        low, high = low + Decimal("0.5"), high + Decimal("0.5")
    if rest and rest[-1] == "月":  # 一年零三个月
        extra = read_numeral(rest.lstrip("零又")[:-2])
        if extra is None:
            return None
        low, high, unit = low * 12 + extra, high * 12 + extra, units["个月"]
    negative = bool(m["sign"]) or bool(m["negative"])
    if negative:
        low, high = -high, -low
    kind = kind_of(unit)
    if m["whole"] and unit.symbol not in "%‰":
        kind = kind_of(unit) if unit is not NO_UNIT else QuantityKind.FRACTION
    elif unit is NO_UNIT and not scale and "." in m["number"]:
        kind = QuantityKind.OTHER
    number = m["number"]
    reading = Reading(
        low,
        high,
        True,
        True,
        vague or loose,
        unit,
        kind,
        "fraction" if m["whole"] else "amount",
        scale=scale or _trailing_scale(number),
        chinese=not number[0].isdecimal(),
        headless=headless,
        one=number == "一" and not (scale or half or more or m["whole"]),
    )
    if more:
        reading = evolve(reading, low_closed=False, high=None, high_closed=False, approx=True, bounded=True)
    return _bounded(reading, after)


def _trailing_scale(number: str) -> str:
    return number[len(number.rstrip("万亿")) :]


def _interval(number: str, unit: Unit) -> tuple[Decimal | None, Decimal | None, bool, bool]:
    """The lowest and highest value of a numeral, whether it is vague, and whether it lacks its head (百余)."""
    if number[0].isdecimal():
        value = Decimal(number.replace(",", ""))
        return value, value, False, False
    if number == "半":
        return Decimal("0.5"), Decimal("0.5"), False, False
    if unit.symbol == "折" and len(number) == 2 and "十" not in number:  # 八五折
        value = read_numeral(f"{number[0]}点{number[1]}")
        return value, value, False, False
    headless = number[0] in "百千万亿"
    if headless:
        number = "一" + number if number[0] in "百千" else number
    if "几" in number or number[0] == "数":
        first = "一" if number.endswith("十几") else "二"
        low, high = (read_numeral(number.replace("几", d).replace("数", d)) for d in (first, "九"))
        return low, high, True, False
    if (pair := _VAGUE_PAIR.search(number)) and "." not in number and "点" not in number:
        a, b = (number[: pair.start()] + d + number[pair.end() :] for d in pair[0])
        low, high = read_numeral(a), read_numeral(b)
        if low is not None and high is not None:
            return low, high, True, False
    value = _bare_scale(number) if headless else read_numeral(number)
    return value, value, False, headless


def _bare_scale(number: str) -> Decimal | None:
    """百万, 千亿, 亿: one of it."""
    plain = number.removeprefix("一")
    power = SCALES.get(plain)
    return Decimal(1).scaleb(power) if power is not None else read_numeral(number)


def _bounded(reading: Reading, after: str | None) -> Reading:
    """*reading* under a qualifier that follows it."""
    if not after:
        return reading
    return apply(reading, _EFFECTS.get(after.lstrip("及或"), _EFFECTS.get(after, "")))


def apply(r: Reading, effect: str) -> Reading:
    """*reading* under a qualifier of *effect*; see ``data/qualifiers.tsv``."""
    bottom, top = (r.low, r.high) if r.low is not None else (r.high, r.high)
    top = top if top is not None else bottom
    if effect == "about":
        return evolve(r, approx=True, bounded=True)
    if effect in ("above", "more", "least"):
        return evolve(
            r,
            low=bottom,
            high=None,
            low_closed=effect == "least",
            high_closed=False,
            approx=r.approx or effect == "more",
            bounded=True,
        )
    if effect in ("near", "below", "most"):
        if r.low is not None and r.low != r.high and effect == "most" and r.high is not None:
            return evolve(r, bounded=True)  # 3—5个以内 keeps its lower end
        return evolve(
            r,
            low=None,
            high=top,
            low_closed=False,
            high_closed=effect == "most",
            approx=r.approx or effect == "near",
            bounded=True,
        )
    return r


def _range(a: str, b: str, units: UnitTable) -> Reading | None:
    """Two ends; scale and unit of the first may be shared with the second (三到五千万元, 10—15%)."""
    high = _amount(b, units)
    low = _amount(a, units)
    if high is None or low is None:
        return None
    top = high.low if high.low is not None else high.high
    bottom = low.low if low.low is not None else low.high
    if top is None or bottom is None:
        return None
    if a[:1] and "分之" in a and "分之" not in b and high.unit is NO_UNIT and low.unit is not NO_UNIT:
        high = evolve(high, unit=low.unit, kind=low.kind)  # 百分之二百五十到二百七十五
    elif low.unit is NO_UNIT and high.unit is not NO_UNIT or (low.unit is NO_UNIT and high.scale):
        shared = high.scale and not low.scale and _mantissa(b) is not None
        if shared and bottom < (limit := _mantissa(b) or top):
            factor = top / limit
            low = evolve(low, low=bottom * factor)
            bottom = low.low or bottom * factor
        low = evolve(low, unit=high.unit, kind=high.kind)
    elif low.unit.symbol == "个" and high.unit.symbol.startswith("个"):  # 3个至4个百分点
        low = evolve(low, unit=high.unit, kind=high.kind)
    if low.unit != high.unit and high.unit is not NO_UNIT:
        return None
    unit = low.unit if high.unit is NO_UNIT else high.unit
    top_end = high.high if high.high is not None else top
    if high.bounded and high.low is None and high.high is not None:  # 3—5个以内
        top_end = high.high
    both = (low, high)
    lower, upper = sorted((bottom, top_end))
    out = Reading(
        lower,
        upper,
        True,
        True,
        low.approx or high.approx,
        unit,
        kind_of(unit) if unit is not NO_UNIT else high.kind,
        "range" if bottom <= top_end else "range reversed",
        scale=high.scale,
        chinese=low.chinese,
        both=both,
        bounded=high.bounded,
    )
    if high.bounded and high.high is None:  # 10—15个以上
        return evolve(out, high=None, high_closed=False, low_closed=high.low_closed)
    return out


def _mantissa(words: str) -> Decimal | None:
    """The number in front of the scale: 5 of 5千万, 三 of 三千万."""
    m = _NUMBER.match(words)
    if m is None:
        return None
    head = m["number"].rstrip("十百千万亿") if not m["number"][0].isdecimal() else m["number"]
    return read_numeral(head) if head else None
