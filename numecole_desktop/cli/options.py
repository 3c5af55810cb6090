"""Options that every command shares, given before or after the verb."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from numecole_desktop.domain.territory import LEVELS
from numecole_desktop.services.folders import default_base
from numecole_desktop.services.workspace import Workspace

BaseOption = Annotated[
    Path | None,
    typer.Option("--base", metavar="FICHIER", help="Base à utiliser (sinon NUMECOLE_BASE)."),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Un seul document JSON sur la sortie.")]
_YEAR = typer.Option("--annee", metavar="AAAA-AAAA", help="Année scolaire.")
YearOption = Annotated[str, _YEAR]
OptionalYear = Annotated[str | None, _YEAR]
_OUTPUT = typer.Option("-o", metavar="F.pdf", help="Fichier à écrire.")
OutputOption = Annotated[Path, _OUTPUT]
OptionalOutput = Annotated[Path | None, _OUTPUT]
FolderOption = Annotated[Path, typer.Option("-o", metavar="DOSSIER", help="Dossier à remplir.")]
UaiArgument = Annotated[str, typer.Argument(metavar="UAI")]
LevelArgument = Annotated[str, typer.Argument(metavar="TERRITOIRE", help=", ".join(LEVELS))]
CodeArgument = Annotated[str, typer.Argument(metavar="CODE")]
CirconscriptionOption = Annotated[
    str, typer.Option("--circonscription", metavar="CODE", help="Limiter à une circonscription.")
]
SimulateOption = Annotated[
    bool, typer.Option("--simulation", help="Dire ce qui changerait, sans rien changer.")
]

_state: dict[str, Path | bool | str] = {}


def remember(base: Path | None, as_json: bool, operator: str) -> None:
    """Keep the options given before the verb."""
    _state.clear()
    _state["json"] = as_json
    _state["operator"] = operator
    if base is not None:
        _state["base"] = base


@contextmanager
def workspace(base: Path | None, *, create: bool = True) -> Iterator[Workspace]:
    """The base that the command works on, closed at the end.

    Raises:
        Problem: it is missing (with ``create`` false), locked, damaged or without key.
    """
    operator = str(_state.get("operator", ""))
    with (
        Workspace.open(base or base_path(), operator=operator, create=create) as opened,
        opened.guarded(),
    ):
        yield opened


def base_path() -> Path:
    """The base named before the verb, else the default one."""
    chosen = _state.get("base")
    return chosen if isinstance(chosen, Path) else default_base()


def wants_json(here: bool) -> bool:
    """Whether ``--json`` was given, here or before the verb."""
    return here or bool(_state.get("json"))
