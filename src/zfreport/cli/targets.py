"""``zfreport targets FILE…``: what each report promises in numbers, or with ``--facts`` everything it states."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..facts import Bound
from ..parser import parse_all
from ..render.exchange import plain
from ..render.outline import printable
from ..text import LineIndex
from .indicators import indicator_of
from .sources import Sources, add_files
from .tables import aligned, interval
from .telling import json_line

if TYPE_CHECKING:
    import argparse

    from ..facts import Fact
    from ..report import Report
    from .exits import Exit

__all__ = ["configure", "run"]


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    parser.epilog = """\
examples:
  zfreport targets report.txt                 line, indicator, its name and whose it is, period, value, tone, wording
  zfreport targets --sentences report.txt     each with the sentence that proves it
  zfreport targets --facts report.txt         what was achieved, too
  zfreport targets --indicator gdp *.txt      one indicator of many reports
  zfreport targets --json report.txt          one JSON object per target and line

A row without a value says why: relative, external, qualitative, absent or unparsed. None of them is zero.
"""
    add_files(parser)
    parser.add_argument("--facts", action="store_true", help="list every fact, not only targets")
    parser.add_argument("--indicator", metavar="ID", help="only this indicator, as gdp or 地区生产总值")
    parser.add_argument("--sentences", action="store_true", help="print the sentence under each row")
    parser.add_argument("--json", action="store_true", help="print one JSON object per row and line")


def run(args: argparse.Namespace) -> Exit:
    """Print the targets or facts of every report of every file."""
    wanted = None if args.indicator is None else indicator_of(args.indicator)
    sources = Sources(args)
    for path, document in sources:
        for report in parse_all(document.text):
            listed = report.facts if args.facts else report.targets
            chosen = [f for f in listed if wanted in (None, f.indicator)]
            if args.json:
                for fact in chosen:
                    sentence = report.source[fact.sentence_span.slice]
                    print(json_line({"path": path, **plain(fact), "sentence": sentence}))
            elif chosen:
                _print(path, report, chosen, args.sentences)
    return sources.code


def _print(path: str, report: Report, facts: list[Fact], sentences: bool) -> None:
    index = LineIndex(report.source)
    rows = aligned(
        (
            path,
            str(index.place(f.span.start)[0]),
            f.indicator,
            f"{f.name}（{f.filter}）" if f.filter else f.name,  # a park's growth is not the county's
            f.period,
            str(f.modality),
            _value(f),
            f.tone,
            f.wording,
        )
        for f in facts
    ).splitlines()
    for row, fact in zip(rows, facts, strict=True):
        print(row)
        if sentences:
            print("    " + printable(" ".join(report.source[fact.sentence_span.slice].split())))


def _value(fact: Fact) -> str:
    value = interval(fact.low, fact.high, fact.low_closed, fact.high_closed, fact.bound is Bound.ABOUT)
    return f"{value} {fact.unit}".rstrip() if value else f"({fact.bound})"
