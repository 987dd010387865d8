"""Reports as tables: Arrow, and from there pandas, polars, DuckDB, CSV, xlsx, Parquet, Stata, JSON Lines."""

from __future__ import annotations

from .arrow import batch, tables, to_pandas, to_polars
from .columns import Columns, Origin, Resolver, columns
from .compared import comparison_table
from .digest import copies, digest, similarity, sketch
from .export import FORMATS, TableError, open_writer, write
from .schema import TABLES, VERSION, Column, arrow_schema, columns_of, labels_of
from .views import MAIN_INDICATORS, labelled, long_panel, task_docx, task_table, wide_panel

__all__ = [
    "FORMATS",
    "MAIN_INDICATORS",
    "TABLES",
    "VERSION",
    "Column",
    "Columns",
    "Origin",
    "Resolver",
    "TableError",
    "arrow_schema",
    "batch",
    "columns",
    "columns_of",
    "comparison_table",
    "copies",
    "digest",
    "labelled",
    "labels_of",
    "long_panel",
    "open_writer",
    "similarity",
    "sketch",
    "tables",
    "task_docx",
    "task_table",
    "to_pandas",
    "to_polars",
    "wide_panel",
    "write",
]
