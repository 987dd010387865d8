"""One numeral that fills a string: `tests/cases/numerals.tsv`, agreement with cn2an, and what holds for every number."""

from __future__ import annotations

import csv
import time
from decimal import Decimal
from pathlib import Path

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zfreport.numerals import MAX_NUMERAL, SCALES, parse_number, read_numeral

CASES = [
    line.split("\t")
    for line in Path(__file__).with_name("cases").joinpath("numerals.tsv").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
assert CASES, "no numeral cases found"

# cn2an reads each of these, and a report does not mean what it reads
CN2AN_DISAGREES = {
    "二三": "23 in cn2an; running text means two or three",
    "三五": "35 in cn2an; running text means a few, or a five-year plan",
    "一点": "1 in cn2an; a little, or one o'clock",
    "零点": "0 in cn2an; midnight",
    "一九五四两": "19542 in cn2an; 两 is a measure of weight here",
    "一两": "12 in cn2an; one or two",
    "七万万两": "700002000 in cn2an; 万万 is not read, and 两 is a weight",
}
# and these it refuses, though they occur
CN2AN_REFUSES = {"一九○七": 1907, "四八万": 480000, "二○○": 200, "1.2万亿": 12 * 10**11}
PEERS = Path(__file__).parents[2] / "shared" / "peers" / "cn2an_cn2an.tsv"


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[case[0] for case in CASES])
def test_case(text: str, expected: str) -> None:
    """The value and its printed precision, or a refusal that says why, are exactly what the case file says."""
    if expected.startswith("!"):
        with pytest.raises(ValueError, match=expected[1:]):
            parse_number(text)
        assert read_numeral(text) is None
    else:
        value = parse_number(text)
        assert value == Decimal(expected)
        assert "." not in expected or value.as_tuple() == Decimal(expected).as_tuple()
        assert read_numeral(text) == value


@pytest.mark.parametrize("text", CN2AN_DISAGREES, ids=CN2AN_DISAGREES.values())
def test_disagreement_with_cn2an_is_still_there(text: str) -> None:
    """Where cn2an gives a number and we give none, the list above says why; an entry that no longer holds must go."""
    assert isinstance(cn2an.cn2an(text, "smart"), int | float)
    assert read_numeral(text) is None


@pytest.mark.parametrize(("text", "value"), CN2AN_REFUSES.items())
def test_cn2an_refuses_and_we_read(text: str, value: int) -> None:
    """What cn2an 0.5.24 refuses and reports print."""
    with pytest.raises(ValueError, match=r"不符合|输入"):
        cn2an.cn2an(text, "smart")
    assert parse_number(text) == value


@given(st.integers(0, 10**16 - 1), st.sampled_from(["low", "up", "direct"]))
def test_agreement_with_cn2an(number: int, mode: str) -> None:
    """Whatever number cn2an writes out, in its three ways, reads back as that number, or is one of the unsure pairs."""
    text = cn2an.an2cn(number, mode)
    value = read_numeral(text)
    assert value == number or (value is None and mode == "direct" and len(text) == 2)


@given(st.decimals(0, 10**8, places=3), st.sampled_from(["", "负"]))
def test_decimals_agree_with_cn2an(number: Decimal, sign: str) -> None:
    """Decimals written out by cn2an read back exactly, where cn2an itself answers with a float."""
    text = sign + cn2an.an2cn(str(number), "low")
    assert parse_number(text) == (-number if sign else number)


@given(st.decimals(0, 10**6, allow_nan=False, places=2), st.sampled_from(sorted(SCALES)))
def test_scale_is_a_power_of_ten(number: Decimal, scale: str) -> None:
    """A printed decimal before a scale is that decimal times the scale, and keeps its precision."""
    value = read_numeral(f"{number}{scale}")
    if scale[0] in "十拾":
        assert value is None
    else:
        assert value == number.scaleb(SCALES[scale])
        assert value.as_tuple().digits == number.as_tuple().digits


@given(
    st.text(
        st.sampled_from("0123456789０５一二三两兩十百千万萬亿億〇○零点點.．·,，、 -负元整壹拾几多")
        | st.characters(),
        max_size=90,
    )
)
def test_any_text_gives_a_decimal_or_a_reason(text: str) -> None:
    """Whatever the string, the answer is a finite `Decimal` or a `ValueError` with words in it."""
    value = read_numeral(text)
    if value is None:
        with pytest.raises(ValueError, match=r"[a-z]{3}"):
            parse_number(text)
    else:
        assert type(value) is Decimal
        assert value.is_finite()
        assert parse_number(text) == value
        assert len(text) <= MAX_NUMERAL


@pytest.mark.parametrize(
    "text", ["9" * 4000, "一" * 100_000, "一万" * 50_000, "1," * 50_000, "1 " * 50_000, "." * 100_000]
)
def test_too_long_is_refused_before_conversion(text: str) -> None:
    """A run of a hundred thousand characters is refused at once, without work that grows with it."""
    start = time.perf_counter()
    with pytest.raises(ValueError, match="too many"):
        parse_number(text)
    assert time.perf_counter() - start < 0.05


@pytest.mark.skipif(not PEERS.exists(), reason="the shared peer cases are not here")
def test_cn2an_own_cases() -> None:
    """Every case of cn2an's own test-suite that it answers is answered equally; what it must refuse for form's sake may differ."""
    with PEERS.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    wrong = [
        r["input"]
        for r in rows
        if r["expected_value"] and read_numeral(r["input"]) != Decimal(r["expected_value"])
    ]
    refused = [r["input"] for r in rows if not r["expected_value"] and read_numeral(r["input"]) is not None]
    assert wrong == []
    assert refused == ["一一", "壹壹"]  # refused by cn2an's strict mode only
