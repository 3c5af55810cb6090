"""Opening the dossier of a school for a label campaign: what it holds, what blocks it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.label_application import LabelApplication, PersonRole, State
from numecole_desktop.domain.label_criteria import LabelFacts, LabelLevel, label_level
from numecole_desktop.domain.label_rules import LabelRules
from numecole_desktop.domain.label_steps import (
    Role,
    Step,
    campaign_note,
    step_block,
    submission_blocks,
)
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.referential import MissingRuleError
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import settings
from numecole_desktop.services.label_facts import label_facts
from numecole_desktop.services.lookup import find_school
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import applications, people, reads
from numecole_desktop.storage.people import StoredFile, StoredPerson

ERASED = "personne effacée"
"""What stands for a person who was erased."""


@dataclass(frozen=True, slots=True)
class DossierPerson:
    """A person of a dossier; ``name`` says so when the person was erased."""

    ref: str
    name: str
    job: str
    email: str
    erased: bool


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that the page of a dossier shows.

    ``application`` is None while the school has none for the campaign. ``in_force`` is the label
    that holds in ``year``, with the year of its decision. ``submission`` says what still keeps a
    draft from being submitted, ``notes`` what deserves a look. ``context`` is what the base held
    when it was opened: it goes with every save made from here.
    """

    school: School
    year: SchoolYear
    application: LabelApplication | None
    rules: LabelRules
    facts: LabelFacts
    level: LabelLevel
    people: Mapping[PersonRole, DossierPerson]
    files: Mapping[str, StoredFile]
    in_force: tuple[int, SchoolYear] | None
    submission: tuple[str, ...]
    notes: tuple[str, ...]
    role: Role
    context: Mapping[str, int]

    @property
    def state(self) -> State:
        """Where the dossier stands; a draft while it does not exist."""
        return self.application.state if self.application else State.DRAFT

    def block(self, step: Step) -> str:
        """Why ``step`` cannot be taken now; empty when it can be tried."""
        if self.application is None:
            return "Il n’y a pas encore de dossier pour cette campagne."
        return step_block(step, self.application.state, self.role)


def open_dossier(
    workspace: Workspace, uai: str, year: SchoolYear, *, at: SchoolYear | None = None
) -> Dossier:
    """The dossier of a school for the campaign of ``year``, existing or not.

    With ``at``, it is judged by the rules and the data of that year instead of its own.

    Raises:
        Problem: the school is unknown, or no rules of the label were in force.
    """
    school = find_school(workspace, uai)
    judged = at or year
    rules = label_rules(workspace, judged)
    connection = workspace.base.connection
    application = applications.application(connection, school.uai, year)
    facts = label_facts(workspace, school, judged, rules)
    held = application or LabelApplication(school.uai, year)
    level = label_level(rules, facts, held.commitments)
    today = workspace.clock().date()
    reference = reads.held_reference(connection, school.uai, year)
    in_force = None
    if reference and reference.label is not None and reference.label_year is not None:
        in_force = (reference.label, SchoolYear(reference.label_year))
    notes = [*rules.assumptions]
    if application and application.state is State.DRAFT:
        notes.insert(0, campaign_note(rules, today))
    return Dossier(
        school,
        year,
        application,
        rules,
        facts,
        level,
        _people(workspace, held),
        people.files(connection, [f.sha256 for f in held.attachments]),
        in_force,
        submission_blocks(held, rules, facts, today) if held.state is State.DRAFT else (),
        tuple(note for note in notes if note),
        workspace_role(workspace),
        workspace.writer.context,
    )


def label_rules(workspace: Workspace, year: SchoolYear) -> LabelRules:
    """The rules of the campaign of ``year``.

    Raises:
        Problem: none were in force.
    """
    try:
        return workspace.catalogue.label_rules(year)
    except MissingRuleError as problem:
        raise Problem(
            f"Le label ne peut pas être demandé pour {year}{NBSP}: {problem}."
        ) from problem


def workspace_role(workspace: Workspace) -> Role:
    """Who uses this installation, as set."""
    held = settings.get(workspace, "role")
    return Role(held) if held in [role.value for role in Role] else Role.ANY


def _people(
    workspace: Workspace, application: LabelApplication
) -> Mapping[PersonRole, DossierPerson]:
    held = {
        p.ref: p for p in people.persons(workspace.base.connection, application.people.values())
    }
    return {role: _person(ref, held.get(ref)) for role, ref in application.people.items()}


def _person(ref: str, held: StoredPerson | None) -> DossierPerson:
    if held is None or held.erased_at:
        return DossierPerson(ref, ERASED, "", "", True)
    return DossierPerson(ref, held.name, held.job, held.email, False)
