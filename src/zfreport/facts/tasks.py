"""The points of the plan part as tasks: what is to be done, with its numbers, and who and when where that is printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ..nodes import Kind, Node
from .duties import deadline_in, office_in, quantities_in
from .model import Task

if TYPE_CHECKING:
    from ..report import Report

__all__ = ["find_tasks"]

_SENTENCE = re.compile(r"[^。！？!?\n]+")


def find_tasks(report: Report) -> tuple[Task, ...]:
    """
    The lowest points of the plan for the year, in text order.

    A point is an item with a title, or a plain paragraph under a section; the paragraphs that open the part state
    its aims and are not tasks.
    """
    out = []
    for part in report.parts:
        if part.role != "plan":
            continue
        for node, path in _points(part, (part.title,) if part.title else ()):
            text = report.source[node.span.start : node.span.end]
            title = node.title
            if not title:
                first = _SENTENCE.search(text)
                title = first[0].strip() if first else text.strip()
            out.append(
                Task(
                    title=title,
                    quantities=quantities_in(report.quantities, node.span),
                    office=office_in(text),
                    deadline=deadline_in(text),
                    span=node.span,
                    path=path,
                )
            )
    return tuple(out)


def _points(part: Node, path: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...]]]:
    stack = [(child, path, False) for child in reversed(part.children)]
    while stack:
        node, above, deep = stack.pop()
        if node.kind is Kind.BLOCK:
            continue
        below = [c for c in node.children if c.kind is not Kind.BLOCK]
        if not below:
            if node.title or deep:
                yield node, above
            continue
        inside = (*above, node.title) if node.title else above
        stack.extend((c, inside, node.kind is Kind.SECTION) for c in reversed(below))
