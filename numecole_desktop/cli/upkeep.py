"""Commands that look after a base: check, copy, put back, export; the sample base."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from numecole_desktop.cli import options, views
from numecole_desktop.cli.options import BaseOption, JsonOption
from numecole_desktop.cli.output import OK, REFUSED, answer, run
from numecole_desktop.domain.french import NBSP
from numecole_desktop.services.workspace import Workspace


def register(app: typer.Typer) -> None:
    """Add these commands to ``numecole``."""
    app.command("verifier")(verify)
    app.command("sauvegarder")(backup)
    app.command("restaurer")(restore)
    app.command("exporter")(export)
    app.command("demo")(demo)


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


def backup(
    target: Annotated[Path, typer.Argument(metavar="F")],
    code: Annotated[
        bool,
        typer.Option("--code", help="Afficher aussi le code de récupération, à noter."),
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
        *([f"Code de récupération{NBSP}: {secret}"] if secret else []),
    )


def restore(
    source: Annotated[Path, typer.Argument(metavar="F")],
    code: Annotated[
        str,
        typer.Option("--code", metavar="CODE", help="Code de récupération (autre poste)."),
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
