"""
Traditional and Simplified characters: which a text is written in, and a Simplified copy for reading.

Never for matching: every pattern of the library knows both scripts, and titles and quotes are slices of the text as
given (t2s turns the county 乾县 into 干县). The dictionaries are those of opencc-python-reimplemented, read when first used.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

from attrs import frozen

from .errors import expect, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Variant", "is_traditional", "to_simplified"]

_VARIANTS = ("t2s", "tw2s", "hk2s", "tw2sp")
Variant = Literal["t2s", "tw2s", "hk2s", "tw2sp"]
"""
The conversions of OpenCC: ``t2s`` character by character with a few phrases; ``tw2s`` and ``hk2s`` undo the variants of Taiwan
and Hong Kong first; ``tw2sp`` also replaces Taiwan's words (資訊 by 信息), which changes lengths.
"""

# The separators at which OpenCC cuts a text before it looks words up; no dictionary entry that holds one can match.
_SEPARATORS: Final = re.compile(
    r"[\s\-,.?!*　，。、；：？！…“”‘’『』「」﹁﹂—－（）《》〈〉～．／＼︒︑︔︓︿﹀︹︺︙︐［﹇］﹈︕︖︰︳︴︽︾︵︶｛︷｝︸﹃﹄【︻】︼]"
)
_RARE = re.compile("[\U00020000-\U0003ffff]")
_REACH = 64  # how far back the start of a phrase is sought
_PROBE, _MANY = 128, 8  # more than so many characters to change in so many: a stretch is converted as a whole
_STRETCH = 4096
_SAMPLE, _MARGIN = 1024, 32  # so many characters, and so clear a majority, decide on the script of a text


@frozen
class _Stage:
    """One step of a conversion: phrases by the longest match first, dictionary after dictionary, then single characters."""

    touched: re.Pattern[str]
    """Characters without which the step changes nothing."""
    opening: re.Pattern[str] | None
    """A first character of phrases before a second one."""
    lengths: Mapping[str, tuple[int, ...]]
    """How long the phrases are that begin with these two characters, or are this one."""
    phrases: tuple[Mapping[str, str], ...]
    characters: dict[int, str]
    table: list[str | int]

    def convert(self, text: str) -> str:
        """*text*, which no phrase crosses the ends of, after this step."""
        pieces: list[str] = []
        done = 0
        for start, end, value in self._chosen(text):
            pieces += self._translate(text[done:start]), value
            done = end
        if not pieces:
            return self._translate(text)
        pieces.append(self._translate(text[done:]))
        return "".join(pieces)

    def _translate(self, text: str) -> str:
        if _RARE.search(text) or len(text) < _REACH:
            return text.translate(self.characters)
        return text.translate(self.table)  # a list is twice as fast as a dict, and ends at U+FFFF

    def _chosen(self, text: str) -> list[tuple[int, int, str]]:
        """The phrases that OpenCC would take: earlier dictionary, then longer, then further left."""
        if self.opening is None:
            return []
        found = []
        for match in self.opening.finditer(text):
            at = match.start()
            for length in (*self.lengths.get(text[at : at + 2], ()), *self.lengths.get(match[0], ())):
                key = text[at : at + length]
                for rank, phrases in enumerate(self.phrases):
                    if key in phrases and len(key) == length:  # not cut short by the end of the text
                        found.append((rank, -length, at, phrases[key]))
        found.sort()
        taken: set[int] = set()
        chosen = []
        for _, length, at, value in found:
            covered = range(at, at - length)
            if taken.isdisjoint(covered):
                taken.update(covered)
                chosen.append((at, at - length, value))
        chosen.sort()
        return chosen


@cache
def _dictionary(file: str) -> Mapping[str, str]:
    try:
        lines = files("opencc").joinpath("dictionary", file).read_text("utf-8").splitlines()
    except (ModuleNotFoundError, FileNotFoundError) as error:
        raise ImportError(
            f"to_simplified needs the dictionaries of opencc-python-reimplemented, and {file} is not there "
            "(the package OpenCC installs under the same name and replaces them)"
        ) from error
    entries = (line.strip().split("\t") for line in lines)
    return {key: values.split(" ")[0] for key, values in entries if not _SEPARATORS.search(key)}


def _choices(file: str) -> Iterable[tuple[str, list[str]]]:
    """The entries of a dictionary of characters, with all the values they may have."""
    for line in files("opencc").joinpath("dictionary", file).read_text("utf-8").splitlines():
        key, values = line.strip().split("\t")
        yield key, values.split(" ")


def _class(characters: Iterable[str]) -> str:
    """A character class; rare characters beyond U+FFFF make one range, since each costs a test of its own per character."""
    basic = "".join(map(re.escape, sorted(c for c in set(characters) if c <= "\uffff")))
    return f"[{basic}\U00020000-\U0003ffff]" if any(c > "\uffff" for c in characters) else f"[{basic}]"


def _stage(dictionaries: list[Mapping[str, str]]) -> _Stage:
    *phrases, last = dictionaries
    characters = {key: value for key, value in last.items() if key != value}
    touched = set(characters)
    for key, value in (entry for dictionary in phrases for entry in dictionary.items()):
        if key != value and touched.isdisjoint(key):  # 一目瞭然: the 瞭 changes here only, and is the rarest
            touched.add(next((a for a, b in zip(key, value, strict=False) if a != b), key[0]))
    lengths: dict[str, set[int]] = {}
    for key in (key for dictionary in phrases for key in dictionary):
        lengths.setdefault(key[:2], set()).add(len(key))
    firsts, seconds = ({pair[at] for pair in lengths if len(pair) > at} for at in (0, 1))
    singles = [pair for pair in lengths if len(pair) == 1]
    second = f"(?={_class(seconds)}" + (f"|(?<={_class(singles)})" if singles else "") + ")"
    return _Stage(
        touched=re.compile(_class(touched)),
        opening=re.compile(_class(firsts) + second) if lengths else None,
        lengths={pair: tuple(sorted(found)) for pair, found in lengths.items()},
        phrases=tuple(phrases),
        characters=str.maketrans(characters),
        table=[characters.get(chr(code), code) for code in range(0x10000)],
    )


@cache
def _stages(variant: str) -> tuple[_Stage, ...]:
    chain = json.loads(files("opencc").joinpath("config", f"{variant}.json").read_text("utf-8"))[
        "conversion_chain"
    ]
    return tuple(_stage([_dictionary(entry["file"]) for entry in step["dict"]["dicts"]]) for step in chain)


@cache
def _touched(variant: str) -> re.Pattern[str]:
    return re.compile("[" + "".join(stage.touched.pattern[1:-1] for stage in _stages(variant)) + "]")


def _convert(text: str, stages: tuple[_Stage, ...]) -> str:
    for stage in stages:
        if stage.touched.search(text):
            text = stage.convert(text)
    return text


def _simplify(text: str, variant: str) -> str:
    """*text* converted between the separators round each character to change, in long stretches where there are many."""
    stages = _stages(variant)
    touched = _touched(variant)
    pieces: list[str] = []
    done = 0
    while hit := touched.search(text, done):
        at = hit.start()
        before = _SEPARATORS.search(text[max(done, at - _REACH) : at][::-1])
        start = at - before.start() if before else done
        dense = len(touched.findall(text, at, at + _PROBE)) > _MANY
        after = _SEPARATORS.search(text, at + (_STRETCH if dense else 1))
        end = after.start() if after else len(text)
        pieces += text[done:start], _convert(text[start:end], stages)
        done = end
    pieces.append(text[done:])
    return "".join(pieces)


@cache
def _telling() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Characters that only Traditional, and only Simplified, text has: 發 and 发, but neither 著 nor 后."""
    traditional = {key for key, values in _choices("TSCharacters.txt") if key not in values}
    simplified = {key for key, values in _choices("STCharacters.txt") if key not in values}
    both = traditional & simplified
    basic = {chr(code) for code in range(0x3400, 0xA000)}
    return re.compile(_class((traditional - both) & basic)), re.compile(_class((simplified - both) & basic))


def is_traditional(text: str) -> bool:
    """
    Whether *text* is written in Traditional characters: more that only it has than that only Simplified text has.

    A text without either (新增, digits, the empty string) is not. Stray characters of the other script do not matter.

    >>> is_traditional("經濟社會發展"), is_traditional("经济社会发展"), is_traditional("新增")
    (True, False, False)
    """
    expect(text, str, "is_traditional wants a text as str")
    traditional, simplified = _telling()
    for end in (_SAMPLE, len(text)):
        ours, theirs = len(traditional.findall(text, 0, end)), len(simplified.findall(text, 0, end))
        if abs(ours - theirs) > _MARGIN:
            break
    return ours > theirs


def to_simplified(text: str, variant: Variant = "t2s") -> str:
    """
    A copy of *text* in Simplified characters, for reading: what opencc-python-reimplemented makes of it, many times faster.

    ``t2s``, ``tw2s`` and ``hk2s`` equal OpenCC character for character and, on the characters in use, keep every offset; a
    text that is Simplified already comes back as it is. ``tw2sp`` replaces words, so that lengths change, and damages
    Simplified text (新增 becomes 添加): it leaves a Simplified text alone, and in a Traditional one only converts the
    characters of Simplified lines.

    >>> to_simplified("乾坤大挪移，經濟發展後")
    '乾坤大挪移，经济发展后'
    >>> to_simplified("資訊", "tw2sp"), to_simplified("新增就业", "tw2sp")
    ('信息', '新增就业')

    Raises `ValueError` for an unknown variant.
    """
    expect(text, str, "to_simplified wants a text as str")
    if variant not in _VARIANTS:
        near = nearest(variant, _VARIANTS)
        raise ValueError(f"no variant {variant!r}: one of {', '.join(map(repr, _VARIANTS))}{near}")
    if variant != "tw2sp":
        return _simplify(text, variant)
    if not is_traditional(text):
        return text
    _, simplified = _telling()
    return "".join(
        _simplify(line, "tw2s" if simplified.search(line) and not is_traditional(line) else "tw2sp")
        for line in text.splitlines(keepends=True)
    )
