"""Figures of territories and selections: counts, percentages, the levels above, what is behind."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from numecole_desktop.domain.french import NBSP, fold, joined, searched, sort_key
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school import circonscription_label
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import (
    FIGURES,
    LEVELS,
    Counts,
    missing_rates,
    percentages,
)
from numecole_desktop.domain.uai import read_uai
from numecole_desktop.referentials.departments import department_name
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
    """A territory of the tree with the territories inside it.

    ``folded`` is the text that a search reads.
    """

    level: str
    code: str
    name: str
    folded: str
    schools: int
    children: tuple[TreeNode, ...]


def find_territory(workspace: Workspace, level: str, code: str) -> Territory:
    """The territory that ``code`` names, as people write it.

    A circonscription is named by its UAI-like code, a commune by its INSEE code, a département by
    its number (11 or 011), an académie by its name.

    Raises:
        Problem: the level is unknown, or the base holds no such territory.
    """
    if level not in LEVELS:
        raise Problem(
            f"«{NBSP}{level}{NBSP}» n’est pas un territoire{NBSP}: choisissez "
            f"{joined(list(LEVELS), 'ou')}."
        )
    wanted = stored_code(level, code)
    column = figures.SCOPES[level]
    sample = reads.school_where(workspace.base.connection, column, wanted)
    if sample is None:
        raise Problem(
            f"{KINDS[level]} «{NBSP}{code}{NBSP}»{NBSP}: aucune école de l’annuaire n’en fait "
            f"partie. Vérifiez le code."
        )
    found = str(getattr(sample, column))
    names = (sample.circonscription or "", sample.commune or "")
    above = tuple(
        (upper, str(value), _name(upper, str(value), *names))
        for upper in LEVELS[LEVELS.index(level) + 1 :]
        if (value := getattr(sample, figures.SCOPES[upper]))
    )
    return Territory(level, found, _name(level, found, *names), above)


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
        Problem: there is no such figure.
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
        Problem: no such territory.
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
    top = _Branch("")
    levels = LEVELS[::-1]
    for path, circonscription, commune in figures.territory_paths(workspace.base.connection, year):
        branch = top
        for level, code in zip(levels, path, strict=True):
            inside = branch.inside.get(code)
            if inside is None:
                name = _name(level, code, circonscription, commune)
                inside = branch.inside[code] = _Branch(name if code else "Non renseigné")
            inside.schools += 1
            branch = inside
    # Many communes have the same name, and folding is what costs.
    return _nodes(top, levels, cache(sort_key), cache(fold))


class _Branch:
    """A territory while its schools are counted, with those inside it by code."""

    __slots__ = ("inside", "name", "schools")

    def __init__(self, name: str) -> None:
        self.name = name
        self.schools = 0
        self.inside: dict[str, _Branch] = {}


def _nodes(
    branch: _Branch,
    levels: Sequence[str],
    sorted_by: Callable[[str], object],
    folded: Callable[[str], str],
) -> tuple[TreeNode, ...]:
    found = [
        TreeNode(
            levels[0],
            code,
            inside.name,
            searched(f"{folded(inside.name)} {code.lower()}"),
            inside.schools,
            _nodes(inside, levels[1:], sorted_by, folded),
        )
        for code, inside in branch.inside.items()
    ]
    found.sort(key=lambda node: (sorted_by(node.name), node.code))
    return tuple(found)


def stored_code(level: str, code: str) -> str:
    """The code of a territory as the base holds it, from what people write (« 11 », « 011 »)."""
    code = code.strip()
    if level == "departement":
        return code.upper().zfill(3)
    if level == "circonscription":
        return read_uai(code).value or code.upper()
    return code.upper().zfill(5) if level == "commune" else code


def _name(level: str, code: str, circonscription: str, commune: str) -> str:
    """Name of a territory; the last two are what the directory says of one of its schools."""
    if level == "circonscription":
        return circonscription_label(circonscription) or code
    if level == "departement":
        return department_name(code)
    return commune if level == "commune" else code
