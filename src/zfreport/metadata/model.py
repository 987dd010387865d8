"""What is known about a report as a whole: each value with its confidence, its proof and whether it was inferred."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from attrs import frozen

from ..nodes import Evidence
from ..quick import quick

if TYPE_CHECKING:
    from datetime import date

    from ..regions import Place
    from ..text import Span

__all__ = [
    "Horizon",
    "Known",
    "Level",
    "Metadata",
    "Region",
    "Session",
    "new_evidence",
    "new_known",
    "new_metadata",
]

T = TypeVar("T")


class Level(StrEnum):
    """Of which government the report is."""

    NATIONAL = "national"
    PROVINCE = "province"
    """省, 自治区, 直辖市, 特别行政区."""
    PREFECTURE = "prefecture"
    """地级市, 自治州, 盟, 地区."""
    COUNTY = "county"
    """县, 自治县, 旗, 县级市."""
    DISTRICT = "district"
    """市辖区."""
    TOWNSHIP = "township"
    """镇, 乡, 街道."""
    ZONE = "zone"
    """A development zone with an administration of its own, which GB/T 2260 does not list."""


class Session(NamedTuple):
    """The session of a people's congress: 第十四届人民代表大会第二次会议 is ``Session(14, 2)``."""

    term: int
    number: int


class Horizon(NamedTuple):
    """The first and the last year of the five-year goals that a report sets."""

    start: int
    end: int


@frozen
class Region:
    """The place a report is about: its name as printed, and every place of that name."""

    name: str
    """As printed, with the names above it if they are printed too: ``"太原市迎泽区"``."""
    candidates: tuple[Place, ...] = ()
    """What the name may mean; empty if the table of places lacks it, several if it is shared."""

    @property
    def code(self) -> str | None:
        """The code of GB/T 2260, if the name means one place only."""
        return self.candidates[0].code if len(self.candidates) == 1 else None

    def __str__(self) -> str:
        return self.name


@frozen
class Known(Generic[T]):
    """A value, how sure it is, and what proves it."""

    value: T
    confidence: float
    """From 0 to 1; never 1 for what was inferred."""
    evidence: tuple[Evidence, ...] = ()
    """The rules that gave the value, and the words they rely on."""
    inferred: bool = False
    """Whether the value is not printed but follows from something that is."""

    @property
    def span(self) -> Span | None:
        """Where the first proof stands."""
        return self.evidence[0].span if self.evidence else None


new_known = quick(Known)
new_evidence = quick(Evidence)


@frozen(kw_only=True)
class Metadata:
    """
    What a report says of itself. ``None`` where the text gives no ground for a value.

    The year of review and the year of the plan are told apart from the date of publication, which may be a year off.
    """

    title: Known[str] | None = None
    """As printed, without the blanks and breaks between its characters."""
    level: Known[Level] | None = None
    region: Known[Region] | None = None
    review_year: Known[int] | None = None
    """The year looked back on; the last one, if it is a term of several."""
    plan_year: Known[int] | None = None
    """The year the tasks are for."""
    horizon: Known[Horizon] | None = None
    session: Known[Session] | None = None
    delivered: Known[date] | None = None
    published: Known[date] | None = None
    """Of the page, not of the report."""
    speaker: Known[str] | None = None
    """The name, without the blanks between its characters; the evidence has it as printed."""
    office: Known[str] | None = None
    """代区长, 自治区主席: with 代 and 副, without the name of the place."""
    issuer: Known[str] | None = None
    index_number: Known[str] | None = None


new_metadata = quick(Metadata)
