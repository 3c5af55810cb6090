"""Where this account's data and bases are."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

BASE_SUFFIX = ".numecole"


def data_folder() -> Path:
    """Folder of this account's data; ``NUMECOLE_DOSSIER`` names another."""
    chosen = os.environ.get("NUMECOLE_DOSSIER")
    if chosen:
        return Path(chosen).expanduser()
    return platformdirs.user_data_path("numecole", appauthor=False)


def default_base() -> Path:
    """The base used when none is named: ``NUMECOLE_BASE``, else the account's own."""
    chosen = os.environ.get("NUMECOLE_BASE")
    return Path(chosen).expanduser() if chosen else data_folder() / f"numecole{BASE_SUFFIX}"


def demo_base() -> Path:
    """Where the sample base is built by default."""
    return data_folder() / "exemple" / f"exemple{BASE_SUFFIX}"
