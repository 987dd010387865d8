"""``zfreport explain FILE LINE…``: why a line is a heading of its level, or why it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import ZfreportError
from ..parser import parse_all
from ..render.outline import printable
from ..text import LineIndex
from .exits import Exit
from .sources import add_encoding, read_one

if TYPE_CHECKING:
    import argparse

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = """\
examples:
  zfreport explain report.txt 15          why line 15 is a heading, or is not
  zfreport explain report.txt 15 17 40    several lines
  zfreport explain one-line.txt 1:740     a place in a long line, as diagnostics print it
"""
    parser.add_argument("file", metavar="FILE", help="text, HTML, docx or PDF; - is standard input")
    parser.add_argument(
        "lines", nargs="+", metavar="LINE", help="number of a line, or LINE:COLUMN, both from 1"
    )
    add_encoding(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print the reasons for each line."""
    document = read_one(args, args.file)
    reports = parse_all(document.text)
    index = LineIndex(document.text)
    for place in args.lines:
        offset = _offset(index, place, len(document.text))
        report = next((r for r in reports if r.span.start <= offset < r.span.end), reports[-1])
        explanation = str(report.explain(offset))
        print("\n".join(map(printable, explanation.split("\n"))))
    return Exit.CLEAN


def _offset(index: LineIndex, place: str, length: int) -> int:
    line, _, column = place.partition(":")
    try:
        offset = index.line_start(int(line)) + (int(column) - 1 if column else 0)
        if int(line) < 1 or not 0 <= offset < length:
            raise IndexError
    except (ValueError, IndexError):
        last = index.place(max(length - 1, 0))[0]
        raise ZfreportError(
            f"{place}: want LINE or LINE:COLUMN inside the text, which has lines 1 to {last}"
        ) from None
    return offset
