"""What the documentation needs of Sphinx: search in Chinese, the page of diagnostics made from the codes, true names."""

from __future__ import annotations

import ast
import builtins
import inspect
import pkgutil
import re
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

import attrs
from docutils import nodes
from sphinx.search.en import SearchEnglish
from sphinx.util.docutils import SphinxDirective
from sphinx.util.inspect import object_description

import zfreport
from zfreport import diagnostics
from zfreport.facts import default_table

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"


class ChineseBigrams(SearchEnglish):
    """
    English words are stemmed; Chinese is indexed by single characters and pairs, and a query is cut into pairs.

    A dictionary of words would cut 预期目标 in one place here and in another there; pairs meet whatever the cut.
    """

    lang = "zh"
    language_name = "English"  # names the stemmer in the script
    # What a reader types goes through this: 预期目标 becomes 预期, 期目, 目标, all of which must occur.
    js_splitter_code = r"""
var splitQuery = function (query) {
  var words = [];
  (query.match(/[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+|[^\s\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+/g) || []).forEach(function (run) {
    if (!/^[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/.test(run)) {
      run.split(/[^\p{L}\p{N}_]+/u).forEach(function (word) { if (word) words.push(word); });
      return;
    }
    if (run.length === 1) words.push(run);
    for (var i = 0; i + 1 !== run.length; i++) words.push(run.slice(i, i + 2));
  });
  return words;
};
"""

    def split(self, input: str) -> list[str]:
        words: list[str] = []
        for run in re.findall(f"[{HAN}]+|[^\\W{HAN}]+", input):
            if re.match(f"[{HAN}]", run):
                words += run
                words += (run[i : i + 2] for i in range(len(run) - 1))
            else:
                words.append(run)
        return words


def code_docs() -> list[tuple[str, str, str]]:
    """Number, name and docstring of every diagnostic, in the order of the source."""
    [tree] = ast.parse(inspect.getsource(diagnostics.Code)).body
    assert isinstance(tree, ast.ClassDef)
    found = []
    for member, text in zip(tree.body, tree.body[1:], strict=False):
        if isinstance(member, ast.Assign) and isinstance(text, ast.Expr):
            name = member.targets[0].id  # type: ignore[attr-defined]
            found.append(
                (ast.literal_eval(member.value), name, inspect.cleandoc(ast.literal_eval(text.value)))
            )
    if len(found) != len(diagnostics.Code):
        raise ValueError("every diagnostic needs a docstring")
    return found


GROUPS = {
    "1": "Headings",
    "2": "Whole reports",
    "3": "Numbers",
    "4": "Facts and targets",
    "5": "Metadata",
    "9": "Plug-ins",
}


class Diagnostics(SphinxDirective):
    """``{diagnostics}``: every code with what it means, grouped as the numbers are."""

    def run(self) -> list[nodes.Node]:
        lines = []
        group = ""
        for number, name, text in code_docs():
            if number[2] != group:
                group = number[2]
                lines += ["", f"## {GROUPS[group]}", ""]
            lines += ["", f"({number.lower()})=", f"### {number} `{name}`", "", text, ""]
        return self.parse_text_to_nodes("\n".join(lines), allow_section_headings=True)


class Indicators(SphinxDirective):
    """``{indicators}``: the built-in indicators, as the library reads them."""

    def run(self) -> list[nodes.Node]:
        lines = ["| id | 中文 | English | units |", "|---|---|---|---|"]
        lines += [
            f"| `{one.id}` | {one.name_zh} | {one.name_en} | {' '.join(one.units)} |"
            for one in default_table().indicators.values()
        ]
        found = self.parse_text_to_nodes("\n".join(lines))
        for table in (t for node in found for t in node.findall(nodes.table)):
            table["classes"].append("columns")
        return found


def attrs_defaults(
    app: Sphinx, what: str, name: str, thing: Any, options: Any, signature: str | None, returns: str | None
) -> tuple[str, str | None] | None:
    """Defaults as written (`autodoc_preserve_defaults`) are for attrs' classes those of the code that attrs writes."""
    if not signature or "attr_dict[" not in signature:
        return None
    fields = attrs.fields_dict(thing)
    shown = re.sub(
        r"attr_dict\['(\w+)'\]\.default", lambda m: object_description(fields[m[1]].default), signature
    )
    return shown.replace("NOTHING", "..."), returns


@cache
def names() -> frozenset[str]:
    """Every name there is: of Python's builtins, of the library's modules, and of what their classes hold."""
    found = {*dir(builtins), *(f"str.{name}" for name in dir(str))}
    modules = [
        m.name for m in pkgutil.walk_packages(zfreport.__path__, "zfreport.") if "__main__" not in m.name
    ]
    for path in ["zfreport", *modules]:
        module = import_module(path)
        found.add(path)
        for name in {*vars(module), *getattr(module, "__all__", ())}:
            thing = getattr(module, name)
            members = [f"{name}.{member}" for member in dir(thing)] if inspect.isclass(thing) else []
            for known in (name, *members):
                found |= {known, f"{path}.{known}"}
    return frozenset(found)


def plain_name(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, content: nodes.TextElement
) -> nodes.TextElement | None:
    """A name that exists and has no page of its own is shown without a link; one that does not exist is a warning."""
    target = node["reftarget"].removeprefix("~")
    within = [node.get("py:class") or "", (node.get("py:class") or "").rpartition(".")[2]]
    return content if {target, *(f"{name}.{target}" for name in within)} & names() else None


def setup(app: Sphinx) -> dict[str, Any]:
    """Called by Sphinx."""
    app.add_search_language(ChineseBigrams)
    app.connect("missing-reference", plain_name)
    app.add_directive("diagnostics", Diagnostics)
    app.add_directive("indicators", Indicators)
    app.connect("autodoc-process-signature", attrs_defaults)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
