"""The collector rests while a report is made, and is left as it was found."""

from __future__ import annotations

import gc

import pytest

import zfreport
from zfreport.collector import uncollected


@pytest.fixture
def without_collector():
    """The collector is off, as a caller may have it."""
    gc.disable()
    yield
    gc.enable()


def test_runs_again():
    """Whatever happens."""
    with pytest.raises(ZeroDivisionError):
        uncollected(lambda: 1 // 0)()
    assert gc.isenabled()
    with pytest.raises(TypeError):
        zfreport.parse(None)
    assert gc.isenabled()
    assert zfreport.parse("一、2024年工作安排\n主要预期目标是：地区生产总值增长6%。").targets
    assert gc.isenabled()


def test_stays_off(without_collector):
    """Who has put it off has it off."""
    zfreport.parse("一、2024年工作安排\n主要预期目标是：地区生产总值增长6%。")
    assert not gc.isenabled()


def test_parse_keeps_its_name():
    """What is wrapped is documented as what it is."""
    assert zfreport.parse.__name__ == "parse"
    assert "The one report" in zfreport.parse.__doc__
