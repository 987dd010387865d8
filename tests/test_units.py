"""Units: the table is sound, compounds are exact, and users' tables are values."""

from __future__ import annotations

import re
from fractions import Fraction

import pytest

from zfreport.errors import UnknownNameError, ZfreportError
from zfreport.quantities import find_quantities
from zfreport.units import UNITS, Unit, UnitError
from zfreport.vocab import fold, read_table, widen

ROWS = read_table("units")


def test_the_table_is_sound():
    """Symbols and forms are unique, factors positive, guards compile, money has ISO 4217 codes."""
    forms = [form for row in ROWS for form in (row["symbol"], *row["forms"].split()) if form != "/"]
    assert len(forms) == len({fold(form) for form in forms})
    for row in ROWS:
        assert Fraction(row["factor"]) > 0
        re.compile(row["unless"])
        if row["dimension"] == "money":
            assert re.fullmatch("[A-Z]{3}", row["code"]), row


@pytest.mark.parametrize(
    ("a", "b", "ratio"),
    [
        ("亩", "公顷", Fraction(1, 15)),
        ("平方公里", "平方米", 10**6),
        ("公斤", "市斤", 2),
        ("千瓦时", "焦耳", 3_600_000),
        ("个月", "年", Fraction(1, 12)),
        ("小时", "分钟", 60),
        ("%", "‰", 10),
        ("个百分点", "个基点", 100),
        ("元/平方米", "元/亩", Fraction(2000, 3)),
        ("吨标准煤/万元", "吨标准煤/元", Fraction(1, 10_000)),
        ("公里", "华里", 2),
        ("分/千瓦时", "元/千瓦时", Fraction(1, 100)),
    ],
)
def test_ratios_are_exact(a, b, ratio):
    """How many of one unit another is, as a fraction, and back."""
    assert UNITS[a].ratio_to(UNITS[b]) == ratio
    assert UNITS[b].ratio_to(UNITS[a]) == 1 / Fraction(ratio)


@pytest.mark.parametrize(
    ("a", "b"),
    [("亩", "公里"), ("元", "美元"), ("家", "户"), ("元/亩", "美元/亩"), ("倍", "番"), ("度", "千瓦时")],
)
def test_what_does_not_convert(a, b):
    """Dimensions, currencies and measure words stay apart; 度 is a temperature, an angle or energy, so it stays too."""
    with pytest.raises(UnitError):
        UNITS[a].ratio_to(UNITS[b])


@pytest.mark.parametrize(
    ("form", "symbol", "code"),
    [
        ("億美元", None, None),
        ("美元", "美元", "USD"),
        ("港幣", "港元", "HKD"),
        ("㎡", "平方米", "m2"),
        ("％", "%", "%"),
        ("百分點", "个百分点", "{percentage point}"),
        ("μg/m³", "微克/立方米", "ug/m3"),
        ("元／人·月", "元/人·月", "CNY/{person}.mo"),
        ("吨标准煤/万元", "吨标准煤/万元", "t{SCE}/(10*4.CNY)"),
        ("户", "户", "{household}"),
    ],
)
def test_forms(form, symbol, code):
    """Both scripts and widths lead to the canonical symbol and its code; a scale is no part of a unit."""
    unit = UNITS.find(form)
    assert (unit and unit.symbol, unit and unit.code) == (symbol, code)


def test_unknown_units_are_named():
    """The error suggests the nearest known form."""
    with pytest.raises(UnknownNameError, match="did you mean '平方公里'"):
        UNITS["平方公哩"]
    assert "平方公哩" not in UNITS
    assert 3 not in UNITS


def test_tables_are_values():
    """`with_` gives a new table, may replace a unit, and says what is wrong with its arguments."""
    mine = UNITS.with_(Unit("石", "mass", Fraction(60)), unless="头|家庄")
    assert [q.text for q in find_quantities("交粮30石，运石头40石头", mine)] == ["30石"]
    assert "石" not in UNITS
    assert mine.with_(Unit("石", "volume"))["石"].dimension == "volume"
    assert len(UNITS.with_(Unit("甲乙", "count"), Unit("丙", "count"))) == len(UNITS) + 2
    with pytest.raises(ValueError, match="needs a symbol"):
        UNITS.with_(Unit("", "count"))
    with pytest.raises(ValueError, match="exactly one unit"):
        UNITS.with_(Unit("甲", "count"), Unit("乙", "count"), forms=("丙",))
    with pytest.raises(ZfreportError, match=r"at 0 of unless='\('"):
        UNITS.with_(Unit("甲", "count"), unless="(")


def test_variants_cover_the_tables():
    """Every Simplified character of the vocabularies that has a Traditional form can be matched in it."""
    opencc = pytest.importorskip("opencc")
    convert = opencc.OpenCC("s2t").convert
    characters = {c for row in ROWS for c in row["symbol"] + row["forms"] if "\u4e00" <= c <= "\u9fff"}
    characters |= {c for row in read_table("references") for c in row["pattern"] if "\u4e00" <= c <= "\u9fff"}
    characters |= {c for row in read_table("qualifiers") for c in row["form"]}
    assert {c for c in characters if not re.fullmatch(widen(c), convert(c))} == set()


def test_units_are_words_and_tables_are_collections():
    """A unit prints its symbol, equals itself, and says what it cannot be; a table lists its forms and knows its own."""
    assert str(UNITS["平方米"]) == "平方米"
    assert UNITS["平方米"].ratio_to(UNITS["㎡"]) == 1
    assert {"元", "平方米"} <= set(UNITS)
    assert "元" in UNITS
    bare = Unit("", "number")
    with pytest.raises(UnitError, match=r"cannot convert a bare number \(number\) to 元"):
        bare.ratio_to(UNITS["元"])
    with pytest.raises(UnitError, match=r"cannot convert 元 \(money\) to a bare number"):
        UNITS["元"].ratio_to(bare)
