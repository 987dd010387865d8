"""The indicator table: 300 measures with every name they go by, and the names they must not be taken for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import product
from types import MethodType
from typing import NamedTuple, TypeAlias

from attrs import evolve, field, frozen

from ..errors import UnknownNameError, ZfreportError, expect, expect_name, got
from ..vocab import fold, read_table
from .traits import Traits, traits_of

__all__ = ["Indicator", "IndicatorTable", "Mention", "default_table", "expand", "trie_pattern"]


_ROLES = ("series", "family", "pattern")
_ABSOLUTE = ("level", "count", "ratio", "index", "")
_PERCENT = ("growth", "share", "rate", "ratio", "")
_POLARITIES = ("up", "down", "neutral")


@frozen(kw_only=True)
class Indicator:
    """
    One measure. *names* and *look_alikes* may use ``(a|b|)`` for alternatives, as the shipped table does.

    Raises `UnknownNameError` for another *role*, *absolute*, *percent* or *polarity* than are listed here.

    >>> Indicator(id="bikes", name_zh="共享单车", names=("共享单车(投放量|)",), units=("辆",), absolute="count").all_names
    ('共享单车投放量', '共享单车')
    """

    id: str
    name_zh: str
    name_en: str = ""
    topic: str = ""
    role: str = "series"
    """``series``: one measure. ``family``: measures of one kind, told apart by the printed name. ``pattern``: neither."""
    names: tuple[str, ...] = ()
    """Simplified; Traditional text is matched all the same."""
    look_alikes: tuple[str, ...] = ()
    """Names that contain or resemble one of these and are something else; they block, and give no fact."""
    units: tuple[str, ...] = ()
    """Plain units a value may have: 元, %, 人. A number in another unit is not this indicator's."""
    absolute: str = "level"
    """What a value in a unit other than percent is: level, count, ratio, index; empty if none is of it."""
    percent: str = "growth"
    """What a bare percentage is: growth, share, rate, ratio; empty if none is of it."""
    polarity: str = "up"
    """Which way is better: up, down, neutral."""
    share_of: str = ""
    """``"rd_expenditure/gdp"``: what 研发投入占GDP比重, in so many words, is a name of."""
    breaks: str = ""
    """Renamings and breaks of the series, with years."""
    note: str = ""

    def __attrs_post_init__(self) -> None:
        if (  # written out, as the shipped table makes three hundred
            self.role not in _ROLES
            or self.absolute not in _ABSOLUTE
            or self.percent not in _PERCENT
            or self.polarity not in _POLARITIES
            or not self.id
            or not (self.names.__class__ is self.look_alikes.__class__ is self.units.__class__ is tuple)
        ):
            self._mend()

    def _mend(self) -> None:
        """Tuples of other collections; refuses the rest."""
        if not isinstance(self.id, str) or not self.id:
            raise TypeError(f"an indicator wants an id as str, got {got(self.id)}")
        for name, allowed in (
            ("role", _ROLES),
            ("absolute", _ABSOLUTE),
            ("percent", _PERCENT),
            ("polarity", _POLARITIES),
        ):
            expect_name(f"{name} of the indicator {self.id!r}", getattr(self, name), allowed)
        for name in ("names", "look_alikes", "units"):
            value = getattr(self, name)
            if isinstance(value, str) or not isinstance(value, Iterable):  # its characters would be names
                raise TypeError(f"{self.id!r} wants {name} as a tuple of str, got {got(value)}")
            object.__setattr__(self, name, tuple(value))

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


_mention: Callable[[tuple[object, ...]], Mention] = MethodType(tuple.__new__, Mention)
"""See `span_of`."""
_FAN = 6
"""Branches at each fork of a pattern for scanning: two are no quicker, and `re` takes long to compile their large classes."""
_CLASSES = 5
"""Branches at the first fork."""
_FEW = 12
"""So many pairs of characters are listed: that takes no longer than two classes of them, and less to compile."""
_GROUP = re.compile(r"\(([^()]*)\)")


def expand(pattern: str) -> Iterator[str]:
    """
    Write out the alternatives of a name.

    >>> list(expand("(地区|国内|)生产总值"))
    ['地区生产总值', '国内生产总值', '生产总值']
    """
    # every second piece stands in brackets
    pieces = _GROUP.split(pattern)
    return map("".join, product(*(piece.split("|") if i % 2 else (piece,) for i, piece in enumerate(pieces))))


def _check_names(indicator: Indicator) -> None:
    """Refuse names that a scan cannot find: it looks for the first two characters."""
    for pattern in (*indicator.names, *indicator.look_alikes):
        expect(pattern, str, f"{indicator.id!r} wants names as str")
        for name in expand(pattern):
            if len(name) < 2:
                raise ZfreportError(
                    f"{indicator.id!r} wants names of two characters or more, got {name!r} of {pattern!r}"
                )
            if any(mark in name for mark in "()|"):
                raise ZfreportError(
                    f"{indicator.id!r} wants alternatives in brackets that close, as 共享单车(投放量|), got {pattern!r}"
                )


_Node: TypeAlias = "dict[str, _Node]"
"""What may follow, by its first character; ``""`` where a name may end."""


_END: _Node = {}


class _Graph:
    """
    Names by their characters. Like endings are one node, so that what several names end in is written once.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.root: _Node = {}
        known: dict[tuple[tuple[str, int], ...], _Node] = {}
        path, last = [self.root], ""

        def complete(kept: int) -> None:
            """Hang each node behind the first *kept* characters of the last name, or one that is like it, into the one before."""
            for i in range(len(path) - 2, kept - 1, -1):
                node = path.pop()
                path[i][last[i]] = known.setdefault(
                    tuple([(c, id(below)) for c, below in node.items()]), node
                )

        for name in sorted(set(names)):  # what begins alike comes together; what is left behind is complete
            kept = 0
            for a, b in zip(last, name, strict=False):
                if a != b:
                    break
                kept += 1
            complete(kept)
            path += [{} for _ in name[kept:]]
            path[-1][""] = _END
            last = name
        complete(0)
        self._ways = Counter(id(below) for node in (self.root, *known.values()) for below in node.values())
        """How many characters lead to a node."""
        self._written: dict[int, str] = {}

    def pattern(self, node: _Node) -> str:
        """A pattern for what may follow, the longest first."""
        known = self._written.get(id(node))
        if known is None:
            known = self._written[id(node)] = self._write(node)
        return known

    def _write(self, node: _Node) -> str:
        ways = self._ways
        endings: dict[int, tuple[list[str], _Node]] = {}
        for c, below in node.items():
            if c:
                literal = c
                # a chain without branches is one literal, as far as no other way leads into it
                while len(below) == 1 and ways[id(below)] == 1 and "" not in below:
                    ((c, below),) = below.items()
                    literal += c
                endings.setdefault(id(below), ([], below))[0].append(literal)
        parts = [_any_of(literals) + self.pattern(below) for literals, below in endings.values()]
        if not parts:
            return ""
        body = "|".join(parts)
        if "" in node:
            return f"(?:{body})?"
        return f"(?:{body})" if len(parts) > 1 else body


def _any_of(literals: Sequence[str]) -> str:
    if len(literals) == 1:
        return re.escape(literals[0])
    if all(len(literal) == 1 for literal in literals):
        return f"[{_set(literals)}]"
    return f"(?:{'|'.join(map(re.escape, literals))})"


def trie_pattern(names: Iterable[str]) -> str:
    """
    One pattern for many names that matches the longest.

    >>> re.match(trie_pattern(["增长", "增长到", "增加"]), "增长到")[0]
    '增长到'
    >>> trie_pattern(["地区生产总值", "国内生产总值"])
    '(?:国内|地区)生产总值'
    """
    graph = _Graph(names)
    return graph.pattern(graph.root)


def scan_pattern(names: Iterable[str]) -> str:
    """
    The same for scanning a long text; every name has two characters or more.

    `re` skips what cannot be a first character by one table look-up, and what cannot follow one by a few more. Of what is left,
    the next two characters throw out most, and a tree finds the first character's names in a few steps.

    >>> re.findall(scan_pattern(["出口", "出口企业", "粮食产量"]), "粮食出口企业和出口")
    ['出口企业', '出口']
    """
    graph = _Graph(names)
    with_second: dict[str, list[str]] = {}
    for name in sorted(names):
        with_second.setdefault(name[1], []).append(name)
    # by the second character, as `re` takes no step into an alternative whose class does not hold what comes next
    branches = [
        _branch(graph, [name for second in seconds for name in with_second[second]])
        for seconds in _parts(sorted(with_second), _CLASSES)
    ]
    return f"[{_set(graph.root)}](?:{'|'.join(branches)})"


def _branch(graph: _Graph, names: Sequence[str]) -> str:
    """What follows the first character of one of *names*; no other has any of their second characters."""
    seconds: dict[str, list[str]] = {}
    for pair in sorted({name[:2] for name in names}):
        seconds.setdefault(pair[0], []).append(pair[1])

    def one(first: str) -> str:
        alike: dict[int, tuple[list[str], _Node]] = {}
        for second in seconds[first]:
            node = graph.root[first][second]
            alike.setdefault(id(node), ([], node))[0].append(second)
        return "|".join(
            f"(?<={re.escape(first)}{_any_of(likes)}){graph.pattern(node)}" for likes, node in alike.values()
        )

    def two_of(firsts: Sequence[str]) -> str:
        pairs = [re.escape(first + second) for first in firsts for second in seconds[first]]
        if len(pairs) <= _FEW:
            return f"(?<={'|'.join(pairs)})"
        return f"(?<=[{_set(firsts)}][{_set(second for first in firsts for second in seconds[first])}])"

    def tree(firsts: Sequence[str]) -> str:
        if len(firsts) <= _FAN:
            return "|".join(map(one, firsts))
        # no way back from one branch into the next: they begin differently
        return "|".join(f"{two_of(branch)}(?:{tree(branch)})" for branch in _parts(firsts, _FAN))

    return f"[{_set(name[1] for name in names)}](?<=[{_set(seconds)}].){_guard(names)}(?:{tree(sorted(seconds))})"


def _parts(items: Sequence[str], n: int) -> list[Sequence[str]]:
    """*items* in *n* parts, but in none of less than *n* items."""
    size = max(n, -(-len(items) // n))
    return [items[i : i + size] for i in range(0, len(items), size)]


def _guard(names: Iterable[str]) -> str:
    """Behind the first two characters of one of *names*: whether the next two may go on with one."""
    ways: list[str] = []
    by_length: dict[int, list[str]] = {}
    for name in names:
        by_length.setdefault(min(len(name), 4), []).append(name)
    for length, alike in sorted(by_length.items(), reverse=True):
        first, second, *rest = [f"[{_set(n[i] for n in alike)}]" for i in range(length)]
        ahead = f"(?={''.join(rest)})" if rest else ""
        # most names are long; of the few short ones the first two characters tell more than what follows
        ways.append(ahead if length == 4 else f"(?<={first}{second}){ahead}")
    return f"(?:{'|'.join(ways)})"


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
    parts: Mapping[str, str] = field(init=False, repr=False, eq=False)
    """``"rd_expenditure"`` → ``"rd_intensity"``: what its share is of where nothing else is said."""
    traits: Mapping[str, Traits] = field(init=False, repr=False, eq=False)
    """What the rules ask of each indicator."""
    _names: Mapping[str, tuple[tuple[str, ...], str]] = field(init=False, repr=False, eq=False)
    _pattern: re.Pattern[str] = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        expect(self.indicators, Mapping, "a table wants indicators as a dict by id")
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
        # folded all at once, as one call takes as long as ten names
        if names:
            names = dict(zip(fold("\n".join(names)).split("\n"), names.values(), strict=True))
        object.__setattr__(self, "shares", {i.share_of: i.id for i in self.indicators.values() if i.share_of})
        object.__setattr__(self, "parts", {pair.split("/")[0]: id for pair, id in self.shares.items()})
        object.__setattr__(self, "traits", {i.id: traits_of(i) for i in self.indicators.values()})
        object.__setattr__(self, "_names", names)
        object.__setattr__(self, "_pattern", re.compile(scan_pattern(names) if names else "(?!)"))

    def __getitem__(self, id: str) -> Indicator:
        try:
            return self.indicators[id]
        except KeyError:
            raise UnknownNameError("indicator", id, self.indicators) from None

    def __contains__(self, id: object) -> bool:
        return id in self.indicators

    def with_indicators(self, *new: Indicator) -> IndicatorTable:
        """
        The table with *new* added; one with a known id takes the old one's place.

        Raises `ZfreportError` for a name of one character, or one with brackets that do not close.
        """
        for indicator in new:
            expect(indicator, Indicator, "with_indicators wants indicators, one after the other")
            _check_names(indicator)
        version = self.version.rstrip("+") + "+"
        return evolve(self, indicators={**self.indicators, **{i.id: i for i in new}}, version=version)

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Mention]:
        """
        Every name in ``text[start:end]``, longest first, left to right; Simplified text expected (see `Reading`).

        >>> [text[m.start : m.end] for text in ["万元GDP能耗下降3%"] for m in default_table().find(text)]
        ['万元GDP能耗']
        """
        expect(text, str, "find wants a text as str")
        start, end, _ = slice(start, end).indices(len(text))
        return iter(self.mentions(text, start, end))

    def mentions(self, text: str, start: int, end: int) -> list[Mention]:
        """`find`, as a list."""
        known = self._names
        found: list[Mention] = []
        # the words alone, and where they stand by a look behind the last: quicker than as many matches
        for name in self._pattern.findall(text, start, end):
            at = text.index(name, start)
            start = at + len(name)
            ids, whole = known[name]
            found.append(_mention((at, start, ids, whole)))
        return found


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
