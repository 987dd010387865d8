"""
The year a report looks back on, the year it plans for, and the five years it sets goals for.

Claims are gathered from the title, the part headings, the day of delivery and, where these do not settle it, from what the
text says of its years (今年是“十四五”规划开局之年). The day the page was published comes last: it may be a year off.
"""

from __future__ import annotations

from operator import attrgetter, methodcaller
from typing import TYPE_CHECKING, Final, NamedTuple

from ..diagnostics import Code, Diagnostic, Severity
from ..memo import Memo
from ..numerals import read_numeral
from ..text import Span, span_of
from ..vocab import late
from .dates import WHOLE_YEAR, YEAR, year_value
from .model import Horizon, Known, new_evidence, new_known

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence
    from datetime import date

    from ..nodes import Evidence
    from .front import Front

__all__ = ["Years", "read_years"]

# A class first, so that a search skips to it: the parts' headings, and in some reports the whole body, are searched.
_REVIEW = late(
    "[回总總成进進完发發](?:(?<=回)[顾顧]|(?<=总)结|(?<=總)結|(?<=成)[就绩績]|(?<=[进進])展|(?<=完)成情[况況]|(?<=[发發])展[历歷]程)"
)
_PLAN = late(
    "[任安重目计計思部打要建谋謀方考取展做意](?:(?<=任)[务務]|(?<=安)排|(?<=重)[点點]|(?<=目)[标標]|(?<=[计計谋謀])[划劃]|(?<=思)路|(?<=部)署|(?<=打)算"
    "|(?<=要)[求点點]|(?<=建)[议議]|(?<=方)[针針]|(?<=考)[虑慮]|(?<=取)向|(?<=展)望|(?<=做)好|(?<=意)[见見])"
)
_BARE = late("(?:的|[国國][内內]|政府)?工作$")
_DISTANT = late("的?(?:[远遠]景|[远遠]期)")
_YEAR = late(
    rf"({WHOLE_YEAR})[ \u3000]?(?:[-—－至到][0-9０-９〇○零一二三四五六七八九]{{2,4}}[ \u3000]?)?年(?!度?[之以]前)"
)
_MASKS = "xXｘＸ×＊*_＿"
_MASKED = late(rf"(?:20|２０|二〇|二○)[{_MASKS}]{{1,2}}(?:[ \u3000]?年)")
_PLAN_NAME = r"[“\"‘「『]?(?P<plan>十[一二三四五六七]?|[六七八九])五[”\"’」』]?"
_PERIOD = late(_PLAN_NAME + "(?:[规規][划劃]|[计計][划劃])?(?:[时時]期|期[间間]|主要目|[发發]展)?")
_FIRST = "(?:[开開]局|起步|第一|首|起始)"
_LAST = "(?:收官|最[后後]一|[决決][胜勝]|末|最[后後])"
_OF_PLAN = rf"五[”\"’」』]?[^。；，,]{{0,8}}?的?(?:(?P<first>{_FIRST})|(?P<last>{_LAST}))[^。；，,]{{0,4}}?年"
_OF_CONGRESS = rf"的(?P<congress>十八|十九|二十|二十一)大(?P<after>精神)?[^。；，,]{{0,6}}?(?P<first>{_FIRST}|召[开開])[^。；，,]{{0,3}}?年"
_CUES = (
    # A class first, so that the search engine skips to it; and before that, what every match has, with a literal
    # first, which is found ten times as fast: most parts of a report have none.
    (
        (late(_OF_PLAN),),
        late(rf"(?P<plan>[十六七八九][一二三四五六七]?){_OF_PLAN}"),
    ),
    (
        (late(f"党{_OF_CONGRESS}"), late(f"黨{_OF_CONGRESS}")),
        late(f"[党黨]{_OF_CONGRESS}"),
    ),
    (
        (late("周年"), late("週年")),
        late(
            r"[建中和产產革](?:(?<=[建中和])(?P<e1949>(?<=建)[国國]|[国國]成立)|(?P<e1921>(?<=建)[党黨]|[党黨]成立)|(?P<e1978>[开開]放))(?P<count>[0-9０-９一二三四五六七八九十百]{2,5})[周週]年"
        ),
    ),
)
_SUBJECT = late(
    rf"(?P<masked>(?:20|２０|二〇|二○)[{_MASKS}]{{1,2}}年)|(?P<last>去年|上年|[过過]去(?:的)?一年|一年[来來]|[这這]一年)|(?P<this>今年|本年)|(?P<next>明年|新的一年|[来來]年)"
    rf"|(?P<year>(?:{YEAR})[ \u3000]?年)"
)
_OPENS_WITH = rf"[^。！\n到至自从從]{{0,14}}?(?P<year>{YEAR})[ \u3000]?年(?=，?,?(?:是|，|,|全|我|面|在))"
_IS, _IS_FIRST = late(rf"[。！\n]{_OPENS_WITH}"), late(_OPENS_WITH)
# 2024年，全县经济社会发展主要预期目标是: who sets it names its year; 完成了2023年主要目标, 到2030年的奋斗目标 do not.
_GOALS = late(
    r"目[标標](?<=[预預]期目.|主要目.|[奋奮]斗目.|[奋奮]鬥目.|工作目.|[发發]展目.)(?:任[务務])?(?:初步)?(?:[拟擬安][定排])?(?:[是为為：:]|如下)"
)
_GOAL_OF = late(
    rf"(?:^|[。！；;\n]|做好)[^。！；;\n到至自从從完成五]{{0,12}}?(?P<year>{YEAR})[ \u3000]?年(?!代|[-—至到])[^。！；;\n0-9０-９完]{{0,30}}$"
)
_GOAL_NEAR = 60
"""How far before 目标 its year is looked for."""
_DRAFT = late(r"第(?P<plan>十[一二三四五六七]?|[六七八九])[个個]五年[规規計计][划劃][^》。]{0,24}")
_AHEAD = late("[今未][后後来來]五年")
_EQUALS = late("[是为為]")
_OPENING_STRETCH = 400
_NEAR = 80
_FIVE_YEARS_ON = 5


class _Claim(NamedTuple):
    plan: int
    """The plan year that follows."""
    weight: float
    evidence: Evidence
    of_plan: bool
    """Whether the plan year itself is named, not the year of review."""
    inferred: bool = False


_WEIGHT = attrgetter("weight")
_ROUNDED: Final = Memo[float, float](lambda sure: round(sure, 3), 1000)
"""Confidences to three places: to round takes microseconds, and the rules make few of them."""
_START = methodcaller("start")


class Years(NamedTuple):
    """What was found, and what was odd about it."""

    review: Known[int] | None
    plan: Known[int] | None
    horizon: Known[Horizon] | None
    diagnostics: tuple[Diagnostic, ...]


class _Part(NamedTuple):
    heading: str
    title: Span
    body: Span

    @property
    def reviews(self) -> bool:
        """Whether its heading says that it looks back."""
        return _REVIEW.search(self.heading) is not None


def _five_years(name: str) -> Horizon:
    """Of the plan called N五; the first two stand off the grid, and no work report plans for them."""
    number = int(read_numeral(name) or 0)
    return Horizon(1951 + 5 * number, 1955 + 5 * number)


def _year_of(cue: re.Match[str]) -> int | None:
    """The year that a cue is about: the first of a plan, the one after a congress, so many after an event."""
    found = cue.groupdict()
    if found.get("plan"):
        return _five_years(found["plan"])[0 if found["first"] else 1]
    if found.get("congress"):
        return 2012 + 5 * (int(read_numeral(found["congress"]) or 18) - 18) + bool(found["after"])
    count = read_numeral(found["count"])
    event = next(int(name[1:]) for name, words in found.items() if name.startswith("e") and words)
    return None if count is None else event + int(count)


def _headings(parts: Sequence[_Part]) -> Iterator[_Claim]:
    for number, part in enumerate(parts):
        if "年" not in part.heading:
            continue
        heading = part.heading
        years = list(_YEAR.finditer(heading))
        for match, following in zip(years, [*years[1:], None], strict=False):
            words = heading[match.end() : following.start() if following else None]
            if _DISTANT.match(words) or heading.endswith("到", 0, match.start()):
                continue  # 二〇三五年远景目标, 到2026年的奋斗目标
            review, plan = _looks(words)
            if not (review or plan):
                review, plan = _looks(heading)
            weight = 0.95
            if not (review or plan) and _BARE.fullmatch(
                words
            ):  # 关于2008年工作: of the first part, the year gone by
                review, plan, weight = number == 0, number > 0, 0.6
            year = year_value(match[1])
            if year is None or review == plan:
                continue
            span = span_of((part.title.start + match.start(), part.title.start + match.end()))
            yield _Claim(year + review, weight, new_evidence("part-heading", span, heading), plan)


def _looks(words: str) -> tuple[bool, bool]:
    """Whether *words* look back, and whether they look ahead."""
    return _REVIEW.search(words) is not None, _PLAN.search(words) is not None


def _cues(source: str, parts: Sequence[_Part], front: Front, body: Span) -> Iterator[_Claim]:
    """What the text says of its years, where the years themselves are not printed or are masked."""
    ends_in_review: bool | None = None
    for draft in _DRAFT.finditer(source, front.span.start, front.span.end):
        first = _five_years(draft["plan"]).start
        yield _Claim(
            first,
            0.8,
            new_evidence("plan-draft", span_of(draft.span()), "the plan is laid before the congress"),
            True,
            True,
        )
    for part in parts:
        for hints, pattern in _CUES:
            if not any(hint.search(source, part.body.start, part.body.end) for hint in hints):
                continue
            for cue in pattern.finditer(source, part.body.start, part.body.end):
                near = max(part.title.end, cue.start() - _NEAR)
                begin = max(near, *(source.rfind(mark, near, cue.start()) + 1 for mark in "。！；\n"))
                subjects = list(_SUBJECT.finditer(source, begin, cue.start()))
                if not subjects or not _EQUALS.search(source, subjects[-1].end(), cue.start()):
                    continue
                year = _year_of(cue)
                if year is None:
                    continue
                subject = subjects[-1]
                if subject["year"]:
                    continue  # the year is printed
                if subject["last"]:
                    review = True
                elif subject["next"]:
                    review = False
                elif subject["this"]:
                    if ends_in_review is None:  # counts words in the whole body, and few cues speak of 今年
                        ends_in_review = _ends_in_review(source, parts, body)
                    review = ends_in_review
                else:
                    review = part.reviews
                proof = new_evidence("cue", span_of((subject.start(), cue.end())), cue[0])
                yield _Claim(year + review, 0.75, proof, not review, True)


def _ends_in_review(source: str, parts: Sequence[_Part], body: Span) -> bool:
    """Whether 今年 is the year looked back on: 明年 is then in a heading, or said more often."""
    return any("明年" in part.heading for part in parts) or (
        source.count("明年", body.start, body.end) > source.count("今年", body.start, body.end)
    )


def _printed(source: str, parts: Sequence[_Part]) -> Iterator[_Claim]:
    """The years that open the first sentences of a part: 2023年，面对…; 2024年是…"""
    for number, part in enumerate(parts):
        end = min(part.body.end, part.title.end + _OPENING_STRETCH)
        for match in _opening(source, part.title.end, end):
            year = year_value(match["year"])
            if year is None:
                continue
            span = span_of((match.start("year"), match.end("year") + 1))
            review = part.reviews or number == 0
            yield _Claim(year + review, 0.5, new_evidence("year-in-text", span), not review)
            break


def _aimed(source: str, body: Span) -> Iterator[_Claim]:
    """The year that the list of targets names as its own."""
    for goals in _GOALS.finditer(source, body.start, body.end):
        first = max(body.start, goals.start() - _GOAL_NEAR)
        match = _GOAL_OF.search(source[first : goals.start()])
        year = year_value(match["year"]) if match else None
        if match is None or year is None:
            continue
        span = span_of((first + match.start("year"), first + match.end("year") + 1))
        yield _Claim(year, 0.7, new_evidence("target-year", span), True)
        return


def _opening(source: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The years that open a sentence in a stretch."""
    if not start and (first := _IS_FIRST.match(source, start, end)):
        yield first
        start = first.end()
    yield from _IS.finditer(source, start, end)


def read_years(
    front: Front,
    headings: Sequence[Span],
    body: Span,
    title: Known[str] | None,
    delivered: Known[date] | None,
    published: Known[date] | None,
) -> Years:
    """Both years and the horizon, from the best evidence there is, with a diagnostic where it is weak or disagrees."""
    source = front.source
    parts = _parts(source, headings, body)
    claims = list(_headings(parts))
    # 2021年工作和2035年展望: the later is no year that anyone plans the work of
    first = min((claim.plan for claim in claims), default=0)
    claims = [claim for claim in claims if claim.plan <= first + _FIVE_YEARS_ON]
    if title is not None and title.span is not None:
        for match in _YEAR.finditer(source, title.span.start, title.span.end):
            year = year_value(match[1])
            if year is not None and (delivered is None or abs(delivered.value.year - year) <= 1):
                claims.append(_Claim(year, 0.85, new_evidence("title", span_of(match.span())), True))
                break
    if delivered is not None:
        ahead, weight = _season(delivered.value, parts)
        proof = new_evidence("delivered", delivered.evidence[0].span)
        claims.append(_Claim(delivered.value.year + ahead, weight * delivered.confidence, proof, False))
    masked = _masked(source, front.span.start, min(body.end, max(front.span.end, body.start) + 3000))
    if masked or not any(claim.weight > 0.9 for claim in claims):
        claims += _cues(source, parts, front, body)
        claims += _printed(source, parts)
        claims += _aimed(source, body)
    if not claims and published is not None:
        day = published.value
        claims.append(
            _Claim(
                day.year + (day.month == 12),
                0.35,
                new_evidence("published", published.evidence[0].span),
                False,
                True,
            )
        )
    review, plan, noticed = _settle(claims, masked is not None)
    if masked is not None:
        got = f"{plan.value} was inferred" if plan else "they could not be told from the text"
        severity = Severity.INFO if plan else Severity.WARNING
        noticed.append(
            Diagnostic(
                Code.YEAR_MASKED, severity, span_of(masked.span()), f"want a year, got {masked[0]}: {got}"
            )
        )
    return Years(review, plan, _horizon(source, parts, front, plan), tuple(noticed))


def _masked(source: str, start: int, end: int) -> re.Match[str] | None:
    """The first masked year (20xx年). A page without a sign that masks, which is most, is not searched."""
    words = source[start:end]
    signs = [sign for sign in _MASKS if sign in words]
    found = [match for sign in signs if (match := _masked_by(sign, source, start, end))]
    return min(found, key=_START) if found else None


def _masked_by(sign: str, source: str, start: int, end: int) -> re.Match[str] | None:
    """The first year that *sign* is the first mask of."""
    at = source.find(sign, start + 2, end)
    while at >= 0:
        if match := _MASKED.match(source, at - 2, end):
            return match
        at = source.find(sign, at + 1, end)
    return None


def _season(day: date, parts: Sequence[_Part]) -> tuple[bool, float]:
    """Whether a report of this day plans for the next year, and how sure that is: 今年工作回顾, 明年 say so."""
    for part in parts:
        if "明年" in part.heading or ("今年" in part.heading and part.reviews):
            return True, 0.9
    for part in parts:
        if "今年" in part.heading and _PLAN.search(part.heading):
            return False, 0.9
    return day.month >= 11, 0.9 if day.month <= 4 else 0.6


def _parts(source: str, headings: Sequence[Span], body: Span) -> list[_Part]:
    found = []
    for number, title in enumerate(headings):
        words = source[title.start : title.end]
        end = headings[number + 1].start if number + 1 < len(headings) else body.end
        found.append(_Part(words, title, span_of((title.end, max(title.end, end)))))
    if not found or found[0].title.start - body.start > 200:
        end = found[0].title.start if found else body.end
        found.insert(0, _Part("", span_of((body.start, body.start)), span_of((body.start, end))))
    return found


def _settle(
    claims: Sequence[_Claim], masked: bool
) -> tuple[Known[int] | None, Known[int] | None, list[Diagnostic]]:
    if not claims:
        return None, None, []
    weights: dict[int, float] = {}  # the best proof decides, and numbers only between equals
    for claim in claims:
        year, weight = claim.plan, claim.weight
        weights[year] = max(weights[year], weight) + 0.05 if year in weights else weight
    best = max((weight, year) for year, weight in weights.items())[1]
    for_it = [claim for claim in claims if claim.plan == best]
    for_it.sort(key=_WEIGHT, reverse=True)
    against = [claim for claim in claims if claim.plan != best]
    sure = min(0.97, for_it[0].weight + 0.02 * (len(for_it) - 1))
    if against and max([weights[claim.plan] for claim in against]) > 0.6 * weights[best]:
        sure *= 0.65
    noticed = []
    if sure < 0.65:
        others = sorted({claim.plan for claim in against})
        said = (
            f"the evidence also speaks for {', '.join(map(str, others))}"
            if others
            else "the evidence is weak"
        )
        noticed.append(
            Diagnostic(
                Code.YEAR_UNCERTAIN, Severity.WARNING, for_it[0].evidence.span, f"plan year {best}: {said}"
            )
        )
    named = [claim for claim in for_it if claim.of_plan]
    looked = [claim for claim in for_it if not claim.of_plan]

    def known(year: int, own: Sequence[_Claim]) -> Known[int]:
        inferred = masked or all(claim.inferred for claim in own)
        proofs = tuple([claim.evidence for claim in (own or for_it)[:4]])
        return new_known(year, _ROUNDED[sure if own else sure * 0.95], proofs, inferred)

    return known(best - 1, looked), known(best, named), noticed


def _horizon(
    source: str, parts: Sequence[_Part], front: Front, plan: Known[int] | None
) -> Known[Horizon] | None:
    for part in parts:
        if "五" not in part.heading:
            continue
        periods = list(_PERIOD.finditer(part.heading))
        for match, following in zip(periods, [*periods[1:], None], strict=False):
            words = part.heading[match.end() : following.start() if following else None]
            if _PLAN.search(words) and not _REVIEW.search(words):
                value = _five_years(match["plan"])
                if plan is not None and not value.start - 1 <= plan.value <= value.end:
                    continue
                span = span_of((part.title.start + match.start(), part.title.start + match.end()))
                return new_known(
                    value, 0.9, (new_evidence("part-heading", span, part.heading),), inferred=True
                )
        ahead = _AHEAD.search(part.heading)
        if ahead and plan is not None:
            span = span_of((part.title.start + ahead.start(), part.title.start + ahead.end()))
            value = Horizon(plan.value, plan.value + 4)
            return new_known(
                value,
                round(0.8 * plan.confidence, 3),
                (new_evidence("part-heading", span, part.heading),),
                inferred=True,
            )
    if source.find("五年", *front.span) >= 0 and (draft := _DRAFT.search(source, *front.span)):
        value = _five_years(draft["plan"])
        if plan is None or value.start <= plan.value <= value.start + 1:
            return new_known(value, 0.7, (new_evidence("plan-draft", span_of(draft.span())),), inferred=True)
    return None
