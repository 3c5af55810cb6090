"""Figures of a set of schools (rules 2.5), as exact counts; percentages are made at display.

The figures of a territory, or of any selection of schools, are sums over its public schools open
in the year; what each school brings is in ``storage/figures.py``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from numecole_desktop.domain.french import percent_half_up
from numecole_desktop.domain.school_year import SchoolYear

LEVELS = ("commune", "circonscription", "departement", "academie")
"""Territories, smallest first, as the command line names them."""

QUESTIONS: Mapping[str, str] = {
    "robots": "A3",
    "webradio": "A4",
    "webtv": "A5",
    "fablab": "A6",
}
"""Question that each of the other equipment figures counts."""

INDEX_VALUES = (0, 1, 2, 3)
LABEL_LEVELS = (1, 2, 3)


FIGURES: tuple[str, ...] = (
    "schools",
    "classes",
    "classes_teacher_equipped",
    "classes_pupil_equipped",
    "schools_socle",
    *(f"index_{value}" for value in INDEX_VALUES),
    "index_none",
    "schools_with_robots",
    "robots",
    "schools_with_fablab",
    "schools_with_webradio",
    "schools_with_webtv",
    "schools_up_to_date",
    "schools_known",
    "schools_in_ent",
    "classes_using_ent",
    "ent_connections",
    "schools_using_gar",
    "gar_connections",
    "schools_labelled",
    *(f"label_{level}" for level in LABEL_LEVELS),
)
"""Names of the figures, in the order in which they are shown."""

MISSING: tuple[str, ...] = (
    "classes",
    "classes_teacher_equipped",
    "classes_pupil_equipped",
    "schools_socle",
    "schools_with_robots",
    "schools_with_fablab",
    "schools_with_webradio",
    "schools_with_webtv",
    "schools_in_ent",
    "classes_using_ent",
    "ent_connections",
    "schools_using_gar",
    "schools_labelled",
)
"""Figures whose schools without an answer are counted, as « missing_<figure> »."""

COUNTERS: tuple[str, ...] = (*FIGURES, *(f"missing_{name}" for name in MISSING))

_BASES: Mapping[str, str] = {
    # Whatever counts schools is over the schools, but the levels of a label.
    **{name: "schools" for name in FIGURES if name.startswith(("schools_", "index_"))},
    **{f"label_{level}": "schools_labelled" for level in LABEL_LEVELS},
    "classes_teacher_equipped": "classes",
    "classes_pupil_equipped": "classes",
    "classes_using_ent": "classes",
}
"""What each percentage is over (rules 2.5)."""

_ANSWERED_WITH: Mapping[str, str] = {
    "robots": "schools_with_robots",
    "gar_connections": "schools_using_gar",
    **{f"label_{level}": "schools_labelled" for level in LABEL_LEVELS},
}
"""Sums whose schools without an answer are counted under another figure."""

Counts = Mapping[str, int]
"""Counters by name."""


def percentages(counts: Counts) -> dict[str, int | None]:
    """Whole percentages, half up, by figure; None where the base is 0."""
    return {
        name: percent_half_up(counts[name], counts[base])
        for name, base in _BASES.items()
        if name in counts
    }


def unanswered(counts: Counts, figure: str) -> bool:
    """Whether not one school has answered for ``figure``: it is then not known, rather than 0."""
    asked = _ANSWERED_WITH.get(figure, figure)
    return asked in MISSING and 0 < counts["schools"] <= counts.get(f"missing_{asked}", 0)


def missing_rates(counts: Counts) -> dict[str, int | None]:
    """Whole percentage of schools without an answer (n.c.), by figure."""
    return {name: percent_half_up(counts[f"missing_{name}"], counts["schools"]) for name in MISSING}


@dataclass(frozen=True, slots=True)
class AcademyReference:
    """Whole percentages of an académie by figure name, with where they come from (French).

    ``own`` is true when they are computed from the base, which holds the académie.
    """

    academy: str
    year: SchoolYear
    percent: Mapping[str, int | None]
    source: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class PublishedAcademy:
    """Figures printed by a source for an académie of ``schools`` public schools."""

    reference: AcademyReference
    schools: int


def covers(counts: Counts, published_schools: int | None, share: Fraction) -> bool:
    """Whether a base that knows these counts holds (nearly) the whole académie."""
    return counts["schools_known"] > 0 and counts["schools_known"] >= share * max(
        counts["schools"], published_schools or 0
    )
