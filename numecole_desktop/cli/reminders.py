"""Commands for the campaign: whom to remind and in which words, what town halls are given."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from numecole_desktop.cli import options
from numecole_desktop.cli.options import BaseOption, JsonOption, YearOption
from numecole_desktop.cli.output import ERR, OK, OUT, PARTIAL, print_json, run
from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.territory import LEVELS
from numecole_desktop.services.lookup import read_year

LevelArgument = Annotated[str, typer.Argument(metavar="TERRITOIRE", help=", ".join(LEVELS))]
CodeArgument = Annotated[str, typer.Argument(metavar="CODE")]
FolderOption = Annotated[Path, typer.Option("-o", metavar="DOSSIER", help="Dossier à remplir.")]


def register(app: typer.Typer, profile_app: typer.Typer) -> None:
    """Add these commands to ``numecole`` and to ``numecole profil``."""
    app.command("relancer")(remind)
    profile_app.command("mairies")(town_halls)


def remind(
    level: LevelArgument,
    code: CodeArgument,
    year: YearOption,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lister les écoles qui n’ont pas déclaré, avec le message à leur envoyer."""
    from numecole_desktop.domain.chasing import compose
    from numecole_desktop.services import chasing, territories
    from numecole_desktop.services.territory_pages import Scope, to_remind

    chosen = read_year(year)
    with options.workspace(base, create=False) as workspace:
        found = territories.find_territory(workspace, level, code)
        lines = to_remind(workspace, Scope(level, found.code), chosen)
        chase = chasing.chase(workspace, [line.uai for line in lines], chosen)
    letter = compose(
        chase.wording.of(len(chase.schools)),
        chase.schools,
        chosen,
        chase.closing,
        chase.today,
    )
    if options.wants_json(as_json):
        schools = [asdict(school) for school in chase.schools]
        print_json({"schools": schools, "subject": letter.subject, "body": letter.body})
        return
    table = Table("UAI", "École", "Commune", "Dernière déclaration")
    for school in chase.schools:
        table.add_row(school.uai, school.name, school.commune, school.last)
    OUT.print(table)
    if chase.schools:
        OUT.print(f"Objet{NBSP}: {letter.subject}\n", markup=False)
        OUT.print(letter.body, markup=False, soft_wrap=True)


def town_halls(
    level: LevelArgument,
    code: CodeArgument,
    year: YearOption,
    folder: FolderOption,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Produire le profil de chaque commune d’un territoire ; d’une commune, ceux de ses écoles."""
    from numecole_desktop.services.town_halls import write_town_hall_profiles

    with options.workspace(base, create=False) as workspace:
        job = write_town_hall_profiles(workspace, level, code, read_year(year), folder)
        report = run(job)
    if options.wants_json(as_json):
        failed = [{"subject": subject, "message": why} for subject, why in report.failed]
        print_json({"written": [str(path) for path in report.written], "failed": failed})
    else:
        count = plural(len(report.written), "profil écrit", "profils écrits")
        OUT.print(f"{count} dans {folder}")
        for subject, why in report.failed:
            ERR.print(f"{subject}{NBSP}: {why}")
    raise typer.Exit(PARTIAL if report.failed else OK)
