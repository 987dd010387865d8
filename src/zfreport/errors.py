"""The caller's mistakes, as exceptions. What is odd about a *text* is a `Diagnostic`, never an exception."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest(name: str, known: Iterable[str]) -> str:
    """
    The clause that helps a reader of an error message on: the nearest known name, or nothing.

    >>> nearest("gpd", ["gdp", "cpi"])
    "; did you mean 'gdp'?"
    """
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


class ZfreportError(Exception):
    """Base class of everything that zfreport raises on purpose."""


class UnknownNameError(ZfreportError, LookupError):
    """Something was asked for by a name that is not there: a detector, a unit, an indicator, a column."""

    def __init__(self, what: str, name: str, known: Iterable[str] = ()) -> None:
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
