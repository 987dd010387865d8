"""
Facts, targets, pledges and tasks: what researchers code by hand, each with its place and its proof.

Everything here is a function of a parsed report; `zfreport.Report` calls it when asked for the first time.
"""

from __future__ import annotations

from .comparison import Comparison, Kept, Outcome, Promised, Ranked, compare, rank
from .extraction import Extraction, Outline, extract
from .find import find_facts, find_targets, read_facts, read_targets
from .indicators import Indicator, IndicatorTable, default_table
from .model import Bound, Fact, FactKind, Horizon, Modality, Pledge, Target, Task, Tier, Tone
from .pledges import find_pledges
from .targets import TargetReading, select_targets
from .tasks import find_tasks
from .timeline import Years

__all__ = [
    "Bound",
    "Comparison",
    "Extraction",
    "Fact",
    "FactKind",
    "Horizon",
    "Indicator",
    "IndicatorTable",
    "Kept",
    "Modality",
    "Outcome",
    "Outline",
    "Pledge",
    "Promised",
    "Ranked",
    "Target",
    "TargetReading",
    "Task",
    "Tier",
    "Tone",
    "Years",
    "compare",
    "default_table",
    "extract",
    "find_facts",
    "find_pledges",
    "find_targets",
    "find_tasks",
    "rank",
    "read_facts",
    "read_targets",
    "select_targets",
]
