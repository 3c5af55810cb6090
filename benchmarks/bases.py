"""Bases of generated data, built once and copied for each measure."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks import data
from benchmarks.harness import cache_folder
from numecole_desktop.services.importing import run_import
from numecole_desktop.services.workspace import Workspace, finished

YEAR_FILE = "declarations-2023.csv"
TEN_YEARS = tuple(range(2014 + 6, 2024 + 6))


def codes() -> list[str]:
    """UAI of every generated school."""
    return [data.uai(number) for number in range(data.SCHOOLS)]


def declarations_file() -> Path:
    """63 000 declarations of one year."""
    path = cache_folder() / YEAR_FILE
    if not path.exists():
        data.write_declarations(path, codes(), [data.FIRST_YEAR])
    return path


def schools_base() -> Path:
    """A base that holds the 63 000 schools."""
    path = cache_folder() / "schools.numecole"
    if not path.exists():
        directory = cache_folder() / "annuaire.csv"
        data.write_directory(directory)
        part = cache_folder() / "schools.part.numecole"
        part.unlink(missing_ok=True)
        with Workspace.open(part) as workspace:
            finished(run_import(workspace, "annuaire", directory))
        part.rename(path)
    return path


def one_year_base() -> Path:
    """A base that holds the 63 000 schools and their declarations of one year."""
    path = cache_folder() / "one.numecole"
    if not path.exists():
        part = fresh(schools_base(), "one.part.numecole")
        with Workspace.open(part) as workspace:
            finished(run_import(workspace, "declarations", declarations_file()))
        part.rename(path)
    return path


def ten_years_base() -> Path:
    """A base that holds the 63 000 schools and 630 000 declarations."""
    path = cache_folder() / "ten.numecole"
    if not path.exists():
        part = fresh(schools_base(), "ten.part.numecole")
        file = cache_folder() / "ten.csv"
        for year in TEN_YEARS:
            data.write_declarations(file, codes(), [year])
            with Workspace.open(part) as workspace:
                finished(run_import(workspace, "declarations", file))
        file.unlink()
        part.rename(path)
    return path


def figures_base() -> Path:
    """The base of ten years with ENT, GAR and labels in the last one: every figure has a value."""
    path = cache_folder() / "figures.numecole"
    if not path.exists():
        part = fresh(ten_years_base(), "figures.part.numecole")
        file = cache_folder() / "reference.csv"
        with Workspace.open(part) as workspace:
            for kind in data.REFERENCE_HEADERS:
                data.write_reference(file, kind, codes(), TEN_YEARS[-1])
                finished(run_import(workspace, kind, file))
        file.unlink()
        part.rename(path)
    return path


def fresh(base: Path, name: str = "work.numecole") -> Path:
    """A copy of a base, to be changed."""
    copy = cache_folder() / name
    for suffix in ("", "-wal", "-shm"):
        copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(base, copy)
    return copy
