"""``zfreport check DIR``: what was not understood, file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from ..batch import run as run_all
from ..diagnostics import Severity
from ..parser import parse_all
from ..render.outline import printable
from ..text import LineIndex
from .exits import Exit
from .folders import add_folders, files_of, reading_of, watched

if TYPE_CHECKING:
    import argparse

    from ..batch import Job

__all__ = ["configure", "run"]

_EPILOG = """\
examples:
  zfreport check reports/               one line per file: what was found, what was not understood
  zfreport check reports/ --all         and every diagnostic and unexplained number, with its place
  zfreport check reports/ --strict      exit with 1 for warnings too

Exit code 2 if some file could not be read (listed at the end), 1 if some text has a diagnostic of severity error.
"""


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    add_folders(parser)
    parser.epilog = _EPILOG
    parser.add_argument(
        "--all", action="store_true", help="list every diagnostic and every unexplained number"
    )
    parser.add_argument("--strict", action="store_true", help="count warnings as errors")


@frozen
class _Findings:
    """What `check` says about one file; small, so that it travels between processes for nothing."""

    reports: int
    headings: int
    quantities: int
    unexplained: int
    warnings: int
    errors: int
    lines: tuple[str, ...]


@frozen
class _Check:
    """Work for `zfreport.batch.run`."""

    details: bool

    def __call__(self, job: Job) -> _Findings:
        reports = headings = quantities = unexplained = warnings = errors = 0
        lines: list[str] = []
        for document in job.documents():
            index = LineIndex(document.text)
            for report in parse_all(document.text):
                reports += 1
                headings += sum(node.title_span is not None for node in report.walk())
                quantities += len(report.quantities)
                unexplained += len(report.unexplained)
                warnings += sum(d.severity is Severity.WARNING for d in report.diagnostics)
                errors += sum(d.severity is Severity.ERROR for d in report.diagnostics)
                if not self.details:
                    continue
                path = (
                    f"{job.file}[{document.places[0].row}]"
                    if document.places and document.fields
                    else job.file
                )
                lines.extend(d.render(report.source, path=path, index=index) for d in report.diagnostics)
                for span in report.unexplained:
                    line, column = index.place(span.start)
                    around = report.source[max(0, span.start - 8) : span.end + 8].replace("\n", " ")
                    lines.append(f"{path}:{line}:{column}: unexplained number: …{around}…")
        return _Findings(reports, headings, quantities, unexplained, warnings, errors, tuple(lines))


def run(args: argparse.Namespace) -> Exit:
    """Check every file and tell."""
    files = files_of(args)
    code = Exit.CLEAN
    failures = []
    print("reports headings numbers unexplained warnings errors  file")
    for result in watched(
        run_all(files, _Check(args.all), reading=reading_of(args), workers=args.jobs), len(files), args.quiet
    ):
        found = result.value
        if found is None:
            failures.append(result)
            print(f"{'failed':>54}  {printable(result.job.file)}: {printable(result.message)}")
            continue
        if found.errors or (args.strict and found.warnings):
            code = max(code, Exit.FOUND)
        print(
            f"{found.reports:7} {found.headings:8} {found.quantities:7} {found.unexplained:11} {found.warnings:8} "
            f"{found.errors:6}  {printable(result.job.file)}"
        )
        for block in found.lines:
            print("\n".join("  " + printable(line) for line in block.split("\n")))
    if failures:
        print(f"\n{len(failures)} of {len(files)} files failed:")
        for result in failures:
            print(f"  {printable(result.job.file)}: {printable(result.message)} [{result.reason}]")
    return Exit.FAILED if failures else code
