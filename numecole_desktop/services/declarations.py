"""Entering a declaration, as the form and ``numecole saisir`` do it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from numecole_desktop.domain.arbitration import arbitrated
from numecole_desktop.domain.causality import seen_too
from numecole_desktop.domain.checks import (
    Known,
    SoftFinding,
    hard_findings,
    school_findings,
    soft_findings,
)
from numecole_desktop.domain.declaration import Confirmation, Declaration, Status
from numecole_desktop.domain.equipment import (
    EquipmentIndex,
    EquipmentRules,
    equipment_index,
    missing_sentence,
    reasons,
)
from numecole_desktop.domain.finding import Finding
from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.journal import RecordKind, Source, Value
from numecole_desktop.domain.plan import missing_for_next, next_title
from numecole_desktop.domain.prices import Prices, cheapest_plan, plan_sentence
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import Answer, Answers, Questionnaire
from numecole_desktop.domain.referential import MissingRuleError, Referential
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.disputed import disputed_answers, values_of
from numecole_desktop.services.prices import prices
from numecole_desktop.services.settled_state import with_state
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.storage import reads, reference_sets
from numecole_desktop.storage.conflicts import OpenConflict
from numecole_desktop.storage.declaration_rows import (
    CONFIRM_PREFIX,
    DeclarationKey,
    DeclarationState,
    load_declarations,
    same_answer,
)


class Refused(Problem):
    """A declaration cannot be submitted; ``findings`` say why, one by one."""

    def __init__(self, message: str, findings: Sequence[Finding]) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


@dataclass(frozen=True, slots=True)
class FormState:
    """What a form holds when it is opened.

    ``previous`` is last year's declaration, or the latest before it (its ``year`` says which).
    ``context`` is what the base held at that moment: it goes with every save made from here.
    ``disputed`` are the questions that people answered differently.
    """

    school: School
    year: SchoolYear
    questionnaire: Questionnaire
    referential: Referential
    rules: EquipmentRules
    declaration: Declaration
    previous: Declaration | None
    known: Known
    context: Mapping[str, int]
    prices: Prices
    disputed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the answers of a form give: index, words, findings, questions left unanswered.

    ``cost`` says what is bought for the next index at least cost, and for how much.
    """

    index: EquipmentIndex
    headline: str
    reasons: tuple[str, ...]
    next_title: str
    missing: tuple[str, ...]
    cost: str
    hard: tuple[Finding, ...]
    soft: tuple[SoftFinding, ...]
    confirmed: tuple[SoftFinding, ...]
    unanswered: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """A form after a save, and what the save changed."""

    form: FormState
    changes: Changes


def open_form(workspace: Workspace, uai: str, year: SchoolYear) -> FormState:
    """The form of a school for a year, with its draft if there is one.

    Raises:
        Problem: the school is unknown or closed that year, or no questionnaire is in force.
    """
    connection = workspace.base.connection
    school = reads.school(connection, uai)
    problems = school_findings(school, uai, year)
    if school is None or problems:
        raise Problem(problems[0].message)
    try:
        questionnaire = workspace.catalogue.questionnaire(year)
        referential = workspace.catalogue.equipment(year)
    except MissingRuleError as problem:
        raise Problem(f"L’année {year} ne peut pas être saisie{NBSP}: {problem}.") from problem
    declaration = reads.declaration(connection, uai, year) or Declaration(
        uai, year, {}, Status.DRAFT
    )
    return FormState(
        school,
        year,
        questionnaire,
        referential,
        workspace.catalogue.equipment_rules(year),
        declaration,
        reads.latest_submitted(connection, uai, year.previous),
        known_facts(workspace, uai, year),
        workspace.writer.context,
        prices(workspace),
        disputed_answers(workspace, uai, year),
    )


def known_facts(workspace: Workspace, uai: str, year: SchoolYear) -> Known:
    """What soft checks compare with: last year's submitted answers, the year's ENT connections."""
    before = reads.declaration(workspace.base.connection, uai, year.previous)
    submitted = before is not None and before.status is Status.SUBMITTED
    return Known(
        before.answers if before and submitted else None,
        reference_sets.ent_connections(workspace.base.connection, uai, year),
    )


def evaluate(
    form: FormState, answers: Answers, confirmations: Sequence[Confirmation] = ()
) -> Evaluation:
    """Index, reasons and findings of ``answers``, without touching the base: at each keystroke."""
    index = equipment_index(answers, form.rules)
    probe = replace(form.declaration, confirmations=tuple(confirmations))
    soft = soft_findings(answers, form.questionnaire, form.known)
    confirmed = tuple(s for s in soft if probe.is_confirmed(s.finding.code, s.concerned))
    suffix = "none" if index.value is None else str(index.value)
    return Evaluation(
        index,
        missing_sentence(index) or form.referential.texts[f"headline_{suffix}"],
        reasons(index, form.rules),
        next_title(index),
        missing_for_next(answers, index, form.rules),
        plan_sentence(cheapest_plan(answers, index, form.rules, form.prices)),
        hard_findings(answers, form.questionnaire),
        tuple(s for s in soft if s not in confirmed),
        confirmed,
        tuple(c for c in form.questionnaire.codes if answers.get(c) is None),
    )


def save_answers(
    workspace: Workspace,
    form: FormState,
    changed: Mapping[str, Answer | None],
    *,
    source: Source = Source.DECLARED,
) -> Saved:
    """Keep edited answers as a draft, in one durable commit; None clears an answer.

    A submitted declaration that is edited becomes a draft again.

    Raises:
        Problem: a question does not exist, or the disk refuses; nothing was changed.
    """
    for code in changed:
        if code not in form.questionnaire.codes:
            raise Problem(
                f"La question {code} n’existe pas dans le questionnaire "
                f"{form.questionnaire.version}. Les questions vont de "
                f"{form.questionnaire.codes[0]} à {form.questionnaire.codes[-1]}."
            )
    key = (form.school.uai, form.year.first)
    known = load_declarations(workspace.base.connection, [key])
    stored = known.get(key)
    held = stored.answers if stored else {}
    fields: dict[str, Value] = {
        code: list(value) if isinstance(value, tuple) else value
        for code, value in changed.items()
        if not same_answer(held.get(code), value)
    }
    if not fields:
        return Saved(form, Changes())
    if stored is None or stored.status != Status.DRAFT.value:
        fields["status"] = Status.DRAFT.value
    return _record(workspace, form, fields, source=source, known=known)


def settle_answer(
    workspace: Workspace, form: FormState, code: str, answer: Answer, reason: str
) -> Saved:
    """Settle by ``answer`` the conflict on a question, with a reason kept as its note.

    The state of the declaration is settled with it where nothing else is left (``with_state``).

    Raises:
        Problem: no reason, no conflict, or another value arrived since the form was opened;
            nothing was changed.
    """
    place = OpenConflict(RecordKind.DECLARATION, form.school.uai, str(form.year), code)
    unit, groups, _ = values_of(workspace, place)
    value: Value = list(answer) if isinstance(answer, tuple) else answer
    label = f"{code}, {form.questionnaire.question(code).short}"
    fields = arbitrated(
        unit, groups, {code: value}, reason=reason, context=form.context, label=label
    )
    fields = with_state(
        workspace, form.school.uai, form.year, fields, reason=reason, context=form.context
    )
    return _record(workspace, form, fields, source=Source.OBSERVED, note=reason.strip())


def confirm(workspace: Workspace, form: FormState, check: str, note: str) -> Saved:
    """Confirm a soft check, with who, when and why.

    Raises:
        Problem: that check finds nothing to confirm in the saved answers.
    """
    answers = form.declaration.answers
    soft = soft_findings(answers, form.questionnaire, form.known)
    found = next((s for s in soft if s.finding.code == check), None)
    if found is None:
        raise Problem(f"Le contrôle {check} n’a rien à confirmer pour ces réponses.")
    value: dict[str, object] = {
        "operator": workspace.operator,
        "at": workspace.clock().isoformat(timespec="seconds"),
        "note": note,
        "answers": {c: list(v) if isinstance(v, tuple) else v for c, v in found.concerned.items()},
    }
    return _record(
        workspace, form, {CONFIRM_PREFIX + check: value}, source=Source.DECLARED, note=note
    )


def submit(workspace: Workspace, form: FormState) -> Saved:
    """Submit the saved answers.

    Raises:
        Refused: a hard check fails, or a soft one is not confirmed; nothing was changed.
    """
    fresh = open_form(workspace, form.school.uai, form.year)
    declaration = fresh.declaration
    result = evaluate(fresh, declaration.answers, declaration.confirmations)
    if not declaration.answers:
        raise Refused(f"La déclaration est vide{NBSP}: répondez au moins à une question.", ())
    if result.hard:
        raise Refused(
            f"La déclaration ne peut pas être validée{NBSP}: {result.hard[0].message}",
            result.hard,
        )
    if result.soft:
        raise Refused(
            f"La déclaration attend une confirmation{NBSP}: {result.soft[0].finding.message}",
            [s.finding for s in result.soft],
        )
    if declaration.status is Status.SUBMITTED:
        return Saved(fresh, Changes())
    fields: dict[str, Value] = {"status": Status.SUBMITTED.value}
    return _record(workspace, replace(fresh, context=form.context), fields, source=Source.DECLARED)


def next_school(
    workspace: Workspace, uai: str, year: SchoolYear, order: Sequence[str]
) -> str | None:
    """The next school of ``order`` whose declaration of ``year`` is not submitted."""
    start = order.index(uai) + 1 if uai in order else 0
    for candidate in [*order[start:], *order[:start]]:
        declaration = reads.declaration(workspace.base.connection, candidate, year)
        if candidate != uai and (declaration is None or declaration.status is not Status.SUBMITTED):
            return candidate
    return None


def _record(
    workspace: Workspace,
    form: FormState,
    fields: Mapping[str, Value],
    *,
    source: Source,
    note: str = "",
    known: Mapping[DeclarationKey, DeclarationState] | None = None,
) -> Saved:
    uai, year = form.school.uai, form.year
    event = workspace.record(
        RecordKind.DECLARATION,
        ("uai", "year", *fields),
        [(uai, str(year), *fields.values())],
        source=source,
        context=form.context,
        note=note,
        rules=form.questionnaire.version,
        known=known,
    )
    declaration = reads.declaration(workspace.base.connection, uai, year)
    return Saved(
        replace(
            form,
            declaration=declaration or form.declaration,
            context=seen_too(form.context, (event.journal, event.n)),
            disputed=disputed_answers(workspace, uai, year),
        ),
        Changes(frozenset({uai}), frozenset({(uai, str(year))})),
    )
