"""Logical lines: the looks at a line that spare most of them the long list of questions."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zfreport import layout
from zfreport.text import width

EDGES = st.text(
    layout._TERMINAL + layout._CLOSE_HEAD + layout._OPEN + "“《》甲乙丙一（三）、 ", min_size=1, max_size=4
)


@settings(max_examples=500, deadline=None)
@given(EDGES, EDGES, st.sampled_from((0, 10, 56, 58, 60, 80)), EDGES, st.booleans(), st.booleans())
def test_a_done_line_is_gone_on_with_by_closing_signs_alone(head, tail, size, below, indented, spaced):
    """What `_is_done` says at a glance, `_continues` says of every line that may follow."""
    text, following = (head + "文" * size + tail).strip(), below.strip()
    if not text or not following or following[0] in layout._CLOSE_HEAD or not layout._is_done(text):
        return
    above = layout.Line(text, 0, len(text))
    start = len(text) + 1 + spaced + indented
    line = layout.Line(following, start, start + len(following), (), indented, spaced)
    source = text + "\n" * (1 + spaced) + "\u3000" * indented + following
    assert source[line.start : line.end] == following
    assert not layout._continues(source, [above], line, 0, False, False)


@given(st.text())
def test_width_is_that_of_each_character(text):
    """Most characters of a report are not looked up."""
    wide = [2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text]
    assert width(text) == sum(n for n, c in zip(wide, text, strict=True) if not unicodedata.combining(c))


@pytest.mark.parametrize(
    ("before", "run", "after"),
    [("甲", " ", "乙;"), ("甲", "\u200b", "乙;"), ("各位代表：甲。 " * 10 + "乙", " ", "丙")],
)
def test_a_long_run_of_blanks_is_linear(before, run, after):
    """Inside a line that ends like one with signs around it, or of a text that is all one line."""

    def seconds(n):
        text = before + run * n + after
        start = time.process_time()
        layout.lay_out(text)
        return time.process_time() - start

    seconds(100)
    assert min(seconds(16_000) for _ in range(2)) < 8 * min(seconds(4_000) for _ in range(2)) + 0.02


@pytest.mark.parametrize("tail", ["&nbsp;", " ??", "\u3000&emsp; ???&nbsp;", " ?? ", "&ensp;\u200b"])
def test_what_stands_around_the_words_is_no_part_of_them(tail):
    """Entities that were never resolved, and question marks where blanks stood."""
    assert [line.text for line in layout.lay_out(f"甲乙？{tail}\n丙;{tail}")] == ["甲乙？", "丙;"]
