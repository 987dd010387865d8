"""
The words of the page and of the notebook views, in Chinese and English.

Those for what tables hold too (bounds, tones …) come from ``data/labels.tsv``, so that a page and a column say the same;
the rest from ``words.tsv``.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..errors import UnknownNameError
from ..vocab import read_table

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "Words", "words"]

LANGUAGES = ("zh", "en")
"""The languages a page can speak. The report itself is never translated."""


class Words:
    """
    Looks words up in one language; a word that is not in the table stands for itself.

    What two enumerations have in common may have a word for one of them: ``QuantityKind.ratio`` is 3:1, any other ``ratio``
    a multiple.

    >>> words("zh")("at_least"), words("en")("at_least"), words("en")("some_new_kind")
    ('不低于', 'at least', 'some new kind')
    >>> words("zh")("QuantityKind.ratio"), words("zh")("FactKind.ratio")
    ('比', '倍数')
    """

    __slots__ = ("_table", "language")

    def __init__(self, language: str, table: Mapping[str, str]) -> None:
        self.language = language
        self._table = table

    def __call__(self, key: str) -> str:
        name = key.rpartition(".")[2]
        return self._table.get(key) or self._table.get(name) or name.replace("_", " ")


@cache
def words(language: str = "zh") -> Words:
    """The words of one of `LANGUAGES`; `UnknownNameError` for any other."""
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    # a column of one table alone, as quantities.kind, says other words for the same values
    table = {row["value"]: row[language] for row in read_table("labels") if "." not in row["column"]}
    column = 1 + LANGUAGES.index(language)
    rows = files("zfreport.render").joinpath("words.tsv").read_text("utf-8").splitlines()
    table |= {cells[0]: cells[column] for cells in (row.split("\t") for row in rows[1:])}
    return Words(language, MappingProxyType(table))
