"""
Facts, targets, pledges and tasks: what researchers code by hand, each with its place and its proof.

Everything here is a function of a parsed report; `zfreport.Report` calls it when asked for the first time.
"""

from __future__ import annotations

from .extract import Extraction, Outline, extract
from .indicators import Indicator, IndicatorTable, default_table
from .model import Bound, Fact, FactKind, Horizon, Modality, Pledge, Target, Task, Tier, Tone
from .targets import TargetReading, select_targets
from .timeline import Years

__all__ = [
    "Bound",
    "Extraction",
    "Fact",
    "FactKind",
    "Horizon",
    "Indicator",
    "IndicatorTable",
    "Modality",
    "Outline",
    "Pledge",
    "Target",
    "TargetReading",
    "Task",
    "Tier",
    "Tone",
    "Years",
    "default_table",
    "extract",
    "select_targets",
]
