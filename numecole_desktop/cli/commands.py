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
    directory,
    exchange,
    label_documents,
    labels,
    options,
    reminders,
    territories,
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
    REFUSED,
    answer,
    interruptions_restored,
    leave,
    print_json,
    refuse,
    run,
    say_profiles,
    speak_any_text,
)
from numecole_desktop.cli.settings import settings
from numecole_desktop.domain.french import NBSP, known
from numecole_desktop.domain.own_territory import of_circonscription
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.lookup import find_school, read_year
from numecole_desktop.services.workspace import Workspace

app = typer.Typer(
    help="Numécole en ligne de commande : déclarations, indices et profils des écoles.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
profile_app = typer.Typer(help="Profils en PDF.", no_args_is_help=True)
app.add_typer(profile_app, name="profil")
app.command("reglages")(settings)
app.add_typer(labels.app, name="label")
label_documents.register(labels.app)
directory.register(exchange.device_app)
app.add_typer(exchange.device_app, name="poste")
app.add_typer(exchange.batch_app, name="lot")
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
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Importer un fichier CSV, XLSX ou ODS."""
    from numecole_desktop.services import maintenance
    from numecole_desktop.services.importing import run_import

    chosen = read_year(year) if year else None
    path = base or options.base_path()
    created = not path.exists()
    with options.workspace(path) as workspace:
        try:
            report = run(run_import(workspace, kind, file, year=chosen, simulate=simulate))
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
    note: Annotated[str, typer.Option("--note", help="Raison de la confirmation.")] = "",
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


@app.command("verifier")
def verify(
    rebuild: Annotated[
        bool, typer.Option("--reconstruire", help="Recalculer l’état depuis le journal d’abord.")
    ] = False,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Vérifier l’intégrité de la base, du journal et de l’état."""
    from numecole_desktop.services import maintenance

    with options.workspace(base, create=False) as workspace:
        if rebuild:
            maintenance.rebuild(workspace)
        report = run(maintenance.verify(workspace))
    answer(as_json, {"ok": report.ok, "lines": list(report.lines)}, *report.lines)
    raise typer.Exit(OK if report.ok else REFUSED)


@app.command("sauvegarder")
def backup(
    target: Annotated[Path, typer.Argument(metavar="F")],
    code: Annotated[
        bool, typer.Option("--code", help="Afficher aussi le code de secours, à noter sur papier.")
    ] = False,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copier la base entière dans un fichier, vérifié."""
    from numecole_desktop.services import maintenance

    with options.workspace(base, create=False) as workspace:
        path = run(maintenance.backup(workspace, target))
        secret = maintenance.recovery_code(workspace) if code else ""
    answer(
        as_json,
        {"file": str(path), **({"recovery_code": secret} if secret else {})},
        f"Sauvegarde écrite et relue{NBSP}: {path}",
        *([f"Code de secours{NBSP}: {secret}"] if secret else []),
    )


@app.command("restaurer")
def restore(
    source: Annotated[Path, typer.Argument(metavar="F")],
    code: Annotated[
        str, typer.Option("--code", metavar="CODE", help="Code de secours, sur un autre poste.")
    ] = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remettre une sauvegarde à la place de la base, qui est gardée à côté."""
    from numecole_desktop.services import maintenance

    target = base or options.base_path()
    kept = run(maintenance.restore(source, target, code))
    answer(
        as_json,
        {"base": str(target), "kept": str(kept) if kept else None},
        f"Base restaurée{NBSP}: {target}",
        *([f"L’ancienne base est gardée{NBSP}: {kept}"] if kept else []),
    )


@app.command("exporter")
def export(
    fmt: Annotated[str, typer.Argument(metavar="FORMAT", help="csv, xlsx, sqlite ou json.")],
    folder: Annotated[Path, typer.Argument(metavar="DOSSIER")],
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Exporter l’annuaire et les déclarations dans un format ouvert."""
    from numecole_desktop.services import exporting

    with options.workspace(base, create=False) as workspace:
        files = run(exporting.export(workspace, fmt, folder))
    answer(as_json, {"files": [str(f) for f in files]}, *(f"Écrit{NBSP}: {file}" for file in files))


@app.command("demo")
def demo(
    folder: Annotated[Path | None, typer.Argument(metavar="[DOSSIER]")] = None,
    with_profiles: Annotated[
        bool, typer.Option("--profils", help="Produire aussi le profil de chaque école.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Construire la base d’exemple et dire ce qu’il y a à regarder."""
    from numecole_desktop.services import demo as sample
    from numecole_desktop.services import profiles

    path = run(sample.build_demo(folder))
    profile_folder = path.parent / "profils"
    if with_profiles:
        with Workspace.open(path, create=False) as workspace:
            run(profiles.write_all_profiles(workspace, sample.YEAR, profile_folder))
    document = {
        "base": str(path),
        "school": sample.SCHOOL_TO_SEE,
        "year": str(sample.YEAR),
        "profiles": str(profile_folder) if with_profiles else None,
    }
    answer(as_json, document, *views.demo_words(document))


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
        except Exception as problem:  # noqa: BLE001 - no traceback reaches a user
            refuse(problem)
        leave(code)
