"""
`to_simplified` against opencc-python-reimplemented: ``python benchmarks/script.py [FILE…]``.

Without files, on texts made in code: a Traditional one, a Simplified one, and one with a few characters of the other script.
Medians of paired rounds. Exits 1 if an answer differs or a ratio is below its budget (15, and 100 on Simplified text).
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import opencc

from zfreport.script import is_traditional, to_simplified

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 15
# 覆 is the one frequent character that a phrase may change: it stands in a Simplified report three times in 10 000
SIMPLIFIED = (
    "全区 经济 社会 发展 稳中有进 新增 就业 一千 人 ， 。 财政 收入 增长 6.5% 着力 推动 产业 升级 乡镇 不断 改善 民生".split()
    * 60
    + ["覆盖"]
)
TRADITIONAL = "全區 經濟 社會 發展 穩中有進 新增 就業 一千 人 ， 。 財政 收入 增長 6.5% 著力 推動 產業 升級 覆蓋 鄉鎮 不斷 改善 民生".split()


def words(vocabulary: list[str], seed: int = 1) -> str:
    chosen = random.Random(seed)
    return "".join(chosen.choice(vocabulary) for _ in range(12_000))


def seconds(convert: Callable[[str], str], text: str, loops: int) -> float:
    start = time.perf_counter()
    for _ in range(loops):
        convert(text)
    return (time.perf_counter() - start) / loops


def main(paths: list[str]) -> int:
    texts = {Path(path).name: Path(path).read_text("utf-8") for path in paths} or {
        "traditional": words(TRADITIONAL),
        "simplified": words(SIMPLIFIED),
        "simplified, 1 in 1000 not": words(SIMPLIFIED + TRADITIONAL[1:2]),
    }
    failed = False
    print(f"{'text':32}{'variant':8}{'ns/char':>8}{'x opencc':>9}{'budget':>8}")
    for name, text in texts.items():
        for variant in ("t2s", "tw2s"):
            peer = opencc.OpenCC(variant)
            budget = 15 if is_traditional(text) or variant != "t2s" else 100
            failed |= to_simplified(text, variant) != peer.convert(text)
            ratios, ours = [], []
            for _ in range(ROUNDS):
                ours.append(seconds(lambda t, v=variant: to_simplified(t, v), text, 5))
                ratios.append(seconds(peer.convert, text, 1) / ours[-1])
            ratio = statistics.median(ratios)
            failed |= ratio < budget
            print(
                f"{name:32}{variant:8}{statistics.median(ours) / len(text) * 1e9:8.1f}{ratio:9.1f}{budget:8}"
            )
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
