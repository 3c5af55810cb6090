"""The data files: rules, thresholds, names of columns, labels, samples."""

from __future__ import annotations

from importlib.resources.abc import Traversable

from numecole_desktop.shipped import shipped


def resource(path: str) -> Traversable:
    """One data file, named by its path below ``resources/`` with « / »."""
    return shipped("resources").joinpath(*path.split("/"))
