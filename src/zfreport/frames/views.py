"""The tables people ask for: the wide panel, the long panel with 语气, the list of tasks (also as a docx)."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError, UnknownNameError, expect, expect_name
from .arrow import fitting
from .schema import DECIMAL, VERSION, expect_table, labels_of, need_pyarrow, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pyarrow

__all__ = ["MAIN_INDICATORS", "labelled", "long_panel", "task_docx", "task_table", "wide_panel"]

MAIN_INDICATORS = (
    "gdp",
    "public_budget_revenue",
    "fai",
    "above_scale_industry_va",
    "social_retail",
    "trade_total",
    "income_all",
    "income_urban",
    "income_rural",
    "jobs_new_urban",
    "unemployment_surveyed",
    "unemployment_registered",
    "cpi",
    "energy_intensity",
)
"""The annual targets that nearly every report states, in the order they are usually stated."""

_USUAL = {"jobs_new_urban": "level", "unemployment_surveyed": "rate", "unemployment_registered": "rate"}
"""What a target of theirs measures; for all the others it is growth. Where no number is printed, the words stand there."""

_MODALITIES = {"target": ("target",), "actual": ("actual", "estimate")}

_REPORT = ("file", "report", "region", "region_code", "level", "review_year", "plan_year", "doubtful")
_STATED = "file report indicator kind low high bound unit tone wording modality horizon period tier filter comparator".split()
_HORIZONS = ("year", "five_year", "period")
_CELLS = {"low": "下限", "high": "上限", "bound": "界限", "tone": "语气", "wording": "措辞"}
"""The columns of an indicator, and how their Chinese headings end."""


_COPIES = "; of zfreport.frames.copies: {copy: first for copy, first, share in copies(…)}"


def wide_panel(
    reports: pyarrow.Table,
    stated: pyarrow.Table,
    indicators: str | Iterable[str] | None = MAIN_INDICATORS,
    *,
    modality: str = "target",
    horizon: str = "year",
    copies: Mapping[str, str] | None = None,
) -> pyarrow.Table:
    """
    One row per report, in the order of the table *reports*; for each indicator ``gdp_growth_low``, ``_high``, ``_bound``,
    ``_tone``, ``_wording``, and ``gdp_growth_n``, how many of them are stated, of which the first was taken.

    *stated* is the table ``targets``; or ``facts`` with ``modality="actual"``, for what was reached in the year of review
    (estimates among it; growth since a year long ago, 比2002年增长65.5%, is not of that year). Only the region's own totals count: base tier, no filter, of *horizon*. A target without a
    number (完成上级任务) has empty ends and says so in ``_bound``; one the plan does not state has ``absent`` there or
    nothing, and ``_n`` 0. Nothing is ever zero that is not printed as zero. *indicators* are ids, or one;
    ``indicators=None`` takes every indicator. Raises `UnknownNameError` for an id that neither the built-in table nor
    *stated* has.

    ``doubtful`` says which rows may be no report at all. *copies* (of ``file#report``, the name of the report it copies)
    fills a column ``copy_of``, by which to drop rows.
    """
    pa = need_pyarrow()
    expect_table(reports, "wide_panel", _REPORT)
    expect_table(stated, "wide_panel", _STATED)
    expect_name("modality", modality, _MODALITIES)
    expect_name("horizon", horizon, _HORIZONS)
    if copies is not None:
        expect(copies, Mapping, "wide_panel wants copies as a dict of names", _COPIES)
    rows = list(_own_totals(reports, stated, modality, horizon))
    wanted = _wanted(indicators, rows, stated)
    cells: dict[tuple[str, str, _Key], list[_Row]] = defaultdict(list)
    pairs = {(i, _usual(i)) for i in wanted} if indicators is not None else set()
    for row in rows:
        if row["indicator"] in wanted:
            pair = row["indicator"], row["kind"] or _usual(row["indicator"])
            pairs.add(pair)
            cells[*pair, _key(row)].append(row)
    keys = [_key(row) for row in reports.select(["file", "report"]).to_pylist()]
    columns: list[_Column] = [(reports.schema.field(name), reports.column(name)) for name in _REPORT]
    if copies is not None:
        columns.append(_copies(copies, keys))
    names = _names(stated, rows)
    for indicator, kind in sorted(pairs, key=lambda p: (wanted.index(p[0]), p[1] != _usual(p[0]), p[1])):
        title = names.get(indicator, indicator) + labels_of("kind").get(kind, ("", ""))[0]
        columns += _columns(indicator, kind, title, [cells[indicator, kind, key] for key in keys])
    fields, arrays = zip(*columns, strict=True)
    schema = pa.schema(fields, metadata={"zfreport.table": "panel", "zfreport.schema": str(VERSION)})
    return pa.table(list(arrays), schema=schema)


_Row = dict[str, Any]
_Key = tuple[str, int]
"""File and report: what all tables are joined by."""
_Column = tuple[Any, Any]
"""An Arrow field and its values."""


def _key(row: _Row) -> _Key:
    return row["file"], row["report"]


def _usual(indicator: str) -> str:
    """What a target for *indicator* measures, unless it says something else."""
    return _USUAL.get(indicator, "growth")


def _own_totals(reports: pyarrow.Table, stated: pyarrow.Table, modality: str, horizon: str) -> Iterator[_Row]:
    """The rows of *stated* that are of a region as a whole, and of the year of its row in the panel."""
    years = {_key(row): row["review_year"] for row in reports.to_pylist()}
    for row in stated.to_pylist():
        if (
            row["tier"] == "base"
            and not row["filter"]
            and row["parent"] != row["indicator"]
            and row["horizon"] == horizon
            and row["modality"] in _MODALITIES[modality]
            # what is said of other years beside the year of review is not of this row
            and (modality == "target" or _of_the_year(row, years.get(_key(row))))
        ):
            yield row


def _wanted(
    indicators: str | Iterable[str] | None, rows: Sequence[_Row], stated: pyarrow.Table
) -> tuple[str, ...]:
    """The ids asked for, or those that occur; `UnknownNameError` for one that nobody knows."""
    if indicators is None:
        return _occurring(rows)
    if isinstance(indicators, str):
        indicators = (indicators,)
    expect(indicators, Iterable, "wide_panel wants indicators as ids, or one, or None")
    wanted = tuple(indicators)
    from ..facts import default_table  # here: the tables and patterns of facts take a second to load

    own = set(stated.column("indicator").to_pylist())
    for name in wanted:
        if name not in own and name not in default_table():  # else a column of nothing, and no word why
            raise UnknownNameError("indicator", name, default_table().indicators)
    return wanted


def _names(stated: pyarrow.Table, rows: Sequence[_Row]) -> dict[str, str]:
    """What the indicators are called in Chinese, the caller's own among them."""
    from ..facts import default_table

    names = {i.id: i.name_zh for i in default_table().indicators.values()}
    if "indicator_zh" in stated.column_names:
        names |= {row["indicator"]: row["indicator_zh"] for row in rows if row["indicator_zh"]}
    return names


def _copies(copies: Mapping[str, str], keys: Sequence[_Key]) -> _Column:
    """The column that says of which report a report is a copy."""
    pa = need_pyarrow()
    names = [f"{file}#{number}" for file, number in keys]
    if copies and names and copies.keys().isdisjoint(names):  # else a column of nothing, and no word why
        raise UnknownNameError("row (file#report, of which copies speaks)", next(iter(copies)), names)
    return _copy_field(), pa.array([copies.get(name, "") for name in names], pa.string())


def _columns(indicator: str, kind: str, title: str, cells: Sequence[Sequence[_Row]]) -> Iterator[_Column]:
    """The six columns of one indicator in one measure; *cells* are, report by report, what it states of it."""
    pa = need_pyarrow()
    firsts = [stated[0] if stated else None for stated in cells]
    units = sorted({first["unit"] for first in firsts if first is not None and first["unit"]})
    for name, zh in _CELLS.items():
        number = name in ("low", "high")
        values = [None if first is None else first[name] for first in firsts]
        kind_of = pa.decimal128(*DECIMAL) if number else pa.string()
        metadata = {
            "zh": f"{title}{zh}" + (f"（{'、'.join(units)}）" if number and units else ""),
            "en": f"{indicator} {kind} {name}" + (f" ({', '.join(units)})" if number and units else ""),
            "unit": "|".join(units) if number else "",
        }
        field = pa.field(f"{indicator}_{kind}_{name}", kind_of, metadata=metadata)
        yield field, pa.array([fitting(v) for v in values] if number else values, kind_of)
    metadata = {"zh": f"{title}个数", "en": f"{indicator} {kind} number of targets", "unit": "个"}
    field = pa.field(f"{indicator}_{kind}_n", pa.int32(), metadata=metadata)
    yield field, pa.array([sum(row["bound"] != "absent" for row in stated) for stated in cells], pa.int32())


_YEAR = re.compile(
    r"([12１２一二][90９０九零〇○][0-9０-９〇○零一二三四五六七八九]{2})\s*年|五.?(?:时期|期)?末"
)
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SINCE = frozenset(("growth", "change", "ratio"))


def _of_the_year(row: Mapping[str, Any], year: int | None) -> bool:
    """Whether what was reached is of *year*, and a growth from the year before: 比2002年增长65.5% is that of five years."""
    if row["period"] != str(year):
        return False
    since = _YEAR.search(row["comparator"] or "") if row["kind"] in _SINCE else None
    return since is None or (since[1] is not None and int(since[1].translate(_DIGITS)) + 1 == year)


def _occurring(rows: Sequence[_Row]) -> tuple[str, ...]:
    there = {r["indicator"] for r in rows}
    return (*(i for i in MAIN_INDICATORS if i in there), *sorted(there.difference(MAIN_INDICATORS)))


_LONG = (
    "file report region plan_year indicator indicator_zh kind low high bound unit tone wording horizon period basis comparator tier "
    "filter text sentence path start end page line"
)


_OF_REPORT = ("region_code", "level", "review_year", "doubtful")


def long_panel(
    stated: pyarrow.Table,
    *,
    modality: str = "target",
    reports: pyarrow.Table | None = None,
    copies: Mapping[str, str] | None = None,
) -> pyarrow.Table:
    """
    One row per target (or, of the table ``facts``, per actual value), with its 语气, its words and its place.

    With the table *reports*, each row says of its report ``region_code``, ``level``, ``review_year`` and ``doubtful``; with
    *copies*, as `wide_panel` takes them, ``copy_of`` too.
    """
    pa = need_pyarrow()
    expect_table(stated, "long_panel", _LONG.split())
    expect_name("modality", modality, _MODALITIES)
    wanted = [m in _MODALITIES[modality] for m in stated.column("modality").to_pylist()]
    table = stated.filter(pa.array(wanted, pa.bool_())).select(_LONG.split())
    if copies is not None:
        expect(copies, Mapping, "long_panel wants copies as a dict of names", _COPIES)
    keys = list(zip(table.column("file").to_pylist(), table.column("report").to_pylist(), strict=True))
    at = table.column_names.index("indicator")
    if reports is not None:
        expect_table(reports, "long_panel", ("file", "report", *_OF_REPORT))
        known = {(r["file"], r["report"]): r for r in reports.to_pylist()}
        for name in reversed(_OF_REPORT):
            field = reports.schema.field(name)
            cells = [known[key][name] if key in known else None for key in keys]
            table = table.add_column(at, field, pa.array(cells, field.type))
        at += len(_OF_REPORT)
    if copies is not None:
        cells = [copies.get(f"{file}#{number}", "") for file, number in keys]
        table = table.add_column(at, _copy_field(), pa.array(cells, pa.string()))
    return table


def _copy_field() -> pyarrow.Field:
    pa = need_pyarrow()
    return pa.field("copy_of", pa.string(), metadata={"zh": "重复于", "en": "Copy of", "unit": ""})


def labelled(table: pyarrow.Table, language: str = "zh") -> pyarrow.Table:
    """
    The same table with words of *language* (``zh`` or ``en``) in the enumerated columns: 硬性 for ``hard``, 不低于 for
    ``at_least``, 县级 for ``county``, 是 for true. For reading: the codes never change meaning, the words may.
    """
    pa = need_pyarrow()
    expect_table(table, "labelled")
    expect_name("language of words", language, ("zh", "en"))
    which = 1 if language == "en" else 0
    own = table_of(table.schema)
    for at, field in enumerate(table.schema):
        if pa.types.is_boolean(field.type):
            known: Mapping[Any, tuple[str, str]] = {True: ("是", "yes"), False: ("否", "no")}
        else:
            known = labels_of(field.name, own) if pa.types.is_string(field.type) else {}
        values = table.column(at).to_pylist() if known else []
        if known and {*values} <= {None, "", *known}:  # the column horizon of the reports holds years
            words = [known[v][which] if v in known else v for v in values]
            field = field.with_type(pa.string())
            table = table.set_column(at, field, pa.array(words, pa.string()))
    return table


_TASK = ("number", "title", "office", "deadline", "numbers", "text", "path", "file", "report", "start")


def task_table(tasks: pyarrow.Table) -> pyarrow.Table:
    """序号 任务 牵头单位 完成时限, then numbers, the words they stand in, place in the report and file."""
    expect_table(tasks, "task_table", _TASK)
    return tasks.select(list(_TASK))


def task_docx(
    tasks: pyarrow.Table, path: str | os.PathLike[str], *, title: str = "任务分解表", language: str = "zh"
) -> Path:
    """
    The list of tasks as a docx with one table: number, task, office in charge, deadline.

    Where the report names no office or no time the cell is left empty, for the reader to fill in.
    """
    try:
        import docx
        from docx.oxml.ns import qn
        from docx.shared import Cm
    except ImportError:
        raise MissingExtraError("docx", "python-docx") from None
    from .export import heading

    expect_name("language of headings", language, ("zh", "en"))
    names = _TASK[:4]
    expect_table(tasks, "task_docx", names)
    expect(path, (str, os.PathLike), "task_docx wants a path")
    expect(title, str, "task_docx wants a title as str")
    document = docx.Document()
    document.styles["Normal"].element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    document.add_heading(title, 1)
    table = document.add_table(1, len(names), style="Table Grid")
    for cell, name in zip(table.rows[0].cells, names, strict=True):
        cell.text = heading(tasks.schema.field(name), language)
        cell.paragraphs[0].runs[0].bold = True
    widths = (Cm(1.5), Cm(9), Cm(3.5), Cm(2.5))
    for row in tasks.select(list(names)).to_pylist():
        for cell, name in zip(table.add_row().cells, names, strict=True):
            value = row[name]
            cell.text = "" if value is None else "".join(c for c in str(value) if c >= " " or c in "\n\t")
    for row in table.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = width
    target = Path(path)
    document.save(str(target))
    return target
