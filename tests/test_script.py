"""Simplified copies equal OpenCC's, keep offsets, and leave Simplified text alone; the script of a text is recognised."""

from __future__ import annotations

import time
from functools import cache

import opencc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from zfreport.script import is_traditional, to_simplified

# words whose characters OpenCC converts differently together and apart, and their neighbours
PIECES = (
    "乾坤 乾隆 餘額 一目瞭然 不瞭解 反覆 答覆 覆蓋 著名 顯著 跟著 合著 凶兆 吃口飯 開口 皇后 以後 里程 裏面 台灣 檯面 抬 "
    "資訊 網際網路 載入程式 載入 程式 軟體 新增 新增就業 指標 導入 么麼 藉口 憑藉 么 沈阳 瀋陽 𨦫 𨧜 經濟 经济 發展 发展 "
    "衞生 羣眾 着力 啟動 污染 峰會 髮 后 于 於 一 口 著 瞭 覆 家 a 1 ， 。 \n \u3000 \U0001f600"
).split(" ")
TEXT = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=12).map("".join)


@cache
def peer(variant: str) -> opencc.OpenCC:
    return opencc.OpenCC(variant)


@pytest.mark.parametrize("variant", ["t2s", "tw2s", "hk2s"])
@given(text=TEXT)
def test_equals_opencc(variant: str, text: str) -> None:
    """Character for character what opencc-python-reimplemented makes of the text."""
    assert to_simplified(text, variant) == peer(variant).convert(text)


@given(TEXT, st.integers(0, 300))
def test_equals_opencc_on_long_and_dense_text(text: str, times: int) -> None:
    """Also where long stretches are converted at once, and where a phrase stands far from any separator."""
    text = "經濟發展" * times + text + "安" * times + text
    assert to_simplified(text) == peer("t2s").convert(text)


@given(TEXT)
def test_phrases_equal_opencc_on_traditional_lines(text: str) -> None:
    """On a line that is Traditional beyond doubt, tw2sp is OpenCC's."""
    line = "經濟區發業們" * 8 + text.replace("\n", "")
    if len(line.splitlines()) == 1:
        assert to_simplified(line, "tw2sp") == peer("tw2sp").convert(line)


@given(TEXT)
def test_t2s_keeps_offsets(text: str) -> None:
    """A place in the copy is the same place in the original."""
    assert len(to_simplified(text)) == len(text)


@pytest.mark.parametrize(
    "text",
    ["全市新增就业5万人，各项指标好于预期。", "新增", "著名品牌", "信息化覆盖所有乡镇，台账清楚", "", "123%"],
)
def test_simplified_text_is_left_alone(text: str) -> None:
    """Simplified text comes back as it is, at the level of phrases too."""
    assert to_simplified(text) == text
    assert to_simplified(text, "tw2sp") == text


def test_simplified_lines_of_a_traditional_text() -> None:
    """The phrase level reaches Traditional lines only: a quotation in Simplified characters keeps its words."""
    text = "新增就業人數和資訊產業的指標，經濟發展總體向好\n全区新增就业岗位完成指标任务\n"
    assert (
        to_simplified(text, "tw2sp")
        == "添加就业人数和信息产业的指针，经济发展总体向好\n全区新增就业岗位完成指标任务\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("現在，我代表區人民政府，向大會報告工作", True),
        ("现在，我代表区人民政府，向大会报告工作", False),
        ("财政部、国家税务总局和会議秘书处", False),  # one stray character
        ("經濟 GDP", True),
        ("著名", False),
        ("后", False),
        ("", False),
        ("2024年", False),
    ],
)
def test_is_traditional(text: str, expected: bool) -> None:
    """The majority of the telling characters decides; no evidence means no."""
    assert is_traditional(text) is expected


def test_unknown_variant() -> None:
    """The message names what there is."""
    with pytest.raises(ValueError, match="'tw2sp'"):
        to_simplified("發", "s2t")  # type: ignore[arg-type]


@pytest.mark.parametrize("unit", ["發", "一目瞭", "發 ", "乾", "安", "一目", "安安安發"])
def test_time_is_linear(unit: str) -> None:
    """Four times the text takes about four times as long, whatever the text."""

    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        start = time.perf_counter()
        to_simplified(text)
        return time.perf_counter() - start

    seconds(1000)
    short = min(seconds(25_000) for _ in range(3))
    assert min(seconds(100_000) for _ in range(3)) < 12 * short + 0.005
