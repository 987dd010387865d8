"""``zfreport compare EARLIER LATER``: what was aimed at and what was reported a year later: shown, a page or a table."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ZfreportError
from ..facts import compare
from ..frames import FORMATS, comparison_table, labelled
from ..frames import write as write_table
from ..frames.compared import reason_in
from ..frames.export import need_package
from ..render.cards import fact_amount
from ..render.compare_page import compare_page, doubts
from ..render.outline import printable
from ..render.words import words
from .exits import Exit
from .tables import aligned
from .view import add_page_arguments, the_report, write

if TYPE_CHECKING:
    import argparse

    from ..facts import Comparison
    from ..render.words import Words

__all__ = ["configure", "run"]

_PAGES = (".html", ".htm", "")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = """\
examples:
  zfreport compare 2023.txt 2024.txt               each target of 2023 and what the report of 2024 says of it
  zfreport compare 2023.txt 2024.txt -o both.html  both reports side by side under that table
  zfreport compare 2023.txt 2024.txt -o both.xlsx  the table with the sentences, to go on with

Columns: target, what it was, what was reached, outcome, reason, and the target of the later report.
"""
    parser.add_argument(
        "earlier", metavar="EARLIER", help="the report that sets the targets; - is standard input"
    )
    parser.add_argument("later", metavar="LATER", help="the report of a year later")
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        help="write a page instead, or a table (.xlsx .csv …); - is standard output",
    )
    add_page_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print the table, or write it or the page."""
    suffix = Path(args.output).suffix.lower() if args.output else ""
    if suffix not in (*_PAGES, *FORMATS):  # both.xls would be a page under the name of a sheet
        raise ZfreportError(
            f"{args.output}: want a suffix of .html (a page) or {' '.join(sorted(FORMATS))} (a table)"
        )
    if suffix in FORMATS:
        need_package(suffix)
    earlier, later = the_report(args, args.earlier), the_report(args, args.later)
    comparison = compare(earlier, later)
    word = words(args.language)
    said = doubts(earlier, later, comparison, word)
    if suffix in FORMATS:
        for doubt in said:
            print(f"zfreport: {printable(doubt)}", file=sys.stderr)
        table = comparison_table(earlier, later, comparison, language=args.language)
        write_table(labelled(table, args.language), args.output, headings=args.language)
    elif args.output:
        write(compare_page(earlier, later, comparison, language=args.language), args.output)
    else:
        for doubt in said:
            print(printable(doubt))
        _print(comparison, word)
    return Exit.CLEAN


def _print(comparison: Comparison, word: Words) -> None:
    """One line per target, then one per pledge."""
    rows = []
    for kept in comparison.targets:
        target = kept.target
        rows.append(
            (
                target.name or target.indicator,
                fact_amount(target, word),
                fact_amount(kept.actual, word) if kept.actual else "–",
                word(str(kept.outcome)),
                # both numbers stand before it already
                "" if " against " in kept.reason else reason_in(kept.reason, word.language),
                fact_amount(kept.again, word) if kept.again else "–",
            )
        )
    if rows:
        head = ("indicator_name", "target_before", "reported", "outcome", "reason", "target_after")
        print(aligned([tuple(map(word, head)), *rows]), end="")
    for promised in comparison.pledges:
        print(printable(" ".join((promised.pledge.title or promised.pledge.text).split())))
        print("    " + (printable(" ".join(promised.said.split())) or "–"))
