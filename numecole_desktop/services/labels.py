"""Labels in force that the rules would not give: listed, never refused (rules 2.4)."""

from __future__ import annotations

from dataclasses import dataclass

from numecole_desktop.domain.ent import index_value
from numecole_desktop.domain.french import NBSP, joined
from numecole_desktop.domain.referential import MissingRuleError
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads


@dataclass(frozen=True, slots=True)
class Contradiction:
    """A label above an index that it asks for, with the year of its decision and a sentence."""

    uai: str
    label: int
    decided: SchoolYear
    equipment_index: int | None
    ent_index: int | None
    message: str


def contradictions(
    workspace: Workspace, year: SchoolYear, column: str = "", code: str = ""
) -> tuple[Contradiction, ...]:
    """Schools whose label in force in ``year`` is above their equipment or ENT index.

    ``column`` and ``code`` restrict to a territory. An index that is not known contradicts
    nothing.
    """
    try:
        rules = workspace.catalogue.ent_rules(year)
    except MissingRuleError:
        return ()
    found = []
    for row in reads.reference_rows(workspace.base.connection, year, column, code):
        if not row.label:
            continue
        ent = None if row.in_ent is None else index_value(rules, row.in_ent, row.using, row.classes)
        below = []
        if row.index is not None and row.index < row.label:
            below.append(f"l’indice d’équipement est {row.index}")
        if row.in_ent is not None and (ent or 0) < row.label:
            below.append(
                "l’école n’est pas dans l’ENT" if ent is None else f"l’indice ENT est {ent}"
            )
        if below:
            found.append(
                Contradiction(
                    row.school.uai,
                    row.label,
                    SchoolYear(row.label_year or year.first),
                    row.index,
                    ent,
                    f"Label de niveau {row.label} alors que {joined(below)}{NBSP}: la décision est "
                    f"gardée telle quelle.",
                )
            )
    return tuple(found)
