"""« Et si… ? »: the index and the label that other quantities would give; nothing is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from numecole_desktop.domain.declaration import Declaration
from numecole_desktop.domain.ent import EntIndex, EntRules, index_value
from numecole_desktop.domain.equipment import INPUTS
from numecole_desktop.domain.label_criteria import Commitments, LabelLevel, label_level
from numecole_desktop.domain.prices import Purchases, added
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import Answers, number
from numecole_desktop.domain.referential import MissingRuleError
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.declarations import Evaluation, FormState, evaluate, open_form
from numecole_desktop.services.label_opening import Dossier, open_dossier
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads

Quantities = Mapping[str, int | None]
"""Number by question code, for every question that the index reads; None is unanswered."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What a trial starts from.

    ``declared`` is the submitted declaration that gives the index of the school, None when there
    is none: the draft of the year is then the start, and ``form`` is that of the year. ``dossier``
    is None where the label has no rules that year, or the school cannot have one.
    """

    form: FormState
    declared: Declaration | None
    answers: Answers
    dossier: Dossier | None
    ent_rules: EntRules | None

    @property
    def start(self) -> Quantities:
        """The quantities that are declared."""
        return {code: number(self.answers, code) for code in INPUTS}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What quantities give.

    ``step`` is the fewest classes that reach the step share (0: unknown). ``problems`` say why
    they could not be declared. ``label`` is the level of the dossier; without one (``supposed``),
    that of a dossier whose commitments would all be at their highest. ``bought`` is what was
    added to the quantities declared.
    """

    evaluation: Evaluation
    step: int
    problems: tuple[str, ...]
    label: LabelLevel | None
    supposed: bool
    bought: Purchases


def open_trial(workspace: Workspace, uai: str, year: SchoolYear) -> Trial:
    """The quantities of a school as they count in ``year``, ready to be tried.

    Raises:
        Problem: the school is unknown or closed, or no questionnaire was in force.
    """
    declared = reads.latest_submitted(workspace.base.connection, uai, year)
    form = open_form(workspace, uai, declared.year if declared else year)
    try:
        ent_rules = workspace.catalogue.ent_rules(year)
    except MissingRuleError:
        ent_rules = None
    return Trial(
        form,
        declared,
        (declared or form.declaration).answers,
        _dossier(workspace, uai, year) if form.school.public else None,
        ent_rules,
    )


def outcome(trial: Trial, quantities: Quantities) -> Outcome:
    """The index and the label that ``quantities`` would give, without touching the base."""
    others = {code: value for code, value in trial.answers.items() if code not in quantities}
    given = {code: value for code, value in quantities.items() if value is not None}
    result = evaluate(trial.form, {**others, **given})
    index = result.index
    dossier = trial.dossier
    return Outcome(
        result,
        trial.form.rules.classes_for_step(index.classes) if index.classes else 0,
        tuple(finding.message for finding in result.hard if finding.field in INPUTS),
        _level(trial, dossier, result) if dossier else None,
        dossier is not None and dossier.application is None,
        added(trial.start, quantities, trial.form.prices),
    )


def _level(trial: Trial, dossier: Dossier, result: Evaluation) -> LabelLevel:
    index = result.index
    facts = replace(
        dossier.facts,
        declared=trial.form.year,
        equipment=index,
        equipment_reasons=result.reasons,
        equipment_missing=result.missing,
        ent=_ent(trial.ent_rules, dossier.facts.ent, index.classes),
    )
    if dossier.application is not None:
        return label_level(dossier.rules, facts, dossier.application.commitments)
    highest = Commitments(
        school_referent=True,
        commune_referent=True,
        project_classes=index.classes or dossier.rules.project_classes,
        school_project=True,
        support=True,
    )
    return label_level(dossier.rules, facts, highest)


def _ent(rules: EntRules | None, held: EntIndex | None, classes: int | None) -> EntIndex | None:
    """The ENT index asks no more classes than the school has: it follows A1 as well."""
    if rules is None or held is None:
        return held
    return replace(held, value=index_value(rules, held.in_ent, held.using, classes))


def _dossier(workspace: Workspace, uai: str, year: SchoolYear) -> Dossier | None:
    try:
        return open_dossier(workspace, uai, year)
    except Problem:
        return None  # no rules of the label that year
