"""
The last check before a release: the built wheel, in an empty environment, passes the test suite with ``src`` absent.

``python tools/check_wheel.py [PYTHON…]``: builds sdist and wheel, and for each interpreter (default: this one) unpacks
the sdist, takes its ``src`` away, makes a virtual environment, installs the wheel with the extras its tests need, and
runs the tests there. Needs ``build`` and an index (or pip's own cache) for the dependencies.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*command: object, cwd: Path = ROOT) -> None:
    """Run a command, shown first; stop where it fails."""
    print("+", *command, flush=True)
    subprocess.run([str(part) for part in command], cwd=cwd, check=True)


def check(python: str, wheel: Path, sdist: Path, folder: Path) -> None:
    """The wheel in a new environment of one interpreter."""
    with tarfile.open(sdist) as archive:
        archive.extractall(folder, filter="data")
    (tree,) = (path for path in folder.iterdir() if path.is_dir())
    shutil.rmtree(tree / "src")
    run(python, "-m", "venv", folder / "venv")
    inside = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    run(inside, "-m", "pip", "install", "-q", "--only-binary", ":all:", "--no-deps", wheel)
    run(inside, "-m", "pip", "install", "-q", "--prefer-binary", f"zfreport[all,test] @ {wheel.as_uri()}")
    run(
        inside,
        "-c",
        "import zfreport, sys; assert sys.prefix in zfreport.__file__; print(zfreport.__version__)",
        cwd=tree,
    )
    run(inside, "-m", "pytest", "-q", "tests", cwd=tree)


def main() -> None:
    """Build once, check on each interpreter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(sys.executable, "-m", "build", "--outdir", folder / "dist", ROOT)
        (wheel,), (sdist,) = (folder / "dist").glob("*.whl"), (folder / "dist").glob("*.tar.gz")
        for number, python in enumerate(sys.argv[1:] or [sys.executable]):
            place = folder / str(number)
            place.mkdir()
            check(python, wheel, sdist, place)


if __name__ == "__main__":
    main()
