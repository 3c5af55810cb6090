"""A base the size of Occitanie: 4 579 schools, ten years, ENT, GAR, labels, dossiers, conflicts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from benchmarks import bases, data
from benchmarks.harness import cache_folder
from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.uai import check_letter
from numecole_desktop.services import declarations, label_dossiers, label_people
from numecole_desktop.services.importing import run_import
from numecole_desktop.services.label_dossiers import Edit
from numecole_desktop.services.workspace import Workspace, finished

SCHOOLS = 4_579
YEARS = tuple(range(data.FIRST_YEAR, data.FIRST_YEAR + 10))
SHOWN = SchoolYear(YEARS[-1])
OFFICE = "0019000" + check_letter("0019000")
"""A circonscription of the region."""
_DOSSIERS = 300
_CONFLICTS = 300
_SIGNED = date(2024, 1, 16)


def codes() -> list[str]:
    """UAI of every school of the region."""
    return bases.codes()[:SCHOOLS]


def directory_file() -> Path:
    """The directory of the region."""
    path = cache_folder() / "region-annuaire.csv"
    if not path.exists():
        data.write_directory(path, SCHOOLS)
    return path


def declarations_file() -> Path:
    """Declarations of the region for the year after the last one held."""
    path = cache_folder() / "region-declarations.csv"
    if not path.exists():
        data.write_declarations(path, codes(), [YEARS[-1] + 1])
    return path


def base() -> Path:
    """The base, built once: half a minute."""
    path = cache_folder() / "region.numecole"
    if not path.exists():
        part = cache_folder() / "region.part.numecole"
        for suffix in ("", "-wal", "-shm"):
            part.with_name(part.name + suffix).unlink(missing_ok=True)
        with Workspace.open(part) as workspace:
            _fill(workspace)
        part.rename(path)
    return path


def _fill(workspace: Workspace) -> None:
    file = cache_folder() / "region.csv"
    finished(run_import(workspace, "annuaire", directory_file()))
    for year in YEARS:
        # Each year lacks some schools: there is someone to remind.
        data.write_declarations(file, codes()[year % 7 : SCHOOLS - 400], [year])
        finished(run_import(workspace, "declarations", file))
    for kind in data.REFERENCE_HEADERS:
        for year in YEARS[-2:]:
            data.write_reference(file, kind, codes(), year)
            finished(run_import(workspace, kind, file))
    file.unlink()
    for place, uai in enumerate(codes()[:: SCHOOLS // _DOSSIERS]):
        _dossier(workspace, uai, place)
    for uai in codes()[3 :: SCHOOLS // _CONFLICTS]:
        # Two forms that did not see each other.
        first = declarations.open_form(workspace, uai, SHOWN)
        second = declarations.open_form(workspace, uai, SHOWN)
        declarations.save_answers(workspace, first, {"A3": 7})
        declarations.save_answers(workspace, second, {"A3": 9})


def _dossier(workspace: Workspace, uai: str, place: int) -> None:
    """A dossier: one in three each stays a draft, is submitted, is examined."""
    dossier = label_dossiers.create(workspace, uai, SHOWN).dossier
    for role in PersonRole:
        name = f"Personne {place} {role.value}"
        dossier = label_people.name_person(workspace, dossier, role, name, "direction").dossier
    change = Edit(
        project_classes=1,
        project_title="Robots",
        school_project=True,
        school_signed_on=_SIGNED,
        commune_signed_on=_SIGNED,
    )
    dossier = label_dossiers.edit(workspace, dossier, change).dossier
    if place % 3:
        dossier = label_dossiers.submit(workspace, dossier).dossier
    if place % 3 == 2:  # the third of three states
        keys = [criterion.key for criterion in dossier.rules.criteria]
        label_dossiers.examine(
            workspace, dossier, dict.fromkeys(keys, 1), dict.fromkeys(keys, "Vu sur place.")
        )
