"""What holds for any text whatever, and for one report however it is written."""

from __future__ import annotations

import json
import pickle
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from zfreport import parse, parse_all

SIGNS = st.sampled_from(
    "一二三十、（）().1２年月日第部分是要——附件：:。，；！\n\r\f\t 　\xa0\u200b?[]“”《》各位代表工作回顾增长亿元%篇"
)
PHRASES = st.sampled_from(
    [
        "一、2023年工作回顾\n",
        "（二）",
        "各位代表：\n",
        "产业结构持续优化。",
        "\\r\\n",
        "[SEP]",
        "　　",
        "名词解释\n",
        "篇1\n",
        "— 3 —\n",
        "1.",
        "20xx年",
        "上一篇：",
        "现在，我代表市人民政府向大会报告工作，请予审议。",
    ]
)
ANY_TEXT = st.lists(st.one_of(SIGNS, PHRASES, st.characters()), max_size=60).map("".join)
TITLE = st.text(st.sampled_from("稳就业促发展惠民生优环境强产业"), min_size=4, max_size=8)
BODY = "全年完成各项任务，推动经济社会持续健康发展，人民群众的获得感进一步增强。"
TREE = st.lists(st.tuples(TITLE, st.lists(TITLE, max_size=6)), min_size=1, max_size=5)
ORDINALS = "一二三四五六七八九十"


@given(ANY_TEXT)
def test_leaves_tile_the_text(text):
    """Nothing is lost, doubled or moved, whatever the text says."""
    reports = parse_all(text)
    assert "".join(text[leaf.span.start : leaf.span.end] for r in reports for leaf in r.leaves) == text


@given(ANY_TEXT)
@example("（二）一\t一")  # a blank inside a title, of whatever kind
@example("（二）（\\r\\n一")
def test_children_lie_inside_in_order(text):
    """Every child lies inside its parent, behind its elder sibling; every heading inside its node."""

    def check(node, end):
        at = node.span.start
        for child in node.children:
            assert at <= child.span.start <= child.span.end <= end
            check(child, child.span.end)
            at = child.span.end
        title = getattr(node, "title_span", None)
        if title:
            assert node.span.start <= title.start < title.end <= node.span.end
            # a break inside it, printed or literal, and the page number between two lines are none of its words
            assert (
                re.sub(r"\s", "", node.title) in re.sub(r"\s", "", text[title.start : title.end])
                or node.children
                or any(gap.overlaps(title) for gap in report._gaps)
            )

    for report in parse_all(text):
        check(report, report.span.end)


@given(ANY_TEXT)
def test_one_report_is_kept_whole(text):
    """`parse` gives a report over the whole text, equal to its pickled copy and to a second parse."""
    report = parse(text)
    assert (report.span.start, report.span.end) == (0, len(text))
    assert "".join(text[leaf.span.start : leaf.span.end] for leaf in report.leaves) == text
    again = pickle.loads(pickle.dumps(report))
    assert again == report == parse(text)
    assert again.children == report.children


def printed(tree, newline="\n", indent="", blank=0):
    lines = []
    for p, (title, sections) in enumerate(tree):
        lines.append(f"{ORDINALS[p]}、{title}")
        lines.append(indent + BODY)
        for s, section in enumerate(sections):
            lines.append(f"（{ORDINALS[s]}）{section}")
            lines.append(indent + BODY)
    return (newline * (blank + 1)).join(lines)


def headings(report):
    """(kind, depth, marker value, title) of every titled node."""
    found = []

    def visit(node, depth):
        for child in node.children:
            if child.title:
                found.append(
                    (str(child.kind), depth, child.marker.value if child.marker else None, child.title)
                )
            visit(child, depth + bool(child.title))

    visit(report, 0)
    return found


@pytest.mark.parametrize(
    "layout",
    [
        {},
        {"newline": "\r\n"},
        {"newline": "\r"},
        {"blank": 1},
        {"indent": "　　"},
        {"newline": "\\r\\n"},
        {"newline": "[SEP]"},
    ],
    ids=["plain", "crlf", "cr", "blank lines", "indented", "literal backslashes", "SEP"],
)
@given(tree=TREE)
def test_print_then_parse(layout, tree):
    """A tree printed as a report and parsed again is the same tree, however the lines are broken."""
    expected = []
    for p, (title, sections) in enumerate(tree):
        expected.append(("part", 0, p + 1, title))
        expected.extend(("section", 1, s + 1, section) for s, section in enumerate(sections))
    assert headings(parse(printed(tree, **layout))) == expected


WIDE = str.maketrans("0123456789%.(),:", "０１２３４５６７８９％．（），：")
NARROW = str.maketrans("（），：；！", "(),:;!")


@pytest.mark.parametrize("name", ["county-2024", "county-2025", "unnumbered-parts", "web-page"])
@pytest.mark.parametrize("change", ["full width", "half width", "crlf", "traditional"])
def test_same_outline(name, change, example):
    """Width, line ends and script do not change an outline."""
    text = example(name)
    shape = [(kind, depth, value) for kind, depth, value, _ in headings(parse(text))]
    if change == "traditional":
        opencc = pytest.importorskip("opencc")
        other = opencc.OpenCC("s2t").convert(text)
    elif change == "crlf":
        other = text.replace("\n", "\r\n")
    else:
        other = text.translate(WIDE if change == "full width" else NARROW)
    assert [(kind, depth, value) for kind, depth, value, _ in headings(parse(other))] == shape
    assert shape


YEAR = re.compile(r"20\d\d(?=[年-]|$)")


def later(text, years):
    """*text*, of 2024, as it would have been written so many years later."""
    moved = YEAR.sub(lambda m: str(int(m[0]) + years), text)
    return moved.replace("十四五", f"十{'四五六'[(2024 + years - 2021) // 5]}五")


def dated(report, years):
    """Who says what of when, *years* added to every year."""
    return [
        (
            f.indicator,
            f.kind,
            f.low,
            f.high,
            f.bound,
            f.modality,
            f.horizon,
            f.filter,
            later(f.period, years),
        )
        for f in (*report.facts, *report.targets)
    ]


@pytest.mark.parametrize("years", range(11))
@pytest.mark.parametrize("name", ["county-2024", "unnumbered-parts", "web-page"])
def test_years_are_like_each_other(name, years, example):
    """A report of a later year says the same of the later year: 2025年主要预期目标 is no goal for five years."""
    text = example(name).replace("今年经济社会发展的主要预期目标", "2024年主要预期目标")
    found = dated(parse(text), years)
    assert dated(parse(later(text, years)), 0) == found
    assert found


def test_real_texts_tile(shared):
    """Every text of the corpus and every seed parses, tiles and nests."""
    paths = sorted([*shared.glob("corpus/*/*.txt"), *shared.glob("seeds/*.txt")])
    assert len(paths) > 100
    for path in paths:
        text = path.read_bytes().decode("utf-8")
        reports = parse_all(text)
        assert "".join(text[leaf.span.start : leaf.span.end] for r in reports for leaf in r.leaves) == text, (
            path.name
        )


def test_real_texts_have_the_same_outline_in_traditional(shared):
    """The reports whose outline was read by hand, in Traditional characters: heading for heading the same."""
    convert = pytest.importorskip("opencc").OpenCC("s2t").convert
    different = []
    for gold in sorted(shared.glob("gold/outline/*.jsonl")):
        text = (
            (shared / json.loads(gold.read_text("utf-8").splitlines()[0])["file"])
            .read_bytes()
            .decode("utf-8")
        )
        other = "".join(map(convert, text.splitlines(keepends=True)))
        if len(other) != len(text):
            continue  # a phrase of another length moves the offsets
        shapes = [
            [(n.kind, n.span) for r in parse_all(t) for n in r.walk() if n.title] for t in (text, other)
        ]
        if shapes[0] != shapes[1]:
            different.append(gold.stem)
    assert different == []
