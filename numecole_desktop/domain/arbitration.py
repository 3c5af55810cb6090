"""Settling a conflict, and taking back what was written: both are ordinary new events."""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass

from numecole_desktop.domain.causality import Context, Dot, covers
from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.journal import Value
from numecole_desktop.domain.merge import (
    Alternatives,
    Cells,
    MergeRules,
    Unit,
    Writing,
    merged,
)
from numecole_desktop.domain.problem import Problem


def arbitrated(
    unit: Unit, groups: Alternatives, chosen: Cells, *, reason: str, context: Context, label: str
) -> dict[str, Value]:
    """Cells of the event that settles a conflict: one of its values, or another.

    ``context`` is what was on screen when the person chose; ``reason`` becomes the event's note.
    ``label`` is the French name of what is in conflict.

    Raises:
        Problem: there is no conflict, no reason, or a value that was not on screen.
    """
    if len(groups) < 2:
        raise Problem(f"Il n’y a pas de désaccord à trancher sur {quoted(label)}.")
    if not reason.strip():
        raise Problem(
            f"Dites pourquoi vous retenez cette valeur pour {quoted(label)}{NBSP}: le motif est "
            f"gardé avec elle."
        )
    if not all(covers(context, head.dot) for group in groups for head in group):
        raise Problem(
            f"Une autre valeur est arrivée pour {quoted(label)} depuis l’affichage{NBSP}: relisez "
            f"les valeurs en présence, puis choisissez."
        )
    return {name: chosen.get(name) for name in unit}


@dataclass(frozen=True, slots=True)
class Restored:
    """What a new event must write to put a record back. ``source`` is that of the value."""

    source: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Undoing:
    """How to take events back on one record.

    Each of ``events`` is a new event; all have the same context, so that a conflict that the
    undone events had settled is open again. ``kept`` holds the units that others wrote since.
    """

    events: tuple[Restored, ...]
    kept: tuple[Unit, ...]


def undoing(history: Iterable[Writing], undone: Set[Dot], rules: MergeRules) -> Undoing:
    """What puts a record back as it was without the events ``undone``; others' writings stay."""
    known = list(history)
    now = merged(known, rules)
    past = merged((writing for writing in known if writing.dot not in undone), rules)
    concerned = {
        unit for writing in known if writing.dot in undone for unit in rules.units(writing.cells)
    }
    events: dict[tuple[int, str], dict[str, Value]] = {}
    kept = []
    for unit in (unit for unit in now if unit in concerned):
        heads = [head for group in now[unit] for head in group]
        if not all(head.dot in undone for head in heads):
            kept.append(unit)
            continue
        cleared = Writing(heads[0].dot, {}, heads[0].source, dict.fromkeys(unit))
        for place, group in enumerate(past.get(unit, ((cleared,),))):
            events.setdefault((place, group[0].source), {}).update(group[0].cells)
    return Undoing(
        tuple(Restored(source, cells) for (_, source), cells in sorted(events.items())),
        tuple(kept),
    )


def written_since(history: Iterable[Writing], undone: Set[Dot]) -> bool:
    """Whether something was written on a record that none of the events ``undone`` had seen."""
    known = list(history)
    seen = [writing.context for writing in known if writing.dot in undone]
    return any(
        not any(covers(context, writing.dot) for context in seen)
        for writing in known
        if writing.dot not in undone
    )
