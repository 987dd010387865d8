"""Files named on the command line, read one after the other; what cannot be read is told and passed over."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..errors import ReadError, ZfreportError
from ..io import documents, read, read_bytes
from .commands import misspelt
from .exits import Exit
from .telling import complain

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from ..io import Document

__all__ = ["Sources", "add_encoding", "add_files", "read_one"]

_STDIN = "-"


def add_files(parser: argparse.ArgumentParser) -> None:
    """The arguments that every command over files takes."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="text, HTML, docx or PDF, or a table of texts; - is standard input",
    )
    add_encoding(parser)


def add_encoding(parser: argparse.ArgumentParser) -> None:
    """The arguments that say how bytes are read."""
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        help="encoding of text files, when it should not be found out (UTF-8, UTF-16, GB18030 and Big5 are)",
    )
    parser.add_argument(
        "--lossy", action="store_true", help="read damaged bytes as U+FFFD instead of refusing the file"
    )


def read_one(args: argparse.Namespace, path: str) -> Document:
    """The text of a file, or of standard input; a table of texts as one text. Raises as `zfreport.read`."""
    if path == _STDIN:
        return read_bytes(sys.stdin.buffer.read(), encoding=args.encoding, lossy=args.lossy)
    return read(path, encoding=args.encoding, lossy=args.lossy)


class Sources:
    """Iterate for names and documents; `code` then says whether all could be read."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._args = args
        self.code = Exit.CLEAN

    def __iter__(self) -> Iterator[tuple[str, Document]]:
        for path in self._args.files:
            try:
                if path == _STDIN:
                    yield "stdin", read_one(self._args, path)
                    continue
                found = documents(path, encoding=self._args.encoding, lossy=self._args.lossy)
                for number, document in enumerate(found):
                    row = document.place(0).row if number or document.fields else None
                    yield (f"{path} row {row}" if row else path), document
            except (OSError, ZfreportError) as error:
                self._tell(path, error)

    def _tell(self, path: str, error: OSError | ZfreportError) -> None:
        if isinstance(error, BrokenPipeError):  # ours, not the file's
            raise error
        reason = str(error)
        if isinstance(error, ReadError):
            reason = error.message
        elif isinstance(error, IsADirectoryError):
            reason = "this is a folder; the commands check, panel and export read folders"
        elif isinstance(error, OSError) and error.strerror:
            reason = error.strerror[0].lower() + error.strerror[1:]
            if isinstance(error, FileNotFoundError):
                reason += misspelt(path)
        complain(f"{path}: {reason}")
        self.code = Exit.FAILED
