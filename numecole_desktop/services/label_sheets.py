"""What the documents of one dossier say: the summary to sign, the certificate."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from numecole_desktop.domain.french import NBSP, ended, file_size, short_date, whole
from numecole_desktop.domain.label_application import LabelApplication, PersonRole, State
from numecole_desktop.domain.label_criteria import LabelLevel, level_words
from numecole_desktop.domain.label_documents import (
    Certificate,
    CriterionLine,
    DossierSummary,
    FileLine,
    Issue,
    PersonLine,
    RetainedLevel,
)
from numecole_desktop.domain.label_steps import submission_blocks
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.profile import Source
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.departments import department_name
from numecole_desktop.services.attached import file_type_label
from numecole_desktop.services.label_dossiers import Blocked
from numecole_desktop.services.label_opening import Dossier, label_rules, open_dossier
from numecole_desktop.services.letterhead import service_name
from numecole_desktop.services.workspace import Workspace

_ERASED_FILE = "pièce effacée"


def dossier_summary(workspace: Workspace, uai: str, year: SchoolYear) -> DossierSummary:
    """The summary of the dossier of a school for the campaign of ``year``.

    Raises:
        Problem: the school is unknown or has no dossier for the campaign.
    """
    dossier, held = held_dossier(workspace, uai, year)
    return DossierSummary(
        dossier.school,
        department_name(dossier.school.department_code or ""),
        held.state,
        dossier.level.value,
        dossier.level.sentence,
        _criteria(dossier.level, held),
        held.project_title,
        dossier.facts.usages,
        _facts(dossier, held),
        (
            _person(dossier, PersonRole.SCHOOL_REFERENT, None),
            _person(dossier, PersonRole.COMMUNE_REFERENT, None),
        ),
        _files(dossier, held),
        (
            _person(dossier, PersonRole.SCHOOL_SIGNATORY, held.school_signed_on),
            _person(dossier, PersonRole.COMMUNE_SIGNATORY, held.commune_signed_on),
        ),
        tuple(f"{s.state.label} le {short_date(_day(s.at))}" for s in held.steps),
        _decision(held),
        _missing(workspace, dossier, held),
        _moved(dossier.level, held),
        issue(workspace, year),
    )


def certificate(workspace: Workspace, uai: str, year: SchoolYear) -> Certificate:
    """The certificate of the label that the dossier of the campaign of ``year`` was given.

    Raises:
        Problem: the school is unknown or has no dossier for the campaign.
        Blocked: nothing is decided, or the label was refused.
    """
    dossier, held = held_dossier(workspace, uai, year)
    if held.decision is None or held.decided_on is None:
        why = (
            f"Le dossier de {dossier.school.name} pour {year} est «{NBSP}{held.state.label}{NBSP}»"
            f"{NBSP}: l’attestation s’établit quand le label est décidé."
        )
        raise Blocked((why,))
    if not held.decision:
        why = (
            f"Le label a été refusé à {dossier.school.name} pour {year}{NBSP}: une attestation "
            f"n’existe que pour un label accordé, le courrier à la commune dit le refus."
        )
        raise Blocked((why,))
    return Certificate(
        dossier.school,
        department_name(dossier.school.department_code or ""),
        held.decision,
        held.decided_on,
        label_years(workspace, held),
        retained_levels(dossier, held),
        issue(workspace, year),
    )


def held_dossier(
    workspace: Workspace, uai: str, year: SchoolYear
) -> tuple[Dossier, LabelApplication]:
    """A dossier that exists.

    Raises:
        Problem: the school is unknown or has no dossier for the campaign.
    """
    dossier = open_dossier(workspace, uai, year)
    if dossier.application is None:
        raise Problem(
            f"{dossier.school.name} ({dossier.school.uai}) n’a pas de dossier pour {year}{NBSP}: "
            f"ouvrez-le d’abord, ou vérifiez l’année."
        )
    return dossier, dossier.application


def issue(workspace: Workspace, year: SchoolYear) -> Issue:
    """When a document is made, on which rules, with their sources and assumptions.

    Raises:
        Problem: no rules of the label were in force.
    """
    rules = label_rules(workspace, year)
    referential = workspace.catalogue.label(year)
    return Issue(
        year,
        workspace.clock().date(),
        workspace.sample,
        f"{rules.title} ({rules.referential})",
        rules.highest,
        tuple(Source(s.title, s.published, s.address) for s in referential.sources),
        (
            *referential.assumptions,
            *(v.note for v in referential.values.values() if v.assumption and v.note),
        ),
        service=service_name(workspace),
    )


def label_years(workspace: Workspace, held: LabelApplication) -> tuple[SchoolYear, ...]:
    """School years in which the label of a decided dossier holds; none after a refusal."""
    first = held.label_year
    if first is None or not held.decision:
        return ()
    count = workspace.catalogue.label_years(first)
    return tuple(SchoolYear(first.first + more) for more in range(count))


def retained_levels(dossier: Dossier, held: LabelApplication) -> tuple[RetainedLevel, ...]:
    """What the decision saw of each criterion: the opinion, and the computed level beside it.

    A decision needs an opinion on every criterion.
    """
    seen = _levels_seen(held)
    return tuple(
        RetainedLevel(
            criterion.title,
            level := held.opinion.get(criterion.key, seen.get(criterion.key) or 0),
            computed if (computed := seen.get(criterion.key)) != level else None,
        )
        for criterion in dossier.rules.criteria
    )


def _levels_seen(held: LabelApplication) -> Mapping[str, int | None]:
    seen = held.basis.get("criteria")
    return seen if isinstance(seen, dict) else {}


def _criteria(level: LabelLevel, held: LabelApplication) -> tuple[CriterionLine, ...]:
    limiting = {c.key for c in level.limiting}
    return tuple(
        CriterionLine(
            c.title,
            c.level,
            c.reason,
            c.raise_with,
            c.key in limiting,
            c.assumption,
            held.opinion.get(c.key),
            ended(reason) if (reason := held.opinion_reasons.get(c.key, "")) else "",
        )
        for c in level.criteria
    )


def _facts(dossier: Dossier, held: LabelApplication) -> tuple[tuple[str, str], ...]:
    count = "" if held.project_classes is None else whole(held.project_classes)
    if count and dossier.facts.classes is not None:
        count = f"{count} sur {whole(dossier.facts.classes)}"
    facts = [
        ("Classes avec un projet", count),
        ("Inscrit au projet d’école", _yes_no(held.school_project)),
    ]
    if any(criterion.kind == "support" for criterion in dossier.rules.criteria):
        facts.append(("Engagement à l’accompagnement", _yes_no(held.support)))
    return tuple(facts)


def _yes_no(answer: bool | None) -> str:
    if answer is None:
        return ""
    return "Oui" if answer else "Non"


def _person(dossier: Dossier, role: PersonRole, signed_on: date | None) -> PersonLine:
    words = f"{role.label[0].upper()}{role.label[1:]}"
    person = dossier.people.get(role)
    if person is None:
        return PersonLine(words, "", "", signed_on=signed_on)
    return PersonLine(words, person.name, person.job, person.email, signed_on)


def _files(dossier: Dossier, held: LabelApplication) -> tuple[FileLine, ...]:
    return tuple(
        FileLine(
            (f.sha256 in dossier.files and dossier.files[f.sha256].name) or _ERASED_FILE,
            file_type_label(f.media_type),
            file_size(f.size),
        )
        for f in held.attachments
    )


def _missing(workspace: Workspace, dossier: Dossier, held: LabelApplication) -> tuple[str, ...]:
    """What a draft will lack once both have signed this very document."""
    if held.state is not State.DRAFT:
        return ()
    today = workspace.clock().date()
    people = {PersonRole.SCHOOL_SIGNATORY: "", PersonRole.COMMUNE_SIGNATORY: "", **held.people}
    signed = replace(held, people=people, school_signed_on=today, commune_signed_on=today)
    return submission_blocks(signed, dossier.rules, dossier.facts, today)


def _decision(held: LabelApplication) -> str:
    if held.decision is None or held.decided_on is None:
        return ""
    reason = f" Motif{NBSP}: {ended(held.decision_reason)}" if held.decision_reason else ""
    return f"Décision du {short_date(held.decided_on)}{NBSP}: {level_words(held.decision)}.{reason}"


def _moved(level: LabelLevel, held: LabelApplication) -> tuple[str, ...]:
    """Whether the computed level has moved since the decision."""
    if held.decision is None or held.basis.get("level") == level.value:
        return ()
    seen = held.basis.get("level")
    then = level_words(seen if isinstance(seen, int) else None)
    sentence = (
        f"Les données ont changé depuis la décision{NBSP}: le calcul donnait {then}, il donne "
        f"{level_words(level.value)} aujourd’hui."
    )
    return (sentence,)


def _day(moment: str) -> date:
    return datetime.fromisoformat(moment).date()
