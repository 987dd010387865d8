"""The ordered, immutable set of detectors that a parse uses, and rules declared as data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs
from attrs import field, frozen

from ..errors import UnknownNameError, ZfreportError, expect, expect_name, got, nearest
from ..layout import Line, lay_out
from ..nodes import Form, Kind
from .leads import LeadSentence
from .lines import AnnexTitle, PartLine, SectionLine
from .markers import MARKER_STYLES, MarkerScan, MarkerStyle, title_of
from .model import Candidate, HeadingDetector
from .ordinals import ordinal

__all__ = ["DEFAULT", "DetectorChain", "PatternTimeoutError", "RegexHeading", "installed"]

ENTRY_POINTS = "zfreport.detectors"
"""The entry-point group by which other packages offer detectors; `installed` loads them."""


def _detectors(members: Iterable[HeadingDetector]) -> tuple[HeadingDetector, ...]:
    expect(members, Iterable, "a chain wants detectors in a tuple")
    found = tuple(members)
    for number, member in enumerate(found, 1):
        if (
            isinstance(member, type)
            or not isinstance(getattr(member, "name", None), str)
            or not callable(getattr(member, "detect", None))
        ):
            call = f": make one of it, {member.__name__}(…)" if isinstance(member, type) else ""
            raise TypeError(
                f"a detector has a name and a method detect(line); number {number} of the chain is {got(member)}{call}"
            )
    return found


@frozen
class DetectorChain:
    """
    An ordered, immutable set of detectors; every edit returns a new chain.

    >>> DEFAULT.without("dash").before("cjk-comma", RegexHeading("bullet", r"●(?P<title>.+)", examples=("●稳增长",))).names[3:6]
    ('tiangan', 'bullet', 'cjk-comma')
    """

    detectors: tuple[HeadingDetector, ...] = field(
        converter=_detectors, repr=lambda members: f"<{len(members)}: {', '.join(d.name for d in members)}>"
    )
    _scan: MarkerScan = field(init=False, repr=False, eq=False)
    _others: tuple[HeadingDetector, ...] = field(init=False, repr=False, eq=False)
    names: tuple[str, ...] = field(init=False, repr=False, eq=False)
    """The detectors' names, in order."""

    def __attrs_post_init__(self) -> None:
        names = tuple(d.name for d in self.detectors)
        twice = sorted({n for n in names if names.count(n) > 1})
        if twice:
            raise ZfreportError(f"a chain holds each detector once; given twice: {', '.join(twice)}")
        object.__setattr__(self, "names", names)
        styles = tuple(d for d in self.detectors if isinstance(d, MarkerStyle))
        object.__setattr__(self, "_scan", MarkerScan(styles))
        object.__setattr__(
            self,
            "_others",
            tuple(
                d
                for d in self.detectors
                if not isinstance(d, MarkerStyle | PartLine | SectionLine | AnnexTitle | LeadSentence)
            ),
        )

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def __getitem__(self, name: str) -> HeadingDetector:
        return self.detectors[self._index(name)]

    def _index(self, name: str) -> int:
        try:
            return self.names.index(name)
        except ValueError:
            raise UnknownNameError("detector", name, self.names) from None

    def before(self, anchor: str, new: HeadingDetector) -> DetectorChain:
        """A chain with *new* in front of *anchor*; raises `UnknownNameError` if there is no such detector."""
        i = self._index(anchor)
        return DetectorChain((*self.detectors[:i], new, *self.detectors[i:]))

    def after(self, anchor: str, new: HeadingDetector) -> DetectorChain:
        """A chain with *new* behind *anchor*."""
        i = self._index(anchor) + 1
        return DetectorChain((*self.detectors[:i], new, *self.detectors[i:]))

    def replace(self, name: str, new: HeadingDetector) -> DetectorChain:
        """A chain with *new* in the place of *name*."""
        i = self._index(name)
        return DetectorChain((*self.detectors[:i], new, *self.detectors[i + 1 :]))

    def without(self, *names: str) -> DetectorChain:
        """A chain without these detectors: what they alone would have seen is not seen."""
        gone = {self._index(name) for name in names}
        return DetectorChain(tuple(d for i, d in enumerate(self.detectors) if i not in gone))

    def opening(self, line: Line) -> Candidate | None:
        """What the built-in marker styles see at the start of *line*, in one shared scan."""
        return self._scan.opening(line.text)

    def inside(self, line: Line) -> list[Candidate]:
        """What they see behind full stops inside *line*."""
        return self._scan.inside([line.text]).get(0, [])

    @property
    def users(self) -> tuple[HeadingDetector, ...]:
        """The detectors that are not built in: asked line by line, in order, before the built-in ones."""
        return self._others


class PatternTimeoutError(ZfreportError):
    """A user's pattern ran longer than its time limit on one line."""

    def __init__(self, name: str, seconds: float) -> None:
        super().__init__(name, seconds)
        self.name = name
        self.seconds = seconds

    def __str__(self) -> str:
        return f"pattern {self.name!r} ran longer than {self.seconds} s on one line"


_GROUPS = ("title", "marker", "number")


def _texts(examples: Iterable[str]) -> tuple[str, ...]:
    if isinstance(examples, str):  # a tuple of its characters would be taken
        raise TypeError(f"examples are a tuple of lines, got {got(examples)}: write ({examples!r},)")
    expect(examples, Iterable, "examples are a tuple of lines")
    found = tuple(examples)
    for example in found:
        expect(example, str, "an example is a line as str")
    return found


def _kind(kind: Kind | str | None) -> Kind | None:
    return kind if kind is None or isinstance(kind, Kind) else _member(Kind, "kind of heading", kind)


def _form(form: Form | str | None) -> Form | None:
    return form if form is None or isinstance(form, Form) else _member(Form, "form of heading", form)


def _member(of: Any, what: str, name: object) -> Any:
    expect_name(what, name, [member.value for member in of])
    return of(name)


@frozen
class RegexHeading:
    """
    A heading style declared as data. Its examples and counter-examples run when it is built.

    *pattern* is matched at the start of a line with the ``regex`` library and a time limit; its groups ``title`` and
    (optionally) ``marker`` and ``number`` say where the words and the printed number stand. Without a ``title`` group
    the title is what follows the match up to the first full stop.

    >>> RegexHeading("task", r"任务(?P<number>[一二三四五六七八九十]+)[：:]", examples=("任务三：稳就业",), counterexamples=("任务艰巨",)).name
    'task'
    >>> RegexHeading("task", r"任务(?P<number>[一二三])[：:]", examples=("任务十一：稳就业",))
    Traceback (most recent call last):
    zfreport.errors.ZfreportError: rule 'task' does not match its own example '任务十一：稳就业'

    Raises `ZfreportError` for a pattern that is none, and says where it goes wrong; `UnknownNameError` for an unknown
    *kind* or *form*; `TypeError` and `ValueError` for other odd arguments.
    """

    name: str
    pattern: str
    rank: int = 25
    """Usual depth: 0 a part, 10 一、, 20 （一）, 30 1., 60 an item."""
    kind: Kind | None = field(default=None, converter=_kind)
    form: Form | None = field(default=None, converter=_form)
    examples: tuple[str, ...] = field(default=(), converter=_texts, kw_only=True)
    counterexamples: tuple[str, ...] = field(default=(), converter=_texts, kw_only=True)
    weight: float = field(default=0.9, kw_only=True)
    """From 0 to 1: how sure a match makes of the heading."""
    timeout: float = field(default=0.1, kw_only=True)
    """Seconds that the pattern may take on one line."""

    def __attrs_post_init__(self) -> None:
        self._check()
        for example in self.examples:
            if not any(True for _ in self.detect(_line(example))):
                raise ZfreportError(f"rule {self.name!r} does not match its own example {example!r}")
        for example in self.counterexamples:
            if any(True for _ in self.detect(_line(example))):
                raise ZfreportError(f"rule {self.name!r} matches its counter-example {example!r}")

    def _check(self) -> None:
        import regex

        if not isinstance(self.name, str) or not self.name:
            raise TypeError(f"a rule wants a name as str, got {got(self.name)}")
        rule = f"rule {self.name!r}"
        expect(self.pattern, str, f"{rule} wants a pattern as str")
        if not self.pattern:
            raise ZfreportError(f"{rule} wants a pattern, got an empty one, which every line matches")
        try:
            groups = regex.compile(self.pattern).groupindex
        except regex.error as error:
            pos: int | None = getattr(error, "pos", None)
            at = len(self.pattern) if pos is None else pos
            where = f"at {at}, before {self.pattern[at : at + 10]!r}" if self.pattern[at:] else "at the end"
            raise ZfreportError(
                f"{rule}: {getattr(error, 'msg', error)} {where} of its pattern {self.pattern!r}"
            ) from None
        for group in groups:
            if group not in _GROUPS and (near := nearest(group, _GROUPS)):  # other groups serve the pattern
                raise ZfreportError(f"{rule}: its pattern has a group {group!r}{near}")
        for what, value in (("rank", self.rank), ("weight", self.weight), ("timeout", self.timeout)):
            expect(value, int | float, f"{rule} wants a number for {what}")
        if not 0 <= self.weight <= 1:
            raise ValueError(f"{rule} wants a weight from 0 to 1, got {self.weight}")
        if self.timeout <= 0:
            raise ValueError(f"{rule} wants a timeout of some seconds, got {self.timeout}")

    def detect(self, line: Line, /) -> Iterable[Candidate]:
        """At most one candidate, at the start of the line. Raises `PatternTimeoutError` if the pattern runs away."""
        import regex

        try:
            match = regex.compile(self.pattern).match(line.text, timeout=self.timeout)
        except TimeoutError:
            raise PatternTimeoutError(self.name, self.timeout) from None
        if not match:
            return
        groups = match.groupdict()
        if groups.get("title") is not None:
            title = match.span("title")
            form = Form.LINE if title[1] >= len(line.text.rstrip("。：:　 ")) else Form.RUNIN
        else:
            title, form = title_of(line.text, match.end())
        marker = (
            match.span("marker")
            if groups.get("marker")
            else match.span("number")
            if groups.get("number")
            else None
        )
        number = groups.get("number")
        yield Candidate(
            self.name,
            title,
            marker,
            ordinal(number) if number else None,
            self.form or form,
            self.rank,
            self.kind,
            self.weight,
            match[0],
        )


def _line(text: str) -> Line:
    lines = lay_out(text)
    return lines[0] if lines else Line("", 0, 0)


DEFAULT = DetectorChain((*MARKER_STYLES, AnnexTitle(), PartLine(), SectionLine(), LeadSentence()))
"""The built-in chain."""


def installed(chain: DetectorChain = DEFAULT) -> DetectorChain:
    """
    *chain* with the detectors that installed packages offer (entry-point group ``zfreport.detectors``) behind it.

    Nothing is loaded unless this is called: importing a package never changes a parse.
    """
    from importlib.metadata import entry_points

    found = [point.load() for point in sorted(entry_points(group=ENTRY_POINTS), key=lambda p: p.name)]
    detectors = [item() if isinstance(item, type) else item for item in found]
    return attrs.evolve(chain, detectors=(*chain.detectors, *detectors)) if detectors else chain
