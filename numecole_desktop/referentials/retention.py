"""Reading of what is kept about persons (`resources/retention.toml`)."""

from __future__ import annotations

from numecole_desktop.domain.french import sentence_spaces
from numecole_desktop.domain.retention import Retention
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import read_toml

FILE = "retention.toml"


def load_retention(data: bytes, name: str) -> tuple[Retention, ...]:
    """The categories in the order of the file; ``name`` names the file in errors.

    Raises:
        RuleFileError: a key is unknown, missing or mistyped.
    """
    top = read_toml(data, name)
    found = []
    for fields in top.tables("category"):
        title, held, why, kept, erase = (
            sentence_spaces(fields.text(key)) for key in ("title", "held", "why", "kept", "erase")
        )
        found.append(
            Retention(title, held, why, kept, fields.flag("assumption", default=False), erase)
        )
        fields.done()
    top.done()
    return tuple(found)


def retention() -> tuple[Retention, ...]:
    """The categories that are shipped."""
    return load_retention(resource(FILE).read_bytes(), FILE)
