"""What is published: built twice it is the same, it holds all it needs and nothing else, and it works where it is installed."""

from __future__ import annotations

import email
import hashlib
import importlib.util
import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "zfreport"
if not SOURCE.is_dir():
    pytest.skip("no src beside the tests: they run against an installed wheel", allow_module_level=True)
for tool in ("build", "hatchling"):
    if importlib.util.find_spec(tool) is None:
        pytest.skip(f"no {tool}: pip install build hatchling", allow_module_level=True)

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def build(folder: Path) -> dict[str, Path]:
    """The sdist and the wheel, built from this checkout, by the end of their names."""
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}
    command = [
        sys.executable,
        "-m",
        "build",
        "--no-isolation",
        "--sdist",
        "--wheel",
        "--outdir",
        str(folder),
        str(ROOT),
    ]
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {"sdist": next(folder.glob("*.tar.gz")), "wheel": next(folder.glob("*.whl"))}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return build(tmp_path_factory.mktemp("dist"))


def test_second_build_is_the_same(built, tmp_path):
    """The same checkout gives the same bytes, so that anyone can check what was published."""
    again = build(tmp_path)
    for name, path in built.items():
        assert (
            hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(again[name].read_bytes()).digest()
        ), name


def test_wheel_holds_every_file_of_the_package(built):
    """Modules, vocabularies, the page's style and script, and the mark of a typed package; no tests, no caches."""
    wanted = {
        path.relative_to(SOURCE.parent).as_posix()
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    with zipfile.ZipFile(built["wheel"]) as wheel:
        names = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert names == wanted
    assert {"zfreport/py.typed", "zfreport/render/page.css", "zfreport/data/units.tsv"} <= names


def test_wheel_needs_no_compiler_and_no_old_python(built):
    """One pure wheel for every platform."""
    assert built["wheel"].name.endswith("-py3-none-any.whl")


def test_metadata_say_what_pyproject_says(built):
    """Name, licence file, Python, dependencies and extras are in the wheel as they are in the project file."""
    with zipfile.ZipFile(built["wheel"]) as wheel:
        (name,) = (n for n in wheel.namelist() if n.endswith(".dist-info/METADATA"))
        metadata = email.message_from_string(wheel.read(name).decode("utf-8"))
        for text in ("LICENSE", "NOTICE"):
            assert any(n.endswith(f"/licenses/{text}") for n in wheel.namelist())
        assert any(n.endswith("entry_points.txt") for n in wheel.namelist())
    assert metadata["Name"] == "zfreport"
    assert metadata["License-Expression"] == PROJECT["license"]
    assert metadata["Requires-Python"] == PROJECT["requires-python"]
    assert set(metadata.get_all("Provides-Extra")) == set(PROJECT["optional-dependencies"])
    required = {r for r in metadata.get_all("Requires-Dist") if "extra ==" not in r}
    assert {r.split(">=")[0] for r in required} == {r.split(">=")[0] for r in PROJECT["dependencies"]}
    assert "各位代表" in metadata.get_payload() or "政府工作报告" in metadata.get_payload()


def test_sdist_holds_what_its_tests_need(built):
    """Who packages the library downstream can run its tests from the sdist; nothing from outside the project is in it."""
    with tarfile.open(built["sdist"]) as sdist:
        names = {name.partition("/")[2] for name in sdist.getnames()}
    assert {
        "tests/conftest.py",
        "tests/test_packaging.py",
        "pyproject.toml",
        "LICENSE",
        "NOTICE",
        "CHANGELOG.md",
        "README.md",
    } <= names
    assert any(name.startswith("tests/cases/") for name in names)
    assert any(name.startswith("examples/") for name in names)
    tops = {name.partition("/")[0] for name in names if name}
    assert not {"shared", ".venv", "dist", ".git", ".hypothesis"} & tops


def test_twine_is_content(built):
    """The index would accept the files and render the README."""
    pytest.importorskip("twine", reason="no twine: pip install twine")
    command = [sys.executable, "-m", "twine", "check", "--strict", *map(str, built.values())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_installed_wheel_works_on_its_own(built, tmp_path):
    """Installed into an empty folder, away from the checkout, it finds its data, reads a report and has its command."""
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "install",
            "-q",
            "--no-deps",
            "--no-index",
            "--target",
            str(tmp_path / "lib"),
            str(built["wheel"]),
        ],
        check=True,
        capture_output=True,
    )
    text = (
        "政府工作报告\n一、2023年工作回顾\n生产总值增长5.2%。\n二、2024年工作安排\n地区生产总值增长6%左右。\n"
    )
    (tmp_path / "report.txt").write_text(text, "utf-8")
    code = (
        "import zfreport, pathlib, sys\n"
        "assert pathlib.Path(zfreport.__file__).is_relative_to(sys.argv[1]), zfreport.__file__\n"
        "report = zfreport.parse(pathlib.Path('report.txt').read_text('utf-8'))\n"
        "assert [part.title for part in report.parts] == ['2023年工作回顾', '2024年工作安排']\n"
        "assert report.targets[0].indicator == 'gdp'\n"
        "from zfreport.cli import main\n"
        "main(['view', 'report.txt', '-o', 'page.html'])\n"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "lib")}
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "lib")],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not done.stderr
    assert "<article" in (tmp_path / "page.html").read_text("utf-8")
