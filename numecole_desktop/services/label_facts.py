"""What the base holds of a school for a label campaign: what the criteria are judged on."""

from __future__ import annotations

from numecole_desktop.domain.equipment import equipment_index, reasons
from numecole_desktop.domain.label_criteria import LabelFacts
from numecole_desktop.domain.label_rules import LabelRules
from numecole_desktop.domain.plan import missing_for_next
from numecole_desktop.domain.referential import MissingRuleError
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.school_data import ent_of
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads, reference_sets
from numecole_desktop.storage.conflicts import conflicts


def label_facts(
    workspace: Workspace, school: School, year: SchoolYear, rules: LabelRules
) -> LabelFacts:
    """Equipment, ENT and usages of a school as held today.

    The equipment is that of the latest submitted declaration of ``year`` or before.
    """
    connection = workspace.base.connection
    declaration = reads.latest_submitted(connection, school.uai, year)
    ent = ent_of(workspace, school.uai, year)
    years = {str(year), str(declaration.year) if declaration else ""}
    unsettled = tuple(
        f"{found.unit} de {found.year}"
        for found in conflicts(connection, school.uai)
        if found.year in years
    )
    connections, pupils, origin = _at_application(workspace, school, year, rules)
    try:
        share = workspace.catalogue.ent_rules(year).connections_per_pupil
    except MissingRuleError:
        share = 0
    if declaration is None:
        return LabelFacts(
            year,
            ent=ent,
            ent_share=share,
            connections=connections,
            pupils=pupils,
            connections_origin=origin,
            unsettled=unsettled,
        )
    equipment_rules = workspace.catalogue.equipment_rules(declaration.year)
    index = equipment_index(declaration.answers, equipment_rules)
    questionnaire = workspace.catalogue.questionnaire(declaration.year)
    declared = declaration.answers.get("D1")
    usages = {u.code: u.label for u in questionnaire.usages}
    return LabelFacts(
        year,
        declaration.year,
        index,
        reasons(index, equipment_rules),
        missing_for_next(declaration.answers, index, equipment_rules),
        ent,
        share,
        connections,
        pupils,
        origin,
        tuple(usages.get(code, code) for code in declared) if isinstance(declared, tuple) else (),
        unsettled,
    )


def _at_application(
    workspace: Workspace, school: School, year: SchoolYear, rules: LabelRules
) -> tuple[int | None, int | None, str]:
    connection = workspace.base.connection
    classes = reference_sets.school_classes(connection, school.uai, year)
    pupils = sum(c.pupils for c in classes) if classes else school.pupils
    periods = reference_sets.school_periods(connection, school.uai, year)
    known = [count for period, count in periods.items() if period <= rules.periods]
    if known:
        return sum(known), pupils, f"périodes 1 à {rules.periods}"
    if classes:
        return sum(c.connections for c in classes), pupils, "premier trimestre, par classe"
    return None, pupils, ""
