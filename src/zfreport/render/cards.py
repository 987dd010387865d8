"""What is said about one quantity, reference, fact, diagnostic or heading: a headline and labelled rows, as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable
    from decimal import Decimal

    from ..diagnostics import Diagnostic
    from ..nodes import Node
    from .words import Words

__all__ = [
    "Card",
    "amount",
    "diagnostic_card",
    "fact_card",
    "heading_card",
    "plain",
    "quantity_card",
    "reference_card",
]

_FACT_ROWS = "indicator kind modality bound horizon period basis comparator tier tone filter parent wording rule".split()
_STRETCHES = frozenset({"date", "year", "plan", "law_plan"})
"""Kinds of reference whose pair of values is a first and a last."""


@frozen
class Card:
    """A note about one stretch of the text."""

    layer: str
    """``target fact quantity reference unexplained diagnostic heading``: what the page filters by."""
    kind: str
    """The finer kind within the layer, as the enumeration has it; ``""`` if there is none."""
    headline: str
    rows: tuple[tuple[str, str], ...] = ()
    """Label and value, in reading order; the labels are already words."""


def plain(value: Decimal) -> str:
    """
    A value with all its digits, grouped by three, without the zeros that only a scale put there.

    >>> from decimal import Decimal
    >>> plain(Decimal("47300000000")), plain(Decimal("36000.0")), plain(Decimal("-1E+3"))
    ('47,300,000,000', '36,000', '-1,000')
    """
    digits = f"{value:,f}"
    return digits.rstrip("0").rstrip(".") if "." in digits else digits


def amount(
    low: Decimal | None,
    high: Decimal | None,
    unit: str = "",
    *,
    low_closed: bool = True,
    high_closed: bool = True,
    about: bool = False,
) -> str:
    """
    An interval as a reader writes it; ``""`` if it has neither end.

    >>> from decimal import Decimal
    >>> five, six = Decimal(5), Decimal("5.5")
    >>> amount(five, six, "%"), amount(five, None, "%"), amount(None, five, "万元", high_closed=False)
    ('5–5.5%', '≥ 5%', '< 5 万元')
    >>> amount(five, five, "家", about=True)
    '≈ 5 家'
    """
    tail = unit if not unit or unit in "%‰" else f" {unit}"
    if low is None and high is None:
        return ""
    if high is None:
        return f"{'≥' if low_closed else '>'} {plain(low)}{tail}"  # type: ignore[arg-type]
    if low is None:
        return f"{'≤' if high_closed else '<'} {plain(high)}{tail}"
    sign = "≈ " if about else ""
    if low == high:
        return f"{sign}{plain(low)}{tail}"
    if low_closed and high_closed:
        joint = " – " if low < 0 or high < 0 else "–"
        return f"{sign}{plain(low)}{joint}{plain(high)}{tail}"
    left, right = "[" if low_closed else "(", "]" if high_closed else ")"
    return f"{sign}{left}{plain(low)}, {plain(high)}{right}{tail}"


def _text(value: Any, word: Words) -> str:
    """Whatever a field holds, for reading; ``""`` for what says nothing."""
    if value is None or value is False or value == () or value == "":
        return ""
    if value is True:
        return word("yes")
    if isinstance(value, float):
        return f"{value:.2f}"
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        return " › ".join(filter(None, (_text(part, word) for part in value)))
    return word(str(value)) if isinstance(value, str) else str(value)


def _rows(pairs: Iterable[tuple[str, Any]], word: Words) -> tuple[tuple[str, str], ...]:
    shown = ((word(f"label.{name}"), _text(value, word)) for name, value in pairs)
    return tuple((label, value) for label, value in shown if value)


def quantity_card(quantity: Any, word: Words) -> Card:
    """What the page says about a `Quantity`."""
    unit = quantity.unit.symbol
    value = amount(
        quantity.low,
        quantity.high,
        unit,
        low_closed=quantity.low_closed,
        high_closed=quantity.high_closed,
        about=bool(quantity.approx),
    )
    if quantity.parts:
        value = " : ".join(plain(part) for part in quantity.parts)
    rows = (
        ("unit", unit),
        ("kind", quantity.kind),
        ("role", quantity.role),
        ("scale", quantity.scale),
        ("rule", quantity.rule),
        ("confidence", quantity.confidence),
    )
    return Card("quantity", str(quantity.kind), value or quantity.text, _rows(rows, word))


def reference_card(reference: Any, word: Words) -> Card:
    """What the page says about a `Reference`: a number that is a name."""
    kind = str(reference.kind)
    value = reference.value
    if isinstance(value, tuple) and not hasattr(value, "_fields"):
        joint = "–" if kind in _STRETCHES else ", "
        value = joint.join(_text(part, word) or "?" for part in value)
    rows = (("value", value), ("rule", reference.rule))
    return Card("reference", kind, word(kind), _rows(rows, word))


def fact_amount(fact: Any, word: Words) -> str:
    """The value of a `Fact`, or the word for why there is none."""
    about = str(fact.bound) == "about"
    unit = getattr(fact.unit, "symbol", fact.unit) or ""
    value = amount(
        fact.low, fact.high, unit, low_closed=fact.low_closed, high_closed=fact.high_closed, about=about
    )
    return value or word(str(fact.bound))


def fact_card(fact: Any, word: Words) -> Card:
    """What the page says about a `Fact` or `Target`."""
    layer = "target" if str(fact.modality) == "target" else "fact"
    rows = [(name, getattr(fact, name, None)) for name in (*_FACT_ROWS, "confidence")]
    return Card(
        layer,
        str(fact.kind or ""),
        f"{fact.name or fact.indicator} {fact_amount(fact, word)}",
        _rows(rows, word),
    )


def diagnostic_card(diagnostic: Diagnostic, word: Words) -> Card:
    """What the page says about a `Diagnostic`."""
    return Card(
        "diagnostic",
        str(diagnostic.severity),
        f"{diagnostic.code} {diagnostic.message}",
        _rows((("severity", diagnostic.severity),), word),
    )


def heading_card(node: Node, word: Words) -> Card:
    """What the page says about a heading: what it is, and what speaks for it."""
    evidence = "；".join(f"{e.rule}（{e.detail}）" if e.detail else e.rule for e in node.evidence)
    rows = (
        ("role", getattr(node, "role", None)),
        ("marker", node.marker and node.marker.text),
        ("form", node.form),
        ("evidence", evidence),
        ("confidence", node.confidence),
    )
    return Card("heading", str(node.kind), word(str(node.kind)), _rows(rows, word))
