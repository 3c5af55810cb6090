"""Reading schools: the list, the page of one, the years, the indices of a year."""

from __future__ import annotations

from dataclasses import dataclass

from numecole_desktop.domain.checks import hard_findings, school_findings, soft_findings
from numecole_desktop.domain.declaration import Declaration
from numecole_desktop.domain.ent import index_value
from numecole_desktop.domain.equipment import EquipmentIndex
from numecole_desktop.domain.finding import Finding
from numecole_desktop.domain.profile import SchoolProfile
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import history, profiles
from numecole_desktop.services.declarations import known_facts
from numecole_desktop.services.history import HistoryLine
from numecole_desktop.services.lookup import find_school
from numecole_desktop.services.school_list import SchoolRow, held_years, list_rows
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads


@dataclass(frozen=True, slots=True)
class SchoolPage:
    """All that the page of a school shows for one year."""

    school: School
    year: SchoolYear
    profile: SchoolProfile
    declaration: Declaration | None
    effective: Declaration | None
    index: EquipmentIndex
    findings: tuple[Finding, ...]
    history: tuple[HistoryLine, ...]


@dataclass(frozen=True, slots=True)
class IndexRow:
    """The indices of one school: one object of ``numecole indices``."""

    uai: str
    classes: int | None
    teacher: int | None
    pupil: int | None
    equipment_index: int | None
    ent_index: int | None
    label: int | None


def school_rows(workspace: Workspace, year: SchoolYear) -> list[SchoolRow]:
    """Every line of the list, by commune then name."""
    with workspace.base.sparing():
        return list_rows(workspace.base.connection, year)


def school_page(workspace: Workspace, uai: str, year: SchoolYear) -> SchoolPage:
    """The page of a school.

    Raises:
        Problem: the school is not in the directory.
    """
    school = find_school(workspace, uai)
    connection = workspace.base.connection
    declaration = reads.declaration(connection, uai, year)
    effective = reads.latest_submitted(connection, uai, year)
    profile = profiles.build_profile(workspace, school, year, effective)
    shown = declaration or effective
    found: tuple[Finding, ...] = school_findings(school, uai, year)
    if shown is not None:
        questionnaire = workspace.catalogue.questionnaire(shown.year)
        soft = soft_findings(shown.answers, questionnaire, known_facts(workspace, uai, shown.year))
        found += hard_findings(shown.answers, questionnaire) + tuple(
            s.finding for s in soft if not shown.is_confirmed(s.finding.code, s.concerned)
        )
    return SchoolPage(
        school,
        year,
        profile,
        declaration,
        effective,
        profile.equipment,
        found,
        history.school_history(workspace, uai),
    )


def years(workspace: Workspace) -> list[SchoolYear]:
    """Years that hold a declaration and the current one, newest first."""
    return held_years(workspace.base.connection, workspace.clock().date())


def index_rows(workspace: Workspace, year: SchoolYear, circonscription: str = "") -> list[IndexRow]:
    """Indices of the public schools open in ``year``.

    The equipment index comes from the latest submitted declaration, the label is the level in
    force, None when no decision is.
    """
    rules = workspace.catalogue.ent_rules(year)
    scope = ("circonscription_code", circonscription) if circonscription else ("", "")
    return [
        IndexRow(
            row.school.uai,
            row.classes,
            row.teacher,
            row.pupil,
            row.index,
            index_value(rules, bool(row.in_ent), row.using, row.classes),
            row.label,
        )
        for row in reads.reference_rows(workspace.base.connection, year, *scope)
    ]
