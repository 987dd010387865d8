"""
The garbage collector rests while a report is made.

A report is thousands of objects that all stay and none of which refers back to another, so that whatever the collector
looks through meanwhile it looks through in vain: a twentieth of the time of one report, and reports that are kept cost
1.4 times those that are dropped, with the collector resting 1.2 times.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import partial, wraps
from typing import ParamSpec, TypeVar

__all__ = ["at_rest", "uncollected"]

P = ParamSpec("P")
T = TypeVar("T")


def at_rest(work: Callable[[], T]) -> T:
    """
    What *work* gives, done without the collector, which runs again afterwards whatever happens, unless it was off before.

    The collector is one for all threads: those that work meanwhile go without it as long, which costs them nothing
    unless they make cycles by the million.

    >>> import gc
    >>> at_rest(gc.isenabled), gc.isenabled()
    (False, True)
    """
    if not gc.isenabled():
        return work()
    gc.disable()
    try:
        return work()
    finally:
        gc.enable()


def uncollected(work: Callable[P, T]) -> Callable[P, T]:
    """*work*, every call of it `at_rest`."""

    @wraps(work)
    def rested(*args: P.args, **named: P.kwargs) -> T:
        return at_rest(partial(work, *args, **named))

    return rested
