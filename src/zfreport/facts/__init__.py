"""
Facts, targets, pledges and tasks: what researchers code by hand, each with its place and its proof.

Everything here is a function of a parsed report; `zfreport.Report` calls it when asked for the first time.
Comparison, pledges and tasks are loaded when first used (PEP 562): whoever asks for facts and targets needs none of them.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .extraction import Extraction, extract
from .find import find_facts, find_targets, read_facts, read_targets
from .indicators import Indicator, IndicatorTable, default_table
from .model import Bound, Fact, FactKind, Horizon, Modality, Pledge, Target, Task, Tier, Tone
from .outline import Outline
from .sense import Years
from .targets import TargetReading, select_targets

if TYPE_CHECKING:
    from .comparison import Comparison, Kept, Outcome, Promised, Ranked, compare, rank
    from .pledges import find_pledges
    from .tasks import find_tasks

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

_HOME = {
    **dict.fromkeys(("Comparison", "Kept", "Outcome", "Promised", "Ranked", "compare", "rank"), "comparison"),
    "find_pledges": "pledges",
    "find_tasks": "tasks",
}
"""Where the names live that are loaded when first used."""


def __getattr__(name: str) -> Any:
    """Import the module that *name* lives in, once."""
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = globals()[name] = getattr(import_module(f"{__name__}.{home}"), name)
    return value
