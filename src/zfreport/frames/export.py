"""
Tables to files: CSV that Excel opens, xlsx, Parquet, Stata 118, JSON Lines.

Writers take one Arrow batch after the other, so that a folder of any size is written with a bounded memory (Stata
excepted: its format needs the whole table), and a file appears under its name only when it is complete.
"""

from __future__ import annotations

import csv
import json
import os
from decimal import Decimal
from importlib.util import find_spec
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from ..errors import MissingExtraError, UnknownNameError, ZfreportError, expect, expect_name
from ..text import width
from .schema import LANGUAGES, expect_table, labels_of, need_pyarrow, table_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import pyarrow

__all__ = ["FORMATS", "TableError", "Writer", "heading", "need_package", "open_writer", "write"]

FORMATS = {".csv": "csv", ".xlsx": "xlsx", ".parquet": "parquet", ".dta": "stata", ".jsonl": "jsonl"}
"""The format each suffix stands for."""

_PACKAGES = {
    ".xlsx": ("excel", "openpyxl", "openpyxl"),
    ".dta": ("pandas", "pandas", "pandas"),
    ".docx": ("docx", "docx", "python-docx"),
}
_EXCEL_ROWS = 1_048_575  # below the headings
_EXCEL_CELL = 32_767
_NARROW = 14
_WIDTHS = {
    **dict.fromkeys(("file", "target", "actual", "target_now"), 30),
    **dict.fromkeys(("path", "title", "numbers", "promises"), 40),
    **dict.fromkeys(("text", "sentence", "message", "target_sentence", "actual_sentence"), 60),
}
"""Of columns, in characters; half as many Chinese ones."""
_LISTS = ("tasks", "pledges", "comparison")


class TableError(ZfreportError, ValueError):
    """A table does not fit into the format asked for."""


class Writer(Protocol):
    """Takes the batches of one or several tables, one after the other."""

    def add(self, batch: pyarrow.RecordBatch) -> None:
        """Append the rows of *batch*."""

    def close(self) -> None:
        """Finish the file and give it its name."""

    def discard(self) -> None:
        """Give the file up; what stood under its name stays."""


def write(table: pyarrow.Table, path: str | os.PathLike[str], *, headings: str = "name") -> Path:
    """
    Write an Arrow table in the format of the suffix of *path* (`FORMATS`).

    *headings*: ``name``, ``zh`` or ``en``, for CSV and xlsx; Parquet and JSON Lines keep the names, Stata carries the
    headings as labels. Raises `UnknownNameError` for other suffixes, `TableError` if the table does not fit.
    """
    if not hasattr(table, "to_batches"):  # a dataset of Arrow has them too
        expect_table(table, "write")
    expect(path, (str, os.PathLike), "write wants a path")
    target = Path(path)
    kind = FORMATS.get(target.suffix.lower())
    if kind is None:
        raise UnknownNameError("format of tables", target.suffix, FORMATS)
    writer = open_writer(kind, target, table.schema, headings=headings)
    try:
        for batch in table.to_batches():
            writer.add(batch)
    except BaseException:
        writer.discard()
        raise
    writer.close()
    return target


def open_writer(
    kind: str, path: str | os.PathLike[str], schema: pyarrow.Schema, *, headings: str = "name"
) -> Writer:
    """A writer of one file; *kind* is one of the values of `FORMATS`."""
    makers: Mapping[str, Callable[[Path, Any, str], Writer]] = {
        "csv": _Csv,
        "xlsx": _Xlsx,
        "parquet": _Parquet,
        "stata": _Stata,
        "jsonl": _JsonLines,
    }
    expect_name("format of tables", kind, makers)
    expect(path, (str, os.PathLike), "open_writer wants a path")
    expect(schema, need_pyarrow().Schema, "open_writer wants the schema of a table of Arrow")
    return makers[kind](Path(path), schema, headings)


def need_package(suffix: str) -> None:
    """Fail before the work if the package that writes such files is not there: `MissingExtraError`."""
    extra, module, package = _PACKAGES.get(suffix.lower(), ("", "", ""))
    if extra and find_spec(module) is None:
        raise MissingExtraError(extra, package)


def heading(field: pyarrow.Field, language: str) -> str:
    """
    The heading of an Arrow field in ``zh`` or ``en``; its name for ``name`` or where it has no other.

    >>> from zfreport.frames.schema import arrow_schema
    >>> heading(arrow_schema("tasks").field("deadline"), "zh")
    '完成时限'
    """
    expect_name("language of headings", language, LANGUAGES)
    found = (field.metadata or {}).get(language.encode())
    return found.decode() if found else str(field.name)


class _Atomic:
    """A file that appears under its name when it is complete."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.path = path
        self.part = path.with_name(f".{path.name}.part")

    def finish(self) -> None:
        os.replace(self.part, self.path)

    def discard(self) -> None:
        self.part.unlink(missing_ok=True)


class _Text(_Atomic):
    """A file of lines."""

    def __init__(self, path: Path, *, encoding: str, newline: str, errors: str) -> None:
        super().__init__(path)
        self.file = self.part.open("w", encoding=encoding, newline=newline, errors=errors)

    def close(self) -> None:
        self.file.close()
        self.finish()

    def discard(self) -> None:
        self.file.close()
        super().discard()


class _Csv(_Text):
    """UTF-8 with a byte order mark, without which Excel shows Chinese as rubbish. Cells are exactly the values."""

    def __init__(self, path: Path, schema: Any, headings: str) -> None:
        names = [heading(f, headings) for f in schema]
        super().__init__(path, encoding="utf-8-sig", newline="", errors="surrogatepass")
        self.rows = csv.writer(self.file)
        self.rows.writerow(names)

    def add(self, batch: Any) -> None:
        self.rows.writerows(zip(*([_plain(v) for v in c.to_pylist()] for c in batch.columns), strict=True))


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return _digits(value)
    return str(value).lower() if isinstance(value, bool) else value


def _digits(value: Decimal) -> str:
    """
    A decimal without exponent and without the zeros the column's scale adds.

    >>> _digits(Decimal("5.500000000000")), _digits(Decimal("473E8"))
    ('5.5', '47300000000')
    """
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


class _JsonLines(_Text):
    """One object per row; decimals as strings, so that nothing is rounded; empty cells are left out."""

    def __init__(self, path: Path, schema: Any, headings: str) -> None:
        super().__init__(path, encoding="utf-8", newline="\n", errors="backslashreplace")

    def add(self, batch: Any) -> None:
        for row in batch.to_pylist():
            cells = {k: _digits(v) if isinstance(v, Decimal) else v for k, v in row.items() if v is not None}
            self.file.write(json.dumps(cells, ensure_ascii=False) + "\n")


class _Parquet(_Atomic):
    """With the schema's metadata: units, headings, meanings."""

    def __init__(self, path: Path, schema: Any, headings: str) -> None:
        super().__init__(path)
        need_pyarrow()
        from pyarrow import parquet

        self.writer = parquet.ParquetWriter(self.part, schema, compression="zstd")
        self.pending: list[Any] = []
        self.rows = 0

    def add(self, batch: Any) -> None:
        # a row group per report would make the file slow to read; some thousand rows are held back
        self.pending.append(batch)
        self.rows += batch.num_rows
        if self.rows >= 20_000:
            self._flush()

    def _flush(self) -> None:
        if self.rows:
            self.writer.write_table(need_pyarrow().Table.from_batches(self.pending))
        self.pending, self.rows = [], 0

    def close(self) -> None:
        self._flush()
        self.writer.close()
        self.finish()

    def discard(self) -> None:
        self.writer.close()
        super().discard()


class _Xlsx(_Atomic):
    """A sheet per table. Text is written as text, so that no cell is taken for a formula."""

    def __init__(self, path: Path, schema: Any, headings: str) -> None:
        super().__init__(path)
        need_package(".xlsx")
        import openpyxl

        self.book = openpyxl.Workbook(write_only=True)
        self.sheet = self._sheet(schema, headings)
        self.rows = 0

    def _sheet(self, schema: Any, headings: str) -> Any:
        from openpyxl.styles import Alignment

        name = table_of(schema) or "table"
        sheet = self.book.create_sheet(name)
        sheet.freeze_panes = "A2"
        self.wrapped = Alignment(wrap_text=True, vertical="top")
        # lists to be read and filled in show all words; of a sentence in a panel the first ones do
        top = Alignment(vertical="top") if name in _LISTS else None
        self.alignments = [self.wrapped if top and f.name in _WIDTHS else top for f in schema]
        # a share is a double of sixteen digits, of which two behind the point are read
        self.formats = ["0.00" if need_pyarrow().types.is_floating(f.type) else "" for f in schema]
        titles = [heading(f, headings) for f in schema]
        for number, (field, title) in enumerate(zip(schema, titles, strict=True), 1):
            broad = _WIDTHS.get(field.name, _NARROW)
            sheet.column_dimensions[_letter(number)].width = max(broad, min(width(title) + 4, 24))
        sheet.append([self._cell(title, self.wrapped, bold=True, sheet=sheet) for title in titles])
        self.last = _letter(max(len(titles), 1))
        return sheet

    def _cell(
        self, value: Any, alignment: Any = None, shown: str = "", *, bold: bool = False, sheet: Any = None
    ) -> Any:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        text = isinstance(value, str)
        if not text and (value is None or (alignment is None and not shown)):
            return value
        cell = WriteOnlyCell(sheet or self.sheet)
        cell.value = _excel_text(value) if text else value
        if text:
            cell.data_type = "s"
        if bold:
            cell.font = Font(bold=True)
        if alignment is not None:
            cell.alignment = alignment
        if shown:
            cell.number_format = shown
        return cell

    def add(self, batch: Any) -> None:
        self.rows += batch.num_rows
        if self.rows > _EXCEL_ROWS:
            raise TableError(
                f"more than {_EXCEL_ROWS:,} rows do not fit into a sheet: write Parquet or CSV instead"
            )
        for values in zip(*(c.to_pylist() for c in batch.columns), strict=True):
            cells = zip(values, self.alignments, self.formats, strict=True)
            self.sheet.append([self._cell(*cell) for cell in cells])

    def close(self) -> None:
        self.sheet.auto_filter.ref = f"A1:{self.last}{self.rows + 1}"
        self.book.save(self.part)
        self.finish()

    def discard(self) -> None:
        self.sheet.close()  # else its generators complain on standard error when they are collected
        self.book.close()
        super().discard()


def _letter(number: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(number))


def _excel_text(text: str) -> str:
    """What a cell can hold: no control characters (shown as their pictures), at most 32 767 characters (the cut is marked)."""
    if not text.isprintable():
        text = "".join(chr(0x2400 + ord(c)) if c < " " and c not in "\t\n\r" else c for c in text)
    return text if len(text) <= _EXCEL_CELL else text[: _EXCEL_CELL - 1] + "…"


class _Stata(_Atomic):
    """
    Stata 14 and later (format 118): variable labels, value labels for enumerations, long strings as strL.

    Stata has no exact decimals: numbers become doubles, exact up to 15 digits.
    """

    def __init__(self, path: Path, schema: Any, headings: str) -> None:
        super().__init__(path)
        need_package(".dta")
        self.schema = schema
        self.language = "en" if headings == "en" else "zh"
        self.batches: list[Any] = []

    def add(self, batch: Any) -> None:
        self.batches.append(batch)

    def close(self) -> None:
        from datetime import datetime

        import pandas

        pa = need_pyarrow()
        table = pa.Table.from_batches(self.batches, self.schema)
        columns: dict[str, Any] = {}
        labels: dict[str, str] = {}
        names = _stata_names(self.schema.names)
        for field in self.schema:
            name = names[field.name]
            labels[name] = heading(field, self.language)[:80]
            column = table.column(field.name)
            columns[name] = (
                self._words(field.name, [v or "" for v in column.to_pylist()])
                if pa.types.is_string(field.type)
                else _numbers(field.type, column)
            )
        pandas.DataFrame(columns).to_stata(
            self.part,
            write_index=False,
            version=118,
            variable_labels=labels,
            convert_strl=[name for name, cells in columns.items() if _is_long(cells)],
            time_stamp=datetime(2000, 1, 1),  # the same table gives the same bytes
            data_label="zfreport",
        )
        self.finish()

    def _words(self, name: str, cells: list[str]) -> Any:
        """An enumeration as categories, which become value labels, or words as they are."""
        import pandas

        known = labels_of(name, table_of(self.schema))
        if known and cells and set(cells) <= {"", *known}:
            which = 1 if self.language == "en" else 0
            words = [pair[which] for pair in known.values()]
            return pandas.Categorical([known[v][which] if v else None for v in cells], words)
        return [v.replace("\0", "\ufffd") for v in cells]  # a null character ends a string in Stata


def _numbers(kind: Any, column: Any) -> Any:
    """Doubles; whole numbers stay whole where none is missing."""
    import pandas

    pa = need_pyarrow()
    cells = [None if v is None else float(v) for v in column.to_pylist()]
    numbers = pandas.Series(cells, dtype="float64")
    if pa.types.is_integer(kind) and column.null_count == 0:
        return numbers.astype("int64" if pa.types.is_int64(kind) else "int32")
    return numbers


_STR = 2000
"""Bytes that fit a str of Stata, nearly; longer strings become strL."""


def _is_long(cells: Any) -> bool:
    return isinstance(cells, list) and any(len(v.encode("utf-8", "replace")) > _STR for v in cells)


_STATA = 32  # characters of a name, at most


def _stata_names(names: Iterable[str]) -> dict[str, str]:
    """
    Names Stata allows, each for one of *names*; ``end`` is a command of its own.

    What an indicator measures and the last word are kept, and the columns of one indicator keep one stem, for ``stem_*``.

    >>> list(_stata_names(["end", "public_budget_revenue_growth_low", "public_budget_revenue_growth_bound"]).values())
    ['end_', 'public_budget_reven_growth_low', 'public_budget_reven_growth_bound']
    """
    stems: dict[str, list[str]] = {}
    for name in names:
        stems.setdefault(name.rpartition("_")[0], []).append(name)
    found = {name: name + "_" * (name == "end") for name in chain(*stems.values())}
    long = {stem: own for stem, own in stems.items() if max(map(len, own)) > _STATA}
    taken = {new for name, new in found.items() if name.rpartition("_")[0] not in long}
    for stem, own in long.items():
        new = next(made for n in count(1) if taken.isdisjoint((made := _shorter(stem, own, n)).values()))
        found |= new
        taken |= {*new.values()}
    return found


def _shorter(stem: str, names: Sequence[str], number: int) -> dict[str, str]:
    """*names*, which begin with *stem*, cut to fit; a *number* above 1 stands where they were cut."""
    mark = str(number) if number > 1 else ""
    lasts = {name: name.rpartition("_")[2] for name in names}
    what, _, kind = stem.rpartition("_")
    room = _STATA - 2 - len(kind) - max(map(len, lasts.values())) - len(mark)
    if room < 1 or not what:  # no name of a panel
        return {name: f"{name[: _STATA - len(mark)]}{mark}" for name in names}
    return {name: f"{what[:room].rstrip('_')}{mark}_{kind}_{last}" for name, last in lasts.items()}
