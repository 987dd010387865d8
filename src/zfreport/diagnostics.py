"""What the parser noticed and passed over: coded, placed, never raised. A released code never changes meaning."""

from __future__ import annotations

from enum import Enum, StrEnum

from attrs import frozen

from .text import LineIndex, Span, width

__all__ = ["Code", "Diagnostic", "Severity"]


class Severity(StrEnum):
    """How much a diagnostic should worry the reader."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Code(Enum):
    """
    Every diagnostic there is: 1xx headings, 2xx whole reports, 3xx numbers, 4xx facts, 5xx metadata, 9xx plug-ins.

    The docstring under each member is its entry in the reference: what was noticed, and what to do about it.
    """

    ORDINAL_GAP = "ZF101"
    """A numbered heading skips an ordinal: three follows one. The printed number is kept."""
    ORDINAL_REPEAT = "ZF102"
    """A numbered heading repeats or goes back to an ordinal its siblings already had. The printed number is kept."""
    RESTART_WITHOUT_PARENT = "ZF103"
    """Numbering starts again at one and no heading was found above it: a parent heading is missing here."""
    LEVEL_SKIPPED = "ZF104"
    """A heading stands two or more levels below the one it is in."""
    MIXED_STYLES = "ZF105"
    """Siblings are numbered in different styles, or with unlike or wrong brackets."""
    BROKEN_LINE = "ZF106"
    """A heading was put together across a line break, or found inside a line whose break was lost."""
    LOW_CONFIDENCE = "ZF107"
    """A heading was accepted with confidence below one half: look before you use it."""
    SEVERAL_REPORTS = "ZF201"
    """The text holds more than one report; use `zfreport.parse_all`."""
    DUPLICATE_BODY = "ZF202"
    """A second copy of a body already read was set aside as a Block of role ``duplicate``."""
    DOUBTFUL_REPORT = "ZF203"
    """The text may not be a government work report at all: news, a resolution, a placeholder, a budget."""
    NO_HEADINGS = "ZF204"
    """No part or section heading was found; the paragraphs stand in one untitled Part."""
    CUT_OFF = "ZF205"
    """The text has a review, and ends without a plan or without a word to those who hear it: the rest may be missing."""
    NUMERAL_TOO_LONG = "ZF301"
    """A run of digits or numerals is too long to be a number and was not read."""
    NUMERAL_UNREADABLE = "ZF302"
    """Something written like a number could not be given a value."""
    RANGE_REVERSED = "ZF303"
    """A range whose first end is larger than its second; both ends are kept as printed, in order of size."""
    TARGET_UNPARSED = "ZF401"
    """A target is named, but its value could not be read with certainty; none is given."""
    TARGET_ABSENT = "ZF402"
    """The plan states no GDP growth target."""
    TARGET_CONFLICT = "ZF403"
    """
    The text gives two different values for one target; both stand, and the first is named here.

    Info, and no warning, where they may be of other things: two counts, or two units.
    """
    DISTRIBUTION_MISMATCH = "ZF404"
    """
    分别, or a bare list (2家、20家), joins unlike numbers of names and values; they were not paired.

    Info, and no warning, where there are as many names as values but not all of them are known.
    """
    YEAR_UNCERTAIN = "ZF501"
    """The year of the report follows from weak evidence, or the evidence disagrees."""
    REGION_AMBIGUOUS = "ZF502"
    """The name of the region fits several places; all are listed and none is chosen."""
    YEAR_MASKED = "ZF503"
    """Years are masked (20xx) and could not be told from the text, or were inferred from its own cues."""
    DETECTOR_FAILED = "ZF901"
    """A user's heading detector or veto raised an exception; the parse went on without what it would have said."""
    PATTERN_TIMEOUT = "ZF902"
    """A user's pattern ran too long and was stopped; the parse went on without it."""


@frozen
class Diagnostic:
    """
    One thing noticed about a text, and where.

    >>> d = Diagnostic(Code.ORDINAL_GAP, Severity.WARNING, Span(0, 3), "want 2, got 4")
    >>> print(d.render("（四）扩大内需", path="2024.txt"))
    2024.txt:1:1: ZF101 warning: want 2, got 4
      （四）扩大内需
      ^^^^^^
    """

    kind: Code
    """The member of `Code`; `code` is its number as text."""
    severity: Severity
    span: Span
    """Where, in `Report.source`."""
    message: str
    """What was expected and what was found."""

    @property
    def code(self) -> str:
        """``"ZF101"``, for logs, filters and tables."""
        return str(self.kind.value)

    def render(self, source: str, path: str = "", index: LineIndex | None = None) -> str:
        """A line for editors (path:line:column), then the place itself, underlined."""
        line, column = (index or LineIndex(source)).place(self.span.start)
        prefix = f"{path}:" if path else ""
        start = self.span.start - column + 1
        end = min(
            (i for i in (source.find("\n", start), source.find("\r", start)) if i >= 0), default=len(source)
        )
        left = max(start, self.span.start - 20)
        shown = source[left : min(end, left + 60)]
        stop = min(self.span.end, left + len(shown))
        marks = " " * width(source[left : self.span.start]) + "^" * max(
            1, width(source[self.span.start : stop])
        )
        return f"{prefix}{line}:{column}: {self.code} {self.severity}: {self.message}\n  {shown}\n  {marks}"
