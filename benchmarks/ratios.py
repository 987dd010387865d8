"""
Ratios of two running times in one process: seconds do not travel between machines, multiples do.

Processor time is measured, not the clock on the wall, so that a busy machine gives the same answer.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections import deque
from collections.abc import Callable, Sequence
from typing import Any

ROUNDS = 15
SLICE = 0.01
"""Seconds that one side of one round takes at least; below that the clock and the cache are measured."""

Work = Callable[[str], Any]


def floor(text: str) -> None:
    """F: the least any reader of numbers and lines must do."""
    import regex

    deque(regex.finditer(r"\d+", text), maxlen=0)
    text.splitlines()


def _run(work: Work, texts: Sequence[str], loops: int) -> float:
    start = time.process_time()
    for _ in range(loops):
        for text in texts:
            work(text)
    return time.process_time() - start


def ratio(ours: Work, theirs: Work, texts: Sequence[str], their_texts: Sequence[str] | None = None) -> float:
    """
    Median of `ROUNDS` paired rounds of *ours* over *theirs*, the two sides alternating.

    The machine's clock may wander by a factor of two between minutes, but hardly within one round.
    """
    sides = [(ours, texts), (theirs, their_texts or texts)]
    loops = [max(1, round(SLICE / _run(work, on, 1))) for work, on in sides]  # also warms up
    trials = []
    for number in range(ROUNDS):
        order = (0, 1) if number % 2 else (1, 0)
        seconds = [0.0, 0.0]
        for i in order:
            seconds[i] = _run(*sides[i], loops[i]) / loops[i]
        trials.append(seconds[0] / seconds[1])
    return statistics.median(trials)


def fresh(ours: str, theirs: str) -> float:
    """
    The same for two statements, each in a fresh interpreter, timed inside it: the cost of an import.

    Bytecode is there for both, as it is for whoever installed the two: a checkout may be kept from writing its own.
    """
    with tempfile.TemporaryDirectory() as bytecode:
        there = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
        there["PYTHONPYCACHEPREFIX"] = bytecode

        def seconds(code: str) -> float:
            timed = f"import time; t = time.process_time()\n{code}\nprint(time.process_time() - t)"
            command = [sys.executable, "-c", timed]
            done = subprocess.run(command, check=True, capture_output=True, text=True, env=there)
            return float(done.stdout.split()[-1])

        seconds(ours), seconds(theirs)
        return statistics.median(seconds(ours) / seconds(theirs) for _ in range(ROUNDS))


def kept_bytes(make: Callable[[str], Any], texts: Sequence[str]) -> float:
    """Bytes per character that stay alive for each kept result, the texts themselves not counted."""
    make(texts[0])  # tables and patterns are not the result's
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = [make(text) for text in texts]
    used = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    return used / sum(map(len, texts[: len(kept)]))


def growth(work: Work, text: str) -> float:
    """Time for the whole of *text* over time for its first half: 2 is linear, 4 quadratic."""
    return ratio(work, work, [text], [text[: len(text) // 2]])
