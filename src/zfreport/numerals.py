"""
One numeral that fills a string, to its exact `Decimal`: Arabic, full-width, Chinese, mixed, spaced, damaged.

What stands round a numeral (几 多 余, 百分之, units, ranges) belongs to `zfreport.quantities`; so do vague numerals, which
have no single value and are refused here. The few characters below are the grammar itself, hence code and not a table.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from .errors import got
from .vocab import late

__all__ = [
    "ARABIC_DIGITS",
    "CAPITAL_NUMERALS",
    "CHINESE_DIGITS",
    "CHINESE_UNITS",
    "MAX_NUMERAL",
    "POINTS",
    "SCALES",
    "parse_number",
    "read_numeral",
]

MAX_NUMERAL: Final = 64
"""Characters a numeral may have. Longer runs are serial numbers or noise, and converting them costs quadratic time."""

ARABIC_DIGITS: Final = "0123456789０１２３４５６７８９"
"""Both widths, for character classes."""
CHINESE_DIGITS: Final = "〇○零一二三四五六七八九两兩"
"""Both scripts; ○ U+25CB stands for 〇 in a tenth of the older texts (二○○○年)."""
CHINESE_UNITS: Final = "十廿卅百千万萬亿億"
"""Tens to hundred millions, both scripts. 兆 is left out: it is 10⁶ in 兆瓦 and 10¹² elsewhere."""
CAPITAL_NUMERALS: Final = "壹贰貳叁叄參肆伍陆陸柒捌玖拾佰仟"
"""Accountants' forms. Apart, because 伍 陆 參 are words and surnames in running text."""
POINTS: Final = ".．·・•﹒‧∙点點"
"""Decimal points as printed and as damaged: 9．8, 2 · 17亿, 五九·五, 三点五."""

_DIGIT_FORMS = {
    "0０〇○◯零": 0,
    "1１一壹幺": 1,
    "2２二贰貳两兩": 2,
    "3３三叁叄參": 3,
    "4４四肆": 4,
    "5５五伍": 5,
    "6６六陆陸": 6,
    "7７七柒": 7,
    "8８八捌": 8,
    "9９九玖": 9,
}
_UNIT_FORMS = {"十拾": 10, "百佰": 100, "千仟": 1000, "万萬": 10**4, "亿億": 10**8}
_VALUES: Final = {c: v for forms, v in (_DIGIT_FORMS | _UNIT_FORMS).items() for c in forms}
_TENS = {"廿": 20, "卅": 30, "卌": 40}
_WAN, _YI = 10**4, 10**8


def _scales() -> dict[str, int]:
    """Every power of ten that is printed after a number: 万, 千万, 万亿, 百万亿 …, both scripts."""
    small = {c: e for forms, e in (("十拾", 1), ("百佰", 2), ("千仟", 3)) for c in forms}
    wan, yi = dict.fromkeys("万萬", 4), dict.fromkeys("亿億", 8)
    wan_yi = {a + b: 12 for a in wan for b in yi}
    big = wan | yi | wan_yi
    return big | {a + b: x + y for a, x in small.items() for b, y in big.items()} | small


SCALES: Final = MappingProxyType(_scales())
"""Power of ten of each scale as printed: ``SCALES["万亿"]`` is 12. Scales that stack are spelled out, in both scripts."""

_EXPONENT = {scale: f"E{power}" for scale, power in SCALES.items() if scale[0] not in "十拾"} | {
    None: "",
    "": "",
}
_POINT_CLASS = f"[{POINTS}]"
_SPACE = "[ \u00a0\u2002\u2003\u2009\u202f\u3000]"
_PLAIN = re.compile(r"([0-9０-９]{1,64}(?:[.．][0-9０-９]{1,64})?)([百千佰仟]?[万萬]?[亿億]?)")
_DECIMAL = re.compile(
    rf"([^{POINTS}]{{0,64}}){_POINT_CLASS}([0-9０-９〇○◯零一二三四五六七八九幺]{{1,64}})([十百千万亿拾佰仟萬億]{{0,3}})"
)
_SIGN = re.compile(r"([-－−﹣–负負])|[+＋]")  # – U+2013 is what many PDFs print for a minus
_MARKED = re.compile(r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3}){1,20}(?![0-9０-９])")
# 三、六四四个: positional numerals of the 1950s carry their thousands mark as 、
_MARKED_CJK = re.compile(
    r"[一二三四五六七八九][〇○零一二三四五六七八九]{0,2}(?:、[〇○零一二三四五六七八九]{3}){1,20}"
)
# 1 . 57万; not "1. 57万", which may be the first item of a list
_LOOSE = re.compile(rf"{_SPACE}([{POINTS}百千万亿萬億佰仟]){_SPACE}?|([百千万亿萬億佰仟]){_SPACE}")
_SPACED_GROUPS = re.compile(rf"[0-9０-９]{{1,3}}(?:{_SPACE}[0-9０-９]{{3}}){{1,20}}(?![0-9０-９])")
_SPACED_DIGITS = re.compile(
    rf"[{ARABIC_DIGITS}{CHINESE_DIGITS}](?:{_SPACE}[{ARABIC_DIGITS}{CHINESE_DIGITS}]){{1,31}}(?![{ARABIC_DIGITS}{CHINESE_DIGITS}])"
)
_BILL = re.compile(
    r"([壹贰貳叁叄參肆伍陆陸柒捌玖拾佰仟万萬亿億零]{1,60})[元圆圓](?:([零壹贰貳叁叄參肆伍陆陸柒捌玖])角)?(?:([壹贰貳叁叄參肆伍陆陸柒捌玖])分)?[整正]?"
)
_DAMAGE = frozenset(f"-+,，、 \t\u00a0\u2002\u2003\u2009\u202f\u3000{POINTS}−－﹣–负負＋元圆圓")
_VAGUE = re.compile(r"[几幾数數多余餘来來]")
_POSITIONAL = frozenset(
    c for forms in _DIGIT_FORMS for c in forms if c not in "123456789１２３４５６７８９两兩"
)
# 三四 is three or four and 三五 a few (and a plan), where 四七 can only be positional (百分之四七)
_UNSURE = frozenset(
    {"三五", "叁伍"}
    | {a + b for row in ("一二三四五六七八九", "壹贰叁肆伍陆柒捌玖") for a, b in pairwise(row)}
)
_ZEROS = "0０〇○◯零"


def _small_numerals() -> dict[str, Decimal]:
    """一 to 九十九 as ordinarily written: nine tenths of the Chinese numerals of a report."""
    digits = "零一二三四五六七八九"
    table = {c: Decimal(v) for c, v in _VALUES.items() if v <= 10}
    for n in range(10, 100):
        tens, ones = divmod(n, 10)
        tail = digits[ones] if ones else ""
        table[f"{digits[tens]}十{tail}"] = Decimal(n)
        if tens == 1:
            table[f"十{tail}"] = Decimal(n)
    return table


_SMALL: Final = _small_numerals()


def _check_run(text: str, start: int, end: int, unit: int, last: int, vague: bool = True) -> None:
    """
    Refuse two or more digits in a row, ``text[start:end]``, before *unit* (1: the end) and after *last* (0: none) in vain.

    Raises `ValueError` where two readings are possible: 三四百 is three or four hundred, 一万六七 sixteen or seventeen thousand.
    With *vague* false, the digits are known to be positional.
    """
    run = text[start:end]
    if run.isdecimal():  # Arabic digits: 35万6千, 12百万, 1万600, 3亿2500万, 1百01
        if unit == 10:
            raise ValueError(f"{run}{text[end]} is not a way to write a number")
        if last and (10 ** len(run.lstrip("0０")) > last if unit == 1 else unit < _WAN or len(run) > 4):
            raise ValueError(f"{run} does not fit after what stands before it in {text!r}")
    elif last:
        if run[0] not in _ZEROS or len(run) > 2:  # 一百零五
            raise ValueError(f"{run} in {text!r} has no single value: digits in a row")
    elif unit in (10, 100, 1000) or (unit > 1 and run[0] in _ZEROS):
        raise ValueError(f"{run} in {text!r} has no single value: digits in a row")
    elif not _POSITIONAL.issuperset(run):  # two kinds mix only in the zeros: 二0三五年
        raise ValueError(f"Arabic and Chinese digits are mixed, or 两 stands among other digits: {run!r}")
    elif vague and run in _UNSURE:
        raise ValueError(f"{run} may be {run[0]} or {run[1]}, or two digits of a number")


def _integer(text: str, elided: bool = True) -> int:
    """
    The whole number that *text* writes with digits and units, -1 if a point, sign, space or mark stands in it.

    With *elided*, a last digit may lack its unit: 三万五 is 35 000, 两千六 is 2 600. Before decimals it may not, and
    two digits in a row are certain: 七八·五 is 78.5, where 七八 alone may be 7 or 8. `ValueError` says what is wrong.
    """
    total = part = section = 0  # settled by 亿, by 万, and neither
    digit = length = 0  # the run of digits just read
    small = _WAN  # 千 百 十 must come in this order
    last = 0  # the unit read last
    for at, char in enumerate(text):
        try:
            value = _VALUES[char]
        except KeyError:
            if char in _DAMAGE:
                return -1
            if char not in _TENS or length or small <= 10:
                raise ValueError(_complaint(text, at)) from None
            section += _TENS[char]  # 廿二
            small = last = 10
            continue
        if value < 10:
            digit = digit * 10 + value
            length += 1
        elif value < _WAN:
            if length > 1:
                _check_run(text, at - length, at, value, last)
            elif length == 0 or (digit == 0 and last):  # 十五, 一百十一, 一千零十, 一万零百一十一
                if value > 10 and not length:
                    raise ValueError(f"{char} without a number before it in {text!r}")
                digit = 1
            if value >= small or not digit:
                raise ValueError(f"{char} is out of place in {text!r}")
            section += digit * value
            small = last = value
            digit = length = 0
        else:
            if length > 1:
                _check_run(text, at - length, at, value, last)
            elif length == 1 and not digit:
                raise ValueError(f"零 before {char} in {text!r}")
            section += digit
            if (part and value == _WAN) or (total and value == _YI) or not (part or section):
                raise ValueError(f"{char} is out of place in {text!r}")
            if value == _WAN:
                part = section * _WAN
            else:  # 一万亿: 万 settled a part, 亿 takes it
                total, part = (part + section) * _YI, 0
            section = digit = length = 0
            small, last = _WAN, value
    if length > 1:
        if last or not _POSITIONAL.issuperset(text) or text in _UNSURE:
            _check_run(text, len(text) - length, len(text), 1, last, elided)
    elif length and last:
        if not digit:
            raise ValueError(f"{text!r} ends in 零")
        if last > 10:
            if not elided:
                raise ValueError(f"{text!r} leaves out a unit before its decimals")
            digit *= last // 10
    elif not length and not last:
        raise ValueError("no numeral: nothing to read")
    return total + part + section + digit


def _complaint(text: str, at: int) -> str:
    if _VAGUE.search(text):
        return f"{text!r} is vague: it has no single value (see find_quantities)"
    return f"{text[at]!r} at {at} is not part of a numeral: {text!r}"


def _undamaged(text: str) -> str:
    """*text* without thousands marks and the spaces of a damaged copy; two numbers side by side are refused."""
    text = text.strip()
    if any(c in text for c in ",，、"):
        mark = _MARKED.match(text) or _MARKED_CJK.match(text)
        if mark is None:
            raise ValueError(f"commas in {text!r} do not mark thousands")
        text = re.sub("[,，、]", "", mark[0]) + text[mark.end() :]
    text = _LOOSE.sub(r"\1\2", text)
    if spaced := _SPACED_GROUPS.match(text) or _SPACED_DIGITS.match(text):  # 11 500; 2 0 1 6
        text = re.sub(_SPACE, "", spaced[0]) + text[spaced.end() :]
    if re.search(r"\s", text):
        raise ValueError(f"{text!r} holds more than one number")
    return text


def _read(text: str) -> Decimal:
    if len(text) > MAX_NUMERAL:
        raise ValueError(f"{len(text)} characters are too many for a numeral (at most {MAX_NUMERAL})")
    if text[:1] in ARABIC_DIGITS:
        if plain := _PLAIN.fullmatch(text):
            return Decimal(plain[1].replace("．", ".") + _EXPONENT[plain[2]])
        if not text:
            raise ValueError("no numeral: the string is empty")
    value = _integer(text)
    if value >= 0:
        return Decimal(value)
    decimal = _decimal(text)
    return _read_damaged(text) if decimal is None else decimal


def _decimal(text: str, sign: str = "") -> Decimal | None:
    """A number with a decimal point of any kind, if *text* is one: 三点五亿, 五九·五, 9．8."""
    match = _DECIMAL.fullmatch(text)
    if match is None:
        return None
    whole, fraction, scale = match.groups()
    if scale not in _EXPONENT:
        raise ValueError(f"{scale} is not a scale: {text!r}")
    if not whole and text[0] in "点點":
        raise ValueError(f"no number before the point: {text!r}")
    number = _integer(whole, elided=False) if whole else 0
    if number < 0:
        return None
    if fraction.isdecimal():
        return Decimal(f"{sign}{number}.{fraction}{_EXPONENT[scale]}")
    if not _POSITIONAL.issuperset(fraction):
        raise ValueError(f"Arabic and Chinese digits are mixed in {fraction!r}")
    decimals = "".join([str(_VALUES[c]) for c in fraction])
    return Decimal(f"{sign}{number}.{decimals}{_EXPONENT[scale]}")


def _read_damaged(text: str) -> Decimal:
    """Signs, spaces, thousands marks, decimal points other than ASCII's, and amounts as on a bill."""
    sign = ""
    text = text.strip()
    if signed := _SIGN.match(text):
        sign = "-" if signed[1] else ""
        text = text[signed.end() :].lstrip()
    text = _undamaged(text)
    if plain := _PLAIN.fullmatch(text):
        return Decimal(sign + plain[1].replace("．", ".") + _EXPONENT[plain[2]])
    decimal = _decimal(text, sign)
    if decimal is not None:
        return decimal
    if bill := _BILL.fullmatch(text):
        jiao, fen = (_VALUES.get(c, 0) if c else None for c in bill.groups()[1:])
        cents = "" if jiao is None and fen is None else f".{jiao or 0}" + ("" if fen is None else str(fen))
        return Decimal(f"{sign}{_integer(bill[1])}{cents}")
    if re.search(_POINT_CLASS, text):
        raise ValueError(f"{_POINT} in {text!r}")
    value = _integer(text)
    if value < 0:
        raise ValueError(f"a sign or mark out of place in {text!r}")
    return Decimal(f"{sign}{value}")


@lru_cache(
    maxsize=4096
)  # 97 % of the Chinese numerals of a report stood in another one; keys are short by then
def _remembered(text: str) -> Decimal | None:
    try:
        return _read(text)
    except ValueError:
        return None


def read_numeral(text: str) -> Decimal | None:
    """
    The value of the numeral that fills *text*, or ``None`` if it is none, is vague or is too long.

    For callers that already hold a run of numeral characters; `parse_number` says why a text was refused.

    >>> read_numeral("九万五千九百三十三亿"), read_numeral("三四百")
    (Decimal('9593300000000'), None)
    """
    value = _SMALL.get(text)
    if value is None and len(text) <= MAX_NUMERAL:
        value = _remembered(text)
    return value


def parse_number(text: str) -> Decimal:
    """
    Read one numeral that fills the string, exactly.

    Arabic digits of both widths, Chinese numerals of both scripts, capitals, positional numerals, mixtures, decimals,
    thousands marks, and the spaces and points of damaged copies. The printed precision is kept: a number followed by a
    scale keeps its exponent (``f"{value:f}"`` writes it out).

    >>> parse_number("一万三千五百"), parse_number("3万5千"), parse_number("一九九○")
    (Decimal('13500'), Decimal('35000'), Decimal('1990'))
    >>> parse_number("5.50"), parse_number("1.2万亿"), parse_number("负三点五"), parse_number("1 . 57万")
    (Decimal('5.50'), Decimal('1.2E+12'), Decimal('-3.5'), Decimal('1.57E+4'))

    Raises `ValueError` that names what is wrong: nothing there, not a numeral, vague (几十, 三四百), a scale without a
    number (百万), two numbers, a number with a unit or other words, or more than `MAX_NUMERAL` characters.

    >>> parse_number("三四百")
    Traceback (most recent call last):
    ValueError: 三四 in '三四百' has no single value: digits in a row
    >>> parse_number("-3.8%")
    Traceback (most recent call last):
    ValueError: '-3.8%' is a number with '%' behind it, no numeral alone: find_quantities reads quantities, scan dates and names too
    """
    if not isinstance(text, str):
        raise TypeError(f"parse_number wants a numeral as str, got {got(text)}")
    value = _SMALL.get(text)
    if value is not None:
        return value
    try:
        return _read(text)
    except ValueError as error:
        around = _around(text)
        if not around:
            raise
        why = "" if _POINT in str(error) else f"{error}; "  # the point of 3.8% is in its place
        raise ValueError(
            f"{why}{text!r} is {around}, no numeral alone: find_quantities reads quantities, scan dates and names too"
        ) from None


_POINT: Final = "a decimal point out of place"
_NUMERAL = ARABIC_DIGITS + CHINESE_DIGITS + CHINESE_UNITS + CAPITAL_NUMERALS
_WITH = late(
    rf"([^{_NUMERAL}]{{0,6}}?)([-－−﹣–+＋負负]?[{_NUMERAL}{POINTS},，]{{1,64}})((?:[^{_NUMERAL}].{{0,8}})?)"
)
_RANGE = late(r"([^-–—―～~至到]{1,64})[-–—―～~至到]{1,2}([^-–—―～~至到]{1,64})")
_FRACTION = late(r"([百千万]|.{1,64})分之(.{1,64})|(.{1,64})[/／](.{1,64})")


def _around(text: str) -> str:
    """What a number is with what stands round it; empty if *text* is not a number with something round it."""
    if len(text) > MAX_NUMERAL or _VAGUE.search(text) or re.search(r"\s", text):  # that is said of it already
        return ""
    if found := _FRACTION.fullmatch(text):
        below, above = (found[1], found[2]) if found[1] else (found[4], found[3])
        if read_numeral(above) is not None and (below in "百千万" or read_numeral(below) is not None):
            return "a fraction"
    if (found := _RANGE.fullmatch(text)) and all(
        read_numeral(end) is not None or _WITH.fullmatch(end) for end in found.groups()
    ):
        return "a range"
    if found := _WITH.fullmatch(text):
        before, number, behind = found.groups()
        if (before or behind) and read_numeral(number) is not None:
            return "a number with " + " and ".join(
                f"{words!r} {where} it" for words, where in ((before, "before"), (behind, "behind")) if words
            )
    return ""
