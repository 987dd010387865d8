"""Every number of a Chinese text with its value, unit and place, and every other number with its name."""

from ..units import UNITS, Unit, UnitTable
from .find import find_quantities, scan
from .model import PartialDate, Quantity, QuantityKind, QuantityRole, Reference, ReferenceKind, Scan

__all__ = [
    "UNITS",
    "PartialDate",
    "Quantity",
    "QuantityKind",
    "QuantityRole",
    "Reference",
    "ReferenceKind",
    "Scan",
    "Unit",
    "UnitTable",
    "find_quantities",
    "scan",
]
