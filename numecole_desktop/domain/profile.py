"""The school profile as a plain view-model: screen and PDF show these same words and figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from numecole_desktop.domain.equipment import EquipmentIndex
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear


@dataclass(frozen=True, slots=True)
class Source:
    """Where a rule or a figure comes from; ``published`` is free French text or empty."""

    title: str
    published: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class AnswerLine:
    """One question and its answer, ready to be shown.

    ``value`` and ``previous`` are French texts (« 5 », « Fibre », « Oui », « n.c. »);
    ``previous`` is empty when no earlier year is known. ``reference`` is the académie's figure
    beside it (« 14 % des écoles ») or empty.
    """

    code: str
    label: str
    value: str
    missing: bool
    previous: str = ""
    reference: str = ""


@dataclass(frozen=True, slots=True)
class AnswerSection:
    """One part of the questionnaire (A to C) with its answers in order."""

    code: str
    title: str
    lines: tuple[AnswerLine, ...]


@dataclass(frozen=True, slots=True)
class UsageLine:
    """A declared usage: label and one-line summary, from the catalogue."""

    code: str
    label: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A figure of the school beside the académie's.

    ``school`` and ``reference`` are French texts (« 80 % », « 3 robots »). ``school_share`` and
    ``reference_share`` are whole percentages for a bar, None where a bar has no sense.
    """

    label: str
    school: str
    reference: str
    school_share: int | None = None
    reference_share: int | None = None


@dataclass(frozen=True, slots=True)
class SchoolProfile:
    """All that a school profile says for one school year.

    ``declared_year`` is the year of the declaration used (that year or the latest earlier one),
    None when the school never submitted one. ``headline`` is one plain sentence on the index,
    ``reasons`` say why, ``missing_for_next`` what would raise it (empty at index 3),
    ``next_cost`` what that costs at least, ``notes`` whatever the reader must know (older
    declaration, draft, provisional).
    ``department`` is the département's name.
    """

    school: School
    department: str
    year: SchoolYear
    issued_on: date
    sample: bool
    declared_year: SchoolYear | None
    submitted_on: date | None
    equipment: EquipmentIndex
    headline: str
    reasons: tuple[str, ...]
    next_title: str
    missing_for_next: tuple[str, ...]
    sections: tuple[AnswerSection, ...]
    previous_year: SchoolYear | None
    usages: tuple[UsageLine, ...]
    comparisons: tuple[Comparison, ...]
    comparison_caption: str
    notes: tuple[str, ...]
    referential_title: str
    referential_id: str
    questionnaire_version: str
    sources: tuple[Source, ...]
    assumptions: tuple[str, ...]
    service: str = ""
    next_cost: str = ""
