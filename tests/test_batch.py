"""Folders: no file stops the run, the order never depends on the work, what was finished is not done twice."""

from __future__ import annotations

import csv
import io
import os
import shutil
import stat
import sys
import zipfile
from pathlib import Path

import pytest
from attrs import evolve, frozen

import zfreport
from zfreport import RegexHeading, frames
from zfreport.batch import (
    Job,
    Reading,
    Resumable,
    Tabulate,
    find_files,
    numbered,
    output_schema,
    parse_batch,
    run,
    tabulate,
)
from zfreport.batch.resuming import freeze, thaw
from zfreport.cli import main
from zfreport.cli.export import _dictionary
from zfreport.errors import UnknownNameError
from zfreport.facts import Indicator, default_table
from zfreport.headings import DEFAULT, DEFAULT_VETOES, NamedVeto
from zfreport.io import Document, Limits, Place

pa = pytest.importorskip("pyarrow")

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"
TEXT = EXAMPLES.joinpath("county-2024.txt").read_text("utf-8")
LATER = EXAMPLES.joinpath("county-2025.txt").read_text("utf-8")


@pytest.fixture
def folder(tmp_path) -> Path:
    """What a folder of a few thousand files holds sooner or later."""
    root = tmp_path / "reports"
    (root / "2025").mkdir(parents=True)
    (root / ".hidden").mkdir()
    (root / "b.txt").write_text(TEXT, "utf-8")
    (root / "a.txt").write_bytes(TEXT.replace("6.5%左右", "6%左右").encode("gb18030"))
    (root / "2025" / "county.txt").write_text(
        EXAMPLES.joinpath("county-2025.txt").read_text("utf-8"), "utf-8"
    )
    (root / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    (root / "empty.txt").write_bytes(b"")
    (root / "torn.docx").write_bytes(_docx()[:300])
    (root / ".hidden" / "x.txt").write_text("x", "utf-8")
    (root / "~$lock.docx").write_bytes(b"x")
    (root / "notes.odt").write_bytes(b"x")
    return root


def _docx() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "x" * 500)
    return out.getvalue()


def test_files_are_found_in_order(folder):
    assert [name for name, _ in find_files(folder)] == [
        "2025/county.txt",
        "a.txt",
        "b.txt",
        "empty.txt",
        "photo.txt",
        "torn.docx",
    ]


def shout(job: Job) -> str:
    """Work for the tests below; in this module, so that other processes find it."""
    (document,) = job.documents()
    if "自尽" in document.text:
        os._exit(1)
    return f"{job.file} {len(document.text)}"


def as_rows(results) -> list[tuple[str, object, str]]:
    return [(r.job.file, r.value, r.reason) for r in results]


@pytest.mark.parametrize("workers", [1, 2])
def test_every_file_has_a_result_in_order(folder, workers, importable):
    """A broken docx, an image, an empty file: each is told with its reason, the others are read."""
    assert as_rows(run(find_files(folder), shout, workers=workers)) == [
        ("2025/county.txt", f"2025/county.txt {len(LATER)}", ""),
        ("a.txt", f"a.txt {len(TEXT) - 2}", ""),
        ("b.txt", f"b.txt {len(TEXT)}", ""),
        ("empty.txt", None, "empty"),
        ("photo.txt", None, "binary"),
        ("torn.docx", None, "damaged"),
    ]


@pytest.fixture
def importable(monkeypatch):
    """Lets fresh processes find this module by its name."""
    here = str(Path(__file__).parent)
    monkeypatch.syspath_prepend(here)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([here, os.environ.get("PYTHONPATH", "")]))
    monkeypatch.setitem(sys.modules, "test_batch", sys.modules[__name__])
    monkeypatch.setattr(shout, "__module__", "test_batch")


def test_a_file_that_kills_its_process_fails_alone(folder, importable):
    (folder / "a2.txt").write_text("自尽", "utf-8")
    rows = as_rows(run(find_files(folder), shout, workers=2))
    assert [(name, reason) for name, _, reason in rows] == [
        ("2025/county.txt", ""),
        ("a.txt", ""),
        ("a2.txt", "crash"),
        ("b.txt", ""),
        ("empty.txt", "empty"),
        ("photo.txt", "binary"),
        ("torn.docx", "damaged"),
    ]


def test_processes_that_do_not_start_are_told(folder, tmp_path):
    """A script without the usual guard starts itself again in every worker, and Python stops it there."""
    import subprocess

    script = tmp_path / "job.py"
    script.write_text(
        "import sys\nfrom zfreport.batch import Tabulate, find_files, run\n"
        "list(run(find_files(sys.argv[1]), Tabulate(('targets',)), workers=2))\n",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script), str(folder)], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert "WorkersError: the worker processes do not start" in done.stderr


def test_a_bug_is_one_failure(folder):
    def broken(job):
        if job.file == "a.txt":
            raise ZeroDivisionError("oh")
        return 1

    found = {r.job.file: (r.value, r.reason, r.message) for r in run(find_files(folder), broken, workers=1)}
    assert found["a.txt"][:2] == (None, "bug")
    assert "ZeroDivisionError" in found["a.txt"][2]
    assert found["b.txt"][0] == 1


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission(folder):
    (folder / "b.txt").chmod(0)
    assert ("b.txt", None, "access") in as_rows(run(find_files(folder), shout, workers=1))
    (folder / "b.txt").chmod(stat.S_IRUSR | stat.S_IWUSR)


def test_what_cannot_be_opened_is_a_failure(folder):
    """As the superuser too: a link to nowhere, a file that is a folder by the time it is read."""
    (folder / "c.txt").symlink_to(folder / "nowhere")
    assert ("c.txt", None, "access") in as_rows(run(find_files(folder), shout, workers=1))


def test_a_text_of_fifty_megabytes_is_refused(folder):
    (folder / "big.txt").write_text("增长6%。\n" * 4_000_000, "utf-8")
    rows = as_rows(run(find_files(folder), shout, workers=1))
    assert ("big.txt", None, "limit") in rows
    assert sum(not reason for *_, reason in rows) == 3


def test_memory_is_bounded(folder):
    """Never more jobs under way than the window allows, however many files there are."""
    taken = []

    def files():
        for n in range(1000):
            taken.append(n)
            yield f"{n:04}.txt", str(folder / "b.txt")

    results = run(files(), len_of, workers=1)
    for _ in range(3):
        next(results)
    import gc

    gc.collect()
    assert sum(type(o).__name__ == "Document" for o in gc.get_objects()) < 20


def len_of(job: Job) -> int:
    return sum(len(d.text) for d in job.documents())


# --- tables of folders


@pytest.mark.parametrize("workers", [1, 2])
def test_tables_do_not_depend_on_the_workers(folder, workers):
    work = Tabulate(("reports", "targets"))
    results = [r for r in run(find_files(folder), work, workers=workers) if r.value is not None]
    table = pa.Table.from_batches(
        [r.value.tables["targets"] for r in results], frames.arrow_schema("targets")
    )
    direct = [
        frames.tables([zfreport.parse(p.read_text("utf-8"))], ["targets"])["targets"].num_rows
        for p in (folder / "2025" / "county.txt", folder / "b.txt")
    ]
    rows = table.to_pylist()
    assert [sum(r["file"] == f for r in rows) for f in ("2025/county.txt", "b.txt")] == direct
    assert [r["file"] for r in rows] == sorted(r["file"] for r in rows)
    found = list(frames.copies([s for r in results for s in r.value.sketches]))
    assert [(a, b) for a, b, _ in found] == [("b.txt#1", "a.txt#1")]


def test_rows_of_a_table_are_reports_of_one_file(tmp_path):
    """Forty rows go to the workers in pieces; numbers run through, and each keeps its row."""
    import csv

    with open(tmp_path / "all.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["年份", "正文"])
        writer.writerows(
            [2000 + n, TEXT.replace("6.5%左右", f"{n}%左右") if n != 5 else ""] for n in range(40)
        )
    results = list(numbered(run(find_files(tmp_path), Tabulate(("reports", "targets")), workers=2)))
    assert len(results) == 3
    reports = pa.Table.from_batches([r.value.tables["reports"] for r in results]).to_pylist()
    assert [r["report"] for r in reports] == list(range(1, 40))
    targets = pa.Table.from_batches([r.value.tables["targets"] for r in results]).to_pylist()
    gdp = {r["report"]: (r["low"], r["row"]) for r in targets if r["indicator"] == "gdp"}
    assert gdp[5] == (4, 5)
    assert gdp[39] == (39, 40)
    assert results[-1].value.sketches[-1][0] == "all.csv#39"


def test_finished_work_is_not_done_twice(folder, tmp_path):
    calls = []

    @frozen
    class Counted(Tabulate):
        def __call__(self, job):
            calls.append(job.file)
            return Tabulate.__call__(self, job)

    work = Resumable(Counted(("targets",)), str(tmp_path / "state"))
    first = [r.value for r in run(find_files(folder), work, workers=1)]
    assert len(calls) == 6
    again = [r.value for r in run(find_files(folder), work, workers=1)]
    assert [f and f.tables for f in first] == [a and a.tables for a in again]
    assert [f and f.sketches for f in first] == [a and a.sketches for a in again]
    assert calls[6:] == ["empty.txt", "photo.txt", "torn.docx"]  # failures are tried again
    del calls[:]
    (folder / "b.txt").write_text(TEXT + "完", "utf-8")
    list(run(find_files(folder), work, workers=1))
    assert "b.txt" in calls
    assert "a.txt" not in calls
    del calls[:]
    list(run(find_files(folder), Resumable(Counted(("targets", "facts")), work.folder), workers=1))
    assert "a.txt" in calls


def _nowhere(name, year):
    return ()


def _anywhere(name, year):
    return ()


def test_what_a_result_depends_on_is_in_its_key(folder, tmp_path):
    """The same size at another time, another gazetteer, the same text in another row: none of them is the work done before."""
    job = Job("b.txt", str(folder / "b.txt"))

    def key(job=job, **options):
        return Resumable(Tabulate(("reports",), **options), str(tmp_path))._key(job)

    first = key()
    assert first == key()
    status = os.stat(job.path)
    os.utime(job.path, ns=(status.st_atime_ns, status.st_mtime_ns + 10**9))
    assert key() != first
    os.utime(job.path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert key() == first
    assert (
        len({first, key(resolver=_nowhere), key(resolver=_anywhere), key(dictionary={"民生": ("就业",)})})
        == 4
    )
    rows = [
        evolve(job, rows=(Document(text=text, format="csv", places=(Place(0, row=row),)),))
        for text, row in (("甲", 1), ("甲", 2), ("乙", 1))
    ]
    assert len({key(job=row) for row in rows}) == 3


def test_a_result_keeps_no_texts(tmp_path):
    """Those of a table of texts would fill the memory of whoever keeps the results."""
    (tmp_path / "all.csv").write_text(f"正文\n{'增长' * 300}\n", "utf-8")
    for work in (Tabulate(("reports",)), _fails):
        (result,) = run(find_files(tmp_path), work, workers=1)
        assert result.job.rows == ()
        assert result.failed is (work is _fails)


def _fails(job):
    raise LookupError("no such thing")


def test_a_torn_state_is_done_again(folder, tmp_path):
    work = Resumable(Tabulate(("targets",)), str(tmp_path / "state"))
    first = [r.value for r in run(find_files(folder), work, workers=1)]
    for path in (tmp_path / "state").iterdir():
        path.write_bytes(path.read_bytes()[:-40])
    again = [r.value for r in run(find_files(folder), work, workers=1)]
    assert [f and f.tables for f in first] == [a and a.tables for a in again]
    value = first[0]
    assert thaw(freeze(value)) == value
    with pytest.raises((ValueError, KeyError)):
        thaw(b"{}\n")


def test_options_of_reading_reach_the_workers(folder):
    reading = Reading(limits=Limits(max_chars=100))
    assert {
        r.reason for r in run(find_files(folder), Tabulate(("targets",)), reading=reading, workers=1)
    } == {
        "limit",
        "empty",
        "binary",
        "damaged",
    }


# --- Arrow in, Arrow out


def test_parse_batch_keeps_ids_and_does_not_depend_on_batches():
    texts = pa.RecordBatch.from_pydict(
        {"id": ["a", "b", "c"], "text": [TEXT, None, TEXT.replace("6.5%左右", "5%左右")]}
    )
    found = parse_batch(texts, "targets", keep=["id"])
    assert found.schema.equals(output_schema("targets", pa.schema([("id", pa.string())])))
    gdp = [(r["id"], r["low"]) for r in found.to_pylist() if r["indicator"] == "gdp"]
    assert [(i, str(v.normalize())) for i, v in gdp] == [("a", "6.5"), ("c", "5")]
    single = pa.Table.from_batches([parse_batch(texts.slice(n, 1), "targets", keep=["id"]) for n in range(3)])
    assert single.to_pylist() == found.to_pylist()
    assert parse_batch(texts.slice(0, 0)).num_rows == 0
    blank = pa.RecordBatch.from_pydict({"text": ["", None, TEXT]})
    assert parse_batch(blank, "reports").num_rows == 1
    with pytest.raises(ValueError, match="region"):
        output_schema("targets", pa.schema([("region", pa.string())]))


BIKES = Indicator(
    id="shared_bikes",
    name_zh="共享单车投放量",
    name_en="Shared bicycles",
    names=("共享单车(投放量|)",),
    units=("辆",),
    absolute="count",
)
TASK = RegexHeading("task", r"(?P<marker>任务(?P<number>[一二三]+)[：:])", examples=("任务一：稳就业",))


def _no_city(line, candidate):
    return "not wanted" if "城市" in line.text else None


@pytest.mark.parametrize("workers", [1, 2])
def test_ones_own_indicators_detectors_and_vetoes_in_tables(tmp_path, workers):
    """They reached `parse` and `find_targets`, and no table."""
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(
            "青禾县2024年政府工作报告\n各位代表：\n一、2024年工作安排\n主要预期目标是：地区生产总值增长6%左右，共享单车投放量达到5000辆以上。\n"
            "任务一：稳就业\n新增就业三千人。\n任务二：保供应\n新建粮库两座。\n（一）更新城市\n修路。\n",
            "utf-8",
        )
    own = {
        "indicators": default_table().with_indicators(BIKES),
        "detectors": DEFAULT.before("cjk-comma", TASK),
        "vetoes": (*DEFAULT_VETOES, NamedVeto("city", _no_city)),
    }
    names = ["reports", "nodes", "facts", "targets"]
    tables, failures = tabulate(tmp_path, names, workers=workers, **own)
    assert failures == ()
    targets = [r for r in tables["targets"].to_pylist() if r["indicator"] == "shared_bikes"]
    assert [(r["file"], r["low"], r["indicator_zh"]) for r in targets] == [
        ("a.txt", 5000, "共享单车投放量"),
        ("b.txt", 5000, "共享单车投放量"),
    ]
    titles = tables["nodes"].column("title").to_pylist()
    assert "稳就业" in titles
    assert "更新城市" not in titles
    panel = frames.wide_panel(tables["reports"], tables["targets"], "shared_bikes")
    assert (
        panel.schema.field("shared_bikes_count_low").metadata[b"zh"].decode()
        == "共享单车投放量个数下限（辆）"
    )
    plain, _ = tabulate(tmp_path, names, workers=1)
    assert "shared_bikes" not in plain["targets"].column("indicator").to_pylist()
    counts = zip(*(t["reports"].column("targets").to_pylist() for t in (tables, plain)), strict=True)
    assert all(more > less for more, less in counts)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"indicators": {"gdp": 1}}, "want a table of indicators, got dict; default_table"),
        ({"detectors": [TASK]}, "wants detectors as a DetectorChain, got list"),
        ({"vetoes": NamedVeto("city", _no_city)}, "a single one goes into a tuple"),
    ],
)
def test_what_is_no_table_chain_or_veto_is_refused_before_the_work(tmp_path, wrong, said):
    with pytest.raises(TypeError, match=said):
        tabulate(tmp_path, "targets", **wrong)


# --- the command line


def test_panel_of_a_folder(folder, tmp_path, capsys):
    openpyxl = pytest.importorskip("openpyxl")
    output = tmp_path / "out" / "panel.xlsx"
    assert main(["panel", str(folder), "-o", str(output), "--quiet", "-j", "1"]) == 2
    captured = capsys.readouterr()
    assert captured.out.strip() == str(output)
    assert "6 files, 3 reports, 3 failures" in captured.err
    assert "copy: b.txt#1 is a.txt#1" in captured.err
    for line in (
        "failed: empty.txt: the file is empty [empty]",
        "failed: photo.txt: this is a PNG image [binary]",
    ):
        assert line in captured.err
    head, *rows = openpyxl.load_workbook(output).active.iter_rows(values_only=True)
    low = head.index("gdp_growth_low")
    assert [(r[0], r[low]) for r in rows][1:] == [("a.txt", 6), ("b.txt", 6.5)]
    assert [r[head.index("copy_of")] for r in rows] == [None, None, "a.txt#1"]
    assert [p.name for p in output.parent.iterdir()] == ["panel.xlsx"]


@pytest.mark.parametrize("bar", [True, False])
def test_progress_on_a_terminal(folder, tmp_path, monkeypatch, capsys, bar):
    """tqdm's bar, or a plain counter without it; nothing of it when the output is no terminal."""
    if bar:
        pytest.importorskip("tqdm")
    else:
        monkeypatch.setitem(sys.modules, "tqdm", None)
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    assert main(["panel", str(folder), "-o", str(tmp_path / "a.csv"), "-j", "1", "--actual"]) == 2
    assert "6/6" in capsys.readouterr().err


def test_export_of_a_folder(folder, tmp_path, capsys):
    from pyarrow import parquet

    words = tmp_path / "words.tsv"
    words.write_text("科技\t创新\n科技\t科技\n# 说明\n就业\n", "utf-8")
    output = folder / "tables"  # inside what is read: never read as input
    arguments = [
        "export",
        str(folder),
        "--to",
        "parquet",
        "-o",
        str(output),
        "--dictionary",
        str(words),
        "-q",
        "-j",
        "1",
    ]
    assert main(arguments) == 2
    assert sorted(p.stem for p in output.iterdir()) == sorted(frames.TABLES)
    first = {p.name: p.read_bytes() for p in output.iterdir()}
    assert {r["topic"] for r in parquet.read_table(output / "attention.parquet").to_pylist()} == {
        "科技",
        "就业",
    }
    assert main([*arguments[:-1], "2"]) == 2
    assert {p.name: p.read_bytes() for p in output.iterdir()} == first
    for name in ("empty.txt", "photo.txt", "torn.docx"):
        (folder / name).unlink()
    assert main(arguments) == 0


def test_an_export_in_chinese(folder, tmp_path, capsys):
    """Headings and words: the parts of the words counted, the level of the reports, yes and no."""
    words = tmp_path / "words.tsv"
    words.write_text("就业\n", "utf-8")
    asked = [
        "--tables",
        "attention",
        "reports",
        "--dictionary",
        str(words),
        "--headings",
        "zh",
        "--values",
        "zh",
    ]
    assert main(["export", str(folder), "-o", str(tmp_path), "-q", "-j", "1", *asked]) == 2

    def cells(table, column):
        with (tmp_path / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            return {row[column] for row in csv.DictReader(file)}

    assert {"计划", "回顾"} <= cells("attention", "部分角色")
    assert {"部分", "报告", "条"} <= cells("attention", "类型")
    assert "县级" in cells("reports", "层级")
    assert cells("reports", "疑非报告") <= {"是", "否"}
    assert (
        main(["export", str(folder), "-o", str(tmp_path), "-q", "-j", "1", *asked, "--by", "report", "part"])
        == 2
    )
    assert cells("attention", "类型") == {"部分", "报告"}
    assert main(["export", str(folder), "-o", str(tmp_path), "--tables", "targets", "--by", "part"]) == 2
    assert "needs --dictionary" in capsys.readouterr().err


def test_an_export_beside_or_into_what_it_reads(folder, tmp_path, capsys):
    """``-o .`` left out every file; the tables alone are not read the next time."""
    for output in (tmp_path, folder):
        for _ in range(2):
            assert (
                main(
                    [
                        "export",
                        str(folder),
                        "-o",
                        str(output),
                        "-q",
                        "-j",
                        "1",
                        "--tables",
                        "targets",
                        "reports",
                    ]
                )
                == 2
            )
            assert "6 files, 3 reports, 3 failures" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("module", "extra", "arguments"),
    [
        ("openpyxl", "excel", ["panel", "-o", "a.xlsx"]),
        ("pandas", "pandas", ["panel", "-o", "a.dta"]),
        ("docx", "docx", ["panel", "-o", "a.docx", "--shape", "tasks"]),
        ("pandas", "pandas", ["export", "-o", "t", "--to", "stata"]),
    ],
)
def test_a_missing_package_is_told_before_the_work(
    folder, tmp_path, monkeypatch, capsys, module, extra, arguments
):
    """After three thousand files is late."""
    monkeypatch.setitem(sys.modules, module, None)
    monkeypatch.setattr(Tabulate, "__call__", lambda *_: pytest.fail("a file was read"))
    monkeypatch.chdir(tmp_path)
    assert main([arguments[0], str(folder), *arguments[1:], "-q", "-j", "1"]) == 2
    assert f'pip install "zfreport[{extra}]"' in capsys.readouterr().err


def test_many_copies_do_not_hide_the_failures(folder, tmp_path, capsys):
    for number in range(30):
        shutil.copy(folder / "b.txt", folder / f"c{number:02}.txt")
    assert main(["panel", str(folder), "-o", str(tmp_path / "a.csv"), "-q", "-j", "1"]) == 2
    said = capsys.readouterr().err.splitlines()
    assert sum(line.startswith("copy: ") for line in said) == 20
    assert "copies: 11 more; the column copy_of of a panel names all" in said
    assert said[-1].startswith("failed: ")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        assert sum(bool(row["copy_of"]) for row in csv.DictReader(file)) == 31


@pytest.mark.parametrize("command", [["panel", "-o", "a.csv"], ["export", "-o", "t", "--tables", "targets"]])
def test_a_later_run_reads_what_is_new(folder, tmp_path, monkeypatch, command):
    """Three thousand files were read again for ten new ones."""
    monkeypatch.chdir(tmp_path)
    real, read = Tabulate.__call__, []

    def noted(self, job):
        read.append(job.file)
        return real(self, job)

    monkeypatch.setattr(Tabulate, "__call__", noted)
    arguments = [command[0], str(folder), *command[1:], "-q", "-j", "1", "--keep", "kept/here"]
    assert main(arguments) == 2
    first = len(read)
    read.clear()
    (folder / "new.txt").write_text(LATER, "utf-8")
    (folder / "a.txt").write_text(TEXT + "\n", "utf-8")
    assert main(arguments) == 2
    assert first == 6
    assert {"new.txt", "a.txt"} <= set(read)
    assert set(read) <= {
        "new.txt",
        "a.txt",
        "empty.txt",
        "photo.txt",
        "torn.docx",
    }  # failures are tried again
    fresh = [*arguments[:-2]]
    outputs = [tmp_path / "a.csv", tmp_path / "t" / "targets.csv"]
    kept = [p.read_bytes() for p in outputs if p.exists()]
    assert main(fresh) == 2
    assert [p.read_bytes() for p in outputs if p.exists()] == kept


def test_an_interrupted_export_goes_on(folder, tmp_path, monkeypatch):
    output = tmp_path / "tables"
    real = Tabulate.__call__

    def stop(self, job):
        if job.file == "b.txt":
            raise KeyboardInterrupt
        return real(self, job)

    arguments = ["export", str(folder), "-o", str(output), "-q", "-j", "1", "--tables", "targets"]
    monkeypatch.setattr(Tabulate, "__call__", stop)
    assert main(arguments) == 130
    assert not list(output.iterdir())
    state = tmp_path / ".tables.unfinished"
    assert len(list(state.iterdir())) == 2
    monkeypatch.setattr(
        Tabulate,
        "__call__",
        lambda self, job: real(self, job) if job.file not in ("a.txt", "2025/county.txt") else 1 / 0,
    )
    assert main(arguments) == 2
    assert not state.exists()
    assert "a.txt" in (output / "targets.csv").read_text("utf-8-sig")


def test_check_of_a_folder(folder, capsys):
    assert main(["check", str(folder), "--all", "-j", "1"]) == 2
    out = capsys.readouterr().out
    assert "3 of 6 files failed" in out
    assert out.splitlines()[1].endswith("2025/county.txt")
    (folder / "d.txt").write_text("一、工作回顾\n（一）稳增长\n内容。\n（三）惠民生\n内容。\n", "utf-8")
    assert main(["check", str(folder / "d.txt"), "--all"]) in (0, 1)
    assert "ZF101" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["panel", "export", "check"])
def test_help_has_examples(command, capsys):
    with pytest.raises(SystemExit) as caught:
        main([command, "--help"])
    assert caught.value.code == 0
    assert f"zfreport {command} reports/" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["panel", "{folder}", "-o", "panel.doc"], "want a suffix of"),
        (["panel", "{folder}", "-o", "tasks.docx"], "want a suffix of"),
        (["panel", "{folder}", "-o", "a.csv", "--indicators", "gpd"], "did you mean 'gdp'"),
        (["panel", "{folder}/nowhere", "-o", "a.csv"], "no such file or folder"),
        (["export", "{folder}/.hidden/none", "-o", "{folder}/t"], "no such file or folder"),
        (["export", "{folder}", "-o", "{folder}/t", "--tables", "attention"], "needs --dictionary"),
    ],
)
def test_wrong_usage_is_told_before_the_work(folder, arguments, said, capsys):
    assert main([a.format(folder=folder) for a in arguments]) == 2
    assert said in capsys.readouterr().err


def test_a_folder_becomes_tables(folder):
    """What the command does, as a function: tables of all files, their names, and what failed with its reason."""
    (folder / "broken.docx").write_bytes(b"PK\x03\x04 cut off")
    tables, failures = tabulate(folder, ["reports", "targets"], workers=1)
    names = [name for name, _ in find_files(folder)]
    read = set(tables["reports"].column("file").to_pylist())
    assert read
    assert {f.job.file for f in failures} == set(names) - read
    assert next(f.reason for f in failures if f.job.file == "broken.docx") == "damaged"
    assert set(tables["targets"].column("file").to_pylist()) <= read
    few, none = tabulate([(n, p) for n, p in find_files(folder) if n in read][:1], "reports")
    assert (few["reports"].num_rows >= 1, none) == (True, ())


def test_a_folder_that_is_not_there_is_told(tmp_path):
    """Not an empty table."""
    with pytest.raises(NotADirectoryError, match="no such folder"):
        tabulate(tmp_path / "absent")
    with pytest.raises(UnknownNameError, match="did you mean 'targets'"):
        tabulate(tmp_path, "target")
    tables, failures = tabulate(tmp_path, "targets")
    assert (tables["targets"].num_rows, failures) == (0, ())


@pytest.mark.parametrize("line", ["科技\t创新", "科技,创新", "科技，创新", "科技 创新", "  科技  创新 "])
def test_lines_of_a_dictionary(line, tmp_path):
    """Tab, comma or blank between topic and word."""
    path = tmp_path / "words.txt"
    path.write_text(f"# 主题 词\n{line}\n民生\n", "utf-8")
    assert _dictionary(path) == {"科技": ("创新",), "民生": ("民生",)}


def test_an_old_word_file_is_refused_and_not_left_out(tmp_path):
    """Under its name often lies something that can be read; what cannot is among the failures, with advice."""
    (tmp_path / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    (tmp_path / "rich.rtf").write_bytes(b"{\\rtf1\\ansi text}")
    (tmp_path / "page.doc").write_text(f"<html><body><p>{TEXT}</p></body></html>", "utf-8")
    tables, failures = tabulate(tmp_path, "reports", workers=1)
    assert tables["reports"].column("file").to_pylist() == ["page.doc"]
    assert [(f.job.file, f.reason) for f in failures] == [("old.doc", "binary"), ("rich.rtf", "binary")]
    assert all("save it as .docx" in f.message for f in failures)


def test_a_panel_in_chinese(folder, tmp_path):
    """Headings and words."""
    output = tmp_path / "面板.csv"
    arguments = ["panel", str(folder / "b.txt"), "-o", str(output), "--shape", "long"]
    assert main([*arguments, "--headings", "zh", "--values", "zh", "--quiet"]) == 0
    with output.open(encoding="utf-8-sig", newline="") as file:
        first = next(csv.DictReader(file))
    assert (first["指标"], first["界限"], first["语气"]) == ("地区生产总值", "左右", "弹性")
