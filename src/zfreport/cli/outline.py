"""``zfreport FILE…``: the outline of each report, and what was noticed about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..diagnostics import Severity
from ..parser import parse_all
from ..render.exchange import to_dict
from ..render.outline import outline, printable
from ..text import LineIndex
from .exits import Exit
from .sources import Sources, add_files
from .telling import json_line

if TYPE_CHECKING:
    import argparse

    from ..report import Report

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_files(parser)
    parser.add_argument(
        "--json", action="store_true", help="print the tree instead: one JSON object per report and line"
    )
    parser.add_argument("--all", action="store_true", help="list untitled paragraphs and blocks too")
    parser.add_argument("--quiet", action="store_true", help="leave out what was noticed")


def run(args: argparse.Namespace) -> Exit:
    """Print every report of every file."""
    sources = Sources(args)
    found = Exit.CLEAN
    first = True
    for path, document in sources:
        reports = parse_all(document.text)
        for number, report in enumerate(reports, 1):
            if any(d.severity is Severity.ERROR for d in report.diagnostics):
                found = Exit.FOUND
            if args.json:
                print(json_line({"path": path, **to_dict(report)}))
                continue
            if not first:
                print()
            first = False
            of = f" ({number} of {len(reports)})" if len(reports) > 1 else ""
            print(f"{printable(path)}{of}: {_summary(report)}")
            print(outline(report, everything=args.all), end="")
            if not args.quiet:
                _tell(report, path)
    return max(found, sources.code)


def _summary(report: Report) -> str:
    """Title on one line, then place, level, years, day and speaker on another, as far as the text says."""
    known = report.metadata
    title = known.title.value if known.title else "(no title)"
    pieces = [str(one.value) for one in (known.region, known.level) if one]
    years = (("review", known.review_year), ("plan", known.plan_year))
    pieces += [f"{name} {year.value}{'?' * year.inferred}" for name, year in years if year]
    pieces += [known.delivered.value.isoformat()] if known.delivered else []
    speaker = " ".join(one.value for one in (known.office, known.speaker) if one)
    pieces += [speaker] if speaker else []
    return "\n".join(filter(None, (printable(title), printable(", ".join(pieces)))))


def _tell(report: Report, path: str) -> None:
    index = LineIndex(report.source)
    for diagnostic in report.diagnostics:
        shown = diagnostic.render(report.source, path=path, index=index)
        print("\n".join(printable(line) for line in shown.split("\n")))
