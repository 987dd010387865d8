"""The page in a real browser: what a reader sees, hears and can do, by mouse, by keyboard, on paper, without scripts."""

from __future__ import annotations

import shutil

import pytest

import zfreport
from zfreport.render.compare_page import compare_page
from zfreport.render.page import page

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
if CHROMIUM is None:
    pytest.skip("no chromium: apt-get install chromium fonts-noto-cjk", allow_module_level=True)
sync_api = pytest.importorskip("playwright.sync_api", reason="no playwright: pip install playwright")

FLAGS = """
--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update
--disable-sync
""".split()

HOSTILE = """政府工作报告
各位代表：
一、<script>window.obeyed = 1</script>工作回顾
生产总值增长5%。</script><img src=x onerror="window.obeyed = 2">新增<svg/onload=window.obeyed=3>3万人。
二、2024年<b onmouseover="window.obeyed = 4">工作安排</b>
地区生产总值增长6.5%左右。
"""

FACES = [(1280, 800), (390, 780)]


@pytest.fixture(scope="module")
def chromium():
    """A browser; every context of it has a fresh profile."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def show(chromium, tmp_path):
    """Opens a text's page at a width, and fails if the page complains or asks anything of anyone."""
    complaints: list[str] = []
    opened = []

    def open_(text, later=None, *, width=1280, height=800, scripts=True, color_scheme="light"):
        file = tmp_path / "page.html"
        report = zfreport.parse(text)
        if later is None:
            html = page(report)
        else:
            next_ = zfreport.parse(later)
            html = compare_page(report, next_, zfreport.compare(report, next_))
        file.write_text(html, "utf-8", newline="")
        context = chromium.new_context(
            java_script_enabled=scripts,
            color_scheme=color_scheme,
            reduced_motion="reduce",
            viewport={"width": width, "height": height},
        )
        opened.append(context)
        tab = context.new_page()
        tab.set_default_timeout(5000)
        tab.on("console", lambda message: complaints.append(message.text))
        tab.on("pageerror", lambda error: complaints.append(str(error)))
        tab.on("dialog", lambda dialog: complaints.append(dialog.message))
        tab.on("request", lambda request: request.url == file.as_uri() or complaints.append(request.url))
        tab.goto(file.as_uri())
        return tab

    yield open_
    for context in opened:
        context.close()
    assert not complaints


def text_of_article(tab):
    return tab.evaluate("document.querySelector('article').textContent")


@pytest.mark.parametrize("name", ["county-2024", "hard-wrapped", "one-line", "traditional", "web-page"])
def test_browser_reads_the_report_back(show, example, name):
    """The browser's idea of the article's text is the report."""
    text = example(name)
    assert text_of_article(show(text)) == text


@pytest.mark.parametrize("text", [HOSTILE, HOSTILE.replace("\n", "\r\n"), "", "增长5%\x07\x0c"])
def test_text_is_never_obeyed(show, text):
    """Markup in a report is shown; no script of it runs, hovered or not."""
    tab = show(text)
    assert text_of_article(tab) == text
    for mark in tab.locator("article [data-a]").all():
        mark.hover()
    assert tab.evaluate("window.obeyed") is None


def test_hover_shows_value_unit_rule_and_confidence(show, example):
    """The note of a quantity says what it is worth, in which unit, by which rule and how surely."""
    tab = show(example("county-2024"))
    tab.locator("article mark.q", has_text="60亿元").first.hover()
    note = tab.locator("#card")
    assert note.is_visible()
    for part in ("6,000,000,000 元", "规则", "可信度"):
        assert part in note.inner_text()
    tab.mouse.move(2, 2)
    assert note.is_hidden()


def test_keyboard_alone_is_enough(show, example):
    """Tab enters the text at a mark; arrows, T and brackets move; Enter pins the note and Escape closes it."""
    tab = show(example("county-2024"))
    focus = "document.activeElement"
    for _ in range(300):
        tab.keyboard.press("Tab")
        if tab.evaluate(f"!!{focus}.closest('article')"):
            break
    else:
        pytest.fail("Tab never reached the text")
    first = tab.evaluate(f"{focus}.id")
    assert tab.locator("#card").is_visible()
    tab.keyboard.press("ArrowRight")
    assert tab.evaluate(f"{focus}.id") != first
    tab.keyboard.press("ArrowLeft")
    assert tab.evaluate(f"{focus}.id") == first
    tab.keyboard.press("t")
    assert tab.evaluate(f"{focus}.matches('mark.t')")
    tab.keyboard.press("]")
    assert tab.evaluate(f"{focus}.matches('b.h')")
    tab.keyboard.press("Enter")
    assert tab.locator("#card.pinned").is_visible()
    tab.keyboard.press("Escape")
    assert tab.locator("#card").is_hidden()
    tab.keyboard.press("Shift+Tab")
    assert not tab.evaluate(f"!!{focus}.closest('article')"), "one key leaves the text again"


def test_help_lists_the_keys(show, example):
    tab = show(example("county-2024"))
    tab.keyboard.press("?")
    assert tab.locator("dialog").is_visible()
    tab.keyboard.press("Escape")
    assert tab.locator("dialog").is_hidden()


def test_tabs_move_by_arrow_and_show_their_panel(show, example):
    tab = show(example("county-2024"))
    tab.focus("#t-outline")
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#p-targets").is_visible()
    assert tab.locator("#p-outline").is_hidden()
    assert tab.get_attribute("#t-targets", "aria-selected") == "true"


def test_target_row_jumps_to_its_sentence(show, example):
    """A row of the table brings its words into view, focuses them and lights up the sentence around them."""
    tab = show(example("county-2024"))
    tab.click("#t-targets")
    row = tab.locator("#p-targets tr", has_text="地区生产总值").first
    row.click()
    assert tab.evaluate("document.activeElement.matches('mark.t')")
    box = tab.evaluate("(({top, bottom}) => [top, bottom])(document.activeElement.getBoundingClientRect())")
    assert box[0] > 100
    assert box[1] < 800
    assert "地区生产总值" in tab.locator("article .s.flash").first.inner_text()
    assert "6.5" in tab.locator("#card").inner_text()


@pytest.mark.parametrize("name", ["quantity", "reference", "fact", "target"])
def test_filters_hide_marks_and_skip_them(show, example, name):
    """A layer that is switched off is not drawn, not hovered and not stepped to; the words stay."""
    tab = show(example("county-2024"))
    letter = name[0]
    style = f"getComputedStyle(document.querySelector('article mark.{letter}'))"
    drawn = f"{style}.textDecorationLine !== 'none' || {style}.backgroundColor !== 'rgba(0, 0, 0, 0)'"
    assert tab.evaluate(drawn)
    tab.click(f".chip[data-layer={name}]")
    assert not tab.evaluate(drawn)
    assert tab.get_attribute(f".chip[data-layer={name}]", "aria-pressed") == "false"
    assert text_of_article(tab) == example("county-2024")
    tab.focus("article [tabindex='0']")
    for _ in range(12):
        tab.keyboard.press("ArrowRight")
        assert not tab.evaluate(f"document.activeElement.matches('mark.{letter}')")
    tab.click(f".chip[data-layer={name}]")
    assert tab.evaluate(drawn)


def test_kinds_can_be_hidden_one_by_one(show, example):
    tab = show(example("county-2024"))
    tab.click(".more summary")
    tab.uncheck(".sheet input[data-layer=quantity][data-k=percent]")
    assert tab.locator("article mark.q[data-k=percent]:not(.off)").count() == 0
    assert tab.locator("article mark.q[data-k=level]:not(.off)").count() > 0


def test_diagnostics_stand_in_place(show):
    """A gap in the numbering has a button in front of its heading that says what was noticed."""
    tab = show("政府工作报告\n一、工作回顾\n（一）产业稳中有升\n经济平稳。\n（三）民生改善\n就业平稳。\n")
    button = tab.locator("article button.d[aria-label^=ZF101]")
    assert "（三）" in button.evaluate("b => b.parentElement.textContent")
    button.click()
    assert "ZF101" in tab.locator("#card").inner_text()
    tab.click("#t-diagnostics")
    assert tab.locator("#p-diagnostics li").count() >= 1


@pytest.mark.parametrize(("width", "height"), FACES)
@pytest.mark.parametrize("name", ["county-2024", "web-page", "one-line"])
def test_nothing_sticks_out(show, example, name, width, height):
    """At a desk's and a telephone's width nothing makes the page scroll sideways."""
    tab = show(example(name) + "\n" + "长" * 300 + "A" * 300, width=width, height=height)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


def test_telephone_has_the_outline_behind_a_button(show, example):
    tab = show(example("county-2024"), width=390, height=780)
    assert tab.locator(".side").is_hidden()
    tab.click(".menu")
    tab.locator(".tree a").nth(3).click()
    assert tab.locator(".side").is_hidden(), "a jump closes it"
    assert tab.evaluate("document.activeElement.matches('article b.h')")


def test_pledge_leads_to_its_words(show, example):
    tab = show(example("county-2024"), width=390, height=780)
    tab.click(".menu")
    tab.click("#t-pledges")
    row = tab.locator(".pledges a").nth(1)
    words = row.inner_text().split()[-1]
    row.click()
    assert tab.locator(".side").is_hidden()
    assert words[:6] in tab.locator(".s.flash").inner_text()
    box = tab.locator(".s.flash").bounding_box()
    assert 50 < box["y"] < 780


LUMINANCE = """() => {
  const rgb = (c) => { const p = document.createElement('canvas').getContext('2d', {willReadFrequently: true}); p.fillStyle = c; p.fillRect(0, 0, 1, 1); return [...p.getImageData(0, 0, 1, 1).data]; };
  const light = ([r, g, b]) => { const f = (v) => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; return .2126 * f(r) + .7152 * f(g) + .0722 * f(b); };
  const seen = new Set(), bad = [];
  for (const e of document.querySelectorAll('body *')) {
    if (![...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility({visibilityProperty: true})) continue;
    const style = getComputedStyle(e);
    let ground = e; while (ground && rgb(getComputedStyle(ground).backgroundColor)[3] < 250) ground = ground.parentElement;
    const key = style.color + getComputedStyle(ground || document.body).backgroundColor;
    if (seen.has(key)) continue;
    seen.add(key);
    const a = light(rgb(style.color)), b = light(rgb(getComputedStyle(ground || document.body).backgroundColor));
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) bad.push(`${e.tagName}.${e.className} ${ratio.toFixed(2)} ${key}`);
  }
  return bad;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_word_has_contrast(show, example, scheme):
    """Light or dark, each text stands out from its ground by 4.5 to 1 (WCAG AA)."""
    tab = show(example("web-page"), color_scheme=scheme)
    ground = tab.evaluate("getComputedStyle(document.body).backgroundColor")
    assert (int(ground[4:].split(",")[0]) < 60) == (scheme == "dark")
    tab.locator("article mark.t").first.click()
    for panel in ("outline", "targets", "diagnostics"):
        tab.click(f"#t-{panel}")
        assert tab.evaluate(LUMINANCE) == []


def test_theme_button_goes_round(show, example):
    tab = show(example("county-2024"))
    seen = []
    for _ in range(3):
        tab.click("#theme")
        seen.append(tab.evaluate("document.documentElement.dataset.theme ?? 'auto'"))
    assert seen == ["light", "dark", "auto"]


def test_paper_has_targets_and_text_and_no_buttons(show, example):
    tab = show(example("county-2024"))
    tab.emulate_media(media="print")
    for hidden in (".filters", "#theme", ".tabs", "#p-outline"):
        assert tab.locator(hidden).is_hidden(), hidden
    for shown in ("#p-targets", "#p-diagnostics", "article"):
        assert tab.locator(shown).is_visible(), shown


def test_without_scripts_the_page_is_still_a_page(show, example):
    """Without scripts the outline links, the tables and the marks are there, and dead buttons are not."""
    tab = show(example("county-2024"), scripts=False)
    for shown in (".tree", "#p-targets", "#p-diagnostics", "article"):
        assert tab.locator(shown).is_visible(), shown
    for hidden in (".filters", "#theme", ".tabs", ".menu"):
        assert tab.locator(hidden).is_hidden(), hidden


def test_long_report_opens_at_once(show):
    """40 000 characters with their hundreds of marks are there within two seconds, script included."""
    rows = [
        f"第{n}批项目推进。改造道路{n + 12}公里，惠及{37 * n}户，增长{n % 9}.{n % 7}%。"
        + "把好事办实办好，" * 22
        for n in range(200)
    ]
    tab = show("政府工作报告\n各位代表：\n一、2023年工作回顾\n" + "\n".join(rows))
    assert len(text_of_article(tab)) > 40_000
    took = tab.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert 0 < took < 2000


def test_compared_reports_stand_side_by_side(show, example):
    """Two columns scroll apart; a value of the table brings its words into view in its own column."""
    tab = show(example("county-2024"), example("county-2025"))
    left, right = (tab.locator(".column").nth(n).bounding_box() for n in (0, 1))
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    tab.locator(".rows td.v.actual a").first.click()
    assert tab.evaluate("document.querySelectorAll('.column')[1].contains(document.activeElement)")
    box = tab.evaluate("document.activeElement.getBoundingClientRect().top")
    assert 100 < box < 800
    assert tab.locator("#card").is_visible()
    tab.keyboard.press("Escape")
    tab.click(".chip[data-layer=quantity]")
    assert tab.locator("article mark.q:not(.off)").count() == 0


@pytest.mark.parametrize(("width", "height"), FACES)
def test_compared_reports_do_not_stick_out(show, example, width, height):
    tab = show(example("county-2024"), example("county-2025"), width=width, height=height)
    assert tab.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_compared_words_have_contrast(show, example, scheme):
    tab = show(example("county-2024"), example("county-2025"), color_scheme=scheme)
    tab.locator("summary").first.click()
    assert tab.evaluate(LUMINANCE) == []
