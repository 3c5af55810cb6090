"""Batches, devices, shares and conflicts as rows of tables."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from numecole_desktop.domain.french import NBSP, plural, whole
from numecole_desktop.ui.models.rows import Cell
from numecole_desktop.ui.moments import moment

if TYPE_CHECKING:
    from numecole_desktop.services.conflict_list import Conflict
    from numecole_desktop.services.exchange_state import (
        ReceivedLine,
        SentLine,
        Shares,
    )
    from numecole_desktop.ui.screens.exchange_read import ExchangeView

RECEIVED_HEADINGS = ("Reçu le", "De", "Bilan", "Reçu à lire au téléphone", "État", "Fichier")
SENT_HEADINGS = ("Écrit le", "Pour", "Saisies", "Pris en entier par", "Fichier")
DEVICE_HEADINGS = ("Poste", "Rôle", "Bureau", "État", "Empreinte")
CONFLICT_HEADINGS = ("École", "Commune", "Question", "Valeurs", "Effet", "Avant", "Année")


def received_rows(lines: Sequence[ReceivedLine]) -> list[Sequence[Cell]]:
    """Rows under ``RECEIVED_HEADINGS``."""
    return [
        (
            moment(line.at),
            line.label,
            _outcome(line),
            line.words,
            "Annulé" if line.undone else "",
            line.file,
        )
        for line in lines
    ]


def sent_rows(lines: Sequence[SentLine]) -> list[Sequence[Cell]]:
    """Rows under ``SENT_HEADINGS``."""
    return [
        (moment(line.at), line.recipients, line.events, ", ".join(line.taken_by), line.file)
        for line in lines
    ]


def device_rows(view: ExchangeView) -> list[Sequence[Cell]]:
    """Rows under ``DEVICE_HEADINGS``."""
    return [
        (
            device.label,
            device.role,
            view.office(device.office),
            device.trust,
            device.fingerprint if device.counts else "à faire lire par son propriétaire",
        )
        for device in view.devices
    ]


def share_headings(shares: Shares) -> list[str]:
    """Headings of ``share_rows``: one column by device that writes."""
    return ["Poste", *(f"De {writer}" for writer in shares.writers), *_DATES]


def share_rows(shares: Shares) -> list[Sequence[Cell]]:
    """One row by device: how much it has of what each one wrote, and the last batches."""
    return [
        (
            holder.device,
            *(_part(*pair) for pair in zip(holder.held, shares.here, strict=True)),
            moment(holder.at) if holder.at else "jamais",
            moment(holder.sent_at) if holder.sent_at else "jamais",
        )
        for holder in shares.holders
    ]


def conflict_rows(found: Sequence[Conflict]) -> list[Sequence[Cell]]:
    """Rows under ``CONFLICT_HEADINGS``."""
    return [
        (
            one.school,
            one.commune,
            one.label,
            f"{NBSP}/ ".join(choice.value for choice in one.choices),
            " ou ".join(dict.fromkeys(filter(None, (choice.index for choice in one.choices)))),
            one.before,
            one.year,
        )
        for one in found
    ]


_DATES = ("Dernier lot reçu de lui", "Dernier lot écrit pour lui")


def _outcome(line: ReceivedLine) -> str:
    counts = (
        (line.added, "ajoutée", "ajoutées"),
        (line.identical, "déjà connue", "déjà connues"),
        (line.conflicts, "en désaccord", "en désaccord"),
        (line.refused, "refusée", "refusées"),
        (line.waiting, "en attente", "en attente"),
    )
    return ", ".join(plural(*count) for count in counts if count[0])


def _part(held: int, total: int) -> str:
    return "tout" if held == total else f"{whole(held)} sur {whole(total)}"
