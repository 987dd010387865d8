"""A report as an outline for the terminal, and as plain data for JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from attrs import fields, has

from ..nodes import Block, Kind, Node
from ..text import LineIndex, width

if TYPE_CHECKING:
    from ..report import Report

__all__ = ["SCHEMA", "outline", "plain", "printable", "to_dict"]

SCHEMA = "zfreport/report/1"
"""Name and version of what `to_dict` returns. A key may be added within a version; none changes meaning."""


def outline(report: Report, *, everything: bool = False) -> str:
    """
    The headings of *report*, one per line: line number, kind, and the heading as printed, indented by level.

    A part's role and a confidence below one half follow in brackets. With *everything*, untitled paragraphs and blocks
    are listed too, each by its first words. Control characters are shown as escapes.
    """
    index = LineIndex(report.source)
    rows = [
        (str(index.place(node.span.start)[0]), _label(node), "  " * depth + _heading(node) + _notes(node))
        for node, depth in _visible(report, everything)
    ]
    lines = max((len(row[0]) for row in rows), default=0)
    kinds = max((width(row[1]) for row in rows), default=0)
    return "".join(f"{line:>{lines}}  {kind:<{kinds}}  {heading}\n" for line, kind, heading in rows)


def _visible(report: Report, everything: bool) -> Iterator[tuple[Node, int]]:
    stack: list[tuple[Node, int]] = [(child, 0) for child in reversed(report.children)]
    while stack:
        node, depth = stack.pop()
        shown = everything or node.title_span is not None
        if shown:
            yield node, depth
        stack.extend((child, depth + shown) for child in reversed(node.children))


def _label(node: Node) -> str:
    return node.role.value if isinstance(node, Block) else node.kind.value


def _heading(node: Node) -> str:
    if node.title_span is None:
        words = " ".join(node.text[:80].split())
        return printable(words[:24] + "…" * (len(words) > 24))
    marker = node.marker.text if node.marker else ""
    # 第一部分 and 一是 want a space before the title as a reader, （一） and 一、 do not
    gap = " " if marker[-1:].isalnum() else ""
    return printable(" ".join(marker.split()) + gap + node.title)


def _notes(node: Node) -> str:
    notes = []
    if node.kind is Kind.PART and (role := getattr(node, "role", None)) is not None:
        notes.append(str(role))
    if node.confidence < 0.5:
        notes.append(f"confidence {node.confidence:.2f}")
    return f"  [{', '.join(notes)}]" if notes else ""


def printable(text: str) -> str:
    """
    *text* without anything that could steer a terminal: controls, bidirectional overrides and surrogates as escapes.

    >>> print(printable("一、工作\\x1b[2J\\u202e回顾"))
    一、工作\\x1b[2J\\u202e回顾
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c == "\u3000" else ascii(c)[1:-1] for c in text)


def to_dict(report: Report) -> dict[str, Any]:
    """
    The whole report as values that JSON has: dicts, lists, strings, numbers, booleans and ``None``.

    Spans are ``[start, end]`` into ``source``; decimals are strings, so that nothing is rounded. Nodes are nested
    under ``children``; empty fields are left out.
    """
    from .. import __version__

    return {
        "schema": SCHEMA,
        "version": __version__,
        "span": list(report.span),
        "metadata": plain(report.metadata),
        "children": [_node(child) for child in report.children],
        "diagnostics": [
            {"code": d.code, "severity": d.severity.value, "span": list(d.span), "message": d.message}
            for d in report.diagnostics
        ],
        "source": report.source,
    }


def _node(root: Node) -> dict[str, Any]:
    # Without recursion: depth is the text's choice.
    top: dict[str, Any] = {}
    stack = [(root, top)]
    while stack:
        node, out = stack.pop()
        out["kind"] = node.kind.value
        role = getattr(node, "role", None)
        if role is not None:
            out["role"] = role.value
        out["span"] = list(node.span)
        if node.title_span is not None:
            out["title"] = node.title
            out["title_span"] = list(node.title_span)
        if node.marker is not None:
            out["marker"] = plain(node.marker)
        if node.form is not None:
            out["form"] = node.form.value
        if node.confidence != 1.0:
            out["confidence"] = node.confidence
        if node.evidence:
            out["evidence"] = plain(node.evidence)
        if node.children:
            children: list[dict[str, Any]] = [{} for _ in node.children]
            out["children"] = children
            stack.extend(zip(node.children, children, strict=True))
    return top


def plain(value: Any) -> Any:
    """
    A value of the library as values that JSON has.

    >>> from zfreport import Span
    >>> plain({"low": Decimal("5.50"), "span": Span(3, 5)})
    {'low': '5.50', 'span': [3, 5]}
    """
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return value.value
        case str():
            return str(value)
        case Decimal():
            return str(value)
        case Mapping():
            return {str(plain(k)): plain(v) for k, v in value.items()}
        case Sequence() | frozenset():
            return [plain(v) for v in value]
    if has(type(value)):
        return {
            f.name: plain(getattr(value, f.name)) for f in fields(type(value)) if not f.name.startswith("_")
        }
    return str(value)
