"""Settings of a base, as texts by key."""

from __future__ import annotations

from sqlcipher3 import dbapi2 as sqlite


def setting(connection: sqlite.Connection, key: str, default: str = "") -> str:
    """The setting ``key``, or ``default``."""
    row = connection.execute("SELECT value FROM setting WHERE key = ?", (key,)).fetchone()
    return default if row is None else str(row[0])
