"""Indicators named on the command line: by id, or by any name that reports give them."""

from __future__ import annotations

from ..errors import UnknownNameError
from ..facts import default_table
from ..script import to_simplified

__all__ = ["indicator_of"]


def indicator_of(name: str) -> str:
    """
    The id that *name* is or means; `UnknownNameError` if it is none, or the name of several.

    >>> indicator_of("gdp"), indicator_of("地区生产总值"), indicator_of("居民消费价格")
    ('gdp', 'gdp', 'cpi')
    """
    table = default_table()
    if name in table:
        return name
    simple = to_simplified(name)
    found = [m.ids for m in table.find(simple) if (m.start, m.end) == (0, len(simple))]
    if len(found) == 1 and len(found[0]) == 1:
        return found[0][0]
    raise UnknownNameError("indicator", name, table.indicators)
