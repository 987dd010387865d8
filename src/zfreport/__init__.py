"""
Read Chinese government work reports (政府工作报告): outline, numbers and targets, each with its exact place.

Names are loaded when first used (PEP 562), so that ``import zfreport`` costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .diagnostics import Code, Diagnostic, Severity
    from .errors import MissingExtraError, ReadError, UnknownNameError, ZfreportError
    from .facts import Comparison, Fact, Pledge, Target, Task, compare, rank
    from .headings import Candidate, DetectorChain, HeadingDetector, RegexHeading
    from .io import load, read
    from .metadata import Metadata
    from .nodes import Annex, Block, Entry, Item, Marker, Part, Section
    from .numerals import parse_number
    from .parser import parse, parse_all
    from .quantities import Quantity, Reference, Scan, find_quantities, scan
    from .render.exchange import from_dict, from_json
    from .report import Report
    from .script import is_traditional, to_simplified
    from .text import LineIndex, Span
    from .units import Unit

__version__ = "0.1.0"

_HOMES = {
    "diagnostics": ("Code", "Diagnostic", "Severity"),
    "errors": ("MissingExtraError", "ReadError", "UnknownNameError", "ZfreportError"),
    "facts": ("Comparison", "Fact", "Pledge", "Target", "Task", "compare", "rank"),
    "headings": ("Candidate", "DetectorChain", "HeadingDetector", "RegexHeading"),
    "io": ("load", "read"),
    "metadata": ("Metadata",),
    "nodes": ("Annex", "Block", "Entry", "Item", "Marker", "Part", "Section"),
    "numerals": ("parse_number",),
    "parser": ("parse", "parse_all"),
    "quantities": ("Quantity", "Reference", "Scan", "find_quantities", "scan"),
    "render.exchange": ("from_dict", "from_json"),
    "report": ("Report",),
    "script": ("is_traditional", "to_simplified"),
    "text": ("LineIndex", "Span"),
    "units": ("Unit",),
}
"""Where each public name lives; the imports above say the same to type checkers, and a test compares the two."""

_HOME = {name: module for module, names in _HOMES.items() for name in names}

__all__ = [
    "Annex",
    "Block",
    "Candidate",
    "Code",
    "Comparison",
    "DetectorChain",
    "Diagnostic",
    "Entry",
    "Fact",
    "HeadingDetector",
    "Item",
    "LineIndex",
    "Marker",
    "Metadata",
    "MissingExtraError",
    "Part",
    "Pledge",
    "Quantity",
    "ReadError",
    "Reference",
    "RegexHeading",
    "Report",
    "Scan",
    "Section",
    "Severity",
    "Span",
    "Target",
    "Task",
    "Unit",
    "UnknownNameError",
    "ZfreportError",
    "compare",
    "find_quantities",
    "from_dict",
    "from_json",
    "is_traditional",
    "load",
    "parse",
    "parse_all",
    "parse_number",
    "rank",
    "read",
    "scan",
    "to_simplified",
]


def __getattr__(name: str) -> Any:
    """Import the module that *name* lives in, once."""
    home = _HOME.get(name)
    if home is None:
        near = ""
        if not name.startswith("_"):  # tools ask for many of those
            from .errors import nearest

            near = nearest(name, __all__)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}{near}")
    path = f"{__name__}.{home}"
    try:
        value = getattr(import_module(path), name)
    except ModuleNotFoundError as error:
        if error.name != path:
            raise
        raise AttributeError(f"{__name__}.{name} needs {path}, which this build lacks") from None
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
