"""
Reports per second of a folder, on one process and on all cores, beside what each format costs to read: ``python benchmarks/folders.py [N]``.

N reports (default 1000) are written to a temporary folder, no two alike. Beside the rate stands that of plain Python
arithmetic on the same processes, for a machine that is busy with other things gives no two processes their due.
Exits 1 if two processes are not 1.5 times as fast as one where plain Python is at least 1.8 times as fast.
"""

from __future__ import annotations

import csv
import html
import io
import multiprocessing
import os
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from texts import report

import zfreport
from zfreport.batch import Tabulate, find_files, run
from zfreport.io import read_bytes

BUDGET = 1.5
FAIR = 1.8


def spin(_: int) -> int:
    """Plain Python that shares nothing with anyone."""
    total = 0
    for n in range(4_000_000):
        total += n
    return total


def plain_ratio() -> float:
    """How many times as fast two processes are as one, at nothing in particular."""
    begin = time.perf_counter()
    for n in range(6):
        spin(n)
    alone = time.perf_counter() - begin
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(spin, range(2))
        begin = time.perf_counter()
        pool.map(spin, range(6), chunksize=1)
        return alone / (time.perf_counter() - begin)


def formats(text: str) -> dict[str, bytes]:
    """One report as a file of each format that this installation can write."""
    lines = [line for line in text.split("\n") if line.strip()]
    table = io.StringIO(newline="")
    csv.writer(table).writerows([["text"], [text]])
    files = {
        "a.txt": text.encode(),
        "gb18030.txt": text.encode("gb18030"),
        "a.csv": table.getvalue().encode(),
        "a.html": ("<html><body>" + "".join(f"<p>{html.escape(line)}</p>\n" for line in lines)).encode(),
    }
    for name, make in (("a.docx", _docx), ("a.pdf", _pdf)):
        try:
            files[name] = make(lines)
        except ImportError:
            continue
    return files


def _docx(lines: list[str]) -> bytes:
    import docx

    document = docx.Document()
    for line in lines:
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _pdf(lines: list[str]) -> bytes:
    """Pages of 26 printed lines; the font is one that the reader's machine brings, as in many such files."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    printed = [line[at : at + 31] for line in lines for at in range(0, len(line), 31)]
    out = io.BytesIO()
    canvas = Canvas(out)
    for first in range(0, len(printed), 26):
        canvas.setFont("STSong-Light", 14)
        for n, line in enumerate(printed[first : first + 26]):
            canvas.drawString(80, 760 - 26 * n, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def cost(call: object, rounds: int = 9) -> float:
    """Median CPU seconds of *call*."""
    taken = []
    for _ in range(rounds):
        begin = time.process_time()
        call()  # type: ignore[operator]
        taken.append(time.process_time() - begin)
    return statistics.median(taken)


def main() -> int:
    """Measure and print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    made = [report(11_000, seed) for seed in range(count)]
    whole = cost(lambda: [r.targets for r in zfreport.parse_all(made[0])])
    print(f"{len(made[0]):,} characters; parse, numbers, facts, targets: {whole * 1e3:.1f} ms")
    for name, data in formats(made[0]).items():
        read_bytes(data, name)
        print(f"  read {name:12} {cost(lambda n=name, d=data: read_bytes(d, n)) * 1e3:7.2f} ms")
    with tempfile.TemporaryDirectory() as folder:
        for n, text in enumerate(made):
            Path(folder, f"{n:05}.txt").write_text(text, "utf-8")
        files = find_files(folder)
        rates = {}
        for workers in (1, 2):
            begin = time.perf_counter()
            done = sum(
                r.value.reports
                for r in run(files, Tabulate(("reports", "targets")), workers=workers)
                if r.value
            )
            rates[workers] = done / (time.perf_counter() - begin)
            print(f"{workers} process{'es' * (workers - 1)}: {rates[workers]:.1f} reports per second")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    ratio, plain = rates[2] / rates[1], plain_ratio()
    print(
        f"{ratio:.2f} times; plain Python {plain:.2f} times; {own} MB at most; load {os.getloadavg()[0]:.1f}"
    )
    return int(ratio < BUDGET and plain >= FAIR)


if __name__ == "__main__":
    sys.exit(main())
