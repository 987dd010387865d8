"""What several test files share: where things lie, and the example reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"

settings.register_profile("zfreport", deadline=None, max_examples=60, print_blob=True)
settings.load_profile("zfreport")


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts and gold beside the checkout; the test is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("no ../shared beside the checkout")
    return SHARED


@pytest.fixture
def example():
    """Reads one of the example reports."""
    return lambda name: (ROOT / "examples" / f"{name}.txt").read_text("utf-8")
