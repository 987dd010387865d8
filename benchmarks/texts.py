"""Reports built in code: the same bytes on every machine, and no two copies with the same numbers."""

from __future__ import annotations

import random
from functools import cache

_LEADS = """
工业运行稳中有进 农业基础更加巩固 服务业活力持续释放 项目建设蹄疾步稳 创新能力不断增强 改革攻坚纵深推进 开放水平稳步提高
城市功能日益完善 乡村面貌焕然一新 生态环境持续向好 就业形势总体稳定 教育事业均衡发展 卫生健康服务提质扩面 社会保障更加有力
文化惠民深入人心 平安建设成效显著
""".split()

_BODIES = """
规模以上工业增加值增长{d}%，净增规上企业{n}家，完成技改投资{d}亿元，占工业投资比重提高到{p}%以上。
粮食总产量达到{d}万吨，新建高标准农田{d}万亩，培育家庭农场{n}家，农产品加工转化率超过{p}%。
接待游客{n}万人次，实现旅游收入{d}亿元，分别增长{d}%和{d}%，限额以上零售额增长近两成。
实施亿元以上项目{n}个，总投资{n}亿元，开工率达到{p}%，到位资金同比增长{d}个百分点。
全社会研发投入占比提高{d}个百分点，新认定高新技术企业{n}家，技术合同成交额突破{n}亿元。
取消和下放行政审批事项{n}项，新登记市场主体{d}万户，企业开办时间压缩三分之二以上。
进出口总额{n}亿元，增长{d}%左右，实际利用外资{d}亿美元，中欧班列开行{n}列。
改造老旧小区{n}个，新增停车泊位{n}个，建成区绿化覆盖率达到{p}%，打通断头路十二条。
新改建农村公路{n}公里，自来水普及率提高到{p}%，一千三百余户危房改造全部完成。
PM2.5平均浓度下降{d}%，优良天数比率不低于{p}%，完成营造林{d}万亩，森林覆盖率{p}%。
城镇新增就业{n}人，城镇登记失业率控制在{d}%以内，发放创业担保贷款{d}亿元。
新建改建学校{n}所，新增学位{n}个，义务教育巩固率保持在{p}%以上，招聘教师{n}名。
每千人口床位数达到{d}张，家庭医生签约率{p}%，基本医疗保险参保率稳定在{p}%左右。
""".split()

_PLAIN = """
深入实施创新驱动发展战略，支持企业与高校院所共建研发平台，推动科技成果就地转化，让人才引得进、留得住、用得好。
坚持问题导向和目标导向相统一，完善项目全生命周期服务机制，强化土地、资金、能耗等要素保障，确保早开工、早投产、早见效。
统筹发展和安全，压实属地责任、部门监管责任和企业主体责任，常态化开展风险隐患排查整治，守住不发生系统性风险的底线。
践行以人民为中心的发展思想，集中财力解决群众急难愁盼问题，推动公共服务向基层延伸、向农村覆盖、向困难群体倾斜。
持续优化营商环境，推进政务服务事项集成办理，健全政企常态化沟通机制，依法保护民营企业产权和企业家权益。
积极融入区域协调发展大局，深化产业协作和毗邻合作，推动基础设施互联互通、生态环境共保联治、公共服务便利共享。
加强优秀传统文化保护传承，培育特色文旅业态，丰富群众性文化活动，提升城市文化软实力和影响力。
扎实推进山水林田湖草系统治理，严格落实河湖长制和林长制，加快形成绿色生产生活方式，厚植高质量发展底色。
""".split()

_TARGETS = (
    "今年的主要预期目标是：地区生产总值增长{d}%左右，一般公共预算收入增长{d}%以上，规模以上工业增加值增长{d}%，"
    "固定资产投资增长{d}%—{p}%，社会消费品零售总额增长{d}%，居民人均可支配收入与经济增长同步，城镇新增就业{n}人以上，"
    "城镇登记失业率控制在{d}%以内，居民消费价格涨幅不超过{d}%，单位生产总值能耗下降{d}%。"
)
_CJK = "一二三四五六七八九十"


@cache
def report(chars: int, seed: int = 1) -> str:
    """A report of about *chars* characters, as dense in numbers and headings as real ones, no number like the next."""
    rng = random.Random(seed)
    fill = {
        "d": lambda: f"{rng.uniform(1, 99):.1f}",
        "n": lambda: str(rng.randint(11, 9999)),
        "p": lambda: f"{rng.uniform(30, 99):.1f}",
    }

    def words(template: str) -> str:
        head, *rest = template.split("{")
        return head + "".join(fill[piece[0]]() + piece[2:] for piece in rest)

    lines = [
        "政府工作报告",
        "——2024年1月18日在云汀县第十七届人民代表大会第三次会议上",
        "云汀县人民政府县长 沈砚秋",
        "各位代表：",
        "现在，我代表县人民政府，向大会报告工作，请予审议，并请各位政协委员提出意见。",
    ]
    budget = (chars - 400) // 2
    for part, title in enumerate(("2023年工作回顾", "2024年工作安排")):
        lines.append(f"{_CJK[part]}、{title}")
        if part:
            lines.append(words(_TARGETS))
        used = number = 0
        while used < budget:
            if number % 4 == 0:
                lines.append(f"（{_CJK[number // 4 % 10]}）坚持{rng.choice(_LEADS)[:4]}，推动高质量发展")
            body = [words(rng.choice(_BODIES)), *rng.sample(_PLAIN, 2 + number % 2)]
            lines.append(f"{rng.choice(_LEADS)}。" + "".join(rng.sample(body, len(body))))
            used += len(lines[-1]) + 8
            number += 1
    lines += ["三、全面加强政府自身建设", "坚持依法行政。办理建议提案" + words("{n}件，办复率100%。")]
    lines.append("各位代表！让我们团结一心，为谱写高质量发展新篇章而努力奋斗！")
    return "\n".join(lines) + "\n"


@cache
def traditional(chars: int, seed: int = 1) -> str:
    """The same in Traditional script, character for character."""
    from opencc import OpenCC

    return str(OpenCC("s2t").convert(report(chars, seed)))
