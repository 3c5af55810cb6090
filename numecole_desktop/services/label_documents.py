"""Documents of the label: summary to sign, certificate, list for the commission, letter."""

from __future__ import annotations

from pathlib import Path

from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.durable import write_whole
from numecole_desktop.services.label_results import commune_letter, decision_list
from numecole_desktop.services.label_sheets import certificate, dossier_summary
from numecole_desktop.services.letterhead import logo
from numecole_desktop.services.table_files import write_table
from numecole_desktop.services.workspace import Workspace

_HEADINGS = (
    "Circonscription", "Commune", "Code INSEE", "UAI", "École", "État", "Niveau calculé", "Avis",
    "Décision", "Date de la décision", "Critère qui limite et remarques",
)  # fmt: skip


def dossier_pdf(workspace: Workspace, uai: str, year: SchoolYear) -> bytes:
    """The summary of a dossier, to be signed.

    Raises:
        Problem: the school is unknown or has no dossier for the campaign.
    """
    from numecole_desktop.reports.label_dossier import render_dossier

    return render_dossier(dossier_summary(workspace, uai, year), logo(workspace))


def write_dossier(workspace: Workspace, uai: str, year: SchoolYear, path: Path) -> Path:
    """Write the summary of a dossier to ``path``, whole or not at all.

    Raises:
        Problem: as ``dossier_pdf``, or the file cannot be written.
    """
    return write_whole(path, dossier_pdf(workspace, uai, year))


def certificate_pdf(workspace: Workspace, uai: str, year: SchoolYear) -> bytes:
    """The certificate of a decided label.

    Raises:
        Problem: the school is unknown or has no dossier for the campaign.
        Blocked: nothing is decided, or the label was refused.
    """
    from numecole_desktop.reports.label_certificate import render_certificate

    return render_certificate(certificate(workspace, uai, year), logo(workspace))


def write_certificate(workspace: Workspace, uai: str, year: SchoolYear, path: Path) -> Path:
    """Write the certificate of a decided label to ``path``, whole or not at all.

    Raises:
        Problem: as ``certificate_pdf``, or the file cannot be written.
    """
    return write_whole(path, certificate_pdf(workspace, uai, year))


def decisions_pdf(workspace: Workspace, year: SchoolYear, circonscription: str = "") -> bytes:
    """The list of the submitted dossiers for the commission, maybe those of a circonscription.

    Raises:
        Problem: no such circonscription, or no rules of the label were in force.
    """
    from numecole_desktop.reports.label_decisions import render_decisions

    return render_decisions(decision_list(workspace, year, circonscription), logo(workspace))


def write_decisions(
    workspace: Workspace, year: SchoolYear, path: Path, circonscription: str = ""
) -> Path:
    """Write the list for the commission to ``path``, whole or not at all.

    Raises:
        Problem: as ``decisions_pdf``, or the file cannot be written.
    """
    return write_whole(path, decisions_pdf(workspace, year, circonscription))


def write_decisions_table(
    workspace: Workspace, year: SchoolYear, path: Path, circonscription: str = ""
) -> Path:
    """Write the same list as CSV, one line for each dossier; empty cells for what is not known.

    Raises:
        Problem: as ``decisions_pdf``, or the file cannot be written.
    """
    rows = [
        (
            name,
            line.school.commune,
            line.school.commune_code,
            line.school.uai,
            line.school.name,
            line.state.label,
            line.level,
            line.opinion,
            line.decision,
            line.decided_on.isoformat() if line.decided_on else None,
            line.remark,
        )
        for name, lines in decision_list(workspace, year, circonscription).groups
        for line in lines
    ]
    return write_table(path, _HEADINGS, rows)


def letter_pdf(workspace: Workspace, commune: str, year: SchoolYear) -> bytes:
    """The letter that tells a commune (INSEE code or name) the results of its schools.

    Raises:
        Problem: no such commune, several of that name, or nothing is decided there yet.
    """
    from numecole_desktop.reports.label_letter import render_letter

    return render_letter(commune_letter(workspace, commune, year), logo(workspace))


def write_letter(workspace: Workspace, commune: str, year: SchoolYear, path: Path) -> Path:
    """Write the letter to a commune to ``path``, whole or not at all.

    Raises:
        Problem: as ``letter_pdf``, or the file cannot be written.
    """
    return write_whole(path, letter_pdf(workspace, commune, year))
