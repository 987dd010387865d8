"""The words of the page and of the notebook views, in Chinese and English, from ``words.tsv``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING

from ..errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["LANGUAGES", "Words", "words"]

LANGUAGES = ("zh", "en")
"""The languages a page can speak. The report itself is never translated."""


class Words:
    """
    Looks words up in one language; a word that is not in the table stands for itself.

    >>> words("zh")("at_least"), words("en")("at_least"), words("en")("some_new_kind")
    ('不低于', 'at least', 'some new kind')
    """

    __slots__ = ("_table", "language")

    def __init__(self, language: str, table: Mapping[str, str]) -> None:
        self.language = language
        self._table = table

    def __call__(self, key: str) -> str:
        return self._table.get(key) or key.rpartition(".")[2].replace("_", " ")


@cache
def words(language: str = "zh") -> Words:
    """The words of one of `LANGUAGES`; `UnknownNameError` for any other."""
    if language not in LANGUAGES:
        raise UnknownNameError("language", language, LANGUAGES)
    column = 1 + LANGUAGES.index(language)
    rows = files("zfreport.render").joinpath("words.tsv").read_text("utf-8").splitlines()
    cells = (row.split("\t") for row in rows[1:])
    return Words(language, MappingProxyType({cell[0]: cell[column] for cell in cells}))
