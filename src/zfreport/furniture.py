"""
Lines that are not the report: page chrome, metadata of the page, watermarks, and the front matter by its role.

One line at a time; which lines are asked, and what follows from the answer, is decided by `zfreport.frame`.
"""

from __future__ import annotations

from .headings.wording import REPORT_TITLE
from .nodes import BlockRole
from .vocab import LETTER, any_of, both, forms, late

__all__ = [
    "CAPTION",
    "SALUTATION",
    "SPEAKS",
    "front_role",
    "is_caption",
    "is_furniture",
    "is_salutation",
    "is_tail",
    "opens",
    "salutes",
]

SALUTATION = late(
    r"(?:各?位(?:人大)?(?:代表|委员|主任|同志|领导)(?:[、，,]?(?:各位)?(?:同志们?|同志们|委员|代表|来宾|朋友们?|列席人员))*|同志们|主席(?:女士|先生)?|主任)\s*[：:！!，,∶︰﹕。]?",
    both,
)
_OPENING = late(
    r"(?:(?:各位代表[：:，,！!]?)?\s*(?:现在|下面)?[，,]?\s*)?(?:请允许)?(?:我(?:受|代表|谨代表)|(?:受|根据)\S{2,30}(?:委托)|由我)",
    both,
)
_REPORTS = late("报告 审议 审查", any_of)
_REPORTING = 142
"""Characters in which an opening formula has one of these words."""
_SESSION = late(
    r"(?:[（(—―\-–]{0,3}\s*)?(?:.{0,24}[12二一][\d0-9０-９〇○零一二三四五六七八九十xX×\*\s]{3,7}年.{0,14}日.{0,6})?(?:在|于)?.{0,44}?(?:人民代表大会|人大(?:工委|常委会)?|全国人大|代表大会|届.{0,6}次会议).{0,34}[）)。]?",
    both,
)
_DATE = late(
    r"[（(]?\s*(?:[12][\d\s]{3,6}|[一二][〇○零0０一二三四五六七八九]{3}|二\S{0,3})\s*年\s*[\d０-９一二三四五六七八九十]{1,3}\s*月\s*[\d０-９一二三四五六七八九十]{1,3}\s*日\s*[）)]?",
    both,
)
_OFFICE = r"(?:代理?|副)?(?:国务院)?(?:总理|省长|市长|区长|县长|旗长|州长|盟长|乡长|镇长|主席|专员|行政长官|特首|主任)"
_BYLINE = late(
    rf"(?:.{{0,24}}?(?:人民政府|政府|委员会)?\s*)?{_OFFICE}(?:&nbsp;?|[\s?？])*(?:{LETTER}|[\s.?]|[·•]|？){{0,16}}(?:同志)?",
    both,
)
CAPTION = late(
    r".{0,40}(?:作政府工作报告|摄影?[）)]?$|摄$|记者[\s\u3000]*\S{2,10}\s*摄?$|通讯员)|[（(][^（）()]{0,20}(?:鼓掌|掌声)[^（）()]{0,10}[）)]",
    both,
)
_META = late(
    r"来源URL\s*[：:].{0,380}|(?:[•·\s]*)(?:(?:发布|成文|更新|生成|印发|公开|信息|录入|添加|创建)?(?:时间|日期|机构|单位|机关|范围|方式)|来源|作者|索引号|文号|文件编号|有效性|主题词|关键[词字]|关键字|发文(?:单位|时间|字号)|信息索引号|公文时效|标题|标\s*题|名\s*称|报告人|责任编辑|编辑|浏览次数|浏览量|阅读(?:量|次数)?|点击(?:数|量|率)?|访问量|字[号体]|主题分类|体裁分类|组配分类|发布人|审核人?|主办单位|分类)\s*[：:].{0,80}"
    r"|.{0,20}(?:浏览次数|阅读次数|索引号|字号|字体|打印|来源)[：:].{0,60}",
    both,
)
_STAMP = late(
    r"(?:19|20)\d{2}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?(?:\s*(?:来源|作者|点击|浏览).{0,40})?",
    both,
)
_CHROME_WORDS = (
    "下载|打印|全屏|收藏|加大|还原|减小|首页|大|中|小|[|]|EN|>|>>|＞|»|×|返回顶部|关闭窗口|关闭|分享|纠错|登录|注册|设为首页|加入收藏|无障碍|长者模式|繁體中文|简体中文|网站地图|联系我们|关于我们"
    "|QQ空间|新浪微博|人人网|开心网|百度空间|和讯|天涯社区|微信|微博|QQ|标签云|工作报告|上一篇|下一篇|相关文章|相关报道|相关文档|相关链接|相关新闻|本栏最新|本栏推荐|阅读排行|热门文章|推荐阅读|正文|当前位置|您的位置|内容摘要|内容提要"
)
_CHROME = late(
    rf"(?:{_CHROME_WORDS})[：:】\s]*|[【\[][\s：:]*(?:打印|关闭|返回|收藏|大|中|小).{{0,20}}|[】\]]|(?:》》|>>).{{0,40}}"
    r"|Public domain.{0,80}|true|false|[-—–―]{1,2}\s?\d{1,3}\s?[-—–―]{0,2}|[a-f0-9]{24,}[：:]?|\d{2}-\d{2}|[\s·•.…—–_=*＊-]+|\d{1,9}|阅读[：:]?|评论[：:]?|[＊*]{1,3}"
    r"|[（(]完[）)]",
    both,
)
_CHROME_SAYS = late(
    r"[【\[]?\s*字[号体]\s*[：:].{0,30}|.{0,14}(?:当前位置|当前的位置|您的位置|所在位置)\s*[：:].{0,60}"
    r"|(?:较旧|较新|上|下)一?篇\s*[：:]?.{0,60}|.{0,10}分享(?:到|至)?[：:]?.{0,10}|.{0,6}扫一扫.{0,24}|.{0,30}(?:ICP备|公网安备|网站标识码|版权所有|Copyright|All rights reserved|技术支持|主办单位|承办单位).{0,60}"
    r"|.{0,20}(?:Flash Player|javascript|Adobe|浏览器).{0,40}|您访问的链接.{0,40}|您是第.{0,24}位访客.{0,10}|.{0,8}点击图片进入.{0,30}"
    r"|[（(]?\s*(?:责任编辑|责编|编辑|作者|校对|审核|来源|稿源|记者|签发|监制)\s*[：:].{0,40}|.{0,24}微信公众号.{0,30}|.{0,20}(?:马\s*克\s*数\s*据?\s*网|macrodatas).{0,40}"
    r"|.{0,10}相关(?:文章|报道|链接|新闻|阅读|附件|文件|解读)[：:]?.{0,30}|返回.{0,8}|.{0,30}(?:本页|打印此页|关闭窗口|收藏本站)】?.{0,10}"
    r"|.{0,24}(?:二维码)[）)]?|本(?:作品|文)(?:在|来自|转自).{0,60}|(?:区|县|市|省|镇)?\S{0,12}(?:秘书处|办公室)[\s\u3000\xa0]*[12]\d{3}年\d{1,2}月(?:\d{1,2}日)?",
    both,
)
"""… of which each has one of `_SIGNS` somewhere: dear to try, and quickly told."""
_TAIL_START = late(
    r"(?:上一篇|下一篇|较旧一篇|较新一篇|相关文章|相关报道|相关文档|相关链接|相关新闻|相关附件|扫一扫|分享到|责任编辑|[（(]责任编辑|[（(]?责编|编辑[：:]|》》|【?打印|【关闭|返回顶部|本栏最新|标签云|阅读排行|[（(]来源|Public domain|本作品|主办[：:]|网站标识码|版权所有|(?:免责|版权|特别|郑重)声明(?:[：:]|$)|您访问的链接|附件下载|关闭窗口|QQ空间|[（(]作者|[（(]记者|来源[：:]|收藏$)",
    both,
)


def _beginnings(words: str) -> str:
    """A regular expression for the first two characters of some words, each in a class: for little else, and in no time."""
    every = words.split()
    first = forms("".join([word[0] for word in every]))
    second = forms("".join([word[1:2] for word in every]))
    alone = forms("".join([word for word in every if len(word) == 1]))
    return f"[{''.join(first)}](?:[{''.join(second)}]|(?<=[{''.join(alone)}]))"


# What a line must look like for a pattern above to be worth its while: most lines are settled by one character.
SALUTES = forms("各位同主")
"""What a salutation begins with."""
_USUAL = frozenset(("各位代表：", "各位代表:"))
_OPENS = forms("各现下请我受根由") | frozenset("，,")
SPEAKS = SALUTES | _OPENS
"""What the first words of a speaker begin with."""
_ENDS_REPORT = forms("上下较相扫分责编打返本标阅主网版您附关来收免特郑") | frozenset("（(》【PQ")
_NAMES_CHROME = forms(
    "下打全收加还减首大中小返关分纠登注设无长繁简网联新人开百和天微标工上相本热推正当您阅评内"
)
_SIGNS = late(
    "位置 分享 一扫 一篇 上篇 下篇 较新 较旧 ICP 网安 站标 版权 Copyright rights 术支 办单 Flash javascript Adobe 浏览 您 击图 信公 马 macrodatas "
    "编 作者 校对 审核 来源 稿源 记者 签发 监制 相关 返回 本页 本作 本文 打印 闭窗 收藏 二维 秘书 公室 字号 字体",
    _beginnings,
)
"""What `_CHROME_SAYS`."""
_NAMES_META = late(r"[间期构位关围式源者号性词字效题称人辑数量率读击体类核印L]\s*[：:]", both)
"""What a label of `_META` ends in."""
_CAPTION_SIGNS = late("作政 摄 记者 通讯 掌", any_of)
_OFFICE_SIGNS = late("[理长席员官首任]", both)


def is_salutation(text: str) -> bool:
    """Whether a whole line is a salutation, however long: 各位代表，各位委员，同志们：."""
    return text[0] in SALUTES and (text in _USUAL or SALUTATION.fullmatch(text) is not None)


def salutes(text: str) -> bool:
    """Whether a whole line is a salutation of usual length: 各位代表：."""
    return text[0] in SALUTES and len(text) < 24 and is_salutation(text)  # most are asked no more


def opens(text: str) -> bool:
    """Whether a line begins with the opening formula: 现在，我代表市人民政府，向大会报告工作."""
    return (
        text[0] in _OPENS
        and _OPENING.match(text) is not None
        and _REPORTS.search(text, 0, _REPORTING) is not None
    )


def is_caption(text: str) -> bool:
    """Whether a whole line is the caption of a photo or a stage direction: （热烈鼓掌）."""
    return _CAPTION_SIGNS.search(text) is not None and CAPTION.fullmatch(text) is not None


def is_furniture(text: str) -> bool:
    """
    Whether a whole line is page chrome or metadata.

    >>> is_furniture("【字体："), is_furniture("上一篇："), is_furniture("一、2023年工作回顾")
    (True, True, False)
    """
    return _may_be_furniture(text) and (_is_chrome(text) or _is_metadata(text))


def _may_be_furniture(text: str) -> bool:
    size = len(text)
    return size < 120 or (size < 400 and "URL" in text[:40])


def _is_chrome(text: str) -> bool:
    # of what begins with a Chinese character, only words are worth to be looked up
    word = not "\u4e00" <= text[0] <= "\u9fff" or (
        text[0] in _NAMES_CHROME and (len(text) <= 8 or text[-1] in "：:】")
    )
    return (word and _CHROME.fullmatch(text) is not None) or (
        _SIGNS.search(text) is not None and _CHROME_SAYS.fullmatch(text) is not None
    )


def _is_metadata(text: str) -> bool:
    if text.startswith(("19", "20")) and _STAMP.fullmatch(text):
        return True
    return ("：" in text or ":" in text) and (
        _NAMES_META.search(text) is not None and _META.fullmatch(text) is not None
    )


def is_tail(text: str) -> bool:
    """Whether a line can only stand below a report: previous/next, related pages, licence boxes."""
    return text[0] in _ENDS_REPORT and len(text) < 120 and _TAIL_START.match(text) is not None


def front_role(text: str, before_salutation: bool = True) -> BlockRole:
    """
    What a line of the front matter is.

    >>> [str(front_role(x)) for x in ("政府工作报告", "——2024年1月16日在云溪县第五届人民代表大会第三次会议上", "代区长  武  凌")]
    ['title', 'session', 'byline']
    """
    size = len(text)
    if is_salutation(text):
        return BlockRole.SALUTATION
    if opens(text):
        return BlockRole.OPENING
    if size < 60 and is_caption(text) and not REPORT_TITLE.fullmatch(text):
        return BlockRole.CAPTION
    metadata = _is_metadata(text)
    if size < 60 and "告" in text and REPORT_TITLE.search(text) and not metadata and not _is_chrome(text):
        if text[0] in "—―-–" and _SESSION.fullmatch(text):
            return BlockRole.SESSION
        if text[-1] != "。" or "，" not in text:
            return BlockRole.TITLE
    if metadata:
        return BlockRole.METADATA
    # 河北省人大 is a site
    if 8 < size < 80 and (_names_session(text) or ("日" in text and _DATE.fullmatch(text))):
        return BlockRole.SESSION
    if _may_be_furniture(text) and _is_chrome(text):
        return BlockRole.FURNITURE
    if size < 40 and _OFFICE_SIGNS.search(text) and _BYLINE.fullmatch(text):
        return BlockRole.BYLINE
    if before_salutation and size <= 24 and _is_name(_after_day(text)):
        return BlockRole.BYLINE
    return BlockRole.FURNITURE


def _names_session(text: str) -> bool:
    return ("大" in text or "届" in text or "屆" in text) and _SESSION.fullmatch(text) is not None


def _after_day(text: str) -> str:
    """What stands behind a day: 2006年2月16日 武凌."""
    day = _DATE.match(text) if "日" in text else None
    return text[day.end() :].lstrip() if day else text


def _is_name(text: str) -> bool:
    """Two to six Chinese characters, spaced out or not: 武  凌, 艾力·江."""
    letters = "".join(text.split())
    return (
        2 <= len(letters) <= 6
        and letters[0] != "·"
        and all("\u4e00" <= c <= "\u9fff" or c == "·" for c in letters)
    )
