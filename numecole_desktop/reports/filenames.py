"""Names of the files written: readable, sortable, accepted by every system and mail program."""

from __future__ import annotations

from numecole_desktop.domain.french import slug
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear


def profile_name(school: School, year: SchoolYear) -> str:
    """For example « profil_0110160P_ecole-jules-ferry_carcassonne_2023-2024.pdf ».

    Its beginning keeps it clear of the names that Windows reserves.
    """
    parts = ("profil", school.uai, slug(school.name), slug(school.commune or ""), str(year))
    return "_".join(part for part in parts if part) + ".pdf"


def commune_name(code: str, name: str, year: SchoolYear) -> str:
    """For example « profil_commune_11069_carcassonne_2023-2024.pdf »."""
    parts = ("profil", "commune", slug(code), slug(name), str(year))
    return "_".join(part for part in parts if part) + ".pdf"
