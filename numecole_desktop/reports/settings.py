"""What the reports read from ``resources/``: look, texts of the templates, fonts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any


@cache
def resource_root() -> Traversable:
    """Folder of the data files: in the installed package, else at the root of the checkout."""
    installed = files("numecole_desktop") / "resources"
    if installed.is_dir():
        return installed
    return Path(__file__).resolve().parents[2] / "resources"


@cache
def section(file: str, name: str) -> Mapping[str, Any]:
    """One table of ``resources/reports/<file>.toml``, read once per process.

    Raises:
        KeyError: the file holds no such table.
    """
    return _document(file)[name]  # type: ignore[no-any-return]  # shape checked by the readers


@cache
def _document(file: str) -> Mapping[str, Any]:
    text = (resource_root() / "reports" / f"{file}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
