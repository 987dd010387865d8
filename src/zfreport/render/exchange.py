"""
A report as plain data and back: what JSON has, by a schema that has a version. Lossless; nothing is read again.

The form is published as a JSON Schema (``data/report.schema.json``), which `zfreport.render.schema` makes from the classes
themselves. Decimals are strings, so that nothing is rounded; spans are ``[start, end]`` into ``source``.
"""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from importlib.resources import files
from typing import Any

import attrs

from ..diagnostics import Code, Diagnostic, Severity
from ..errors import ReadError, expect, expect_report
from ..facts import Extraction, Fact, Pledge, Target, TargetReading, Task
from ..metadata import Metadata
from ..nodes import Evidence, Form, Kind, Marker, Node
from ..quantities import PartialDate, Quantity, Reference, Scan
from ..regions import Place
from ..report import Report
from ..text import Span
from ..tree import Row
from ..units import Unit

__all__ = [
    "LISTS",
    "SCHEMA",
    "from_dict",
    "from_json",
    "hints_of",
    "json_schema",
    "plain",
    "to_dict",
    "to_json",
]

SCHEMA = "zfreport/report/1"
"""Name and version of the form. Within a version keys may be added; none changes meaning."""

LISTS: Mapping[str, type] = {
    "quantities": Quantity,
    "references": Reference,
    "unexplained": Span,
    "facts": Fact,
    "targets": Target,
    "pledges": Pledge,
    "tasks": Task,
}
"""What is read out of a report, and what each of it is."""

# Types that the modules of the classes may know to type checkers only.
_NAMES: Mapping[str, Any] = {
    t.__name__: t for t in (date, Decimal, Evidence, Fraction, PartialDate, Place, Quantity, Span, Unit)
}


def to_dict(report: Report) -> dict[str, Any]:
    """
    The whole report as values that JSON has: dicts, lists, strings, numbers, booleans and ``None``.

    Nodes are nested under ``children``. Fields that hold their default are left out; units are named by their symbol and
    described once, under ``units``.
    """
    from .. import __version__

    expect_report(report, "to_dict")
    units: dict[str, Unit] = {}
    data: dict[str, Any] = {
        "schema": SCHEMA,
        "version": __version__,
        "span": list(report.span),
        "metadata": _plain(report.metadata, units),
        "children": _nodes(report.children),
    }
    for name in LISTS:
        data[name] = [_plain(value, units) for value in getattr(report, name)]
    data["diagnostics"] = [
        {
            "code": d.code,
            "severity": d.severity.value,
            "span": list(d.span),
            "message": d.message,
            "stage": "structure" if d in report._noticed else "content",
        }
        for d in report.diagnostics
    ]
    data["units"] = {
        symbol: {"dimension": unit.dimension, "factor": str(unit.factor), "code": unit.code}
        for symbol, unit in sorted(units.items())
    }
    data["source"] = report.source
    return data


def from_dict(data: Mapping[str, Any]) -> Report:
    """
    The report that `to_dict` made *data* from. Values are taken as they are, not read again from the text.

    Raises `ReadError` (``format``) for anything else, and for a form of another version.
    """
    if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
        if not isinstance(data, Mapping):
            hint = "; from_json reads text" if isinstance(data, (str, bytes)) else ""
            raise ReadError("format", f"want what Report.to_dict gives, got {type(data).__name__}{hint}")
        raise ReadError("format", f"want schema {SCHEMA!r}, got {data.get('schema')!r}")
    try:
        units = {
            symbol: Unit(symbol, u["dimension"], Fraction(u["factor"]), u["code"])
            for symbol, u in data["units"].items()
        }
        diagnostics = tuple(
            Diagnostic(Code(d["code"]), Severity(d["severity"]), Span(*d["span"]), d["message"])
            for d in data["diagnostics"]
        )
        report = Report(
            source=data["source"],
            span=Span(*data["span"]),
            rows=tuple(_rows(data["children"])),
            noticed=tuple(
                d
                for d, shown in zip(diagnostics, data["diagnostics"], strict=True)
                if shown["stage"] == "structure"
            ),
        )
        made = {name: tuple(_build(kind, v, units) for v in data[name]) for name, kind in LISTS.items()}
        report._made.update(
            metadata=(_build(Metadata, data["metadata"], units), ()),
            scan=Scan(made["quantities"], made["references"], made["unexplained"]),
            facts=Extraction(made["facts"]),
            targets=TargetReading(made["targets"]),
            pledges=made["pledges"],
            tasks=made["tasks"],
            diagnostics=diagnostics,
        )
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise ReadError("format", f"not a report as to_dict writes it: {error!r}") from None
    return report


def to_json(report: Report, *, indent: int | None = None) -> str:
    """`to_dict` as JSON text; Chinese stays readable, lone surrogates are escaped."""
    text = json.dumps(to_dict(report), ensure_ascii=False, indent=indent)
    try:
        text.encode()
    except UnicodeEncodeError:  # half a character in the source: only escapes survive a file
        return json.dumps(to_dict(report), indent=indent)
    return text


def from_json(text: str | bytes) -> Report:
    """The report that `to_json` made *text* from; raises as `from_dict` does, and if *text* is not JSON."""
    hint = "; from_dict reads that" if isinstance(text, dict) else ""
    expect(text, str | bytes | bytearray, "from_json wants JSON as str or bytes", hint)
    try:
        data = json.loads(text)
    except ValueError as error:
        path = isinstance(text, str) and text.strip().endswith(".json")
        hint = "; this looks like a path: give what stands in the file" if path else ""
        raise ReadError("format", f"not JSON: {error}{hint}") from None
    return from_dict(data)


# ---------------------------------------------------------------------- values


def _plain(value: Any, units: dict[str, Unit]) -> Any:
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return value.value
        case str():
            return value
        case Decimal():
            return str(value)
        case PartialDate():
            return {"date": str(value)}
        case date():
            return value.isoformat()
        case Unit():
            units[value.symbol] = value
            return value.symbol
        case tuple():
            return [_plain(v, units) for v in value]
    if type(value) is Reference and isinstance(value.value, Decimal):
        return {
            **_fields(value, units),
            "value": {"decimal": str(value.value)},
        }  # "5" is a string, {"decimal": "5"} a number
    return _fields(value, units)


def _fields(value: Any, units: dict[str, Unit]) -> dict[str, Any]:
    shown = ((f, getattr(value, f.name)) for f in attrs.fields(type(value)) if not f.name.startswith("_"))
    return {f.name: _plain(v, units) for f, v in shown if f.default is attrs.NOTHING or v != f.default}


@cache
def hints_of(kind: type) -> dict[str, Any]:
    """The types of a class's fields."""
    return typing.get_type_hints(kind, localns=_NAMES)


def _build(kind: Any, value: Any, units: Mapping[str, Unit]) -> Any:
    """The value of type *kind* that `_plain` made *value* from."""
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        if value is None:
            return None
        rest = [a for a in args if a is not type(None)]
        return _build(rest[0], value, units) if len(rest) == 1 else _reference_value(value)
    if origin is tuple:
        return tuple(_build(args[0], v, units) for v in value)
    if kind is Unit:
        return units[value]
    if kind in (str, int, float, bool):
        if type(value) is not kind and not (kind is float and type(value) is int):
            raise TypeError(f"want {kind.__name__}, got {value!r}")
        return value
    if kind is date:
        return date.fromisoformat(value)
    if kind is Decimal:
        return Decimal(_build(str, value, units))  # a float would be a wrong number, nearly
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if isinstance(kind, type) and issubclass(kind, tuple):
        return kind(*value)
    generic = dict(zip(getattr(origin, "__parameters__", ()), args, strict=False))
    made = origin or kind
    if made is Fact and value.get("modality") == "target":
        made = Target  # targets are among the facts
    hints = hints_of(made)
    known = {f.name: hints[f.name] for f in attrs.fields(made) if f.init}
    return made(
        **{k: _build(generic.get(known[k], known[k]), v, units) for k, v in value.items() if k in known}
    )


def _reference_value(value: Any) -> Any:
    """The value of a `Reference`, which has many types: objects name theirs, lists are tuples, the rest is itself."""
    match value:
        case list():
            return tuple(_reference_value(v) for v in value)
        case {"decimal": text}:
            return Decimal(text)
        case {"date": text}:
            year, *rest = text.split("-")
            return PartialDate(None if year == "XXXX" else int(year), *map(int, rest))
        case None | int() | str():
            return value
    raise TypeError(f"no value of a reference: {value!r}")


# ---------------------------------------------------------------------- nodes


def _nodes(tops: tuple[Node, ...]) -> list[dict[str, Any]]:
    # Without recursion: depth is the text's choice.
    made: list[dict[str, Any]] = [{} for _ in tops]
    stack = list(zip(tops, made, strict=True))
    while stack:
        node, out = stack.pop()
        out["kind"] = node.kind.value
        if (role := getattr(node, "role", None)) is not None:
            out["role"] = role.value
        out["span"] = list(node.span)
        if node.title or node.title_span is not None:
            out["title"] = node.title
        if node.title_span is not None:
            out["title_span"] = list(node.title_span)
        if node.marker is not None:
            out["marker"] = _plain(node.marker, {})
        if node.form is not None:
            out["form"] = node.form.value
        if node.confidence != 1.0:
            out["confidence"] = node.confidence
        if node.evidence:
            out["evidence"] = [_plain(e, {}) for e in node.evidence]
        if node.children:
            out["children"] = [{} for _ in node.children]
            stack.extend(zip(node.children, out["children"], strict=True))
    return made


def _rows(tops: list[dict[str, Any]]) -> list[Row]:
    rows: list[Row] = []
    stack = [(-1, node) for node in reversed(tops)]
    while stack:
        parent, node = stack.pop()
        marker = _build(Marker, node["marker"], {}) if "marker" in node else None
        proofs = [_build(Evidence, e, {}) for e in node.get("evidence", ())]
        title = node.get("title_span", (-1, -1))
        start, end = node["span"]
        rows.append(
            Row(
                Kind(node["kind"]),
                start,
                end,
                parent,
                node.get("title", ""),
                title[0],
                title[1],
                Form(node["form"]) if "form" in node else None,
                (marker.text, marker.value, marker.style, *marker.span) if marker else None,
                node.get("role", ""),
                node.get("confidence", 1.0),
                tuple((e.rule, *e.span, e.detail) for e in proofs),
            )
        )
        number = len(rows) - 1
        stack.extend((number, child) for child in reversed(node.get("children", ())))
    return rows


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `to_dict` returns; it ships with the package."""
    found: dict[str, Any] = json.loads(
        files("zfreport").joinpath("data", "report.schema.json").read_text("utf-8")
    )
    return found


def plain(value: Any) -> Any:
    """
    A value of the library as values that JSON has.

    >>> from zfreport import Span
    >>> plain({"low": Decimal("5.50"), "span": Span(3, 5)})
    {'low': '5.50', 'span': [3, 5]}
    """
    match value:
        case Enum():
            return value.value
        case None | bool() | int() | float():
            return value
        case str():
            return str(value)
        case Decimal():
            return str(value)
        case Mapping():
            return {str(plain(k)): plain(v) for k, v in value.items()}
        case Sequence() | frozenset():
            return [plain(v) for v in value]
    if attrs.has(type(value)):
        return {
            f.name: plain(getattr(value, f.name))
            for f in attrs.fields(type(value))
            if not f.name.startswith("_")
        }
    return str(value)
