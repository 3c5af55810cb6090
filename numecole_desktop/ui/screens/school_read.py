"""What the page of a school needs from the base, read on the base's thread in one go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numecole_desktop.domain.equipment import EquipmentIndex
    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.school_data import YearData
    from numecole_desktop.services.schools import SchoolPage
    from numecole_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Disputed:
    """Questions that people answered differently, and what the index may be (« de 1 à 3 »)."""

    year: SchoolYear
    codes: tuple[str, ...]
    index: str


@dataclass(frozen=True, slots=True)
class ReadSchool:
    """The page of a school; ``step`` is the fewest classes that reach the step share (0: n.c.).

    ``declared`` holds the index of each year that has a submitted declaration, ``held`` what else
    is known of each year (ENT, GAR, label), oldest first. ``label`` says where the label dossier
    of the year stands, empty for a school that cannot have one.
    ``where`` says of each line of the history which devices have it, and is empty where nothing is
    exchanged; ``disputed`` what is in conflict, None when nothing is.
    """

    page: SchoolPage
    step: int
    declared: tuple[tuple[SchoolYear, EquipmentIndex], ...]
    held: tuple[YearData, ...]
    label: str
    where: tuple[str, ...]
    disputed: Disputed | None


def read_school(workspace: Workspace, uai: str, year: SchoolYear) -> ReadSchool:
    """Read the page of a school and its index year by year.

    Raises:
        Problem: the school is not in the directory, or no rules were in force that year.
    """
    from numecole_desktop.services import school_data, schools

    page = schools.school_page(workspace, uai, year)
    used = page.profile.declared_year or year
    rules = workspace.catalogue.equipment_rules(used)
    classes = page.index.classes
    declared = school_data.declared_indices(workspace, uai, year)
    held_years = tuple(d for d in school_data.school_years(workspace, uai) if d.year <= year)
    step = rules.classes_for_step(classes) if classes else 0
    label = _label_words(workspace, uai, year) if page.school.public else ""
    where = _where(workspace, page)
    disputed = read_disputed(workspace, uai, year) or read_disputed(workspace, uai, used)
    return ReadSchool(page, step, declared, held_years, label, where, disputed)


def read_disputed(workspace: Workspace, uai: str, year: SchoolYear) -> Disputed | None:
    """The answers of a declaration that are in conflict, None when none is."""
    from numecole_desktop.services.disputed import disputed_answers

    codes = disputed_answers(workspace, uai, year)
    if not codes:
        return None
    from numecole_desktop.services import conflict_list

    found = conflict_list.index_interval(workspace, uai, year)
    return Disputed(year, codes, found.label if found else "")


def _where(workspace: Workspace, page: SchoolPage) -> tuple[str, ...]:
    from numecole_desktop.services import devices, exchange_state

    if not devices.has_device(workspace):
        return ()
    return exchange_state.edit_states(workspace, [(one.journal, one.n) for one in page.history])


def _label_words(workspace: Workspace, uai: str, year: SchoolYear) -> str:
    from numecole_desktop.domain.label_criteria import level_words
    from numecole_desktop.domain.problem import Problem
    from numecole_desktop.services.label_opening import open_dossier

    try:
        dossier = open_dossier(workspace, uai, year)
    except Problem:
        return ""  # no rules of the label that year
    if dossier.application is None:
        return f"Pas de dossier pour la campagne {year}."
    level = level_words(dossier.level.value)
    return f"Dossier {dossier.state.label} pour la campagne {year}, niveau calculé\u00a0: {level}."
