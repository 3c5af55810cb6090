"""Findings, previews and imports as rows of a table, and findings as a CSV file."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import TYPE_CHECKING

from numecole_desktop.domain.finding import Finding, Severity
from numecole_desktop.domain.spreadsheet import neutralised
from numecole_desktop.ui.models.rows import Cell
from numecole_desktop.ui.moments import moment

if TYPE_CHECKING:
    from numecole_desktop.services.import_kinds import Closure, PreviewLine
    from numecole_desktop.services.import_undo import ImportRun

FINDING_HEADINGS = ("Ligne", "Gravité", "Colonne", "Valeur", "Constat")
PREVIEW_HEADINGS = ("Ligne", "Devenir", "Identifiant", "Nom", "Détail")
CLOSURE_HEADINGS = ("UAI", "École", "Commune")
IMPORT_HEADINGS = (
    *("Date", "Fichier", "Sorte", "Qui", "Acceptées", "Inchangées", "Refusées", "État"),
)

SEVERITIES = {
    Severity.ERROR: "Refusée",
    Severity.WARNING: "À vérifier",
    Severity.INFO: "Information",
}
OUTCOMES = {"new": "Nouvelle", "changed": "Modifiée", "same": "Identique", "refused": "Refusée"}


def finding_rows(found: Sequence[Finding]) -> list[Sequence[Cell]]:
    """Rows under ``FINDING_HEADINGS``: refused lines first, what was merely noticed last."""
    rank = list(SEVERITIES).index
    return [
        (f.line, SEVERITIES[f.severity], f.column, f.value, f.message)
        for f in sorted(found, key=lambda f: rank(f.severity))
    ]


def preview_rows(lines: Sequence[PreviewLine]) -> list[Sequence[Cell]]:
    """Rows under ``PREVIEW_HEADINGS``."""
    return [(p.line, OUTCOMES[p.outcome], p.key, p.label, p.details) for p in lines]


def closure_rows(closures: Sequence[Closure]) -> list[Sequence[Cell]]:
    """Rows under ``CLOSURE_HEADINGS``."""
    return [(c.uai, c.name, c.commune) for c in closures]


def import_rows(runs: Sequence[ImportRun]) -> list[Sequence[Cell]]:
    """Rows under ``IMPORT_HEADINGS``."""
    return [
        (
            moment(run.at),
            run.file,
            run.kind_label,
            run.operator,
            run.accepted,
            run.unchanged,
            run.refused,
            "Annulé" if run.undone else "",
        )
        for run in runs
    ]


def findings_csv(found: Sequence[Finding]) -> bytes:
    """The same table as a CSV file for a French spreadsheet; no cell can become a formula."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(FINDING_HEADINGS)
    for row in finding_rows(found):
        writer.writerow([neutralised("" if cell is None else str(cell)) for cell in row])
    return text.getvalue().encode("utf-8-sig")
