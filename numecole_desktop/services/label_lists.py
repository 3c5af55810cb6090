"""Label applications of a campaign: the list, and decisions taken for several at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from numecole_desktop.domain.french import fold, searched
from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.label_steps import Decision
from numecole_desktop.domain.own_territory import EVERYWHERE, OwnTerritory
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.label_dossiers import (
    decision_fields,
    decision_problems,
    record_rows,
)
from numecole_desktop.services.label_opening import Dossier, open_dossier
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.storage import applications


@dataclass(frozen=True, slots=True)
class DossierRow:
    """One line of the list of dossiers.

    ``level`` is computed now (None when it cannot be), ``opinion`` and ``decision`` are None
    before those steps, ``waiting`` counts what still keeps a draft from being submitted.
    """

    uai: str
    year: SchoolYear
    name: str
    commune: str
    circonscription: str
    state: State
    level: int | None
    limiting: tuple[str, ...]
    opinion: int | None
    decision: int | None
    waiting: int
    folded: str


@dataclass(frozen=True, slots=True)
class DecisionOutcome:
    """What deciding one dossier of several gives: nothing in ``problems`` when it can be."""

    uai: str
    name: str
    commune: str
    opinion: int | None
    decision: Decision
    problems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionsReport:
    """Decisions taken or refused together, and what they changed."""

    outcomes: tuple[DecisionOutcome, ...]
    changes: Changes

    @property
    def taken(self) -> tuple[str, ...]:
        """Schools whose decision could be taken."""
        return tuple(o.uai for o in self.outcomes if not o.problems)


def campaigns(workspace: Workspace) -> list[SchoolYear]:
    """Campaigns that have a dossier and the current one, newest first."""
    current = SchoolYear.of(workspace.clock().date())
    held = applications.application_years(workspace.base.connection)
    return sorted({current, *held}, reverse=True)


def dossier_states(workspace: Workspace, year: SchoolYear) -> dict[str, State]:
    """Where each dossier of a campaign stands, by UAI; nothing is computed."""
    held = applications.applications(workspace.base.connection, year)
    return {dossier.uai: dossier.state for dossier in held}


def dossier_rows(
    workspace: Workspace,
    year: SchoolYear,
    state: State | None = None,
    commune: str = "",
    within: OwnTerritory = EVERYWHERE,
) -> list[DossierRow]:
    """Dossiers of a campaign, in the order of the list of schools.

    ``commune`` is an INSEE code or a name, accents or not.
    """
    rows = []
    for held in list(applications.applications(workspace.base.connection, year)):
        if state is not None and held.state is not state:
            continue
        dossier = open_dossier(workspace, held.uai, year)
        school = dossier.school
        if not within.holds(school) or (
            commune
            and commune != school.commune_code
            and fold(commune) != fold(school.commune or "")
        ):
            continue
        rows.append(
            DossierRow(
                school.uai,
                year,
                school.name,
                school.commune or "",
                school.circonscription_label,
                held.state,
                dossier.level.value,
                tuple(c.title for c in dossier.level.limiting),
                held.opinion_level,
                held.decision,
                len(dossier.submission),
                searched(
                    fold(f"{school.uai} {school.name} {school.commune} {school.circonscription}")
                ),
            )
        )
    return rows


def decide_together(
    workspace: Workspace,
    year: SchoolYear,
    decisions: Mapping[str, Decision],
    *,
    simulate: bool = False,
) -> DecisionsReport:
    """Decide several dossiers of a campaign; those that cannot be are left as they are.

    With ``simulate`` nothing is written: it is the preview.
    """
    with workspace.writing(keep=not simulate):
        outcomes = []
        rows = {}
        rules = ""
        for uai, decision in decisions.items():
            dossier = open_dossier(workspace, uai, year)
            problems = decision_problems(workspace, dossier, decision)
            outcomes.append(_outcome(dossier, decision, problems))
            if not problems:
                rows[dossier.school.uai] = decision_fields(dossier, decision)
                rules = dossier.rules.referential
        if rows and not simulate:
            record_rows(workspace, year, rows, rules)
    written = frozenset() if simulate else frozenset((uai, str(year)) for uai in rows)
    return DecisionsReport(
        tuple(outcomes), Changes(frozenset(u for u, _ in written), applications=written)
    )


def _outcome(dossier: Dossier, decision: Decision, problems: tuple[str, ...]) -> DecisionOutcome:
    application = dossier.application
    return DecisionOutcome(
        dossier.school.uai,
        dossier.school.name,
        dossier.school.commune or "",
        application.opinion_level if application else None,
        decision,
        problems,
    )
