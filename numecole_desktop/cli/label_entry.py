"""What is typed about a dossier on the command line: FIELD=VALUE, dates, whole numbers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.label_application import PersonRole
from numecole_desktop.domain.problem import Problem

if TYPE_CHECKING:
    from numecole_desktop.services.label_opening import Dossier
    from numecole_desktop.services.workspace import Workspace

_FIELDS = {
    "classes_projet": "project_classes",
    "projet": "project_title",
    "projet_ecole": "school_project",
    "accompagnement": "support",
    "date_ecole": "school_signed_on",
    "date_commune": "commune_signed_on",
}
_ROLES = {
    "referent_ecole": PersonRole.SCHOOL_REFERENT,
    "referent_commune": PersonRole.COMMUNE_REFERENT,
    "signataire_ecole": PersonRole.SCHOOL_SIGNATORY,
    "signataire_commune": PersonRole.COMMUNE_SIGNATORY,
}
_YES_NO = {"oui": True, "non": False, "1": True, "0": False}


def enter(workspace: Workspace, dossier: Dossier, values: Sequence[str]) -> None:
    """Enter FIELD=VALUE pairs in a draft.

    Raises:
        Problem: a field does not exist or a value cannot be read.
    """
    from numecole_desktop.services import label_dossiers, label_people

    changed: dict[str, Any] = {}
    clear = []
    for key, text in pairs(values):
        if key in _ROLES:
            parts = [*(part.strip() for part in text.split(";")), "", ""]
            dossier = label_people.name_person(workspace, dossier, _ROLES[key], *parts[:3]).dossier
            continue
        name = _FIELDS.get(key)
        if name is None:
            known = ", ".join([*_FIELDS, *_ROLES])
            raise Problem(
                f"Le champ {quoted(key)} n’existe pas{NBSP}: les champs du dossier sont {known}."
            )
        if not text:
            clear.append(name)
        else:
            changed[name] = _value(key, name, text)
    if changed or clear:
        label_dossiers.edit(workspace, dossier, label_dossiers.Edit(**changed, clear=tuple(clear)))


def pairs(values: Sequence[str]) -> list[tuple[str, str]]:
    """Field and text of each FIELD=VALUE."""
    found = []
    for value in values:
        key, equals, text = value.partition("=")
        if not equals:
            raise Problem(
                f"{quoted(value)} n’est pas de la forme CHAMP=VALEUR, par exemple classes_projet=2."
            )
        found.append((key.strip().lower().replace("-", "_"), text.strip()))
    return found


def _value(key: str, name: str, text: str) -> object:
    if name == "project_classes":
        return whole_number(key, text)
    if name in ("school_project", "support"):
        if text.lower() not in _YES_NO:
            raise Problem(f"{key}={text}{NBSP}: répondez oui ou non.")
        return _YES_NO[text.lower()]
    if name.endswith("_on"):
        return read_day(key, text)
    return text


def whole_number(key: str, text: str) -> int:
    """A whole number, 0 or more."""
    if not text.isascii() or not text.isdecimal():
        raise Problem(f"{key}={text}{NBSP}: donnez un nombre entier, 0 ou plus.")
    return int(text)


def read_day(key: str, text: str) -> date:
    """A date, written 2024-01-31 or 31/01/2024."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        pass
    try:
        day, month, year = (int(part) for part in text.split("/"))
        return date(year, month, day)
    except ValueError as problem:
        raise Problem(
            f"{key}={text}{NBSP}: écrivez la date comme 2024-01-31 ou 31/01/2024."
        ) from problem
