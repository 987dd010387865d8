"""
What a change of the parser does to real reports: ``python tools/corpus.py [--accept] [--folder ../shared]``.

Reads every text of the reference collection and compares it with the record in ``tests/corpus/record.tsv``: headings gained, lost and moved, with their
words; quantities and targets by count. ``--accept`` writes the new record. The record holds offsets, counts and digests, no words: the texts belong to their authors.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from zfreport import parse_all
from zfreport.nodes import Node

ROOT = Path(__file__).resolve().parent.parent
RECORD = ROOT / "tests" / "corpus" / "record.tsv"
COLUMNS = ("path", "text", "chars", "reports", "quantities", "targets", "headings")


class Heading(NamedTuple):
    """Where a heading stands, and as what."""

    start: int
    end: int
    kind: str
    depth: int

    def __str__(self) -> str:
        return f"{self.start}+{self.end - self.start}{self.kind[:1]}{self.depth}"


KINDS = {kind[0]: kind for kind in ("part", "section", "item", "annex")} | {"e": "entry"}


class Row(NamedTuple):
    """What is kept of one text."""

    path: str
    text: str
    """Digest of the text: another text under the same name is not compared."""
    chars: int
    reports: int
    quantities: str
    """Count and digest of the values and units, in order."""
    targets: str
    """Count and digest of indicator, bound and value, in order."""
    headings: tuple[Heading, ...]

    def line(self) -> str:
        """The row as it is printed into the record."""
        return "\t".join((*map(str, self[:-1]), " ".join(map(str, self.headings))))


def parse_heading(text: str) -> Heading:
    """
    The inverse of ``str(heading)``.

    >>> parse_heading("120+8s2")
    Heading(start=120, end=128, kind='section', depth=2)
    """
    start, rest = text.split("+")
    at = next(i for i, c in enumerate(rest) if c.isalpha())
    return Heading(int(start), int(start) + int(rest[:at]), KINDS[rest[at]], int(rest[at + 1 :]))


def digest(values: list[str]) -> str:
    """How many, and a digest of them in order."""
    return f"{len(values)}:{hashlib.sha256(chr(10).join(values).encode()).hexdigest()[:8]}"


def headings(root: Node) -> Iterator[Heading]:
    """Every titled node below *root*; depth counts titled ancestors, from 1."""
    stack = [(child, 1) for child in reversed(root.children)]
    while stack:
        node, depth = stack.pop()
        titled = node.title_span is not None
        if node.title_span is not None:
            yield Heading(*node.title_span, node.kind.value, depth)
        stack.extend((child, depth + titled) for child in reversed(node.children))


def read(path: Path, name: str) -> Row:
    """Parse one text, which must come back whole from its leaves."""
    text = path.read_bytes().decode("utf-8")
    reports = parse_all(text)
    if "".join(text[leaf.span.slice] for report in reports for leaf in report.leaves) != text:
        raise AssertionError(f"{name}: the leaves do not tile the text")
    return Row(
        path=name,
        text=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12],
        chars=len(text),
        reports=len(reports),
        quantities=digest([f"{q.low} {q.high} {q.unit.symbol}" for r in reports for q in r.quantities]),
        targets=digest([f"{t.indicator} {t.bound} {t.low} {t.high}" for r in reports for t in r.targets]),
        headings=tuple(h for r in reports for h in headings(r)),
    )


def texts(folder: Path) -> list[tuple[Path, str]]:
    """The texts of the collection, with the names they have in the record."""
    found = [*folder.glob("seeds/*.txt"), *folder.glob("corpus/**/*.txt")]
    return sorted((path, path.relative_to(folder).as_posix()) for path in found)


def recorded() -> dict[str, Row]:
    """The rows of the record, by path."""
    rows = {}
    for line in RECORD.read_text("utf-8").splitlines()[1:]:
        path, text, chars, reports, quantities, targets, where = line.split("\t")
        marks = tuple(map(parse_heading, where.split()))
        rows[path] = Row(path, text, int(chars), int(reports), quantities, targets, marks)
    return rows


def differences(old: Row, new: Row, source: str) -> list[str]:
    """What became of a text, in lines for the reader."""
    before, now = {h[:2]: h for h in old.headings}, {h[:2]: h for h in new.headings}
    lines = []
    for span in sorted(before.keys() | now.keys()):
        words = " ".join(source[slice(*span)].split())
        if span not in now:
            lines.append(f"  lost    {before[span].kind:8}{words}")
        elif span not in before:
            lines.append(f"  gained  {now[span].kind:8}{words}")
        elif before[span] != now[span]:
            was, is_ = before[span], now[span]
            lines.append(f"  moved   {was.kind} {was.depth} → {is_.kind} {is_.depth}  {words}")
    for name in "reports", "quantities", "targets":
        if getattr(old, name) != getattr(new, name):
            lines.append(f"  {name}: {getattr(old, name)} → {getattr(new, name)}")
    return lines


def drift(old: Row, new: Row) -> int:
    """Headings of a text that were gained, lost or moved."""
    return len({h[:2] for h in {*old.headings} ^ {*new.headings}})


def survey(folder: Path) -> Iterator[tuple[Row, Row | None, str]]:
    """Each text as it is read now, as it was recorded, and its source; ``None`` if the record has not this text."""
    old = recorded() if RECORD.exists() else {}
    for path, name in texts(folder):
        row = read(path, name)
        before = old.get(name)
        same = before is not None and before.text == row.text
        yield row, before if same else None, path.read_bytes().decode("utf-8")


def main(argv: list[str] | None = None) -> int:
    """Print the differences; exit 1 if there are any and they are not accepted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--accept", action="store_true", help="write what was found into the record")
    parser.add_argument("--folder", type=Path, default=ROOT.parent / "shared")
    args = parser.parse_args(argv)
    rows, changed, moved = [], 0, 0
    for row, before, source in survey(args.folder):
        rows.append(row)
        lines = differences(before, row, source) if before else ["  not in the record"]
        moved += drift(before, row) if before else 0
        if lines:
            changed += 1
            print(row.path, *lines, sep="\n")
    if not rows:
        print(f"no texts under {args.folder}", file=sys.stderr)
        return 2
    headings = sum(len(row.headings) for row in rows)
    print(f"{len(rows)} texts, {headings} headings; {changed} texts and {moved} headings changed")
    if args.accept:
        RECORD.write_text("\n".join(["\t".join(COLUMNS), *(row.line() for row in rows)]) + "\n", "utf-8")
        return 0
    return bool(changed)


if __name__ == "__main__":
    sys.exit(main())
