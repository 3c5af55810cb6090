"""« Mon territoire »: kept as a setting of the base, read before the first rows are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from numecole_desktop.domain.french import joined, of_place, plural
from numecole_desktop.domain.own_territory import EVERYWHERE, OwnTerritory, TerritoryError
from numecole_desktop.domain.school import circonscription_label
from numecole_desktop.referentials.departments import department_name
from numecole_desktop.storage.listing import circonscription_names
from numecole_desktop.storage.settings import setting

if TYPE_CHECKING:
    from sqlcipher3 import dbapi2 as sqlite

    from numecole_desktop.services.workspace import Workspace

KEY = "territory"
_NAMED = 3
"""Most circonscriptions that are named; beyond, they are counted."""


def own_territory(connection: sqlite.Connection) -> OwnTerritory:
    """The territory of this base; every school when none was chosen, or what is kept is damaged."""
    try:
        return OwnTerritory.parse(setting(connection, KEY))
    except TerritoryError:
        return EVERYWHERE


def territory_words(connection: sqlite.Connection, territory: OwnTerritory) -> str:
    """Its name: « Limoux Carcassonne », « Aude », « académie de Toulouse »; empty for no level."""
    if territory.level == "academie":
        return f"académie {of_place(territory.codes[0])}"
    if territory.level == "departement":
        return department_name(territory.codes[0])
    if len(territory.codes) > _NAMED:
        return plural(len(territory.codes), "circonscription")
    held = circonscription_names(connection, territory.codes)
    return joined([circonscription_label(held.get(code) or "") or code for code in territory.codes])


def keep_territory(workspace: Workspace, territory: OwnTerritory) -> str:
    """Look after another territory from now on; its name.

    Raises:
        Problem: the disk refuses.
    """
    from numecole_desktop.services import settings

    settings.put(workspace, KEY, str(territory))
    return territory_words(workspace.base.connection, territory)
