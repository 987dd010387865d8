"""Columns to Arrow, and from there to pandas and polars. DuckDB reads Arrow tables as they are."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError, UnknownNameError, expect
from .columns import Columns, Dictionary, Origin, Resolver, columns, names_of_tables
from .schema import DECIMAL, TABLES, arrow_schema, columns_of, expect_table, need_pyarrow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    import pandas
    import polars
    import pyarrow

    from ..facts import IndicatorTable
    from ..report import Report

__all__ = ["batch", "fitting", "tables", "to_pandas", "to_polars"]


def fitting(value: Decimal | None) -> Decimal | None:
    """
    *value* if the tables' decimal holds it exactly, else ``None``.

    >>> from decimal import Decimal
    >>> fitting(Decimal("5.5")), fitting(Decimal("1E-13")), fitting(Decimal("1E+30"))
    (Decimal('5.5'), None, None)
    """
    if value is None or not value.is_finite():
        return None
    _, digits, exponent = value.as_tuple()
    zeros = len(digits) - len("".join(map(str, digits)).rstrip("0"))
    fits = value.is_zero() or (
        value.adjusted() < DECIMAL[0] - DECIMAL[1] and int(exponent) + zeros >= -DECIMAL[1]
    )
    return value if fits else None


def batch(table: str, values: Columns) -> pyarrow.RecordBatch:
    """
    Columns of one table as an Arrow record batch; a column that is missing is empty.

    Raises `UnknownNameError` for a column that the table does not have, `ValueError` if they are not equally long.
    """
    pa = need_pyarrow()
    schema = arrow_schema(table)
    expect(values, Mapping, "batch wants columns as a dict of lists")
    for name in values.keys() - schema.names:
        raise UnknownNameError(f"column of the table {table}", name, schema.names)
    lengths = {name: len(cells) for name, cells in values.items()}
    if len({*lengths.values()}) > 1:
        raise ValueError(f"batch wants columns of one length, got {lengths}")
    length = len(next(iter(values.values()), ()))
    arrays = []
    for column, field in zip(columns_of(table), schema, strict=True):
        cells: Sequence[Any] = values.get(column.name) or [None] * length
        if column.type == "decimal":
            cells = [fitting(c) for c in cells]
        arrays.append(pa.array(cells, field.type))
    return pa.RecordBatch.from_arrays(arrays, schema=schema)


def tables(
    reports: Report | Iterable[Report],
    names: str | Iterable[str] = TABLES,
    *,
    file: str | os.PathLike[str] = "",
    dictionary: Dictionary | None = None,
    resolver: Resolver | None = None,
    indicators: IndicatorTable | None = None,
) -> dict[str, pyarrow.Table]:
    """
    The tables of parsed reports (or of one), by name; *names* are all of `TABLES`, some, or one. *file* fills the column
    of that name.

    *dictionary*, *resolver* and *indicators* are those of `columns`.

    One batch per report, so memory holds the columns of all and the tree of one at a time, if *reports* is lazy.
    """
    pa = need_pyarrow()
    wanted = names_of_tables(names)
    expect(file, (str, os.PathLike), "tables wants file as a name or path")
    if not isinstance(reports, Iterable) or isinstance(
        reports, str
    ):  # a str is told what makes a report of it
        reports = (reports,)
    found: dict[str, list[Any]] = {name: [] for name in wanted}
    for number, report in enumerate(reports, 1):
        origin = Origin(os.fspath(file), number)
        own = columns(
            report, wanted, origin=origin, dictionary=dictionary, resolver=resolver, indicators=indicators
        )
        for name, values in own.items():
            found[name].append(batch(name, values))
    return {name: pa.Table.from_batches(batches, arrow_schema(name)) for name, batches in found.items()}


def _floats(table: pyarrow.Table) -> pyarrow.Table:
    """The same with doubles for decimals, each the nearest there is: Arrow's own cast makes 18.099999999999998 of 18.1."""
    pa = need_pyarrow()
    for at, field in enumerate(table.schema):
        if pa.types.is_decimal(field.type):
            numbers = [None if v is None else float(v) for v in table.column(at).to_pylist()]
            doubles = field.with_type(pa.float64())
            table = table.set_column(at, doubles, pa.array(numbers, pa.float64()))
    return table


def to_pandas(table: pyarrow.Table, *, floats: bool = False) -> pandas.DataFrame:
    """
    An Arrow table as a pandas frame with Arrow's types: whole numbers stay whole, decimals exact, empty is ``NA``.

    With *floats* the decimals are doubles: Arrow refuses to add or subtract two columns of decimals as wide as these.
    """
    expect_table(table, "to_pandas")
    try:
        import pandas
    except ImportError:
        raise MissingExtraError("pandas", "pandas") from None
    frame: pandas.DataFrame = (_floats(table) if floats else table).to_pandas(types_mapper=pandas.ArrowDtype)
    return frame


def to_polars(table: pyarrow.Table, *, floats: bool = False) -> polars.DataFrame:
    """An Arrow table as a polars frame; decimals stay exact, or with *floats* are doubles."""
    expect_table(table, "to_polars")
    try:
        import polars
    except ImportError:
        raise MissingExtraError("polars", "polars") from None
    frame = polars.from_arrow(_floats(table) if floats else table)
    assert isinstance(frame, polars.DataFrame)
    return frame
