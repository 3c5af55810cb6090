"""What the documents of a campaign say: the list for the commission, the letter to a commune."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from numecole_desktop.domain.french import (
    NBSP,
    ended,
    fold,
    joined,
    month_name,
    of_place,
    plural,
    sort_key,
)
from numecole_desktop.domain.label_application import LabelApplication, State
from numecole_desktop.domain.label_criteria import CriterionLevel
from numecole_desktop.domain.label_documents import (
    CommuneLetter,
    DecisionLine,
    DecisionList,
    SchoolResult,
    level_counts,
)
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.label_opening import Dossier, open_dossier
from numecole_desktop.services.label_sheets import issue, label_years, retained_levels
from numecole_desktop.services.territories import find_territory
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import applications, reads

_LISTED = (State.SUBMITTED, State.EXAMINED, State.DECIDED, State.ATTESTED)
_WAITING = (State.EXAMINED, State.SUBMITTED, State.DRAFT, State.WITHDRAWN)
_NO_CIRCONSCRIPTION = "Circonscription non renseignée"


def decision_list(
    workspace: Workspace, year: SchoolYear, circonscription: str = ""
) -> DecisionList:
    """The submitted dossiers of a campaign, by circonscription, commune and school.

    ``circonscription`` is a code that restricts the list.

    Raises:
        Problem: no such circonscription, or no rules of the label were in force.
    """
    made = issue(workspace, year)
    code = scope = ""
    if circonscription:
        territory = find_territory(workspace, "circonscription", circonscription)
        code, scope = territory.code, territory.name
    groups: dict[tuple[str, str], list[DecisionLine]] = {}
    others: Counter[State] = Counter()
    for dossier, held in _dossiers(workspace, year):
        if code and dossier.school.circonscription_code != code:
            continue
        if held.state not in _LISTED:
            others[held.state] += 1
            continue
        name = dossier.school.circonscription_label or _NO_CIRCONSCRIPTION
        key = (name, dossier.school.circonscription_code or "")
        groups.setdefault(key, []).append(_line(dossier, held))
    ordered = tuple(
        (key[0], tuple(sorted(groups[key], key=_by_commune)))
        for key in sorted(groups, key=lambda key: (sort_key(key[0]), key[1]))
    )
    every = [line for _, lines in ordered for line in lines]
    return DecisionList(scope, ordered, level_counts(every, made.highest), _left_out(others), made)


def commune_letter(workspace: Workspace, commune: str, year: SchoolYear) -> CommuneLetter:
    """The letter that tells a commune what was decided for its schools in a campaign.

    ``commune`` is an INSEE code or a name, accents or not.

    Raises:
        Problem: no such commune, several of that name, or nothing is decided there yet.
    """
    code = _commune_code(workspace, commune)
    found = [
        (dossier, held)
        for dossier, held in _dossiers(workspace, year)
        if dossier.school.commune_code == code
    ]
    name = find_territory(workspace, "commune", code).name
    if all(held.decision is None for _, held in found):
        raise Problem(
            f"Rien n’est encore décidé pour les écoles {of_place(name)} en {year}{NBSP}: le "
            f"courrier annonce des décisions, il s’écrit quand l’une au moins est prise."
        )
    schools = [dossier.school for dossier, _ in found]
    applied = {school.uai for school in schools}
    rows = reads.reference_rows(workspace.base.connection, year, "commune_code", code)
    postcodes = {school.postcode for school in schools}
    first_month, _ = found[0][0].rules.campaign
    waiting = {
        state: tuple(dossier.school.name for dossier, held in found if held.state is state)
        for state in State
    }
    return CommuneLetter(
        name,
        (postcodes.pop() or "") if len(postcodes) == 1 else "",
        _sender(schools),
        tuple(result for dossier, held in found for result in _results(workspace, dossier, held)),
        tuple((state, waiting[state]) for state in _WAITING if waiting[state]),
        sum(row.school.uai not in applied for row in list(rows)),
        f"{month_name(first_month)}{NBSP}{year.first + 2}",
        issue(workspace, year),
    )


def _dossiers(workspace: Workspace, year: SchoolYear) -> Iterator[tuple[Dossier, LabelApplication]]:
    for held in list(applications.applications(workspace.base.connection, year)):
        yield open_dossier(workspace, held.uai, year), held


def _by_commune(line: DecisionLine) -> tuple[object, ...]:
    return sort_key(line.school.commune or ""), sort_key(line.school.name), line.school.uai


def _line(dossier: Dossier, held: LabelApplication) -> DecisionLine:
    level = dossier.level
    unknown = [c.title for c in level.criteria if c.level is None]
    remarks = []
    if level.limiting:
        remarks.append(joined([c.title for c in level.limiting]))
    if level.value is None:
        remarks.append(f"à connaître{NBSP}: {joined(unknown)}")
    for criterion in level.criteria:
        given = held.opinion.get(criterion.key)
        if given is not None and given != criterion.level:
            instead = "" if criterion.level is None else f" au lieu de {criterion.level}"
            why = held.opinion_reasons.get(criterion.key, "").rstrip(".")
            told = f"avis {given}{instead} ({criterion.title})"
            remarks.append(f"{told}{NBSP}: {why}" if why else told)
    if held.decision_reason:
        remarks.append(f"décision{NBSP}: {held.decision_reason}")
    remark = f"{NBSP}; ".join(remarks)
    return DecisionLine(
        dossier.school,
        held.state,
        level.value,
        held.opinion_level,
        held.decision,
        held.decided_on,
        remark[:1].upper() + remark[1:],
    )


def _left_out(others: Counter[State]) -> str:
    drafts = plural(others[State.DRAFT], "dossier en brouillon", "dossiers en brouillon")
    withdrawn = plural(others[State.WITHDRAWN], "dossier retiré")
    told = [
        words
        for state, words in ((State.DRAFT, drafts), (State.WITHDRAWN, withdrawn))
        if others[state]
    ]
    return f"Hors de cette liste{NBSP}: {joined(told)}." if told else ""


def _commune_code(workspace: Workspace, text: str) -> str:
    """The INSEE code that a code or a name gives."""
    wanted = fold(text)
    named = {
        school.commune_code: f"{school.commune} ({school.commune_code})"
        for school in reads.schools(workspace.base.connection)
        if school.commune_code and wanted and fold(school.commune or "") == wanted
    }
    if len(named) > 1:
        raise Problem(
            f"Plusieurs communes portent ce nom{NBSP}: {joined(sorted(named.values()))}. Donnez le "
            f"code INSEE."
        )
    return next(iter(named), None) or find_territory(workspace, "commune", text).code


def _sender(schools: list[School]) -> tuple[str, ...]:
    """The académie, and the circonscription if there is one alone."""
    academies = {school.academy for school in schools if school.academy}
    circonscriptions = {school.circonscription for school in schools if school.circonscription}
    return (
        *(f"Académie {of_place(name)}" for name in academies if len(academies) == 1),
        *(name.replace("'", "’") for name in circonscriptions if len(circonscriptions) == 1),
    )


def _results(
    workspace: Workspace, dossier: Dossier, held: LabelApplication
) -> Iterator[SchoolResult]:
    """What is said of a dossier, nothing while it is not decided."""
    if held.decision is None or held.decided_on is None:
        return
    retained = retained_levels(dossier, held)
    yield SchoolResult(
        dossier.school.name,
        held.decision,
        held.decided_on,
        label_years(workspace, held),
        ended(held.decision_reason) if held.decision_reason else "",
        tuple(r.title for r in retained if r.level),
        tuple(
            (r.title, _step(r.level, criterion, held))
            for r, criterion in zip(retained, dossier.level.criteria, strict=True)
            if r.level <= held.decision < dossier.rules.highest
        ),
    )


def _step(retained: int, criterion: CriterionLevel, held: LabelApplication) -> str:
    """What would raise a criterion; why it was judged lower than computed, if it was."""
    reason = held.opinion_reasons.get(criterion.key, "")
    if reason and criterion.level is not None and retained < criterion.level:
        return f"La circonscription a retenu le niveau{NBSP}{retained}{NBSP}: {ended(reason)}"
    return " ".join(criterion.raise_with) or criterion.reason
