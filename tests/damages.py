"""Damage as it is found in files, done to whole paragraphs, and what of a report should survive it."""

from __future__ import annotations

import re
from collections import Counter

import zfreport
from zfreport.text import width

__all__ = ["DAMAGES", "known", "numbers", "outline", "targets"]

_TOKEN = re.compile(r"[0-9A-Za-z.,%]+|.", re.S)


def folded(text: str, columns: int) -> list[str]:
    """*text* in lines of at most *columns*, no number or Latin word broken."""
    lines, line, size = [], "", 0
    for token in _TOKEN.findall(text):
        if size + width(token) > columns and line:
            lines.append(line)
            line, size = "", 0
        line += token
        size += width(token)
    return [*lines, line]


def hard_wrapped(given: list[str]) -> str:
    """Lines of 60 columns, paragraphs indented."""
    return "\n".join(line for paragraph in given for line in folded("　　" + paragraph, 60))


def paged(given: list[str]) -> str:
    """The same with a page number every 25 lines, wherever that falls."""
    lines = hard_wrapped(given).split("\n")
    pages = [lines[i : i + 25] for i in range(0, len(lines), 25)]
    return "\n".join("\n".join([*page, f"— {n} —"]) for n, page in enumerate(pages, 1))


def as_markdown(given: list[str]) -> str:
    """Headings with hashes, every lead sentence and every percentage in bold."""
    out = []
    for line in given:
        head = re.match(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）", line)
        if head and len(line) < 40:
            out.append(("## " if head[0].endswith("、") else "### ") + line)
            continue
        lead, stop, rest = line.partition("。")
        bold = f"**{lead}{stop}**" if rest and 4 < len(lead) < 30 and "*" not in lead else lead + stop
        out.append(bold + re.sub(r"(?<![\d.])\d+(?:\.\d+)?%", r"**\g<0>**", rest))
    return "\n\n".join(out)


DAMAGES = {
    "hard-wrapped": hard_wrapped,
    "paged": paged,
    "one line, two blanks": "　　".join,
    "literal breaks": "\\r\\n".join,
    "no-break spaces": "\n\xa0\xa0\xa0\xa0".join,
    "entities": "\n&nbsp;&nbsp;".join,
    "html breaks": "<br/>".join,
    "form feeds": "\x0c".join,
    "blank lines": "\n\n".join,
    "markdown": as_markdown,
}


def outline(report: zfreport.Report) -> list[tuple[str, str]]:
    return [(str(node.kind), node.title) for node in report.walk() if node.title]


def numbers(report: zfreport.Report) -> Counter:
    return Counter(
        (q.low, q.high, q.low_closed, q.high_closed, q.approx, q.unit.symbol) for q in report.quantities
    )


def targets(report: zfreport.Report) -> Counter:
    return Counter((t.indicator, str(t.kind), t.low, t.high, str(t.bound), t.period) for t in report.targets)


def facts(report: zfreport.Report) -> Counter:
    return Counter(
        (f.indicator, str(f.kind), f.low, f.high, str(f.bound), str(f.modality), f.period, f.filter, f.parent)
        for f in report.facts
    )


def known(report: zfreport.Report) -> dict[str, object]:
    return {
        name: getattr(getattr(report.metadata, name), "value", None)
        for name in (
            "title",
            "level",
            "review_year",
            "plan_year",
            "session",
            "delivered",
            "speaker",
            "office",
        )
    }
