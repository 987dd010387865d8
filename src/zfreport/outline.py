"""
Candidates become a tree: the resolver.

A marker is not a level. The resolver looks at the whole report: which numbering families there are, which one starts
again inside which, where a number continues and where it cannot. It keeps what it refused, with the reason.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from attrs import define, evolve, field

from .diagnostics import Code, Diagnostic, Severity
from .frame import Frame
from .furniture import SALUTATION
from .headings.chain import DetectorChain, PatternTimeoutError
from .headings.leads import first_sentence
from .headings.lines import AnnexTitle, PartLine, SectionLine
from .headings.markers import title_of
from .headings.model import Candidate, Veto
from .headings.wording import PART, part_wording
from .layout import Line
from .nodes import BlockRole, Form, Kind
from .text import Span

__all__ = ["Head", "Outline", "resolve"]

PARAGRAPH = 60
"""Characters from which a line is a paragraph rather than a heading."""

_BODY = 30
"""Characters from which the line below an un-numbered heading is its body."""

_RANK_PART = 5
_RANK_REFRAIN = 48
_RANK_LINE = 50


@define
class Head:
    """A heading that was accepted, on its way into the tree."""

    line: int
    candidate: Candidate
    rank: int
    kind: Kind = Kind.SECTION
    depth: int = 0
    confidence: float = 0.9
    title_line: int | None = None
    """The line of the title, where it stands below its marker (附件1 ⏎ 名词解释)."""
    reasons: list[tuple[str, int, int, str]] = field(factory=list)

    @property
    def style(self) -> str:
        return self.candidate.style

    @property
    def value(self) -> int | None:
        return self.candidate.value


@define
class Outline:
    """What the resolver found: headings in order with their depth, refused candidates, diagnostics."""

    heads: list[Head]
    refused: list[tuple[int, Candidate, str, str]]
    """(line, candidate, rule, reason)."""
    diagnostics: list[Diagnostic]
    dividers: set[int] = field(factory=set)
    """Lines (各位代表！…) that close a section back to its part."""
    annex_at: int = 0
    body: list[int] = field(factory=list)
    untitled: bool = False
    """Whether the body before the first part, or all of it, needs a Part without a title."""


def resolve(
    lines: Sequence[Line], frame: Frame, chain: DetectorChain, vetoes: Sequence[Veto]
) -> Outline:
    """The headings of one report, in order, each with its depth and kind."""
    return _Resolver(lines, frame, chain, vetoes).run()


class _Resolver:
    def __init__(self, lines: Sequence[Line], frame: Frame, chain: DetectorChain, vetoes: Sequence[Veto]) -> None:
        self.lines = lines
        self.frame = frame
        self.chain = chain
        self.vetoes = vetoes
        self.refused: list[tuple[int, Candidate, str, str]] = []
        self.diagnostics: list[Diagnostic] = []
        self.failed: set[str] = set()
        self.body = [i for i in range(frame.body, frame.tail) if i not in frame.roles]

    # ------------------------------------------------------------------ proposals

    def _candidates(self) -> dict[int, list[Candidate]]:
        found: dict[int, list[Candidate]] = {}
        users = self.chain.users
        part = "part-line" in self.chain
        section = "section-line" in self.chain
        annex = "annex-title" in self.chain
        for i in self.body:
            line = self.lines[i]
            here: list[Candidate] = []
            for detector in users:
                here.extend(self._ask(detector, line))
            here.extend(self.chain.opening(line))
            if len(line.text) <= 90:
                if annex:
                    here.extend(AnnexTitle().detect(line))
                if part and not here:
                    here.extend(PartLine().detect(line))
                if section and not any(c.marker for c in here):
                    here.extend(SectionLine().detect(line))
            if here:
                kept = [c for c in here if not self._vetoed(i, line, c)]
                if kept:
                    found[i] = kept
        return found

    def _ask(self, detector: object, line: Line) -> list[Candidate]:
        name = str(getattr(detector, "name", type(detector).__name__))
        if name in self.failed:
            return []
        try:
            return list(detector.detect(line))  # type: ignore[attr-defined]
        except PatternTimeoutError as error:
            self._failed(name, line, Code.PATTERN_TIMEOUT, str(error))
        except Exception as error:  # a user's code: whatever it raises becomes a diagnostic
            self._failed(name, line, Code.DETECTOR_FAILED, f"detector {name!r} raised {type(error).__name__}: {error}")
        return []

    def _failed(self, name: str, line: Line, code: Code, message: str) -> None:
        self.failed.add(name)
        self.diagnostics.append(Diagnostic(code, Severity.ERROR, Span(line.start, line.end), message))

    def _vetoed(self, i: int, line: Line, candidate: Candidate) -> bool:
        for veto in self.vetoes:
            name = str(getattr(veto, "name", type(veto).__name__))
            if name in self.failed:
                continue
            try:
                reason = veto.refuse(line, candidate)
            except Exception as error:
                self._failed(name, line, Code.DETECTOR_FAILED, f"veto {name!r} raised {type(error).__name__}: {error}")
                continue
            if reason:
                self.refused.append((i, candidate, name, reason))
                return True
        return False

    # ------------------------------------------------------------------ run

    def run(self) -> Outline:
        found = self._candidates()
        annex_at = self._annex_start(found)
        heads = self._numbered(found, annex_at)
        heads = self._lost_breaks(heads, annex_at)
        heads = self._with_parts(heads, found, annex_at)
        heads = self._with_lines(heads, found, annex_at)
        untitled = self._levels(heads)
        heads.extend(self._annexes(found, annex_at))
        return Outline(heads, self.refused, self.diagnostics, untitled=untitled, annex_at=annex_at, body=self.body)

    def _refuse(self, i: int, candidate: Candidate, rule: str, reason: str) -> None:
        self.refused.append((i, candidate, rule, reason))

    # ------------------------------------------------------------------ numbered headings

    def _numbered(self, found: dict[int, list[Candidate]], annex_at: int) -> list[Head]:
        heads: list[Head] = []
        for i in self.body:
            if i >= annex_at:
                break
            for c in found.get(i, ()):
                if c.marker is None or c.style == "annex-title":
                    continue
                if c.style == "note":
                    self._refuse(i, c, "note-mark", "a note mark outside a glossary")
                    continue
                head = Head(i, c, c.rank, c.kind or Kind.SECTION, confidence=c.weight, reasons=[(c.style, *c.marker, c.detail)])
                if c.title[0] >= c.title[1] and c.marker[1] >= len(self.lines[i].text):
                    below = self._next(i)
                    if below >= annex_at or len(self.lines[below].text) > PARAGRAPH or found.get(below, [c])[0].marker:
                        self._refuse(i, c, "split-marker", "a number alone on its line, and no title below it")
                        break
                    head.title_line = below
                    head.confidence = 0.7
                heads.append(head)
                break
        heads = self._keep_series(heads, "cjk-bare")
        for style in ("shi", "yao", "ordinal-word", "cjk-half-paren", "arabic-half-paren", "arabic-dot"):
            heads = self._keep_series(heads, style)
        return heads

    def _keep_series(self, heads: list[Head], style: str) -> list[Head]:
        """Of a style that single words can imitate, keep only heads that count on from one another."""
        mine = [h for h in heads if h.style == style]
        if not mine:
            return heads
        good: set[int] = set()
        run: list[Head] = []
        strict = style in ("cjk-bare",)
        def close(run: list[Head]) -> None:
            if len(run) >= 2 and (not strict or run[0].value == 1):
                good.update(id(h) for h in run)
        for h in mine:
            last = run[-1].value if run else None
            if last is not None and h.value is not None and (h.value == last + 1 or (not strict and last < h.value <= last + 2)):
                run.append(h)
            else:
                close(run)
                run = [h]
        close(run)
        if style in ("arabic-dot",):  # a single 1. may stand where the rest was lost; keep it, but with less trust
            for h in mine:
                if id(h) not in good and h.value == 1 and h.candidate.form is Form.LINE:
                    good.add(id(h))
        for h in mine:
            if id(h) not in good:
                self._refuse(h.line, h.candidate, "series", f"{h.candidate.detail!r} stands alone: no heading counts on from it")
        return [h for h in heads if h.style != style or id(h) in good]

    def _lost_breaks(self, heads: list[Head], annex_at: int) -> list[Head]:
        """Headings inside a paragraph, where a line break was lost: only where the number counts on."""
        extra: list[Head] = []
        by_line: dict[int, Head] = {h.line: h for h in heads}
        last: dict[str, int] = {}
        nexts: dict[str, list[tuple[int, int]]] = {}
        for h in heads:
            if h.value is not None:
                nexts.setdefault(h.style, []).append((h.line, h.value))
        for i in self.body:
            if i >= annex_at:
                break
            own = by_line.get(i)
            if own and own.value is not None:
                last[own.style] = own.value
                for style in list(last):
                    if _base_rank(style) > own.rank:
                        del last[style]
            line = self.lines[i]
            if len(line.text) < 30:
                continue
            inside = list(self.chain.inside(line))
            if not inside:
                continue
            for run in _runs(inside):
                for c in self._accept_inside(i, run, last, nexts, own is not None):
                    extra.append(Head(i, c, c.rank, c.kind or Kind.SECTION, confidence=0.6, reasons=[(c.style, *(c.marker or (0, 0)), "inside a paragraph, counts on")]))
                    if c.value is not None and c.style not in ("shi", "yao", "ordinal-word"):
                        last[c.style] = c.value
                        if c.rank <= 20:
                            self.diagnostics.append(
                                Diagnostic(Code.BROKEN_LINE, Severity.INFO, line.span(*(c.marker or c.title)), f"{c.detail!r} stands inside a paragraph: a line break was lost before it")
                            )
        return sorted([*heads, *extra], key=lambda h: (h.line, h.candidate.start))

    def _accept_inside(
        self,
        i: int,
        run: list[Candidate],
        last: dict[str, int],
        nexts: dict[str, list[tuple[int, int]]],
        headed: bool,
    ) -> list[Candidate]:
        style = run[0].style
        if any(self._vetoed(i, self.lines[i], c) for c in run[:1]):
            return []
        if style in ("shi", "yao", "ordinal-word"):
            if self._is_problem_list(i, run):
                return []
            return _full_sentences(self.lines[i].text, run, 80 if headed or _opens_with_lead(self.lines[i].text) else 18)
        if style in ("cjk-comma", "cjk-paren", "part-word"):
            kept = []
            for c in run:
                value = c.value or 0
                ahead = next((v for at, v in nexts.get(style, ()) if at > i), None)
                counts_on = value == last.get(style, 0) + 1
                before = self.lines[i].text[: c.start].rstrip(" \u3000")[-1:]
                if counts_on and before in "。！？；;！:：”）" and (ahead is None or ahead == value + 1 or ahead == 1 or len(run) > 1) and self._title_like(i, c):
                    kept.append(c)
                    last = {**last, style: value}
            return kept
        if (
            style in ("arabic-paren", "arabic-dot", "circled")
            and len(run) >= 3
            and run[0].value == 1
            and all((b.value or 0) == (a.value or 0) + 1 for a, b in zip(run, run[1:], strict=False))
            and all(self.lines[i].text[: c.start].rstrip(" \u3000")[-1:] not in "；;，," for c in run[1:])
        ):
            ends = [*(c.start for c in run[1:]), len(self.lines[i].text)]
            return [c if c.title[1] <= end else evolve(c, title=(c.title[0], end)) for c, end in zip(run, ends, strict=True)]
        return []

    def _title_like(self, i: int, c: Candidate) -> bool:
        title = self.lines[i].text[slice(*c.title)]
        return 4 <= len(title) <= 60 and not title.endswith(("；", ";"))

    def _is_problem_list(self, i: int, run: list[Candidate]) -> bool:
        before = self.lines[i].text[max(0, run[0].start - 60) : run[0].start]
        return bool(_PROBLEMS.search(before))

    # ------------------------------------------------------------------ un-numbered headings

    def _with_parts(self, heads: list[Head], found: dict[int, list[Candidate]], annex_at: int) -> list[Head]:
        taken = {h.line for h in heads} | {h.title_line for h in heads}
        parts: list[Head] = []
        for i in self.body:
            if i >= annex_at or i in taken:
                continue
            for c in found.get(i, ()):
                if c.style == "part-line" and self._stands_over_text(i):
                    parts.append(Head(i, c, _RANK_PART, Kind.PART, confidence=c.weight, reasons=[("part-line", *c.title, c.detail)]))
        if not parts:
            return heads
        merged = sorted([*heads, *parts], key=lambda h: (h.line, h.candidate.start))
        keep = {id(h) for h in parts if h.candidate.weight >= 0.85}
        # A part-like line through which the numbering of the parts counts on stands inside one of them.
        numbered_parts = [h for h in heads if h.style in ("cjk-comma", "part-word") and part_wording(self._title(h)) >= 1]
        for h in parts:
            at = merged.index(h)
            after = next((n for n in merged[at + 1 :] if n.style in ("cjk-comma", "part-word") and n.candidate.form is not Form.INLINE), None)
            before = next((n for n in reversed(merged[:at]) if n.style in ("cjk-comma", "part-word")), None)
            if after and before and after.value == (before.value or 0) + 1 and after.value != 1:
                h.rank = _RANK_LINE
                h.kind = Kind.SECTION
                h.candidate = _as_line(h.candidate)
            elif numbered_parts and after is None and before in numbered_parts and h.candidate.weight < 0.85:
                keep.discard(id(h))
            elif id(h) not in keep and after is not None and after.value == 1 and before is not None:
                keep.add(id(h))
                h.confidence = 0.6
        result = []
        for h in merged:
            if h.style == "part-line" and id(h) not in keep and h.rank == _RANK_PART:
                self._refuse(h.line, h.candidate, "part-line", "sounds like a part, but the numbering does not start again under it")
                continue
            result.append(h)
        return [h for h in result if h.rank != _RANK_LINE or h.style != "part-line" or True]

    def _stands_over_text(self, i: int) -> bool:
        """Whether a paragraph or a heading follows within a few lines."""
        after = [j for j in self.body if j > i][:3] if i > self.body[-1] - 4 else [j for j in range(i + 1, i + 6) if j not in self.frame.roles][:3]
        return any(len(self.lines[j].text) >= 30 for j in after if j < len(self.lines))

    def _with_lines(self, heads: list[Head], found: dict[int, list[Candidate]], annex_at: int) -> list[Head]:
        taken = {h.line for h in heads} | {h.title_line for h in heads}
        lines: list[tuple[int, list[Candidate]]] = []
        for i in self.body:
            if i >= annex_at or i in taken:
                continue
            here = [c for c in found.get(i, ()) if c.style == "section-line"]
            if here and self._is_heading_line(i) and sum(self.lines[i].text.count(x) for x in "，,") <= 4:
                lines.append((i, here))
        if not lines:
            return heads
        starts = [h.line for h in heads]
        first_part = next((h.line for h in heads if h.rank < 20), -1)
        prefixes = Counter(self.lines[i].text[:5] for i, _ in lines)
        closed = {i for i, _ in lines if self.lines[i].text.rstrip("　 ")[-1] in "。！!"}
        for i, here in lines:
            s = first_sentence(self.lines[i].text)
            if i in closed and s is not None and prefixes[s.title[:5]] < 2 and (s.numbers or s.opener):
                closed.discard(i)
                self._refuse(i, here[0], "section-line", "a sentence alone on its line that states a fact")
        lines = [(i, here) for i, here in lines if i in closed or self.lines[i].text.rstrip("　 ")[-1] not in "。！!"]
        company = Counter(bisect_right(starts, i) for i in closed)
        extra: list[Head] = []
        for i, here in lines:
            if i < first_part:
                self._refuse(i, here[0], "section-line", "stands before the first part")
                continue
            if i in closed and company[bisect_right(starts, i)] < 2:
                self._refuse(i, here[0], "section-line", "a single sentence alone on its line, the only one under its heading")
                continue
            for c in here:
                title = self.lines[i].text[slice(*c.title)]
                refrain = c.title[0] == 0 and prefixes[title[:5]] >= 2 and len(title) >= 12
                rank = _RANK_REFRAIN if refrain else _RANK_LINE
                confidence = 0.7 if refrain or len(closed) >= 4 else 0.55
                extra.append(Head(i, c, rank, Kind.SECTION, confidence=confidence, reasons=[("section-line", *c.title, c.detail)]))
        return sorted([*heads, *extra], key=lambda h: (h.line, h.candidate.start))

    def _is_heading_line(self, i: int) -> bool:
        """Between paragraphs: something long follows, and what stands before is finished."""
        text = self.lines[i].text
        if SALUTATION.match(text) or _CLOSING.match(text) or text[0] in "（(“”《》—-" and not text[0] == "“":
            return False
        below = self._next(i)
        if below < self.frame.tail and len(self.lines[below].text) < _BODY and text[-1] == "。" == self.lines[below].text[-1]:
            below = self._next(below)  # a refrain, a lead on its own line, and then the body
        if below >= self.frame.tail or len(self.lines[below].text) < _BODY:
            return False
        k = i - 1
        while k >= self.frame.body and k in self.frame.roles:
            k -= 1
        return k < self.frame.body or self.lines[k].text[-1] in "。！？：:!?；;”…）)" or len(self.lines[k].text) < PARAGRAPH

    # ------------------------------------------------------------------ levels

    def _title(self, h: Head) -> str:
        return self.lines[h.line].text[slice(*h.candidate.title)]

    def _levels(self, heads: list[Head]) -> bool:
        order = _nesting(heads)
        stack: list[Head] = []
        families: dict[tuple[int, str], int] = {}
        for h in heads:
            while stack and not _above(stack[-1], h, order):
                if stack[-1].style == h.style and _same_family(stack[-1], h):
                    stack.pop()
                    break
                stack.pop()
            h.depth = len(stack) + 1
            stack.append(h)
        del families
        roots = [h for h in heads if h.depth == 1]
        partlike = any(h.rank < 20 for h in roots) if roots else False
        untitled = not roots or not partlike
        for h in heads:  # what stands before the first part goes into a part without a title
            if not untitled and h.depth == 1 and h.rank < 20:
                break
            h.depth += 1
        for n, h in enumerate(heads):
            if h.depth == 1:
                h.kind = Kind.PART
            elif h.kind is Kind.PART:
                h.kind = Kind.SECTION
            if h.kind is Kind.SECTION and h.candidate.marker and self._is_point(h, n, heads):
                h.kind = Kind.ITEM
        self._diagnose(heads)
        return untitled

    def _is_point(self, h: Head, n: int, heads: list[Head]) -> bool:
        """Whether a numbered heading is one point of a list (1. 改造老旧小区18个) rather than one that stands over paragraphs."""
        if h.candidate.rank >= 40 and h.candidate.form is not Form.LINE:
            return True
        if h.candidate.rank < 30 or h.depth < 3:
            return False
        below = self._next(h.line)
        ends = below >= self.frame.tail or n + 1 < len(heads) and heads[n + 1].line == below
        return h.candidate.form is not Form.LINE or ends

    def _diagnose(self, heads: list[Head]) -> None:
        last: dict[tuple[int, str], int] = {}
        running: dict[str, int] = {}
        for h in heads:
            for key in [k for k in last if k[0] > h.depth]:
                del last[key]
            if h.value is None or h.kind is Kind.ITEM:
                continue
            key = (h.depth, h.style)
            expected = last.get(key, 0) + 1
            before = running.get(h.style)
            running[h.style] = last[key] = h.value
            if h.value == expected or before is not None and h.value == before + 1:
                continue  # counts on, among its siblings or through the whole report
            line = self.lines[h.line]
            span = line.span(*(h.candidate.marker or h.candidate.title))
            if h.value == 1 and expected > 2:
                self.diagnostics.append(Diagnostic(Code.RESTART_WITHOUT_PARENT, Severity.WARNING, span, f"want {expected}, got 1: numbering starts again and no heading stands above it"))
                h.confidence = min(h.confidence, 0.6)
            elif h.value > expected:
                self.diagnostics.append(Diagnostic(Code.ORDINAL_GAP, Severity.WARNING, span, f"want {expected}, got {h.value}"))
            elif h.value < expected:
                self.diagnostics.append(Diagnostic(Code.ORDINAL_REPEAT, Severity.WARNING, span, f"want {expected}, got {h.value}"))

    # ------------------------------------------------------------------ annexes

    def _annex_start(self, found: dict[int, list[Candidate]]) -> int:
        """The first line of the annexes, or behind the body."""
        if not self.body:
            return self.frame.tail
        first, last = self.lines[self.body[0]].start, self.lines[self.body[-1]].end
        for i in self.body:
            for c in found.get(i, ()):
                if c.style != "annex-title":
                    continue
                if c.weight < 0.9 and self.lines[i].start < first + (last - first) // 2:
                    continue
                if c.weight < 0.7 and not self._pledges_follow(i, found):
                    continue
                return i
        return self.frame.tail

    def _pledges_follow(self, i: int, found: dict[int, list[Candidate]]) -> bool:
        """Whether a list numbered from one stands under line *i* and nothing numbered otherwise before the end."""
        after = [c for j in range(i + 1, min(i + 5, self.frame.tail)) for c in found.get(j, ()) if c.marker]
        return bool(after) and after[0].value == 1 and after[0].style in ("arabic-dot", "arabic-paren", "cjk-comma", "cjk-paren") and not any(
            c.style in ("cjk-comma", "cjk-paren", "part-line") and c.style != after[0].style and c.weight >= 0.85
            for j in range(i + 1, self.frame.tail)
            for c in found.get(j, ())
            if c.style != "annex-title"
        )

    def _annexes(self, found: dict[int, list[Candidate]], annex_at: int) -> list[Head]:
        heads: list[Head] = []
        skip = -1
        for i in range(annex_at, self.frame.tail):
            if i in self.frame.roles or i <= skip:
                continue
            here = found.get(i, [])
            title = next((c for c in here if c.style == "annex-title"), None)
            if title is not None and (title.weight >= 0.7 or i == annex_at):
                head = Head(i, title, 0, Kind.ANNEX, 1, title.weight, reasons=[("annex-title", *title.title, title.detail)])
                if title.title[0] >= title.title[1]:  # 附件1 alone: its title is the next line
                    skip = head.title_line = self._next(i)
                    if skip >= self.frame.tail:
                        head.title_line = None
                heads.append(head)
                continue
            entry = self._entry(i, here, heads)
            if entry is not None:
                heads.append(Head(i, entry, entry.rank, Kind.ENTRY, 2, entry.weight, reasons=[(entry.style, *(entry.marker or (0, 0)), entry.detail)]))
                continue
            term = _TERM.match(self.lines[i].text)
            if term and heads and heads[0].kind is Kind.ANNEX:
                c = Candidate("entry-term", term.span(1), None, None, Form.RUNIN, 45, Kind.ENTRY, 0.7, "a term and its gloss")
                heads.append(Head(i, c, 45, Kind.ENTRY, 2, 0.7, reasons=[("entry-term", *term.span(1), c.detail)]))
        return _nest_entries(heads)

    def _entry(self, i: int, here: list[Candidate], heads: list[Head]) -> Candidate | None:
        """The numbered line of an annex; its title is the term before the first colon."""
        text = self.lines[i].text
        entry = next((c for c in here if c.marker and c.style not in ("dash", "shi", "yao", "cjk-bare")), None)
        last = next((h for h in reversed(heads) if h.value is not None), None)
        if last is not None and last.value is not None:
            sign = str(last.value + 1)  # 8.8个“在全省率先”: a point between two digits, where the count expects one
            if text.startswith(sign) and text[len(sign) : len(sign) + 1] in (".", "．", "、") and (entry is None or entry.value != last.value + 1):
                start = len(sign) + 1
                entry = Candidate(last.style, title_of(text, start)[0], (0, start), last.value + 1, Form.RUNIN, last.rank, Kind.ENTRY, 0.8, text[:start])
        if entry is None or entry.marker is None:
            return None
        colon = _GLOSS.search(text, entry.marker[1], entry.marker[1] + 48)
        if colon and colon.start() > entry.title[0]:
            end = colon.start()
            while text[end - 1] in " 　":
                end -= 1
            start = entry.title[0] if entry.title[0] < entry.title[1] else entry.marker[1]
            form = Form.RUNIN if text[colon.end() :].strip() else Form.LINE
            return evolve(entry, title=(start, end), form=form)
        return entry

    def _next(self, i: int) -> int:
        j = i + 1
        while j < self.frame.tail and j in self.frame.roles:
            j += 1
        return j


_GLOSS = re.compile(r"[：:﹕∶]")
_PROBLEMS = re.compile(r"问题|問題|不足|困难|困難|短板|挑战|挑戰|差距|矛盾|隐患|风险")
_CLOSING = re.compile(r"(?:各位代表|同志们|同志們|让我们|讓我們|谢谢|謝謝|最后|以上)")
_TERM = re.compile(r"(?![“\"]?(?:各位|同志))([^：:。，；;]{2,40}?)\s?[：:](?=\S{4})")


def _base_rank(style: str) -> int:
    return {"part-word": 0, "cjk-comma": 10, "cjk-paren": 20, "cjk-bare": 22, "arabic-dot": 30, "arabic-paren": 40}.get(style, 60)


def _as_line(c: Candidate) -> Candidate:
    return Candidate("section-line", c.title, None, None, c.form, _RANK_LINE, None, c.weight, c.detail)


def _runs(candidates: list[Candidate]) -> list[list[Candidate]]:
    by_style: dict[str, list[Candidate]] = {}
    for c in candidates:
        by_style.setdefault(c.style, []).append(c)
    return list(by_style.values())


def _full_sentences(text: str, run: list[Candidate], least: int) -> list[Candidate]:
    """
    一是… 二是… inside a paragraph are headings only as a series from one, each a short sentence with a body of its own:
    of *least* characters, which is more where the paragraph has a heading already.
    """
    if len(run) < 3 or run[0].value != 1 or any((b.value or 0) != (a.value or 0) + 1 for a, b in zip(run, run[1:], strict=False)):
        return []
    ends = [*(c.start for c in run[1:]), len(text)]
    for c, end in zip(run, ends, strict=True):
        size = c.title[1] - c.title[0]
        if not 3 <= size <= 48 or text[c.title[1] : c.title[1] + 1] not in "。" or end - c.title[1] < least:
            return []
    return run


def _opens_with_lead(text: str) -> bool:
    stop = text.find("。")
    return 4 <= stop <= 24


def _nesting(heads: list[Head]) -> dict[tuple[str, str], int]:
    """
    How often a style starts again at one after a heading of another style: who stands inside whom.

    A style that counts on across headings of the other (paragraph numbers that run through the report) is not inside it.
    """
    last: dict[str, int] = {}
    since: dict[str, set[str]] = {}
    count: dict[tuple[str, str], int] = {}
    across: set[tuple[str, str]] = set()
    for h in heads:
        style = h.style
        if h.value is not None:
            if h.value == 1 and last.get(style, 0) >= 1:
                for other in since.get(style, ()):
                    count[other, style] = count.get((other, style), 0) + 1
            elif h.value == last.get(style, 0) + 1 and h.value > 1:
                across.update((other, style) for other in since.get(style, ()))
            last[style] = h.value
        since[style] = set()
        for key, others in since.items():
            if key != style:
                others.add(style)
    return {pair: n for pair, n in count.items() if pair not in across}


def _above(top: Head, h: Head, order: dict[tuple[str, str], int]) -> bool:
    """Whether *h* stands under *top*."""
    if top.style == h.style and top.rank == h.rank:
        return False
    if top.candidate.kind is Kind.ITEM and h.rank < top.rank:
        return False  # numbers that run through the whole text (policy addresses) do not put its points over headings
    down = order.get((top.style, h.style), 0)
    up = order.get((h.style, top.style), 0)
    if down >= 2 and up == 0:
        return True
    if up >= 2 and down == 0:
        return False
    return top.rank < h.rank


def _same_family(a: Head, b: Head) -> bool:
    return a.rank == b.rank


def _nest_entries(heads: list[Head]) -> list[Head]:
    """Depths inside the annexes: an annex, its entries, and entries of another style inside those."""
    stack: list[Head] = []
    for h in heads:
        if h.kind is Kind.ANNEX:
            h.depth = 1
            stack = [h]
            continue
        while len(stack) > 1 and stack[-1].rank >= h.rank:
            stack.pop()
        h.depth = len(stack) + 1
        stack.append(h)
    return heads
