"""Renewals ahead: labels that end, and what each school would get today (rules 2.4)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from numecole_desktop.domain.ent import index_value
from numecole_desktop.domain.french import NBSP, joined
from numecole_desktop.domain.label_criteria import level_words
from numecole_desktop.domain.own_territory import EVERYWHERE, OwnTerritory
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.label_opening import label_rules, open_dossier
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import applications, reads


class Outlook(StrEnum):
    """What would become of a school's label if it were decided today."""

    LOSS = "loss"
    GAIN = "gain"
    SAME = "same"
    CANDIDATE = "candidate"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """French words."""
        return {
            Outlook.LOSS: "niveau en baisse",
            Outlook.GAIN: "niveau en hausse",
            Outlook.SAME: "niveau inchangé",
            Outlook.CANDIDATE: "pourrait candidater",
            Outlook.UNKNOWN: "à confirmer",
        }[self]


@dataclass(frozen=True, slots=True)
class ForecastLine:
    """A school with the label that it has and what it would get today.

    ``label`` is the level in force in the year looked at (None for a school without label), held
    until the end of ``ends``; it applies again in the campaign of ``ends``. ``today`` is the level
    that its latest dossier would give with today's data, or the highest that equipment and ENT
    still allow when it has none (``from_dossier`` false); None when they are not known.
    """

    uai: str
    school: str
    commune_code: str
    commune: str
    label: int | None
    ends: SchoolYear | None
    today: int | None
    from_dossier: bool
    outlook: Outlook
    why: str


@dataclass(frozen=True, slots=True)
class CommuneCalendar:
    """A commune with the schools whose label ends with each year, soonest first."""

    code: str
    commune: str
    by_year: tuple[tuple[SchoolYear, tuple[ForecastLine, ...]], ...]


def forecast(
    workspace: Workspace, year: SchoolYear, within: OwnTerritory = EVERYWHERE
) -> tuple[ForecastLine, ...]:
    """Public schools that have a label in ``year`` or could have one, in the order of the list.

    Raises:
        Problem: no rules of the label were in force.
    """
    label_rules(workspace, year)
    connection = workspace.base.connection
    ent_rules = workspace.catalogue.ent_rules(year)
    with_dossier = {a.uai for a in applications.applications(connection) if a.year <= year}
    lines = []
    held = [row for row in reads.reference_rows(connection, year) if within.holds(row.school)]
    for row in held:
        label = row.label or None
        ent = (
            None
            if row.in_ent is None
            else index_value(ent_rules, row.in_ent, row.using, row.classes) or 0
        )
        today: int | None = None
        why = _data_words(row.index, ent)
        from_dossier = row.school.uai in with_dossier
        if from_dossier:
            today, why = _from_dossier(workspace, row.school.uai, year)
        elif row.index is not None and ent is not None:
            today = min(row.index, ent)
        if label is None and not today:
            continue
        ends = None
        if label is not None and row.label_year is not None:
            decided = SchoolYear(row.label_year)
            ends = SchoolYear(decided.first + workspace.catalogue.label_years(decided) - 1)
        lines.append(
            ForecastLine(
                row.school.uai,
                row.school.name,
                row.school.commune_code or "",
                row.school.commune or "",
                label,
                ends,
                today,
                from_dossier,
                _outlook(label, today, from_dossier),
                why,
            )
        )
    return tuple(lines)


def calendar(lines: tuple[ForecastLine, ...]) -> tuple[CommuneCalendar, ...]:
    """The labels that end, by commune then by year, in the order of the lines."""
    communes: dict[str, dict[SchoolYear, list[ForecastLine]]] = {}
    names: dict[str, str] = {}
    for line in lines:
        if line.ends is not None:
            names.setdefault(line.commune_code, line.commune)
            communes.setdefault(line.commune_code, {}).setdefault(line.ends, []).append(line)
    return tuple(
        CommuneCalendar(
            code,
            names[code],
            tuple((ends, tuple(found)) for ends, found in sorted(by_year.items())),
        )
        for code, by_year in communes.items()
    )


def _from_dossier(workspace: Workspace, uai: str, year: SchoolYear) -> tuple[int | None, str]:
    held = applications.latest_application(workspace.base.connection, uai, year)
    if held is None:
        return None, "Le dossier a été retiré."
    level = open_dossier(workspace, uai, held.year, at=year).level
    return level.value, level.sentence


def _data_words(index: int | None, ent: int | None) -> str:
    known = []
    if index is not None:
        known.append(f"indice d’équipement {index}")
    if ent is not None:
        known.append(f"indice ENT {ent}")
    lacking = [
        name
        for name, value in (("l’indice d’équipement", index), ("l’indice ENT", ent))
        if value is None
    ]
    words = joined(known)
    if lacking:
        known_words = f"{words[0].upper()}{words[1:]}{NBSP}; " if words else ""
        return f"{known_words}il manque {joined(lacking)}."
    highest = level_words(min(index or 0, ent or 0))
    return f"{words[0].upper()}{words[1:]}{NBSP}: au mieux {highest}, selon le dossier."


def _outlook(label: int | None, today: int | None, from_dossier: bool) -> Outlook:
    if today is None:
        return Outlook.UNKNOWN
    if label is None:
        return Outlook.CANDIDATE
    if today < label:
        return Outlook.LOSS
    if today > label:
        return Outlook.GAIN if from_dossier else Outlook.UNKNOWN
    return Outlook.SAME
