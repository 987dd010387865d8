"""
``python benchmarks [NAME…]``: measure, compare with `budgets.toml`, exit 1 if a case is over its budget or has none.

A budget is about one and a half times what was measured when it was set: tight enough to see a lost factor of two, loose enough for another machine.
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from cases import CASES


def main(names: list[str]) -> int:
    """Run the cases whose names contain one of *names*, or all."""
    budgets = tomllib.loads(Path(__file__).with_name("budgets.toml").read_text("utf-8"))["budget"]
    if stray := budgets.keys() ^ CASES.keys():
        print(f"in only one of budgets.toml and cases.py: {', '.join(sorted(stray))}", file=sys.stderr)
        return 1
    chosen = [name for name in CASES if not names or any(part in name for part in names)]
    if not chosen:
        print(f"no such case; there are: {', '.join(CASES)}", file=sys.stderr)
        return 2
    over = 0
    print(f"{'case':32}{'measured':>10}{'budget':>10}")
    for name in chosen:
        measured = CASES[name]()
        verdict = "  over" if measured > budgets[name] else ""
        over += bool(verdict)
        print(f"{name:32}{measured:10.3f}{budgets[name]:10.3f}{verdict}", flush=True)
    return bool(over)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
