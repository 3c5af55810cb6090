"""What the reports read from ``resources/``: look, texts of the templates, fonts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from typing import Any

from numecole_desktop.shipped import shipped


@cache
def section(file: str, name: str) -> Mapping[str, Any]:
    """One table of ``resources/reports/<file>.toml``, read once per process.

    Raises:
        KeyError: the file holds no such table.
    """
    return _document(file)[name]  # type: ignore[no-any-return]  # shape checked by the readers


@cache
def _document(file: str) -> Mapping[str, Any]:
    text = (shipped("resources") / "reports" / f"{file}.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
