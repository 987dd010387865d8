"""With which characters a pattern can begin: one look at the next character then spares the trial of a hundred patterns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

__all__ = ["opening_guard", "shelved", "split_first"]

_ATOM = re.compile(r"\[(?:[^\]\\]|\\.)*\]|\\.|[^\\]", re.DOTALL)
_LISTED = re.compile(r"\w$|\[[^\\^-]*\]$")
"""A character, or a class that lists all of its own: quicker to look at than to compile."""
_REPEAT = re.compile(r"(?:([?*]|\{0?,)|[+{])[\d,}]*[?+]?")


def opening_guard(patterns: Iterable[str], frequent: Iterable[str] = ()) -> str:
    """
    A pattern without width that holds wherever one of *patterns* matches.

    Those that may match no character at all must begin with a lookbehind, which then says where. *frequent* are
    characters, each with its other forms, that are followed by many things that are none: there the second character
    is looked at too.

    >>> opening_guard(["[号號]线", "(?:(?<=十)月|日)?世纪", "(?<=十五)(?!个)"])
    '(?:(?=[号號]|世|日|月)|(?<=十五))'
    >>> opening_guard(["[号號]线", "月", "年(?:年?末|代)"], ["年"])
    '(?:(?=[号號]|年|月)(?:(?![年])|(?=[年](?:代|年|末))))'
    """
    known: set[str] = set()
    unknown: list[str] = []
    starting: list[tuple[str, set[str]]] = []
    for pattern in patterns:
        firsts = _firsts(pattern)
        if firsts is None:
            unknown.append(split_first(pattern)[0])
        else:
            known |= firsts
            starting.append((pattern, firsts))
    guard = f"(?={'|'.join(sorted(known))})"
    seconds = {forms: _seconds(starting, forms) for forms in frequent}
    told = [f"[{forms}](?:{'|'.join(sorted(found))})" for forms, found in seconds.items() if found]
    if told:
        others = "".join([forms for forms, found in seconds.items() if found is not None])
        guard += f"(?:(?![{others}])|(?={'|'.join(told)}))"
    return f"(?:{'|'.join([guard, *unknown])})"


_SHELF: Final = 8


def shelved(patterns: Sequence[str]) -> str:
    """
    One pattern of all, tried in order, shelf by shelf: a look at the next character spares whole shelves, where sre would try the
    branches of an alternation one after another.
    """
    shelves = [patterns[i : i + _SHELF] for i in range(0, len(patterns), _SHELF)]
    guards = map(opening_guard, shelves) if len(shelves) > 1 else ("",)
    return "|".join([f"{guard}(?:{'|'.join(shelf)})" for guard, shelf in zip(guards, shelves, strict=True)])


def _seconds(patterns: Iterable[tuple[str, set[str]]], forms: str) -> set[str] | None:
    """
    What may stand behind one of *forms* where one of *patterns* matches, or more; ``None`` if anything may.

    With each pattern come its `_firsts`.
    """
    found: set[str] = set()
    for pattern, beginnings in patterns:
        if not any(_takes(beginning, forms[0]) for beginning in beginnings):
            continue
        for rest in _behind(pattern, forms[0]):  # patterns are written for all forms alike
            firsts = _firsts(rest)
            if firsts is None:
                return None
            found |= firsts
    return found


def _behind(pattern: str, char: str) -> Iterator[str]:
    """What is left of *pattern*, in every way there is, when it has matched *char*."""
    if not pattern:
        return
    head, rest = split_first(pattern)
    if head.startswith(("(?<", "(?!", "(?=")) or head == "()":
        yield from _behind(rest, char)
        return
    repeat = _REPEAT.match(rest)
    if repeat is not None:
        rest = rest[repeat.end() :]
        if repeat[1]:
            yield from _behind(rest, char)
        if repeat[0][0] != "?":
            rest = f"{head}*{rest}"
    if head[0] == "(":
        for alternative in _alternatives(head[3:-1]):
            for left in _behind(alternative, char):
                yield left + rest
    elif _takes(head, char):
        yield rest


def _takes(atom: str, char: str) -> bool:
    """Whether a character, class or escape matches *char*."""
    if _LISTED.match(atom):
        return char in atom
    return re.match(atom, char) is not None


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
