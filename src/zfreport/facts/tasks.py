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

_ALSO = tuple("同时 同時 与此同时 與此同時 此外".split())
"""同时，做好民族宗教、审计、统计等工作: what is left, at the foot of the part, is a task too."""
_SENTENCE = re.compile(r"[^。！？!?\n]+")


def find_tasks(report: Report) -> tuple[Task, ...]:
    """
    The lowest points of the plan for the year, in text order.

    A point is an item with a title, or a plain paragraph under a section; one alone there is the section's task. The
    paragraphs that open the part state its aims and are not tasks, nor is one that opens a section of titled points
    (坚持把工业作为立县之本，推动工业提质增效。) or closes it with a call, unless it promises a number.
    """
    out = []
    for part in report.parts:
        if part.role != "plan":
            continue
        for node, path, title, frames in _points(part, (part.title,) if part.title else ()):
            text = report.source[node.span.start : node.span.end]
            quantities = quantities_in(report.quantities, node.span)
            office, deadline = office_in(text), deadline_in(text)
            if frames and not (quantities or office or deadline):
                continue
            if not title:
                first = _SENTENCE.search(text)
                title = first[0].strip() if first else text.strip()
            out.append(
                Task(
                    title=title,
                    quantities=quantities,
                    office=office,
                    deadline=deadline,
                    span=node.span,
                    path=path,
                )
            )
    return tuple(out)


def _points(part: Node, path: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...], str, bool]]:
    """The lowest points with the titles above, their own, and whether they open or close a section of titled points."""
    sections = [n for n, child in enumerate(part.children) if child.kind is Kind.SECTION]
    behind = sections[-1] if sections else len(part.children)
    stack = [
        (child, path, n > behind and child.text.startswith(_ALSO), False)
        for n, child in enumerate(part.children)
    ]
    stack.reverse()
    while stack:
        node, above, deep, frames = stack.pop()
        if node.kind is Kind.BLOCK:
            continue
        below = [c for c in node.children if c.kind is not Kind.BLOCK]
        if not below:
            if node.title or deep:
                yield node, above, node.title, frames
            continue
        section = node.kind is Kind.SECTION
        if section and node.title and len(below) == 1 and not (below[0].title or below[0].children):
            yield below[0], above, node.title, False  # the section is one paragraph: its title is the task's
            continue
        inside = (*above, node.title) if node.title else above
        titled = any(c.title for c in below)
        first, last = below[0], below[-1]
        for c in reversed(below):
            edge = titled and not c.title and (c is first or (c is last and c.text.rstrip().endswith("！")))
            stack.append((c, inside, section, edge))
