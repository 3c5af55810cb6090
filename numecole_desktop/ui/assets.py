"""Data files of the window: theme, fonts, icons.

Plain paths, because Qt reads these files itself and the first paint waits for them.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def asset_root() -> Path:
    """Folder of the data files: in the installed package, else at the root of the checkout."""
    package = Path(__file__).resolve().parents[1]
    installed = package / "resources"
    return installed if installed.is_dir() else package.parent / "resources"


def asset(path: str) -> Path:
    """One data file, named by its path below ``resources/`` with « / »."""
    return asset_root() / path
