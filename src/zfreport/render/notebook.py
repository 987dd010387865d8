"""What nodes, quantities, references, facts and reports look like in a notebook: HTML without script, escaped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import got
from ..nodes import Node
from ..text import Span
from .cards import Card, fact_amount, fact_card, heading_card, quantity_card, reference_card
from .marked import safe
from .words import words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .words import Words

__all__ = ["html"]

_OUTLINE_ROWS = 60
_TARGET_ROWS = 40
_TEXT = 240

_CELL = 'style="text-align:left;vertical-align:top;white-space:normal;padding:.15em .8em .15em 0"'
_FAINT = 'style="opacity:.65;font-size:.85em"'


def html(thing: Any, *, language: str = "zh") -> str:
    """
    A node, `Report`, `Quantity`, `Reference`, `Fact` or `Target` as HTML for a notebook cell.

    Colours come from the notebook, light or dark. The classes' ``_repr_html_`` call this.
    """
    if not isinstance(getattr(thing, "span", None), Span):
        raise TypeError(f"html wants a node, a Report, a number or a fact, got {got(thing)}")
    word = words(language)
    if isinstance(thing, Node):
        return _node(thing, word)
    if hasattr(thing, "metadata"):
        return _report(thing, word)
    if hasattr(thing, "bound"):
        return _card(fact_card(thing, word), thing.name, word)
    if hasattr(thing, "low"):
        return _card(quantity_card(thing, word), thing.text, word)
    return _card(reference_card(thing, word), thing.text, word)


def _table(rows: Iterable[tuple[str, ...]], head: tuple[str, ...] = ()) -> str:
    """Rows of cells that are HTML already."""
    top = "".join(f"<th {_CELL}>{cell}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td {_CELL}>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{f'<thead><tr>{top}</tr></thead>' if head else ''}<tbody>{body}</tbody></table>"


def _card(card: Card, printed: str, word: Words) -> str:
    rows = [(safe(label), safe(value)) for label, value in card.rows]
    first = (word("label.text"), safe(printed))
    return f"<div><small {_FAINT}>{safe(word(card.layer))}</small> <strong>{safe(card.headline)}</strong>{_table([first, *rows])}</div>"


def _heading(node: Node, word: Words) -> str:
    """One line: number, title, and what it is; an untitled node by its first words."""
    marker = f"{safe(node.marker.text)} " if node.marker else ""
    title = safe(" ".join(node.title.split())) or f"<em>{safe(_first(node.text, 24))}</em>"
    role = str(getattr(node, "role", ""))
    notes = [word(str(node.kind)), *([word(role)] if role and role != "other" else [])]
    if node.confidence < 0.5:
        notes.append(f"{word('label.confidence')} {node.confidence:.2f}")
    return f"{marker}{title} <small {_FAINT}>{safe(' · '.join(notes))}</small>"


def _first(text: str, length: int) -> str:
    """The first words of a text on one line."""
    words_ = " ".join(text[: 2 * length + 8].split())
    return words_[:length] + "…" * (len(words_) > length or len(text) > 2 * length + 8)


def _tree(children: Iterable[Node], word: Words) -> str:
    """The titled nodes among *children* and below, indented, no more than fit a cell."""
    lines: list[str] = []
    left_out = 0
    stack = [(child, 0) for child in reversed(tuple(children))]
    while stack:
        this, depth = stack.pop()
        titled = this.title_span is not None
        if titled:
            if len(lines) < _OUTLINE_ROWS:
                lines.append(f'<div style="padding-left:{1.2 * depth:.1f}em">{_heading(this, word)}</div>')
            else:
                left_out += 1
        stack.extend((child, depth + titled) for child in reversed(this.children))
    more = f"<div {_FAINT}>{word('more')} {left_out}</div>" if left_out else ""
    return "".join(lines) + more


def _node(node: Node, word: Words) -> str:
    rows = [(safe(label), safe(value)) for label, value in heading_card(node, word).rows]
    rows.append((word("place"), f"{node.span.start}–{node.span.end}"))
    text = f'<blockquote style="margin:.4em 0">{safe(_first(node.body, _TEXT))}</blockquote>'
    return f"<div><strong>{_heading(node, word)}</strong>{_table(rows)}{_tree(node.children, word) or text}</div>"


def _report(report: Any, word: Words) -> str:
    metadata = report.metadata
    parts = [
        str(value)
        for name in ("region", "plan_year", "speaker")
        if (value := getattr(getattr(metadata, name, None), "value", None))
    ]
    parts += [f"{len(report.quantities)} {word('quantities')}", f"{len(report.facts)} {word('facts')}"]
    parts += [f"{len(report.targets)} {word('targets')}", f"{len(report.diagnostics)} {word('diagnostics')}"]
    targets = [
        (safe(target.name or target.indicator), safe(fact_amount(target, word)), safe(target.period))
        for target in report.targets[:_TARGET_ROWS]
    ]
    head = (word("indicator_name"), word("amount"), word("year_name"))
    table = _table(targets, head) if targets else ""
    title = safe(" ".join(str(getattr(metadata.title, "value", "") or "").split())) or word("untitled")
    return (
        f"<div><strong>{title}</strong><div {_FAINT}>{safe(' · '.join(parts))}</div>"
        f"<details open><summary>{word('outline')}</summary>{_tree(report.children, word)}</details>"
        f"<details><summary>{word('targets')} {len(report.targets)}</summary>{table}</details></div>"
    )
