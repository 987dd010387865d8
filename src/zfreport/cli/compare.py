"""``zfreport compare EARLIER LATER``: what was aimed at and what was reported a year later, as a table or as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..facts import compare
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


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = """\
examples:
  zfreport compare 2023.txt 2024.txt               each target of 2023 and what the report of 2024 says of it
  zfreport compare 2023.txt 2024.txt -o both.html  both reports side by side under that table
"""
    parser.add_argument(
        "earlier", metavar="EARLIER", help="the report that sets the targets; - is standard input"
    )
    parser.add_argument("later", metavar="LATER", help="the report of a year later")
    parser.add_argument("-o", "--output", metavar="PAGE", help="write a page instead; - is standard output")
    add_page_arguments(parser)


def run(args: argparse.Namespace) -> Exit:
    """Print the table or write the page."""
    earlier, later = the_report(args, args.earlier), the_report(args, args.later)
    comparison = compare(earlier, later)
    if args.output:
        write(compare_page(earlier, later, comparison, language=args.language), args.output)
    else:
        word = words(args.language)
        for said in doubts(earlier, later, comparison, word):
            print(printable(said))
        _print(comparison, word)
    return Exit.CLEAN


def _print(comparison: Comparison, word: Words) -> None:
    """One line per target, then one per pledge."""
    rows = [
        (
            kept.target.name or kept.target.indicator,
            fact_amount(kept.target, word),
            fact_amount(kept.actual, word) if kept.actual else "–",
            word(str(kept.outcome)),
            kept.reason,
        )
        for kept in comparison.targets
    ]
    print(aligned(rows), end="")
    for promised in comparison.pledges:
        print(printable(" ".join((promised.pledge.title or promised.pledge.text).split())))
        print("    " + (printable(" ".join(promised.said.split())) or "–"))
