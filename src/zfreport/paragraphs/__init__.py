"""
Which sentences head their paragraphs: series of leads, over the paragraphs under one heading.

A lead sentence is known by its company. One short first sentence is a statement; three in a row are headings (`first`).
The same inside a paragraph: short sentences of one shape, each with a body behind it, divide it (`inside`, `series`), and
so do those of a paragraph whose sisters are divided (`sisters`).
"""

from __future__ import annotations

from .first import objection
from .search import find_leads

__all__ = ["find_leads", "objection"]
