"""What « Réglages » reads: territories known before any import, and those of the directory."""

from numecole_desktop.domain.french import sort_key
from numecole_desktop.domain.label_steps import Role
from numecole_desktop.domain.own_territory import EVERYWHERE, OwnTerritory
from numecole_desktop.services import settings
from numecole_desktop.services.office import office, put_identity, territory_choices
from numecole_desktop.services.workspace import Workspace
from tests.conftest import YEAR


def test_territories_are_offered_before_any_directory(workspace: Workspace) -> None:
    found = territory_choices(workspace, EVERYWHERE)
    assert {"Montpellier", "Toulouse"} <= set(dict(found.academies))
    assert dict(found.departments)["011"] == "Aude"
    for offered in (found.academies, found.departments, found.circonscriptions):
        names = [name for _, name in offered]
        assert names == sorted(names, key=sort_key)


def test_circonscriptions_are_those_of_the_directory_with_their_department(
    workspace: Workspace,
) -> None:
    offered = territory_choices(workspace, EVERYWHERE).circonscriptions
    assert offered == (("0111031L", "Carcassonne (Aude)"),)


def test_a_territory_that_the_directory_does_not_hold_is_still_offered(
    workspace: Workspace,
) -> None:
    for level, place in (("circonscription", 2), ("departement", 1), ("academie", 0)):
        found = territory_choices(workspace, OwnTerritory(level, ("X999",)))
        offered = (found.academies, found.departments, found.circonscriptions)
        assert dict(offered[place])["X999"] == "X999"


def test_who_types_is_read_back_and_nobody_is_empty(workspace: Workspace) -> None:
    assert put_identity(workspace, "cpn-limoux", "conseiller").everything
    held = office(workspace)
    assert (held.operator, held.role) == ("cpn-limoux", Role.ADVISER)
    put_identity(workspace, "", "")
    assert (office(workspace).operator, office(workspace).role) == ("", Role.ANY)


def test_a_fixed_year_that_is_no_longer_held_is_none(workspace: Workspace) -> None:
    settings.put(workspace, "start_year", str(YEAR))
    assert office(workspace).start_year == YEAR
    settings.put(workspace, "start_year", "1999-2000")
    assert office(workspace).start_year is None
