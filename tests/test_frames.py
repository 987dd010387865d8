"""Tables out: the schema is what it says, every tool reads back what was written, views say why a cell is empty."""

from __future__ import annotations

import csv
import gc
import io
import json
import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zfreport
from zfreport import frames
from zfreport.errors import UnknownNameError
from zfreport.frames.arrow import fitting
from zfreport.frames.export import _digits
from zfreport.frames.schema import columns_of, labels_of
from zfreport.vocab import read_table

pa = pytest.importorskip("pyarrow")

WORDS = {"科技": ("科技", "创新"), "民生": ("民生", "就业")}


@pytest.fixture(scope="module")
def report():
    text = Path(__file__).parent.parent.joinpath("examples", "county-2024.txt").read_text("utf-8")
    return zfreport.parse(text)


@pytest.fixture(scope="module")
def example_2025():
    text = Path(__file__).parent.parent.joinpath("examples", "county-2025.txt").read_text("utf-8")
    return zfreport.parse(text)


@pytest.fixture(scope="module")
def tables(report):
    return frames.tables([report], file="云汀/2024.txt", dictionary=WORDS)


# --- the schema


def test_every_table_has_its_columns_and_keys(tables):
    for name in frames.TABLES:
        schema = frames.arrow_schema(name)
        assert tables[name].schema.equals(schema, check_metadata=True)
        assert schema.names[:2] == ["file", "report"]
        assert len({c.zh for c in columns_of(name)}) == len({c.en for c in columns_of(name)}) == len(schema)
        assert schema.metadata[b"zfreport.schema"] == str(frames.VERSION).encode()


def test_the_schema_is_all_in_the_table_of_columns():
    rows = read_table("columns")
    assert {r["table"] for r in rows} == set(frames.TABLES)
    assert all(r["zh"] and r["en"] and r["meaning"] for r in rows)
    assert {r["type"] for r in rows} == {"string", "int32", "int64", "float64", "bool", "decimal"}


def test_units_and_headings_stand_in_the_schema():
    field = frames.arrow_schema("targets").field("low")
    assert field.metadata[b"zh"].decode() == "下限"
    assert field.metadata[b"unit"] == b"column unit"
    with pytest.raises(UnknownNameError, match="did you mean 'targets'"):
        frames.arrow_schema("target")


@pytest.mark.parametrize("name", ["nodes", "quantities", "facts", "targets", "tasks", "attention", "reports"])
def test_no_table_of_a_whole_report_is_empty(tables, name):
    """A table that silently stays empty would pass every other test here."""
    assert tables[name].num_rows > 0


def test_labels_cover_the_enumerations():
    from zfreport.diagnostics import Severity
    from zfreport.facts import Bound, FactKind, Horizon, Modality, Tier, Tone
    from zfreport.metadata import Level
    from zfreport.nodes import BlockRole, Form, Kind, PartRole
    from zfreport.quantities import QuantityKind, QuantityRole

    kinds = {
        "level": Level,
        "form": Form,
        "bound": Bound,
        "tone": Tone,
        "modality": Modality,
        "horizon": Horizon,
        "tier": Tier,
        "severity": Severity,
        "kind": FactKind,
    }
    for column, kind in kinds.items():
        assert set(labels_of(column)) == {str(member) for member in kind}, column
    for table, kind in {"nodes": Kind, "attention": Kind, "quantities": QuantityKind}.items():
        assert set(labels_of("kind", table)) == {str(member) for member in kind}, table
    assert set(labels_of("role")) == {str(m) for m in (*PartRole, *BlockRole, *QuantityRole)}
    for column in (*kinds, "role"):  # else they are one category to Stata
        for words in zip(*labels_of(column).values(), strict=True):
            assert len(set(words)) == len(words), column


# --- the rows


def test_rows_are_what_was_read(report, tables):
    targets = tables["targets"].to_pylist()
    assert [(r["indicator"], r["low"], r["high"]) for r in targets] == [
        (t.indicator, t.low, t.high) for t in report.targets
    ]
    for row, target in zip(targets, report.targets, strict=True):
        assert row["file"] == "云汀/2024.txt"
        assert row["text"] == report.source[target.span.slice] == report.source[row["start"] : row["end"]]
        assert row["line"] == report.source.count("\n", 0, row["start"]) + 1
    gdp = targets[0]
    assert (gdp["low"], gdp["bound"], gdp["tone"], gdp["unit"]) == (Decimal("6.5"), "about", "soft", "%")
    assert (gdp["region"], gdp["plan_year"], gdp["indicator_zh"]) == ("云汀县", 2024, "地区生产总值")


def test_nodes_form_the_tree(report, tables):
    rows = tables["nodes"].to_pylist()
    assert [r["node"] for r in rows] == list(range(len(rows)))
    assert len(rows) == 1 + sum(1 for _ in report.walk())
    assert all(
        r["parent"] is None if r["node"] == 0 else rows[r["parent"]]["depth"] == r["depth"] - 1 for r in rows
    )
    assert all(rows[r["parent"]]["start"] <= r["start"] for r in rows[1:])
    item = next(r for r in rows if r["title"] == "工业运行稳中有升")
    assert item["path"] == "2023年工作回顾 > 产业根基更加厚实"


def test_quantities_know_their_node_and_sentence(report, tables):
    nodes = tables["nodes"].to_pylist()
    for row, quantity in zip(tables["quantities"].to_pylist(), report.quantities, strict=True):
        node = nodes[row["node"]]
        inner = report.at(quantity.span.start)
        assert (node["start"], node["end"]) == tuple(inner.span)
        assert quantity.text in row["sentence"]
        assert row["path"] == " > ".join(filter(None, (*report.path(inner), inner.title)))


def test_an_end_that_is_not_there_is_neither_open_nor_closed(tables):
    """不低于3000人 has no upper end, so nothing can be said of it."""
    for name in ("quantities", "facts", "targets"):
        rows = tables[name].to_pylist()
        assert any(row["low"] is None or row["high"] is None for row in rows)
        for row in rows:
            assert (row["low_closed"] is None) == (row["low"] is None)
            assert (row["high_closed"] is None) == (row["high"] is None)


def test_a_report_is_counted_by_what_has_a_title(report, tables):
    """A plain paragraph is an item of the tree and none of the column ``items``."""
    (row,) = tables["reports"].to_pylist()
    nodes = list(report.walk())
    assert row["items"] == sum(n.kind == "item" and bool(n.title) for n in nodes)
    assert row["items"] < sum(n.kind == "item" for n in nodes)
    assert (row["parts"], row["sections"]) == tuple(
        sum(n.kind == kind for n in nodes) for kind in ("part", "section")
    )


def test_an_absent_target_has_no_words(example):
    """Its span is the whole plan, which is no quotation."""
    found = frames.tables(zfreport.parse(example("policy-address")), ["targets"])["targets"].to_pylist()
    absent = [row for row in found if row["bound"] == "absent"]
    assert [(row["text"], row["sentence"]) for row in absent] == [("", "")]


def test_a_text_without_full_stops_is_not_quoted_whole():
    """Sentences of quantities and words of diagnostics are cut, and what is stated is always among them."""
    endless = zfreport.parse(
        "各位代表：\n一、2023年工作回顾\n" + "产业向好，" * 400 + "新增企业14家，" + "产业向好，" * 400
    )
    tables = frames.tables(endless, ["quantities", "diagnostics"])
    (quantity,) = tables["quantities"].to_pylist()
    assert "新增企业14家" in quantity["sentence"]
    assert len(quantity["sentence"]) < 1300
    assert max(len(row["text"]) for row in tables["diagnostics"].to_pylist()) <= 200


def test_one_sum_of_decimals_is_exact(tables):
    """186.4亿元 is 18640000000 元, not 18639999999.999."""
    assert Decimal(18640000000) in [r["low"] for r in tables["facts"].to_pylist()]


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("5.5", "5.5"),
        ("-3", "-3"),
        ("1E+25", "1E+25"),
        ("1E+26", None),
        ("0.000000000001", "0.000000000001"),
        ("0.0000000000001", None),
        ("99999999999999999999999999.999999999999", "99999999999999999999999999.999999999999"),
        ("123456789012345678901234567890.5", None),
        ("NaN", None),
    ],
)
def test_a_value_that_does_not_fit_is_left_out_never_rounded(value, kept):
    assert fitting(Decimal(value)) == (None if kept is None else Decimal(kept))


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_what_fits_arrives(value):
    """A decimal that is kept comes out of Arrow equal; the digits written to files are the same number."""
    kept = fitting(value)
    if kept is not None:
        assert pa.array([kept], pa.decimal128(38, 12))[0].as_py() == value
    if abs(value.as_tuple().exponent) < 100:
        assert Decimal(_digits(value)) == value
        assert "E" not in _digits(value)


# --- into tools and files


def test_pandas(tables):
    pandas = pytest.importorskip("pandas")
    frame = frames.to_pandas(tables["targets"])
    assert frame["low"].iloc[0] == Decimal("6.5")
    assert frame["plan_year"].iloc[0] == 2024
    assert frame["high"].isna().any()
    assert isinstance(frame, pandas.DataFrame)
    assert frame["low"].astype(float).mean() > 0


def test_polars(tables):
    polars = pytest.importorskip("polars")
    frame = frames.to_polars(tables["targets"])
    assert frame["low"].dtype == polars.Decimal(38, 12)
    assert frame.filter(polars.col("indicator") == "gdp")["low"].to_list() == [Decimal("6.5")]


def test_duckdb(tables):
    duckdb = pytest.importorskip("duckdb")
    targets = tables["targets"]  # DuckDB finds it by its name
    assert targets.num_rows
    with duckdb.connect() as connection:
        connection.register("targets", targets)
        found = connection.execute(
            "select low, unit from targets where indicator = 'gdp' and tier = 'base'"
        ).fetchall()
    assert found == [(Decimal("6.5"), "%")]


def rows_of(table) -> list[dict]:
    return table.to_pylist()


@pytest.mark.parametrize("name", frames.TABLES)
def test_parquet_comes_back_equal(tables, tmp_path, name):
    from pyarrow import parquet

    path = frames.write(tables[name], tmp_path / f"{name}.parquet")
    again = parquet.read_table(path)
    assert rows_of(again) == rows_of(tables[name])
    assert again.schema.metadata[b"zfreport.table"] == name.encode()
    if "low" in again.schema.names:
        assert again.schema.field("low").metadata[b"zh"].decode() == "下限"


@pytest.mark.parametrize("name", frames.TABLES)
def test_csv_comes_back_equal(tables, tmp_path, name):
    """Excel takes a CSV for UTF-8 only with a byte order mark; values are the values."""
    path = frames.write(tables[name], tmp_path / f"{name}.csv", headings="zh")
    data = path.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))
    assert head == [c.zh for c in columns_of(name)]
    assert len(rows) == tables[name].num_rows
    for row, wanted in zip(rows, rows_of(tables[name]), strict=True):
        for cell, (column, value) in zip(row, wanted.items(), strict=True):
            if isinstance(value, Decimal):
                assert Decimal(cell) == value
            elif isinstance(value, bool):
                assert cell == str(value).lower()
            elif isinstance(value, float):
                assert float(cell) == value
            else:
                assert cell == ("" if value is None else str(value)), column


def test_json_lines(tables, tmp_path):
    path = frames.write(tables["targets"], tmp_path / "targets.jsonl")
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert rows[0]["low"] == "6.5"
    assert "地区生产总值" in path.read_text("utf-8")
    assert [{k: v for k, v in r.items() if v is not None} for r in rows_of(tables["targets"])] == [
        {k: Decimal(v) if k in ("low", "high") else v for k, v in row.items()} for row in rows
    ]


def test_xlsx(tables, tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    path = frames.write(tables["targets"], tmp_path / "targets.xlsx", headings="zh")
    book = openpyxl.load_workbook(path)
    head, *rows = book["targets"].iter_rows(values_only=True)
    assert head[:4] == ("文件", "报告序号", "地区", "计划年度")
    low = head.index("下限")
    assert [r[low] for r in rows] == [
        None if r["low"] is None else float(r["low"]) for r in rows_of(tables["targets"])
    ]
    assert book["targets"].freeze_panes == "A2"


def test_a_sheet_is_ready_to_read(tables, tmp_path):
    """Filters on the headings; the words of a task wrap, a sentence of a panel stays on its line."""
    openpyxl = pytest.importorskip("openpyxl")
    tasks = frames.task_table(tables["tasks"])
    sheet = openpyxl.load_workbook(frames.write(tasks, tmp_path / "tasks.xlsx", headings="zh")).active
    assert sheet.auto_filter.ref == sheet.dimensions == f"A1:J{tasks.num_rows + 1}"
    assert [cell.alignment.wrap_text for cell in sheet[2]][:6] == [None, True, None, None, True, True]
    panel = frames.wide_panel(tables["reports"], tables["targets"])
    sheet = openpyxl.load_workbook(frames.write(panel, tmp_path / "panel.xlsx", headings="zh")).active
    widths = [sheet.column_dimensions[cell.column_letter].width for cell in sheet[1]]
    assert widths[0] == 30
    assert widths[8] == 24  # 地区生产总值增速下限（%）
    counts = frames.write(tables["attention"], tmp_path / "counts.xlsx")
    row = openpyxl.load_workbook(counts).active[2]
    assert [cell.number_format for cell in row[12:15]] == ["General", "0.00", "General"]  # per_1000
    long = frames.long_panel(tables["targets"])
    sheet = openpyxl.load_workbook(frames.write(long, tmp_path / "long.xlsx")).active
    assert not any(cell.alignment.wrap_text for cell in sheet[2])


def test_hostile_words_in_xlsx(tmp_path):
    """No cell becomes a formula; control characters and over-long cells do not stop the file."""
    openpyxl = pytest.importorskip("openpyxl")
    words = ['=HYPERLINK("http://x","y")', "甲\x0b乙\x00", "长" * 40_000, "-1+1", "+86"]
    path = frames.write(pa.table({"text": words}), tmp_path / "a.xlsx")
    cells = [row[0] for row in openpyxl.load_workbook(path).active.iter_rows(min_row=2)]
    assert all(c.data_type == "s" for c in cells)
    assert [c.value for c in cells] == [words[0], "甲␋乙␀", "长" * 32_766 + "…", "-1+1", "+86"]


def test_stata(tables, tmp_path):
    """pandas and ReadStat, which haven and Julia use, read it: labels, long strings, missing values."""
    pandas = pytest.importorskip("pandas")
    path = frames.write(tables["targets"], tmp_path / "targets.dta")
    with pandas.io.stata.StataReader(path) as reader:
        frame = reader.read()
        labels = reader.variable_labels()
    wanted = rows_of(tables["targets"])
    assert labels["low"] == "下限"
    assert frame["indicator"].tolist() == [r["indicator"] for r in wanted]
    assert frame["bound"].tolist() == [labels_of("bound")[r["bound"]][0] for r in wanted]
    assert [None if v != v else v for v in frame["low"]] == [
        None if r["low"] is None else float(r["low"]) for r in wanted
    ]
    assert "end_" in frame
    pyreadstat = pytest.importorskip("pyreadstat")
    _, meta = pyreadstat.read_dta(path)
    assert meta.column_names_to_labels["low"] == "下限"


def test_the_panel_in_stata(tables, tmp_path):
    """Names of more than 32 characters keep what is measured and their last word, one stem for an indicator."""
    pandas = pytest.importorskip("pandas")
    panel = frames.wide_panel(tables["reports"], tables["targets"])
    frame = pandas.read_stata(frames.write(panel, tmp_path / "panel.dta"))
    assert len(set(frame.columns)) == len(panel.schema.names)
    assert frame["unemployment_regist_rate_wording"].tolist() == [""]
    assert frame["unemployment_regist_rate_n"].tolist() == [0]
    assert frame["gdp_growth_low"].tolist() == [6.5]


def test_stata_in_english(tables, tmp_path):
    """Labels and the words of enumerations; whole numbers stay whole where none is missing."""
    pandas = pytest.importorskip("pandas")
    path = frames.write(tables["targets"], tmp_path / "targets.dta", headings="en")
    with pandas.io.stata.StataReader(path) as reader:
        frame = reader.read()
        labels = reader.variable_labels()
    assert labels["tone"] == "Tone"
    assert frame["bound"].tolist() == [labels_of("bound")[r["bound"]][1] for r in rows_of(tables["targets"])]
    assert str(frame["start"].dtype).startswith("int")
    assert str(frame["low"].dtype) == "float64"


def test_the_same_table_gives_the_same_file_at_any_hour(tables, tmp_path):
    """Stata's format keeps a time; ours is always the same."""
    frames.write(tables["tasks"], tmp_path / "a.dta")
    assert b"01 Jan 2000 00:00" in (tmp_path / "a.dta").read_bytes()


def test_more_rows_than_a_sheet_holds(tmp_path, monkeypatch):
    """The message says what holds more; no half of a file is left, and nothing is said behind our back when it is collected."""
    pytest.importorskip("openpyxl")
    monkeypatch.setattr("zfreport.frames.export._EXCEL_ROWS", 3)
    frames.write(pa.table({"n": [1, 2, 3]}), tmp_path / "three.xlsx")
    with pytest.raises(frames.TableError, match="Parquet or CSV"):
        frames.write(pa.table({"n": [1, 2, 3, 4]}), tmp_path / "four.xlsx")
    gc.collect()  # pytest fails on what is said then
    assert [path.name for path in tmp_path.iterdir()] == ["three.xlsx"]


def test_long_names_stay_apart_in_stata(tmp_path):
    """A growth and an amount of one indicator had the same name, and the panel could not be written."""
    pandas = pytest.importorskip("pandas")
    names = [
        f"{what}_{kind}_{cell}"
        for what in ("public_budget_revenue", "public_budget_reverse", "fai")
        for kind in ("growth", "level")
        for cell in ("low", "bound", "wording")
    ]
    path = frames.write(
        pa.table({name: [n] for n, name in enumerate([*names, "a" * 40])}), tmp_path / "a.dta"
    )
    frame = pandas.read_stata(path)
    assert frame.loc[0].tolist() == list(range(len(names) + 1))
    assert [c for c in frame.columns if c.endswith("_bound")] == [
        "public_budget_rev_growth_bound",
        "public_budget_reve_level_bound",
        "public_budget_re2_growth_bound",
        "public_budget_rev2_level_bound",
        "fai_growth_bound",
        "fai_level_bound",
    ]


def test_many_batches_in_one_parquet(tables, tmp_path):
    """Row groups of some thousand rows, whatever the batches; nothing lost at their seams."""
    from pyarrow import parquet

    rows = pa.table({"n": range(50_000)})
    batches = pa.Table.from_batches(
        [b for start in range(0, 50_000, 7) for b in rows.slice(start, 7).to_batches()]
    )
    path = frames.write(batches, tmp_path / "n.parquet")
    assert parquet.read_table(path).column("n").to_pylist() == list(range(50_000))
    assert parquet.ParquetFile(path).num_row_groups == 3


def test_long_strings_in_stata(tmp_path):
    pandas = pytest.importorskip("pandas")
    path = frames.write(pa.table({"text": ["增" * 30_000, ""]}), tmp_path / "a.dta")
    assert pandas.read_stata(path)["text"].tolist() == ["增" * 30_000, ""]


@pytest.mark.parametrize("name", frames.TABLES)
@pytest.mark.parametrize("suffix", sorted(frames.FORMATS))
def test_a_table_without_rows_is_a_file_too(tmp_path, name, suffix):
    path = frames.write(frames.arrow_schema(name).empty_table(), tmp_path / f"a{suffix}", headings="en")
    assert path.exists()


@pytest.mark.parametrize("suffix", sorted(frames.FORMATS))
def test_the_same_table_gives_the_same_file(tables, tmp_path, suffix):
    first, second = (frames.write(tables["facts"], tmp_path / f"{n}{suffix}").read_bytes() for n in "ab")
    if suffix == ".xlsx":  # a zip archive keeps the time of day
        import zipfile

        first, second = (
            {n: z.read(n) for n in z.namelist() if "core" not in n}
            for z in (zipfile.ZipFile(io.BytesIO(d)) for d in (first, second))
        )
    assert first == second


def test_a_failed_write_leaves_the_old_file(tmp_path):
    path = tmp_path / "a.csv"
    frames.write(pa.table({"a": [1]}), path)
    before = path.read_bytes()

    class Broken:
        schema = pa.schema([("a", pa.int32())])

        def to_batches(self):
            yield pa.RecordBatch.from_pydict({"a": [2]}, schema=pa.schema([("a", pa.int32())]))
            raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        frames.write(Broken(), path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(UnknownNameError, match="format"):
        frames.write(pa.table({"a": [1]}), tmp_path / "a.txt")


def test_a_missing_extra_says_how_to_get_it(monkeypatch, tables, tmp_path):
    import sys

    for package, extra, call in (
        ("pandas", "pandas", lambda: frames.to_pandas(tables["targets"])),
        ("polars", "polars", lambda: frames.to_polars(tables["targets"])),
        ("openpyxl", "excel", lambda: frames.write(tables["targets"], tmp_path / "a.xlsx")),
        ("docx", "docx", lambda: frames.task_docx(tables["tasks"], tmp_path / "a.docx")),
        ("pyarrow", "tables", lambda: frames.arrow_schema("tasks")),
    ):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, package, None)
            with pytest.raises(ImportError, match=rf'pip install "zfreport\[{extra}\]"'):
                call()


# --- views


def test_wide_panel(tables):
    panel = frames.wide_panel(tables["reports"], tables["targets"])
    (row,) = panel.to_pylist()
    assert (row["region"], row["plan_year"]) == ("云汀县", 2024)
    assert (row["gdp_growth_low"], row["gdp_growth_high"], row["gdp_growth_bound"]) == (
        Decimal("6.5"),
        Decimal("6.5"),
        "about",
    )
    assert (row["fai_growth_low"], row["fai_growth_high"]) == (6, 7)
    assert (row["public_budget_revenue_growth_low"], row["public_budget_revenue_growth_high"]) == (7, None)
    assert (row["jobs_new_urban_level_low"], row["energy_intensity_growth_low"]) == (3000, Decimal("-2.5"))
    assert (row["income_all_growth_low"], row["income_all_growth_bound"]) == (None, "relative")
    field = panel.schema.field("gdp_growth_low")
    assert (field.metadata[b"zh"].decode(), field.metadata[b"unit"]) == ("地区生产总值增速下限（%）", b"%")
    assert panel.schema.field("gdp_growth_bound").metadata[b"zh"].decode() == "地区生产总值增速界限"
    assert panel.schema.field("jobs_new_urban_level_low").metadata[b"en"].decode().endswith("low (人)")


def test_what_may_be_no_report_is_marked(report):
    """News of a session has a row like a report, and the panel says that it may be none."""
    news = zfreport.parse("云汀县人民代表大会会议今日开幕。报告指出，今年地区生产总值增长6%左右。")
    tables = frames.tables([report, news], ["reports", "targets"])
    assert tables["reports"].column("doubtful").to_pylist() == [False, True]
    panel = frames.wide_panel(tables["reports"], tables["targets"])
    assert panel.column("doubtful").to_pylist() == [False, True]
    assert panel.schema.field("doubtful").metadata[b"zh"].decode() == "疑非报告"
    assert panel.schema.field("doubtful").metadata[b"en"] == b"Doubtful"


def test_what_is_not_stated_is_empty_and_never_zero(tables):
    panel = frames.wide_panel(tables["reports"], tables["targets"].slice(0, 0))
    (row,) = panel.to_pylist()
    assert row["gdp_growth_low"] is None
    assert row["gdp_growth_n"] == 0
    assert not any(v == 0 for k, v in row.items() if k.endswith(("_low", "_high")))


def altered(table, **fields):
    """The same rows with other values in some fields; a function makes them of the row."""
    rows = table.to_pylist()
    for row in rows:
        row.update({name: value(row) if callable(value) else value for name, value in fields.items()})
    return pa.Table.from_pylist(rows, table.schema)


@pytest.mark.parametrize(
    "fields",
    [
        {"filter": "高新区"},
        {"tier": "stretch"},
        {"horizon": "five_year"},
        {"modality": "estimate"},
        {"parent": lambda row: row["indicator"]},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_is_not_the_region_s_own_total_is_no_cell(tables, fields):
    """A park's growth, 力争, the goal of five years, what was expected, a part of the same measure: none is the target."""
    (row,) = frames.wide_panel(tables["reports"], tables["targets"]).to_pylist()
    assert (row["gdp_growth_low"], row["gdp_growth_n"]) == (Decimal("6.5"), 1)
    assert row["social_retail_growth_low"] == 7  # 力争达到8% does not take its place
    (row,) = frames.wide_panel(tables["reports"], altered(tables["targets"], **fields)).to_pylist()
    assert (row["gdp_growth_low"], row["gdp_growth_n"]) == (None, 0)


def test_an_absent_target_says_so_and_is_not_counted(tables):
    absent = altered(tables["targets"], low=None, high=None, bound="absent", kind=None, unit="")
    (row,) = frames.wide_panel(tables["reports"], absent).to_pylist()
    assert (row["gdp_growth_low"], row["gdp_growth_bound"], row["gdp_growth_n"]) == (None, "absent", 0)


def test_a_goal_for_five_years_has_a_panel_of_its_own(tables):
    far = altered(tables["targets"], horizon="five_year")
    (row,) = frames.wide_panel(tables["reports"], far, horizon="five_year").to_pylist()
    assert row["gdp_growth_low"] == Decimal("6.5")


def test_the_usual_measure_of_an_indicator_stands_first(tables):
    """New jobs are a number, and their growth comes behind it, whatever the alphabet says; indicators as they were asked for."""
    both = pa.concat_tables([altered(tables["targets"], kind="growth"), tables["targets"]])
    names = frames.wide_panel(tables["reports"], both, ["jobs_new_urban", "gdp"]).schema.names
    assert [name for name in names if name.endswith("_n")] == [
        "jobs_new_urban_level_n",
        "jobs_new_urban_growth_n",
        "gdp_growth_n",
    ]


def test_a_panel_of_what_was_reached(tables):
    """The year of review alone; a target of the same report is not an achievement."""
    (row,) = frames.wide_panel(tables["reports"], tables["facts"], modality="actual").to_pylist()
    assert (row["gdp_growth_low"], row["gdp_growth_bound"]) == (Decimal("6.2"), "point")
    assert row["gdp_level_low"] == Decimal("18640000000")
    assert row["cpi_growth_n"] == 0
    assert set(frames.long_panel(tables["facts"], modality="actual").column("indicator").to_pylist()) >= {
        "gdp",
        "fai",
    }
    with pytest.raises(UnknownNameError, match="modality"):
        frames.wide_panel(tables["reports"], tables["facts"], modality="done")


@pytest.mark.parametrize(
    ("comparator", "stays"),
    [
        ("上年", 1),
        ("2022年", 1),
        ("二〇二二年", 1),
        ("年初", 1),
        ("2002年", 0),
        ("一九八○年", 0),
        ("“十三五”末", 0),
    ],
)
def test_growth_since_a_year_long_ago_is_not_the_years(tables, comparator, stays):
    """比2002年增长65.5% stood beside growth of a year in one column."""
    rows = [r | {"comparator": comparator} for r in tables["facts"].to_pylist() if r["period"] == "2023"]
    facts = pa.Table.from_pylist(rows, frames.arrow_schema("facts"))
    (row,) = frames.wide_panel(tables["reports"], facts, modality="actual").to_pylist()
    assert row["gdp_growth_n"] == stays
    assert row["gdp_level_n"] == 1


def test_a_panel_of_chosen_or_all_indicators(tables):
    wide = frames.wide_panel(tables["reports"], tables["targets"], ["cpi"])
    assert [n for n in wide.schema.names if n.endswith("_low")] == ["cpi_growth_low"]
    everything = frames.wide_panel(tables["reports"], tables["targets"], None)
    rows = [t for t in tables["targets"].to_pylist() if t["tier"] == "base" and not t["filter"] and t["kind"]]
    assert {f"{t['indicator']}_{t['kind']}_n" for t in rows if t["horizon"] == "year"} <= set(
        everything.schema.names
    )


def test_rows_of_the_panel_are_the_reports(report):
    text = report.source.replace("6.5%左右", "5%左右", 1)
    tables = frames.tables(
        [report, zfreport.parse(text), zfreport.parse("无关的文字")], ["reports", "targets"]
    )
    panel = frames.wide_panel(tables["reports"], tables["targets"])
    assert [r["gdp_growth_low"] for r in panel.to_pylist()] == [Decimal("6.5"), 5, None]


def test_long_panel_and_tasks(tables):
    long = frames.long_panel(tables["targets"])
    assert "tone" in long.schema.names
    assert long.num_rows == tables["targets"].num_rows
    tasks = frames.task_table(tables["tasks"])
    assert [f.metadata[b"zh"].decode() for f in tasks.schema][:4] == ["序号", "任务", "牵头单位", "完成时限"]
    assert tasks.column("number").to_pylist() == list(range(1, tasks.num_rows + 1))


def test_a_task_with_control_characters_is_a_docx_too(tables, tmp_path):
    """XML holds none of them."""
    docx = pytest.importorskip("docx")
    odd = altered(tables["tasks"].slice(0, 1), title="做强\x0b主导\x00产业")
    path = frames.task_docx(odd, tmp_path / "tasks.docx")
    assert docx.Document(str(path)).tables[0].rows[1].cells[1].text == "做强主导产业"


def test_two_years_as_a_table(report, example_2025, tmp_path):
    """What the page shows, with the sentences: to be sorted, filled in and handed on."""
    compared = zfreport.compare(report, example_2025)
    table = frames.comparison_table(report, example_2025, compared)
    rows = table.to_pylist()
    assert [r["what"] for r in rows] == ["target"] * len(compared.targets) + ["pledge"] * len(
        compared.pledges
    )
    gdp = rows[0]
    assert (gdp["name"], gdp["kind"], gdp["unit"], gdp["outcome"]) == (
        "地区生产总值",
        "growth",
        "%",
        "missed",
    )
    assert (gdp["target"], gdp["target_low"]) == ("地区生产总值增长6.5%左右", Decimal("6.5"))
    assert (gdp["actual_low"], gdp["target_now_low"], gdp["reason"]) == (
        Decimal("5.8"),
        6,
        "实际5.8，目标6.5",
    )
    assert gdp["actual"] in gdp["actual_sentence"]
    for r in rows:
        assert report.source[r["target_start"] :].startswith(r["target"][:1])
    assert [r["name"] for r in rows if r["what"] == "pledge"] == [p.title for p in report.pledges]
    file = frames.write(frames.labelled(table), tmp_path / "a.csv", headings="zh")
    with file.open(encoding="utf-8-sig", newline="") as lines:
        first = next(csv.DictReader(lines))
    assert (first["类别"], first["口径"], first["结果"]) == ("目标", "增速", "未完成")
    english = frames.comparison_table(report, example_2025, compared, language="en").to_pylist()
    assert english[0]["reason"] == "5.8 against 6.5"
    with pytest.raises(TypeError, match="wants a Comparison"):
        frames.comparison_table(report, example_2025, None)


def test_every_reason_has_its_chinese():
    """A reason that compare() gives and the table does not know would stand there in English."""
    from zfreport.facts import comparison
    from zfreport.frames.compared import reason_in

    source = Path(comparison.__file__).read_text("utf-8")
    given = re.findall(r'f?"((?:not |no |the target |another |reported |grew |\{value)[^"]*)"', source)
    assert len(given) >= 10
    for reason in given:
        made = re.sub(
            r"\{[^}]*\}",
            lambda m: {"{target.kind}": "growth", "{target.bound}": "absent"}.get(m[0], "5"),
            reason,
        )
        assert not re.search("[A-Za-z]", reason_in(made, "zh")), made


def test_tasks_as_docx(tables, tmp_path):
    docx = pytest.importorskip("docx")
    path = frames.task_docx(tables["tasks"], tmp_path / "tasks.docx")
    (table,) = docx.Document(str(path)).tables
    assert [c.text for c in table.rows[0].cells] == ["序号", "任务", "牵头单位", "完成时限"]
    assert [r.cells[1].text for r in table.rows[1:]] == tables["tasks"].column("title").to_pylist()


# --- places


def test_a_gazetteer_of_ones_own(report):
    """One candidate gives the code; several are all listed and none is chosen."""
    from zfreport.regions import Place

    asked = []

    def places(name, year):
        asked.append((name, year))
        return [Place("339901", name, ("某省",)), Place("419901", name, ("另省",))][
            : 1 if year == 2024 else 2
        ]

    later = zfreport.parse(report.source.replace("2024", "2026").replace("2023", "2025"))
    rows = frames.tables([report, later], ["reports"], resolver=places)["reports"].to_pylist()
    assert asked == [("云汀县", 2024), ("云汀县", 2026)]
    assert [r["region_code"] for r in rows] == ["339901", ""]
    assert rows[1]["region_candidates"] == "339901 某省云汀县|419901 另省云汀县"


# --- copies


def test_copies_are_recognised_in_any_dress(report, example):
    """Script, widths, line breaks and page furniture make no difference to the digest; other years do."""
    digest = frames.digest(report)
    text = report.source
    assert (
        frames.digest(
            zfreport.parse("首页\n打印\n" + text.replace("\n\n", "\n　　") + "\n扫一扫在手机打开当前页\n")
        )
        == digest
    )
    wide = "".join(chr(ord(c) + 0xFEE0) if "0" <= c <= "9" or c == "%" else c for c in text)
    assert frames.digest(zfreport.parse(wide)) == digest
    other = zfreport.parse(example("county-2025"))
    assert frames.digest(other) != digest
    assert frames.similarity(frames.sketch(other), frames.sketch(report)) < 0.2


def test_variants_make_no_other_report(report):
    """森林覆盖率 and 咨询 come back from Traditional as 森林复盖率 and 谘询, by whatever table it was made."""
    changed = report.source.replace("城市", "覆盖城市")
    other = zfreport.parse(changed.replace("覆", "复"))
    assert frames.digest(zfreport.parse(changed)) == frames.digest(other) != frames.digest(report)


def test_a_few_sentences_make_no_copy():
    """Notices and placeholders are all alike; a text without parts has a digest of its own all the same."""
    notice = zfreport.parse("该报告尚未在本网站公开发布。请稍后再来查看本页面内容。")
    assert list(frames.copies([("a", frames.sketch(notice)), ("b", frames.sketch(notice))])) == []
    assert frames.digest(notice) != frames.digest(zfreport.parse("另一则短消息。"))
    assert len(frames.digest(notice)) == 16


def test_more_than_half_of_the_sentences_make_a_copy():
    """Half of them do not; formulas that every report has (各位代表) are no sentences."""
    sentences = [f"第{n}个工业园区新开工建设项目进展顺利。" for n in range(60)]

    def sketched(chosen):
        return frames.sketch(zfreport.parse("各位代表：\n一、2023年工作回顾\n" + "\n".join(chosen)))

    whole = sketched(sentences)
    assert len(whole) == 61  # with the heading
    for kept, copied in ((45, True), (27, False)):
        other = sketched(sentences[:kept] + [s.replace("工业", "农业") for s in sentences[kept:]])
        assert bool(list(frames.copies([("a", whole), ("b", other)]))) is copied
    assert len(sketched(["各位代表！", "同志们！", "增长5%。"])) == 1  # the heading again


def test_a_sketch_is_small_however_long_the_report():
    words = "\n".join(f"第{n}个工业园区新开工建设项目进展顺利。" for n in range(300))
    assert len(frames.sketch(zfreport.parse(f"各位代表：\n一、2023年工作回顾\n{words}"))) == 128


def test_a_damaged_copy_is_still_a_copy(report):
    lines = report.source.split("\n")
    damaged = zfreport.parse("\n".join(lines[:30] + lines[33:]).replace("县", "縣", 5))
    assert frames.digest(damaged) != frames.digest(report)
    found = list(frames.copies([("a", frames.sketch(report)), ("b", ()), ("c", frames.sketch(damaged))]))
    assert [(f[0], f[1]) for f in found] == [("c", "a")]


def test_one_name_stands_for_itself(report, tables):
    """A table or an indicator alone is a string, not the letters of one; a report alone is no list of them."""
    assert frames.tables(report, "targets")["targets"].equals(frames.tables([report])["targets"])
    with pytest.raises(TypeError, match="wants one table"):
        frames.write(tables, "all.csv")
    assert list(frames.tables([report], "targets")) == ["targets"]
    wide = frames.wide_panel(tables["reports"], tables["targets"], "gdp")
    assert wide.column("gdp_growth_bound").to_pylist() == ["about"]


def test_a_misspelt_indicator_is_no_empty_column(tables):
    """An indicator of the caller's own counts as known where it occurs."""
    with pytest.raises(UnknownNameError, match="did you mean 'gdp'"):
        frames.wide_panel(tables["reports"], tables["targets"], ["gpd"])
    at = tables["targets"].schema.get_field_index("indicator")
    own = tables["targets"].set_column(
        at, tables["targets"].schema.field(at), pa.array(["bikes"] * tables["targets"].num_rows)
    )
    assert "bikes_growth_low" in frames.wide_panel(tables["reports"], own, ["bikes"]).column_names


def test_floats_can_be_computed_with(tables):
    """Exact decimals are the default; two columns of doubles can be subtracted, in both frames."""
    pandas = pytest.importorskip("pandas")
    polars = pytest.importorskip("polars")
    frame = frames.to_pandas(tables["targets"], floats=True)
    assert (frame["high"] - frame["low"]).dropna().min() == 0.0
    assert frame["low"].dtype == pandas.ArrowDtype(pa.float64())
    assert frames.to_polars(tables["targets"], floats=True)["low"].dtype == polars.Float64
    assert pa.types.is_decimal(frames.to_pandas(tables["targets"])["low"].dtype.pyarrow_dtype)


def test_floats_are_the_numbers_printed(tables):
    """18.1 was 18.099999999999998, and no row was found by it."""
    pytest.importorskip("pandas")
    printed = [f"{n / 10:.1f}" for n in range(-999, 999)]
    table = pa.table({"low": pa.array([Decimal(p) for p in printed], pa.decimal128(38, 12))})
    assert frames.to_pandas(table, floats=True)["low"].tolist() == [float(p) for p in printed]


def test_words_for_codes(tables):
    """Enumerated columns alone, in both panels; what is empty stays empty, and what holds other words is left."""
    long = frames.labelled(frames.long_panel(tables["targets"]))
    assert long.schema == frames.long_panel(tables["targets"]).schema
    first = long.to_pylist()[0]
    assert (first["indicator"], first["bound"], first["tone"], first["kind"]) == (
        "gdp",
        "左右",
        "弹性",
        "增速",
    )
    wide = frames.wide_panel(tables["reports"], tables["targets"])
    row = frames.labelled(wide, "en").to_pylist()[0]
    assert (row["public_budget_revenue_growth_bound"], row["trade_total_growth_tone"]) == (
        "at least",
        None,
    )
    codes, words = tables["reports"].to_pylist()[0], frames.labelled(tables["reports"]).to_pylist()[0]
    assert {name: words[name] for name in codes if words[name] != codes[name]} == {
        "level": "县级",
        "year_inferred": "否",
        "lossy": "否",
        "doubtful": "否",
    }
    assert {r["kind"] for r in frames.labelled(tables["nodes"]).to_pylist()} >= {"部分", "节", "条", "块"}
    assert {r["role"] for r in frames.labelled(tables["attention"]).to_pylist()} >= {"回顾", "计划", ""}
    assert "数值" in frames.labelled(tables["quantities"]).column("kind").to_pylist()
    with pytest.raises(UnknownNameError, match="language of words"):
        frames.labelled(long, "cn")


def test_a_row_of_the_long_panel_says_what_its_report_is(tables):
    """Copies and texts that are no report could be dropped from the wide panel alone."""
    plain = frames.long_panel(tables["targets"])
    name = "云汀/2024.txt#1"
    long = frames.long_panel(tables["targets"], reports=tables["reports"], copies={name: "b.txt#1"})
    assert long.select(plain.column_names).equals(plain)
    first = long.to_pylist()[0]
    assert (first["level"], first["review_year"], first["doubtful"], first["copy_of"]) == (
        "county",
        2023,
        False,
        "b.txt#1",
    )
    assert long.column_names[3:9] == [
        "plan_year",
        "region_code",
        "level",
        "review_year",
        "doubtful",
        "copy_of",
    ]
    other = frames.long_panel(tables["targets"], reports=tables["reports"].slice(0, 0))
    assert set(other.column("level").to_pylist()) == {None}


def test_the_numbers_of_a_task_say_what_they_are_of(tables):
    """5个；10个；14座 told nobody what was asked; a comma in a number ends no clause."""
    report = zfreport.parse(
        "各位代表：\n一、2024年工作安排\n（一）兴办实事\n"
        "推进城市更新。新建便民市场5个、停车场10个，完成36个老旧小区改造；投资1,200万元，修路3至\n5公里。力争早日见效。\n"
    )
    assert frames.tables(report, "tasks")["tasks"].column("numbers").to_pylist()[0].split("；") == [
        "新建便民市场5个",
        "停车场10个",
        "完成36个老旧小区改造",
        "投资1,200万元",
        "修路3至5公里",
    ]
    first = tables["pledges"].to_pylist()[0]
    assert first["promises"].replace("；", "，") == first["title"]  # 1. is none of its words


def test_a_task_comes_with_its_words(tables):
    """20个 alone says nothing: what is counted stands in the text."""
    row = frames.task_table(tables["tasks"]).to_pylist()[0]
    assert row["numbers"].split("；")[0] in row["text"]
