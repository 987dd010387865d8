"""
Mutation testing: ``python tools/mutate.py src/zfreport/numerals.py tests/test_numerals.py [--minutes 5] [--seed 1]``.

Changes one thing of a module at a time (a comparison, an operator, a constant, a condition, a returned value), runs the
named tests on a copy, and lists the changes that no test noticed. A survivor is a question, not a fault: a missing case,
dead code, or a change that changes nothing. Which changes are tried is a sample, the same for the same seed.
"""

from __future__ import annotations

import argparse
import ast
import copy
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

_COMPARE = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
_BINARY = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
}


def variants(node: ast.AST) -> Iterator[ast.AST]:
    """What may stand in the place of one node."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in _COMPARE:
        other = copy.deepcopy(node)
        other.ops[0] = _COMPARE[type(node.ops[0])]()
        yield other
    elif isinstance(node, ast.BinOp) and type(node.op) in _BINARY:
        other = copy.deepcopy(node)
        other.op = _BINARY[type(node.op)]()
        yield other
    elif isinstance(node, ast.BoolOp):
        other = copy.deepcopy(node)
        other.op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
        yield other
        yield from node.values  # each condition alone
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse
    elif isinstance(node, ast.Constant) and type(node.value) is int:
        yield ast.Constant(node.value + 1)
    elif isinstance(node, ast.Constant) and type(node.value) is bool:
        yield ast.Constant(not node.value)
    elif isinstance(node, ast.Return) and ast.unparse(node) not in ("return", "return None"):
        yield ast.Return(ast.Constant(None))
    elif isinstance(node, ast.Continue | ast.Break):
        yield ast.Pass()


def mutants(source: str) -> Iterator[tuple[int, str, str, str]]:
    """Line, the words there, the words instead, and the module with them. Annotations and docstrings are left alone."""
    tree = ast.parse(source)
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None))
        if part is not None
        for inner in ast.walk(part)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        for other in variants(node):
            changed = copy.deepcopy(
                tree, {id(node): other}
            )  # the copy takes *other* for what was copied already
            yield getattr(node, "lineno", 0), ast.unparse(node), ast.unparse(other), ast.unparse(changed)


def main() -> int:
    """Try what fits the time; list the survivors."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("module", type=Path)
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--minutes", type=float, default=5)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for part in ("src", "tests", "examples", "fuzz", "pyproject.toml"):
            source = ROOT / part
            (shutil.copytree if source.is_dir() else shutil.copy)(source, work / part)
        module = work / args.module.resolve().relative_to(ROOT)
        original = module.read_text("utf-8")
        command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *args.tests]
        env = {**os.environ, "PYTHONPATH": str(work / "src"), "PYTHONDONTWRITEBYTECODE": "1"}

        def passes(text: str, limit: float) -> bool:
            module.write_text(text, "utf-8")
            try:
                done = subprocess.run(
                    command, cwd=work, env=env, capture_output=True, timeout=limit, check=False
                )
            except subprocess.TimeoutExpired:
                return False
            return done.returncode == 0

        began = time.monotonic()
        if not passes(original, 600):
            print("the tests fail before anything is changed", file=sys.stderr)
            return 2
        once = time.monotonic() - began
        tried = list(mutants(original))
        random.Random(args.seed).shuffle(tried)
        survivors, count = [], 0
        for line, before, after, text in tried:
            if time.monotonic() - began > 60 * args.minutes:
                break
            count += 1
            if passes(text, 5 + 4 * once):
                survivors.append((line, before, after))
        for line, before, after in sorted(survivors):
            print(f"{args.module}:{line}: {_first(before)}  →  {_first(after)}")
        print(
            f"{count} of {len(tried)} changes tried, {count - len(survivors)} noticed, {len(survivors)} survived"
        )
    return 0


def _first(code: str) -> str:
    """A piece of code on one line."""
    line = " ".join(code.split())
    return line if len(line) < 90 else line[:89] + "…"


if __name__ == "__main__":
    sys.exit(main())
