"""The public names as somebody meets them who has only a shell and ``help()``."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

import zfreport
import zfreport.errors

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


UNTOLD = {
    # what a public function takes or gives without anyone writing its name
    *("zfreport.batch.Resumable", "zfreport.batch.Tabulate", "zfreport.batch.numbered"),
    *(
        "zfreport.frames.Columns",
        "zfreport.facts.Extraction",
        "zfreport.facts.Outline",
        "zfreport.facts.Years",
    ),
    # the stages behind `Report.facts` and its like
    *(
        f"zfreport.facts.{name}"
        for name in "extract find_pledges find_tasks read_facts read_targets select_targets".split()
    ),
    # the built-in detectors, which a chain knows by their names
    *(
        f"zfreport.headings.{name}"
        for name in "AnnexTitle LeadSentence MARKER_STYLES MarkerStyle PartLine SectionLine".split()
    ),
    # told where they are used
    *(
        "zfreport.frames.VERSION",
        "zfreport.headings.DEFAULT",
        "zfreport.io.DEFAULT_LIMITS",
        "zfreport.units.UNITS",
        "zfreport.quantities.UNITS",
        "zfreport.units.NO_UNIT",
    ),
}
REFERENCE = Path(__file__).resolve().parent.parent / "docs" / "reference"


def test_every_public_name_is_in_the_reference():
    """With its signature; the names that are not are counted above, with the reason."""
    pages = "\n".join(page.read_text("utf-8") for page in REFERENCE.glob("*.md"))
    told = {
        name.rpartition(".")[2]
        for name in re.findall(r"auto\w+:: ([\w.]+)|data:: ([\w.]+)", pages)
        for name in name
    }
    told |= {name for name in dir(zfreport.errors) if "automodule:: zfreport.errors" in pages}
    missing = {f"{module}.{name}" for module, name in PUBLIC if name not in told}
    assert missing == UNTOLD


def test_words_alone_are_counted_by_themselves():
    """`Report.attention` takes what `zfreport.attention.attention` takes, and nothing else."""
    report = zfreport.parse("一、2023年工作回顾\n产业投资增长8%。")
    assert report.attention("产业").total.counts == report.attention(["产业"]).total.counts == {"产业": 1}
    with pytest.raises(TypeError, match="unexpected keyword"):
        report.attention("产业", by="part")
