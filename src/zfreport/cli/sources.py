"""Files named on the command line, read one after the other; what cannot be read is told and passed over."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..errors import ReadError, ZfreportError
from ..io import documents, read_bytes
from .exits import Exit

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from ..io import Document

__all__ = ["Sources", "add_files"]

STDIN = "-"


def add_files(parser: argparse.ArgumentParser) -> None:
    """The arguments that every command over files takes."""
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="text, HTML, docx or PDF, or a table of texts; - is standard input",
    )
    parser.add_argument(
        "--encoding",
        metavar="NAME",
        help="encoding of text files, when it should not be found out (UTF-8, UTF-16, GB18030 and Big5 are)",
    )


class Sources:
    """Iterate for names and documents; `code` then says whether all could be read."""

    def __init__(self, args: argparse.Namespace) -> None:
        self._paths: list[str] = args.files
        self._encoding: str | None = args.encoding
        self.code = Exit.CLEAN

    def __iter__(self) -> Iterator[tuple[str, Document]]:
        for path in self._paths:
            try:
                if path == STDIN:
                    yield "stdin", read_bytes(sys.stdin.buffer.read(), encoding=self._encoding)
                    continue
                for number, document in enumerate(documents(path, encoding=self._encoding)):
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
        elif isinstance(error, OSError) and error.strerror:
            reason = error.strerror[0].lower() + error.strerror[1:]
        sys.stdout.flush()
        print(f"zfreport: {path}: {reason}", file=sys.stderr)
        self.code = Exit.FAILED
