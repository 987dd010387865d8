"""One table holds the printed forms of characters; a pattern written in Simplified must match what Traditional texts print."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import pytest
from opencc import OpenCC

import zfreport
from zfreport.vocab import any_of, both, fold, forms, late, other_forms, read_table

PACKAGE = Path(zfreport.__file__).parent
HAN = re.compile("[\u4e00-\u9fff]")
# Forms that another character owns: 么 of 什么 is no 幺, and a report never prints the unit 瞭.
SHARED = {"幺": "么"}


def used() -> list[str]:
    """The characters of the patterns and tables, without the names of places and the printed forms themselves."""
    files = [*PACKAGE.rglob("*.py"), *(PACKAGE / "data").glob("*.tsv")]
    found: set[str] = set()
    for path in files:
        # the digest compares texts that OpenCC made Simplified, and names what OpenCC leaves
        if path.name not in ("variants.tsv", "regions.tsv", "digest.py"):
            found.update(HAN.findall(path.read_text("utf-8")))
    forms = {form for row in read_table("variants") for form in row["forms"]}
    return sorted(found - forms)


@pytest.mark.parametrize("variant", ["s2t", "s2tw", "s2hk"])
def test_every_character_of_a_pattern_has_its_printed_forms(variant: str) -> None:
    convert = OpenCC(variant).convert
    missing = {
        char: form
        for char in used()
        if (form := convert(char)) != char and SHARED.get(char) != form and form not in other_forms(char)
    }
    assert missing == {}


def test_a_pattern_matches_both_scripts_and_widths() -> None:
    pattern = re.compile(both(r"认真落实\d年计划"))
    assert pattern.fullmatch("認真落實5年計劃")
    assert pattern.fullmatch("认真落实5年计划")
    assert not pattern.fullmatch("認真落寞5年計劃")


def test_fold_is_one_character_for_one() -> None:
    text = "堅決落實，３．５萬個％什么"
    assert fold(text) == "坚决落实,3.5万个%什么"
    assert len(fold(text)) == len(text)


def test_a_late_pattern_is_compiled_by_its_first_use() -> None:
    spelled: list[str] = []

    def spell(pattern: str) -> str:
        spelled.append(pattern)
        return both(pattern)

    pattern = late(r"(?P<year>\d{4})年计划", spell)
    assert spelled == []
    found = pattern.fullmatch("2024年計劃")
    assert found
    assert found["year"] == "2024"
    assert pattern.sub("", "到2024年计划") == "到"
    assert pattern.groups == 1
    used = len(spelled)
    assert pattern.fullmatch("2024") is None
    assert len(spelled) == used, "what was asked for once is there"


def test_a_late_pattern_is_copied_as_one() -> None:
    pattern = late("目录", both)
    assert pickle.loads(pickle.dumps(pattern)).match("目錄")
    assert pattern.match("目錄")
    assert pickle.loads(pickle.dumps(pattern)).match("目錄")


def test_any_of_spells_every_word_in_every_script() -> None:
    pattern = re.compile(any_of("分享 扫一扫 ICP备"))
    assert all(map(pattern.fullmatch, ("分享", "扫一扫", "掃一掃", "ICP备", "ICP備")))
    assert not pattern.search("扫一遍")


def test_forms_are_characters() -> None:
    assert forms("各请") == {"各", "请", "請"}
