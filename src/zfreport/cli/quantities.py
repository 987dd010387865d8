"""``zfreport quantities FILE…``: every number of a text with its value, unit and place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..parser import parse_all
from ..quantities import Quantity, Reference
from ..render.exchange import plain
from ..text import LineIndex, Span
from .sources import Sources, add_files
from .tables import aligned, interval
from .telling import json_line

if TYPE_CHECKING:
    import argparse

    from .exits import Exit

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = """\
examples:
  zfreport quantities report.txt                each quantity with its value
  zfreport quantities --references report.txt   numbers that are part of a name, a date, a rank
  zfreport quantities --unexplained report.txt  numbers that were not understood
  zfreport quantities --json report.txt         one JSON object per line

Any Chinese text will do; it need not be a report.
"""
    add_files(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--references", action="store_true", help="list references instead: numbers that are no quantity"
    )
    what.add_argument("--unexplained", action="store_true", help="list what is neither instead")
    parser.add_argument("--json", action="store_true", help="print one JSON object per number and line")


def run(args: argparse.Namespace) -> Exit:
    """Print the numbers of every file."""
    sources = Sources(args)
    for path, document in sources:
        text = document.text
        index = LineIndex(text)
        rows: list[tuple[str, ...]] = []
        for report in parse_all(text):
            listed: tuple[Quantity, ...] | tuple[Reference, ...] | tuple[Span, ...] = report.quantities
            if args.references:
                listed = report.references
            elif args.unexplained:
                listed = report.unexplained
            for one in listed:
                span = one if isinstance(one, Span) else one.span
                if args.json:
                    fields = plain(one) if one is not span else {"span": list(span)}
                    print(json_line({"path": path, "text": text[span.slice], **fields}))
                    continue
                place = "{}:{}".format(*index.place(span.start))
                rows.append((path, place, text[span.slice], *_columns(one)))
        if rows:
            print(aligned(rows), end="")
    return sources.code


def _columns(one: Quantity | Reference | Span) -> tuple[str, ...]:
    if isinstance(one, Quantity):
        value = interval(one.low, one.high, one.low_closed, one.high_closed, one.approx)
        return f"{value} {one.unit.symbol}".rstrip(), str(one.kind), str(one.role)
    if isinstance(one, Reference):
        return (str(one.kind),)
    return ()
