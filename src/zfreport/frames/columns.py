"""A report as columns: plain lists, one dict per table. What workers send back, and what every table is made of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Protocol

from attrs import frozen

from ..diagnostics import Code, Severity
from ..errors import expect, expect_name, expect_report, got
from ..nodes import Kind
from ..regions import Place, narrowed
from ..text import LineIndex
from .digest import digest
from .schema import TABLES, columns_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from ..facts import Fact, IndicatorTable, Pledge, Target, Task
    from ..nodes import Node
    from ..quantities import Quantity
    from ..report import Report
    from ..text import Span

__all__ = ["Columns", "Dictionary", "Origin", "Resolver", "check_words", "columns", "names_of_tables"]

Columns = dict[str, list[Any]]
"""One table of one report: name of a column → its cells."""

Dictionary = dict[str, tuple[str, ...]]
"""Topic → words."""

_SENTENCE = re.compile(r"[。！？!?\n\r]+[”’」』）)]?")
_CLAUSE = re.compile(r"[。；，、：:;！!？?\n\r]|(?<![0-9]),|,(?![0-9])")
_MARKER = re.compile(r"\s*[（(]?(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[）)、.．](?![0-9])")
_LONGEST = 600  # characters of a sentence shown: a text without full stops is one long sentence


class Resolver(Protocol):
    """
    Says which places a printed name may mean in a year: none, one, or several, among which nothing chooses.

    `zfreport.gazetteer.resolve` is one, by year. A function of that shape will do; for several processes it must pickle.
    """

    def __call__(self, name: str, year: int | None, /) -> Sequence[Place]:
        """The candidates for *name*, as printed, in *year*, if that is known."""


@frozen
class Origin:
    """Where a report came from; made by `zfreport.batch`, or left at its defaults."""

    file: str = ""
    number: int = 1
    """Of the report within its file."""
    format: str = ""
    encoding: str = ""
    lossy: bool = False
    place: Callable[[int], Any] | None = None
    """`Document.place`; without it only lines are known."""


def columns(
    report: Report,
    names: str | Iterable[str] = TABLES,
    *,
    origin: Origin | None = None,
    dictionary: Dictionary | None = None,
    resolver: Resolver | None = None,
    indicators: IndicatorTable | None = None,
) -> dict[str, Columns]:
    """
    The columns of some tables of one report, in the order of the schema; every list of a table is equally long.

    *dictionary* (topic → words) is that of `Report.attention`; without it the table ``attention`` has no rows.
    *resolver* says which places a name may mean, instead of the table of places that ships with zfreport. Of several those
    are kept whose places above the front of the report names. *indicators* is a table of your own, whose facts and targets
    stand in the tables in place of those of the built-in one.

    Raises `UnknownNameError` for an unknown table, `TypeError` for what is no report, dictionary, resolver or table.
    """
    expect_report(report, "columns")
    check_words(dictionary, resolver, indicators)
    writer = _Writer(report, origin or Origin(), dictionary, resolver, indicators)
    return {name: writer.table(name) for name in names_of_tables(names)}


def names_of_tables(names: str | Iterable[str]) -> tuple[str, ...]:
    """The names of some tables, or of one; refuses what is none."""
    if isinstance(names, str):
        names = (names,)
    expect(names, Iterable, "want names of tables, or one")
    wanted = tuple(names)
    for name in wanted:
        expect_name("table", name, TABLES)
    return wanted


def check_words(dictionary: object, resolver: object, indicators: object = None) -> None:
    """
    Refuse what is no dictionary of words, nothing to ask for places, or no table of indicators: once, not for every file of
    a folder.
    """
    if indicators is not None:
        from ..facts import IndicatorTable

        expect(
            indicators,
            IndicatorTable,
            "want a table of indicators",
            "; default_table().with_indicators(…) makes one",
        )
    if dictionary is not None:
        expect(dictionary, Iterable, "want a dictionary as topic → words")
    if resolver is not None and not callable(resolver):
        raise TypeError(
            f"want a resolver that can be called with a name and a year, as zfreport.gazetteer.resolve, got {got(resolver)}"
        )


class _Writer:
    def __init__(
        self,
        report: Report,
        origin: Origin,
        dictionary: Dictionary | None,
        resolver: Resolver | None,
        indicators: IndicatorTable | None,
    ) -> None:
        self.report = report
        self.origin = origin
        self.dictionary = dictionary
        self.resolver = resolver
        self.indicators = indicators
        self._read: tuple[tuple[Fact, ...], tuple[Target, ...]] | None = None
        index: list[LineIndex] = []

        def line(offset: int) -> tuple[None, None, int, None]:
            if not index:  # made when the first place is asked for
                index.append(LineIndex(report.source))
            return None, None, index[0].place(offset)[0], None

        def placed(offset: int) -> tuple[int | None, int | None, int | None, int | None]:
            place = origin.place(offset) if origin.place is not None else None
            return (place.page, place.paragraph, place.line, place.row) if place is not None else line(offset)

        self._place = line if origin.place is None else placed
        self._tree: _Tree | None = None
        self._ends: list[int] | None = None

    def table(self, name: str) -> Columns:
        known = columns_of(name)  # also refuses unknown names
        rows: list[dict[str, Any]] = getattr(self, f"_{name}")()
        for row in rows:
            row["file"] = self.origin.file
            row["report"] = self.origin.number
        return {c.name: [row.get(c.name) for row in rows] for c in known}

    # ------------------------------------------------------------------ helpers

    @property
    def tree(self) -> _Tree:
        if self._tree is None:
            self._tree = _Tree.of(self.report)
        return self._tree

    @property
    def facts(self) -> tuple[Fact, ...]:
        return self._of_ones_own()[0] if self.indicators is not None else self.report.facts

    @property
    def targets(self) -> tuple[Target, ...]:
        return self._of_ones_own()[1] if self.indicators is not None else self.report.targets

    def _of_ones_own(self) -> tuple[tuple[Fact, ...], tuple[Target, ...]]:
        if self._read is None:
            from ..facts.find import read_facts, read_targets

            read = read_facts(self.report, self.indicators)
            self._read = read.facts, read_targets(self.report, read).targets
        return self._read

    def _where(self, span: Span) -> dict[str, Any]:
        page, paragraph, line, row = self._place(span.start)
        return {
            "start": span.start,
            "end": span.end,
            "page": page,
            "paragraph": paragraph,
            "line": line,
            "row": row,
        }

    def _who(self) -> dict[str, Any]:
        metadata = self.report.metadata
        return {"region": _region(metadata), "plan_year": _of(metadata.plan_year)}

    def _front(self) -> str:
        """What stands before the first part: title, byline, opening. It may name the places above."""
        report = self.report
        return report.source[report.span.start : report.parts[0].span.start] if report.parts else ""

    def _words(self, span: Span, longest: int | None = None) -> str:
        end = span.end if longest is None else min(span.end, span.start + longest)
        return self.report.source[span.start : end]

    def _sentence(self, span: Span) -> str:
        source = self.report.source
        if self._ends is None:
            self._ends = [m.end() for m in _SENTENCE.finditer(source)]
        i = bisect_right(self._ends, span.start)
        start = max(self._ends[i - 1] if i else 0, span.start - _LONGEST)
        end = min(self._ends[i] if i < len(self._ends) else len(source), span.end + _LONGEST)
        return source[start : max(end, span.end)].strip()

    def _clauses(self, quantities: Sequence[Quantity], span: Span) -> str:
        """The clauses that hold *quantities*, each once: 新改建中小学8所 says what the 8 are of."""
        source = self.report.source
        found: list[str] = []
        marker = _MARKER.match(source, span.start, span.end)
        at = marker.end() if marker else span.start
        for q in quantities:
            if q.span.end <= at:  # in the clause before
                continue
            start = max((m.end() for m in _CLAUSE.finditer(source, at, q.span.start)), default=at)
            cut = _CLAUSE.search(source, q.span.end, span.end)
            at = cut.start() if cut else span.end
            found.append("".join(source[start:at].split()))
        return "；".join(found)

    # ------------------------------------------------------------------ the tables

    def _reports(self) -> list[dict[str, Any]]:
        report, metadata = self.report, self.report.metadata
        kinds = Counter(node.kind for node in report.walk() if node.kind is not Kind.ITEM or node.title)
        severities = Counter(d.severity for d in report.diagnostics)
        region = _of(metadata.region)
        candidates: Sequence[Place] = region.candidates if region is not None else ()
        if self.resolver is not None and region is not None:
            found = self.resolver(region.name, _of(metadata.plan_year))
            wanted = f"want a sequence of places of the resolver, of {region.name!r}"
            expect(found, Iterable, wanted)
            found = tuple(found)
            for place in found:
                expect(place, Place, wanted)
            candidates = narrowed(found, self._front())
        year = metadata.plan_year
        return [
            {
                "title": _of(metadata.title),
                "level": _text(_of(metadata.level)),
                "region": _region(metadata),
                "region_code": candidates[0].code if len(candidates) == 1 else "",
                "region_candidates": "|".join(f"{c.code} {''.join((*c.path, c.name))}" for c in candidates),
                "review_year": _of(metadata.review_year),
                "plan_year": _of(year),
                "year_inferred": year.inferred if year is not None else None,
                "year_confidence": year.confidence if year is not None else None,
                "horizon": _joined(_of(metadata.horizon)),
                "session": _joined(_of(metadata.session)),
                "delivered": _text(_of(metadata.delivered)),
                "published": _text(_of(metadata.published)),
                "speaker": _text(_of(metadata.speaker)),
                "office": _text(_of(metadata.office)),
                "issuer": _text(_of(metadata.issuer)),
                "index_number": _text(_of(metadata.index_number)),
                "start": report.span.start,
                "end": report.span.end,
                "characters": report.span.end - report.span.start,
                "parts": kinds[Kind.PART],
                "sections": kinds[Kind.SECTION],
                "items": kinds[Kind.ITEM],
                "quantities": len(report.quantities),
                "unexplained": len(report.unexplained),
                "facts": len(self.facts),
                "targets": len(self.targets),
                "pledges": len(report.pledges),
                "tasks": len(report.tasks),
                "warnings": severities[Severity.WARNING],
                "errors": severities[Severity.ERROR],
                "digest": digest(report),
                "format": self.origin.format,
                "encoding": self.origin.encoding,
                "lossy": self.origin.lossy,
                "doubtful": any(d.kind is Code.DOUBTFUL_REPORT for d in report.diagnostics),
            }
        ]

    def _nodes(self) -> list[dict[str, Any]]:
        source = self.report.source
        rows = []
        for number, (node, parent, depth, path) in enumerate(self.tree.entries):
            first = node.children[0].span.start if node.children else node.span.end
            title = getattr(node, "title_span", None)
            marker = getattr(node, "marker", None)
            rows.append(
                {
                    "node": number,
                    "parent": parent,
                    "depth": depth,
                    "kind": node.kind.value,
                    "role": _text(getattr(node, "role", None)),
                    "marker": marker.text if marker else "",
                    "number": marker.value if marker else None,
                    "title": getattr(node, "title", ""),
                    "path": path,
                    "form": _text(getattr(node, "form", None)),
                    "title_start": title.start if title else None,
                    "title_end": title.end if title else None,
                    "text": source[node.span.start : first].strip(),
                    "confidence": getattr(node, "confidence", None),
                    **self._where(node.span),
                }
            )
        return rows

    def _quantities(self) -> list[dict[str, Any]]:
        rows = []
        for q in self.report.quantities:
            number = self.tree.at(q.span.start)
            rows.append(
                {
                    "text": q.text,
                    **_value(q),
                    "unit": q.unit.symbol,
                    "approx": q.approx,
                    "kind": q.kind.value,
                    "role": q.role.value,
                    "parts": ":".join(f"{p:f}" for p in q.parts),
                    "scale": q.scale,
                    "sentence": self._sentence(q.span),
                    "path": self.tree.inside(number),
                    "node": number,
                    **self._where(q.span),
                    "rule": q.rule,
                    "confidence": q.confidence,
                }
            )
        return rows

    def _facts(self) -> list[dict[str, Any]]:
        return self._stated(self.facts)

    def _targets(self) -> list[dict[str, Any]]:
        return self._stated(self.targets)

    def _stated(self, facts: Sequence[Fact]) -> list[dict[str, Any]]:
        from ..facts.indicators import default_table

        table = (self.indicators or default_table()).indicators
        who = self._who()
        return [
            {
                **who,
                "indicator": f.indicator,
                "indicator_zh": table[f.indicator].name_zh if f.indicator in table else f.name,
                "name": f.name,
                "kind": _text(f.kind),
                **_value(f),
                "bound": f.bound.value,
                "unit": f.unit,
                "tone": f.tone.value,
                "wording": f.wording,
                "modality": f.modality.value,
                "horizon": f.horizon.value,
                "period": f.period,
                "basis": f.basis,
                "comparator": f.comparator,
                "tier": f.tier.value,
                "filter": f.filter,
                "parent": f.parent,
                "text": "" if f.bound == "absent" else self._words(f.span),  # its span is the whole plan
                "sentence": "" if f.bound == "absent" else self._words(f.sentence_span),
                "path": _path(f.path),
                **self._where(f.span),
                "rule": f.rule,
                "confidence": f.confidence,
            }
            for f in facts
        ]

    def _pledges(self) -> list[dict[str, Any]]:
        who = self._who()

        def row(p: Pledge) -> dict[str, Any]:
            return {
                **who,
                "number": p.number,
                "title": p.title,
                "text": p.text,
                "promises": self._clauses(p.promises, p.span),
                "office": p.office,
                "deadline": p.deadline,
                "path": _path(p.path),
                **self._where(p.span),
                "confidence": p.confidence,
            }

        return [row(p) for p in self.report.pledges]

    def _tasks(self) -> list[dict[str, Any]]:
        who = self._who()

        def row(number: int, t: Task) -> dict[str, Any]:
            return {
                **who,
                "number": number,
                "title": t.title,
                "numbers": self._clauses(t.quantities, t.span),
                "office": t.office,
                "deadline": t.deadline,
                "text": self._words(t.span),
                "path": _path(t.path),
                **self._where(t.span),
            }

        return [row(n, t) for n, t in enumerate(self.report.tasks, 1)]

    def _attention(self) -> list[dict[str, Any]]:
        if not self.dictionary:
            return []
        counted = self.report.attention(self.dictionary)
        who = self._who()
        return [
            {
                **who,
                "topic": topic,
                "kind": row.kind,
                "title": row.title,
                "path": _path(row.path),
                "role": row.role,
                "count": row.counts[topic],
                "characters": row.characters,
                "sentences": row.sentences,
                "items": row.items,
                "per_1000": row.per(topic),
                "start": row.span.start,
                "end": row.span.end,
            }
            for row in (counted.total, *counted.rows)
            for topic in counted.topics
        ]

    def _diagnostics(self) -> list[dict[str, Any]]:
        return [
            {
                "code": d.code,
                "severity": d.severity.value,
                "message": d.message,
                "text": self._words(d.span, 200),
                **self._where(d.span),
            }
            for d in self.report.diagnostics
        ]


@frozen
class _Tree:
    """The nodes in text order, each with the number of its parent, its depth and the titles above it."""

    entries: list[tuple[Any, int | None, int, str]]
    starts: list[int]

    @classmethod
    def of(cls, report: Report) -> _Tree:
        entries: list[tuple[Any, int | None, int, str]] = [(report, None, 0, "")]
        stack: list[tuple[Node, int, int, tuple[str, ...]]] = [
            (c, 0, 1, ()) for c in reversed(report.children)
        ]
        while stack:
            node, parent, depth, path = stack.pop()
            number = len(entries)
            entries.append((node, parent, depth, _path(path)))
            below = (*path, node.title) if node.title else path
            stack.extend((c, number, depth + 1, below) for c in reversed(node.children))
        return cls(entries, [e[0].span.start for e in entries])

    def at(self, offset: int) -> int:
        """The number of the innermost node at *offset*."""
        number: int | None = bisect_right(self.starts, offset) - 1
        while number:
            if self.entries[number][0].span.end > offset:
                return number
            number = self.entries[number][1]
        return 0

    def inside(self, number: int) -> str:
        """The titles above what lies in a node, its own included."""
        node, _, _, path = self.entries[number]
        title = getattr(node, "title", "") if number else ""
        return _path(tuple(filter(None, (path, title))))


def _path(titles: Sequence[str]) -> str:
    return " > ".join(titles)


def _value(stated: Any) -> dict[str, Any]:
    return {
        "low": stated.low,
        "high": stated.high,
        "low_closed": stated.low_closed if stated.low is not None else None,
        "high_closed": stated.high_closed if stated.high is not None else None,
    }


def _of(item: Any) -> Any:
    """The value of a piece of metadata; ``None`` if it is not known."""
    return None if item is None else item.value


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _joined(value: Any) -> str:
    """A pair as 17-3; what is unknown of it is left out."""
    if value is None:
        return ""
    parts = value if isinstance(value, tuple) else getattr(value, "__iter__", lambda: iter([value]))()
    return "-".join("" if p is None else str(p) for p in parts)


def _region(metadata: Any) -> str:
    region: Mapping[str, Any] | Any = _of(metadata.region)
    return _text(getattr(region, "name", region))
