"""Files to text: encodings, HTML, docx, PDF, tables of texts. The only reader of files."""

from __future__ import annotations

import errno
import os
import stat
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from ..errors import ReadError, expect, nearest
from .document import Document, Place
from .encoding import Decoded, decode_bytes, sniff
from .limits import DEFAULT_LIMITS, Limits

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..report import Report

__all__ = [
    "DEFAULT_LIMITS",
    "SUFFIXES",
    "Decoded",
    "Document",
    "Limits",
    "Place",
    "decode_bytes",
    "documents",
    "load",
    "read",
    "read_bytes",
]

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".doc": "text",  # often a page, a docx or a text under that name; an old Word file is refused, not left out in silence
    ".wps": "text",
    ".rtf": "text",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xhtml": "html",
    ".mht": "mhtml",
    ".mhtml": "mhtml",
    ".docx": "docx",
    ".docm": "docx",
    ".pdf": "pdf",
    ".csv": "csv",
    ".tsv": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".parquet": "parquet",
    ".xlsx": "xlsx",
}
"""What a folder run takes up, and the format each suffix promises. The first bytes of the file have the last word."""


def read(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    encoding: str | None = None,
    lossy: bool = False,
    column: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """
    The text of a file, and where each character of it stands in the file (`Document.place`).

    *format* (``text html mhtml docx pdf csv jsonl json parquet xlsx``) is told from the first bytes and the suffix if not
    given; *encoding* is detected (see `decode_bytes`); *lossy* allows damaged bytes, which `Document.lossy` then states.
    A table of texts gives all its texts one below the other, with rows as places: use `documents` for one by one, and
    *column* to name the column that holds them.

    Raises `ReadError`, whose ``reason`` says why; `OSError` if the file cannot be opened; `MissingExtraError` if the
    format needs a package that is not installed.
    """
    data, name = _load(path, limits)
    try:
        return evolve(
            read_bytes(
                data, name, format=format, encoding=encoding, lossy=lossy, column=column, limits=limits
            ),
            path=name,
        )
    except ReadError as error:
        raise error.at(name) from None


def documents(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    encoding: str | None = None,
    lossy: bool = False,
    column: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Iterator[Document]:
    """Like `read`, one `Document` per row where a row is a report; one document from every other format."""
    data, name = _load(path, limits)
    try:
        kind = format or _format(data, name)
        for document in _documents(data, kind, encoding, lossy, column, limits):
            yield evolve(document, path=name)
    except ReadError as error:
        raise error.at(name) from None


def read_bytes(
    data: bytes,
    name: str = "",
    *,
    format: str | None = None,
    encoding: str | None = None,
    lossy: bool = False,
    column: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
) -> Document:
    """
    Like `read`, for a file already in memory; *name* is only looked at for its suffix.

    >>> read_bytes("各位代表：".encode("utf-16")).encoding
    'utf-16-le'
    """
    expect(
        data,
        (bytes, bytearray),
        "read_bytes wants bytes",
        "; zfreport.parse takes text" * isinstance(data, str),
    )
    expect(limits, Limits, "want limits as zfreport.io.Limits")
    limits.check_size(len(data))
    kind = format or _format(data, name)
    found = list(_documents(data, kind, encoding, lossy, column, limits))
    if len(found) == 1:
        return found[0]
    if not found:
        raise ReadError("no_text", "no row holds a text")
    limits.check_chars(sum(len(d.text) for d in found))
    text, places, at = [], [], 0
    for document in found:
        places.append(document.places[0]._replace(start=at))
        text.append(document.text)
        at += len(document.text) + 1
    return evolve(found[0], text="\n".join(text), places=tuple(places), fields={})


def load(
    path: str | os.PathLike[str],
    *,
    format: str | None = None,
    encoding: str | None = None,
    lossy: bool = False,
    column: str | None = None,
    limits: Limits = DEFAULT_LIMITS,
    **options: Any,
) -> tuple[Report, ...]:
    """
    Every report of a file: `read`, then `zfreport.parse_all` with *options*. Row by row where a row is a report.

    Offsets are into the text that `read` (or, for tables, `documents`) gives.
    """
    from ..parser import parse_all

    found: list[Report] = []
    for document in documents(
        path, format=format, encoding=encoding, lossy=lossy, column=column, limits=limits
    ):
        found.extend(parse_all(document.text, **options))
    return tuple(found)


def _load(path: str | os.PathLike[str], limits: Limits) -> tuple[bytes, str]:
    hint = ""
    if isinstance(path, bytes | bytearray):
        hint = "; zfreport.io.read_bytes reads what is in memory"
    elif isinstance(path, Document):
        hint = "; it is read already: zfreport.parse takes its .text"
    expect(path, (str, os.PathLike), "want the path of a file", hint)
    expect(limits, Limits, "want limits as zfreport.io.Limits")
    name = os.fspath(path)
    status = os.stat(name)  # before it is opened: a pipe that nobody writes to would never be
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError(errno.EISDIR, "this is a folder; zfreport.batch.tabulate reads folders", name)
    if not stat.S_ISREG(status.st_mode):
        raise ReadError("format", "not an ordinary file", name)
    try:
        limits.check_size(status.st_size)
    except ReadError as error:
        raise error.at(name) from None
    with open(name, "rb") as file:
        return file.read(limits.max_bytes), name


def _format(data: bytes, name: str) -> str:
    if not data:
        raise ReadError("empty", "the file is empty")
    suffix = Path(name).suffix.lower()
    promised = SUFFIXES.get(suffix)
    if data.startswith(b"PK\x03\x04"):
        return _archive_format(data)
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"PAR1"):
        return "parquet"
    if promised in ("docx", "pdf", "parquet", "xlsx"):
        kind = sniff(data) or "something else"
        raise ReadError("damaged", f"the name says {promised}, but this is {kind}")
    if promised not in (None, "text"):
        return str(promised)
    head = data[:4096].lower()
    return "html" if b"<html" in head or b"<!doctype html" in head else "text"


def _archive_format(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise ReadError("damaged", f"a damaged zip archive (docx, xlsx): {error}") from None
    if "word/document.xml" in names:
        return "docx"
    if "xl/workbook.xml" in names:
        return "xlsx"
    raise ReadError("format", "a zip archive that is neither docx nor xlsx: unpack it first")


def _documents(
    data: bytes, kind: str, encoding: str | None, lossy: bool, column: str | None, limits: Limits
) -> Iterator[Document]:
    match kind:
        case "text":
            decoded = decode_bytes(data, encoding, lossy=lossy)
            limits.check_chars(len(decoded.text))
            if not decoded.text.strip():
                raise ReadError("empty", "the file holds nothing but white space")
            yield Document(text=decoded.text, format="text", encoding=decoded.encoding, lossy=decoded.lossy)
        case "html":
            from .html import read_html

            yield read_html(data, limits, encoding, lossy=lossy)
        case "mhtml":
            from .html import page_of_archive, read_html

            page, charset = page_of_archive(data)
            yield evolve(read_html(page, limits, encoding or charset, lossy=lossy), format="mhtml")
        case "docx":
            from .docx import read_docx

            yield read_docx(data, limits)
        case "pdf":
            from .pdf import read_pdf

            yield read_pdf(data, limits)
        case _:
            from .rows import ROW_FORMATS, read_rows

            if kind not in ROW_FORMATS:
                known = [*dict.fromkeys(SUFFIXES.values())]
                raise ReadError("format", f"no format named {kind!r} among {known}{nearest(kind, known)}")
            yield from read_rows(data, kind, limits, encoding, lossy=lossy, column=column)
