"""What facts need to know of a report's tree."""

from __future__ import annotations

from bisect import bisect_right

from attrs import field, frozen

__all__ = ["Outline"]


@frozen
class Outline:
    """What the facts need to know of a report's tree, as flat arrays over the source."""

    roles: tuple[tuple[int, int, str], ...] = ()
    """Parts in order: start, end, role."""
    starts: tuple[int, ...] = field(default=(), repr=False)
    paths: tuple[tuple[str, ...], ...] = field(default=(), repr=False)
    """Titles above and at every place; ``paths[i]`` holds from ``starts[i]`` on, …"""
    ends: tuple[int, ...] = field(default=(), repr=False)
    """… and if they are given, up to ``ends[i]``: …"""
    above: tuple[int, ...] = field(default=(), repr=False)
    """… there ``paths[above[i]]`` goes on, which is empty for -1."""
    heads: frozenset[int] | None = field(default=None, repr=False)
    """Where paragraphs and headings begin and end; ``None`` to lay the lines out afresh."""
    level: str = ""
    """Whose report: state, province, city, county, …; empty if unknown."""
    region: str = ""
    """The name of its region, as 临江市; empty if unknown."""
    outside: tuple[tuple[int, int], ...] = ()
    """Stretches in order that are not said by the report: annexes, page furniture, another report."""

    def path(self, place: int) -> tuple[str, ...]:
        """Titles above *place*."""
        i = bisect_right(self.starts, place) - 1
        if ends := self.ends:
            while i >= 0 and ends[i] <= place:
                i = self.above[i]
        return self.paths[i] if i >= 0 else ()
