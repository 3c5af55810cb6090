"""Commands about signed batches (specification, part 5)."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table

from numecole_desktop.cli import options
from numecole_desktop.cli.options import BaseOption, JsonOption, UaiArgument, YearOption
from numecole_desktop.cli.output import OK, PARTIAL, answer, run, say_written
from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.problem import Problem

if TYPE_CHECKING:
    from numecole_desktop.services.batch_import import BatchReport
    from numecole_desktop.services.batches import BatchSummary
    from numecole_desktop.services.conflict_list import Conflict
    from numecole_desktop.services.reference_packages import PackageReport

app = typer.Typer(help="Lots signés.", no_args_is_help=True)

FileArgument = Annotated[Path, typer.Argument(metavar="F.json")]
LotArgument = Annotated[str, typer.Argument(metavar="LOT", help="Début de l’empreinte du lot.")]


@app.command("creer")
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


@app.command("verifier")
def check_batch(file: FileArgument, base: BaseOption = None, as_json: JsonOption = False) -> None:
    """Vérifier un lot sans rien changer."""
    from numecole_desktop.services import batches

    with options.workspace(base, create=False) as workspace:
        found = batches.check_batch(workspace, file)
    _say_batch(found, as_json)


@app.command("importer")
def import_batch(file: FileArgument, base: BaseOption = None, as_json: JsonOption = False) -> None:
    """Prendre un lot ou un paquet de référence : vérifié d’abord, puis en une fois."""
    from numecole_desktop.services import batch_import, reference_packages, signed_files
    from numecole_desktop.services.signed_files import FileSort

    with options.workspace(base, create=False) as workspace:
        if signed_files.recognise(workspace, file).sort is FileSort.REFERENCE:
            taken = run(reference_packages.take_in_package(workspace, file))
            answer(as_json, _package(taken), *taken.sentences)
            return
        report = run(batch_import.import_batch(workspace, file))
    answer(
        as_json,
        _report(report),
        batch_import.report_words(report),
        *(f"  {sentence}" for sentence in report.sentences),
        *([f"Reçu à lire au téléphone{NBSP}: {' '.join(report.words)}"] if report.words else []),
    )
    raise typer.Exit(PARTIAL if report.refused or report.set_aside else OK)


@app.command("paquet")
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
    say_written(as_json, path)


@app.command("annuler")
def undo_batch(lot: LotArgument, base: BaseOption = None, as_json: JsonOption = False) -> None:
    """Reprendre ce qu’un lot a apporté ; ce qui a changé depuis est gardé."""
    from numecole_desktop.services import conflict_list

    with options.workspace(base, create=False) as workspace:
        run(conflict_list.undo_batch(workspace, lot))
    answer(as_json, {"undone": lot}, "Lot annulé.")


@app.command("recu")
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
            if not batches.receipt_matches(workspace, lot, kid, words):
                raise Problem(
                    f"Ces mots ne sont pas ceux d’un lot pris en entier{NBSP}: demandez ce que dit "
                    f"son rapport, ou renvoyez le lot."
                )
            answer(as_json, {"complete": True}, "Le lot a été pris en entier.")
            return
        held = exchange_state.receipts(workspace)
    answer(
        as_json,
        [asdict(one) for one in held],
        *(f"{one.hash[:8]} de {one.label}{NBSP}: {one.words}" for one in held),
    )


@app.command("conflits")
def conflicts(
    uai: Annotated[str, typer.Argument(metavar="[UAI]")] = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lister les désaccords à trancher."""
    from numecole_desktop.services import conflict_list

    with options.workspace(base, create=False) as workspace:
        found = conflict_list.conflicts(workspace, uai)
    said: list[str | Table] = []
    for one in found:
        table = Table("N°", "Valeur", "Source", "Poste", "Note", "Effet")
        for place, choice in enumerate(one.choices, 1):
            table.add_row(
                str(place), choice.value, choice.source, choice.device, choice.note, choice.index
            )
        title = f"{one.uai} {one.school}, {one.year}, {one.label} (avant{NBSP}: {one.before})"
        said += [title, table]
    answer(as_json, [_conflict(c) for c in found], *said)


@app.command("arbitrer")
def settle(
    uai: UaiArgument,
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
    answer(as_json, {"left": len(left)}, f"Tranché. Désaccords restants{NBSP}: {len(left)}.")


@app.command("perdu")
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
        run(batch_import.declare_lost(workspace, journal, first, last, reason))
    answer(as_json, {"lost": [first, last]}, "Perte déclarée. Ce qui attendait est appliqué.")


def _package(report: PackageReport) -> dict[str, Any]:
    return {
        "subject": report.subject,
        "territory": report.territory,
        "version": report.version,
        "sentences": list(report.sentences),
    }


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


def _say_batch(found: BatchSummary, as_json: bool) -> None:
    answer(
        as_json,
        {**asdict(found), "path": str(found.path)},
        f"Lot de {found.issuer}{NBSP}: {plural(found.events, 'saisie')} de "
        f"{plural(found.journals, 'poste')}, {plural(found.attachments, 'pièce')}. {found.path}",
    )
