"""``zfreport view FILE -o page.html``: one self-contained page of a report, to look at in a browser."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..diagnostics import Severity
from ..errors import ZfreportError
from ..parser import parse_all
from ..render.page import page
from ..render.words import LANGUAGES
from .exits import Exit
from .sources import add_encoding, read_one
from .telling import complain

if TYPE_CHECKING:
    import argparse

    from ..report import Report

__all__ = ["add_page_arguments", "configure", "run", "the_report", "write"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = """\
examples:
  zfreport view report.txt -o page.html            outline, text, targets and marks on one page
  zfreport view report.pdf -o page.html --report 2 the second report of a file
  zfreport view - -o - < report.txt > page.html    from standard input to standard output
"""
    parser.add_argument("file", metavar="FILE", help="text, HTML, docx or PDF; - is a text on standard input")
    parser.add_argument(
        "-o", "--output", required=True, metavar="PAGE", help="where the page goes; - is standard output"
    )
    parser.add_argument(
        "--report", type=int, default=1, metavar="N", help="which report, if the file holds several (1)"
    )
    add_page_arguments(parser)


def add_page_arguments(parser: argparse.ArgumentParser) -> None:
    """The arguments that every command that writes a page takes."""
    add_encoding(parser)
    parser.add_argument("--language", choices=LANGUAGES, default="zh", help="of the page's own words (zh)")


def run(args: argparse.Namespace) -> Exit:
    """Write the page of one report."""
    report = the_report(args, args.file, args.report)
    write(page(report, language=args.language), args.output)
    return Exit.FOUND if any(d.severity is Severity.ERROR for d in report.diagnostics) else Exit.CLEAN


def the_report(args: argparse.Namespace, path: str, number: int = 1) -> Report:
    """One report of a file; `ZfreportError` if it has no such report, a line on standard error if it has others."""
    reports = parse_all(read_one(args, path).text)
    if not 1 <= number <= len(reports):
        raise ZfreportError(f"{path}: there is no report {number}; the file holds {len(reports)}")
    if len(reports) > 1:
        complain(f"{path}: this is report {number} of {len(reports)}")
    return reports[number - 1]


def write(html: str, output: str) -> None:
    """Write a page as UTF-8, its line breaks as they are; ``-`` is standard output."""
    if output == "-":
        sys.stdout.write(html)
        return
    with open(output, "w", encoding="utf-8", newline="") as file:
        file.write(html)
