"""The profiles that are handed to town halls, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from numecole_desktop.domain.french import sort_key
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.durable import write_whole
from numecole_desktop.reports.filenames import commune_name, profile_name
from numecole_desktop.services import profiles, territory_profiles
from numecole_desktop.services.profiles import WrittenProfiles
from numecole_desktop.services.territories import find_territory
from numecole_desktop.services.workspace import Job, Progress, Workspace
from numecole_desktop.storage import figures, reads

_Pdf = tuple[str, str, Callable[[], bytes]]
"""What a file is about, its name, and how its bytes are made."""


def write_town_hall_profiles(
    workspace: Workspace, level: str, code: str, year: SchoolYear, folder: Path
) -> Job[WrittenProfiles]:
    """Write what town halls are given: the profile of every commune of a territory.

    For one commune, the profile of each of its schools goes with it. Each file is whole or absent;
    closing the generator keeps those already written.

    Raises:
        Problem: no such territory, or it has no public school open in ``year``.
    """
    territory = find_territory(workspace, level, code)
    wanted = list(_files(workspace, level, territory.code, year))
    if not wanted:
        raise Problem(f"{territory.name} n’a pas d’école publique ouverte en {year}.")
    written: list[Path] = []
    failed: list[tuple[str, str]] = []
    for done, (subject, name, make) in enumerate(wanted):
        yield Progress(done, len(wanted), subject)
        try:
            written.append(write_whole(folder / name, make()))
        except Problem as problem:
            failed.append((subject, str(problem)))
    return WrittenProfiles(written, failed)


def _files(workspace: Workspace, level: str, code: str, year: SchoolYear) -> Iterator[_Pdf]:
    rows = list(reads.reference_rows(workspace.base.connection, year, figures.SCOPES[level], code))
    communes = {r.school.commune_code: r.school.commune or "" for r in rows}
    for commune, name in sorted(communes.items(), key=lambda pair: sort_key(pair[1])):
        if commune:
            make = partial(territory_profiles.profile_pdf, workspace, "commune", commune, year)
            yield name, commune_name(commune, name, year), make
    if level == "commune":
        for row in rows:
            uai = row.school.uai
            name = profile_name(row.school, year)
            yield row.school.name, name, partial(profiles.profile_pdf, workspace, uai, year)
