"""Several reports in a text, what is no report, reasons, roles, and what a kept report costs."""

from __future__ import annotations

import gc
import pickle
import tracemalloc

import pytest

from zfreport import Code, Section, Span, parse, parse_all
from zfreport.nodes import BlockRole, LeafRole
from zfreport.quantities import scan
from zfreport.roles import part_roles

FRONT = "各位代表：\n现在，我代表区人民政府向大会报告工作，请予审议，并请各位政协委员提出意见。\n"


def body(year, mark, size=12):
    lines = [f"{year}年工作回顾"]
    for k in range(size):
        lines.append(
            f"{mark}第{k}项工作完成较好，全年新增企业{k + 20}家，完成投资{k + 30}亿元，各项指标都保持在合理区间运行。"
            * 2
        )
    lines.append(f"{year + 1}年工作安排")
    for k in range(size):
        lines.append(
            f"{mark}第{k}项工作继续推进，今年新增企业{k + 25}家，完成投资{k + 35}亿元，推动各项工作再上新台阶再创佳绩。"
            * 2
        )
    return "\n".join(lines) + "\n各位代表！让我们团结奋斗，谱写新篇章！\n"


def test_a_collection_is_several_reports():
    """篇1, 篇2: each a report, spans disjoint and covering; `parse` keeps the first and names the others."""
    text = f"区政府工作报告范文\n篇1\n{FRONT}{body(2014, '甲')}篇2\n{FRONT}{body(2015, '乙')}"
    reports = parse_all(text)
    assert [r.parts[0].title for r in reports] == ["2014年工作回顾", "2015年工作回顾"]
    assert [reports[0].span.start, reports[0].span.end, reports[1].span.end] == [
        0,
        reports[1].span.start,
        len(text),
    ]
    one = parse(text)
    assert [b.role for b in one.children if getattr(b, "role", "") == BlockRole.OTHER_REPORT] == [
        "other_report"
    ]
    assert any(
        d.kind is Code.SEVERAL_REPORTS and str(reports[1].span.start) in d.message for d in one.diagnostics
    )


@pytest.mark.parametrize(
    "front",
    [
        "政府工作报告\n各位代表：\n现在，我代表区人民政府，向大会报告工作，请予审议。\n",
        "各位代表，现在，我代表区人民政府作政府工作报告，请予审议。\n",
        "现在，我代表区人民政府，向大会报告政府工作，请予审议，并请政协委员提出意见。\n",
        "2015年1月20日在白榆区第九届人民代表大会第四次会议上\n区长 江一苇\n",
        "",
    ],
)
def test_a_report_without_a_salutation_is_one_of_several(front):
    """Known by its opening formula, and without one by the first heading below a front or below the last call of the one before."""
    text = f"{FRONT}{body(2013, '甲')}{front}{body(2015, '乙')}"
    _, second = parse_all(text)
    assert [p.title for p in second.parts] == ["2015年工作回顾", "2016年工作安排"]
    assert text[second.span.start :].startswith(front or "2015年工作回顾")
    assert second.metadata.plan_year.value == 2016


@pytest.mark.parametrize(
    "line",
    [
        "各位代表！2015年是不平凡的一年，我们经受住了考验，做了以下工作。",
        "2015年工作回顾与展望，将另行印发，请各位代表审议。",
        "我代表区人民政府，向关心支持白榆发展的各界人士表示衷心的感谢！",
    ],
)
def test_a_word_to_the_assembly_is_no_second_report(line):
    """Only what opens a report opens a second one."""
    assert len(parse_all(f"{FRONT}{body(2013, '甲')}{line}\n{body(2015, '乙')[12:]}")) == 1


def test_titles_below_a_page_are_none_of_the_next_report():
    """Related pages and the list of tags stand between two reports: neither names the second one."""
    foot = "相关报道：\n青岭县2012年政府工作报告\n上一篇：没有了\n标签云\n政府工作报告\n2011年政府工作报告\n2010年\n2009年\n信息公开\n"
    text = f"{FRONT}{body(2013, '甲')}{foot}各位代表：\n现在，我代表白榆区人民政府，向大会报告工作，请予审议。\n{body(2015, '乙')}"
    _, second = parse_all(text)
    assert second.metadata.title is None
    assert second.metadata.region.value.name == "白榆区"


def test_a_second_copy_is_no_second_report():
    """The body pasted twice is one report with a block of role duplicate."""
    one = FRONT + body(2014, "甲")
    text = f"首页\n政务公开\n{one}首页\n政务公开\n{one}"
    [report] = parse_all(text)
    assert len([b for b in report.children if getattr(b, "role", "") == BlockRole.DUPLICATE]) == 1
    assert any(d.kind is Code.DUPLICATE_BODY for d in report.diagnostics)
    assert len(report.parts) == 2


def test_what_is_left_out_is_not_missed():
    """Numbers before and behind a second copy are those of a scan of everything."""
    one = FRONT + body(2014, "甲")
    text = f"政务公开\n{one}政务公开\n{one}"
    report = parse(text)
    blocks = [b.span for b in report.children if getattr(b, "role", "") == BlockRole.DUPLICATE]
    assert sum(len(span.range) for span in blocks) > len(text) / 3
    everything = scan(text)
    for found, all_there in (
        (report.quantities, everything.quantities),
        (report.references, everything.references),
    ):
        assert found == tuple(n for n in all_there if not any(span.covers(n.span) for span in blocks))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "本次会议审议通过了相关决议。大会号召全区人民团结奋斗。",
        "云溪县人民代表大会关于2023年预算执行情况的决议\n"
        + "会议同意县财政局局长所作的报告，批准本级预算。" * 90,
        "县长在会上作报告。\n"
        + "《政府工作报告》指出，全县经济稳中有进。《政府工作报告》提出，今年要抓好项目建设。\n" * 40,
    ],
    ids=["nothing", "three sentences", "a resolution", "a news story"],
)
def test_doubts_are_said(text):
    """What is no report is parsed, with a diagnostic and little confidence."""
    report = parse(text)
    if text:
        assert any(d.kind is Code.DOUBTFUL_REPORT for d in report.diagnostics)
        assert report.confidence < 0.5


def paragraphs(number, words=""):
    """Some paragraphs of sixty characters, none like another."""
    return "".join(
        f"{words}第{n}个园区推动产业升级，{'我们坚持项目为王，持续优化环境，' * 3}。\n" for n in range(number)
    )


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        ("各位代表：\n" + paragraphs(22), "some thousand characters"),
        ("各位代表：\n" + paragraphs(40), "no part headings"),
        (
            FRONT + "一、2014年工作回顾\n" + paragraphs(3) + "二、2015年工作安排\n" + paragraphs(3),
            "some thousand characters",
        ),
        (
            FRONT
            + "一、2014年工作回顾\n"
            + paragraphs(8)
            + "二、2015年工作安排\n"
            + paragraphs(8, "报告指出，"),
            "third person",
        ),
        (FRONT + "一、2014年工作回顾\n" + paragraphs(8) + "二、2015年工作安排\n" + paragraphs(8), ""),
        (
            FRONT
            + "一、2014年工作回顾\n报告指出，去年形势严峻。\n"
            + paragraphs(8)
            + "二、2015年工作安排\n"
            + paragraphs(8),
            "",
        ),
    ],
    ids=[
        "short without parts",
        "long without parts",
        "short with parts",
        "told by others",
        "usual",
        "one such word",
    ],
)
def test_what_is_doubted(text, doubt):
    """Each doubt alone, on either side of where it begins."""
    said = [d.message for d in parse(text).diagnostics if d.kind is Code.DOUBTFUL_REPORT]
    assert [doubt in message for message in said] == [True] * bool(doubt)


def test_a_whole_report_is_not_doubted(example):
    """An ordinary report raises no doubt."""
    report = parse(example("county-2024"))
    assert not [d for d in report.diagnostics if d.code.startswith("ZF2")]
    assert report.confidence > 0.5


def test_front_and_back_are_blocks(example):
    """Title, session, byline, salutation, opening and closing are named, in order."""
    roles = [str(n.role) for n in parse(example("county-2024")).children if n.kind == "block"]
    assert [r for r in roles if r in ("title", "session", "byline", "salutation", "opening", "closing")] == [
        "title",
        "session",
        "byline",
        "salutation",
        "opening",
        "closing",
    ]


@pytest.mark.parametrize(
    "below",
    [
        "※",
        "推进“两城”同创\n着力打造宜居宜业新城\n※",
        "本作品是某国家的\n法律\n、\n法规\n，国家机关的决议、决定、命令和其他具有立法、行政、司法性质的文件，"
        + "及其官方正式译文。根据有关法律的有关条款，凡此等等不受保护，也可能在其他管辖区属于\n公有领域\n。\nfalse",
    ],
    ids=["a sign", "slogans", "a licence"],
)
def test_the_closing_is_found_above_what_was_left_below(below):
    """A lone sign or a library's licence below the last paragraph neither hides the closing nor is an item."""
    text = (
        "政府工作报告\n各位代表：\n一、2023年工作回顾\n"
        + "全年新增企业20家，完成投资30亿元，各项指标都保持在合理区间运行，群众生活稳步改善。\n" * 3
        + "各位代表，让我们团结一心，为建设更加美好的家园而努力奋斗！\n"
    )
    report = parse(text + below)
    assert [str(n.role) for n in report.walk() if n.kind == "block" and n.role == "closing"] == ["closing"]
    assert all(n.span.end <= len(text) for n in report.walk() if n.kind in ("part", "item"))


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        (f"{FRONT}{body(2023, '甲')}", []),
        # a plan that stops in its middle, a review alone
        (f"{FRONT}{body(2023, '甲').rsplit('各位代表', 1)[0]}", ["ZF205"]),
        (f"{FRONT}{body(2023, '甲').split('2024年工作安排')[0]}", ["ZF205"]),
        # spoken to the end, though not in words of a closing; what an annex follows; no review
        (
            f"{FRONT}{body(2023, '甲').rsplit('各位代表', 1)[0]}总之，当前的形势是好的，我们对前途充满了希望。",
            [],
        ),
        (
            f"{FRONT}{body(2023, '甲').rsplit('各位代表', 1)[0]}名词解释\n[1]“四上”企业：指达到一定规模的企业。\n",
            [],
        ),
        (f"{FRONT}2024年工作安排{body(2023, '甲').split('2024年工作安排')[1].rsplit('各位代表', 1)[0]}", []),
    ],
    ids=["whole", "cut in the plan", "review alone", "no closing", "annex", "plan alone"],
)
def test_a_text_that_was_cut_off(text, codes):
    """ZF205, where the report has no end: its closing is the last of it in all reports."""
    assert [d.code for d in parse(text).diagnostics if d.code.startswith("ZF2")] == codes


def test_explain_a_heading_and_a_sentence(example):
    """Why a line is a heading of its level, and why another is not."""
    text = example("county-2024")
    report = parse(text)
    lead = next(n for n in report.walk() if n.kind == "item" and n.title and n.marker is None)
    reasons = report.explain(lead.title_span.start)
    assert reasons.heading
    assert reasons.node == lead
    assert "lead" in str(reasons)
    inside = report.explain(lead.span.end - 2)
    assert not inside.heading
    assert any(e.rule == "lead" for e in inside.refused)
    with pytest.raises(IndexError, match=str(len(text))):
        report.explain(len(text) + 5)


def test_places(example):
    """`at`, `path` and `walk` agree with one another."""
    report = parse(example("county-2024"))
    node = next(n for n in report.walk() if n.kind == "item" and n.title)
    assert report.at(node.title_span.start) == node
    assert report.path(node)[0] == report.parts[0].title
    assert {leaf.role for leaf in report.leaves} <= set(LeafRole)
    with pytest.raises(IndexError):
        report.at(-1)


@pytest.mark.parametrize(
    ("titles", "roles"),
    [
        (["2023年工作回顾", "2024年工作安排", "全面加强政府自身建设"], "review plan self_building"),
        (["“十三五”时期工作回顾", "“十四五”时期主要目标任务", "2021年重点工作"], "review outlook plan"),
        (["“九五”时期的回顾", "“十五”期间的奋斗目标", "2001年的十五项重点任务"], "review outlook plan"),
        (["過去五年工作回顧", "今後五年的總體目標", "20xx年主要任務"], "review outlook plan"),
        (["关于2007年工作", "关于《第十一个五年规划纲要（草案）》的说明"], "plan explanation"),
        (["过去一年的工作", "千方百计促进增长", "关于国际形势和外交工作"], "review plan other"),
        (["", "2024年工作安排"], "review plan"),
        (["2023年主要工作", "2024年重点工作"], "review plan"),
        (["二○○三年工作", "关于二○○四年工作"], "review plan"),
        (["2023年任务完成情况", "2024年打算"], "review plan"),
        (["今年以来的工作", "明年工作"], "review plan"),
        (["圆满完成2023年目标任务", "奋力谱写2024年新篇章"], "review plan"),
        (["真抓实干，2023年发展取得新突破", "2024年力争取得新突破，做好工作"], "review plan"),
        (["2024年工作安排", "2025年展望"], "plan plan"),
        (["建设人民满意的服务型政府"], "self_building"),
        (["经济稳中有进"], "other"),
    ],
)
def test_part_roles(titles, roles):
    """Roles follow from wording first and position second."""
    assert " ".join(role for role, _ in part_roles(titles)) == roles


def test_kept_reports_are_small():
    """A kept tree costs at most 12 bytes a character beside its text, and pickles as text and rows."""
    text = FRONT + body(2014, "甲", 80)
    assert parse(text).children
    gc.collect()
    tracemalloc.start()
    before, _ = tracemalloc.get_traced_memory()
    kept = parse(text)
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 12 * len(text)
    assert len(pickle.dumps(kept)) < 3 * len(text.encode()) + 12 * len(text)


def test_wrong_type():
    """Bytes are refused with a word about what to do."""
    with pytest.raises(TypeError, match="read"):
        parse(b"abc")


@pytest.mark.parametrize(
    "text",
    [
        "（一）经济发展\n全年新增企业20家。\n（二）民生改善\n全年新建学校3所。\n",
        "（一）经济\n一、工业\n二、农业\n（二）民生\n一、就业\n二、教育\n（三）环境\n一、造林\n全年造林3000亩。\n",
    ],
)
def test_one_part_without_a_title(text):
    """Where no part has a heading, the whole body stands in one part without a title, its first lines included."""
    text = "各位代表：\n过去一年，全县上下同心协力，较好完成了各项目标任务。\n" + text
    [part] = parse(text).parts
    assert part.title == ""
    assert part.text.startswith("过去一年")


@pytest.mark.parametrize(
    ("title", "foot", "inside"),
    [
        (
            "民生保障持续加强",
            "成绩来之不易，这是市委正确领导的结果。在此，我代表县人民政府，表示感谢！",
            False,
        ),
        ("民生保障持续加强", "在肯定成绩的同时，我们也清醒地看到，工作中还存在不少困难和问题。", False),
        ("民生保障持续加强", "国防动员、双拥、民族宗教、审计、统计、气象、档案等工作取得新进展。", False),
        (
            "民生保障持續加強",
            "同時，國防動員、雙擁、民族宗教、審計、統計、氣象、檔案等工作取得新進展。",
            False,
        ),
        ("民生保障持续加强", "一年来，我们扎实开展主题教育，依法行政能力不断提高。", False),
        ("“十四五”成就", "“十四五”时期的实践，丰富了我们做好工作的经验。", False),
        # of the section: its own work, all fields, few of them, part of its measures
        ("自身建设全面加强", "一年来，我们扎实开展主题教育，依法行政能力不断提高。", True),
        ("社会事业全面发展", "国防动员、双拥、民族宗教、审计、统计、气象、档案等工作取得新进展。", True),
        ("民生保障持续加强", "同时，加强国防教育，做好双拥工作，完善退役军人服务体系。", True),
        ("民生保障持续加强", "加强国防教育、双拥共建，做好民族、宗教、审计、统计、气象、档案等工作。", True),
        ("民生保障持续加强", "2023年是第三个五年计划的第二年，我们新建学校3所，新增床位600张。", True),
    ],
)
def test_the_foot_of_a_part(title, foot, inside):
    """What is said of the whole part lies in no section, though nothing but its words ends the last one."""
    text = f"{FRONT}一、2023年工作回顾\n（一）农业稳步发展\n新建道路200公里，改造厕所8000座，整治村庄60个。\n（二）{title}\n新建学校3所，改造老旧小区12个，新增就业8000人。\n{foot}\n二、2024年工作安排\n新建学校3所，改造老旧小区12个，新增就业8000人。\n"
    report = parse(text)
    path = report.path(report.at(text.index(foot) + 1))
    assert path == ("2023年工作回顾", title) if inside else path == ("2023年工作回顾",)


@pytest.mark.parametrize(
    ("front", "roles"),
    [
        (
            "2022年云汀县政府工作报告\n时间：2023-01-24????\t\t作者：县情????\t\t阅读：\n126\n内容摘要：\n"
            "政 府 工 作 报 告2022年1月27日在云汀县第十八届人民代表大会第二次会议上云汀县人民政府县长 沈 砚各位代表：现在，我代表县人民政府，向大会报告工作，请予审议......\n"
            "2022年1月27日在云汀县第十八届人民代表大会第二次会议上\n云汀县人民政府县长 沈 砚\n",
            "title metadata furniture session byline salutation opening",
        ),
        (
            "政府工作报告。 云汀日报记者 林溪 摄\n政府工作报告\n（2026年1月27日在云汀县第十四届人民代表大会第四次会议上）\n县长 沈砚\n",
            "caption title session byline salutation opening",
        ),
        (
            "政府工作报告\n——2024年1月17日在云汀县第十八届\n人民代表大会第三次会议上\n云汀县人民政府县长&nbsp; 沈砚\n",
            "title session session byline salutation opening",
        ),
        (
            "云汀县人大\n首页\n>>\n您的位置：\n政府工作报告\n2006年2月16日 沈砚\n",
            "furniture title byline salutation opening",
        ),
        # a sentence that stops in its middle goes on, and so does one about what was taken
        (
            "政府工作报告\n2024年1月17日在云汀县第十八届人民代表大会第三次会议上，县长沈砚代表县人民政府，向大会作了政府工作报告。现将报告摘\n登如下\n",
            "title furniture salutation opening",
        ),
    ],
)
def test_blocks_of_front_matter(front, roles):
    """A preview that breaks off and a caption do not swallow the lines below them."""
    report = parse(f"{front}{FRONT}{body(2023, '甲')}")
    found = []
    for node in report.children:
        if node.kind != "block":
            break
        found.append(str(node.role))
    assert " ".join(found) == roles


@pytest.mark.parametrize(
    ("last", "closes"),
    [
        ("各位代表，让我们团结起来，夺取现代化建设的新胜利！", True),
        ("我们一定要扎实工作，以优异的成绩向建县六十周年献礼！", True),
        ("总之，当前的形势对我们是有利的，我们对前途满怀着必胜的信心。", True),
        ("總之，當前的形勢對我們是有利的，我們對前途滿懷着必勝的信心。", True),
        ("总之，要坚持问题导向，一件一件地抓好落实，让群众看到新的变化。", False),
        ("全县运动员在省运会上顽强拼搏，夺取了新的胜利，获得金牌12枚。", False),
    ],
)
def test_words_of_a_closing(last, closes):
    """Older reports end in other words than those of today."""
    report = parse(f"{FRONT}{body(2023, '甲').rsplit('各位代表', 1)[0]}{last}\n")
    assert any(str(getattr(n, "role", "")) == "closing" for n in report.children) == closes


def test_an_outline_says_what_is_doubtful():
    """Below one half; and of a part what it is about."""
    from zfreport.render.outline import _notes

    doubtful, likely = (Section(span=Span(0, 4), title="产业", confidence=sure) for sure in (0.49, 0.5))
    assert (_notes(doubtful), _notes(likely)) == ("  [confidence 0.49]", "")
