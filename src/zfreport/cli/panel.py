"""``zfreport panel DIR -o panel.xlsx``: one row per report (wide), per target (long) or per task, ready to open."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..batch import Tabulate
from ..errors import ZfreportError
from ..frames import (
    FORMATS,
    MAIN_INDICATORS,
    arrow_schema,
    long_panel,
    task_docx,
    task_table,
    wide_panel,
    write,
)
from ..frames.export import need_package
from ..frames.schema import need_pyarrow
from .folders import (
    Tally,
    add_folders,
    add_gazetteer,
    add_keep,
    add_values,
    files_of,
    forget,
    resolver_of,
    results_of,
    spoken,
    state_of,
    watched,
    writable,
)
from .indicators import indicator_of

if TYPE_CHECKING:
    import argparse

    import pyarrow

    from .exits import Exit

__all__ = ["configure", "run"]

_SHAPES = ("long", "tasks", "wide")
_EPILOG = """\
examples:
  zfreport panel reports/ -o panel.xlsx                    one row per report: gdp_growth_low, gdp_growth_high …
  zfreport panel reports/ -o panel.dta --indicators all    every indicator that occurs, for Stata
  zfreport panel reports/ -o done.xlsx --actual            what was reached, in place of what is aimed at
  zfreport panel reports/ -o panel.xlsx --gazetteer        region_code as it was in the report's year
  zfreport panel reports/ -o panel.xlsx --keep done/       next time, new and changed files alone are read
  zfreport panel reports/ -o long.csv --shape long         one row per target, with 语气, words and place
  zfreport panel reports/ -o 面板.xlsx --headings zh --values zh     in Chinese throughout
  zfreport panel report.docx -o tasks.docx --shape tasks   任务 牵头单位 完成时限, as a table to fill in

The format follows the suffix: .xlsx .csv .parquet .dta .jsonl, and .docx for tasks. Empty is not zero: where no number
is printed, the bound says why (relative external qualitative absent). An interrupted run goes on where it stopped.
Exit code 2 if some file could not be read (listed at the end), 1 if some text has a diagnostic of severity error.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_folders(parser)
    add_gazetteer(parser)
    add_keep(parser)
    parser.epilog = _EPILOG
    parser.add_argument("--output", "-o", type=Path, required=True, metavar="FILE", help="the file to write")
    parser.add_argument(
        "--shape",
        choices=_SHAPES,
        default="wide",
        help="a row is a report, a target or a task (default: wide)",
    )
    parser.add_argument(
        "--indicators",
        nargs="+",
        metavar="ID",
        help="of the wide panel: ids or names, or all (default: the fourteen usual ones)",
    )
    parser.add_argument(
        "--actual",
        action="store_true",
        help="what was reached in the year of review, not what is aimed at (wide and long)",
    )
    parser.add_argument(
        "--headings", choices=("name", "zh", "en"), default="name", help="of CSV and xlsx (default: name)"
    )
    add_values(parser)


def run(args: argparse.Namespace) -> Exit:
    """Read, shape, write, tell the failures."""
    output: Path = args.output
    known = {*FORMATS, *((".docx",) if args.shape == "tasks" else ())}
    if output.suffix.lower() not in known:
        tasks = "; .docx is for --shape tasks" if output.suffix.lower() == ".docx" else ""
        raise ZfreportError(f"{output}: want a suffix of {' '.join(sorted(known))}{tasks}")
    files = files_of(args)
    writable(output)
    pa = need_pyarrow()
    need_package(output.suffix)
    if args.indicators not in (None, ["all"]):
        args.indicators = [indicator_of(name) for name in args.indicators]
    stated = "facts" if args.actual else "targets"
    names = {"wide": ("reports", stated), "long": ("reports", stated), "tasks": ("tasks",)}[args.shape]
    work = Tabulate(names, resolver=resolver_of(args))
    state = state_of(args)
    tally = Tally()
    found: dict[str, list[Any]] = {name: [] for name in names}
    for result in watched(results_of(args, files, work, state), len(files), args.quiet):
        tally.add(result)
        if result.value is not None:
            for name, batch in result.value.tables.items():
                found[name].append(batch)
    tables = {name: pa.Table.from_batches(batches, arrow_schema(name)) for name, batches in found.items()}
    table = _shape(args, tables, {copy: original for copy, original, _ in tally.copies()})
    table = spoken(table, args.values)
    if output.suffix.lower() == ".docx":
        task_docx(table, output, language="en" if args.headings == "en" else "zh")
    else:
        write(table, output, headings=args.headings)
    print(output)
    forget(args)
    tally.tell()
    return tally.code


def _shape(
    args: argparse.Namespace, tables: dict[str, pyarrow.Table], copies: dict[str, str]
) -> pyarrow.Table:
    if args.shape == "tasks":
        return task_table(tables["tasks"])
    stated = tables["facts" if args.actual else "targets"]
    modality = "actual" if args.actual else "target"
    if args.shape == "long":
        return long_panel(stated, modality=modality, reports=tables["reports"], copies=copies)
    indicators = None if args.indicators == ["all"] else args.indicators or MAIN_INDICATORS
    return wide_panel(tables["reports"], stated, indicators, modality=modality, copies=copies)
