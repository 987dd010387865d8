"""
The same report from two sources: recognised by its words, whatever page, script or typesetting they came in.

`digest` is equal for equal words. `sketch` is for copies that differ in places (a lost line, a watermark): the share
of sentences two reports have in common is estimated from the smallest of their hashes (Broder's min-wise sampling).
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from ..errors import expect, expect_report
from ..nodes import Kind
from ..script import to_simplified

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..report import Report

__all__ = ["copies", "digest", "similarity", "sketch"]

_WORDS = re.compile(r"[0-9A-Za-z\u3400-\u9fff０-９Ａ-Ｚａ-ｚ%％.．]+")
_WIDE = re.compile(r"[０-９Ａ-Ｚａ-ｚ％．]")
_NARROW = {code + 0xFEE0: chr(code) for code in range(0x21, 0x7F)}
# Simplified has these beside the ones that stand for them: 回覆 and 回复, 谘询 and 咨询. No conversion makes them one.
_VARIANTS = str.maketrans("覆谘钜於揹擡伕", "复咨巨于背抬夫")
_ENDS = re.compile(r"[。；！？;!?\n]")
_SKETCH = 128  # hashes kept: the estimate is then good to about ±4 points
_SHORTEST = 10  # characters of a sentence that says anything: 各位代表 is in all of them
_FEWEST = 8  # sentences below which sharing them proves nothing: notices and placeholders are all alike
SAME = 0.5
"""Two reports that share more of their sentences than this are one. Those of two years share a few per cent."""


@lru_cache(maxsize=1)  # digest and sketch of one report are asked for one after the other
def _body(report: Report) -> str:
    pieces = [report.source[p.span.start : p.span.end] for p in report.children if p.kind is Kind.PART]
    text = to_simplified("\n".join(pieces) or report.text).translate(_VARIANTS)
    return text.translate(_NARROW) if _WIDE.search(text) else text


def digest(report: Report) -> str:
    """
    Sixteen hexadecimal digits that depend on the letters and digits of the parts alone.

    Simplified and Traditional, full and half width, line breaks, spaces and punctuation make no difference, nor does
    what stands around the parts: navigation, title, annexes.
    """
    expect_report(report, "digest")
    words = "".join(_WORDS.findall(_body(report)))
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def sketch(report: Report) -> tuple[int, ...]:
    """The smallest hashes of the report's sentences, in order; empty if it has none of any length."""
    expect_report(report, "sketch")
    sentences = {"".join(_WORDS.findall(s)) for s in _ENDS.split(_body(report))}
    hashes = {zlib.crc32(s.encode("utf-8", "surrogatepass")) for s in sentences if len(s) >= _SHORTEST}
    return tuple(sorted(hashes)[:_SKETCH])


def similarity(a: tuple[int, ...], b: tuple[int, ...]) -> float:
    """
    The estimated share of sentences two sketches have in common, from 0 to 1.

    >>> similarity((1, 2, 3), (1, 2, 4)), similarity((), ())
    (0.5, 0.0)
    """
    for sketched in (a, b):
        expect(sketched, (tuple, list), "similarity wants two sketches, as sketch gives them")
    both = sorted(set(a) | set(b))[:_SKETCH]
    return len(set(a) & set(b) & set(both)) / len(both) if both else 0.0


def copies(sketches: Iterable[tuple[str, tuple[int, ...]]]) -> Iterator[tuple[str, str, float]]:
    """
    For each named sketch that copies an earlier one: its name, the earliest it copies, and how much they share.

    Texts of a few sentences are passed over.

    >>> list(copies([("a", tuple(range(9))), ("b", (7, 8)), ("c", tuple(range(9)))]))
    [('c', 'a', 1.0)]
    """
    owners: dict[int, list[int]] = {}
    seen: list[tuple[str, tuple[int, ...]]] = []
    expect(sketches, Iterable, "copies wants pairs of a name and a sketch")
    for pair in sketches:
        if not isinstance(pair, tuple | list) or len(pair) != 2 or not isinstance(pair[1], tuple | list):
            raise TypeError(
                f"copies wants pairs of a name and a sketch, as (name, sketch(report)), got {pair!r:.60}"
            )
        name, values = pair
        if len(values) < _FEWEST:
            continue
        # A sentence found in very many reports (a formula) says nothing, and would make this quadratic.
        near = sorted({i for h in values for i in owners.get(h, ()) if len(owners[h]) <= 50})
        best = next(((seen[i][0], s) for i in near if (s := similarity(seen[i][1], values)) > SAME), None)
        if best is not None:
            yield name, *best
            continue
        for h in values:
            owners.setdefault(h, []).append(len(seen))
        seen.append((name, values))
