"""What the screen of territories reads: figures, parts, schools of a territory or a selection."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.territory import INDEX_VALUES, Counts
from numecole_desktop.domain.territory_profile import Evolution, FigureGroup, SchoolLine
from numecole_desktop.services import territories
from numecole_desktop.services.figure_words import Above, evolutions, figure_groups, figure_label
from numecole_desktop.services.territories import KINDS, TerritoryFigures, find_territory
from numecole_desktop.services.territory_profiles import levels_above, school_line
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import figures, reads

UNANSWERED = "missing_"
"""Before the name of a figure: its schools without an answer."""


@dataclass(frozen=True, slots=True)
class Scope:
    """A territory (level and code as stored), or a selection of schools when ``level`` is empty."""

    level: str
    code: str
    uais: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Share:
    """One value of the distribution of the index: figure, French label, schools, percentage."""

    figure: str
    label: str
    count: int
    percent: int | None


@dataclass(frozen=True, slots=True)
class TerritoryPage:
    """The figures of a territory or selection for a year, in words.

    ``above`` names the levels shown beside each figure, ``parents`` all the levels above.
    ``part`` is the level of the parts it can be split into, empty when there is none.
    """

    scope: Scope
    kind: str
    name: str
    parents: tuple[str, ...]
    year: SchoolYear
    counts: Counts
    groups: tuple[FigureGroup, ...]
    above: tuple[str, ...]
    distribution: tuple[Share, ...]
    evolution: tuple[Evolution, ...]
    captions: tuple[str, ...]
    part: str


@dataclass(frozen=True, slots=True)
class BehindLine:
    """A school behind a figure, and what it brings to it."""

    line: SchoolLine
    brought: int


@dataclass(frozen=True, slots=True)
class PlacedSchool:
    """A school with its place, degrees WGS84; None where the directory has no coordinates."""

    line: SchoolLine
    commune_code: str
    department_code: str
    place: tuple[float, float] | None


_PART_OF = {
    "academie": "departement",
    "departement": "circonscription",
    "circonscription": "commune",
}


def territory_page(workspace: Workspace, scope: Scope, year: SchoolYear) -> TerritoryPage:
    """Everything the first tab shows.

    Raises:
        Problem: no such territory.
    """
    found = _figures(workspace, scope, year)
    above: Sequence[Above] = ()
    captions: tuple[str, ...] = ()
    kind, name = "Sélection", plural(len(scope.uais), "école de la liste", "écoles de la liste")
    parents: tuple[str, ...] = ()
    if scope.level:
        territory = find_territory(workspace, scope.level, scope.code)
        above, captions = levels_above(workspace, territory, year)
        kind, name = KINDS[scope.level], territory.name
        parents = tuple(f"{KINDS[level]}{NBSP}: {upper}" for level, _, upper in territory.above)
    held = [y for y in figures.summary_years(workspace.base.connection) if y <= year]
    return TerritoryPage(
        scope,
        kind,
        name,
        parents,
        year,
        found.counts,
        figure_groups(found, above),
        tuple(level.name for level in above),
        _distribution(found),
        evolutions([(y, _figures(workspace, scope, y)) for y in held]),
        captions,
        _PART_OF.get(scope.level, ""),
    )


def territory_parts(
    workspace: Workspace, scope: Scope, year: SchoolYear
) -> dict[str, TerritoryFigures]:
    """Figures of each part of a territory by code; empty for a commune or a selection."""
    part = _PART_OF.get(scope.level)
    if part is None:
        return {}
    counted = figures.level_counts(workspace.base.connection, part, year, (scope.level, scope.code))
    return {code: territories.derive(counts) for code, counts in counted.items()}


def behind(
    workspace: Workspace, scope: Scope, figure: str, year: SchoolYear
) -> tuple[BehindLine, ...]:
    """The schools that a figure is made of; ``missing_<figure>``: those without an answer.

    Raises:
        Problem: there is no such figure.
    """
    if scope.level:
        brought = territories.schools_behind(workspace, figure, scope.level, scope.code, year)
    else:
        try:
            brought = figures.selection_behind(workspace.base.connection, figure, scope.uais, year)
        except KeyError:
            raise Problem(f"Le chiffre «{NBSP}{figure}{NBSP}» n’existe pas.") from None
    lines = {school.line.uai: school.line for school in placed_schools(workspace, scope, year)}
    return tuple(BehindLine(lines[uai], count) for uai, count in brought if uai in lines)


def to_remind(workspace: Workspace, scope: Scope, year: SchoolYear) -> tuple[SchoolLine, ...]:
    """The schools without a submitted declaration of that very year."""
    return tuple(
        school.line
        for school in placed_schools(workspace, scope, year)
        if school.line.declared_year != str(year)
    )


def placed_schools(
    workspace: Workspace, scope: Scope, year: SchoolYear
) -> tuple[PlacedSchool, ...]:
    """Public schools of a territory or selection open in ``year``, in the order of the list."""
    rules = workspace.catalogue.ent_rules(year)
    held = figures.references_held(workspace.base.connection, year)
    found = []
    for row in _rows(workspace, scope, year):
        school = row.school
        place = None
        if school.latitude is not None and school.longitude is not None:
            place = (school.latitude, school.longitude)
        found.append(
            PlacedSchool(
                school_line(rules, held, row),
                school.commune_code or "",
                school.department_code or "",
                place,
            )
        )
    return tuple(found)


def figure_words(figure: str) -> str:
    """How a figure, an index value or a lack of answer is called above its list of schools.

    Raises:
        KeyError: there is no such figure.
    """
    if figure.startswith(UNANSWERED):
        return f"Sans réponse (n.c.){NBSP}: {figure_words(figure.removeprefix(UNANSWERED))}"
    for share in _SHARES:
        if share[0] == figure:
            return share[1]
    return figure_label(figure)


_ALL = 100
_SHARES = (
    *((f"index_{value}", f"Indice {value}") for value in reversed(INDEX_VALUES)),
    ("index_none", "Indice inconnu"),
)


def _figures(workspace: Workspace, scope: Scope, year: SchoolYear) -> TerritoryFigures:
    if scope.level:
        return territories.territory_figures(workspace, scope.level, scope.code, year)
    return territories.selection_figures(workspace, scope.uais, year)


def _rows(workspace: Workspace, scope: Scope, year: SchoolYear) -> Iterator[reads.ReferenceRow]:
    connection = workspace.base.connection
    if scope.level:
        yield from reads.reference_rows(connection, year, figures.SCOPES[scope.level], scope.code)
        return
    wanted = set(scope.uais)
    for row in reads.reference_rows(connection, year):
        if row.school.uai in wanted:
            yield row


def _distribution(found: TerritoryFigures) -> tuple[Share, ...]:
    return tuple(
        Share(name, label, found.counts[name], found.percent.get(name)) for name, label in _SHARES
    )
