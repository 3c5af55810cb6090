"""Taking an action back: by new events, and only where nobody wrote since."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Set
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from typing import TypeAlias, TypeVar

from numecole_desktop.domain.arbitration import undoing, written_since
from numecole_desktop.domain.causality import Dot
from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.journal import RecordKind, Value
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import settings
from numecole_desktop.services.workspace import Changes, Job, Progress, Workspace

Record = tuple[RecordKind, tuple[str, ...]]
"""A record: its kind and its key (UAI, school year where it has one)."""

RECORDS = (RecordKind.DECLARATION, RecordKind.APPLICATION, RecordKind.SCHOOL)
"""Kinds of event that speak of records, and can be taken back."""

T = TypeVar("T")
_CHUNK = 1_000
_STEP = 200
"""Records between two signs of progress."""


@dataclass(frozen=True, slots=True)
class Act:
    """What an action wrote: events ``first`` to ``last`` of this device's journal, and settings.

    ``last`` is below ``first`` when there is no event; ``settings`` holds the former values of
    those that changed, empty for one that was not set.
    """

    journal: str
    first: int
    last: int
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """What taking an action back changed; ``said`` adds a sentence where something was left.

    ``again`` does the action again, None where it cannot be.
    """

    changes: Changes
    said: str = ""
    again: Step | None = None


Step: TypeAlias = "Callable[[Workspace], Job[Taken]]"
"""How an action is taken back, or done again."""


class Keep(Enum):
    """What others' later writings protect from being taken back."""

    UNIT = "what they wrote"
    RECORD = "the record, where they wrote over what is taken back"
    UNTOUCHED = "the record, wherever they wrote on it"


class Mark:
    """A moment: what is written from then on is an action."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._journal, self._last = workspace.writer.journal, workspace.writer.last[0]
        self._settings = settings.starting(workspace, "")

    def act(self) -> Act | None:
        """What was written since; None when nothing was."""
        writer = self._workspace.writer
        first = self._last + 1 if writer.journal == self._journal else 1
        changed = {
            key: self._settings.get(key, "")
            for key, value in settings.starting(self._workspace, "").items()
            if value != self._settings.get(key, "")
        }
        act = Act(writer.journal, first, writer.last[0], changed)
        return act if changed or act.last >= first else None


def acting(workspace: Workspace, work: Callable[[], T]) -> tuple[T, Act | None]:
    """Do ``work``, and say what it wrote; None when it wrote nothing."""
    mark = Mark(workspace)
    return work(), mark.act()


def one_change(former: Act, then: Act) -> Act | None:
    """Both as one, where they only changed the same settings, one after the other; else None.

    A list of choices gone through by its letters or its arrows changes a setting many times.
    """
    events = any(act.last >= act.first for act in (former, then))
    return None if events or former.settings.keys() != then.settings.keys() else former


def take_back(
    workspace: Workspace,
    act: Act,
    *,
    batch: str = "",
    untouched: bool = False,
    redo: bool = False,
) -> Job[Taken]:
    """Put back what an action wrote, by new events; it can be done again in the same way.

    Records on which somebody wrote since are left as they are: with ``untouched`` on anything of
    theirs, else on what the action had changed. The new events belong to the import ``batch``.
    With ``redo``, the action was itself a taking back, and what was done is done again.

    Raises:
        Problem: somebody wrote since on every record; nothing was changed.
    """
    rows = workspace.base.connection.execute(
        "SELECT n, kind, seq FROM event WHERE journal = ? AND n BETWEEN ? AND ? ORDER BY seq",
        (act.journal, act.first, act.last),
    ).fetchall()
    undone = {(act.journal, n) for n, _, _ in rows}
    records = dict.fromkeys(
        (RecordKind(kind), key)
        for _, kind, seq in rows
        if kind in RECORDS
        for key in workspace.projection.folding.keys_of(seq)
    )
    keep = Keep.UNTOUCHED if untouched else Keep.RECORD
    mark = Mark(workspace)
    note = "Action rétablie." if redo else "Action annulée."
    with workspace.writing():
        kept = yield from put_back(workspace, records, undone, note=note, keep=keep, batch=batch)
        for key, value in act.settings.items():
            settings.put(workspace, key, value)
    again = mark.act()
    if kept and again is None:
        raise Problem(
            f"{_since(kept)}{NBSP}: cette action ne peut plus être annulée d’un coup. Rien n’a "
            f"changé{NBSP}; corrigez à la main."
        )
    said = f"{_since(kept)}{NBSP}: rien n’y est touché." if kept else ""
    step = None
    if again:
        step = partial(take_back, act=again, untouched=untouched, redo=not redo)
    return Taken(_changes(records, kept_settings=bool(act.settings)), said, step)


def put_back(
    workspace: Workspace,
    records: Collection[Record],
    undone: Set[Dot],
    *,
    note: str,
    keep: Keep = Keep.UNIT,
    batch: str = "",
) -> Job[list[str]]:
    """Write, in one transaction, ``records`` as they were without the events ``undone``.

    Returns the schools where something of others stays. Closing the generator changes nothing.
    """
    context = workspace.writer.context
    groups: dict[tuple[int, RecordKind, str, tuple[str, ...]], list[tuple[Value, ...]]] = {}
    kept = []
    for done, (kind, key) in enumerate(records):
        if done % _STEP == 0:
            yield Progress(done, len(records), "Relecture de ce qui a changé")
        history = [w for _, w in workspace.projection.folding.history(key, kind)]
        taken = undoing(history, undone, workspace.catalogue.merge_rules(kind))
        if taken.kept or (keep is Keep.UNTOUCHED and written_since(history, undone)):
            kept.append(key[0])
            if keep is not Keep.UNIT:
                continue
        for place, restored in enumerate(taken.events):
            columns = tuple(restored.cells)
            groups.setdefault((place, kind, restored.source, columns), []).append(
                (*key, *restored.cells.values())
            )
    total, done = sum(map(len, groups.values())), 0
    with workspace.writing():
        for (_, kind, source, columns), rows in sorted(groups.items(), key=lambda item: item[0]):
            for start in range(0, len(rows), _CHUNK):
                yield Progress(done + start, total, "Remise en état")
                workspace.record(
                    kind,
                    (*kind.key_columns, *columns),
                    rows[start : start + _CHUNK],
                    source=source,
                    context=context,
                    note=note,
                    batch=batch,
                )
            done += len(rows)
    return list(dict.fromkeys(kept))


def _since(kept: list[str]) -> str:
    if len(kept) == 1:
        return f"L’école {kept[0]} a été modifiée depuis"
    return f"{plural(len(kept), 'école')} ont été modifiées depuis"


def _changes(records: Iterable[Record], *, kept_settings: bool) -> Changes:
    found: dict[RecordKind, set[tuple[str, ...]]] = {kind: set() for kind in RECORDS}
    for kind, key in records:
        found[kind].add(key)
    declared, applied = (
        frozenset((uai, year) for uai, year in found[kind])
        for kind in (RecordKind.DECLARATION, RecordKind.APPLICATION)
    )
    schools = frozenset(key[0] for keys in found.values() for key in keys)
    # A form or a dossier that is open must read again what it did not write itself.
    return Changes(schools, declared, applied, everything=True, settings=kept_settings)
