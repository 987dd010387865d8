"""The caller's mistakes, as exceptions. What is odd about a *text* is a `Diagnostic`, never an exception."""

from __future__ import annotations

import difflib
import operator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: object, known: Iterable[str]) -> str:
    """
    The clause that helps a reader of an error message on: the nearest known name, or nothing.

    >>> nearest("gpd", ["gdp", "cpi"]), nearest(3, ["gdp"])
    ("; did you mean 'gdp'?", '')
    """
    near = difflib.get_close_matches(name, list(known), n=1) if isinstance(name, str) else ()
    return f"; did you mean {near[0]!r}?" if near else ""


def got(value: object) -> str:
    """
    What was found, for an error message: what it is, and itself if it is short.

    >>> got("2020"), got(None), got(b"gdp"), got({"gdp": 3}), got(dict)
    ("str '2020'", 'None', "bytes b'gdp'", 'dict', 'the class dict')
    """
    if value is None:
        return "None"
    if isinstance(value, type):
        return f"the class {value.__name__}"
    kind = type(value).__name__
    if not isinstance(value, str | bytes | int | float):
        return kind
    if isinstance(value, str | bytes) and len(value) > 40:
        return f"{kind} {value[:40]!r}…"
    return f"{kind} {value!r}"


def expect(value: object, kind: Any, wanted: str, hint: str = "") -> None:
    """
    Refuse what is not of *kind*; *wanted* says who wants what, *hint* what else would help.

    >>> expect("2020", int, "resolve wants a year as int or None")
    Traceback (most recent call last):
    TypeError: resolve wants a year as int or None, got str '2020'
    """
    if not isinstance(value, kind):
        raise TypeError(f"{wanted}, got {got(value)}{hint}")


def expect_whole(value: object, wanted: str) -> int:
    """
    *value* as an `int`, if it is a whole number of any library (those of numpy are no `int`).

    >>> expect_whole(3.5, "place wants an offset as int")
    Traceback (most recent call last):
    TypeError: place wants an offset as int, got float 3.5
    """
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(f"{wanted}, got {got(value)}") from None


def expect_report(value: object, who: str) -> None:
    """
    Refuse what is no `zfreport.Report`, told by its kind, as most that ask are layers below it.

    >>> expect_report("一、工作回顾", "chunks")
    Traceback (most recent call last):
    TypeError: chunks wants a Report, got str '一、工作回顾'; zfreport.parse makes one of a text
    """
    if getattr(value, "kind", None) == "report" and not isinstance(value, type):
        return
    hint = ""
    if isinstance(value, str):
        hint = "; zfreport.parse makes one of a text"
    elif isinstance(value, list | tuple):
        hint = "; give one of its members"
    raise TypeError(f"{who} wants a Report, got {got(value)}{hint}")


def expect_name(what: str, name: object, known: Iterable[str]) -> None:
    """
    Refuse a name that is not among *known*.

    >>> expect_name("horizon", "yeer", ["year", "period"])
    Traceback (most recent call last):
    zfreport.errors.UnknownNameError: no horizon named 'yeer' among ['year', 'period']; did you mean 'year'?
    """
    names = tuple(known)
    if name not in names:
        raise UnknownNameError(what, name, names)


class ZfreportError(Exception):
    """Base class of everything that zfreport raises on purpose."""


class UnknownNameError(ZfreportError, LookupError):
    """Something was asked for by a name that is not there: a detector, a unit, an indicator, a column."""

    def __init__(self, what: str, name: object, known: Iterable[str] = ()) -> None:
        super().__init__(what, name, tuple(known))  # plain args: copies and pickles intact
        self.what = what
        self.name = name
        self.known = tuple(known)

    def __str__(self) -> str:
        shown = ", ".join(map(repr, self.known[:12])) + (", …" if len(self.known) > 12 else "")
        return f"no {self.what} named {self.name!r} among [{shown}]{nearest(self.name, self.known)}"


class MissingExtraError(ZfreportError, ImportError):
    """A part of zfreport needs a package that is not installed; the message is the command that installs it."""

    def __init__(self, extra: str, package: str) -> None:
        super().__init__(extra, package)
        self.extra = extra
        self.package = package

    def __str__(self) -> str:
        return f'this needs {self.package}: pip install "zfreport[{self.extra}]"'


class ReadError(ZfreportError, ValueError):
    """
    A file could not be read as a report. Nothing of it was guessed.

    ``reason`` is a stable word for tables and scripts: ``empty``, ``binary``, ``encoding``, ``limit``, ``damaged``,
    ``no_text``, ``format``, ``column``.
    """

    def __init__(self, reason: str, message: str, path: str = "") -> None:
        super().__init__(reason, message, path)
        self.reason = reason
        self.message = message
        self.path = path

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message

    def at(self, path: str) -> ReadError:
        """The same error, naming the file it concerns."""
        return ReadError(self.reason, self.message, path)
