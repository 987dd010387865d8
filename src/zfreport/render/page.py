"""
A report as one self-contained page: outline and targets on the left, the text with its marks on the right.

The page asks nothing of the network and runs no script but its own: its policy admits two blocks by their hashes. Text
enters it escaped, or as JSON that a script puts into text nodes.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from ..errors import expect_report
from ..metadata import Session
from .article import LAYERS, Article, article
from .marked import safe
from .words import Words, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..report import Report
    from .cards import Card

__all__ = ["document", "filters", "name_of", "page", "tongue"]

_KEYS = (
    ("← →", "help_move"),
    ("T", "help_target"),
    ("D", "help_diagnostic"),
    ("[ ]", "help_heading"),
    ("Enter", "help_pin"),
    ("Esc", "help_close"),
)
_SHOWN_METADATA = (
    "region plan_year review_year session delivered published speaker office issuer index_number".split()
)


def page(report: Report, *, language: str = "zh") -> str:
    """
    One HTML page that shows *report*: write it to a file as UTF-8, errors ``"strict"``, and open it.

    *language* is that of the page's own words, ``"zh"`` or ``"en"``; `UnknownNameError` for any other. The text is
    never changed: the text content of the page's ``article`` element is the report, character for character (but for
    NUL and lone surrogates, which HTML cannot hold and which become U+FFFD).
    """
    expect_report(report, "page")
    word = words(language)
    shown = article(report, word, sentences=[pledge.span for pledge in report.pledges])
    panels = [
        ("outline", shown.outline, ' class="panel tree"', len(report.parts)),
        ("targets", shown.targets + _stated(shown, word), ' class="panel"', len(report.targets)),
        ("pledges", _pledges(report), ' class="panel"', len(report.pledges)),
        ("diagnostics", shown.diagnostics, ' class="panel"', len(report.diagnostics)),
    ]
    if not report.pledges:
        del panels[2]
    tabs = "".join(
        f'<button type="button" role="tab" id="t-{name}" aria-controls="p-{name}">{word(name)}'
        + (f"<small>{count}</small>" if name != "outline" else "")
        + "</button>"
        for name, _, _, count in panels
    )
    sections = "".join(
        f'<section id="p-{name}" role="tabpanel" aria-labelledby="t-{name}" tabindex="0"{attributes}>'
        f"<h2>{word(name)}</h2>{html or _none(word)}</section>"
        for name, html, attributes, _ in panels
    )
    body = (
        f'<div class="view"><aside class="side" aria-label="{word("menu")}">'
        f'<div class="tabs only-js" role="tablist">{tabs}</div>{sections}</aside>'
        f'<main id="text" tabindex="-1">{_about(report, word)}{filters(shown.counts, word)}'
        f'<article lang="{tongue(report)}">{shown.text}</article></main></div>'
    )
    return document(name_of(report, word), body, shown.cards, word, tongue(report))


def _none(word: Words) -> str:
    return f'<p class="none">{word("none_here")}</p>'


def _stated(shown: Article, word: Words) -> str:
    count = sum(n for (layer, _), n in shown.counts.items() if layer == "fact")
    if not count:
        return ""
    return f'<details class="facts"><summary>{word("facts")} {count}</summary>{shown.facts}</details>'


def _pledges(report: Report) -> str:
    """The 民生实事 as a list of links; the n-th leads to the n-th of the sentences that `article` was given."""
    entries = ""
    for n, pledge in enumerate(report.pledges):
        number = f"<b>{pledge.number}</b>" if pledge.number is not None else ""
        notes = "".join(
            f'<small class="tag">{safe(note)}</small>' for note in (pledge.deadline, pledge.office) if note
        )
        words_ = safe(" ".join((pledge.title or pledge.text).split()))
        entries += f'<li><a href="#s0-{n}">{number} {words_}{notes}</a></li>'
    return f'<ol class="list pledges">{entries}</ol>'


def name_of(report: Report, word: Words) -> str:
    """What the page is called: region, year and title, none of them twice."""
    title = " ".join(str(_value(report.metadata, "title") or "").split())
    known = [
        _short(value, word) for name in ("region", "plan_year") if (value := _value(report.metadata, name))
    ]
    names = [name for name in known if name not in title]
    return " · ".join([*names, title] if title else names) or word("untitled")


def _value(metadata: Any, name: str) -> Any:
    found = getattr(metadata, name, None)
    return getattr(found, "value", found)


def tongue(report: Report) -> str:
    """The page's language tag, which decides the shapes of the characters."""
    from ..script import is_traditional

    return "zh-Hant" if is_traditional(report.source[:4000]) else "zh-Hans"


def _about(report: Report, word: Words) -> str:
    """What is known about the report, and how many characters it has; what was inferred is underlined."""
    rows = []
    for name in _SHOWN_METADATA:
        value = _value(report.metadata, name)
        if value is None or value == () or value == "":
            continue
        inferred = getattr(getattr(report.metadata, name), "inferred", False)
        extra = f' class="inferred" title="{word("label.inferred")}"' if inferred else ""
        rows.append((word(f"label.{name}"), safe(_short(value, word)), extra))
    rows.append((word("label.characters"), f"{report.span.end - report.span.start:,}", ""))
    items = "".join(f"<div><dt>{label}</dt><dd{extra}>{value}</dd></div>" for label, value, extra in rows)
    return f'<dl class="about">{items}</dl>'


def _short(value: Any, word: Words) -> str:
    """A value of the metadata on one line."""
    if isinstance(value, Session):
        return word("session_of").format(term=value.term, number=value.number)
    return str(getattr(value, "name", value))


def filters(counts: Counter[tuple[str, str]], word: Words) -> str:
    """A button for each layer and a box for each kind of quantity and reference."""
    layers: Counter[str] = Counter()
    for (layer, _), count in counts.items():
        layers[layer] += count
    chips = "".join(
        f'<button type="button" class="chip" data-layer="{layer}" aria-pressed="true">{word(layer)}<small>{layers[layer]}</small></button>'
        for layer in LAYERS
        if layers[layer]
    )
    groups = ""
    for layer, kinds in (
        ("quantity", "QuantityKind"),
        ("reference", "ReferenceKind"),
        ("diagnostic", "Severity"),
    ):
        boxes = "".join(
            f'<label><input type="checkbox" checked data-layer="{layer}" data-k="{safe(kind)}">{safe(word(f"{kinds}.{kind}"))}<small>{count}</small></label>'
            for (of, kind), count in counts.most_common()
            if of == layer and kind
        )
        if boxes:
            groups += f"<fieldset><legend>{word(layer)}</legend>{boxes}</fieldset>"
    more = (
        f'<details class="more"><summary>{word("kinds")}</summary><div class="sheet">{groups}</div></details>'
        if groups
        else ""
    )
    return f'<div class="filters only-js" role="group" aria-label="{word("filters")}"><div class="chips">{chips}{more}</div></div>'


@cache
def _asset(name: str) -> str:
    return files("zfreport.render").joinpath(name).read_text("utf-8")


def _hash(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def _data(cards: Sequence[Card], word: Words) -> str:
    """The notes as JSON that may stand in a script element: each a layer, a headline, then label and value in turn."""
    layers = [*LAYERS, "heading"]
    labels: dict[str, int] = {}
    packed = []
    for card in cards:
        row: list[int | str] = [layers.index(card.layer), card.headline]
        for label, value in card.rows:
            row += [labels.setdefault(label, len(labels)), value]
        packed.append(row)
    data = {"layers": [[name, word(name)] for name in layers], "labels": list(labels), "cards": packed}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode("utf-8", "replace").decode()


def document(title: str, body: str, cards: Sequence[Card], word: Words, language: str) -> str:
    """A whole page around *body*: policy, style, script, and the notes its marks point to."""
    from .. import __version__

    style, script = _asset("page.css"), _asset("page.js")
    policy = f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    themes = json.dumps(
        {name: word(f"theme_{name}") for name in ("auto", "light", "dark")}, ensure_ascii=False
    )
    keys = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{word(what)}</dd>" for key, what in _KEYS)
    return f"""<!doctype html>
<html lang="{language if word.language == "zh" else word.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="zfreport {__version__}">
<title>{safe(title)}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#text">{word("skip")}</a>
<header class="top"><button type="button" class="menu only-js" aria-expanded="false">{word("menu")}</button>\
<div class="name">{safe(title)}</div>\
<button type="button" id="theme" class="only-js" data-names="{safe(themes)}">{word("theme")}<span></span></button>\
<button type="button" id="help" class="only-js">{word("help")}</button></header>
<noscript><p class="none">{word("no_js")}</p></noscript>
{body}
<div id="card" class="card" role="status" hidden></div>
<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">{word("help")}</h2><p class="none">{word("help_enter")}</p>\
<dl>{keys}</dl><button type="button">{word("close")}</button></dialog>
<script type="application/json" id="data">{_data(cards, word)}</script>
<script>{script}</script>
</body>
</html>
"""
