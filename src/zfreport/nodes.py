"""
The document model: Report → Part → Section → Item, with Annexes, Entries and Blocks. Frozen data, no behaviour.

Every node is a stretch of the text exactly as given. `title_span` and `marker` say where its heading stands;
`evidence` says why it is one. `Report` itself is in `zfreport.report`.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import ClassVar

from attrs import field, frozen

from .shown import Shown
from .text import Span

__all__ = [
    "NOT_SAID",
    "Annex",
    "Block",
    "BlockRole",
    "Entry",
    "Evidence",
    "Form",
    "Item",
    "Kind",
    "Leaf",
    "LeafRole",
    "Marker",
    "Node",
    "Part",
    "PartRole",
    "Section",
]


class Kind(StrEnum):
    """What a node is."""

    REPORT = "report"
    PART = "part"
    SECTION = "section"
    ITEM = "item"
    ANNEX = "annex"
    ENTRY = "entry"
    BLOCK = "block"


class Form(StrEnum):
    """How a heading was printed."""

    LINE = "line"
    """Alone on its line or lines."""
    RUNIN = "runin"
    """It opens a paragraph whose body follows."""
    INLINE = "inline"
    """In the middle of a paragraph: a lost line break, or one of several leads of one paragraph."""


class PartRole(StrEnum):
    """What a part of a report is about."""

    REVIEW = "review"
    """工作回顾: the past year or the past term."""
    PLAN = "plan"
    """工作安排: the year to come."""
    OUTLOOK = "outlook"
    """今后五年: goals beyond the coming year."""
    SELF_BUILDING = "self_building"
    """政府自身建设."""
    EXPLANATION = "explanation"
    """关于…的说明: what the report says about a draft plan or budget."""
    OTHER = "other"


class BlockRole(StrEnum):
    """What a stretch outside the tree of headings is."""

    TITLE = "title"
    SUBTITLE = "subtitle"
    SESSION = "session"
    """The line that names the session and the date of delivery."""
    BYLINE = "byline"
    """Speaker and office."""
    SALUTATION = "salutation"
    """各位代表：, at the top or as a divider."""
    OPENING = "opening"
    """现在，我代表市人民政府，向大会报告工作…"""
    CLOSING = "closing"
    """The call that ends the report: 各位代表！让我们…"""
    FURNITURE = "furniture"
    """Navigation, counters, watermarks, page numbers, links: not the report."""
    METADATA = "metadata"
    """发布时间：, 来源：, 索引号：… of the page."""
    CONTENTS = "contents"
    """A table of contents printed before the text."""
    CAPTION = "caption"
    """A photo caption or a stage direction."""
    TABLE = "table"
    """The rows of a table, a line each, as one block; or, of a table that was torn, one cell or half a one a line."""
    OTHER_REPORT = "other_report"
    """Another report of the same text, which `parse` does not go into."""
    DUPLICATE = "duplicate"
    """A second copy of a body already read."""
    BLANK = "blank"
    """White space at the edge of a report."""


NOT_SAID = frozenset(
    (BlockRole.OTHER_REPORT, BlockRole.DUPLICATE, BlockRole.FURNITURE, BlockRole.METADATA, BlockRole.CONTENTS)
)
"""What is in the text and not said by the report: another one, a second copy, the page around it. Its numbers are not the report's."""


class LeafRole(StrEnum):
    """What a leaf of the text is."""

    HEADING = "heading"
    BODY = "body"
    BLOCK = "block"
    BLANK = "blank"


@frozen
class Marker:
    """
    A printed number or sign in front of a heading, which is not yet a level.

    >>> Marker("（三）", 3, "cjk-paren", Span(0, 3)).value
    3
    """

    text: str
    """As printed: ``"（三）"``, ``"一是"``, ``"——"``."""
    value: int | None
    """What it counts; ``None`` for a dash or 附：. Never renumbered."""
    style: str
    """The name of the detector's style: ``"cjk-comma"``, ``"cjk-paren"``, ``"shi"``, …"""
    span: Span
    """Where it stands in `Report.source`."""


@frozen
class Evidence:
    """One thing that speaks for (or, in a rejected candidate, against) a heading or a value."""

    rule: str
    """The name of the rule that said so."""
    span: Span
    """The words it relies on."""
    detail: str = ""
    """For the reader: what was seen."""


@frozen
class Leaf:
    """A piece of text that no node below divides; the leaves of a report tile it."""

    span: Span
    role: LeafRole


@frozen(kw_only=True)
class Node(Shown):
    """
    What every node has. Children lie inside their parent, in text order, without overlap.

    Nodes compare by value and print without their text.
    """

    kind: ClassVar[Kind]

    span: Span
    """Where the node lies in `Report.source`, heading included."""
    title: str = ""
    """The heading's words without number and final 。：, line breaks and furniture inside them dropped."""
    title_span: Span | None = None
    """Where those words stand, one contiguous span; ``None`` if the node has no title."""
    marker: Marker | None = None
    """The printed number; ``None`` if there is none."""
    form: Form | None = None
    """How the heading was printed; ``None`` without a heading."""
    confidence: float = 1.0
    """From 0 to 1. Below one half there is a diagnostic too."""
    evidence: tuple[Evidence, ...] = field(default=(), repr=False)
    """What speaks for the heading, with places."""
    children: tuple[Node, ...] = field(default=(), repr=False)
    """Nodes inside, in text order."""
    _source: str = field(repr=False, default="")

    @property
    def text(self) -> str:
        """The node's text exactly as given, heading included."""
        return self._source[self.span.start : self.span.end]

    @property
    def body(self) -> str:
        """The node's text after its heading, exactly as given."""
        start = self.title_span.end if self.title_span else self.span.start
        return self._source[start : self.span.end]

    def walk(self) -> Iterator[Node]:
        """This node and everything below it, in text order."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))


@frozen(kw_only=True)
class Block(Node):
    """A stretch that is no part of the tree of headings; ``role`` says what it is."""

    kind: ClassVar[Kind] = Kind.BLOCK
    role: BlockRole = BlockRole.FURNITURE


@frozen(kw_only=True)
class Item(Node):
    """One paragraph-level point, titled (lead sentence, 一是, ——, 1.) or not (a plain paragraph)."""

    kind: ClassVar[Kind] = Kind.ITEM


@frozen(kw_only=True)
class Section(Node):
    """A heading that stands over paragraphs, inside a `Part`, an `Annex` or another `Section`."""

    kind: ClassVar[Kind] = Kind.SECTION


@frozen(kw_only=True)
class Part(Node):
    """A top-level division: review, plan, five-year goals, self-building. Without a title if the text prints none."""

    kind: ClassVar[Kind] = Kind.PART
    role: PartRole = PartRole.OTHER


@frozen(kw_only=True)
class Entry(Node):
    """A term of a glossary, a note, or a numbered line of an annex."""

    kind: ClassVar[Kind] = Kind.ENTRY


@frozen(kw_only=True)
class Annex(Node):
    """What follows the body: glossary, notes, list of 实事, table."""

    kind: ClassVar[Kind] = Kind.ANNEX
