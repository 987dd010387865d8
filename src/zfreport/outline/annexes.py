"""What follows the body: glossaries, notes, lists of promised works, tables, with their entries."""

from __future__ import annotations

import re

from ..headings.markers import colon_in, title_of
from ..headings.model import Candidate, new_candidate, retitled
from ..headings.ordinals import ordinal
from ..nodes import Form, Kind
from ..vocab import both
from .model import Head
from .proposals import Proposals

__all__ = ["annexes", "find_annexes"]

# members looked up on their classes cost ten times as much
_ANNEX, _ENTRY = Kind.ANNEX, Kind.ENTRY
_RUNIN = Form.RUNIN

_TERM = re.compile(both(r"(?![“\"]?(?:各位|同志))([^：:。，；;]{2,40}?)\s?[：:](?=\S{4})"))
_BRACKETED = re.compile(r"([0-9０-９]{1,3})\s?[.．、]\s?[\[【［〔]([^\]】］〕\[【［〔。]{2,40})[\]】］〕]")
_MEANS = re.compile(both(r"[，,]?(?:是指|指的是)"))
_ADDRESSES = ("各位代表", "同志们", "同志們", "各位委员", "各位委員")
_NUMBERED_LISTS = ("arabic-dot", "arabic-paren", "cjk-comma", "cjk-paren")
_NO_ENTRIES = frozenset(("dash", "sign", "shi", "yao", "cjk-bare"))


def find_annexes(p: Proposals) -> int:
    """
    The first line of the annexes, or behind the body.

    A glossary is known by its title wherever it stands; 附件 only in the second half; a list of 实事 only where a list
    follows and no part does.
    """
    if not p.body:
        return p.frame.tail
    first, last = p.lines[p.body[0]].start, p.lines[p.body[-1]].end
    half = first + (last - first) // 2
    asked = False
    for i, here in p.found.items():
        for c in here:
            if c.style != "annex-title" or (c.weight < 0.9 and p.lines[i].start < half):
                continue
            if c.weight < 0.7 and (asked or here[0].value is not None or not _pledges_follow(p, i)):
                asked = True
                continue
            return i
    return p.frame.tail


def _pledges_follow(p: Proposals, i: int) -> bool:
    """Whether a list numbered from one stands under line *i*, and neither another number nor a word to the assembly before the end."""
    after = [c for j in range(i + 1, min(i + 5, p.frame.tail)) for c in p.found.get(j, ()) if c.marker]
    if not after or after[0].value != 1 or after[0].style not in _NUMBERED_LISTS:
        return False
    if any(p.lines[j].text.startswith(_ADDRESSES) for j in range(i + 1, p.frame.tail)):
        return False  # 着力办好十件实事：…。各位代表，…！: the list is a part of the speech
    return not any(
        c.style in ("cjk-comma", "cjk-paren", "part-line") and c.style != after[0].style and c.weight >= 0.85
        for j in range(i + 1, p.frame.tail)
        for c in p.found.get(j, ())
    )


def annexes(p: Proposals) -> list[Head]:
    """Annexes and their entries, from ``p.annex_at`` to the end of the body."""
    heads: list[Head] = []
    last: Head | None = None
    skip = -1
    for i in range(p.annex_at, p.frame.tail):
        if i in p.frame.roles or i <= skip:
            continue
        here = p.found.get(i, [])
        title = next((c for c in here if c.style == "annex-title"), None) if here else None
        if title is not None and (title.weight >= 0.7 or i == p.annex_at):
            head = Head(i, title, 0, _ANNEX, title.weight)
            if title.title[0] >= title.title[1]:  # 附件1 alone: its title is the next line
                below = p.next_line(i)
                if below < p.frame.tail:
                    skip = head.title_line = below
            heads.append(head)
            last = None
            continue
        entry = _entry(p.lines[i].text, here, last) or _term(p.lines[i].text)
        if entry is not None:
            head = Head(i, entry, entry.rank, _ENTRY, entry.weight)
            heads.append(head)
            last = head if head.value is not None else last
    _nest(heads)
    return heads


def _entry(text: str, here: list[Candidate], last: Head | None) -> Candidate | None:
    """The numbered line of an annex; its title is the term before the first colon, or in brackets of its own: 1.[两区]即…"""
    bracketed = _BRACKETED.match(text)
    if bracketed and (last is None or last.style == "arabic-dot"):
        number, sign = ordinal(bracketed[1]), bracketed[0][: bracketed.start(2) - 1].rstrip()
        title = bracketed.span(2)
        return new_candidate("arabic-dot", title, (0, len(sign)), number, _RUNIN, 30, _ENTRY, 0.9, sign)
    entry = next((c for c in here if c.marker and c.style not in _NO_ENTRIES), None) if here else None
    if last is not None and last.value is not None and (entry is None or entry.value != last.value + 1):
        # 8.8个“在全省率先”: a point between two digits, where the count expects one
        sign = str(last.value + 1)
        if text.startswith(sign) and text[len(sign) : len(sign) + 1] in (".", "．", "、"):
            start = len(sign) + 1
            title, _ = title_of(text, start)
            entry = new_candidate(
                last.style,
                title,
                (0, start),
                last.value + 1,
                _RUNIN,
                last.rank,
                _ENTRY,
                0.8,
                text[:start],
            )
    if entry is None or entry.marker is None:
        return None
    start, stop = entry.title
    colon = colon_in(text, entry.marker[1], entry.marker[1] + 48)
    means = _MEANS.search(text, start + 2, min(stop, start + 44)) if "指" in text else None
    if means and not start < colon < means.start():
        return retitled(entry, (start, means.start()), _RUNIN)
    if colon <= start or 0 < text.find("。", start, colon) < colon:
        return entry
    end = colon
    while text[end - 1] in " \u3000":
        end -= 1
    start = entry.title[0] if entry.title[0] < entry.title[1] else entry.marker[1]
    form = _RUNIN if text[colon + 1 :].strip() else Form.LINE
    return retitled(entry, (start, end), form)


def _term(text: str) -> Candidate | None:
    """A term and its gloss without a number: “四个转向”：是指…"""
    match = _TERM.match(text) if "：" in text or ":" in text else None
    if not match:
        return None
    return new_candidate(
        "entry-term", match.span(1), None, None, _RUNIN, 45, _ENTRY, 0.7, "a term and its gloss"
    )


def _nest(heads: list[Head]) -> None:
    """Depths: an annex, its entries, and entries of another style inside those."""
    stack: list[Head] = []
    for h in heads:
        if h.kind is _ANNEX:
            stack = [h]
        else:
            while len(stack) > 1 and stack[-1].rank >= h.rank:
                stack.pop()
            stack.append(h)
        h.depth = max(len(stack), 2) if h.kind is _ENTRY else 1
