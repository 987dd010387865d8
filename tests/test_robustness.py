"""What must be true of any input: inputs that fuzzing once found, and a few that hypothesis invents anew."""

from __future__ import annotations

import importlib.util
import json
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import zfreport

ROOT = Path(__file__).resolve().parent.parent


def load(name):
    spec = importlib.util.spec_from_file_location(f"zfreport_fuzz_{name}", ROOT / "fuzz" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


oracles = load("oracles")
FILES = sorted((ROOT / "tests" / "cases").glob("fuzz-*.txt"))
assert FILES, "no case files found"


def cases():
    """Each line that is not a comment: a JSON string, or the bytes as hexadecimal digits for ``fuzz-decode.txt``."""
    for path in FILES:
        target = path.stem.removeprefix("fuzz-")
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line and not line.startswith("#"):
                yield pytest.param(target, line, id=f"{path.name}:{number}")


@pytest.mark.parametrize(("target", "line"), list(cases()))
def test_found_once_never_again(target, line):
    if target == "decode":
        oracles.check_decode(bytes.fromhex(line))
    else:
        oracles.TEXT_CHECKS[target](json.loads(line))


WORDS = st.lists(st.sampled_from(load("words").WORDS), max_size=60).map("".join)
"""Texts of the genre's words and of odd characters in any order, as the fuzzer makes them."""


@given(WORDS)
@example("")
@example("\n")
def test_any_words_are_parsed(text):
    """The reports cover the text; in each, nodes nest, leaves tile, places are true, and the page holds it all."""
    oracles.check_parse(text)


@given(WORDS)
def test_any_words_are_scanned(text):
    """Quantities, references and what was not understood lie apart, in order, each on its own words."""
    oracles.check_scan(text)


@given(
    WORDS
    | st.text(
        st.sampled_from("一二三四五六七八九十百千万亿零〇两半几0123456789.,．，%/负-+多余"), max_size=14
    )
)
def test_any_numeral_is_read_or_refused(text):
    """A finite Decimal or a ValueError."""
    oracles.check_number(text)


@given(st.binary(max_size=200) | WORDS.map(lambda text: text.encode("gb18030", "replace")))
def test_any_bytes_are_decoded_or_refused(data):
    """A text without half characters, or a ReadError with its reason."""
    oracles.check_decode(data)


@given(st.lists(st.sampled_from(load("words").HTML), max_size=60).map("".join))
def test_any_page_is_read_or_refused(text):
    """A page gives a text, each character of it placed, or a ReadError."""
    pytest.importorskip("lxml", reason='pip install "zfreport[html]"')
    oracles.check_html(text)


@given(st.lists(st.sampled_from(load("words").ROWS), max_size=60).map("".join))
def test_any_table_is_read_or_refused(text):
    """A table gives its texts, each character placed, or a ReadError, as CSV, as JSON Lines and as JSON."""
    oracles.check_rows(text)


def test_oracles_can_fail(monkeypatch):
    """A scan that reads the same words twice is noticed."""
    real = oracles.zfreport.scan

    def doubled(text):
        scan = real(text)
        return type(scan)(scan.quantities * 2, scan.references, scan.unexplained)

    monkeypatch.setattr(oracles.zfreport, "scan", doubled)
    monkeypatch.setattr(oracles.zfreport, "find_quantities", lambda text: doubled(text).quantities)
    with pytest.raises(AssertionError, match="two readings"):
        oracles.check_scan("增长5%")


HEAD = (
    "石桥市人民政府工作报告\n——2024年1月18日在石桥市第十七届人民代表大会第三次会议上\n石桥市人民政府市长  沈砚秋\n"
    "各位代表：\n一、2023年工作回顾\n经济向好。\n二、2024年工作安排\n"
)


@pytest.mark.parametrize(
    "piece",
    [
        "支持龙溪区争先进位，力争地区生产总值增长5%，",
        "地区生产总值增长≥5%（力争6%）、",
        "15件民生实事：",
        "（上年增长5.2%）",
        "2024年主要目标",
        "高新区入驻企业9家，固定资产投资增长9%，",
        "2021年改造老旧小区9个，",
        "分别居全省第2位、第3位，",
        "绿地率、绿化覆盖率分别达到3%、4%，",
        "新增9家高新技术企业、",
        "一、工作\n",
        "一、工作：\n一、甲\n二、乙\n",
        "同时，做好档案、气象工作。\n",
    ],
)
def test_what_comes_again_and_again_is_read_in_linear_time(piece):
    """Nothing that is asked of a value, a name, a list or a heading looks back, or ahead, over all of them."""

    def seconds(size):
        text = HEAD + piece * (size // len(piece))
        start = time.process_time()
        report = zfreport.parse(text)
        _ = report.targets, report.pledges
        return time.process_time() - start

    seconds(1_000)
    assert min(seconds(120_000) for _ in range(3)) < 8 * min(seconds(30_000) for _ in range(3)) + 0.2


GOALS = "2024年主要预期目标是："


@pytest.mark.parametrize(
    "write",
    [
        lambda n: GOALS + "230个村集体经济收入" * n,
        lambda n: "工业增加值、固定资产投资、" * n + "均增长5%，" + "增长5%，" * n,
        lambda n: "工业增加值、固定资产投资、" * n + "5年、" * n,
    ],
    ids=["names with the number of the next", "a value for all before it", "times behind a list"],
)
def test_many_names_beside_many_values_take_linear_time(write):
    """No name looks at every value, and no value at every name."""

    def seconds(n):
        report = zfreport.parse(HEAD + write(n))
        _ = report.quantities
        start = time.process_time()
        _ = report.targets
        return time.process_time() - start

    seconds(10)
    assert min(seconds(6_000) for _ in range(2)) < 8 * min(seconds(1_500) for _ in range(2)) + 0.2
