"""Figures of a set of schools (rules 2.5), as exact counts; percentages are made at display.

Only the equipment figures are here: they need nothing but declarations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from numecole_desktop.domain.equipment import HIGHEST
from numecole_desktop.domain.french import percent_half_up
from numecole_desktop.domain.questionnaire import Answers, number
from numecole_desktop.domain.school_year import SchoolYear

FLAGS = {"schools_with_webradio": "A4", "schools_with_webtv": "A5", "schools_with_fablab": "A6"}
"""Figures that count the schools which answered yes to a question."""

COUNTS = (
    "schools",
    "schools_known",
    "classes",
    "classes_teacher_equipped",
    "classes_pupil_equipped",
    "schools_socle",
    "schools_with_robots",
    "robots",
    *FLAGS,
)
"""Names of the equipment figures, as in the published tables."""


@dataclass(frozen=True, slots=True)
class KnownSchool:
    """One public school open in the year, with its latest submitted declaration, if any."""

    answers: Answers | None
    teacher: int | None = None
    pupil: int | None = None
    index: int | None = None


def equipment_figures(schools: Iterable[KnownSchool]) -> dict[str, int]:
    """Counts by figure name, over the schools given."""
    counts = dict.fromkeys(COUNTS, 0)
    for school in schools:
        counts["schools"] += 1
        if school.answers is None:
            continue
        counts["schools_known"] += 1
        counts["classes"] += number(school.answers, "A1") or 0
        counts["classes_teacher_equipped"] += school.teacher or 0
        counts["classes_pupil_equipped"] += school.pupil or 0
        counts["schools_socle"] += school.index == HIGHEST
        robots = number(school.answers, "A3") or 0
        counts["robots"] += robots
        counts["schools_with_robots"] += robots > 0
        for name, code in FLAGS.items():
            counts[name] += school.answers.get(code) is True
    return counts


def percentages(counts: Mapping[str, int]) -> dict[str, int | None]:
    """Whole percentages, half up: class figures over classes, school figures over schools."""
    return {
        name: percent_half_up(
            value, counts["classes" if name.startswith("classes_") else "schools"]
        )
        for name, value in counts.items()
        if name.startswith(("classes_", "schools_"))
    }


@dataclass(frozen=True, slots=True)
class AcademyReference:
    """Whole percentages of an académie by figure name, with where they come from (French)."""

    academy: str
    year: SchoolYear
    percent: Mapping[str, int | None]
    source: str


@dataclass(frozen=True, slots=True)
class PublishedAcademy:
    """Figures printed by a source for an académie of ``schools`` public schools."""

    reference: AcademyReference
    schools: int


def covers(counts: Mapping[str, int], published_schools: int | None, share: Fraction) -> bool:
    """Whether a base that knows these counts holds (nearly) the whole académie."""
    return counts["schools_known"] > 0 and counts["schools_known"] >= share * max(
        counts["schools"], published_schools or 0
    )
