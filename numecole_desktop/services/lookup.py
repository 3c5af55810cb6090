"""Finding what a user named: a school, a school year."""

from __future__ import annotations

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear, SchoolYearError
from numecole_desktop.domain.uai import read_uai
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads


def find_school(workspace: Workspace, uai: str) -> School:
    """The school that ``uai`` names, as people write it.

    Raises:
        Problem: it is not a UAI, or the directory does not hold it.
    """
    reading = read_uai(uai)
    if reading.value is None:
        raise Problem(reading.problem or "")
    school = reads.school(workspace.base.connection, reading.value)
    if school is None:
        raise Problem(
            f"L’école {reading.value} n’est pas dans l’annuaire de cette base{NBSP}: vérifiez "
            f"l’UAI, ou importez un annuaire qui la contient."
        )
    return school


def read_year(text: str) -> SchoolYear:
    """The school year that ``text`` names.

    Raises:
        Problem: it is not one.
    """
    try:
        return SchoolYear.parse(text)
    except SchoolYearError as problem:
        raise Problem(str(problem)) from problem
