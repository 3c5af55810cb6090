"""« Réglages »: who works here, for which schools, and what is printed; read in one go."""

from __future__ import annotations

from dataclasses import dataclass

from numecole_desktop.domain.french import sort_key
from numecole_desktop.domain.label_steps import Role
from numecole_desktop.domain.own_territory import OwnTerritory
from numecole_desktop.domain.prices import Prices
from numecole_desktop.domain.school import circonscription_label
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.departments import academies, department_name, departments
from numecole_desktop.services import letterhead, settings
from numecole_desktop.services.label_opening import workspace_role
from numecole_desktop.services.opening import START_YEAR
from numecole_desktop.services.own_territory import own_territory
from numecole_desktop.services.prices import prices
from numecole_desktop.services.school_list import held_years
from numecole_desktop.services.workspace import DEFAULT_OPERATOR, Changes, Workspace
from numecole_desktop.storage import listing
from numecole_desktop.storage.settings import setting


@dataclass(frozen=True, slots=True)
class TerritoryChoices:
    """What one can look after, as (code, name) in French order.

    ``circonscriptions`` are those of the directory and of the territory; their names end with the
    département.
    """

    academies: tuple[tuple[str, str], ...]
    departments: tuple[tuple[str, str], ...]
    circonscriptions: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Office:
    """Every setting of a base.

    ``operator`` is empty until somebody said who types; ``start_year`` is the school year shown at
    each start, None for the last one shown. ``schools`` is the number of schools of the base.
    """

    operator: str
    role: Role
    territory: OwnTerritory
    choices: TerritoryChoices
    service: str
    logo: bytes | None
    prices: Prices
    start_year: SchoolYear | None
    years: tuple[SchoolYear, ...]
    schools: int


def office(workspace: Workspace) -> Office:
    """The settings of this base."""
    connection = workspace.base.connection
    years = held_years(connection, workspace.clock().date())
    kept = setting(connection, START_YEAR)
    territory = own_territory(connection)
    return Office(
        "" if workspace.operator == DEFAULT_OPERATOR else workspace.operator,
        workspace_role(workspace),
        territory,
        territory_choices(workspace, territory),
        letterhead.service_name(workspace),
        letterhead.logo(workspace),
        prices(workspace),
        next((year for year in years if str(year) == kept), None),
        tuple(years),
        listing.count_schools(connection),
    )


def territory_choices(workspace: Workspace, own: OwnTerritory) -> TerritoryChoices:
    """What can be chosen as a territory: what is known of France, and what the directory holds."""
    held = {
        code: f"{circonscription_label(name)} ({department_name(department)})"
        for code, name, department in listing.circonscriptions(workspace.base.connection)
    }
    kept = {code: code for code in own.codes if own.level == "circonscription"}
    return TerritoryChoices(
        _sorted({name: name for name in (*academies(), *_own(own, "academie"))}),
        _sorted({**dict.fromkeys(_own(own, "departement"), ""), **departments()}),
        _sorted({**kept, **held}),
    )


def put_identity(workspace: Workspace, operator: str, role: str) -> Changes:
    """Keep who types; a role changes what every dossier allows.

    Raises:
        Problem: the disk refuses.
    """
    settings.put(workspace, "operator", operator)
    settings.put(workspace, "role", role)
    return Changes(everything=True)


def _own(own: OwnTerritory, level: str) -> tuple[str, ...]:
    return own.codes if own.level == level else ()


def _sorted(names: dict[str, str]) -> tuple[tuple[str, str], ...]:
    named = [(code, name or code) for code, name in names.items()]
    return tuple(sorted(named, key=lambda place: (sort_key(place[1]), place[0])))
