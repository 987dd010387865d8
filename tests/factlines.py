"""The case files of facts, and one line for a fact as they write it: what is not the usual case is named, the rest left out."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest


def number(value: Decimal | None) -> str:
    """A value without exponent and trailing noughts; nothing for none."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def line(f: Any) -> str:
    """``gdp growth 5.5~ % at_least`` and so on; see the head of the case files."""
    low, high = number(f.low), number(f.high)
    value = low if low == high else f"{low}~{high}"
    parts = [f.indicator, str(f.kind or "-"), value or "-", f.unit or "-", str(f.bound)]
    if f.modality != "actual":
        parts.append(str(f.modality))
    if f.horizon != "year":
        parts.append(str(f.horizon))
    if f.tier != "base":
        parts.append(str(f.tier))
    for key in ("filter", "parent", "comparator", "basis"):
        if getattr(f, key):
            parts.append(f"{key}={getattr(f, key)}")
    return " ".join(parts)


def blocks(path: Path) -> Iterator[Any]:
    """Title, text (⏎ for a line break) and expected lines of each block of a case file."""
    row = 1
    for block in path.read_text("utf-8").split("### ")[1:]:
        title, body = block.split("\n", 1)
        text, expected = body.split("---\n", 1)
        yield pytest.param(
            text.rstrip("\n").replace("⏎", "\n"), expected.rstrip(), id=f"{path.name}:{row} {title}"
        )
        row += block.count("\n")
