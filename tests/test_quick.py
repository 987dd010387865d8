"""`quick` makes the same frozen objects as the class itself."""

import pickle

import attrs
import pytest
from attrs import field, frozen

from zfreport import Span
from zfreport.facts import Bound, Modality, Target
from zfreport.headings import Candidate
from zfreport.layout import Line, lay_out
from zfreport.nodes import Evidence, Item, Part, PartRole
from zfreport.quick import quick

TARGET = Target(
    indicator="gdp",
    name="经济增长",
    kind=None,
    bound=Bound.RELATIVE,
    modality=Modality.TARGET,
    span=Span(0, 9),
    sentence_span=Span(0, 9),
    rule="status-relative",
)
MADE = [
    (Evidence, ("lead", Span(0, 4)), {}),
    (Candidate, ("cjk-comma", (2, 6)), {"marker": (0, 2), "value": 1}),
    (Line, ("各位代表：", 0, 5), {"indented": True}),
    (Item, (), {"span": Span(3, 9), "title": "稳增长"}),
    (Part, (), {"span": Span(3, 9), "role": PartRole.PLAN}),
    (Target, (), {f.name: getattr(TARGET, f.name) for f in attrs.fields(Target)}),
]


@pytest.mark.parametrize(("cls", "args", "kwargs"), MADE, ids=[cls.__name__ for cls, _, _ in MADE])
def test_made_quickly_is_the_same(cls, args, kwargs):
    """Equal, of the same class, hashed and pickled alike, and frozen."""
    slow, fast = cls(*args, **kwargs), quick(cls)(*args, **kwargs)
    assert type(fast) is cls
    assert fast == slow
    assert hash(fast) == hash(slow)
    assert repr(fast) == repr(slow)
    assert pickle.loads(pickle.dumps(fast)) == slow
    name = attrs.fields(cls)[0].name
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        setattr(fast, name, None)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        delattr(fast, name)


def test_a_default_before_a_field_without_one_is_none():
    """So that all of a fact's fields can be given by place, in the order of the class."""
    with pytest.raises(TypeError, match="rule"):
        quick(Target)("gdp", "经济增长", None)


def test_what_a_parse_makes_is_frozen():
    """The lines of a layout are made quickly; nobody can write to them."""
    (line,) = lay_out("一、工作回顾")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        line.text = ""


@frozen
class _Checked:
    value: int = field(validator=attrs.validators.instance_of(int))


@frozen
class _Gathering:
    values: list[int] = field(factory=list)


@pytest.mark.parametrize("cls", [_Checked, _Gathering])
def test_classes_that_do_more_are_refused(cls):
    """A validator, a converter or a factory would be passed over in silence."""
    with pytest.raises(TypeError, match="want"):
        quick(cls)
