"""What is said once the former answers were taken back, before they are confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numecole_desktop.domain.french import NBSP, joined, plural
from numecole_desktop.domain.questionnaire import MISSING_TEXT

if TYPE_CHECKING:
    from numecole_desktop.services.declarations import Evaluation, FormState


def taken_words(form: FormState, result: Evaluation, taken: int) -> tuple[str, str]:
    """A sentence and its tone (``Notice``): what was taken from which year, and what it gives.

    ``taken`` is the number of answers taken back; ``result`` speaks of all those on screen.
    """
    if form.previous is None:
        return (
            f"Rien à reprendre{NBSP}: aucune déclaration antérieure de cette école n’est connue.",
            "warning",
        )
    before = form.previous.year
    if not taken:
        return f"Rien à reprendre{NBSP}: les réponses de {before} sont déjà à l’écran.", "action"
    said = [f"Pour {form.year}, {plural(taken, 'réponse')} de {before} sans changement."]
    index = MISSING_TEXT if result.index.value is None else f"{result.index.value} sur 3"
    said.append(f"Indice d’équipement{NBSP}: {index}.")
    if result.unanswered:
        said.append(f"Sans réponse{NBSP}: {joined(result.unanswered)}.")
    first = next(iter((*result.hard, *(soft.finding for soft in result.soft))), None)
    if first is not None:
        said.append(f"À revoir avant de valider{NBSP}: {first.message}")
        return " ".join(said), "warning"
    said.append("Ctrl+Entrée confirme et ouvre l’école suivante, Ctrl+Z revient en arrière.")
    return " ".join(said), "action"
