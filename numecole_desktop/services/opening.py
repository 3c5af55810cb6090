"""What the window shows before anything else: the base's years and first schools, by plain SQL.

Rules, journal and all that writes are imported afterwards: they would double the wait.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from numecole_desktop.domain.own_territory import EVERYWHERE, OwnTerritory
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import first_start
from numecole_desktop.services.own_territory import own_territory, territory_words
from numecole_desktop.services.school_list import SchoolRow, first_rows, held_years
from numecole_desktop.storage import listing
from numecole_desktop.storage.engine import Base, open_base
from numecole_desktop.storage.errors import in_french
from numecole_desktop.storage.migrations import STEPS
from numecole_desktop.storage.settings import setting

if TYPE_CHECKING:
    from numecole_desktop.services.workspace import Workspace

START_YEAR = "start_year"
"""Setting of a base: the school year to show at each start, empty for the last one shown."""

_FIRST = 40
"""Schools of the first paint: as many as a high window shows."""


@dataclass(frozen=True, slots=True)
class FirstLook:
    """Where the base is, whether it is the sample, the years it holds, its first schools.

    ``territory`` is the one that this base looks after, ``territory_name`` its name;
    ``setting_up`` is true where the steps of the first start were begun and not ended.
    """

    path: Path
    sample: bool
    years: Sequence[SchoolYear]
    year: SchoolYear
    rows: Sequence[SchoolRow]
    territory: OwnTerritory
    territory_name: str
    setting_up: bool


def first_look(base: Base, remembered: str, today: date, *, everywhere: bool = False) -> FirstLook:
    """Read it; ``remembered`` is the school year shown last (« 2023-2024 »), if still held.

    A year fixed in the settings of the base comes before it. Else the year is the newest that holds
    a declaration, or that of ``today``; so it is in the sample, whose years are its own.
    The first schools are those of its territory, or, ``everywhere``, of the whole base.
    """
    declared = listing.declared_years(base.connection)
    held = held_years(base.connection, today)
    sample = base.meta("sample") == "1"
    wanted = (setting(base.connection, START_YEAR), "" if sample else remembered)
    year = next((y for text in wanted for y in held if str(y) == text), None)
    year = year or next(iter(declared), SchoolYear.of(today))
    own = own_territory(base.connection)
    rows = first_rows(base.connection, year, _FIRST, EVERYWHERE if everywhere else own)
    name = territory_words(base.connection, own)
    begun = first_start.under_way(base.connection)
    return FirstLook(base.path, sample, held, year, rows, own, name, begun)


class Opening:
    """A base that is looked at first, then worked on.

    Args:
        path: says where the base is; called when it is opened.
        operator: who works on it, where the base does not say.
        clock: what time it is.
    """

    def __init__(
        self,
        path: Callable[[], Path],
        *,
        operator: str = "",
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._path = path
        self._operator = operator
        self._clock = clock
        self._opened: tuple[Base, int] | None = None

    def look(self, remembered: str, *, everywhere: bool = False) -> FirstLook:
        """Open the base and read what is shown first, as ``first_look`` does.

        One that is new or of an older format is brought to the current one before.

        Raises:
            StorageError: the base is locked, newer, damaged or without key.
        """
        base, version = open_base(self._path())
        if version < len(STEPS):
            base, version = self._over(base, version).base, len(STEPS)
        try:
            with in_french(base.path):
                found = first_look(base, remembered, self._today(), everywhere=everywhere)
        except BaseException:
            base.close()
            raise
        self._opened = base, version
        return found

    def workspace(self) -> Workspace:
        """The base that was looked at, or opened anew, to work on.

        Raises:
            StorageError: as for ``look``.
        """
        opened = self._opened or open_base(self._path())
        self._opened = None
        return self._over(*opened)

    def _over(self, base: Base, version: int) -> Workspace:
        from numecole_desktop.services.workspace import Workspace

        return Workspace.over(base, version, operator=self._operator, clock=self._clock)

    def _today(self) -> date:
        return (self._clock() if self._clock else datetime.now().astimezone()).date()
