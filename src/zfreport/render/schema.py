"""The JSON Schema of reports, made from the classes, so that the two cannot drift apart; a test compares it with the copy that ships."""

from __future__ import annotations

import types
import typing
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from ..diagnostics import Code, Severity
from ..metadata import Metadata
from ..nodes import Evidence, Form, Kind, Marker
from ..text import Span
from ..units import Unit
from .exchange import LISTS, SCHEMA, hints_of

__all__ = ["make_schema"]


def make_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of what `zfreport.render.exchange.to_dict` returns."""
    definitions: dict[str, Any] = {
        "span": {
            "description": "Start and end offset into source, half-open, in Unicode code points.",
            "type": "array",
            "prefixItems": [{"type": "integer", "minimum": 0}, {"type": "integer", "minimum": 0}],
            "items": False,
            "minItems": 2,
        },
        "decimal": {
            "description": "An exact decimal number.",
            "type": "string",
            "pattern": r"^-?\d+(\.\d+)?(E[+-]?\d+)?$",
        },
        "unit": {"description": "Symbol of a unit; described under units.", "type": "string"},
        "reference_value": {
            "description": "A number, words, a partial date, or a list of such.",
            "anyOf": [
                {"type": ["null", "integer", "string"]},
                {"type": "array", "items": {"$ref": "#/$defs/reference_value"}},
                _object({"decimal": {"$ref": "#/$defs/decimal"}}, ["decimal"]),
                _object({"date": {"type": "string", "pattern": r"^(\d{4}|XXXX)(-\d\d)*$"}}, ["date"]),
            ],
        },
    }
    node = _object(
        {
            "kind": {"enum": [k.value for k in Kind if k is not Kind.REPORT]},
            "role": {"type": "string"},
            "span": {"$ref": "#/$defs/span"},
            "title": {"type": "string"},
            "title_span": {"$ref": "#/$defs/span"},
            "marker": _type(Marker, definitions),
            "form": _type(Form, definitions),
            "confidence": {"type": "number", "minimum": 0, "maximum": 1},
            "evidence": {"type": "array", "items": _type(Evidence, definitions)},
            "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
        },
        ["kind", "span"],
    )
    definitions["node"] = node
    diagnostic = _object(
        {
            "code": {"enum": [c.value for c in Code]},
            "severity": {"enum": [s.value for s in Severity]},
            "span": {"$ref": "#/$defs/span"},
            "message": {"type": "string"},
            "stage": {
                "description": "Whether the tree is doubted, or what was read of it.",
                "enum": ["structure", "content"],
            },
        },
        ["code", "severity", "span", "message", "stage"],
    )
    unit = _object(
        {
            "dimension": {"type": "string"},
            "factor": {
                "description": "Exact size in the base unit, a fraction.",
                "type": "string",
                "pattern": r"^\d+(/\d+)?$",
            },
            "code": {"description": "ISO 4217 for money, UCUM for the rest.", "type": "string"},
        },
        ["dimension", "factor", "code"],
    )
    properties: dict[str, Any] = {
        "schema": {"const": SCHEMA},
        "path": {"description": "Of the file; written by the command line.", "type": "string"},
        "version": {"description": "The release of zfreport that made it.", "type": "string"},
        "span": {"$ref": "#/$defs/span"},
        "metadata": _type(Metadata, definitions),
        "children": {"type": "array", "items": {"$ref": "#/$defs/node"}},
        **{name: {"type": "array", "items": _type(kind, definitions)} for name, kind in LISTS.items()},
        "diagnostics": {"type": "array", "items": diagnostic},
        "units": {"type": "object", "additionalProperties": unit},
        "source": {"description": "The text exactly as given.", "type": "string"},
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:{SCHEMA.replace('/', ':')}",
        "title": "A government work report, parsed",
        "description": "A key that is missing holds its default; no number is never zero.",
        **_object(properties, [name for name in properties if name != "path"]),
        "$defs": dict(sorted(definitions.items())),
    }


def _object(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": required, "additionalProperties": False}


def _type(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, args = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        rest = [a for a in args if a is not type(None)]
        if len(rest) > 1:
            return {"$ref": "#/$defs/reference_value"}
        return {"anyOf": [_type(rest[0], definitions), {"type": "null"}]}
    if origin is tuple:
        return {"type": "array", "items": _type(args[0], definitions)}
    simple = {str: "string", int: "integer", float: "number", bool: "boolean"}
    if kind in simple:
        return {"type": simple[kind]}
    if kind is date:
        return {"type": "string", "format": "date"}
    if kind in (Decimal, Span, Unit):
        return {"$ref": f"#/$defs/{kind.__name__.lower()}"}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"enum": [member.value for member in kind]}
    if isinstance(kind, type) and issubclass(kind, tuple):  # a pair with names
        hints = hints_of(kind)
        return {
            "type": "array",
            "prefixItems": [_type(t, definitions) for t in hints.values()],
            "items": False,
            "minItems": len(hints),
        }
    made = origin or kind
    name = made.__name__.lower() + ("" if not args else "_" + getattr(args[0], "__name__", "value").lower())
    if name not in definitions:
        definitions[name] = {}  # a class may hold itself
        hints = hints_of(made)
        generic = dict(zip(getattr(made, "__parameters__", ()), args, strict=False))
        shown = [f for f in attrs.fields(made) if not f.name.startswith("_")]
        properties = {f.name: _type(generic.get(hints[f.name], hints[f.name]), definitions) for f in shown}
        definitions[name] = {
            "description": (made.__doc__ or "").strip().split("\n")[0],
            **_object(properties, [f.name for f in shown if f.default is attrs.NOTHING]),
        }
    return {"$ref": f"#/$defs/{name}"}
