"""Real reports, where they lie beside the checkout: all of them parse, tile, and give what the record says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

spec = importlib.util.spec_from_file_location("corpus", ROOT / "tools" / "corpus.py")
assert spec is not None
assert spec.loader is not None
corpus = importlib.util.module_from_spec(spec)
spec.loader.exec_module(corpus)


@pytest.mark.skipif(not SHARED.is_dir(), reason="no ../shared beside the checkout")
def test_real_reports_are_read_as_before():
    """
    Each text parses, its leaves tile it, and what is found stays within two in a hundred of the record.

    Small changes are for ``make corpus``, which prints each heading gained and lost; ``python tools/corpus.py --accept`` records them.
    """
    rows = list(corpus.survey(SHARED))
    assert [row.path for row, before, _ in rows if before is None] == [], "not in the record"
    found = {name: [0, 0] for name in ("quantities", "targets")}
    for row, before, _ in rows:
        for name, sums in found.items():
            sums[0] += int(getattr(before, name).partition(":")[0])
            sums[1] += int(getattr(row, name).partition(":")[0])
    headings = sum(len(row.headings) for row, _, _ in rows)
    drift = sum(corpus.drift(before, row) for row, before, _ in rows)
    assert drift <= 0.02 * headings, f"{drift} of {headings} headings changed: run make corpus"
    for name, (before, now) in found.items():
        assert abs(now - before) <= 0.02 * before, f"{name}: {before} before, {now} now"


def test_the_record_holds_no_words():
    """The record is offsets, counts and digests; the only Chinese in it are file names."""
    for row in corpus.RECORD.read_text("utf-8").splitlines():
        assert row.split("\t", 1)[1].isascii()


def test_differences_are_told():
    """A heading lost, one gained and one moved are each named."""
    mark = corpus.parse_heading
    old = corpus.Row("x", "", 9, 1, "0:", "0:", (mark("0+2p1"), mark("3+2i2")))
    new = old._replace(headings=(mark("3+2i1"), mark("6+2s1")), reports=2)
    assert corpus.differences(old, new, "甲乙 丙丁 戊己") == [
        "  lost    part    甲乙",
        "  moved   item 2 → item 1  丙丁",
        "  gained  section 戊己",
        "  reports: 1 → 2",
    ]


def test_drift_is_counted():
    """A heading gained, one lost and one moved are three changes; equal rows are none."""
    mark = corpus.parse_heading
    old = corpus.Row("x", "", 9, 1, "0:", "0:", (mark("0+2p1"), mark("3+2i2")))
    new = old._replace(headings=(mark("3+2i1"), mark("6+2s1")))
    assert (corpus.drift(old, old), corpus.drift(old, new)) == (0, 3)


def test_a_heading_survives_the_record():
    """What is printed into the record is read back as it was."""
    for kind in corpus.KINDS.values():
        heading = corpus.Heading(7, 19, kind, 3)
        assert corpus.parse_heading(str(heading)) == heading
