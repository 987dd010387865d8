"""
The front matter: lines, labels of the page, title, session, days, speaker.

Works on the text as given, between the start of the report and the end of its opening formula, whatever roles the
blocks there have: half of the pages print two of these in one line, or one over two lines.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from ..numerals import read_numeral
from ..text import Span, span_of
from ..vocab import LETTER, fold, forms, late, read_table, widen
from .dates import PrintedDay, find_days
from .model import Known, Session, new_evidence, new_known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

__all__ = ["Front", "Labelled", "read_days", "read_front", "read_session", "read_speaker", "read_title"]

_LONGEST = 8000  # characters of front matter: a portal's menu, a table of contents
_BLANK = r"(?:\s|\\r|\\n|\ufeff|[?？]{2,8}|&nbsp;?|&ems?p?;?|&ensp;?)"
# A line ends at a break of any kind, real or literal, at the wide gaps of one-line copies, and before the salutation and a dash.
# Every alternative begins with a character of the first class, so that a search skips to it.
_BREAKS = r"\r\n\v\f\x85\u2028\u2029\t"
_MORE_BREAKS = rf"(?:[{_BREAKS}]|\\r\\n|\[SEP\]|<br ?/?>)*"


def _break(gap: str) -> re.Pattern[str]:
    return late(
        rf"[{_BREAKS}\\\[< \u3000各—―](?:(?<=[{_BREAKS}]){_MORE_BREAKS}|(?<=\\)r\\n{_MORE_BREAKS}|(?<=\[)SEP\]{_MORE_BREAKS}|(?<=<)br ?/?>{_MORE_BREAKS}"
        rf"|{gap}|(?<=各)(?=位(?:代表|委[员員]|主任))|(?<=[^—―\n][—―])(?=[—―]))"
    )


_BREAK = _break(r"(?<=[\u3000 ])[\u3000 ]{4,}")
_FLAT_BREAK = _break(r"(?<=[\u3000 ])[\u3000 ]+")
"""… where the whole report lies on one line, and two blanks are all that is left of a break …"""
_FLAT_BLANK = _break(r"(?<=\S\S[\u3000 ])(?=\S\S)")
"""… or one, but for those inside of 武 凌 and 政 府 工 作 报 告."""
_BEGINS_LINE = "各—―"
"""What a line begins with, where `_BREAK` finds no break but the first character of one."""
_OPENING = late(rf"{widen('代表')}{LETTER}{{0,15}}?(?:政府|国务院|國務院|政务院|行署|管委会|办事处)")
_SENTENCE = late(r"[。！!\n]|\\r")
_CAPTION = late(r"记者|記者|摄$|攝$|同志作|作(?:了)?政府工作报告|首页|>")

_DIGITS = "一二三四五六七八九十百廿卅0-9０-９"
_SESSION = late(
    rf"([第{_DIGITS}](?:(?<=第){_BLANK}{{0,4}}[{_DIGITS}]{{1,4}}|(?<=[{_DIGITS}])[{_DIGITS}]{{0,3}})){_BLANK}{{0,4}}[届屆]{_BLANK}{{0,8}}(?:全[国國])?{_BLANK}{{0,4}}"
    rf"人(?:民代表大[会會]|大){_BLANK}{{0,8}}(?:第{_BLANK}{{0,4}})?([{_DIGITS}]{{1,4}}){_BLANK}{{0,4}}次{_BLANK}{{0,4}}(?:全体)?[会會]"
)
# 区十七届人大一次会议以来 speaks of another session; a long line is body text, unless it says that the report was held there
_SINCE = late("[议議]?(?:以[来來]|确定|確定|提出|通[过過]的|[决決]定)")
_HELD = late("[议議]?上")
_LONG_LINE = 90
_NAME = rf"{LETTER}(?:{_BLANK}{{0,8}}{LETTER}){{1,3}}|{LETTER}{{1,8}}(?:[·•・‧]{LETTER}{{1,12}}){{1,3}}"
_ONLY_NAME = late(rf"(?:{_NAME})")
# The family names of some 99 % of speakers; one of them makes a line of two or three characters a name.
_FAMILY = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖"
    "邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢骆"
    "岳齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闫闵解强柴华车冉"
    "房边净阴闻厉楼晏尚艾晋占仇初巴那满穆蓝姬"
    "張劉陳楊趙黃吳孫馬羅鄭謝韓馮蕭鄧許蘇盧賈葉閻鍾譚鄒陸顧龍萬錢湯喬賴龔龐蘭顏嚴溫蘆魯韋畢聶叢駱齊莊塗關費紀歐項陽衛單寧闞華車邊陰聞厲樓滿藍"
)


class Labelled(NamedTuple):
    """A fact that the page prints after a label: 发布日期: 2015-12-14."""

    field: str
    rank: int
    """Place of the label in the table: the order of trust."""
    label: Span
    value: Span


class Front(NamedTuple):
    """The stretches of front matter that are read."""

    source: str
    span: Span
    """From the start of the report to the end of the opening formula."""
    lines: tuple[Span, ...]
    opening: Span | None
    """我代表…政府."""
    labels: tuple[Labelled, ...]

    def text(self, span: Span) -> str:
        """The words of a stretch."""
        start, end = span
        return self.source[start:end]

    def line_at(self, offset: int) -> Span | None:
        """The line that *offset* lies in."""
        for line in self.lines:
            if line[0] <= offset < line[1]:
                return line
        return None

    def labelled(self, span: Span) -> bool:
        """Whether *span* belongs to a fact after a label."""
        return any(label.value.overlaps(span) or label.label.overlaps(span) for label in self.labels)


_TO_COLON = r"[】\]）)]?\s{0,3}[:：]"
_LABEL = late(rf"(?<!{LETTER})({LETTER}(?:\s{{0,3}}{LETTER}){{1,7}}){_TO_COLON}")
_WORD = late(r"\S+")


@cache
def _fields() -> dict[str, tuple[str, int]]:
    """Label → what it labels, and its place in the table."""
    return {row["label"]: (row["field"], rank) for rank, row in enumerate(read_table("page_labels"))}


@cache
def _label_ends() -> re.Pattern[str]:
    """What a label ends in, to its colon: 各位代表：, which is all that most reports have of the kind, is none."""
    ends = forms("".join([label[-1] for label in _fields()]))
    return re.compile(f"[{''.join(sorted(ends))}]{_TO_COLON}")


class _Label(NamedTuple):
    span: Span
    end: int
    """Behind its colon."""
    field: str
    rank: int


_LABEL_REACH = 33
"""No label begins so far before its colon."""


def _labels(source: str, start: int, end: int) -> list[_Label]:
    """The labels in a stretch: what fills the way to a colon, from a gap in the line on, letters spaced out or not."""
    found: list[_Label] = []
    fields = _fields()
    at = start
    for ended in _label_ends().finditer(source, start, end):
        stop, after = ended.start() + 1, ended.end()
        at = max(at, after - 1 - _LABEL_REACH)
        at = max(at, source.rfind("：", at, stop) + 1, source.rfind(":", at, stop) + 1)
        match = _LABEL.search(source, at, after)
        at = after
        if match is None:
            continue
        for word in _WORD.finditer(source, match.start(1), stop):
            known = fields.get(fold("".join(source[word.start() : stop].split())))
            if known:
                found.append(_Label(span_of((word.start(), stop)), after, *known))
                break
    return found


def read_front(source: str, span: Span, body: int) -> Front:
    """The front matter of the report in *span*, whose body starts at *body*."""
    limit = min(span.end, span.start + _LONGEST)
    opening = None
    end = body if span.start < body <= limit else span.start
    for match in _OPENING.finditer(source, span.start, min(limit, max(end, span.start + 2500) + 300)):
        opening = span_of(match.span())
        if match.start() >= body - 400:
            break
    if opening is not None and opening.end > end:
        stop = _SENTENCE.search(source, opening.end, limit)
        end = stop.start() if stop else min(opening.end + 60, limit)
    if end == span.start:  # nothing was found: the first lines, as far as they are short
        end = min(limit, span.start + 400)
    lines = tuple(_lines(source, span.start, end))
    labels = tuple(_labelled(source, lines)) if _label_ends().search(source, span.start, end) else ()
    return Front(source, span_of((span.start, end)), lines, opening, labels)


def _lines(source: str, start: int, end: int) -> list[Span]:
    found: list[Span] = []
    at = start
    breaks = _BREAK
    if source.find("\n", start, end) < 0 and source.find("\\n", start, end) < 0:
        double = source.find("  ", start, end) >= 0 or source.find("\u3000\u3000", start, end) >= 0
        breaks = _FLAT_BREAK if double else _FLAT_BLANK
    for gap in breaks.finditer(source, start, end):
        stop, after = gap.span()
        if at < stop and (line := _trimmed(source, at, stop)):
            found.append(line)
        at = stop if source[stop] in _BEGINS_LINE else after
    if line := _trimmed(source, at, end):
        found.append(line)
    return found


_EDGE_SIGNS = " \t\n\r\v\f\xa0\u2002\u2003\u200b\u200c\u200d\u3000\ufeff"


def _trimmed(source: str, start: int, end: int) -> Span | None:
    if start < end and source[start] not in _EDGE_SIGNS and source[end - 1] not in _EDGE_SIGNS:
        return span_of((start, end))
    words = source[start:end]
    left = len(words) - len(words.lstrip(_EDGE_SIGNS))
    right = len(words.rstrip(_EDGE_SIGNS))
    return span_of((start + left, start + right)) if left < right else None


def _labelled(source: str, lines: Sequence[Span]) -> Iterator[Labelled]:
    for number, line in enumerate(lines):
        start, end = line
        found = _labels(source, start, min(end, start + 400))
        for label, following in zip(found, [*found[1:], None], strict=False):
            end = following.span.start if following else line.end
            value = _trimmed(source, label.end, end)
            if (
                value is None and following is None and number + 1 < len(lines)
            ):  # the value stands on the next line
                below = lines[number + 1]
                bullet = 1 if source[below.start] in "•·" else 0
                value = _trimmed(source, below.start + bullet, below.end)
                if value is not None and _labels(source, below.start, below.end):
                    value = None
            if value is not None:
                wide = _WIDE.search(source, value.start, value.end)
                if wide and wide.start() > value.start and label.field != "speaker":
                    value = span_of((value.start, wide.start()))
                yield Labelled(label.field, label.rank, label.span, value)


_WIDE = late(r"[\s?？]{2,}|[（(【]")


def read_session(front: Front, back: Sequence[Span]) -> tuple[Known[Session] | None, Span | None]:
    """The session, and where its first mention stands; a line of the back matter may name it too."""
    found: list[tuple[Session, Span]] = []
    for stretch in (front.span, *back):
        for match in _sessions(front.source, stretch.start, min(stretch.end, stretch.start + _LONGEST)):
            term, number = read_numeral(_tight(match[1].removeprefix("第"))), read_numeral(match[2])
            if not term or not number:
                continue
            at, stop = match.span()
            line = front.line_at(at) or next((line for line in back if line.start <= at < line.end), stretch)
            running = line.end - line.start > _LONG_LINE and not _HELD.match(front.source, stop)
            if not running and not _SINCE.match(front.source, stop):
                found.append((Session(int(term), int(number)), span_of((at, stop))))
        if found:
            break  # below a report stand the titles of others
    else:
        return None, None
    below = stretch is not front.span
    values = [value for value, _ in found]
    best = max(values, key=values.count)
    rule = "session-below" if below else "session"
    proofs = tuple([new_evidence(rule, span) for value, span in found if value == best])
    confidence = 0.7 if below else 0.95 if len(set(values)) == 1 else 0.6
    return new_known(best, confidence, proofs), proofs[0].span


_REACH = 80, 300
"""No session begins so far before its 届, or ends so far behind it."""
_OF_TERM = late(rf"[届屆](?<=[{_DIGITS}\srnmsp\ufeff?？;].)")
"""Behind a number or what `_BLANK` ends in: not of 本届政府."""


def _sessions(source: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Sessions named in a stretch: most blocks behind a body do not even have the word."""
    if source.find("届", start, end) < 0 and source.find("屆", start, end) < 0:
        return
    before, behind = _REACH
    at = start
    for word in _OF_TERM.finditer(source, start, end):
        place = word.start()
        if place < at:
            continue  # inside the last one
        match = _SESSION.search(source, max(at, place - before), min(end, place + behind))
        if match is not None and match.start() <= place:
            yield match
            at = match.end()


def read_days(front: Front, session: Span | None) -> tuple[Known[date] | None, Known[date] | None]:
    """When the report was delivered, and when the page was published."""
    days = list(find_days(front.source, front.span.start, front.span.end))
    stamps = [
        (label.rank, day)
        for day in days
        for label in front.labels
        if label.field == "published" and label.value.covers(day.span)
    ]
    published: Known[date] | None = None
    if stamps:
        _, day = min(stamps, key=lambda pair: pair[0])
        published = new_known(day.value, 0.95, (new_evidence("labelled-day", day.span),))
    else:
        loose = [day for day in days if (day.timed or not day.written) and not front.labelled(day.span)]
        if loose:
            published = new_known(loose[-1].value, 0.7, (new_evidence("stamp", loose[-1].span),))
    return _delivered(front, session, days), published


def _delivered(front: Front, session: Span | None, days: Sequence[PrintedDay]) -> Known[date] | None:
    found: list[tuple[float, PrintedDay, str]] = []
    for day in days:
        if (
            not day.written
            or day.timed
            or any(label.field == "published" and label.value.covers(day.span) for label in front.labels)
        ):
            continue
        line = front.line_at(day.span.start)
        if line is None or line.end < day.span.end:
            continue
        apart = min(abs(day.span.end - session.start), abs(day.span.start - session.end)) if session else 1000
        beside = front.source[day.span.end : line.end].strip() if line.start == day.span.start else ""
        alone = line.end - line.start - (day.span.end - day.span.start) <= 4
        if apart < 60:
            found.append((0.95, day, "day-of-session"))
        elif 2 <= len(beside) <= 8 and beside[0] in _FAMILY and _ONLY_NAME.fullmatch(beside):
            found.append((0.9, day, "day-beside-name"))
        elif alone:
            found.append((0.85, day, "day-alone"))
        elif line.end - line.start < 60:
            found.append((0.6, day, "day-in-front"))
    if not found:
        return None
    confidence, day, rule = max(found, key=lambda item: item[0])
    if any(other.value != day.value and sure == confidence for sure, other, _ in found):
        confidence = 0.6
    return new_known(day.value, confidence, (new_evidence(rule, day.span),))


_OFFICE_ENDS = forms("理席长员官任")
"""What every office ends in: a line without one of these names none."""


@cache
def _speaking() -> re.Pattern[str]:
    words = sorted((row["office"] for row in read_table("offices")), key=len, reverse=True)
    offices = "|".join(map(widen, words))
    firsts = "".join(sorted(forms("代常副" + "".join([word[0] for word in words]))))
    return re.compile(
        rf"(?=[{firsts}])((?:代理|代|常务副|副)?(?:{offices})){_BLANK}{{0,8}}[:：]?{_BLANK}{{0,12}}({_NAME})?{_BLANK}{{0,4}}$"
    )


def read_speaker(front: Front) -> tuple[Known[str] | None, Known[str] | None]:
    """Speaker and office."""
    source, lines = front.source, front.lines
    labels = [label.value for label in front.labels if label.field == "speaker"]
    for number, line in enumerate((*labels, *lines), -len(labels)):
        start, end = line
        if end - start > 70:
            continue
        words = source[start:end]
        if _OFFICE_ENDS.isdisjoint(words) or _CAPTION.search(words):
            continue
        match = _speaking().search(words)
        if match is None or (match.start() > 20 and re.search(LETTER, words[: match.start()]) is None):
            continue
        office = span_of((line.start + match.start(1), line.start + match.end(1)))
        if match[2]:
            name: Span | None = span_of((line.start + match.start(2), line.start + match.end(2)))
        else:
            name = lines[number + 1] if 0 <= number < len(lines) - 1 else None
            if name is not None and not _ONLY_NAME.fullmatch(front.text(name)):
                name = None
        if name is None:
            continue
        return _named(front, name, "byline"), new_known(
            _tight(front.text(office)), 0.95, (new_evidence("byline", office),)
        )
    for value in labels:
        if _ONLY_NAME.fullmatch(front.text(value)):
            return _named(front, value, "labelled-speaker"), None
    return _lone_name(front), None


def _named(front: Front, name: Span, rule: str) -> Known[str]:
    value = _tight(front.text(name))
    sure = value[0] in _FAMILY or "·" in value
    return new_known(value, 0.95 if sure else 0.75, (new_evidence(rule, name),))


def _lone_name(front: Front) -> Known[str] | None:
    """A name alone on the last line before the salutation, below a title or session: 周恩来."""
    before = [line for line in front.lines if front.opening is None or line.end <= front.opening.start]
    for line in reversed(before[1:]):
        words = front.text(line)
        if words.startswith(("各位", "同志", "位代表", "现在", "現在")) or len(words) < 2:
            continue
        day = next(find_days(front.source, line.start, line.end), None) if "日" in words else None
        if day and day.span.start == line.start and (rest := _trimmed(front.source, day.span.end, line.end)):
            line, words = rest, front.text(rest)  # 2006年2月16日 武凌
        if (
            _ONLY_NAME.fullmatch(words)
            and words[0] in _FAMILY
            and len(_tight(words)) <= 3
            and not front.labelled(line)
        ):
            return new_known(_tight(words), 0.6, (new_evidence("name-alone", line),))
        return None
    return None


_GAPS = late(_BLANK)
_GAPS_TOGETHER = late(rf"{_BLANK}+")


def _tight(words: str) -> str:
    """*words* without what separates their letters; letters and digits alone have none."""
    return words if words.isalnum() else _GAPS.sub("", words)


def _one_line(words: str) -> str:
    return words if words.isalnum() else _GAPS_TOGETHER.sub(" ", words).strip()


_TITLE = late(
    rf"(?:{widen('政')}{_BLANK}{{0,6}}{widen('府')}{_BLANK}{{0,6}}|施{_BLANK}{{0,6}})(?:工{_BLANK}{{0,6}}作|政){_BLANK}{{0,6}}{widen('报')}{_BLANK}{{0,6}}告"
)


_NOT_TITLE = frozenset("届屆年")
"""A session or a day: what stands behind the title in its line is none of it."""
_DATED = late("[0-9０-９一二]{4}年|[12][0-9]{3}")
_PLACED = frozenset("省市县縣区區州盟旗镇鎮")


def read_title(front: Front) -> Known[str] | None:
    """The fullest of the titles in front: the year and the place make one, a menu and a caption do not."""
    for label in front.labels:
        if label.field == "title":  # a header says it in one line, slogan and session included
            stop = re.search(r"[\r\n]|\\r", front.source[label.value.start : front.span.end])
            span = span_of((label.value.start, label.value.start + stop.start() if stop else front.span.end))
            if _TITLE.search(front.text(span)[-12:]):
                return new_known(
                    _one_line(front.text(span)),
                    0.95,
                    (new_evidence("labelled-title", span),),
                )
    found: list[tuple[int, int, Span, str]] = []
    for order, match in enumerate(_TITLE.finditer(front.source, front.span.start, front.span.end)):
        line = front.line_at(match.start())
        if line is None or (
            front.opening and match.start() >= front.opening.start - 30 and "代表" in front.text(line)
        ):
            continue
        rest = front.source[match.end() : line.end]
        span = span_of(
            (line.start, match.end() if not _NOT_TITLE.isdisjoint(rest) else max(line.end, match.end()))
        )
        for label in front.labels:
            if label.label.start == line.start or label.value.overlaps(line):
                span = span_of((label.value.start, max(label.value.start, span.end)))
        words = front.text(span)
        if len(words) > 90 or _CAPTION.search(words) or "：" in words[:-1] or "《" in words:
            continue
        # letters spaced out are one title; so is a title over two lines
        value = _tight(words) if _spaced(words) or match.end() > line.end else _one_line(words)
        fuller = 2 * bool(_DATED.search(value)) + (not _PLACED.isdisjoint(value))
        found.append((fuller, order, span, value))
    if not found:
        return None
    _, _, span, value = max(found)
    return new_known(
        value.strip("*※ 　"), 0.9 if len({f[3] for f in found}) == 1 else 0.8, (new_evidence("title", span),)
    )


def _spaced(words: str) -> bool:
    if words.isalnum():
        return False
    letters = len(_tight(words))
    return len(_GAPS.findall(words)) >= letters - 4 > 0
