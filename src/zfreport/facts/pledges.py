"""
The 民生实事 a government promises for the year, one row each.

They stand in an annex of their own, under a heading, or as a numbered run inside one paragraph: “十件民生实事”。（1）…（2）….
Without numbers they are known by their number: 十件民生实事：…；…；…, and there are ten of them.
A paragraph that only says that they will be done promises nothing that can be listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from attrs import evolve

from ..grids import cells
from ..nodes import Annex, Block, BlockRole, Kind, Node, Part
from ..text import Span
from .duties import deadline_in, office_in, quantities_in
from .model import Pledge

if TYPE_CHECKING:
    from ..report import Report

__all__ = ["find_pledges"]

_NAMED = re.compile(
    r"(?:民生|[为為]民|惠民|利民|便民|十[件大项項])[^，。；：\n]{0,6}?[实實]事|[实實]事(?:[项項]目|工程)|[办辦]好[^，。；\n]{0,8}[实實]事"
)
_DONE = re.compile(r"(?:完成|兑现|兌現|落地|办结|辦結|[办辦]成)")
_MARK = re.compile(
    r"[（(]\s?(?P<round>[\d０-９]{1,2})\s?[）)]|(?<![\d０-９.．])(?P<dot>[\d０-９]{1,2})[.．、](?![\d０-９])|(?P<ring>[①-⑳])|(?P<shi>[一二三四五六七八九十]{1,3})是|(?<=[。；：\n])\s*(?P<cjk>[一二三四五六七八九十]{1,3})、"
)
_SPEAKS = re.compile("[实實]事")
_COUNT = r"(?P<count>[一二三四五六七八九十\d０-９]{1,3})(?:[个個]?方面|[件大项項类類])"
_HOW_MANY = re.compile(_COUNT)
_ANNOUNCED = re.compile(
    _COUNT
    + r"[^，。；：:\n]{0,10}[实實]事[^，。；：:\n]{0,6}[，,]?(?:包括|分[别別]是|即|主要是|具[体體](?:是|[为為]))?[：:]"
)
_ANNOUNCEMENTS = 3
"""How many of them a paragraph may make; each is read to its end."""
# 投资280万元，完成中学宿舍楼建设: a sum names no work
_TITLE = re.compile(r"(?:[^，。；：:]{0,6}(?:投资|投資|投入|安排)[^，。；：:]{0,12}[元亿億]，)?[^，。；：:]*")
_CJK = {c: i for i, c in enumerate("〇一二三四五六七八九十")}
_MIN = 3
"""Fewer numbered points than this are no list of 实事."""
_MANY = 5
"""Fewer than this, counted by 一是, 二是, are none unless their number is named."""


def find_pledges(report: Report) -> tuple[Pledge, ...]:
    """The pledges of *report*, in text order; empty if it lists none."""
    found: list[Pledge] = []
    taken: list[Span] = []
    for top in report.children:
        if isinstance(top, Part) and top.role == "review":
            continue
        for node, path in _with_paths(top, ()):
            if any(s.covers(node.span) for s in taken):
                continue
            pledges = (
                _in_table(report, node, path)
                or _under_heading(report, node, path)
                or _behind_sentence(report, node, path)
                or _in_paragraph(report, node, path)
                or _as_announced(report, node, path)
            )
            if pledges:
                taken.append(node.span)
                found += pledges
    return tuple(found)


def _with_paths(node: Node, above: tuple[str, ...]) -> Iterator[tuple[Node, tuple[str, ...]]]:
    stack: list[tuple[Node, tuple[str, ...]]] = [(node, above)]
    while stack:
        n, path = stack.pop()
        yield n, path
        below = _below(n, path)
        stack.extend((child, below) for child in reversed(n.children))


def _below(node: Node, path: tuple[str, ...]) -> tuple[str, ...]:
    """The titles above what lies in *node*."""
    return (*path, node.title) if node.title else path


def _under_heading(report: Report, node: Node, path: tuple[str, ...]) -> list[Pledge]:
    if node.kind is Kind.BLOCK or not node.title or not _NAMED.search(node.title) or _DONE.search(node.title):
        return []
    points = [c for c in node.children if c.kind is not Kind.BLOCK and (c.title or isinstance(node, Annex))]
    numbered = [c for c in points if c.marker is not None]
    if len(numbered) >= _MIN:
        points = numbered
    elif not isinstance(node, Annex):
        return []
    if len(points) < _MIN:
        return []
    spans = _without_closing(report, [c.span for c in points])
    return [
        _pledge(report, span, c.marker.value if c.marker else None, c.title, (*path, node.title), 0.95)
        for c, span in zip(points, spans, strict=True)
    ]


_COLUMNS = {
    "number": re.compile("序|[编編][号號]|[号號]"),
    "office": re.compile("[责責]任|[牵牽][头頭]|[单單]位|部[门門]"),
    "deadline": re.compile("[时時](?:限|[间間])|期限|[进進]度|完成"),
    "title": re.compile("[实實]事|[项項]目|事[项項]|任[务務]|名[称稱]|[内內]容|工程|措施"),
}
"""What the heads of the columns of such a table are known by; a person in charge (责任人) is no office."""
_PERSON = re.compile("责任人|責任人|[领領][导導]|[联聯]系")


def _in_table(report: Report, node: Node, path: tuple[str, ...]) -> list[Pledge]:
    """The rows of a table of 实事: 序号, 实事内容, 责任单位, 完成时限."""
    if not isinstance(node, Block) or node.role != BlockRole.TABLE:
        return []
    head, *rows = _rows(report, node.span)
    columns = _columns(cells(head[0]))
    above = report.source[max(0, node.span.start - 60) : node.span.start].rstrip().rpartition("\n")[2]
    if "title" not in columns or not any(map(_NAMED.search, (*path[-1:], above, head[0]))):
        return []
    found = [p for text, span in rows if (p := _of_row(report, cells(text), columns, span, path))]
    return found if len(found) >= _MIN else []


def _rows(report: Report, span: Span) -> list[tuple[str, Span]]:
    """The rows of the table at *span*, each with its place; the rule below a head of Markdown is none."""
    found = []
    at = span.start
    for row in report.source[span.start : span.end].splitlines(keepends=True):
        text = row.strip("\r\n")
        if text.strip(" |:-\t"):
            found.append((text, Span(at, at + len(text))))
        at += len(row)
    return found


def _columns(heads: list[str]) -> dict[str, int]:
    """Which column is which, by its head: the first of each."""
    found: dict[str, int] = {}
    for i, head in enumerate(heads):
        tight = "".join(head.split())
        for name, words in _COLUMNS.items():
            if words.search(tight) and not _PERSON.search(tight):
                found.setdefault(name, i)
                break
    return found


def _of_row(
    report: Report, row: list[str], columns: dict[str, int], span: Span, path: tuple[str, ...]
) -> Pledge | None:
    """The pledge of a *row*; ``None`` if the cell for what is promised is empty, as in the line of a sum."""

    def cell(name: str) -> str:
        i = columns.get(name, len(row))
        return " ".join(row[i].split()) if i < len(row) else ""

    if not cell("title"):
        return None
    pledge = _pledge(report, span, _ordinal(cell("number")), cell("title"), path, 0.9)
    return evolve(
        pledge, office=cell("office") or pledge.office, deadline=cell("deadline") or pledge.deadline
    )


def _ordinal(mark: str) -> int | None:
    return _value(mark) if re.fullmatch(r"[\d０-９]{1,2}|[一二三四五六七八九十]{1,3}|[①-⑳]", mark) else None


def _without_closing(report: Report, spans: list[Span]) -> list[Span]:
    """*spans* of points, the last without the words that close the list, where each is but one sentence and it is far longer."""
    *others, last = spans
    if any(report.source.count("。", s.start, s.end) > 1 for s in others):
        return spans
    stop = report.source.find("。", last.start, last.end)
    longest = max(s.end - s.start for s in others)
    if stop < 0 or last.end - last.start < 2 * longest or report.source.find("。", stop + 1, last.end) < 0:
        return spans
    return [*others, Span(last.start, stop + 1)]


def _behind_sentence(report: Report, node: Node, path: tuple[str, ...]) -> list[Pledge]:
    """Points 1, 2, 3 … that follow a paragraph whose last words are 十件民生实事."""
    below = node.children
    for i, child in enumerate(below):
        if i + _MIN >= len(below) or child.kind is Kind.BLOCK:
            continue
        tail = child.text[-60:]
        *_, named = None, *_NAMED.finditer(tail)  # the last: 坚持为民办实事，办好十件民生实事
        if named is None or _DONE.search(tail, named.start()):
            continue
        rest = tail[named.end() :].strip()
        told = None
        # 办好六件民生实事，坚决做到言必信、行必果: six must follow, for 办好十件实事，锚定四项工作 opens another list
        if len(rest) > 8:
            told = _HOW_MANY.search(tail, max(0, named.start() - 6), named.end())
            if told is None or _HOW_MANY.search(rest):
                continue
        run = []
        for n, point in enumerate(below[i + 1 :], 1):
            if point.marker is None or point.marker.value != n:
                break
            run.append(point)
        if len(run) >= _MIN and (told is None or len(run) == _value(told["count"])):
            return [
                _pledge(report, p.span, n, p.title, _below(node, path), 0.9) for n, p in enumerate(run, 1)
            ]
    return []


def _in_paragraph(report: Report, node: Node, path: tuple[str, ...]) -> list[Pledge]:
    """A numbered run behind the words 民生实事 in the paragraph *node*."""
    if node.kind not in (Kind.ITEM, Kind.PART, Kind.SECTION) or (
        node.kind is not Kind.ITEM and len(node.children) > 1
    ):
        return []
    text = node.text
    if not _SPEAKS.search(text):
        return []
    named = next((m for m in _NAMED.finditer(text) if not _DONE.search(text, m.end(), m.end() + 8)), None)
    if named is None:
        return []
    marks = list(_run(text, named.end()))
    if len(marks) < _MIN:
        return []
    # 办好民生实事。一是…二是…: a section of work, where nothing says how many 实事 there are
    around = text[max(0, named.start() - 14) : marks[0][1]]
    if len(marks) < _MANY and text[marks[0][2] - 1] == "是" and not _HOW_MANY.search(around):
        return []
    out = []
    base = node.span.start
    for i, (n, start, body) in enumerate(marks):
        end = marks[i + 1][1] if i + 1 < len(marks) else _last_end(text, body)
        first = _TITLE.match(text[body:end])[0]  # type: ignore[index]
        out.append(
            _pledge(report, Span(base + start, base + end), n, first.strip(), _below(node, path), 0.85)
        )
    return out


def _as_announced(report: Report, node: Node, path: tuple[str, ...]) -> list[Pledge]:
    """What stands between ； or ， behind 十件民生实事： in the paragraph *node*, if there are ten of it."""
    # a glossary may list what the text calls by its number only: 20.10件民生实事：…，…
    if node.kind in (Kind.BLOCK, Kind.ANNEX) or (node.kind is not Kind.ITEM and len(node.children) > 1):
        return []
    text = node.text
    if not _SPEAKS.search(text):
        return []
    for named in islice(_ANNOUNCED.finditer(text), _ANNOUNCEMENTS):
        count = _value(named["count"])
        end = _last_end(text, named.end())
        at = named.end()
        for mark in ("；", "，", ";", ","):
            points = text[at:end].rstrip("。\n").split(mark)
            if len(points) == count >= _MANY:
                break
        else:
            continue
        above = _below(node, path)
        out = []
        for n, point in enumerate(points, 1):
            span = Span(node.span.start + at, node.span.start + at + len(point))
            out.append(
                _pledge(report, span, n, re.split("[，：:]", point, maxsplit=1)[0].strip(), above, 0.85)
            )
            at += len(point) + 1
        return out
    return []


def _run(text: str, at: int) -> Iterator[tuple[int, int, int]]:
    """Numbered points 1, 2, 3 … of one style behind *at*, near each other: number, start, start of the words."""
    style, want, last = "", 1, at
    for m in _MARK.finditer(text, at):
        kind = m.lastgroup or ""
        if m.start() - last > 600:
            return
        if (style and kind != style) or _value(m[kind]) != want:
            continue
        if not style and m.start() - at > 120:
            return
        style, want, last = kind, want + 1, m.end()
        yield want - 1, m.start(), m.end()


def _last_end(text: str, body: int) -> int:
    """Where the last point ends: at its full stop, since nothing marks its end."""
    stop = min((i for i in (text.find("。", body), text.find("\n", body)) if i >= 0), default=len(text) - 1)
    return stop + 1


def _value(mark: str) -> int:
    if mark[0] in "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳":
        return ord(mark[0]) - ord("①") + 1
    if mark[0] in _CJK:
        tens, _, ones = mark.rpartition("十")
        if "十" not in mark:
            return _CJK[mark] if len(mark) == 1 else 0
        return (_CJK.get(tens, 0) if tens else 1) * 10 + (_CJK.get(ones, 0) if ones else 0)
    return int(mark)


def _pledge(
    report: Report, span: Span, number: int | None, title: str, path: tuple[str, ...], confidence: float
) -> Pledge:
    text = report.source[span.start : span.end]
    return Pledge(
        number=number,
        title=title,
        text=text.strip(),
        promises=quantities_in(report.quantities, span),
        office=office_in(text),
        deadline=deadline_in(text),
        span=span,
        path=path,
        confidence=confidence,
    )
