"""
What finding numbers costs, in multiples of F, and beside the peers that install from PyPI: ``python benchmarks/quantities.py [FILE…]``.

F drains ``regex.finditer(r"\\d+")`` and splits the lines: the least any reader of numbers must do. Without files, on
reports built in code. Peers are imported if they are installed (``pip install jionlp chinese2digits
recognizers-text-suite "emoji<2"``) and read the same text in the same run; what they find is not compared here. Exits 1 over
budget.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections import deque
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ratios import floor, ratio
from texts import report

import zfreport
from zfreport.quantities.grammar import quantity_pattern
from zfreport.quantities.references import find_references
from zfreport.units import UNITS

if TYPE_CHECKING:
    from collections.abc import Callable

PEER_CHARACTERS = 4_000
"""How much of the text the peers get: some need minutes for a report."""


def drain(text: str) -> None:
    """The scan for quantities alone."""
    deque(quantity_pattern(UNITS).finditer(text), maxlen=0)


def references(text: str) -> None:
    """Every reference with its value."""
    deque(find_references(text), maxlen=0)


def whole(text: str) -> None:
    """A report parsed, with every quantity and reference read."""
    found = zfreport.parse(text)
    _ = found.quantities, found.references


OURS: dict[str, tuple[Callable[[str], Any], float | None]] = {
    "quantity scan": (drain, 1.5),
    "references": (references, None),
    "scan(): quantities and references": (zfreport.scan, None),
    "report, quantities, references": (whole, 12.0),
}


def _cn2an() -> Callable[[str], Any]:
    return partial(import_module("cn2an").transform, method="cn2an")


def _jionlp() -> Callable[[str], Any]:
    return partial(import_module("jionlp").ner.extract_money, with_parsing=True)


def _chinese2digits() -> Callable[[str], Any]:
    return import_module("chinese2digits").takeNumberFromString  # type: ignore[no-any-return]


def _recognizers() -> Callable[[str], Any]:
    recognize = import_module("recognizers_number_with_unit").recognize_dimension
    return lambda text: recognize(text, "zh-cn")


PEERS = {
    "cn2an.transform": _cn2an,
    "jionlp.ner.extract_money": _jionlp,
    "chinese2digits": _chinese2digits,
    "recognizers-text, dimensions": _recognizers,
}


def seconds(work: Callable[[str], Any], text: str) -> float:
    start = time.perf_counter()
    work(text)
    return time.perf_counter() - start


def main(files: list[str]) -> int:
    texts = [Path(name).read_bytes().decode() for name in files] or [
        report(11_000, seed) for seed in range(4)
    ]
    over = 0
    print(f"{'':36}{'x F':>8}{'budget':>8}")
    for name, (work, budget) in OURS.items():
        measured = ratio(work, floor, texts)
        over += budget is not None and measured > budget
        print(f"{name:36}{measured:8.2f}{budget or '':>8}")
    sample = texts[0][:PEER_CHARACTERS]
    zfreport.scan(sample)
    ours = statistics.median(seconds(zfreport.scan, sample) for _ in range(15))
    print(f"\n{'on ' + str(len(sample)) + ' characters':36}{'ms':>10}{'x ours':>10}")
    print(f"{'zfreport.scan':36}{ours * 1000:10.2f}{1:10}")
    for name, load in PEERS.items():
        try:
            peer = load()
        except ImportError as error:  # a package of its own may be the one that is missing or too new
            print(f"{name:36}  not to be had: {error}")
            continue
        peer(sample[:50])  # what it loads on its first call is not its speed
        theirs = min(seconds(peer, sample) for _ in range(2))
        print(f"{name:36}{theirs * 1000:10.1f}{theirs / ours:10.1f}")
    return int(over > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
