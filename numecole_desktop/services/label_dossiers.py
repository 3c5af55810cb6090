"""Label applications: beginning a dossier, filling it, and taking it through its steps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from numecole_desktop.domain.checks import school_findings
from numecole_desktop.domain.french import NBSP, plural, quoted, whole
from numecole_desktop.domain.journal import RecordKind, Source, Value
from numecole_desktop.domain.label_application import (
    OPINION,
    OPINION_REASON,
    LabelApplication,
    State,
)
from numecole_desktop.domain.label_steps import (
    Decision,
    Step,
    decision_blocks,
    opinion_blocks,
    state_before,
)
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.referential import MissingRuleError
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.label_opening import Dossier, open_dossier
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.storage.applications import APPLICATION_STATE


class Blocked(Problem):
    """A step cannot be taken; ``reasons`` are the sentences that say why."""

    def __init__(self, reasons: tuple[str, ...]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@dataclass(frozen=True, slots=True)
class DossierSaved:
    """A dossier after a step, and what it changed."""

    dossier: Dossier
    changes: Changes


def create(workspace: Workspace, uai: str, year: SchoolYear) -> DossierSaved:
    """Begin the dossier of a school; one that was withdrawn is begun again.

    Raises:
        Problem: the school cannot apply, or has a dossier already.
    """
    dossier = open_dossier(workspace, uai, year)
    problems = school_findings(dossier.school, dossier.school.uai, year)
    if problems:
        raise Problem(problems[0].message)
    if not dossier.school.public:
        raise Problem(
            f"{dossier.school.name} ({dossier.school.uai}) est une école privée{NBSP}: le label "
            f"s’adresse aux écoles publiques."
        )
    application = dossier.application
    if application is not None and application.state is not State.WITHDRAWN:
        raise Problem(
            f"L’école {dossier.school.uai} a déjà un dossier pour {year}, "
            f"{quoted(application.state.label)}{NBSP}: modifiez-le, ou retirez-le d’abord."
        )
    fields: dict[str, Value] = {APPLICATION_STATE: State.DRAFT.value}
    if application is not None:
        fields |= _cleared_opinion(application)
        fields |= {"school_signed_on": None, "commune_signed_on": None}
    return _record(workspace, dossier, fields)


@dataclass(frozen=True, slots=True)
class Edit:
    """What is entered in a draft; a value that is None leaves the field, ``clear`` empties some.

    ``clear`` names fields, those of the roles included.
    """

    project_classes: int | None = None
    project_title: str | None = None
    school_project: bool | None = None
    support: bool | None = None
    school_signed_on: date | None = None
    commune_signed_on: date | None = None
    clear: tuple[str, ...] = ()


def edit(workspace: Workspace, dossier: Dossier, change: Edit) -> DossierSaved:
    """Keep what was entered in a draft, in one durable commit.

    Raises:
        Problem: the dossier is no draft, a number has no sense or a text is too long.
    """
    dossier = _fresh(workspace, dossier, Step.EDIT)
    if change.project_classes is not None and change.project_classes < 0:
        raise Problem("Le nombre de classes avec un projet ne peut pas être négatif.")
    application = dossier.application
    fields: dict[str, Value] = {}
    for name in ("project_classes", "project_title", "school_project", "support"):
        value = getattr(change, name)
        if value is not None and value != getattr(application, name):
            fields[name] = value
    for name in ("school_signed_on", "commune_signed_on"):
        value = getattr(change, name)
        if value is not None and value != getattr(application, name):
            fields[name] = value.isoformat()
    fields |= dict.fromkeys(change.clear)
    return _record(workspace, dossier, fields) if fields else DossierSaved(dossier, Changes())


def submit(workspace: Workspace, dossier: Dossier) -> DossierSaved:
    """Submit a draft.

    Raises:
        Blocked: a signatory, a date or an answer is missing.
    """
    fresh = _fresh(workspace, dossier, Step.SUBMIT)
    _unblocked(fresh.submission)
    return _record(workspace, dossier, {APPLICATION_STATE: State.SUBMITTED.value})


def examine(
    workspace: Workspace,
    dossier: Dossier,
    opinion: Mapping[str, int] | None = None,
    reasons: Mapping[str, str] | None = None,
) -> DossierSaved:
    """Keep the circonscription's opinion; a criterion left out takes its computed level.

    Raises:
        Blocked: an opinion is missing, or differs from the computed level without a reason.
    """
    fresh = _fresh(workspace, dossier, Step.EXAMINE)
    unknown = [key for key in opinion or {} if key not in {c.key for c in fresh.rules.criteria}]
    if unknown:
        try:
            fresh.rules.criterion(unknown[0])
        except MissingRuleError as problem:
            raise Problem(f"{str(problem)[0].upper()}{str(problem)[1:]}.") from problem
    computed = {c.key: c.level for c in fresh.level.criteria if c.level is not None}
    levels = {**computed, **(opinion or {})}
    words = {key: text.strip() for key, text in (reasons or {}).items() if text.strip()}
    _unblocked(opinion_blocks(fresh.rules, fresh.level, levels, words))
    fields: dict[str, Value] = {APPLICATION_STATE: State.EXAMINED.value}
    if fresh.application is not None:
        fields |= _cleared_opinion(fresh.application)
    fields |= {OPINION + key: level for key, level in levels.items()}
    fields |= {OPINION_REASON + key: text for key, text in words.items()}
    return _record(workspace, dossier, fields)


def decision_problems(
    workspace: Workspace, dossier: Dossier, decision: Decision
) -> tuple[str, ...]:
    """What keeps a decision from being taken; empty when nothing does."""
    blocked = dossier.block(Step.DECIDE)
    if blocked or dossier.application is None:
        return (blocked,)
    return decision_blocks(
        dossier.application,
        dossier.rules,
        dossier.facts,
        dossier.level,
        decision,
        workspace.clock().date(),
    )


def decide(workspace: Workspace, dossier: Dossier, decision: Decision) -> DossierSaved:
    """Take the decision.

    Raises:
        Blocked: the opinion is missing, the level cannot be given, or a reason is missing.
    """
    fresh = open_dossier(workspace, dossier.school.uai, dossier.year)
    _unblocked(decision_problems(workspace, fresh, decision))
    return _record(workspace, dossier, decision_fields(fresh, decision))


def decision_fields(dossier: Dossier, decision: Decision) -> dict[str, Value]:
    """The fields that a decision writes, with the rules and computed levels that it saw."""
    return {
        APPLICATION_STATE: State.DECIDED.value,
        "decision": decision.level,
        "decided_on": decision.decided_on.isoformat(),
        "decision_reason": decision.reason.strip() or None,
        "basis": {
            "referential": dossier.rules.referential,
            "fingerprint": dossier.rules.fingerprint,
            "level": dossier.level.value,
            "criteria": {c.key: c.level for c in dossier.level.criteria},
        },
    }


def attest(workspace: Workspace, dossier: Dossier) -> DossierSaved:
    """Keep that the certificate was made.

    Raises:
        Blocked: the dossier is not decided, or was refused.
    """
    fresh = _fresh(workspace, dossier, Step.ATTEST)
    if fresh.application and not fresh.application.decision:
        why = f"Le label a été refusé{NBSP}: il n’y a pas d’attestation, le courrier le dit."
        raise Blocked((why,))
    return _record(workspace, dossier, {APPLICATION_STATE: State.ATTESTED.value})


def withdraw(workspace: Workspace, dossier: Dossier, note: str = "") -> DossierSaved:
    """Withdraw a dossier that is not decided.

    Raises:
        Blocked: it is decided already.
    """
    _fresh(workspace, dossier, Step.WITHDRAW)
    return _record(workspace, dossier, {APPLICATION_STATE: State.WITHDRAWN.value}, note)


def revert(workspace: Workspace, dossier: Dossier) -> DossierSaved:
    """Go back to the step before, by a new event; what the step had entered is cleared.

    Raises:
        Blocked: there is no step to go back on.
    """
    return _record(workspace, dossier, revert_fields(_fresh(workspace, dossier, Step.REVERT)))


def revert_fields(dossier: Dossier) -> dict[str, Value]:
    """The fields that going back a step writes."""
    application = dossier.application
    if application is None:
        return {}
    fields: dict[str, Value] = {APPLICATION_STATE: state_before(application).value}
    if application.state is State.EXAMINED:
        fields |= _cleared_opinion(application)
    if application.state is State.DECIDED:
        fields |= dict.fromkeys(("decision", "decided_on", "decision_reason", "basis"))
    return fields


def record_rows(
    workspace: Workspace, year: SchoolYear, rows: Mapping[str, Mapping[str, Value]], rules: str
) -> None:
    """Write the same fields of several dossiers of a campaign as one event.

    Raises:
        Problem: a text is too long for its page.
    """
    for fields in rows.values():
        _short_enough(fields)
    columns = list(next(iter(rows.values())))
    workspace.record(
        RecordKind.APPLICATION,
        ("uai", "year", *columns),
        [(uai, str(year), *(fields[name] for name in columns)) for uai, fields in rows.items()],
        source=Source.DECLARED,
        rules=rules,
    )


def record(
    workspace: Workspace, dossier: Dossier, fields: Mapping[str, Value], note: str = ""
) -> DossierSaved:
    """Write fields of a draft that are kept elsewhere than in ``Edit`` (persons, files).

    Raises:
        Blocked: the dossier is no draft.
    """
    _fresh(workspace, dossier, Step.EDIT)
    return _record(workspace, dossier, fields, note)


def _record(
    workspace: Workspace, dossier: Dossier, fields: Mapping[str, Value], note: str = ""
) -> DossierSaved:
    _short_enough(fields)
    uai, year = dossier.school.uai, dossier.year
    workspace.record(
        RecordKind.APPLICATION,
        ("uai", "year", *fields),
        [(uai, str(year), *fields.values())],
        source=Source.DECLARED,
        context=dossier.context,
        note=note,
        rules=dossier.rules.referential,
    )
    return DossierSaved(
        open_dossier(workspace, uai, year),
        Changes(frozenset({uai}), applications=frozenset({(uai, str(year))})),
    )


def _short_enough(fields: Mapping[str, Value]) -> None:
    from numecole_desktop.services.attached import limits

    longest = limits().text_length
    for text in fields.values():
        if isinstance(text, str) and len(text) > longest:
            raise Problem(
                f"{quoted(f'{text[:30]}…')} a {plural(len(text), 'caractère')}{NBSP}: "
                f"raccourcissez ce texte à {whole(longest)}, pour qu’il tienne sur une page."
            )


def _fresh(workspace: Workspace, dossier: Dossier, step: Step) -> Dossier:
    """The dossier as it is now, from which ``step`` can be taken; its context stays."""
    fresh = open_dossier(workspace, dossier.school.uai, dossier.year)
    blocked = fresh.block(step)
    if blocked:
        raise Blocked((blocked,))
    return replace(fresh, context=dossier.context)


def _unblocked(reasons: tuple[str, ...]) -> None:
    if reasons:
        raise Blocked(reasons)


def _cleared_opinion(application: LabelApplication) -> dict[str, Value]:
    return {
        **dict.fromkeys(OPINION + key for key in application.opinion),
        **dict.fromkeys(OPINION_REASON + key for key in application.opinion_reasons),
    }
