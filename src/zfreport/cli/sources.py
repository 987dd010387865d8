"""Files named on the command line, read one after the other; what cannot be read is told and passed over."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from attrs import frozen

from ..errors import ReadError, ZfreportError
from .exits import Exit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

__all__ = ["Sources", "add_files"]

STDIN = "-"


def add_files(parser: argparse.ArgumentParser) -> None:
    """The arguments that every command over files takes."""
    parser.add_argument("files", nargs="+", metavar="FILE", help="a file with a report; - is standard input")
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        help="encoding of the files, when it should not be found out (UTF-8, with or without BOM, UTF-16, GB18030 and Big5 are)",
    )


@frozen
class _Source:
    path: str
    text: str


class Sources:
    """Iterate for the texts; `code` then says whether all could be read."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._paths: list[str] = args.files
        self._encoding: str | None = args.encoding
        self.code = Exit.CLEAN

    def __iter__(self) -> Iterator[_Source]:
        for path in self._paths:
            try:
                text = _text(path, self._encoding)
            except (OSError, ZfreportError) as error:
                sys.stdout.flush()
                print(f"zfreport: {path}: {_reason(error)}", file=sys.stderr)
                self.code = Exit.FAILED
            else:
                yield _Source("stdin" if path == STDIN else path, text)


def _text(path: str, encoding: str | None) -> str:
    from ..io import decode_bytes

    if path == STDIN:
        data = sys.stdin.buffer.read()
    else:
        with open(path, "rb") as file:
            data = file.read()
    return decode_bytes(data, encoding).text


def _reason(error: OSError | ZfreportError) -> str:
    if isinstance(error, ReadError):
        return error.message
    if isinstance(error, OSError) and error.strerror:
        return error.strerror[0].lower() + error.strerror[1:]
    return str(error)
