"""What is measured: each case is a function that returns one number, and `budgets.toml` says how large it may be."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from functools import partial

from quantities import drain
from ratios import Work, floor, fresh, growth, kept_bytes, ratio
from texts import report, traditional

import zfreport

SHORT = [report(11_000, seed) for seed in range(4)]
LONG = [report(120_000)]


def tree(text: str) -> None:
    """Headings, evidence and metadata; no numbers."""
    found = zfreport.parse(text)
    _ = found.children, found.metadata


def numbers(text: str) -> None:
    """The tree, and every quantity and reference."""
    found = zfreport.parse(text)
    _ = found.quantities, found.references


def everything(text: str) -> None:
    """The tree, numbers, facts and targets."""
    found = zfreport.parse(text)
    _ = found.quantities, found.facts, found.targets


def scan(text: str) -> None:
    """Quantities of a text that need not be a report."""
    zfreport.find_quantities(text)


def convert(text: str) -> None:
    """Traditional to Simplified."""
    zfreport.to_simplified(text)


def _opencc() -> Work:
    from opencc import OpenCC

    return OpenCC("t2s").convert  # type: ignore[no-any-return]


def _numerals() -> tuple[list[str], Work, Work]:
    import cn2an

    words = [
        "三",
        "十二",
        "二十五",
        "一百零八",
        "三千六百",
        "一万二千",
        "五万八千三百四十",
        "九十六",
        "一百三十",
        "七千零五",
    ]
    return words, zfreport.parse_number, partial(cn2an.cn2an, mode="smart")


def numerals() -> float:
    """Chinese numerals, against cn2an."""
    words, ours, theirs = _numerals()
    return ratio(lambda _: [ours(w) for w in words], lambda _: [theirs(w) for w in words], [""])


def pickled(text: str) -> Work:
    """One round trip of the report of *text*."""
    found = zfreport.parse(text)
    return lambda _: pickle.loads(pickle.dumps(found))


FIRST_PARSE = f"import zfreport\nzfreport.parse({report(11_000)!r})"

CASES: dict[str, Callable[[], float]] = {
    # multiples of F
    "tree/11k": lambda: ratio(tree, floor, SHORT),
    "tree/120k": lambda: ratio(tree, floor, LONG),
    "numbers/11k": lambda: ratio(numbers, floor, SHORT),
    "everything/11k": lambda: ratio(everything, floor, SHORT),
    "everything/120k": lambda: ratio(everything, floor, LONG),
    "pattern/11k": lambda: ratio(drain, floor, SHORT),
    "scan/11k": lambda: ratio(scan, floor, SHORT),
    # one side against another
    "traditional/simplified": lambda: ratio(tree, tree, [traditional(40_000)], [report(40_000)]),
    "simplify/opencc, Traditional": lambda: ratio(convert, _opencc(), [traditional(11_000)]),
    "simplify/opencc, Simplified": lambda: ratio(convert, _opencc(), [report(11_000)]),
    "numerals/cn2an": numerals,
    "pickle/tree": lambda: ratio(pickled(SHORT[0]), tree, SHORT[:1]),
    "import/attrs": lambda: fresh("import zfreport", "import attrs"),
    "import and first tree/attrs": lambda: fresh(FIRST_PARSE, "import attrs"),
    # bytes per character
    "kept tree, bytes": lambda: kept_bytes(zfreport.parse, SHORT),
    # time for twice the text
    "growth/report": lambda: growth(everything, report(240_000)),
    "growth/digits": lambda: growth(everything, "1" * 400_000),
    "growth/numerals": lambda: growth(everything, "一" * 400_000),
    "growth/lines": lambda: growth(scan, "一一一\n" * 125_000),
    "growth/markers": lambda: growth(everything, "（一）甲\n" * 5_000),
    "growth/targets": lambda: growth(everything, "地区生产总值增长8%左右，" * 4_000),
}
