"""
Lines that are not the report: page chrome, metadata of the page, watermarks, and the front matter by its role.

One line at a time; which lines are asked, and what follows from the answer, is decided by `zfreport.frame`.
"""

from __future__ import annotations

import re

from .headings.wording import REPORT_TITLE
from .nodes import BlockRole
from .vocab import both

__all__ = ["CAPTION", "OPENING", "SALUTATION", "SESSION", "front_role", "is_furniture", "is_tail", "salutes"]

SALUTATION = re.compile(
    both(
        r"(?:各?位(?:人大)?(?:代表|委员|主任|同志|领导)(?:[、，,]?(?:各位)?(?:同志们?|同志们|委员|代表|来宾|朋友们?|列席人员))*|同志们|主席(?:女士|先生)?|主任)\s*[：:！!，,∶︰﹕。]?"
    )
)
OPENING = re.compile(
    both(
        r"(?=.{0,140}(?:报告|审议|审查))(?:(?:各位代表[：:，,！!]?)?\s*(?:现在|下面)?[，,]?\s*)?(?:请允许)?(?:我(?:受|代表|谨代表)|(?:受|根据)\S{2,30}(?:委托)|由我)"
    )
)
SESSION = re.compile(
    both(
        r"(?:[（(—―\-–]{0,3}\s*)?(?:.{0,24}[12二一][\d0-9０-９〇○零一二三四五六七八九十xX×\*\s]{3,7}年.{0,14}日.{0,6})?(?:在|于)?.{0,44}?(?:人民代表大会|人大(?:工委|常委会)?|全国人大|代表大会|届.{0,6}次会议).{0,34}[）)。]?"
    )
)
_DATE = re.compile(
    both(
        r"[（(]?\s*(?:[12][\d\s]{3,6}|[一二][〇○零0０一二三四五六七八九]{3}|二\S{0,3})\s*年\s*[\d０-９一二三四五六七八九十]{1,3}\s*月\s*[\d０-９一二三四五六七八九十]{1,3}\s*日\s*[）)]?"
    )
)
_OFFICE = r"(?:代理?|副)?(?:国务院)?(?:总理|省长|市长|区长|县长|旗长|州长|盟长|乡长|镇长|主席|专员|行政长官|特首|主任)"
_BYLINE = re.compile(
    both(
        rf"(?:.{{0,24}}?(?:人民政府|政府|委员会)?\s*)?{_OFFICE}[\s\u3000\xa0?？]*[\u4e00-\u9fff·•.\s\u3000\xa0?？]{{0,16}}(?:同志)?"
    )
)
_NAME = re.compile(r"[\u4e00-\u9fff](?:[\s\u3000\xa0]*[\u4e00-\u9fff·]){1,5}")
CAPTION = re.compile(
    both(
        r".{0,40}(?:作政府工作报告|摄影?[）)]?$|摄$|记者[\s\u3000]*\S{2,10}\s*摄?$|通讯员)|[（(][^（）()]{0,20}(?:鼓掌|掌声)[^（）()]{0,10}[）)]"
    )
)
_META = re.compile(
    both(
        r"来源URL\s*[：:].{0,380}|(?:[•·\s]*)(?:(?:发布|成文|更新|生成|印发|公开|信息|录入|添加|创建)?(?:时间|日期|机构|单位|机关|范围|方式)|来源|作者|索引号|文号|文件编号|有效性|主题词|关键[词字]|关键字|发文(?:单位|时间|字号)|信息索引号|公文时效|标题|标\s*题|名\s*称|报告人|责任编辑|编辑|浏览次数|浏览量|阅读(?:量|次数)?|点击(?:数|量|率)?|访问量|字[号体]|主题分类|体裁分类|组配分类|发布人|审核人?|主办单位|分类)\s*[：:].{0,80}"
        r"|(?:19|20)\d{2}[-/.年]\s?\d{1,2}[-/.月]\s?\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?(?:\s*(?:来源|作者|点击|浏览).{0,40})?"
        r"|.{0,20}(?:浏览次数|阅读次数|索引号|字号|字体|打印|来源)[：:].{0,60}"
    )
)
_CHROME_WORDS = (
    "下载|打印|全屏|收藏|加大|还原|减小|首页|大|中|小|[|]|EN|>|>>|＞|»|×|返回顶部|关闭窗口|关闭|分享|纠错|登录|注册|设为首页|加入收藏|无障碍|长者模式|繁體中文|简体中文|网站地图|联系我们|关于我们"
    "|QQ空间|新浪微博|人人网|开心网|百度空间|和讯|天涯社区|微信|微博|QQ|标签云|工作报告|上一篇|下一篇|相关文章|相关报道|相关文档|相关链接|相关新闻|本栏最新|本栏推荐|阅读排行|热门文章|推荐阅读|正文|当前位置|您的位置"
)
_CHROME = re.compile(
    both(
        rf"(?:{_CHROME_WORDS})[：:】\s]*"
        r"|[【\[]?\s*字[号体]\s*[：:].{0,30}|[【\[][\s：:]*(?:打印|关闭|返回|收藏|大|中|小).{0,20}|[】\]]"
        r"|.{0,14}(?:当前位置|当前的位置|您的位置|所在位置)\s*[：:].{0,60}"
        r"|(?:较旧|较新|上|下)一?篇\s*[：:]?.{0,60}|.{0,10}分享(?:到|至)?[：:]?.{0,10}|.{0,6}扫一扫.{0,24}|.{0,30}(?:ICP备|公网安备|网站标识码|版权所有|Copyright|All rights reserved|技术支持|主办单位|承办单位).{0,60}"
        r"|.{0,20}(?:Flash Player|javascript|Adobe|浏览器).{0,40}|您访问的链接.{0,40}|您是第.{0,24}位访客.{0,10}|(?:》》|>>).{0,40}|.{0,8}点击图片进入.{0,30}"
        r"|[（(]?\s*(?:责任编辑|责编|编辑|作者|校对|审核|来源|稿源|记者|签发|监制)\s*[：:].{0,40}|.{0,24}微信公众号.{0,30}|.{0,20}(?:马\s*克\s*数\s*据?\s*网|macrodatas).{0,40}"
        r"|Public domain.{0,80}|true|false|[-—–―]{1,2}\s?\d{1,3}\s?[-—–―]{0,2}|[a-f0-9]{24,}[：:]?|\d{2}-\d{2}|[\s·•.…—–_=*＊-]+|\d{1,9}|阅读[：:]?|评论[：:]?|.{0,10}相关(?:文章|报道|链接|新闻|阅读|附件|文件|解读)[：:]?.{0,30}|返回.{0,8}|.{0,30}(?:本页|打印此页|关闭窗口|收藏本站)】?.{0,10}|[＊*]{1,3}"
        r"|[（(]完[）)]|.{0,24}(?:二维码)[）)]?|本(?:作品|文)(?:在|来自|转自).{0,60}|(?:区|县|市|省|镇)?\S{0,12}(?:秘书处|办公室)[\s\u3000\xa0]*[12]\d{3}年\d{1,2}月(?:\d{1,2}日)?"
    )
)
_TAIL_START = re.compile(
    both(
        r"(?:上一篇|下一篇|较旧一篇|较新一篇|相关文章|相关报道|相关文档|相关链接|相关新闻|相关附件|扫一扫|分享到|责任编辑|[（(]责任编辑|[（(]?责编|编辑[：:]|》》|【?打印|【关闭|返回顶部|本栏最新|标签云|阅读排行|[（(]来源|Public domain|本作品|主办[：:]|网站标识码|版权所有|您访问的链接|附件下载|关闭窗口|QQ空间|[（(]作者|[（(]记者|来源[：:]|收藏$)"
    )
)


def salutes(text: str) -> bool:
    """Whether a whole line is a salutation: 各位代表：."""
    return len(text) < 24 and text[0] in "各同主位代人" and SALUTATION.fullmatch(text) is not None


def is_furniture(text: str) -> bool:
    """
    Whether a whole line is page chrome or metadata.

    >>> is_furniture("【字体："), is_furniture("上一篇："), is_furniture("一、2023年工作回顾")
    (True, True, False)
    """
    return (len(text) < 120 or (text[:40].find("URL") >= 0 and len(text) < 400)) and bool(
        _CHROME.fullmatch(text) or _META.fullmatch(text)
    )


def is_tail(text: str) -> bool:
    """Whether a line can only stand below a report: previous/next, related pages, licence boxes."""
    return bool(_TAIL_START.match(text)) and len(text) < 120


def front_role(text: str, before_salutation: bool = True) -> BlockRole:
    """
    What a line of the front matter is.

    >>> [str(front_role(x)) for x in ("政府工作报告", "——2024年1月16日在云溪县第五届人民代表大会第三次会议上", "代区长  武  凌")]
    ['title', 'session', 'byline']
    """
    if SALUTATION.fullmatch(text):
        return BlockRole.SALUTATION
    if OPENING.match(text):
        return BlockRole.OPENING
    if CAPTION.fullmatch(text) and len(text) < 60 and not REPORT_TITLE.fullmatch(text):
        return BlockRole.CAPTION
    if (
        len(text) < 60
        and REPORT_TITLE.search(text)
        and not _META.fullmatch(text)
        and not _CHROME.fullmatch(text)
    ):
        if SESSION.fullmatch(text) and text[:1] in "—―-–":
            return BlockRole.SESSION
        return BlockRole.TITLE
    if _META.fullmatch(text):
        return BlockRole.METADATA
    if len(text) < 80 and (SESSION.fullmatch(text) or _DATE.fullmatch(text)):
        return BlockRole.SESSION
    if is_furniture(text):
        return BlockRole.FURNITURE
    if len(text) < 40 and _BYLINE.fullmatch(text):
        return BlockRole.BYLINE
    if before_salutation and len(text) <= 12 and _NAME.fullmatch(text):
        return BlockRole.BYLINE
    return BlockRole.FURNITURE
