"""The list of schools: what the window shows first, read without anything heavier."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING

from numecole_desktop.domain.french import searched
from numecole_desktop.domain.own_territory import EVERYWHERE, OwnTerritory
from numecole_desktop.domain.school import circonscription_label
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.departments import departments
from numecole_desktop.services.own_territory import own_territory
from numecole_desktop.storage import listing

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as sqlite


@dataclass(frozen=True, slots=True)
class SchoolRow:
    """One line of the list of schools.

    ``status`` is this year's declaration (« draft », « submitted » or empty), ``index`` the
    equipment index of the latest submitted declaration, of ``declared_year`` (empty when none).
    ``folded`` is the text that a search reads; ``mine`` is false outside the territory of the base.
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
    mine: bool = True


def held_years(connection: sqlite.Connection, today: date) -> list[SchoolYear]:
    """Years that hold a declaration and the one of ``today``, newest first."""
    held = set(listing.declared_years(connection))
    return sorted(held | {SchoolYear.of(today)}, reverse=True)


def first_rows(
    connection: sqlite.Connection, year: SchoolYear, limit: int, within: OwnTerritory = EVERYWHERE
) -> list[SchoolRow]:
    """The first ``limit`` lines of the list that lie ``within``, by commune then name."""
    held = listing.first_schools(connection, year, limit, within)
    return [row for _, row in _rows(held, year, own_territory(connection))]


def list_rows(connection: sqlite.Connection, year: SchoolYear) -> list[SchoolRow]:
    """Every line of the list, by commune then name."""
    held = listing.every_school(connection, year)
    found = sorted(_rows(held, year, own_territory(connection)), key=itemgetter(0))
    return [row for _, row in found]


def _rows(
    schools: Iterable[listing.ListedSchool], year: SchoolYear, own: OwnTerritory
) -> Iterator[tuple[str, SchoolRow]]:
    names = departments()
    # Names and years come again and again: each is kept once.
    label, year_words, once = cache(circonscription_label), cache(_year_words), sys.intern
    for row in schools:
        school = row.school
        yield (
            row.sort_key,
            SchoolRow(
                school.uai,
                once(school.name),
                school.type_label,
                once(school.commune or ""),
                label(school.circonscription or ""),
                names.get(school.department_code or "", school.department_code or ""),
                once(school.academy or ""),
                bool(school.public),
                school.is_open(year),
                row.status,
                row.index,
                year_words(row.declared_year),
                searched(row.folded),
                own.holds(school),
            ),
        )


def _year_words(declared: int | None) -> str:
    return "" if declared is None else str(SchoolYear(declared))
