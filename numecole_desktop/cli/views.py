"""What the command line shows: JSON documents (a contract) and plain French text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.table import Table

from numecole_desktop.domain.finding import Finding
from numecole_desktop.domain.french import NBSP, known, plural
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.school_data import school_year
from numecole_desktop.services.schools import school_page as read_page
from numecole_desktop.services.workspace import Workspace

if TYPE_CHECKING:
    from numecole_desktop.services.importing import ImportReport

SAMPLE = f"Données d’exemple{NBSP}: déclarations inventées."
_SHOWN = 20


def finding(found: Finding) -> dict[str, object]:
    """One finding, as the contract gives it."""
    return {
        "line": found.line,
        "column": found.column or found.field,
        "code": found.code,
        "severity": found.severity.value,
        "value": found.value,
        "message": found.message,
    }


def import_report(report: ImportReport) -> dict[str, object]:
    """The answer of ``importer --json``."""
    return {
        "kind": report.kind,
        "file": report.file,
        "lines": report.lines,
        "accepted": report.accepted,
        "unchanged": report.unchanged,
        "refused": report.refused,
        "warnings": report.warnings,
        "findings": [finding(f) for f in report.findings],
    }


def school_page(workspace: Workspace, uai: str, year: SchoolYear) -> dict[str, Any]:
    """The answer of ``ecole --json``.

    Raises:
        Problem: the school is unknown.
    """
    page = read_page(workspace, uai, year)
    profile = page.profile
    held = school_year(workspace, page.school.uai, year)
    ent = held.ent
    index = page.index
    return {
        "uai": page.school.uai,
        "year": str(year),
        "school": asdict(page.school),
        "declaration": None
        if page.declaration is None
        else {
            "year": str(year),
            "status": page.declaration.status.value,
            "submitted_at": page.declaration.submitted_at,
            "answers": _plain(page.declaration.answers),
            "confirmations": [asdict(c) for c in page.declaration.confirmations],
        },
        "effective": None
        if page.effective is None
        else {"year": str(page.effective.year), "answers": _plain(page.effective.answers)},
        "indices": {
            "equipment": {
                "value": index.value,
                "classes": index.classes,
                "teacher": index.teacher,
                "pupil": index.pupil,
                "missing": list(index.missing),
                "referential": index.referential,
                "trace": [asdict(step) for step in index.trace],
                "headline": profile.headline,
                "reasons": list(profile.reasons),
                "missing_for_next": list(profile.missing_for_next),
                "assumptions": list(profile.assumptions),
            },
            "ent": None
            if ent is None
            else {**asdict(ent), "trace": [asdict(s) for s in ent.trace]},
        },
        "label": None
        if held.label is None
        else {"level": held.label, "year": str(held.label_year)},
        "sample": profile.sample,
        "findings": [finding(f) for f in page.findings],
        "history": [asdict(line) for line in page.history],
    }


def import_words(report: ImportReport) -> Iterator[str]:
    """A report in words."""
    verb = "Simulation" if report.simulated else "Import"
    refused = plural(report.refused, "refusée", "refusées")
    yield (
        f"{verb} de {report.file}{NBSP}: {plural(report.lines, 'ligne')}, "
        f"{plural(report.new, 'nouvelle')}, {plural(report.changed, 'modifiée')}, "
        f"{plural(report.unchanged, 'identique')}, {refused}, "
        f"{plural(report.warnings, 'avertissement')}."
    )
    for found in report.findings[:_SHOWN]:
        where = f"ligne {found.line}" if found.line else "fichier"
        column = f", {found.column}" if found.column else ""
        yield f"  {where}{column}{NBSP}: {found.message}"
    if len(report.findings) > _SHOWN:
        more = len(report.findings) - _SHOWN
        yield f"  … et {plural(more, 'autre constat', 'autres constats')} (--json)."


def entry_words(page: Mapping[str, Any]) -> Iterator[str]:
    """The outcome of an entry."""
    declaration = page["declaration"]
    state = "validée" if declaration and declaration["status"] == "submitted" else "brouillon"
    yield f"{page['uai']} {page['year']}{NBSP}: déclaration {state}."
    yield from _findings(page)


def school_words(page: Mapping[str, Any]) -> Iterator[str | Table]:
    """A school in words."""
    school, index = page["school"], page["indices"]["equipment"]
    if page["sample"]:
        yield SAMPLE
    yield f"{school['name']} ({school['uai']}), {school['commune'] or 'commune n.c.'}"
    yield f"Indice d’équipement{NBSP}: {known(index['value'])}. {index['headline']}"
    for sentence in [*index["reasons"], *index["missing_for_next"]]:
        yield f"  {sentence}"
    effective = page["effective"]
    if effective:
        table = Table("Question", "Réponse", title=f"Déclaration {effective['year']}")
        for code, answer in effective["answers"].items():
            table.add_row(code, str(answer))
        yield table
    yield from _findings(page)


def demo_words(built: Mapping[str, str | None]) -> Iterator[str]:
    """Where the sample is and what to look at."""
    command = f"  numecole --base {built['base']}"
    school = f"{built['school']} --annee {built['year']}"
    yield f"Base d’exemple prête (déclarations inventées){NBSP}: {built['base']}"
    if built["profiles"]:
        yield f"Profils des écoles en PDF{NBSP}: {built['profiles']}"
    yield f"À regarder{NBSP}:"
    yield f"{command} ecole {school}"
    yield f"{command} indices --annee {built['year']}"
    yield f"{command} profil ecole {school} -o profil.pdf"
    yield "  numecole-desktop --demo"


def _findings(page: Mapping[str, Any]) -> Iterator[str]:
    for found in page["findings"]:
        yield f"  {found['code']}{NBSP}: {found['message']}"


def _plain(answers: Mapping[str, Answer]) -> dict[str, object]:
    return {c: list(v) if isinstance(v, tuple) else v for c, v in answers.items()}
