"""References: the case file, that every rule has a case, and values that users compute with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zfreport.quantities import PartialDate, Reference, ReferenceKind, scan
from zfreport.quantities.firsts import opening_guard, shelved
from zfreport.quantities.references import find_references
from zfreport.vocab import read_table

CASES = [
    line.split("\t")
    for line in Path(__file__).with_name("cases").joinpath("references.tsv").read_text("utf-8").splitlines()
    if line and line[0] != "#"
]
assert CASES, "no reference cases found"


def value(v: object) -> str:
    return f"({', '.join(map(value, v))})" if isinstance(v, tuple) else str(v)


def show(r: Reference) -> str:
    """A reference as the case file writes it."""
    return f"{r.text} {r.kind} {value(r.value)}"


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text for text, _ in CASES])
def test_case(text, expected):
    """The references of the text are exactly those of the case file, and its numbers are all explained."""
    found = scan(text)
    assert ("; ".join(map(show, found.references)) or "-") == expected
    assert found.unexplained == ()


def test_every_rule_has_a_case():
    """A rule that no case needs may go."""
    used = {r.rule for text, _ in CASES for r in find_references(text)}
    assert {row["rule"] for row in read_table("references")} - used == set()


def test_every_kind_has_a_case():
    """Each kind of reference that is documented occurs in the case file."""
    assert {r.kind for text, _ in CASES for r in scan(text).references} == set(ReferenceKind)


def test_values_are_typed():
    """Dates order, plans are years, plenums are numbers: no string has to be parsed again."""
    found = {
        r.text: r.value
        for r in scan(
            "2018年3月，六五普法，“十二五”末，十八届三中、四中全会，国发〔2022〕2号，居全省第3"
        ).references
    }
    assert found == {
        "2018年3月": PartialDate(2018, 3),
        "六五普法": (2011, 2015),
        "十二五": (2011, 2015),
        "十八届三中、四中全会": (18, (3, 4)),
        "国发〔2022〕2号": ("国发", 2022, 2),
        "第3": 3,
    }


def test_the_same_characters_are_a_plan_or_a_law_plan():
    """六五 is 1981 to 1985, 六五普法 2011 to 2015."""
    [plan], [law] = scan("“六五”计划").references, scan("“六五”普法").references
    assert (plan.kind, plan.value) == ("plan", (1981, 1985))
    assert (law.kind, law.value) == ("law_plan", (2011, 2015))


@pytest.mark.parametrize("text", ["第3个百分点", "37中", "世界500强", "13月", "2024年5个"])
def test_no_reference_swallows_its_neighbour(text):
    """A reference ends where it ends."""
    for reference in scan(text).references:
        assert text[reference.span.start : reference.span.end] == reference.text


def test_impossible_months_are_not_dates():
    """The thirteenth month is refused, not rounded."""
    assert scan("13月").references == ()
    assert len(scan("13月").unexplained) == 1


@given(st.text("月日世纪十五号线个a1", max_size=6))
def test_a_guard_holds_wherever_a_pattern_matches(text):
    """One look at the next character rules out only what would not have matched."""
    for pattern in (
        "月?日",
        "(?:(?<=十)[月号]|个{0,2}日|[a1]+)?世纪",
        "(?<=十五)(?!个)",
        "(?=号)(?!号线)号",
        "[a-c]{2}|日",
    ):
        alternatives = pattern.split("|") if "(" not in pattern else [pattern]
        for at in range(len(text) + 1):
            if re.compile(pattern).match(text, at):
                assert re.compile(opening_guard(alternatives)).match(text, at)


@given(st.text("月日世纪十五号线个a1", max_size=6))
def test_shelves_change_nothing(text):
    """Rules that are tried shelf by shelf give the match, and the rule, that they give one after another."""
    rules = "月日 世纪 (?:(?<=十)[月号]|日)?世 (?<=十五)(?!个) 号线?个 [a1]{2} 日{0,2}号 十五? 月 (?=号)号 个(?=a) 日 (?<=a)1? 线号 五 a 纪"
    patterns = [rule + "()" for rule in rules.split()]
    in_a_row, on_shelves = re.compile("|".join(patterns)), re.compile(shelved(patterns))
    for at in range(len(text) + 1):
        found = [pattern.match(text, at) for pattern in (in_a_row, on_shelves)]
        one, other = [(m.span(), m.lastindex) if m else None for m in found]
        assert one == other


def test_a_day_that_is_no_number_is_none():
    """一廿日, as damage writes it, is passed over and raises nothing."""
    assert scan("逢一廿日赶集").references == ()
