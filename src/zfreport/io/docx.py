"""
A docx to text: one paragraph per line, soft breaks as line breaks, tables one row per line, notes at the end.

The numbers Word prints itself are printed here too. Deleted text, hidden text, comments, headers and footers are not
part of the report.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError, ReadError
from .document import Document, Place, TextBuilder
from .docx_numbering import Numbering, W
from .raised import raised

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .limits import Limits

__all__ = ["read_docx"]

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(
    W + tag
    for tag in (
        "del",
        "moveFrom",
        "rPr",
        "pPr",
        "instrText",
        "delText",
        "rt",
        "sdtPr",
        "sectPr",
        "tblPr",
        "object",
    )
) | {_MC + "Fallback"}  # a text box is stored twice: as Choice and as Fallback


def read_docx(data: bytes, limits: Limits) -> Document:
    """
    The text of a docx. `Place` gives the paragraph, or the table and row.

    Raises `ReadError` (``limit``, ``damaged``, ``no_text``) and `MissingExtraError`.
    """
    try:
        import docx
        from docx.opc.constants import RELATIONSHIP_TYPE as RT
        from docx.opc.exceptions import OpcError
        from lxml import etree
    except ImportError:
        raise MissingExtraError("docx", "python-docx") from None
    limits.check_archive(data, tree=True)
    try:
        document = docx.Document(io.BytesIO(data))
        body = document.element.body
        parts = {}
        for name, kind in (
            ("numbering", RT.NUMBERING),
            ("styles", RT.STYLES),
            ("footnotes", RT.FOOTNOTES),
            ("endnotes", RT.ENDNOTES),
        ):
            found = next((r.target_part for r in document.part.rels.values() if r.reltype == kind), None)
            # python-docx has parsed some parts, without entities; the others are parsed alike
            parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
            parsed = getattr(found, "element", None)
            parts[name] = (
                parsed if found is None or parsed is not None else etree.fromstring(found.blob, parser)
            )
    except (
        OpcError,
        etree.LxmlError,
        zipfile.BadZipFile,
        zlib.error,
        LookupError,
        ValueError,
        OSError,
        EOFError,
    ) as error:
        raise ReadError("damaged", f"not a readable docx: {error or type(error).__name__}") from None
    if body is None:
        raise ReadError("damaged", "not a readable docx: it has no body")
    writer = _Writer(limits, Numbering.of(parts["numbering"], parts["styles"]))
    writer.blocks(body)
    for name in ("footnotes", "endnotes"):
        writer.notes(parts[name], name[:-1])
    text, places = writer.out.finish()
    if not text.strip():
        raise ReadError("no_text", "the docx holds no text (is it a scan?)")
    return Document(text=text, format="docx", places=places)


class _Writer:
    def __init__(self, limits: Limits, numbering: Numbering) -> None:
        self.out = TextBuilder()
        self.limits = limits
        self.numbering = numbering
        self.paragraph = 0
        self.tables = 0

    def blocks(self, body: Any) -> None:
        """Paragraphs and tables in order; content controls and tracked insertions are looked through."""
        stack = list(reversed(body))
        while stack:
            node = stack.pop()
            if node.tag == W + "p":
                self.paragraph += 1
                self._paragraph(node)
            elif node.tag == W + "tbl":
                self._table(node)
            elif node.tag not in _SKIPPED and isinstance(node.tag, str):
                stack.extend(reversed(node))

    def notes(self, root: Any | None, kind: str) -> None:
        """Footnotes and endnotes as lines ``[1]…`` after the text, where a glossary would stand."""
        for note in root.iter(W + kind) if root is not None else ():
            number = note.get(W + "id", "")
            if note.get(W + "type") is None:  # separators have a type
                self._emit(f"[{number}]" + " ".join(_text(p).strip() for p in note.iter(W + "p")), Place(0))

    def _paragraph(self, node: Any) -> None:
        text = _text(node)
        if text.strip() and (number := self.numbering.next(node)):
            text = number + text.lstrip()
        self._emit(text, Place(0, paragraph=self.paragraph))
        for box in _boxes(node):
            for inner in box.iter(W + "p"):
                self._emit(_text(inner), Place(0, paragraph=self.paragraph))

    def _table(self, table: Any) -> None:
        self.tables += 1
        number = self.tables
        for row, node in enumerate(table.iterchildren(W + "tr"), 1):
            cells = []
            for cell in (c for c in node.iter(W + "tc") if next(c.iterancestors(W + "tr")) is node):
                lines = []
                for paragraph in cell.iter(W + "p"):
                    self.paragraph += 1
                    text = _text(paragraph).strip()
                    if text:
                        lines.append(self.numbering.next(paragraph) + text)
                cells.append(lines)
            if len(cells) == 1:  # one cell is a frame round ordinary paragraphs
                for line in cells[0]:
                    self._emit(line, Place(0, table=number, row=row))
            else:
                joined = "\t".join(" ".join(line.replace("\n", " ") for line in cell) for cell in cells)
                self._emit(joined.rstrip("\t"), Place(0, table=number, row=row), "\n")
        self.out.gap()

    def _emit(self, text: str, place: Place, end: str = "\n\n") -> None:
        if text.strip():
            self.out.add(text, place, end=end)
            self.limits.check_chars(self.out.length)


def _boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(W + "txbxContent"):
        if not any(a.tag in _SKIPPED for a in box.iterancestors()):
            yield box


def _text(paragraph: Any) -> str:
    """The words of one paragraph, text boxes apart; without recursion, for depth is the file's choice."""
    out: list[str] = []
    stack = list(reversed(paragraph))
    while stack:
        node = stack.pop()
        tag = node.tag
        if tag in (W + "t", _M + "t"):
            out.append(node.text or "")
        elif tag in (W + "br", W + "cr"):
            out.append("\n")
        elif tag in (W + "tab", W + "ptab"):
            out.append("\t")
        elif tag == W + "noBreakHyphen":
            out.append("-")
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            out.append(f"[{node.get(W + 'id', '')}]")
        elif tag == W + "r":
            digits = _run(node)
            if digits is None:
                stack.extend(reversed(node))
            elif digits:
                out.append(raised(digits, "".join(out[-2:])))
        elif tag not in _SKIPPED and tag != W + "txbxContent" and isinstance(tag, str):
            stack.extend(reversed(node))
    return "".join(out)


def _run(run: Any) -> str | None:
    """``""`` for a hidden run, the digits of a raised one, ``None`` for any other."""
    properties = run.find(W + "rPr")
    if properties is None:
        return None
    hidden = properties.find(W + "vanish")
    if hidden is not None and hidden.get(W + "val", "1") not in ("0", "false", "off"):
        return ""
    align = properties.find(W + "vertAlign")
    if align is not None and align.get(W + "val") == "superscript":
        words = "".join(t.text or "" for t in run.iter(W + "t"))
        if words.isascii() and words.isdigit() and len(words) <= 3:
            return words
    return None
