"""Facts that were read by hand, blind: what is right, found and false stays so."""

from __future__ import annotations

import csv
from pathlib import Path

import score_facts

GOLD = Path(__file__).parent / "gold"
FLOORS = {
    "a": (366, 326, 5, 3),
    "b": (191, 177, 6, 3),
    "c": (169, 159, 1, 0),
    "d": (91, 87, 0, 0),
    "e": (88, 82, 0, 2),
    "f": (65, 62, 0, 0),
}
"""By reader: rows, at least so many right, at most so many wrong and false."""


def test_gold(shared):
    """As measured: of all facts at least so many are right in every field, of all rows at least so many have one."""
    found = list(score_facts.outcomes())
    by_reader = {who: score_facts.measure([o for o in found if o.reader == who]) for who in FLOORS}
    for who, (rows, right, wrong, false) in FLOORS.items():
        measured = by_reader[who]
        assert measured["rows"] == rows, who
        assert measured["right"] >= right, who
        assert measured["wrong"] <= wrong, who
        assert measured["false"] <= false, who


def test_rows_lie_in_passages():
    """Every row is the number of a sentence that was read, and tells what it states or that it states nothing."""
    with (GOLD / "passages.tsv").open(encoding="utf-8") as f:
        passages = [(r["text"], int(r["start"]), int(r["end"])) for r in csv.DictReader(f, delimiter="\t")]
    with (GOLD / "facts.tsv").open(encoding="utf-8") as f:
        rows = list(csv.DictReader(f, delimiter="\t"))
    assert rows
    for row in rows:
        at = int(row["at"])
        assert any(text == row["text"] and start <= at < end for text, start, end in passages), row
        stated = row["indicator"] not in ("-", "?")
        assert stated == bool(row["kind"] and row["period"] and row["bound"]), row
