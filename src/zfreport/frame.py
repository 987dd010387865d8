"""
The frame of a text: where each report begins and ends, its front and back matter, second copies of a body.

Works on logical lines; says of every line whether it is body or a block, and of which role.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from attrs import define, field

from .furniture import CAPTION, OPENING, SALUTATION, front_role, is_furniture, is_tail, salutes
from .headings.wording import ANNEX, REPORT_TITLE, part_wording
from .layout import Line
from .nodes import BlockRole
from .vocab import both

__all__ = ["Frame", "frame_report", "split_reports"]

_COLLECTION = re.compile(
    both(
        r"[【\[（(]?\s*(?:第?\s*[一二三四五六七八九十\d１-９]{1,2}\s*篇|[篇范][文本]?\s*[一二三四五六七八九十\d１-９]{1,2})\s*[】\]）)]?\s*[：:]?.{0,40}"
    )
)
"""篇1, 篇一：…, 第1篇, 范文二: the heads of a collection."""

_COLLECTS = "【[（( 第一二三四五六七八九十0123456789篇范"

_PREVIEW = re.compile(r"(?:\.{3,}|…{1,})\s*$")
_NUMBERED = re.compile(
    both(
        r"(?:第[一二三四五六七八九十]{1,3}(?:部分|[章篇])|[一二三四五六七八九十]{1,2}[、.．]|[（(][一二三四五六七八九十]{1,2}[）)]|[\[〔【［]?\d{1,3}[\]〕】］.、．])\s*\S"
    )
)


@define
class Frame:
    """One report: the lines that are its body, and the blocks before, inside and after it."""

    start: int
    """First line of the report."""
    end: int
    """Behind its last line."""
    body: int = 0
    """First line of the body."""
    tail: int = 0
    """Behind the last line of the body and its annexes."""
    roles: dict[int, BlockRole] = field(factory=dict)
    """Line → role, for every line that is a block."""
    duplicate: tuple[int, int] | None = None
    """Lines of a second copy of the body."""
    doubts: list[str] = field(factory=list)
    """What speaks against this being a report."""


def split_reports(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """
    Where each report of a text starts and ends, as line ranges that together cover all lines.

    A new report starts at the head of a collection (篇2) or where a salutation and an opening formula come again
    after a body. What stands before the first one belongs to the first.
    """
    heads = [
        i
        for i, line in enumerate(lines)
        if len(line.text) < 50
        and line.text[0] in _COLLECTS
        and _COLLECTION.fullmatch(line.text)
        and _opens_report(lines, i + 1)
    ]
    heads = [a for a, b in pairwise([*heads, len(lines)]) if _words_between(lines, a, b) >= LEAST]
    if len(heads) >= 2:
        starts = heads
    else:
        starts = []
        for i, line in enumerate(lines):
            if salutes(line.text) and _has_opening(lines, i + 1):
                if starts and (
                    line.start - lines[starts[-1]].start < 2500 or _same_body(lines, starts[0], i)
                ):
                    continue
                starts.append(i)
        starts = [_title_above(lines, i, starts[k - 1] if k else -1) for k, i in enumerate(starts)]
    cuts = [0, *starts[1:], len(lines)] if starts else [0, len(lines)]
    return [(a, b) for a, b in pairwise(cuts) if a < b]


LEAST = 100
"""Characters from which something is a report of a collection, and not a line of its list of titles."""


def _words_between(lines: Sequence[Line], first: int, end: int) -> int:
    """How much is said from line *first* to line *end*, counted no further than needed."""
    said = 0
    for i in range(first, end):
        said += len(lines[i].text)
        if said >= LEAST:
            break
    return said


def _same_body(lines: Sequence[Line], first: int, second: int) -> bool:
    """Whether what follows *second* was said before: a second copy, not a second report."""
    after = [_key(line) for line in lines[second : second + 30] if len(line.text) >= 60][:4]
    before = {_key(line) for line in lines[first:second] if len(line.text) >= 60}
    return len(after) >= 2 and sum(key in before for key in after) * 2 >= len(after)


def _opens_report(lines: Sequence[Line], at: int) -> bool:
    return any(
        SALUTATION.fullmatch(line.text[:30])
        or OPENING.match(line.text)
        or part_wording(line.text) >= 1
        or REPORT_TITLE.search(line.text[:40])
        for line in lines[at : at + 6]
    )


def _has_opening(lines: Sequence[Line], at: int) -> bool:
    return any(OPENING.match(line.text) for line in lines[at : at + 2])


def _title_above(lines: Sequence[Line], at: int, previous: int) -> int:
    """The first line of the front matter that belongs to the salutation at *at*."""
    first = at
    for i in range(at - 1, max(previous, at - 12), -1):
        text = lines[i].text
        role = front_role(text)
        if role in (BlockRole.TITLE, BlockRole.SESSION, BlockRole.BYLINE, BlockRole.SUBTITLE) and not is_tail(
            text
        ):
            first = i
        elif len(text) > 80:
            break
    return first


def _key(line: Line) -> str:
    return "".join(line.text.split()) if " " in line.text or "\u3000" in line.text else line.text


def find_duplicate(lines: Sequence[Line], start: int, end: int) -> tuple[int, int] | None:
    """
    The lines of a second copy of the body, or ``None``.

    Thirteen pages of one province carry their body twice, with the site's menu before, between and after.
    """
    seen: dict[str, int] = {}
    repeats: list[tuple[int, int]] = []
    for i in range(start, end):
        if len(lines[i].text) < 40:
            continue
        key = _key(lines[i])
        first = seen.setdefault(key, i)
        if first != i:
            repeats.append((i, first))
    if len(repeats) < 4:
        return None
    head = repeats[0][0]
    size = sum(len(lines[i].text) for i, _ in repeats)
    rest = sum(len(lines[i].text) for i in range(head, end) if len(lines[i].text) >= 40)
    if size < 0.6 * rest or size < 800:
        return None
    return _back_to_front(lines, head, start), end


def _back_to_front(lines: Sequence[Line], at: int, floor: int) -> int:
    """From the first repeated paragraph back over the short lines (title, session, menu) that introduce it."""
    while at - 1 > floor and (len(lines[at - 1].text) < 40 or OPENING.match(lines[at - 1].text)):
        at -= 1
        if is_tail(lines[at].text):
            break
    return at


def frame_report(lines: Sequence[Line], start: int, end: int) -> Frame:
    """Front matter, body and back matter of the report in ``lines[start:end]``."""
    frame = Frame(start, end)
    stop = end
    found = find_duplicate(lines, start, end)
    if found:
        frame.duplicate = found
        stop = found[0]
    frame.body = _body_start(lines, start, stop)
    frame.tail = _body_end(lines, frame.body, stop)
    _name_front(lines, frame)
    _name_inside(lines, frame)
    for i in range(frame.tail, stop):
        frame.roles[i] = BlockRole.FURNITURE
    return frame


def _body_start(lines: Sequence[Line], start: int, stop: int) -> int:
    """
    The first line behind the front matter.

    The last salutation or opening formula before the first heading or long paragraph ends the front matter; pages
    that repeat the first sentences as a preview (内容摘要) have the formula twice.
    """
    best = None
    for i in range(start, stop):
        text = lines[i].text
        if salutes(text):
            best = i + 1
            continue
        if _PREVIEW.search(text):
            continue
        if OPENING.match(text) and (len(text) < 260):
            best = i + 1
            continue
        if best is not None and i >= best:
            break
        if part_wording(_bare(text)) >= 1 and _follows_body(lines, i, stop):
            return i
        if best is None and _NUMBERED.match(text) and _follows_body(lines, i, stop) and len(text) < 60:
            return i
        if best is None and len(text) >= 100 and not is_furniture(text) and not CAPTION.fullmatch(text):
            if _salutation_ahead(lines, i, stop):
                continue
            return i
    if best is not None:
        return best
    return (
        start
        if not any(len(line.text) >= 60 for line in lines[start:stop])
        else next(i for i in range(start, stop) if len(lines[i].text) >= 60)
    )


def _salutation_ahead(lines: Sequence[Line], at: int, stop: int) -> bool:
    return any(salutes(line.text) for line in lines[at + 1 : min(stop, at + 8)])


def _bare(text: str) -> str:
    return _NUMBER.sub("", text).rstrip("。：:")


def _follows_body(lines: Sequence[Line], at: int, stop: int) -> bool:
    return any(len(line.text) >= 60 for line in lines[at + 1 : min(stop, at + 6)])


def _body_end(lines: Sequence[Line], body: int, stop: int) -> int:
    """Behind the last line that is body or annex: page chrome below is cut at its first unmistakable line."""
    last_long = next(
        (
            i
            for i in range(stop - 1, body - 1, -1)
            if len(lines[i].text) >= 60 and not is_furniture(lines[i].text)
        ),
        body - 1,
    )
    asked = False
    for i in range(max(body, last_long + 1), stop):
        text = lines[i].text
        if not asked and text[-1] not in "。；;！" and not _NUMBERED.match(text):
            asked = True
            if _menu(lines, i, stop):
                return i
        if is_tail(lines[i].text) or (is_furniture(lines[i].text) and _only_chrome(lines, i, stop)):
            return i
    return stop


def _menu(lines: Sequence[Line], at: int, stop: int) -> bool:
    """Whether all that is left are the short, unpunctuated lines of a site's menu."""
    rest = [line.text for line in lines[at:stop]]
    if len(rest) < 6 or any(ANNEX.fullmatch(text) or text.startswith("附") for text in rest):
        return False
    return sum(text[-1] in "。；;！：:" or bool(_NUMBERED.match(text)) for text in rest) < 0.2 * len(rest)


def _only_chrome(lines: Sequence[Line], at: int, stop: int) -> bool:
    rest = lines[at:stop]
    return sum(is_furniture(line.text) or is_tail(line.text) for line in rest) >= 0.6 * len(rest)


def _name_front(lines: Sequence[Line], frame: Frame) -> None:
    salutation = next(
        (i for i in range(frame.body - 1, frame.start - 1, -1) if SALUTATION.fullmatch(lines[i].text)),
        frame.body,
    )
    contents = _contents(lines, frame)
    for i in range(frame.start, frame.body):
        text = lines[i].text
        if (len(text) > 80 and _PREVIEW.search(text)) or (len(text) < 50 and _COLLECTION.fullmatch(text)):
            frame.roles[i] = BlockRole.FURNITURE
        elif contents.start <= i < contents.stop:
            frame.roles[i] = BlockRole.CONTENTS
        else:
            frame.roles[i] = front_role(text, abs(salutation - i) <= 4 and i < salutation)
    titles = [i for i in range(frame.start, frame.body) if frame.roles[i] is BlockRole.TITLE]
    for i in titles:
        if (
            i + 1 < frame.body
            and frame.roles.get(i + 1) is BlockRole.FURNITURE
            and lines[i + 1].text[:1] in "—―"
        ):
            frame.roles[i + 1] = BlockRole.SUBTITLE


_NUMBER = re.compile(
    r"^(?:第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,2}[、.．])[\s\u3000、：:]*"
)
_CONTENTS_HEAD = re.compile(both(r"目\s*[录次]|内容(?:提要|目录)"))
_CONTENTS_LINE = re.compile(
    both(r".{1,50}?[\s\u3000.…·⋯–-]+\(?\d{1,3}(?:\s?[-–—至]\s?\d{1,3})?\)?(?:\s+\d{1,3})?\s*|段落|页码?")
)


def _contents(lines: Sequence[Line], frame: Frame) -> range:
    """The lines of a table of contents in the front matter: its head and the lines that end in a place."""
    head = next((i for i in range(frame.start, frame.body) if _CONTENTS_HEAD.fullmatch(lines[i].text)), None)
    if head is None:
        return range(0)
    last = head
    for i in range(head + 1, frame.body):
        if _CONTENTS_LINE.fullmatch(lines[i].text):
            last = i
        elif i - last > 2:
            break
    return range(head, last + 1)


_NUMBERING = "第一二三四五六七八九十（("
"""What a numbered heading begins with, which is no furniture."""


def _name_inside(lines: Sequence[Line], frame: Frame) -> None:
    """Page numbers, captions and chrome between paragraphs; a salutation alone on its line as a divider."""
    for i in range(frame.body, frame.tail):
        text = lines[i].text
        if len(text) > 60:
            continue
        if len(text) > 4 and i > frame.body and text == lines[i - 1].text:
            frame.roles[i] = BlockRole.FURNITURE  # heading, TAB, the same heading (state-council-cjc)
            continue
        if text[0] in _NUMBERING and _NUMBERED.match(text):
            continue
        if salutes(text):
            frame.roles[i] = BlockRole.SALUTATION
        elif ("释" in text or "釋" in text) and ANNEX.fullmatch(text):
            continue
        elif ("掌" in text or "摄" in text or "攝" in text) and CAPTION.fullmatch(text):
            frame.roles[i] = BlockRole.CAPTION
        elif is_furniture(text) and not _is_cell(lines, i):
            frame.roles[i] = BlockRole.FURNITURE


def _is_cell(lines: Sequence[Line], at: int) -> bool:
    """Whether a short line is a cell of a table that lies one cell a line, rather than a page number."""
    near = lines[max(0, at - 4) : at + 5]
    return sum(len(line.text) <= 12 for line in near) >= 5
