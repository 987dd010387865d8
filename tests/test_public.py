"""The public names as somebody meets them who has only a shell and ``help()``."""

from __future__ import annotations

import inspect
from importlib import import_module

import pytest

import zfreport

MODULES = (
    "zfreport",
    *(f"zfreport.{name}" for name in "batch facts frames headings io quantities units".split()),
)
PUBLIC = [(module, name) for module in MODULES for name in import_module(module).__all__]


@pytest.mark.parametrize(("module", "name"), PUBLIC, ids=lambda part: part.rpartition(".")[2])
def test_a_signature_fits_a_screen(module, name):
    """``help(zfreport.scan)`` shows its parameters, and not four hundred units, the value of a default."""
    thing = getattr(import_module(module), name)
    if inspect.isfunction(thing) or (isinstance(thing, type) and not issubclass(thing, BaseException)):
        assert len(str(inspect.signature(thing))) < 800


def test_words_alone_are_counted_by_themselves():
    """`Report.attention` takes what `zfreport.attention.attention` takes, and nothing else."""
    report = zfreport.parse("一、2023年工作回顾\n产业投资增长8%。")
    assert report.attention("产业").total.counts == report.attention(["产业"]).total.counts == {"产业": 1}
    with pytest.raises(TypeError, match="unexpected keyword"):
        report.attention("产业", by="part")
