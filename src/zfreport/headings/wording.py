"""The words by which un-numbered parts, annexes and lead-in sentences are known, in both scripts."""

from __future__ import annotations

import re

from ..vocab import any_of, both, forms

__all__ = ["ANNEX", "LEAD_IN", "PART", "PROBLEMS", "REPORT_TITLE", "leads_in", "opens_part", "part_wording"]

PROBLEMS = "问题|困难|不足|短板|挑战|差距|矛盾"
"""What a report calls what is not yet well, for a pattern in Simplified: sentences of these head nothing."""

_PERIOD = (
    r"(?:[12０-９\d][\dxX×\*０-９〇○零一二三四五六七八九]{3}\s?(?:[—－\-–至到][12]\d{3}\s?)?年?|[一二]?[〇○零一二三四五六七八九]{4}年|二[〇○零]\S{2}年"
    r"|(?:过去|刚刚过去的?|刚过去的?|今后|未来|近|前|这)的?(?:[一五两几]年)|[一五]年来(?:的)?|本届政府|上一?届政府|今年|明年|去年|新[一的]*年|新的?五年"
    r"|[“\"”「]?十?[一二三四五六七八九十]五[”\"“」]?\s?(?:时期|期间|规划)?)"
)
_TOPICS = "工作 任务 目标 安排 重点 要点 思路 建议 打算 部署 计划 展望 情况 成就 成绩 回顾 总结 要求 发展 实事 举措 措施"
_TOPIC = rf"(?:{_TOPICS.replace(' ', '|')})"
_REVIEW = r"(?:回顾|总结)"

PART = re.compile(
    both(
        rf"(?:关于|对)?(?:"
        rf".{{0,10}}(?:工作|任期|发展|形势).{{0,4}}{_REVIEW}"
        rf"|(?:下一步|当前|下一年度?|新的?一年|下年度?).{{0,12}}{_TOPIC}"
        rf"|.{{0,12}}(?:政府|自身|系统)\S{{0,6}}(?:自身)?(?:建设|改革|能力)(?:.{{0,12}})?"
        rf"|.{{0,10}}(?:主要|总体|奋斗|预期|重点).{{0,8}}(?:目标|任务|工作|要求|思路|安排)(?:和.{{0,12}}|及.{{0,12}})?"
        rf")"
    )
)
"""What sounds a little like a part, beside `STRONG_PART`: 工作回顾, 总体目标, 加强系统能力建设."""

STRONG_PART = re.compile(
    both(
        rf"(?:关于|对)?(?:.{{0,14}}?{_PERIOD}.{{0,22}}?{_TOPIC}(?:和.{{0,14}}|及.{{0,14}}|、.{{0,14}})?|.{{0,10}}(?:工作|任期).{{0,4}}{_REVIEW}"
        rf"|(?:切实|全面|大力|努力|着力|进一步|扎实|持续|不断|坚持|全力|从严|深入|继续|加快|坚定不移|持之以恒|毫不松懈|坚持不懈)*(?:加强|推进|抓好|提升|强化|深化|抓实|改进)\S{{0,8}}政府\S{{0,4}}(?:自身)?(?:建设)|\S{{0,4}}政府自身建设|\S{{0,8}}人民满意\S{{0,8}}政府|(?:提高|提升|增强)政府(?:治理|行政|服务)?(?:效能|能力|水平)\S{{0,6}}"
        rf"|(?:关于)《.{{2,60}}》.{{0,12}}(?:说明))"
    )
)
"""A line that names a period or the government itself and a piece of work: 2017年工作回顾, 加强政府自身建设."""

_STRONG_SIGN = re.compile(both(r"[\d年五届顾结政明]"))
"""What such a line always has one of."""

_NAMED = re.compile(any_of(f"{_TOPICS} 政府 自身 系统 说明"))
"""What a part's title always has one of."""

REPORT_TITLE = re.compile(both(r"(?:政\s*府\s*)?工\s*作\s*(?:的\s*)?报\s*告|施政报告|报\s*告$"))

_STAR = r"[*※★\[【〔（(《“\s]*"
_RATS = r"[*※★\]】〕）)》”\s]*"
ANNEX = re.compile(
    both(
        rf"{_STAR}(?:附\s*[：:]?|附\s*件\s*[一二三四五六七八九十\d]*\s*[：:.、]?|附\s*[录表注]\s*[一二三四五六七八九十\d]*\s*[：:]?)?{_STAR}"
        rf"(?:.{{0,24}}?(?:名\s*词\s*(?:解\s*释|注\s*释|说明|术语)|注\s*释|短语说明|术语解释|词语解释|有关用语说明|[相有]关(?:名词|注释).{{0,8}}))"
        rf"(?:\s*[（(].{{0,12}}[）)])?{_RATS}[：:]?{_RATS}"
    )
)
"""名词解释 and its many dresses."""

PLEDGE_ANNEX = re.compile(
    both(
        r"(?:.{0,14}?[12][\dxX×]{3}年.{0,16}|.{0,10})(?:民生|惠民|为民|利民|便民|办)\S{0,6}?(?:实事|工程|项目|专案)(?:.{0,6}(?:项目|清单|内容))?"
    )
)

LEAD_IN = re.compile(
    both(
        r".*(?:以下|下列|如下|下面|(?:[一二三四五六七八九十两\d]|几)\s?(?:个|项|方面|大|条|点|件|着力|篇|坚持|聚焦|必须|一体化)).{0,14}(?:方面|工作|任务|目标|重点|举措|事|工程|行动|内容|坚持|聚焦|一体化|关系|原则|成绩)(?:的?工作)?[。：:，,]?"
        r"|.*[：:]"
        r"|.{0,12}(?:主要|总体).{0,10}(?:是|有|为|如下)[。：:]?"
    )
)
"""A sentence that only announces what follows: 重点抓好八个方面工作：. It is never a heading."""
_LED_IN = forms("面作务标点举措事程动容持焦化系则绩是有为下")
"""What it ends with, but for one mark."""


def leads_in(text: str) -> bool:
    """
    Whether a sentence only announces what follows.

    >>> leads_in("重点抓好八个方面工作："), leads_in("产业结构持续优化。")
    (True, False)
    """
    last = text[-1]
    if last in "。：:，," and (text[-2:-1] in _LED_IN or last in "：:"):
        return LEAD_IN.fullmatch(text) is not None
    return last in _LED_IN and LEAD_IN.fullmatch(text) is not None


def part_wording(title: str) -> float:
    """
    How much a title sounds like a part of a report, from 0 to 1.

    >>> part_wording("2017年工作回顾"), part_wording("加快旧城改造"), part_wording("切实加强政府自身建设")
    (1.0, 0.0, 1.0)
    """
    if len(title) > 64 or _NAMED.search(title) is None:
        return 0.0
    return 1.0 if _is_strong(title) else 0.6 if PART.fullmatch(title) else 0.0


def opens_part(title: str) -> bool:
    """Whether a title sounds like a part beyond doubt."""
    return len(title) <= 64 and _NAMED.search(title) is not None and _is_strong(title)


def _is_strong(title: str) -> bool:
    return _STRONG_SIGN.search(title) is not None and STRONG_PART.fullmatch(title) is not None
