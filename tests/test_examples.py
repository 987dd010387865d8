"""Every example report is read as its author meant it: the outlines under ``cases/examples`` say how."""

from __future__ import annotations

from pathlib import Path

import pytest

from zfreport import parse_all
from zfreport.render.outline import outline

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = sorted((ROOT / "examples").glob("*.txt"))
EXPECTED = Path(__file__).parent / "cases" / "examples"
assert EXAMPLES, "no examples found"


def printed(path: Path) -> str:
    """The outlines of all reports of a file, as the command prints them."""
    return "\n".join(outline(report) for report in parse_all(path.read_text("utf-8")))


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_outline(path):
    """The outline is, line by line, the one that was read by hand."""
    assert printed(path) == (EXPECTED / f"{path.stem}.outline").read_text("utf-8")


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_leaves_tile_the_text(path):
    """Joined in order, the leaves of all reports of a file are the file."""
    text = path.read_text("utf-8")
    assert "".join(text[leaf.span.slice] for report in parse_all(text) for leaf in report.leaves) == text
