"""Raised digits: in flat text a note mark lands beside a number and becomes part of it (246家¹ → 246家1)."""

from __future__ import annotations

import re

__all__ = ["raised"]

_EXPONENTS = {"2": "²", "3": "³"}
_METRE = re.compile(r"(?:^|[^A-Za-z])(?:k|c|d|m)?m\s*$|米\s*$")
_TEN = re.compile(r"(?<![0-9.])10\s*$")


def raised(digits: str, before: str) -> str:
    """
    What to write for superscript *digits* after the text *before*: an exponent, a power, or a note mark in brackets.

    >>> raised("2", "120km"), raised("4", "3×10"), raised("12", "“清四乱”")
    ('²', '^4', '[12]')
    """
    if digits in _EXPONENTS and _METRE.search(before[-8:]):
        return _EXPONENTS[digits]
    if _TEN.search(before[-8:]):
        return "^" + digits
    return f"[{digits}]"
