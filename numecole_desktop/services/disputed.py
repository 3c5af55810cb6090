"""Which answers are in conflict: cheap to ask, before anything about signed files is loaded."""

from __future__ import annotations

from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.domain.merge import Alternatives, Unit, Writing, merged
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import conflicts
from numecole_desktop.storage.conflicts import OpenConflict


def disputed_count(workspace: Workspace) -> int:
    """Number of open conflicts of this base."""
    return conflicts.conflict_count(workspace.base.connection)


def disputed_answers(workspace: Workspace, uai: str, year: SchoolYear) -> tuple[str, ...]:
    """Codes of the questions of a declaration that people answered differently."""
    found = conflicts.conflicts(workspace.base.connection, uai)
    codes = workspace.catalogue.questionnaire(year).codes
    return tuple(
        one.unit
        for one in found
        if one.kind is RecordKind.DECLARATION and one.year == str(year) and one.unit in codes
    )


def values_of(
    workspace: Workspace, found: OpenConflict
) -> tuple[Unit, Alternatives, list[Writing]]:
    """The fields in conflict, their values, and all that was written about their record.

    Raises:
        Problem: it is settled already.
    """
    rules = workspace.catalogue.merge_rules(found.kind)
    key = (found.uai, found.year)
    history = [w for _, w in workspace.projection.folding.history(key, found.kind)]
    unit = rules.unit(found.unit)
    groups = merged(history, rules).get(unit, ())
    if len(groups) < 2:
        raise Problem("Ce désaccord est déjà tranché.")
    return unit, groups, history
