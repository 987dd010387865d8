"""The vocabularies under ``data/``: one tab-separated form, one reader, and the two scripts and widths of a character."""

from __future__ import annotations

from functools import cache
from pkgutil import get_data

__all__ = ["both", "fold", "read_table", "widen"]


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """
    The rows of ``data/<name>.tsv``, one dict a row, keyed by its head line; lines that start with ``#`` are remarks.

    Missing cells at the end of a line are empty strings.

    >>> read_table("units")[0]["symbol"]
    '个'
    """
    # A third of the time of importlib.resources, and it reads zips too.
    data = get_data("zfreport", f"data/{name}.tsv")
    lines = (data or b"").decode("utf-8").splitlines()
    head, *rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return tuple(dict(zip(head, row + [""] * (len(head) - len(row)), strict=True)) for row in rows)


@cache
def _variants() -> dict[str, str]:
    """Simplified, half-width character -> its other printed forms."""
    table = {row["char"]: row["forms"] for row in read_table("variants")}
    for code in range(0x21, 0x7F):  # the full-width block mirrors ASCII
        table[chr(code)] = table.get(chr(code), "") + chr(code + 0xFEE0)
    return table


@cache
def _folding() -> dict[int, str]:
    return {ord(form): char for char, forms in _variants().items() for form in forms}


def other_forms(char: str) -> str:
    """
    The other printed forms of a Simplified, half-width character: Traditional, full-width.

    >>> other_forms("个"), other_forms("5"), other_forms("米")
    ('個箇', '５', '')
    """
    return _variants().get(char, "")


def fold(text: str) -> str:
    """
    A short string in Simplified characters and half width, character by character: for looking things up.

    >>> fold("３．５萬個％")
    '3.5万个%'
    """
    return text.translate(_folding())


@cache
def widen(pattern: str) -> str:
    """
    A regular expression that matches in either script what *pattern* matches in Simplified characters.

    Every character that has other forms becomes a class of all of them, in and outside of classes; operators stay.

    >>> widen("个(?![体户])")
    '[个個箇](?![体體户戶])'
    """
    out = []
    inside = False
    for i, char in enumerate(pattern):
        escaped = i > 0 and pattern[i - 1] == "\\"
        if char == "[" and not escaped:
            inside = True
        elif char == "]" and not escaped:
            inside = False
        forms = _variants().get(char, "") if char > "\x7f" or char in "%/" else ""
        out.append(f"[{char}{forms}]" if forms and not inside else char + forms)
    return "".join(out)


def both(pattern: str) -> str:
    """
    A regular expression written in Simplified characters, for either script: in classes and outside them.

    >>> both("[过去]年{0,2}.*总结"), both(r"\\d[^个]")
    ('[过過去]年{0,2}.*[总總][结結]', '\\\\d[^个個箇]')
    """
    table = _variants()
    shown: list[str] = []
    inside = False
    for before, c in zip(" " + pattern, pattern, strict=False):
        if c in "[]" and before != "\\":
            inside = c == "["
        forms = table.get(c, "") if "\u4e00" <= c <= "\u9fff" else ""
        shown.append(c + forms if inside or not forms else f"[{c}{forms}]")
    return "".join(shown)
