"""Lines of declarations of which nothing is to be said: most of a file, taken a block at a time.

The others are read, checked and compared one by one, which costs ten times as much.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import compress, repeat
from operator import not_

from numecole_desktop.domain.journal import ABSENT, Value
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.domain.screens import Screens, Stored
from numecole_desktop.importers.declarations import Columns
from numecole_desktop.storage.declaration_rows import DeclarationState, same_answer


@dataclass(frozen=True, slots=True)
class PlainLines:
    """Declarations of one school year to create as their lines give them.

    ``columns`` has one column for each question of the file, with None in those of ``gaps``, and
    one for « status »; ``taken`` says which lines are meant. ``unchanged`` counts those that the
    base holds already.
    """

    year: SchoolYear
    uais: Sequence[str]
    columns: Mapping[str, Sequence[Answer | None]]
    gaps: Set[str]
    taken: Sequence[bool]
    unchanged: int

    @classmethod
    def none(cls, year: SchoolYear) -> PlainLines:
        """No line."""
        return cls(year, (), {}, frozenset(), (), 0)

    @property
    def count(self) -> int:
        """How many declarations there are to create."""
        return sum(self.taken)

    def fill(self, field: str) -> bool:
        """Whether a line gives ``field``."""
        return any(cell is not None for cell in self.columns.get(field, ()))

    def rows(self, fields: Sequence[str]) -> list[tuple[Value, ...]]:
        """Rows of an event: UAI, school year, ``fields``."""
        columns = map(self._cells, fields)
        rows = zip(self.uais, repeat(str(self.year)), *columns, strict=False)
        return list(compress(rows, self.taken))

    def _cells(self, field: str) -> Sequence[Value]:
        column = self.columns.get(field)
        if column is None:
            return (ABSENT,) * len(self.uais)
        if field in self.gaps:
            return [ABSENT if cell is None else cell for cell in column]
        return column


def sort_out(
    lines: Columns,
    held: Mapping[int, DeclarationState],
    previous: Sequence[Stored | None],
    screens: Screens,
    open_schools: Collection[str],
    connected: Collection[str] = (),
) -> tuple[PlainLines, Sequence[bool]]:
    """The plain lines of a block, and for each line whether it is to be read by itself.

    ``held`` gives by place the declarations that the base holds, ``previous`` for each line last
    year's submitted answers, ``open_schools`` the UAIs that may declare, ``connected`` those that
    have ENT connections.
    """
    places = range(len(lines.uais))
    linked = [p for p, uai in enumerate(lines.uais) if uai in connected] if connected else ()
    odd = lines.odd | screens.suspects(lines.answers, previous, linked)
    odd.update(compress(places, map(not_, map(open_schools.__contains__, lines.uais))))
    if len(lines.gaps) == len(lines.answers):
        odd.update(p for p in places if not _given(lines, p))
    odd.update(p for p, state in held.items() if not _unchanged(lines, p, state))
    left = odd | held.keys()
    return PlainLines(
        lines.year,
        lines.uais,
        {**lines.answers, "status": lines.statuses},
        lines.gaps,
        [p not in left for p in places],
        len(left) - len(odd),
    ), [p in odd for p in places]


def _given(lines: Columns, place: int) -> dict[str, Answer]:
    cells = ((code, column[place]) for code, column in lines.answers.items())
    return {code: cell for code, cell in cells if cell is not None}


def _unchanged(lines: Columns, place: int, state: DeclarationState) -> bool:
    given = _given(lines, place)
    return (
        lines.statuses[place] == state.status
        and given.keys() == state.answers.keys()
        and all(same_answer(state.answers[code], answer) for code, answer in given.items())
    )
