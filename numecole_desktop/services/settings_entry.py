"""Changing settings from texts « CLE=VALEUR », as the command line does: all of them, or none."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from numecole_desktop.domain.french import NBSP, joined, quoted
from numecole_desktop.domain.label_steps import Role
from numecole_desktop.domain.own_territory import EVERYWHERE, FIELDS, OwnTerritory, TerritoryError
from numecole_desktop.domain.prices import PRICED
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import letterhead, settings
from numecole_desktop.services.lookup import read_year
from numecole_desktop.services.office import territory_choices
from numecole_desktop.services.opening import START_YEAR
from numecole_desktop.services.own_territory import keep_territory
from numecole_desktop.services.prices import put_price
from numecole_desktop.services.territories import stored_code
from numecole_desktop.services.workspace import Workspace

_PRICE = "prix."


def put_settings(workspace: Workspace, texts: Sequence[str]) -> None:
    """Keep settings given as « CLE=VALEUR »; an empty value goes back to the default.

    Raises:
        Problem: a text is not one, or its value cannot be kept; nothing was changed.
    """
    with workspace.writing():
        for text in texts:
            key, equals, value = text.partition("=")
            if not equals:
                raise Problem(
                    f"{quoted(text)} n’est pas un réglage{NBSP}: écrivez CLE=VALEUR, par exemple "
                    f"territoire=departement:11."
                )
            _put(workspace, key.strip(), value.strip())


def _put(workspace: Workspace, key: str, value: str) -> None:
    if key.startswith(_PRICE) and key.removeprefix(_PRICE) in PRICED:
        put_price(workspace, key.removeprefix(_PRICE), value)
    elif key in _PUT:
        _PUT[key](workspace, value)
    else:
        keys = (*_PUT, *(_PRICE + question for question in PRICED))
        raise Problem(f"Le réglage {quoted(key)} n’existe pas{NBSP}: {joined(keys, 'ou')}.")


def _put_operator(workspace: Workspace, value: str) -> None:
    settings.put(workspace, "operator", value)


def _put_role(workspace: Workspace, value: str) -> None:
    known = [role.value for role in Role]
    if value not in known:
        raise Problem(
            f"Le rôle {quoted(value)} n’existe pas{NBSP}: {joined([v for v in known if v], 'ou')}."
        )
    settings.put(workspace, "role", value)


def _put_logo(workspace: Workspace, value: str) -> None:
    if value:
        letterhead.take_logo(workspace, Path(value))
    else:
        letterhead.remove_logo(workspace)


def _put_year(workspace: Workspace, value: str) -> None:
    settings.put(workspace, START_YEAR, str(read_year(value)) if value else "")


def _put_territory(workspace: Workspace, value: str) -> None:
    level, _, written = value.partition(":")
    codes = tuple(stored_code(level, code) for code in written.split(",")) if written else ()
    try:
        territory = OwnTerritory(level, codes)
    except TerritoryError as problem:
        raise Problem(
            f"{quoted(value)} n’est pas un territoire{NBSP}: écrivez {joined(list(FIELDS), 'ou')}, "
            f"deux points, puis le code. Plusieurs circonscriptions se séparent par des virgules."
        ) from problem
    known = territory_choices(workspace, EVERYWHERE)
    held = {
        "": (),
        "academie": known.academies,
        "departement": known.departments,
        "circonscription": known.circonscriptions,
    }[level]
    absent = [code for code in codes if code not in dict(held)]
    if absent:
        raise Problem(
            f"Territoire inconnu{NBSP}: {joined(absent)}. Vérifiez le code{NBSP}; les "
            f"circonscriptions sont celles de l’annuaire importé."
        )
    keep_territory(workspace, territory)


_PUT: Mapping[str, Callable[[Workspace, str], object]] = {
    "operateur": _put_operator,
    "role": _put_role,
    "territoire": _put_territory,
    "service": letterhead.put_service_name,
    "logo": _put_logo,
    "annee": _put_year,
}
