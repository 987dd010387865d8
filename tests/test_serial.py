"""Reports as data and back: everything read comes back, values and not only text; the schema follows the classes."""

from __future__ import annotations

import json
import pickle
from decimal import Decimal

import pytest
from damages import facts, numbers, outline
from hypothesis import example, given
from hypothesis import strategies as st

import zfreport
from zfreport.errors import ReadError, UnknownNameError
from zfreport.quantities import PartialDate, Reference, ReferenceKind
from zfreport.render.chunks import chunks
from zfreport.render.exchange import _build, _plain, from_dict, from_json, json_schema, to_dict, to_json
from zfreport.render.markdown import markdown, markdown_outline
from zfreport.render.schema import make_schema
from zfreport.text import Span

READ = (
    "children",
    "metadata",
    "quantities",
    "references",
    "unexplained",
    "facts",
    "targets",
    "pledges",
    "tasks",
    "diagnostics",
)
NAMES = (
    "county-2024",
    "collection",
    "hard-wrapped",
    "one-line",
    "policy-address",
    "traditional",
    "unnumbered-parts",
    "web-page",
)

jsonschema = pytest.importorskip("jsonschema")


@pytest.mark.parametrize("name", NAMES)
def test_everything_read_comes_back(example, name):
    """Out through JSON and back: the tree, metadata, numbers, facts and notices are equal, and follow the schema."""
    for report in zfreport.parse_all(example(name)):
        printed = to_json(report)
        jsonschema.validate(json.loads(printed), json_schema())
        again = from_json(printed)
        assert again == report
        for what in READ:
            assert getattr(again, what) == getattr(report, what), what
        assert again.quantities or not report.quantities


def test_values_are_taken_not_read_again(example):
    """What another release read stays as it was."""
    data = to_dict(zfreport.parse(example("county-2024")))
    data["quantities"][0]["low"] = "1.50"
    data["targets"] = data["targets"][:1]
    again = from_dict(json.loads(json.dumps(data)))
    assert again.quantities[0].low == Decimal("1.50")
    assert len(again.targets) == 1


def test_a_report_read_back_is_as_able(example):
    """It pickles, explains and compares like the one it came from."""
    report = zfreport.parse(example("county-2024"))
    again = pickle.loads(pickle.dumps(from_json(to_json(report))))
    assert again.diagnostics == report.diagnostics
    assert again.at(report.parts[0].span.start) == report.parts[0]


def test_real_reports_come_back(shared):
    """The seeds, one of them Traditional and of three reports."""
    for path in sorted((shared / "seeds").glob("*.txt")):
        for report in zfreport.parse_all(path.read_text("utf-8")):
            again = from_json(to_json(report))
            assert [getattr(again, what) for what in READ] == [getattr(report, what) for what in READ]


def test_the_shipped_schema_is_that_of_the_classes():
    """``data/report.schema.json`` is what `make_schema` makes; write it anew after changing a class."""
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json_schema() == make_schema()


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("quantities", 0, "low"), 5.5),
        (("quantities", 0, "unit"), None),
        (("children", 0, "kind"), "chapter"),
        (("span",), [0]),
        (("diagnostics",), None),
        (("targets", 0, "bound"), "roughly"),
        (("schema",), "zfreport/report/2"),
    ],
)
def test_the_schema_refuses(example, path, value):
    """A float for a value, a kind that is none: the schema and `from_dict` both say no."""
    data = to_dict(zfreport.parse(example("county-2024")))
    at = data
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema())
    with pytest.raises(ReadError):
        from_dict(data)


@pytest.mark.parametrize(
    "value",
    [None, 5, "03:17", Decimal("0.5"), PartialDate(2018, 3), (2021, 2025), (18, (3, 4)), ("国发", 2022, 2)],
)
def test_every_type_of_reference_value(value):
    reference = Reference(Span(0, 1), "x", ReferenceKind.DATE, value)
    assert _build(Reference, json.loads(json.dumps(_plain(reference, {}))), {}) == reference


def test_a_pair_of_dates():
    value = (PartialDate(None, 6, 1), PartialDate(None, 6, 30))
    reference = Reference(Span(0, 1), "x", ReferenceKind.DATE, value)
    assert _build(Reference, json.loads(json.dumps(_plain(reference, {}))), {}) == reference


def test_half_a_character_survives_a_file(tmp_path):
    text = "一、工作\ud800回顾\n增长6%。"
    (tmp_path / "a.json").write_text(zfreport.parse(text).to_json(), "utf-8")
    assert from_json((tmp_path / "a.json").read_text("utf-8")).source == text


@pytest.mark.parametrize("text", ["", "[]", "{}", "null", '{"schema": 1}', "{"])
def test_what_is_no_report_is_refused(text):
    with pytest.raises(ReadError) as caught:
        from_json(text)
    assert caught.value.reason == "format"


# --- chunks

WORDS = st.text(st.sampled_from("一二、（）1.。；，\n　增长6%工作回顾开发"), max_size=300)


def body_of(report) -> set[int]:
    """Offsets of every visible character of the parts and annexes, page furniture left out."""
    offsets: set[int] = set()
    for top in report.children:
        if top.kind != "block":
            offsets.update(top.span.range)
            for node in top.walk():
                if node.kind == "block" and node.role == "furniture":
                    offsets.difference_update(node.span.range)
    return {i for i in offsets if not report.source[i].isspace()}


def check_chunks(report, found, size, count=len):
    covered = [i for c in found for i in c.span.range if not report.source[i].isspace()]
    assert covered == sorted(set(covered))
    assert set(covered) == body_of(report)
    assert all(c.text == report.source[c.span.slice] and count(c.text) <= size for c in found)
    assert len({c.id for c in found}) == len(found)


@pytest.mark.parametrize("by", ["item", "section"])
@pytest.mark.parametrize("size", [1, 30, 300, 10_000])
@pytest.mark.parametrize("name", ["county-2024", "one-line", "hard-wrapped"])
def test_every_word_is_in_exactly_one_chunk(example, name, by, size):
    report = zfreport.parse(example(name))
    check_chunks(report, chunks(report, by=by, size=size), size)


@given(WORDS, st.integers(1, 60), st.sampled_from(["item", "section"]))
def test_chunks_of_any_text(text, size, by):
    """Whatever the text and the size: nothing lost, nothing twice, nothing too long."""
    report = zfreport.parse(text)
    check_chunks(report, chunks(report, by=by, size=size), size)


def test_the_callers_own_counter(example):
    """A tokenizer's count, here three tokens for every two characters."""
    report = zfreport.parse(example("county-2024"))

    def tokens(text: str) -> int:
        return -(-3 * len(text) // 2)

    check_chunks(report, chunks(report, size=120, count=tokens), 120, tokens)


def test_ids_stay_when_other_words_change(example):
    text = example("county-2024")
    before = {c.id: c.text for c in chunks(zfreport.parse(text), name="a")}
    after = {
        c.id for c in chunks(zfreport.parse("新的一行\n" + text.replace("186.4亿元", "186.5亿元")), name="a")
    }
    assert sum(i in after for i in before) >= len(before) - 2
    assert before.keys().isdisjoint(c.id for c in chunks(zfreport.parse(text), name="b"))


def test_chunks_are_documents(example):
    chunk = chunks(zfreport.parse(example("county-2024")), name="云汀2024")[3]
    assert chunk.page_content.startswith("2023年工作回顾 > ")
    assert chunk.as_dict()["metadata"]["source"] == "云汀2024"
    assert chunk.as_dict("llamaindex")["id_"] == chunk.as_dict("haystack")["id"] == chunk.id
    with pytest.raises(ValueError, match="size"):
        chunks(zfreport.parse(""), size=0)


# --- Markdown


def said(report) -> str:
    """The visible characters of a report, less its page furniture and the metadata of its page."""
    left_out: set[int] = set()
    for node in report.walk():
        if node.kind == "block" and node.role in ("furniture", "metadata", "contents", "blank"):
            left_out.update(node.span.range)
    return "".join(c for i, c in enumerate(report.source) if i not in left_out and not c.isspace())


def test_a_bare_heading_does_not_join_the_part_below():
    """They have another role: who filters by role would find the one under the other's."""
    report = zfreport.parse(
        "各位代表：\n一、2023年工作回顾\n产业向好。\n（一）甲\n二、2024年工作安排\n产业扩能。\n"
    )
    assert [(c.role, c.text) for c in chunks(report)] == [
        ("review", "一、2023年工作回顾\n产业向好。"),
        ("review", "（一）甲"),
        ("plan", "二、2024年工作安排\n产业扩能。"),
    ]


def test_sections_are_not_joined_with_each_other():
    """Neighbours under one heading are one piece, as long as they fit; two headings are two."""
    text = "各位代表：\n一、2023年工作回顾\n（一）产业\n甲向好。\n乙向好。\n（二）民生\n丙向好。\n"
    assert [c.text for c in chunks(zfreport.parse(text), by="section")] == [
        "一、2023年工作回顾\n（一）产业\n甲向好。\n乙向好。",
        "（二）民生\n丙向好。",
    ]


def test_what_doubts_the_tree_and_what_doubts_a_number_stay_apart():
    """Only the first lowers the confidence of a report that comes back from JSON, as it did before."""
    report = zfreport.parse("一、2023年工作回顾\n（一）甲\n产值5%—3%。\n（三）乙\n产业向好。\n")
    back = from_json(to_json(report))
    assert 0 < len(report._noticed) < len(report.diagnostics)
    assert back._noticed == report._noticed
    assert back.confidence == report.confidence


def test_markdown_has_the_headings_and_all_the_words(example):
    report = zfreport.parse(example("county-2024"))
    text = markdown(report)
    assert "## 二、2024年工作安排\n" in text
    assert "**工业运行稳中有升**。新增规模以上工业企业14家" in text
    plain = text.replace("\\", "").replace("**", "").replace("#", "")
    assert "".join(plain.split()) == said(report)
    assert markdown_outline(report).splitlines()[1] == "  - （一）产业根基更加厚实"


LINE = st.text(st.sampled_from("增长#*_-+>|`[]()1.~\\< 6%工"), min_size=1, max_size=30)


# a number alone on a line may be that of a page, which titles and text are printed without
@example(["1||增", "1||增"])
@given(st.lists(LINE.filter(lambda line: any(c in "增长工" for c in line)), max_size=8))
def test_markdown_is_what_is_printed(lines):
    """Read by a Markdown parser, a text comes back as paragraphs of its own words: no list, no heading, no markup."""
    markdown_it = pytest.importorskip("markdown_it")
    source = "一、工作安排\n" + "\n".join(lines)
    report = zfreport.parse(source)
    tokens = markdown_it.MarkdownIt("commonmark").enable("table").parse(markdown(report))
    rows = {
        f"{part}_{end}" for part in ("table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")
    }
    assert {t.type for t in tokens} <= {
        "heading_open",
        "heading_close",
        "paragraph_open",
        "paragraph_close",
        "inline",
    } | (rows if any(getattr(node, "role", "") == "table" for node in report.walk()) else set())
    words = "".join(c.content for t in tokens if t.type == "inline" for c in t.children or ())
    # the text's own, which are not shown; bars part the cells of a table
    marks = str.maketrans("", "", "#*|" if "table_open" in {t.type for t in tokens} else "#*")
    assert "".join(words.split()).translate(marks) == said(report).translate(marks)


@pytest.mark.parametrize(
    "name",
    ["county-2024", "county-2025", "hard-wrapped", "one-line", "traditional", "unnumbered-parts", "web-page"],
)
def test_markdown_is_read_back(example, name):
    """Our Markdown gives the outline, the facts and the numbers of the text again: no paragraph is cut, no noise is printed."""
    report = zfreport.parse(example(name))
    again = zfreport.parse(markdown(report))
    assert outline(again) == outline(report)
    assert facts(again) == facts(report)
    assert numbers(again) == numbers(report)
    assert "????" not in markdown(report).split("## ", 1)[1]


def test_a_table_is_one_of_markdown(example):
    """Rows stay rows, and are read as rows again."""
    rows = "序号\t实事\t单位\n1\t新建学校3所\t教育局\n2\t改造小区6个\t住建局\n3\t新增车位900个\t\n"
    report = zfreport.parse(example("county-2025") + "\n附件：2025年民生实事\n" + rows)
    text = markdown(report)
    assert "| 序号 | 实事 | 单位 |\n|---|---|---|\n| 1 | 新建学校3所 | 教育局 |\n" in text
    assert "| 3 | 新增车位900个 |  |\n" in text
    again = zfreport.parse(text)
    assert [(p.title, p.office) for p in again.pledges] == [(p.title, p.office) for p in report.pledges]


def test_misspelt_ways_to_cut_are_told():
    """Not cut some other way in silence."""
    report = zfreport.parse("各位代表：\n一、2023年工作回顾\n新增企业12家。\n")
    with pytest.raises(UnknownNameError, match="did you mean 'section'"):
        chunks(report, by="sections")
    with pytest.raises(UnknownNameError, match="did you mean 'llamaindex'"):
        chunks(report)[0].as_dict("lamaindex")


def test_text_given_to_from_dict_is_told_where_it_belongs():
    """The other function is one letter away."""
    report = zfreport.parse("各位代表：\n一、2023年工作回顾\n新增企业12家。\n")
    with pytest.raises(ReadError, match="got str; from_json reads text"):
        from_dict(report.to_json())
    assert zfreport.from_json(report.to_json()) == report
