"""School profiles: the view-model that the screen shows and the PDF prints."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from numecole_desktop.domain.declaration import Declaration, Status
from numecole_desktop.domain.equipment import (
    HIGHEST,
    EquipmentIndex,
    equipment_index,
    missing_sentence,
    reasons,
)
from numecole_desktop.domain.french import NBSP, of_place, percent_half_up, plural
from numecole_desktop.domain.own_territory import EVERYWHERE, OwnTerritory
from numecole_desktop.domain.plan import missing_for_next, next_title
from numecole_desktop.domain.prices import cheapest_plan, plan_sentence
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.profile import (
    AnswerLine,
    AnswerSection,
    Comparison,
    SchoolProfile,
    Source,
    UsageLine,
)
from numecole_desktop.domain.questionnaire import (
    AnswerKind,
    Answers,
    Questionnaire,
    number,
)
from numecole_desktop.domain.referential import MissingRuleError
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import QUESTIONS, AcademyReference
from numecole_desktop.durable import write_whole
from numecole_desktop.referentials.departments import department_name
from numecole_desktop.services.letterhead import logo, service_name
from numecole_desktop.services.lookup import find_school
from numecole_desktop.services.prices import prices
from numecole_desktop.services.reference import academy_reference
from numecole_desktop.services.workspace import Job, Progress, Workspace
from numecole_desktop.storage import reads


@dataclass(frozen=True, slots=True)
class WrittenProfiles:
    """What writing many profiles gave: files, and (UAI, French reason) for those that failed."""

    written: list[Path]
    failed: list[tuple[str, str]]


def school_profile(workspace: Workspace, uai: str, year: SchoolYear) -> SchoolProfile:
    """The profile of a school for a year.

    Raises:
        Problem: the school is unknown, or no rules were in force that year.
    """
    school = find_school(workspace, uai)
    effective = reads.latest_submitted(workspace.base.connection, uai, year)
    return build_profile(workspace, school, year, effective)


def profile_pdf(workspace: Workspace, uai: str, year: SchoolYear) -> bytes:
    """The profile as PDF bytes, for the preview.

    Raises:
        Problem: as ``school_profile``.
    """
    from numecole_desktop.reports.school_profile import render_school_profile

    return render_school_profile(school_profile(workspace, uai, year), logo(workspace))


def write_profile(workspace: Workspace, uai: str, year: SchoolYear, path: Path) -> Path:
    """Write the profile to ``path``, whole or not at all.

    Raises:
        Problem: as ``school_profile``, or the file cannot be written.
    """
    return write_whole(path, profile_pdf(workspace, uai, year))


def write_all_profiles(
    workspace: Workspace, year: SchoolYear, folder: Path, *, within: OwnTerritory = EVERYWHERE
) -> Job[WrittenProfiles]:
    """Write the profile of each public school open in ``year`` that lies ``within`` a territory.

    Raises:
        Problem: the folder cannot be written.
    """
    from numecole_desktop.reports import batch

    rows = reads.reference_rows(workspace.base.connection, year)
    wanted = [row.school.uai for row in rows if within.holds(row.school)]
    if not wanted:
        raise Problem("Aucune école publique ouverte cette année-là n’est dans ce choix.")
    models = (school_profile(workspace, uai, year) for uai in wanted)
    written: list[Path] = []
    failed: list[tuple[str, str]] = []
    for uai, step in zip(
        wanted, batch.write_profiles(models, len(wanted), folder, logo(workspace)), strict=True
    ):
        if step.problem:
            failed.append((uai, step.problem))
        else:
            written.append(step.path)
        yield Progress(step.done, step.total, step.path.name)
    return WrittenProfiles(written, failed)


def build_profile(
    workspace: Workspace, school: School, year: SchoolYear, effective: Declaration | None
) -> SchoolProfile:
    """The view-model of one school from its latest submitted declaration.

    Raises:
        Problem: no rules were in force in that year.
    """
    catalogue = workspace.catalogue
    used = effective.year if effective else year
    try:
        questionnaire = catalogue.questionnaire(used)
        referential = catalogue.equipment(used)
    except MissingRuleError as problem:
        raise Problem(f"Le profil de {used} ne peut pas être établi{NBSP}: {problem}.") from problem
    rules = catalogue.equipment_rules(used)
    answers: Answers = effective.answers if effective else {}
    index = equipment_index(answers, rules)
    previous = (
        reads.latest_submitted(workspace.base.connection, school.uai, used.previous)
        if effective
        else None
    )
    reference = academy_reference(workspace, school.academy or "", year)
    suffix = "none" if index.value is None else str(index.value)
    headline = referential.texts[f"headline_{suffix}"]
    return SchoolProfile(
        school=school,
        department=department_name(school.department_code or ""),
        year=year,
        issued_on=workspace.clock().date(),
        sample=workspace.sample,
        service=service_name(workspace),
        next_cost=plan_sentence(cheapest_plan(answers, index, rules, prices(workspace))),
        declared_year=effective.year if effective else None,
        submitted_on=_day(effective.submitted_at) if effective else None,
        equipment=index,
        headline=headline,
        reasons=reasons(index, rules) or tuple(filter(None, [missing_sentence(index)])),
        next_title=next_title(index),
        missing_for_next=missing_for_next(answers, index, rules),
        sections=_sections(questionnaire, answers, previous, reference),
        previous_year=previous.year if previous else None,
        usages=_usages(questionnaire, answers),
        comparisons=_comparisons(answers, index, reference),
        comparison_caption=_caption(reference),
        notes=_notes(workspace, school, year, effective, questionnaire),
        referential_title=referential.title,
        referential_id=referential.id,
        questionnaire_version=questionnaire.version,
        sources=tuple(
            Source(s.title, s.published, s.address)
            for s in (*referential.sources, *questionnaire.sources)
        ),
        assumptions=(
            *referential.assumptions,
            *(v.note for v in referential.values.values() if v.assumption and v.note),
        ),
    )


def _sections(
    questionnaire: Questionnaire,
    answers: Answers,
    previous: Declaration | None,
    reference: AcademyReference | None,
) -> tuple[AnswerSection, ...]:
    before = previous.answers if previous else {}
    sections = []
    for code, title in questionnaire.sections:
        lines = tuple(
            AnswerLine(
                q.code,
                q.label,
                questionnaire.show(q, answers.get(q.code)),
                answers.get(q.code) is None,
                questionnaire.show(q, before.get(q.code)) if previous else "",
                _reference_text(q.code, reference),
            )
            for q in questionnaire.questions
            if q.section == code and q.kind is not AnswerKind.USAGES
        )
        if lines:
            sections.append(AnswerSection(code, title, lines))
    return tuple(sections)


_FIGURE_OF_QUESTION: Mapping[str, str] = {
    code: f"schools_with_{name}" for name, code in QUESTIONS.items()
}


def _reference_text(code: str, reference: AcademyReference | None) -> str:
    share = reference.percent.get(_FIGURE_OF_QUESTION.get(code, "")) if reference else None
    return "" if share is None else f"{share}{NBSP}% des écoles"


def _usages(questionnaire: Questionnaire, answers: Answers) -> tuple[UsageLine, ...]:
    chosen = [v for v in answers.values() if isinstance(v, tuple)]
    codes = {code for value in chosen for code in value}
    return tuple(
        UsageLine(u.code, u.label, u.summary) for u in questionnaire.usages if u.code in codes
    )


def _comparisons(
    answers: Answers, index: EquipmentIndex, reference: AcademyReference | None
) -> tuple[Comparison, ...]:
    if reference is None or not answers:
        return ()
    lines = []
    for label, count, figure in (
        ("Classes avec le socle enseignant", index.teacher, "classes_teacher_equipped"),
        ("Classes avec le socle élèves", index.pupil, "classes_pupil_equipped"),
    ):
        share = None
        if count is not None and index.classes:
            share = percent_half_up(count, index.classes)
        theirs = reference.percent.get(figure)
        lines.append(Comparison(label, _percent(share), _percent(theirs), share, theirs))
    socle = "n.c." if index.value is None else ("Oui" if index.value == HIGHEST else "Non")
    lines.append(
        _of_schools(
            "Socle dans toutes les classes",
            socle,
            f"{{}}{NBSP}% des écoles",
            reference.percent.get("schools_socle"),
        )
    )
    robots = number(answers, "A3")
    shown = "n.c." if robots is None else plural(robots, "robot")
    lines.append(
        _of_schools(
            "Robots",
            shown,
            f"{{}}{NBSP}% des écoles en ont",
            reference.percent.get("schools_with_robots"),
        )
    )
    return tuple(lines)


def _of_schools(label: str, shown: str, pattern: str, share: int | None) -> Comparison:
    return Comparison(label, shown, "n.c." if share is None else pattern.format(share))


def _percent(share: int | None) -> str:
    return "n.c." if share is None else f"{share}{NBSP}%"


def _caption(reference: AcademyReference | None) -> str:
    if reference is None:
        return ""
    return (
        f"Académie {of_place(reference.academy)}, année {reference.year}. Source{NBSP}: "
        f"{reference.source}."
    )


def _notes(
    workspace: Workspace,
    school: School,
    year: SchoolYear,
    effective: Declaration | None,
    questionnaire: Questionnaire,
) -> tuple[str, ...]:
    notes = []
    if effective is None:
        notes.append(
            f"L’école n’a pas encore de déclaration validée pour {year} ni pour une année "
            f"précédente."
        )
    elif effective.year != year:
        notes.append(
            f"La dernière déclaration validée est celle de {effective.year}{NBSP}: aucune ne l’a "
            f"encore été pour {year}."
        )
    current = reads.declaration(workspace.base.connection, school.uai, year)
    if current is not None and current.status is Status.DRAFT:
        notes.append(
            f"Une déclaration {year} est en cours de saisie{NBSP}: elle n’est pas prise en compte "
            f"tant qu’elle n’est pas validée."
        )
    if effective and effective.year not in questionnaire.published_years:
        notes.append(
            f"Hypothèse{NBSP}: le questionnaire de {questionnaire.version} est appliqué à l’année "
            f"{effective.year}, pour laquelle aucun n’est publié."
        )
    if not school.is_open(year):
        notes.append(
            f"L’école est signalée fermée à partir de {school.closed_from}."
            if school.closed_from and SchoolYear.parse(school.closed_from) <= year
            else f"L’école n’est pas ouverte en {year} d’après l’annuaire."
        )
    return tuple(notes)


def _day(moment: str | None) -> date | None:
    return datetime.fromisoformat(moment).date() if moment else None
