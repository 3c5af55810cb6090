"""A device in memory, made of the domain's functions as the storage is to call them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import copy

from numecole_desktop.domain.arbitration import arbitrated, undoing
from numecole_desktop.domain.causality import (
    NOTHING,
    Dot,
    DotSet,
    covers,
    covers_all,
    seen_too,
)
from numecole_desktop.domain.delivery import Link, deliver, forks
from numecole_desktop.domain.exchange import have_vector, to_send
from numecole_desktop.domain.heads import Covered, RecordHeads
from numecole_desktop.domain.journal import (
    GENESIS_HASH,
    Event,
    RecordKind,
    Source,
    body_hash,
)
from numecole_desktop.domain.merge import (
    Alternatives,
    Cells,
    Unit,
    Writing,
    alternatives,
    merged,
    writings,
)
from numecole_desktop.storage.events import encode
from tests.merge.values import RULES, Form, Key, Record, Row, Said, read


class Device:
    """One installation. ``clock`` gives labels, ``new_journal`` a name never given before."""

    def __init__(
        self, name: str, clock: Callable[[], str], new_journal: Callable[[str], str]
    ) -> None:
        self.name, self.clock, self.new_journal = name, clock, new_journal
        self.bodies: dict[str, bytes] = {}
        self.links: dict[str, Link] = {}
        self.said: dict[str, Said] = {}
        self.forms: list[Form] = []
        self.lost = NOTHING
        self.cuts: dict[str, int] = {}
        self.waiting: tuple[Link, ...] = ()
        self._forget_state()
        self.start_journal(None)

    def _forget_state(self) -> None:
        self.seen = self.lost = NOTHING
        self.order: list[Dot] = []
        self.records: dict[Key, Record] = {}
        self.written: dict[tuple[int, Key], Writing] = {}

    def copied(self) -> Device:
        """A copy of the whole base, as a backup or a clone has it."""
        other = copy(self)
        for name, value in vars(self).items():
            if isinstance(value, dict | list):
                setattr(other, name, copy(value))
        other.forms = []
        return other

    # -- writing ---------------------------------------------------------------------------------

    def start_journal(self, predecessor: str | None) -> None:
        """A new journal, whose first event names the one before."""
        self.journal, self.n, self.hash = self.new_journal(self.name), 0, GENESIS_HASH
        self.write(
            ("id", "predecessor"),
            [(self.journal, predecessor)],
            context=self.seen.context(),
            source=Source.OBSERVED,
            kind=RecordKind.JOURNAL,
        )

    def label(self) -> str:
        """The wall time written in an event."""
        return self.clock()

    def restart(self) -> None:
        """This base is not the one last closed here: restored or copied."""
        self.start_journal(self.journal)

    def write(
        self,
        columns: Sequence[str],
        rows: Sequence[Row],
        *,
        context: Mapping[str, int],
        source: str,
        kind: RecordKind = RecordKind.DECLARATION,
        note: str = "",
        newer: bytes = b"",
    ) -> Dot:
        """Append an event and apply it; ``newer`` is what a later version adds to its bytes."""
        event = Event(
            self.journal,
            self.n + 1,
            self.hash,
            context,
            self.name,
            self.label(),
            kind,
            tuple(columns),
            tuple(rows),
            Source(source),
            note,
        )
        body = encode(event)
        link, known = read(body[:-1] + newer + b"}" if newer else body)
        self.hold(body[:-1] + newer + b"}" if newer else body)
        self.n, self.hash = link.n, link.hash
        covered = None if covers_all(context, self.seen.context()) else self._seen_by(context)
        self.seen |= DotSet.of([link.dot])
        self._apply(link, known, covered)
        if link.lost:
            self.lost |= DotSet.of_runs(link.lost)
            self.apply_what_can_be(())
        return link.dot

    def hold(self, body: bytes) -> Link:
        """Keep an event's bytes."""
        link, _ = read(body)
        self.bodies[link.hash], self.links[link.hash] = body, link
        return link

    # -- applying --------------------------------------------------------------------------------

    def apply_what_can_be(self, new: Iterable[Link]) -> None:
        """Apply what came and what waited; begin again when a fork reaches into the state."""
        pending = (*self.waiting, *new)
        self.cuts = forks(self.links.values())
        if any(last >= self.cuts.get(j, last + 1) for j, (_, last) in self.seen.all_runs()):
            self._forget_state()
            pending = tuple(self.links.values())
        delivery = deliver(pending, seen=self.seen, lost=self.lost, cuts=self.cuts)
        self.lost, self.waiting = delivery.lost, delivery.waiting
        for link in delivery.applied:
            _, event = read(self.bodies[link.hash])
            covered = self._seen_by(link.context)
            self._apply(link, event, covered, late=delivery.is_late(link.dot))
        self.seen = delivery.seen

    def _seen_by(self, context: Mapping[str, int]) -> Covered:
        return lambda number: covers(context, self.order[number - 1])

    def _apply(
        self, link: Link, event: Event | None, covered: Covered | None, *, late: bool = False
    ) -> None:
        self.order.append(link.dot)
        if event is None or event.kind is not RecordKind.DECLARATION:
            return
        number = len(self.order)
        for key, writing in writings(event):
            self.written[number, key] = writing
            if late:
                self._merge_anew(key, number)
            else:
                self._fold(key, number, writing, covered)

    def _fold(self, key: Key, number: int, writing: Writing, covered: Covered | None) -> None:
        record = self.records.get(key, Record())
        units = RULES.units(writing.cells)
        heads = record.heads.after(number, [unit[0] for unit in units], record.held, covered)
        cells = dict(record.cells)
        for unit, said in units.items():
            numbers = heads[unit[0]]
            alone = len(numbers) == 1
            cells.update(said if alone else self._groups(key, unit[0], numbers)[0][0].cells)
        held = Record(cells).held
        self.records[key] = Record(cells, RecordHeads.compact(number, heads, held))

    def _merge_anew(self, key: Key, number: int) -> None:
        units = merged(self.history(key), RULES)
        number_of = {dot: place for place, dot in enumerate(self.order, 1)}
        heads = {
            unit[0]: tuple(number_of[head.dot] for group in groups for head in group)
            for unit, groups in units.items()
        }
        cells = {n: v for groups in units.values() for n, v in groups[0][0].cells.items()}
        held = Record(cells).held
        self.records[key] = Record(cells, RecordHeads.compact(number, heads, held))

    # -- reading ---------------------------------------------------------------------------------

    def history(self, key: Key) -> list[Writing]:
        """Everything applied that speaks of a record."""
        return [writing for (_, of), writing in self.written.items() if of == key]

    def units(self, key: Key) -> dict[Unit, Alternatives]:
        """The record from its compact heads."""
        heads, held = self.records[key].heads, self.records[key].held
        return {
            RULES.unit(name): self._groups(key, name, heads.of(name, held=name in held))
            for name in {*held, *heads.others}
        }

    def conflicts(self) -> list[tuple[Key, Unit, Alternatives]]:
        """Every open conflict, found through the fields with several heads."""
        return sorted(
            (key, RULES.unit(name), found)
            for key, record in self.records.items()
            for name, numbers in record.heads.shared().items()
            if len(found := self._groups(key, name, numbers)) > 1
        )

    def _groups(self, key: Key, name: str, numbers: Iterable[int]) -> Alternatives:
        unit = RULES.unit(name)
        return alternatives((self.written[number, key].of(unit) for number in numbers), RULES)

    # -- what a person does ----------------------------------------------------------------------

    def open_form(self, key: Key) -> Form:
        """Open a form on a record."""
        form = Form(key, self.seen.context(), frozenset(self.order))
        self.forms.append(form)
        return form

    def context_of(self, form: Form) -> Mapping[str, int]:
        """The context of what a form saves."""
        return form.context

    def save(self, form: Form, cells: Cells, source: str, note: str = "") -> Dot:
        """Save from a form, which goes on showing what it showed, and its own save."""
        dot = self.write(
            ("uai", "year", *cells),
            [(*form.key, *cells.values())],
            context=self.context_of(form),
            source=source,
            note=note,
        )
        form.context = seen_too(form.context, dot)
        form.shown |= {dot}
        return dot

    def arbitrate(self, form: Form, unit: Unit, groups: Alternatives, chosen: Cells) -> Dot:
        """Settle a conflict seen in ``form``."""
        cells = arbitrated(
            unit, groups, chosen, reason="vu sur place", context=form.context, label=unit[0]
        )
        return self.save(form, cells, Source.OBSERVED, "vu sur place")

    def undo(self, undone: frozenset[Dot]) -> list[Dot]:
        """Take events back, all of them at once, whoever wrote them."""
        context = self.seen.context()
        dots = []
        for key in sorted({key for (_, key), w in self.written.items() if w.dot in undone}):
            for restored in undoing(self.history(key), undone, RULES).events:
                columns = ("uai", "year", *restored.cells)
                row = (*key, *restored.cells.values())
                dots.append(self.write(columns, [row], context=context, source=restored.source))
        return dots

    # -- files -----------------------------------------------------------------------------------

    def have(self) -> dict[str, int]:
        """What this device acknowledges."""
        return have_vector(DotSet.of(link.dot for link in self.links.values()))

    def batch(self, peer: str | None = None, keep: Callable[[Link], bool] | None = None) -> str:
        """A file: everything known, or what ``peer`` last said that it lacks, or a part."""
        said = self.said.get(peer or "", Said({}, {}))
        chosen = to_send(self.links.values(), said.have, said.heads)
        have = self.have()
        hashes = {link.dot: link.hash for link in self.links.values()}
        return json.dumps(
            {
                "from": self.name,
                "have": have,
                "heads": {journal: (n, hashes[journal, n]) for journal, n in have.items()},
                "events": [
                    self.bodies[link.hash].decode() for link in chosen if not keep or keep(link)
                ],
            }
        )

    def note_said(self, peer: str, said: Said) -> None:
        """Remember exactly what the last file from a peer claims."""
        self.said[peer] = said

    def receive(self, text: str) -> None:
        """Import a file."""
        raw = json.loads(text.removeprefix("\ufeff"))
        heads = {journal: (n, digest) for journal, (n, digest) in raw["heads"].items()}
        if raw["from"] != self.name:
            self.note_said(raw["from"], Said(raw["have"], heads))
        bodies = [body.encode() for body in raw["events"]]
        new = [self.hold(body) for body in bodies if body_hash(body) not in self.links]
        if new:
            self.apply_what_can_be(new)
        if self.journal in self.cuts or any(link.journal == self.journal for link in new):
            self.start_journal(self.journal)
