"""What was made of the same few words before: a dict that fills itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Memo"]

K = TypeVar("K")
V = TypeVar("V")


class Memo(dict[K, V], Generic[K, V]):
    """
    ``memo[key]`` is ``make(key)``, made once; when *size* of them are known, all are forgotten.

    `functools.lru_cache` keeps its values in order of use, and to find one takes it three times as long.

    >>> memo = Memo(len, 2)
    >>> memo["增长"], memo["同比增长"], memo["下降"], list(memo)
    (2, 4, 2, ['下降'])
    """

    __slots__ = ("_make", "_size")

    def __init__(self, make: Callable[[K], V], size: int) -> None:
        self._make = make
        self._size = size

    def __missing__(self, key: K) -> V:
        if len(self) >= self._size:
            self.clear()
        value = self[key] = self._make(key)
        return value
