"""Asking the detectors and the vetoes, line by line. Whatever a user's code does here, the parse goes on."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..diagnostics import Code, Diagnostic, Severity
from ..errors import got
from ..frame import Frame
from ..headings.chain import DetectorChain, PatternTimeoutError
from ..headings.lines import ANNEX_HINT, AnnexTitle, PartLine, SectionLine
from ..headings.model import Candidate, HeadingDetector, Veto
from ..headings.vetoes import NamedVeto
from ..layout import Line
from ..nodes import Form, Kind
from ..text import Span
from .model import Refusal

__all__ = ["Proposals"]

_ANNEX, _PART, _SECTION = AnnexTitle(), PartLine(), SectionLine()
_SHORT = 90
"""Characters up to which a line may be an un-numbered heading."""


_Test = Callable[[Line, Candidate], str | None]


def _test(veto: Veto) -> _Test:
    """What a veto asks: without its own method between, where that only passes the question on."""
    return veto.test if type(veto) is NamedVeto else veto.refuse


def _oddness(candidate: object, line: Line) -> str:
    """What is wrong with what a user's detector gave; empty if nothing."""
    if not isinstance(candidate, Candidate):
        return f"{got(candidate)}, where a Candidate is wanted"
    for what, place in (("title", candidate.title), ("marker", candidate.marker)):
        if place is None and what == "marker":
            continue
        if not isinstance(place, tuple) or len(place) != 2 or not 0 <= place[0] <= place[1] <= len(line.text):
            return f"a candidate whose {what} is {place!r}, on a line of {len(line.text)} characters (start, end)"
    if not isinstance(candidate.form, Form):
        return f"a candidate whose form is {got(candidate.form)}, no zfreport.nodes.Form"
    if candidate.kind is not None and not isinstance(candidate.kind, Kind):
        return f"a candidate whose kind is {got(candidate.kind)}, no zfreport.nodes.Kind"
    return ""


class Proposals:
    """The candidates of one report by line, and what was refused and noticed on the way."""

    def __init__(
        self, lines: Sequence[Line], frame: Frame, chain: DetectorChain, vetoes: Sequence[Veto]
    ) -> None:
        self.lines = lines
        self.frame = frame
        self.chain = chain
        self.refused: list[Refusal] = []
        self.diagnostics: list[Diagnostic] = []
        self.body = [i for i in range(frame.body, frame.tail) if i not in frame.roles]
        self.own_styles = frozenset(detector.name for detector in chain.users)
        """Styles of the user's own detectors, which need no number to be believed."""
        self.annex_at = frame.tail
        self._vetoes = [(veto.name, getattr(veto, "styles", None), _test(veto)) for veto in vetoes]
        self._vetoes_of: dict[str, list[tuple[str, _Test]]] = {}
        """By style, those that are about it."""
        self._failed: set[str] = set()
        self.found = self._ask_all()

    def _ask_all(self) -> dict[int, list[Candidate]]:
        found: dict[int, list[Candidate]] = {}
        chain = self.chain
        part, section, annex = ("part-line" in chain, "section-line" in chain, "annex-title" in chain)
        users = chain.users
        opening = chain._scan.opening
        firsts = None if users else chain._scan.firsts
        lines = self.lines
        for i in self.body:
            line = lines[i]
            text = line.text
            short = len(text) <= _SHORT
            if firsts is not None and not short and text[0] not in firsts:
                continue  # a paragraph
            here: list[Candidate] = []
            for detector in users:
                here += self._ask(detector, line)
            marked = opening(text)
            if marked is not None:
                here.append(marked)
            if short:
                if annex and ANNEX_HINT.search(text):
                    here += _ANNEX.detect(line)
                if part and not here:
                    here += _PART.detect(line)
                if section and marked is None and not (here and any(c.marker for c in here)):
                    here += _SECTION.detect(line)
            if here and (kept := [c for c in here if not self.vetoed(i, c)]):
                found[i] = kept
        return found

    def _ask(self, detector: HeadingDetector, line: Line) -> list[Candidate]:
        name = detector.name
        if name in self._failed:
            return []
        try:
            found = list(detector.detect(line))
            odd = next(filter(None, (_oddness(c, line) for c in found)), "")
            if not odd:
                return found
            self._fail(name, line, Code.DETECTOR_FAILED, f"detector {name!r} gave {odd}")
        except PatternTimeoutError as error:
            self._fail(name, line, Code.PATTERN_TIMEOUT, str(error))
        except Exception as error:  # a user's code: whatever it raises becomes a diagnostic
            self._fail(
                name, line, Code.DETECTOR_FAILED, f"detector {name!r} raised {type(error).__name__}: {error}"
            )
        return []

    def _fail(self, name: str, line: Line, code: Code, message: str) -> None:
        self._failed.add(name)
        self.diagnostics.append(Diagnostic(code, Severity.ERROR, Span(line.start, line.end), message))

    def vetoed(self, i: int, candidate: Candidate) -> bool:
        """Whether a veto refuses *candidate* on line *i*; the refusal is kept with its reason."""
        line = self.lines[i]
        style = candidate.style
        asked = self._vetoes_of.get(style)
        if asked is None:
            asked = self._vetoes_of[style] = [
                (name, test) for name, styles, test in self._vetoes if styles is None or style in styles
            ]
        failed = self._failed
        for name, test in asked:
            if failed and name in failed:
                continue
            try:
                reason = test(line, candidate)
            except Exception as error:
                self._fail(
                    name, line, Code.DETECTOR_FAILED, f"veto {name!r} raised {type(error).__name__}: {error}"
                )
                continue
            if reason:
                self.refuse(i, candidate, name, reason)
                return True
        return False

    def refuse(self, i: int, candidate: Candidate, rule: str, reason: str) -> None:
        """Keep a refusal, so that `Report.explain` can tell it."""
        self.refused.append((i, candidate, rule, reason))

    def next_line(self, i: int) -> int:
        """The next line behind *i* that is body; ``frame.tail`` if there is none."""
        j = i + 1
        while j < self.frame.tail and j in self.frame.roles:
            j += 1
        return j

    def line_before(self, i: int) -> int:
        """The body line in front of *i*; one before ``frame.body`` if there is none."""
        k = i - 1
        while k >= self.frame.body and k in self.frame.roles:
            k -= 1
        return k

    def words(self, i: int, candidate: Candidate) -> str:
        """The title of *candidate* as the line has it."""
        return self.lines[i].text[candidate.title[0] : candidate.title[1]]
