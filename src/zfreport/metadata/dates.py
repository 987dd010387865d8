"""Days as reports print them: 2024年1月18日, 2015- 12- 14, 二〇二六年一月二十七日."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ..numerals import read_numeral
from ..text import Span
from ..vocab import late

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["WHOLE_YEAR", "YEAR", "PrintedDay", "find_days", "year_value"]

_FIRST = "[12１２一二]"
_REST = r"(?:(?<=[12１２])[ \u3000]?[0-9０-９][ \u3000]?[0-9０-９][ \u3000]?[0-9０-９]|(?<=[一二])[〇○零0０一二三四五六七八九]{3})"
YEAR = _FIRST + _REST
"""A year in figures, spaced or not, or in Chinese numerals. A class comes first, so that a search skips to it."""
WHOLE_YEAR = _FIRST + "(?<![0-9０-９].)" + _REST
"""… that is not the end of a longer number."""

_DAY = late(
    rf"({WHOLE_YEAR})[ \u3000]?(?:"
    r"年[ \u3000]?([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})[ \u3000]?月[ \u3000]?([0-9０-９]{1,2}|[一二三四五六七八九十廿卅]{1,3})[ \u3000]?[日号號]"
    r"|([-－—./])[ \u3000]?([0-9０-９]{1,2})[ \u3000]?[-－—./][ \u3000]?([0-9０-９]{1,2})(?![0-9０-９])"
    r")([ \u3000T]{0,2}[0-9０-９]{1,2}[:：时時][0-9０-９]{1,2})?"
)


class PrintedDay(NamedTuple):
    """A day, where it stands, and how it is printed."""

    value: date
    span: Span
    written: bool
    """With 年 月 日, as in a report; without, it is a stamp of the page."""
    timed: bool
    """Followed by a time of day: a stamp of the page."""


def year_value(text: str) -> int | None:
    """
    The year that a match of `YEAR` means.

    >>> year_value("2 016"), year_value("二○○六"), year_value("１９９７")
    (2016, 2006, 1997)
    """
    value = int(text) if text.isdecimal() else read_numeral("".join(text.split()))
    return int(value) if value is not None and 1900 < value < 2100 else None


def find_days(text: str, start: int, end: int) -> Iterator[PrintedDay]:
    """The days printed in ``text[start:end]``; what is no day of the calendar is passed over."""
    for match in _DAY.finditer(text, start, end):
        printed, month_written, day_written, sign, month_short, day_short, time = match.groups()
        year = year_value(printed)
        month = read_numeral(month_written or month_short)
        day = read_numeral(day_written or day_short)
        if year is None or month is None or day is None:
            continue
        try:
            value = date(year, int(month), int(day))
        except ValueError:
            continue
        timed = time is not None
        stop = match.start(7) if timed else match.end()
        yield PrintedDay(value, Span(match.start(), stop), sign is None, timed)
