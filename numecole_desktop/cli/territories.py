"""Commands about territories: figures, profiles, yearly report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

import typer
from rich.table import Table

from numecole_desktop.cli import options
from numecole_desktop.cli.options import (
    BaseOption,
    CodeArgument,
    JsonOption,
    LevelArgument,
    OutputOption,
    YearOption,
)
from numecole_desktop.cli.output import answer, run, say_written
from numecole_desktop.cli.views import SAMPLE
from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.territory import LEVELS
from numecole_desktop.services.lookup import read_year


def register(app: typer.Typer, profile_app: typer.Typer) -> None:
    """Add these commands to ``numecole`` and to ``numecole profil``."""
    app.command("territoire")(territory)
    app.command("etat")(yearly_report)
    for level in LEVELS:
        profile_app.command(level, help=f"Produire le profil ({level}) d’un territoire.")(
            _profile(level)
        )


def territory(
    level: LevelArgument,
    code: CodeArgument,
    year: YearOption,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Donner les chiffres d’un territoire."""
    from numecole_desktop.services.figure_words import figure_groups
    from numecole_desktop.services.territories import (
        find_territory,
        territory_document,
        territory_figures,
    )

    chosen = read_year(year)
    with options.workspace(base, create=False) as workspace:
        document = territory_document(workspace, level, code, chosen)
        found = find_territory(workspace, level, code)
        groups = figure_groups(territory_figures(workspace, level, found.code, chosen), ())
    table = Table("Chiffre", "Nombre", "Part", title=f"{found.kind} {found.name}, {chosen}")
    for group in groups:
        for line in group.lines:
            share = "" if line.percent is None else f"{line.percent}{NBSP}% des {line.base}"
            table.add_row(line.label, line.text, share)
    sample = [SAMPLE] if document["sample"] else []
    answer(as_json, document, *sample, table)


def yearly_report(
    academy: Annotated[str, typer.Argument(metavar="ACADEMIE")],
    year: YearOption,
    output: OutputOption,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Produire l’état annuel du numérique d’une académie, une page par circonscription."""
    from numecole_desktop.services.yearly_report import write_report

    with options.workspace(base, create=False) as workspace:
        path = run(write_report(workspace, academy, read_year(year), output))
    say_written(as_json, path)


def _profile(level: str) -> Callable[..., None]:
    def profile(
        code: CodeArgument,
        year: YearOption,
        output: OutputOption,
        base: BaseOption = None,
        as_json: JsonOption = False,
    ) -> None:
        from numecole_desktop.services.territory_profiles import write_profile

        with options.workspace(base, create=False) as workspace:
            path = write_profile(workspace, level, code, read_year(year), output)
        say_written(as_json, path)

    return profile
