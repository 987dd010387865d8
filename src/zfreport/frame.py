"""
The frame of a text: where each report begins and ends, its front and back matter, second copies of a body.

Works on logical lines; says of every line whether it is body or a block, and of which role.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from itertools import pairwise

from .furniture import (
    CAPTION,
    SPEAKS,
    front_role,
    is_caption,
    is_furniture,
    is_salutation,
    is_tail,
    opens,
    salutes,
)
from .grids import find_grids
from .headings.wording import ANNEX, REPORT_TITLE, opens_part
from .layout import Line
from .nodes import BlockRole
from .vocab import both, forms, late

__all__ = ["Frame", "frame_report", "split_reports"]

# Members of an enumeration are looked up slowly in their class.
_FURNITURE, _TITLE = BlockRole.FURNITURE, BlockRole.TITLE

_COLLECTION = late(
    r"[【\[（(]?\s*(?:第?\s*[一二三四五六七八九十\d１-９]{1,2}\s*篇|[篇范][文本]?\s*[一二三四五六七八九十\d１-９]{1,2})\s*[】\]）)]?\s*[：:]?.{0,40}",
    both,
)
"""篇1, 篇一：…, 第1篇, 范文二: the heads of a collection."""

_COLLECTS = frozenset("【[（( 第一二三四五六七八九十0123456789篇范")

_NUMBERED = late(
    r"(?:第[一二三四五六七八九十]{1,3}(?:部分|[章篇])|[一二三四五六七八九十]{1,2}[、.．]|[（(][一二三四五六七八九十]{1,2}[）)]|[\[〔【［]?\d{1,3}[\]〕】］.、．])\s*\S",
    both,
)


class Frame:
    """One report: the lines that are its body, and the blocks before, inside and after it."""

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        """First line of the report."""
        self.end = end
        """Behind its last line."""
        self.body = 0
        """First line of the body."""
        self.tail = 0
        """Behind the last line of the body and its annexes."""
        self.roles: dict[int, BlockRole] = {}
        """Line → role, for every line that is a block."""
        self.duplicate: tuple[int, int] | None = None
        """Lines of a second copy of the body."""


def split_reports(lines: Sequence[Line], texts: Sequence[str]) -> list[tuple[int, int]]:
    """
    Where each report of a text starts and ends, as line ranges that together cover all lines; *texts* are their words.

    A new report starts at the head of a collection (篇2), or above where a speaker begins again (`_starts`). What stands
    before the first one belongs to the first.
    """
    short = [i for i, text in enumerate(texts) if len(text) < 50]
    heads = [
        i
        for i in short
        if texts[i][0] in _COLLECTS and _heads_collection(texts[i]) and _opens_report(texts, i + 1)
    ]
    heads = [a for a, b in pairwise([*heads, len(texts)]) if _words_between(texts, a, b) >= LEAST]
    if len(heads) >= 2:
        later = heads[1:]
    else:
        starts = _starts(lines, texts)
        later = [_title_above(texts, at, before) for before, at in pairwise(starts)]
    return [(a, b) for a, b in pairwise([0, *later, len(texts)]) if a < b]


def _heads_collection(text: str) -> bool:
    return (
        len(text) < 50
        and ("篇" in text or "范" in text or "範" in text)
        and _COLLECTION.fullmatch(text) is not None
    )


_BEGINS = SPEAKS | frozenset("第一12二")
"""What the lines begin with that `_opens_speech` looks at."""
_SPEECH = 1000
"""Characters of a report at least."""
_YEAR = r"[12][\d〇零○一二三四五六七八九０-９]{3}年|过去|去年|上年|[五一]年来|本届政府"
_REVIEWS = late(
    rf"(?:第一部分|[一1])[\s、.．：:]{{1,3}}(?:{_YEAR})\S{{0,24}}(?:回顾|总结|工作|情况|成就)|(?:{_YEAR})\S{{0,12}}(?:回顾|总结)",
    both,
)
"""一、2023年工作回顾: what the body of most reports begins with."""
_TO_WHOM = late(r"大会|政府工作报告", both)
_CALLS = "！!"
"""What the last words of a report end in: …而努力奋斗！"""


def _starts(lines: Sequence[Line], texts: Sequence[str]) -> list[int]:
    """The lines where a speaker begins, a report's length apart; a second copy of what was said is no second speech."""
    starts: list[int] = []
    said: set[str] = set()
    heard = 0  # what stands before it since the first start is in `said`
    for i, text in enumerate(texts):
        if text[0] not in _BEGINS or not _opens_speech(lines, texts, i):
            continue
        if starts:
            if lines[i].start - lines[starts[-1]].start < _SPEECH:
                continue
            said.update([_key(text) for text in texts[heard:i] if len(text) >= 60])
        heard = i
        if not _is_copy(texts, i, said):
            starts.append(i)
    return starts


def _opens_speech(lines: Sequence[Line], texts: Sequence[str], i: int) -> bool:
    """
    Whether line *i* is a salutation that an opening formula follows; a formula that says without one all of 我代表市人民政府，
    向大会报告工作，请予审议; or, where both are lost, the first heading of a review below a front or a call.
    """
    text = texts[i]
    if len(text) < 50 and salutes(text):
        return any(map(opens, texts[i + 1 : i + 3]))
    if "审议" in text or "審議" in text:
        long_enough = lines[-1].end - lines[i].start >= _SPEECH  # and no news of it
        return long_enough and _TO_WHOM.search(text, 0, 80) is not None and opens(text)
    return len(text) < 50 and _REVIEWS.fullmatch(text) is not None and _follows_front(texts, i)


def _follows_front(texts: Sequence[str], i: int) -> bool:
    """Whether line *i* stands at the beginning, below a front or below the last call of a report."""
    return (
        not i or texts[i - 1][-1] in _CALLS or front_role(texts[i - 1]) in (*_HEADS_FRONT, BlockRole.BYLINE)
    )


LEAST = 100
"""Characters from which something is a report of a collection, and not a line of its list of titles."""


def _words_between(texts: Sequence[str], first: int, end: int) -> int:
    """How much is said from line *first* to line *end*, counted no further than needed."""
    said = 0
    for i in range(first, end):
        said += len(texts[i])
        if said >= LEAST:
            break
    return said


def _is_copy(texts: Sequence[str], at: int, said: Set[str]) -> bool:
    """Whether what follows line *at* was said before: a second copy, not a second report."""
    after = [_key(text) for text in texts[at : at + 30] if len(text) >= 60][:4]
    return len(after) >= 2 and sum(key in said for key in after) * 2 >= len(after)


def _opens_report(texts: Sequence[str], at: int) -> bool:
    return any(
        is_salutation(text[:30]) or opens(text) or opens_part(text) or REPORT_TITLE.search(text[:40])
        for text in texts[at : at + 6]
    )


_FRONT = 40
"""Lines of front matter at most, with what a page prints above and in it."""
_HEADS_FRONT = frozenset((BlockRole.TITLE, BlockRole.SESSION))
_IN_FRONT = frozenset((BlockRole.BYLINE, BlockRole.SUBTITLE))
"""What looks like a name or a slogan, as half the words of a menu do: of the front where nothing stands between."""
_PAGE_BEGINS = late(r"(?:标\s*题|索\s*引\s*号|发文\S{2})\s*[：:]", both)
_PAGE_ENDS = late(
    r"(?:上一篇|下一篇|较[旧新]一篇|相关|标签云|阅读排行|本栏|主办|版权|(?:免责|特别|郑重)声明|您访问|您是第|网站标识码|Public domain|本作品)",
    both,
)
"""What stands only below a report, and so above the front of the next."""
_SENTENCE_ENDS = "。！!”"
_STRANGE = 2
"""Lines in front matter at most that are neither of it nor of a page: below the page before stand the titles of others."""


def _title_above(texts: Sequence[str], at: int, previous: int) -> int:
    """The first line of the front matter that belongs to the speech that begins at *at*."""
    first, headed, strange = at, False, 0
    for i in range(at - 1, max(previous, at - _FRONT), -1):
        text = texts[i]
        if (len(text) > 80 and text[-1] in _SENTENCE_ENDS) or _PAGE_ENDS.match(text):
            break  # a summary of the page is long, but cut off
        role = front_role(text)
        if (role in _HEADS_FRONT and not is_tail(text)) or _PAGE_BEGINS.match(text):
            first, headed = i, True
        elif role in _IN_FRONT and i == first - 1 and not headed:
            first = i
        elif role in _IN_FRONT or (role is _FURNITURE and not is_furniture(text)):
            strange += 1
            if strange > (_STRANGE if headed else 1):
                break
    return first


def _key(text: str) -> str:
    return "".join(text.split()) if " " in text or "\u3000" in text else text


def find_duplicate(texts: Sequence[str], start: int, end: int) -> tuple[int, int] | None:
    """
    The lines of a second copy of the body, or ``None``.

    Thirteen pages of one province carry their body twice, with the site's menu before, between and after.
    """
    if not _may_repeat([text[:16] for text in texts[start:end] if len(text) >= 40]):
        return None
    long = [i for i in range(start, end) if len(texts[i]) >= 40]
    keys = [_key(texts[i]) for i in long]
    if len(keys) - len(set(keys)) < _REPEATS:
        return None
    seen: set[str] = set()
    repeats: list[int] = []
    for i, key in zip(long, keys, strict=True):
        if key in seen:
            repeats.append(i)
        seen.add(key)
    head = repeats[0]
    size = sum(len(texts[i]) for i in repeats)
    rest = sum(len(texts[i]) for i in long if i >= head)
    if size < 0.6 * rest or size < 800:
        return None
    return _back_to_front(texts, head, start), end


_REPEATS = 4
"""Paragraphs that must come again for a second copy."""


def _may_repeat(heads: Sequence[str]) -> bool:
    """Whether paragraphs that begin so may come again: whole paragraphs are dear to compare."""
    if len("".join(heads).split()) > 1:  # a copy may have other blanks
        heads = ["".join(head.split())[:8] for head in heads]
        if min(map(len, heads)) < 8:
            return True
    return len(heads) - len(set(heads)) >= _REPEATS


def _back_to_front(texts: Sequence[str], at: int, floor: int) -> int:
    """From the first repeated paragraph back over the short lines (title, session, menu) that introduce it."""
    while at - 1 > floor and (len(texts[at - 1]) < 40 or opens(texts[at - 1])):
        at -= 1
        if is_tail(texts[at]):
            break
    return at


def frame_report(texts: Sequence[str], start: int, end: int) -> Frame:
    """Front matter, body and back matter of the report in the lines from *start* to *end*, of which *texts* are the words."""
    frame = Frame(start, end)
    stop = end
    found = find_duplicate(texts, start, end)
    if found:
        frame.duplicate = found
        stop = found[0]
    frame.body = _body_start(texts, start, stop)
    frame.tail = _body_end(texts, frame.body, stop)
    _name_front(texts, frame)
    for first, last in find_grids(texts, frame.body, frame.tail):
        frame.roles.update(dict.fromkeys(range(first, last), BlockRole.TABLE))
    _name_inside(texts, frame)
    for i in range(frame.tail, stop):
        frame.roles[i] = _FURNITURE
    return frame


def _body_start(texts: Sequence[str], start: int, stop: int) -> int:
    """
    The first line behind the front matter.

    The last salutation or opening formula before the first heading or long paragraph ends the front matter; pages
    that repeat the first sentences as a preview (内容摘要) have the formula twice.
    """
    best = None
    for i in range(start, stop):
        text = texts[i]
        if salutes(text):
            best = i + 1
            continue
        if _is_preview(text):
            continue
        if opens(text) and len(text) < 260:
            best = i + 1
            continue
        if best is not None:
            return best
        if _follows_body(texts, i, stop) and (
            (len(text) < 60 and _NUMBERED.match(text)) or opens_part(_bare(text))
        ):
            return i
        if len(text) >= 100 and not is_furniture(text) and not is_caption(text):
            if _salutation_ahead(texts, i, stop):
                continue
            return i
    if best is not None:
        return best
    return next((i for i in range(start, stop) if len(texts[i]) >= 60), start)


def _is_preview(text: str) -> bool:
    """Whether a line breaks off: 各位代表：现在，我代表市人民政府……"""
    return text.endswith(("...", "…")) or (text[-1].isspace() and text.rstrip().endswith(("...", "…")))


def _salutation_ahead(texts: Sequence[str], at: int, stop: int) -> bool:
    return any(map(salutes, texts[at + 1 : min(stop, at + 8)]))


def _bare(text: str) -> str:
    if text[0] in _COUNTS:
        text = _NUMBER.sub("", text)
    return text.rstrip("。：:")


def _follows_body(texts: Sequence[str], at: int, stop: int) -> bool:
    return max(map(len, texts[at + 1 : min(stop, at + 6)]), default=0) >= 60


_LICENCE = 24
"""Lines from the end among which the licence of a free library begins."""


def _body_end(texts: Sequence[str], body: int, stop: int) -> int:
    """Behind the last line that is body or annex: page chrome below is cut at its first unmistakable line."""
    for i in range(max(body, stop - _LICENCE), stop):
        if texts[i].startswith("本作品"):  # the licence of a free library, which has long lines too
            stop = i
            break
    last_long = next(
        (i for i in range(stop - 1, body - 1, -1) if len(texts[i]) >= 60 and not is_furniture(texts[i])),
        body - 1,
    )
    asked = False
    for i in range(max(body, last_long + 1), stop):
        text = texts[i]
        if not asked and text[-1] not in "。；;！" and not _NUMBERED.match(text):
            asked = True
            if _menu(texts, i, stop):
                return i
        if is_tail(text) or (is_furniture(text) and _only_chrome(texts, i, stop)):
            return i
    return stop


def _menu(texts: Sequence[str], at: int, stop: int) -> bool:
    """Whether all that is left are the short, unpunctuated lines of a site's menu."""
    rest = texts[at:stop]
    if len(rest) < 6:
        return False
    unlike = 0
    for text in rest:
        unlike += text[-1] in "。；;！：:" or bool(_NUMBERED.match(text))
        if unlike >= 0.2 * len(rest):
            return False
    return not any(text[0] == "附" or _titles_notes(text) for text in rest)


_NOTES = forms("释语词")


def _titles_notes(text: str) -> bool:
    """Whether a line is the title of a glossary: 名词解释."""
    return not _NOTES.isdisjoint(text) and ANNEX.fullmatch(text) is not None


def _only_chrome(texts: Sequence[str], at: int, stop: int) -> bool:
    rest = texts[at:stop]
    return sum(is_furniture(text) or is_tail(text) for text in rest) >= 0.6 * len(rest)


def _name_front(texts: Sequence[str], frame: Frame) -> None:
    salutation = next(
        (i for i in range(frame.body - 1, frame.start - 1, -1) if is_salutation(texts[i])),
        frame.body,
    )
    contents = _contents(texts, frame)
    for i in range(frame.start, frame.body):
        text = texts[i]
        if (len(text) > 80 and _is_preview(text)) or _heads_collection(text):
            frame.roles[i] = _FURNITURE
        elif contents.start <= i < contents.stop:
            frame.roles[i] = BlockRole.CONTENTS
        else:
            frame.roles[i] = front_role(text, abs(salutation - i) <= 4 and i < salutation)
    titles = [i for i in range(frame.start, frame.body) if frame.roles[i] is _TITLE]
    for i in titles:
        if i + 1 < frame.body and frame.roles.get(i + 1) is _FURNITURE and texts[i + 1][:1] in "—―":
            session = "日" in texts[i + 1] and frame.roles.get(i + 2) is BlockRole.SESSION
            frame.roles[i + 1] = BlockRole.SESSION if session else BlockRole.SUBTITLE


_COUNTS = frozenset("第一二三四五六七八九十")
_NUMBER = late(r"^(?:第[一二三四五六七八九十]{1,3}部分|[一二三四五六七八九十]{1,2}[、.．])[\s\u3000、：:]*")
_CONTENTS = forms("目内")
_CONTENTS_HEAD = late(r"目\s*[录次]|内容(?:提要|目录)", both)
_CONTENTS_LINE = late(
    r".{1,50}?[\s\u3000.…·⋯–-]+\(?\d{1,3}(?:\s?[-–—至]\s?\d{1,3})?\)?(?:\s+\d{1,3})?\s*|段落|页码?",
    both,
)


def _contents(texts: Sequence[str], frame: Frame) -> range:
    """The lines of a table of contents in the front matter: its head and the lines that end in a place."""
    head = next(
        (
            i
            for i in range(frame.start, frame.body)
            if texts[i][0] in _CONTENTS and _CONTENTS_HEAD.fullmatch(texts[i])
        ),
        None,
    )
    if head is None:
        return range(0)
    last = head
    for i in range(head + 1, frame.body):
        if _CONTENTS_LINE.fullmatch(texts[i]):
            last = i
        elif i - last > 2:
            break
    return range(head, last + 1)


_NUMBERING = _COUNTS | frozenset("（(")
"""What a numbered heading begins with, which is no furniture."""


def _name_inside(texts: Sequence[str], frame: Frame) -> None:
    """Page numbers, captions and chrome between paragraphs; a salutation alone on its line as a divider."""
    for i in [i for i in range(frame.body, frame.tail) if len(texts[i]) <= 60 and i not in frame.roles]:
        text = texts[i]
        if len(text) > 4 and i > frame.body and text == texts[i - 1]:
            frame.roles[i] = _FURNITURE  # heading, TAB, the same heading (state-council-cjc)
            continue
        if text[0] in _NUMBERING and _NUMBERED.match(text):
            continue
        if salutes(text):
            frame.roles[i] = BlockRole.SALUTATION
        elif ("释" in text or "釋" in text) and ANNEX.fullmatch(text):
            continue
        elif ("掌" in text or "摄" in text or "攝" in text) and CAPTION.fullmatch(text):
            frame.roles[i] = BlockRole.CAPTION
        elif is_furniture(text) and not _is_cell(texts, i):
            frame.roles[i] = _FURNITURE


def _is_cell(texts: Sequence[str], at: int) -> bool:
    """Whether a short line is a cell of a table that lies one cell a line, rather than a page number."""
    return sum(len(text) <= 12 for text in texts[max(0, at - 4) : at + 5]) >= 5
