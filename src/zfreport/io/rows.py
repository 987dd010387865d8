"""Tables whose rows are reports: CSV, JSON Lines, Parquet, xlsx. One row at a time, however long the file."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError, ReadError, nearest
from .document import Document, Place
from .encoding import decode_bytes

if TYPE_CHECKING:
    from .limits import Limits

__all__ = ["ROW_FORMATS", "read_rows"]

Row = Mapping[str, object]

_NAMES = (
    *("text", "content", "body", "fulltext", "full_text"),
    *(
        "正文",
        "内容",
        "全文",
        "文本",
        "报告全文",
        "报告正文",
        "政府工作报告全文",
        "正文内容",
        "文本内容",
        "報告全文",
        "內容",
    ),
)
_PROSE = (
    200  # characters: a column most of whose cells are longer holds texts; one with a long remark does not
)
_EXCEL_CELL = 32_767  # Excel keeps no more characters in a cell, and cuts without a word


def read_rows(
    data: bytes,
    format: str,
    limits: Limits,
    encoding: str | None = None,
    *,
    lossy: bool = False,
    column: str | None = None,
) -> Iterator[Document]:
    """
    Each row's text as a `Document` whose `Document.fields` are the other columns, in file order.

    *column* names the column of texts; without it the usual names (正文, text, content …) are tried, then the only one
    that holds prose. Rows without text are left out. Raises `ReadError` (``column``, ``encoding``, ``damaged``).
    """
    codec, lost, rows = _FORMATS[format](data, limits, encoding, lossy)
    head: list[tuple[int, Row]] = []
    for number, row in rows:
        head.append((number, row))
        if len(head) == 20:
            break
    if not head:
        raise ReadError("empty", "the table has no rows")
    name = _text_column([row for _, row in head], column)

    def all_rows() -> Iterator[tuple[int, Row]]:
        yield from head
        yield from rows

    for number, row in all_rows():
        text = row.get(name)
        if not isinstance(text, str) or not text.strip():
            continue
        limits.check_chars(len(text))
        cut = format == "xlsx" and len(text) >= _EXCEL_CELL - 1
        yield Document(
            text=text,
            format=format,
            encoding=codec,
            lossy=lost,
            places=(Place(0, row=number),),
            fields={k: v for k, v in row.items() if k != name},
            notes=("the cell is as long as Excel allows: the text is probably cut",) if cut else (),
        )


def _text_column(rows: list[Row], column: str | None) -> str:
    known = list(dict.fromkeys(k for row in rows for k in row))
    if column is not None:
        if column not in known:
            raise ReadError("column", f"no column {column!r} among {known[:20]}{nearest(column, known)}")
        return column
    folded = {k.strip().lower(): k for k in known}
    for name in _NAMES:
        if name in folded:
            return folded[name]
    prose = {k for k in known if 2 * sum(len(str(row.get(k) or "")) > _PROSE for row in rows) > len(rows)}
    if len(prose) == 1:
        return prose.pop()
    raise ReadError("column", f"which of the columns {known[:20]} holds the texts? name it: column=…")


_Read = tuple[str, bool, Iterator[tuple[int, Row]]]  # encoding, lossy, numbered rows


def _read_csv(data: bytes, limits: Limits, encoding: str | None, lossy: bool) -> _Read:
    decoded = decode_bytes(data, encoding, lossy=lossy)
    # The module's limit on a cell is 131 072 characters and global; it is only ever raised, so threads do not fight.
    if csv.field_size_limit() < limits.max_chars:
        csv.field_size_limit(limits.max_chars)
    first = decoded.text[: decoded.text.find("\n")] if "\n" in decoded.text else decoded.text
    delimiter = max(",\t;", key=first.count)
    reader = csv.DictReader(
        io.StringIO(decoded.text, newline=""), delimiter=delimiter, restkey="", restval=None
    )

    def rows() -> Iterator[tuple[int, Row]]:
        try:
            for number, row in enumerate(reader, 1):
                yield number, {k.strip(): v for k, v in row.items() if k}
        except csv.Error as error:
            raise ReadError("damaged", f"not a readable CSV after line {reader.line_num}: {error}") from None

    return decoded.encoding, decoded.lossy, rows()


def _read_jsonl(data: bytes, limits: Limits, encoding: str | None, lossy: bool) -> _Read:
    decoded = decode_bytes(data, encoding, lossy=lossy)

    def rows() -> Iterator[tuple[int, Row]]:
        for number, line in enumerate(io.StringIO(decoded.text, newline="\n"), 1):
            if line.strip():
                yield number, _object(_parse(line, f"line {number}"), f"line {number}")

    return decoded.encoding, decoded.lossy, rows()


def _read_json(data: bytes, limits: Limits, encoding: str | None, lossy: bool) -> _Read:
    decoded = decode_bytes(data, encoding, lossy=lossy)
    value = _parse(decoded.text, "the file")
    items: Iterable[Any] = value if isinstance(value, list) else [value]
    rows = ((n, _object(v, f"record {n}")) for n, v in enumerate(items, 1))
    return decoded.encoding, decoded.lossy, rows


def _parse(text: str, where: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReadError("damaged", f"{where} is not JSON: {error}") from None


def _object(value: Any, where: str) -> Row:
    if not isinstance(value, dict):
        raise ReadError("damaged", f"{where} is no JSON object with named fields")
    return value


def _read_parquet(data: bytes, limits: Limits, encoding: str | None, lossy: bool) -> _Read:
    try:
        import pyarrow
        import pyarrow.parquet as parquet
    except ImportError:
        raise MissingExtraError("tables", "pyarrow") from None
    try:
        file = parquet.ParquetFile(pyarrow.BufferReader(data))
    except (pyarrow.ArrowException, OSError) as error:
        raise ReadError("damaged", f"not a readable Parquet file: {error}") from None
    for group in range(file.metadata.num_row_groups):
        if file.metadata.row_group(group).total_byte_size > limits.max_unpacked:
            raise ReadError("limit", f"row group {group} unpacks to more than max_unpacked allows")

    def rows() -> Iterator[tuple[int, Row]]:
        number = 0
        try:
            for batch in file.iter_batches(batch_size=64):
                for row in batch.to_pylist():
                    number += 1
                    yield number, row
        except (pyarrow.ArrowException, OSError) as error:
            raise ReadError("damaged", f"not a readable Parquet file after row {number}: {error}") from None

    return "utf-8", False, rows()


def _read_xlsx(data: bytes, limits: Limits, encoding: str | None, lossy: bool) -> _Read:
    limits.check_archive(data)
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError("excel", "openpyxl") from None
    try:
        sheet = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        table = sheet.iter_rows(values_only=True)
        names = [str(v).strip() if v is not None else "" for v in next(table, ())]
    except Exception as error:  # openpyxl raises whatever its XML happens to break on
        raise ReadError("damaged", f"not a readable xlsx: {error or type(error).__name__}") from None

    def rows() -> Iterator[tuple[int, Row]]:
        for number, values in enumerate(table, 2):  # as Excel numbers them: the names stand in row 1
            yield number, {k: v for k, v in zip(names, values, strict=False) if k}

    return "utf-8", False, rows()


_FORMATS = {
    "csv": _read_csv,
    "jsonl": _read_jsonl,
    "json": _read_json,
    "parquet": _read_parquet,
    "xlsx": _read_xlsx,
}

ROW_FORMATS = frozenset(_FORMATS)
"""The formats in which a row is a report."""
