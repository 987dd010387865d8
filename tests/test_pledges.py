"""Pledges and tasks: the lists of 民生实事 in every form they take, and the points of a plan."""

from __future__ import annotations

from pathlib import Path

import pytest
from factlines import blocks

from zfreport import parse
from zfreport.facts.duties import deadline_in, office_in

CASES = Path(__file__).parent / "cases" / "pledges" / "pledges.case"


@pytest.mark.parametrize(("text", "expected"), list(blocks(CASES)))
def test_case(text, expected):
    """Number, title, promised quantities, office and deadline of each pledge are what the case file says."""
    lines = [
        " | ".join(
            [
                str(p.number or "-"),
                p.title,
                "、".join(q.text for q in p.promises),
                p.office or "-",
                p.deadline or "-",
            ]
        )
        for p in parse(text).pledges
    ]
    assert "\n".join(lines) == expected


def test_pledges_quote_the_text():
    """A pledge's text is a slice of the source."""
    source = next(iter(blocks(CASES))).values[0]
    pledges = parse(source).pledges
    assert pledges
    for pledge in pledges:
        assert source[pledge.span.slice].strip() == pledge.text


def test_tasks():
    """The points of the plan are tasks with their numbers; what opens the part and what was done are not."""
    report = parse(
        "一、2023年工作回顾\n产业向好。新增企业12家。\n二、2024年工作安排\n主要预期目标是：地区生产总值增长6%。\n"
        "（一）突出项目建设\n抓好招商引资。引进亿元以上项目30个（责任单位：投资促进局）。\n扩大有效投资。力争6月底前开工10个。"
    )
    assert [
        (t.title, [q.text for q in t.quantities if q.role == "value"], t.office, t.deadline)
        for t in report.tasks
    ] == [
        ("抓好招商引资", ["30个"], "投资促进局", ""),
        ("扩大有效投资", ["10个"], "", "6月底前"),
    ]
    assert all(t.path == ("2024年工作安排", "突出项目建设") for t in report.tasks)


def test_tasks_of_sections():
    """A section of one paragraph is one task; what frames a section's titled points is none, unless it promises."""
    plan = "二、2024年工作安排\n主要预期目标是：地区生产总值增长6%。\n"
    opened = "坚持把工业作为立县之本，推动工业提质增效。\n"
    points = "1.抓好招商引资。引进亿元以上项目30个。\n2.扩大有效投资。力争开工10个。\n"
    report = parse(
        f"{plan}（一）突出项目建设\n{opened}{points}让项目建设热起来！\n"
        f"（二）改善民生\n新增学位3000个，办好人民满意的教育。\n"
        f"（三）守护生态\n新增绿地20万平方米，让县城更美。\n{points}同时，做好档案、气象、地震等工作。\n"
        "此外，继续做好国防动员、双拥、民族宗教、审计、统计、侨务等工作。\n各项工作都来之不易，在此，我代表县人民政府，表示感谢。"
    )
    assert [(t.title, t.path[1:]) for t in report.tasks] == [
        ("抓好招商引资", ("突出项目建设",)),
        ("扩大有效投资", ("突出项目建设",)),
        ("改善民生", ()),
        ("新增绿地20万平方米，让县城更美", ("守护生态",)),
        ("抓好招商引资", ("守护生态",)),
        ("扩大有效投资", ("守护生态",)),
        ("同时，做好档案、气象、地震等工作", ("守护生态",)),
        ("此外，继续做好国防动员、双拥、民族宗教、审计、统计、侨务等工作", ()),
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("确保2026年底前建成", "2026年底前"),
        ("10月1日前通车", "10月1日前"),
        ("年底前完成", "年底前"),
        ("年内投用", "年内"),
        ("上半年开工", "上半年"),
        ("争取二季度末前交付", "二季度末前"),
        ("比前年多3所", ""),
        ("目前已开工", ""),
        ("年前走访慰问", ""),
        ("提前完成任务", ""),
        ("国内生产总值", ""),
    ],
)
def test_deadlines(text, expected):
    """Deadlines as printed, and words that only look like one."""
    assert deadline_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("新建学校3所。（牵头单位：教育局、财政局）", "教育局、财政局"),
        ("2.责任单位：水利局", "水利局"),
        ("改造管网5公里（住建局牵头）", "住建局"),
        ("（责任单位：工信局、园区管委会，完成时限：9月底前）", "工信局、园区管委会"),
        ("（责任领导：张三；责任单位：工信局）", "工信局"),
        ("（工信局牵头，9月底前完成）", "工信局"),
        ("由县工信局负责，建设标准厂房", "县工信局"),
        ("（牽頭單位：住建局；責任單位：各鄉鎮）", "住建局；責任單位：各鄉鎮"),
        ("由县政府主要领导带队招商", ""),
        ("理由充分、责任到人", ""),
        ("强化责任落实，牵头抓总", ""),
        ("落实责任，强化单位内部管理", ""),
    ],
)
def test_offices(text, expected):
    """Offices as printed, and blank where none is."""
    assert office_in(text) == expected
