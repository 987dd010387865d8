"""Outlines as data: a text, and the headings and diagnostics it must give. A bug report becomes a block of a .case file."""

from __future__ import annotations

from pathlib import Path

import pytest

from zfreport import Report, parse
from zfreport.text import LineIndex

FILES = sorted(Path(__file__).parent.joinpath("cases", "outline").glob("*.case"))
assert FILES, "no case files found"  # an empty glob must fail, not pass

QUIET = {"ZF203", "ZF205", "ZF501", "ZF502", "ZF503"}
"""Codes that say that a case of ten lines is no whole report; they have tests of their own."""


def blocks():
    for path in FILES:
        row = 1
        for block in path.read_text("utf-8").split("### ")[1:]:
            title, body = block.split("\n", 1)
            text, expected = body.split("---\n", 1)
            yield pytest.param(text, expected.rstrip(), id=f"{path.name}:{row} {title}")
            row += block.count("\n")


def outline(report: Report) -> str:
    """One line a titled node, two blanks a level; then the diagnostics of the outline with line and column."""
    lines = []

    def visit(node, depth):
        for child in node.children:
            if child.title:
                number = child.marker.text.replace("\n", "") if child.marker else ""
                lines.append(f"{'  ' * depth}{child.kind} {number}{child.title}")
            visit(child, depth + bool(child.title))

    visit(report, 0)
    index = LineIndex(report.source)
    for d in report.diagnostics:
        if d.code.startswith(("ZF1", "ZF2")) and d.code not in QUIET:
            line, column = index.place(d.span.start)
            lines.append(f"! {line}:{column} {d.code}")
    return "\n".join(lines)


@pytest.mark.parametrize(("text", "expected"), list(blocks()))
def test_case(text, expected):
    """The outline, diagnostics included, is exactly what the case file says."""
    assert outline(parse(text)) == expected
