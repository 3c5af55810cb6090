"""Taking an action back: by new events, and only where nobody wrote since."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Set
from dataclasses import dataclass
from functools import partial
from typing import TypeAlias, TypeVar

from numecole_desktop.domain.arbitration import undoing
from numecole_desktop.domain.causality import Dot
from numecole_desktop.domain.french import NBSP, plural
from numecole_desktop.domain.journal import RecordKind, Value
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services.workspace import Changes, Job, Progress, Workspace

Record = tuple[RecordKind, tuple[str, ...]]
"""A record: its kind and its key (UAI, school year where it has one)."""

RECORDS = (RecordKind.DECLARATION, RecordKind.APPLICATION, RecordKind.SCHOOL)
"""Kinds of event that speak of records, and can be taken back."""

T = TypeVar("T")
_CHUNK = 1_000


@dataclass(frozen=True, slots=True)
class Act:
    """What an action wrote in this device's journal: its events ``first`` to ``last``."""

    journal: str
    first: int
    last: int


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


def acting(workspace: Workspace, work: Callable[[], T]) -> tuple[T, Act | None]:
    """Do ``work``, and say what it wrote; None when it wrote nothing."""
    journal, former = workspace.writer.journal, workspace.writer.last[0]
    result = work()
    last = workspace.writer.last[0]
    first = former + 1 if workspace.writer.journal == journal else 1
    return result, Act(workspace.writer.journal, first, last) if last >= first else None


def take_back(workspace: Workspace, act: Act) -> Job[Taken]:
    """Put back what an action wrote, by new events; it can be done again in the same way.

    Records on which somebody wrote since are left as they are.

    Raises:
        ServiceError: somebody wrote since on every record; nothing was changed.
    """
    yield Progress(0, 0, "Annulation")
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
    work = partial(put_back, workspace, records, undone, note="Action annulée.", whole=True)
    kept, again = acting(workspace, work)
    yield Progress(1, 1, "Annulation")
    if kept and again is None:
        raise Problem(
            f"{_since(kept)}{NBSP}: cette action ne peut plus être annulée d’un coup. Rien n’a "
            f"changé{NBSP}; corrigez à la main."
        )
    said = f"{_since(kept)}{NBSP}: rien n’y est touché." if kept else ""
    step = partial(take_back, act=again) if again else None
    return Taken(_changes(records), said, step)


def put_back(
    workspace: Workspace,
    records: Iterable[Record],
    undone: Set[Dot],
    *,
    note: str,
    whole: bool = False,
) -> list[str]:
    """Write, in one transaction, ``records`` as they were without the events ``undone``.

    What others wrote since stays; with ``whole`` a record on which they did is not touched at all.
    Returns the schools where something stays.
    """
    context = workspace.writer.context
    groups: dict[tuple[int, RecordKind, str, tuple[str, ...]], list[tuple[Value, ...]]] = {}
    kept = []
    for kind, key in records:
        history = [w for _, w in workspace.projection.folding.history(key, kind)]
        taken = undoing(history, undone, workspace.catalogue.merge_rules(kind))
        if taken.kept:
            kept.append(key[0])
            if whole:
                continue
        for place, restored in enumerate(taken.events):
            columns = tuple(restored.cells)
            groups.setdefault((place, kind, restored.source, columns), []).append(
                (*key, *restored.cells.values())
            )
    with workspace.writing():
        for (_, kind, source, columns), rows in sorted(groups.items(), key=lambda item: item[0]):
            for start in range(0, len(rows), _CHUNK):
                workspace.record(
                    kind,
                    (*kind.key_columns, *columns),
                    rows[start : start + _CHUNK],
                    source=source,
                    context=context,
                    note=note,
                )
    return list(dict.fromkeys(kept))


def _since(kept: list[str]) -> str:
    if len(kept) == 1:
        return f"L’école {kept[0]} a été modifiée depuis"
    return f"{plural(len(kept), 'école')} ont été modifiées depuis"


def _changes(records: Iterable[Record]) -> Changes:
    found: dict[RecordKind, set[tuple[str, ...]]] = {kind: set() for kind in RECORDS}
    for kind, key in records:
        found[kind].add(key)
    declared, applied = (
        frozenset((uai, year) for uai, year in found[kind])
        for kind in (RecordKind.DECLARATION, RecordKind.APPLICATION)
    )
    schools = frozenset(key[0] for keys in found.values() for key in keys)
    # A form or a dossier that is open must read again what it did not write itself.
    return Changes(schools, declared, applied, everything=True)
