"""What a report says of itself: `tests/cases/metadata.case`, what holds for any text, and agreement with the index of a corpus."""

from __future__ import annotations

import csv
import re
import time
from pathlib import Path
from typing import Any

import pytest
from attrs import fields
from hypothesis import given, settings
from hypothesis import strategies as st

import zfreport
from zfreport.metadata import Horizon, Known, Metadata, Region, Session, front, read_metadata, years
from zfreport.metadata.dates import find_days, year_value
from zfreport.regions import find_places
from zfreport.text import Span

SHARED = Path(__file__).parents[2] / "shared" / "corpus"
NAMES = [field.name for field in fields(Metadata)]


def blocks() -> list[Any]:
    text = Path(__file__).with_name("cases").joinpath("metadata.case").read_text("utf-8")
    found = []
    for block in text.split("### ")[1:]:
        title, body = block.split("\n", 1)
        report, expected = body.split("---\n", 1)
        found.append(pytest.param(report, expected.splitlines(), id=title))
    assert found, "no metadata cases found"
    return found


def shown(known: Known[Any]) -> str:
    value = known.value
    if isinstance(value, Region):
        words = " ".join([value.name, "|".join(place.code for place in value.candidates)]).strip()
    elif isinstance(value, Session | Horizon):
        words = "-".join(map(str, value))
    else:
        words = str(value)
    return words + (" inferred" if known.inferred and not isinstance(value, str) else "")


@pytest.mark.parametrize(("text", "expected"), blocks())
def test_case(text: str, expected: list[str]) -> None:
    """Every value, whether it was inferred, and the diagnostics, exactly as the case file says; what it omits is not known."""
    report = zfreport.parse(text)
    found = [
        f"{name} {shown(known)}" for name in NAMES if (known := getattr(report.metadata, name)) is not None
    ]
    found += [f"! {notice.code}" for notice in report.diagnostics if notice.code.startswith("ZF5")]
    assert found == expected


@pytest.mark.parametrize("printed", ["2002年", "二〇〇二年", "２００２年", "2 002年", "二○○二年"])
def test_year_of_a_heading(printed: str) -> None:
    """A heading names its year in any numerals."""
    text = f"各位代表：\n{printed}工作的回顾\n各项事业取得新的进步。\n"
    start = text.index(printed)
    metadata, _ = read_metadata(
        text, Span(0, len(text)), Span(start, len(text)), [Span(start, text.index("\n", start))]
    )
    assert (metadata.review_year.value, metadata.review_year.inferred) == (2002, False)
    assert (metadata.plan_year.value, metadata.plan_year.inferred) == (2003, True)


@pytest.mark.parametrize("text", [block.values[0] for block in blocks()])
def test_every_value_has_its_proof(text: str) -> None:
    """Proofs lie inside the text; no value is certain, and an inferred one is less so than a printed one may be."""
    metadata = zfreport.parse(text).metadata
    for name in NAMES:
        known = getattr(metadata, name)
        if known is not None:
            assert known.evidence
            assert 0 < known.confidence < 1
            assert all(0 <= proof.span.start < proof.span.end <= len(text) for proof in known.evidence)
    if metadata.speaker:
        start, end = metadata.speaker.span
        assert text[start:end].replace(" ", "").replace("　", "") == metadata.speaker.value


PIECES = st.sampled_from(
    "政府工作报告 各位代表： 我代表 区 人民政府 第十届 人民代表大会 第三次会议上 2024年 1月 18日 20xx年 是 十四五 开局之年 今年 发布日期： 区长 "
    "张 三 ? — 《 》 \n \r\n \\r\\n 　 来源： 索引号: 二〇〇三年 朝阳区 2023年工作回顾".split(" ")
)


@given(st.lists(PIECES | st.characters(), max_size=60).map("".join), st.data())
def test_any_text_is_read(text: str, data: st.DataObject) -> None:
    """No text and no division of it raises, and every proof lies inside it."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    metadata, notices = read_metadata(
        text, Span(0, len(text)), Span(cuts[0], cuts[3]), [Span(cuts[1], cuts[2])]
    )
    for name in NAMES:
        known = getattr(metadata, name)
        for proof in known.evidence if known else ():
            assert 0 <= proof.span.start <= proof.span.end <= len(text)
    assert all(notice.span.end <= len(text) for notice in notices)


@pytest.mark.parametrize(
    "unit",
    [
        "今年是“十四五”规划开局之年",
        "第十届人大",
        "2024年1月1日",
        "张 ",
        "区",
        "？？",
        "    ",
        "各位代表",
        "发布日期：",
        "20xx年",
        "东营",
        "——",
        "\\r\\n",
        "我代表区",
    ],
)
def test_time_is_linear(unit: str) -> None:
    """Four times the text takes about four times as long at most."""

    def seconds(size: int) -> float:
        text = (unit * size)[:size]
        start = time.perf_counter()
        read_metadata(text, Span(0, size), Span(size // 10, size), [Span(size // 10, size // 10 + 20)])
        return time.perf_counter() - start

    seconds(1000)
    short = min(seconds(50_000) for _ in range(2))
    assert min(seconds(200_000) for _ in range(2)) < 10 * short + 0.02


@pytest.mark.parametrize(
    ("printed", "codes"),
    [
        ("朝阳区", ["110105", "220104"]),
        ("北京市朝阳区", ["110105"]),
        ("太原市迎泽区", ["140106"]),
        ("東城區", ["110101"]),
        ("江干区", ["330104"]),  # no longer in force
        ("甘孜州", ["513300"]),
        ("乾县", ["610424"]),  # t2s would make it 干县
        ("陕西省咸阳市乾县", ["610424"]),
        ("省", []),
        ("云汀县", []),
        ("", []),
    ],
)
def test_places(printed: str, codes: list[str]) -> None:
    """All the places of a name, and no other."""
    assert [place.code for place in find_places(printed)] == codes


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("（二〇〇三年一月十日）", ["2003-01-10"]),
        ("2015- 12- 14", ["2015-12-14"]),
        ("１９８７年３月２５日", ["1987-03-25"]),
        ("1 9 9 3 年3 月15日", ["1993-03-15"]),
        ("2026-02-03 09:02:33", ["2026-02-03"]),
        ("2024年2月30日", []),
        ("电话2015-12-145", []),
        ("2024年1月", []),
    ],
)
def test_days(text: str, days: list[str]) -> None:
    """Days of the calendar in every printed form, and nothing that is none."""
    assert [str(day.value) for day in find_days(text, 0, len(text))] == days


def test_year_value_of_what_is_no_year() -> None:
    """A number outside the century and a half of these reports is no year."""
    assert year_value("3024") is None


@pytest.mark.parametrize(
    ("printed", "value"), [("1899", None), ("1949", 1949), ("2099", 2099), ("2150", None)]
)
def test_years_that_a_report_may_name(printed: str, value: int | None) -> None:
    """Other numbers of four digits are none."""
    assert year_value(printed) == value


def test_a_name_that_is_repeated_is_inferred() -> None:
    """Where the front says no more than 市人民政府: six times are enough, five are not."""
    front_matter = (
        "政府工作报告\n各位代表：\n现在，我代表市人民政府，向大会报告工作，请予审议。\n一、2023年工作回顾\n"
    )
    for times, name in ((5, None), (6, "太原市")):
        body = "".join(f"第{n}项，太原新建学校三所，改造道路五条，群众更加满意。\n" for n in range(times))
        region = zfreport.parse(front_matter + body).metadata.region
        assert (region and region.value.name) == name
        assert region is None or (region.inferred and region.confidence < 0.5)


def test_names_that_disagree_are_less_sure() -> None:
    """The session of one county and the byline of another: the first is taken, and no longer believed as much."""
    text = "政府工作报告\n——2024年1月18日在云汀县第十七届人民代表大会第三次会议上\n{}人民政府县长 沈砚秋\n各位代表：\n一、2023年工作回顾\n产业向好。\n"
    one, other = (zfreport.parse(text.format(place)).metadata.region for place in ("云汀县", "松岭县"))
    assert one is not None
    assert other is not None
    assert one.value.name == other.value.name == "云汀县"
    assert one.confidence > 0.9 > 0.8 > other.confidence


@pytest.mark.skipif(not SHARED.exists(), reason="the shared corpus is not here")
def test_agreement_with_the_index() -> None:
    """
    Level, place and plan year agree with the index of the corpus as often as when this was written, or more.

    Its labels are sometimes the wrong ones, and five State Council reports print no year.
    """
    with SHARED.joinpath("INDEX.tsv").open(encoding="utf-8") as lines:
        rows = [
            row
            for row in csv.DictReader(lines, delimiter="\t")
            if row["level"] in ("city", "county", "province", "state")
        ]
    levels = {
        "city": ("prefecture", "county", "province"),
        "county": ("county", "district"),
        "province": ("province",),
        "state": ("national",),
    }
    level = place = year = 0
    for row in rows:
        metadata = zfreport.parse(SHARED.joinpath(row["path"]).read_text("utf-8")).metadata
        level += metadata.level is not None and metadata.level.value in levels[row["level"]]
        named = metadata.region is not None and row["region"].rstrip("省市县区") in metadata.region.value.name
        place += named or row["level"] == "state"
        year += metadata.plan_year is not None and metadata.plan_year.value == int(row["year"])
    assert level >= 0.98 * len(rows)
    assert place >= 0.98 * len(rows)
    assert year >= 0.96 * len(rows)


@pytest.mark.parametrize(("hints", "cue"), years._CUES, ids=["plan", "congress", "anniversary"])
def test_a_hint_is_in_every_cue(hints: Any, cue: re.Pattern[str]) -> None:
    """Parts of a report without a hint are not searched for the cue."""

    @settings(max_examples=200, deadline=None)
    @given(st.from_regex(re.compile(cue.pattern), fullmatch=True))
    def check(words: str) -> None:
        assert any(hint.search(words) for hint in hints)

    check()


@settings(max_examples=200, deadline=None)
@given(st.from_regex(re.compile(front._LABEL.pattern), fullmatch=True))
def test_a_label_begins_within_reach_of_its_colon(words: str) -> None:
    """A window before each colon is searched, and no more."""
    assert len(words) - 1 <= front._LABEL_REACH


@settings(max_examples=200, deadline=None)
@given(st.from_regex(re.compile(front._SESSION.pattern), fullmatch=True))
def test_a_session_lies_within_reach_of_its_term(words: str) -> None:
    """A window round each 届 is searched, and no more."""
    before, behind = front._REACH
    place = re.search("[届屆]", words)
    assert place
    assert place.start() <= before
    assert len(words) - place.start() <= behind
