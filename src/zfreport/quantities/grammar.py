"""
The one pattern that finds whatever may be a quantity. Spans only, no values: `zfreport.quantities.read` gives those.

Its shape is dictated by speed (``benchmarks/quantities.py``): stdlib `re`, one character class first, so that sre can skip to it,
then a lookbehind that tells Arabic from Chinese; units as a trie, once; every repeat possessive or capped and,
where failing would make the engine start again at the next character, guarded so that it starts once a run. What is
optional is a branch, ``(?:…|)``, that begins with a class or a look at the next character: sre allocates for a repeated
group, even one that is only optional, and needs no more than that look to leave a branch. Nothing after the number can
fail, so that no branch is ever taken back.

There are two groups, the number and what follows it, for those who split a text by the pattern.

A match is a chain ``number scale unit qualifier (joint number scale unit qualifier)*``, where a joint is a sign of range
or ratio. Whether the chain is one range, one ratio, several quantities or a serial number is for `read` to say.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from ..numerals import ARABIC_DIGITS, CHINESE_DIGITS
from ..units import UnitTable
from ..vocab import read_table, widen

__all__ = ["CHINESE", "quantity_pattern"]

CHINESE: Final = CHINESE_DIGITS + "十百千万萬亿億廿卅几幾"
"""What a Chinese numeral is made of, 几 included. 数 is not: it begins 数字 and 数据 and is taken only before a multiplier."""
_SPACE = "[ \u00a0\u2002\u2003\u2009\u202f\u3000]"
_COMMA = "[,，" + _SPACE[1:]
_D = f"[{ARABIC_DIGITS}]"
_Z = f"[{CHINESE}]"
_BIG = "[百千万萬亿億]"
_CAPITALS = "壹贰貳叁叄肆伍陆陸柒捌玖"
_POINT = "[.．·・•﹒‧∙]"
_JOINTS = r"\-－﹣–—―~～〜─至到比:：∶︰﹕/／"
_JOINT = rf"(?:{_SPACE}?[{_JOINTS}]{{1,2}}+{_SPACE}?)"
_BARE_BEFORE = "近上超逾过過破约約于於达達有"
"""After these, a multiplier may stand alone without a unit: 近千万知识青年, 突破万亿."""
_DENOMINATORS = (
    "人·月 人 日 天 月 年 户 亩 吨 公斤 斤 千克 克 平方米·月 平方米 平方公里 立方米 千瓦时 千瓦 度 次 小时 分钟 秒 升 公里 万元 元 个 台 辆 件 头 家 张 床 "
    "m³ m3 m2 ㎡ kWh h 百平方公里 百亿元 千亿元 亿元 百万元 10万人 10万 万人 千人 百人 十万 万 班 生 村 校 公顷 米 株 只 套 间 车 站 天 夜 趟 项 课时"
).split()

_ARABIC = (
    rf"(?<={_D}){_D}*+"
    # 18，000 and the gaps of damaged copies: 3 000; then digit by digit: 1 9 9 3, 2 5 0亿
    rf"(?:{_COMMA}{_D}{{3}}(?!{_D})(?<!{_D}{{4}}.{{4}})(?:{_COMMA}{_D}{{3}}(?!{_D})){{0,11}}+"
    rf"|{_SPACE}{_D}(?!{_D})(?<!{_D}{{2}}.{{2}})(?:{_SPACE}{_D}(?!{_D})){{0,14}}+(?={_SPACE}?(?:{_POINT}|[%％‰]|[^\x00-\u2fff\s、。，：；！？（）０-９]))|)"
    # 9．8, 2 · 17亿; not "1. 57万", which may be the first item of a list
    rf"(?:{_POINT}{_D}++|{_SPACE}{_POINT}{_SPACE}{_D}++|)"
)


def _qualifiers_after() -> tuple[str, str]:
    """The first characters of the qualifiers that stand after a quantity, and the pattern of them all."""
    rows = sorted(
        (r for r in read_table("qualifiers") if r["where"] == "after"), key=lambda r: -len(r["form"])
    )
    firsts = "".join(dict.fromkeys(widen(r["form"][0]).strip("[]") for r in rows))
    words = [
        widen(
            (f"(?<={r['only']})" if r["only"] else "")
            + r["form"]
            + (f"(?!{r['unless']})" if r["unless"] else "")
        )
        for r in rows
    ]
    return firsts, f"(?=[{firsts}])(?:{'|'.join(words)})"


@lru_cache(maxsize=16)
def quantity_pattern(units: UnitTable) -> re.Pattern[str]:
    """
    The compiled scan for *units*.

    Every digit run of a text lies in a match. A Chinese numeral of one character matches only before a unit.
    """
    firsts = "".join(units.first_characters())
    # 八十万千瓦: 千 belongs to the unit; most are one character, and a look ahead spares them the repeat, for which sre allocates
    run = rf"(?=[{CHINESE}])(?:[{CHINESE.replace('千', '')}]|千(?![瓦伏卡焦升])){{1,31}}+"
    # 六五.六亿元, but 一.二〇二四年工作安排
    decimals = rf"(?:[点點·・．]|(?<=[{CHINESE_DIGITS}]{{2}})\.)[{CHINESE_DIGITS}]{{1,12}}+{_BIG}{{0,3}}+"
    of = widen("分之")
    # 一二一、一六五万: the thousands marks of the 1950s
    marked = rf"、[{CHINESE_DIGITS}]{{3}}(?=[^{CHINESE_DIGITS}、])"
    # 三个, 三·五, 三到五千万元; a single character otherwise begins a word (三农, 百姓)
    single = rf"(?={_SPACE}?[{firsts}余餘多来來]|{of}|{decimals}|{marked}|{_JOINT}[{ARABIC_DIGITS}{CHINESE}])"
    zs = CHINESE + "数數"
    # one look at the next character spares most words the rest
    goes_on = rf"(?=[{zs}{firsts}余餘多来來点點分·・．.、 \u00a0\u2002\u2003\u2009\u202f\u3000{_JOINTS}])"
    chinese = (
        rf"(?<=[{zs}])(?<![{zs}第].)"
        rf"(?:{goes_on}(?:(?<![数數])(?:{run}|{single})|[十百千万萬亿億](?:{run}|{single}))"
        # 近千万知识青年; the second end of a range: 百分之四到五
        rf"|(?<=[{_BARE_BEFORE}]{_BIG})|(?<=[-—–~～至到比]{_Z}))"
        rf"(?:{of}[负負]?[{zs}]{_Z}{{0,15}}+|)"
        rf"(?:(?=、)(?<![{CHINESE}]{{4}})(?:{marked})++{_BIG}{{0,2}}+|)(?:{decimals}|)"
    )
    capital = rf"(?<=[{_CAPITALS}])(?<![{_CAPITALS}]{{2}})[{_CAPITALS}拾佰仟万萬亿億零]{{1,30}}+(?:[元圆圓][{_CAPITALS}角分]{{0,6}}+[整正]?)?+"
    more = widen("[余多来几](?!样|元化|层|功能|方面|边|渠)")
    scale = r"(?:[百千](?![瓦伏米克卡升赫帕焦分里])|十(?=[万萬亿億])|)[万萬]?+[亿億]?+"
    mixed = rf"(?:(?={_D})(?:(?<={_BIG}){_D}++(?:{_POINT}{_D}++|){scale}(?<={_BIG}))*+|)"
    broken = widen("个[多半余](?:月|小时|钟头|世纪|星期|百分点)")
    # 40微克每立方米; 投资3亿元每年 is no unit, so only what nothing but a density has below the line
    per = rf"(?:[/／](?:{'|'.join(widen(d) for d in _DENOMINATORS)})|每{widen('(?:立方米|平方米|平方公里|公顷|千瓦时|升)')})"
    measured = rf"(?:{broken}|{units.pattern()}(?:(?=[/／每])(?:{per}){{1,2}}+|))"
    # 24轮强降雨, 30个整体, 20兆瓦半直驱: the next word begins where these would end the number
    strong = widen("强(?=[，。、；,;）)的\\s]|$)")
    rest = widen(
        f"(?:(?<=[年月天时岁倍成番斤里个亩])半(?![年数导径])|多(?=[，。、；,;）)的\\s]|$)|余(?=[，。、；,;）)\\s]|$)|(?<=[%‰倍成]){strong}"
        "|(?<=[元圆年点])整(?=[，。、；,;）)\\s]|$)|级(?!别)|(?<=成)[一二三四五六七八九])"
    )
    months = rf"(?<=年)[零又]?(?:{_D}{{1,2}}|{_Z}{{1,2}})[个個]月"
    coins = rf"(?<=元)(?:{_D}|[一二两兩三四五六七八九])角(?:(?:{_D}|[一二两兩三四五六七八九])分)?"
    # 百分之四强, 百分之五十四强: a look back is of one length
    part = "(?:" + "|".join(f"(?<={of}{_Z * n})" for n in range(1, 5)) + ")"
    after_firsts, after = _qualifiers_after()
    tail = (
        rf"(?:(?=[余餘多来來几幾百千十万萬亿億{ARABIC_DIGITS}{_SPACE[1:]}){_SPACE}{{0,2}}+(?:{more}|){_SPACE}?+{scale}{mixed}(?:{more}(?:[万萬](?<=[百千]..)|)|)|)"
        rf"(?:{_SPACE}{{0,2}}+{measured}(?:(?=[半多余餘强強整级級零又{ARABIC_DIGITS}{CHINESE}])(?:{months}|{coins}|{rest})|)|{widen('级(?!别)')}(?<={_BIG}.)|{part}{strong}|)"
        rf"(?:(?=[（({after_firsts}{_SPACE[1:]}){_SPACE}?(?:[（(]含[^（）()]{{0,6}}+[）)]|){after}|)"
    )
    half = widen("(?<=半)(?:数|(?<=[过对一]半)(?![年月天径导小])|(?=[年小个天月倍世]))")
    doubled = widen("(?<=翻番)")
    lead = f"[{ARABIC_DIGITS}{CHINESE}数數半番{_CAPITALS}]"
    number = rf"(?:{_ARABIC}|{chinese}|(?<![{zs}])(?:{half}|{doubled}|{capital}))"
    return re.compile(_steady(f"({lead}{number})({tail})"))


_CLASS = re.compile(r"\[\^?\]?(?:[^\]\\]|\\.)*\]")
_REPEAT = re.compile(r"([?*+]|\{\d*,?\d*\})\+")


def _steady(pattern: str) -> str:
    """
    *pattern* with every possessive group as an atomic one, which means the same.

    Python 3.11.0 to 3.11.4 (Debian 12 has 3.11.2) lose their place in a possessive group that backtracks and find the
    same match for ever (python/cpython#106052); since 3.11.5 `re` itself compiles the one as the other.

    >>> _steady(r"(?:a|[)]b){0,2}+c++")
    '(?>(?:a|[)]b){0,2})c++'
    """
    out: list[str] = []
    opened: list[int] = []
    i = 0
    while i < len(pattern):
        sign = pattern[i]
        if sign == "\\":
            out.append(pattern[i : i + 2])
            i += 2
            continue
        if sign == "[":
            end = _CLASS.match(pattern, i).end()  # type: ignore[union-attr]
            out.append(pattern[i:end])
            i = end
            continue
        out.append(sign)
        i += 1
        if sign == "(":
            opened.append(len(out) - 1)
        elif sign == ")":
            start = opened.pop()
            repeat = _REPEAT.match(pattern, i)
            if repeat:
                out[start] = "(?>" + out[start]
                out.append(repeat[1] + ")")
                i = repeat.end()
    return "".join(out)
