"""The sample base: real schools of Aude and Lozère, invented declarations."""

from __future__ import annotations

from importlib.resources import as_file
from pathlib import Path

from numecole_desktop.domain.french import NBSP
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services.demo_dossiers import add_dossiers
from numecole_desktop.services.folders import BASE_SUFFIX, demo_base
from numecole_desktop.services.importing import run_import
from numecole_desktop.services.maintenance import give_up_if_empty
from numecole_desktop.services.workspace import Job, Progress, Workspace

YEAR = SchoolYear(2023)
"""The year that the sample is about."""

SCHOOL_TO_SEE = "0110160P"
"""A school of the sample whose profile shows most of what there is to see."""

_FILES = (
    ("annuaire", "demo/annuaire.csv"),
    ("declarations", "demo/declarations.csv"),
    ("ent-conventions", "demo/ent_conventions.csv"),
    ("ent-periodes", "demo/ent_periodes.csv"),
    ("ent-classes", "demo/ent_classes.csv"),
    ("gar", "demo/gar.csv"),
    ("labels", "demo/labels.csv"),
)


def demo_path(folder: Path | None) -> Path:
    """Where the sample base is, in ``folder`` or in this account's data."""
    return folder / f"exemple{BASE_SUFFIX}" if folder else demo_base()


def build_demo(folder: Path | None = None) -> Job[Path]:
    """Build the sample base, or find it already built; the generator's return is its path.

    A base is never replaced: edits made in the sample stay. Closing the generator before its end
    leaves nothing of a sample that was being built.

    Raises:
        Problem: the folder cannot be written, or another instance holds the base.
    """
    path = demo_path(folder)
    created = not path.exists()
    yield Progress(0, 0, "Ouverture de l’exemple")
    workspace = Workspace.open(path)
    try:
        if not workspace.sample:
            if workspace.base.connection.execute("SELECT 1 FROM school LIMIT 1").fetchone():
                raise Problem(
                    f"{path} est une base de travail, pas l’exemple{NBSP}: choisissez un autre "
                    f"dossier."
                )
            with workspace.writing():
                workspace.base.connection.execute(
                    "INSERT INTO meta (key, value) VALUES ('sample', '1')"
                )
                for kind, name in _FILES:
                    with as_file(resource(name)) as file:
                        yield from run_import(workspace, kind, file)
                add_dossiers(workspace, YEAR)
    finally:
        if created:
            give_up_if_empty(workspace)
        else:
            workspace.close()
    return path
