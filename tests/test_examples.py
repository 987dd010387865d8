"""Every example report is read as its author meant it: the outlines under ``cases/examples`` say how."""

from __future__ import annotations

from pathlib import Path

import pytest

from zfreport import parse_all

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
EXPECTED = sorted((Path(__file__).parent / "cases" / "examples").glob("*.outline"))
assert EXAMPLES, "no examples found"
assert EXPECTED, "no outlines found"


def headings(report) -> str:
    """The headings of a report, indented by level, a part's role behind it."""
    lines = []

    def visit(node, depth):
        for child in node.children:
            titled = child.title_span is not None
            if titled:
                marker = child.marker.text if child.marker else ""
                gap = " " * marker.endswith("部分")
                role = f" [{child.role}]" if child.kind == "part" else ""
                lines.append(f"{'  ' * depth}{child.kind} {marker}{gap}{child.title}{role}\n")
            visit(child, depth + titled)

    visit(report, 0)
    return "".join(lines)


@pytest.mark.parametrize("path", EXPECTED, ids=lambda p: p.stem)
def test_outline(path):
    """The outline is, line by line, the one that was read by hand."""
    text = (ROOT / "examples" / f"{path.stem}.txt").read_text("utf-8")
    printed = "---\n".join(map(headings, parse_all(text)))
    assert printed.splitlines() == path.read_text("utf-8").splitlines()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_leaves_tile_the_text(path):
    """Joined in order, the leaves of all reports of a file are the file."""
    text = path.read_text("utf-8")
    assert "".join(text[leaf.span.slice] for report in parse_all(text) for leaf in report.leaves) == text
