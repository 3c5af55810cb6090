"""Names of the départements and académies, apart from the rules: they are shown first."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import read_toml

_FILE = "territories/departements.toml"
_ACADEMIES = "territories/academies.toml"


@cache
def departments() -> Mapping[str, str]:
    """Names of the départements by three-character code."""
    with read_toml(resource(_FILE).read_bytes(), _FILE) as top:
        fields = top.table("departements")
        return {code: fields.text(code) for code in fields.names()}


def department_name(code: str) -> str:
    """The name of a département, its code where that is not known."""
    return departments().get(code, code)


@cache
def academies() -> tuple[str, ...]:
    """Names of the académies."""
    with read_toml(resource(_ACADEMIES).read_bytes(), _ACADEMIES) as top:
        return top.texts("academies")
