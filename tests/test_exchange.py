"""Reports as JSON: what goes out follows the published schema and comes back equal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import zfreport
from zfreport.render.exchange import SCHEMA, from_dict, json_schema, to_dict

EXAMPLES = sorted((Path(__file__).resolve().parent.parent / "examples").glob("*.txt"))
assert EXAMPLES, "no examples found"

ANY_TEXT = st.text(
    st.sampled_from("一二十、（）1.\n\r\f　增长工作回顾。：") | st.characters(exclude_categories=["Cs"])
)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_round_trip(path):
    """Out to JSON, by the schema, and back: the same tree, the same notices."""
    jsonschema = pytest.importorskip("jsonschema")
    for report in zfreport.parse_all(path.read_text("utf-8")):
        printed = json.dumps(to_dict(report), ensure_ascii=False)
        jsonschema.validate(json.loads(printed), json_schema())
        again = from_dict(json.loads(printed))
        assert again == report
        assert again.children == report.children
        assert again.diagnostics == report.diagnostics


@given(ANY_TEXT)
def test_any_text_survives(text):
    """Whatever the text, its report comes back equal."""
    report = zfreport.parse(text)
    assert from_dict(json.loads(json.dumps(to_dict(report)))) == report


@pytest.mark.parametrize(
    "data",
    [{}, {"schema": "zfreport/report/99"}, {"schema": SCHEMA}, {"schema": SCHEMA, "source": "", "span": [0]}],
    ids=["empty", "later", "bare", "short"],
)
def test_other_data_is_refused(data):
    """What is not such a report is refused with a reason, never half read."""
    with pytest.raises(zfreport.ReadError) as caught:
        from_dict(data)
    assert caught.value.reason == "format"


def test_the_schema_is_strict():
    """A misspelt key is an error: the schema can fail."""
    jsonschema = pytest.importorskip("jsonschema")
    data = to_dict(zfreport.parse("一、工作回顾\n产业结构持续优化。新增企业12家。\n"))
    data["children"][0]["tilte"] = "x"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema())
