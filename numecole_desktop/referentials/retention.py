"""Reading of what is kept about persons (`resources/retention.toml`)."""

from __future__ import annotations

from numecole_desktop.domain.retention import Retention
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import read_toml

FILE = "retention.toml"


def load_retention(data: bytes, name: str) -> tuple[Retention, ...]:
    """The categories in the order of the file; ``name`` names the file in errors.

    Raises:
        RuleFileError: a key is unknown, missing or mistyped.
    """
    with read_toml(data, name) as top:
        return tuple(
            Retention(
                fields.french("title"),
                fields.french("held"),
                fields.french("why"),
                fields.french("kept"),
                fields.flag("assumption", default=False),
                fields.french("erase"),
            )
            for fields in top.tables("category")
        )


def retention() -> tuple[Retention, ...]:
    """The categories that are shipped."""
    return load_retention(resource(FILE).read_bytes(), FILE)
