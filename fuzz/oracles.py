"""
What must be true of any input. Each check takes one input and raises AssertionError (or whatever the library raised).

The fuzzer calls them with what it invents, ``tests/test_robustness.py`` with what was once found.
"""

from __future__ import annotations

import json
import pickle
import re
import time
from decimal import Decimal
from itertools import pairwise

import zfreport
from zfreport.errors import ReadError
from zfreport.io import decode_bytes, read_bytes
from zfreport.nodes import Kind
from zfreport.render.page import page

SLOW = 2.0, 0.0005
"""Seconds that any input may take, and more for each of its characters: far above what is measured, far below quadratic."""


def check_parse(text: str) -> None:
    """The reports cover the text; in each, nodes nest, leaves tile, places are true, and the page holds it all."""
    began = time.perf_counter()
    reports = zfreport.parse_all(text)
    assert reports
    assert reports[0].span.start == 0
    assert reports[-1].span.end == len(text)
    for earlier, later in pairwise(reports):
        assert earlier.span.end == later.span.start, "reports leave a gap or overlap"
    for report in {*reports, zfreport.parse(text)}:
        _check_report(report)
    took = time.perf_counter() - began
    assert took < SLOW[0] + SLOW[1] * len(text), f"{took:.2f} s for {len(text)} characters"


def _check_report(report) -> None:
    source, span = report.source, report.span
    _check_children(report)
    for node in report.walk():
        _check_node(report, node)
    assert "".join(source[leaf.span.slice] for leaf in report.leaves) == source[span.slice], (
        "leaves do not tile"
    )
    assert all(leaf.span.start < leaf.span.end for leaf in report.leaves)
    for quantity in report.quantities:
        _check_quantity(source, quantity)
        assert span.covers(quantity.span)
    for reference in report.references:
        assert source[reference.span.slice] == reference.text
        assert span.covers(reference.span)
    for fact in (*report.facts, *report.targets):
        _check_fact(report, fact)
    for diagnostic in report.diagnostics:
        assert span.start <= diagnostic.span.start <= diagnostic.span.end <= span.end
        assert diagnostic.render(source)
    copy = pickle.loads(pickle.dumps(report))
    assert copy == report
    assert copy.to_json() == report.to_json()
    json.loads(report.to_json())
    shown = page(report)
    article = shown[shown.index("<article") : shown.index("</article>")].partition(">")[2]
    assert len(re.sub(r"&[a-z0-9#]+;", "x", re.sub(r"<[^>]*>", "", article))) == span.end - span.start, (
        "page lost text"
    )


def _check_children(node) -> None:
    at = node.span.start
    for child in node.children:
        assert at <= child.span.start <= child.span.end <= node.span.end, "children overlap or stick out"
        assert child.span.start < child.span.end, "an empty node"
        at = child.span.end
        _check_children(child)


def _check_node(report, node) -> None:
    source = report.source
    assert 0 <= node.confidence <= 1
    assert node.text == source[node.span.slice]
    if node.title_span is None:
        assert node.title == ""
    else:
        assert node.kind is not Kind.BLOCK or node.title == ""
        assert node.span.covers(node.title_span)
        assert _subsequence(node.title, source[node.title_span.slice]), "a title that is not in the text"
    if node.marker:
        assert source[node.marker.span.slice].split() == node.marker.text.split() or _subsequence(
            node.marker.text, source[node.marker.span.slice]
        )
    for evidence in node.evidence:
        assert 0 <= evidence.span.start <= evidence.span.end <= len(source)


def _subsequence(part: str, whole: str) -> bool:
    """Whether *part* is *whole* with some characters left out."""
    rest = iter(whole)
    return all(character in rest for character in part)


def _check_quantity(source: str, quantity) -> None:
    assert source[quantity.span.slice] == quantity.text != ""
    assert quantity.low is not None or quantity.high is not None or quantity.parts
    for value in (quantity.low, quantity.high, *quantity.parts):
        assert value is None or (isinstance(value, Decimal) and value.is_finite())
    if quantity.low is not None and quantity.high is not None:
        assert quantity.low <= quantity.high
    assert 0 <= quantity.confidence <= 1


def _check_fact(report, fact) -> None:
    assert report.span.covers(fact.span)
    assert report.span.covers(fact.sentence_span)
    if fact.bound != "absent":
        assert fact.sentence_span.overlaps(fact.span)
    ends = (fact.low is not None, fact.high is not None)
    wanted = {
        "point": (True, True),
        "about": (True, True),
        "range": (True, True),
        "at_least": (True, False),
        "above": (True, False),
        "at_most": (False, True),
        "below": (False, True),
    }
    if fact.kind == "ratio" and ends == (False, False):  # 5.2:40.1:54.7 has no one number
        return
    assert ends == wanted.get(str(fact.bound), (False, False)), f"{fact.bound} with {fact.low}, {fact.high}"
    if ends == (True, True):
        assert fact.low <= fact.high


def check_scan(text: str) -> None:
    """Quantities, references and what was not understood lie apart, in order, each on its own words."""
    began = time.perf_counter()
    scan = zfreport.scan(text)
    for quantity in scan.quantities:
        _check_quantity(text, quantity)
    for reference in scan.references:
        assert text[reference.span.slice] == reference.text != ""
    # 亿元以上 without a numeral is both: a threshold with a value, and the name of a class
    both = {q.span for q in scan.quantities if q.role == "filter"}
    named = [r.span for r in scan.references if r.kind != "class" or r.span not in both]
    spans = sorted([q.span for q in scan.quantities] + named + list(scan.unexplained))
    assert all(a.end <= b.start for a, b in pairwise(spans)), "two readings of the same words"
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    for kind in (scan.quantities, scan.references):
        assert [x.span for x in kind] == sorted(x.span for x in kind)
    assert zfreport.find_quantities(text) == scan.quantities
    took = time.perf_counter() - began
    assert took < SLOW[0] + SLOW[1] * len(text), f"{took:.2f} s for {len(text)} characters"


def check_number(text: str) -> None:
    """A finite Decimal or a ValueError, nothing else; plain digits are what they are."""
    try:
        value = zfreport.parse_number(text)
    except ValueError:
        assert not re.fullmatch(r"[0-9]{1,15}(?:\.[0-9]{1,6})?", text), "plain digits refused"
        return
    assert isinstance(value, Decimal)
    assert value.is_finite()
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", text):
        assert value == Decimal(text)


def check_decode(data: bytes) -> None:
    """A text without half characters, or a `ReadError`; valid UTF-8 without a mark of its own is what it is."""
    try:
        decoded = decode_bytes(data)
    except ReadError:
        return
    decoded.text.encode("utf-8")
    assert not decoded.lossy
    if decoded.encoding == "utf-8" and not decoded.bom:
        assert decoded.text == data.decode("utf-8")


def check_html(text: str) -> None:
    """A page gives a text, each character of it placed, or a `ReadError`."""
    _check_read(text, "page.html")


def check_rows(text: str) -> None:
    """A table gives its texts, each character placed, or a `ReadError`, as CSV, as JSON Lines and as JSON."""
    for name in ("table.csv", "table.jsonl", "table.json"):
        _check_read(text, name)


def _check_read(text: str, name: str) -> None:
    began = time.perf_counter()
    try:
        document = read_bytes(text.encode("utf-8", "replace"), name)
    except ReadError:
        return
    document.text.encode("utf-8")
    starts = [place.start for place in document.places]
    assert starts == sorted(starts)
    assert all(0 <= start <= len(document.text) for start in starts)
    for offset in (0, len(document.text) // 2, max(0, len(document.text) - 1)):
        assert document.place(offset).start <= offset
    took = time.perf_counter() - began
    assert took < SLOW[0] + SLOW[1] * len(text), f"{took:.2f} s for {len(text)} characters"


# loads what is loaded once, so that no check is timed with it
_WARM = zfreport.parse("政府工作报告\n一、2024年工作安排\n地区生产总值增长5%左右。")
_WARM.to_json(), page(_WARM)
check_html("<html><p>增长")

TEXT_CHECKS = {
    "parse": check_parse,
    "scan": check_scan,
    "number": check_number,
    "html": check_html,
    "rows": check_rows,
}
"""Checks of a text, by the name of their target and of their case file."""
