"""
How the commands say things: errors in one form, and nothing from a text or a file's name that could steer a terminal.

Texts and the names of files come from strangers; an escape sequence in either is shown, not sent.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from ..render.outline import printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..errors import ZfreportError

__all__ = ["complain", "json_line", "tell", "told"]


def told(error: ZfreportError | OSError) -> str:
    """
    The message of an error as everywhere in this command line: what it is about, what is wrong, no numbers of errors.

    >>> told(FileNotFoundError(2, "No such file or directory", "nowhere/page.html"))
    'nowhere/page.html: no such file or directory'
    """
    if isinstance(error, OSError) and error.strerror and error.filename is not None:
        return f"{error.filename}: {error.strerror[0].lower()}{error.strerror[1:]}"
    return str(error)


def tell(line: str) -> None:
    """One line on standard error."""
    print(printable(line), file=sys.stderr)


def complain(reason: str) -> None:
    """What went wrong, on standard error, after all that was printed before it."""
    sys.stdout.flush()
    tell(f"zfreport: {reason}")


def json_line(value: Mapping[str, object]) -> str:
    """
    An object as one line of JSON: Chinese as it is, what could steer a terminal as JSON's own escapes.

    >>> print(json_line({"text": "增长\\x9b2J5%\\u202e"}))
    {"text": "增长\\u009b2J5%\\u202e"}
    """
    line = json.dumps(value, ensure_ascii=False)
    # They stand in strings only, and beyond U+FFFF their escape is a pair: json writes both right.
    escapes = {ord(c): json.dumps(c)[1:-1] for c in set(line) if not c.isprintable() and c != "\u3000"}
    return line.translate(escapes) if escapes else line
