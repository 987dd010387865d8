"""The command line: what it prints, what it says when it cannot read, and its exit codes."""

from __future__ import annotations

import argparse
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from attrs import frozen

import zfreport
from zfreport.cli import COMMANDS, main
from zfreport.cli.folders import files_of
from zfreport.headings import DEFAULT

REPORT = """政府工作报告
各位代表：
一、2023年工作回顾
（一）产业根基更加厚实
工业运行稳中有升。新增规上企业14家，总产值增长8.1%，新开工项目十二个。
农业底盘继续夯实。粮食总产量达到21.6万吨，改造低产茶园1.1万亩。
（三）民生保障不断增强
就业形势总体平稳。城镇新增就业3150人，帮助零就业家庭成员就业57人。
教育医疗提质扩面。新建改建学校5所，新增公办学位2160个。
二、2024年工作安排
地区生产总值增长6.5%左右。
"""


@pytest.fixture
def file(tmp_path):
    """Writes a file and returns its path."""

    def write(content, name="report.txt", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return str(path)

    return write


def test_outline_has_line_numbers_kinds_and_headings(file, capsys):
    """The outline names every heading, with its line, as printed."""
    assert main([file(REPORT)]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = [line.split(None, 2) for line in lines if line.lstrip()[:1].isdigit()]
    assert [row[:1] + row[2:] for row in rows][:3] == [
        ["3", "一、2023年工作回顾  [review]"],
        ["4", "（一）产业根基更加厚实"],
        ["5", "工业运行稳中有升"],
    ]
    assert any("ZF101" in line for line in lines), "（三） follows （一）"


def test_quiet_leaves_out_what_was_noticed(file, capsys):
    """--quiet prints the outline alone."""
    assert main(["--quiet", file(REPORT)]) == 0
    assert "ZF" not in capsys.readouterr().out


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_give_the_same_outline(file, capsys, encoding):
    """The bytes of a file do not matter, only its text."""
    paths = file(REPORT, "a.txt"), file(REPORT, "b.txt", encoding)
    printed = []
    for path in paths:
        assert main([path]) == 0
        printed.append(capsys.readouterr().out.replace(path, "FILE"))
    assert printed[0] == printed[1]


def test_encoding_can_be_told(file, capsys):
    """--encoding overrules what would be found out, and a name that does not exist is an error."""
    path = file(REPORT, encoding="gb18030")
    assert main(["--encoding", "gbk", path]) == 0
    assert "工作回顾" in capsys.readouterr().out
    assert main(["--encoding", "klingon", path]) == 2
    assert "klingon" in capsys.readouterr().err


def test_json_is_one_object_per_report(file, capsys):
    """--json prints the tree; spans point into the source it carries."""
    assert main(["--json", file(REPORT), file(REPORT, "b.txt")]) == 0
    reports = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [r["schema"] for r in reports] == ["zfreport/report/1"] * 2
    [part, *_] = [child for child in reports[0]["children"] if child["kind"] == "part"]
    start, end = part["title_span"]
    assert reports[0]["source"][start:end] == part["title"] == "2023年工作回顾"


def test_standard_input(monkeypatch, capsys):
    """A dash is standard input, in any encoding."""
    for encoding in "utf-8", "gb18030":
        monkeypatch.setattr(
            sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode(encoding)), encoding="ascii")
        )
        assert main(["-"]) == 0
        assert "一、2023年工作回顾" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "no such file"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "PNG"),
        (bytes(range(256)) * 8, ""),
    ],
    ids=["missing", "image", "noise"],
)
def test_unreadable_files_are_told_and_the_rest_goes_on(file, tmp_path, capsys, content, says):
    """One bad file costs exit code 2 and one line on standard error, not the others."""
    bad = str(tmp_path / "absent.txt") if content is None else file(content, "bad.txt")
    assert main([bad, file(REPORT)]) == 2
    out, err = capsys.readouterr()
    assert "一、2023年工作回顾" in out
    assert err.startswith(f"zfreport: {bad}: ")
    assert says in err
    assert len(err.splitlines()) == 1


def test_a_folder_is_no_report(tmp_path, capsys):
    """A folder is told as what it is, with the commands that read folders."""
    assert main([str(tmp_path)]) == 2
    err = capsys.readouterr().err
    assert "this is a folder" in err
    assert "panel" in err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["pannel", "reports/", "-o", "all.xlsx"], "did you mean the command 'panel'?"),
        (["targest", "absent.txt"], "did you mean the command 'targets'?"),
        (["panel", "reports/", "-o", "all.xlsx", "--headins", "zh"], "did you mean '--headings'?"),
        (["panel", "reports/", "-o", "all.xlsx", "--shap=long"], "did you mean '--shape'?"),
        (["targets", "--indicator", "gpd", "absent.txt"], "did you mean 'gdp'?"),
        (["panel", "reports/", "-o", "all.xlsx", "--jobs", "two"], "want 1 or more, got 'two'"),
    ],
)
def test_a_slip_of_the_pen_is_told_with_what_was_meant(arguments, says, tmp_path, monkeypatch, capsys):
    """Commands, options and indicators that are nearly right."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "reports").mkdir()
    try:
        code = main(arguments)
    except SystemExit as stop:
        code = stop.code
    assert code == 2
    assert says in capsys.readouterr().err


def test_a_missing_file_is_no_misspelt_command(capsys):
    """What has a suffix is a file."""
    assert main(["pannel.txt"]) == 2
    assert "mean" not in capsys.readouterr().err


def test_an_indicator_may_be_named_as_reports_name_it(file, capsys):
    """The id and any of its names, in both scripts."""
    path = file(REPORT)
    for name in ("gdp", "GDP", "地区生产总值", "地區生產總值"):
        assert main(["targets", "--indicator", name, path]) == 0
        assert [line.split()[2] for line in capsys.readouterr().out.splitlines()] == ["gdp"]


def test_damaged_bytes_are_read_if_loss_is_allowed(file, capsys):
    """The message names the option, and the option works."""
    path = file(REPORT.encode("gb18030")[:-3] + b"\xff\xff\n")
    assert main([path, "--encoding", "gbk"]) == 2
    assert "--lossy" in capsys.readouterr().err
    for command in ([], ["targets"], ["quantities"]):
        assert main([*command, path, "--encoding", "gbk", "--lossy"]) == 0
    assert main(["explain", path, "4", "--encoding", "gbk", "--lossy"]) == 0


def test_explain_says_which_lines_there_are(file, capsys):
    """A line that is not there is told beside those that are."""
    assert main(["explain", file(REPORT), "99"]) == 2
    assert "99: want LINE or LINE:COLUMN inside the text, which has lines 1 to 11" in capsys.readouterr().err


def test_a_page_that_cannot_be_written_is_told_in_plain_words(file, tmp_path, capsys):
    """No numbers of errors."""
    path = str(tmp_path / "absent" / "page.html")
    assert main(["view", file(REPORT), "-o", path]) == 2
    assert capsys.readouterr().err == f"zfreport: {path}: no such file or directory\n"


def test_nothing_in_a_text_steers_the_terminal(file, capsys):
    """Escape sequences in a heading or in a quoted line are shown, not sent."""
    assert (
        main([file(REPORT.replace("产业根基", "产业\x1b[31m根基").replace("民生保障", "民生\x1b[2J保障"))])
        == 0
    )
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\\x1b" in out


@pytest.mark.parametrize(
    "command", [[], ["quantities"], ["targets", "--facts"]], ids=["outline", "quantities", "targets"]
)
def test_nothing_in_json_steers_the_terminal(command, file, capsys):
    """CSI in one character, overrides of the direction: JSON does not ask for their escape, a terminal does. Nothing is lost."""
    odd = (
        REPORT.replace("产业根基", "产业\x9b31m根基")
        .replace("14家", "14家\u202e")
        .replace("6.5%", "6.5%\x9b")
    )
    assert main([*command, "--json", file(odd)]) == 0
    out = capsys.readouterr().out
    assert {"\x9b", "\u202e"}.isdisjoint(out)
    [first, *_] = map(json.loads, out.splitlines())
    assert first.get("source", odd) == odd


@pytest.mark.parametrize(
    "arguments",
    [
        ["."],
        ["view", "NAME", "-o", "page.html"],
        ["explain", "NAME", "1"],
        ["export", ".", "-o", "tables"],
        ["check", "."],
    ],
    ids=lambda words: words[0],
)
def test_nothing_in_a_name_steers_the_terminal(arguments, tmp_path, monkeypatch, capsys):
    """The names of files come from whoever packed the archive."""
    name = "a\x1b[31m\u202e.txt"
    (tmp_path / name).write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    monkeypatch.chdir(tmp_path)
    main(
        [
            name if word in (".", "NAME") and arguments[0] not in ("export", "check") else word
            for word in arguments
        ]
    )
    said = "".join(capsys.readouterr())
    assert "PNG" in said
    assert {"\x1b", "\u202e"}.isdisjoint(said)


@pytest.mark.parametrize("text", ["", "\ufeff", "没有标题的一句话", "\ud800一、回顾"])
def test_odd_texts_print_something(text, monkeypatch, capsys):
    """Whatever the text says, the command ends without a traceback."""
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode("utf-8", "surrogatepass"))))
    assert main(["-"]) in {0, 1, 2}


def test_usage_errors_exit_with_two(capsys):
    """Wrong usage is argparse's exit code, which is ours for it too."""
    for arguments in [], ["--nonsense", "x"]:
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        assert caught.value.code == 2
    capsys.readouterr()


@pytest.mark.parametrize("arguments", [["--help"], *([name, "--help"] for name in COMMANDS)], ids=" ".join)
def test_help_has_examples(arguments, capsys):
    """Every help text shows how it is used."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    assert caught.value.code == 0
    assert "examples:" in capsys.readouterr().out


def test_explain_tells_why(file, capsys):
    """A heading is explained by its evidence, a place outside the text is an error."""
    path = file(REPORT)
    assert main(["explain", path, "4", "3:1"]) == 0
    out = capsys.readouterr().out
    assert "产业根基更加厚实" in out
    assert "under 2023年工作回顾" in out
    for place in "0", "999", "x", "1:999":
        assert main(["explain", path, place]) == 2
        assert f"{place}: want LINE" in capsys.readouterr().err


def test_numbers_and_targets_are_listed(file, capsys):
    """The listings name value, unit and place; as JSON they keep every digit."""
    path = file(REPORT)
    assert main(["quantities", path]) == 0
    assert f"{path}  5:16  14家" in capsys.readouterr().out
    assert main(["quantities", "--references", path]) == 0
    assert "year" in capsys.readouterr().out
    assert main(["targets", "--sentences", path]) == 0
    out = capsys.readouterr().out
    assert "gdp" in out
    assert "≈6.5 %" in out
    assert "    地区生产总值增长6.5%左右。" in out
    assert main(["targets", "--json", "--facts", path]) == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert ("gdp", "6.5", "about") in {(r["indicator"], r.get("low"), r["bound"]) for r in rows}


@frozen
class _Crashing:
    """A detector as somebody may write it."""

    name: str = "crashing"

    def detect(self, line):
        raise LookupError("no such key")


@pytest.fixture
def with_a_broken_rule(monkeypatch):
    """Lets the commands parse with a rule that crashes: the only errors that a text can have."""

    def broken(text):
        return zfreport.parse_all(text, detectors=DEFAULT.before("cjk-comma", _Crashing()))

    for module in ("cli.outline", "cli.view", "cli.check", "batch.tabulating"):
        monkeypatch.setattr(f"zfreport.{module}.parse_all", broken)


@pytest.mark.parametrize(
    "arguments",
    [
        ["FILE"],
        ["--json", "FILE"],
        ["view", "FILE", "-o", "PAGE"],
        ["check", "FILE"],
        ["export", "FILE", "-o", "TABLES"],
    ],
    ids=" ".join,
)
def test_an_error_in_a_text_is_exit_code_one(arguments, with_a_broken_rule, file, tmp_path, capsys):
    """And a file that cannot be read is two, whatever the others hold."""
    pytest.importorskip("pyarrow")
    paths = {"FILE": file(REPORT), "PAGE": str(tmp_path / "page.html"), "TABLES": str(tmp_path / "tables")}
    words = [paths.get(word, word) for word in arguments]
    assert main(words) == 1
    if arguments[0] not in ("view", "export"):
        assert main([*words, file(b"", "empty.txt")]) == 2
    capsys.readouterr()


def test_warnings_are_errors_if_asked(file, capsys):
    """--strict is for whoever wants a folder without any."""
    path = file(REPORT)
    assert main(["check", path]) == 0
    assert main(["check", path, "--strict"]) == 1
    capsys.readouterr()


def test_which_report_of_a_file(example, file, tmp_path, capsys):
    """Counted from one; what is not there is told with how many there are."""
    path, page = file(example("collection")), tmp_path / "page.html"
    assert main(["view", path, "-o", str(page), "--report", "3"]) == 0
    assert "this is report 3 of 3" in capsys.readouterr().err
    for number in ("0", "4"):
        assert main(["view", path, "-o", str(page), "--report", number]) == 2
        assert f"there is no report {number}; the file holds 3" in capsys.readouterr().err


def test_an_interrupt_has_its_usual_code(monkeypatch, file):
    def interrupted(args):
        raise KeyboardInterrupt

    monkeypatch.setattr("zfreport.cli.outline.run", interrupted)
    assert main([file(REPORT)]) == 130


def test_names_in_several_folders_begin_with_the_folder(tmp_path, monkeypatch):
    """Else two files of one name would be one in the tables."""
    for folder in ("2023", "2024"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(REPORT, "utf-8")
    monkeypatch.chdir(tmp_path)
    assert [name for name, _ in files_of(argparse.Namespace(folders=["2023", "2024"]))] == [
        "2023/a.txt",
        "2024/a.txt",
    ]
    assert [name for name, _ in files_of(argparse.Namespace(folders=["2023"]))] == ["a.txt"]


def test_targets_say_whose_they_are(capsys):
    """The growth of a park stood there like the county's, and projects of one size like those of another."""
    path = str(Path(__file__).parent.parent / "examples" / "county-2024.txt")
    assert main(["targets", "--indicator", "key_project_count", path]) == 0
    assert [line.split()[3] for line in capsys.readouterr().out.splitlines()] == [
        "亿元以上项目（引进亿元以上）",
        "亿元以上项目（引进10亿元以上）",
    ]


def test_version(capsys):
    """--version names the program and its version."""
    with pytest.raises(SystemExit):
        main(["--version"])
    assert capsys.readouterr().out == f"zfreport {zfreport.__version__}\n"


def run(*arguments, **options):
    """The program itself, in an environment that knows no UTF-8."""
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("LC_", "LANG", "PYTHONIO", "PYTHONUTF8"))
    }
    return subprocess.run(
        [sys.executable, "-X", "utf8=0", "-m", "zfreport", *arguments],
        env={**environment, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0"},
        capture_output=True,
        timeout=60,
        **options,
    )


def test_a_pipe_gets_utf8_whatever_the_locale(file):
    """Redirected output is UTF-8, also where the locale is not."""
    done = run(file(REPORT))
    assert done.returncode == 0, done.stderr
    assert "一、2023年工作回顾" in done.stdout.decode("utf-8")


def test_a_closed_pipe_is_no_error(file):
    """``zfreport … | head`` ends in silence."""
    path = file(REPORT)
    process = subprocess.Popen(
        [sys.executable, "-m", "zfreport", *[path] * 300], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    process.stdout.readline()
    process.stdout.close()
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(60) == 141  # as a shell has it for a program that SIGPIPE ends
    assert errors == b""
