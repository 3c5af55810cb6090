"""The state of a declaration, settled with its last answer in conflict: one decision, one event."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from numecole_desktop.domain.arbitration import arbitrated
from numecole_desktop.domain.causality import Context, covers
from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.journal import RecordKind, Value
from numecole_desktop.domain.merge import Writing, merged, values
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.disputed import values_of
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import conflicts
from numecole_desktop.storage.conflicts import OpenConflict
from numecole_desktop.storage.declaration_rows import STATUS

LABEL = "État de la déclaration"


def with_state(
    workspace: Workspace,
    uai: str,
    year: SchoolYear,
    cells: Mapping[str, Value],
    *,
    reason: str,
    context: Context,
) -> dict[str, Value]:
    """``cells``, which settle an answer, and the state where it is all that is left in conflict.

    The declaration stays submitted when its answers are those that were submitted, and is a draft
    otherwise (decision 4). ``context`` is what was on screen: a state that came since stays to be
    settled apart.
    """
    place = OpenConflict(RecordKind.DECLARATION, uai, str(year), STATUS)
    listed = conflicts.conflicts(workspace.base.connection, uai)
    left = {one for one in listed if (one.kind, one.year) == (place.kind, place.year)}
    if {one.unit for one in left} - cells.keys() != {STATUS}:
        return dict(cells)
    unit, groups, history = values_of(workspace, place)
    if not all(covers(context, head.dot) for group in groups for head in group):
        return dict(cells)
    submitted = Status.SUBMITTED.value
    heads = [head for group in groups for head in group if head.cells[STATUS] == submitted]
    after = _answers(workspace, year, history) | dict(cells)
    stays = any(_same(after, _answers(workspace, year, _seen_by(head, history))) for head in heads)
    wanted = submitted if stays else Status.DRAFT.value
    chosen = next((group[0].cells for group in groups if group[0].cells[STATUS] == wanted), None)
    if chosen is None:
        return dict(cells)
    state = arbitrated(unit, groups, chosen, reason=reason, context=context, label=LABEL)
    return {**cells, **state}


def _seen_by(head: Writing, history: Sequence[Writing]) -> list[Writing]:
    """What was written when ``head`` was, itself included."""
    return [one for one in history if one.dot == head.dot or covers(head.context, one.dot)]


def _answers(
    workspace: Workspace, year: SchoolYear, history: Sequence[Writing]
) -> dict[str, Value]:
    rules = workspace.catalogue.merge_rules(RecordKind.DECLARATION)
    codes = workspace.catalogue.questionnaire(year).codes
    shown = values(merged(history, rules))
    return {code: shown[code] for code in codes if code in shown}


def _same(left: Mapping[str, Value], right: Mapping[str, Value]) -> bool:
    return {code: _plain(value) for code, value in left.items()} == {
        code: _plain(value) for code, value in right.items()
    }


def _plain(value: Value) -> object:
    """A hashable form: a list is a set of codes, True is not 1."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return frozenset(value)
    return isinstance(value, bool), value
