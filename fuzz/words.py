"""The words that fuzzed texts are made of: those of the genre that rules look at, and characters that break things."""

from __future__ import annotations

__all__ = ["HTML", "ROWS", "WORDS"]

CHARACTERS = "一二三四五六七八九十百千万亿零〇两半几多余约近年月日元吨人个家成倍番第至到、，。；：！？（）()【】《》“”—-–~～·•※.％%‰＋+/:0123456789０５①⑩㈠Ⅲ"
ODD = "\n|\r\n|\r|\t| |　|\f|\u2028|\ufeff|\0|\\n|\\r\\n|\ud800|😀|𠀀|\u202e|\u200b"
GENRE = """
各位代表 政府工作报告 一、 （一） 一是 1. 1、 ① —— 第一， 首先 附件： 名词解释 2023年工作回顾 2024年工作安排 今后五年 自身建设
地区生产总值 一般公共预算收入 规模以上工业增加值 固定资产投资 社会消费品零售总额 城镇新增就业 居民人均可支配收入 居民消费价格 城镇登记失业率
万元GDP能耗 PM2.5 进出口总额 其中 分别 均 同比 预计 目标 力争 确保 争取 达到 增长 下降 提高 提高到 增加了 降低 控制在 突破 超过 不低于 高于全国
以上 以下 以内 左右 上下 个百分点 亿元 万元 万亿元 万人 公里 万亩 平方米 户 项 倍 翻一番 三分之二 七成 十八届三中全会 “十四五” 12345热线 国发〔2022〕2号
5%—5.5% 8%左右 3% 1+6 同步 2.3:1 5.2:40.1:54.7 占 比重 完成上级下达任务 保持正增长 政府工作報告 億元 個百分點 發佈時間： 来源： 打印 关闭 字号 持续优化。 稳步提升。
20xx年 2024年1月18日 第十七届人民代表大会第三次会议 县长 感谢 各位代表！让我们
"""
WORDS = [*CHARACTERS, *ODD.split("|"), *GENRE.split()]
"""What a byte may stand for."""

TAGS = "html head title meta body div p br span a ul ol li table tr td th h1 h2 pre sup sub script style nav footer svg b".split()
HTML = [
    *(f"<{tag}>" for tag in TAGS),
    *(f"</{tag}>" for tag in TAGS),
    *"<p\x00 <!-- --> <![CDATA[ ]]> <!doctype html> <?xml ?> < > & &amp; &lt; &#20013; &#x1F600; &#0; &nbsp; &ensp; &bogus;".split(
        " "
    ),
    *'<a href="x"> <p style="display:none"> <div class="nav"> <td rowspan="3"> <td colspan="99999"> <ol start="7"> <li value="x">'.split(
        "> "
    ),
    *WORDS[::3],
]
"""What a byte stands for in a page."""

ROWS = [
    *'{ } [ ] : , " \\ \n \r\n \t \x00 null true 1e9 "text" "year" text,year 正文 年份 ""'.split(" "),
    *WORDS[::3],
]
"""What a byte stands for in a table of texts."""
