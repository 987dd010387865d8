"""With which characters a pattern can begin: one look at the next character then spares the trial of a hundred patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

__all__ = ["opening_guard", "shelves", "split_first"]

_ATOM = re.compile(r"\[(?:[^\]\\]|\\.)*\]|\\.|[^\\]", re.DOTALL)
_REPEAT = re.compile(r"(?:([?*]|\{0?,)|[+{])[\d,}]*[?+]?")


def opening_guard(patterns: Iterable[str]) -> str:
    """
    A pattern without width that holds wherever one of *patterns* matches.

    Those that may match no character at all must begin with a lookbehind, which then says where.

    >>> opening_guard(["[号號]线", "(?:(?<=十)月|日)?世纪", "(?<=十五)(?!个)"])
    '(?:(?=[号號]|世|日|月)|(?<=十五))'
    """
    known: set[str] = set()
    unknown: list[str] = []
    for pattern in patterns:
        firsts = _firsts(pattern)
        if firsts is None:
            unknown.append(split_first(pattern)[0])
        else:
            known |= firsts
    return f"(?:{'|'.join(['(?=' + '|'.join(sorted(known)) + ')', *unknown])})"


def shelves(patterns: Sequence[str], size: int) -> Iterator[tuple[str, list[int]]]:
    """
    Which of *patterns* are worth a trial: a guard that the next character is one of *size*, and those that can begin with it.

    One look then spares the trial of most, where all fail more often than not. The last guard lets anything pass and stands
    before those that may match no character at all.

    >>> list(shelves(["号线", "[月日]末", "(?<=五)", "日前"], 2))
    [('(?=[号日])', [0, 1, 2, 3]), ('(?=[月])', [1, 2]), ('', [2])]
    """
    begins = [_characters(pattern) for pattern in patterns]
    firsts = list(dict.fromkeys(c for begin in begins for c in sorted(begin or ())))
    for i in range(0, len(firsts), size):
        shelf = firsts[i : i + size]
        fitting = [n for n, begin in enumerate(begins) if begin is None or not begin.isdisjoint(shelf)]
        yield f"(?=[{re.escape(''.join(shelf))}])", fitting
    yield "", [n for n, begin in enumerate(begins) if begin is None]


def split_first(pattern: str) -> tuple[str, str]:
    """
    The first character, class or group of a pattern, and the rest.

    >>> split_first("(?:月(?:初|末))?日")
    ('(?:月(?:初|末))', '?日')
    """
    depth = 0
    for atom in _ATOM.finditer(pattern):
        depth += (atom[0] == "(") - (atom[0] == ")")
        if not depth:
            return pattern[: atom.end()], pattern[atom.end() :]
    raise ValueError(f"no complete pattern: {pattern!r}")


def _firsts(pattern: str) -> set[str] | None:
    """The characters and classes that a match of *pattern* begins with, or more; ``None`` if it may match none."""
    if not pattern:
        return None
    head, rest = split_first(pattern)
    if head.startswith(("(?<", "(?!")) or head == "()":
        return _firsts(rest)
    found: set[str] | None = {head}
    if head[0] == "(":
        found = set()
        for alternative in _alternatives(head[3:-1]):
            firsts = _firsts(alternative)
            found = None if found is None or firsts is None else found | firsts
    repeat = _REPEAT.match(rest)
    if repeat is None or not repeat[1]:
        return found
    after = _firsts(rest[repeat.end() :])
    return None if found is None or after is None else found | after


def _characters(pattern: str) -> set[str] | None:
    """The characters that a match of *pattern* begins with; ``None`` if it may match none."""
    firsts = _firsts(pattern)
    if firsts is None:
        return None
    if any("-" in first or "\\" in first or first[:2] == "[^" for first in firsts):
        raise ValueError(f"want single characters first, got ranges or classes in {pattern!r}")
    return {c for first in firsts for c in first.strip("[]")}


def _alternatives(pattern: str) -> Iterator[str]:
    start = depth = 0
    for atom in _ATOM.finditer(pattern):
        depth += (atom[0] == "(") - (atom[0] == ")")
        if atom[0] == "|" and not depth:
            yield pattern[start : atom.start()]
            start = atom.end()
    yield pattern[start:]
