"""Persons and files of the dossiers: kept apart from the journal, found, and erased."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from numecole_desktop.domain.french import NBSP, fold, quoted
from numecole_desktop.domain.label_application import ATTACHMENT, PersonRole
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.attached import limits, read_attached
from numecole_desktop.services.label_dossiers import DossierSaved, record
from numecole_desktop.services.label_opening import Dossier
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.storage import applications, people

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class HeldPerson:
    """A person held by this base, with the (UAI, campaign, role) of the dossiers that name them."""

    ref: str
    name: str
    job: str
    email: str
    named_in: tuple[tuple[str, SchoolYear, PersonRole], ...]


@dataclass(frozen=True, slots=True)
class HeldFile:
    """An attached file of this base (size in bytes), with the (UAI, campaign) of its dossiers.

    One that was taken out of a draft is in no dossier: it is held until it is erased.
    """

    sha256: str
    name: str
    size: int
    held_in: tuple[tuple[str, SchoolYear], ...]


def name_person(
    workspace: Workspace,
    dossier: Dossier,
    role: PersonRole,
    name: str,
    job: str = "",
    email: str = "",
) -> DossierSaved:
    """Name the person who has a role in a draft; an empty name takes the person away.

    A person whom no dossier names any more is forgotten at once.

    Raises:
        Problem: the dossier is no draft, a text is too long or the e-mail is not one.
    """
    name, job, email = (" ".join(text.split()) for text in (name, job, email))
    for text in (name, job, email):
        if len(text) > _LONGEST:
            raise Problem(
                f"{quoted(text[:30])}… est trop long{NBSP}: {_LONGEST} caractères au plus."
            )
        if not text.isprintable():
            raise Problem(f"Un texte contient un caractère illisible{NBSP}: retapez-le.")
    if email and not _EMAIL.fullmatch(email):
        raise Problem(
            f"L’adresse {quoted(email)} n’est pas lisible{NBSP}: écrivez-la comme "
            f"nom@domaine.fr, ou laissez la case vide."
        )
    if (job or email) and not name:
        raise Problem(f"Il manque le nom du {role.label}.")
    with workspace.writing():
        ref = people.keep_person(workspace.base.connection, name, job, email) if name else None
        held = dossier.application.people.get(role) if dossier.application else None
        if ref == held:
            return DossierSaved(dossier, Changes())
        saved = record(workspace, dossier, {role.value: ref})
        if held is not None and not _named_in(workspace, held):
            people.drop_person(workspace.base.connection, held)
        return saved


def _named_in(workspace: Workspace, ref: str) -> bool:
    found = applications.applications(workspace.base.connection)
    return any(ref in application.people.values() for application in found)


def held_people(workspace: Workspace, search: str = "") -> tuple[HeldPerson, ...]:
    """Persons of this base whose name, function or e-mail holds ``search``, accents or not."""
    named: dict[str, list[tuple[str, SchoolYear, PersonRole]]] = {}
    for held in applications.applications(workspace.base.connection):
        for role, ref in held.people.items():
            named.setdefault(ref, []).append((held.uai, held.year, role))
    wanted = fold(search)
    return tuple(
        HeldPerson(p.ref, p.name, p.job, p.email, tuple(named.get(p.ref, ())))
        for p in people.persons(workspace.base.connection)
        if not p.erased_at and wanted in fold(f"{p.name} {p.job} {p.email}")
    )


def erase(workspace: Workspace, ref: str) -> Changes:
    """Erase a person: the dossiers stay whole, with « personne effacée » in their place.

    Raises:
        Problem: nobody by that reference.
    """
    at = workspace.clock().isoformat(timespec="seconds")
    with workspace.writing():
        if not people.erase_person(workspace.base.connection, ref, at):
            raise Problem(
                f"Cette personne n’est pas dans la base, ou est déjà effacée{NBSP}: {ref}."
            )
    return Changes(everything=True)


def attach(workspace: Workspace, dossier: Dossier, path: Path) -> DossierSaved:
    """Attach a file to a draft.

    Raises:
        Problem: the dossier is no draft or holds enough files; as ``read_attached``.
    """
    held = dossier.application.attachments if dossier.application else ()
    if len(held) >= limits().files:
        raise Problem(
            f"Le dossier a déjà {limits().files} pièces, le plus qu’il puisse avoir{NBSP}: "
            f"retirez-en une d’abord."
        )
    file = read_attached(path)
    with workspace.writing():
        people.keep_file(
            workspace.base.connection, file.sha256, file.name, file.media_type, file.content
        )
        if any(kept.sha256 == file.sha256 for kept in held):
            return DossierSaved(dossier, Changes())
        value: dict[str, object] = {"media_type": file.media_type, "size": len(file.content)}
        return record(workspace, dossier, {ATTACHMENT + file.sha256: value})


def detach(workspace: Workspace, dossier: Dossier, sha256: str) -> DossierSaved:
    """Take a file out of a draft; its content stays until it is erased.

    Raises:
        Problem: the dossier is no draft.
    """
    return record(workspace, dossier, {ATTACHMENT + sha256: None})


def erase_file(workspace: Workspace, sha256: str) -> Changes:
    """Erase the name and the content of a file; the dossiers keep its size and type.

    Raises:
        Problem: no such file.
    """
    at = workspace.clock().isoformat(timespec="seconds")
    with workspace.writing():
        if not people.erase_file(workspace.base.connection, sha256, at):
            raise Problem("Cette pièce n’est pas dans la base, ou est déjà effacée.")
    return Changes(everything=True)


def held_files(workspace: Workspace) -> tuple[HeldFile, ...]:
    """Attached files of this base whose content was not erased, in the order of their coming."""
    named: dict[str, list[tuple[str, SchoolYear]]] = {}
    for held in applications.applications(workspace.base.connection):
        for file in held.attachments:
            named.setdefault(file.sha256, []).append((held.uai, held.year))
    return tuple(
        HeldFile(file.sha256, file.name, file.size, tuple(named.get(file.sha256, ())))
        for file in people.every_file(workspace.base.connection)
    )


def file_content(workspace: Workspace, sha256: str) -> bytes:
    """The content of a file, to be shown inside the application.

    Raises:
        Problem: it is not held, or was erased.
    """
    content = people.file_content(workspace.base.connection, sha256)
    if content is None:
        raise Problem("Cette pièce n’est pas dans cette base, ou a été effacée.")
    return content
