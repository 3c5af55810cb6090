"""``numecole reglages``: the settings of a base, as « Réglages » shows and changes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table

from numecole_desktop.cli import options
from numecole_desktop.cli.options import BaseOption, JsonOption
from numecole_desktop.cli.output import answer
from numecole_desktop.domain.french import NBSP, whole

if TYPE_CHECKING:
    from numecole_desktop.domain.prices import Price
    from numecole_desktop.services.office import Office


def settings(
    texts: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="CLE=VALEUR",
            help="operateur, role, territoire, service, logo, annee ou prix.B1 à prix.C3.",
        ),
    ] = None,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Montrer les réglages de la base, ou en changer."""
    from numecole_desktop.services.office import office
    from numecole_desktop.services.own_territory import territory_words
    from numecole_desktop.services.settings_entry import put_settings

    with options.workspace(base, create=False) as workspace:
        put_settings(workspace, texts or [])
        held = office(workspace)
        name = territory_words(workspace.base.connection, held.territory)
    answer(as_json, _document(held, name), _table(held, name))


def _document(held: Office, name: str) -> dict[str, object]:
    return {
        "operator": held.operator,
        "role": held.role.value,
        "territory": {
            "level": held.territory.level,
            "codes": list(held.territory.codes),
            "name": name,
        },
        "service": held.service,
        "logo": held.logo is not None,
        "start_year": str(held.start_year) if held.start_year else None,
        "prices": [
            {"question": p.question, "label": p.label, "euros": p.euros, "assumption": p.assumption}
            for p in held.prices.items
        ],
    }


def _table(held: Office, name: str) -> Table:
    table = Table("Clé", "Réglage", "Valeur")
    lines = (
        ("operateur", "Qui saisit", held.operator or "non précisé"),
        ("role", "Rôle", held.role.label),
        ("territoire", "Mon territoire", name or "toutes les écoles"),
        ("service", "Nom imprimé", held.service or "aucun"),
        ("logo", "Logo imprimé", "oui" if held.logo else "aucun"),
        ("annee", "Année au démarrage", str(held.start_year or "automatique")),
        *((f"prix.{p.question}", p.label, _price(p)) for p in held.prices.items),
    )
    for line in lines:
        table.add_row(*line)
    return table


def _price(price: Price) -> str:
    return f"{whole(price.euros)}{NBSP}€{' (hypothèse)' if price.assumption else ''}"
