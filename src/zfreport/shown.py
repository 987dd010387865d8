"""How things show themselves in notebooks and in `rich` consoles: a base class whose work `zfreport.render` does."""

from __future__ import annotations

from typing import Any

__all__ = ["Shown"]


class Shown:
    """What Jupyter and rich ask an object for; nothing is imported until they ask."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        from .render.notebook import html

        return html(self)

    def __rich__(self) -> Any:
        from .render.terminal import rich

        return rich(self)
