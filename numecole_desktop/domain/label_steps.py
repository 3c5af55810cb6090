"""Which step of a dossier can be taken, by whom, and what blocks it, in French (rules 2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from numecole_desktop.domain.french import NBSP, joined, month_name, plural, quoted, short_date
from numecole_desktop.domain.label_application import LabelApplication, PersonRole, State
from numecole_desktop.domain.label_criteria import LabelFacts, LabelLevel, level_words
from numecole_desktop.domain.label_rules import LabelRules
from numecole_desktop.domain.school_year import SchoolYear


class Step(StrEnum):
    """What can be done with a dossier."""

    EDIT = "modifier"
    SUBMIT = "deposer"
    EXAMINE = "examiner"
    DECIDE = "decider"
    ATTEST = "attester"
    WITHDRAW = "retirer"
    REVERT = "reprendre"

    @property
    def label(self) -> str:
        """French verb."""
        return {
            Step.EDIT: "modifier le dossier",
            Step.SUBMIT: "déposer le dossier",
            Step.EXAMINE: "donner l’avis de la circonscription",
            Step.DECIDE: "décider du label",
            Step.ATTEST: "établir l’attestation",
            Step.WITHDRAW: "retirer le dossier",
            Step.REVERT: "revenir à l’étape précédente",
        }[self]


class Role(StrEnum):
    """Who uses this installation; nobody in particular (``ANY``) may take every step."""

    ANY = ""
    ADVISER = "conseiller"
    SECRETARY = "secretariat"
    ACADEMY = "academie"

    @property
    def label(self) -> str:
        """French words."""
        return {
            Role.ANY: "non précisé",
            Role.ADVISER: "conseiller pédagogique numérique",
            Role.SECRETARY: "secrétariat de circonscription",
            Role.ACADEMY: "académie",
        }[self]


_FROM: Mapping[Step, tuple[State, ...]] = {
    Step.EDIT: (State.DRAFT,),
    Step.SUBMIT: (State.DRAFT,),
    Step.EXAMINE: (State.SUBMITTED, State.EXAMINED),
    Step.DECIDE: (State.EXAMINED,),
    Step.ATTEST: (State.DECIDED,),
    Step.WITHDRAW: (State.DRAFT, State.SUBMITTED, State.EXAMINED),
    Step.REVERT: (State.SUBMITTED, State.EXAMINED, State.DECIDED, State.ATTESTED, State.WITHDRAWN),
}
_ALLOWED: Mapping[Step, tuple[Role, ...]] = {
    Step.EXAMINE: (Role.ADVISER, Role.SECRETARY),
    Step.DECIDE: (Role.ACADEMY,),
    Step.ATTEST: (Role.ACADEMY, Role.SECRETARY),
}
_BEFORE: Mapping[State, State] = {
    State.SUBMITTED: State.DRAFT,
    State.EXAMINED: State.SUBMITTED,
    State.DECIDED: State.EXAMINED,
    State.ATTESTED: State.DECIDED,
    State.WITHDRAWN: State.DRAFT,
}


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision to be taken: ``level`` 0 is a refusal."""

    level: int
    decided_on: date
    reason: str = ""


def state_before(application: LabelApplication) -> State:
    """The state to which going back leads; a withdrawn dossier returns where it was."""
    if application.state is State.WITHDRAWN:
        earlier = [taken.state for taken in application.steps if taken.state != State.WITHDRAWN]
        return earlier[-1] if earlier else State.DRAFT
    return _BEFORE[application.state]


def step_block(step: Step, state: State, role: Role) -> str:
    """Why ``role`` cannot take ``step`` from ``state``; empty when nothing forbids it."""
    allowed = _ALLOWED.get(step)
    if allowed and role is not Role.ANY and role not in allowed:
        who = joined([r.label for r in allowed], "ou")
        return (
            f"Ce poste est réglé pour {quoted(role.label)}, qui ne peut pas {step.label}{NBSP}: "
            f"cette étape revient à {quoted(who)}."
        )
    if state in _FROM[step]:
        return ""
    needed = joined([quoted(s.label) for s in _FROM[step]], "ou")
    how = _HOW.get((step, state), "")
    return (
        f"Le dossier est {quoted(state.label)}{NBSP}: pour {step.label}, il doit être {needed}."
        f"{how}"
    )


_HOW: Mapping[tuple[Step, State], str] = {
    (Step.EDIT, State.SUBMITTED): " Revenez d’abord à l’étape précédente.",
    (Step.EDIT, State.EXAMINED): " Revenez d’abord aux étapes précédentes.",
    (Step.DECIDE, State.SUBMITTED): " Il manque l’avis de la circonscription.",
    (Step.DECIDE, State.DRAFT): " Il reste à le déposer, puis à donner l’avis.",
    (Step.WITHDRAW, State.DECIDED): " Une décision ne se retire pas, elle se reprend.",
}


def submission_blocks(
    application: LabelApplication, rules: LabelRules, facts: LabelFacts, today: date
) -> tuple[str, ...]:
    """What keeps a draft from being submitted, in sentences."""
    found = []
    for role, signed in (
        (PersonRole.SCHOOL_SIGNATORY, application.school_signed_on),
        (PersonRole.COMMUNE_SIGNATORY, application.commune_signed_on),
    ):
        whose = "de l’école" if role is PersonRole.SCHOOL_SIGNATORY else "de la commune"
        if role not in application.people:
            found.append(f"Il manque le nom du signataire {whose}.")
        if signed is None:
            found.append(f"Il manque la date de l’accord {whose}.")
        elif signed > today:
            found.append(
                f"La date de l’accord {whose}, le {short_date(signed)}, n’est pas encore passée."
            )
    kinds = {criterion.kind for criterion in rules.criteria}
    if "projects" in kinds:
        found += _project_blocks(application, facts)
    if "support" in kinds and application.support is None:
        found.append("Il reste à dire si l’école s’engage à suivre l’accompagnement.")
    return tuple(found)


def _project_blocks(application: LabelApplication, facts: LabelFacts) -> list[str]:
    count = application.project_classes
    if count is None:
        return ["Le nombre de classes avec un projet n’est pas renseigné (0 s’il n’y en a pas)."]
    if facts.classes is not None and count > facts.classes:
        held = f"{plural(count, 'classe')} avec un projet{NBSP}: l’école n’en a que {facts.classes}"
        return [f"{held} (A1). Corrigez l’un des deux nombres."]
    return []


def opinion_blocks(
    rules: LabelRules, level: LabelLevel, opinion: Mapping[str, int], reasons: Mapping[str, str]
) -> tuple[str, ...]:
    """What an opinion lacks: a level for each criterion, a reason where it differs."""
    found = []
    for criterion in level.criteria:
        given = opinion.get(criterion.key)
        if given is None:
            found.append(f"Il manque l’avis sur le critère {criterion.title}.")
        elif not 0 <= given <= rules.highest:
            found.append(
                f"L’avis sur le critère {criterion.title} est {given}{NBSP}: il doit être de 0 à "
                f"{rules.highest}."
            )
        elif given != criterion.level and not reasons.get(criterion.key, "").strip():
            computed = "n’est pas connu" if criterion.level is None else f"est {criterion.level}"
            found.append(
                f"L’avis sur le critère {criterion.title} est {given}, alors que le niveau calculé "
                f"{computed}{NBSP}: donnez la raison de cet écart."
            )
    return tuple(found)


def decision_blocks(
    application: LabelApplication,
    rules: LabelRules,
    facts: LabelFacts,
    level: LabelLevel,
    decision: Decision,
    today: date,
) -> tuple[str, ...]:
    """What keeps a decision from being taken, in sentences."""
    found = []
    if facts.unsettled:
        found.append(
            f"Des réponses sont en désaccord ({joined(facts.unsettled)}){NBSP}: tranchez-les "
            f"dans Échanges avant de décider du label."
        )
    if not 0 <= decision.level <= rules.highest:
        found.append(
            f"Le niveau {decision.level} n’existe pas{NBSP}: donnez un niveau de 1 à "
            f"{rules.highest}, ou 0 pour un refus."
        )
        return tuple(found)
    if decision.decided_on > today:
        found.append(
            f"La date de la décision, le {short_date(decision.decided_on)}, n’est pas encore "
            f"passée."
        )
    year = application.year
    if SchoolYear.of(decision.decided_on) not in (year, year.next):
        found.append(
            f"La date de la décision, le {short_date(decision.decided_on)}, n’est ni de l’année "
            f"scolaire de la campagne, {year}, ni de la suivante. Donnez le jour où elle a été "
            f"prise{NBSP}: le label vaut à partir de cette année-là."
        )
    signed = [d for d in (application.school_signed_on, application.commune_signed_on) if d]
    if signed and decision.decided_on < max(signed):
        found.append(
            f"La date de la décision, le {short_date(decision.decided_on)}, précède les accords, "
            f"donnés le {short_date(max(signed))}."
        )
    if decision.level == rules.highest:
        found += _highest_blocks(rules, level)
    opinion = application.opinion_level
    if opinion is not None and decision.level != opinion and not decision.reason.strip():
        found.append(
            f"La décision ({level_words(decision.level)}) diffère de l’avis "
            f"({level_words(opinion)}){NBSP}: donnez la raison de cet écart."
        )
    return tuple(found)


def _highest_blocks(rules: LabelRules, level: LabelLevel) -> list[str]:
    found = []
    for criterion in rules.criteria:
        held = level.of(criterion.key).level
        if criterion.required_for_highest and held != rules.highest:
            known = "n’est pas connu" if held is None else f"est {held}"
            found.append(
                f"Le niveau {rules.highest} demande un indice {rules.highest} au critère "
                f"{criterion.title}, qui {known}."
            )
    return found


def campaign_note(rules: LabelRules, day: date) -> str:
    """A sentence when ``day`` falls outside the campaign's months; empty inside them."""
    first, last = rules.campaign
    if first <= day.month <= last:
        return ""
    return (
        f"Le {short_date(day)} est hors de la campagne, ouverte de {month_name(first)} à "
        f"{month_name(last)}."
    )
