"""With which characters a pattern can begin: one look at the next character then spares the trial of a hundred patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

__all__ = ["opening_guard", "split_first"]

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


def _alternatives(pattern: str) -> Iterator[str]:
    start = depth = 0
    for atom in _ATOM.finditer(pattern):
        depth += (atom[0] == "(") - (atom[0] == ")")
        if atom[0] == "|" and not depth:
            yield pattern[start : atom.start()]
            start = atom.end()
    yield pattern[start:]
