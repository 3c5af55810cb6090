"""The current state as a projection of the journal, applied event by event.

``Projection.apply`` is the only code that writes the state, for one edit, for a line of an
import and for a whole rebuild alike: rebuilding gives the same rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from sqlcipher3 import dbapi2 as sqlite

from numecole_desktop.domain.journal import Event, RecordKind
from numecole_desktop.domain.merge import MergeRules
from numecole_desktop.storage.applications import apply_applications
from numecole_desktop.storage.declaration_rows import (
    DeclarationKey,
    DeclarationState,
    RulesOf,
    apply_declarations,
)
from numecole_desktop.storage.events import read_events
from numecole_desktop.storage.folding import Folding
from numecole_desktop.storage.school_rows import apply_schools

STATE_TABLES = (
    "school",
    "declaration",
    "declared_year",
    "import_run",
    "label_application",
    "conflict",
    "cleared",
)
_FEW = 20
_STEP = 100
"""Events replayed between two signs of progress."""
_IMPORT_FIELDS = (
    "kind",
    "file",
    "sha256",
    "lines",
    "accepted",
    "unchanged",
    "refused",
    "warnings",
)


@dataclass(frozen=True, slots=True)
class StateRules:
    """What the state depends on besides the events: indices of a year, merging of a kind."""

    equipment: RulesOf
    merge: Callable[[RecordKind], MergeRules]


@dataclass(slots=True)
class Stale:
    """Territory figures that applied events may have changed, until they are refreshed.

    Every year from ``first_year`` on is concerned, None when none is; ``schools`` are those whose
    circonscriptions changed, None when that is all of them. ``labels`` are the schools whose
    label was decided anew.
    """

    first_year: int | None = None
    schools: set[str] | None = field(default_factory=set)
    labels: set[str] = field(default_factory=set)

    def declarations(self, uais: Iterable[str], year: int) -> None:
        """Declarations of ``year`` that count came, changed or went."""
        if self.first_year is None or year < self.first_year:
            self.first_year = year
        if self.schools is not None:
            self.schools.update(islice(uais, _FEW + 1))
            if len(self.schools) > _FEW:
                self.schools = None

    def everything(self) -> None:
        """Anything may have changed."""
        self.first_year, self.schools = 0, None

    def clear(self) -> None:
        """The figures are up to date."""
        self.first_year, self.schools, self.labels = None, set(), set()


class Projection:
    """Applies events to the state tables of one connection, inside the caller's transaction."""

    def __init__(self, connection: sqlite.Connection, rules: StateRules) -> None:
        self._connection = connection
        self._rules = rules
        self.folding = Folding(connection, rules.merge)
        self.stale = Stale()

    def apply(
        self,
        seq: int,
        event: Event,
        known: Mapping[DeclarationKey, DeclarationState] | None = None,
    ) -> None:
        """Bring the state up to date with one event, stored under the number ``seq``.

        ``known`` gives the declarations that the event touches when the caller has just read
        them; those it does not hold do not exist.
        """
        covered = self.folding.begin(seq, event)
        connection, folding = self._connection, self.folding
        if event.kind is RecordKind.DECLARATION:
            done = apply_declarations(
                connection, folding, self._rules.equipment, seq, event, covered, known
            )
            self._count(done.held)
            for year, uais in done.counted.items():
                self.stale.declarations(uais, year)
        elif event.kind is RecordKind.SCHOOL:
            self.stale.everything()
            apply_schools(connection, folding, seq, event, covered)
        elif event.kind is RecordKind.IMPORT:
            self._apply_import(event)
        elif event.kind is RecordKind.APPLICATION:
            self.stale.labels |= apply_applications(connection, folding, seq, event, covered)

    def rebuild(self) -> None:
        """Recompute the whole state from the journal alone."""
        for table in STATE_TABLES:
            self._connection.execute(f"DELETE FROM {table}")  # noqa: S608 - names of ours
        for _ in self.replay(self._connection):
            pass

    def replay(self, journal: sqlite.Connection) -> Iterator[int]:
        """Apply every event stored in ``journal``, which may be another base.

        Yields now and then how many were.
        """
        self.folding = Folding(journal, self._rules.merge)
        for done, (seq, event) in enumerate(read_events(journal)):
            if done % _STEP == 0:
                yield done
            self.apply(seq, event)
        self.folding = Folding(self._connection, self._rules.merge)

    def _count(self, held: Mapping[int, int]) -> None:
        """Add to the numbers of declarations held for each year."""
        changes = [change for change in held.items() if change[1]]
        if changes:
            self._connection.executemany(
                "INSERT INTO declared_year (year, declarations) VALUES (?, ?) ON CONFLICT (year) "
                "DO UPDATE SET declarations = declarations + excluded.declarations",
                changes,
            )

    def _apply_import(self, event: Event) -> None:
        for row in event.rows:
            cells = dict(zip(event.columns, row, strict=True))
            if "undone" in cells:
                self._connection.execute(
                    "UPDATE import_run SET undone = ? WHERE id = ?",
                    (int(bool(cells["undone"])), cells["id"]),
                )
                continue
            marks = ", ".join("?" * (len(_IMPORT_FIELDS) + 4))
            self._connection.execute(
                f"INSERT INTO import_run (id, at, operator, undone, {', '.join(_IMPORT_FIELDS)}) "  # noqa: S608
                f"VALUES ({marks})",
                (
                    cells["id"],
                    event.at,
                    event.operator,
                    0,
                    *(cells[name] for name in _IMPORT_FIELDS),
                ),
            )
