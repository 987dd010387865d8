"""
Lead sentences: the short sentence that names a paragraph (产业结构持续优化。…), the commonest heading of all.

This module looks at one sentence: could it name a paragraph, and what is its shape? Whether it does, the paragraphs
around it decide (`zfreport.paragraphs`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from attrs import frozen

from ..layout import Line
from ..nodes import Form, Kind
from .model import Candidate

__all__ = ["LeadSentence", "Sentence", "first_sentence", "sentences"]

_SENTENCE = re.compile(r"[^。！？!?]+(?:[。！？!?]+[”」』）)]*|$)")
_DIGIT = re.compile(r"[0-9０-９]")
_QUOTED = re.compile(r"[“\"「《][^”\"」》]*[”\"」》]")
_COMMA = re.compile(r"[，,；;：:]")

# Words that open a statement, not a heading: they point at a time, at the audience or at what was said before.
_OPENERS = re.compile(
    r"各位|同志|今年|明年|去年|当前|當前|目前|现在|現在|同时|同時|此外|另外|其中|我代表|在此|过去|過去|刚刚|剛剛|回顾|回顧|回首|展望|总之|這些|这些|上述|以上|对此|對此|为此|為此|实践|實踐|事实|事實|但|也|更|而|特别|特別|下面|一年来|一年來|五年来|五年來|全年|年内|预计|預計|面对|面對|围绕|圍繞|根据|根據|按照|随着|隨著|经过|經過|主要|具体|具體|重点做|重點做|我们要|我們要|让我们|讓我們|我市|我县|我區|我区|我省|全市地区|全县地区|全省地区"
)
_COPULA = re.compile(r"^.{1,24}?(?<![就但只要凡还還总總于於])是.{2,}")

_ADVERB = (
    r"(?:积极稳妥|積極穩妥|因地制宜|千方百计|千方百計|多措并举|多措並舉|用心用情|用情用力|毫不放松|毫不松懈|毫不动摇|坚定不移|堅定不移|坚持不懈|持之以恒|综合施策|一体|一體|纵深|縱深|系统|系統|有序|有效|高标准|高標準|高质量|高質量|高水平|高起点|高效|大力度|全方位|多渠道"
    r"|加快|大力|积极|積極|着力|著力|全力|持续|持續|深入|扎实|紮實|切实|切實|坚决|堅決|努力|全面|不断|不斷|进一步|進一步|稳步|穩步|有力|精准|精準|主动|主動|认真|認真|严格|嚴格|充分|继续|繼續|统筹|統籌|协同|協同|优先|優先|狠抓|强力|強力|从严|從嚴|始终|始終|要|必须|必須|更好|深度|科学|科學|依法|逐步|尽快|牢牢)"
)
_VERB = r"(?:加快|推进|推進|推动|推動|深化|实施|實施|开展|開展|坚持|堅持|强化|強化|加强|加強|提升|提高|提振|优化|優化|完善|建设|建設|打造|培育|壮大|壯大|做强|做強|做优|做優|做大|做实|做實|做美|做好|做精|扩大|擴大|激发|激發|落实|落實|健全|促进|促進|保障|改善|巩固|鞏固|拓展|拓宽|统筹|統籌|构建|構建|筑牢|築牢|守牢|守住|抓好|抓实|抓牢|抓紧|办好|辦好|用好|管好|建好|建强|发展|發展|创新|創新|繁荣|繁榮|丰富|豐富|整治|治理|防范|防範|化解|维护|維護|保护|保護|修复|修復|打赢|打贏|打好|打通|织密|織密|补齐|補齊|补强|兜牢|扛牢|扛起|严守|嚴守|坚守|堅守|坚定|堅定|严格|嚴格|严查|嚴查|严把|嚴把|解决|解決|搭建|引进|引進|引育|盘活|盤活|释放|釋放|集聚|聚焦|突出|发挥|發揮|支持|服务|服務|承接|融入|对接|攻坚|攻堅|突破|增强|增強|夯实|夯實|稳定|穩定|稳住|保持|确保|確保|转变|轉變|改进|改進|规范|規範|严肃|倡导|弘扬|传承|傳承|彰显|彰顯|擦亮|塑造|树立|樹立|践行|踐行|恪守|厉行|厲行|永葆|锤炼|锻造|汇聚|凝聚|构筑|構築|营造|營造|开创|開創|开拓|拓展|跨出|找准|瞄准|紧盯|緊盯|抢抓|搶抓|谋划|謀劃|布局|引导|引導|鼓励|鼓勵|培植|精细|改造|绿化|增加|减轻|降低|淘汰|升级|改革|调整|調整|整合|理顺|放活|搞活|让|讓|把|以|向|在)"
_VERB_FIRST = re.compile(rf"{_ADVERB}{{0,3}}{_VERB}|{_ADVERB}{{2,3}}")
_PREDICATE = re.compile(
    r"(?:提升|提高|增强|增強|改善|优化|優化|推进|推進|向好|提速|夯实|夯實|发展|發展|稳定|穩定|加快|完善|巩固|鞏固|显现|顯現|显著|顯著|明显|明顯|厚重|亮丽|迅猛|进展|進展|成效|突破|升级|升級|提档|提檔|提质|提質|提效|增效|扩容|擴容|加强|加強|健全|扎实|紮實|有力|深化|拓展|壮大|壯大|增长|增長|加速|转型|轉型|活跃|活躍|繁荣|繁榮|和谐|和諧|进步|進步|领先|領先|跨越|跃升|躍升|见效|見效|落地|落实|落實|高效|有序|有效|优美|優美|精细|精細|丰硕|豐碩|成型|成果|向上|攀升|迸发|发力|發力|扩大|擴大|共享|共进|融合|形成|高端|提標|提标|凸显|凸顯|释放|釋放|优良|扩面|振兴|传承|规范|集聚|达标|清零|平稳|平穩|稳健|更实|更强|更強|更优|更優|更高|更足|更好|更美|更浓|更稳|有进|有進|新高|新貌|台阶|臺階|水平|强劲|強勁|加力|延伸|启动|啟動|实现|實現|全覆盖|改观|到位|良好|回暖|回升|充分|充沛|活力|支撑|科学|民主|增加|成长|彰显|顯效|显效|进位|转化|好转|好轉|宜居|保障|规范|健康)$"
)
_STATES = re.compile(
    rf"(?!{_ADVERB})[\u4e00-\u9fff]{{2,}}(?:持续|持續|不断|不斷|更加|更|明显|明顯|显著|顯著|稳步|穩步|全面|进一步|進一步|越来越|越來越|日益|日趋|初步|基本|有序|有效|有力|加快|扎实|紮實|深入|纵深|縱深|蓬勃|强势)[\u4e00-\u9fff]{{1,4}}$"
)
_SPECIFIC = re.compile(
    r"等|《|》|[A-Za-z]{2,}|[镇鎮乡鄉村路街桥橋河山湖公司厂廠园区期号號馆館院校]{1}(?:建成|投入|完工|开工|開工|竣工|通车|通車|启用|啟用|揭牌|获|獲|入选)|获评|荣获|入选|列入|授予|建成|竣工|投产|开工|通过验收|揭牌|第[一二三四五六七八九十]"
)


@frozen
class Sentence:
    """One sentence of a paragraph, with what its words alone tell about its being a heading."""

    start: int
    """Index in the line's text."""
    end: int
    """Behind its final mark."""
    title: str
    """Without the final mark."""

    @property
    def plain(self) -> str:
        """The title with quoted names shortened to one character: they make headings no longer."""
        title = self.title
        if "“" in title or '"' in title or "《" in title or "「" in title:
            return _QUOTED.sub("◇", title)
        return title

    @property
    def commas(self) -> int:
        return len(_COMMA.findall(self.plain))

    @property
    def numbers(self) -> bool:
        """Whether it states a figure; figures inside quoted names (“12345”战略) are names."""
        return bool(_DIGIT.search(self.plain))

    @property
    def opener(self) -> bool:
        """Whether it opens like a statement."""
        return bool(_OPENERS.match(self.title))

    @property
    def copula(self) -> bool:
        """X是Y: a statement about X."""
        return bool(_COPULA.match(self.plain)) and not _VERB_FIRST.match(self.title)

    @property
    def verbal(self) -> bool:
        """Whether it starts with a verb (加快发展新兴服务业)."""
        return bool(_VERB_FIRST.match(self.title))

    @property
    def predicative(self) -> bool:
        """Whether it ends in what is said of its subject (产业结构持续优化)."""
        return bool(_PREDICATE.search(self.title.rstrip("”」")))

    @property
    def verbal_first(self) -> bool:
        """Whether it orders (加快发展…) rather than states: 创新载体不断夯实 begins with a word that can be a verb, and states."""
        return self.verbal and not (self.predicative and _STATES.search(self.title))

    @property
    def specific(self) -> bool:
        """Whether it names one place, prize or work."""
        return bool(_SPECIFIC.search(self.plain))


def sentences(text: str, start: int = 0) -> list[Sentence]:
    """The sentences of ``text[start:]``; a final mark without text before it belongs to the sentence before."""
    found = []
    for match in _SENTENCE.finditer(text, start):
        s = _sentence(text, *match.span())
        if s is not None:
            found.append(s)
    return found


def first_sentence(text: str, start: int = 0, end: int | None = None) -> Sentence | None:
    """The first sentence of ``text[start:end]``."""
    match = _SENTENCE.search(text, start, len(text) if end is None else end)
    return _sentence(text, *match.span()) if match else None


def _sentence(text: str, a: int, b: int) -> Sentence | None:
    while a < b and text[a] in " 　\xa0":
        a += 1
    end = b
    while (
        end > a and text[end - 1] in _MARKS and (text[end - 1] not in _QUOTES or text[end - 2] in "。！？!?")
    ):
        end -= 1
    return Sentence(a, b, text[a:end]) if end > a else None


_QUOTES = "”」』）)"
_MARKS = "。！？!? 　" + _QUOTES


@frozen
class LeadSentence:
    """Proposes every short sentence of a paragraph; which of them are leads, the paragraphs around decide."""

    name: str = "lead"

    def detect(self, line: Line, /) -> Iterable[Candidate]:
        """One candidate for every sentence of 4 to 70 characters that ends in 。."""
        for s in sentences(line.text):
            if 4 <= len(s.title) <= 70 and line.text[s.end - 1] == "。":
                yield lead_candidate(s)


def lead_candidate(s: Sentence) -> Candidate:
    """The candidate that a sentence makes."""
    return Candidate(
        "lead",
        (s.start, s.start + len(s.title)),
        None,
        None,
        Form.INLINE if s.start else Form.RUNIN,
        100,
        Kind.ITEM,
        0.5,
        "a short sentence that names what follows",
    )
