"""
How much a report speaks of what: counts of a user's words by part, section and item, and the words in their context.

Headings count, explained terms, page furniture and second copies do not. Words match in both scripts and widths, the
longest first, so that 产业工人 is no 产业.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from attrs import field, frozen

from .errors import UnknownNameError, expect, expect_report, expect_whole, got
from .facts.find import outline_of
from .facts.indicators import scan_pattern, trie_pattern
from .facts.reading import Reading
from .nodes import Kind, Node, Part
from .text import Span
from .vocab import fold

if TYPE_CHECKING:
    from .report import Report

__all__ = [
    "Attention",
    "AttentionRow",
    "Context",
    "PartText",
    "attention",
    "keyword_in_context",
    "texts_by_role",
]


_KINDS = ("part", "section", "item")
_DENOMINATORS = ("characters", "sentences", "items")


@frozen(kw_only=True)
class AttentionRow:
    """The counts of one part, section or item, with what to divide them by."""

    kind: str
    """``report``, ``part``, ``section`` or ``item``."""
    title: str
    path: tuple[str, ...]
    """Titles above it."""
    role: str
    """Of the part it is in; empty for the whole report."""
    span: Span
    counts: Mapping[str, int]
    """Topic → how often one of its words occurs."""
    characters: int
    """Without blanks and line breaks."""
    sentences: int
    """Sentences that end in it; a heading without a full stop is one."""
    items: int
    """Items in it, itself included if it is one."""

    def per(self, topic: str, denominator: str = "characters") -> float:
        """
        Count of *topic* per thousand *characters*, or per one of *sentences* or *items*; 0.0 of nothing.

        Raises `UnknownNameError` for an unknown topic or denominator.
        """
        if topic not in self.counts:
            raise UnknownNameError("topic", topic, self.counts)
        if denominator not in _DENOMINATORS:
            raise UnknownNameError("denominator", denominator, _DENOMINATORS)
        whole: int = getattr(self, denominator)
        scale = 1000 if denominator == "characters" else 1
        return self.counts[topic] * scale / whole if whole else 0.0


@frozen(kw_only=True)
class Attention:
    """Counts of a dictionary over a report."""

    topics: tuple[str, ...]
    total: AttentionRow
    rows: tuple[AttentionRow, ...] = field(repr=False)
    """Parts, sections and items in text order."""

    def by(self, kind: str) -> tuple[AttentionRow, ...]:
        """The rows of one *kind*: ``part``, ``section`` or ``item``; `UnknownNameError` for another."""
        if kind not in _KINDS:
            raise UnknownNameError("kind of row", kind, _KINDS)
        return tuple(row for row in self.rows if row.kind == kind)


@frozen(kw_only=True)
class Context:
    """A word where it stands."""

    before: str
    word: str
    """As printed."""
    after: str
    span: Span
    path: tuple[str, ...]
    """Titles above it, the nearest last."""


@frozen(kw_only=True)
class PartText:
    """The text of a part for whoever brings a tokenizer: without page furniture, paragraphs joined by line feeds."""

    role: str
    title: str
    span: Span
    text: str


def _normal(dictionary: Mapping[str, Iterable[str] | str] | Iterable[str]) -> dict[str, tuple[str, ...]]:
    if isinstance(dictionary, str):
        return {dictionary: (dictionary,)}
    wanted = "attention wants a dictionary as topic → words, or words alone"
    expect(dictionary, Iterable, wanted)
    if isinstance(dictionary, bytes):
        raise TypeError(f"{wanted}, got {got(dictionary)}")
    if not isinstance(dictionary, Mapping):
        alone = tuple(dictionary)
        for word in alone:
            expect(word, str, "attention wants words as str")
        return {word: (word,) for word in alone}
    topics: dict[str, tuple[str, ...]] = {}
    for topic, words in dictionary.items():
        expect(topic, str, "attention wants topics as str")
        if isinstance(words, str):
            words = (words,)
        expect(words, Iterable, f"attention wants words for the topic {topic!r}")
        topics[topic] = tuple(words)
        for word in topics[topic]:
            expect(word, str, f"attention wants words as str for the topic {topic!r}")
    return topics


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    known = sorted(set(words))
    if not known:
        return re.compile("(?!)")
    return re.compile(scan_pattern(known) if min(map(len, known)) > 1 else trie_pattern(known))


def attention(report: Report, dictionary: Mapping[str, Iterable[str] | str] | Iterable[str]) -> Attention:
    """
    Count the words of *dictionary* (topic → words, or plain words) in *report*.

    Where two words overlap, the longer one that starts first counts. A word of two topics counts for both. Raises
    `TypeError` for a dictionary of anything but strings.

    >>> import zfreport
    >>> report = zfreport.parse("一、2023年工作回顾\\n科技创新成果丰硕。培育产业工人100名，产业投资增长8%。")
    >>> report.attention({"产业": ["产业"], "工人": ["产业工人"]}).total.counts
    {'产业': 1, '工人': 1}
    """
    expect_report(report, "attention")
    topics = _normal(dictionary)
    owners: dict[str, list[str]] = {}
    for topic, words in topics.items():
        for word in words:
            if word:
                owners.setdefault(fold(word), []).append(topic)
    reading, left_out = _said(report)
    hits: dict[str, list[int]] = {topic: [] for topic in topics}
    for m in _pattern(owners).finditer(reading.text):
        if not _in(left_out, m.start()):
            for topic in dict.fromkeys(owners[m[0]]):
                hits[topic].append(m.start())
    count = _Counter(reading, left_out, hits)
    rows: list[AttentionRow] = []
    for top in report.children:
        if isinstance(top, Part):
            rows += _rows(top, (), str(top.role), count)
    total = count.row("report", "", (), "", report.span, sum(r.items for r in rows if r.kind == "part"))
    return Attention(topics=tuple(topics), total=total, rows=tuple(rows))


def _said(report: Report) -> tuple[Reading, list[tuple[int, int]]]:
    """The reading of a report, and the stretches of it that the report does not say itself."""
    reading = Reading.of(report.source, report.span.start, report.span.end)
    outside = outline_of(report).outside
    return reading, [(reading.index(a), reading.index(b)) for a, b in outside]


def _in(stretches: list[tuple[int, int]], at: int) -> bool:
    i = bisect_left(stretches, (at + 1,)) - 1
    return i >= 0 and at < stretches[i][1]


class _Counter:
    """Counts of hits, characters and sentences between two places of a reading, by prefix sums over sorted places."""

    def __init__(
        self, reading: Reading, left_out: list[tuple[int, int]], hits: Mapping[str, list[int]]
    ) -> None:
        self.reading = reading
        self.left_out = left_out
        self.hits = hits
        self.breaks = [i for i, c in enumerate(reading.text) if c == "\n"]
        # A node ends before the line feed that belongs to its last sentence.
        self.ends = [
            end - reading.text.endswith("\n", start, end)
            for start, end in reading.sentences()
            if end - start > 1 and not _in(left_out, start)
        ]

    def row(
        self, kind: str, title: str, path: tuple[str, ...], role: str, span: Span, items: int
    ) -> AttentionRow:
        start, end = self.reading.index(span.start), self.reading.index(span.end)
        gone = sum(min(b, end) - max(a, start) for a, b in self.left_out if a < end and b > start)

        def between(places: list[int]) -> int:
            return bisect_left(places, end) - bisect_left(places, start)

        return AttentionRow(
            kind=kind,
            title=title,
            path=path,
            role=role,
            span=span,
            counts={topic: between(places) for topic, places in self.hits.items()},
            characters=max(0, end - start - gone - between(self.breaks)),
            sentences=bisect_left(self.ends, end + 1) - bisect_left(self.ends, start + 1),
            items=items,
        )


def _rows(node: Node, path: tuple[str, ...], role: str, count: _Counter) -> Iterator[AttentionRow]:
    stack: list[tuple[Node, tuple[str, ...]]] = [(node, path)]
    while stack:
        n, above = stack.pop()
        if n.kind in (Kind.PART, Kind.SECTION, Kind.ITEM):
            items = sum(d.kind is Kind.ITEM for d in n.walk())
            yield count.row(str(n.kind), n.title, above, role, n.span, items)
        below = (*above, n.title) if n.title else above
        stack.extend((child, below) for child in reversed(n.children))


def keyword_in_context(report: Report, word: str, *, width: int = 20) -> tuple[Context, ...]:
    """
    Every place where *report* says *word*, with *width* characters on either side and the headings above.

    Matches in both scripts and widths, and over line breaks. Raises `ValueError` for an empty *word*.
    """
    expect_report(report, "keyword_in_context")
    expect(word, str, "keyword_in_context wants a word as str")
    if not word:
        raise ValueError("keyword_in_context wants a word, got an empty string")
    width = expect_whole(width, "keyword_in_context wants a width as int")
    if width < 0:
        raise ValueError(f"keyword_in_context wants a width of 0 or more, got {width}")
    reading, left_out = _said(report)
    outline = outline_of(report)
    out = []
    text = reading.text
    wanted = fold(word)
    at = text.find(wanted)
    while at >= 0:
        if not _in(left_out, at):
            end = at + len(wanted)
            span = reading.span(at, end)
            left, right = max(0, at - width), min(len(text), end + width)
            out.append(
                Context(
                    before=_printed(reading, left, at),
                    word=_printed(reading, at, end),
                    after=_printed(reading, end, right),
                    span=span,
                    path=outline.path(span.start),
                )
            )
        at = text.find(wanted, at + len(wanted))
    return tuple(out)


def _printed(reading: Reading, start: int, end: int) -> str:
    """The characters of the source behind a stretch of the reading, without what the reading leaves out."""
    return "".join(
        "\n" if reading.text[i] == "\n" else reading.source[reading.at(i)] for i in range(start, end)
    )


def texts_by_role(report: Report) -> tuple[PartText, ...]:
    """
    The text of each part with its role, in the report's own characters, ready for a tokenizer.

    >>> import zfreport
    >>> [(t.role, t.text) for t in texts_by_role(zfreport.parse("一、2023年工作回顾\\n　　产业向好。"))]
    [('review', '一、2023年工作回顾\\n产业向好。')]
    """
    expect_report(report, "texts_by_role")
    outside = outline_of(report).outside
    out = []
    for part in report.parts:
        reading = Reading.of(report.source, part.span.start, part.span.end)
        gone = [
            (reading.index(a), reading.index(b)) for a, b in outside if part.span.start <= a < part.span.end
        ]
        at, pieces = 0, []
        for a, b in [*gone, (len(reading.text), len(reading.text))]:
            pieces.append(_printed(reading, at, a))
            at = b
        out.append(
            PartText(role=str(part.role), title=part.title, span=part.span, text="".join(pieces).strip("\n"))
        )
    return tuple(out)
