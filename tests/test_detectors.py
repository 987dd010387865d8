"""Detectors that users add, order and take out; vetoes; rules declared as data; code of theirs that fails."""

from __future__ import annotations

import time

import pytest
from attrs import frozen

from zfreport import Code, DetectorChain, RegexHeading, UnknownNameError, ZfreportError, parse
from zfreport.headings import DEFAULT, DEFAULT_VETOES, NamedVeto
from zfreport.nodes import Kind

BODY = "全年完成各项任务，推动经济社会持续健康发展，人民群众的获得感进一步增强。\n"


def rules(text, **options):
    return {e.rule for n in parse(text, **options).walk() for e in n.evidence}


def titles(text, **options):
    return [(str(n.kind), n.title) for n in parse(text, **options).walk() if n.title]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("cjk-comma", f"一、工作回顾\n{BODY}二、工作安排\n{BODY}"),
        ("cjk-paren", f"（一）经济发展\n{BODY}（二）民生改善\n{BODY}"),
        ("arabic-dot", f"1.经济发展\n{BODY}2.民生改善\n{BODY}"),
        ("part-word", f"第一部分 工作回顾\n{BODY}第二部分 工作安排\n{BODY}"),
        ("shi", f"一是经济稳中有进。{BODY}二是民生持续改善。{BODY}"),
        ("dash", f"——经济稳中有进。{BODY}——民生持续改善。{BODY}"),
        ("part-line", f"2023年工作回顾\n{BODY}2024年工作安排\n{BODY}"),
        ("section-line", f"经济发展\n{BODY}民生改善\n{BODY}"),
        ("annex-title", f"一、工作回顾\n{BODY}{BODY}名词解释\n1.雪亮工程：指视频监控工程。\n"),
        ("lead", f"经济稳中有进。{BODY}民生持续改善。{BODY}"),
    ],
)
def test_taken_out_is_out(name, text):
    """A built-in detector finds its style, and once it is taken out nothing of that style is found."""
    assert name in rules(text)
    assert name not in rules(text, detectors=DEFAULT.without(name))


def test_chain_is_ordered_and_immutable():
    """Edits return new chains; the old one stays as it was; equal chains are equal and hash alike."""
    rule = RegexHeading("bullet", r"●(?P<title>.+)", examples=("●稳增长",))
    chain = DEFAULT.before("cjk-comma", rule)
    assert chain.names[DEFAULT.names.index("cjk-comma")] == "bullet"
    assert "bullet" not in DEFAULT
    assert DEFAULT.after("cjk-comma", rule).names.index("bullet") == DEFAULT.names.index("cjk-comma") + 1
    assert DEFAULT.replace("dash", rule).names.index("bullet") == DEFAULT.names.index("dash")
    assert chain == DEFAULT.before("cjk-comma", rule)
    assert hash(chain) == hash(DEFAULT.before("cjk-comma", rule))


def test_odd_calls_say_what_is_near():
    """An unknown detector is named with the nearest known one; a name given twice is refused."""
    with pytest.raises(UnknownNameError, match=r"cjk-coma.*did you mean 'cjk-comma'"):
        DEFAULT.without("cjk-coma")
    with pytest.raises(ZfreportError, match="dash"):
        DetectorChain((DEFAULT["dash"], DEFAULT["dash"]))


def test_rule_runs_its_examples():
    """A rule that misses an example or takes a counter-example fails when it is built."""
    with pytest.raises(ZfreportError, match="任务十一"):
        RegexHeading(
            "task", r"任务(?P<number>[一二三])[：:]", examples=("任务三：稳就业", "任务十一：稳就业")
        )
    with pytest.raises(ZfreportError, match="任务艰巨"):
        RegexHeading("task", r"任务", counterexamples=("任务艰巨",))


def test_users_rule_makes_headings():
    """A declared rule without a number is believed too, at the level and kind it asks for."""
    rule = RegexHeading("bullet", r"●(?P<title>[^。]+)", 15, Kind.SECTION, examples=("●稳增长",))
    text = f"一、工作回顾\n{BODY}●经济稳中有进\n{BODY}●民生持续改善\n{BODY}二、工作安排\n{BODY}"
    assert titles(text, detectors=DEFAULT.before("cjk-comma", rule)) == [
        ("part", "工作回顾"),
        ("section", "经济稳中有进"),
        ("section", "民生持续改善"),
        ("part", "工作安排"),
    ]


@frozen
class Broken:
    name: str = "broken"

    def detect(self, line):
        raise KeyError(line.text[:2])


def test_a_detector_that_crashes_is_a_diagnostic():
    """The parse goes on without it, and says whose fault it was."""
    text = f"一、工作回顾\n{BODY}"
    report = parse(text, detectors=DEFAULT.before("cjk-comma", Broken()))
    assert [p.title for p in report.parts] == ["工作回顾"]
    [found] = [d for d in report.diagnostics if d.kind is Code.DETECTOR_FAILED]
    assert "broken" in found.message
    assert "KeyError" in found.message


def test_a_veto_that_crashes_is_a_diagnostic():
    """So is a veto's."""

    def crash(line, candidate):
        raise ValueError("no")

    report = parse(f"一、工作回顾\n{BODY}", vetoes=(*DEFAULT_VETOES, NamedVeto("mine", crash)))
    assert [p.title for p in report.parts] == ["工作回顾"]
    assert any(d.code == "ZF901" and "mine" in d.message for d in report.diagnostics)


def test_a_pattern_that_runs_away_is_stopped():
    """A catastrophic pattern costs its time limit once, then a diagnostic."""
    rule = RegexHeading("runaway", r"(?P<title>(?:增+)+)[a-z]", timeout=0.05)
    text = "一、工作回顾\n" + "增" * 4000 + "\n" + BODY * 3
    start = time.perf_counter()
    report = parse(text, detectors=DEFAULT.before("cjk-comma", rule))
    assert time.perf_counter() - start < 5
    assert [d.code for d in report.diagnostics if d.code.startswith("ZF9")] == ["ZF902"]
    assert report.parts[0].title == "工作回顾"


def test_a_veto_refuses_with_a_reason():
    """A user's veto keeps a heading out, and `explain` repeats its reason."""

    def no_slogans(line, candidate):
        return "a slogan of ours" if "口号" in line.text else None

    text = f"一、工作回顾\n{BODY}二、口号\n{BODY}"
    report = parse(text, vetoes=(*DEFAULT_VETOES, NamedVeto("slogan", no_slogans)))
    assert [p.title for p in report.parts] == ["工作回顾"]
    reasons = report.explain(text.index("二、")).refused
    assert any(e.rule == "slogan" and "a slogan of ours" in e.detail for e in reasons)


def test_users_style_needs_no_count():
    """A rule of the user's is believed where the built-in style of that name would have to count on."""
    text = f"一、工作安排\n二要稳住增长。{BODY}"
    assert ("item", "稳住增长") not in titles(text)
    own = RegexHeading("yao", r"(?P<marker>[一二三]要)(?P<title>[^。]+)", 62, Kind.ITEM)
    assert ("item", "稳住增长") in titles(text, detectors=DEFAULT.replace("yao", own))


def test_a_number_alone_says_why_it_is_refused():
    """`explain` says that no heading counts on from it, and says so of no heading that is one."""
    text = f"一、工作安排\n一是稳住增长。{BODY}二是促进改革。{BODY}二要守住底线。{BODY}"
    report = parse(text)
    refused = {w: {e.rule for e in report.explain(text.index(w)).refused} for w in ("一是", "二是", "二要")}
    assert [w for w, rules in refused.items() if "series" in rules] == ["二要"]


@pytest.mark.parametrize(
    "said",
    [
        "甲乙丙丁戊。",
        "加快{0}建设。",
        "{0}甲乙丙丁戊己庚辛壬癸{1}。",
        "甲{0}乙？丙{1}丁。",
        "一是加快{0}。",
        "我们{0}要{1}行政。",
    ],
)
def test_short_sentences_in_one_line_are_linear(said):
    """They are compared with each other, to see which divide the paragraph; four times as many take no more than that."""

    def seconds(count):
        pairs = ((chr(0x4E00 + n % 97), chr(0x5E00 + n % 89)) for n in range(count))
        text = "一、工作回顾\n" + "".join(said.format(*pair) for pair in pairs)
        start = time.process_time()
        parse(text)
        return time.process_time() - start

    seconds(100)
    short = min(seconds(1500) for _ in range(2))
    assert min(seconds(6000) for _ in range(2)) < 8 * short + 0.02
