"""Names of the files written: readable, sortable, accepted by every system and mail program."""

from __future__ import annotations

from numecole_desktop.domain.french import slug
from numecole_desktop.domain.profile import SchoolProfile


def profile_name(profile: SchoolProfile) -> str:
    """For example « profil_0110160P_ecole-jules-ferry_carcassonne_2023-2024.pdf ».

    Its beginning keeps it clear of the names that Windows reserves.
    """
    school = profile.school
    parts = ("profil", school.uai, slug(school.name), slug(school.commune or ""), str(profile.year))
    return "_".join(part for part in parts if part) + ".pdf"
