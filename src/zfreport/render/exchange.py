"""
A report as plain data and back: what JSON has, by a schema that has a version.

The text and the tree go out whole and come back equal. Metadata and diagnostics are written for readers of the file; numbers and facts are read again from the text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import Enum
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from attrs import fields, has

from ..diagnostics import Code, Diagnostic, Severity
from ..errors import ReadError
from ..nodes import Form, Kind
from ..report import Report
from ..text import Span
from ..tree import Row

if TYPE_CHECKING:
    from ..nodes import Node

__all__ = ["SCHEMA", "from_dict", "json_schema", "plain", "to_dict"]

SCHEMA = "zfreport/report/1"
"""Name and version of what `to_dict` returns. A key may be added within a version; none changes meaning."""


def to_dict(report: Report) -> dict[str, Any]:
    """
    The whole report as values that JSON has: dicts, lists, strings, numbers, booleans and ``None``.

    Spans are ``[start, end]`` into ``source``; decimals are strings, so that nothing is rounded. Nodes are nested
    under ``children``; empty fields are left out. `json_schema` describes it, `from_dict` reads it back.
    """
    from .. import __version__

    return {
        "schema": SCHEMA,
        "version": __version__,
        "span": list(report.span),
        "metadata": plain(report.metadata),
        "children": [_node(child) for child in report.children],
        "diagnostics": [
            {"code": d.code, "severity": d.severity.value, "span": list(d.span), "message": d.message}
            for d in report.diagnostics
        ],
        "source": report.source,
    }


def _node(root: Node) -> dict[str, Any]:
    # Without recursion: depth is the text's choice.
    top: dict[str, Any] = {}
    stack = [(root, top)]
    while stack:
        node, out = stack.pop()
        out["kind"] = node.kind.value
        role = getattr(node, "role", None)
        if role is not None:
            out["role"] = role.value
        out["span"] = list(node.span)
        if node.title_span is not None:
            out["title"] = node.title
            out["title_span"] = list(node.title_span)
        if node.marker is not None:
            out["marker"] = plain(node.marker)
        if node.form is not None:
            out["form"] = node.form.value
        if node.confidence != 1.0:
            out["confidence"] = node.confidence
        if node.evidence:
            out["evidence"] = plain(node.evidence)
        if node.children:
            children: list[dict[str, Any]] = [{} for _ in node.children]
            out["children"] = children
            stack.extend(zip(node.children, children, strict=True))
    return top


def from_dict(data: Mapping[str, Any]) -> Report:
    """
    The report that `to_dict` wrote: equal to it, and as able.

    Raises `ReadError` (``format``) if *data* is not such a report, or of a version this library does not know.
    """
    if data.get("schema") != SCHEMA:
        raise ReadError("format", f"want schema {SCHEMA!r}, got {data.get('schema')!r}")
    try:
        return Report(
            source=data["source"],
            span=Span(*data["span"]),
            rows=_rows(data["children"]),
            noticed=tuple(
                Diagnostic(Code(d["code"]), Severity(d["severity"]), Span(*d["span"]), d["message"])
                for d in data["diagnostics"]
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ReadError("format", f"not a report as to_dict writes it: {error!r}") from None


def _rows(children: Sequence[Mapping[str, Any]]) -> tuple[Row, ...]:
    rows: list[Row] = []
    stack = [(child, -1) for child in reversed(children)]
    while stack:
        node, parent = stack.pop()
        title_start, title_end = node.get("title_span", (-1, -1))
        marker = node.get("marker")
        rows.append(
            Row(
                kind=Kind(node["kind"]),
                start=node["span"][0],
                end=node["span"][1],
                parent=parent,
                title=node.get("title", ""),
                title_start=title_start,
                title_end=title_end,
                form=Form(node["form"]) if "form" in node else None,
                marker=(marker["text"], marker["value"], marker["style"], *marker["span"])
                if marker
                else None,
                role=node.get("role", ""),
                confidence=node.get("confidence", 1.0),
                evidence=tuple((e["rule"], *e["span"], e["detail"]) for e in node.get("evidence", ())),
            )
        )
        stack.extend((child, len(rows) - 1) for child in reversed(node.get("children", ())))
    return tuple(rows)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `to_dict` returns; it ships with the package."""
    import json

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
    if has(type(value)):
        return {
            f.name: plain(getattr(value, f.name)) for f in fields(type(value)) if not f.name.startswith("_")
        }
    return str(value)
