"""The indicator table: 300 measures with every name they go by, and the names they must not be taken for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from typing import Any, NamedTuple

from attrs import evolve, field, frozen

from ..errors import UnknownNameError, ZfreportError
from ..vocab import fold, read_table

__all__ = ["Indicator", "IndicatorTable", "Mention", "default_table", "expand", "trie_pattern"]


@frozen(kw_only=True)
class Indicator:
    """
    One measure. *names* and *look_alikes* may use ``(a|b|)`` for alternatives, as the shipped table does.

    >>> Indicator(id="bikes", name_zh="共享单车", names=("共享单车(投放量|)",), units=("辆",), absolute="count").all_names
    ('共享单车投放量', '共享单车')
    """

    id: str
    name_zh: str
    name_en: str = ""
    topic: str = ""
    role: str = "series"
    """``series``: one measure. ``family``: measures of one kind, told apart by the printed name."""
    names: tuple[str, ...] = ()
    """Simplified; Traditional text is matched all the same."""
    look_alikes: tuple[str, ...] = ()
    """Names that contain or resemble one of these and are something else; they block, and give no fact."""
    units: tuple[str, ...] = ()
    """Plain units a value may have: 元, %, 人. A number in another unit is not this indicator's."""
    absolute: str = "level"
    """What a value in a unit other than percent is: level, count, ratio, index."""
    percent: str = "growth"
    """What a bare percentage is: growth, share, rate."""
    polarity: str = "up"
    share_of: str = ""
    """``"rd_expenditure/gdp"``: what 研发投入占GDP比重, in so many words, is a name of."""
    breaks: str = ""
    """Renamings and breaks of the series, with years."""
    note: str = ""

    @property
    def all_names(self) -> tuple[str, ...]:
        """*names* written out."""
        return tuple(dict.fromkeys(n for pattern in self.names for n in expand(pattern)))


class Mention(NamedTuple):
    """A name found in a text."""

    start: int
    end: int
    ids: tuple[str, ...]
    """Empty for a look-alike; several for a name of several measures (一二三产增加值)."""
    whole: str
    """For 城乡居民收入 and the like: the measure that the name means if one value follows, not two."""


_mention: Callable[[tuple[object, ...]], Mention] = partial(tuple.__new__, Mention)
_GROUP = re.compile(r"\(([^()]*)\)")


def expand(pattern: str) -> Iterator[str]:
    """
    Write out the alternatives of a name.

    >>> list(expand("(地区|国内|)生产总值"))
    ['地区生产总值', '国内生产总值', '生产总值']
    """
    m = _GROUP.search(pattern)
    if m is None:
        yield pattern
        return
    for choice in m[1].split("|"):
        yield from expand(pattern[: m.start()] + choice + pattern[m.end() :])


def trie_pattern(names: Iterable[str]) -> str:
    """
    One pattern for many names that matches the longest.

    >>> re.match(trie_pattern(["增长", "增长到", "增加"]), "增长到")[0]
    '增长到'
    """
    root: dict[str, Any] = {}
    for name in names:
        node = root
        for c in name:
            node = node.setdefault(c, {})
        node[""] = {}
    return _render(root)


def _render(node: dict[str, Any]) -> str:
    parts = []
    for c, below in sorted(node.items()):
        if c:
            literal = c
            while len(below) == 1 and "" not in below:  # a chain without branches is one literal
                ((c, below),) = below.items()
                literal += c
            parts.append(re.escape(literal) + _render(below))
    if not parts:
        return ""
    body = "|".join(parts)
    if "" in node:
        return f"(?:{body})?"
    return f"(?:{body})" if len(parts) > 1 else body


def scan_pattern(names: Iterable[str]) -> str:
    """
    The same for scanning a long text; every name has two characters or more.

    `re` skips what cannot be a first character by one table look-up. Of what is left, the second and third characters
    throw out most, and a tree of halves finds the first character's names in about log₂ n steps.

    >>> re.findall(scan_pattern(["出口", "出口企业", "粮食产量"]), "粮食出口企业和出口")
    ['出口企业', '出口']
    """
    names = set(names)
    heads: dict[str, list[str]] = {}
    for name in names:
        heads.setdefault(name[0], []).append(name[1:])
    short = [n for n in names if len(n) == 2]
    thirds = {n[2] for n in names if len(n) > 2}
    guard = f"(?=[{_set(thirds)}])" if thirds else "(?!)"
    if short:
        guard = f"(?:{guard}|(?<=[{_set({n[0] for n in short})}][{_set({n[1] for n in short})}]))"

    def one(first: str) -> str:
        seconds: dict[str, list[str]] = {}
        for tail in heads[first]:
            seconds.setdefault(tail[0], []).append(tail[1:])
        return "|".join(
            f"(?<={re.escape(first + second)}){'' if tails == [''] else trie_pattern(tails)}"
            for second, tails in sorted(seconds.items())
        )

    def tree(firsts: list[str]) -> str:
        if len(firsts) == 1:
            return one(firsts[0])
        left, right = firsts[: len(firsts) // 2], firsts[len(firsts) // 2 :]
        # no way back from the left half into the right one: they begin differently
        return f"(?<=[{_set(left)}].)(?:{tree(left)})|(?<=[{_set(right)}].)(?:{tree(right)})"

    return f"[{_set(heads)}][{_set(n[1] for n in names)}]{guard}(?:{tree(sorted(heads))})"


def _set(characters: Iterable[str]) -> str:
    return "".join(map(re.escape, sorted(set(characters))))


@frozen
class IndicatorTable:
    """
    An immutable set of indicators with one pattern for all their names; edits return a new table.

    >>> table = default_table()
    >>> [(m.ids, m.whole) for m in table.find("全市地区生产总值增长8%，进出口企业300家")]
    [(('gdp',), ''), ((), '')]
    """

    indicators: Mapping[str, Indicator] = field(repr=False)
    pairs: tuple[tuple[str, tuple[str, ...], str], ...] = field(default=(), repr=False)
    """Names of several measures: the name, their ids in order, and the id it has with one value."""
    version: str = ""
    """``"2026.1"`` for the shipped table, ``"2026.1+"`` once something was added to it."""
    shares: Mapping[str, str] = field(init=False, repr=False, eq=False)
    """``"rd_expenditure/gdp"`` → ``"rd_intensity"``."""
    _names: Mapping[str, tuple[tuple[str, ...], str]] = field(init=False, repr=False, eq=False)
    _pattern: re.Pattern[str] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        names: dict[str, tuple[tuple[str, ...], str]] = {}
        for i in self.indicators.values():
            for pattern in i.look_alikes:
                for name in expand(pattern):
                    names[name] = ((), "")
        for i in self.indicators.values():  # a name wins over another indicator's look-alike
            for name in i.all_names:
                known = names.get(name)
                if known and known[0] and known[0] != (i.id,):
                    raise ZfreportError(f"{name!r} is a name of {known[0][0]!r} and of {i.id!r}")
                names[name] = ((i.id,), "")
        for pattern, ids, whole in self.pairs:
            for name in expand(pattern):
                names[name] = (ids, whole)
        names = {fold(name): value for name, value in names.items()}
        object.__setattr__(self, "shares", {i.share_of: i.id for i in self.indicators.values() if i.share_of})
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_pattern", re.compile(scan_pattern(names)))

    def __getitem__(self, id: str) -> Indicator:
        try:
            return self.indicators[id]
        except KeyError:
            raise UnknownNameError("indicator", id, self.indicators) from None

    def __contains__(self, id: object) -> bool:
        return id in self.indicators

    def with_indicators(self, *new: Indicator) -> IndicatorTable:
        """The table with *new* added; one with a known id takes the old one's place."""
        version = self.version.rstrip("+") + "+"
        return evolve(self, indicators={**self.indicators, **{i.id: i for i in new}}, version=version)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
        """
        Every name in ``text[start:end]``, longest first, left to right; Simplified text expected (see `Reading`).

        >>> [text[m.start : m.end] for text in ["万元GDP能耗下降3%"] for m in default_table().find(text)]
        ['万元GDP能耗']
        """
        return iter(self.mentions(text, start, len(text) if end is None else end))

    def mentions(self, text: str, start: int, end: int) -> list[Mention]:
        """`find`, as a list."""
        names = self._names
        return [
            _mention((m.start(), m.end(), *names[m[0]])) for m in self._pattern.finditer(text, start, end)
        ]


VERSION = "2026.1"
"""Of ``data/indicators.tsv``; raised with every change of an id, a name or a unit."""


@cache
def default_table() -> IndicatorTable:
    """The table that ships with zfreport, from ``data/indicators.tsv`` and ``data/indicator_pairs.tsv``."""

    def split(cell: str) -> tuple[str, ...]:
        # "|" inside brackets separates alternatives, outside it separates names
        return tuple(x for x in re.split(r"\|(?![^(]*\))", cell) if x)

    rows = read_table("indicators")
    indicators = {
        r["id"]: Indicator(
            id=r["id"],
            name_zh=r["name_zh"],
            name_en=r["name_en"],
            topic=r["topic"],
            role=r["role"],
            names=split(r["names"]),
            look_alikes=split(r["look_alikes"]),
            units=tuple(filter(None, r["units"].split("|"))),
            share_of=r["share_of"],
            absolute=r["absolute"],
            percent=r["percent"],
            polarity=r["polarity"],
            breaks=r["breaks"],
            note=r["note"],
        )
        for r in rows
    }
    pairs = tuple((r["name"], tuple(r["ids"].split("+")), r["whole"]) for r in read_table("indicator_pairs"))
    return IndicatorTable(indicators, pairs, VERSION)
