"""Logical lines: the looks at a line that spare most of them the long list of questions."""

from __future__ import annotations

import unicodedata

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
