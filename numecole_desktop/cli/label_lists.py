"""Commands that list: dossiers of a campaign, renewals ahead, persons whom dossiers name."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from numecole_desktop.cli import label_views, options
from numecole_desktop.cli.options import BaseOption, CirconscriptionOption, JsonOption, YearOption
from numecole_desktop.cli.output import answer
from numecole_desktop.domain.french import NBSP, known, plural, quoted
from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.lookup import read_year


def register(app: typer.Typer) -> None:
    """Add these commands to ``numecole label``."""
    app.command("liste")(dossiers)
    app.command("previsions")(forecast)
    app.command("personnes")(people)


def dossiers(
    year: YearOption,
    state: Annotated[
        str, typer.Option("--etat", metavar="ETAT", help=", ".join(s.label for s in State))
    ] = "",
    commune: Annotated[
        str, typer.Option("--commune", metavar="COMMUNE", help="Code INSEE ou nom.")
    ] = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Lister les dossiers d’une campagne."""
    from numecole_desktop.services import label_lists

    with options.workspace(base, create=False) as workspace:
        rows = label_lists.dossier_rows(workspace, read_year(year), _state(state), commune)
    table = Table("UAI", "École", "Commune", "État", "Niveau calculé", "Avis", "Décision")
    for row in rows:
        levels = map(known, (row.level, row.opinion, row.decision))
        table.add_row(row.uai, row.name, row.commune, row.state.label, *levels)
    answer(as_json, [label_views.row(r) for r in rows], table, plural(len(rows), "dossier"))


def forecast(
    year: YearOption,
    circonscription: CirconscriptionOption = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Prévoir les renouvellements : labels qui finissent, niveaux qui changeraient."""
    from numecole_desktop.domain.own_territory import of_circonscription
    from numecole_desktop.services import label_forecast

    with options.workspace(base, create=False) as workspace:
        lines = label_forecast.forecast(
            workspace, read_year(year), of_circonscription(circonscription)
        )
    table = Table("UAI", "École", "Commune", "Label", "Jusqu’à", "Aujourd’hui", "Prévision")
    for line in lines:
        held = map(known, (line.label, line.ends, line.today))
        table.add_row(line.uai, line.school, line.commune, *held, line.outlook.label)
    answer(as_json, [label_views.forecast_line(line) for line in lines], table)


def people(
    search: Annotated[str, typer.Argument(metavar="NOM")] = "",
    erase: Annotated[
        str, typer.Option("--effacer", metavar="REF", help="Effacer cette personne.")
    ] = "",
    file: Annotated[
        Path | None,
        typer.Option("--exporter", metavar="FICHIER", help="Écrire ce qui est gardé (JSON)."),
    ] = None,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Chercher les personnes nommées dans les dossiers, et les effacer à leur demande."""
    from numecole_desktop.services import label_people, personal_data

    with options.workspace(base, create=False) as workspace:
        if erase:
            label_people.erase(workspace, erase)
        found = label_people.held_people(workspace, search)
        if file is not None:
            personal_data.export_people(workspace, {person.ref for person in found}, file)
        documents = [personal_data.person_document(workspace, person) for person in found]
    answer(as_json, documents, *map(label_views.person_words, found))


def _state(text: str) -> State | None:
    if not text:
        return None
    for state in State:
        if text.lower() in (state.value, state.label):
            return state
    known = ", ".join(s.label for s in State)
    raise Problem(f"L’état {quoted(text)} n’existe pas{NBSP}: les états sont {known}.")
