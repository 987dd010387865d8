"""The page of a report: nothing lost, nothing trusted, everything linked."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import unescape
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zfreport
from zfreport.cli import main
from zfreport.errors import UnknownNameError
from zfreport.frames.schema import columns_of, labels_of
from zfreport.render.article import FACT, HEADING, SENTENCE, _Builder
from zfreport.render.compare_page import compare_page
from zfreport.render.marked import Mark, lines, marked
from zfreport.render.page import page
from zfreport.render.words import LANGUAGES, words
from zfreport.text import Span

EXAMPLES = "county-2024 county-2025 hard-wrapped one-line policy-address traditional unnumbered-parts web-page".split()
VOID = {"meta", "input", "br", "link", "img"}

HOSTILE = """政府工作报告
各位代表：
一、<script>alert(1)</script>工作回顾
（一）"引号" & '单引号' &lt;实体&#20013;
生产总值增长5%。</script><!-- 增长6% --><img src=x onerror=alert(2)>新增3万人]]>\u2028\u2029
<b onclick="x">二、2024年工作安排</b>
地区生产总值增长6.5%左右。javascript:alert(3) https://example.com/增长7%
"""


class Page(HTMLParser):
    """A page read back: its tags, its ids, the text of its article, and whether every tag was closed."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.stack: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.raw: dict[str, list[str]] = {"script": [], "style": []}
        self.open: list[str | None] = []  # the mark that each open tag belongs to
        self.marked: dict[str, str] = {}
        self.letters: dict[str, str] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag in self.raw:
            self.raw[tag].append("")
        if tag not in VOID:
            self.stack.append(tag)
            number = dict(attrs).get("data-a") if tag == "mark" else None
            self.open.append(number)
            if number:
                self.letters[number] = dict(attrs)["class"].split()[1]

    def handle_endtag(self, tag):
        assert self.stack.pop() == tag, f"</{tag}> closes something else"
        self.open.pop()

    def handle_data(self, data):
        if self.stack and self.stack[-1] in self.raw:
            self.raw[self.stack[-1]][-1] += data
        elif "article" in self.stack:
            self.text += data
            for number in filter(None, self.open):
                self.marked[number] = self.marked.get(number, "") + data

    @property
    def ids(self):
        return [attrs["id"] for _, attrs in self.tags if "id" in attrs]

    @property
    def cards(self):
        return json.loads(self.raw["script"][0])["cards"]


def long_report() -> str:
    """A report as long as they get, in our own words, with as many numbers as they have."""
    filler = (
        "我们坚持问题导向，统筹谋划、分步实施，把好事办实、把实事办好，让群众看得见变化、摸得着实惠。" * 4
    )
    rows = [
        f"第{n}批项目有序推进。改造道路{n + 12}公里，惠及居民{37 * n + 1100}户，完成投资{n}.{n % 9}亿元，增长{n % 9}.{n % 7}%。{filler}"
        for n in range(1, 181)
    ]
    return (
        "政府工作报告\n各位代表：\n一、2023年工作回顾\n"
        + "\n".join(rows)
        + "\n二、2024年工作安排\n地区生产总值增长6%左右。\n"
    )


@pytest.fixture(params=EXAMPLES)
def report(request, example):
    return zfreport.parse(example(request.param))


def test_article_is_the_report(report):
    """The text content of the article is the report, character for character."""
    read = Page(page(report))
    assert read.text == report.source[report.span.start : report.span.end]
    assert not read.stack


def test_links_and_notes_resolve(report):
    """Every link leads to a place of the page, every mark to a note, and no id stands twice."""
    read = Page(page(report))
    assert len(read.ids) == len(set(read.ids))
    targets = {attrs["href"] for tag, attrs in read.tags if tag == "a"}
    assert targets, "a report without links"
    assert {t[1:] for t in targets} <= set(read.ids)
    assert {int(attrs["data-a"]) for _, attrs in read.tags if "data-a" in attrs} <= set(
        range(len(read.cards))
    )


def test_marks_stand_on_their_words(report):
    """The pieces of a mark, put together, are exactly the words of its quantity or reference."""
    read = Page(page(report))
    marked = sorted(read.marked[number] for number, letter in read.letters.items() if letter in "qr")
    assert marked == sorted(thing.text for thing in (*report.quantities, *report.references))
    assert marked


def test_target_row_shows_value_and_leads_to_its_words(example):
    """A row of the table of targets names the indicator, its interval and its year, and links to the words."""
    report = zfreport.parse(example("county-2024"))
    html = page(report)
    (row,) = (
        r
        for r in re.findall(r"<tr data-a.*?</tr>", html)
        if ">地区生产总值<" in r and ' class="v"' in r and "6.5%" in r
    )
    anchor = re.search(r'href="#(a\d+)"', row)[1]
    place = html.index(f'id="{anchor}"')
    assert "地区生产总值" in re.sub(r"<[^>]*>", "", html[place : place + 400])


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        " ",
        HOSTILE,
        HOSTILE.replace("\n", "\r\n"),
        HOSTILE.replace("\n", "\r"),
        "一、\0增长5%",
        "增长5%" * 3,
    ],
)
def test_any_text_is_shown_and_none_is_obeyed(text):
    """Markup in a report is text; the page has the scripts and the tags it always has."""
    report = zfreport.parse(text)
    read = Page(page(report))
    assert read.text == text.replace("\0", "\ufffd")
    assert len(read.raw["script"]) == 2
    assert not [
        attrs
        for _, attrs in read.tags
        if any(name.startswith("on") or name in ("src", "style") for name in attrs)
    ]
    assert all(attrs["href"].startswith("#") for _, attrs in read.tags if "href" in attrs)


@given(
    st.text(
        st.sampled_from("一二、（）1.5%年\n\r\f　增长<>&\"'\0\ud800\u2028") | st.characters(), max_size=120
    )
)
def test_article_is_any_text(text):
    """Whatever the text, the article holds it, each character once; what HTML cannot hold is U+FFFD."""
    expected = re.sub("[\0\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]", "\ufffd", text)
    html = page(zfreport.parse(text))
    assert Page(html).text == expected
    html.encode("utf-8")


SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: Span(*sorted(pair)))


@given(
    st.text("ab<&\n ", min_size=12, max_size=12), st.lists(st.tuples(SPANS, st.integers(0, 6)), max_size=8)
)
def test_crossing_marks_lose_nothing(text, wanted):
    """Marks may cross in any way: the tags nest, the text is whole, and each mark covers its own characters."""
    marks = [Mark(span, rank, "i", f' data-n="{n}"', f"m{n}") for n, (span, rank) in enumerate(wanted)]
    html = marked(text, 0, 12, marks)
    seen = dict.fromkeys(range(len(marks)), 0)
    stack: list[int] = []
    at = 0
    for tag, number, plain in re.findall(r'<(/?)i(?: id="m\d+")?(?: data-n="(\d+)")?>|([^<]+)', html):
        if plain:
            shown = re.sub(r"&(lt|amp);", lambda m: {"lt": "<", "amp": "&"}[m[1]], plain)
            for n in stack:
                seen[n] += len(shown)
            assert text[at : at + len(shown)] == shown
            at += len(shown)
        elif tag:
            stack.pop()
        else:
            stack.append(int(number))
    assert (at, stack) == (12, [])
    assert seen == {n: span.end - span.start for n, (span, _) in enumerate(wanted)}
    assert html.count(' id="') == sum(span.start < span.end for span, _ in wanted)


def paragraph_cases():
    """Blocks of a text, ``---`` and the paragraphs of its page: tag, role, and the words that are not hidden."""
    text = (Path(__file__).parent / "cases" / "page-paragraphs.txt").read_text("utf-8")
    for block in text.split("### ")[1:]:
        title, _, body = block.partition("\n")
        given_text, _, expected = body.partition("\n---\n")
        yield pytest.param(given_text, expected.splitlines(), id=title)


def visible_paragraphs(html):
    article = re.sub(
        r'<span class="ws">[^<]*</span>', "", re.search(r"<article[^>]*>(.*?)</article>", html, re.S)[1]
    )
    for tag, attributes, inner in re.findall(r"<(p|h\d)\b([^>]*)>(.*?)</\1>", article, re.S):
        role = re.search(r'class="(?:\w+ )?([\w-]+)"', attributes)
        yield f"{tag}{'.' + role[1] if role else ''} {unescape(re.sub(r'<[^>]*>', '', inner))}"


@pytest.mark.parametrize(("text", "expected"), list(paragraph_cases()))
def test_paragraphs_are_the_reports(text, expected):
    """A paragraph of the page is a paragraph of the report, wherever the file breaks its lines."""
    html = page(zfreport.parse(text))
    assert list(visible_paragraphs(html)) == expected
    article = re.search(r"<article[^>]*>(.*?)</article>", html, re.S)[1]
    between = re.sub(r'<(p|h\d)\b.*?</\1>|<span class="ws">[^<]*</span>|<[^>]*>', "", article, flags=re.S)
    assert not between.strip(" \t\r\n\f"), "a browser would show what stands between paragraphs"
    assert html.count('role="heading" aria-level="1"') == html.count('class="b b-title"')


def test_marks_outside_the_stretch_leave_nothing():
    """Of a stretch, marks before and after it are not shown, and one that sticks out is cut."""
    spans = [Span(0, 2), Span(1, 4), Span(2, 3), Span(5, 9), Span(6, 8)]
    marks = [Mark(span, rank, "i", f" n={rank}") for rank, span in enumerate(spans)]
    assert marked("甲乙丙丁戊己庚辛壬", 2, 6, marks) == "<i n=1><i n=2>丙</i>丁</i>戊<i n=3>己</i>"


def test_lines_break_where_editors_do():
    """\\n, \\r\\n and \\r end a line, a form feed or U+2028 does not; blank lines are passed over."""
    text = "甲\n\r\n 　\n乙\f丙\r丁\u2028戊"
    assert [text[a:b] for a, b in lines(text, 0, len(text))] == ["甲", "乙\f丙", "丁\u2028戊"]


def test_policy_admits_only_what_the_page_brings(example):
    """The policy of the page names the hash of its one style and its one script, and nothing else is allowed."""
    html = page(zfreport.parse(example("county-2024")))
    read = Page(html)
    (policy,) = (a["content"] for _, a in read.tags if a.get("http-equiv") == "Content-Security-Policy")

    def digest(text):
        return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"

    assert policy.split("; ") == [
        "default-src 'none'",
        f"style-src {digest(read.raw['style'][0])}",
        f"script-src {digest(read.raw['script'][1])}",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    assert not re.search(
        r"https?://|url\(|@import|//[a-z]",
        re.sub(r"<article.*?</article>", "", html, flags=re.S).split("<body>")[0],
    )


def test_long_report_stays_small():
    """A report of 40 000 characters with 700 quantities makes a page below one megabyte."""
    report = zfreport.parse(long_report())
    assert len(report.source) > 40_000
    assert len(report.quantities) >= 700
    assert len(page(report).encode()) < 1_000_000


def test_page_is_pure(report):
    """The same report gives the same page."""
    assert page(report) == page(report)


def test_page_speaks_english(example):
    """The page's own words can be English; the report is not translated."""
    html = page(zfreport.parse(example("county-2024")), language="en")
    assert '<html lang="en">' in html
    assert ">Outline<" in html
    assert ">提纲<" not in html
    assert '<article lang="zh-Hans">' in html


def test_traditional_text_gets_traditional_shapes(example):
    """The language tag, which decides the shapes of characters, follows the script of the text."""
    assert '<article lang="zh-Hant">' in page(zfreport.parse(example("traditional")))


def test_unknown_language_is_refused(example):
    with pytest.raises(UnknownNameError, match="no language named 'fr'"):
        page(zfreport.parse(""), language="fr")


def test_words_are_complete():
    """Each word has both languages, no key stands twice, and every word that the code names is there."""
    folder = files("zfreport.render")
    rows = [row.split("\t") for row in (folder / "words.tsv").read_text("utf-8").splitlines()]
    assert rows[0] == ["key", *LANGUAGES]
    assert all(len(row) == 3 and all(row) for row in rows)
    keys = [row[0] for row in rows]
    assert len(keys) == len(set(keys))
    code = "".join(f.read_text("utf-8") for f in folder.iterdir() if f.name.endswith(".py"))
    named = set(re.findall(r"""\bword\(["']([a-z_.]+)["']\)""", code))
    assert len(named) > 10
    assert named <= set(keys)


def test_no_rule_of_the_sheet_stands_twice():
    """The print part once held a copy of the rules for two reports, and with it lost its own first one."""
    sheet = (files("zfreport.render") / "page.css").read_text("utf-8")
    rules = [line.strip() for line in sheet.splitlines() if "{" in line and line.rstrip().endswith("}")]
    assert len(rules) > 50
    assert len(rules) == len(set(rules))
    inside = sheet[sheet.index("@media print") :].splitlines()
    assert all(line.startswith("  ") for line in inside[1 : inside.index("}")])


TWO = [
    "青禾县2023年政府工作报告\n各位代表：\n一、2022年工作回顾\n地区生产总值增长5%。\n二、2023年工作安排\n"
    "今年主要预期目标是：地区生产总值增长6%左右，一般公共预算收入增长4%以上，城镇新增就业3000人。\n"
    "三、民生实事\n今年办好以下民生实事：\n1.改造老旧小区12个。\n2.新建<b>口袋公园</b>5个。\n",
    "青禾县2024年政府工作报告\n各位代表：\n一、2023年工作回顾\n地区生产总值增长6.2%，一般公共预算收入增长3.5%。改造老旧小区12个，惠及群众。\n"
    "二、2024年工作安排\n今年主要预期目标是：地区生产总值增长5.5%左右，一般公共预算收入增长3%。<i>办好实事。</i>\n",
]


def both(language="zh"):
    earlier, later = map(zfreport.parse, TWO)
    return compare_page(earlier, later, zfreport.compare(earlier, later), language=language)


def test_compare_page_holds_both_texts():
    """Two columns, each the whole of its report; links, notes and ids stay apart."""
    read = Page(both())
    assert read.text == "".join(TWO)
    assert len(read.ids) == len(set(read.ids))
    links = {attrs["href"][1:] for tag, attrs in read.tags if tag == "a"}
    assert links <= set(read.ids)
    assert {int(attrs["data-a"]) for _, attrs in read.tags if "data-a" in attrs} == set(
        range(len(read.cards))
    )


def test_compare_page_pairs_target_and_outcome():
    """A row has the target then, what was reported, the outcome and the target now, each led to its words."""
    rows = re.findall(r"<tr><th scope=\"row\">.*?</tr>", both())
    cells = [re.findall(r">([^<>]+)<", row) for row in rows]
    assert cells[0] == ["地区生产总值", "≈ 6%", "6.2%", "完成", "≈ 5.5%"]
    assert cells[1] == ["一般公共预算收入", "≥ 4%", "3.5%", "未完成", "3%"]
    assert cells[2][:4] == ["城镇新增就业", "3,000 人", "–", "无法判断"]


def test_pledges_have_a_list_where_there_are_any(example):
    """The 民生实事 are listed with their numbers, each led to its words; without any there is no empty tab."""
    report = zfreport.parse(example("county-2024"))
    assert report.pledges
    html = page(report)
    listed = re.search(r'<ol class="list pledges">(.*?)</ol>', html)[1]
    assert [unescape(re.sub(r"<[^>]*>", "", row)) for row in re.findall(r"<li>.*?</li>", listed)] == [
        f"{pledge.number} {pledge.title}" for pledge in report.pledges
    ]
    for anchor, pledge in zip(re.findall(r'href="#(s0-\d+)"', listed), report.pledges, strict=True):
        after = unescape(re.sub(r"<[^>]*>", "", html[html.index(f'id="{anchor}"') :].partition(">")[2]))
        assert after.startswith(report.source[pledge.span.slice][:6])
    assert 'id="p-pledges"' not in page(zfreport.parse(TWO[1]))


def test_view_writes_a_page(tmp_path, capsys):
    """The command reads a file of any encoding and writes the page the function gives, and only that."""
    file = tmp_path / "a.txt"
    file.write_bytes(TWO[0].encode("gb18030"))
    assert main(["view", str(file), "-o", str(tmp_path / "a.html")]) == 0
    assert (tmp_path / "a.html").read_bytes().decode() == page(zfreport.parse(TWO[0]))
    assert main(["view", str(file), "-o", "-", "--language", "en"]) == 0
    assert capsys.readouterr().out == page(zfreport.parse(TWO[0]), language="en")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["view", "nowhere.txt", "-o", "x.html"], "nowhere.txt"),
        (["view", "{file}", "-o", "{folder}/no/x.html"], "no/x.html"),
        (["view", "{file}", "-o", "x.html", "--report", "2"], "there is no report 2"),
    ],
)
def test_view_says_what_went_wrong(tmp_path, capsys, arguments, message):
    file = tmp_path / "a.txt"
    file.write_text(TWO[0], "utf-8")
    assert main([part.format(file=file, folder=tmp_path) for part in arguments]) == 2
    assert message in capsys.readouterr().err


def test_view_chooses_one_report_of_several(example, tmp_path, capsys):
    """A file with several reports gives one page of one of them, and says so."""
    file = tmp_path / "all.txt"
    file.write_text(example("collection"), "utf-8")
    reports = zfreport.parse_all(example("collection"))
    assert len(reports) > 1
    main(["view", str(file), "-o", str(tmp_path / "2.html"), "--report", "2"])
    assert f"report 2 of {len(reports)}" in capsys.readouterr().err
    read = Page((tmp_path / "2.html").read_text("utf-8"))
    assert read.text == reports[1].text


def test_compare_prints_a_table_or_writes_a_page(tmp_path, capsys):
    files = []
    for number, text in enumerate(TWO):
        files.append(str(tmp_path / f"{number}.txt"))
        (tmp_path / f"{number}.txt").write_text(text, "utf-8")
    assert main(["compare", *files]) == 0
    head, first, *_ = (line.split() for line in capsys.readouterr().out.splitlines())
    assert head == ["指标", "上年目标", "完成情况", "结果", "说明", "今年目标"]
    assert first[:5] == ["地区生产总值", "≈", "6%", "6.2%", "完成"]
    assert main(["compare", *files, "-o", str(tmp_path / "both.html")]) == 0
    assert (tmp_path / "both.html").read_text("utf-8") == both()
    assert main(["compare", *reversed(files)]) == 0
    assert "不是相邻年份" in capsys.readouterr().out
    assert main(["compare", *reversed(files), "-o", str(tmp_path / "both.csv")]) == 0
    assert "不是相邻年份" in capsys.readouterr().err
    assert (tmp_path / "both.csv").read_text("utf-8-sig").startswith("类别,")
    assert main(["compare", *files, "-o", str(tmp_path / "both.xls")]) == 2
    assert "want a suffix of .html (a page) or .csv" in capsys.readouterr().err
    assert not (tmp_path / "both.xls").exists()


def test_pages_and_tables_say_the_same_words():
    """One Chinese word for one thing, whether it stands on a page or at the head of a column."""
    columns = {c.name: c.zh for c in columns_of("targets")}
    shown = words("zh")
    for name in (
        "bound",
        "unit",
        "modality",
        "period",
        "basis",
        "comparator",
        "tier",
        "tone",
        "filter",
        "wording",
    ):
        assert shown(f"label.{name}") == columns[name], name
    reports = {c.name: c.zh for c in columns_of("reports")}
    for name in (
        "region",
        "review_year",
        "plan_year",
        "session",
        "delivered",
        "published",
        "speaker",
        "issuer",
    ):
        assert shown(f"label.{name}") == reports[name], name
    for column in ("bound", "tone", "modality", "horizon", "tier", "severity", "kind"):
        for value, labels in labels_of(column).items():
            assert (shown(value), words("en")(value)) == labels, value


def test_a_mark_over_everything_is_shown_at_its_beginning():
    """An absent target has the span of the whole plan, which nobody wants underlined."""
    builder = _Builder(zfreport.parse("各位代表：\n" + "产业向好。" * 300), words("zh"), 0)
    for span, rank, shown in (
        (Span(10, 900), FACT, 1),
        (Span(10, 200), FACT, 190),
        (Span(10, 900), SENTENCE, 890),
        (Span(10, 1200), SENTENCE, 1),
        (Span(10, 1200), HEADING, 1190),
    ):
        builder.add(span, rank, "mark", "")
        assert len(builder.marks[-1].span.range) == shown, (span, rank)


def test_browsers_keep_every_mark():
    """They stop nesting at 512; no more than two dozen marks begin in one place."""
    builder = _Builder(zfreport.parse("各位代表：\n产业向好。"), words("zh"), 0)
    for _ in range(600):
        builder.add(Span(0, 5), FACT, "mark", "")
    assert len(builder.marks) == 24


def test_two_places_are_told():
    """A comparison of two places, or of years that do not follow, says so; a place under its full name is the same."""
    earlier, later = (
        zfreport.parse(
            f"{place}政府工作报告\n一、{year - 1}年工作回顾\n生产总值增长7%。\n二、{year}年工作安排\n生产总值增长6%。\n"
        )
        for place, year in (("松岭县", 2023), ("临溪市", 2024))
    )
    page = compare_page(earlier, later, zfreport.compare(earlier, later))
    assert "两份报告不是同一地区: 松岭县, 临溪市" in page
    assert "同一地区" not in compare_page(earlier, earlier, zfreport.compare(earlier, earlier))
    assert "两份报告不是相邻年份" in compare_page(earlier, earlier, zfreport.compare(earlier, earlier))
