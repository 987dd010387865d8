"""
`read_numeral` against `cn2an.cn2an` on Chinese numerals: ``python benchmarks/numerals.py [FOLDER]``.

With a folder of texts (``../shared/corpus``), on every Chinese numeral that occurs in them and that both can read, once
each (distinct) and as often as it occurs; without one, on numbers written out in code. The answers must be equal.
Exits 1 below the budget: 10 times as fast on the numerals as they occur.
"""

from __future__ import annotations

import re
import statistics
import sys
import time
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

import cn2an

from zfreport.numerals import CHINESE_DIGITS, CHINESE_UNITS, MAX_NUMERAL, parse_number, read_numeral

if TYPE_CHECKING:
    from collections.abc import Callable

BUDGET = 10.0
ROUNDS = 15
RUN = re.compile(f"[{CHINESE_DIGITS}{CHINESE_UNITS}点點]+")


def peer(text: str) -> float | None:
    """cn2an's answer, or ``None`` where it refuses."""
    try:
        return float(cn2an.cn2an(text, "smart"))
    except ValueError:
        return None


def numerals(folder: str | None) -> Counter[str]:
    """The numerals to read, with how often each occurs."""
    if folder is None:  # the shape of a report: nine of ten are one character
        return Counter(
            {
                cn2an.an2cn(n): 10_000 // n
                for n in (*range(1, 100), 250, 1350, 20_400, 135_000, 95_933_000_000)
            }
        )
    found: Counter[str] = Counter()
    for path in sorted(Path(folder).rglob("*.txt")):
        found.update(RUN.findall(path.read_text("utf-8")))
    return Counter({text: n for text, n in found.items() if len(text) <= MAX_NUMERAL})


def seconds(read: Callable[[str], object], texts: list[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        read(text)
    return time.perf_counter() - start


def ratio(read: Callable[[str], object], texts: list[str]) -> float:
    """Median over paired rounds of cn2an's time to ours."""
    return statistics.median(seconds(peer, texts) / seconds(read, texts) for _ in range(ROUNDS))


def main(folder: str | None = None) -> int:
    counts = numerals(folder)
    both = {
        text: (ours, theirs)
        for text in counts
        if (ours := read_numeral(text)) is not None and (theirs := peer(text)) is not None
    }
    unequal = [
        (text, *pair)
        for text, pair in both.items()
        if abs(pair[0] - Decimal(str(pair[1]))) > abs(pair[0]) / 10**9
    ]
    share = max(1, sum(counts[text] for text in both) // 3000)
    as_they_occur = [text for text in both for _ in range(-(-counts[text] // share))]
    print(f"{len(both)} numerals that both read, {len(unequal)} answers unequal {unequal[:5]}")
    print(f"distinct, without the memo   {ratio(parse_number, list(both)):6.1f} x cn2an")
    print(f"distinct, with the memo      {ratio(read_numeral, list(both)):6.1f} x cn2an")
    occurring = ratio(parse_number, as_they_occur)
    print(f"as they occur, without       {occurring:6.1f} x cn2an   budget {BUDGET}")
    print(f"as they occur, with          {ratio(read_numeral, as_they_occur):6.1f} x cn2an")
    return int(bool(unequal) or occurring < BUDGET)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
