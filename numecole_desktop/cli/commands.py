"""``numecole``: the headless twin of the window (contract: specification, part 4.1).

Messages are French and go to stderr with ``--json``, which alone writes on stdout. Exit codes:
0 done, 2 refused and nothing changed, 3 done in part.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from numecole_desktop import __version__
from numecole_desktop.cli import (
    batches,
    devices,
    directory,
    label_documents,
    label_lists,
    labels,
    options,
    reminders,
    territories,
    upkeep,
    views,
)
from numecole_desktop.cli.help import speak_french
from numecole_desktop.cli.options import (
    BaseOption,
    CirconscriptionOption,
    JsonOption,
    OptionalOutput,
    OptionalYear,
    SimulateOption,
    UaiArgument,
    YearOption,
)
from numecole_desktop.cli.output import (
    OK,
    OUT,
    PARTIAL,
    answer,
    interruptions_restored,
    leave,
    print_json,
    refuse,
    run,
    say_no_more,
    say_profiles,
    speak_any_text,
)
from numecole_desktop.cli.settings import settings
from numecole_desktop.domain.french import NBSP, known
from numecole_desktop.domain.own_territory import of_circonscription
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.lookup import find_school, read_year

app = typer.Typer(
    help="Numécole en ligne de commande\u00a0: déclarations, indices et profils des écoles.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
profile_app = typer.Typer(help="Profils en PDF.", no_args_is_help=True)
app.add_typer(profile_app, name="profil")
app.command("reglages")(settings)
app.add_typer(labels.app, name="label")
label_lists.register(labels.app)
label_documents.register(labels.app)
directory.register(devices.app)
app.add_typer(devices.app, name="poste")
app.add_typer(batches.app, name="lot")
territories.register(app, profile_app)
reminders.register(app, profile_app)


@app.callback()
def common(
    base: BaseOption = None,
    as_json: JsonOption = False,
    operator: Annotated[
        str, typer.Option("--operateur", help="Code de la personne qui saisit.")
    ] = "",
) -> None:
    """Options communes à toutes les commandes ; elles se donnent avant ou après le verbe."""
    options.remember(base, as_json, operator)


@app.command("importer")
def import_file(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="SORTE",
            help="annuaire, effectifs, declarations, ent-conventions, ent-periodes, ent-classes, "
            "gar ou labels.",
        ),
    ],
    file: Annotated[Path, typer.Argument(metavar="FICHIER")],
    year: OptionalYear = None,
    simulate: SimulateOption = False,
    columns: Annotated[
        list[str] | None,
        typer.Option(
            "--colonne",
            metavar="EN-TETE=COLONNE",
            help="Ce qu’est une colonne du fichier (retenu pour les mêmes en-têtes).",
        ),
    ] = None,
    sheet: Annotated[str, typer.Option("--feuille", help="Feuille du classeur à lire.")] = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Importer un fichier CSV, XLSX ou ODS."""
    from numecole_desktop.services import maintenance
    from numecole_desktop.services.import_columns import chosen_columns
    from numecole_desktop.services.importing import run_import

    chosen = read_year(year) if year else None
    path = base or options.base_path()
    created = not path.exists()
    with options.workspace(path) as workspace:
        try:
            mapping = chosen_columns(workspace, kind, columns) if columns else None
            report = run(
                run_import(
                    workspace,
                    kind,
                    file,
                    year=chosen,
                    simulate=simulate,
                    mapping=mapping,
                    sheet=sheet,
                )
            )
        finally:
            if created:
                maintenance.give_up_if_empty(workspace)
    answer(as_json, views.import_report(report), *views.import_words(report))
    raise typer.Exit(PARTIAL if report.refused else OK)


@app.command("saisir")
def enter(
    uai: UaiArgument,
    year: YearOption,
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="CODE=VALEUR", help="Par exemple A1=5 D1=ROBOTIQUE."),
    ] = None,
    submit: Annotated[bool, typer.Option("--valider", help="Valider la déclaration.")] = False,
    confirm: Annotated[
        list[str] | None,
        typer.Option("--confirmer", metavar="CONTROLE", help="Confirmer un contrôle souple."),
    ] = None,
    note: Annotated[
        str, typer.Option("--note", help="Motif d’une confirmation ou d’un choix.")
    ] = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Saisir ou corriger une déclaration, comme le formulaire."""
    from numecole_desktop.services import declarations, entry

    with options.workspace(base, create=False) as workspace:
        try:
            entry.enter(
                workspace,
                find_school(workspace, uai).uai,
                read_year(year),
                values or [],
                confirm=confirm or [],
                note=note,
                submit=submit,
            )
        except declarations.Refused as refusal:
            if options.wants_json(as_json):
                print_json(
                    {
                        "error": str(refusal),
                        "findings": [views.finding(f) for f in refusal.findings],
                    }
                )
            raise
        page = views.school_page(workspace, uai, read_year(year))
    answer(as_json, page, *views.entry_words(page))


@app.command("ecole")
def show_school(
    uai: UaiArgument,
    year: YearOption,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Montrer une école : réponses, indice et pourquoi, constats, historique."""
    with options.workspace(base, create=False) as workspace:
        page = views.school_page(workspace, uai, read_year(year))
    answer(as_json, page, *views.school_words(page))


@app.command("indices")
def indices(
    year: YearOption,
    circonscription: CirconscriptionOption = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lister les indices des écoles publiques."""
    from numecole_desktop.services.schools import index_rows

    with options.workspace(base, create=False) as workspace:
        rows = index_rows(workspace, read_year(year), circonscription)
    table = Table("UAI", "Classes", "Socle enseignant", "Socle élèves", "Indice")
    for row in rows:
        figures = (row.classes, row.teacher, row.pupil, row.equipment_index)
        table.add_row(row.uai, *map(known, figures))
    answer(as_json, [asdict(row) for row in rows], table)


@profile_app.command("ecole")
def school_profile(
    uai: Annotated[str | None, typer.Argument(metavar="UAI")] = None,
    year: YearOption = "",
    output: OptionalOutput = None,
    everything: Annotated[
        Path | None, typer.Option("--toutes", metavar="DOSSIER", help="Un PDF par école publique.")
    ] = None,
    circonscription: CirconscriptionOption = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Produire le profil d’une école, ou de toutes."""
    from numecole_desktop.services import profiles

    chosen = read_year(year)
    if (uai is None) == (everything is None) or (uai is not None and output is None):
        raise Problem(
            f"Donnez un UAI avec -o FICHIER.pdf, ou --toutes DOSSIER{NBSP}: l’un ou l’autre."
        )
    with options.workspace(base, create=False) as workspace:
        if everything is not None:
            report = run(
                profiles.write_all_profiles(
                    workspace, chosen, everything, within=of_circonscription(circonscription)
                )
            )
        else:
            school = find_school(workspace, uai or "")
            path = profiles.write_profile(workspace, school.uai, chosen, output or Path())
            report = profiles.WrittenProfiles([path], [])
    say_profiles(as_json, report, everything or report.written[0], "uai")


upkeep.register(app)


@app.command("version")
def version() -> None:
    """Afficher la version."""
    OUT.print(__version__)


def main() -> None:
    """Entry point: every refusal is a French sentence and exit code 2, never a traceback."""
    speak_any_text()
    speak_french()
    with interruptions_restored():
        try:
            code = app(prog_name="numecole", standalone_mode=False)
            sys.stdout.flush()
        except (BrokenPipeError, SystemExit):
            say_no_more()  # nobody reads the rest of the help any more
            code = OK
        except Exception as problem:  # noqa: BLE001 - no traceback reaches a user
            refuse(problem)
        leave(code)
