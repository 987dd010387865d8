"""
The place a report is about, and the level of its government.

Named in the session line, the opening formula, the byline or the title; where none names it (most of the city reports of 2024
begin 我代表市人民政府), the name that the text repeats is taken, as an inference.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..diagnostics import Code, Diagnostic, Severity
from ..regions import Place, find_places, narrowed, places_by_stem
from ..text import Span, span_of
from ..vocab import LETTER, fold_all, late
from .model import Known, Level, Region, new_evidence, new_known

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from ..nodes import Evidence
    from .front import Front

__all__ = ["Where", "read_place"]

_HAN = "\u3400-\u9fff"
_KIND = "省|自治[区區]|直[辖轄]市|市|[县縣]|[区區]|州|盟|旗|[镇鎮]|[乡鄉]|街道"
_LEAD = late(".*代表|[关關][于於]|.*[在的]|.*[会會][议議]上|[日年]?[经經](?=..)|中共")
_NAME = late(rf"{LETTER}{{1,20}}(?:{_KIND})")
_NO_NAME = late("[全本我各该該]|人民|政府|自治")
_GOVERNMENT = late("(?:人民)?政府$|委员会$|委員會$|行[署政]$|委常委.*$")
_ENDS_GOVERNMENT = frozenset("府会會署政")
_REPRESENTS = late(
    rf"代表({LETTER}{{0,16}}?)(?:人民政府|政府|国务院|國務院|政务院|行署|管委[会會]|[办辦]事[处處])"
)
_STATE_COUNCIL = late("[国國][务務]院|政务院")
_NATIONAL = late("全[国國]人")
_REPORT = late(r"(?:人民)?政\s?府\s?工\s?作\s?[报報]\s?告|施政[报報]告")
_TITLED = late(
    rf"([{_HAN}]{{1,18}}?(?:{_KIND}))(?=人民政府|政府|[第\d１-９]|[一二三四五六七八九十]{{1,3}}[届屆]|[12][0-9]{{3}}|$)"
)
_DRAFT = late(rf"《([{_HAN}]{{1,20}}?(?:{_KIND}))[国國]民[经經][济濟]")
_SESSION_KIND = late(
    rf"(?:^|[^{_HAN}]|在)(省|市|[县縣]|[区區]|州|盟|旗)(?:第?[一二三四五六七八九十0-9]{{1,3}})[届屆]"
)
_REACH = 2500  # at either end of its body a report names its place
_GENERIC = frozenset(
    "和平 平安 东方 新华 向阳 团结 振兴 和顺 新城 城关 开发 高新 中山 太平 长安 永安 新民 新建 安定 正定 大同 平和 文成 建设".split()
)
_LEVELS = {
    "省": Level.PROVINCE,
    "治区": Level.PROVINCE,
    "州": Level.PREFECTURE,
    "盟": Level.PREFECTURE,
    "县": Level.COUNTY,
    "旗": Level.COUNTY,
    "区": Level.DISTRICT,
    "镇": Level.TOWNSHIP,
    "乡": Level.TOWNSHIP,
    "街道": Level.TOWNSHIP,
    "市": Level.PREFECTURE,
}
_ZONES = tuple(f"{kind}区" for kind in "开发 高新 示范 合作 保税 试验 实验 产业 管理 新".split())
_TO_SIMPLIFIED = str.maketrans("縣區鎮鄉轄", "县区镇乡辖")


class Where(NamedTuple):
    """What was found, and what was odd about it."""

    region: Known[Region] | None
    level: Known[Level] | None
    diagnostics: tuple[Diagnostic, ...]


def _clean(words: str, after_digit: bool = False) -> str | None:
    """The name at the end of *words*, or ``None`` if they only say 市 or 全区. 日 and 年 after a digit end a date."""
    if words[-1:] in _ENDS_GOVERNMENT or "委常委" in words:
        words = _GOVERNMENT.sub("", words)
    if after_digit:
        words = words[1:] if words[:1] in "年日" else words
    match = _LEAD.match(words)
    words = words[match.end() :] if match else words
    match = _NAME.fullmatch(words)
    if match is None or _NO_NAME.match(words):
        return None
    return words


_Named = tuple[str, Span, str]
"""A name, where it stands, and what it stands in."""


def _named(
    front: Front, opening: re.Match[str] | None, title: Span | None, session: Span | None, office: Span | None
) -> Iterator[_Named]:
    """Every place where front matter names the region, in the order of trust."""
    source = front.source
    if session is not None and (found := _before(front, session.start, "session")):
        yield found
    if opening is not None and (name := _clean(opening[1])):
        yield name, _span(name, opening.start(1) + opening[1].index(name)), "opening"
    if office is not None and (found := _before(front, office.start, "byline")):
        yield found
    if title is not None:
        words = source[title.start : title.end]
        report = _REPORT.search(words)
        head = words[: report.start()] if report else words
        for match in _TITLED.finditer(head) if head else ():
            name = _clean(match[1], match.start() > 0 and head[match.start() - 1].isdigit())
            if name:
                yield name, _span(name, title.start + match.start(1) + match[1].index(name)), "title"
                break
    if source.find("《", *front.span) >= 0 and (draft := _DRAFT.search(source, *front.span)):
        yield draft[1], span_of(draft.span(1)), "plan-draft"


def _before(front: Front, at: int, rule: str) -> _Named | None:
    """The name that ends at *at*."""
    start = max(front.span.start, at - 26)
    for line in front.lines:
        if line[0] <= at <= line[1]:
            start = max(start, line[0])
            break
    words = front.source[start:at].rstrip()
    first = len(words)
    while first and "\u3400" <= words[first - 1] <= "\u9fff":
        first -= 1
    name = _clean(words[first:], first > 0 and words[first - 1].isdigit())
    if name is None:
        return None
    return name, _span(name, front.source.rfind(name, front.span.start, at)), rule


def _span(name: str, at: int) -> Span:
    return span_of((at, at + len(name)))


class _Stems(NamedTuple):
    places: Mapping[str, tuple[Place, ...]]
    by_head: Mapping[str, Sequence[str]]
    """The stems that begin with two characters, as far as they are looked for in a text."""
    heads: Callable[[str, int, int], list[str]]
    """Finds what may be the two characters of one, if the second is in a stretch of text; those that overlap too."""


_LONGEST_STEM = 4
_TRADITIONAL = "發經"
"""Characters of which each Traditional report has one."""


@cache
def _stems(kind: str | None) -> _Stems:
    """The stems of the places of one kind."""
    chosen = {
        stem: places
        for stem, every in places_by_stem().items()
        if stem not in _GENERIC
        and (places := tuple(place for place in every if kind is None or place.name.endswith(kind)))
    }
    by_head: dict[str, list[str]] = {}
    for stem in chosen:
        if len(stem) <= _LONGEST_STEM:
            by_head.setdefault(stem[:2], []).append(stem)
    first, second = ("".join({stem[at] for stem in chosen}) for at in (0, 1))
    return _Stems(chosen, by_head, re.compile(f"[{second}](?<=([{first}].))").findall)


def _county(source: str, body: Span) -> Evidence | None:
    """Where the text speaks of its county, if it does so again and again, and more than of any place above."""
    spoken: dict[str, int] = {}
    for kind in "县縣市省":
        spoken[kind] = sum(source.count(words + kind, body.start, body.end) for words in "全我")
        spoken[kind] += sum(source.count(kind + words, body.start, body.end) for words in ("委", "政府"))
    kind = "县" if spoken["县"] else "縣"
    if spoken[kind] < 8 or spoken[kind] <= max(spoken["市"], spoken["省"]):
        return None
    found = [source.find(words, body.start, body.end) for words in (f"全{kind}", f"{kind}政府", f"{kind}委")]
    at = min(place for place in found if place >= 0) if max(found) >= 0 else body.start
    return new_evidence("speaks-of-county", Span(at, at + 2), f"of its {kind} {spoken[kind]} times")


def _repeated(source: str, body: Span, kind: str | None) -> Known[Region] | None:
    """The place whose name the text repeats, if one stands out."""
    if any(source.find(sign, body.start, body.end) >= 0 for sign in _TRADITIONAL):
        source = fold_all(source)  # the table is in Simplified characters
    stems, by_head, heads = _stems(kind)
    seen: set[str] = set()
    middle = min(body.end, body.start + _REACH)
    for start, end in ((body.start, middle), (max(middle, body.end - _REACH), body.end)):
        for head in by_head.keys() & set(heads(source, start + 1, end)):
            seen.update(
                stem
                for stem in by_head[head]
                if len(stem) == 2 or source.find(stem, start, end + len(stem) - 2) >= 0
            )
    ranked = Counter({stem: source.count(stem, body.start, body.end) for stem in seen}).most_common(2)
    if not ranked or ranked[0][1] < 6 or (len(ranked) > 1 and ranked[0][1] < 1.6 * ranked[1][1]):
        return None
    stem, count = ranked[0]
    places = stems[stem]
    spelled = {place.name for place in places if source.find(place.name, body.start, body.end) >= 0}
    if kind is None and not spelled:
        return None  # 合作 is a city, and a word
    if len(spelled) == 1:
        places = tuple(place for place in places if place.name in spelled)
    first = source.find(stem, body.start, body.end)
    proof = new_evidence(
        "repeated-name", span_of((first, first + len(stem))), f"{stem} stands {count} times in the text"
    )
    name = places[0].name if len({place.name for place in places}) == 1 else stem
    return new_known(Region(name, places), 0.6 if spelled else 0.45, (proof,), inferred=True)


def read_place(
    front: Front, body: Span, title: Span | None, session: Span | None, office: Span | None
) -> Where:
    """Region and level."""
    source = front.source
    opening = (
        _REPRESENTS.search(source, front.opening.start, front.opening.end + 8) if front.opening else None
    )
    if opening and "院" in opening[0] and _STATE_COUNCIL.search(opening[0]):
        return Where(
            None, new_known(Level.NATIONAL, 0.98, (new_evidence("opening", span_of(opening.span())),)), ()
        )
    if session and _NATIONAL.search(source, *session):
        return Where(None, new_known(Level.NATIONAL, 0.95, (new_evidence("session", session),)), ())
    if title and "施政" in source[title.start : title.end] and "香港" in source[body.start : body.end]:
        place = find_places("香港特别行政区")
        region = new_known(Region("香港", place), 0.8, (new_evidence("title", title),), inferred=True)
        return Where(region, new_known(Level.PROVINCE, 0.8, region.evidence, inferred=True), ())
    named = list(_named(front, opening, title, session, office))
    if named:
        region = _chosen(front, named)
        return Where(region, _level(region), _shared(region))
    kind, proof = _kind(front, opening)
    told = kind is not None and kind != "市"  # 市 may be a province, a prefecture or a county
    if kind is None and (proof := _county(source, body)):
        kind = "县"
    repeated = _repeated(source, body, kind)
    if repeated is not None:
        return Where(repeated, _level(repeated), _shared(repeated))
    if kind is None or proof is None:
        return Where(None, None, ())
    return Where(None, new_known(_LEVELS[kind], 0.85 if told else 0.5, (proof,), inferred=not told), ())


def _kind(front: Front, opening: re.Match[str] | None) -> tuple[str | None, Evidence | None]:
    """The bare word for the government: 我代表市人民政府, 在县十六届人大."""
    if opening:
        word = (opening[1][-1:] or ("盟" if "行署" in opening[0] else "")).translate(_TO_SIMPLIFIED)
        if opening[1].endswith(("自治区", "自治區")):
            word = "治区"
        if word in _LEVELS or word == "治区":
            return word, new_evidence("opening", span_of(opening.span()))
    if match := _SESSION_KIND.search(front.source, front.span.start, front.span.end):
        return match[1].translate(_TO_SIMPLIFIED), new_evidence("session", span_of(match.span(1)))
    return None, None


def _chosen(front: Front, named: list[_Named]) -> Known[Region]:
    """The first name, with the names above it if another mention prints them; candidates narrowed by what front matter names."""
    name, span, _ = named[0]
    for longer, where, _ in named[1:]:
        if longer.endswith(name):
            above = longer[: -len(name)]
            if above and _NAME.fullmatch(above) and find_places(above):
                name, span = longer, where
    agreeing = [item for item in named if item[0].endswith(name) or name.endswith(item[0])]
    places = find_places(name)
    if len(places) > 1:
        places = narrowed(places, front.text(front.span))
    proofs = [new_evidence(named[0][2], span)]
    proofs += [new_evidence(rule, at) for _, at, rule in agreeing if at != span]
    sure = 0.9 + 0.03 * (len({rule for _, _, rule in agreeing}) > 1)
    if len(agreeing) < len(named):
        sure = 0.75
    return new_known(Region(name, places), sure, tuple(proofs))


def _level(region: Known[Region]) -> Known[Level] | None:
    name = region.value.name.translate(_TO_SIMPLIFIED)
    levels = {_of_place(place) for place in region.value.candidates}
    if len(levels) == 1:
        return new_known(levels.pop(), min(region.confidence, 0.95), region.evidence, region.inferred)
    if not levels and name.endswith(_ZONES):
        return new_known(Level.ZONE, 0.7, region.evidence)
    if name.endswith("自治区"):
        return new_known(Level.PROVINCE, 0.95, region.evidence)
    level = next((level for ending, level in _LEVELS.items() if name.endswith(ending)), None)
    if level is None:
        return None
    return new_known(
        level,
        0.5 if name.endswith("市") else min(region.confidence, 0.9),
        region.evidence,
        name.endswith("市") or region.inferred,
    )


def _of_place(place: Place) -> Level:
    if place.rank == 3:
        return Level.DISTRICT if place.name.endswith("区") else Level.COUNTY
    return Level.PROVINCE if place.rank == 1 else Level.PREFECTURE


def _shared(region: Known[Region]) -> tuple[Diagnostic, ...]:
    places = region.value.candidates
    if len(places) < 2:
        return ()
    names = ", ".join(f"{place.code} {''.join(place.path)}{place.name}" for place in places)
    message = f"{region.value.name} is the name of {len(places)} places, and none is chosen: {names}"
    span = region.span or span_of((0, 0))
    return (Diagnostic(Code.REGION_AMBIGUOUS, Severity.WARNING, span, message),)
