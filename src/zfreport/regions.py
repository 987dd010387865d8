"""
Places by name: GB/T 2260 codes, the places above, and all the places that share a name. Never a guess between two.

The table (``data/regions.tsv``) also holds divisions that are no longer, since reports outlive districts.
"""

from __future__ import annotations

import codecs
from functools import cache
from typing import TYPE_CHECKING, TypeVar

from attrs import frozen

from .errors import expect
from .vocab import fold, late, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

__all__ = [
    "Place",
    "find_places",
    "narrowed",
    "places_by_stem",
    "printed_as",
    "short_names",
    "spellings",
    "stem_of",
]

# What a name ends in, longest first; what is left is the stem, by which running text calls the place.
_SUFFIX = late(r"(?:特别行政区|自治区|自治州|自治县|自治旗|林区|特区|新区|矿区|地区|省|市|县|区|州|盟|旗)$")
_PEOPLES = late(
    "(?:各族|壮族|回族|维吾尔|藏族|羌族|彝族|苗族|侗族|土家族|布依族|傣族|景颇族|哈尼族|白族|傈僳族|朝鲜族|蒙古族?|哈萨克|柯尔克孜|满族|瑶族|黎族"
    "|水族|仡佬族|仫佬族|毛南族|畲族|佤族|拉祜族|布朗族|纳西族|独龙族|怒族|普米族|土族|撒拉族|东乡族|裕固族|保安族|锡伯|塔吉克|鄂伦春|鄂温克族?|达斡尔族)+$"
)


@frozen
class Place:
    """
    An administrative division.

    >>> [(p.code, p.path) for p in find_places("朝阳区")]
    [('110105', ('北京市',)), ('220104', ('吉林省', '长春市'))]
    """

    code: str
    """Six digits of GB/T 2260."""
    name: str
    """The full name in the standard: ``"甘孜藏族自治州"``."""
    path: tuple[str, ...]
    """The divisions above, largest first."""
    last_seen: int | None = None
    """``None`` if in force at the end of 2024; else the last revision of the table that lists it (it may have ended later)."""

    @property
    def rank(self) -> int:
        """1 province, 2 prefecture, 3 county or district."""
        return 1 if self.code.endswith("0000") else 2 if self.code.endswith("00") else 3


P = TypeVar("P", bound=Place)


def stem_of(name: str) -> str:
    """
    What running text calls a place: its name without what it is, and an autonomous place without its peoples.

    >>> stem_of("吴江市"), stem_of("甘孜藏族自治州"), stem_of("内蒙古自治区"), stem_of("郊区")
    ('吴江', '甘孜', '内蒙古', '郊')
    """
    short = _SUFFIX.sub("", name)
    if "自治" not in name:
        return short
    without = _PEOPLES.sub("", short)
    if without:
        return without if len(without) > 1 else short  # 内蒙古 is no 蒙古 place called 内
    return short[:2]  # 东乡族自治县 is called 东乡


def short_names(name: str) -> set[str]:
    """
    The other names that people use for an autonomous place; none for any other.

    >>> sorted(short_names("甘孜藏族自治州")), short_names("吴江市")
    (['甘孜', '甘孜州'], set())
    """
    return {stem_of(name) + name[-1], stem_of(name)} if "自治" in name else set()


@cache
def _listed() -> tuple[Mapping[str, list[tuple[str, str]]], Mapping[str, str]]:
    """Name → the codes it has or had, each with the year it was last seen; code → the latest name."""
    rows = read_rows("regions")[1:]
    found: dict[str, list[tuple[str, str]]] = {}
    for code, name, seen in rows:
        found.setdefault(name, []).append((code, seen))
    return found, {code: name for code, name, seen in reversed(rows) if not seen or code.endswith("00")}


def _named(name: str) -> tuple[Place, ...]:
    """The places of exactly this name, made when asked for: a report asks for a few of three thousand."""
    listed, latest = _listed()
    if name not in listed:
        return ()
    made = []
    for code, seen in listed[name]:
        above = [code[:2] + "0000"] if not code.endswith("0000") else []
        above += [code[:4] + "00"] if not code.endswith("00") else []
        path = tuple(latest[up] for up in above if up in latest)
        made.append(Place(code, name, path, int(seen) if seen else None))
    return tuple(made if len(made) == 1 else _without_earlier(made))


def _without_earlier(places: list[Place]) -> list[Place]:
    """Drop what is the same place under an earlier code: same parents, no longer in force, where one of them still is."""
    inforce = {place.path for place in places if place.last_seen is None}
    kept = [place for place in places if place.last_seen is None or place.path not in inforce]
    newest = {place.path: place for place in sorted(kept, key=lambda place: place.last_seen or 9999)}
    return [place for place in kept if place is newest[place.path]]


@cache
def places_by_stem() -> Mapping[str, tuple[Place, ...]]:
    """Every place of two characters or more by the stem that running text calls it by: 东营, 甘孜, 锡林郭勒."""
    found: dict[str, list[Place]] = {}
    for name in _listed()[0]:
        stem = stem_of(name)
        if len(stem) >= 2:
            found.setdefault(stem, []).extend(_named(name))
    return {stem: tuple(places) for stem, places in found.items()}


@cache
def _full_names() -> Mapping[str, list[str]]:
    """The full names of autonomous places by the names that people use: 甘孜州, 广西, 孟村县."""
    found: dict[str, list[str]] = {}
    for name in _listed()[0]:
        for short in short_names(name):
            found.setdefault(short, []).append(name)
    return found


def spellings(name: str) -> Iterator[str]:
    """*name* as given, then with the variants of the table, then by OpenCC: 乾县 must not become 干县 where the table has it."""
    yield name
    folded = fold(name)
    if folded != name:
        yield folded
    if _in_gb2312(name):
        return
    from .script import is_traditional, to_simplified

    if is_traditional(name):
        yield to_simplified(folded)


@cache
def _gb2312() -> Callable[[str], tuple[bytes, int]]:
    """`str.encode` looks the codec up by its name each time, which takes longer than to encode a name."""
    return codecs.getencoder("gb2312")


def _in_gb2312(name: str) -> bool:
    """Whether a name is written in the Simplified characters of GB 2312: then OpenCC's dictionaries need not be read."""
    try:
        _gb2312()(name)
    except UnicodeEncodeError:
        return False
    return True


def printed_as(printed: str, look_up: Callable[[str], Sequence[P]]) -> tuple[P, ...]:
    """
    What *look_up* finds for the longest end of *printed* under the names before it, in either script.

    Of several places those under these names are kept. If no end lies under what stands before it, the longest known one
    counts: 阳泉市郊区 is the 郊区 of 阳泉, though some places are called 市郊区.
    """
    other: tuple[P, ...] = ()
    for name in spellings(printed):
        for start in range(len(name) - 1):
            if places := look_up(name[start:]):
                if not start:
                    return tuple(places)
                above = name[:start]
                inside = tuple(p for p in places if any(above.endswith((up, stem_of(up))) for up in p.path))
                if inside:
                    return inside
                other = other or tuple(places)
        if other:
            return other
    return ()


def narrowed(places: Iterable[P], words: str) -> tuple[P, ...]:
    """
    Of several places those that *words*, in either script, name most places above; all of them if it names none.

    >>> shared = find_places("鼓楼区")
    >>> [p.code for p in narrowed(shared, "江苏省徐州市统计局")], [p.code for p in narrowed(shared, "江蘇省")]
    (['320302'], ['320106', '320302'])
    >>> narrowed(shared, "某市") == shared
    True
    """
    expect(words, str, "narrowed wants the words that name places above as str")
    found = tuple(places)
    for place in found:
        expect(place, Place, "narrowed wants places, as find_places gives them")
    if len(found) < 2:
        return found
    every = tuple(spellings(words))
    named = [sum(any(up in spelling for spelling in every) for up in place.path) for place in found]
    return tuple(place for place, count in zip(found, named, strict=True) if count == max(named))


def find_places(printed: str) -> tuple[Place, ...]:
    """
    The places that a printed name may mean, in either script, with or without the names above it. None if none is known.

    >>> [p.code for p in find_places("太原市迎泽区")], [p.code for p in find_places("東城區")]
    (['140106'], ['110101'])
    >>> find_places("某某开发区")
    ()
    """
    expect(printed, str, "find_places wants the name of a place as str")
    return printed_as(printed, _called)


def _called(name: str) -> tuple[Place, ...]:
    """The places of this full name; else those that people call so."""
    return _named(name) or tuple(place for full in _full_names().get(name, ()) for place in _named(full))
