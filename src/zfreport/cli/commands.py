"""Which subcommands there are, and which one was probably meant."""

from __future__ import annotations

from ..errors import nearest

__all__ = ["COMMANDS", "misspelt"]

COMMANDS = {
    "outline": "headings of each report and what was noticed about them (the default)",
    "quantities": "every number of a text with its value, unit and place",
    "targets": "what each report promises, or with --facts everything it states in numbers",
    "explain": "why a line is a heading of its level, or why it is not",
    "compare": "two reports of one region: what was aimed at, what was reported a year later",
    "view": "one report as a page to look at in a browser",
    "check": "what was not understood, file by file",
    "panel": "a folder of reports as a table: xlsx, csv, parquet, Stata",
    "export": "a folder of reports as all tables",
}
"""Name and summary of every subcommand; the module of that name in this package does the work."""


def misspelt(name: str) -> str:
    """
    The command that *name* was probably meant for, as the end of a message; nothing for what looks like a file.

    >>> misspelt("pannel"), misspelt("pannel.txt")
    ("; did you mean the command 'panel'?", '')
    """
    near = "" if set("./\\") & set(name) else nearest(name, COMMANDS)
    return near.replace("mean ", "mean the command ")
