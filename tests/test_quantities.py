"""Quantities: the case files, properties that hold for any text, conversion, users' units, lists, diagnostics."""

from __future__ import annotations

import gc
import json
import pickle
import time
from decimal import Decimal, InvalidOperation, localcontext
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest
from attrs.exceptions import FrozenInstanceError
from hypothesis import given, settings
from hypothesis import strategies as st

from zfreport.quantities import Quantity, QuantityKind, QuantityRole, context, find_quantities, scan
from zfreport.quantities import read as reading
from zfreport.quantities.grammar import quantity_pattern
from zfreport.quantities.read import tails
from zfreport.text import Span
from zfreport.units import UNITS, Unit, UnitError
from zfreport.vocab import read_table

FOLDER = Path(__file__).with_name("cases")


def lines(name):
    found = [
        line.split("\t")
        for line in FOLDER.joinpath(name).read_text("utf-8").splitlines()
        if line and line[0] != "#"
    ]
    assert found, f"no cases in {name}"
    return found


def show(q: Quantity) -> str:
    """A quantity as the case file writes it."""
    if q.parts and q.low is None and q.high is None:
        value = "= " + ":".join(f"{part:f}" for part in q.parts)
    elif q.low is None:
        value = f"{'<=' if q.high_closed else '<'} {q.high:f}"
    elif q.high is None:
        value = f"{'>=' if q.low_closed else '>'} {q.low:f}"
    elif q.low == q.high:
        value = f"= {q.low:f}"
    else:
        value = f"= {q.low:f}..{q.high:f}"
    flags = [q.unit.symbol] * bool(q.unit.symbol) + ["~"] * q.approx + ["filter"] * (q.role == "filter")
    return " ".join([q.text, value, *flags])


@pytest.mark.parametrize(("text", "expected"), lines("quantities.tsv"))
def test_case(text, expected):
    """The quantities of the text are exactly those of the case file."""
    assert ("; ".join(map(show, find_quantities(text))) or "-") == expected


@pytest.mark.parametrize("text", [text for (text,) in lines("quantities-none.txt")])
def test_silence(text):
    """Names and words that contain numbers are no quantities."""
    assert find_quantities(text) == ()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("3亿元", "level"),
        ("3%", "percent"),
        ("3‰", "permille"),
        ("3个百分点", "percentage_point"),
        ("3倍", "multiple"),
        ("翻一番", "multiple"),
        ("三分之一", "fraction"),
        ("七成", "fraction"),
        ("2.5∶1", "ratio"),
        ("3家", "count"),
        ("3亿人口", "count"),
        ("3年", "duration"),
        ("60岁", "duration"),
        ("缩小到1.57。", "other"),
    ],
)
def test_kind(text, kind):
    """The kind follows from unit and form; a StrEnum equals its name."""
    assert [q.kind for q in find_quantities(text)] == [kind]


def test_printed_precision_and_scale_are_kept():
    """1.50亿 is not 1.5亿: the digits and the scale printed can be told from the value."""
    q = find_quantities("投资1.50亿元")[0]
    assert q.low.as_tuple() == Decimal("1.50E+8").as_tuple()
    assert (q.scale, q.value) == ("亿", 150_000_000)


def test_range_has_no_single_value():
    """`value` is for plain quantities only."""
    assert find_quantities("1-2个")[0].value is None
    assert find_quantities("近3个")[0].value is None


def test_reversed_range_is_kept_in_order_and_told():
    """Both ends stay; the diagnostic says that they were turned round."""
    found = scan("完成8-3个")
    assert [(q.low, q.high) for q in found.quantities] == [(3, 8)]
    assert [d.code for d in found.diagnostics] == ["ZF303"]


def test_too_long_and_unreadable_are_told():
    """4 000 digits and an impossible scale give diagnostics and stay unexplained, never a wrong number."""
    long = scan("9" * 4000)
    assert [d.code for d in long.diagnostics] == ["ZF301"]
    assert long.quantities == ()
    assert long.unexplained == (Span(0, 4000),)
    odd = scan("共二三百千家")
    assert odd.quantities == ()
    assert [d.code for d in odd.diagnostics] == ["ZF302"]


@pytest.mark.parametrize("text", ["达到 74 76 元", "豆油72,4万吨"])
def test_torn_numbers_are_left_alone(text):
    """Half of a number that a space or comma cut in two would be a wrong number."""
    found = scan(text)
    assert found.quantities == ()
    assert len(found.unexplained) == 2


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("全年治理水土流失并恢复植被面积616\n平方公里。", 616, "平方公里"),
        ("新建光缆线路并投入使用的总长度达到550\n\u200b\n多万公里。", 5_500_000, "公里"),
        ("救助困难群众并发放各类补贴资金共计3.9\n — 6 —\n亿元，", 390_000_000, "元"),
    ],
)
def test_a_hard_wrap_does_not_cost_the_unit(text, value, unit):
    """A number that ends a line of prose belongs to what begins the next."""
    found = scan(text)
    assert [(q.low, q.unit.symbol) for q in found.quantities] == [(value, unit)]
    assert found.unexplained == ()


@pytest.mark.parametrize(
    "text", ["序号\n2\n家庭农场", "合计 35\n亿元", "全年治理水土流失并恢复植被面积616\n\n一、平方"]
)
def test_a_cell_is_no_hard_wrap(text):
    """Numbers in tables and lists do not reach into the next line."""
    assert all(q.unit.symbol == "" for q in find_quantities(text))


def test_conversion_is_exact():
    """15 亩 are one hectare; a quantity in another unit keeps its bounds."""
    assert find_quantities("15亩")[0].to("公顷").low == 1
    converted = find_quantities("近3.5万公顷")[0].to("平方公里")
    assert (converted.low, converted.high, converted.high_closed) == (None, Decimal("350.0"), False)
    assert converted.unit.symbol == "平方公里"
    assert find_quantities("七成")[0].to("%").low == 70
    assert find_quantities("5000吨/日")[0].to("公斤/天").low == 5_000_000


@pytest.mark.parametrize(
    ("text", "unit", "complaint"),
    [
        ("15亩", "公里", r"亩 \(area\) to 公里 \(length\)"),
        ("15亿美元", "元", "currencies"),
        ("3家", "户", "count different things"),
        ("1亩", "平方米", "which no decimal holds"),
        ("5%", "个百分点", "ratio difference"),
    ],
)
def test_conversion_refuses(text, unit, complaint):
    """Never across dimensions, currencies or measure words, and never rounded."""
    with pytest.raises(UnitError, match=complaint):
        find_quantities(text)[0].to(unit)


def test_users_units_are_passed_not_patched():
    """A larger table finds more; the default table stays as it was."""
    mine = UNITS.with_(Unit("斛", "volume", Fraction(1, 20)), forms=("石斛",))
    assert [q.text for q in find_quantities("交粮三十二斛又5石斛", mine)] == ["三十二斛", "5石斛"]
    assert find_quantities("交粮5斛") == ()
    assert scan("交粮5斛", mine).quantities[0].to("升", mine).low == 250


def test_known_spans_are_not_unexplained():
    """What a report's headings explain is not reported again."""
    text = "见97"
    assert scan(text).unexplained == (Span(1, 3),)
    assert scan(text, known=[Span(1, 3)]).unexplained == ()


def test_filter_has_a_class_reference_when_it_lacks_a_numeral():
    """亿元以上 counts nothing: it is a class, with its value kept; 2亿元以上 is a quantity only."""
    found = scan("开工亿元以上项目和2亿元以上项目")
    assert [(q.role, q.low) for q in found.quantities] == [
        (QuantityRole.FILTER, 10**8),
        (QuantityRole.FILTER, 2 * 10**8),
    ]
    assert [(r.text, r.kind, r.value) for r in found.references] == [("亿元以上", "class", 10**8)]


def test_quantities_are_genuine_frozen_instances():
    """The quick construction gives what ``__init__`` gives: equal, hashable, picklable, immutable."""
    q = find_quantities("近9万人次")[0]
    rebuilt = Quantity(**{name: getattr(q, name) for name in Quantity.__slots__ if name != "__weakref__"})
    assert type(q) is Quantity
    assert q == rebuilt == pickle.loads(pickle.dumps(q))
    assert hash(q) == hash(rebuilt)
    with pytest.raises(FrozenInstanceError):
        q.low = None


SCRIPTS = [
    ("近9万人次，增长三个百分点", "近9萬人次，增長三個百分點"),
    ("12.5亿元以上、3600余户", "１２．５億元以上、３６００餘戶"),
    ("二〇一六年，第三次会议，十三五规划", "二〇一六年，第三次會議，十三五規劃"),
]


@pytest.mark.parametrize(("one", "other"), SCRIPTS)
def test_both_scripts_and_widths_read_alike(one, other):
    """Traditional and full-width text gives the same values at the same places."""
    a, b = scan(one), scan(other)
    assert [(q.span, q.low, q.high, q.unit) for q in a.quantities] == [
        (q.span, q.low, q.high, q.unit) for q in b.quantities
    ]
    assert [(r.span, r.kind, r.value) for r in a.references] == [
        (r.span, r.kind, r.value) for r in b.references
    ]
    assert a.quantities or a.references


def test_every_printed_unit_is_found():
    """Each form of each row of the table, after a number, gives its unit."""
    for row in read_table("units"):
        if row["forms"] == "/" or row["symbol"] == "番":  # below the line only; only after 翻
            continue
        for form in (row["symbol"], *row["forms"].split()):
            found = find_quantities(f"共1.5{form}。")
            assert [q.unit.symbol for q in found] == [row["symbol"]], form


PIECES = st.sampled_from(
    "1 2 37 1.5 3,500 ８ 一 三 十二 二十五 百 万 亿 千亿 几 数 两三 % 个 家 元 亩 个百分点 年 年来 岁 以上 以内 左右 余 多 近 约 超过 不超过 "
    "— - 至 到 、 和 ： ∶ 比 / 第 届 次 会议 “ ” （ ） 〔 〕 号 月 日 2024年 分之 番 翻 成 倍 PM2.5 ， 。 \n".split(
        " "
    )
)
TEXTS = st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40)


@given(TEXTS)
def test_spans_are_true_ordered_and_disjoint(text):
    """Every span holds its own words; quantities and non-class references never share a character."""
    found = scan(text)
    things = sorted(
        [*found.quantities, *(r for r in found.references if r.kind != "class")], key=lambda x: x.span
    )
    for thing in things:
        assert text[thing.span.start : thing.span.end] == thing.text != ""
    for before, after in pairwise(things):
        assert before.span.end <= after.span.start


@given(TEXTS)
def test_every_digit_is_accounted_for(text):
    """Each digit lies in a quantity, a reference or an unexplained span: none is lost."""
    found = scan(text)
    covered = {
        i
        for span in [
            *(q.span for q in found.quantities),
            *(r.span for r in found.references),
            *found.unexplained,
        ]
        for i in span.range
    }
    assert [
        i
        for i, c in enumerate(text)
        if c.isdecimal() and c in "0123456789０１２３４５６７８９" and i not in covered
    ] == []


@given(TEXTS)
def test_intervals_are_ordered(text):
    """A lower end is never above the upper, an end that is missing is not closed, and values are Decimals."""
    for q in find_quantities(text):
        assert q.low is None or q.high is None or q.low <= q.high
        assert all(v is None or type(v) is Decimal for v in (q.low, q.high))
        assert not (q.low is None and q.low_closed)
        assert not (q.high is None and q.high_closed)
        assert (q.low, q.high) != (None, None) or q.kind is QuantityKind.RATIO


@given(
    st.integers(0, 10**6),
    st.sampled_from(["", "万", "亿", "万亿"]),
    st.sampled_from(["家", "元", "平方米", "%"]),
)
def test_plain_amounts(number, scale, unit):
    """Number, scale and unit, whatever they are, give the product."""
    power = {"": 0, "万": 4, "亿": 8, "万亿": 12}[scale]
    [q] = find_quantities(f"计{number}{scale}{unit}。")
    assert q.low == q.high == number * 10**power
    assert q.unit.symbol == unit


HOSTILE = [
    "1",
    "一",
    "万",
    "1-",
    "5至",
    "1,",
    "1 ",
    "1.",
    "一、",
    "第",
    "百分之",
    "1:",
    "1/",
    "3多",
    "“1",
    "〔2022〕",
    "几",
    "a1",
    "十五",
    "1个、",
    "一一一\n",
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_is_linear(piece):
    """Twice the text takes about twice the time, whatever it repeats."""
    short, long = (piece * (n // len(piece)) for n in (10_000, 80_000))

    def seconds(text):
        """The best of three, as other work on the machine only ever adds; the objects of other tests are not collected."""
        trials = []
        gc.disable()
        try:
            for _ in range(3):
                start = time.process_time()
                scan(text)
                trials.append(time.process_time() - start)
        finally:
            gc.enable()
        return min(trials)

    assert seconds(long) < 20 * max(seconds(short), 0.002)


def test_the_scan_touches_every_digit_run():
    """The pattern alone leaves no digit unmatched, so that nothing can be silently passed over."""
    text = "12个3，4.5.6 7８９-10第11年〔12〕a13"
    touched = {i for m in quantity_pattern(UNITS).finditer(text) for i in range(*m.span())}
    assert [i for i, c in enumerate(text) if c.isdecimal() and i not in touched] == []


SETTLED = [tails(UNITS)[tail] for tail in ("亿元", "%", "倍", "%以上")]
assert all(shape is not None and shape.settled for shape in SETTLED)


@given(
    st.text(st.sampled_from([*context.TOUCHING, *"不低约最多有没零翻港3"]), max_size=6),
    st.sampled_from(SETTLED),
)
def test_what_does_not_touch_a_number_changes_nothing(words, shape):
    """After words that `TOUCHING` lets pass, a number whose tail settles it begins where its digits do, and stays what it is."""
    text = "的" + words + "3"
    lead = context.TOUCHING.get(text[-2])
    if lead is None or (lead and text[-3] not in lead):
        assert context.before(text, len(text) - 1, len(text), shape) == (len(text) - 1, shape, False)
        assert not context.is_torn(text, len(text) - 1)


BEFORE = " 的 达到 翻了 这 那 第 超过 近 不到 港币 “ ， 、 ( \u3000 \n 零下 负 - 从 年 A 三 一".split(" ")
NUMBERS = "三 两 十 一 百 几 十二 三十六 百分之三 三分之二 半 3 0 2016 2016.05 18,000 3.5 9．8 12 1.5".split(
    " "
)
TAILS = " 年 个 亿元 万 % 成 番 号 月 日 次 级 批 期 家 户 公里 度 方 个百分点 百强 线".split(" ")
AFTER = " 以上 左右 余人 多 半 来 内 以来 期间 的 “ 。 、 至 - ： \n ) ．电".split(" ")


UNHURRIED = UNITS.with_()  # its own tables of tails and words


def in_full(text):
    """`scan` without its short cuts: no tail and no words settle anything, and every digit may begin a reference."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(reading, "is_settled", lambda *_, **__: False)
        patch.setattr(reading, "says_word", lambda *_: None)
        patch.setattr(reading, "is_nameless", lambda *_, **__: False)
        return scan(text, UNHURRIED)


@settings(max_examples=400)
@given(
    st.lists(st.tuples(*map(st.sampled_from, (BEFORE, NUMBERS, TAILS, AFTER))).map("".join), max_size=9).map(
        "".join
    )
)
def test_short_cuts_change_nothing(text):
    """What is settled by a look at a tail, at words or at one character comes out as if judged in full."""
    assert scan(text) == in_full(text)


def test_numbers_of_many_digits_are_exact_in_any_context():
    """Neither the caller's precision nor a trap that is off changes what is read."""
    number = "1234567890123456789012345678901234.5"
    with localcontext() as careless:
        careless.prec = 5
        careless.traps[InvalidOperation] = False
        low, high = (q.low for q in find_quantities(f"甲{number}亿元，乙18,000元"))
    assert (low, high) == (Decimal(number + "E8"), 18000)


def test_gold(shared):
    """The hand-read passages: values are right, and next to nothing is missed or invented."""
    found = missed = wrong = false = 0
    for line in (shared / "gold/quantities/passages.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        free = list(find_quantities(row["text"]))
        for gold in row["quantities"]:
            place = Span(gold["start"], gold["end"])
            hit = next((q for q in free if q.span.overlaps(place)), None)
            if hit:
                free.remove(hit)
            if gold.get("unsure"):
                continue
            found += hit is not None
            missed += hit is None
            wrong += hit is not None and hit.unit.symbol != gold["unit"]
        false += len(free)
    assert found > 450
    assert missed <= 3
    assert wrong == 0
    assert false <= 3


def test_seed_truth(shared):
    """Every number that a reader took from the seeds is among their quantities (a doubling is 1 番)."""
    rows = [line.split("\t") for line in (shared / "domain/SEED_TRUTH.tsv").read_text("utf-8").splitlines()]
    head, *rows = rows
    texts = {path.name[:3]: path.read_bytes().decode() for path in (shared / "seeds").glob("*.txt")}
    values = {
        seed: {
            (abs(v), q.unit.symbol) for q in find_quantities(text) for v in (q.low, q.high) if v is not None
        }
        for seed, text in texts.items()
    }
    checked = 0
    for row in rows:
        truth = dict(zip(head, row, strict=False))
        for end in ("low", "high"):
            if truth[end] and truth["kind"] != "rank" and truth.get("trap") != "翻一番":
                checked += 1
                assert (abs(Decimal(truth[end])), truth["unit"]) in values[truth["seed"]], truth
    assert checked > 150


@pytest.mark.parametrize(("folder", "limit"), [("seeds", 0.005), ("corpus", 0.02)])
def test_unexplained(shared, folder, limit):
    """Nearly every run of digits is a quantity or has a name."""
    runs = unexplained = 0
    for path in sorted((shared / folder).rglob("*.txt")):
        text = path.read_bytes().decode()
        runs += sum(1 for a, b in zip(" " + text, text, strict=False) if b.isdecimal() and not a.isdecimal())
        unexplained += sum(1 for span in scan(text).unexplained if text[span.start].isdecimal())
    assert unexplained < limit * runs
