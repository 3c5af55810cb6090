"""Commands for the campaign: whom to remind and in which words, what town halls are given."""

from __future__ import annotations

from dataclasses import asdict

import typer
from rich.table import Table

from numecole_desktop.cli import options
from numecole_desktop.cli.options import (
    BaseOption,
    CodeArgument,
    FolderOption,
    JsonOption,
    LevelArgument,
    YearOption,
)
from numecole_desktop.cli.output import answer, run, say_profiles
from numecole_desktop.domain.french import NBSP
from numecole_desktop.services.lookup import read_year


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
    table = Table("UAI", "École", "Commune", "Dernière déclaration")
    for school in chase.schools:
        table.add_row(school.uai, school.name, school.commune, school.last)
    schools = [asdict(school) for school in chase.schools]
    answer(
        as_json,
        {"schools": schools, "subject": letter.subject, "body": letter.body},
        table,
        *((f"Objet{NBSP}: {letter.subject}\n", letter.body) if schools else ()),
    )


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
    say_profiles(as_json, report, folder, "subject")
