"""The accuracy page claims no more than is measured, where the gold lies beside the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCORE = ROOT.parent / "shared" / "tools" / "score.py"
PAGE = ROOT / "docs" / "why" / "accuracy.md"

ROWS = [  # the rows of the page's table, in order: which measurement, where in it
    ("outline", "head", "f1"),
    ("outline", "others", "head", "f1"),
    ("outline", "head", "parent"),
    ("outline", "lead", "f1"),
    ("outline", "others", "lead", "f1"),
    ("quantities", "exact_f1"),
    ("quantities", "false_share"),
    ("targets", "all", "right"),
    ("targets", "all", "wrong"),
    ("targets", "all", "false_share"),
]
LESS_IS_BETTER = {"false_share", "wrong"}


def table(heading: str) -> list[list[str]]:
    """The cells of the first table below a heading of the page, without those that head it."""
    section = PAGE.read_text("utf-8").split(f"# {heading}\n", 1)[1].split("\n#", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows[2:]]


def claimed() -> list[float]:
    """The figures of the first table."""
    return [float(row[2]) for row in table("Accuracy and speed, measured")]


@pytest.mark.skipif(not SCORE.exists(), reason="no ../shared beside the checkout")
@pytest.mark.parametrize("what", ["outline", "quantities", "targets"])
def test_the_page_claims_no_more_than_is_measured(what):
    """Each figure is reached, and none is so far behind that the page is out of date."""
    done = subprocess.run(
        [sys.executable, str(SCORE), what], capture_output=True, text=True, check=True, timeout=300
    )
    measured = json.loads(done.stdout.splitlines()[-1])
    for (which, *path), claim in zip(ROWS, claimed(), strict=True):
        if which != what:
            continue
        value = measured
        for key in path:
            value = value[key]
        better = (claim - value) if path[-1] in LESS_IS_BETTER else (value - claim)
        assert -0.0006 <= better < 0.02, f"{which} {path}: the page says {claim}, measured {value}"


def test_the_table_is_read():
    """Every row of the page's table is compared with something."""
    assert len(claimed()) == len(ROWS)


@pytest.mark.skipif(not SCORE.exists(), reason="no ../shared beside the checkout")
def test_the_page_claims_no_more_than_damage_leaves():
    """What survives each damage, over a sample of the reference texts."""
    sys.path.insert(0, str(ROOT / "tools"))
    import damage

    texts = [p for name in ("corpus", "seeds") for p in sorted((SCORE.parent.parent / name).rglob("*.txt"))]
    shares = damage.measure(texts[::6])
    rows = table("Damage")
    assert [row[0] for row in rows] == list(damage.DAMAGES)
    for name, *claims in rows:
        for what, claim in zip(damage.READ, claims, strict=True):
            assert min(shares[name, what]) >= float(claim), f"{name}, {what}: {shares[name, what]}"
