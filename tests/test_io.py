"""Files in: every encoding and format gives the same text, every character can be traced, hostile files are refused."""

from __future__ import annotations

import html
import io
import os
import pickle
import struct
import time
import zipfile
import zlib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zfreport
from zfreport.errors import ReadError
from zfreport.io import Limits, decode_bytes, documents, read, read_bytes
from zfreport.io.encoding import plausibility
from zfreport.text import Span

EXAMPLES = Path(__file__).parent.parent / "examples"
REPORT = EXAMPLES.joinpath("county-2024.txt").read_text("utf-8")
TRADITIONAL = EXAMPLES.joinpath("traditional.txt").read_text("utf-8")
LINES = [line for line in REPORT.split("\n") if line.strip()]


def refused(data: bytes, reason: str, name: str = "", **options) -> ReadError:
    """The refusal of *data*, which must be one of *reason*."""
    with pytest.raises(ReadError) as caught:
        read_bytes(data, name, **options)
    assert caught.value.reason == reason, caught.value
    return caught.value


# --- encodings


@pytest.mark.parametrize(
    ("codec", "bom", "stated"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8-sig", b"", "utf-8"),
        ("utf-16", b"", "utf-16-le"),
        ("utf-16-le", b"", "utf-16-le"),
        ("utf-16-be", b"", "utf-16-be"),
        ("utf-16-be", b"\xfe\xff", "utf-16-be"),
        ("utf-32", b"", "utf-32-le"),
        ("gb18030", b"", "gb18030"),
        ("gb18030", b"\x84\x31\x95\x33", "gb18030"),
        ("gbk", b"", "gb18030"),
    ],
)
@pytest.mark.parametrize(
    "text", [REPORT, REPORT[:60], REPORT.replace("\n", "\r\n"), "地区生产总值增长6%左右"]
)
def test_encodings_are_found_and_stated(text, codec, bom, stated):
    """The text comes back exactly, without its byte order mark, and the encoding is stated."""
    decoded = decode_bytes(bom + text.encode(codec))
    assert (decoded.text, decoded.encoding, decoded.lossy) == (text, stated, False)
    assert decoded.bom == bool(bom or codec in ("utf-8-sig", "utf-16", "utf-32"))


@pytest.mark.parametrize("codec", ["big5hkscs", "cp950", "utf-16-le", "gb18030", "utf-8"])
def test_traditional_text(codec):
    """Big5 is told from GB18030, which reads almost any pair of bytes."""
    text = "".join(c for c in TRADITIONAL if c.encode(codec, "ignore"))
    assert len(text) > 0.99 * len(TRADITIONAL)
    assert decode_bytes(text.encode(codec)).text == text


def test_hong_kong_characters_need_their_own_big5():
    text = "各位議員：本屆政府着力改善民生，咗嘅哋。" * 3
    assert decode_bytes(text.encode("big5hkscs")).text == text


@pytest.mark.parametrize("text", ["支农", "支路", "路支"])
def test_a_few_bytes_that_pass_for_utf8(text):
    """联通 and its like: GBK bytes that are also valid UTF-8, of Hebrew or Cyrillic letters."""
    data = text.encode("gbk")
    data.decode("utf-8")
    assert decode_bytes(data).text == text
    assert decode_bytes("Привет 6%".encode()).text == "Привет 6%"


def test_utf16_that_passes_for_utf8():
    """Bytes below 0x80 alone, NULs among them: the numerals and ASCII of a table of contents."""
    text = "一、上业 1\n三、一业 3\n" * 3
    data = text.encode("utf-16-le")
    data.decode("utf-8")
    assert (decode_bytes(data).text, decode_bytes(data).encoding) == (text, "utf-16-le")


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(200),
        b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(200),
        b"RIFF\x24\x08\x00\x00WEBPVP8 " + bytes(99),
        b"PK\x03\x04" + bytes(99),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500),
        b"{\\rtf1\\ansi " + b"text " * 99,
        bytes(range(256)) * 40,
        b"plain words with one \x00 in them",
        os.urandom(1 << 12) + bytes(8),
    ],
)
def test_binary_is_refused(data):
    with pytest.raises(ReadError) as caught:
        decode_bytes(data)
    assert caught.value.reason == "binary"


def test_damage_is_never_silent():
    """A damaged byte is refused with its place; on request it is read, marked, and stated."""
    data = REPORT.encode()
    at = len(REPORT[:300].encode())
    cut = data[:at] + b"\xff" + data[at:]
    error = refused(cut, "encoding")
    assert f"offset {at}" in str(error)
    assert "lossy" in str(error)
    decoded = decode_bytes(cut, lossy=True)
    assert decoded.lossy
    assert decoded.encoding == "utf-8"
    assert decoded.text.count("\ufffd") == 1
    assert pickle.loads(pickle.dumps(error)).reason == "encoding"


def test_a_file_cut_in_mid_character_is_refused():
    assert "truncated" not in str(refused(REPORT.encode()[:-2], "encoding"))
    refused(REPORT.encode("utf-16")[:-1], "encoding")


def test_told_encoding():
    data = REPORT.encode("gbk")
    assert decode_bytes(data, "gb2312").text == REPORT
    for told, written in (
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("UTF-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
    ):
        marked = decode_bytes(("\ufeff" + REPORT).encode(written), told)
        assert (marked.text, marked.encoding, marked.bom, marked.evidence) == (REPORT, written, True, "told")
    assert not decode_bytes(REPORT.encode(), "utf-8").bom
    with pytest.raises(ReadError, match="no encoding named"):
        decode_bytes(data, "klingon")
    for no_text in ("base64", "rot13", "a\0b", ""):
        with pytest.raises(ReadError, match="no encoding named"):
            decode_bytes(data, no_text)
    with pytest.raises(ReadError, match="did you mean 'gbk'"):
        decode_bytes(data, "gbkk")
    with pytest.raises(ReadError, match="did you mean 'text'"):
        read_bytes(data, format="txt")
    with pytest.raises(ReadError, match="damaged utf-8"):
        decode_bytes(data, "utf-8")


@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=60).map(
        lambda s: LINES[4][:40] + s
    )
)
def test_utf8_is_always_utf8(text):
    """Whatever else stands in it, valid UTF-8 with Chinese in it is read as what it is, or refused as binary."""
    try:
        assert decode_bytes(text.encode()).text == text.removeprefix("\ufeff")
    except ReadError as error:
        assert error.reason == "binary"  # noqa: PT017 - either outcome is right


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    """No bytes raise anything but `ReadError`, and what is read whole can be written back."""
    try:
        decoded = decode_bytes(data)
    except ReadError:
        return
    assert not decoded.lossy
    assert data.endswith(decoded.text.encode(decoded.encoding))


def test_plausibility_tells_right_from_wrong():
    assert plausibility(REPORT) > 0.5
    assert plausibility(REPORT.encode("gbk").decode("big5", "replace")) < 0.1
    assert plausibility(REPORT.encode().decode("gb18030", "replace")) < 0.1


# --- plain files


def write(tmp_path: Path, name: str, data: bytes | str) -> Path:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_read_states_path_format_and_line(tmp_path):
    path = write(tmp_path, "报告.txt", REPORT.encode("gb18030"))
    document = read(path)
    assert (document.text, document.format, document.encoding) == (REPORT, "text", "gb18030")
    assert document.path == str(path)
    offset = REPORT.index("（一）")
    assert document.place(offset).line == REPORT[:offset].count("\n") + 1


def test_errors_name_the_file(tmp_path):
    with pytest.raises(ReadError, match=r"photo\.txt: this is a PNG image"):
        read(write(tmp_path, "photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(20)))
    with pytest.raises(ReadError, match=r"none\.txt: the file is empty"):
        read(write(tmp_path, "none.txt", b""))
    with pytest.raises(ReadError, match="white space"):
        read(write(tmp_path, "blank.txt", "　\n \n"))
    with pytest.raises(FileNotFoundError):
        read(tmp_path / "missing.txt")
    with pytest.raises((ReadError, OSError)):
        read(tmp_path)


def test_size_is_checked_before_reading(tmp_path):
    """A sparse file of two gigabytes costs nothing to refuse."""
    path = tmp_path / "page.html"
    with open(path, "wb") as file:
        file.truncate(2 << 30)
    begin = time.perf_counter()
    with pytest.raises(ReadError, match="2048 MB on disk"):
        read(path)
    assert time.perf_counter() - begin < 1
    refused(b"x" * 101, "limit", limits=Limits(max_bytes=100))
    refused(b"x" * 101, "limit", limits=Limits(max_chars=100))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names on this system")
def test_what_is_no_file_of_bytes_is_not_opened(tmp_path):
    """A pipe that nobody writes to would keep a run waiting for ever."""
    os.mkfifo(tmp_path / "a.txt")
    for path in (tmp_path / "a.txt", "/dev/null"):
        with pytest.raises(ReadError, match="not an ordinary file") as found:
            read(path)
        assert found.value.reason == "format"


def test_the_bytes_decide_not_the_name():
    assert read_bytes(REPORT.encode(), "report.docx.txt").format == "text"
    refused(REPORT.encode(), "damaged", "report.docx")
    refused(b"\x89PNG\r\n\x1a\n" + bytes(20), "damaged", "scan.pdf")


# --- HTML


def page(*body: str, head: str = "", charset: str = "utf-8") -> bytes:
    pytest.importorskip("lxml")
    text = (
        f"<!DOCTYPE html><html><head><meta charset={charset}><title>政府信息公开</title>{head}</head><body>"
    )
    return (text + "\n".join(body) + "</body></html>").encode(charset)


def read_page(*body: str, **options) -> list[str]:
    return lines_of(read_bytes(page(*body, **options), "a.html").text)


def lines_of(text: str) -> list[str]:
    """The lines that hold words."""
    return [line for line in text.splitlines() if line.strip()]


def test_html_keeps_paragraphs():
    assert read_page(*(f"<p>{html.escape(line)}</p>" for line in LINES)) == LINES
    assert read_page("<div>" + "<br>".join(LINES) + "</div>") == LINES
    assert read_page("<div>甲</div><div>乙<span>丙</span></div>丁") == ["甲", "乙丙", "丁"]


def test_paragraphs_are_told_from_line_breaks():
    """A paragraph ends in a blank line: one that lacks its full stop does not run into the next."""
    text = read_bytes(
        page("<p>增长9.7%</p><p>动能转换加快。<br>打造园区。<br></p>", "<div>其中</div>"), "a.html"
    ).text
    assert text == "增长9.7%\n\n动能转换加快。\n打造园区。\n\n其中\n"


def test_html_in_its_declared_encoding():
    """Declared gb2312 and true, declared gb2312 and wrong."""
    right = page("<p>" + LINES[5] + "</p>", charset="gb2312")
    assert read_bytes(right, "a.htm").text.strip() == LINES[5].strip()
    wrong = right.decode("gbk").encode("utf-8")
    document = read_bytes(wrong, "a.htm")
    assert (document.text.strip(), document.encoding) == (LINES[5].strip(), "utf-8")


def test_navigation_scripts_and_styles_are_gone():
    menu = "".join(f"<li><a href=/{n}>栏目{n}</a></li>" for n in range(9))
    lines = read_page(
        "<script>var 增长 = '8%';</script><style>p{}</style>",
        f"<nav>{menu}</nav><div class=x><ul>{menu}</ul></div>",
        "<div role=navigation>首页</div><p hidden>隐藏</p><p style='display: none'>隐藏</p>",
        "<h1>政府工作报告</h1><p>增长6%。</p><!-- 注释 -->",
        "<footer>版权所有</footer><noscript>请启用</noscript>",
    )
    assert lines == ["政府工作报告", "增长6%。"]


def test_lists_of_other_pages_are_gone():
    """相关报道 with dates beside the links."""
    rows = "".join(
        f"<li><span>2024-01-{n:02}</span><a href=/{n}>县政府召开第{n}次常务会议</a></li>"
        for n in range(10, 30)
    )
    assert read_page("<p>增长6%。</p>", f"<h3>相关报道</h3><ul>{rows}</ul>") == ["增长6%。", "相关报道"]


def test_a_paragraph_with_links_is_no_menu():
    """Encyclopedia pages link every other word."""
    words = "".join(f"推进<a href=/{n}>第{n}项工程</a>建设，取得明显成效；" for n in range(9))
    assert read_page(f"<p>{words}</p>")[0].startswith("推进第0项工程建设")


def test_a_block_of_links_with_much_to_say_beside_them_is_no_menu():
    """Nine tenths of it are links, and what is not is a paragraph's worth."""
    links = "".join(f"<a href=/{n}>{'推进重点工程建设' * 12}</a>" for n in range(9))
    assert len(read_page(f"<div>{links}{'取得明显成效' * 20}</div>", "<p>增长6%。</p>")) == 2
    assert read_page(f"<div>{links}取得成效</div>", "<p>增长6%。</p>") == ["增长6%。"]


def test_reading_aids_are_no_text():
    """Ruby stands above the characters of a rare name."""
    assert read_page("<p><ruby>栖<rp>（</rp><rt>qī</rt><rp>）</rp></ruby>川市</p>") == ["栖川市"]


def test_html_white_space():
    """A wrap in the source is no space between wide characters; full-width and hard spaces are text."""
    assert read_page("<p>规模以上工\n   业增加值  增长\n8.3%</p>") == ["规模以上工业增加值 增长 8.3%"]
    assert read_page("<p>　　全年&nbsp;目标</p>") == ["　　全年\u00a0目标"]


def test_preformatted_text():
    text = "一、回顾\n增长6%，\n　　其中工业增长8%。\n\n二、安排"
    for tag in ("pre", "div style='white-space: pre-wrap'"):
        found = read_bytes(page(f"<p>题</p><{tag}>{text}</{tag.split()[0]}><p>尾\n注</p>"), "a.html").text
        assert found == f"题\n\n{text}\n\n尾注\n"


def test_raised_digits_do_not_join_numbers():
    assert read_page(
        "<p>企业246家<sup>1</sup>，绿地3km<sup>2</sup>，3×10<sup>4</sup>吨<sup>[2]</sup></p>"
    ) == ["企业246家[1]，绿地3km²，3×10^4吨[2]"]


def test_html_tables():
    cells = "<tr><th>指标</th><th>目标</th></tr><tr><td>生产总值</td><td><p>6%</p></td></tr>"
    document = read_bytes(page("<p>附表</p>", f"<table>{cells}</table>"), "a.html")
    assert document.text == "附表\n\n指标\t目标\n生产总值\t6%\n"
    place = document.place(document.text.index("6%"))
    assert (place.table, place.row) == (1, 2)
    layout = "<table><tr><td>" + "".join(f"<p>{line}</p>" for line in LINES) + "</td></tr></table>"
    assert read_page(layout) == LINES
    assert read_page("<table><tr><td><p>增长</p><p>6%</p></td><td>目标</td></tr></table>") == ["增长6%\t目标"]


def test_numbers_a_browser_prints():
    assert read_page("<ol start=3><li>新建学校<li>改造道路</ol>") == ["3.新建学校", "4.改造道路"]
    assert read_page("<ol><li>1.新建学校<li>（二）改造道路</ol>") == ["1.新建学校", "（二）改造道路"]


@pytest.mark.parametrize("transfer", ["quoted-printable", "base64", "8bit"])
def test_web_archives(transfer):
    """What browsers save as one file."""
    import base64
    import quopri

    body = page(*(f"<p>{line}</p>" for line in LINES))
    packed = {"quoted-printable": quopri.encodestring, "base64": base64.encodebytes, "8bit": bytes}[transfer](
        body
    )
    head = b'From: <Saved by browser>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="B"\r\n\r\n'
    part = f'--B\r\nContent-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: {transfer}\r\n\r\n'.encode()
    image = b"\r\n--B\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n--B--\r\n"
    document = read_bytes(head + part + packed + image, "a.mhtml")
    assert (document.format, lines_of(document.text)) == ("mhtml", LINES)
    refused(head + image, "damaged", "a.mht")


def test_html_places():
    document = read_bytes(page("<p>甲</p>", "<p>乙</p>"), "a.html")
    assert [document.place(document.text.index(c)).paragraph for c in "甲乙"] == [1, 2]
    assert document.place(document.text.index("乙")).line == 2


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 30_000 + "增长",
        "<b>" * 30_000 + "增长",
        "<table><tr><td>" * 3_000 + "增长",
        "<ol><li>" * 5_000 + "增长",
        "<sup>" * 5_000 + "1",
        "<ul>" + "<li>条" * 30_000,
        "<p>" + "&lt;" * 100_000,
        "<" * 100_000,
    ],
    ids=["div", "b", "table", "ol", "sup", "ul", "entities", "brackets"],
)
def test_hostile_pages_end_quickly(body):
    """Depth and number of elements are the page's choice: time is linear, nothing recurses."""
    begin = time.perf_counter()
    try:
        read_bytes(page(body), "a.html")
    except ReadError as error:
        assert error.reason in ("damaged", "no_text", "limit")  # noqa: PT017 - either outcome is right
    assert time.perf_counter() - begin < 5


def test_entities_are_not_expanded():
    laugh = "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(9))
    text = f"<!DOCTYPE html [<!ENTITY l0 'ha'>{laugh}<!ENTITY f SYSTEM 'file:///etc/passwd'>]><html><p>甲&l9;&f;乙</p></html>"
    pytest.importorskip("lxml")
    found = read_bytes(text.encode(), "a.html").text
    assert len(found) < 1000
    assert "root" not in found


# --- docx


def make_docx(build) -> bytes:
    docx = pytest.importorskip("docx")
    document = docx.Document()
    build(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_docx_paragraphs_breaks_and_tables():
    def build(d):
        d.add_paragraph("一、工作回顾")
        d.add_paragraph("第一行").add_run().add_break()
        d.paragraphs[-1].add_run("第二行")
        table = d.add_table(2, 2)
        for cell, text in zip(
            (c for row in table.rows for c in row.cells), ("任务", "时限", "修路", "年底"), strict=True
        ):
            cell.text = text
        d.add_paragraph("谢谢大家")

    document = read_bytes(make_docx(build), "a.docx")
    assert document.text == "一、工作回顾\n\n第一行\n第二行\n\n任务\t时限\n修路\t年底\n\n谢谢大家\n"
    assert str(document.place(document.text.index("修路"))) == "table 1, row 2"
    assert document.place(document.text.index("第二行")).paragraph == 2


def part(xml: str, numbering: str = "") -> bytes:
    """A docx whose body is *xml*, straight from its markup."""
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'

    def build(d):
        from docx.oxml import parse_xml

        body = d.element.body
        for node in reversed(parse_xml(f"<w:body {w}>{xml}</w:body>")):
            body.insert(0, node)
        if numbering:
            root = d.part.numbering_part.element
            for node in list(root):
                root.remove(node)
            for node in list(parse_xml(f"<w:numbering {w}>{numbering}</w:numbering>")):
                root.append(node)

    return make_docx(build)


@pytest.mark.parametrize(
    ("number", "style", "printed"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (11, "chineseCountingThousand", "十一"),
        (20, "japaneseCounting", "二十"),
        (21, "taiwaneseCounting", "二十一"),
        (100, "chineseCounting", "一百"),
        (103, "chineseCounting", "一百零三"),
        (110, "chineseCounting", "一百一十"),
        (999, "chineseCounting", "九百九十九"),
        (1000, "chineseCounting", "1000"),
        (0, "chineseCounting", "〇"),
        (12, "ideographDigital", "一二"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (11, "ideographTraditional", "11"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (12, "decimalFullWidth", "１２"),
        (4, "upperRoman", "IV"),
        (29, "lowerRoman", "xxix"),
        (26, "upperLetter", "Z"),
        (27, "lowerLetter", "27"),
        (7, "decimalZero", "07"),
        (7, "none", ""),
        (7, "anything", "7"),
    ],
)
def test_number_formats_of_word(number, style, printed):
    from zfreport.io.docx_numbering import _format

    assert _format(number, style) == printed


def test_numbers_that_word_prints_itself():
    """Automatic numbering stands nowhere in the text, and is what makes these lines headings."""
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = (
        '<w:abstractNum w:abstractNumId="7">'
        + level.format(0, "chineseCountingThousand", "%1、")
        + level.format(1, "chineseCountingThousand", "（%2）")
        + level.format(2, "decimal", "%1.%3.").replace("<w:lvlText", "<w:isLgl/><w:lvlText")
        + level.format(3, "bullet", "·")
        + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="11"/></w:lvlOverride></w:num>'
    )
    paragraph = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="{}"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    rows = [
        (0, 1, "甲"),
        (1, 1, "乙"),
        (1, 1, "丙"),
        (0, 1, "丁"),
        (1, 1, "戊"),
        (2, 1, "己"),
        (3, 1, "庚"),
        (0, 2, "辛"),
        (0, 0, "壬"),
    ]
    text = read_bytes(part("".join(paragraph.format(*row) for row in rows), numbering), "a.docx").text
    assert text.split() == [
        "一、甲",
        "（一）乙",
        "（二）丙",
        "二、丁",
        "（一）戊",
        "2.1.己",
        "庚",
        "十一、辛",
        "壬",
    ]


def test_numbers_that_come_with_a_style():
    """Heading styles carry the numbers in most templates, and other styles are based on them."""

    def build(d):
        from docx.oxml import parse_xml

        w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        root = d.part.numbering_part.element
        level = '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        root.insert(0, parse_xml(f'<w:abstractNum {w} w:abstractNumId="77">{level}</w:abstractNum>'))
        root.append(parse_xml(f'<w:num {w} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
        style = d.styles["Heading 1"].element
        style.get_or_add_pPr().append(parse_xml(f'<w:numPr {w}><w:numId w:val="77"/></w:numPr>'))
        d.styles.add_style("Mine", 1).base_style = d.styles["Heading 1"]
        d.add_paragraph("回顾", style="Heading 1")
        d.add_paragraph("内容")
        d.add_paragraph("安排", style="Mine")
        without = d.add_paragraph("结语", style="Heading 1")._p.get_or_add_pPr()
        without.append(parse_xml(f'<w:numPr {w}><w:numId w:val="0"/></w:numPr>'))

    assert read_bytes(make_docx(build), "a.docx").text == "一、回顾\n\n内容\n\n二、安排\n\n结语\n"


def test_footnotes_follow_and_their_separators_do_not():
    """Word keeps the rule above the notes as a note of its own."""
    docx = pytest.importorskip("docx")
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    def build(d):
        note = "<w:footnote w:id='{}' {}><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:footnote>"
        xml = (
            '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            + note.format(0, "w:type='separator'", "线")
            + note.format(1, "", "初步核算数")
            + "</w:footnotes>"
        )
        kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
        notes = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), d.part.package)
        d.part.relate_to(notes, RELATIONSHIP_TYPE.FOOTNOTES)
        d.add_paragraph("生产总值增长6%。")

    assert docx is not None
    assert read_bytes(make_docx(build), "a.docx").text == "生产总值增长6%。\n\n[1]初步核算数\n"


def test_a_table_in_a_table_is_read_once():
    def build(d):
        outer = d.add_table(1, 2)
        outer.cell(0, 0).text = "外"
        inner = outer.cell(0, 1).add_table(1, 2)
        inner.cell(0, 0).text, inner.cell(0, 1).text = "甲", "乙"

    assert read_bytes(make_docx(build), "a.docx").text.split() == ["外", "甲", "乙"]


def test_what_is_no_text_of_a_docx():
    def run(properties: str, text: str) -> str:
        return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"

    xml = (
        "<w:p><w:ins w:id='1' w:author='x'>" + run("", "增长6%") + "</w:ins>"
        "<w:del w:id='2' w:author='x'><w:r><w:delText>增长8%</w:delText></w:r></w:del>"
        + run("<w:vanish/>", "隐藏")
        + run("<w:vanish w:val='false'/>", "以上")
        + "<w:moveFrom w:id='3' w:author='x'>"
        + run("", "移走")
        + "</w:moveFrom>"
        + run("<w:vertAlign w:val='superscript'/>", "12")
        + "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>PAGE</w:instrText></w:r>"
        "<w:sdt><w:sdtContent>" + run("", "，左右") + "</w:sdtContent></w:sdt></w:p>"
    )
    assert read_bytes(part(xml), "a.docx").text == "增长6%以上[12]，左右\n"


def repack(data: bytes, change) -> bytes:
    """The same archive with some members replaced; *change* maps a name and its bytes to new bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
    return out.getvalue()


def test_damaged_docx_is_refused():
    data = make_docx(lambda d: d.add_paragraph("增长" * 3000))
    refused(data[:-500], "damaged", "a.docx")
    broken = repack(data, lambda n, b: b[:400] if n == "word/document.xml" else b)
    refused(broken, "damaged", "a.docx")
    middle = bytearray(data)
    at = data.index(b"word/document.xml") + 60
    middle[at : at + 40] = bytes(40)
    refused(bytes(middle), "damaged", "a.docx")
    refused(make_docx(lambda d: None), "no_text", "a.docx")


def test_zip_bombs_are_refused():
    data = make_docx(lambda d: d.add_paragraph("增长"))
    bomb = repack(data, lambda n, b: b"<a>" + b" " * (8 << 20) if n == "word/document.xml" else b)
    assert "bomb" in str(refused(bomb, "limit", "a.docx"))
    refused(data, "limit", "a.docx", limits=Limits(max_unpacked=1000))
    refused(data, "limit", "a.docx", limits=Limits(max_members=3))
    refused(data, "limit", "a.docx", limits=Limits(max_elements=10))


def test_memory_for_a_page_is_bounded():
    """Elements are counted before a tree of them is made."""
    begin = time.perf_counter()
    assert "elements" in str(refused(page("<p>x</p>" * 1_000_000), "limit", "a.html"))
    assert time.perf_counter() - begin < 2


def test_docx_entities_are_not_expanded():
    laugh = "<!ENTITY l0 'ha'>" + "".join(f"<!ENTITY l{n + 1} '{f'&l{n};' * 10}'>" for n in range(9))
    head = f"<?xml version='1.0'?><!DOCTYPE w [{laugh}<!ENTITY f SYSTEM 'file:///etc/passwd'>]>".encode()

    def change(name, data):
        if name != "word/document.xml":
            return data
        return head + data[data.index(b"<w:document") :].replace(b"MARK", b"&l9;&f;")

    data = repack(make_docx(lambda d: d.add_paragraph("甲MARK乙")), change)
    begin = time.perf_counter()
    try:
        text = read_bytes(data, "a.docx").text
    except ReadError as error:
        assert error.reason == "damaged"  # noqa: PT017 - either outcome is right
    else:
        assert len(text) < 100
        assert "root" not in text
    assert time.perf_counter() - begin < 2


# --- PDF


def make_pdf(paragraphs, head="云汀县政府公报", foot="— {} —", size=14.0, per_line=31, lines=26) -> bytes:
    """A report as an office prints it: indented paragraphs, running head, page numbers."""
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas")
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont

    pytest.importorskip("pypdfium2")
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    out = io.BytesIO()
    canvas = canvas_module.Canvas(out, pagesize=(595, 842), invariant=True)
    printed = []
    for paragraph in paragraphs:
        text = "　　" + paragraph.strip()
        while text:
            cut, width = 0, 0.0
            while cut < len(text) and width < per_line * size:
                width += pdfmetrics.stringWidth(text[cut], "STSong-Light", size)
                cut += 1
            while cut < len(text) and (
                text[cut] in "，。；：、！？”）%" or (text[cut].isascii() and text[cut - 1].isascii())
            ):
                cut += 1
            printed.append(text[:cut])
            text = text[cut:]
    for start in range(0, len(printed), lines):
        number = start // lines + 1
        canvas.setFont("STSong-Light", 9)
        canvas.drawString(72, 810, head)
        canvas.drawCentredString(297, 36, foot.format(number))
        for row, text in enumerate(printed[start : start + lines]):
            canvas.setFont("STSong-Light", size)
            canvas.drawString(72, 770 - 24 * row, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize("foot", ["— {} —", "{}", "第{}页 共3页", "- {} -"])
def test_pdf_lines_are_joined_and_furniture_is_set_aside(foot):
    wanted = [line.strip() for line in LINES]
    document = read_bytes(make_pdf(wanted, foot=foot), "a.pdf")
    assert [line.strip() for line in document.text.splitlines()] == wanted
    assert (1, "云汀县政府公报") in document.furniture
    assert len(document.furniture) == 2 * document.place(len(document.text)).page


def typeset(paragraphs, *, mirror=0, indent=2, size=16, pitch=28) -> bytes:
    """A report as a word processor sets it: centred title, indents without characters, no full stop at a line's start."""
    make_pdf([""])  # registers the font
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    page, y = 1, 760

    def put(x, text, points=size):
        nonlocal page, y
        if y < 80:
            canvas.setFont("STSong-Light", 10)
            canvas.drawString(460 if page % 2 else 90, 40, f"— {page} —")
            canvas.showPage()
            page, y = page + 1, 760
        canvas.setFont("STSong-Light", points)
        canvas.drawString(x + (mirror if page % 2 == 0 else 0), y, text)
        y -= pitch

    def width(text):
        return pdfmetrics.stringWidth(text, "STSong-Light", size)

    for n, text in enumerate(paragraphs[:4]):
        put(297 - width(text) / 2, text, 22 if n == 0 else size)
    for text in paragraphs[4:]:
        offset = indent * size
        while text:
            cut = next(n for n in range(len(text), 0, -1) if width(text[:n]) <= 28 * size - offset or n == 1)
            while 1 < cut < len(text) and (
                text[cut] in "，。；：、！？”）%" or (text[cut - 1 : cut + 1].isascii())
            ):
                cut -= 1
            put(72 + offset, text[:cut])
            text, offset = text[cut:], 0
    canvas.save()
    return out.getvalue()


@pytest.mark.parametrize(
    "layout",
    [{}, {"mirror": 30}, {"indent": 0}, {"size": 14, "pitch": 22}, {"size": 12, "pitch": 30}],
    ids=str,
)
def test_layouts_of_pdf(layout):
    """Unlike margins left and right, no indent at all, narrow and wide leading: the same paragraphs."""
    wanted = [line.strip() for line in LINES]
    document = read_bytes(typeset(wanted, **layout), "a.pdf")
    assert document.text.splitlines() == wanted
    assert [words for _, words in document.furniture][:2] == ["— 1 —", "— 2 —"]


def sheets(*pages) -> bytes:
    """A PDF of pages whose lines are put down as they are told: indent and height in points, size, words."""
    make_pdf([""])  # registers the font
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for lines in pages:
        for x, y, size, words in lines:
            canvas.setFont("STSong-Light", size)
            canvas.drawString(72 + x, y, words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_words_at_the_top_of_two_pages_are_no_running_head():
    """Of eight; at the top of half of them they are."""
    full = "推动产业转型升级和城乡融合发展取得新的更大成效"

    def document(*with_head):
        return read_bytes(
            sheets(
                *(
                    [(32, 770, 16, "重点任务" if n in with_head else f"其他任务之{'甲乙丙丁戊己庚辛'[n]}")]
                    + [(0, 740 - 28 * row, 16, full) for row in range(6)]
                    for n in range(8)
                )
            ),
            "a.pdf",
        )

    assert document(1, 4).text.count("重点任务") == 2
    assert document(0, 2, 4, 6).text.count("重点任务") == 0


def test_what_closes_a_bracket_opens_no_paragraph():
    """Even below a short line, and indented."""
    rows = ["推动产业转型升级和城乡融合发展取得新的更大成效"] * 8
    lines = [(0, 770 - 28 * n, 16, words) for n, words in enumerate(rows)]
    lines += [(0, 546, 16, "其中工业（见附表"), (32, 518, 16, "）增长8%。")]
    assert "（见附表）增长8%。" in read_bytes(sheets(lines), "a.pdf").text


def test_another_size_is_another_paragraph():
    """A heading as wide as the text, not indented, close above its paragraph."""
    lines = [(0, 770, 22, "推动产业转型升级城乡融合发展取得新")]
    lines += [(0, 742 - 28 * n, 16, "推动产业转型升级和城乡融合发展取得新的更大成效") for n in range(8)]
    first, *_ = read_bytes(sheets(lines), "a.pdf").text.splitlines()
    assert first == "推动产业转型升级城乡融合发展取得新"


def test_latin_words_are_joined_with_a_blank_and_abbreviations_without():
    from zfreport.io.pdf import _glue

    assert [_glue(*pair) for pair in (("New", "York"), ("G", "DP"), ("增", "长"), ("PM", "2.5"))] == [
        " ",
        "",
        "",
        "",
    ]


def test_raised_digits_of_a_pdf():
    canvas_module = pytest.importorskip("reportlab.pdfgen.canvas")
    make_pdf([""])  # registers the font
    out = io.BytesIO()
    canvas = canvas_module.Canvas(out)
    text = canvas.beginText(72, 700)
    for words, rise, size in (
        ("新增企业246家", 0, 14),
        ("12", 6, 7),
        ("，绿地3km", 0, 14),
        ("2", 6, 7),
        (
            "，见附件3。",
            0,
            14,
        ),  # without the font, pdfium passes over a run of nothing but Chinese characters
    ):
        text.setRise(rise)
        text.setFont("STSong-Light", size)
        text.textOut(words)
    canvas.drawText(text)
    canvas.save()
    assert read_bytes(out.getvalue(), "a.pdf").text == "新增企业246家[12]，绿地3km²，见附件3。\n"


def test_pdf_places():
    document = read_bytes(make_pdf(LINES), "a.pdf")
    first, last = document.place(0), document.place(document.text.index(LINES[-1].strip()[-8:]))
    assert (first.page, first.line) == (1, 1)
    assert last.page > 1
    assert all(a.start < b.start for a, b in pairwise(document.places))


def test_a_number_alone_on_a_line_is_kept_unless_it_counts_pages():
    """A short last line (6%。) or a table's figure at the foot of a page is not its number."""
    data = make_pdf([LINES[5], "37", *LINES[6:12], "37"], head="", foot="", lines=9)
    document = read_bytes(data, "a.pdf")
    assert document.text.split().count("37") == 2
    assert not document.furniture


def test_scans_and_broken_pdfs_are_refused():
    refused(make_pdf([""], head="", foot=""), "no_text", "a.pdf")
    refused(b"%PDF-1.7\nnothing more", "damaged", "a.pdf")
    refused(make_pdf(LINES), "limit", "a.pdf", limits=Limits(max_pages=1))
    refused(make_pdf(LINES), "limit", "a.pdf", limits=Limits(max_page_chars=100))


@pytest.mark.parametrize("layers", [1, 2])
def test_pdf_bombs_are_refused_before_they_unpack(layers):
    stream = bytes(64 << 20)
    for _ in range(layers):
        stream = zlib.compress(stream, 9)
    data = b"%PDF-1.4\n1 0 obj<</Filter/FlateDecode>>stream\r\n" + stream + b"\nendstream endobj"
    begin = time.perf_counter()
    refused(data, "limit", "a.pdf", limits=Limits(max_unpacked=16 << 20))
    assert time.perf_counter() - begin < 3


# --- tables of texts


def test_csv_rows(tmp_path):
    text = '省份,年份,正文\n甲省,2024,"一、回顾\n增长6%，""稳""。"\n乙省,2025,二、安排\n丙省,2025,\n'
    for codec in ("utf-8-sig", "gb18030"):
        path = write(tmp_path, "a.csv", text.encode(codec))
        rows = list(documents(path))
        assert [d.text for d in rows] == ['一、回顾\n增长6%，"稳"。', "二、安排"]
        assert rows[1].fields == {"省份": "乙省", "年份": "2025"}
        assert [str(d.place(3)) for d in rows] == ["row 1", "row 2"]
    whole = read(path)
    assert str(whole.place(whole.text.index("安排"))) == "row 2"


def test_a_long_cell_of_a_csv():
    """The standard module stops at 131 072 characters."""
    long = "增长" * 100_000
    assert read_bytes(f"id,text\n1,{long}\n".encode(), "a.csv").text == long


def test_json_rows():
    assert [d.text for d in _rows('{"id": 1, "text": "甲"}\n\n{"id": 2, "text": "乙"}\n', "a.jsonl")] == [
        "甲",
        "乙",
    ]
    assert [d.text for d in _rows('[{"正文": "甲"}, {"正文": "乙"}]', "a.json")] == ["甲", "乙"]
    refused(b'{"text": "a"}\n{"text": ', "damaged", "a.jsonl")
    refused(b"[" * 100_000, "damaged", "a.json")
    refused(b"[1, 2]", "damaged", "a.json")


def _rows(text: str, name: str):
    from zfreport.io.limits import DEFAULT_LIMITS
    from zfreport.io.rows import read_rows

    return list(read_rows(text.encode(), name.partition(".")[2], DEFAULT_LIMITS))


def test_parquet_and_xlsx_rows(tmp_path):
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    table = pa.table({"year": [2024, 2025], "content": [REPORT, "增长6%"]})
    parquet.write_table(table, tmp_path / "a.parquet")
    rows = list(documents(tmp_path / "a.parquet"))
    assert (rows[0].text, rows[0].fields, rows[1].place(0).row) == (REPORT, {"year": 2024}, 2)
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["年份", "正文"])
    book.active.append([2024, REPORT[:2000]])
    book.save(tmp_path / "a.xlsx")
    (row,) = documents(tmp_path / "a.xlsx")
    assert (row.text, row.fields, row.place(0).row) == (REPORT[:2000], {"年份": 2024}, 2)
    refused((tmp_path / "a.xlsx").read_bytes()[:-300], "damaged", "a.xlsx")


def test_a_cell_as_long_as_excel_allows_is_probably_cut(tmp_path):
    """Excel cuts without a word, so we say one."""
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["正文"])
    book.active.append(["增" * 32_767])
    book.active.append(["增" * 3_000])
    book.save(tmp_path / "a.xlsx")
    assert ["probably cut" in "".join(d.notes) for d in documents(tmp_path / "a.xlsx")] == [True, False]


def test_a_row_group_that_unpacks_to_too_much(tmp_path):
    """Parquet packs a million equal letters into nothing."""
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    parquet.write_table(pa.table({"text": ["增" * 1_000_000]}), tmp_path / "a.parquet", use_dictionary=False)
    with pytest.raises(ReadError, match="max_unpacked") as found:
        list(documents(tmp_path / "a.parquet", limits=Limits(max_unpacked=100_000)))
    assert found.value.reason == "limit"


def test_the_column_of_texts():
    assert read_bytes(f"a,b\n1,{'增长' * 200}\n".encode(), "a.csv").text == "增长" * 200
    assert read_bytes("a,b\n1,短\n".encode(), "a.csv", column="b").text == "短"
    assert "which of the columns" in str(refused("a,b\n1,短\n".encode(), "column", "a.csv"))
    assert "did you mean 'body2'" in str(
        refused("a,body2\n1,短\n".encode(), "column", "a.csv", column="body")
    )
    refused(b"text\n", "empty", "a.csv")


def test_a_list_of_reports_is_no_table_of_texts():
    """An index of a collection has a long remark here and there; its rows hold no texts."""
    data = "report\tpath\tnote\n云汀县2024\ta.txt\t\n云汀县2025\tb.txt\t" + "缺" * 300 + "\n"
    assert "which of the columns" in str(refused(data.encode(), "column", "INDEX.tsv"))


def test_a_column_named_body_needs_no_naming():
    assert read_bytes("id,body\n1,短\n".encode(), "a.csv").text == "短"


# --- the same report in every format


def test_round_trip_of_formats():
    """One report in six files: the same paragraphs from each."""
    wanted = [line.strip() for line in LINES]
    pytest.importorskip("lxml")
    files = {
        "a.txt": REPORT.encode(),
        "b.txt": REPORT.encode("gb18030"),
        "c.html": page(*(f"<p>{line}</p>" for line in LINES)),
        "d.docx": make_docx(lambda d: [d.add_paragraph(line) for line in LINES]),
        "e.pdf": make_pdf(LINES),
        "f.csv": f'text\n"{REPORT}"\n'.encode(),
    }
    for name, data in files.items():
        text = read_bytes(data, name).text
        assert [line.strip() for line in text.splitlines() if line.strip()] == wanted, name


def what_is_read(text: str):
    """Headings, numbers and targets, without their places."""
    headings, numbers, targets = [], [], []
    for report in zfreport.parse_all(text):
        headings += [(n.kind, n.marker and n.marker.text, n.title) for n in report.walk() if n.title_span]
        numbers += [(q.text, q.low, q.high, q.unit.symbol) for q in report.quantities]
        targets += [(t.indicator, t.kind, t.low, t.high, t.bound, t.tier) for t in report.targets]
    return headings, numbers, targets


def test_real_reports_read_alike_from_every_format(shared):
    """The seeds, whole: the same headings, numbers and targets from five formats. No format loses anything."""
    pytest.importorskip("lxml")
    for path in sorted((shared / "seeds").glob("*.txt")):
        text = path.read_text("utf-8")
        lines = text.split("\n")
        wanted = what_is_read(text)
        assert wanted[1]
        assert wanted[2]
        for name, data in {
            "a.txt": text.encode("gb18030"),
            "b.html": page(*(f"<p>{html.escape(line)}</p>" for line in lines)),
            "c.docx": make_docx(lambda d, lines=lines: [d.add_paragraph(line) for line in lines]),
            "d.pdf": make_pdf([line for line in lines if line.strip()]),
        }.items():
            found = what_is_read(read_bytes(data, name).text)
            assert found == wanted, (path.name, name)


def test_offsets_of_places_are_offsets_of_the_text():
    document = read_bytes(page(*(f"<p>{line}</p>" for line in LINES)), "a.html")
    for place, line in zip(document.places, lines_of(document.text), strict=True):
        assert document.text[Span(place.start, place.start + len(line)).slice] == line


def test_zip_headers_that_lie():
    """A member that announces less than it holds is damage, not a way round the limits."""
    data = bytearray(make_docx(lambda d: d.add_paragraph("增长" * 5000)))
    at = data.rindex(b"word/document.xml") - 46  # its entry in the central directory
    assert data[at : at + 4] == b"PK\x01\x02"
    data[at + 24 : at + 28] = struct.pack("<I", 100)
    refused(bytes(data), "damaged", "a.docx")
