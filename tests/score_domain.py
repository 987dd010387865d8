"""
Scores the hand-checked tables of ../shared: values of the seeds, and growth targets of 21 provinces.

Run it by hand: ``python tests/score_domain.py [--show]``. `test_targets` asks the same two functions.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import zfreport
from zfreport.facts import find_facts, find_targets

SHARED = Path(__file__).resolve().parents[2] / "shared"


def _rows(name: str) -> list[dict[str, str]]:
    with (SHARED / "domain" / name).open(encoding="utf-8") as f:
        return list(csv.DictReader(f, delimiter="\t"))


def _read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def _number(cell: str) -> Decimal | None:
    return Decimal(cell) if cell else None


def seed_truth() -> Iterator[tuple[bool, str]]:
    """Each row of SEED_TRUTH.tsv: whether a fact says the same, and the row."""
    facts: dict[str, list[list[zfreport.Fact]]] = {}
    for row in _rows("SEED_TRUTH.tsv"):
        seed = row["seed"]
        if seed not in facts:
            (path,) = (SHARED / "seeds").glob(f"{seed}_*.txt")
            facts[seed] = [
                [*find_facts(r), *find_targets(r).targets] for r in zfreport.parse_all(_read(path))
            ]
        report = facts[seed][int(row["report_no"]) - 1] if len(facts[seed]) >= int(row["report_no"]) else []
        id = row["indicator_id"]
        found = any(
            (f.indicator == id or id.startswith("("))
            and str(f.modality) == row["modality"]
            and (f.kind == row["kind"] or row["bound"] in ("relative", "external"))
            and (f.low, f.high) == (_number(row["low"]), _number(row["high"]))
            and f.bound == row["bound"]
            and (f.period == row["period"] or row["bound"] == "external")
            for f in report
        )
        yield found, " ".join(row.values())


def provinces() -> Iterator[tuple[bool, str]]:
    """Each row of GDP_TARGETS_2026.tsv: whether the report's base growth target of the year is that, and no other."""
    for row in _rows("GDP_TARGETS_2026.tsv"):
        path = SHARED / "corpus" / "provinces-2026" / f"province_{row['province']}_2026.txt"
        mine = [
            (t.low, t.high, str(t.bound))
            for r in zfreport.parse_all(_read(path))
            for t in find_targets(r).targets
            if t.indicator == "gdp" and t.horizon == "year" and t.tier == "base" and t.kind == "growth"
        ]
        want = (_number(row["low"]), _number(row["high"]), row["bound"])
        yield mine == [want], f"{row['province']} {want} {mine}"


if __name__ == "__main__":
    for title, rows in (("SEED_TRUTH", list(seed_truth())), ("GDP_TARGETS_2026", list(provinces()))):
        print(title, sum(ok for ok, _ in rows), "of", len(rows))
        if "--show" in sys.argv:
            print(*(f"  missing: {text}" for ok, text in rows if not ok), sep="\n")
