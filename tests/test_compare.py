"""Two years together, and many regions of one year."""

from __future__ import annotations

import re

import pytest

from zfreport import UnknownNameError, compare, find_quantities, parse, rank

EARLIER = (
    "一、2022年工作回顾\n全县经济平稳。\n二、2023年工作安排\n主要预期目标是：地区生产总值增长6%左右，一般公共预算收入增长5%以上，"
    "固定资产投资增长8%，城镇登记失业率控制在4.5%以内，居民收入增长与经济增长同步，农民人均纯收入增长9%，"
    "社会消费品零售总额增长7%，居民消费价格涨幅3%左右，单位GDP能耗下降3%，PM2.5平均浓度下降5%，进出口总额保持正增长，城镇新增就业完成省定任务。\n"
    "（一）办好三件实事\n一是新建幼儿园三所。新增学位900个。\n二是改造老旧小区。改造30个。\n三是修建农村公路。新改建70公里。"
)
LATER = (
    "一、2023年工作回顾\n地区生产总值增长6.2%，一般公共预算收入增长4.1%，固定资产投资增长8%，城镇登记失业率3.9%，"
    "居民人均可支配收入增长6.5%，农村居民人均可支配收入增长7%，居民消费价格涨幅0.2%，单位GDP能耗下降3.4%，PM2.5平均浓度下降2%，进出口总额增长1.5%，城镇新增就业3万人。"
    "三件民生实事全部完成。新建幼儿园三所，新增学位900个。\n二、2024年工作安排\n主要预期目标是：地区生产总值增长6%。"
)


@pytest.fixture(scope="module")
def comparison():
    return compare(parse(EARLIER), parse(LATER))


@pytest.mark.parametrize(
    ("indicator", "outcome"),
    [
        ("gdp", "met"),
        ("public_budget_revenue", "missed"),
        ("fai", "met"),
        ("unemployment_registered", "met"),
        ("income_all", "met"),
        ("income_rural_net", "changed_definition"),
        ("social_retail", "cannot_say"),
        ("cpi", "met"),
        ("energy_intensity", "met"),
        ("pm25", "missed"),
        ("trade_total", "met"),
        ("jobs_new_urban", "cannot_say"),
    ],
)
def test_outcomes(comparison, indicator, outcome):
    """Met and missed only where the numbers say so; a new series is a changed definition; silence is cannot say."""
    (kept,) = (k for k in comparison.targets if k.target.indicator == indicator)
    assert kept.outcome == outcome, kept.reason


def test_years_and_pledges(comparison):
    """The two reports are a year apart; the pledge that is spoken of again is found, with the words that say so."""
    assert comparison.consecutive is True
    assert comparison.general.startswith("三件民生实事全部完成")
    school, *others = comparison.pledges
    assert "新建幼儿园三所" in school.said
    assert school.likeness > 0.5
    assert [p.said for p in others] == ["", ""]


def test_like_is_compared_with_like():
    """A target of a class or a stage is met by what is reported of the same; 引进 says nothing of what was begun."""
    earlier = parse(
        "一、2023年工作安排\n新增省级创新平台9家、市级创新平台20家。开工重大项目30个。新增创新平台40家。"
    )
    later = parse(
        "一、2023年工作回顾\n新增市级创新平台30家、省级创新平台8家。引进重大项目90个。新增创新平台41家。"
    )
    outcomes = {
        (k.target.indicator, k.target.filter): str(k.outcome) for k in compare(earlier, later).targets
    }
    assert outcomes == {
        ("innovation_platforms", "省级"): "missed",
        ("innovation_platforms", "市级"): "met",
        ("innovation_platforms", ""): "met",
        ("key_project_count", "开工"): "cannot_say",
    }
    ranked = rank([earlier, later], "innovation_platforms", "change")
    assert [str(r.target.low) for r in ranked] == ["40"]


def test_not_consecutive():
    """Reports two years apart are told."""
    assert compare(parse(EARLIER), parse(LATER.replace("2023", "2024"))).consecutive is False


def test_rank():
    """The highest first, equal ones share a place, those without a number last."""
    plan = "二、2024年工作安排\n主要预期目标是：{}，社会消费品零售总额增长5%。"
    said = [
        "地区生产总值增长6%左右",
        "地区生产总值增长7%以上",
        "地区生产总值增长6%",
        "地区生产总值增速高于全省平均水平",
        "固定资产投资增长5%",
    ]
    rows = rank([parse(plan.format(s)) for s in said], "gdp")
    assert [(r.place, r.report, str(r.target.bound)) for r in rows] == [
        (1, 1, "at_least"),
        (2, 0, "about"),
        (2, 2, "point"),
        (None, 3, "relative"),
        (None, 4, "absent"),
    ]
    assert "增长7%以上" in rows[0].sentence


def test_rank_of_a_year():
    """Of reports of several years, those that plan the year that is asked for; each keeps its number."""
    text = "一、{}年工作回顾\n全县经济平稳。\n二、{}年工作安排\n主要预期目标是：地区生产总值增长{}%。"
    reports = [
        parse(text.format(year - 1, year, growth)) for year, growth in ((2024, 6), (2025, 5), (2024, 7))
    ]
    assert [(r.report, r.target.low) for r in rank(reports, "gdp", period="2024")] == [(2, 7), (0, 6)]
    assert len(rank(reports, "gdp")) == 3


def test_what_the_later_report_aims_at():
    """Its own target of the same indicator: not the one it would like beyond it, and in words where it names no number."""
    earlier = parse(
        "一、2023年工作安排\n主要预期目标是：地区生产总值增长6%，固定资产投资增长8%，一般公共预算收入增长5%。"
    )
    later = parse(
        "一、2023年工作回顾\n地区生产总值增长5.8%。\n二、2024年工作安排\n"
        "主要预期目标是：地区生产总值增长5%、力争6%，固定资产投资增长高于全省平均水平。"
    )
    again = [k.again for k in compare(earlier, later).targets]
    assert [(t.low, str(t.bound)) if t else None for t in again] == [(5, "point"), (None, "relative"), None]


def test_rank_takes_the_kind_that_is_stated():
    """Jobs are ranked by their number without being asked, growth where both are as frequent; a kind that is asked for is kept to."""
    text = "一、2023年工作回顾\n全县经济平稳。\n二、2024年工作安排\n主要预期目标是：城镇新增就业{}人，固定资产投资{}。"
    reports = [
        parse(text.format(*said))
        for said in ((3000, "达到80亿元，增长6%"), (5000, "增长8%"), (4000, "达到90亿元"))
    ]
    assert [(r.report, r.target.low) for r in rank(reports, "jobs_new_urban")] == [
        (1, 5000),
        (2, 4000),
        (0, 3000),
    ]
    assert [(r.report, r.target.low) for r in rank(reports, "fai")] == [(1, 8), (0, 6)]
    assert [r.report for r in rank(reports, "fai", "level")] == [2, 0]
    assert rank(reports, "jobs_new_urban", "growth") == ()


def test_actual_of_the_year():
    """Where the later report tells of several years, the year that was planned counts."""
    earlier = parse("一、2023年工作安排\n主要预期目标是：地区生产总值增长6%左右。")
    later = parse("一、2023年工作回顾\n2022年地区生产总值增长3%。\n2023年地区生产总值增长6.2%。")
    assert [(str(k.outcome), k.actual.period) for k in compare(earlier, later).targets] == [("met", "2023")]


@pytest.mark.parametrize(
    ("call", "error", "words"),
    [
        (lambda: rank([], "gpd"), UnknownNameError, "gdp"),
        (lambda: rank([], "gdp", "groth"), UnknownNameError, "growth"),
        (lambda: rank([], "gdp", period=2024), TypeError, "int 2024"),
        (lambda: rank(parse(""), "gdp"), TypeError, "an iterable of Reports"),
        (lambda: rank([(parse(""),)], "gdp"), TypeError, "rank wants a Report, got tuple"),
        (lambda: compare("a", parse("")), TypeError, "compare wants a Report, got str 'a'"),
        (lambda: find_quantities(b"5"), TypeError, "a text as str, got bytes b'5'"),
        (lambda: find_quantities("5", units=["斛"]), TypeError, "a UnitTable"),
    ],
)
def test_odd_calls(call, error, words):
    """The caller's mistakes are told with what was wanted and found."""
    with pytest.raises(error, match=re.escape(words)):
        call()
