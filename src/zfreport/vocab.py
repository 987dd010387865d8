"""The vocabularies under ``data/``: one tab-separated form, one reader, and the two scripts and widths of a character."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import product
from pkgutil import get_data
from typing import Any, cast

__all__ = [
    "LETTER",
    "any_of",
    "both",
    "fold",
    "fold_all",
    "forms",
    "late",
    "read_rows",
    "read_table",
    "widen",
]

LETTER = r"[^\W\d_a-zA-Z]"
"""
A letter that is no Latin one: in these texts, a Chinese character.

The range of Chinese characters, twenty thousand, takes a millisecond to compile wherever it stands in a pattern, and this next to nothing.
"""


def read_rows(name: str) -> list[list[str]]:
    """
    The lines of ``data/<name>.tsv`` as cells, the head line first; lines that start with ``#`` are remarks.

    Missing cells at the end of a line are empty strings.

    >>> read_rows("variants")[:2]
    [['char', 'forms'], ['%', '﹪']]
    """
    # A third of the time of importlib.resources, and it reads zips too.
    data = get_data("zfreport", f"data/{name}.tsv") or b""
    rows = [line.split("\t") for line in data.decode("utf-8").splitlines() if line and line[0] != "#"]
    width = len(rows[0])
    for row in rows:
        if len(row) < width:
            row += [""] * (width - len(row))
    return rows


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """
    The rows of ``data/<name>.tsv``, one dict a row, keyed by its head line.

    >>> read_table("units")[0]["symbol"]
    '个'
    """
    head, *rows = read_rows(name)
    return tuple(dict(zip(head, row, strict=True)) for row in rows)


@cache
def _variants() -> dict[str, str]:
    """Simplified, half-width character -> its other printed forms."""
    table = {row[0]: row[1] for row in read_rows("variants")[1:]}
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
def _folding_list() -> list[int | str]:
    table: list[int | str] = list(range(0x10000))
    for code, char in _folding().items():
        table[code] = char
    return table


def fold_all(text: str) -> str:
    """
    `fold` of a long text, in half the time: a list is looked up faster than a dict, and what lies beyond its end stays as it is.

    >>> fold_all("３．５萬個％")
    '3.5万个%'
    """
    return text.translate(_folding_list())


@cache
def widen(pattern: str) -> str:
    """
    A regular expression that matches in either script, and signs (%, /) in either width, what *pattern* matches in Simplified.

    For numbers and units, where ８％ stands as often as 8%; `both` is for words. Every character that has other forms becomes a class of all of them, in and outside of classes; operators stay.

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

    Chinese characters alone have other forms here; signs and punctuation stay as they are written (`widen` sees to them).

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


def forms(chars: str) -> frozenset[str]:
    """
    *chars* in all their printed forms: for a look at one character before a pattern is tried.

    >>> sorted(forms("各请"))
    ['各', '請', '请']
    """
    return frozenset(chars).union(*map(other_forms, chars))


def any_of(words: str) -> str:
    """
    A regular expression for any of some words, in every spelling of each.

    All of it literal, so that the search skips to the first characters; a class for each character that has forms would cost as
    much again to compile.

    >>> any_of("分享 扫一扫")
    '分享|扫一扫|扫一掃|掃一扫|掃一掃'
    """
    table = _variants()
    spelled = (product(*(c + table.get(c, "") if c > "\x7f" else c for c in word)) for word in words.split())
    return "|".join("".join(word) for every in spelled for word in every)


class _Late:
    """Stands for a pattern, and becomes as good as one when it is first asked to do something."""

    def __init__(self, pattern: str, spell: Callable[[str], str]) -> None:
        self._pattern = pattern
        self._spell = spell

    def __getattr__(self, name: str) -> Any:
        # Only what is not there yet is asked for here: from then on the compiled pattern's own method is an attribute.
        value = getattr(re.compile(self._spell(self._pattern)), name)
        setattr(self, name, value)
        return value

    def __reduce__(self) -> tuple[Any, ...]:
        return late, (self._pattern, self._spell)


def late(pattern: str, spell: Callable[[str], str] = str) -> re.Pattern[str]:
    """
    *pattern*, spelled in both scripts by *spell* (`both`, `any_of`) and compiled when it is first used.

    Compiling is most of what a first parse costs, and a usual report never needs half of the patterns.

    >>> late("目录", both).fullmatch("目錄")
    <re.Match object; span=(0, 2), match='目錄'>
    """
    return cast("re.Pattern[str]", _Late(pattern, spell))
