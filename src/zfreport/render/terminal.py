"""The same things in a terminal, for `rich`: its console asks each object for ``__rich__``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError, got
from ..nodes import Kind, Node
from ..text import Span
from .cards import fact_amount, fact_card, quantity_card, reference_card
from .words import words

if TYPE_CHECKING:
    from rich.console import Group
    from rich.text import Text
    from rich.tree import Tree

    from .words import Words

__all__ = ["rich"]


def rich(thing: Any, *, language: str = "zh") -> Group | Tree:
    """
    A node, `Report`, `Quantity`, `Reference`, `Fact` or `Target` for a `rich` console.

    Text of the report is never read as markup. Raises `MissingExtraError` without `rich`.
    """
    try:
        from rich.console import Group
        from rich.table import Table
        from rich.text import Text
    except ModuleNotFoundError:
        raise MissingExtraError("rich", "rich") from None
    if not isinstance(getattr(thing, "span", None), Span):
        raise TypeError(f"rich wants a node, a Report, a number or a fact, got {got(thing)}")
    word = words(language)
    if isinstance(thing, Node):
        return _tree(_label(thing, word), thing.children, word)
    if hasattr(thing, "metadata"):
        title = str(getattr(thing.metadata.title, "value", "") or word("untitled"))
        tree = _tree(Text(title, style="bold"), thing.children, word)
        table = Table(title=word("targets"), title_justify="left", box=None, padding=(0, 2, 0, 0))
        table.add_column(word("indicator_name"))
        table.add_column(word("amount"), style="bold red")
        table.add_column(word("year_name"), style="dim")
        for target in thing.targets:
            table.add_row(
                Text(target.name or target.indicator), Text(fact_amount(target, word)), Text(target.period)
            )
        return Group(tree, Text(""), table)
    if hasattr(thing, "bound"):
        card, printed = fact_card(thing, word), thing.name
    elif hasattr(thing, "low"):
        card, printed = quantity_card(thing, word), thing.text
    else:
        card, printed = reference_card(thing, word), thing.text
    rows = Table.grid(padding=(0, 2, 0, 2))
    for label, value in ((word("label.text"), printed), *card.rows):
        rows.add_row(Text(label, style="dim"), Text(value))
    return Group(Text.assemble((card.headline, "bold"), "  ", (word(card.layer), "dim")), rows)


def _label(node: Node, word: Words) -> Text:
    from rich.text import Text

    marker = f"{node.marker.text} " if node.marker else ""
    title = " ".join(node.title.split()) or word("untitled")
    role = str(getattr(node, "role", ""))
    note = word(role if role and role != "other" else str(node.kind))
    style = "bold" if node.kind in (Kind.PART, Kind.ANNEX) else ""
    return Text.assemble((marker, "dim"), (title, style), "  ", (note, "dim cyan"))


def _tree(label: Text, children: tuple[Node, ...], word: Words) -> Tree:
    """The titled nodes as a tree of lines under *label*."""
    from rich.tree import Tree

    root = Tree(label, guide_style="dim")
    stack = [(child, root) for child in reversed(children)]
    while stack:
        this, branch = stack.pop()
        below = branch.add(_label(this, word)) if this.title_span is not None else branch
        stack.extend((child, below) for child in reversed(this.children))
    return root
