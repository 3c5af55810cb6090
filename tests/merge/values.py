"""What the devices of the tests are made of: events as they travel, rows, forms, files."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from numecole_desktop.domain.causality import Dot
from numecole_desktop.domain.delivery import Link, losses
from numecole_desktop.domain.heads import RecordHeads
from numecole_desktop.domain.journal import Event, RecordKind, Value, body_hash
from numecole_desktop.domain.merge import MergeRules
from numecole_desktop.storage.events import decode

Key = tuple[str, ...]
Row = tuple[Value, ...]

RULES = MergeRules(
    groups=(("status", "submitted_at"), ("C1", "C2")),
    labels=frozenset({"submitted_at", "operator", "at", "note"}),
)
OFFICE = "a"
"""The circonscription: its journals, whose names begin so, may declare a loss."""


@lru_cache(maxsize=20_000)
def read(body: bytes) -> tuple[Link, Event | None]:
    """An event as it travels; None instead of it when this version does not know its kind."""
    raw = json.loads(body)
    event = decode(body) if raw["kind"] in set(RecordKind) else None
    lost = losses(event) if event and event.journal.startswith(OFFICE) else ()
    link = Link(raw["journal"], raw["n"], body_hash(body), raw["prev"], raw["ctx"], lost)
    return link, event


@dataclass(frozen=True)
class Record:
    """A row of the state: the values shown, and the compact heads of what they come from."""

    cells: Mapping[str, Value] = field(default_factory=dict)
    heads: RecordHeads = field(default_factory=RecordHeads)

    @property
    def held(self) -> set[str]:
        """First fields of the units that have a value."""
        return {RULES.unit(name)[0] for name, cell in self.cells.items() if cell is not None}


@dataclass
class Form:
    """What is on screen: a record, the context of its opening, and what its reader truly saw."""

    key: Key
    context: Mapping[str, int]
    shown: frozenset[Dot]


@dataclass(frozen=True)
class Said:
    """The last batch from a peer: what it holds, and its last event of each journal."""

    have: Mapping[str, int]
    heads: Mapping[str, tuple[int, str]]
