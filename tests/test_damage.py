"""The example reports, damaged as files are found damaged, give the same outline, numbers, facts and targets."""

from __future__ import annotations

from pathlib import Path

import pytest
from damages import DAMAGES, facts, known, numbers, outline, targets

import zfreport
from zfreport.layout import lay_out

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = [
    "county-2024.txt",
    "county-2025.txt",
    "traditional.txt",
    "unnumbered-parts.txt",
    "policy-address.txt",
]


def paragraphs(name: str) -> list[str]:
    """The paragraphs of an example, one a line."""
    return [line.text for line in lay_out((EXAMPLES / name).read_text("utf-8"))]


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", NAMES)
def test_damaged_is_read_alike(name, damage):
    """What a reader would restore is restored."""
    given = paragraphs(name)
    whole, damaged = zfreport.parse("\n".join(given)), zfreport.parse(DAMAGES[damage](given))
    assert outline(damaged) == outline(whole)
    assert numbers(damaged) == numbers(whole)
    assert targets(damaged) == targets(whole)
    assert facts(damaged) == facts(whole)
    assert known(damaged) == known(whole)


@pytest.mark.parametrize("signs", ['""', "「」", "『』", "＂＂"])
@pytest.mark.parametrize("name", NAMES)
def test_quotation_marks_are_alike(name, signs):
    """“小巨人”企业 is an indicator by whatever marks it is quoted."""
    given = (EXAMPLES / name).read_text("utf-8").replace("「", "“").replace("」", "”")
    whole, other = zfreport.parse(given), zfreport.parse(given.translate(str.maketrans("“”", signs)))
    assert facts(other) == facts(whole)
    assert numbers(other) == numbers(whole)


@pytest.mark.parametrize("name", NAMES)
def test_front_matter_on_one_line(name):
    """Who, when and where is read although single blanks are all that is left of the breaks."""
    given = paragraphs(name)
    assert known(zfreport.parse(" ".join(given))) == known(zfreport.parse("\n".join(given)))


def test_wrapped_bounds_and_units():
    """45亿元⏎以上 is no point, 9.2万人⏎次 are no people, and a page number is none of the sentence's numbers."""
    given = paragraphs("county-2024.txt")
    sentence = "今年完成投资45亿元以上，接待游客9.2万人次。"
    for cut in range(1, len(sentence) - 1):
        if sentence[cut - 1 : cut + 1].isascii():  # inside a number
            continue
        first = "我们将继续保持定力，凝聚起推动高质量发展的强大合力，" + sentence[:cut]
        broken = f"{first}\n— 3 —\n{sentence[cut:]}"
        report = zfreport.parse("\n".join([*given[:12], broken, *given[12:]]))
        there = [q for q in report.quantities if q.span.start in range(*_place(report.source, broken))]
        assert [(str(q.low), q.high and str(q.high), q.unit.symbol) for q in there] == [
            ("4.5E+9", None, "元"),
            ("9.2E+4", "9.2E+4", "人次"),
        ], broken
        assert all(q.text == report.source[q.span.start : q.span.end] for q in there)


def _place(source: str, words: str) -> tuple[int, int]:
    start = source.index(words)
    return start, start + len(words)


def test_a_year_holds_for_its_paragraph_on_one_line_too():
    """The blanks that are left of a break end what a sentence says of its year: 2022年… does not date the five years below."""
    given = [
        "各位代表：",
        "一、过去五年工作回顾",
        "过去五年，我们主要做了以下工作。",
        "2022年，地区生产总值达到320亿元，财政收入达到26亿元。",
        "五年新增城镇就业5.1万人。改造老旧小区36个。",
        *["我们坚持把发展作为第一要务，统筹推进各项工作，全县面貌发生了可喜的变化。"] * 12,
        "二、2023年工作安排",
        "今年地区生产总值增长6%左右。",
    ]
    whole, flat = zfreport.parse("\n".join(given)), zfreport.parse("　　".join(given))
    assert facts(flat) == facts(whole)
    assert {f.period for f in flat.facts if f.indicator == "jobs_new_urban"} == {"2018-2022"}


TOGETHER = [
    "county-2024.txt",
    "traditional.txt",
    "web-page.txt",
    "unnumbered-parts.txt",
]


@pytest.mark.parametrize("first", TOGETHER)
@pytest.mark.parametrize("second", TOGETHER)
def test_two_reports_in_a_file_are_read_as_each_alone(first, second):
    """No front or back matter, no year and no heading of one goes over to the other."""
    if first == second:  # a second copy is no second report
        return
    given = [(EXAMPLES / name).read_text("utf-8").strip() for name in (first, second)]
    alone = [zfreport.parse(text) for text in given]
    together = zfreport.parse_all("\n\n".join(given))
    assert [outline(r) for r in together] == [outline(r) for r in alone]
    assert [facts(r) for r in together] == [facts(r) for r in alone]
    assert [known(r) for r in together] == [known(r) for r in alone]
