"""What the parser has to say about a whole report: second copies, doubts, headings it is not sure of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .diagnostics import Code, Diagnostic, Severity
from .frame import Frame
from .layout import Line
from .nodes import BlockRole, Kind, PartRole
from .outline import PARAGRAPH, Outline
from .text import Span
from .tree import Row
from .vocab import LETTER, both, late

__all__ = ["notices"]

# Members of an enumeration are looked up slowly in their class.
_PART, _SECTION = Kind.PART, Kind.SECTION
_ROLE = Row._fields.index("role")

_SAMPLE = 2500
_SHORT, _USUAL = 500, 1800
"""Characters of body below which a text with and without parts is doubtful; whole reports have 7 500 and more."""
_TAGS = 5
_FORMAL = frozenset((BlockRole.SALUTATION, BlockRole.OPENING))
_NEWS = late(
    # A class first, so that the search skips to it.
    r"[《报本记](?:(?<=《)(?:政府工作)?报告》(?:指出|提出|强调|说|明确|认为|要求)"
    rf"|(?<=报)告(?:提出|(?<![。\n]报告)(?<![。\n]{LETTER}报告)(?:指出|强调))[，：]"  # the two as if a name: `_SPOKEN`
    r"|(?<=本)报记者|(?<=记)者[从获])",
    both,
)
_SPOKEN = late(
    # Behind a full stop stands a name; that the verb may follow is seen before its letters are looked at.
    rf"。(?=...?[说指强表要在]){LETTER}{{2,3}}(?:说|指出|强调|表示|要求|在报告中)[，：,:]",
    both,
)
_REPORT = late(r"政府工作报告", both)
_FIRST_PERSON = late(r"我[们代县市省区]|本届政府", both)
_PATH = late(r"[^\n\r。，；]*(?:\.[A-Za-z]{2,7}|[\\/][^\n\r。，；]+)")
_OTHER = late(
    r"[共决预计代公统](?:(?<=共)产党.{0,6}第.{1,4}次全国代表大会|(?<=决)议|(?<=预)算(?:执行|草案)|(?<=计)划(?:执行|草案)|(?<=代)表大会.{0,10}决定"
    r"|(?<=公)报$|(?<=统)计公报)",
    both,
)


_SPEAKS = late(r"[各同我胜前万](?:(?<=各)位|(?<=同)志们|(?<=我)们|(?<=胜)利|(?<=前)进|(?<=万)岁)", both)
"""What the end of a report says, if not in words of a closing."""


def notices(
    source: str, lines: Sequence[Line], frame: Frame, outline: Outline, rows: Sequence[Row]
) -> Iterator[Diagnostic]:
    """Diagnostics about the report as a whole and about headings accepted with little confidence."""
    if frame.duplicate:
        a, b = frame.duplicate
        yield Diagnostic(
            Code.DUPLICATE_BODY,
            Severity.INFO,
            Span(lines[a].start, lines[b - 1].end),
            "the body stands here a second time; it was set aside",
        )
    if frame.start < frame.end and not any(h.kind is _PART or h.kind is _SECTION for h in outline.heads):
        first = lines[min(frame.body, frame.end - 1)]
        yield Diagnostic(
            Code.NO_HEADINGS,
            Severity.WARNING,
            Span(first.start, first.end),
            "want part or section headings, found none",
        )
    doubts = list(_doubts(lines, frame, outline))
    if source.count("</") > _TAGS:
        doubts.append(
            "it has the tags of a web page, whose text zfreport.read gives and zfreport.load parses"
        )
    if doubts:
        place = lines[frame.start] if frame.start < frame.end else None
        yield Diagnostic(
            Code.DOUBTFUL_REPORT,
            Severity.WARNING,
            Span(place.start, place.end) if place else Span(0, 0),
            "this may not be a whole government work report: " + "; ".join(doubts) + _opened(source),
        )
    elif last := _cut_off(lines, frame, outline, rows):
        message = (
            "a review without a plan, or a report without a closing: the text may have been cut off here"
        )
        yield Diagnostic(Code.CUT_OFF, Severity.WARNING, Span(last.start, last.end), message)
    for h in outline.heads:
        if h.confidence < 0.5:
            span = lines[h.line].span(*h.title)
            yield Diagnostic(
                Code.LOW_CONFIDENCE,
                Severity.INFO,
                span,
                f"taken for a {h.kind} with confidence {h.confidence:.2f}",
            )


def _opened(source: str) -> str:
    """What helps whoever gave a file's name in place of its text."""
    name = source.strip()
    if len(name) > 300 or not _PATH.fullmatch(name):
        return ""
    if name.startswith(("http://", "https://")):
        return "; this looks like the address of a page: save it, and zfreport.load parses the file"
    return "; this looks like the path of a file, not its text: zfreport.load parses files, zfreport.read gives their text"


def _cut_off(lines: Sequence[Line], frame: Frame, outline: Outline, rows: Sequence[Row]) -> Line | None:
    """The last paragraph of a report that stops before its end. Nothing is said of one with an annex, or without a review."""
    if outline.annex_at < frame.tail or any(row[_ROLE] == BlockRole.CLOSING for row in reversed(rows)):
        return None
    roles = {row[_ROLE] for row in rows if row[0] is _PART}
    if PartRole.REVIEW not in roles:
        return None
    last = lines[outline.body[-1]]
    if len(roles) > 1:
        said = ""
        for i in reversed(outline.body[-4:]):
            said = lines[i].text[-400:] + said
            if len(said) >= PARAGRAPH:
                break
        if _SPEAKS.search(said):
            return None
    return last


def _beginning(lines: Sequence[Line], body: Sequence[int]) -> tuple[str, int]:
    """The first paragraphs, some `_SAMPLE` characters of them, and how many there are, as far as they were counted."""
    size = 0
    said: list[str] = []
    for i in body:
        words = lines[i].text
        said.append(words)
        size += len(words)
        if size >= _SAMPLE:
            return "\n".join(said)[:_SAMPLE], size
    return "\n".join(said), size


def _doubts(lines: Sequence[Line], frame: Frame, outline: Outline) -> Iterator[str]:
    body = outline.body
    titles = [lines[h.line].text for h in outline.heads if h.kind is _PART]
    text, size = _beginning(lines, body)
    if size < (_SHORT if titles else _USUAL):
        yield f"want a text of some thousand characters, got {size}"
    head = " ".join([line.text for line in lines[frame.start : min(frame.end, frame.start + 12)]])[:600]
    other = _OTHER.search(head)
    if other and not _REPORT.search(head):
        yield f"its head speaks of {other[0]!r}"
    foreign = next((m[0] for m in map(_OTHER.search, titles) if m), None)
    if foreign:
        yield f"one of its parts is about {foreign!r}"
    told = len(_SPOKEN.findall(f"\n{text}".replace("\n", "。")))
    if told + text.count("告") + text.count("者") >= 3:  # of 报告 and 记者, one of which all of that has
        told += len(_NEWS.findall(f"\n{text}"))
    if told >= 3:
        yield f"it is told in the third person ({told} times 报告指出 or the like near its beginning)"
    formal = not _FORMAL.isdisjoint(frame.roles.values()) or any(
        "各位代表" in lines[i].text[:8] for i in body
    )
    if formal and titles:
        return
    if not formal and len(_FIRST_PERSON.findall(text)) * 3000 < len(text):
        yield "nobody is addressed and nobody speaks for the government"
    if size >= _USUAL and not titles:
        yield "it has no part headings"
