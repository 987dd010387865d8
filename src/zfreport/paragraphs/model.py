"""A paragraph with the sentences that may head or divide it, and what no lead may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from ..headings.leads import Sentence, Sentences
from ..nodes import Form, Kind
from ..outline import Head
from ..vocab import both

__all__ = [
    "EVENT",
    "FIGURE",
    "FINAL",
    "INLINE",
    "ITEM",
    "LINE",
    "MAX_LEAD",
    "MAX_REFRAIN",
    "POINT",
    "RUNIN",
    "SECTION",
    "Paragraph",
]

MAX_LEAD = 34
MAX_REFRAIN = 72
POINT = re.compile(both(r"[一二三四五六七八九十]{1,2}[是要、]"))
# A class of all that it may begin with comes first, so that the search skips to that.
EVENT = re.compile(
    both(
        r"[◇通启设完盘获上运举印出政“\"](?:(?<=◇)|(?<=[“\"])$|(?<=通)过|(?<=启)用|(?<=设)立|(?<=完)成|(?<=盘)活|(?<=获)批|(?<=上)线"
        r"|(?<=运)营|(?<=举)办|(?<=印)发|(?<=出)台|(?<=政)策.{0,4}实施)"
    )
)
"""What was done or happened once: short sentences of these, and of `POINT`, are no headings by their shape alone."""
FIGURE = re.compile(both(r"\d[%％亿万]"))
FINAL = "。"
# members looked up on their classes cost ten times as much
ITEM: Final = Kind.ITEM
SECTION: Final = Kind.SECTION
LINE: Final = Form.LINE
INLINE: Final = Form.INLINE
RUNIN: Final = Form.RUNIN


class Paragraph:
    """One paragraph, or what of it runs on after a heading, and the sentences that head and divide it."""

    __slots__ = (
        "after_item",
        "end",
        "full",
        "inline",
        "joined",
        "lead",
        "line",
        "nested",
        "parts",
        "point",
        "start",
        "text",
        "under",
    )

    def __init__(self, line: int, text: str, start: int = 0, end: int | None = None) -> None:
        self.line = line
        self.text = text
        """Of the line."""
        self.start = start
        """Where its own text begins: behind the title, for the text that runs on after a heading."""
        self.end = end
        """Where it ends, if a heading inside the line cuts it short."""
        self.lead: Sentence | None = None
        self.inline: Sequence[Sentence] = ()
        self.joined: Sequence[Sentence] = ()
        """Sentences that join those, and set no measure for the sister paragraphs."""
        self.nested = self.full = False
        """Whether those stand below the lead; whether they are leads by their bodies, whatever their lengths, and set no measure."""
        self.parts: Sentences | None = None
        """All its sentences, once that was asked."""
        self.after_item = False
        """Whether it is the first paragraph below a numbered item on a line of its own: that item's body."""
        self.point: Head | None = None
        """The point (——X, 第一，X) on a line of its own that was the last thing before it but paragraphs."""
        self.under: Head | None = None
        """The point (第一，X。…) before it whose number goes on behind it."""

    @property
    def own(self) -> bool:
        """Whether it runs on after the heading of its section."""
        return self.start > 0
