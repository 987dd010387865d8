"""Numbered headings: at the start of a line, and inside a paragraph where a line break was lost."""

from __future__ import annotations

import re

from ..diagnostics import Code, Diagnostic, Severity
from ..headings.model import Candidate, retitled
from ..headings.wording import PROBLEMS
from ..nodes import Form, Kind
from ..vocab import both
from .model import PARAGRAPH, Head, in_order
from .proposals import Proposals

__all__ = ["LISTS", "inside_paragraphs", "numbered"]

_SECTION = Kind.SECTION  # a member looked up on its class costs ten times as much

LISTS = frozenset(("shi", "yao", "ordinal-word"))
"""Styles that also enumerate inside a sentence."""
_IMITATED = ("cjk-bare", *sorted(LISTS), "cjk-half-paren", "arabic-half-paren", "arabic-dot")
"""Styles that single words or numbers can imitate: believed only where they count on."""
_SECTIONS = {"part-word": 0, "cjk-comma": 10, "cjk-paren": 20}
"""Styles that number whole sections, with their usual rank."""
_LOWEST = max(_SECTIONS.values())
_POINTS = frozenset(("arabic-paren", "arabic-dot", "circled"))
_SHORTEST = 40
"""Characters of the shortest body of such a series that stands behind a heading."""
_PROBLEMS = re.compile(both(f"{PROBLEMS}|隐患|风险|原因|教训"))
_TROUBLES = re.compile(
    both(
        rf"[原教存面问困不](?:(?<=原)因|(?<=教)训|(?<=[存面])[在临][^。]{{0,30}}(?:{PROBLEMS})|(?:(?<=问)题|(?<=困)难|(?<=不)足)(?:主要)?(?:是|有|表现))"
        r"[^。，,：:]{0,8}[。，,：:]?$"
    )
)
"""What a line says that announces them, and nothing else."""
_ANNOUNCED = 60
"""Characters before a list that say what it is of."""
_SOLVED = re.compile(
    both(
        rf"(?:补齐?|解决|破解|破除|发现|化解|克服|攻克|针对|防范|应对|消除|[吸汲]取)[^。，；：]{{0,20}}?(?:{_PROBLEMS.pattern})"
    )
)
"""Problems that are dealt with: what is counted behind them is work."""


def numbered(p: Proposals) -> list[Head]:
    """Numbered headings that open a line of the body, and those of the user's own styles."""
    heads: list[Head] = []
    for i, here in p.found.items():
        if i >= p.annex_at:
            break
        for c in here:
            if c.style == "annex-title" or (c.marker is None and c.style not in p.own_styles):
                continue
            if c.style == "note":
                p.refuse(i, c, "note-mark", "a note mark outside a glossary")
                continue
            head = Head(i, c, c.rank, c.kind or _SECTION, c.weight)
            if (
                c.marker
                and c.title[0] >= c.title[1]
                and c.marker[1] >= len(p.lines[i].text)
                and not _joined(p, i, c, head)
            ):
                break
            heads.append(head)
            break
    present = {h.style for h in heads}
    for style in _IMITATED:
        if style in present and style not in p.own_styles:
            heads = _counting(p, heads, style)
    return heads


def _joined(p: Proposals, i: int, c: Candidate, head: Head) -> bool:
    """Whether a number alone on its line has its title on the next one."""
    below = p.next_line(i)
    if below >= p.annex_at or len(p.lines[below].text) > PARAGRAPH or p.found.get(below, [c])[0].marker:
        p.refuse(i, c, "split-marker", "a number alone on its line, and no title below it")
        return False
    head.title_line = below
    head.confidence = 0.7
    return True


def _counting(p: Proposals, heads: list[Head], style: str) -> list[Head]:
    """Of a style that words can imitate, only the heads that count on from one another."""
    mine = [h for h in heads if h.style == style]
    strict = style == "cjk-bare"
    good: set[int] = set()
    run: list[Head] = []
    for h in [*mine, None]:
        last = run[-1].value if run else None
        if (
            h is not None
            and last is not None
            and h.value is not None
            and (h.value == last + 1 or (not strict and last < h.value <= last + 2))
        ):
            run.append(h)
            continue
        if (
            len(run) >= 2
            and (not strict or run[0].value == 1)
            and not (run[0].value == 1 and _announces_problems(p, run[0]))
        ):
            good.update(id(x) for x in run)
        run = [h] if h is not None else []
    if style == "arabic-dot":  # a single 1. may stand where the rest was lost
        good.update(id(h) for h in mine if h.value == 1 and h.form is Form.LINE)
    for h in mine:
        if id(h) not in good:
            p.refuse(
                h.line,
                h.candidate,
                "series",
                f"{h.candidate.detail!r} stands alone: no heading counts on from it",
            )
    return [h for h in heads if h.style != style or id(h) in good]


def _announces_problems(p: Proposals, first: Head) -> bool:
    """Whether the line above a series of 一是 says that problems, or their causes, follow."""
    above = p.line_before(first.line)
    if first.style not in LISTS or above < p.frame.body:
        return False
    return _TROUBLES.search(p.lines[above].text[-_ANNOUNCED:]) is not None


def inside_paragraphs(p: Proposals, heads: list[Head]) -> list[Head]:
    """*heads* and those inside a paragraph, where a line break was lost: only where the number counts on."""
    lines = p.lines
    long = [(i, text) for i in p.body if i < p.annex_at and len(text := lines[i].text) >= 30]
    found = {long[n][0]: here for n, here in p.chain._scan.inside([text for _, text in long]).items()}
    if not found:
        return heads
    extra: list[Head] = []
    own_by_line = {h.line: h for h in heads}
    listed = {h.line for h in heads if h.style in LISTS}
    # only the numbers of whole sections have to count on from those of other lines
    sections = any(c.style in _SECTIONS for here in found.values() for c in here)
    ahead = _values_ahead(heads) if sections else {}
    last: dict[str, int] = {}
    for i in sorted({*found, *own_by_line}) if sections else found:
        own = own_by_line.get(i)
        if sections and own is not None and own.value is not None:
            ahead[own.style].pop()
            _count(last, own.style, own.value, own.rank)
        inside = found.get(i)
        if inside is None:
            continue
        runs: dict[str, list[Candidate]] = {}
        for c in inside:
            runs.setdefault(c.style, []).append(c)
        counting = _counting_on(p, i, inside, runs, last, ahead) if sections else {}
        below = p.next_line(i)
        counted_on = own_by_line[below] if below in listed else None
        for style, run in runs.items():
            accepted = counting[style] if style in counting else _accepted(p, i, run, own is not None)
            if not accepted and counted_on is not None and counted_on.style == style:
                accepted = _counted_on(p, i, run, own, counted_on)
            if not accepted and own is not None and own.style == style and style in LISTS:
                accepted = _goes_on(p, i, run, own)
            for c in accepted:
                extra.append(Head(i, c, c.rank, c.kind or _SECTION, 0.6, "inside a paragraph, counts on"))
                if c.rank <= 20 and c.marker:
                    message = f"{c.detail!r} stands inside a paragraph: a line break was lost before it"
                    p.diagnostics.append(
                        Diagnostic(Code.BROKEN_LINE, Severity.INFO, lines[i].span(*c.marker), message)
                    )
    return in_order([*heads, *extra]) if extra else heads


def _values_ahead(heads: list[Head]) -> dict[str, list[int | None]]:
    """For each style the values of its heads, the next one last."""
    ahead: dict[str, list[int | None]] = {}
    for h in reversed(heads):
        if h.value is not None:
            ahead.setdefault(h.style, []).append(h.value)
    return ahead


def _counting_on(
    p: Proposals,
    i: int,
    inside: list[Candidate],
    runs: dict[str, list[Candidate]],
    last: dict[str, int],
    ahead: dict[str, list[int | None]],
) -> dict[str, list[Candidate]]:
    """
    Of the candidates inside line *i* whose style numbers whole sections, by style those whose number counts on.

    In text order, and *last* with them: behind 二、 the （一） of a paragraph that holds half a report counts anew.
    """
    kept: dict[str, list[Candidate]] = {style: [] for style in runs if style in _SECTIONS}
    refused = {style for style in kept if p.vetoed(i, runs[style][0])}
    text = p.lines[i].text
    for c in inside:
        if c.style not in kept or c.style in refused or c.value is None:
            continue
        following = (ahead.get(c.style) or [None])[-1]
        if (
            c.value == last.get(c.style, 0) + 1
            and (following is None or following in (1, c.value + 1) or len(runs[c.style]) > 1)
            and _before(text, c) in "。！？；;！:：”）"
            and 4 <= c.title[1] - c.title[0] <= 60
        ):
            kept[c.style].append(c)
            _count(last, c.style, c.value, c.rank)
    return kept


def _count(last: dict[str, int], style: str, value: int, rank: int) -> None:
    """Note that *style* has come to *value*: what usually stands below it begins anew."""
    last[style] = value
    if rank < _LOWEST:
        for other, usual in _SECTIONS.items():
            if usual > rank:
                last.pop(other, None)


def _accepted(p: Proposals, i: int, run: list[Candidate], headed: bool) -> list[Candidate]:
    """Of the candidates of one other style inside line *i*, those that are headings."""
    style = run[0].style
    text = p.lines[i].text
    if p.vetoed(i, run[0]):
        return []
    if style in LISTS:
        before = text[max(0, run[0].start - _ANNOUNCED) : run[0].start]
        if _PROBLEMS.search(before) and _PROBLEMS.search(_SOLVED.sub("", before)):
            return []
        return _full_sentences(text, run, 60 if headed or 4 <= text.find("。") <= 24 else 18)
    if (
        style in _POINTS
        and len(run) >= 3
        and _counts_from_one(run)
        and all(_before(text, c) not in "；;，," for c in run[1:])
    ):
        ends = [*(len(text[: c.start].rstrip(" \u3000")) for c in run[1:]), len(text)]
        return [
            c if c.title[1] <= end else retitled(c, (c.title[0], end), c.form)
            for c, end in zip(run, ends, strict=True)
        ]
    return []


def _counted_on(p: Proposals, i: int, run: list[Candidate], own: Head | None, below: Head) -> list[Candidate]:
    """主要措施是：一要X。 and the next paragraph opens with 二要: the series begins, or goes on, inside line *i*."""
    text = p.lines[i].text
    if below.value is None or p.vetoed(i, run[0]):
        return []
    kept: list[Candidate] = []
    expected = below.value - 1
    for c in reversed(run):
        if c.value != expected or text[c.title[1] : c.title[1] + 1] not in "。；：;:":
            break
        kept.append(c)
        expected -= 1
    opened = own is not None and own.style == below.style and own.value == expected
    return kept if expected == 0 or opened else []


def _goes_on(p: Proposals, i: int, run: list[Candidate], own: Head) -> list[Candidate]:
    """第六，X。… 第七，Y。…: the last of a series share the paragraph that the one before them opens."""
    text = p.lines[i].text
    if own.value is None or p.vetoed(i, run[0]):
        return []
    if [c.value for c in run] != [own.value + n for n in range(1, len(run) + 1)]:
        return []
    ends = [*(c.start for c in run[1:]), len(text)]
    closed = all(
        text[c.title[1] : c.title[1] + 1] == "。"
        and _before(text, c) == "。"
        and end - c.title[1] >= _SHORTEST
        for c, end in zip(run, ends, strict=True)
    )
    return run if closed else []


def _before(text: str, c: Candidate) -> str:
    return text[: c.start].rstrip(" \u3000")[-1:]


def _counts_from_one(run: list[Candidate]) -> bool:
    return [c.value for c in run] == list(range(1, len(run) + 1))


def _full_sentences(text: str, run: list[Candidate], least: int) -> list[Candidate]:
    """
    一是… 二是… inside a paragraph are headings only as a series from one, each a short sentence with a body of its own:
    of *least* characters on the average, which is more where the paragraph has a heading already.
    """
    if len(run) < 3 or not _counts_from_one(run):
        return []
    ends = [*(c.start for c in run[1:]), len(text)]
    said = 0
    for c, end in zip(run, ends, strict=True):
        own = end - c.title[1]
        if (
            not 3 <= c.title[1] - c.title[0] <= 48
            or text[c.title[1] : c.title[1] + 1] != "。"
            or own < min(least, _SHORTEST)
        ):
            return []
        said += own
    return run if said >= least * len(run) else []
