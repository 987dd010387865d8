"""One report as the parts of a page: its text with marks, its outline, its tables, and the note behind each mark."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

from attrs import field, frozen

from ..nodes import Kind, Node
from ..text import Span
from .cards import (
    Card,
    diagnostic_card,
    fact_amount,
    fact_card,
    heading_card,
    quantity_card,
    reference_card,
)
from .marked import Mark, marked, safe
from .paragraphs import heading_span, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..facts import Fact
    from ..report import Report
    from .words import Words

__all__ = ["LAYERS", "Article", "article"]

LAYERS = ("target", "fact", "quantity", "reference", "unexplained", "diagnostic")
"""What a page can show and hide, in the order of its buttons."""

SENTENCE, DIAGNOSTIC, HEADING, FACT, NUMBER = range(1, 6)
"""Ranks of marks, outermost first, all inside paragraphs."""

_LONGEST = 240
"""A longer mark is shown at its first character only: an absent target has the span of the whole plan."""
_DEEPEST = 24
"""No more marks than this begin in one place, so that browsers, which stop nesting at 512, keep every one."""

Nodes = list[tuple[Node, int]]
"""Nodes in text order, each with its depth."""


@frozen
class Article:
    """The pieces of a page that come from one report, as HTML, and the notes that its marks point to."""

    text: str
    """``report.span`` with marks; without its tags it is the report, character for character."""
    outline: str
    targets: str
    facts: str
    diagnostics: str
    cards: tuple[Card, ...]
    """Mark ``data-a="n"`` has the n-th, counted from the *first* that `article` was given."""
    counts: Counter[tuple[str, str]]
    """How many of each layer and kind: what the filters offer."""
    numbers: dict[Fact, int]
    """The mark of each fact and target."""


@frozen
class _Builder:
    """Collects notes and marks."""

    report: Report
    word: Words
    first: int
    cards: list[Card] = field(factory=list)
    marks: list[Mark] = field(factory=list)
    begun: Counter[int] = field(factory=Counter)
    numbers: dict[Fact, int] = field(factory=dict)

    def note(self, card: Card) -> int:
        self.cards.append(card)
        return self.first + len(self.cards) - 1

    def shown(self, span: Span) -> Span:
        """*span* without blanks at its edges, and at least one character long where the report has one."""
        source, (start, end), limit = self.report.source, span, self.report.span.end
        while start < limit and source[start].isspace():
            start += 1
        while end > start + 1 and source[end - 1].isspace():
            end -= 1
        return Span(start, max(end, min(start + 1, limit)))

    def add(
        self, span: Span, rank: int, tag: str, attributes: str, anchor: str = "", before: str = ""
    ) -> None:
        shown = self.shown(span)
        if shown.end - shown.start > (_LONGEST if rank > SENTENCE else 4 * _LONGEST) and rank != HEADING:
            shown = Span(shown.start, shown.start + 1)
        self.begun[shown.start] += 1
        if self.begun[shown.start] <= _DEEPEST:
            self.marks.append(Mark(shown, rank, tag, attributes, anchor, before))

    def mark(self, card: Card, span: Span, rank: int) -> int:
        """A mark that can be hovered, focused and hidden; returns the number of its note."""
        number = self.note(card)
        kind = f' data-k="{safe(card.kind)}"' if card.kind else ""
        self.add(span, rank, "mark", f' class="m {card.layer[0]}" data-a="{number}"{kind}', f"a{number}")
        return number


def _walk(report: Report) -> Nodes:
    found: Nodes = []
    stack: Nodes = [(child, 1) for child in reversed(report.children)]
    while stack:
        this, depth = stack.pop()
        found.append((this, depth))
        stack.extend((child, depth + 1) for child in reversed(this.children))
    return found


def _nested(entries: Iterable[tuple[int, str]]) -> str:
    """Lists within lists from depths, which may skip."""
    out: list[str] = []
    stack: list[int] = []
    for depth, html in entries:
        while stack and stack[-1] > depth:
            stack.pop()
            out.append("</li></ol>")
        if stack and stack[-1] == depth:
            out.append("</li>")
        else:
            stack.append(depth)
            out.append("<ol>")
        out.append(f"<li>{html}")
    return "".join(out) + "</li></ol>" * len(stack)


def _outline(builder: _Builder, nodes: Nodes) -> str:
    """Links to the titled nodes, and their marks in the text."""
    word = builder.word
    entries: list[tuple[int, str]] = []
    for node, depth in nodes:
        span = heading_span(node)
        if node.kind is Kind.BLOCK or not span:
            continue
        number = builder.note(heading_card(node, word))
        doubt = " doubt" if node.confidence < 0.5 else ""
        kind = safe(str(node.kind))
        builder.add(span, HEADING, "b", f' class="m h k-{kind}{doubt}" data-a="{number}"', f"a{number}")
        marker = f"<b>{safe(node.marker.text)}</b>" if node.marker and node.marker.value is not None else ""
        role = str(getattr(node, "role", ""))
        tag = f'<small class="tag">{safe(word(role))}</small>' if role and role != "other" else ""
        title = safe(" ".join(node.title.split()))
        entries.append((depth, f'<a href="#a{number}" class="o-{kind}{doubt}">{marker}{title}{tag}</a>'))
    return _nested(entries)


def _fact_rows(builder: _Builder, facts: Iterable[Fact]) -> str:
    """A table of facts or targets, each row a link to its place."""
    word = builder.word
    rows: list[str] = []
    sentences: set[Span] = set()
    for fact in facts:
        number = builder.numbers[fact] = builder.mark(fact_card(fact, word), fact.span, FACT)
        if fact.sentence_span not in sentences:
            sentences.add(fact.sentence_span)
            builder.add(fact.sentence_span, SENTENCE, "span", ' class="s"')
        tags = [
            str(fact.horizon or ""),
            str(fact.tier or ""),
            "estimate" * (str(fact.modality) == "estimate"),
        ]
        shown = "".join(
            f' <small class="tag">{safe(word(t))}</small>' for t in tags if t not in ("", "year", "base")
        )
        rows.append(
            f'<tr data-a="{number}"><th scope="row"><a href="#a{number}">{safe(fact.name or fact.indicator)}</a>'
            f'{shown}</th><td class="v">{safe(fact_amount(fact, word))}</td><td>{safe(fact.period)}</td></tr>'
        )
    if not rows:
        return f'<p class="none">{word("none_here")}</p>'
    head = "".join(f'<th scope="col">{word(name)}</th>' for name in ("indicator_name", "amount", "year_name"))
    return f'<table class="rows"><thead><tr>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table>'


def _diagnostics(builder: _Builder) -> str:
    """The diagnostics as a list of links; in the text each has a button where it begins, and its words underlined."""
    word = builder.word
    entries = []
    for diagnostic in builder.report.diagnostics:
        card = diagnostic_card(diagnostic, word)
        number, severity = builder.note(card), safe(card.kind)
        button = (
            f'<button type="button" id="a{number}" class="m d w-{severity}" data-a="{number}" data-k="{severity}"'
            f' aria-label="{safe(card.headline)}"></button>'
        )
        builder.add(
            diagnostic.span,
            DIAGNOSTIC,
            "span",
            f' class="wave w-{severity}" data-a="{number}"',
            before=button,
        )
        entries.append(
            f'<li><a href="#a{number}" class="w-{severity}"><b>{diagnostic.code}</b> {safe(diagnostic.message)}</a></li>'
        )
    return (
        f'<ol class="list">{"".join(entries)}</ol>' if entries else f'<p class="none">{word("none_here")}</p>'
    )


def article(report: Report, word: Words, first: int = 0, sentences: Iterable[Span] = ()) -> Article:
    """
    Everything a page shows of *report*.

    Notes are numbered from *first*, so that two reports fit one page; the n-th of *sentences* can be linked to as
    ``#s{first}-{n}``.
    """
    builder = _Builder(report, word, first)
    nodes = _walk(report)
    outline = _outline(builder, nodes)
    stated = [fact for fact in report.facts if fact.modality != "target"]
    targets, facts = _fact_rows(builder, report.targets), _fact_rows(builder, stated)
    for quantity in report.quantities:
        builder.mark(quantity_card(quantity, word), quantity.span, NUMBER)
    for reference in report.references:
        builder.mark(reference_card(reference, word), reference.span, NUMBER)
    for span in report.unexplained:
        builder.mark(Card("unexplained", "", report.source[span.start : span.end]), span, NUMBER)
    diagnostics = _diagnostics(builder)
    for n, span in enumerate(sentences):
        builder.add(span, SENTENCE, "span", ' class="s"', f"s{first}-{n}")
    text = marked(
        report.source, report.span.start, report.span.end, chain(paragraphs(report, nodes), builder.marks)
    )
    counts = Counter((card.layer, card.kind) for card in builder.cards)
    return Article(text, outline, targets, facts, diagnostics, tuple(builder.cards), counts, builder.numbers)
