"""Devices that are known to be wrong: the machine must catch each of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from numecole_desktop.domain.causality import Dot, DotSet
from numecole_desktop.domain.delivery import Link
from numecole_desktop.domain.heads import Covered, RecordHeads
from numecole_desktop.domain.merge import Cells, Writing
from tests.merge.device import Device
from tests.merge.values import RULES, Form, Key, Record, Said


class LastWriterWins(Device):
    """Each field has one value, that of the greatest hybrid clock."""

    def label(self) -> str:
        return max(self.clock(), *(f"{writing.at}+" for writing in self.written.values()), "")

    def _fold(self, key: Key, number: int, writing: Writing, covered: Covered | None) -> None:
        super()._fold(key, number, writing, covered)
        record = self.records[key]
        winners = {
            name: (max(numbers, key=lambda n: (self.written[n, key].at, self.order[n - 1])),)
            for name, numbers in record.heads.shared().items()
        }
        cells = dict(record.cells)
        for name, (winner,) in winners.items():
            cells.update(self.written[winner, key].of(RULES.unit(name)).cells)
        heads = RecordHeads(record.heads.head, {**record.heads.others, **winners})
        self.records[key] = Record(cells, heads)


class ContextAtSave(Device):
    """What the base holds when a form is saved is taken to have been on screen."""

    def context_of(self, form: Form) -> Mapping[str, int]:
        return {**form.context, **self.seen.context()}


class SaveShowsAll(Device):
    """After a first save, a form is taken to have shown all that its device wrote before."""

    def save(self, form: Form, cells: Cells, source: str, note: str = "") -> Dot:
        context = form.context
        journal, n = dot = super().save(form, cells, source, note)
        form.context = {**context, journal: n}
        return dot


class MaximumEverSaid(Device):
    """A peer is taken to hold the maximum of what it ever said."""

    def note_said(self, peer: str, said: Said) -> None:
        before = self.said.get(peer, said)
        journals = before.have.keys() | said.have.keys()
        have = {j: max(before.have.get(j, 0), said.have.get(j, 0)) for j in journals}
        super().note_said(peer, Said(have, said.heads))


class MaximumHeld(Device):
    """The last number held is acknowledged, whatever is missing before it."""

    def have(self) -> dict[str, int]:
        held = DotSet.of(link.dot for link in self.links.values())
        return {journal: runs[-1][1] for journal, runs in held.runs.items()}


class ReusedJournal(Device):
    """A restored base goes on with the journal that it had."""

    def restart(self) -> None:
        pass


class WaitsForNothing(Device):
    """What comes is applied at once, whatever it depends on."""

    def apply_what_can_be(self, new: Iterable[Link]) -> None:
        super().apply_what_can_be(link._replace(context={}) for link in new)


class FoundIsFolded(Device):
    """What was declared lost and comes after all is applied like anything else."""

    def _merge_anew(self, key: Key, number: int) -> None:
        writing = self.written[number, key]
        self._fold(key, number, writing, self._seen_by(writing.context))


class HolesCovered(Device):
    """A context says the last number of each journal, holes or not."""

    def open_form(self, key: Key) -> Form:
        form = super().open_form(key)
        form.context = {j: runs[-1][1] for j, runs in self.seen.runs.items()}
        return form


class EmptiedForgotten(Device):
    """A field that was emptied forgets who emptied it."""

    def _fold(self, key: Key, number: int, writing: Writing, covered: Covered | None) -> None:
        super()._fold(key, number, writing, covered)
        record = self.records[key]
        kept = {n: h for n, h in record.heads.others.items() if n in record.held or len(h) > 1}
        self.records[key] = Record(record.cells, RecordHeads(record.heads.head, kept))


KNOWN_BAD = (
    LastWriterWins,
    ContextAtSave,
    SaveShowsAll,
    MaximumEverSaid,
    MaximumHeld,
    ReusedJournal,
    WaitsForNothing,
    FoundIsFolded,
    HolesCovered,
    EmptiedForgotten,
)
