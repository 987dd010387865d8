"""`Bridged`: any gaps, and every character has its place back."""

from hypothesis import given
from hypothesis import strategies as st

from zfreport import Span
from zfreport.bridged import Bridged
from zfreport.quantities.model import Reference, ReferenceKind, put


@given(st.text("增长8.5%\n— ", min_size=1, max_size=60), st.lists(st.integers(0, 60), max_size=8), st.data())
def test_every_character_has_its_place(source, cuts, data):
    """What is left is the source without its gaps; places go both ways."""
    edges = sorted({min(cut, len(source)) for cut in cuts})
    gaps = [Span(a, b) for a, b in zip(edges[::2], edges[1::2], strict=False)]
    inside = Span(0, data.draw(st.integers(0, len(source))))
    view = Bridged.over(source, inside, gaps)
    kept = [i for i in range(inside.end) if not any(gap.start <= i < gap.end for gap in gaps)]
    assert view.text == "".join(source[i] for i in kept)
    for index, place in enumerate(kept):
        assert view.back(Span(index, index + 1)) == Span(place, place + 1)
        assert view.to(place) == index
    spans = [Span(i, j) for i in range(len(kept)) for j in range(i + 1, len(kept) + 1)]
    numbers = [Reference(span, view.text[span.slice], ReferenceKind.CODE) for span in spans]
    put(numbers, view, source)
    assert [number.span for number in numbers] == [view.back(span) for span in spans]
    for number in numbers:
        assert number.text == source[number.span.slice]
    for gap in gaps:
        if gap.end <= inside.end and gap.start < gap.end:
            assert view.to(gap.start) == sum(place < gap.start for place in kept)
