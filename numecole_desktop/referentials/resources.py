"""Where the data files are: in the installed package, or beside it in a checkout."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


@cache
def resource_root() -> Traversable:
    """Folder of the data files.

    A wheel holds them inside the package; an editable install finds those of the checkout.
    """
    installed = files("numecole_desktop") / "resources"
    if installed.is_dir():
        return installed
    return Path(__file__).resolve().parents[2] / "resources"


def legal_file(name: str) -> Traversable:
    """LICENSE or NOTICE: in the package of a wheel, at the root of a checkout."""
    installed = files("numecole_desktop") / name
    return installed if installed.is_file() else Path(__file__).resolve().parents[2] / name


def resource(path: str) -> Traversable:
    """One data file, named by its path below ``resources/`` with « / »."""
    return resource_root().joinpath(*path.split("/"))


@cache
def guide_root() -> Traversable:
    """Folder of the user guide: in the installed package, or ``docs/guide`` of the checkout."""
    installed = files("numecole_desktop") / "guide"
    if installed.is_dir():
        return installed
    return Path(__file__).resolve().parents[2] / "docs" / "guide"
