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
def test_the_record_is_what_the_parser_gives(capsys):
    """
    No heading, quantity or target of a real report changes unseen.

    Each text is parsed, and its leaves must tile it. After a change that is meant, read what ``make corpus`` prints and run ``python tools/corpus.py --accept``.
    """
    code = corpus.main(["--folder", str(SHARED)])
    lines = capsys.readouterr().out.splitlines()
    assert code == 0, "\n".join(lines[-1:] + lines[:40])


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


def test_a_heading_survives_the_record():
    """What is printed into the record is read back as it was."""
    for kind in corpus.KINDS.values():
        heading = corpus.Heading(7, 19, kind, 3)
        assert corpus.parse_heading(str(heading)) == heading
