"""
Lead sentences: the short sentence that names a paragraph (产业结构持续优化。…), the commonest heading of all.

This module looks at one sentence: could it name a paragraph, and what is its shape? Whether it does, the paragraphs
around it decide (`zfreport.paragraphs`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import accumulate
from typing import Any, Final

from attrs import frozen

from ..layout import Line
from ..nodes import Form, Kind
from ..vocab import any_of, both
from .model import Candidate, new_candidate

__all__ = [
    "LeadSentence",
    "Sentence",
    "Sentences",
    "closed_sentence",
    "first_sentence",
    "is_even",
    "sentences",
]

_SENTENCE = re.compile(r"[^。！？!? \u3000\xa0][^。！？!?]*(?:[。！？!?]+[”」』）)]*|$)")
_NOTE = re.compile(r"[\[［〔【（(][0-9０-９]{1,3}[\]］〕】）)]")
_UNEVEN = re.compile(r"。(?:[。！？!?”」』）) \u3000\xa0]|(?<=[ \u3000]。))")
"""More than one mark, or a blank, between two sentences."""
_DIGITS = frozenset("0123456789０１２３４５６７８９")
_DIGIT = re.compile(r"[0-9０-９]")
_QUOTED = re.compile(r"[“\"「《][^”\"」》]*[”\"」》]")
_QUOTES_OPEN = frozenset('“"《「')
_FIGURES_OR_QUOTES = _QUOTES_OPEN | _DIGITS
_COMMAS = "，,；;：:"
_COMMA = re.compile(f"[{_COMMAS}]")
_SIGN = re.compile(rf"[{_COMMAS}0-9０-９{''.join(sorted(_QUOTES_OPEN))}]")
"""A comma, a digit, or what opens a quotation: most titles have none of them."""
# Most leads are nothing but words, and seen to be at once: no such sign, and something behind 。
_BARE = re.compile(r"([^。！？!? \u3000\xa0，,；;：:0-9０-９“\"《「]{1,72}+)。(?=[^。！？!? \u3000”」』）)])")

# Words that open a statement, not a heading: they point at a time, at the audience or at what was said before.
_OPENING_WORDS = both(
    r"各位|同志|《报告》|肯定成绩|今年|明年|去年|当前|目前|现在|与此同时|同时|此外|另外|其中|我代表|在此|过去|刚刚|回顾|回首|展望|总之|这些|上述|以上|对此|为此|实践|事实|但|也|更(?:为|是|要|加?重要|令|让|值得|可)|而|特别|下面|一年来|五年来|全年|年内|预计|面对|围绕(?:上述|以上|这|.{0,16}[，,])|根据|按照|随着|经过|主要|具体|重点做|我们要|让我们|我国|我市|我县|我区|我省|全市地区|全县地区|全省地区|在新的|在这|由于|对于|为了|各级|各地|各部门|有的|新(?:征程|时代|起点|使命).{0,12}[，,]"
)
_OPENERS = re.compile(_OPENING_WORDS)


def _alternatives(words: str) -> list[str]:
    """Those of a pattern, those in its groups left together."""
    return re.split(r"\|(?![^(]*\))", words)


def _first_characters(words: str) -> frozenset[str]:
    """What the alternatives of a pattern begin with: a look at one character spares most sentences the rest."""
    return frozenset("".join([re.match(r"\[[^\]]+\]|.", word)[0] for word in _alternatives(words)]))  # type: ignore[index]


def _by_first(words: str) -> str:
    """The alternatives *words* as a pattern that looks at each first character once: 加(?:快|强)."""
    rests: dict[str, list[str]] = {}
    for word in _alternatives(words):
        rests.setdefault(word[0], []).append(word[1:])
    branches = [f"{first}(?:{'|'.join(rest)})" for first, rest in rests.items()]
    return f"(?:{'|'.join(branches)})"


def _leading(words: str) -> str:
    """The same that begins with a class of those first characters, so that a search skips to them: [加增](?:(?<=加)快|…)."""
    rests: dict[str, list[str]] = {}
    for word in words.split():
        rests.setdefault(word[0], []).append(word[1:])
    branches = [f"(?<={first})(?:{'|'.join(rest)})" for first, rest in rests.items()]
    return f"[{''.join(rests)}](?:{'|'.join(branches)})"


_OPENING = _first_characters(_OPENING_WORDS)
_COPULA = re.compile(both(r"^.{1,24}?(?<![就但只要凡还总于])是.{2,}"))

_ADVERBS = (
    r"前瞻|超前|积极稳妥|因地制宜|千方百计|多措并举|用心用情(?!用力)|用情用力|毫不放松|毫不松懈|毫不动摇|坚定不移|坚持不懈|持之以恒|综合施策|一体|纵深|系统|有序|有效|高标准|高质量|高水平|高起点|高效|大力度|全方位|多渠道"
    r"|加快|大力|积极|着力|全力|持续|深入|扎实|切实|坚决|努力|全面|不断|进一步|稳步|有力|精准|主动|认真|稳妥|奋力|聚力|加力|倾力|倾心|精心|用心|全心|更加|严格|充分|继续|统筹|协同|优先|狠抓|强力|从严|始终|要|必须|更好|深度|科学|依法|逐步|尽快|牢牢"
)
_VERBS = r"稳(?:就业|增长|投资|外贸|企业|预期)|促(?:增收|就业|消费|转型)|扩(?:内需|投资|消费)|抓(?:项目|产业|投资|招商)|惠民生|防风险|补短板|强基础|优环境|加快|加大|推进|推动|推出|深化|实施|开展|坚持|强化|加强|提升|提高|提振|优化|完善|建设|打造|培育|壮大|做强|做优|做大|做实|做美|做好|做精|扩大|激发|落实|健全|促进|保障(?!能力|水平|体系)|改善|巩固|拓展|拓宽|统筹|构建|筑牢|守牢|守住|抓好|抓实|抓牢|抓紧|办好|用好|管好|建好|建强|发展(?!基础|环境|质量|动能|活力|后劲|空间|格局|态势|动力|势头|成果)|创新(?!能力|活力|动能|平台|载体|成果|主体|生态|创业|动力|驱动发展)|繁荣|丰富|整治|治理(?!能力|水平|体系|效能)|防范|化解|维护|守护|保护|修复|打赢|打好|打通|织密|补齐|补强|兜牢|扛牢|扛起|严守|坚守|坚定|严格|严查|严把|解决|搭建|引进|引育|盘活|释放|集聚|聚焦|突出|发挥|支持|服务(?!业|配套|体系|能力|水平|质量|效能|功能|环境)|承接|融入|对接|攻坚|突破|增强|夯实|稳定|稳住|保持|确保|转变|改进|规范|厚植|畅通|增进|激活|扮靓|拉大|拉开|织牢|扎牢|铸牢|树牢|夯牢|兜住|放大|深挖|挖掘|破解|提质|提速|加速|搞好|当好|锚定|牢记|扶优|扶强|培优|培大|创塑|高度重视|严肃|倡导|弘扬|传承|彰显|擦亮|塑造|树立|践行|恪守|厉行|永葆|锤炼|锻造|汇聚|凝聚|构筑|营造|开创|开拓|跨出|找准|瞄准|紧盯|抢抓|谋划|布局|引导|鼓励|培植|精细|改造|绿化|增加|减轻|降低|淘汰|升级|改革|调整|整合|理顺|放活|搞活|让|把|以(?!旧换新)|向(?!海)|在"
# 服务业提质增效, 创新能力不断增强: nouns that begin like a verb are subjects.
_ADVERB = both(_by_first(_ADVERBS))
_OPENING_ADVERB, _OPENING_VERB = re.compile(_ADVERB), re.compile(both(_by_first(_VERBS)))
_ADVERBIAL, _VERBAL = _first_characters(both(_ADVERBS)), _first_characters(both(_VERBS))


def _orders(words: str) -> bool:
    """Whether *words* begin with a verb, with an adverb and a verb, or with two adverbs."""
    first = words[:1]
    if first in _VERBAL and _OPENING_VERB.match(words):
        return True
    adverb = _OPENING_ADVERB.match(words) if first in _ADVERBIAL else None
    if adverb is None:
        return False
    at = adverb.end()
    then = words[at : at + 1]
    return (then in _VERBAL and _OPENING_VERB.match(words, at) is not None) or (
        then in _ADVERBIAL and _OPENING_ADVERB.match(words, at) is not None
    )


_PREDICATES = frozenset(
    any_of(
        "提升 提高 增强 改善 优化 推进 向好 提速 夯实 发展 稳定 加快 完善 巩固 显现 显著 明显 厚重 亮丽 迅猛 进展 成效 突破 升级 提档 提质 提效 增效 扩容 加强 健全 扎实 有力 深化 拓展 壮大 增长 加速 转型 活跃 繁荣 和谐 进步 领先 跨越 跃升 见效 落地 落实 高效 有序 有效 优美 精细 丰硕 成型 成果 向上 攀升 迸发 发力 扩大 共享 共进 融合 形成 高端 提标 凸显 释放 优良 扩面 振兴 传承 规范 集聚 达标 清零 平稳 稳健 更实 更强 更优 更高 更足 更好 更美 更浓 更稳 有进 新高 新貌 台阶 水平 强劲 加力 延伸 启动 实现 全覆盖 改观 到位 良好 回暖 回升 充分 充沛 活力 支撑 科学 民主 增加 成长 彰显 显效 进位 转化 好转 宜居 保障 健康 步伐 局面 篇章 纷呈 硕果 佳绩 复苏 增进 变化 坚实 稳固 面貌 起势 就绪 激发 扩张 加大 提振 强化 增收 赋能 满满 走实"
    ).split("|")
)
"""What is said of a subject, at the end of a sentence: words of two characters and of three, to be looked up."""
_EVERS = "持续 不断 更加 更 明显 显著 稳步 逐步 大幅 迅速 全面 进一步 越来越 日益 日趋 初步 基本 有序 有效 有力 加快 扎实 深入 纵深 蓬勃 强势"
_GOING_ON = rf"(?:{both(_EVERS.replace(' ', '|'))})[\u4e00-\u9fff]{{1,4}}$"
_STATES = re.compile(rf"(?!{_ADVERB})[\u4e00-\u9fff]{{2,}}{_GOING_ON}")
_GOES_ON = re.compile(rf"{both(_leading(_EVERS))}[\u4e00-\u9fff]{{1,4}}$")
_LONGEST_GOING_ON = 3 + 4
_EVER = re.compile(any_of(_EVERS))
_DONE = frozenset(any_of("完成 建成 投成 开工 竣工 投产 投用 通车 启用").split("|"))
"""What ends a work, not what a subject is like: “空心村”治理任务全面完成."""
# A class of all that it may begin with comes first, so that the search skips to that.
_SPECIFIC = re.compile(
    both(
        r"[等《》A-Za-z镇乡村路街桥河山湖公司厂园区期号馆院校获荣入列授建竣投开通揭第机综工学](?:(?<=[等《》])|(?<=[A-Za-z])[A-Za-z]"
        r"|(?<=机)场|(?<=综)保区|(?<=工)业园(?!区)|(?<=学)院"
        r"|(?<=[镇乡村路街桥河山湖公司厂园区期号馆院校])(?:建成|投入|完工|开工|竣工|通车|启用|揭牌|获|入选)"
        r"|(?<=获)评|(?<=荣)获|(?<=入)选|(?<=列)入|(?<=授)予|(?<=建)成|(?<=竣)工|(?<=投)产|(?<=开)工|(?<=通)过验收|(?<=揭)牌"
        r"|(?<=第)[一二三四五六七八九十])"
    )
)


_UNSEEN: Final = object()


class Sentence:
    """One sentence of a paragraph, with what its words alone tell about its being a heading."""

    __slots__ = ("_said", "commas", "end", "numbers", "opener", "plain", "start", "title")

    def __init__(self, start: int, end: int, title: str, plain: str, commas: int, numbers: bool) -> None:
        self.start = start
        """Index in the line's text."""
        self.end = end
        """Behind its final mark."""
        self.title = title
        """Without the final mark."""
        self.plain = plain
        """The title with quoted names shortened to one character, and without note marks: they make headings no longer."""
        self.commas = commas
        """In `plain`."""
        self.numbers = numbers
        """Whether it states a figure; figures inside quoted names (“12345”战略) are names."""
        self._said: Any = _UNSEEN
        self.opener = title[0] in _OPENING and _OPENERS.match(title) is not None
        """Whether it opens like a statement."""

    @property
    def copula(self) -> bool:
        """X是Y: a statement about X."""
        return "是" in self.plain and _COPULA.match(self.plain) is not None and not self.verbal

    @property
    def verbal(self) -> bool:
        """Whether it starts with a verb (加快发展新兴服务业)."""
        return _orders(self.title)

    @property
    def saying(self) -> bool:
        """
        Whether it is a proverb of two halves, equally long or with words in common, that neither order nor state anything.

        民之所盼，政之所向; 人不负青山，青山定不负人.
        """
        title = self.title
        if len(title) > 24 or self.verbal:
            return False
        halves = _COMMA.split(title)
        return (
            len(halves) == 2
            and (len(halves[0]) == len(halves[1]) <= 8 or _common(*halves))
            and halves[0][-2:] not in _PREDICATES
            and halves[0][-3:] not in _PREDICATES
            and not _orders(halves[1])
            and self.orders is None
        )

    @property
    def orders(self) -> bool | None:
        """
        Whether it orders (加快发展…) or states: what it ends in is said of its subject (产业结构持续优化). ``None`` if neither is seen.

        创新载体不断夯实 begins with a word that can be a verb, and states.
        """
        if self._said is _UNSEEN:  # asked again by every rule that compares sentences
            self._said = self._says()
        return self._said  # type: ignore[no-any-return]

    def _says(self) -> bool | None:
        title = self.title
        if title[-1] in "”」":
            title = title.rstrip("”」")
        stated = title[-2:] in _PREDICATES or title[-3:] in _PREDICATES
        if self.verbal:
            return not (stated and _EVER.search(self.title, 2) and _STATES.search(self.title))
        if stated or (
            _GOES_ON.search(title, max(0, len(title) - _LONGEST_GOING_ON))
            and title[-2:] not in _DONE
            and _STATES.search(title)
        ):
            return False
        return None

    @property
    def specific(self) -> bool:
        """Whether it names one place, prize or work."""
        return _SPECIFIC.search(self.plain) is not None


def _common(a: str, b: str) -> bool:
    """Whether two words of one sentence hold two characters in a row in common."""
    return any(a[i : i + 2] in b for i in range(len(a) - 1))


def is_even(text: str, start: int = 0) -> bool:
    """Whether one 。 and nothing else stands between the sentences of ``text[start:]``: what lies between are their titles."""
    return not (
        text[start] in _SKIPPED
        or "！" in text
        or "？" in text
        or "!" in text
        or "?" in text
        or _UNEVEN.search(text, start)
    )


class Sentences:
    """
    The sentences of ``text[start:]``, each made when it is asked for: most are too long to be looked at.

    *even* says whether the text `is_even`. A final mark without text before it belongs to the sentence before.
    """

    __slots__ = ("_ends", "_made", "_text", "around", "sizes", "starts")

    def __init__(self, text: str, start: int, even: bool) -> None:
        self.sizes: list[int]
        """Of each, with its marks."""
        self.starts: list[int]
        """Where each begins."""
        self.around: int
        """How much of that the marks may be."""
        self._text = text
        self._made: dict[int, Sentence] = {}
        if even:  # no pattern needs to look at each character
            self.around = 1
            self.sizes = [len(words) + 1 for words in text[start:].split("。")]
            self.sizes[-1] -= 1
            if not self.sizes[-1]:
                self.sizes.pop()
            self.starts = list(accumulate(self.sizes, initial=start))
            self._ends = self.starts[1:]
        else:
            self.around = _MOST_MARKS
            spans = [match.span() for match in _SENTENCE.finditer(text, start)]
            self.starts = [a for a, _ in spans]
            self._ends = [b for _, b in spans]
            self.sizes = [b - a for a, b in spans]

    def __len__(self) -> int:
        return len(self.sizes)

    def __getitem__(self, k: int) -> Sentence:
        made = self._made.get(k)
        if made is None:
            made = self._made[k] = _sentence(self._text, self.starts[k], self._ends[k])
        return made

    def longer(self, k: int, size: int) -> bool:
        """Whether the title of sentence *k* has more than *size* characters."""
        return self.sizes[k] > size + self.around or len(self[k].title) > size

    def shorter(self, k: int, size: int) -> bool:
        """Whether the plain title of sentence *k* has no more than *size* characters."""
        if self.sizes[k] > size + self.around and not self._abridged(k):
            return False
        return len(self[k].plain) <= size

    def numbers(self, k: int) -> bool:
        """Whether sentence *k* states a figure."""
        if _DIGIT.search(self._text, self.starts[k], self._ends[k]) is None:
            return False
        return not self._abridged(k) or self[k].numbers

    def _abridged(self, k: int) -> bool:
        """Whether the plain title of sentence *k* may be shorter than its title."""
        words = self._text[self.starts[k] : self._ends[k]]
        if "“" in words or '"' in words or "《" in words or "「" in words:
            return True
        return self.sizes[k] <= _NOTED + self.around and _NOTE.search(words) is not None


def sentences(text: str) -> list[Sentence]:
    """All sentences of a paragraph."""
    return [_sentence(text, *match.span()) for match in _SENTENCE.finditer(text)]


def first_sentence(text: str, start: int = 0, end: int | None = None) -> Sentence | None:
    """The first sentence of ``text[start:end]``."""
    match = _SENTENCE.search(text, start, len(text) if end is None else end)
    return _sentence(text, *match.span()) if match else None


def closed_sentence(text: str, longest: int, end: int | None = None) -> Sentence | None:
    """The first sentence of ``text[:end]``, if it ends in 。 and has no more than *longest* characters before that."""
    match = _BARE.match(text) if end is None else None
    if match:
        title = match[1]
        size = len(title)
        return Sentence(0, size + 1, title, title, 0, False) if size <= longest else None
    if text[0] not in _SKIPPED:
        stop = text.find("。", 0, longest + 1)
        if stop < 0:
            return None
        title = text[:stop]
        if end is None and title[-1] not in _BLANKS and text[stop + 1 : stop + 2] not in _FINALS:
            # one 。: nearly always
            if "！" in title or "？" in title or "!" in title or "?" in title:
                return None
            return _worded(0, stop + 1, title)
    s = first_sentence(text, 0, end)
    if s is None or len(s.title) > longest or not text.startswith("。", s.start + len(s.title), s.end):
        return None
    return s


def _sentence(text: str, start: int, end: int) -> Sentence:
    """The sentence that lies there."""
    last = end - 1
    if text[last] != "。" or text[last - 1] in _MARKS:
        last = end
        while (
            last > start + 1
            and text[last - 1] in _MARKS
            and (text[last - 1] not in _QUOTES or text[last - 2] in "。！？!?")
        ):
            last -= 1
    return _worded(start, end, text[start:last])


def _worded(start: int, end: int, title: str) -> Sentence:
    """The sentence of such a title: what signs it has is looked up once."""
    signs = _SIGN.findall(title)
    if _FIGURES_OR_QUOTES.isdisjoint(signs):
        return Sentence(start, end, title, title, len(signs), False)
    plain = title
    if len(title) <= _LONGEST and not _QUOTES_OPEN.isdisjoint(signs):
        plain = _QUOTED.sub("◇", title)
    if len(title) <= _NOTED and not _DIGITS.isdisjoint(signs):
        plain = _NOTE.sub("", plain) or title
    commas = _COMMA.findall(plain)
    return Sentence(start, end, title, plain, len(commas), _DIGIT.search(plain) is not None)


_NOTED = 80
"""Characters of a sentence beyond which no one looks for note marks: no heading is longer."""
_LONGEST = 300
"""Characters of a sentence beyond which no quotation makes it short: “““… without end stays linear."""
_MOST_MARKS = 16
"""Final marks and closing signs that may stand behind a title."""


_QUOTES = "”」』）)"
_BLANKS = " \u3000"
_MARKS = "。！？!?" + _BLANKS + _QUOTES
_FINALS = frozenset("。！？!?" + _QUOTES)
"""What may stand behind the 。 of a sentence and belong to it."""
_SKIPPED = "。！？!?\xa0" + _BLANKS
"""What may stand before the first word of a sentence."""


@frozen
class LeadSentence:
    """Proposes every short sentence of a paragraph; which of them are leads, the paragraphs around decide."""

    name: str = "lead"

    def detect(self, line: Line, /) -> Iterable[Candidate]:
        """One candidate for every sentence of 4 to 70 characters that ends in 。."""
        for s in sentences(line.text):
            if 4 <= len(s.title) <= 70 and line.text[s.end - 1] == "。":
                yield new_candidate(
                    self.name,
                    (s.start, s.start + len(s.title)),
                    None,
                    None,
                    Form.INLINE if s.start else Form.RUNIN,
                    100,
                    Kind.ITEM,
                    0.5,
                    "a short sentence that names what follows",
                )
