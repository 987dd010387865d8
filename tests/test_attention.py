"""How much a report speaks of what, and where."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zfreport import UnknownNameError, parse
from zfreport.attention import keyword_in_context, texts_by_role

TEXT = (
    "一、2023年工作回顾\n产业升级。培育产业工人100名，產業投资增长8%。\n二、2024年工作安排\n（一）做强产业\n"
    "新能源产业扩能。建设产业园2个。科技创新提速。\n各位代表！让我们团结奋斗！\n名词解释\n[1]产业链：指产业之间的关联。"
)
WORDS = {"产业": ["产业", "产业园"], "工人": ["产业工人"], "科技": "科技创新"}


@pytest.fixture(scope="module")
def report():
    return parse(TEXT)


def test_counts(report):
    """Longest match, both scripts, explained terms left out."""
    found = report.attention(WORDS)
    assert dict(found.total.counts) == {"产业": 5, "工人": 1, "科技": 1}
    assert [(row.title, row.role, row.counts["产业"]) for row in found.by("part")] == [
        ("2023年工作回顾", "review", 2),
        ("2024年工作安排", "plan", 3),
    ]


def test_parts_add_up(report):
    """What the parts have is what the report has, counted without what stands outside them."""
    found = report.attention(["产业", "科技"])
    for topic in found.topics:
        assert sum(row.counts[topic] for row in found.by("part")) == found.total.counts[topic]


def test_what_counts_are_divided_by(report):
    """Characters without line breaks, sentences where they end, items at any depth; the glossary is not the report's."""
    found = report.attention([])
    assert [(row.kind, row.characters, row.sentences, row.items) for row in (found.total, *found.rows)] == [
        ("report", 89, 10, 2),
        ("part", 36, 3, 1),
        ("item", 25, 2, 1),
        ("part", 41, 5, 1),
        ("section", 30, 4, 1),
        ("item", 23, 3, 1),
    ]


def test_sentences_and_items_of_a_whole_report(example):
    """A part has the sentences of its points, its headings, and its own; those of the parts are the report's."""
    found = parse(example("county-2024")).attention([])
    for part in found.by("part"):
        inside = [row for row in found.rows if row is not part and part.span.covers(row.span)]
        headings = sum(row.kind == "section" for row in inside)
        assert part.sentences == 1 + headings + sum(row.sentences for row in inside if row.kind == "item")
    assert found.total.items == sum(part.items for part in found.by("part")) == len(found.by("item"))


def test_a_page_number_is_neither_counted_nor_divided_by():
    """Furniture in mid-sentence is left out of characters and sentences alike."""
    whole, paged = (
        parse(
            f"各位代表：\n一、2023年工作回顾\n今年以来，我们坚持稳中求进的工作总基调，产业{gap}投资增长8%。\n"
        )
        for gap in ("", "\n— 3 —\n")
    )
    assert whole.source != paged.source
    one, other = (report.attention(["产业投资"]).by("part")[0] for report in (whole, paged))
    assert (one.counts, one.characters, one.sentences) == (other.counts, other.characters, other.sentences)


def test_denominators(report):
    """Counts per thousand characters, per sentence, per item; nothing per nothing is nothing."""
    row = report.attention(["产业"]).by("part")[0]
    assert row.per("产业") == row.counts["产业"] * 1000 / row.characters
    assert row.per("产业", "sentences") == row.counts["产业"] / row.sentences
    assert parse("").attention(["产业"]).total.per("产业") == 0.0


def test_context(report):
    """Each place with its words and headings, as printed; the glossary is left out."""
    places = keyword_in_context(report, "产业", width=4)
    assert [TEXT[c.span.slice] for c in places] == [c.word for c in places]
    assert "產業" in {c.word for c in places}
    assert places[-1].path[0] == "2024年工作安排"
    assert all("关联" not in c.after for c in places)


def test_a_word_is_not_found_in_itself():
    """欣欣欣欣 says 欣欣 twice, as in `Report.attention`."""
    report = parse("一、2023年工作回顾\n百业欣欣欣欣向荣。")
    assert len(keyword_in_context(report, "欣欣")) == report.attention("欣欣").total.counts["欣欣"] == 2


def test_what_follows_what_is_left_out_counts():
    """A line of furniture ends where it ends: the character behind it is the report's again."""
    text = f"各位代表：\n一、2023年工作回顾\n{'产业升级。' * 20}\n【字体：大 中 小】\n产业扩能。\n"
    found = parse(text)
    assert [block.text[:3] for block in found.walk() if str(getattr(block, "role", "")) == "furniture"] == [
        "【字体"
    ]
    assert keyword_in_context(found, "字体") == ()
    assert [c.span.start for c in keyword_in_context(found, "产业扩能")] == [text.index("产业扩能")]


def test_context_wants_a_word(report):
    """An empty word is the caller's mistake."""
    with pytest.raises(ValueError, match="empty"):
        keyword_in_context(report, "")


def test_texts(report):
    """The text by role, in the report's own characters, without what it does not say."""
    texts = texts_by_role(report)
    assert [t.role for t in texts] == ["review", "plan"]
    assert "產業投资" in texts[0].text
    assert "关联" not in "".join(t.text for t in texts)


@given(st.lists(st.sampled_from(["产业", "创新", "产业工人", "工", ""]), max_size=4))
def test_any_dictionary(words):
    """Any dictionary is counted, the empty one and words of one character included."""
    found = parse(TEXT).attention(words)
    assert set(found.total.counts) == set(words)
    assert all(n >= 0 for n in found.total.counts.values())


def test_misspelt_names_are_told(report):
    """A topic, a denominator, a kind of row."""
    found = report.attention(WORDS)
    with pytest.raises(UnknownNameError, match="did you mean '产业'"):
        found.total.per("产业们")
    with pytest.raises(UnknownNameError, match="did you mean 'sentences'"):
        found.total.per("产业", "sentence")
    with pytest.raises(UnknownNameError, match="did you mean 'part'"):
        found.by("parts")
