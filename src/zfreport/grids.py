"""
Tables in a text: lines of cells that stand below each other, as docx, web pages and pasted sheets give them.

A row is one line with a tab, or a bar as in Markdown, between its cells. Two rows make a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

__all__ = ["cells", "find_grids", "is_row"]

_COLUMNS = 3
"""Cells of a row at least: one tab stands for a lost break, or behind a heading, too often."""
_FIRST, _LAST, _MOST = 24, 60, 12
"""Characters of the first and the last cell of a row, and its cells, at most: paragraphs on one line have more."""


def cells(text: str) -> list[str]:
    """
    The cells of a row, without the blanks around them; one cell for any other line.

    >>> cells("1\\t新建幼儿园5所\\t市教育局"), cells("| 1 | 新建幼儿园5所 |"), cells("新建幼儿园5所")
    (['1', '新建幼儿园5所', '市教育局'], ['1', '新建幼儿园5所'], ['新建幼儿园5所'])
    """
    if "\t" in text:
        parts = text.split("\t")
    elif text.count("|") >= _COLUMNS - 1:
        parts = text.strip().strip("|").split("|")
    else:
        parts = [text]
    return [part.strip() for part in parts]


def is_row(text: str, columns: int = _COLUMNS) -> bool:
    """Whether a line of any length is a row of so many *columns* or more, and no paragraphs that lost the breaks between them."""
    found = cells(text)
    return columns <= len(found) <= _MOST and len(found[0]) <= _FIRST and len(found[-1]) <= _LAST


def find_grids(texts: Sequence[str], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The tables of ``texts[start:end]``, each as the number of its first line and the one behind its last."""
    first = last = -1
    for i in [i for i in range(start, end) if "\t" in texts[i] or "|" in texts[i]]:
        # the cells that a row ends in may be empty, and then are not there
        if not is_row(texts[i], _COLUMNS - 1 if i == last else _COLUMNS):
            continue
        if i != last:
            if last - first >= 2:
                yield first, last
            first = i
        last = i + 1
    if last - first >= 2:
        yield first, last
