"""Settings of this base on this computer: they are not events and are never exchanged."""

from __future__ import annotations

from numecole_desktop.services.workspace import DEFAULT_OPERATOR, Workspace
from numecole_desktop.storage.settings import setting


def get(workspace: Workspace, key: str, default: str = "") -> str:
    """The setting ``key``, or ``default``."""
    return setting(workspace.base.connection, key, default)


def starting(workspace: Workspace, prefix: str) -> dict[str, str]:
    """Settings whose key starts with ``prefix``, which is left out."""
    rows = workspace.base.connection.execute(
        "SELECT substr(key, ?), value FROM setting WHERE substr(key, 1, ?) = ? ORDER BY key",
        (len(prefix) + 1, len(prefix), prefix),
    )
    return dict(rows)


def put(workspace: Workspace, key: str, value: str) -> None:
    """Keep a setting; the operator's code takes effect at once.

    Raises:
        Problem: the disk refuses.
    """
    with workspace.writing():
        workspace.base.connection.execute(
            "INSERT INTO setting (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
    if key == "operator":
        workspace.operator = value or DEFAULT_OPERATOR
