"""What is read, and the sentence under the lens: all that a name or a value may have to be seen in the light of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from ..diagnostics import Diagnostic
from ..text import span_of
from ..vocab import fold
from .context import Surroundings, find_zones, own_level, zone_in
from .filters import SIZED
from .indicators import IndicatorTable, Mention
from .outline import Outline
from .reading import Reading
from .scope import has_zone_near, may_support
from .sense import Sense, Years
from .signs import CUES, PARTS, RANKS, find_signs
from .timeline import Clock

__all__ = ["Ground", "Here"]

# A part of a year has one of these in its name.
_SEASON = re.compile(r"[季月半](?:(?<=[季月])|年)")
_COUNTY = 3
"""What `own_level` says of a county: no other has it for its region."""


class Ground:
    """What is read, and what holds for all of it; shared by whatever looks at one sentence."""

    def __init__(
        self,
        source: str,
        outline: Outline,
        years: Years,
        start: int,
        end: int | None,
        table: IndicatorTable,
    ) -> None:
        self.table = table
        self.traits = table.traits
        self.outline = outline
        self.reading = Reading.of(source, start, end, heads=outline.heads, outside=outline.outside)
        self.text = self.reading.text
        self.bounds = self.reading.bounds()
        self.sentences = list(pairwise(self.bounds))
        index = self.reading.index
        roles = [(index(start), index(end), role) for start, end, role in outline.roles]
        self.clock = Clock(self.text, self.bounds, roles, years)
        self.region = fold(outline.region)
        self.level = own_level(self.text, outline.level, self.region)
        # in a zone's own report the zone is the whole
        self.zones = [] if outline.level == "zone" else find_zones(self.text)
        self.noticed: list[tuple[int, Diagnostic]] = []
        """By the number of their sentence."""

    def path(self, index: int) -> tuple[str, ...]:
        """Titles above a place of what is read."""
        return self.outline.path(self.reading.at(index))

    def notice(self, here: Here, odd: Diagnostic) -> None:
        """Note *odd* under the number of its sentence."""
        self.noticed.append((here.number, odd))


class Here:
    """The sentence under the lens; what costs is worked out when it is first asked for."""

    __slots__ = (
        "_around",
        "_ground",
        "_sense",
        "_told",
        "aims",
        "asked",
        "dated",
        "governed",
        "names",
        "number",
        "path",
        "quiet",
        "ranked",
        "seasonal",
        "sentence",
        "shift",
        "sized",
        "span",
        "valued",
    )

    def __init__(self, ground: Ground, number: int, names: Sequence[Mention], asked: bool) -> None:
        text, reading = ground.text, ground.reading
        self._ground = ground
        self._around: Surroundings | None = None
        self._sense: Sense | None = None
        self.sentence = start, end = ground.sentences[number]
        self.number = number
        self.names = names
        self.asked = asked
        """Whether its names may have another answer than a value."""
        self.valued: set[int] = set()
        """Where the names stand that got a value, if it matters."""
        last = end - 1 if text[end - 1] == "\n" else end
        self.shift = shift = reading.shift(start, last)
        """How far ahead the source is, if it has all of the sentence in one piece."""
        if shift is not None:
            self.span = span_of((start + shift, last + shift))
            self.path = path = ground.outline.path(names[0][0] + shift)
        else:
            self.span = reading.span(start, last)
            self.path = path = ground.outline.path(reading.at(names[0][0]))
        told = parts = ranked = dated = False
        if signs := find_signs(text, start, end):
            told = not CUES.isdisjoint(signs)
            parts = not PARTS.isdisjoint(signs)
            ranked = not RANKS.isdisjoint(signs)
            dated = "年" in signs
        self._told = told
        self.dated = dated
        """Whether it names any time by its years."""
        self.ranked = ranked
        """Whether a place among others may be stated."""
        self.aims = text.find("目标", start, end) >= 0
        """Whether a target is called so."""
        self.seasonal = parts and _SEASON.search(text, start, end) is not None
        """Whether a part of a year is named anywhere."""
        self.sized = parts and SIZED.search(text, start, end) is not None
        """Whether anything is told by its size."""
        self.governed = governed = bool(ground.zones) and has_zone_near(text, start, end, ground.zones)
        """Whether a zone may be spoken of that was named before."""
        self.quiet = not (
            parts
            or governed
            or (path and zone_in(path[-1]))
            or (ground.region and ground.level < _COUNTY and may_support(text, start, end))
        )
        """Whether no name can be one of a part, but for the words before it in its clause."""

    @property
    def sense(self) -> Sense:
        if self._sense is None:
            self._sense = self._ground.clock.hear(self.number, *self.sentence, self._told)
        return self._sense

    @property
    def around(self) -> Surroundings:
        if self._around is None:
            ground = self._ground
            title = self.path[-1] if self.path else ""
            self._around = Surroundings(
                ground.text, *self.sentence, self.names, ground.zones, ground.level, title
            )
        return self._around
