"""
Units: canonical symbol, dimension, code and exact size; measure words; compound units put together by rule.

A `UnitTable` is a value. Users add units with `UnitTable.with_` and pass the result on; nothing global changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any, Final

from attrs import field, frozen

from .errors import UnknownNameError, ZfreportError, expect, got
from .numerals import SCALES
from .vocab import fold, other_forms, read_table, widen

__all__ = ["NO_UNIT", "UNITS", "Unit", "UnitError", "UnitTable"]

COUNTED: Final = "count"
"""The dimension of measure words (家, 户, 人次). They do not convert into each other: a 户 is no 家."""


class UnitError(ZfreportError, ValueError):
    """A conversion between units that measure different things, or between currencies."""


@frozen
class Unit:
    """
    What a number is a number of.

    >>> mu = UNITS["亩"]
    >>> mu.dimension, mu.factor, 15 * mu.factor == UNITS["公顷"].factor
    ('area', Fraction(2000, 3), True)
    >>> UNITS["元/平方米"].dimension, UNITS["美元"].code
    ('money/area', 'USD')
    """

    symbol: str
    """Canonical, Simplified and half width: ``"平方米"``; ``""`` for a bare number. Synonyms (户 家) are not folded."""
    dimension: str
    """``"area"``, ``"money"``, ``"count"`` (measure words), ``"ratio"`` …; compound units say ``"money/area"``."""
    factor: Fraction = Fraction(1)
    """The exact size in the base unit of the dimension: m, m², m³, kg, J, W, s, the currency itself, 1."""
    code: str = ""
    """The ISO 4217 code of the currency (also for 角), UCUM for the rest, joined with ``/``; ``""`` where there is none."""

    def __str__(self) -> str:
        return self.symbol

    def ratio_to(self, other: Unit) -> Fraction:
        """
        How many of *other* one of this unit is, exactly.

        Raises `UnitError` between dimensions, between measure words and between currencies (no rate is ever applied).

        >>> UNITS["亩"].ratio_to(UNITS["公顷"])
        Fraction(1, 15)
        >>> UNITS["美元"].ratio_to(UNITS["元"])
        Traceback (most recent call last):
        zfreport.units.UnitError: cannot convert 美元 to 元: different currencies, and no exchange rate is ever applied
        """
        expect(other, Unit, "ratio_to wants a unit", "; UNITS[…] gives the unit of a printed form")
        if self.symbol == other.symbol:
            return Fraction(1)
        if self.dimension != other.dimension:
            raise UnitError(
                f"cannot convert {self.symbol or 'a bare number'} ({self.dimension}) "
                f"to {other.symbol or 'a bare number'} ({other.dimension})"
            )
        mine, theirs = self.code.split("/")[0], other.code.split("/")[0]
        if self.dimension.startswith("money") and mine != theirs:
            raise UnitError(
                f"cannot convert {self.symbol} to {other.symbol}: different currencies, and no exchange rate is ever applied"
            )
        if COUNTED in self.dimension.split("/"):
            raise UnitError(f"cannot convert {self.symbol} to {other.symbol}: they count different things")
        return self.factor / other.factor


NO_UNIT: Final = Unit("", "number")
"""The unit of a bare number: 5亿人口, 三分之一."""


@frozen
class _Entry:
    """A row of the table: the unit, how it is printed (``/``: only below the line), and what must not follow."""

    unit: Unit
    forms: tuple[str, ...]
    unless: str = ""


@frozen(eq=False)
class UnitTable:
    """
    The units that a scan knows, by canonical symbol and by every printed form. Immutable; `with_` makes a larger one.

    Compound units are put together: ``table["微克/立方米"]`` and ``table["吨/日"]`` need no row of their own.

    >>> mine = UNITS.with_(Unit("斛", "volume", Fraction(1, 20)), forms=("石斛",))
    >>> mine["石斛"].symbol, "斛" in UNITS
    ('斛', False)
    """

    _entries: tuple[_Entry, ...] = field(repr=lambda entries: f"<{len(entries)} units>")
    _by_form: dict[str, Unit] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        by_form = {form: e.unit for e in self._entries for form in (e.unit.symbol, *e.forms)}
        object.__setattr__(self, "_by_form", {fold(form): unit for form, unit in by_form.items()})

    @classmethod
    def default(cls) -> UnitTable:
        """The units of ``data/units.tsv``."""
        return cls(
            tuple(
                _Entry(
                    Unit(row["symbol"], row["dimension"], Fraction(row["factor"]), row["code"]),
                    tuple(row["forms"].split()),
                    row["unless"],
                )
                for row in read_table("units")
            )
        )

    def with_(self, *units: Unit, forms: Iterable[str] = (), unless: str = "") -> UnitTable:
        """
        A table that also knows *units*; a unit of the same symbol is replaced.

        *forms* are further printed forms, allowed when one unit is added. *unless* is a regular expression for what
        must not follow (as 人 is no unit in 人口). Raises `ValueError` for an empty symbol, for a factor that is not above
        0 and for forms of two units; `TypeError` for what is no unit, or one whose factor is not exact; `ZfreportError` for
        an *unless* that is no pattern.
        """
        for unit in units:
            expect(unit, Unit, "with_ wants units", ': Unit("斛", "volume")')
            expect(unit.symbol, str, "a unit wants a symbol as str")
            expect(unit.dimension, str, f"the unit {unit.symbol!r} wants a dimension as str")
            expect(
                unit.factor,
                Fraction | int,
                f"the unit {unit.symbol!r} wants an exact factor, as Fraction(1, 20)",
            )
            if unit.factor <= 0:
                raise ValueError(f"the unit {unit.symbol!r} wants a factor above 0, got {unit.factor}")
        extra = (forms,) if isinstance(forms, str) else tuple(forms)
        for form in extra:
            if not isinstance(form, str) or not form:
                raise TypeError(f"forms are printed, as 石斛; got {got(form)}")
        if extra and len(units) != 1:
            raise ValueError(f"forms {extra} need exactly one unit, got {len(units)}")
        if not all(unit.symbol for unit in units):
            raise ValueError("a unit needs a symbol")
        try:
            re.compile(unless)
        except re.error as error:
            raise ZfreportError(f"{error.msg} at {error.pos} of unless={unless!r}") from None
        new = {unit.symbol for unit in units}
        kept = tuple(e for e in self._entries if e.unit.symbol not in new)
        return UnitTable((*kept, *(_Entry(unit, extra, unless) for unit in units)))

    def __getitem__(self, form: str) -> Unit:
        """The unit of a printed form, in either script and width; raises `UnknownNameError`."""
        found = self.find(form) if isinstance(form, str) else None
        if found is None:
            raise UnknownNameError("unit", form, self._by_form)
        return found

    def find(self, form: str) -> Unit | None:
        """The unit of a printed form, or ``None``."""
        form = fold(form)
        known = self._by_form.get(form)
        if known is None and "/" in form:
            return self._compound(form)
        return known

    def _compound(self, form: str) -> Unit | None:
        """元/平方米: numerator over denominators, each a unit, the denominators perhaps with a scale (吨标准煤/万元)."""
        top, *bottom = form.split("/")
        unit = self._by_form.get(top)
        if unit is None:
            return None
        symbols, dimensions, codes, factor = [unit.symbol], [unit.dimension], [unit.code], unit.factor
        for part in bottom:
            scale, below = "", self._by_form.get(part)
            scaled = _SCALED.fullmatch(part) if below is None else None
            if scaled is not None:
                scale, name = scaled.groups()
                below = self._by_form.get(name) if name else NO_UNIT
            if below is None:
                return None
            size = _SCALE_FACTORS.get(scale, 1)
            symbols.append(scale + below.symbol)
            dimensions.append(below.dimension)
            codes.append(f"(10*{len(str(size)) - 1}.{below.code})" if scale and below.code else below.code)
            factor /= below.factor * size
        return Unit("/".join(symbols), "/".join(dimensions), factor, "/".join(codes) if all(codes) else "")

    def __contains__(self, form: object) -> bool:
        return isinstance(form, str) and self.find(form) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_form)

    def __len__(self) -> int:
        return len(self._by_form)

    def first_characters(self) -> Iterator[str]:
        """Every character, of either script and width, that a printed form begins with; once or more often."""
        for entry in self._entries:
            if "/" not in entry.forms:
                yield from (_forms(form[0]) for form in (entry.unit.symbol, *entry.forms))

    def pattern(self) -> str:
        """
        A regular expression, without groups, for one printed form, the longest that fits.

        A trie in table order, because an alternation of 300 words doubles the time of the scan; its first characters are
        looked up in one class, then shelf by shelf, because sre tries the branches of an alternation one after another.
        """
        trie: dict[str, Any] = {}
        for entry in self._entries:
            if "/" in entry.forms:
                continue
            guard = f"(?!{widen(entry.unless)})" if entry.unless else ""
            for form in dict.fromkeys((entry.unit.symbol, *entry.forms)):
                node = trie
                for char in fold(form):
                    node = node.setdefault(char, {})
                node[""] = guard
        firsts = list(trie)
        shelves = [
            f"(?=[{''.join(map(_forms, shelf))}]){_render({first: trie[first] for first in shelf})}"
            for shelf in (firsts[i : i + _SHELF] for i in range(0, len(firsts), _SHELF))
        ]
        return f"(?=[{''.join(map(_forms, firsts))}])(?:{'|'.join(shelves)})"


_SCALED = re.compile(r"([十百千万亿]{1,2})(.*)")
_SCALE_FACTORS: Final = {scale: 10**power for scale, power in SCALES.items() if len(scale) <= 2}


_SHELF: Final = 30


def _forms(char: str) -> str:
    """*char* in both scripts and widths, for use in a class."""
    return re.escape(char) + other_forms(char)


def _class(char: str) -> str:
    return f"[{_forms(char)}]" if other_forms(char) else re.escape(char)


def _render(node: dict[str, Any]) -> str:
    """The alternatives below *node* in table order; what ends here comes last, so that the longest form wins."""
    branches = [_class(char) + _render(below) for char, below in node.items() if char]
    if "" in node:
        branches.append(node[""])
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


UNITS: Final = UnitTable.default()
"""The units of Chinese reports: ``data/units.tsv``."""
