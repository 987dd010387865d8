"""Un-numbered headings that stand alone on their line: parts by their wording, sections by their shape."""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from ..layout import Line
from ..nodes import Form, Kind
from ..vocab import both
from .model import Candidate, new_candidate
from .wording import ANNEX, PLEDGE_ANNEX, REPORT_TITLE, leads_in, part_wording

__all__ = ["ANNEX_HINT", "AnnexTitle", "PartLine", "SectionLine"]

_LINE = Form.LINE  # a member looked up on its class costs ten times as much

_SENTENCE = re.compile(r"[。；;！!？?]")
_TWO = re.compile(r"([^。；;！!？?：:]{8,60})。([^。；;！!？?：:，,]{4,24})。")


_LAST_WORDS = frozenset(word + sign for word in ("结束语", "結束語") for sign in ("", "。", ".", "："))


@frozen
class PartLine:
    """2017年工作回顾, 今后五年的总体目标, 切实加强政府自身建设: a part without a number."""

    name: str = "part-line"

    def detect(self, line: Line, /) -> Iterable[Candidate]:
        """One candidate if the whole line reads like a part's title."""
        text = line.text
        if text in _LAST_WORDS:
            return (
                new_candidate(
                    self.name, (0, 3), None, None, _LINE, 5, Kind.PART, 0.9, "names the last words"
                ),
            )
        if not 4 <= len(text) <= 64 or text[-1] in "，,；;":
            return ()
        end = len(text)
        while end and text[end - 1] in "。：: 　":
            end -= 1
        title = text[:end]
        if text[-1] == "。" and "是" in title:
            return ()  # 国有企业改革是今年工作的重点。
        weight = 0.0 if text[-1] in "：:" or _SENTENCE.search(title) else part_wording(title)
        if (
            not weight
            or (weight < 1 and ("，" in title or "," in title))
            or (REPORT_TITLE.search(title) and not title.endswith(("说明", "說明")))
            or leads_in(text)
        ):
            return ()
        weight *= 0.6 if text[-1] == "。" else 0.9
        return (
            new_candidate(
                self.name, (0, end), None, None, _LINE, 5, Kind.PART, weight, "names a period and a work"
            ),
        )


@frozen
class SectionLine:
    """A short line without final punctuation, or one short sentence alone on its line."""

    name: str = "section-line"

    def detect(self, line: Line, /) -> Iterable[Candidate]:
        """One candidate for any line of 4 to 70 characters that holds a single sentence."""
        text = line.text
        size = len(text)
        if not 4 <= size <= 90 or text[-1] in "，,；;：:、":
            return ()
        two = _TWO.fullmatch(text) if text.count("。") == 2 else None
        if two:
            why = "two short sentences alone"
            return (
                new_candidate(self.name, two.span(1), None, None, _LINE, 50, None, 0.5, why),
                new_candidate(self.name, two.span(2), None, None, Form.INLINE, 50, None, 0.5, why),
            )
        end = size
        if text[-1] in "。！! 　":
            while end and (text[end - 1] in "。！!" or text[end - 1].isspace()):
                end -= 1
        title = text[:end]
        closed = end < size
        if not 0 < end <= (64 if closed else 48) or _SENTENCE.search(title) or leads_in(title + "。"):
            return ()
        weight, why = (0.5, "a sentence alone") if closed else (0.6, "a short line")
        return (new_candidate(self.name, (0, end), None, None, _LINE, 50, None, weight, why),)


@frozen
class AnnexTitle:
    """名词解释, 附件1, 注释, 2018年惠民实事: what follows the body."""

    name: str = "annex-title"

    def detect(self, line: Line, /) -> Iterable[Candidate]:
        """One candidate if the line is the title of a glossary, an annex or a list of promised works."""
        text = line.text
        if len(text) > 60 or not ANNEX_HINT.search(text):
            return ()
        mark = _MARK.match(text)
        start = mark.end() if mark else 0
        end = len(text)
        while end > start and text[end - 1] in "：:。]】※*） )　 ":
            if text[end - 1] in "）)" and ("（" in text[start:end] or "(" in text[start:end]):
                break
            end -= 1
        inner = start
        while inner < end and text[inner] in "[【※* 　：:":
            inner += 1
        if ANNEX.fullmatch(text):
            weight, detail = 0.95, "names a glossary"
        elif mark and (end - start >= 2 or end <= start) and not _SENTENCE.search(text[start:end]):
            weight, detail = 0.8, "is marked as an annex"
        elif PLEDGE_ANNEX.fullmatch(text[inner:end]):
            weight, detail = 0.6, "names a list of promised works"
        else:
            return ()
        marker = (0, len(mark[0].rstrip())) if mark else None
        return (new_candidate(self.name, (inner, end), marker, None, _LINE, 2, Kind.ANNEX, weight, detail),)


# A class of all that it may begin with comes first, so that the search skips to that.
ANNEX_HINT = re.compile(
    both("[附释注说实工项专](?:(?<=[附释注])|(?<=说)明|(?<=实)事|(?<=工)程|(?<=[项专])[目案])")
)
"""What such a title has one of."""
_MARK = re.compile(
    both(
        r"[（(【\[]?附(?:\s*(?:件|录|表|注)\s*[一二三四五六七八九十\d１-９]{0,2}\s*[：:.、]?|\s*[：:])[】\])）]?[\s\u3000]*"
    )
)
