"""Names of the files written: readable, sortable, accepted by every system and mail program."""

from __future__ import annotations

from numecole_desktop.domain.french import fold
from numecole_desktop.domain.profile import SchoolProfile

_LONGEST = 40


def slug(text: str) -> str:
    """Plain lower-case letters, digits and hyphens; whole words up to 40 characters, maybe empty.

    Composed and decomposed accents give one slug.
    """
    words = fold(text).split()
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word
        if len(longer) > _LONGEST:
            break
        kept = longer
    return kept or "".join(words)[:_LONGEST]


def profile_name(profile: SchoolProfile) -> str:
    """For example « profil_0110160P_ecole-jules-ferry_carcassonne_2023-2024.pdf ».

    Its beginning keeps it clear of the names that Windows reserves.
    """
    school = profile.school
    parts = ("profil", school.uai, slug(school.name), slug(school.commune or ""), str(profile.year))
    return "_".join(part for part in parts if part) + ".pdf"
