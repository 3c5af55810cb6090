"""An open base with its rules: what every service works on."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from numecole_desktop.domain.journal import Event, RecordKind, Source, Value
from numecole_desktop.referentials.catalogue import Catalogue
from numecole_desktop.services.derived import (
    migrate,
    refresh_figures,
    refresh_references,
    rules_of,
)
from numecole_desktop.services.folders import data_folder
from numecole_desktop.storage import exchange, markers, snapshots
from numecole_desktop.storage.declaration_rows import DeclarationKey, DeclarationState
from numecole_desktop.storage.engine import Base, open_base
from numecole_desktop.storage.errors import in_french
from numecole_desktop.storage.events import JournalWriter, new_journal_id
from numecole_desktop.storage.markers import Marker
from numecole_desktop.storage.migrations import STEPS
from numecole_desktop.storage.projection import Projection
from numecole_desktop.storage.settings import setting

Clock = Callable[[], datetime]
DEFAULT_OPERATOR = "poste"


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a long job is: ``done`` of ``total`` steps (0 when unknown), and a French label."""

    done: int
    total: int
    label: str


T = TypeVar("T")
Job = Generator[Progress, None, T]
"""A long job: it yields its progress and returns its report; closing it cancels it whole."""


def finished(job: Generator[object, None, T]) -> T:
    """Run a long job to its end without saying how far it is."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: T = end.value
            return result


def told(steps: Generator[tuple[int, int], None, T], label: str) -> Job[T]:
    """Steps that yield how many are done, and of how many, as the progress of a long job."""
    while True:
        try:
            done, total = next(steps)
        except StopIteration as end:
            result: T = end.value
            return result
        yield Progress(done, total, label)


@dataclass(frozen=True, slots=True)
class Changes:
    """What a write changed, for the screens that show it.

    ``declarations`` and ``applications`` (of labels) hold (UAI, school year) pairs.
    ``everything`` is true after bulk writes, ``settings`` when settings were put back.
    """

    schools: frozenset[str] = frozenset()
    declarations: frozenset[tuple[str, str]] = frozenset()
    applications: frozenset[tuple[str, str]] = frozenset()
    everything: bool = False
    settings: bool = False

    def __or__(self, then: Changes) -> Changes:
        """What two writes changed together."""
        return Changes(
            self.schools | then.schools,
            self.declarations | then.declarations,
            self.applications | then.applications,
            self.everything or then.everything,
            self.settings or then.settings,
        )


@dataclass(slots=True)
class Workspace:
    """An open base, its rules and who works on it. It belongs to the thread that opened it.

    ``owns_journal`` is false while the journal that the base names may be another's (the base was
    restored or copied): the first write then begins one.
    """

    base: Base
    catalogue: Catalogue
    operator: str
    clock: Clock
    writer: JournalWriter
    projection: Projection
    marker: Marker | None = None
    owns_journal: bool = False
    _depth: int = field(default=0)
    _begun: bool = field(default=False)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        operator: str = "",
        create: bool = True,
        clock: Clock | None = None,
        steps: Sequence[str] = STEPS,
    ) -> Workspace:
        """Open the base at ``path``, created or brought to the current format if need be.

        A copy is kept beside a base before its format changes.

        Raises:
            Problem: the base is missing, locked, newer, damaged or without key.
        """
        base, version = open_base(path, create=create, steps=steps)
        return cls.over(base, version, operator=operator, clock=clock, steps=steps)

    @classmethod
    def over(
        cls,
        base: Base,
        version: int,
        *,
        operator: str = "",
        clock: Clock | None = None,
        steps: Sequence[str] = STEPS,
    ) -> Workspace:
        """Work on a base just opened, whose format is ``version``; closed where that fails.

        Raises:
            Problem: the base is damaged, or the disk refuses.
        """
        try:
            with in_french(base.path):
                return cls._prepared(base, version, operator, clock or _now, steps)
        except BaseException:
            base.close()
            raise

    @classmethod
    def _prepared(
        cls, base: Base, version: int, operator: str, clock: Clock, steps: Sequence[str]
    ) -> Workspace:
        snapshots.clear_leftovers(base.path)
        catalogue = Catalogue()
        projection = Projection(base.connection, rules_of(catalogue))
        if version < len(steps):
            migrate(base, catalogue, projection, version, steps)
        received = exchange.trust_files(base.connection, exchange.REFERENTIAL)
        if received:
            catalogue = Catalogue([(file.key, file.data) for file in received])
            projection = Projection(base.connection, rules_of(catalogue))
        operator = operator or setting(base.connection, "operator", DEFAULT_OPERATOR)
        journal = base.meta("journal")
        writer = JournalWriter(base.connection, journal or "")
        workspace = cls(base, catalogue, operator, clock, writer, projection)
        if journal is None:
            workspace.start_journal(predecessor=None)
        else:
            workspace.marker = markers.claim(_marker_folder(), journal, base.connection)
            workspace.owns_journal = workspace.marker is not None
        return workspace

    @property
    def path(self) -> Path:
        """Where the base is."""
        return self.base.path

    @property
    def sample(self) -> bool:
        """Whether this is the sample base, whose declarations are invented."""
        return self.base.meta("sample") == "1"

    def guarded(self) -> AbstractContextManager[None]:
        """Around whatever reads this base: what its disk refuses is said in French.

        Raises:
            Problem: the file is damaged, or the disk does not answer.
        """
        return in_french(self.base.path)

    @property
    def is_writing(self) -> bool:
        """Whether a transaction is under way, which ``writing`` would join."""
        return self._depth > 0

    @contextmanager
    def writing(self, *, keep: bool = True) -> Iterator[None]:
        """One durable transaction over the journal and the state; nested calls join it.

        With ``keep`` false everything is undone at the end: it was only to see what would happen.

        Raises:
            Problem: the disk refuses; nothing was changed.
        """
        if self._depth:
            yield
            return
        self._depth = 1
        try:
            with self.base.transaction(keep=keep):
                yield
                refresh_figures(self.base, self.catalogue, self.projection)
            if keep:
                self.writer.committed()
                self._begun = False
                if self.marker is not None:
                    self.marker.write(*self.writer.last)
            else:
                self._rolled_back()
        except BaseException:
            self._rolled_back()
            raise
        finally:
            self.projection.stale.clear()
            self._depth = 0

    def _rolled_back(self) -> None:
        self.writer.rolled_back()
        if self._begun:
            # The journal that this transaction began went with it.
            self.owns_journal = False
            if self.marker is not None:
                self.marker.discard()
                self.marker = None
            self.writer = JournalWriter(self.base.connection, self.base.meta("journal") or "")
        self._begun = False
        self.projection.folding.forget()

    def record(
        self,
        kind: RecordKind,
        columns: Sequence[str],
        rows: Sequence[tuple[Value, ...]],
        *,
        source: str,
        context: Mapping[str, int] | None = None,
        note: str = "",
        batch: str = "",
        rules: str = "",
        known: Mapping[DeclarationKey, DeclarationState] | None = None,
    ) -> Event:
        """Append one event and apply it to the state: the only way in which anything changes.

        ``context`` is what was on screen when the form was opened; by default, all that the base
        holds now.
        """
        with self.writing():
            if not self.owns_journal and kind is not RecordKind.JOURNAL:
                # Restored, copied, or written elsewhere: its journal is not ours to go on.
                self.start_journal(predecessor=self.base.meta("journal"))
            seq, event = self.writer.append(
                kind=kind,
                columns=columns,
                rows=rows,
                context=self.writer.context if context is None else context,
                operator=self.operator,
                at=self.clock().isoformat(timespec="seconds"),
                source=source,
                note=note,
                batch=batch,
                rules=rules,
            )
            self.projection.apply(seq, event, known)
        return event

    def take_rules(self) -> None:
        """Work with the référentiels that the base holds now: the state is recomputed.

        Raises:
            Problem: the disk refuses; nothing was changed.
        """
        received = exchange.trust_files(self.base.connection, exchange.REFERENTIAL)
        self.catalogue = Catalogue([(file.key, file.data) for file in received])
        stale = self.projection.stale
        self.projection = Projection(self.base.connection, rules_of(self.catalogue))
        self.projection.stale = stale
        self.projection.rebuild()
        self.refresh_references()

    def refresh_references(self) -> None:
        """Recompute what depends on reference sets, inside the caller's transaction."""
        refresh_references(self.base, self.catalogue)
        self.projection.stale.everything()

    def start_journal(self, predecessor: str | None) -> None:
        """Begin a new journal; its first event names the one that it follows, if any."""
        journal = new_journal_id()
        if self.marker is not None:
            self.marker.close()
        self.marker = markers.begin(_marker_folder(), journal)
        self._begun = self.owns_journal = True
        with self.writing():
            self.base.connection.execute(
                "INSERT OR REPLACE INTO meta (key, value) VALUES ('journal', ?)", (journal,)
            )
            self.writer = JournalWriter(self.base.connection, journal)
            self.record(
                RecordKind.JOURNAL,
                ("id", "predecessor"),
                [(journal, predecessor)],
                source=Source.OBSERVED,
            )

    def close(self) -> None:
        """Close the base."""
        self.base.close()
        if self.marker is not None:
            self.marker.close()
            self.marker = None

    def __enter__(self) -> Workspace:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


def forget_journal(journal: str) -> None:
    """A journal just begun is given up: its base was removed."""
    markers.forget(_marker_folder(), journal)


def _marker_folder() -> Path:
    return data_folder() / "journaux"


def _now() -> datetime:
    return datetime.now().astimezone()
