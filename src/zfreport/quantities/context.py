"""What stands round a number decides what it is: qualifiers and signs before it, periods, names, filters, marks."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import product
from typing import Final

from ..vocab import fold, forms, read_table, widen
from .bare import BEFORE_MARKERS
from .model import QuantityKind, QuantityRole
from .shape import PEOPLE, Shape, says_word, under

__all__ = [
    "LETTERS",
    "MARKED",
    "QUALIFYING",
    "TEARING",
    "TELLING",
    "TOUCHING",
    "before",
    "is_cut",
    "is_period",
    "is_time",
    "is_torn",
    "is_word",
    "pair_before",
    "qualified",
    "role",
]

_SPACES: Final = " \u00a0\u2002\u2003\u3000"
_MINUS: Final = "-－﹣−负負"
LETTERS: Final = frozenset(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_@#&\\ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ"
)


def _all_forms(chars: str) -> frozenset[str]:
    return frozenset(shown for shown in forms(chars) if fold(shown) in chars)


_QUALIFIERS: Final = {
    "".join(spelled): (row["form"], row["effect"], _all_forms(row["unless"].strip("[]")))
    for row in read_table("qualifiers")
    if row["where"] == "before"
    for spelled in product(*map(_all_forms, row["form"]))
}
"""Form, effect and what must not stand before it, by every spelling, in both scripts and mixtures of them."""
_SIZES: Final = {
    last: sorted({len(words) for words in _QUALIFIERS if words[-1] == last}, reverse=True)
    for last in {words[-1] for words in _QUALIFIERS}
}
"""How long qualifiers are that end in a character, the longest first."""
TELLING: Final = frozenset(_SPACES + _MINUS + "翻了过過对對一下" + "".join(_SIZES))
"""The last characters of all that can change the number that follows: only after these `before` has anything to do."""
QUALIFYING: Final = frozenset(_SIZES).difference(_SPACES, _MINUS, LETTERS, "翻了一对對下")
"""The last characters of qualifiers that can be nothing else: a settled number after one becomes a bound, or stays."""
# members looked up on their class cost more than the tests beside them
_MULTIPLE: Final = QuantityKind.MULTIPLE
_COUNT: Final = QuantityKind.COUNT
_SIGNED: Final = frozenset(
    {
        QuantityKind.PERCENT,
        QuantityKind.PERMILLE,
        QuantityKind.PERCENTAGE_POINT,
        QuantityKind.LEVEL,
        QuantityKind.OTHER,
    }
)


def before(text: str, start: int, end: int, shape: Shape) -> tuple[int, Shape, bool]:
    """
    Where the quantity ``text[start:end]`` begins once the qualifiers and the sign before it are counted in, what they make of its
    shape, and whether it is negative.
    """
    negative = False
    at = start
    if text[at - 1] in _MINUS:
        if not _is_sign(text, at - 1, shape):
            return start, shape, False
        start = at = at - 1
        negative = True
    elif at > 1 and text[at - 1] in _SPACES:
        at -= 1
    if shape.kind is _MULTIPLE:  # 翻一番, 翻了两番, 翻番
        for lead in ("翻了近", "翻近", "翻了", "翻"):
            if text.endswith(lead, 0, at):
                near = under(shape, "near") if lead[-1] == "近" else shape
                return at - len(lead), near, negative
    if shape.rule == "half":
        if text[at - 1] in "过過对對":
            return at - 1, shape if text[at - 1] in "对對" else under(shape, "above"), False
        if text[at - 1] == "一":  # 近一半
            at = start = at - 1
    elif text[at - 1] == "下" and text.endswith("零下", 0, at):
        return at - 2, shape, True
    qualified_at, changed = qualified(text, at, end, shape)
    return (qualified_at if qualified_at < at else start), changed, negative


def qualified(text: str, at: int, end: int, shape: Shape) -> tuple[int, Shape]:
    """Where ``text[at:end]`` begins with the qualifier before it, if there is one, and what that makes of its shape."""
    for size in _SIZES.get(text[at - 1], ()):
        if size > at or (qualifier := _QUALIFIERS.get(text[at - size : at])) is None:
            continue
        form, effect, unless = qualifier
        if unless and at > size and text[at - size - 1] in unless:
            continue
        if "突破" in form and (shape.one or _is_broken_through(text, end, shape)):
            continue  # 突破一批关键技术, 突破12项共性技术
        if form in _WEAK:
            if not (shape.headless or (form == "过" and shape.scale)):
                continue  # 网上3次, 来过2人
            if form == "上":
                effect, shape = "about", under(shape, effect)
        return at - size, under(shape, effect)
    return at, shape


_WEAK: Final = ("上", "过")


def _is_broken_through(text: str, end: int, shape: Shape) -> bool:
    """Whether what is counted is what was broken through, and not what has outgrown a number: 突破400个 alone has."""
    noun = text[end : end + 2]
    return (
        shape.unit.symbol in ("项", "个", "类", "种")
        and not shape.scale
        and noun[:1].isalpha()
        and noun not in _MILESTONES
        and noun[0] not in "以左大"
    )


_ANY: Final[frozenset[str]] = frozenset()
_POINTING: Final = frozenset("这這那")
_ENDING_IN_ONE: Final = frozenset("唯统統单單逐同合专專划劃归歸")
"""唯一一家, 统一一套: the first 一 ends a word."""
TEARING: Final = frozenset(_SPACES + ",，")
# not after 第1， or 1/10，: those numbers are complete
MARKED: Final = LETTERS | TEARING | TELLING
TOUCHING: Final[dict[str, frozenset[str]]] = {
    "下": frozenset("零"),
    **{
        last: _ANY if 1 in sizes else frozenset(words[-2] for words in _QUALIFIERS if words[-1] == last)
        for last, sizes in _SIZES.items()
    },
    "了": frozenset("翻过過破"),
    "、": frozenset("一二两兩三四五六七八"),
    **dict.fromkeys(
        (*LETTERS, *TEARING, *_MINUS, *_POINTING, *_ENDING_IN_ONE, *BEFORE_MARKERS, *"翻币幣每"), _ANY
    ),
}
"""
The characters before a number after which it may be more than itself, or less, even where its tail settles what it is;
with those that must stand before them in turn, if not any may.
"""
_TWO_NUMBERS = re.compile(rf"(?<![\d年月日号.．第/／])\d+[{_SPACES},，]$")
_YEAR = re.compile(r"(?:19|20)\d\d.$")
_AFTER_DECIMAL = re.compile(rf"[\u4e00-\u9fff]\d+[.．]\d+[{_SPACES}]$")


def is_torn(text: str, start: int) -> bool:
    """Whether the number at *start* may be the rest of one that a space or a comma cut (74 76元, 72,4万吨, 40.8 2亿元)."""
    if start < 2 or not text[start - 2].isdecimal():  # spares nearly all the search
        return False
    window = max(0, start - 12)
    if _AFTER_DECIMAL.search(text, window, start):
        return True
    return bool(_TWO_NUMBERS.search(text, window, start)) and not _YEAR.search(text, window, start)


_PLACES_OF = {char: i for i, char in enumerate("零一二三四五六七八九")} | {"两": 2, "兩": 2}
_ONE_PLACE = re.compile(r"[十百千万萬亿億]*+(?![一二三四五六七八九零〇○点點·.．几])")


def pair_before(text: str, start: int) -> tuple[int, int] | None:
    """The digits of two neighbours that share the rest of their number: 两、三年, 二、三十亿斤, else ``None``."""
    if start < 3 or text[start - 1] != "、" or not _ONE_PLACE.match(text, start + 1):
        return None
    first, second = _PLACES_OF.get(text[start - 2]), _PLACES_OF.get(text[start])
    last = text[start - 3]
    if not first or not second or not (second - first == 1 or (first, second) == (3, 5)):
        return None
    if not "\u4e00" <= last <= "\u9fff" or last in _BEFORE_ORDINALS:
        return None
    return first, second


_BEFORE_ORDINALS: Final = frozenset("第十百千万萬亿億零〇○年月周初高大小期")
_PLACES = "[一二三四五六七八九零〇○]"
_CUT_BEFORE = re.compile(rf"(?<![十百千万亿、.·点第{_PLACES[1:]}){_PLACES}{{2,4}}[,，]$")
_CUT_AFTER = re.compile(rf"[,，]{_PLACES}{{1,3}}(?=[万亿千吨元公立%])")


def is_cut(text: str, start: int, end: int) -> bool:
    """Whether a comma stands for the point of ``text[start:end]``, written digit by digit (七四一，三亿元), on either side."""
    return bool(
        (_CUT_AFTER.match(text, start - 1) and _CUT_BEFORE.search(text, max(0, start - 8), start))
        or (_CUT_AFTER.match(text, end) and _CUT_BEFORE.search(text, max(0, start - 1), end + 1))
    )


def _is_sign(text: str, at: int, shape: Shape) -> bool:
    """Whether the mark at *at* makes a number negative: 增长-3.8%, 负2.3%; not 3-5, G-7, ——5% or 担负3项."""
    previous = text[at - 1] if at else ""
    if text[at] in "负負":
        if shape.kind in (QuantityKind.LEVEL, QuantityKind.COUNT) and "\u4e00" <= previous <= "\u9fff":
            return previous in "为為是达達到至"  # 企业税负3500亿元
        return previous not in ("担", "擔", "欠", "抱", "胜", "勝", "肩", "正", "自", "背", "辜", "减", "減")
    return shape.kind in _SIGNED and not (
        previous.isdigit()
        or previous in LETTERS
        or previous in ("-", "－", "—", "–", "−", "%", "％", ")", "）")
    )


# 一元化, 二元结构, 三元材料
_NO_MONEY = re.compile(widen("化|论|结构|体系|体制|经济|材料|锂|正极|前驱|电池|动力|和磷酸|及磷酸|与磷酸"))


def is_word(text: str, start: int, end: int, shape: Shape, high: Decimal) -> bool:
    """Whether what looks like an amount only names or points: 一个, 三级, 这两家, 百姓, 建成, 三番, 上半年."""
    word = says_word(text[start:end], shape, high)
    if word is not None:
        return word
    if shape.unit.symbol == "元" and text[start] in "一二三":
        return _NO_MONEY.match(text, end) is not None
    if shape.one:  # 保一方平安, 一度中断
        return text[end : end + 1] not in ("电", "電", "土", "石", "水", "沙")
    last = text[start - 1] if start else ""
    return last in _POINTING or (last in _ENDING_IN_ONE and text.startswith("一一", start))


_PERIOD_AFTER = re.compile(
    widen(
        "[多余]?(?:来(?!临|自)|以来|间(?!隔|断)|里(?!程)|中(?=[，,])|[之以]?前(?!期|沿|列)|[之以]?后(?!续|期)|期间|期(?!限)|制(?!造|定)|大变局|义务教育|倒计时|一遇|"
        "(?!时间|连续)[^，。；、,;：:“”\\d\\s]{0,5}(?:行动|规划|计划|攻坚|滚动|方案|纲要)(?!目标))"
    )
)
_CLAUSE_ENDS: Final = frozenset(("", *"，。；、,;：:“”\n"))
"""After these nothing follows that `_PERIOD_AFTER` knows."""
_PERIOD_BEFORE = re.compile(
    widen(  # one class first, so that the search skips to it
        "[去后来近前这首头每隔第上下过的新](?:(?<=[近这首头每隔第上下])|(?<=过去|今后|未来|[^提]前|[^以此先最]后|度过|走过|[^到至出为成有年]的)|(?<=新)的?)"
        "[的了这]?[ \u00a0\u3000]?$"
    )
)
_PERIOD_ENDS: Final = frozenset("去后後来來近前这這首头頭每隔第上下过過新的了 \u00a0\u3000")


def is_period(text: str, start: int, end: int) -> bool:
    """Whether 五年, 三个月 and the like name a stretch of time (五年来, 过去三年, 三年行动计划) instead of measuring one."""
    if text[end : end + 1] not in _CLAUSE_ENDS and _PERIOD_AFTER.match(text, end):
        return True
    if end - start == 3 and text.endswith(
        "季度", start, end
    ):  # 二季度 is the second, 连续两季度 and 三个季度 are so many
        return not text.endswith(("连续", "連續"), 0, start)
    return bool(
        start
        and text[start - 1] in _PERIOD_ENDS
        and not text.endswith(("将近", "接近", "將近", "以上", "以下"), 0, start)
        and _PERIOD_BEFORE.search(text, max(0, start - 5), start)
    )


_VALUE: Final = QuantityRole.VALUE
_FILTER: Final = QuantityRole.FILTER
_MILESTONES: Final = ("大关", "大關", "台阶", "臺階", "关口", "關口")
_VALUE_VERBS: Final = frozenset("达達到至为為有在增长長出成共过過约約")


def role(text: str, start: int, end: int, shape: Shape) -> QuantityRole:
    """Whether it tells which things are meant (60岁以上老人, 亿元以上项目) or how much there is (10个以上园区)."""
    if not shape.selective or (start and text[start - 1] in _VALUE_VERBS):
        return _VALUE
    last = text[end - 1]
    if last in "上下级級" and (shape.headless or shape.unit.symbol in ("岁", "周岁")):
        return _FILTER
    if shape.kind is _COUNT and shape.unit.symbol not in PEOPLE:
        return _VALUE
    named = end < len(text) and "\u4e00" <= text[end] <= "\u9fff" and not text.startswith(_MILESTONES, end)
    if not named or (shape.timely and last in "内內"):  # 五年内建成
        return _VALUE
    return _FILTER if last in "上下内內级級" or (shape.headless and text[start] in "超过過突逾") else _VALUE


_TIME = re.compile(r"(?:[01]?\d|2[0-3])[:：][0-5]\d")
_COMPARED = re.compile(widen("[比例构率重为至到达由从]"))


def is_time(text: str, start: int, end: int) -> bool:
    """Whether what looks like a ratio is a time of day: 8:30, unless something is being compared."""
    return bool(_TIME.fullmatch(text, start, end)) and not _COMPARED.search(text, max(0, start - 7), start)
