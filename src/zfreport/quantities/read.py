"""
From the words of a quantity to its value: pure, remembered, independent of where the words stand.

What the words round the number say (scale, unit, bounds) is a `Shape`, shared by all numbers with the same tail: a
report has thousands of numbers, but only some hundred tails. So 473亿元 costs one look-up and one `Decimal`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache, partial
from typing import Final, TypeAlias

from attrs import evolve

from ..memo import Memo
from ..numerals import CAPITAL_NUMERALS, MAX_NUMERAL, SCALES, read_numeral
from ..units import NO_UNIT, Unit, UnitTable
from ..vocab import fold, read_table
from .leftover import numerals
from .model import QuantityKind
from .references import is_nameless
from .shape import Shape, is_settled, kind_of, says_word, under

__all__ = ["Piece", "Tails", "Words", "chinese_words", "is_joint", "read", "tails"]

_EFFECTS: Final = {row["form"]: row["effect"] for row in read_table("qualifiers") if row["where"] == "after"}
_AFTER = "|".join(sorted(_EFFECTS, key=len, reverse=True))
_DIGITS = "零〇○一二三四五六七八九"
_HALF = Decimal("0.5")
_NUMBER = re.compile(
    r"(?P<sign>[-负])?"
    rf"(?:(?P<whole>[{_DIGITS}两十百千万亿]{{1,8}})分之(?P<minus>负)?)?"
    rf"(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|[{_DIGITS}两十廿卅百千万亿几数]+?(?:(?:、[{_DIGITS}]{{3}})+[百千万亿]*)?(?:[点.][{_DIGITS}]+[百千万亿]*)?(?![{_DIGITS}两十廿卅百万亿几]|千(?![瓦伏卡焦升])|、[{_DIGITS}]{{3}}(?![{_DIGITS}]))|半)"
    r"(?P<more>[余多来几])?"
    r"(?P<scale>(?:[百千](?![瓦伏米克卡升赫帕焦分里])|十(?=[万亿]))?万?亿?)"
    r"(?P<mixed>(?:\d+(?:\.\d+)?[十百千]?[百千万亿](?![瓦伏米克卡升赫帕焦分里]))*)"
    r"(?:(?P<more2>[余多])(?P<scale2>(?<=[百千].)万)?)?"
)
_REST = re.compile(
    rf"(?P<unit>.*?)(?P<rest>[半多余强整级]|(?<=成)[一二三四五六七八九]|[零又]?[\d一二三四五六七八九十]+个月|(?<=元)[\d一二两三四五六七八九]角(?:[\d一二两三四五六七八九]分)?)?(?P<after>{_AFTER})?$"
)
_JOINT = re.compile(
    r"(?<=[^\s\-－﹣–—―~～〜─])\s?(?:[-－﹣–—―~～〜─]{1,2}|[至到比:：∶︰﹕]|(?<=\d)[/／](?=\d)(?!10[万萬]))\s?"
    r"(?=[\d零〇○一二三四五六七八九两兩十廿卅百千万萬亿億几幾数數])"
)
_RANGE = re.compile(r"[-－﹣–—―~～〜─至到]")
_OF_RATIO = re.compile("[:：∶︰﹕]")
_INCLUDED = re.compile(r"[（(]含[^）)]*[）)]")  # 10亿元（含）以上
_SERIAL = re.compile(r"\d+(?:[-－﹣–—―─/／]\d+){2,}")
_RATIO = re.compile(rf"([\d.,]+)((?:[:∶︰﹕比][\d.,]+)+|/\d+)({_AFTER})?")
_RATIO_IN_WORDS = re.compile(
    rf"([{_DIGITS}两十百千万]+(?:[点.][{_DIGITS}]+)?)(比[{_DIGITS}两十百千万]+(?:[点.][{_DIGITS}]+)?)({_AFTER})?"
)
# 三四百 is three or four hundred, 三五 a few; 九二 and 四七 can only be positional
_PAIR = re.compile(
    rf"(?<![{_DIGITS}])(一二|一两|二三|两三|三四|三五|四五|五六|六七|七八|八九)(?![{_DIGITS}])"
)
_POINT = re.compile(rf"(?<=[\d{_DIGITS}十百千万亿])[·・•﹒‧∙](?=[\d{_DIGITS}])")


Piece: TypeAlias = "tuple[int, int, Decimal, Decimal, Shape | None, tuple[Decimal, ...]]"
"""One quantity of a chain: its bounds in the words, low, high, shape, and terms; without a shape it has no value after all."""
_Amount = tuple[Decimal, Decimal, Shape]
_NONE: Final = Decimal(0)


def is_joint(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` joins two numbers into a range, a ratio or a fraction."""
    joint = _JOINT.match(text, start)
    return joint is not None and joint.end() == end


Tails: TypeAlias = "Memo[str, Shape | None]"
"""
The shape of a plain Arabic number by what follows it, ``亿元左右``; ``None`` if the number is not plain after all.

A mapping, because a call of Python for every number would cost more than all it returns.
"""
_REMEMBERED: Final = 4096


@lru_cache(maxsize=16)
def tails(units: UnitTable) -> Tails:
    """The tails that numbers have in *units*, as far as they were met."""
    return Memo(partial(_shape_of, units), _REMEMBERED)


def _shape_of(units: UnitTable, tail: str) -> Shape | None:
    """What the full grammar makes of 1 and *tail*, if that is a power of ten and the tail ends in no space."""
    if (
        tail[-1:].isspace()
        or any(c.isdecimal() for c in tail)
        or _JOINT.search(f"1{tail}1", 0, len(tail) + 1)
    ):
        return None
    amount = _amount(_normal("1" + tail), units)
    if amount is None or amount[0] != amount[1] or amount[0].as_tuple().digits != (1,):
        return None
    power = amount[0].adjusted()
    shape = amount[2]
    # 12成 is none, and 2番 is not 翻两番; the number must tell
    settled = not shape.doubtful and is_settled("1" + tail, shape, word=False)
    return evolve(
        shape,
        power=f"E{power}" if power else "",
        settled=settled,
        nameless=is_nameless(tail, whole=False),
        whole_nameless=is_nameless(tail, whole=True),
    )


Words: TypeAlias = "Memo[str, tuple[Decimal, Decimal, Shape | None]]"
"""
Low, high and shape of a Chinese numeral with all that belongs to it, 三分之二以上; no shape if it is not simply one quantity.

Two in three are words that only look like one, and nearly all of them the same few: 一批, 二期, 一个.
"""


@lru_cache(maxsize=16)
def chinese_words(units: UnitTable) -> Words:
    """The Chinese numerals with all that belongs to them, as far as they were met."""
    return Memo(partial(_in_words, units), _REMEMBERED)


def _in_words(units: UnitTable, words: str) -> tuple[Decimal, Decimal, Shape | None]:
    if words[0].isdecimal() or words[-1].isspace() or len(words) > MAX_NUMERAL:
        return _NONE, _NONE, None
    (_, _, low, high, shape, parts), *more = read(words, units)
    if shape is None or more or parts or shape.rule not in ("amount", "fraction", "half"):
        return _NONE, _NONE, None
    word = says_word(words, shape, high) if shape.doubtful else False
    settled = is_settled(words, shape, word)
    idle = (word or (shape.bare and low < 100)) and not (
        shape.timely or shape.rule == "half" or numerals(words)
    )
    return low, high, evolve(shape, settled=settled, idle=idle) if settled or idle else shape


@lru_cache(maxsize=8192)
def read(words: str, units: UnitTable, ranges: bool = True) -> tuple[Piece, ...]:
    """
    Read the words that one match of the scan covers: one quantity, a range, a ratio, or several side by side.

    Without *ranges*, the ends of a range are two quantities (从3个到5个).

    >>> from zfreport.units import UNITS
    >>> [(_, _, low, high, shape, _)] = read("三到五千万元", UNITS)
    >>> f"{low:f}", f"{high:f}", shape.unit.symbol
    ('30000000', '50000000', '元')
    """
    joints = list(_JOINT.finditer(words))
    if not joints:
        return (_piece(0, len(words), _amount(_normal(words), units)),)
    ratio = _ratio(_normal(words))
    if ratio is not None:
        (low, high, shape), parts = ratio
        return ((0, len(words), low, high, shape, parts),)
    if _SERIAL.fullmatch(words):
        return (_piece(0, len(words), None),)
    starts = [0, *(j.end() for j in joints)]
    ends = [*(j.start() for j in joints), len(words)]
    pieces: list[Piece] = []
    i = 0
    while i < len(starts):
        if ranges and i < len(joints) and _RANGE.search(joints[i][0]):
            both = _range(
                _normal(words[starts[i] : ends[i]]), _normal(words[starts[i + 1] : ends[i + 1]]), units
            )
            if both is not None:
                pieces.append(_piece(starts[i], ends[i + 1], both))
                i += 2
                continue
        last = i  # 6：61：33到12：27：61 is two ratios
        while last < len(joints) and _OF_RATIO.search(joints[last][0]):
            last += 1
        ratio = _ratio(_normal(words[starts[i] : ends[last]])) if last > i else None
        if ratio is not None:
            (low, high, shape), parts = ratio
            pieces.append((starts[i], ends[last], low, high, shape, parts))
            i = last + 1
            continue
        pieces.append(_piece(starts[i], ends[i], _amount(_normal(words[starts[i] : ends[i]]), units)))
        i += 1
    return tuple(pieces)


def _normal(words: str) -> str:
    """Simplified, half width, without spaces, every decimal point a full stop; 六万万 is 六亿."""
    words = _INCLUDED.sub("", words) if "含" in words else words
    return _POINT.sub(".", "".join(fold(words).split())).replace("万万", "亿")


def _piece(start: int, end: int, amount: _Amount | None) -> Piece:
    return (start, end, _NONE, _NONE, None, ()) if amount is None else (start, end, *amount, ())


def _ratio(s: str) -> tuple[_Amount, tuple[Decimal, ...]] | None:
    """10.3:45:44.7, 1.03比1, 1/4, 三九·七比六○·三."""
    m = _RATIO.fullmatch(s)
    if m is None:
        if (m := _RATIO_IN_WORDS.fullmatch(s)) is None:
            return None
        terms = [read_numeral(m[1]), read_numeral(m[2][1:])]
        if None in terms:
            return None
        parts = tuple(term for term in terms if term is not None)
    else:
        parts = tuple(Decimal(p.replace(",", "")) for p in re.findall(r"[\d.,]+", m[1] + m[2]))
    fraction = m[2][0] == "/"
    two = len(parts) == 2 and bool(parts[1])
    if fraction and not two:
        return None
    kind = QuantityKind.FRACTION if fraction else QuantityKind.RATIO
    shape = Shape(NO_UNIT, kind, str(kind), low=two, high=two, low_closed=two, high_closed=two)
    value = _quotient(parts[0], parts[1]) if two else _NONE
    return (value, value, under(shape, _effect(m[3]))), () if fraction else parts


def _quotient(a: Decimal, b: Decimal) -> Decimal:
    value = a / b
    return value.normalize() if value * b == a else value


def _effect(after: str | None) -> str:
    return _EFFECTS[after] if after else ""


def _amount(s: str, units: UnitTable) -> _Amount | None:
    """One number with its scale, unit and qualifiers, normalised."""
    if s == "番":  # 翻番
        return Decimal(1), Decimal(1), Shape(units["番"], QuantityKind.MULTIPLE)
    after = s.removeprefix("半").removeprefix("数")
    if s[0] == "半" and (not after or after in _EFFECTS):  # 半数, 过半, 一半以上
        shape = Shape(NO_UNIT, QuantityKind.FRACTION, "half", chinese=True)
        return _HALF, _HALF, under(shape, _effect(after))
    if s[0] in CAPITAL_NUMERALS:
        return _bill(s, units)
    m = _NUMBER.match(s)
    n = _REST.match(s, m.end()) if m else None
    if m is None or n is None:
        return None
    name, rest = n["unit"], n["rest"] or ""
    if rest and name + rest in units:
        name, rest = name + rest, ""
    more = m["more"] in ("余", "多", "几") or bool(m["more2"]) or rest in ("多", "余", "强")
    half = rest == "半"
    if name[:2] in ("个多", "个余", "个半"):  # 八个多月, 一个半小时
        more, half = more or name[1] != "半", half or name[1] == "半"
        name = "个" + name[2:]
    unit = units.find(name.replace("每", "/")) if name else NO_UNIT
    number, scale = m["number"], m["scale"] + (m["scale2"] or "" if not m["mixed"] else "")
    if "亿" in number and scale[-1:] == "万":  # 两亿五千多万: the 万 is that of 五千 alone
        number, scale = number + scale, ""
    interval = _interval(number, unit or NO_UNIT)
    if unit is None or interval is None:
        return None
    low, high, vague = interval
    headless = number[0] in "百千万亿"
    rule = "amount"
    kind = kind_of(unit)
    if scale:
        power = SCALES.get(scale)
        if power is None:
            return None
        low, high = low.scaleb(power), high.scaleb(power)
    if m["mixed"]:
        total = read_numeral(number + scale + m["mixed"] + (m["scale2"] or ""))
        if total is None:
            return None
        low = high = total
    if m["whole"]:
        rule, headless = "fraction", False
        if unit is NO_UNIT and m["whole"] in ("百", "千"):
            unit = units["%" if m["whole"] == "百" else "‰"]
            kind = kind_of(unit)
        else:
            whole = _bare_scale(m["whole"])
            if not whole:
                return None
            low, high = _quotient(low, whole), _quotient(high, whole)
            kind = kind if unit is not NO_UNIT else QuantityKind.FRACTION
    elif unit is NO_UNIT and not scale and ("." in number or "点" in number):
        kind = QuantityKind.OTHER
    if half:
        low, high = low + _HALF, high + _HALF
    elif unit.symbol == "成" and rest and rest in _DIGITS:  # 六成五
        tenths = Decimal(_DIGITS.index(rest) - 2) / 10
        low, high = low + tenths, high + tenths
    elif rest[1:2] == "角":  # 三元七角五分
        cents = sum(
            (read_numeral(digit) or 0) * worth for digit, worth in zip(rest[::2], (10, 1), strict=False)
        )
        low, high = low + Decimal(cents) / 100, high + Decimal(cents) / 100
    elif rest.endswith("个月"):  # 一年零三个月
        extra = read_numeral(rest.lstrip("零又")[:-2])
        if extra is None:
            return None
        low, high, unit = low * 12 + extra, high * 12 + extra, units["个月"]
    if m["sign"] or m["minus"]:
        low, high = -high, -low
    shape = Shape(
        unit,
        kind,
        rule,
        approx=vague or m["more"] == "来",
        scale=scale or number[len(number.rstrip("百千万亿")) :].lstrip("百千") if not m["whole"] else "",
        chinese=not number[0].isdecimal(),
        headless=headless,
        one=number in ("一", "几") and not (scale or half or more or m["whole"]),
    )
    if rest == "级":  # 千亿级: of that order
        shape = under(under(shape, "least"), "about")
    return low, high, under(under(shape, "more" if more else ""), _effect(n["after"]))


def _bill(s: str, units: UnitTable) -> _Amount | None:
    """壹万贰仟叁佰元整, as on a cheque."""
    value = read_numeral(s)
    unit = units["元"]
    if value is None:
        number = s.rstrip("元圆整")
        value, unit = read_numeral(number), unit if s != number else NO_UNIT
    if value is None:
        return None
    return value, value, Shape(unit, kind_of(unit), chinese=True)


def _interval(number: str, unit: Unit) -> tuple[Decimal, Decimal, bool] | None:
    """The lowest and highest value of a numeral, and whether it is vague."""
    if number[0].isdecimal():
        value = Decimal(number.replace(",", ""))
        return value, value, False
    if number == "半":
        return _HALF, _HALF, False
    if "几" in number or number[0] == "数":
        # 十几 is eleven to nineteen, 几十 twenty to ninety
        least = "一" if number.endswith("十几") else "二"
        return _between(*(number.replace("几", digit).replace("数", digit) for digit in (least, "九")))
    if "点" not in number and "." not in number and (pair := _PAIR.search(number)):
        between = _between(*(number[: pair.start()] + digit + number[pair.end() :] for digit in pair[0]))
        if between is not None:
            return between
    if unit.symbol == "折" and len(number) == 2 and "十" not in number:  # 八五折
        number = f"{number[0]}点{number[1]}"
    one = _bare_scale(number)
    return None if one is None else (one, one, False)


def _between(first: str, last: str) -> tuple[Decimal, Decimal, bool] | None:
    low, high = read_numeral(first), read_numeral(last)
    return None if low is None or high is None else (low, high, True)


def _bare_scale(number: str) -> Decimal | None:
    """A Chinese numeral, which may lack its head: 百万 and 亿 are one of it."""
    power = SCALES.get(number)
    if power is not None:
        return Decimal(1).scaleb(power)
    return read_numeral("一" + number if number[0] in "百千" else number)


def _range(a: str, b: str, units: UnitTable) -> _Amount | None:
    """Two ends; the first may share scale and unit with the second (三到五千万元, 10—15%)."""
    first, last = _amount(a, units), _amount(b, units)
    if first is None or last is None:
        return None
    low, _, below = first
    _, high, above = last
    if below.bounded and below.unit is not NO_UNIT and not below.headless:
        return None
    if above.unit is NO_UNIT and "分之" in a and "分之" not in b:  # 百分之二百五十到二百七十五
        above = evolve(above, unit=below.unit, kind=below.kind)
    elif below.unit is NO_UNIT:
        mantissa = _mantissa(b)
        if above.scale and not below.scale and mantissa and low <= mantissa:
            low *= high / mantissa
        below = evolve(below, unit=above.unit)
    elif below.unit.symbol == "个" and above.unit.symbol.startswith("个"):  # 3个至4个百分点
        below = evolve(below, unit=above.unit)
    if below.unit != above.unit:
        return None
    rule = "range"
    if low > high and below.chinese:  # 东四三至八条: no range at all
        return None
    if low > high:
        low, high, rule = high, low, "range reversed"
    shape = evolve(
        above,
        rule=rule,
        low=True,
        low_closed=True,
        high=above.high,
        approx=above.approx or below.approx,
        chinese=below.chinese,
        one=False,
        headless=False,
    )
    return low, high, shape


def _mantissa(words: str) -> Decimal | None:
    """The number before the scale: 5 of 5千万, 三 of 三千万."""
    m = _NUMBER.match(words)
    if m is None:
        return None
    head = m["number"] if m["number"][0].isdecimal() else m["number"].rstrip("十百千万亿")
    return read_numeral(head) if head else None
