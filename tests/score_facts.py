"""
Scores the facts of sentences that were read by hand: ``tests/gold/facts.tsv``, where the corpus lies in ../shared.

Run it by hand: ``python tests/score_facts.py [--show]``. `test_facts_gold` asks `measure`. A row and a fact belong together by
the place of the number; ``tests/gold/README.md`` tells how the fields are written.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import zfreport
from zfreport.facts import find_facts, find_targets

GOLD = Path(__file__).resolve().parent / "gold"
CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
FIELDS = ("indicator", "kind", "low", "high", "unit", "bound", "modality", "period", "filter", "parent")
SAME_KIND = {"count": "level", "share": "rate"}
"""How much and how many; a percentage by name and one of a whole: which of the two it is follows from the indicator."""
_NUMERAL = re.compile(r"[\d０-９][\d０-９,，.．]*|[一二两三四五六七八九十百千万亿]+")


class Outcome(NamedTuple):
    """What became of a row, or of a fact that has none."""

    verdict: str  # right, wrong, missing, false
    reader: str
    fields: tuple[str, ...]  # which are wrong
    shown: str


def _rows(name: str) -> dict[str, list[dict[str, str]]]:
    found = defaultdict(list)
    with (GOLD / name).open(encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f, delimiter="\t"):
            found[row["text"]].append(row)
    return found


def path_of(text: str) -> Path:
    """The one file of the corpus that has this name; with its folder before it where two have."""
    (path,) = CORPUS.rglob(f"{text}.txt") if "/" not in text else [CORPUS / f"{text}.txt"]
    return path


def _plain(value: Decimal | None) -> str:
    return "" if value is None else format(value.normalize(), "f")


def _place(fact: zfreport.Fact, report: zfreport.Report) -> tuple[int, int]:
    """Where the number of a fact stands: the quantity in its span that has its value, or else the last numeral."""
    ends = {abs(x) for x in (fact.low, fact.high) if x is not None}
    ends |= {x / n for x in ends for n in (10, 100)} | {
        x - 1 for x in ends
    }  # 五成 is 50 %, 1/4 25 %, 增长2倍 three times
    inside = [
        q.span
        for q in report.quantities
        if fact.span.start <= q.span.start and q.span.end <= fact.span.end and ends & {q.low, q.high}
    ]
    if inside and fact.kind != "rank":
        return inside[-1].start, inside[-1].end
    numerals = [m.span() for m in _NUMERAL.finditer(report.source, fact.span.start, fact.span.end)]
    return numerals[-1] if numerals else (-1, -1)


def _alike(want: str, have: str) -> bool:
    """Whether two printed restrictions have a core in common: two characters."""
    return want in have or have in want or any(want[i : i + 2] in have for i in range(len(want) - 1))


def _wrong(row: dict[str, str], fact: zfreport.Fact) -> tuple[str, ...]:
    """The fields in which a fact differs from a row, whose cells may allow several answers, ``*`` any."""
    have = {
        name: _plain(getattr(fact, name)) if name in ("low", "high") else str(getattr(fact, name) or "")
        for name in FIELDS
    }
    bad = []
    for name in FIELDS:
        wants, value = row[name].split("|"), have[name]
        if name == "kind":
            wants, value = [SAME_KIND.get(w, w) for w in wants], SAME_KIND.get(value, value)
        right = "*" in wants or value in wants
        if name == "filter" and not right:  # a family is told apart by its printed name: 县城污水处理率
            right = any(_alike(w, value) if value else w in fact.name for w in wants if w)
        if not right:
            bad.append(name)
    return tuple(bad)


def outcomes() -> Iterator[Outcome]:
    """Each row that states a fact, and each fact of the passages that no row allows."""
    passages, facts = _rows("passages.tsv"), _rows("facts.tsv")
    for text, rows in facts.items():
        source = path_of(text).read_bytes().decode("utf-8")
        at: dict[int, list[zfreport.Fact]] = defaultdict(list)
        places = [int(r["at"]) for r in rows]
        for report in zfreport.parse_all(source):
            for fact in (*find_facts(report), *find_targets(report).targets):
                start, end = (
                    _place(fact, report) if fact.low is not None or fact.high is not None else (-1, -1)
                )
                if any(int(p["start"]) <= start < int(p["end"]) for p in passages[text]):
                    at[next((p for p in places if start <= p < end), start)].append(fact)
        reader = rows[0]["reader"]
        for row in rows:
            if row["indicator"] == "-":
                continue
            here = at[int(row["at"])]
            if row["indicator"] == "?":
                here.clear()
                continue
            label = f"{text} {row['at']}: " + " ".join(row[f] or "·" for f in FIELDS)
            best = min(here, key=lambda f: ("indicator" in _wrong(row, f), len(_wrong(row, f))), default=None)
            if best is None:
                yield Outcome("missing", reader, (), label + "\n      " + _around(source, int(row["at"])))
                continue
            here[:] = [f for f in here if f is not best and f.indicator != best.indicator]
            bad = _wrong(row, best)
            got = " ".join(f"{b}={getattr(best, b) or '·'}" for b in bad)
            yield Outcome(
                "wrong" if bad else "right",
                reader,
                bad,
                f"{label}\n    {got}\n      {_around(source, int(row['at']))}",
            )
        for place, left in at.items():
            for fact in left:
                said = f"{text} {place}: {fact.indicator} {fact.kind} {fact.low} {fact.high} {fact.unit} {fact.filter}"
                yield Outcome("false", reader, (), f"{said}\n      {_around(source, place)}")


def _around(source: str, at: int) -> str:
    return (
        (source[max(0, at - 45) : at] + "【" + source[at : at + 20] + "】")
        .replace("\n", "⏎")
        .replace("\r", "")
    )


def measure(found: list[Outcome]) -> dict[str, float]:
    """How many rows, what share of them is right, wrong, missing; false by the facts found; precision and recall of whole facts."""
    n = Counter(o.verdict for o in found)
    rows, facts = n["right"] + n["wrong"] + n["missing"], n["right"] + n["wrong"] + n["false"]
    return {
        "rows": rows,
        "right": n["right"],
        "wrong": n["wrong"],
        "missing": n["missing"],
        "false": n["false"],
        "precision": round(n["right"] / facts, 4) if facts else 0.0,
        "found": round((n["right"] + n["wrong"]) / rows, 4) if rows else 0.0,
        "recall": round(n["right"] / rows, 4) if rows else 0.0,
    }


if __name__ == "__main__":
    all_of_them = list(outcomes())
    for who in sorted({o.reader for o in all_of_them}):
        print(who, measure([o for o in all_of_them if o.reader == who]))
    print("all", measure(all_of_them))
    print("wrong by field", dict(Counter(f for o in all_of_them for f in o.fields).most_common()))
    if "--show" in sys.argv:
        for verdict in ("wrong", "false", "missing"):
            print(f"\n{verdict}")
            print(
                *(f"  {' '.join(o.fields)} {o.shown}" for o in all_of_them if o.verdict == verdict), sep="\n"
            )
