"""Reminding schools that have not submitted their declaration of the year."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from numecole_desktop.domain.chasing import ChasedSchool, Letter, Wording, check_marks
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.chasing import wording as shipped_wording
from numecole_desktop.services import settings
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import reads, todo

_SETTING = "chasing"


@dataclass(frozen=True, slots=True)
class Chase:
    """Schools to remind for ``year`` in the order of the list, and the texts to do it.

    ``closing`` is the last day of the campaign, ``own`` says whether the texts are the user's.
    """

    year: SchoolYear
    today: date
    closing: date
    schools: tuple[ChasedSchool, ...]
    wording: Wording
    own: bool


def chase(workspace: Workspace, uais: Collection[str], year: SchoolYear) -> Chase:
    """Public schools open in ``year``, among ``uais``, without a submitted declaration of it."""
    wanted = frozenset(uais)
    begun = todo.drafts(workspace.base.connection, year)
    schools = tuple(
        _chased(row, row.school.uai in begun)
        for row in reads.reference_rows(workspace.base.connection, year)
        if row.school.uai in wanted and row.declared_year != year.first
    )
    wording, own = held_wording(workspace)
    today = workspace.clock().date()
    return Chase(year, today, wording.closing.of(year), schools, wording, own)


def held_wording(workspace: Workspace) -> tuple[Wording, bool]:
    """The texts of this base, and whether they are the user's own."""
    shipped = shipped_wording()
    held = settings.get(workspace, _SETTING)
    if not held:
        return shipped, False
    texts = json.loads(held)
    own = replace(shipped, many=Letter(*texts["many"]), one=Letter(*texts["one"]))
    return own, True


def keep_wording(workspace: Workspace, wording: Wording) -> Wording:
    """Keep the user's own texts in this base.

    Raises:
        Problem: a mark does not exist, or the disk refuses; nothing was changed.
    """
    for letter in (wording.many, wording.one):
        check_marks(letter)
    texts = {
        name: (letter.subject, letter.body)
        for name, letter in (("many", wording.many), ("one", wording.one))
    }
    settings.put(workspace, _SETTING, json.dumps(texts, ensure_ascii=False))
    return wording


def forget_wording(workspace: Workspace) -> Wording:
    """Come back to the texts that are shipped."""
    settings.put(workspace, _SETTING, "")
    return shipped_wording()


def _chased(row: reads.ReferenceRow, begun: bool) -> ChasedSchool:
    school = row.school
    return ChasedSchool(
        school.uai,
        school.name,
        school.commune or "n.c.",
        school.circonscription_label or "n.c.",
        "" if row.declared_year is None else str(SchoolYear(row.declared_year)),
        begun,
    )
