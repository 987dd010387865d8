"""Two reports side by side: what was aimed at, what was reported a year later, and both texts to prove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..errors import expect, expect_report
from ..script import to_simplified
from .article import article
from .cards import fact_amount
from .marked import safe
from .page import document, filters, name_of, tongue
from .words import words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ..facts import Comparison, Fact
    from ..report import Report
    from .article import Article
    from .words import Words

__all__ = ["compare_page", "doubts"]


def compare_page(earlier: Report, later: Report, comparison: Comparison, *, language: str = "zh") -> str:
    """
    One HTML page that shows *earlier* and *later* in two columns under what `zfreport.compare` made of them.

    Like `zfreport.render.page.page` in everything else: one file, no network, the texts whole and unchanged.
    """
    from ..facts import Comparison  # whoever has one has loaded it

    expect_report(earlier, "compare_page")
    expect_report(later, "compare_page")
    expect(comparison, Comparison, "compare_page wants a Comparison", ": zfreport.compare(earlier, later)")
    word = words(language)
    said = [promised.said_span for promised in comparison.pledges if promised.said_span]
    left = article(earlier, word, sentences=[p.pledge.span for p in comparison.pledges])
    right = article(later, word, first=len(left.cards), sentences=said)
    columns = "".join(
        _column(report, shown, word("earlier" if shown is left else "later"), word)
        for report, shown in ((earlier, left), (later, right))
    )
    counts = left.counts + right.counts
    warned = "".join(
        f' <small class="tag w-warning">{safe(said)}</small>'
        for said in doubts(earlier, later, comparison, word)
    )
    body = (
        f'<main class="both" id="text" tabindex="-1"><section><h2>{word("comparison")}{warned}</h2>'
        f"{_targets(comparison, left.numbers, right.numbers, word)}{_pledges(comparison, len(left.cards), word)}</section>"
        f'{filters(counts, word)}<div class="pair">{columns}</div></main>'
    )
    names = [name_of(report, word) for report in (earlier, later)]
    return document(" ⟷ ".join(names), body, (*left.cards, *right.cards), word, tongue(later))


def doubts(earlier: Report, later: Report, comparison: Comparison, word: Words) -> list[str]:
    """Why the two may not belong together: the later one does not review the year planned, or is of another place."""
    said = [word("not_consecutive")] if comparison.consecutive is False else []
    here, there = (r.metadata.region.value if r.metadata.region else None for r in (earlier, later))
    if here and there and not {p.code for p in here.candidates} & {p.code for p in there.candidates}:
        names = to_simplified(here.name), to_simplified(there.name)
        if not names[0].endswith(names[1]) and not names[1].endswith(names[0]):  # 太原市迎泽区 and 迎泽区
            said.append(f"{word('other_place')}: {here.name}, {there.name}")
    return said


def _column(report: Report, shown: Article, kicker: str, word: Words) -> str:
    return (
        f'<section class="column" tabindex="0" aria-label="{kicker}"><header><small>{kicker}</small>{safe(name_of(report, word))}</header>'
        f'<details><summary>{word("outline")}</summary><div class="tree">{shown.outline}</div></details>'
        f'<article lang="{tongue(report)}">{shown.text}</article></section>'
    )


def _cell(fact: Fact | None, numbers: Mapping[Fact, int], word: Words) -> str:
    """A value that links to its words."""
    if fact is None:
        return '<td class="v">–</td>'
    actual = "" if fact.modality == "target" else " actual"
    return f'<td class="v{actual}"><a href="#a{numbers[fact]}">{safe(fact_amount(fact, word))}</a></td>'


def _targets(comparison: Comparison, left: Mapping[Fact, int], right: Mapping[Fact, int], word: Words) -> str:
    """Each target of the earlier report, what became of it, and the later report's own target."""
    rows = "".join(
        f'<tr><th scope="row">{safe(kept.target.name or kept.target.indicator)}</th>{_cell(kept.target, left, word)}'
        f'{_cell(kept.actual, right, word)}<td><span class="o o-{kept.outcome}">{word(str(kept.outcome))}</span></td>'
        f"{_cell(kept.again, right, word)}</tr>"
        for kept in comparison.targets
    )
    if not rows:
        return f'<p class="none">{word("none_here")}</p>'
    columns = ("indicator_name", "target_before", "reported", "outcome", "target_after")
    head = "".join(f'<th scope="col">{word(name)}</th>' for name in columns)
    return f'<div class="scroll" tabindex="0"><table class="rows"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'


def _pledges(comparison: Comparison, first: int, word: Words) -> str:
    """Each pledge of the earlier report and the sentence of the later one that speaks of it."""
    if not comparison.pledges:
        return ""
    rows, found = "", 0
    for n, promised in enumerate(comparison.pledges):
        title = safe(" ".join((promised.pledge.title or promised.pledge.text).split()))
        said = "–"
        if promised.said_span:
            said = f'<a href="#s{first}-{found}">{safe(" ".join(promised.said.split()))}</a>'
            found += 1
        rows += f'<tr><th scope="row"><a href="#s0-{n}">{title}</a></th><td>{said}</td></tr>'
    head = f'<th scope="col">{word("pledge")}</th><th scope="col">{word("said_later")}</th>'
    return (
        f"<details><summary>{word('pledges')} {len(comparison.pledges)}</summary>"
        f'<div class="scroll" tabindex="0"><table class="rows"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div></details>'
    )
