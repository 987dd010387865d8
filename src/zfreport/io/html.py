"""
A saved web page to text: scripts, styles and navigation gone, one paragraph per line, table rows one per line.

Only what is navigation beyond doubt goes (its tag or role says so, or nearly all of its words are links). What may be
part of the report stays: `zfreport.parse` sets page furniture aside itself, and says where.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError, ReadError
from .document import Document, Place, TextBuilder
from .encoding import Decoded, decode_bytes, plausibility
from .raised import raised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .limits import Limits

__all__ = ["page_of_archive", "read_html"]

_GONE = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "nav",
        "aside",
        "footer",
        "form",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "iframe",
        "object",
        "embed",
        "canvas",
        "svg",
        "video",
        "audio",
        "map",
        "dialog",
    ]
)
_ROLES = frozenset("navigation banner contentinfo search complementary menu menubar toolbar".split())
_BLOCK = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s{0,9}=\s{0,9}["']?([A-Za-z0-9_-]{1,40})""", re.IGNORECASE
)
_XML_CHARSET = re.compile(
    rb"""^\s{0,9}<\?xml[^>]{0,200}?encoding\s{0,9}=\s{0,9}["']([A-Za-z0-9_-]{1,40})""", re.IGNORECASE
)
_SPACE = re.compile(r"[ \t\n\r\f]+")  # HTML's white space; U+3000 and U+00A0 are text
_WIDE_BREAK = re.compile(
    r"(?<=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])[ \t\f]*[\n\r][ \t\n\r\f]*(?=[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef])"
)
_NO_LETTER = re.compile(r"[\W\d_]+")
_LINKED = 0.7  # share of linked words above which a block with several links is a menu
_UNLINKED = 100  # characters beside the links (separators, 您的位置：) that a menu may have


def read_html(data: bytes, limits: Limits, encoding: str | None = None, *, lossy: bool = False) -> Document:
    """
    The text of a web page. `Place` gives the paragraph of the text and the line of the page's source.

    Raises `ReadError` (``limit``, ``encoding``, ``binary``, ``damaged``, ``no_text``) and `MissingExtraError`.
    """
    try:
        from lxml import etree
    except ImportError:
        raise MissingExtraError("html", "lxml") from None
    decoded = _decode(data, encoding, lossy)
    # an element takes some hundred bytes of memory, whatever it holds: counted before the tree is made
    tags = decoded.text.count("<") - decoded.text.count("</")
    if tags > limits.max_elements:
        raise ReadError(
            "limit", f"{tags:,} elements, more than max_elements allows ({limits.max_elements:,})"
        )
    limits.check_chars(len(decoded.text) // 8)  # mark-up may be eight times the text
    # No entities beyond HTML's own, no network; huge_tree only lifts the depth of 256, sizes are checked above.
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, recover=True
    )
    try:
        root = etree.fromstring(decoded.text.encode("utf-8", "surrogatepass"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError("damaged", f"not readable as HTML: {error}") from None
    fatal = [e for e in parser.error_log if e.level_name == "FATAL"]
    if root is None or fatal:
        raise ReadError(
            "damaged", f"not readable as HTML: {fatal[0].message if fatal else 'no element in it'}"
        )
    text, places = _Writer(limits).write(root)
    if not text.strip():
        raise ReadError("no_text", "the page holds no text (is it filled in by a script?)")
    return Document(text=text, format="html", encoding=decoded.encoding, lossy=decoded.lossy, places=places)


def page_of_archive(data: bytes) -> tuple[bytes, str | None]:
    """
    The page in a web archive (.mht, .mhtml), and the encoding its part declares.

    >>> page_of_archive(b"MIME-Version: 1.0\\nContent-Type: text/html; charset=utf-8\\n\\n<p>x</p>")
    (b'<p>x</p>', 'utf-8')
    """
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content, part.get_content_charset()
    raise ReadError("damaged", "a web archive without a page in it")


def _decode(data: bytes, encoding: str | None, lossy: bool) -> Decoded:
    """The encoding told by the caller, else the one the page declares if that reads as Chinese, else detection."""
    if encoding is not None:
        return decode_bytes(data, encoding, lossy=lossy)
    declared = _CHARSET.search(data, 0, 4096) or _XML_CHARSET.search(data, 0, 1024)
    if declared is not None:
        try:
            decoded = decode_bytes(data, declared[1].decode("ascii"))
        except ReadError:
            pass  # pages that declare gb2312 and are UTF-8 are common: believe the bytes
        else:
            if decoded.text.isascii() or plausibility(decoded.text) > 0.25:
                return decoded
    return decode_bytes(data, lossy=lossy)


class _Writer:
    """Walks the tree once, without recursion: depth is the page's choice, not ours."""

    def __init__(self, limits: Limits) -> None:
        self.out = TextBuilder()
        self.limits = limits
        self.line: list[str] = []
        self.source_line = 1
        self.paragraph = 0
        self.preformatted = 0
        self.tables = 0
        self.rows: Counter[int] = Counter()
        self.items: Counter[Any] = Counter()

    def write(self, root: Any) -> tuple[str, tuple[Place, ...]]:
        menus = _menus(root)
        # Each step is an element to enter, an element to leave, or a text to append.
        stack: list[tuple[str, Any]] = [("enter", root)]
        while stack:
            what, value = stack.pop()
            if what == "text":
                self._text(value)
            elif what == "leave":
                self._leave(value)
            elif (
                isinstance(value.tag, str)
                and value.tag not in _GONE
                and value not in menus
                and not _hidden(value)
            ):
                self._enter(value)
                stack.append(("leave", value))
                if value.tag == "tr":
                    self.rows[self.tables] += 1
                if value.tag == "tr" and _is_data_row(value):
                    self._data_row(value)
                    continue
                if value.tag == "sup" and (mark := _superscript(value)) is not None:
                    self.line.append(mark)
                    continue
                if value.tag == "rt" or value.tag == "rp":  # reading aids above the characters
                    continue
                inside: list[tuple[str, Any]] = []
                if value.text:
                    inside.append(("text", value.text))
                for child in value:
                    inside.append(("enter", child))
                    if child.tail:
                        inside.append(("text", child.tail))
                stack.extend(reversed(inside))
        self._flush()
        return self.out.finish()

    def _text(self, text: str) -> None:
        if not self.preformatted:
            self.line.append(text)
            return
        first, *rest = text.replace("\r\n", "\n").split("\n")
        self.line.append(first)
        for line in rest:
            self._flush()
            if not line.strip():
                self.out.gap()
            self.line.append(line)

    def _enter(self, element: Any) -> None:
        tag = element.tag
        if _preformatted(element):
            self.preformatted += 1
        if tag in _BLOCK:
            self._flush()
            if tag not in ("tr", "tbody"):
                self.out.gap()
            if tag == "table":
                self.tables += 1
            elif tag == "li":
                self._number(element)
        elif tag == "br":
            self._flush()
        if not self.line:
            self.source_line = element.sourceline or self.source_line

    def _number(self, element: Any) -> None:
        """The number a browser prints before an item of a numbered list, which stands nowhere in the source."""
        parent = element.getparent()
        if parent is None or parent.tag != "ol":
            return
        self.items[parent] += 1
        if (
            "none" in (parent.get("style") or "")
            or parent.get("type", "1") != "1"
            or _opens_with_number(element)
        ):
            return
        start = parent.get("start", "1")
        first = int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
        self.line.append(f"{first + self.items[parent] - 1}.")

    def _leave(self, element: Any) -> None:
        if _preformatted(element):
            self._flush()
            self.preformatted -= 1
        if element.tag in _BLOCK:
            self._flush()
            if element.tag not in ("tr", "tbody"):
                self.out.gap()

    def _data_row(self, row: Any) -> None:
        cells = [_clean("".join(_texts(cell))) for cell in row if cell.tag in ("td", "th")]
        if any(cells):
            self._emit("\t".join(cells), table=self.tables, row=self.rows[self.tables])

    def _flush(self) -> None:
        if self.line:
            self._emit(_clean("".join(self.line)))
            self.line.clear()

    def _emit(self, text: str, table: int | None = None, row: int | None = None) -> None:
        if text:
            self.paragraph += 1
            place = Place(0, paragraph=self.paragraph, table=table, row=row, line=self.source_line)
            self.out.add(text, place)
            self.limits.check_chars(self.out.length)


def _clean(text: str) -> str:
    # A line break in the source between two wide characters is how the editor wrapped it; a space there would be wrong.
    return _SPACE.sub(" ", _WIDE_BREAK.sub("", text)).strip(" ")


def _texts(element: Any) -> Iterator[str]:
    stack = [element]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            yield node
        elif isinstance(node.tag, str) and node.tag not in _GONE and not _hidden(node):
            if node.tag == "br":
                yield " "
            if node.tag == "sup" and (mark := _superscript(node)) is not None:
                yield mark
                continue
            inside: list[Any] = [node.text] if node.text else []
            for child in node:
                inside.append(child)
                if child.tail:
                    inside.append(child.tail)
            stack.extend(reversed(inside))


def _hidden(element: Any) -> bool:
    if element.get("role") in _ROLES or element.get("hidden") is not None:
        return True
    style = element.get("style")
    return style is not None and "display:none" in style.replace(" ", "").lower()


def _preformatted(element: Any) -> bool:
    """Whether line breaks of the source are line breaks here."""
    return element.tag == "pre" or "white-space:pre" in (element.get("style") or "").replace(" ", "").lower()


def _superscript(element: Any) -> str | None:
    """A raised number as flat text, ``None`` if the element is no such thing."""
    words = "".join(islice(element.itertext(), 4)).strip()
    if not words.isdigit() or not words.isascii() or len(words) > 3:
        return None
    before = element.getprevious()
    return raised(words, (before.tail if before is not None else element.getparent().text) or "")


def _opens_with_number(element: Any) -> bool:
    text = "".join(islice(element.itertext(), 4)).lstrip()[:4]
    return bool(re.match(r"[0-9０-９（(【\[]|[一二三四五六七八九十]{1,3}[、是要]", text))


def _is_data_row(row: Any) -> bool:
    """Whether a table row holds data; a row with long running text or several paragraphs in a cell is page layout."""
    for cell in row:
        if cell.tag not in ("td", "th"):
            continue
        if next(cell.iter("table"), None) is not None:
            return False
        paragraphs = sum(1 for _ in islice(cell.iter("p", "div", "li", "br", "h1", "h2", "h3"), 2))
        if paragraphs > 1 and len("".join(cell.itertext())) > 200:
            return False
    return True


def _menus(root: Any) -> frozenset[Any]:
    """Blocks of which nearly all words are links: menus, breadcrumbs, lists of other pages."""
    totals: dict[Any, tuple[int, int, int]] = {}  # element: words, linked words, links
    found = set()
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        totals[element] = (_letters(element.text), 0, 0)
    for element in reversed(totals):
        words, linked, links = (0, 0, 0) if element.tag in _GONE else totals[element]
        if element.tag == "a" and element.get("href"):
            linked, links = words, 1
        elif element.tag in _BLOCK and links >= 3 and linked > _LINKED * words and words - linked < _UNLINKED:
            found.add(element)
            words = linked = links = 0  # what is left out says nothing about the block around it
        parent = element.getparent()
        if parent is not None:
            tail = _letters(element.tail)
            if parent.tag in _GONE:
                continue
            a, b, c = totals[parent]
            totals[parent] = a + words + tail, b + linked, c + links
    return frozenset(found)


def _letters(text: str | None) -> int:
    """How many letters: the dates and dashes beside the links of a list do not make it prose."""
    return len(_NO_LETTER.sub("", text)) if text else 0
