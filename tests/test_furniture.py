"""The looks at a character or a word that spare most lines a pattern never refuse what the pattern takes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zfreport import frame, furniture, roles
from zfreport.headings import wording
from zfreport.metadata import front
from zfreport.vocab import forms, read_table


def lines(pattern: re.Pattern[str]) -> st.SearchStrategy[str]:
    """Lines that *pattern* takes whole, without white space at their ends, as `zfreport.layout` gives them."""
    taken = st.from_regex(re.compile(pattern.pattern), fullmatch=True)
    return taken.filter(lambda line: bool(line) and "\n" not in line and line == line.strip())


@pytest.mark.parametrize(
    ("look", "pattern"),
    [
        (furniture._is_chrome, furniture._CHROME),
        (furniture._is_chrome, furniture._CHROME_SAYS),
        (furniture.is_caption, furniture.CAPTION),
        (furniture._names_session, furniture._SESSION),
        (furniture._OFFICE_SIGNS.search, furniture._BYLINE),
        (furniture._is_metadata, furniture._META),
        (furniture._is_metadata, furniture._STAMP),
        (furniture.is_salutation, furniture.SALUTATION),
        (frame._titles_notes, wording.ANNEX),
    ],
    ids=[
        "chrome",
        "chrome that says so",
        "caption",
        "session",
        "byline",
        "metadata",
        "stamp",
        "salutation",
        "notes",
    ],
)
def test_a_look_lets_through_what_the_pattern_takes(look, pattern):
    """… whatever the script, and the other way round."""

    @settings(max_examples=300, deadline=None)
    @given(lines(pattern))
    def check(line: str) -> None:
        assert look(line)

    check()


@settings(max_examples=300, deadline=None)
@given(st.from_regex(re.compile(furniture._TAIL_START.pattern)).filter(lambda line: len(line) < 120))
def test_a_look_lets_through_what_ends_a_report(line):
    """The first character of each alternative is in the set."""
    match = furniture._TAIL_START.search(line)
    assert match
    assert furniture.is_tail(line[match.start() :]) == (furniture._TAIL_START.match(match[0]) is not None)


@pytest.mark.parametrize(
    ("signs", "pattern"),
    [worded[1:] for worded in roles._WORDED],
    ids=[worded[0] for worded in roles._WORDED],
)
def test_a_look_lets_through_what_names_a_role(signs, pattern):
    """One character of the set is in every title of the role."""

    @settings(max_examples=300, deadline=None)
    @given(lines(pattern))
    def check(title: str) -> None:
        assert not signs.isdisjoint(title)

    check()


def test_every_office_ends_in_a_character_that_is_looked_for():
    """A new office in the table needs its last character in the set."""
    assert [
        row["office"] for row in read_table("offices") if not forms(row["office"][-1]) <= front._OFFICE_ENDS
    ] == []


def test_a_name_is_two_to_six_characters_spaced_out_or_not():
    """No figure, no dot in front, nothing longer."""
    names = ("武凌", "武  凌", "艾力·江", "武 凌 云 山 高 水", "武", "·武凌", "武凌2", "武凌云山高水长")
    assert [furniture._is_name(name) for name in names] == [
        True,
        True,
        True,
        True,
        False,
        False,
        False,
        False,
    ]
