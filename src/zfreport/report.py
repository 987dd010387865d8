"""`Report`: one parsed report. It holds the text and rows; everything else is made when it is first asked for."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain, starmap
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar, cast

from attrs import evolve, field, frozen

from .bridged import Bridged
from .collector import at_rest
from .diagnostics import Code, Diagnostic
from .errors import expect_whole, got
from .nodes import NOT_SAID, Annex, Evidence, Form, Kind, Leaf, LeafRole, Node, Part
from .shown import Shown
from .text import Span, span_of
from .tree import Row, build_nodes

if TYPE_CHECKING:
    from .attention import Attention
    from .explain import Explanation
    from .facts import Extraction, Fact, Pledge, Target, TargetReading, Task
    from .metadata import Metadata
    from .quantities import Quantity, Reference, Scan
    from .script import Variant

__all__ = ["Report"]

T = TypeVar("T")

# Members of an enumeration are looked up slowly in their class.
_PART, _BLOCK = Kind.PART, Kind.BLOCK
_FRONT = frozenset(("title", "session", "byline", "salutation", "opening"))


@frozen(kw_only=True, eq=False)
class Report(Shown):
    """
    One report: its text as given, its tree, its numbers, its facts.

    Reports compare by text, place and outline, hash, and pickle as text and rows.
    """

    kind: ClassVar[Kind] = Kind.REPORT

    source: str = field(repr=False)
    """The text exactly as given to `parse`; every offset points into it."""
    span: Span
    """Where this report lies in `source`: all of it, unless the text holds several."""
    _rows: tuple[Row, ...] = field(repr=False, default=())
    _noticed: tuple[Diagnostic, ...] = field(repr=False, default=())
    _options: tuple[tuple[str, Any], ...] = field(repr=False, default=())
    _gaps: tuple[Span, ...] = field(repr=False, default=())
    """Breaks and page furniture in mid-sentence, which numbers run over."""
    _made: dict[str, Any] = field(repr=False, factory=dict, init=False)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Report):
            return NotImplemented
        return (self.span, self._rows, self.source) == (other.span, other._rows, other.source)

    def __hash__(self) -> int:
        return hash((self.span, self.source))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (self.source, tuple(self.span), self._rows, self._noticed, self._options, self._gaps)

    def _once(self, name: str, make: Callable[[], T]) -> T:
        if name not in self._made:
            self._made[name] = at_rest(make)
        return cast(T, self._made[name])

    # ------------------------------------------------------------------ the tree

    @property
    def children(self) -> tuple[Node, ...]:
        """Parts and annexes and, before, between and after them, blocks."""
        return self._once("children", lambda: build_nodes(self.source, self._rows))

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts, in text order."""
        return tuple(node for node in self.children if isinstance(node, Part))

    @property
    def annexes(self) -> tuple[Annex, ...]:
        """The annexes, in text order."""
        return tuple(node for node in self.children if isinstance(node, Annex))

    @property
    def title(self) -> str:
        """The report's own title as printed, ``""`` if the text prints none."""
        known = self.metadata.title
        return known.value if known else ""

    @property
    def title_span(self) -> Span | None:
        """Where the title stands."""
        known = self.metadata.title
        return known.span if known else None

    @property
    def marker(self) -> None:
        """A report has no number."""
        return None

    @property
    def form(self) -> Form | None:
        """`Form.LINE` if the report has a title of its own."""
        return Form.LINE if self.title_span else None

    @property
    def confidence(self) -> float:
        """How sure it is that this is a government work report: low where a diagnostic doubts it."""
        return 0.4 if any(d.kind is Code.DOUBTFUL_REPORT for d in self._noticed) else 0.95

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        """What speaks for the title, with places."""
        known = self.metadata.title
        return known.evidence if known else ()

    @property
    def text(self) -> str:
        """The report's text exactly as given."""
        return self.source[self.span.start : self.span.end]

    def walk(self) -> Iterator[Node]:
        """Every node below the report, in text order."""
        for child in self.children:
            yield from child.walk()

    @property
    def leaves(self) -> tuple[Leaf, ...]:
        """The pieces that no node divides further: in order, they tile `span` exactly."""
        return self._once("leaves", lambda: tuple(_leaves(self)))

    def at(self, offset: int) -> Node | None:
        """The innermost node at *offset* of `source`; ``None`` between nodes. Raises `IndexError` outside `span`."""
        offset = expect_whole(offset, "at wants an offset as int")
        if not self.span.start <= offset < max(self.span.end, self.span.start + 1):
            raise IndexError(
                f"offset {offset} is outside the report, which is {self.span.start} to {self.span.end}"
            )
        found: Node | None = None
        level: tuple[Node, ...] = self.children
        while True:
            inner = next((n for n in level if n.span.start <= offset < n.span.end), None)
            if inner is None:
                return found
            found, level = inner, inner.children

    def path(self, node: Node) -> tuple[str, ...]:
        """The titles above *node*, outermost first, its own not included. Raises `ValueError` for a node of another text."""
        if not isinstance(getattr(node, "span", None), Span):
            raise TypeError(f"path wants a node, got {got(node)}; at(offset) gives the node at a place")
        if isinstance(node, Node) and node._source and node._source != self.source:
            raise ValueError(
                f"path wants a node of this report, got a {node.kind} of another text: {node.title!r}"
            )
        titles: list[str] = []
        level: tuple[Node, ...] = self.children
        while True:
            inner = next((n for n in level if n.span.covers(node.span)), None)
            if inner is None or inner == node or inner is node:
                return tuple(titles)
            if inner.title:
                titles.append(inner.title)
            level = inner.children

    # ------------------------------------------------------------------ what it says of itself

    @property
    def metadata(self) -> Metadata:
        """Title, level, region, years, session, speaker …, each with confidence and the words that prove it."""
        return self._metadata[0]

    @property
    def _metadata(self) -> tuple[Metadata, tuple[Diagnostic, ...]]:
        return self._once("metadata", self._read_metadata)

    def _read_metadata(self) -> tuple[Metadata, tuple[Diagnostic, ...]]:
        from .metadata import read_metadata

        top = [row for row in self._rows if row.parent < 0]
        parts = [row for row in top if row.kind is _PART]
        start = (
            parts[0].start
            if parts
            else next((row.end for row in reversed(top) if row.role in _FRONT), self.span.start)
        )
        end = parts[-1].end if parts else self.span.end
        titles = [span_of((row.title_start, row.title_end)) for row in parts if row.title_start >= 0]
        back = [span_of((row.start, row.end)) for row in top if row.kind is _BLOCK and row.start >= end]
        return read_metadata(self.source, self.span, Span(start, end), titles, back)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything noticed, in text order: headings, the report as a whole, metadata, numbers, targets."""
        return self._once(
            "diagnostics",
            lambda: tuple(
                sorted(
                    (
                        *self._noticed,
                        *self._metadata[1],
                        *self._scan.diagnostics,
                        *self._facts.diagnostics,
                        *self._targets.diagnostics,
                    ),
                    key=lambda d: (d.span, d.code),
                )
            ),
        )

    # ------------------------------------------------------------------ numbers

    @property
    def _scan(self) -> Scan:
        return self._once("scan", self._read_numbers)

    def _read_numbers(self) -> Scan:
        from .quantities import scan  # a caller who wants the tree alone does not wait for it

        left_out = [
            span_of((row.start, row.end)) for row in self._rows if row.kind is _BLOCK and row.role in NOT_SAID
        ]
        # asked for only if a number has no explanation
        known = chain((row.marker[3:] for row in self._rows if row.marker), left_out)
        # a number may run over a break or a page number
        gaps = [*self._gaps, *_out_of_sight(self.source, left_out)]
        if not gaps and not self.span.start:
            return _outside(scan(self.text, known=starmap(Span, known)), left_out)
        view = Bridged.over(self.source, self.span, sorted(gaps))
        found = scan(view.text, known=(Span(view.to(a), view.to(b)) for a, b in known))
        left_out = [Span(view.to(a), view.to(b)) for a, b in left_out]
        return _moved(_outside(found, left_out), view, self.source)

    @property
    def quantities(self) -> tuple[Quantity, ...]:
        """Every quantity, in text order; page furniture, second copies and other reports left out."""
        return self._scan.quantities

    @property
    def references(self) -> tuple[Reference, ...]:
        """Every number that is no quantity: dates, plans, sessions, names …, in text order."""
        return self._scan.references

    @property
    def unexplained(self) -> tuple[Span, ...]:
        """Digit runs and numerals that are neither quantity nor reference nor heading marker."""
        return self._scan.unexplained

    # ------------------------------------------------------------------ facts

    @property
    def _facts(self) -> Extraction:
        from .facts import read_facts

        return self._once("facts", lambda: read_facts(self))

    @property
    def _targets(self) -> TargetReading:
        from .facts import read_targets

        return self._once("targets", lambda: read_targets(self, self._facts))

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What the text states of known indicators: value or interval, actual, estimate or target, period, proof."""
        return self._facts.facts

    @property
    def targets(self) -> tuple[Target, ...]:
        """The targets among the facts, each once; the span of the plan part stands for an absent GDP target."""
        return self._targets.targets

    @property
    def pledges(self) -> tuple[Pledge, ...]:
        """The promised 民生实事, in order, with what each promises."""
        from .facts import find_pledges

        return self._once("pledges", lambda: tuple(find_pledges(self)))

    @property
    def tasks(self) -> tuple[Task, ...]:
        """The items of the plan as tasks, with office and deadline where the text prints them."""
        from .facts import find_tasks

        return self._once("tasks", lambda: tuple(find_tasks(self)))

    def attention(self, dictionary: Mapping[str, Iterable[str] | str] | Iterable[str]) -> Attention:
        """Counts of a user's words by part, section and item; see `zfreport.attention.attention`."""
        from .attention import attention

        return attention(self, dictionary)

    # ------------------------------------------------------------------ reasons, copies, exchange

    def explain(self, offset: int) -> Explanation:
        """Why the line at *offset* is a heading of its level, or why it is not, and the facts that stand there."""
        from .explain import explain

        return explain(self, offset)

    def simplified(self, variant: Variant = "t2s") -> str:
        """`text` in Simplified characters, for reading: offsets still fit, as no character is added or lost."""
        from .script import to_simplified

        return to_simplified(self.text, variant)

    def to_dict(self) -> dict[str, Any]:
        """The report as plain values; see the published JSON Schema. `zfreport.from_dict` reads it back."""
        from .render.exchange import to_dict

        return to_dict(self)

    def to_json(self, *, indent: int | None = None) -> str:
        """`to_dict` as JSON text, Chinese characters as they are."""
        from .render.exchange import to_json

        return to_json(self, indent=indent)


def _restore(
    source: str,
    span: tuple[int, int],
    rows: tuple[Row, ...],
    noticed: tuple[Diagnostic, ...],
    options: tuple[tuple[str, Any], ...],
    gaps: tuple[Span, ...],
) -> Report:
    return Report(source=source, span=Span(*span), rows=rows, noticed=noticed, options=options, gaps=gaps)


def _moved(found: Scan, view: Bridged, source: str) -> Scan:
    """A scan of a view with its places in *source*."""
    from .quantities.model import put

    for numbers in (found.quantities, found.references):
        put(numbers, view, source)
    return type(found)(
        found.quantities,
        found.references,
        tuple(map(view.back, found.unexplained)),
        tuple([evolve(d, span=view.back(d.span)) for d in found.diagnostics]),
    )


_IN_SIGHT: Final = 320
"""Characters that a number looks at on either side, with much to spare: the longest chain of numbers is shorter."""


def _out_of_sight(source: str, left_out: list[Span]) -> Iterator[Span]:
    """Whole lines of long blocks that are left out, so deep in them that no number outside sees any of it."""
    for start, end in left_out:
        if end - start > 4 * _IN_SIGHT:
            first = source.find("\n", start + _IN_SIGHT, end - _IN_SIGHT)
            last = source.rfind("\n", start + _IN_SIGHT, end - _IN_SIGHT)
            if first < last:
                yield Span(first, last)


def _outside(found: Scan, left_out: list[Span]) -> Scan:
    """A scan less what stands in *left_out*."""
    if not left_out:
        return found
    blocks = sorted(left_out)

    def outside(items: Sequence[T], span: Callable[[T], Any] = attrgetter("span")) -> tuple[T, ...]:
        kept: list[T] = []
        at = 0
        # by the stretches between the blocks: a report has hundreds of numbers, and a few such blocks, most without any
        for start, end in blocks:
            if at == len(items):
                break
            if span(items[at]) >= (end,):
                continue
            first = bisect_left(items, (start,), at, key=span)
            kept += items[at:first]
            at = bisect_left(items, (end,), first, key=span)
        return (*kept, *items[at:])

    return type(found)(
        outside(found.quantities),
        outside(found.references),
        outside(found.unexplained, lambda span: span),
        outside(sorted(found.diagnostics, key=attrgetter("span"))),
    )


def _leaves(report: Report) -> Iterator[Leaf]:
    source = report.source

    def rest(start: int, end: int, role: LeafRole) -> Iterator[Leaf]:
        if start < end:
            yield Leaf(Span(start, end), role if source[start:end].strip() else LeafRole.BLANK)

    def inside(node: Node) -> Iterator[Leaf]:
        at = node.span.start
        role = LeafRole.BLOCK if node.kind is Kind.BLOCK else LeafRole.BODY
        if node.title_span and node.title_span.end > at:
            heading = node.title_span.end
            if node.children:
                heading = min(heading, node.children[0].span.start)
            yield Leaf(Span(at, heading), LeafRole.HEADING)
            at = heading
        for child in node.children:
            yield from rest(at, child.span.start, role)
            yield from inside(child)
            at = child.span.end
        yield from rest(at, node.span.end, role)

    at = report.span.start
    for child in report.children:
        yield from rest(at, child.span.start, LeafRole.BLOCK)
        yield from inside(child)
        at = child.span.end
    yield from rest(at, report.span.end, LeafRole.BLOCK)
