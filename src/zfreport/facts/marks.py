"""What holds of some indicators and not of others, from ``data/indicator_marks.tsv``: asked by the mark or by the whole."""

from __future__ import annotations

from functools import cache

from ..vocab import read_table

__all__ = ["marked", "parts_of"]


@cache
def _marks() -> dict[tuple[str, str], frozenset[str]]:
    return {(row["mark"], row["of"]): frozenset(row["ids"].split()) for row in read_table("indicator_marks")}


def marked(mark: str) -> frozenset[str]:
    """
    The ids of the indicators that *mark* holds of; `KeyError` for a mark that the table does not have.

    >>> "pm25" in marked("whole"), "gdp" in marked("whole")
    (True, False)
    """
    return _marks()[mark, ""]


def parts_of(whole: str) -> frozenset[str]:
    """
    The ids of the parts of *whole* that do not begin with its own.

    >>> sorted(parts_of("trade_total")), sorted(parts_of("fai"))
    (['exports', 'imports'], [])
    """
    return _marks().get(("part", whole), frozenset())
