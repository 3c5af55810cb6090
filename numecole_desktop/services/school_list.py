"""The list of schools: what the window shows first, read without anything heavier."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from numecole_desktop.domain.school import circonscription_label
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.departments import departments
from numecole_desktop.storage import listing

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as sqlite


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One line of the list of schools.

    ``status`` is this year's declaration (« draft », « submitted » or empty), ``index`` the
    equipment index of the latest submitted declaration, of ``declared_year`` (empty when none).
    ``folded`` is the text that a search reads.
    """

    uai: str
    name: str
    type_label: str
    commune: str
    circonscription: str
    department: str
    academy: str
    public: bool
    open: bool
    status: str
    index: int | None
    declared_year: str
    folded: str


def held_years(connection: sqlite.Connection, today: date) -> list[SchoolYear]:
    """Years that hold a declaration and the one of ``today``, newest first."""
    held = set(listing.declared_years(connection))
    return sorted(held | {SchoolYear.of(today)}, reverse=True)


def list_rows(connection: sqlite.Connection, year: SchoolYear, limit: int = -1) -> list[SchoolRow]:
    """The first ``limit`` lines of the list (all by default), by commune then name."""
    names = departments()
    # Names of places come again and again: each is kept once.
    label, once = cache(circonscription_label), sys.intern
    return [
        SchoolRow(
            row.school.uai,
            row.school.name,
            row.school.type_label,
            once(row.school.commune or ""),
            label(row.school.circonscription or ""),
            names.get(row.school.department_code or "", row.school.department_code or ""),
            once(row.school.academy or ""),
            bool(row.school.public),
            row.school.is_open(year),
            row.status,
            row.index,
            str(SchoolYear(row.declared_year)) if row.declared_year is not None else "",
            row.folded,
        )
        for row in listing.listed_schools(connection, year, limit)
    ]
