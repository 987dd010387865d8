"""A pretend user, checked with ``mypy --strict`` and never run: what the public names promise to a type checker."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import zfreport
from zfreport import Block, Diagnostic, Item, Part, Quantity, Report, Section, Span, Target


def headings(report: Report) -> Iterator[tuple[Span, str]]:
    """Titles with their places."""
    for node in report.walk():
        if isinstance(node, Part | Section | Item) and node.title_span is not None:
            yield node.title_span, node.title


def growth_targets(text: str) -> dict[str, Decimal | None]:
    """Lower ends by indicator."""
    report: Report = zfreport.parse(text)
    targets: tuple[Target, ...] = report.targets
    return {target.indicator: target.low for target in targets}


def first_amount(text: str) -> Decimal | None:
    """The first quantity's lower end."""
    found: tuple[Quantity, ...] = zfreport.find_quantities(text)
    return found[0].low if found else None


def codes(reports: tuple[Report, ...]) -> list[str]:
    """Codes of what was noticed."""
    noticed: list[Diagnostic] = [d for report in reports for d in report.diagnostics]
    return [d.code for d in noticed]


def furniture(report: Report) -> list[str]:
    """Texts of the blocks that are not the report."""
    return [node.text for node in report.walk() if isinstance(node, Block) and node.role == "furniture"]


def words_counted(report: Report) -> int:
    """How often a report says a word: by topics, or plain words."""
    by_topic = report.attention({"民生": ["民生", "就业"], "科技": "创新"})
    return by_topic.total.counts["民生"] + report.attention(["产业"]).total.counts["产业"]


def number(text: str) -> Decimal:
    """One numeral."""
    value: Decimal = zfreport.parse_number(text)
    return value
