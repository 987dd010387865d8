"""A report as Markdown: its outline as a nested list, or the whole text under real headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ..errors import expect_report
from ..nodes import Block, BlockRole, Form, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..nodes import Node
    from ..report import Report

__all__ = ["markdown", "markdown_outline"]

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&#])")
# What would open a list or a rule at the start of a line.
_OPENING = re.compile(r"^(\d{0,9})([-+=.)])")
_HEADS = frozenset({Kind.PART, Kind.SECTION, Kind.ANNEX})
_LEFT_OUT = frozenset(
    {
        BlockRole.FURNITURE,
        BlockRole.METADATA,
        BlockRole.CONTENTS,
        BlockRole.OTHER_REPORT,
        BlockRole.DUPLICATE,
        BlockRole.BLANK,
    }
)


def markdown_outline(report: Report) -> str:
    """
    The headings as a nested list, numbers as printed.

    >>> from zfreport import parse
    >>> print(markdown_outline(parse("各位代表：\\n一、2023年工作回顾\\n（一）产业升级\\n新增企业12家。")), end="")
    - 一、2023年工作回顾
      - （一）产业升级
    >>> print(markdown_outline(parse("各位代表：\\n第一部分 2023年工作回顾\\n新增企业12家。")), end="")
    - 第一部分 2023年工作回顾
    """
    expect_report(report, "markdown_outline")
    lines = []
    for node, depth in _titled(report):
        lines.append(f"{'  ' * depth}- {_heading(node)}\n")
    return "".join(lines)


def markdown(report: Report, *, blocks: bool = False) -> str:
    """
    The whole report: parts, sections and annexes as headings, lead sentences in bold, a blank line between paragraphs.

    Page furniture, metadata of the page and second copies are left out unless *blocks* asks for them. Characters that
    Markdown would take for markup are escaped; the words are as printed.
    """
    expect_report(report, "markdown")
    return "".join(f"{piece}\n\n" for piece in _pieces(report, blocks)).rstrip("\n") + "\n"


def _titled(report: Report) -> Iterator[tuple[Node, int]]:
    stack: list[tuple[Node, int]] = [(c, 0) for c in reversed(report.children)]
    while stack:
        node, depth = stack.pop()
        shown = node.title_span is not None
        if shown:
            yield node, depth
        stack.extend((c, depth + shown) for c in reversed(node.children))


def _heading(node: Node) -> str:
    marker = node.marker.text.strip() if node.marker else ""
    gap = " " if marker[-1:].isalnum() else ""
    return _escaped(f"{marker}{gap}{node.title}")


def _pieces(report: Report, blocks: bool) -> Iterator[str]:
    source = report.source
    stack: list[tuple[Node | str, int]] = [(c, 1) for c in reversed(report.children)]
    while stack:
        node, level = stack.pop()
        if isinstance(node, str):
            yield from _paragraphs(node)
        elif isinstance(node, Block):
            if node.role is BlockRole.TITLE:
                yield "# " + _escaped(" ".join(node.text.split()))
            elif blocks or node.role not in _LEFT_OUT:
                yield from _paragraphs(node.text)
        else:
            at = node.span.start
            first = node.children[0].span.start if node.children else node.span.end
            if node.title_span is not None:
                at = min(max(at, node.title_span.end), first)
                lead = node.kind not in _HEADS and node.form is not Form.LINE
                words = source[at:first]
                if lead:
                    stop = len(words) - len(words.lstrip("。：:！!."))
                    head = f"**{_heading(node)}**{_escaped(words[:stop])}"
                    yield head + "\n\n".join(_paragraphs(words[stop:]))
                else:
                    rest = words.lstrip("。：:")
                    yield f"{'#' * min(6, level + 1)} {_heading(node)}{words[: len(words) - len(rest)]}"
                    yield from _paragraphs(rest)
                    level += 1
            else:
                yield from _paragraphs(source[at:first])
            # what stands between and after the children are the node's own words
            inside: list[tuple[Node | str, int]] = []
            at = first
            for child in node.children:
                inside += [(source[at : child.span.start], level), (child, level)]
                at = child.span.end
            inside.append((source[at : node.span.end], level))
            stack.extend(reversed(inside))


def _paragraphs(text: str) -> Iterator[str]:
    for line in text.splitlines():
        words = line.strip()
        if words:
            yield _OPENING.sub(r"\1\\\2", _escaped(words))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)
