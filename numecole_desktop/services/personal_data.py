"""Personal data: what is held on a person, to be handed over, and what is kept how long."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from numecole_desktop.domain.french import fold
from numecole_desktop.domain.label_application import LabelApplication, PersonRole
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.retention import Retention
from numecole_desktop.durable import write_whole
from numecole_desktop.referentials.retention import retention as shipped
from numecole_desktop.services.label_people import HeldPerson, held_people
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import applications, reads


def retention() -> tuple[Retention, ...]:
    """What is kept about persons, why, until when, and how to erase it."""
    return shipped()


def person_document(workspace: Workspace, person: HeldPerson) -> dict[str, Any]:
    """All that this base holds on a person: who, the dossiers that name them, texts that do."""
    connection = workspace.base.connection
    by_key = {(a.uai, a.year): a for a in applications.applications(connection)}
    named_in = []
    for uai, year, role in person.named_in:
        school = reads.school(connection, uai)
        dossier = by_key[uai, year]
        named_in.append(
            {
                "uai": uai,
                "school": school.name if school else "",
                "year": str(year),
                "role": role.value,
                "role_label": role.label,
                "state": dossier.state.label,
                "signed_on": _signed_on(dossier, role),
            }
        )
    wanted = fold(person.name)
    return {
        "ref": person.ref,
        "name": person.name,
        "job": person.job,
        "email": person.email,
        "named_in": named_in,
        "texts": [
            {"uai": dossier.uai, "year": str(dossier.year), "field": name, "text": text}
            for dossier in by_key.values()
            for name, text in _free_texts(dossier)
            if wanted in fold(text)
        ],
    }


def export_people(workspace: Workspace, refs: Collection[str], path: Path) -> Path:
    """Write what is held on these persons as JSON.

    Raises:
        Problem: none of them is held, or the file cannot be written.
    """
    found = [person for person in held_people(workspace) if person.ref in refs]
    if not found:
        raise Problem("Aucune de ces personnes n’est dans la base, ou elles ont été effacées.")
    document = {
        "exported_at": workspace.clock().isoformat(timespec="seconds"),
        "people": [person_document(workspace, person) for person in found],
    }
    text = json.dumps(document, ensure_ascii=False, indent=2)
    return write_whole(path, f"{text}\n".encode())


def _signed_on(dossier: LabelApplication, role: PersonRole) -> str | None:
    signed = {
        PersonRole.SCHOOL_SIGNATORY: dossier.school_signed_on,
        PersonRole.COMMUNE_SIGNATORY: dossier.commune_signed_on,
    }.get(role)
    return signed.isoformat() if signed else None


def _free_texts(dossier: LabelApplication) -> Iterator[tuple[str, str]]:
    yield "project_title", dossier.project_title
    yield "decision_reason", dossier.decision_reason
    for criterion, text in dossier.opinion_reasons.items():
        yield f"opinion_reason {criterion}", text
