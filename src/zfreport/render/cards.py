"""What is said about one quantity, reference, fact, diagnostic or heading: a headline and labelled rows, as plain text."""

from __future__ import annotations

from enum import StrEnum
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

_FACT_ROWS = "indicator kind modality bound horizon period basis comparator tier tone filter parent wording rule confidence".split()
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
    low_closed: bool | None = True,
    high_closed: bool | None = True,
    about: bool = False,
    full: bool = False,
) -> str:
    """
    An interval as a reader writes it; ``""`` if it has neither end. With *full*, in the plain unit and all digits.

    >>> from decimal import Decimal
    >>> five, six, many = Decimal(5), Decimal("5.5"), Decimal(60000)
    >>> amount(five, six, "%"), amount(five, None, "%"), amount(None, five, "元", high_closed=False)
    ('5–5.5%', '≥ 5%', '< 5 元')
    >>> amount(many, many, "家", about=True), amount(many, many, "家", full=True)
    ('≈ 6 万家', '60,000 家')
    >>> amount(Decimal(9000), many, "家"), amount(Decimal(-3), Decimal(-2), "%")  # one unit for both; no dash at a minus
    ('9,000–60,000 家', '-3 – -2%')
    """
    ends = [end for end in (low, high) if end is not None]
    if not ends:
        return ""
    shown = [(plain(end), unit) if full else short(end, unit) for end in ends]
    if len({scaled for _, scaled in shown}) > 1:
        shown = [(plain(end), unit) for end in ends]
    digits, scaled = [text for text, _ in shown], shown[0][1]
    tail = scaled if scaled in ("", "%", "‰") else f" {scaled}"
    if high is None:
        return f"{'≥' if low_closed else '>'} {digits[0]}{tail}"
    if low is None:
        return f"{'≤' if high_closed else '<'} {digits[0]}{tail}"
    sign = "≈ " if about else ""
    if low == high:
        return f"{sign}{digits[0]}{tail}"
    if low_closed and high_closed:
        joint = " – " if low < 0 or high < 0 else "–"
        return f"{sign}{joint.join(digits)}{tail}"
    left, right = "[" if low_closed else "(", "]" if high_closed else ")"
    return f"{sign}{left}{', '.join(digits)}{right}{tail}"


def short(value: Decimal, unit: str) -> tuple[str, str]:
    """
    A value and its unit as a Chinese reader writes them: in 万 or 亿 where that is shorter. Exact, never rounded.

    >>> from decimal import Decimal
    >>> short(Decimal("18640000000"), "元"), short(Decimal("3000"), "人"), short(Decimal("6.5"), "%")
    (('186.4', '亿元'), ('3,000', '人'), ('6.5', '%'))
    >>> short(Decimal("10001"), "人")  # 1.0001 万人 is no shorter
    ('10,001', '人')
    """
    digits = plain(value)
    for scale, places in (("亿", 8), ("万", 4)):
        scaled = plain(value.scaleb(-places))
        if unit and abs(value) >= 10**places and len(scaled) < len(digits):
            return scaled, scale + unit
    return digits, unit


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
    return word(f"{type(value).__name__}.{value}") if isinstance(value, StrEnum) else str(value)


def _rows(pairs: Iterable[tuple[str, Any]], word: Words) -> tuple[tuple[str, str], ...]:
    shown = ((word(f"label.{name}"), _text(value, word)) for name, value in pairs)
    return tuple((label, value) for label, value in shown if value)


def quantity_card(quantity: Any, word: Words) -> Card:
    """What the page says about a `Quantity`."""
    unit = quantity.unit.symbol
    value = _interval(quantity, unit, bool(quantity.approx))
    exact = _interval(quantity, unit, bool(quantity.approx), full=True)
    if quantity.parts:
        value = exact = " : ".join(plain(part) for part in quantity.parts)
    rows = (
        ("value", exact if exact != value else ""),
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


def _interval(thing: Any, unit: str, about: bool, *, full: bool = False) -> str:
    ends = {"low_closed": thing.low_closed, "high_closed": thing.high_closed}
    return amount(thing.low, thing.high, unit, **ends, about=about, full=full)


def fact_amount(fact: Any, word: Words, *, full: bool = False) -> str:
    """The value of a `Fact`, or the word for why there is none."""
    return _interval(fact, fact.unit, fact.bound == "about", full=full) or word(str(fact.bound))


def fact_card(fact: Any, word: Words) -> Card:
    """What the page says about a `Fact` or `Target`."""
    layer = "target" if fact.modality == "target" else "fact"
    value, exact = fact_amount(fact, word), fact_amount(fact, word, full=True)
    rows = [("value", exact if exact != value else ""), *((name, getattr(fact, name)) for name in _FACT_ROWS)]
    name = fact.name or fact.indicator
    return Card(layer, str(fact.kind or ""), f"{name} {value}", _rows(rows, word))


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
