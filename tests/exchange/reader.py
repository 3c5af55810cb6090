"""The office that reads the published vectors, as a real base with the directory of devices."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.services import devices, settings, trusted
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.sync.roots import roots_file
from tests.conftest import fixed_clock
from tests.sync.support import (
    OFFICE,
    SCHOOLS,
    directory_file,
    key,
    part_file,
    roots,
    statement,
)

Tables = dict[str, list[tuple[Any, ...]]]


def office(path: Path, *, told: bool = True) -> Workspace:
    """The base of the office, whose key is in the directory, which it holds when ``told``."""
    workspace = Workspace.open(path, operator="bureau", clock=fixed_clock)
    workspace.record(
        RecordKind.SCHOOL,
        ("uai", "name", "circonscription_code"),
        [(uai, f"École {uai}", OFFICE) for uai in SCHOOLS],
        source=Source.IMPORTED,
    )
    key_path = devices._key_path(workspace)
    devices._save_key(key_path, workspace, key("circo"))
    with workspace.writing():
        for name, value in (("label", "Bureau"), ("role", "circonscription"), ("office", OFFICE)):
            settings.put(workspace, f"device_{name}", value)
    if told:
        learn(workspace, path.parent)
    return workspace


def learn(workspace: Workspace, folder: Path) -> None:
    """Receive the root keys, the directory of devices and a delegated part."""
    for name, data, typed in (
        ("racines.json", roots_file([statement()]), roots().fingerprint),
        ("annuaire.json", directory_file(), ""),
        ("partie.json", part_file(), ""),
    ):
        path = folder / name
        path.write_bytes(data)
        trusted.receive_trust(workspace, path, typed)


def tables(workspace: Workspace) -> Tables:
    """Every row of every table."""
    connection = workspace.base.connection
    names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: sorted(connection.execute(f"SELECT * FROM {name}").fetchall(), key=repr)
        for (name,) in names
    }
