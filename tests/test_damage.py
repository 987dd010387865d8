"""The example reports, damaged as files are found damaged, give the same outline, numbers and targets."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest

import zfreport
from zfreport.layout import lay_out
from zfreport.text import width

EXAMPLES = Path(__file__).parent.parent / "examples"
NAMES = [
    "county-2024.txt",
    "county-2025.txt",
    "traditional.txt",
    "unnumbered-parts.txt",
    "policy-address.txt",
]
_TOKEN = re.compile(r"[0-9A-Za-z.,%]+|.", re.S)


def paragraphs(name: str) -> list[str]:
    """The paragraphs of an example, one a line."""
    return [line.text for line in lay_out((EXAMPLES / name).read_text("utf-8"))]


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
}


def outline(report: zfreport.Report) -> list[tuple[str, str]]:
    return [(str(node.kind), node.title) for node in report.walk() if node.title]


def numbers(report: zfreport.Report) -> Counter:
    return Counter(
        (q.low, q.high, q.low_closed, q.high_closed, q.approx, q.unit.symbol) for q in report.quantities
    )


def targets(report: zfreport.Report) -> Counter:
    return Counter((t.indicator, str(t.kind), t.low, t.high, str(t.bound), t.period) for t in report.targets)


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


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("name", NAMES)
def test_damaged_is_read_alike(name, damage):
    """What a reader would restore is restored."""
    given = paragraphs(name)
    whole, damaged = zfreport.parse("\n".join(given)), zfreport.parse(DAMAGES[damage](given))
    assert outline(damaged) == outline(whole)
    assert numbers(damaged) == numbers(whole)
    assert targets(damaged) == targets(whole)
    assert known(damaged) == known(whole)


@pytest.mark.parametrize("name", NAMES)
def test_front_matter_on_one_line(name):
    """Who, when and where is read although single blanks are all that is left of the breaks."""
    given = paragraphs(name)
    assert known(zfreport.parse(" ".join(given))) == known(zfreport.parse("\n".join(given)))


def test_wrapped_bounds_and_units():
    """45亿元⏎以上 is no point, 9.2万人⏎次 are no people, and a page number is none of the sentence's numbers."""
    given = paragraphs("county-2024.txt")
    sentence = "今年完成投资45亿元以上，接待游客9.2万人次。"
    for cut in range(1, len(sentence) - 1):
        if sentence[cut - 1 : cut + 1].isascii():  # inside a number
            continue
        first = "我们将继续保持定力，凝聚起推动高质量发展的强大合力，" + sentence[:cut]
        broken = f"{first}\n— 3 —\n{sentence[cut:]}"
        report = zfreport.parse("\n".join([*given[:12], broken, *given[12:]]))
        there = [q for q in report.quantities if q.span.start in range(*_place(report.source, broken))]
        assert [(str(q.low), q.high and str(q.high), q.unit.symbol) for q in there] == [
            ("4.5E+9", None, "元"),
            ("9.2E+4", "9.2E+4", "人次"),
        ], broken
        assert all(q.text == report.source[q.span.start : q.span.end] for q in there)


def _place(source: str, words: str) -> tuple[int, int]:
    start = source.index(words)
    return start, start + len(words)
