"""Reading of whose work the application holds (`resources/credits.toml`)."""

from __future__ import annotations

from numecole_desktop.domain.credits import Component, DataSource
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import read_toml

FILE = "credits.toml"


def load_credits(data: bytes, name: str) -> tuple[tuple[Component, ...], tuple[DataSource, ...]]:
    """Components without version, and sources, in the order of the file.

    ``name`` names the file in errors.

    Raises:
        RuleFileError: a key is unknown, missing or mistyped.
    """
    with read_toml(data, name) as top:
        components = tuple(
            Component(fields.text("name"), "", fields.text("licence"), fields.text("within"))
            for fields in top.tables("component")
        )
        sources = tuple(
            DataSource(fields.text("title"), fields.french("origin"), fields.text("licence"))
            for fields in top.tables("source")
        )
    return components, sources


def shipped_credits() -> tuple[tuple[Component, ...], tuple[DataSource, ...]]:
    """Those that are shipped."""
    return load_credits(resource(FILE).read_bytes(), FILE)
