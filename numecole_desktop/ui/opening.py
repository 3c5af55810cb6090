"""What the window needs from the base before anything else, read in one go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numecole_desktop.domain.school_year import SchoolYear
    from numecole_desktop.services.schools import SchoolRow
    from numecole_desktop.services.workspace import Workspace


class FirstLook:
    """Where the base is, whether it is the sample, the years it holds, its first schools."""

    __slots__ = ("path", "rows", "sample", "year", "years")

    def __init__(
        self,
        path: Path,
        sample: bool,
        years: Sequence[SchoolYear],
        year: SchoolYear,
        rows: Sequence[SchoolRow],
    ) -> None:
        self.path = path
        self.sample = sample
        self.years = years
        self.year = year
        self.rows = rows


def first_look(workspace: Workspace, remembered: str) -> FirstLook:
    """Read it; ``remembered`` is the school year shown last (« 2023-2024 »), if still held."""
    from numecole_desktop.services import schools

    held = schools.years(workspace)
    year = next((y for y in held if str(y) == remembered), None) or schools.current_year(workspace)
    return FirstLook(
        workspace.path, workspace.sample, held, year, schools.first_rows(workspace, year)
    )
