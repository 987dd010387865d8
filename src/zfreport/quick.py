"""
Frozen attrs objects made as fast as mutable ones.

A frozen class stores each field through ``object.__setattr__``, which takes three quarters of the time of making one;
a report has a thousand. A twin class that may be written to takes plain stores, and what comes out is no twin: its
class is set to the frozen one at the end.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import attrs

__all__ = ["quick"]

P = ParamSpec("P")
T = TypeVar("T")


def quick(cls: Callable[P, T]) -> Callable[P, T]:
    """
    A function with the signature of the frozen, slotted attrs class *cls* that makes the same objects faster.

    Fields that the class takes by keyword only may be given by position as well, which is far faster still; a default
    holds only behind the last field that has none.
    Only for classes without validators, converters and ``__attrs_post_init__``; others raise `TypeError`.

    >>> from zfreport.nodes import Evidence
    >>> from zfreport.text import Span
    >>> made = quick(Evidence)("lead", Span(0, 4))
    >>> made == Evidence("lead", Span(0, 4)), type(made).__name__
    (True, 'Evidence')
    """
    made: Any = cls
    fields = attrs.fields(made)
    if hasattr(made, "__attrs_post_init__") or any(f.validator or f.converter for f in fields):
        raise TypeError(
            f"want an attrs class that only stores its fields, got {made.__name__}, which checks or converts"
        )
    writable = {
        "__slots__": (),
        "__setattr__": object.__setattr__,
        "__delattr__": object.__delattr__,
        "__init__": object.__init__,  # so that a call makes an empty one: faster than ``object.__new__``
    }
    twin = type(made)("Twin", (made,), writable)
    scope: dict[str, Any] = {"twin": twin, "cls": cls}
    signature: list[str] = []
    stores: list[str] = []
    asked = max((i for i, f in enumerate(fields) if f.default is attrs.NOTHING), default=-1)
    for i, f in enumerate(fields):
        value = f.alias
        if f.default is not attrs.NOTHING:
            factory = hasattr(f.default, "factory")
            scope[f"default_{value}"] = f.default.factory if factory else f.default
            if not f.init:
                value = f"default_{value}" + ("()" if factory else "")
            elif factory:
                raise TypeError(f"want constants as defaults, got a factory for {value}")
        if f.init:
            default = "" if i <= asked else f"=default_{value}"
            signature.append(value + default)
        stores.append(f"    self.{f.name} = {value}\n")
    exec(  # as attrs writes its own
        f"def make({', '.join(signature)}):\n    self = twin()\n{''.join(stores)}    self.__class__ = cls\n    return self\n",
        scope,
    )
    return scope["make"]  # type: ignore[no-any-return]
