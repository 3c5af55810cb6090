"""Commands about this device and those that it trusts (specification, 5.4)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from numecole_desktop.cli import options
from numecole_desktop.cli.options import BaseOption, JsonOption
from numecole_desktop.cli.output import answer, run
from numecole_desktop.domain.french import NBSP, plural

if TYPE_CHECKING:
    from numecole_desktop.services.trusted import KnownDevice

app = typer.Typer(help="Clé de ce poste et postes de confiance.", no_args_is_help=True)

CardOption = Annotated[
    Path | None, typer.Option("--carte", metavar="F.json", help="Écrire la carte du poste.")
]


@app.command("creer")
def create_device(
    label: Annotated[str, typer.Option("--nom", help="Nom du poste, sans nom de personne.")],
    office: Annotated[
        str, typer.Option("--bureau", metavar="CODE", help="Code de la circonscription, ou nom.")
    ],
    role: Annotated[
        str,
        typer.Option("--role", help="conseiller, circonscription, departement ou academie."),
    ] = "conseiller",
    card: CardOption = None,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Donner à ce poste un nom, un rôle et une clé."""
    from numecole_desktop.services import devices, trusted

    with options.workspace(base) as workspace:
        devices.create_device(workspace, label, role, office)
        found = trusted.known_devices(workspace)[0]
        if card is not None:
            devices.write_card(workspace, card)
    _say_device(found, as_json)


@app.command("montrer")
def show_devices(
    card: CardOption = None,
    alone: Annotated[
        bool, typer.Option("--neuve", help="Sans dire quelle clé elle remplace.")
    ] = False,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Montrer ce poste, les postes connus, et qui a reçu quoi."""
    from numecole_desktop.services import devices, exchange_state, trusted

    with options.workspace(base, create=False) as workspace:
        if card is not None:
            devices.write_card(workspace, card, alone=alone)
        found = trusted.known_devices(workspace)
        who = exchange_state.who_has_what(workspace)
    said = []
    for device in found:
        said += [_device(device), f"  {device.fingerprint}  {device.kid}"]
    said += [f"{held.device} a {held.held} de vos {plural(held.total, 'saisie')}." for held in who]
    document = {"devices": [asdict(d) for d in found], "holdings": [asdict(w) for w in who]}
    answer(as_json, document, *said)


@app.command("autoriser")
def trust_device(
    file: Annotated[Path, typer.Argument(metavar="CARTE", help="Carte, annuaire ou clés racines.")],
    fingerprint: Annotated[
        str, typer.Option("--empreinte", help="Les 30 chiffres lus par le propriétaire.")
    ] = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Recevoir la carte d’un poste, un annuaire des postes ou des clés racines."""
    from numecole_desktop.services import batch_import, devices, trusted

    with options.workspace(base) as workspace:
        said = trusted.receive_trust(workspace, file, fingerprint)
        has_key = devices.has_device(workspace)
        taken = run(batch_import.import_set_aside(workspace)) if has_key else ()
        known = trusted.known_devices(workspace)
        said = (*said, *(batch_import.report_words(report) for report in taken))
    answer(as_json, {"said": list(said), "devices": [asdict(d) for d in known]}, *said)


@app.command("revoquer")
def withdraw_device(
    kid: Annotated[str, typer.Argument(metavar="CLE", help="Début de l’identifiant de sa clé.")],
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ne plus se fier à un poste connu par sa carte."""
    from numecole_desktop.services import trusted

    with options.workspace(base, create=False) as workspace:
        found = trusted.withdraw_trust(workspace, kid)
    _say_device(found, as_json)


def _device(found: KnownDevice) -> str:
    return f"{found.label} ({found.role}, {found.office}){NBSP}: {found.trust}"


def _say_device(found: KnownDevice, as_json: bool) -> None:
    answer(as_json, asdict(found), _device(found), f"Empreinte{NBSP}: {found.fingerprint}")
