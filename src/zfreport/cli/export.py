"""``zfreport export DIR``: every table of every report of a folder, as files of one format."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ..batch import Tabulate
from ..errors import ZfreportError
from ..frames import FORMATS, TABLES, arrow_schema, open_writer
from ..frames.export import need_package
from ..frames.schema import need_pyarrow
from ..io import decode_bytes
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

if TYPE_CHECKING:
    import argparse

    from ..frames.columns import Dictionary
    from ..frames.export import Writer
    from .exits import Exit

__all__ = ["configure", "run"]

_SUFFIX = {kind: suffix for suffix, kind in FORMATS.items()}
_BY = ("report", "part", "section", "item")
_EPILOG = """\
examples:
  zfreport export reports/ --to parquet -o tables/        all tables, one file each
  zfreport export reports/ --headings zh --values zh      CSV for Excel, in Chinese throughout
  zfreport export reports/ --to stata --tables targets    one table, with labels
  zfreport export reports/ --to xlsx --tables attention --dictionary words.txt --by report part
                                                          how often your words occur

The columns are described in the documentation; file and report join all tables. An interrupted run goes on where it
stopped when the same command is given again. A file that cannot be read never stops the run: failures are listed at
the end, and the exit code is then 2 (1: all files read, some text has a diagnostic of severity error).
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_folders(parser)
    add_gazetteer(parser)
    add_keep(parser)
    parser.epilog = _EPILOG
    parser.add_argument(
        "--to", choices=sorted(_SUFFIX), default="csv", help="format of the files (default: csv)"
    )
    parser.add_argument(
        "--output", "-o", type=Path, default=Path("zfreport-tables"), metavar="DIR", help="folder for them"
    )
    parser.add_argument(
        "--dictionary",
        type=Path,
        metavar="FILE",
        help="words to count for the table attention: JSON {topic: [words]}, or lines of topic and word with a tab, comma or blank between",
    )
    parser.add_argument(
        "--by",
        nargs="+",
        choices=_BY,
        metavar="KIND",
        help=f"rows of the table attention: {' '.join(_BY)} (default: all)",
    )
    parser.add_argument(
        "--tables",
        nargs="+",
        choices=TABLES,
        metavar="TABLE",
        help=f"of {' '.join(TABLES)} (default: all, attention with a dictionary only)",
    )
    parser.add_argument(
        "--headings", choices=("name", "zh", "en"), default="name", help="of CSV and xlsx (default: name)"
    )
    add_values(parser)


def run(args: argparse.Namespace) -> Exit:
    """Read, write table by table, tell the failures."""
    files = files_of(args)
    output: Path = args.output
    writable(output / "x")
    need_package(_SUFFIX[args.to])
    dictionary = _dictionary(args.dictionary) if args.dictionary else None
    asked = args.tables or [name for name in TABLES if dictionary or name != "attention"]
    if "attention" in asked and not dictionary:
        raise ZfreportError("the table attention needs --dictionary")
    if args.by and "attention" not in asked:
        raise ZfreportError("--by is of the table attention, which needs --dictionary")
    names = tuple(name for name in TABLES if name in asked)
    work = Tabulate(names, dictionary, resolver_of(args))
    state = state_of(args)
    tally = Tally()
    writers: dict[str, Writer] = {}
    try:
        for name in names:
            path = output / f"{name}{_SUFFIX[args.to]}"
            schema = spoken(arrow_schema(name).empty_table(), args.values).schema
            writers[name] = open_writer(args.to, path, schema, headings=args.headings)
        for result in watched(results_of(args, files, work, state), len(files), args.quiet):
            tally.add(result)
            if result.value is not None:
                for name, batch in result.value.tables.items():
                    table = need_pyarrow().Table.from_batches([batch])
                    if name == "attention" and args.by:
                        wanted = [kind in args.by for kind in table.column("kind").to_pylist()]
                        table = table.filter(need_pyarrow().array(wanted, "bool"))
                    for part in spoken(table, args.values).to_batches():
                        writers[name].add(part)
    except BaseException:
        for writer in writers.values():
            writer.discard()
        raise
    for name, writer in writers.items():
        writer.close()
        print(output / f"{name}{_SUFFIX[args.to]}")
    forget(args)
    tally.tell()
    return tally.code


def _dictionary(path: Path) -> Dictionary:
    """Topics and their words, from JSON or from lines of topic and word; a lone word is its own topic."""
    text = decode_bytes(path.read_bytes()).text
    if path.suffix.lower() == ".json":
        try:
            found = json.loads(text)
            return {str(t): (w,) if isinstance(w, str) else tuple(map(str, w)) for t, w in found.items()}
        except (ValueError, AttributeError, TypeError) as error:
            raise ZfreportError(f"{path}: want {{topic: [words]}}: {error}") from None
    topics: dict[str, list[str]] = {}
    for line in text.splitlines():
        topic, _, word = re.sub(r"[,，\t]|(?<=\S)\s+(?=\S)", "\t", line.strip(), count=1).partition("\t")
        if topic.strip() and not topic.startswith("#"):
            topics.setdefault(topic.strip(), []).append(word.strip() or topic.strip())
    return {topic: tuple(words) for topic, words in topics.items()}
