"""The schools last opened on this computer, base by base."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

if TYPE_CHECKING:
    from numecole_desktop.services.school_list import SchoolRow
    from numecole_desktop.ui.state import WindowState

MOST = 10


class RecentSchools:
    """UAIs of the last schools whose page or form was opened, the latest first.

    Args:
        state: what the window remembers.
        base: gives the path of the base now open.
    """

    def __init__(self, state: WindowState, base: Callable[[], Path]) -> None:
        self._state = state
        self._base = base

    def uais(self) -> tuple[str, ...]:
        """What is remembered for the base now open."""
        return tuple(self._state.text(self._key()).split())

    def add(self, uai: str) -> None:
        """A school was opened."""
        former = self.uais()
        if former[:1] != (uai,):
            self._keep([uai, *(other for other in former if other != uai)])

    def among(self, rows: Sequence[SchoolRow], *, whole: bool) -> list[SchoolRow]:
        """Rows of the recent schools; ``whole`` forgets those that ``rows`` does not hold."""
        uais = self.uais()
        wanted = frozenset(uais)
        held = {row.uai: row for row in rows if row.uai in wanted} if uais else {}
        if whole and len(held) < len(uais):
            self._keep([uai for uai in uais if uai in held])
        return [held[uai] for uai in uais if uai in held]

    def _keep(self, uais: Sequence[str]) -> None:
        self._state.put(self._key(), " ".join(uais[:MOST]))

    def _key(self) -> str:
        return f"recent/{crc32(str(self._base()).encode()):08x}"
