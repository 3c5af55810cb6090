"""« Mon territoire »: the schools that this computer looks after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from numecole_desktop.domain.school import School

FIELDS: Mapping[str, str] = {
    "circonscription": "circonscription_code",
    "departement": "department_code",
    "academie": "academy",
}
"""Field of a school that holds the code of a territory of each level, smallest level first."""


class TerritoryError(ValueError):
    """The level is unknown, or its codes are missing, repeated, too many, or not as written."""


@dataclass(frozen=True, slots=True)
class OwnTerritory:
    """An académie, a département, or one or several circonscriptions; no level: every school.

    ``codes`` are as the directory writes them: name of the académie, three characters of the
    département, UAI-like code of the circonscription.

    Raises:
        TerritoryError: level and codes do not go together.
    """

    level: str = ""
    codes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.level not in ("", *FIELDS):
            raise TerritoryError(f"unknown level {self.level!r}")
        most = {"": 0, "circonscription": len(self.codes)}.get(self.level, 1)
        if bool(self.codes) != bool(self.level) or len(self.codes) > most:
            raise TerritoryError(f"{len(self.codes)} codes for level {self.level!r}")
        written = all(code and code == " ".join(code.split()) for code in self.codes)
        if not written or len(set(self.codes)) != len(self.codes):
            raise TerritoryError(f"empty or repeated code, or odd spaces, among {self.codes!r}")

    @classmethod
    def parse(cls, text: str) -> OwnTerritory:
        """The territory that ``str`` wrote.

        Raises:
            TerritoryError: it is not one.
        """
        level, *codes = text.split("\n")
        return cls(level, tuple(codes))

    def __str__(self) -> str:
        return "\n".join((self.level, *self.codes))

    def __bool__(self) -> bool:
        return bool(self.level)

    @property
    def field(self) -> str:
        """Field of a school that holds its code; empty for every school."""
        return FIELDS.get(self.level, "")

    def holds(self, school: School) -> bool:
        """Whether a school lies in it."""
        return not self.level or getattr(school, self.field) in self.codes


EVERYWHERE = OwnTerritory()
"""Every school of the base."""


def of_circonscription(code: str) -> OwnTerritory:
    """The territory of the circonscription that a person named; every school without a code."""
    code = " ".join(code.split())
    return OwnTerritory("circonscription", (code,)) if code else EVERYWHERE
