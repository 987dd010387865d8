"""Lead sentences: the short sentence that names a paragraph (产业结构持续优化。…), the commonest heading of all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from ..layout import Line
from ..nodes import Form, Kind
from .model import Candidate

__all__ = ["LeadSentence"]

_SENTENCE = re.compile(r"[^。！？!?]+[。！？!?]?")


@frozen
class LeadSentence:
    """Proposes every short sentence of a paragraph; which of them are leads, the run of paragraphs decides."""

    name: str = "lead"

    def detect(self, line: Line, /) -> Iterable[Candidate]:
        """One candidate for every sentence of 4 to 64 characters that ends in 。."""
        for match in _SENTENCE.finditer(line.text):
            if 5 <= match.end() - match.start() <= 65 and match[0][-1] == "。":
                yield Candidate(
                    self.name,
                    (match.start(), match.end() - 1),
                    None,
                    None,
                    Form.INLINE if match.start() else Form.RUNIN,
                    100,
                    Kind.ITEM,
                    0.5,
                )
