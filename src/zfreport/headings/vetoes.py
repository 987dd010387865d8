"""What only looks like a heading, each kind a rule with a name, so that `Report.explain` can say why not."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from attrs import field, frozen

from ..errors import expect, got
from ..layout import Line
from ..nodes import Form
from ..vocab import both
from .model import Candidate, Veto
from .ordinals import CJK

__all__ = ["DEFAULT_VETOES", "NamedVeto", "checked_vetoes"]


def _styles(styles: Iterable[str] | None) -> frozenset[str] | None:
    if isinstance(styles, str):  # "dash" in "dash-like" is true
        raise TypeError(f"a veto wants styles as a set of names, got {got(styles)}: write {{{styles!r}}}")
    return None if styles is None else frozenset(styles)


@frozen
class NamedVeto:
    """A veto made of a name and a function of the line and the candidate."""

    name: str
    test: Callable[[Line, Candidate], str | None] = field(repr=False)
    """Says why a candidate of a line is no heading, or ``None``."""
    styles: frozenset[str] | None = field(default=None, converter=_styles, repr=False)
    """The styles it is about; ``None`` for all. Others are not asked."""

    def __attrs_post_init__(self) -> None:
        expect(self.name, str, "a veto wants a name as str")
        expect(self.test, Callable, f"veto {self.name!r} wants a function of a line and a candidate")

    def refuse(self, line: Line, candidate: Candidate, /) -> str | None:
        """Why not, or ``None``."""
        return self.test(line, candidate)


_CJK_LISTED = re.compile(
    both(
        rf"(?![{CJK}○0０]{{4}}年)[{CJK}]+(?:[、，,]|产|届|中|类|号|次|季|线|级|项|个|[〇○零一二三四五六七八九]+[、：:]?)"
        r"|[0-9０-９]{1,2}(?:[、月日%％]|[.．][0-9０-９])"
    )
)
_ARABIC_LISTED = re.compile(both(r"[0-9０-９]{1,2}(?:[、月日%％]|[.．][0-9０-９])"))
_LISTED = {"cjk-comma": _CJK_LISTED, "arabic-dot": _ARABIC_LISTED}


def _ordinal_list(line: Line, c: Candidate) -> str | None:
    """一、二、三产业增加值…; 三、六四四个 (、 as a thousands mark, fyp 1); 3、4月份."""
    if c.marker and _LISTED[c.style].match(line.text, c.marker[1]):
        return "a list of ordinals or a number, not a marker"
    return None


_DATE_LINE = re.compile(
    both(r"\s*[\d０-９〇○零一二三四五六七八九\s]{4,8}年.{1,14}日|.{0,40}(?:人民代表大会|届.{0,6}次会议)")
)


def _session_line(line: Line, c: Candidate) -> str | None:
    """——2024年1月16日在…会议上 opens the session line, not an item."""
    if len(line.text) < 90 and _DATE_LINE.match(line.text, c.title[0]):
        return "the session line"
    return None


_PAGES = re.compile(both(r".{2,50}?[\s\u3000.…·⋯]+\(?\d{1,3}(?:\s?[-–—至]\s?\d{1,3})?\)?"))


def _contents(line: Line, c: Candidate) -> str | None:
    """乙、把握機遇 加快轉型 5–41: a line of a table of contents (hk 2004-2016)."""
    text = line.text
    if (
        (text[-1].isdecimal() or text[-1] == ")")
        and c.form is Form.LINE
        and len(text) < 60
        and _PAGES.fullmatch(text, c.title[0])
    ):
        return "a line of a table of contents"
    return None


_MEASURED = re.compile(both(r"[万亿%％元吨亩户家公倍多余岁天月年日]"))


def _number(line: Line, c: Candidate) -> str | None:
    """3.5万人, 2、3岁: digits and a unit behind a point."""
    if c.marker and _MEASURED.match(line.text, c.marker[1]):
        return "a number with its unit"
    return None


_PHASE = re.compile(both(r"(?:期(?:工程|项目|、|，|,|$)|标段|号线)"))


def _phase(line: Line, c: Candidate) -> str | None:
    """（一）期, （二）标段: part of a project's name."""
    if c.marker and _PHASE.match(line.text, c.marker[1]):
        return "part of a project's name"
    return None


DEFAULT_VETOES: tuple[Veto, ...] = (
    NamedVeto("ordinal-list", _ordinal_list, frozenset(_LISTED)),
    NamedVeto("session-line", _session_line, frozenset(("dash",))),
    NamedVeto("contents", _contents),
    NamedVeto("number", _number, frozenset(("arabic-dot", "arabic-half-paren"))),
    NamedVeto("phase", _phase, frozenset(("cjk-paren",))),
)


def checked_vetoes(vetoes: Iterable[Veto]) -> tuple[Veto, ...]:
    """*vetoes* as a tuple; `TypeError` if they are no vetoes."""
    if isinstance(vetoes, str) or not isinstance(vetoes, Iterable):
        one = ": a single one goes into a tuple" if isinstance(getattr(vetoes, "name", None), str) else ""
        raise TypeError(f"vetoes are a tuple, as (*DEFAULT_VETOES, mine); got {got(vetoes)}{one}")
    found = tuple(vetoes)
    for number, veto in enumerate(found, 1):
        if (
            isinstance(veto, type)
            or not isinstance(getattr(veto, "name", None), str)
            or not callable(getattr(veto, "refuse", None))
        ):
            how = ": zfreport.headings.NamedVeto makes one of a name and a function" if callable(veto) else ""
            raise TypeError(
                f"a veto has a name and a method refuse(line, candidate); number {number} of vetoes is {got(veto)}{how}"
            )
    return found
