"""The plot of targets: each bound has its own mark, a target without a number is a word and never a zero."""

from __future__ import annotations

import warnings

import pytest

import zfreport
from zfreport.errors import UnknownNameError
from zfreport.plot import CHINESE_FONTS, _fonts, plot_targets

matplotlib = pytest.importorskip("matplotlib", reason='pip install "zfreport[plot]"')
matplotlib.use("Agg")
font_manager = pytest.importorskip("matplotlib.font_manager")
plt = pytest.importorskip("matplotlib.pyplot")

pytestmark = pytest.mark.filterwarnings("ignore:no Chinese font found")  # a machine may have none


def report(year, target, place="青禾县"):
    return zfreport.parse(
        f"{place}{year}年政府工作报告\n各位代表：\n一、{year - 1}年工作回顾\n经济平稳运行。\n二、{year}年工作安排\n"
        f"今年经济社会发展主要预期目标是：{target}；\n（一）抓产业\n做强主导产业。\n"
    )


@pytest.fixture
def axes():
    ax = plt.figure().subplots()
    yield ax
    plt.close("all")


def marks(ax):
    """Each drawn mark: marker, place and value."""
    return [
        (line.get_marker(), x, y)
        for line in ax.lines
        if line.get_marker() != "None"
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]


def test_bounds_have_their_marks(axes):
    """A dot for a value, a ring for 左右, two ends and a bar for a range, arrows for 以上."""
    texts = [
        "地区生产总值增长6%",
        "地区生产总值增长6.5%左右",
        "地区生产总值增长5%—5.5%",
        "地区生产总值增长7%以上",
    ]
    plot_targets([report(2021 + n, text) for n, text in enumerate(texts)], ax=axes)
    assert marks(axes) == [("o", 0, 6.0), ("o", 1, 6.5), ("o", 2, 5.0), ("o", 2, 5.5), ("^", 3, 7.0)]
    assert [label.get_text() for label in axes.get_xticklabels()] == ["2021", "2022", "2023", "2024"]
    rings = [line.get_markerfacecolor() for line in axes.lines if list(line.get_ydata()) == [6.5]]
    assert rings == ["none"]
    bars = [line for line in axes.lines if line.get_marker() == "None"]
    assert [list(bar.get_ydata()) for bar in bars] == [[5.0, 5.5]]
    assert axes.get_ylabel() == "%"


def test_years_are_in_order(axes):
    """Reports may come in any order; the axis runs from the earliest year to the latest."""
    plot_targets([report(2024, "地区生产总值增长5%"), report(2022, "地区生产总值增长7%")], ax=axes)
    assert marks(axes) == [("o", 0, 7.0), ("o", 1, 5.0)]


def test_target_without_number_is_a_word(axes):
    """与全省同步 is shown as a word; nothing is drawn at zero for it."""
    plot_targets([report(2023, "地区生产总值增长6%"), report(2024, "地区生产总值增速与全省同步")], ax=axes)
    assert marks(axes) == [("o", 0, 6.0)]
    assert len(axes.texts) == 1
    assert axes.texts[0].get_position()[0] == 1


def test_regions_in_the_order_given(axes):
    pages = [report(2024, "地区生产总值增长6%", place) for place in ("青禾县", "白榆县", "云汀县")]
    plot_targets(pages, by="region", ax=axes)
    assert [label.get_text() for label in axes.get_xticklabels()] == ["青禾县", "白榆县", "云汀县"]


def test_nothing_found_is_an_empty_plot(axes):
    plot_targets([report(2024, "地区生产总值增长6%")], "grain_output", ax=axes)
    assert marks(axes) == []


def test_new_figure_when_no_axes_are_given():
    axes = plot_targets([report(2024, "地区生产总值增长6%")])
    assert axes.figure is not None
    plt.close("all")


def test_unknown_axis_is_refused():
    with pytest.raises(UnknownNameError, match="did you mean 'gdp'"):
        plot_targets([], "gpd")
    with pytest.raises(UnknownNameError, match="no axis named 'colour'"):
        plot_targets([], by="colour")


def test_large_numbers_as_reports_print_them(axes):
    """120万人 and 500亿元; matplotlib would write 1.2 and a lone 1e6."""
    plot_targets([report(2024, "城镇新增就业120万人以上")], "jobs_new_urban", ax=axes)
    axes.set_ylim(0, 1_600_000)
    axes.figure.canvas.draw()
    assert axes.get_ylabel() == "万人"
    assert [label.get_text() for label in axes.get_yticklabels()][:3] == ["0", "20", "40"]


def test_without_a_chinese_font_one_warning_says_so(axes, monkeypatch):
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    monkeypatch.setattr(font_manager, "findSystemFonts", lambda: ["/fonts/DejaVuSans.ttf"])
    with pytest.warns(UserWarning, match="no Chinese font found") as told:
        plot_targets([report(2024, "地区生产总值增长6%")], ax=axes)
    assert len(told) == 1


def test_a_font_installed_later_is_found(monkeypatch):
    """matplotlib keeps its list of fonts: Chinese stayed boxes although a font was there."""
    added = []
    monkeypatch.setattr(font_manager.fontManager, "ttflist", [])
    monkeypatch.setattr(
        font_manager, "findSystemFonts", lambda: ["/a/NotoSansCJK-Regular.ttc", "/a/Lato.ttf"]
    )

    def add(path):
        added.append(path)
        font_manager.fontManager.ttflist.append(font_manager.FontEntry(name="Noto Sans CJK JP"))

    monkeypatch.setattr(font_manager.fontManager, "addfont", add)
    assert _fonts() == ["Noto Sans CJK JP", "DejaVu Sans"]
    assert added == ["/a/NotoSansCJK-Regular.ttc"]


def test_chinese_is_drawn_with_a_chinese_font(axes, tmp_path):
    """Where a Chinese font is installed, no character comes out as a box: matplotlib would warn."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    if not installed & set(CHINESE_FONTS):
        pytest.skip("no Chinese font: apt-get install fonts-noto-cjk")
    plot_targets(
        [report(2023, "地区生产总值增长6%"), report(2024, "地区生产总值增速与全省同步")], by="region", ax=axes
    )
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        axes.figure.savefig(tmp_path / "plot.png")
    assert (tmp_path / "plot.png").stat().st_size > 1000
