"""Odd calls: each says what was wanted, what was found and what would help. None is a bare error from inside, or a silent answer."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import pytest
from attrs import frozen

import zfreport
from zfreport import (
    Code,
    DetectorChain,
    LineIndex,
    ReadError,
    RegexHeading,
    Unit,
    UnknownNameError,
    ZfreportError,
    batch,
    frames,
    from_json,
    is_traditional,
    load,
    parse,
    parse_all,
    parse_number,
    read,
    to_simplified,
)
from zfreport.attention import attention, keyword_in_context, texts_by_role
from zfreport.errors import nearest
from zfreport.explain import explain
from zfreport.facts import Indicator, IndicatorTable, default_table, find_facts, find_targets
from zfreport.gazetteer import resolve
from zfreport.headings import DEFAULT, DEFAULT_VETOES, NamedVeto
from zfreport.io import Document, Limits, decode_bytes, documents, read_bytes
from zfreport.nodes import Form, Kind
from zfreport.plot import plot_targets
from zfreport.regions import find_places, narrowed
from zfreport.render.chunks import chunks
from zfreport.render.compare_page import compare_page
from zfreport.render.exchange import to_dict, to_json
from zfreport.render.markdown import markdown, markdown_outline
from zfreport.render.notebook import html
from zfreport.render.outline import outline
from zfreport.render.page import page
from zfreport.render.terminal import rich
from zfreport.units import UNITS

COUNTY = Path("examples/county-2024.txt")
REPORT = parse(COUNTY.read_text("utf-8"))


def refused(call, error, *words):
    """*call* raises exactly *error*, and its message has all of *words*."""
    with pytest.raises(error) as found:
        call()
    assert type(found.value) is error
    message = str(found.value)
    assert [word for word in words if word not in message] == [], message


def test_names_that_are_no_strings_have_no_nearest():
    """An error about an unknown name can be shown whatever the name is."""
    assert nearest(None, ["gdp"]) == ""
    assert str(UnknownNameError("unit", 3, ["米"])) == "no unit named 3 among ['米']"


def test_misspelt_names_of_the_package():
    """A public name is near its misspelling."""
    refused(lambda: zfreport.parze, AttributeError, "'parze'", "did you mean 'parse'")
    assert not hasattr(zfreport, "__wrapped__")


# ---------------------------------------------------------------------- headings


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        (("x", "("), ZfreportError, ["'x'", "missing )", "at the end", "'('"]),
        (("x", "a**+b"), ZfreportError, ["'x'", "multiple repeat at 2, before '*+b'"]),
        (("x", ""), ZfreportError, ["'x'", "empty"]),
        (("x", "(?P<titel>a)"), ZfreportError, ["'x'", "'titel'", "did you mean 'title'"]),
        (("x", b"a"), TypeError, ["'x'", "pattern as str", "bytes b'a'"]),
        (("", "a"), TypeError, ["a name as str"]),
        (("x", "a", "b"), TypeError, ["'x'", "rank", "str 'b'"]),
        (("x", "a", 25, "secton"), UnknownNameError, ["'secton'", "did you mean 'section'"]),
        (("x", "a", 25, None, "lines"), UnknownNameError, ["'lines'", "did you mean 'line'"]),
    ],
)
def test_rule(arguments, error, words):
    """A rule that cannot work fails when it is made, by its name."""
    refused(lambda: RegexHeading(*arguments), error, *words)


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"examples": "●稳增长"}, TypeError, ["write ('●稳增长',)"]),
        ({"examples": None}, TypeError, ["tuple of lines", "None"]),
        ({"counterexamples": (3,)}, TypeError, ["int 3"]),
        ({"weight": 5}, ValueError, ["from 0 to 1", "5"]),
        ({"timeout": -1}, ValueError, ["timeout", "-1"]),
        ({"timeout": "1"}, TypeError, ["timeout", "str '1'"]),
    ],
)
def test_rule_options(options, error, words):
    """So does one with odd options."""
    refused(lambda: RegexHeading("x", "a", **options), error, *words)


def test_rule_takes_names_of_kinds():
    """The name of a kind is that kind: `is` would not hold for a string."""
    rule = RegexHeading("x", "a", kind="section", form="line")
    assert rule.kind is Kind.SECTION
    assert rule.form is Form.LINE


def test_chain():
    """A chain says which of its members is no detector; a list will do for a tuple."""
    rule = RegexHeading("x", "a")
    assert DetectorChain([rule]) == DetectorChain((rule,))
    assert hash(DetectorChain([rule])) == hash(DetectorChain((rule,)))
    refused(lambda: DetectorChain((rule, "dash")), TypeError, "number 2", "detect(line)", "str 'dash'")
    refused(lambda: DetectorChain(rule), TypeError, "tuple", "got RegexHeading")
    refused(lambda: DEFAULT.before("dash", RegexHeading), TypeError, "make one of it, RegexHeading(…)")


@pytest.mark.parametrize("function", [parse, parse_all])
def test_detectors_and_vetoes(function):
    """What is no chain and what are no vetoes is refused before the parse."""
    rule = RegexHeading("x", "a")
    for odd in ([rule], rule, "dash", None):
        refused(
            lambda odd=odd: function("一、工作", detectors=odd), TypeError, "DetectorChain", "DEFAULT", "got"
        )
    veto = DEFAULT_VETOES[0]
    refused(lambda: function("一、工作", vetoes=veto), TypeError, "a single one goes into a tuple")
    refused(lambda: function("一、工作", vetoes=None), TypeError, "got None")
    refused(lambda: function("一、工作", vetoes="date"), TypeError, "got str 'date'")
    refused(lambda: function("一、工作", vetoes=[veto, "date"]), TypeError, "number 2", "str 'date'")
    refused(lambda: function("一、工作", vetoes=[lambda line, c: None]), TypeError, "NamedVeto makes one")
    refused(lambda: function("一、工作", vetoes=[NamedVeto]), TypeError, "the class NamedVeto")


def test_vetoes_may_be_any_iterable():
    """A generator of vetoes serves every report of a text."""
    text = f"{REPORT.source}\n{Path('examples/county-2025.txt').read_text('utf-8')}"
    assert parse_all(text, vetoes=(v for v in DEFAULT_VETOES)) == parse_all(text)


def test_veto():
    """A veto says what it is made of."""
    refused(lambda: NamedVeto("x", None), TypeError, "veto 'x'", "a function")
    refused(lambda: NamedVeto("x", len, "dash"), TypeError, "write {'dash'}")


@frozen
class Giving:
    given: object
    name: str = "giving"

    def detect(self, line):
        return [self.given]


@pytest.mark.parametrize(
    "given",
    [
        "一、工作回顾",
        None,
        DEFAULT["dash"],
        pytest.param(("giving", (0, 3)), id="tuple"),
    ],
)
def test_a_detector_that_gives_no_candidates(given):
    """The parse goes on without it, and a diagnostic says what it gave."""
    report = parse("一、工作回顾\n全年完成各项任务。\n", detectors=DEFAULT.before("dash", Giving(given)))
    [found] = [d for d in report.diagnostics if d.kind is Code.DETECTOR_FAILED]
    assert "'giving' gave" in found.message
    assert "a Candidate is wanted" in found.message


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": (0, 900)}, "title is (0, 900)"),
        ({"title": (3, 1)}, "title is (3, 1)"),
        ({"title": 3}, "title is 3"),
        ({"title": (0, 3), "marker": (-2, 0)}, "marker is (-2, 0)"),
        ({"title": (0, 3), "kind": "section"}, "kind is str 'section'"),
        ({"title": (0, 3), "form": "line"}, "form is str 'line'"),
    ],
)
def test_a_detector_that_gives_odd_candidates(fields, words):
    """A place outside the line is no heading of it."""
    from zfreport import Candidate

    chain = DEFAULT.before("dash", Giving(Candidate("giving", **fields)))
    report = parse("一、工作回顾\n全年完成各项任务。\n", detectors=chain)
    [found] = [d for d in report.diagnostics if d.kind is Code.DETECTOR_FAILED]
    assert words in found.message
    assert report.parts[0].title == "工作回顾"


# ---------------------------------------------------------------------- texts and places


@pytest.mark.parametrize("name", ["one.txt", "报告.docx", "data/报告.docx\n", r"C:\报告\2024", "../2024.pdf"])
def test_a_path_for_a_text(name):
    """A text that is a path is no report, and the diagnostic says what opens files."""
    [found] = [d for d in parse(name).diagnostics if d.kind is Code.DOUBTFUL_REPORT]
    assert "looks like the path of a file" in found.message
    assert "zfreport.load" in found.message
    assert "zfreport.read" in found.message


def test_an_address_for_a_text():
    """So is an address, of which nothing is fetched."""
    [found] = [d for d in parse("https://www.example.cn/a.html").diagnostics if d.code == "ZF203"]
    assert "address of a page" in found.message


def test_a_page_for_a_text():
    """The source of a page is no text of a report, however long it is."""
    body = "".join(
        f"<p>第{k}项工作，全年新增企业{k}家，完成投资3亿元，各项工作都取得了新的成绩。</p>" for k in range(80)
    )
    page = f"<html><body><h1>政府工作报告</h1><p>各位代表：</p><p>一、2023年工作回顾</p>{body}</body></html>"
    [found] = [d for d in parse(page).diagnostics if d.code == "ZF203"]
    assert "tags of a web page" in found.message
    assert "zfreport.read" in found.message


@pytest.mark.parametrize("text", ["", "政府工作报告", "各位代表：\n增长8.5%，投资12亿元/年。"])
def test_short_texts_are_no_paths(text):
    """Other short texts are only doubtful."""
    assert not [d for d in parse(text).diagnostics if "looks like" in d.message]


def test_what_is_no_text():
    """`parse` says how files and documents are given."""
    refused(lambda: parse(read(COUNTY)), TypeError, "got Document", ".text", "zfreport.read")
    refused(lambda: parse(COUNTY), TypeError, "zfreport.load")
    refused(lambda: parse(b"abc"), TypeError, "bytes b'abc'")


def test_places_of_offsets():
    """Lines and places there are for offsets of the text, its end included, and for no others."""
    index = LineIndex("甲\n乙丙")
    assert index.place(4) == (2, 3)
    document = Document(text="甲\n乙丙", format="text")
    assert document.place(4).line == 2
    for place in (index.place, document.place):
        refused(lambda place=place: place(-1), IndexError, "offset -1", "0 to 4")
        refused(lambda place=place: place(5), IndexError, "offset 5", "0 to 4")
        refused(lambda place=place: place("1"), TypeError, "offset as int", "str '1'")
        refused(lambda place=place: place(None), TypeError, "offset as int", "None")
    for line in (0, -1, 3):
        refused(lambda line=line: index.line_start(line), IndexError, f"line {line}", "lines 1 to 2")
    refused(lambda: LineIndex(b"a"), TypeError, "bytes b'a'")


def test_offsets_may_be_of_numpy():
    """Offsets out of a table are whole numbers of numpy."""
    numpy = pytest.importorskip("numpy")
    assert LineIndex("甲\n乙丙").place(numpy.int64(2)) == (2, 1)
    assert REPORT.at(numpy.int64(0)) == REPORT.at(0)


def test_report_places():
    """So for a report."""
    refused(lambda: REPORT.at("1"), TypeError, "offset as int", "str '1'")
    refused(lambda: REPORT.explain(None), TypeError, "offset as int", "None")
    refused(lambda: REPORT.explain(-1), IndexError, "offset -1")
    refused(lambda: REPORT.path("产业"), TypeError, "a node", "str '产业'")
    other = parse(Path("examples/county-2025.txt").read_text("utf-8")).parts[0]
    refused(lambda: REPORT.path(other), ValueError, "of this report", "of another text", other.title)
    assert REPORT.path(parse(REPORT.source).parts[0]) == ()


def test_places_by_name():
    """Names of places are strings, years are whole numbers of four digits."""
    refused(lambda: find_places(110105), TypeError, "name of a place", "int 110105")
    refused(lambda: narrowed("abc", "x"), TypeError, "find_places", "str 'a'")
    refused(lambda: narrowed(find_places("鼓楼区"), None), TypeError, "None")
    pytest.importorskip("cnloc")
    refused(lambda: resolve("朝阳区", "2020"), TypeError, "year as int or None", "str '2020'")
    refused(lambda: resolve("朝阳区", float("nan")), TypeError, "float nan")
    refused(lambda: resolve("朝阳区", True), TypeError, "bool True")
    refused(lambda: resolve("朝阳区", 20), ValueError, "four digits", "20")
    refused(lambda: resolve(b"a"), TypeError, "bytes b'a'")
    refused(lambda: resolve("朝阳区", within=["长春市"]), TypeError, "within", "list")
    assert resolve("朝阳区", 2020.0) == resolve("朝阳区", 2020)


# ---------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("-3.8%", "a number with '%' behind it"),
        ("3.5亿元", "a number with '元' behind it"),
        ("5个百分点", "a number with '个百分点' behind it"),
        ("约3.5", "a number with '约' before it"),
        ("约3.5亿元", "'约' before it and '元' behind it"),
        ("2023年", "'年' behind it"),
        ("三成", "'成' behind it"),
        ("百分之三", "a fraction"),
        ("三分之一", "a fraction"),
        ("1/3", "a fraction"),
        ("5-8", "a range"),
        ("5%—6%", "a range"),
    ],
)
def test_quantities_are_no_numerals(text, words):
    """What `parse_number` refuses because something stands beside the number, it says so, and who reads that."""
    refused(lambda: parse_number(text), ValueError, repr(text), words, "find_quantities")


@pytest.mark.parametrize("text", ["3.8.1", "3..8", "abc", "", " ", "三四百", "几十", "1,23", "9" * 100])
def test_what_is_no_number_either(text):
    """Of these it says, as before, what is wrong with the numeral."""
    with pytest.raises(ValueError, match=r".") as found:
        parse_number(text)
    assert "no numeral alone" not in str(found.value)


@pytest.mark.parametrize("odd", [None, 3, b"3", ["3"]])
def test_numerals_are_strings(odd):
    """A number that is one already is no numeral."""
    refused(lambda: parse_number(odd), TypeError, "numeral as str", "got")


def test_scripts():
    """Texts are strings, variants are those of OpenCC."""
    refused(lambda: to_simplified(None), TypeError, "text as str", "None")
    refused(lambda: is_traditional(b"x"), TypeError, "text as str", "bytes b'x'")
    refused(lambda: to_simplified("x", "tw2"), ValueError, "'tw2'", "did you mean 'tw2s")


# ---------------------------------------------------------------------- tables


@pytest.fixture(scope="module")
def tables():
    pytest.importorskip("pyarrow")
    return frames.tables(REPORT)


NEED_ARROW = pytest.mark.skipif(find_spec("pyarrow") is None, reason="needs pyarrow")


@NEED_ARROW
@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: frames.tables("x"), TypeError, ["a Report", "str 'x'", "zfreport.parse"]),
        (lambda: frames.tables([REPORT, None]), TypeError, ["a Report", "None"]),
        (lambda: frames.tables(REPORT, None), TypeError, ["names of tables", "None"]),
        (lambda: frames.tables(REPORT, ["tsks"]), UnknownNameError, ["'tsks'", "did you mean 'tasks'"]),
        (lambda: frames.tables([], ["tsks"]), UnknownNameError, ["'tsks'", "did you mean 'tasks'"]),
        (lambda: frames.tables(REPORT, file=3), TypeError, ["file", "int 3"]),
        (lambda: frames.tables(REPORT, "targets", dictionary=3), TypeError, ["topic → words", "int 3"]),
        (lambda: frames.tables(REPORT, resolver="x"), TypeError, ["resolver", "str 'x'"]),
        (lambda: frames.tables(REPORT, resolver=lambda n, y: None), TypeError, ["'云汀县'", "None"]),
        (lambda: frames.tables(REPORT, resolver=lambda n, y: ["x"]), TypeError, ["'云汀县'", "str 'x'"]),
        (lambda: frames.columns(None), TypeError, ["columns wants a Report", "None"]),
        (lambda: frames.batch("targets", None), TypeError, ["dict of lists", "None"]),
        (lambda: frames.batch("targets", {"lw": [1]}), UnknownNameError, ["'lw'", "targets"]),
        (lambda: frames.batch("targets", {"low": [], "high": [1]}), ValueError, ["one length", "'high': 1"]),
        (lambda: frames.labels_of(None), TypeError, ["name of a column", "None"]),
        (lambda: frames.digest("x"), TypeError, ["digest wants a Report", "str 'x'"]),
        (lambda: frames.sketch(None), TypeError, ["sketch wants a Report", "None"]),
        (lambda: frames.similarity("ab", "ac"), TypeError, ["two sketches", "str 'ab'"]),
        (lambda: list(frames.copies([REPORT])), TypeError, ["(name, sketch(report))", "Report"]),
        (lambda: list(frames.copies(None)), TypeError, ["pairs", "None"]),
    ],
)
def test_frames(call, error, words):
    """What is no report, table, column or dictionary is named."""
    refused(call, error, *words)


def test_frames_of_paths(tables):
    """A path will do for the name of a file."""
    named = frames.tables(REPORT, "reports", file=COUNTY)["reports"]
    assert named.column("file").to_pylist() == [str(COUNTY)]


def test_views(tables, tmp_path):
    """The views say which table they want, and what they got."""
    reports, targets = tables["reports"], tables["targets"]
    refused(lambda: frames.wide_panel(tables, tables), TypeError, "one table", "tables['targets']")
    refused(lambda: frames.wide_panel(REPORT, targets), TypeError, "Arrow table", "zfreport.frames.tables")
    refused(
        lambda: frames.wide_panel(targets, reports), UnknownNameError, "'region_code'", "the table targets"
    )
    refused(lambda: frames.wide_panel(reports, targets, 3), TypeError, "indicators", "int 3")
    refused(lambda: frames.wide_panel(reports, targets, horizon="yeer"), UnknownNameError, "mean 'year'")
    refused(lambda: frames.wide_panel(reports, targets, copies=[("b", "a", 1.0)]), TypeError, "dict", "list")
    refused(lambda: frames.wide_panel(reports, targets, copies={"b": "a"}), UnknownNameError, "'b'", "'#1'")
    refused(lambda: frames.long_panel(tables["tasks"]), UnknownNameError, "'indicator'", "the table tasks")
    refused(lambda: frames.long_panel(None), TypeError, "Arrow table", "None")
    refused(lambda: frames.labelled(tables), TypeError, "one table")
    refused(lambda: frames.task_table(targets), UnknownNameError, "'number'", "the table targets")
    refused(lambda: frames.to_pandas(REPORT), TypeError, "Arrow table", "got Report")
    refused(lambda: frames.to_polars(tables), TypeError, "one table")
    refused(lambda: frames.write(REPORT, tmp_path / "a.csv"), TypeError, "Arrow table", "got Report")
    refused(lambda: frames.write(targets, None), TypeError, "a path", "None")
    refused(lambda: frames.write(targets.to_batches()[0], "a.csv"), TypeError, "Table.from_batches")


def test_views_to_docx(tables, tmp_path):
    """So does the list of tasks, before it writes."""
    pytest.importorskip("docx")
    target = tmp_path / "a.docx"
    refused(lambda: frames.task_docx(tables["targets"], target), UnknownNameError, "'number'")
    refused(lambda: frames.task_docx(tables["tasks"], None), TypeError, "a path", "None")
    refused(lambda: frames.task_docx(tables["tasks"], target, title=None), TypeError, "title", "None")
    assert not target.exists()


def test_a_data_frame_is_no_arrow_table(tables, tmp_path):
    """It says what makes one of it."""
    pytest.importorskip("pandas")
    frame = frames.to_pandas(tables["targets"])
    refused(lambda: frames.write(frame, tmp_path / "a.csv"), TypeError, "DataFrame", "Table.from_pandas")


def test_writers_take_paths(tables, tmp_path):
    """A path as a string is one."""
    writer = frames.open_writer("csv", str(tmp_path / "a.csv"), tables["tasks"].schema)
    writer.close()
    assert (tmp_path / "a.csv").exists()
    refused(lambda: frames.open_writer("csv", tmp_path / "b.csv", None), TypeError, "schema", "None")


# ---------------------------------------------------------------------- words and indicators


@pytest.mark.parametrize(
    ("dictionary", "words"),
    [
        (None, ["topic → words", "None"]),
        (3, ["topic → words", "int 3"]),
        (b"abc", ["topic → words", "bytes b'abc'"]),
        ({"创新": None}, ["'创新'", "None"]),
        ({"创新": 3}, ["'创新'", "int 3"]),
        ({"创新": ["科技", float("nan")]}, ["'创新'", "words as str", "float nan"]),
        ({3: ["科技"]}, ["topics as str", "int 3"]),
        ([["科技"]], ["words as str", "list"]),
    ],
)
def test_dictionaries(dictionary, words):
    """A dictionary has topics and words, both strings."""
    refused(lambda: REPORT.attention(dictionary), TypeError, *words)


def test_words_in_context():
    """So are words looked for."""
    refused(lambda: attention("text", ["科技"]), TypeError, "attention wants a Report", "zfreport.parse")
    refused(lambda: texts_by_role(None), TypeError, "texts_by_role wants a Report")
    refused(lambda: keyword_in_context([REPORT], "科技"), TypeError, "a Report", "one of its members")
    refused(lambda: keyword_in_context(REPORT, ["科技"]), TypeError, "a word as str", "list")
    refused(lambda: keyword_in_context(REPORT, None), TypeError, "a word as str", "None")
    refused(lambda: keyword_in_context(REPORT, "科技", width=-5), ValueError, "0 or more", "-5")
    refused(lambda: keyword_in_context(REPORT, "科技", width="5"), TypeError, "width as int", "str '5'")


@pytest.mark.parametrize(
    ("fields", "error", "words"),
    [
        ({"absolute": "cuont"}, UnknownNameError, ["absolute", "'bikes'", "'cuont'", "mean 'count'"]),
        ({"percent": "grwth"}, UnknownNameError, ["percent", "'bikes'", "mean 'growth'"]),
        ({"role": "famly"}, UnknownNameError, ["role", "'bikes'", "mean 'family'"]),
        ({"polarity": "dwn"}, UnknownNameError, ["polarity", "'bikes'", "mean 'down'"]),
        ({"polarity": None}, UnknownNameError, ["polarity", "None"]),
        ({"names": "共享单车"}, TypeError, ["names as a tuple", "str '共享单车'"]),
        ({"units": "辆"}, TypeError, ["units as a tuple", "str '辆'"]),
        ({"look_alikes": None}, TypeError, ["look_alikes as a tuple", "None"]),
        ({"id": ""}, TypeError, ["an id"]),
    ],
)
def test_indicator(fields, error, words):
    """An indicator says which of its fields is odd, when it is made."""
    refused(lambda: Indicator(**{"id": "bikes", "name_zh": "共享单车", **fields}), error, *words)


def test_indicator_takes_lists():
    """A list will do for a tuple, and the indicator stays one that can be a key."""
    listed = Indicator(id="bikes", name_zh="共享单车", names=["共享单车"], units=["辆"])
    assert hash(listed) == hash(Indicator(id="bikes", name_zh="共享单车", names=("共享单车",), units=("辆",)))


@pytest.mark.parametrize("names", [("车",), ("",), ("(车|)",), ("共享(单车|",), (3,)])
def test_names_that_cannot_be_found(names):
    """A table refuses names that its scan could not find."""
    with pytest.raises((ZfreportError, TypeError), match="'bikes' wants"):
        default_table().with_indicators(Indicator(id="bikes", name_zh="共享单车", names=names))


def test_tables_of_indicators():
    """A table is made of indicators, and asked with strings."""
    table = default_table()
    bikes = Indicator(id="bikes", name_zh="共享单车", names=("共享单车",))
    refused(lambda: table.with_indicators([bikes]), TypeError, "one after the other", "list")
    refused(lambda: table.with_indicators("gdp"), TypeError, "indicators", "str 'gdp'")
    refused(lambda: IndicatorTable([bikes]), TypeError, "dict by id", "list")
    refused(lambda: list(table.find(None)), TypeError, "text as str", "None")
    assert list(IndicatorTable({}).find("地区生产总值")) == []
    text = "全市地区生产总值"
    assert [text[m.start : m.end] for m in table.find(text, -6)] == ["地区生产总值"]
    for find in (find_facts, find_targets):
        refused(lambda find=find: find("x"), TypeError, find.__name__, "a Report")
        refused(lambda find=find: find(REPORT, "x"), TypeError, find.__name__, "default_table()")


# ---------------------------------------------------------------------- units


@pytest.mark.parametrize(
    ("units", "options", "error", "words"),
    [
        (["斛"], {}, TypeError, ["units", "str '斛'"]),
        ([Unit("斛", "volume", 0.5)], {}, TypeError, ["exact factor", "float 0.5"]),
        ([Unit("斛", "volume", "1/20")], {}, TypeError, ["exact factor", "str '1/20'"]),
        ([Unit("斛", "volume", 0)], {}, ValueError, ["above 0"]),
        ([Unit(3, "volume")], {}, TypeError, ["symbol", "int 3"]),
        ([Unit("斛", None)], {}, TypeError, ["dimension", "None"]),
        ([Unit("斛", "volume")], {"forms": (3,)}, TypeError, ["forms", "int 3"]),
        ([Unit("斛", "volume")], {"unless": "("}, ZfreportError, ["unterminated", "at 0", "'('"]),
    ],
)
def test_units(units, options, error, words):
    """A unit is refused when it goes into a table."""
    refused(lambda: UNITS.with_(*units, **options), error, *words)


def test_units_by_form():
    """One form is one form, not its characters; what is no string is no unit."""
    assert UNITS.with_(Unit("斛", "volume"), forms="石斛")["石斛"].symbol == "斛"
    refused(lambda: UNITS[None], UnknownNameError, "no unit named None")
    refused(lambda: UNITS["亩"].ratio_to("公顷"), TypeError, "a unit", "str '公顷'", "UNITS[…]")


# ---------------------------------------------------------------------- files


@pytest.mark.parametrize("function", [read, load, lambda path: list(documents(path))])
def test_paths(function):
    """What is no path, or that of a folder, is told so."""
    refused(lambda: function(None), TypeError, "path of a file", "None")
    refused(lambda: function(b"abc"), TypeError, "bytes b'abc'", "read_bytes")
    refused(lambda: function(read(COUNTY)), TypeError, "Document", ".text")
    refused(lambda: function("examples"), IsADirectoryError, "this is a folder", "tabulate", "examples")


def test_reading():
    """Formats, encodings, columns, limits and bytes are what they are."""
    refused(lambda: read(COUNTY, format=3), ReadError, "no format named 3")
    refused(lambda: read(COUNTY, encoding=8), TypeError, "encoding as str", "int 8")
    refused(lambda: read(COUNTY, limits=None), TypeError, "Limits", "None")
    refused(lambda: read_bytes("abc"), TypeError, "wants bytes", "zfreport.parse")
    refused(lambda: read_bytes(None), TypeError, "wants bytes", "None")
    refused(lambda: read_bytes(b"a,b\n1,2\n", "x.csv", column=3), ReadError, "no column 3")
    refused(lambda: decode_bytes("abc"), TypeError, "wants bytes", "decoded already")
    refused(lambda: Limits(max_chars="3"), TypeError, "max_chars", "str '3'")
    refused(lambda: Limits(max_pages=None), TypeError, "max_pages", "None")
    refused(lambda: Limits(max_bytes=-1), ValueError, "max_bytes", "-1")


def test_json():
    """JSON is text."""
    refused(lambda: from_json(None), TypeError, "JSON as str", "None")
    refused(lambda: from_json({}), TypeError, "got dict", "from_dict")
    refused(lambda: from_json("a/report.json"), ReadError, "not JSON", "looks like a path")


# ---------------------------------------------------------------------- many files


PAIR = ("a", str(COUNTY))


@NEED_ARROW
@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: batch.find_files(None), TypeError, ["path of a folder", "None"]),
        (lambda: batch.find_files(""), NotADirectoryError, ["no such folder"]),
        (lambda: batch.find_files(COUNTY), NotADirectoryError, ["this is a file", "zfreport.load"]),
        (lambda: batch.tabulate(None), TypeError, ["find_files", "None"]),
        (
            lambda: batch.tabulate([str(COUNTY)]),
            TypeError,
            ["name and a path", "[(path, path) for path in …]"],
        ),
        (lambda: batch.tabulate(["ab"]), TypeError, ["name and a path", "str 'ab'"]),
        (lambda: batch.tabulate([("a", None)]), TypeError, ["path of the file 'a'", "None"]),
        (lambda: batch.tabulate([PAIR], None), TypeError, ["names of tables", "None"]),
        (lambda: batch.tabulate([PAIR], "tsks"), UnknownNameError, ["'tsks'", "mean 'tasks'"]),
        (lambda: batch.tabulate([PAIR], workers=0), ValueError, ["1 or more", "0"]),
        (lambda: batch.tabulate([PAIR], workers="2"), TypeError, ["workers as int", "str '2'"]),
        (lambda: batch.tabulate([PAIR], reading={"encoding": "gbk"}), TypeError, ["Reading", "dict"]),
        (lambda: batch.tabulate([PAIR], dictionary=3), TypeError, ["topic → words", "int 3"]),
        (lambda: batch.tabulate([PAIR], resolver=3), TypeError, ["resolver", "int 3"]),
        (lambda: batch.run("examples", print), TypeError, ["str 'examples'", "find_files"]),
        (lambda: batch.run([PAIR], None), TypeError, ["function of a Job", "None"]),
        (lambda: batch.Reading(encoding=3), TypeError, ["encoding as str", "int 3"]),
        (lambda: batch.Reading(limits=None), TypeError, ["limits", "None"]),
        (lambda: batch.parse_batch(None), TypeError, ["record batch", "None"]),
        (lambda: batch.output_schema("tasks", "x"), TypeError, ["schema", "str 'x'"]),
    ],
)
def test_batch(call, error, words):
    """A run refuses odd arguments before it reads a file: else every file would be told as failed."""
    refused(call, error, *words)


@NEED_ARROW
def test_batches_of_arrow():
    """The columns of a batch are named, and hold strings."""
    import pyarrow as pa

    texts = pa.record_batch({"text": [REPORT.source], "number": [7]})
    refused(lambda: batch.parse_batch(texts, text="txt"), UnknownNameError, "'txt'", "mean 'text'")
    refused(lambda: batch.parse_batch(texts, text="number"), TypeError, "strings", "int64", "'number'")
    refused(lambda: batch.parse_batch(texts, keep=["nmber"]), UnknownNameError, "'nmber'", "mean 'number'")
    other = pa.record_batch({"text": [REPORT.source], "name_of_mine": ["a"]})
    kept = batch.parse_batch(other, "reports", keep="name_of_mine")
    assert kept.column("name_of_mine").to_pylist() == ["a"]
    coded = pa.record_batch({"text": pa.array([REPORT.source]).dictionary_encode()})
    assert batch.parse_batch(coded, "reports").num_rows == 1


# ---------------------------------------------------------------------- shown


def test_explanations():
    """So do explanations and JSON."""
    refused(lambda: explain("text", 3), TypeError, "explain wants a Report", "str 'text'")
    refused(lambda: to_dict("text"), TypeError, "to_dict wants a Report")
    refused(lambda: to_json(None), TypeError, "a Report", "None")


def test_views_of_things():
    """What a notebook or a console shows is something that has a place."""
    refused(lambda: html("text"), TypeError, "html wants", "str 'text'")
    pytest.importorskip("rich")
    refused(lambda: rich(3), TypeError, "rich wants", "int 3")


@pytest.mark.parametrize("function", [page, outline, markdown, markdown_outline, chunks])
def test_what_is_shown_is_a_report(function):
    """Each says so by its name."""
    refused(lambda: function("一、"), TypeError, f"{function.__name__} wants a Report", "zfreport.parse")
    refused(lambda: function(None), TypeError, "None")
    refused(lambda: function([REPORT]), TypeError, "one of its members")
    refused(lambda: function(type(REPORT)), TypeError, "the class Report")


def test_comparison_page():
    """It wants two reports and what was made of them."""
    refused(lambda: compare_page(REPORT, None, None), TypeError, "a Report", "None")
    refused(lambda: compare_page(REPORT, REPORT, None), TypeError, "zfreport.compare(earlier, later)")


def test_chunks():
    """Sizes are numbers, counts are functions that give some."""
    refused(lambda: chunks(REPORT, size="800"), TypeError, "size", "str '800'")
    refused(lambda: chunks(REPORT, count=3), TypeError, "count as a function", "int 3")
    refused(lambda: chunks(REPORT, count=str.split), TypeError, "which gives list")
    refused(lambda: chunks(REPORT, name=None), TypeError, "name as str", "None")


def test_plot():
    """A horizon is one of three, reports are several."""
    pytest.importorskip("matplotlib")
    refused(lambda: plot_targets(REPORT), TypeError, "[report] is one")
    refused(lambda: plot_targets(["x"]), TypeError, "plot_targets wants a Report", "str 'x'")
    refused(lambda: plot_targets([REPORT], horizon="yeer"), UnknownNameError, "mean 'year'")
