"""Figures of territories and selections: counts, percentages, the levels above, what is behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numecole_desktop.domain.french import NBSP, joined, sort_key
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import (
    FIGURES,
    LEVELS,
    Counts,
    missing_rates,
    percentages,
)
from numecole_desktop.domain.uai import read_uai
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import figures, reads

KINDS = {
    "commune": "Commune",
    "circonscription": "Circonscription",
    "departement": "Département",
    "academie": "Académie",
}
"""French word for each level."""


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory: level, code as stored, name, and the territories above it, smallest first."""

    level: str
    code: str
    name: str
    above: tuple[tuple[str, str, str], ...]

    @property
    def kind(self) -> str:
        """French word for the level."""
        return KINDS[self.level]


@dataclass(frozen=True, slots=True)
class TerritoryFigures:
    """Counters, percentages and n.c. rates of a territory or selection for a year."""

    counts: Counts
    percent: dict[str, int | None]
    missing: dict[str, int | None]


@dataclass(frozen=True, slots=True)
class TreeNode:
    """A territory of the tree with the territories inside it."""

    level: str
    code: str
    name: str
    schools: int
    children: tuple[TreeNode, ...]


def find_territory(workspace: Workspace, level: str, code: str) -> Territory:
    """The territory that ``code`` names, as people write it.

    A circonscription is named by its UAI-like code, a commune by its INSEE code, a département by
    its number (11 or 011), an académie by its name.

    Raises:
        ServiceError: the level is unknown, or the base holds no such territory.
    """
    if level not in LEVELS:
        raise Problem(
            f"«{NBSP}{level}{NBSP}» n’est pas un territoire{NBSP}: choisissez "
            f"{joined(list(LEVELS), 'ou')}."
        )
    wanted = _stored_code(level, code)
    column = figures.SCOPES[level]
    sample = reads.school_where(workspace.base.connection, column, wanted)
    if sample is None:
        raise Problem(
            f"{KINDS[level]} «{NBSP}{code}{NBSP}»{NBSP}: aucune école de l’annuaire n’en fait "
            f"partie. Vérifiez le code."
        )
    found = str(getattr(sample, column))
    above = tuple(
        (upper, str(value), _name(workspace, upper, sample))
        for upper in LEVELS[LEVELS.index(level) + 1 :]
        if (value := getattr(sample, figures.SCOPES[upper]))
    )
    return Territory(level, found, _name(workspace, level, sample), above)


def territory_figures(
    workspace: Workspace, level: str, code: str, year: SchoolYear
) -> TerritoryFigures:
    """Figures of a territory, its code as stored."""
    return derive(figures.territory_counts(workspace.base.connection, level, code, year))


def selection_figures(
    workspace: Workspace, uais: Sequence[str], year: SchoolYear
) -> TerritoryFigures:
    """Figures of any selection of schools, across territories."""
    return derive(figures.selection_counts(workspace.base.connection, uais, year))


def derive(counts: Counts) -> TerritoryFigures:
    """Percentages and n.c. rates of counters."""
    return TerritoryFigures(counts, percentages(counts), missing_rates(counts))


def schools_behind(
    workspace: Workspace, figure: str, level: str, code: str, year: SchoolYear
) -> list[tuple[str, int]]:
    """(UAI, what it brings) of the schools that a figure is made of.

    ``missing_<figure>`` gives the schools without an answer.

    Raises:
        ServiceError: there is no such figure.
    """
    try:
        return figures.schools_behind(workspace.base.connection, figure, level, code, year)
    except KeyError:
        raise Problem(f"Le chiffre «{NBSP}{figure}{NBSP}» n’existe pas.") from None


def not_declared(workspace: Workspace, level: str, code: str, year: SchoolYear) -> list[str]:
    """UAI of the schools of a territory without a submitted declaration of that very year."""
    connection = workspace.base.connection
    done = {
        uai
        for uai, _ in figures.schools_behind(connection, "schools_up_to_date", level, code, year)
    }
    return [u for u in figures.schools_of(connection, level, code, year) if u not in done]


def territory_document(
    workspace: Workspace, level: str, code: str, year: SchoolYear
) -> dict[str, object]:
    """The answer of ``territoire --json``.

    Raises:
        ServiceError: no such territory.
    """
    territory = find_territory(workspace, level, code)
    found = territory_figures(workspace, level, territory.code, year)
    return {
        "level": level,
        "code": territory.code,
        "name": territory.name,
        "year": str(year),
        **{name: found.counts[name] for name in FIGURES},
        **{f"pct_{name}": share for name, share in found.percent.items()},
        "missing": found.missing,
        "above": [
            {"level": upper, "code": upper_code, "name": name}
            for upper, upper_code, name in territory.above
        ],
        "sample": workspace.sample,
    }


def territory_tree(workspace: Workspace, year: SchoolYear) -> tuple[TreeNode, ...]:
    """Académies, their départements, their circonscriptions, their communes, with their schools."""
    branches: dict[tuple[str, ...], list[School]] = {}
    for school in reads.schools(workspace.base.connection):
        if school.public and school.is_open(year):
            path = tuple(
                str(getattr(school, figures.SCOPES[level]) or "") for level in reversed(LEVELS)
            )
            branches.setdefault(path, []).append(school)
    return _nodes(workspace, branches, 0, ())


def _nodes(
    workspace: Workspace,
    branches: dict[tuple[str, ...], list[School]],
    depth: int,
    prefix: tuple[str, ...],
) -> tuple[TreeNode, ...]:
    if depth == len(LEVELS):
        return ()
    level = tuple(reversed(LEVELS))[depth]
    groups: dict[str, dict[tuple[str, ...], list[School]]] = {}
    for path, schools in branches.items():
        groups.setdefault(path[depth], {})[path] = schools
    nodes = []
    for code, inside in groups.items():
        sample = next(iter(inside.values()))[0]
        nodes.append(
            TreeNode(
                level,
                code,
                _name(workspace, level, sample) if code else "Non renseigné",
                sum(map(len, inside.values())),
                _nodes(workspace, inside, depth + 1, (*prefix, code)),
            )
        )
    return tuple(sorted(nodes, key=lambda node: sort_key(node.name)))


def _stored_code(level: str, code: str) -> str:
    code = code.strip()
    if level == "departement":
        return code.upper().zfill(3)
    if level == "circonscription":
        return read_uai(code).value or code.upper()
    return code.upper().zfill(5) if level == "commune" else code


def _name(workspace: Workspace, level: str, school: School) -> str:
    if level == "circonscription":
        return school.circonscription_label or school.circonscription_code or ""
    if level == "departement":
        code = school.department_code or ""
        return workspace.catalogue.departments.get(code, code)
    return str(getattr(school, "commune" if level == "commune" else "academy") or "")
