"""From a text and its numbers to facts: which sentences state something, and the stages that each of them goes through."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter, itemgetter

from attrs import frozen

from ..diagnostics import Code, Diagnostic, Severity
from ..quantities import Quantity
from ..text import Span
from .ahead import may_lead
from .beside import is_beside, is_part, is_referent
from .binding import bind
from .bound import Binding, Mismatch, Value
from .here import Ground, Here
from .indicators import IndicatorTable, Mention, default_table
from .making import AIM_COMPARED, SET_ABOVE, make_facts, rank_fact, status_facts
from .meaning import fits
from .model import Bound, Fact, Modality, Target
from .naming import as_meant
from .outline import Outline
from .ranks import find_ranks
from .sense import Years
from .status import find_statuses, sign_places
from .valued import read_values

__all__ = ["Extraction", "extract"]

_CLAUSE = re.compile(r"[^,;:。\n]{0,60}")
_DIGIT = re.compile(r"\d")


@frozen
class Extraction:
    """Facts in text order, and what was noticed on the way."""

    facts: tuple[Fact, ...]
    diagnostics: tuple[Diagnostic, ...] = ()


def extract(
    source: str,
    quantities: Sequence[Quantity],
    outline: Outline = Outline(),  # noqa: B008
    years: Years = Years(),  # noqa: B008
    *,
    start: int = 0,
    end: int | None = None,
    table: IndicatorTable | None = None,
) -> Extraction:
    """
    The facts of ``source[start:end]``.

    *quantities* are those of the source, in order. Without an *outline* everything is read as done until a sentence
    that opens a list of targets.

    >>> from zfreport.quantities import find_quantities
    >>> text = "地区生产总值增长6%左右，城镇登记失业率控制在4.5%以内。"
    >>> [(f.indicator, str(f.bound)) for f in extract(text, find_quantities(text)).facts]
    [('gdp', 'about'), ('unemployment_registered', 'at_most')]
    """
    return _Extractor(Ground(source, outline, years, start, end, table or default_table()), quantities).run()


def _mismatch(odd: Mismatch, place: Span) -> Diagnostic:
    """Values that were given to no names: as many as there are things, or not."""
    if odd.names == odd.values:
        message = f"{odd.values} values, and not all of their names are known"
        return Diagnostic(Code.DISTRIBUTION_MISMATCH, Severity.INFO, place, message)
    message = f"{odd.names} {'name' if odd.names == 1 else 'names'} and {odd.values} values"
    return Diagnostic(Code.DISTRIBUTION_MISMATCH, Severity.WARNING, place, message)


class _Extractor:
    def __init__(self, ground: Ground, quantities: Sequence[Quantity]) -> None:
        self.ground = ground
        self.table, self.traits, self.clock = ground.table, ground.traits, ground.clock
        self.text, self.bounds, self.sentences = ground.text, ground.bounds, ground.sentences
        self.values = read_values(ground.reading, quantities)
        self.placed = self._placed()
        """The numbers of sentences in which something has a place among others, 全省第三."""

    def run(self) -> Extraction:
        # Stage by stage and not sentence by sentence: the code of a stage stays in the processor's cache.
        ground, text, traits = self.ground, self.text, self.traits
        worded = self._worded()
        named = self._named(worded)
        bound = [
            bind(text, self.sentences[number][0], names, values, traits) for number, names, values in named
        ]
        self._look_back(named, bound)
        listed = self.clock.listed
        answering = worded | listed  # where a name may have another answer than a value
        stated = []
        for (number, names, values), (bindings, mismatches) in zip(named, bound, strict=True):
            asked = number in answering
            if bindings or mismatches or asked or number in self.placed:
                stated.append((Here(ground, number, names, asked), values, bindings, mismatches))
        senses = [here.sense if bindings else None for here, _, bindings, _ in stated]
        facts: list[Fact] = []
        for (here, _, bindings, _), sense in zip(stated, senses, strict=True):
            if sense is not None:
                make_facts(ground, here, sense, bindings, facts)
        for here, values, bindings, mismatches in stated:
            if here.ranked and (bindings or here.number in self.placed):
                for rank in find_ranks(text, *here.sentence, bindings, here.names):
                    facts.append(rank_fact(ground, rank, here))
            for odd in mismatches:
                ground.notice(here, _mismatch(odd, ground.reading.span(odd.start, odd.end)))
            if here.number in worded:
                facts += self._worded_only(here)
            if values and here.number in listed:
                facts += self._unread(here, values)
        facts.sort(key=attrgetter("span"))
        ground.noticed.sort(key=itemgetter(0))  # stable
        return Extraction(tuple(facts), tuple([odd for _, odd in ground.noticed]))

    def _look_back(
        self,
        named: Sequence[tuple[int, list[Mention], list[Value]]],
        bound: Sequence[tuple[list[Binding], list[Mismatch]]],
    ) -> None:
        """税收增长4%。其中，工业税收增长7%。: the parts of what the sentence before spoke of last."""
        text, sentences = self.text, self.sentences
        for i in range(1, len(named)):
            number = named[i][0]
            start = sentences[number][0]
            if not text.startswith("其中", start) or named[i - 1][0] != number - 1 or text[start - 1] == "\n":
                continue
            before, (bindings, _) = bound[i - 1][0], bound[i]
            for j, (id, name, value, gap, verb, like, left, prefix, clause, parent, rule, sure) in enumerate(
                bindings
            ):
                if (
                    parent
                    or not before
                    or not is_part(id, of := before[-1][0])
                    or (id == of and prefix.known)
                ):
                    break
                bindings[j] = (id, name, value, gap, verb, like, left, prefix, clause, of, rule, sure)

    def _named(self, worded: set[int]) -> list[tuple[int, list[Mention], list[Value]]]:
        """The sentences that may state something: their number, names and values."""
        find, text, values, bounds = self.table.mentions, self.text, self.values, self.bounds
        entire = worded | self.placed  # read to their ends, and with no value too
        held: dict[int, list[Value]] = {number: [] for number in entire}
        j, many = 0, bisect_left(values, (bounds[-1],))
        while j < many:
            first = j
            number = bisect_right(bounds, values[first][0]) - 1
            j = bisect_left(values, (bounds[number + 1],), first)
            held[number] = values[first:j]
        out = []
        for number in sorted(held):
            mine = held[number]
            start, end = bounds[number], bounds[number + 1]
            if number not in entire:
                # behind the last value no name can have one, but in 新增26家规上工业企业、10家高新技术企业
                last = mine[-1]
                if not may_lead(text, start, last):
                    end = last[1]
            names = find(text, start, end)
            if names:
                out.append((number, as_meant(self.table, text, names, start, bounds[number + 1]), mine))
        return out

    def _placed(self) -> set[int]:
        text = self.text
        found = set()
        at = text.find("第")
        while at >= 0:
            if text[at - 2] == "全" and at > 1:
                found.add(bisect_right(self.bounds, at) - 1)
            at = text.find("第", at + 1)
        return found

    def _worded(self) -> set[int]:
        """Sentences about the future that may set a target in words."""
        ahead = self.clock.ahead
        if not ahead:
            return set()
        bounds = self.bounds
        places = sign_places(self.text, bounds[ahead[0]], bounds[ahead[-1] + 1])
        signed = {bisect_right(bounds, i) - 1 for i in places}
        return (signed | self.clock.listed).intersection(ahead)

    def _worded_only(self, here: Here) -> Iterator[Fact]:
        valued = here.valued
        listed = here.number in self.clock.listed
        for status in find_statuses(self.text, *here.sentence, here.names, valued, listed):
            state = here.sense.state(status.start)
            if state.modality is Modality.TARGET:
                valued.update(name.start for name in status.names)
                yield from status_facts(self.ground, status, here, state)

    def _is_of_others(self, name: Mention, end: int, values: Sequence[Value]) -> bool:
        """进出口实绩企业100家: what is counted is not what is named."""
        # of a long sentence only those are looked at
        first, stop = (bisect_left(values, at, key=itemgetter(0)) for at in (name.end, end))
        return first < stop and all(
            q.kind == "count" and not any(fits(self.traits[id], q) for id in name.ids)
            for _, _, q in values[first:stop]
        )

    def _unread(self, here: Here, values: Sequence[Value]) -> Iterator[Fact]:
        """Names in a list of targets that a number follows and that got none: no guess, and a word about it."""
        start, end = here.sentence
        ends = [*(n.start for n in here.names[1:]), end]
        for name, stop in zip(here.names, ends, strict=True):
            if name.start in here.valued or not name.ids or self.traits[name.ids[0]].family:
                continue
            clause = _CLAUSE.match(self.text, name.end, stop)
            if clause is None or not _DIGIT.search(clause[0]) or is_referent(self.text, start, name.start):
                continue
            if AIM_COMPARED.match(self.text, name.end):
                continue
            if SET_ABOVE.search(self.text, max(start, name.start - 24), name.start):
                continue
            if is_beside(self.text, start, name) or self._is_of_others(name, clause.end(), values):
                continue
            state = here.sense.state(name.start)
            place = self.ground.reading.span(name.start, clause.end())
            message = f"{self.text[name.start : name.end]} is named and its value could not be read"
            self.ground.notice(here, Diagnostic(Code.TARGET_UNPARSED, Severity.WARNING, place, message))
            yield Target(
                indicator=name.whole or name.ids[0],
                name=self.text[name.start : name.end],
                kind=None,
                bound=Bound.UNPARSED,
                wording=clause[0],
                modality=state.modality,
                horizon=state.horizon,
                period=state.period,
                span=place,
                sentence_span=here.span,
                path=here.path,
                rule="unparsed",
                confidence=0.3,
            )
