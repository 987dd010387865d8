"""
What the tables hold: every column's name, type, unit and headings in two languages, from ``data/columns.tsv``.

The schema is versioned. Within a version a column may be added at the end of a table; none changes meaning or type.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ..errors import MissingExtraError, UnknownNameError, expect, expect_name, got
from ..vocab import read_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import pyarrow

__all__ = [
    "DECIMAL",
    "LANGUAGES",
    "TABLES",
    "VERSION",
    "Column",
    "arrow_schema",
    "columns_of",
    "expect_table",
    "labels_of",
    "need_pyarrow",
    "table_of",
]

VERSION = 1
"""Of the schema; stands in the metadata of every Arrow table as ``zfreport.schema``."""

DECIMAL = (38, 12)
"""
Digits in all and after the point of every value: the widest decimal that Arrow, pandas, polars and DuckDB all hold.

26 digits before the point and 12 after hold every number met in a report. One that does not fit is left empty, never
rounded; its words still stand in the column ``text``.
"""

TABLES = (
    "reports",
    "nodes",
    "quantities",
    "facts",
    "targets",
    "pledges",
    "tasks",
    "diagnostics",
    "attention",
)
"""Names of the tables. The columns ``file`` and ``report`` join them all. ``attention`` needs a dictionary of words."""


LANGUAGES = ("name", "zh", "en")
"""What headings may be in: the bare names of the columns, Chinese, English."""


@frozen
class Column:
    """One column of one table."""

    name: str
    type: str
    """``string int32 int64 float64 bool decimal``."""
    zh: str
    """Chinese heading."""
    en: str
    """English heading."""
    unit: str
    """Unit of the numbers, where it is the same for all; ``column unit`` where the column ``unit`` says it row by row."""
    meaning: str

    def heading(self, language: str) -> str:
        """The heading in ``zh`` or ``en``; the bare name for ``name``."""
        expect_name("language of headings", language, LANGUAGES)
        return str(getattr(self, language))


@cache
def columns_of(table: str) -> tuple[Column, ...]:
    """
    The columns of a table, in order.

    >>> [c.zh for c in columns_of("tasks")[4:9]]
    ['序号', '任务', '数量要求', '牵头单位', '完成时限']
    """
    expect_name("table", table, TABLES)
    return tuple(
        Column(r["name"], r["type"], r["zh"], r["en"], r["unit"], r["meaning"])
        for r in read_table("columns")
        if r["table"] == table
    )


@cache
def labels_of(column: str, table: str = "") -> Mapping[str, tuple[str, str]]:
    """
    The values of an enumerated column, each with its Chinese and English label; empty for other columns.

    Those of a wide panel end in the name. What ``kind`` holds depends on the *table*: without one it is that of facts.

    >>> labels_of("tone")["hard"], labels_of("gdp_growth_bound")["about"], len(labels_of("wording"))
    (('硬性', 'hard'), ('左右', 'about'), 0)
    >>> labels_of("kind", "nodes")["section"]
    ('节', 'section')
    """
    expect(column, str, "labels_of wants the name of a column as str")
    expect(table, str, "labels_of wants the name of a table as str")
    rows = read_table("labels")
    own = f"{table}.{column}"
    names = (own,) if any(r["column"] == own for r in rows) else (column, column.rpartition("_")[2])
    return {r["value"]: (r["zh"], r["en"]) for r in rows if r["column"] in names}


def table_of(schema: pyarrow.Schema) -> str:
    """The name of the table whose schema this is; empty for one of the caller's own."""
    return str((schema.metadata or {}).get(b"zfreport.table", b""), "utf-8")


def need_pyarrow() -> Any:
    """The module, or a `MissingExtraError` that says how to get it."""
    try:
        import pyarrow
    except ImportError:
        raise MissingExtraError("tables", "pyarrow") from None
    return pyarrow


def expect_table(table: object, who: str, wanted: Iterable[str] = ()) -> None:
    """Refuse what is no Arrow table, or one without the columns *wanted*."""
    pa = need_pyarrow()
    if isinstance(table, dict):
        raise TypeError(f"{who} wants one table, got a dict of {len(table)}: name one, as tables['targets']")
    if not isinstance(table, pa.Table):
        hint = ""
        if isinstance(table, pa.RecordBatch):
            hint = "; pyarrow.Table.from_batches makes one"
        elif type(table).__name__ == "DataFrame":
            hint = "; pyarrow.Table.from_pandas makes one"
        elif getattr(table, "kind", None) == "report":
            hint = "; zfreport.frames.tables makes them"
        raise TypeError(f"{who} wants an Arrow table, got {got(table)}{hint}")
    for name in wanted:
        if name not in table.column_names:
            own = table_of(table.schema)
            where = f"the table {own}" if own else "the table"
            raise UnknownNameError(f"column for {who} in {where}", name, table.column_names)


def arrow_schema(table: str) -> Any:
    """
    The ``pyarrow.Schema`` of a table; units, headings and meanings stand in the metadata of its fields.

    >>> arrow_schema("targets").field("low").type
    Decimal128Type(decimal128(38, 12))
    """
    pa = need_pyarrow()
    types = {
        "string": pa.string(),
        "int32": pa.int32(),
        "int64": pa.int64(),
        "float64": pa.float64(),
        "bool": pa.bool_(),
        "decimal": pa.decimal128(*DECIMAL),
    }
    fields = [
        pa.field(
            c.name, types[c.type], metadata={"zh": c.zh, "en": c.en, "unit": c.unit, "meaning": c.meaning}
        )
        for c in columns_of(table)
    ]
    return pa.schema(fields, metadata={"zfreport.table": table, "zfreport.schema": str(VERSION)})
