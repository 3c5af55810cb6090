"""What is held of a school besides its declarations: ENT, GAR, labels, year after year."""

from __future__ import annotations

from dataclasses import dataclass

from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.ent import EntIndex, ent_index
from numecole_desktop.domain.equipment import EquipmentIndex, equipment_index
from numecole_desktop.domain.referential import MissingRuleError
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import figures, reads, reference_sets


@dataclass(frozen=True, slots=True)
class YearData:
    """One year of a school; None where nothing is held.

    ``equipment`` is the index of the declaration of that very year, ``label`` the level in force
    (0 after a refusal) and ``label_year`` the year of its decision, ``periods`` the ENT
    connections by period, ``resources`` those by GAR resource, most used first.
    """

    year: SchoolYear
    equipment: int | None
    classes: int | None
    teacher: int | None
    pupil: int | None
    ent: EntIndex | None
    periods: dict[int, int]
    resources: tuple[tuple[str, int], ...]
    label: int | None
    label_year: SchoolYear | None


def school_years(workspace: Workspace, uai: str) -> tuple[YearData, ...]:
    """Every year that holds something of the school, oldest first."""
    connection = workspace.base.connection
    held = [school_year(workspace, uai, year) for year in figures.summary_years(connection)]
    return tuple(
        data
        for data in held
        if data.classes is not None or data.ent or data.periods or data.resources or data.label
    )


def declared_indices(
    workspace: Workspace, uai: str, until: SchoolYear
) -> tuple[tuple[SchoolYear, EquipmentIndex], ...]:
    """Index of each year that has a submitted declaration, oldest first, up to ``until``.

    Raises:
        MissingRuleError: no rules were in force in one of those years.
    """
    return tuple(
        (held.year, equipment_index(held.answers, workspace.catalogue.equipment_rules(held.year)))
        for held in reads.declarations(workspace.base.connection, uai)
        if held.status is Status.SUBMITTED and held.year <= until
    )


def school_year(workspace: Workspace, uai: str, year: SchoolYear) -> YearData:
    """What is held of a school for one year."""
    connection = workspace.base.connection
    counts = reads.year_counts(connection, uai, year)
    held = reads.held_reference(connection, uai, year)
    return YearData(
        year,
        counts.index if counts else None,
        counts.classes if counts else None,
        counts.teacher if counts else None,
        counts.pupil if counts else None,
        ent_of(workspace, uai, year),
        reference_sets.school_periods(connection, uai, year),
        reference_sets.school_resources(connection, uai, year),
        held.label if held else None,
        SchoolYear(held.label_year) if held and held.label_year is not None else None,
    )


def ent_of(workspace: Workspace, uai: str, year: SchoolYear) -> EntIndex | None:
    """The ENT index of a school with its trace; None when no convention is recorded."""
    try:
        rules = workspace.catalogue.ent_rules(year)
    except MissingRuleError:
        return None
    held = reads.held_reference(workspace.base.connection, uai, year)
    if held is None or held.in_ent is None:
        return None
    latest = reads.latest_counts(workspace.base.connection, uai, year)
    classes = reference_sets.school_classes(workspace.base.connection, uai, year)
    return ent_index(rules, bool(held.in_ent), classes, latest.classes if latest else None)
