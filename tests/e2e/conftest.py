"""The two days are lived in the real window: its fixtures come from there."""

import pytest

from tests.ui.conftest import open_window, quick_keys, sample, sample_base

__all__ = ["open_window", "quick_keys", "sample", "sample_base"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Windows come last: Qt leaves threads behind, and ``test_kill`` forks, which wants none."""
    items.sort(key=lambda item: "e2e" in item.path.parts and _has_window(item))


def _has_window(item: pytest.Item) -> bool:
    return "open_window" in getattr(item, "fixturenames", ())
