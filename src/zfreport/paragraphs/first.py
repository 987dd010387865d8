"""First sentences that head their paragraphs: one short one is a statement, three in a row are headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from ..headings.leads import Sentence, closed_sentence
from ..headings.wording import PROBLEMS
from ..vocab import any_of, both, forms
from .model import FIGURE, FINAL, MAX_LEAD, MAX_REFRAIN, Paragraph

__all__ = ["NO_REFRAIN", "choose_first", "objection"]

_ALIKE = 4
"""Characters in which refrains are alike."""
NO_REFRAIN = re.compile(
    both(
        r"各位|同志|[12][\dxX×*]{3}|[一二][九〇○零][〇○零一二三四五六七八九]{2}|全市|全县|全省|全区|有人|中[国华]|美[国帝]|苏联|日[内本]"
    )
)


def _opening(s: Sentence) -> str:
    """What refrains are alike in: 我们要将忠诚…。 我们要把法治贯穿始终。 我们要用清廉擦亮底色。 in three characters, for they are short."""
    title = s.title
    return title[: _ALIKE - (title[:2] in _US and not s.commas and len(title) <= _SHORT_REFRAIN)]


_SHORT_REFRAIN = 12
_US = frozenset(("我们", "我們"))


def choose_first(run: Sequence[Paragraph]) -> int:
    """Mark the paragraphs of one run whose first sentence is a lead, and count them: only in company."""
    if len(run) < 2:
        return 0
    first: dict[int, Sentence] = {}
    likes: list[int] = []
    openings: dict[int, str] = {}  # of all that may be refrains
    bodies: list[int] = []
    for k, p in enumerate(run):
        if p.after_item:
            bodies.append(k)
        if p.start:
            continue
        text = p.text
        s = closed_sentence(text, MAX_LEAD, p.end)
        if s is not None:
            first[k] = s
            openings[k] = _opening(s)
            if not objection(s, len(text) - s.end) and not ("等" in text and _mixed(text, s)):
                likes.append(k)
        elif text.find(FINAL, 0, MAX_REFRAIN + 1) >= 0:
            openings[k] = text[:_ALIKE]
    if len(likes) > 1 and likes[-1] == len(run) - 1 and _is_moral(run[-1].text, first[likes[-1]]):
        likes.pop()
    if bodies and not set(bodies) <= set(likes):
        # 三是拓宽农民增收渠道。⏎ and its body: no leads there, unless all those bodies have one
        likes = [k for k in likes if k not in bodies]
    # a refrain is never alone, and no opening comes three times where hardly one comes again
    refrains = _refrains(run, openings) if len(openings) - len(set(openings.values())) >= 2 else {}
    if len(likes) + len(refrains) < 2:
        return 0
    first.update(refrains)
    chosen = sorted(refrains)
    for group in _groups(likes, refrains):
        odd = _odd_ones(group, first, refrains)
        keep = [k for k in group if k not in odd or k in refrains] if odd else group
        if len(keep) >= 2:
            chosen += [k for k in keep if k not in refrains] if refrains else keep
    if chosen and 2 * len(chosen) < len(run) - run[0].own:
        chosen = _slogans(chosen, refrains, first)
    for k in chosen:
        run[k].lead = first[k]
    return len(chosen)


_WE = forms("要将必一")


def _is_moral(text: str, s: Sentence) -> bool:
    """Whether the last paragraph of a section draws its moral: 绿水青山就是金山银山。我们要… (崇左 2024), 稳边固边，方能兴边富民。我们要…"""
    return text[s.end : s.end + 2] in _US and text[s.end + 2 : s.end + 3] in _WE and s.orders is None


_STATED = re.compile(
    both(
        r"[了这我应必已正是有因由愿主](?:(?<=[了这])|(?<=我)们|(?<=应)[当该]|(?<=必)须|(?<=已)经|(?<=正)在|(?<=[^但就总凡还要别]是)"
        r"|(?<=有)人|(?<=因)为|(?<=由)于|(?<=愿)意|(?<=主)张)"
    )
)
"""Words of a statement or an argument, which no slogan holds."""
_NEAR = 4
"""Paragraphs from one such heading to the next."""


def _slogans(chosen: Collection[int], always: Collection[int], first: Mapping[int, Sentence]) -> list[int]:
    """
    Of first sentences that are the fewer in their section, those that read like headings, and still in company.

    A long argument (国务院 1954) has short first sentences here and there; a section with leads has them throughout.
    """
    openings = Counter([first[k].title[:2] for k in chosen])
    kept = [k for k in chosen if k in always or openings[(s := first[k]).title[:2]] >= 3 or _is_slogan(s)]
    kept.sort()
    return [
        k
        for k, b, a in zip(kept, [-9, *kept], [*kept[1:], 10**9], strict=False)
        if k - b <= _NEAR or a - k <= _NEAR
    ]


def _is_slogan(s: Sentence) -> bool:
    size = len(s.plain)
    if size > 30 or _STATED.search(s.plain):
        return False
    if size <= 12:
        return True
    orders = s.orders
    return orders is True or (orders is False and size <= 24)


def objection(s: Sentence, rest: int) -> str:
    """Why a first sentence with *rest* characters behind it names no paragraph, or ``""`` if it could."""
    title = s.title
    size = len(title)
    if not 4 <= size <= MAX_LEAD or len(s.plain) < 2:  # 办“满意的教育”
        return f"want 4 to {MAX_LEAD} characters, got {size}"
    commas = s.commas
    if commas > 2:
        return f"want at most 2 commas, got {commas}"
    if s.numbers:
        return "it states a figure"
    if commas == 1 and s.saying:
        return "a saying of two equal halves"
    if s.opener or (title[1] == "是" and title[0] in _COUNTED):
        return "it opens like a statement, not like a heading"
    if rest < 12:
        return "no body follows it"
    if (commas and "今年" in title and _ANNOUNCES.search(title)) or (
        "《" in title and ("《关于" in title or "《關於" in title)
    ):
        return "it announces what follows"
    if title[-2:] in _TROUBLES and _IN_TROUBLE.search(title):
        return "it speaks of problems"
    return ""


_TROUBLES = frozenset(any_of(PROBLEMS.replace("|", " ")).split("|"))
_IN_TROUBLE = re.compile(both(r"[存面](?:(?<=存)在|(?<=面)临)"))


_ANNOUNCES = re.compile(both(r"[，,]今年(?:我们)?(?:要|将|继续)"))
"""民生为大，今年要继续办好十件实事: what follows is the list."""
_COUNTED = frozenset("一二三四五六七八九")
"""一是… that the resolver has refused: a point of another list, of problems."""
# A class of all that it may begin with comes first, so that the search skips to that.
_FIELD = re.compile(
    both(
        r"[普经国双民宗人外侨对档史方气地](?:(?<=普)查|(?<=经)普|(?<=国)防|(?<=双)拥|(?<=民)[兵族]|(?<=宗)教|(?<=人)(?:防|民防空)"
        r"|(?<=外)事|(?<=侨)务|(?<=对)台|(?<=档)案|(?<=史)志|(?<=方)志|(?<=气)象|(?<=地)震)"
    )
)
_REMAINDER = re.compile(both(r"(?:[^。、]{2,14}、){5,}[^。、]{2,24}等[^。，、]{0,8}(?:工作|事业|团体|组织)"))


def _mixed(text: str, s: Sentence) -> bool:
    """Whether *s* is the first of the remaining fields of work, one a sentence, that share the last paragraph of a section."""
    return (
        _FIELD.search(s.title) is not None
        and text.count("、", s.end, s.end + _REMAINING) >= 5
        and _REMAINDER.search(text, s.end, s.end + _REMAINING) is not None
    )


_REMAINING = 200
"""Characters in which those fields are named."""


def _refrains(run: Sequence[Paragraph], openings: Mapping[int, str]) -> dict[int, Sentence]:
    """First sentences that share an opening (五年来，我们…; 必须坚持…; 我们将…), however long and whatever they state."""
    places: dict[str, list[int]] = {}
    for k, opening in openings.items():
        places.setdefault(opening, []).append(k)
    found: dict[int, Sentence] = {}
    for opening, alike in places.items():
        if len(alike) < 3 or NO_REFRAIN.match(opening):
            continue
        said = {
            k: s
            for k in alike
            if (s := closed_sentence(run[k].text, MAX_REFRAIN, run[k].end)) is not None
            and len(s.title) >= 6
            and not FIGURE.search(s.plain)
        }
        stated = [k for k, s in said.items() if "是" in s.plain and _SAYS_WHAT.search(s.plain)]
        if 2 * len(stated) < len(said):
            for k in stated:  # 过去的一年，是极不平凡的一年。 before 过去的一年，我们…
                del said[k]
        at = [*said]
        if len(at) >= 3:
            for k, b, a in zip(at, [-9, *at], [*at[1:], 10**9], strict=False):
                if k - b <= 2 or a - k <= 2:
                    found[k] = said[k]
    return found


def _groups(likes: list[int], refrains: Collection[int]) -> list[list[int]]:
    """Runs of paragraphs in which at most one in a row is no candidate."""
    members = sorted({*likes, *refrains}) if refrains else likes
    if members[-1] - members[0] == len(members) - 1:
        return [members]  # nearly always: one follows the other
    groups = [members[:1]]
    for k, before in zip(members[1:], members, strict=False):
        if k - before <= 2:
            groups[-1].append(k)
        else:
            groups.append([k])
    return [g for g in groups if len(g) >= 2]


_SAYS_WHAT = re.compile(both(r"是(?<=.[^但只凡还总于别都不要]是)[^否非]|[，,]是"))
"""维护社会稳定，是现代化建设的重要条件; 一流的营商环境就是最好的梧桐树: statements, though they may begin like an order."""


_SHORT_ORDER = 20
"""Characters up to which the first that orders is a lead though it alone has a comma: 稳定粮食生产，保障农产品市场."""


def _odd_ones(group: Sequence[int], first: Mapping[int, Sentence], refrains: Collection[int]) -> list[int]:
    """Those that differ from their company: what says what something is, and the statement that opens or closes a section."""
    odd: list[int] = []
    says = [
        k for k in group if k not in refrains and "是" in (s := first[k]).plain and _SAYS_WHAT.search(s.plain)
    ]
    if says:
        # lessons may be a series of them: 改革是必由之路。 开放是强国之策。 稳定是前提条件。
        among = set(says)
        series = {k + n for k in says if k + 1 in among and k + 2 in among for n in range(3)}
        odd = [k for k in says if k not in series or first[k].commas]
    opening = first[group[0]]
    if opening.commas and not (len(opening.plain) <= _SHORT_ORDER and opening.orders):
        others = [first[k] for k in group[1:]]
        longest = max([len(s.plain) for s in others])
        most = max([s.commas for s in others])
        size = len(opening.plain)
        if (opening.commas > most and size > longest) or (most == 0 and size >= longest):
            odd = [group[0], *odd]
    closing = first[group[-1]]
    if closing.commas > 1:
        others = [first[k] for k in group[:-1]]
        if closing.commas > max([s.commas for s in others]) and len(closing.plain) > max(
            [len(s.plain) for s in others]
        ):
            odd.append(group[-1])
    return odd
