"""Label applications as JSON documents and in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from numecole_desktop.domain.french import NBSP, known, short_date
from numecole_desktop.domain.label_criteria import level_words

if TYPE_CHECKING:
    from numecole_desktop.services.label_forecast import ForecastLine
    from numecole_desktop.services.label_lists import DecisionOutcome, DossierRow
    from numecole_desktop.services.label_opening import Dossier
    from numecole_desktop.services.label_people import HeldPerson


def dossier(found: Dossier) -> dict[str, Any]:
    """One dossier with its computed level and why."""
    held = found.application
    return {
        "uai": found.school.uai,
        "year": str(found.year),
        "referential": found.rules.referential,
        "state": held.state.value if held else None,
        "level": found.level.value,
        "ceiling": found.level.ceiling,
        "sentence": found.level.sentence,
        "limiting": [c.key for c in found.level.limiting],
        "criteria": [
            {
                "key": c.key,
                "title": c.title,
                "level": c.level,
                "reason": c.reason,
                "trace": list(c.trace),
                "raise_with": list(c.raise_with),
                "assumption": c.assumption,
            }
            for c in found.level.criteria
        ],
        "people": {
            role.value: {"name": p.name, "job": p.job, "email": p.email, "erased": p.erased}
            for role, p in found.people.items()
        },
        "fields": {
            "project_classes": held.project_classes,
            "project_title": held.project_title,
            "school_project": held.school_project,
            "support": held.support,
            "school_signed_on": _iso(held.school_signed_on),
            "commune_signed_on": _iso(held.commune_signed_on),
        }
        if held
        else {},
        "opinion": dict(held.opinion) if held else {},
        "opinion_reasons": dict(held.opinion_reasons) if held else {},
        "opinion_level": held.opinion_level if held else None,
        "decision": held.decision if held else None,
        "decided_on": _iso(held.decided_on) if held else None,
        "decision_reason": held.decision_reason if held else "",
        "attachments": [
            {
                "sha256": f.sha256,
                "name": found.files[f.sha256].name if f.sha256 in found.files else "",
                "media_type": f.media_type,
                "size": f.size,
            }
            for f in held.attachments
        ]
        if held
        else [],
        "steps": [{"state": s.state.value, "at": s.at, "operator": s.operator} for s in held.steps]
        if held
        else [],
        "label_in_force": None
        if found.in_force is None
        else {"level": found.in_force[0], "year": str(found.in_force[1])},
        "submission": list(found.submission),
        "notes": list(found.notes),
    }


def row(found: DossierRow) -> dict[str, Any]:
    """One line of the list."""
    return {
        "uai": found.uai,
        "year": str(found.year),
        "name": found.name,
        "commune": found.commune,
        "circonscription": found.circonscription,
        "state": found.state.value,
        "level": found.level,
        "limiting": list(found.limiting),
        "opinion_level": found.opinion,
        "decision": found.decision,
    }


def outcome(found: DecisionOutcome) -> dict[str, Any]:
    """One decision of several."""
    return {
        "uai": found.uai,
        "opinion_level": found.opinion,
        "decision": found.decision.level,
        "decided": not found.problems,
        "problems": list(found.problems),
    }


def forecast_line(found: ForecastLine) -> dict[str, Any]:
    """One school of the forecast."""
    return {
        "uai": found.uai,
        "commune": found.commune_code,
        "label": found.label,
        "ends": str(found.ends) if found.ends else None,
        "today": found.today,
        "from_dossier": found.from_dossier,
        "outlook": found.outlook.value,
        "why": found.why,
    }


def dossier_words(found: Dossier) -> Iterator[str]:
    """A dossier in words."""
    held = found.application
    state = held.state.label if held else "pas de dossier"
    yield f"{found.school.name} ({found.school.uai}), {found.year}{NBSP}: {state}"
    yield f"{found.level.sentence} ({found.rules.title})"
    for criterion in found.level.criteria:
        yield f"  {criterion.title}{NBSP}: {known(criterion.level)}. {criterion.reason}"
    for criterion in found.level.limiting:
        for words in criterion.raise_with:
            yield f"  Pour monter ({criterion.title}){NBSP}: {words}"
    for role, named in found.people.items():
        yield f"  {role.label[0].upper()}{role.label[1:]}{NBSP}: {named.name}"
    if held and held.opinion_level is not None:
        yield f"  Avis{NBSP}: {level_words(held.opinion_level)}"
    if held and held.decision is not None and held.decided_on is not None:
        yield f"  Décision du {short_date(held.decided_on)}{NBSP}: {level_words(held.decision)}"
    for words in found.submission if held else ():
        yield f"  Avant le dépôt{NBSP}: {words}"


def outcome_words(found: DecisionOutcome) -> str:
    """One decision of several, in words."""
    words = " ".join(found.problems) or f"niveau {found.decision.level}"
    return f"{found.uai} {found.name}{NBSP}: {words}"


def person_words(person: HeldPerson) -> str:
    """A person whom dossiers name, on one line."""
    where = ", ".join(f"{uai} {year}" for uai, year, _ in person.named_in)
    return f"{person.ref}  {person.name} ({person.job}) {person.email}  {where}"


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None
