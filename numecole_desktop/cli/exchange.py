"""Commands about devices and signed batches (specification, part 5)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from numecole_desktop.cli import options
from numecole_desktop.cli.options import BaseOption, JsonOption, YearOption
from numecole_desktop.cli.output import OK, OUT, PARTIAL, print_json, run
from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.problem import Problem

if TYPE_CHECKING:
    from numecole_desktop.services.batch_import import BatchReport
    from numecole_desktop.services.conflict_list import Conflict
    from numecole_desktop.services.reference_packages import PackageReport

device_app = typer.Typer(help="Clé de ce poste et postes de confiance.", no_args_is_help=True)
batch_app = typer.Typer(help="Lots signés.", no_args_is_help=True)

FileArgument = Annotated[Path, typer.Argument(metavar="F.json")]
LotArgument = Annotated[str, typer.Argument(metavar="LOT", help="Début de l’empreinte du lot.")]


@device_app.command("creer")
def create_device(
    label: Annotated[str, typer.Option("--nom", help="Nom du poste, sans nom de personne.")],
    office: Annotated[
        str, typer.Option("--bureau", metavar="CODE", help="Code de la circonscription, ou nom.")
    ],
    role: Annotated[
        str,
        typer.Option("--role", help="conseiller, circonscription, departement ou academie."),
    ] = "conseiller",
    card: Annotated[
        Path | None, typer.Option("--carte", metavar="F.json", help="Écrire la carte du poste.")
    ] = None,
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
    _say_device(asdict(found), as_json)


@device_app.command("montrer")
def show_devices(
    card: Annotated[
        Path | None, typer.Option("--carte", metavar="F.json", help="Écrire la carte du poste.")
    ] = None,
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
    if options.wants_json(as_json):
        print_json({"devices": [asdict(d) for d in found], "holdings": [asdict(w) for w in who]})
        return
    for device in found:
        OUT.print(f"{device.label} ({device.role}, {device.office}){NBSP}: {device.trust}")
        OUT.print(f"  {device.fingerprint}  {device.kid}")
    for held in who:
        OUT.print(f"{held.device} a {held.held} de vos {held.total} saisies.")


@device_app.command("autoriser")
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
    if options.wants_json(as_json):
        print_json({"said": list(said), "devices": [asdict(d) for d in known]})
        return
    for sentence in said:
        OUT.print(sentence)


@device_app.command("revoquer")
def withdraw_device(
    kid: Annotated[str, typer.Argument(metavar="CLE", help="Début de l’identifiant de sa clé.")],
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ne plus se fier à un poste connu par sa carte."""
    from numecole_desktop.services import trusted

    with options.workspace(base, create=False) as workspace:
        found = trusted.withdraw_trust(workspace, kid)
    _say_device(asdict(found), as_json)


@batch_app.command("creer")
def create_batch(
    folder: Annotated[Path, typer.Option("-o", metavar="DOSSIER", help="Clé USB ou dossier.")],
    recipients: Annotated[
        list[str] | None,
        typer.Option("--pour", metavar="CLE", help="Clé d’un poste ou code d’un bureau."),
    ] = None,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Préparer un lot de tout ce que cette base sait."""
    from numecole_desktop.services import batches

    with options.workspace(base, create=False) as workspace:
        found = run(batches.create_batch(workspace, folder, recipients or []))
    _say_batch(found, as_json)


@batch_app.command("verifier")
def check_batch(file: FileArgument, base: BaseOption = None, as_json: JsonOption = False) -> None:
    """Vérifier un lot sans rien changer."""
    from numecole_desktop.services import batches

    with options.workspace(base, create=False) as workspace:
        found = batches.check_batch(workspace, file)
    _say_batch(found, as_json)


@batch_app.command("importer")
def import_batch(file: FileArgument, base: BaseOption = None, as_json: JsonOption = False) -> None:
    """Prendre un lot ou un paquet de référence : vérifié d’abord, puis en une fois."""
    from numecole_desktop.services import batch_import, reference_packages, signed_files
    from numecole_desktop.services.signed_files import FileSort

    with options.workspace(base, create=False) as workspace:
        if signed_files.recognise(workspace, file).sort is FileSort.REFERENCE:
            _say_package(run(reference_packages.take_in_package(workspace, file)), as_json)
            return
        report = run(batch_import.import_batch(workspace, file))
    if options.wants_json(as_json):
        print_json(_report(report))
    else:
        OUT.print(batch_import.report_words(report))
        for sentence in report.sentences:
            OUT.print(f"  {sentence}")
        if report.words:
            OUT.print(f"Reçu à lire au téléphone{NBSP}: {' '.join(report.words)}")
    raise typer.Exit(PARTIAL if report.refused or report.set_aside else OK)


@batch_app.command("paquet")
def create_package(
    subject: Annotated[
        str, typer.Argument(metavar="SUJET", help="annuaire, ent, gar, referentiels.")
    ],
    files: Annotated[list[Path], typer.Argument(metavar="FICHIER…")],
    folder: Annotated[Path, typer.Option("-o", metavar="DOSSIER")],
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Signer des données de référence (académie), à prendre par « lot importer »."""
    from numecole_desktop.services import reference_packages

    with options.workspace(base, create=False) as workspace:
        path = reference_packages.create_package(workspace, subject, files, folder)
    if options.wants_json(as_json):
        print_json({"written": [str(path)]})
    else:
        OUT.print(f"Écrit{NBSP}: {path}")


@batch_app.command("annuler")
def undo_batch(lot: LotArgument, base: BaseOption = None, as_json: JsonOption = False) -> None:
    """Reprendre ce qu’un lot a apporté ; ce qui a changé depuis est gardé."""
    from numecole_desktop.services import conflict_list

    with options.workspace(base, create=False) as workspace:
        conflict_list.undo_batch(workspace, lot)
    if options.wants_json(as_json):
        print_json({"undone": lot})
    else:
        OUT.print("Lot annulé.")


@batch_app.command("recu")
def receipt(
    lot: Annotated[str, typer.Argument(metavar="[LOT]")] = "",
    kid: Annotated[str, typer.Option("--de", metavar="CLE", help="Clé de qui lit les mots.")] = "",
    words: Annotated[str, typer.Option("--mots", help="Les six mots lus au téléphone.")] = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Montrer les reçus, ou vérifier les six mots de qui a pris un lot préparé ici."""
    from numecole_desktop.services import batches, exchange_state

    with options.workspace(base, create=False) as workspace:
        if words:
            same = batches.receipt_matches(workspace, lot, kid, words)
            if not same:
                raise Problem(
                    f"Ces mots ne sont pas ceux d’un lot pris en entier{NBSP}: demandez ce que dit "
                    f"son rapport, ou renvoyez le lot."
                )
            document: Any = {"complete": True}
        else:
            document = [asdict(found) for found in exchange_state.receipts(workspace)]
    if options.wants_json(as_json):
        print_json(document)
    elif words:
        OUT.print("Le lot a été pris en entier.")
    else:
        for found in document:
            OUT.print(f"{found['hash'][:8]} de {found['label']}{NBSP}: {found['words']}")


@batch_app.command("conflits")
def conflicts(
    uai: Annotated[str, typer.Argument(metavar="[UAI]")] = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lister les désaccords à trancher."""
    from numecole_desktop.services import conflict_list

    with options.workspace(base, create=False) as workspace:
        found = conflict_list.conflicts(workspace, uai)
    if options.wants_json(as_json):
        print_json([_conflict(c) for c in found])
        return
    for one in found:
        table = Table("N°", "Valeur", "Source", "Poste", "Note", "Effet")
        for place, choice in enumerate(one.choices, 1):
            table.add_row(
                str(place), choice.value, choice.source, choice.device, choice.note, choice.index
            )
        OUT.print(f"{one.uai} {one.school}, {one.year}, {one.label} (avant{NBSP}: {one.before})")
        OUT.print(table)


@batch_app.command("arbitrer")
def settle(
    uai: Annotated[str, typer.Argument(metavar="UAI")],
    year: YearOption,
    unit: Annotated[str, typer.Option("--champ", metavar="CODE", help="Par exemple B1.")],
    reason: Annotated[str, typer.Option("--motif", help="Pourquoi cette valeur.")],
    choice: Annotated[int, typer.Option("--choix", metavar="N", help="N° de la valeur.")] = 0,
    value: Annotated[str, typer.Option("--valeur", help="Une autre valeur.")] = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Trancher un désaccord, avec un motif."""
    from numecole_desktop.services import conflict_list

    if bool(choice) == bool(value):
        raise Problem(f"Donnez --choix ou --valeur{NBSP}: l’un ou l’autre.")
    with options.workspace(base, create=False) as workspace:
        found = [
            one
            for one in conflict_list.conflicts(workspace, uai)
            if one.year == year and one.unit == unit
        ]
        if not found:
            raise Problem(f"Il n’y a pas de désaccord sur {unit} pour {uai} en {year}.")
        conflict_list.settle(workspace, found[0], reason, choice=choice, value=value)
        left = conflict_list.conflicts(workspace)
    if options.wants_json(as_json):
        print_json({"left": len(left)})
    else:
        OUT.print(f"Tranché. Désaccords restants{NBSP}: {len(left)}.")


@batch_app.command("perdu")
def declare_lost(
    journal: Annotated[str, typer.Argument(metavar="JOURNAL", help="Début de son identifiant.")],
    first: Annotated[int, typer.Argument(metavar="PREMIER")],
    last: Annotated[int, typer.Argument(metavar="DERNIER")],
    reason: Annotated[str, typer.Option("--motif")],
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Déclarer que des saisies ne viendront jamais (circonscription)."""
    from numecole_desktop.services import batch_import

    with options.workspace(base, create=False) as workspace:
        batch_import.declare_lost(workspace, journal, first, last, reason)
    if options.wants_json(as_json):
        print_json({"lost": [first, last]})
    else:
        OUT.print("Perte déclarée. Ce qui attendait est appliqué.")


def _say_package(report: PackageReport, as_json: bool) -> None:
    if options.wants_json(as_json):
        print_json(
            {
                "subject": report.subject,
                "territory": report.territory,
                "version": report.version,
                "sentences": list(report.sentences),
            }
        )
        return
    for sentence in report.sentences:
        OUT.print(sentence)


def _report(report: BatchReport) -> dict[str, Any]:
    return {
        "hash": report.hash,
        "file": report.file,
        "issuer": report.issuer,
        "added": report.added,
        "identical": report.identical,
        "conflicts": report.conflicts,
        "refused": report.refused,
        "waiting": report.waiting,
        "words": list(report.words),
        "sentences": list(report.sentences),
        "set_aside": report.set_aside,
    }


def _conflict(found: Conflict) -> dict[str, Any]:
    return {
        "kind": found.kind.value,
        "uai": found.uai,
        "year": found.year,
        "field": found.unit,
        "label": found.label,
        "before": found.before,
        "choices": [asdict(choice) for choice in found.choices],
    }


def _say_device(device: dict[str, Any], as_json: bool) -> None:
    if options.wants_json(as_json):
        print_json(device)
        return
    OUT.print(f"{device['label']} ({device['role']}, {device['office']}){NBSP}: {device['trust']}")
    OUT.print(f"Empreinte{NBSP}: {device['fingerprint']}")


def _say_batch(found: Any, as_json: bool) -> None:
    if options.wants_json(as_json):
        print_json({**asdict(found), "path": str(found.path)})
        return
    OUT.print(
        f"Lot de {found.issuer}{NBSP}: {plural(found.events, 'saisie')} de "
        f"{plural(found.journals, 'poste')}, {plural(found.attachments, 'pièce')}. {found.path}"
    )
