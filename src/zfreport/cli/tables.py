"""Rows as aligned columns for the terminal, wide characters counted as two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..render.outline import printable
from ..text import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

__all__ = ["aligned", "interval"]


def aligned(rows: Iterable[Sequence[str]]) -> str:
    """
    Rows under one another, columns two spaces apart; control characters are shown as escapes.

    >>> print(aligned([("3", "增长8.1%"), ("12", "14家")]), end="")
    3   增长8.1%
    12  14家
    """
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*cells, strict=True)]
    lines = (
        "  ".join(cell + " " * (size - width(cell)) for cell, size in zip(row, widths, strict=True))
        for row in cells
    )
    return "".join(line.rstrip() + "\n" for line in lines)


def interval(
    low: Decimal | None,
    high: Decimal | None,
    low_closed: bool | None,
    high_closed: bool | None,
    about: bool = False,
) -> str:
    """
    A value with its bound in as few signs as possible; nothing where there is no number.

    >>> from decimal import Decimal
    >>> d = Decimal("6.5")
    >>> interval(d, d, True, True, about=True), interval(d, None, False, False), interval(d, Decimal(7), True, True)
    ('≈6.5', '>6.5', '6.5 to 7')
    >>> interval(d, None, True, False), interval(None, d, False, True), interval(None, d, False, False)
    ('≥6.5', '≤6.5', '<6.5')
    """
    if low is None and high is None:
        return ""
    if high is None:
        return f"{'≥' if low_closed else '>'}{low:f}"
    if low is None:
        return f"{'≤' if high_closed else '<'}{high:f}"
    if low == high:
        return f"{'≈' * about}{low:f}"
    return f"{'≈' * about}{low:f} to {high:f}"
