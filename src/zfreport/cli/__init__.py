"""
The command line. A subcommand is one module with ``configure`` and ``run``, and one line in `zfreport.cli.commands.COMMANDS`.

Exit codes, the same for every subcommand:

=====  ===================================================================================
``0``  everything was read, and no text has a diagnostic of severity ``error``
``1``  everything was read, and some text has one, or ``check --strict`` met a warning
``2``  wrong usage, or a file could not be read or written; the other files were done
=====  ===================================================================================
"""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from ..errors import ZfreportError, nearest
from .commands import COMMANDS, misspelt
from .exits import Exit
from .telling import complain, told

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["COMMANDS", "Command", "Exit", "argument_parser", "main"]

_DESCRIPTION = (
    "Read Chinese government work reports (政府工作报告): outline, numbers and targets, each with its place."
)

_EPILOG = """\
examples:
  zfreport report.txt                 the outline and what was noticed
  zfreport 2023.txt 2024.txt          several files, one after the other
  cat report.txt | zfreport -         from standard input
  zfreport --json report.txt          the whole tree, one JSON object per report and line
  zfreport ./targets                  a file whose name is that of a command
  zfreport targets report.txt         what the report promises in numbers
  zfreport panel reports/ -o all.xlsx a folder as a table

exit codes:
  0  everything was read, and no text has a diagnostic of severity error
  1  everything was read, and some text has one, or check --strict met a warning
  2  wrong usage, or a file could not be read; the others were done

zfreport COMMAND --help tells about a command. Documentation: docs/ beside the source.
"""


class Command(Protocol):
    """What a subcommand's module offers."""

    def configure(self, parser: argparse.ArgumentParser) -> None:
        """Add the arguments, the description and the examples."""

    def run(self, args: argparse.Namespace) -> Exit:
        """Do the work; unreadable files are told on standard error and the rest goes on."""


def _load(name: str) -> Command:
    return cast("Command", import_module(f"{__name__}.{name}"))


def argument_parser(command: str) -> argparse.ArgumentParser:
    """The parser of one subcommand."""
    from .. import __version__

    listing = "\n".join(f"  {name:<11} {summary}" for name, summary in COMMANDS.items())
    default = command == "outline"
    parser = argparse.ArgumentParser(
        prog="zfreport" if default else f"zfreport {command}",
        description=f"{_DESCRIPTION}\n\ncommands:\n{listing}" if default else COMMANDS[command],
        epilog=_EPILOG if default else None,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"zfreport {__version__}")
    _load(command).configure(parser)
    if default:
        parser.usage = parser.format_usage().removeprefix("usage: ").rstrip() + "\n       zfreport COMMAND …"
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line with *argv* (default: the program's own) and return the exit code."""
    arguments = list(sys.argv[1:] if argv is None else argv)
    command = arguments.pop(0) if arguments and arguments[0] in COMMANDS else "outline"
    _utf8()
    parser = argument_parser(command)
    args, unknown = parser.parse_known_args(arguments)
    if unknown:
        meant = _meant(parser, unknown) or (misspelt(arguments[0]) if command == "outline" else "")
        parser.error(f"unrecognized arguments: {' '.join(unknown)}{meant}")
    try:
        code = _load(command).run(args)
        sys.stdout.flush()
    except BrokenPipeError:  # the reader of our output, head or less, has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130
    except (ZfreportError, OSError) as error:
        complain(told(error))
        return Exit.FAILED
    return code


def _meant(parser: argparse.ArgumentParser, unknown: Sequence[str]) -> str:
    """The option that was probably meant, as the end of a message."""
    options = [option for action in parser._actions for option in action.option_strings]
    words = (word.partition("=")[0] for word in unknown if word.startswith("--"))
    return next(filter(None, (nearest(word, options) for word in words)), "")


def _utf8() -> None:
    """Redirected output is UTF-8 everywhere; a terminal keeps its encoding, and what it cannot show is escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:  # replaced by a test or a notebook
            continue
        if stream.isatty() or "PYTHONIOENCODING" in os.environ:
            reconfigure(errors="backslashreplace")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace")
