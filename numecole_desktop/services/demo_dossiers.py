"""Label dossiers of the sample base, in several states, with invented persons."""

from __future__ import annotations

from datetime import date

import msgspec

from numecole_desktop.domain.label_application import PersonRole, State
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services import label_dossiers, label_people
from numecole_desktop.services.label_dossiers import Edit
from numecole_desktop.services.label_opening import Dossier
from numecole_desktop.services.workspace import Workspace

FILE = "demo/dossiers.toml"
_SCHOOL_JOB, _COMMUNE_JOB = "direction de l’école (exemple)", "mairie (exemple)"


class SampleDossier(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One dossier of the file; the same person is referent and signatory."""

    uai: str
    state: State
    project_classes: int | None = None
    project_title: str | None = None
    school_project: bool | None = None
    school_person: str = ""
    commune_person: str = ""
    signed_on: date | None = None
    opinion: dict[str, int] = {}
    reasons: dict[str, str] = {}


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    dossier: list[SampleDossier]


def add_dossiers(workspace: Workspace, year: SchoolYear) -> None:
    """Put the dossiers of the sample into the campaign of ``year``.

    Raises:
        Problem: a dossier of the file cannot reach its state.
    """
    for sample in msgspec.toml.decode(resource(FILE).read_bytes(), type=_File).dossier:
        dossier = label_dossiers.create(workspace, sample.uai, year).dossier
        _advance(workspace, _filled(workspace, dossier, sample), sample)


def _filled(workspace: Workspace, dossier: Dossier, sample: SampleDossier) -> Dossier:
    people = (
        (PersonRole.SCHOOL_REFERENT, sample.school_person, _SCHOOL_JOB),
        (PersonRole.COMMUNE_REFERENT, sample.commune_person, _COMMUNE_JOB),
    )
    signatories = (
        (PersonRole.SCHOOL_SIGNATORY, sample.school_person, _SCHOOL_JOB),
        (PersonRole.COMMUNE_SIGNATORY, sample.commune_person, _COMMUNE_JOB),
    )
    for role, name, job in (*people, *(signatories if sample.signed_on else ())):
        if name:
            dossier = label_people.name_person(workspace, dossier, role, name, job).dossier
    change = Edit(
        project_classes=sample.project_classes,
        project_title=sample.project_title,
        school_project=sample.school_project,
        school_signed_on=sample.signed_on,
        commune_signed_on=sample.signed_on,
    )
    return label_dossiers.edit(workspace, dossier, change).dossier


def _advance(workspace: Workspace, dossier: Dossier, sample: SampleDossier) -> None:
    if sample.state is State.WITHDRAWN:
        label_dossiers.withdraw(workspace, dossier)
    elif sample.state is not State.DRAFT:
        dossier = label_dossiers.submit(workspace, dossier).dossier
        if sample.state is State.EXAMINED:
            label_dossiers.examine(workspace, dossier, sample.opinion, sample.reasons)
