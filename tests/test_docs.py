"""What README and documentation print is true: commands, outputs, links, versions. Python examples are run as doctests."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import zfreport
from zfreport.cli import COMMANDS, argument_parser, main

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(p for p in ROOT.glob("docs/**/*.md") if "_build" not in p.parts)])
assert len(PAGES) > 10, "pages are missing"


def fences(page: Path, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", page.read_text("utf-8"), re.M | re.S)


def sessions():
    """Each ``$ command`` of a console block with the output printed under it."""
    for page in PAGES:
        for block in fences(page, "console"):
            for session in re.split(r"^\$ ", block, flags=re.M)[1:]:
                command, _, output = session.partition("\n")
                yield pytest.param(command, output, id=f"{page.relative_to(ROOT)}: {command}")


def same(printed: list[str], wanted: list[str]) -> bool:
    """Whether the lines are equal, a wanted line ``…`` standing for any number of them."""
    if not wanted:
        return not printed
    if wanted[0] == "…":
        return any(same(printed[i:], wanted[1:]) for i in range(len(printed) + 1))
    return bool(printed) and printed[0] == wanted[0] and same(printed[1:], wanted[1:])


@pytest.mark.parametrize(("command", "output"), list(sessions()))
def test_commands_print_what_the_page_shows(command, output, monkeypatch, capsys, tmp_path):
    """A command shown on a page prints, in the checkout, what the page shows."""
    monkeypatch.chdir(ROOT)
    program, *arguments = shlex.split(command.replace(" -o ", f" -o {tmp_path}/"))
    assert program == "zfreport"
    main(arguments)
    printed = capsys.readouterr().out
    assert same([line.rstrip() for line in printed.splitlines()], output.rstrip("\n").splitlines()), printed


def shell_commands():
    """Each line of a sh block that calls the program, on any page."""
    for page in PAGES:
        for block in fences(page, "sh"):
            for line in block.splitlines():
                if match := re.match(r"(?:\S*/)?zfreport (.+)", line):
                    yield pytest.param(match[1], id=f"{page.relative_to(ROOT)}: {line}")


@pytest.mark.parametrize("arguments", list(shell_commands()))
def test_commands_to_copy_are_valid(arguments):
    """A command printed to be copied has arguments that the program takes."""
    words = shlex.split(arguments, comments=True)
    command = words.pop(0) if words[0] in COMMANDS else "outline"
    argument_parser(command).parse_args(words)


def test_newcomers_commands():
    """Both READMEs begin with the same two blocks: try it, and run the tests. CI runs them as printed."""
    first, second, *_ = fences(ROOT / "README.md", "sh")
    assert fences(ROOT / "README.zh.md", "sh")[:2] == [first, second]
    assert "zfreport examples/" in first
    assert "pytest" in second


def test_both_readmes_tell_the_same():
    """The same sections, the same outline, the same report; what is printed differs by the names in the loops alone."""
    english, chinese = ROOT / "README.md", ROOT / "README.zh.md"
    assert fences(english, "console") == fences(chinese, "console")
    assert [len(fences(page, "python")) for page in (english, chinese)] == [1, 1]
    for kind in (r"^## ", r"^- \*\*"):
        one, other = (re.findall(kind, page.read_text("utf-8"), re.M) for page in (english, chinese))
        assert len(one) == len(other) > 4


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """A relative link names a file that is there."""
    text = re.sub(r"^```.*?^```$|`[^`\n]+`", "", page.read_text("utf-8"), flags=re.M | re.S)
    for target in re.findall(r"\]\(([^)#\s]+)", text):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists() or (page.parent / f"{target}.md").exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_every_fence_has_a_language(page):
    """A block without a language is run by nobody."""
    opened = False
    for line in page.read_text("utf-8").splitlines():
        if line.startswith("```"):
            assert opened or line != "```", line
            opened = not opened


def test_every_diagnostic_is_told_in_chinese():
    """The Chinese page has a row for each code, in order, and for no other."""
    page = (ROOT / "docs/zh/diagnostics.md").read_text("utf-8")
    assert re.findall(r"^\| (ZF\d+) \|", page, re.M) == [code.value for code in zfreport.Code]


def test_figures_in_chinese_are_those_of_the_measurement():
    """Each figure of the Chinese table stands in the English one, which is compared with a run."""
    measured, told = (
        re.findall(
            r"^\|[^|]+\| (\d+) \| ([\d.]+) \|$", (ROOT / f"docs/{page}/accuracy.md").read_text("utf-8"), re.M
        )
        for page in ("why", "zh")
    )
    assert len(told) == 6
    assert set(told) <= set(measured)


def test_versions_agree():
    """CITATION.cff names the version that the package has."""
    assert f"\nversion: {zfreport.__version__}\n" in (ROOT / "CITATION.cff").read_text("utf-8")


def test_ellipsis_matches_lines():
    """The comparison can fail."""
    assert same(["a", "b", "c"], ["a", "…", "c"])
    assert not same(["a", "b", "c"], ["a", "…", "b"])
    assert not same(["a"], [])
