"""Keys that open at once, and the office of the published vectors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from numecole_desktop.services.workspace import Workspace
from tests.exchange.posts import quick_keys
from tests.exchange.reader import office


@pytest.fixture(autouse=True)
def _keys_open_at_once() -> Iterator[None]:
    with quick_keys():
        yield


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Workspace]:
    """The office, which knows the académie's devices."""
    with office(tmp_path / "bureau.numecole") as workspace:
        yield workspace
