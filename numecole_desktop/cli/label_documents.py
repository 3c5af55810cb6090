"""Commands that write the documents of the label: summary to sign, decisions, letter."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from numecole_desktop.cli import options
from numecole_desktop.cli.options import (
    BaseOption,
    CirconscriptionOption,
    JsonOption,
    OptionalOutput,
    OutputOption,
    UaiArgument,
    YearOption,
)
from numecole_desktop.cli.output import say_written
from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.lookup import read_year


def register(app: typer.Typer) -> None:
    """Add these commands to ``numecole label``."""
    app.command("dossier")(dossier)
    app.command("decisions")(decisions)
    app.command("courrier")(letter)


def dossier(
    uai: UaiArgument,
    year: YearOption,
    output: OutputOption,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Écrire le résumé d’un dossier, à signer par l’école et la commune."""
    from numecole_desktop.services.label_documents import write_dossier

    with options.workspace(base, create=False) as workspace:
        path = write_dossier(workspace, uai, read_year(year), output)
    say_written(as_json, path)


def decisions(
    year: YearOption,
    output: OptionalOutput = None,
    table: Annotated[
        Path | None, typer.Option("--csv", metavar="F.csv", help="La même liste en tableau.")
    ] = None,
    circonscription: CirconscriptionOption = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Écrire la liste des dossiers déposés, pour la commission."""
    from numecole_desktop.services import label_documents

    if output is None and table is None:
        raise Problem(f"Donnez le fichier à écrire{NBSP}: -o F.pdf, --csv F.csv, ou les deux.")
    chosen = read_year(year)
    written = []
    with options.workspace(base, create=False) as workspace:
        if output is not None:
            written.append(
                label_documents.write_decisions(workspace, chosen, output, circonscription)
            )
        if table is not None:
            written.append(
                label_documents.write_decisions_table(workspace, chosen, table, circonscription)
            )
    say_written(as_json, *written)


def letter(
    commune: Annotated[str, typer.Argument(metavar="COMMUNE", help="Code INSEE ou nom.")],
    year: YearOption,
    output: OutputOption,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Écrire le courrier qui annonce à une commune les décisions prises pour ses écoles."""
    from numecole_desktop.services.label_documents import write_letter

    with options.workspace(base, create=False) as workspace:
        path = write_letter(workspace, commune, read_year(year), output)
    say_written(as_json, path)
