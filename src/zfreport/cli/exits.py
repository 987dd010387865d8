"""What the command's exit codes mean."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["Exit"]


class Exit(IntEnum):
    """
    Exit codes; the higher is the worse, so that those of several files combine with `max`.

    >>> max(Exit.CLEAN, Exit.FOUND).value
    1
    """

    CLEAN = 0
    """Everything was read, and no text has a diagnostic of severity ``error``."""
    FOUND = 1
    """Everything was read, and some text has such a diagnostic, or ``check --strict`` met a warning."""
    FAILED = 2
    """Wrong usage, or a file could not be read or written; the other files were done."""
