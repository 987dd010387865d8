"""Facts as data: a sentence, and what it states. A wrong value in a real report becomes a block of facts.case."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from unittest import mock

import pytest
from factlines import blocks, line
from hypothesis import given
from hypothesis import strategies as st

from zfreport import UnknownNameError, ZfreportError, find_quantities, parse
from zfreport.facts import Indicator, Outline, binding, default_table, extract
from zfreport.facts.clauses import read_gap, read_prefix
from zfreport.facts.reading import Reading
from zfreport.vocab import read_table

CASES = Path(__file__).parent / "cases" / "facts" / "facts.case"
FACTS = Path(binding.__file__).parent
REPORTS = CASES.with_name("reports.case")


@pytest.mark.parametrize(("text", "expected"), list(blocks(CASES)))
def test_case(text, expected):
    """The facts of the sentence, diagnostics included, are exactly what the case file says."""
    found = extract(text, find_quantities(text))
    assert "\n".join([*map(line, found.facts), *(f"! {d.code}" for d in found.diagnostics)]) == expected


@pytest.mark.parametrize(("text", "expected"), list(blocks(REPORTS)))
def test_report_case(text, expected):
    """The same of a report, whose headings say what its parts look back on."""
    assert "\n".join(map(line, parse(text).facts)) == expected


@pytest.mark.parametrize(("text", "expected"), list(blocks(CASES)))
def test_proof(text, expected):
    """Every fact's span holds its name, its sentence holds the span, and nothing points outside the text."""
    for fact in extract(text, find_quantities(text)).facts:
        assert fact.sentence_span.covers(fact.span)
        assert 0 <= fact.span.start < fact.span.end <= len(text)
        assert fact.rule
        assert 0 < fact.confidence <= 1
        quoted = Reading.of(text[fact.span.slice]).text
        assert fact.name in quoted


PIECES = st.sampled_from(
    ["地区生产总值", "固定资产投资", "城乡居民收入", "增长", "下降", "分别", "均", "其中", "8%", "9%左右", "3万人", "5亿元", "、", "，", "；", "。",
     "和", "占", "与经济增长同步", "完成省定任务", "高于", "由", "到", "力争", "开发区", "居全省第三", "\n", "2024年", "去年", "主要预期目标是：", "（", "項目"]
)  # fmt: skip

MORE = st.sampled_from(
    ["工业增加值", "老旧小区", "示范村", "学位", "进出口企业", "改造", "新增", "达到", "，达", "突破", "约", "以上", "，全市", "，同比增长", "连续三年",
     "30个月", "60个", "4所", "八成"]
)  # fmt: skip


@given(st.lists(PIECES | MORE, max_size=40).map("".join))
def test_the_short_way_binds_as_the_long_one(text):
    """A sentence whose names and values stand in turn is bound in one loop; the walk for all others comes to the same."""
    found = extract(text, find_quantities(text))
    with mock.patch.object(binding, "_bind_plain", return_value=None):
        assert extract(text, find_quantities(text)) == found


@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_order_of_words(text):
    """Whatever the order of words, reading never fails, and every fact points at its own name."""
    for fact in extract(text, find_quantities(text)).facts:
        assert fact.name in Reading.of(text[fact.span.slice]).text
        if fact.low is not None and fact.high is not None:
            assert fact.low <= fact.high
        assert (fact.kind is None) == (fact.bound in ("relative", "external", "qualitative", "unparsed"))


@given(st.text(st.sampled_from("地区生产总值增长8％%。，\n\r 　⏎[1]〔2〕&nbsp;?—９年萬"), max_size=60))
def test_reading_points_back(text):
    """Each character of the reading stands, in some form, where it says it stands; a stretch spans its ends."""
    reading = Reading.of(text)
    for i, character in enumerate(reading.text):
        place = reading.at(i)
        assert 0 <= place <= len(text)
        if character != "\n":
            assert reading.index(place) == i
            assert len(Reading.of(text[place]).text.rstrip("\n")) == 1


def test_a_number_runs_over_a_page():
    """A page number between two halves of a value is bridged where the tree of the report knows no break."""
    text = "居民人均可支配收入增长6\n— 9 —\n.5%左\n右。"
    found = extract(text, find_quantities(text), outline=one_paragraph(text))
    assert [line(f) for f in found.facts] == ["income_all growth 6.5 % about"]


@pytest.mark.parametrize("page", ["— 9 —", "\n- 9 -\n", "9", "第9页"])
@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("地区生产", "总值增长8%以上", ["gdp growth 8~ % at_least"]),
        ("地区生产总值增长9%左", "右", ["gdp growth 9 % about"]),
        ("社会消费品零售总额增长6", ".5%左右", ["social_retail growth 6.5 % about"]),
    ],
)
def test_page_furniture_in_a_clause(page, left, right, expected):
    """Page furniture that the tree has set aside is bridged where no paragraph ends; the places stay exact."""
    text = f"{left}\n{page}\n{right}。"
    at = len(left) + 1
    outline = Outline(heads=frozenset((0, len(text))), outside=((at, at + len(page)),))
    found = extract(text, find_quantities(text), outline=outline).facts
    assert [line(f) for f in found] == expected
    assert text[found[0].span.slice] == text.rstrip("。")


def test_what_stands_between_paragraphs_parts_them():
    """An annex, or a page number between two paragraphs, is bridged by no sentence."""
    left, page, right = "完成地区生产", "— 9 —", "总值增长8%。"
    text = f"{left}\n{page}\n{right}"
    a, b = len(left) + 1, len(left) + 1 + len(page)
    outline = Outline(heads=frozenset((0, a - 1, b + 1, len(text))), outside=((a, b),))
    assert extract(text, find_quantities(text), outline=outline).facts == ()


def test_a_page_ends_in_a_target():
    """The tree's page numbers part no sentence of the report."""
    body = "，".join(
        [
            "今年主要预期目标是：一般公共预算收入增长6%",
            "固定资产投资增长8%以上",
            "地区生产\n\n- 8 -\n\n总值增长9%",
        ]
    )
    report = parse(f"一、2023年工作回顾\n全县经济平稳运行。\n二、2024年工作安排\n{body}。")
    assert [line(t) for t in report.targets][-1] == "gdp growth 9 % point target"


def one_paragraph(text):
    """The outline of a text that is one paragraph."""
    return Outline(heads=frozenset((0, len(text))))


def test_report_facts():
    """A report's facts carry its years, its headings and their modality."""
    report = parse(
        "一、2023年工作回顾\n（一）经济运行平稳\n地区生产总值增长6.1%。\n二、2024年工作安排\n地区生产总值增长6%。"
    )
    done, planned = (f for f in report.facts if f.indicator == "gdp")
    assert (done.period, done.modality, done.path) == ("2023", "actual", ("2023年工作回顾", "经济运行平稳"))
    assert (planned.period, planned.modality) == ("2024", "target")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("五年来，地区生产总值年均增长8.6%，累计完成固定资产投资1155亿元。", ["gdp growth 8.6 % point period basis=年均", "fai level 115500000000 元 point period"]),
        ("五年来，城镇新增就业15万人，改造老旧小区90个。", ["jobs_new_urban level 150000 人 point period", "old_communities count 90 个 point period"]),
        ("全区地区生产总值达到473亿元，是2016年的1.5倍。", ["gdp level 47300000000 元 point", "gdp ratio 1.5 倍 point comparator=2016年"]),
    ],
)  # fmt: skip
def test_five_years_back(text, expected):
    """In a review of five years, averages and sums are of the whole period, and levels are of its last year."""
    report = parse(f"一、过去五年工作回顾\n{text}\n二、2022年工作安排\n主要预期目标是：地区生产总值增长8%。")
    facts = [f for f in report.facts if f.modality == "actual"]
    assert [line(f) for f in facts] == expected
    assert {f.period for f in facts} == {"2017-2021"} if "五年来" in text else {"2021"}


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("近三年新增学位5000个。过去四年改造老旧小区60个，2023年改造老旧小区20个。", ["2021-2023", "2020-2023", "2023"]),
        ("十年来，进出口总额年均增长8%。", ["2014-2023"]),
        ("税收收入8亿元，三年增长40%，固定资产投资增长6%。", ["2023", "2021-2023", "2023"]),
        ("居民收入连续三年增长8%以上。", ["2023"]),
        ("2003年到2023年，地区生产总值由40亿元增加到310亿元，年均增长9%。", ["2023", "2003-2023"]),
        ("2020年以来累计改造老旧小区90个。", ["2020-2023"]),
        ("“十四五”以来新增学位9000个，粮食产量33万吨。", ["2021-2023", "2023"]),
        ("“十四五”以来最好水平，固定资产投资增长8%。", ["2023"]),
        ("完成国企改革三年工作任务，新增学位900个。", ["2023"]),
        ("完成2021—2023年度行动计划，新增学位900个。", ["2023"]),
        ("2019年以来最好水平，固定资产投资增长6%。", ["2023"]),
        ("2022年，粮食产量30万吨；2023年粮食产量31万吨。", ["2022", "2023"]),
        ("粮食产量由2019年的28万吨增加到31万吨，是2015年的1.2倍。", ["2023", "2023"]),
        ("2025年投产的项目投资9亿元，固定资产投资增长8%。", ["2023"]),
        ("2026年举办第20届省运会，固定资产投资增长8%。", ["2023"]),
        ("获评2022年度先进县，村集体经济收入增长24%。", ["2023"]),
        ("在规划的前三年共新增学位5000个。", [""]),
        ("生产安全事故起数与前三年平均数相比下降30%。", ["2023"]),
        ("党的十八大以来，粮食产量增长50%，森林覆盖率达到41%。", ["2012-2023", "2023"]),
        ("建区以来新增学位900个。", [""]),
        ("2020年末，市场主体12万户，2023年末达到15万户，比2021年末增长9%。", ["2020", "2023", "2023"]),
        ("改革开放以来最好水平，粮食产量增长5%。", ["2023"]),
        ("固定资产投资两年平均增长5%。2019年至今新增学位5000个。", ["2022-2023", "2019-2023"]),
        ("2021年建成的产业园投产，固定资产投资增长8%。", ["2023"]),
        ("在2022年增长9%的基础上，固定资产投资增长8%。", ["2023"]),
        ("截至2022年，市场主体12万户；截至2023年底，市场主体13万户。", ["2022", "2023"]),
    ],
)  # fmt: skip
def test_a_span_or_a_year_that_the_text_names(text, periods):
    """A span is as long as it says, a year the one it names; what is measured against or named by a year is not of it."""
    report = parse(f"一、2023年工作回顾\n{text}\n二、2024年工作安排\n扎实工作。")
    assert [f.period for f in report.facts if f.modality == "actual"] == periods


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("粮食产量2028年达到33万吨。", ["2028"]),
        ("2028年粮食产量达到33万吨、进出口总额达到5亿元。", ["2028", "2028"]),
        ("实现2035年人均地区生产总值翻一番。", ["2035"]),
        ("力争2027年进出口总额达到50亿元。", ["2027"]),
        ("2025—2027年新增学位3000个。未来三年改造老旧小区90个。", ["2025-2027", "2024-2026"]),
        ("制定未来三年行动方案，固定资产投资增长8%。", ["2024"]),
        ("制定未来三年产业发展规划，固定资产投资增长8%。", ["2024"]),
        ("实现2025年“开门红”，固定资产投资增长8%。", ["2024"]),
        ("为2025年突破百亿元打好基础，固定资产投资增长8%。", ["2024"]),
        ("编制2025—2027年产业发展规划，固定资产投资增长8%。", ["2024"]),
        ("提前一年实现2025年目标，粮食产量达到33万吨。", ["2024"]),
        ("2025年目标提前2年实现，粮食产量达到33万吨。", ["2024"]),
        ("去年城镇新增就业3万人，今年力争新增就业3.2万人。", ["2024"]),
        ("去年新增学位900个，为今年发展打下基础，固定资产投资增长8%。", []),
        ("去年固定资产投资增长8%，全年新增学位900个。", []),
        ("2028年底前建成新厂，今年粮食产量达到31万吨。", ["2024"]),
        ("2026年的项目提前开工，固定资产投资增长8%。", ["2024"]),
    ],
)
def test_a_year_to_come(text, periods):
    """A target is for the year that its clause names, without 到 before it too."""
    report = parse(f"一、2023年工作回顾\n经济平稳。\n二、2024年工作安排\n{text}")
    assert [t.period for t in report.targets if t.kind] == periods


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("五年来，经济向好。森林覆盖率提高3个百分点，经营主体增长45%，净增耕地2万亩。", ["2019-2023"] * 3),
        ("五年来，经济向好。森林覆盖率达到41%、比2018年提高3个百分点。", ["2023", "2023"]),
        ("五年来，经济向好。生产安全事故起数较“十三五”同期下降38%。", ["2019-2023"]),
        ("五年来，经济向好。地区生产总值同比增长6%。2023年，固定资产投资增长8%，经营主体增长4%。", ["2023"] * 3),
        ("五年来，经济向好。\n各位代表！刚刚过去的2023年，经济向好。\n经营主体增长4%，新增学位900个。", ["2023"] * 2),
        ("五年来，经济向好。\n特别值得一提的是，刚刚过去的2023年，经济向好。经营主体增长4%。", ["2023"]),
        ("十年来，经济向好。改造老旧小区90个。", ["2014-2023"]),
        ("五年来，工业增加值突破90亿元，制造业单项冠军9家，新增制造业单项冠军5家。", ["2023", "2023", "2019-2023"]),
        ("五年来，经济向好。\n生产总值从2018年的50亿元增长到70亿元，累计增长40%。新增学位900个。", ["2023", "2019-2023", "2019-2023"]),
        ("五年来，累计净增经营主体5万户、总量达12万户，刑事案件总量下降30%。", ["2019-2023", "2023", "2019-2023"]),
    ],
)  # fmt: skip
def test_what_changed_in_five_years(text, periods):
    """A change without a year to measure from is one of all the years a review looks back on."""
    report = parse(f"一、过去五年工作回顾\n{text}\n二、2024年工作安排\n扎实工作。")
    assert [f.period for f in report.facts if f.modality == "actual"] == periods


@pytest.mark.parametrize(
    ("text", "tones"),
    [
        ("确保地区生产总值增长6%、固定资产投资增长8%。", ["hard", "hard"]),
        ("地区生产总值增长6%、力争7%、固定资产投资增长8%。", ["neutral", "stretch", "neutral"]),
        ("地区生产总值增长6%（力争7%）、固定资产投资增长8%。", ["neutral", "stretch", "neutral"]),
        ("力争创建3个美丽乡村、4个示范村。", ["stretch", "stretch"]),
    ],
)
def test_a_modal_is_said_of_a_list_or_of_its_own_number(text, tones):
    """力争 before the first name governs the list; before a number it is that number's."""
    assert [str(f.tone) for f in extract(text, find_quantities(text)).facts] == tones


def test_wording_and_tone():
    """The words that set bound and tone are kept as printed, and classed."""
    text = "确保城镇新增就业3万人以上。力争进出口总额突破58亿元。城镇登记失业率控制在4.5%以内。地区生产总值增长6%左右。固定资产投资增长8%。地区生产总值增长保8争9。"
    facts = extract(text, find_quantities(text)).facts
    assert [(f.wording, str(f.tone)) for f in facts] == [
        ("确保…以上", "hard"),
        ("力争…突破", "stretch"),
        ("控制在…以内", "hard"),
        ("左右", "soft"),
        ("", "neutral"),
        ("保", "hard"),
        ("争", "stretch"),
    ]


class TestTable:
    """The indicator table and what users may do to it."""

    def test_every_name_is_found_whole(self):
        """No name is split by another name that is part of it."""
        table = default_table()
        for indicator in table.indicators.values():
            for name in indicator.all_names:
                text = Reading.of(name).text.rstrip("\n")
                (mention,) = table.find(text)
                assert text[mention.start : mention.end] == text, name

    def test_look_alikes_block(self):
        """A look-alike is found, and is no indicator."""
        table = default_table()
        for text in ("全口径税收", "自营进出口总额", "粮食综合生产能力", "城乡新增就业", "海洋经济总产值"):
            assert [m.ids for m in table.find(text)] in ([()], []), text

    def test_a_users_indicator(self):
        """An added indicator is read like the built-in ones, and the table it was added to is unchanged."""
        bikes = Indicator(
            id="bikes", name_zh="共享单车", names=("共享单车(投放量|)",), units=("辆",), absolute="count"
        )
        table = default_table().with_indicators(bikes)
        text = "共享单车投放量达到3000辆，增长5%。"
        facts = extract(text, find_quantities(text), table=table).facts
        assert [line(f) for f in facts] == ["bikes count 3000 辆 point", "bikes growth 5 % point"]
        assert "bikes" not in default_table()
        assert (table.version, default_table().version) == ("2026.1+", "2026.1")

    def test_a_name_of_two_indicators(self):
        """One name cannot belong to two indicators."""
        twin = Indicator(id="twin", name_zh="地区生产总值", names=("地区生产总值",))
        with pytest.raises(ZfreportError, match="地区生产总值"):
            default_table().with_indicators(twin)

    def test_an_unknown_id(self):
        """Asking for an unknown id says what is near."""
        with pytest.raises(UnknownNameError, match="did you mean 'gdp'"):
            default_table()["gpd"]

    def test_every_id_of_the_vocabulary(self, shared):
        """The ids of ../shared are all here; two of them are patterns, which ranks and differences replace."""
        known = {
            line.split("\t")[0]
            for line in (shared / "domain" / "INDICATORS.tsv").read_text("utf-8").splitlines()[1:]
        }
        assert known - set(default_table().indicators) == {"rank_national", "growth_premium"}

    def test_units_are_plain(self):
        """Units in the table carry no scale: 亿元 would never equal a quantity's 元."""
        for indicator in default_table().indicators.values():
            assert not any(u[0] in "亿万" for u in indicator.units if len(u) > 1), indicator.id


@pytest.mark.parametrize(
    "gap", ["同比增长", "预计实现", "比上年增加", "按可比价格计算增长", "，增速居全省前列，达到"]
)
def test_known_gaps(gap):
    """Words that may stand between a name and its value."""
    assert read_gap(gap.replace("，", ",")).known or "前列" in gap


@pytest.mark.parametrize("gap", ["项目", "企业", "质量持续优化，税收占比", "实现财政收入的", "x" * 80])
def test_unknown_gaps(gap):
    """Words that make the value another thing's."""
    assert not read_gap(gap).known


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [("高新区", "高新区"), ("完成农业", "农业"), ("全市", ""), ("力争", ""), ("亩均", "亩均"), ("一", "")],
)
def test_prefixes(prefix, expected):
    """What narrows an indicator, and what does not."""
    assert read_prefix(prefix).filter == expected


def test_a_long_run_of_digits_before_a_name_is_linear():
    """It may be the size of what is counted, and is looked at once."""

    def seconds(n):
        text = f"亿元以上项目{'1' * n}固定资产投资增长5%。"
        start = time.process_time()
        extract(text, find_quantities(text))
        return time.process_time() - start

    seconds(100)
    assert min(seconds(16_000) for _ in range(2)) < 8 * min(seconds(4_000) for _ in range(2)) + 0.02


@pytest.mark.parametrize(
    "unit",
    ["分别增长", "地区生产总值增长8%左右，", "地区生产总值8%，居全省第三，", "占地区生产总值", "与经济增长同步", "开发区地区生产总值增长8%，",
     "其中地区生产总值8%", "地区生产总值、固定资产投资分别增长8%、9%，", "主要预期目标是：地区生产总值增长8%，完成省下达任务，", "到2030年，"],
)  # fmt: skip
def test_linear(unit):
    """Twice the text takes about twice the steps: facts grow with the text and nothing looks back over all of it."""
    import sys

    def steps(n: int) -> int:
        text = (unit * n)[: n * len(unit)]
        quantities = find_quantities(text)
        count = 0

        def tick(frame, event, arg):
            nonlocal count
            count += 1

        old = sys.getprofile()
        sys.setprofile(tick)
        try:
            extract(text, quantities)
        finally:
            sys.setprofile(old)
        return count

    assert steps(800) < 2.5 * steps(400) + 500


def test_decimal_only():
    """No float anywhere in a fact's value."""
    facts = extract("地区生产总值增长5.5%", find_quantities("地区生产总值增长5.5%")).facts
    assert all(isinstance(v, Decimal) for f in facts for v in (f.low, f.high))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("新建中小学和幼儿园12所。", ["中小学和幼儿园"]),  # both in the table
        ("新改建普通省道和农村公路300公里。", ["普通省道和农村公路"]),  # one of them
        ("新建中小学3所和幼儿园12所。", ["中小学", "幼儿园"]),
        ("新建和改造农村公路300公里。", ["农村公路"]),
        ("规上企业研发覆盖率达到70%，覆盖率80%。", ["规上企业研发覆盖率", "覆盖率"]),  # a rate of something
        ("农村规模化供水覆盖率达到90%，5G用户普及率超50%。", ["规模化供水覆盖率", "5G用户普及率"]),
        ("12个市重点项目投资完成率达138%，确保全市覆盖率达到90%。", ["市重点项目投资完成率", "覆盖率"]),
    ],
)
def test_what_is_counted_together_is_named_together(text, names):
    """A family's facts are told apart by the printed name, so one number for two things has both in it."""
    assert [f.name for f in extract(text, find_quantities(text)).facts] == names


def test_marks_are_of_known_indicators_and_all_are_asked_for():
    """A misspelt id would silently lose its rule, and a mark that nobody asks for would be dead."""
    rows = read_table("indicator_marks")
    ids = {id for row in rows for id in (*row["ids"].split(), *row["of"].split())}
    assert ids <= default_table().indicators.keys()
    code = "".join(path.read_text("utf-8") for path in FACTS.glob("*.py"))
    for mark in {row["mark"] for row in rows}:
        assert f'"{mark}"' in code, mark
