"""What things look like in a notebook and in a rich console: what they say, and that text is never markup."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import pytest

import zfreport
from zfreport.errors import UnknownNameError
from zfreport.render.notebook import html

HOSTILE = "政府工作报告\n一、<script>alert(1)</script>工作\n（一）[bold]产业[/bold]更加厚实\n新增<b>3万人，生产总值增长5%。\n二、2024年工作安排\n地区生产总值增长6%左右。\n"


@pytest.fixture(scope="module")
def report():
    return zfreport.parse(
        "政府工作报告\n——2024年1月18日在青禾县第九届人民代表大会第三次会议上\n各位代表：\n一、2023年工作回顾\n（一）产业更加厚实\n"
        "工业稳中有升。总投资18.64亿元，增长8.1%。\n二、2024年工作安排\n地区生产总值增长6.5%左右，城镇新增就业3150人以上。\n"
    )


class Tags(HTMLParser):
    """The tags and the text of a piece of HTML, closed in the order they were opened."""

    def __init__(self, source):
        super().__init__()
        self.stack, self.seen, self.text = [], set(), ""
        self.feed(source)
        self.close()
        assert not self.stack

    def handle_starttag(self, tag, attrs):
        self.stack.append(tag)
        self.seen.add(tag)

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag

    def handle_data(self, data):
        self.text += data


def printed(thing):
    """What a rich console prints of it."""
    console = pytest.importorskip("rich.console", reason='pip install "zfreport[rich]"')
    file = io.StringIO()
    console.Console(file=file, width=100).print(thing)
    return file.getvalue()


def everything(report):
    return [report, *report.walk(), *report.quantities, *report.references, *report.facts, *report.targets]


SHOWN = [
    (
        "report",
        lambda r: r,
        ["政府工作报告", "2023年工作回顾", "产业更加厚实", "地区生产总值", "≈ 6.5%", "≥ 3,150 人"],
    ),
    ("part", lambda r: r.parts[0], ["一、", "2023年工作回顾", "回顾", "产业更加厚实"]),
    ("quantity", lambda r: r.quantities[0], ["18.64 亿元", "1,864,000,000 元", "可信度"]),
    ("target", lambda r: r.targets[0], ["地区生产总值", "≈ 6.5%", "gdp", "2024"]),
    ("reference", lambda r: r.references[0], ["2024年1月18日", "2024-01-18"]),
]


@pytest.mark.parametrize(("thing", "words"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_notebook_says_what_matters(report, thing, words):
    shown = Tags(thing(report)._repr_html_()).text
    assert [word for word in words if word not in shown] == []


@pytest.mark.parametrize(("thing", "words"), [row[1:] for row in SHOWN], ids=[row[0] for row in SHOWN])
def test_console_says_what_matters(report, thing, words):
    shown = printed(thing(report))
    assert [word for word in words if word not in shown] == []


def test_text_is_never_markup():
    """Neither HTML nor rich's own brackets in a report are obeyed, whatever shows them."""
    report = zfreport.parse(HOSTILE)
    for thing in everything(report):
        seen = Tags(thing._repr_html_()).seen
        assert not seen & {"script", "b"}
    assert "<script>alert(1)</script>工作" in printed(report)
    assert "[bold]" in printed(report)


def test_long_outline_says_what_it_leaves_out():
    """A cell holds so many headings; the rest is counted, not dropped in silence."""
    report = zfreport.parse(
        "政府工作报告\n" + "\n".join(f"（{n}）第{n}件事\n平稳推进。" for n in range(1, 100))
    )
    shown = Tags(report._repr_html_()).text
    titled = sum(node.title_span is not None for node in report.walk())
    assert titled > 60
    assert f"另有 {titled - 60}" in shown


def test_english_words(report):
    assert "confidence" in html(report.quantities[0], language="en")
    with pytest.raises(UnknownNameError):
        html(report, language="xx")


def test_without_rich_the_error_names_the_extra(report, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rich.console", None)
    with pytest.raises(ImportError, match=r"zfreport\[rich\]"):
        report.__rich__()
