"""``zfreport export DIR``: every table of every report of a folder, as files of one format."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ..frames import FORMATS, TABLES, arrow_schema, open_writer
from .folders import Tally, add_folders, files_of, forget, results_of, state_of, watched, writable

if TYPE_CHECKING:
    import argparse

    from ..frames.export import Writer
    from .exits import Exit

__all__ = ["configure", "run"]

_SUFFIX = {kind: suffix for suffix, kind in FORMATS.items()}
_EPILOG = """\
examples:
  zfreport export reports/ --to parquet -o tables/        all tables, one file each
  zfreport export reports/ --to csv --headings zh         CSV for Excel, with Chinese headings
  zfreport export reports/ --to stata --tables targets    one table, with labels

The columns are described in the documentation; file and report join all tables. An interrupted run goes on where it
stopped when the same command is given again. A file that cannot be read never stops the run: failures are listed at
the end, and the exit code is then 2 (1: all files read, some text has a diagnostic of severity error).
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_folders(parser)
    parser.epilog = _EPILOG
    parser.add_argument(
        "--to", choices=sorted(_SUFFIX), default="csv", help="format of the files (default: csv)"
    )
    parser.add_argument(
        "--output", "-o", type=Path, default=Path("zfreport-tables"), metavar="DIR", help="folder for them"
    )
    parser.add_argument(
        "--tables",
        nargs="+",
        choices=TABLES,
        default=list(TABLES),
        metavar="TABLE",
        help=f"of {' '.join(TABLES)}",
    )
    parser.add_argument(
        "--headings", choices=("name", "zh", "en"), default="name", help="of CSV and xlsx (default: name)"
    )


def run(args: argparse.Namespace) -> Exit:
    """Read, write table by table, tell the failures."""
    files = files_of(args)
    output: Path = args.output
    writable(output / "x")
    names = tuple(name for name in TABLES if name in args.tables)
    state = state_of(output)
    tally = Tally()
    writers: dict[str, Writer] = {}
    try:
        for name in names:
            path = output / f"{name}{_SUFFIX[args.to]}"
            writers[name] = open_writer(args.to, path, arrow_schema(name), headings=args.headings)
        for result in watched(results_of(args, files, names, state), len(files), args.quiet):
            tally.add(result)
            if result.value is not None:
                for name, batch in result.value.tables.items():
                    writers[name].add(batch)
    except BaseException:
        for writer in writers.values():
            writer.discard()
        raise
    for name, writer in writers.items():
        writer.close()
        print(output / f"{name}{_SUFFIX[args.to]}")
    forget(state)
    tally.tell()
    return tally.code
