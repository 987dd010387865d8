"""
What damage costs: ``python tools/damage.py [FOLDER ...]``.

Every text is laid out anew, one paragraph a line, and damaged in each of the ways of `tests/damages.py`. Printed is how
many of the headings, numbers, facts and targets of the whole text are read from the damaged one, and how many of those read
from the damaged one are in the whole one.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from damages import DAMAGES, facts, numbers, outline, targets  # noqa: E402

import zfreport  # noqa: E402
from zfreport.layout import lay_out  # noqa: E402

READ: dict[str, Callable[[zfreport.Report], Counter]] = {
    "headings": lambda report: Counter(outline(report)),
    "numbers": numbers,
    "facts": facts,
    "targets": targets,
}


def measure(paths: Sequence[Path]) -> dict[tuple[str, str], tuple[float, float]]:
    """For each damage and each thing read, what share of the whole's is in the damaged, and of the damaged's in the whole."""
    counts: Counter = Counter()
    for path in paths:
        given = [line.text for line in lay_out(path.read_text("utf-8"))]
        whole = zfreport.parse("\n".join(given))
        for name, damage in DAMAGES.items():
            damaged = zfreport.parse(damage(given))
            for what, read in READ.items():
                there, here = read(whole), read(damaged)
                counts[name, what, "both"] += (there & here).total()
                counts[name, what, "whole"] += there.total()
                counts[name, what, "damaged"] += here.total()
    return {
        (name, what): (
            counts[name, what, "both"] / max(counts[name, what, "whole"], 1),
            counts[name, what, "both"] / max(counts[name, what, "damaged"], 1),
        )
        for name in DAMAGES
        for what in READ
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, default=[ROOT / "examples"])
    parser.add_argument("--every", type=int, default=1, help="take one text of so many")
    options = parser.parse_args()
    paths = [path for folder in options.folders for path in sorted(folder.rglob("*.txt"))][:: options.every]
    shares = measure(paths)
    print(f"{f'{len(paths)} texts':24}" + "".join(f"{what:>18}" for what in READ))
    for name in DAMAGES:
        print(f"{name:24}" + "".join("{:10.4f}{:8.4f}".format(*shares[name, what]) for what in READ))


if __name__ == "__main__":
    main()
