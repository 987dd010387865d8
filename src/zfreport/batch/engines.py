"""Arrow in, Arrow out: for engines that bring their own scheduler (Dask, Spark, Ray)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ..errors import UnknownNameError, expect
from ..frames import Origin, arrow_schema, batch, columns
from ..frames.schema import need_pyarrow
from ..parser import parse_all

if TYPE_CHECKING:
    import pyarrow

__all__ = ["output_schema", "parse_batch"]


def output_schema(table: str, keep: pyarrow.Schema | None = None) -> pyarrow.Schema:
    """The schema of what `parse_batch` returns: the columns kept, then those of *table*."""
    pa = need_pyarrow()
    schema = arrow_schema(table)
    if keep is not None:
        expect(keep, pa.Schema, "output_schema wants what is kept as a schema of Arrow")
    kept = [pa.field(f.name, f.type) for f in keep] if keep is not None else []
    clash = {f.name for f in kept} & set(schema.names)
    if clash:
        raise ValueError(f"columns to keep have names the table {table} uses itself: {sorted(clash)}")
    return pa.schema([*kept, *schema], metadata=schema.metadata)


def parse_batch(
    texts: pyarrow.RecordBatch, table: str = "targets", *, text: str = "text", keep: str | Sequence[str] = ()
) -> pyarrow.RecordBatch:
    """
    Arrow in, Arrow out: parse the column *text* of a batch and return one *table* of all its reports.

    The columns named in *keep* are repeated on every row that came of theirs, before the table's own. Rows without a
    text give no rows. Pure, and the same whichever way the rows are divided into batches: hand it to Spark's
    ``mapInArrow``, Ray's ``map_batches`` or Dask's ``map_partitions``.
    """
    pa = need_pyarrow()
    expect(texts, (pa.RecordBatch, pa.Table), "parse_batch wants a record batch of Arrow")
    keep = (keep,) if isinstance(keep, str) else tuple(keep)
    for name in (text, *keep):
        if name not in texts.schema.names:
            raise UnknownNameError("column of the batch", name, texts.schema.names)
    kind = texts.schema.field(text).type
    if not (pa.types.is_string(kind) or pa.types.is_large_string(kind) or pa.types.is_null(kind)):
        held = kind.value_type if pa.types.is_dictionary(kind) else kind
        if not str(held).startswith(("string", "large_string")):
            raise TypeError(f"parse_batch wants texts as strings, got {kind} in the column {text!r}")
    kept = texts.select(list(keep)) if keep else None
    schema = output_schema(table, kept.schema if kept is not None else None)
    parts: list[Any] = []
    origins: list[int] = []
    for row, value in enumerate(texts.column(text).to_pylist()):
        if not value:
            continue
        for number, report in enumerate(parse_all(value), 1):
            part = batch(table, columns(report, (table,), origin=Origin("", number))[table])
            parts.append(part)
            origins.extend([row] * part.num_rows)
    found = pa.Table.from_batches(parts, arrow_schema(table)).combine_chunks()
    arrays = [c.chunk(0) if c.num_chunks else pa.array([], c.type) for c in found.columns]
    if kept is not None:
        arrays = [*kept.take(pa.array(origins, pa.int64())).columns, *arrays]
    return pa.RecordBatch.from_arrays(arrays, schema=schema)
