"""Commands that take a label application through its steps (rules 2.4)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from numecole_desktop.cli import label_views, options
from numecole_desktop.cli.label_entry import enter, pairs, read_day, whole_number
from numecole_desktop.cli.options import (
    BaseOption,
    JsonOption,
    SimulateOption,
    UaiArgument,
    YearOption,
)
from numecole_desktop.cli.output import OK, PARTIAL, answer
from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.label_steps import Decision
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.lookup import read_year
from numecole_desktop.services.workspace import Workspace

if TYPE_CHECKING:
    from numecole_desktop.services.label_opening import Dossier

app = typer.Typer(help="Dossiers de label.", no_args_is_help=True)

ValuesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="CHAMP=VALEUR",
        help=(
            "classes_projet, projet, projet_ecole (oui/non), accompagnement (oui/non), "
            "date_ecole, date_commune (AAAA-MM-JJ), referent_ecole, referent_commune, "
            "signataire_ecole, signataire_commune («\u00a0Nom;fonction;adresse\u00a0»). Une valeur "
            "vide efface."
        ),
    ),
]
ReasonsOption = Annotated[
    list[str] | None,
    typer.Option("--motif", metavar="CRITERE=TEXTE", help="Raison d’un avis qui diffère."),
]


@app.command("creer")
def create(
    uai: UaiArgument,
    year: YearOption,
    values: ValuesArgument = None,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Ouvrir le dossier d’une école pour une campagne."""
    from numecole_desktop.services import label_dossiers

    with options.workspace(base, create=False) as workspace:
        with workspace.writing():
            saved = label_dossiers.create(workspace, uai, read_year(year))
            enter(workspace, saved.dossier, values or [])
        _show(workspace, uai, year, as_json)


@app.command("modifier")
def edit(
    uai: UaiArgument,
    year: YearOption,
    values: ValuesArgument = None,
    attach: Annotated[
        list[Path] | None, typer.Option("--joindre", metavar="FICHIER", help="PDF ou photo.")
    ] = None,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Remplir ou corriger un dossier en brouillon."""
    from numecole_desktop.services import label_opening, label_people

    with options.workspace(base, create=False) as workspace:
        with workspace.writing():
            dossier = label_opening.open_dossier(workspace, uai, read_year(year))
            enter(workspace, dossier, values or [])
            for path in attach or []:
                dossier = label_opening.open_dossier(workspace, uai, read_year(year))
                label_people.attach(workspace, dossier, path)
        _show(workspace, uai, year, as_json)


@app.command("deposer")
def submit(
    uai: UaiArgument,
    year: YearOption,
    values: ValuesArgument = None,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Déposer un dossier, quand l’école et la commune ont donné leur accord."""
    from numecole_desktop.services import label_dossiers

    def act(workspace: Workspace, dossier: Dossier) -> None:
        enter(workspace, dossier, values or [])
        label_dossiers.submit(workspace, dossier)

    _step(act, uai, year, base, as_json)


@app.command("examiner")
def examine(
    uai: UaiArgument,
    year: YearOption,
    opinion: Annotated[
        list[str] | None,
        typer.Option(
            "--avis", metavar="CRITERE=NIVEAU", help="Les autres critères gardent leur calcul."
        ),
    ] = None,
    reasons: ReasonsOption = None,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Donner l’avis de la circonscription."""
    from numecole_desktop.services import label_dossiers

    levels = {key: whole_number(key, text) for key, text in pairs(opinion or [])}
    why = dict(pairs(reasons or []))
    _step(lambda w, d: label_dossiers.examine(w, d, levels, why), uai, year, base, as_json)


@app.command("decider")
def decide(
    uais: Annotated[list[str], typer.Argument(metavar="UAI…")],
    year: YearOption,
    level: Annotated[
        int | None,
        typer.Option("--niveau", metavar="N", help="0 pour un refus. Sinon, suivre l’avis."),
    ] = None,
    refusal: Annotated[bool, typer.Option("--refus", help="Refuser le label.")] = False,
    day: Annotated[
        str, typer.Option("--date", metavar="AAAA-MM-JJ", help="Sinon, aujourd’hui.")
    ] = "",
    reason: Annotated[str, typer.Option("--motif", help="Raison, si elle diffère de l’avis.")] = "",
    simulate: SimulateOption = False,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Décider du label d’une ou de plusieurs écoles."""
    from numecole_desktop.services import label_lists, label_opening

    if refusal and level:
        raise Problem(f"Donnez --niveau ou --refus{NBSP}: l’un ou l’autre.")
    chosen = read_year(year)
    with options.workspace(base, create=False) as workspace:
        decided_on = read_day("--date", day) if day else workspace.clock().date()
        decisions = {}
        for uai in uais:
            dossier = label_opening.open_dossier(workspace, uai, chosen)
            followed = dossier.application.opinion_level if dossier.application else None
            given = 0 if refusal else level
            if given is None:
                given = followed or 0
            decisions[dossier.school.uai] = Decision(given, decided_on, reason)
        report = label_lists.decide_together(workspace, chosen, decisions, simulate=simulate)
        if not report.taken:
            raise Problem(" ".join(report.outcomes[0].problems) if report.outcomes else "")
        if len(uais) == 1 and not simulate:
            _show(workspace, uais[0], year, as_json)
            return
    answer(
        as_json,
        [label_views.outcome(o) for o in report.outcomes],
        *map(label_views.outcome_words, report.outcomes),
    )
    raise typer.Exit(OK if len(report.taken) == len(decisions) else PARTIAL)


@app.command("attester")
def attest(
    uai: UaiArgument,
    year: YearOption,
    output: Annotated[
        Path | None, typer.Option("-o", metavar="F.pdf", help="Écrire l’attestation.")
    ] = None,
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Établir l’attestation d’un label décidé ; la réécrire si elle l’est déjà."""
    from numecole_desktop.services import label_documents, label_dossiers, label_opening

    with options.workspace(base, create=False) as workspace:
        with workspace.writing():
            dossier = label_opening.open_dossier(workspace, uai, read_year(year))
            if dossier.state is not State.ATTESTED or output is None:
                label_dossiers.attest(workspace, dossier)
            if output is not None:
                label_documents.write_certificate(workspace, uai, read_year(year), output)
        _show(workspace, uai, year, as_json, written=output)


@app.command("retirer")
def withdraw(
    uai: UaiArgument,
    year: YearOption,
    reason: Annotated[str, typer.Option("--motif")] = "",
    base: BaseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Retirer un dossier qui n’est pas décidé."""
    from numecole_desktop.services import label_dossiers

    _step(lambda w, d: label_dossiers.withdraw(w, d, reason), uai, year, base, as_json)


@app.command("reprendre")
def revert(
    uai: UaiArgument, year: YearOption, base: BaseOption = None, as_json: JsonOption = False
) -> None:
    """Revenir à l’étape précédente d’un dossier."""
    from numecole_desktop.services import label_dossiers

    _step(label_dossiers.revert, uai, year, base, as_json)


@app.command("montrer")
def show(
    uai: UaiArgument, year: YearOption, base: BaseOption = None, as_json: JsonOption = False
) -> None:
    """Montrer un dossier : critères, niveau calculé, ce qui le ferait monter, étapes."""
    with options.workspace(base, create=False) as workspace:
        _show(workspace, uai, year, as_json)


def _step(
    act: Callable[[Workspace, Dossier], object],
    uai: str,
    year: str,
    base: Path | None,
    as_json: bool,
) -> None:
    """Take a step of a dossier, whole or not at all, and show where it stands."""
    from numecole_desktop.services import label_opening

    with options.workspace(base, create=False) as workspace:
        with workspace.writing():
            act(workspace, label_opening.open_dossier(workspace, uai, read_year(year)))
        _show(workspace, uai, year, as_json)


def _show(
    workspace: Workspace, uai: str, year: str, as_json: bool, *, written: Path | None = None
) -> None:
    from numecole_desktop.services import label_opening

    dossier = label_opening.open_dossier(workspace, uai, read_year(year))
    answer(
        as_json,
        {**label_views.dossier(dossier), **({"written": [str(written)]} if written else {})},
        *label_views.dossier_words(dossier),
        *([f"Écrit{NBSP}: {written}"] if written else []),
    )
