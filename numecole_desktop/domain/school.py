"""Schools of the directory: public or private, maternelle, élémentaire or primaire."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from enum import StrEnum

from numecole_desktop.domain.school_year import SchoolYear

_CIRCONSCRIPTION = re.compile(r"^Circonscription d['’]inspection du 1er degré\s+", re.IGNORECASE)
_ARTICLE = re.compile(r"(de la |de l['’]|de |d['’]|du |des )", re.IGNORECASE)
_ARTICLES = {
    "de la ": "La ",
    "de l'": "L’",
    "de l’": "L’",
    "de ": "",
    "d'": "",
    "d’": "",
    "du ": "Le ",
    "des ": "Les ",
}


class SchoolType(StrEnum):
    """Levels taught; the value is what is stored, ``label`` what is read."""

    NURSERY = "maternelle"
    ELEMENTARY = "elementaire"
    PRIMARY = "primaire"
    UNKNOWN = ""

    @property
    def label(self) -> str:
        """French name: « École maternelle »."""
        return {
            SchoolType.NURSERY: "École maternelle",
            SchoolType.ELEMENTARY: "École élémentaire",
            SchoolType.PRIMARY: "École primaire",
            SchoolType.UNKNOWN: "École",
        }[self]


@dataclass(frozen=True, slots=True)
class School:
    """One school as the directory describes it; None where the directory says nothing.

    Codes are text with their leading zeros: ``department_code`` has three characters (« 011 »),
    ``commune_code`` (INSEE) and ``postcode`` five. ``latitude`` and ``longitude`` are WGS84
    degrees, ``opened_on`` an ISO date. ``closed_from`` is the first school year (« 2024-2025 »)
    in which the school is closed. ``priority`` is « REP », « REP+ » or empty. Phones and
    addresses are deliberately not kept.
    """

    uai: str
    name: str
    type: str | None = None
    public: bool | None = True
    postcode: str | None = None
    commune_code: str | None = None
    commune: str | None = None
    department_code: str | None = None
    academy: str | None = None
    circonscription_code: str | None = None
    circonscription: str | None = None
    priority: str | None = None
    pupils: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    opened_on: str | None = None
    state: str | None = None
    nature_code: str | None = None
    closed_from: str | None = None

    @property
    def type_label(self) -> str:
        """French name of the type of school."""
        return SchoolType(self.type or "").label

    @property
    def circonscription_label(self) -> str:
        """Short name of the circonscription: « Alès 1 », « Le Littoral »; empty when unknown."""
        return circonscription_label(self.circonscription or "")

    @property
    def placed_name(self) -> str:
        """« Ecole Jules Ferry, Carcassonne »; the name alone where the commune is not known."""
        return ", ".join(filter(None, (self.name, self.commune)))

    def is_open(self, year: SchoolYear) -> bool:
        """Whether the school is open in ``year``: neither closed yet nor opening later."""
        if self.closed_from and SchoolYear.parse(self.closed_from) <= year:
            return False
        return not (self.opened_on and self.opened_on >= year.next.starts.isoformat())


def circonscription_label(name: str) -> str:
    """Short form of a circonscription's name in the directory."""
    name = _CIRCONSCRIPTION.sub("", name)
    article = _ARTICLE.match(name)
    if article is None:
        return name
    return _ARTICLES[article[1].lower()] + name[article.end() :]


SCHOOL_FIELDS: tuple[str, ...] = tuple(f.name for f in fields(School))
"""Every field of a school, ``uai`` first: the columns of a school event."""
