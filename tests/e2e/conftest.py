"""The two days are lived in the real window: its fixtures come from there."""

from tests.ui.conftest import open_window, quick_keys

__all__ = ["open_window", "quick_keys"]
