"""The drawing of the architecture is true: imports only ever point to an earlier layer."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import zfreport

LAYERS = """
errors shown
data
collector grids memo quick text vocab
bridged
diagnostics
script numerals
regions units
quantities gazetteer
nodes
layout roles
headings
furniture
frame
outline
paragraphs tree
metadata
facts
attention explain notices
report
parser
io
render frames
batch plot
cli
__main__
""".split("\n")
RANK = {name: rank for rank, line in enumerate(LAYERS) for name in line.split()}

# Conveniences of `Report` that hand the work to a layer above, inside the method that needs it.
LAZY = {("report", "render"), ("shown", "render")}

PACKAGE = Path(zfreport.__file__).parent
MODULES = sorted(p for p in PACKAGE.rglob("*.py") if p != PACKAGE / "__init__.py")
assert MODULES, "no modules found"


def layer(path: Path) -> str:
    """The package or module directly below the package that *path* belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path):
    """Each import of the package in *path*: the layer it points to, and whether it costs something at import time."""
    package = ["zfreport", *path.relative_to(PACKAGE).parent.parts]

    def visit(node: ast.AST, lazy: bool):
        for child in ast.iter_child_nodes(node):
            inside = lazy or isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
            if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test):
                continue  # names for the type checker only
            if isinstance(child, ast.ImportFrom):
                names = [a.name for a in child.names]
                base = package[: len(package) - child.level + 1] if child.level else []
                target = base + (child.module.split(".") if child.module else [])
                if target == ["zfreport"]:
                    yield from ((name, inside) for name in names)
                elif target[0] == "zfreport":
                    yield target[1], inside
            elif isinstance(child, ast.Import):
                yield from (
                    (a.name.split(".")[1], inside) for a in child.names if a.name.startswith("zfreport.")
                )
            else:
                yield from visit(child, inside)

    yield from visit(ast.parse(path.read_text("utf-8")), False)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_run_one_way(path):
    """A module imports its own layer's package and earlier ones, and nothing else."""
    here = layer(path)
    assert here in RANK, f"{here} has no place in the drawing of {__name__}"
    for target, lazy in imports(path):
        if target == here or target.startswith("__") or (lazy and (here, target) in LAZY):
            continue
        assert target in RANK, f"{path.name} imports {target}, which has no place in the drawing"
        assert RANK[target] < RANK[here], f"{here} imports {target}, which stands above it"


def test_the_drawing_has_no_ghosts():
    """Every name in the drawing is a module."""
    there = {p.stem for p in PACKAGE.glob("*.py")} | {p.name for p in PACKAGE.iterdir() if p.is_dir()}
    assert sorted(RANK.keys() - there) == []


def test_the_drawing_is_told_to_newcomers():
    """CONTRIBUTING says of each module what it holds, in the order of the drawing."""
    page = (Path(__file__).resolve().parent.parent / "CONTRIBUTING.md").read_text("utf-8")
    rows = re.findall(r"^\| ((?:`\w+` ?)+)\| ", page.partition("## Beside the code")[0], re.M)
    told = [re.findall(r"`(\w+)`", row) for row in rows]
    assert sorted(name for names in told for name in names) == sorted(RANK)
    lowest = [min(RANK[name] for name in names) for names in told]
    assert lowest == sorted(lowest)


@pytest.mark.parametrize("module", ["cn2an", "opencc"])
def test_heavy_packages_are_imported_where_used(module):
    """Nothing outside a function imports cn2an or opencc: they cost more than the whole library."""
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            assert module not in {name.split(".")[0] for name in names}, path


def test_public_names_are_said_once_each():
    """The lazy table, the imports for type checkers and ``__all__`` name the same things, and all of them exist."""
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    [typed] = [n for n in tree.body if isinstance(n, ast.If)]
    shown = {n.module: tuple(a.name for a in n.names) for n in typed.body if isinstance(n, ast.ImportFrom)}
    assert shown == zfreport._HOMES
    assert zfreport.__all__ == sorted(name for names in shown.values() for name in names)
    assert [name for name in zfreport.__all__ if getattr(zfreport, name, None) is None] == []


@pytest.mark.parametrize(
    ("code", "absent"),
    [
        ("import zfreport", {"attrs", "attr", "regex", "cn2an", "opencc", "zfreport.parser"}),
        (
            "import zfreport; zfreport.parse('一、工作回顾').children",
            {"cn2an", "opencc", "pyarrow", "pandas"},
        ),
    ],
    ids=["import", "parse"],
)
def test_heavy_packages_are_not_loaded(code, absent):
    """Importing the library loads next to nothing, and a parse none of the packages that only some need."""
    program = f"{code}; import sys; print(*sorted(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert not absent & set(done.stdout.split())
