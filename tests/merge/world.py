"""Three devices, the files between them, and a record of what truly happened.

A schedule is a list of named steps with whole numbers: it can be played again with other clocks.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

from numecole_desktop.domain.causality import Dot, DotSet
from numecole_desktop.domain.delivery import Link, missing
from numecole_desktop.domain.journal import ABSENT, RecordKind, Source, body_hash
from numecole_desktop.domain.merge import Cells
from tests.merge import oracle
from tests.merge.device import Device
from tests.merge.ledger import Ledger
from tests.merge.values import Form, Key, Row
from tests.merge.views import records, shown, values

KEYS: tuple[Key, ...] = (("0340001A", "2023-2024"), ("0340002B", "2023-2024"))
FIELDS = ("A1", "B1", "B3", "C1", "C2", "C3", "D1", "status")
SOURCES = tuple(source.value for source in Source)
NAMES = ("a", "b", "c")
VALUES = 4

BOM = "\ufeff"

Clock = Callable[[int], str]
"""The label of the n-th event of a run."""


def honest(n: int) -> str:
    return f"2026-01-{1 + n // 24:02d}T{n % 24:02d}:00:00+01:00"


def absurd(n: int) -> str:
    """Backwards, in 2099, frozen: a clock that nothing may believe."""
    year = (2099, 1970, 2026 - n % 50)[n % 3]
    return f"{year}-12-31T23:59:59-11:00"


class World:
    """What the state machine acts on; ``make`` builds a device, or a faulty one."""

    def __init__(self, make: type[Device] = Device, clock: Clock = honest) -> None:
        self.schedule: list[tuple[str, tuple[int, ...]]] = []
        self.ledger = Ledger()
        self.sound = True
        self.files: list[str] = []
        self.backups: list[Device] = []
        self.copied: set[str] = set()
        self._checked: dict[str, tuple[str, set[str]]] = {}
        self._clock, self._ticks, self._journals = clock, 0, 0
        self.devices = [make(name, self._now, self._journal) for name in NAMES]
        for device in self.devices:
            self.ledger.opened(device)
        rows: list[Row] = [(*key, 4, 2, 2, 1, 0, 1, ["robot"], "draft") for key in KEYS]
        self.ledger.written(
            self.devices[0],
            self.devices[0].write(
                ("uai", "year", *FIELDS), rows, context={}, source=Source.CARRIED_OVER
            ),
            frozenset(),
        )
        for device in self.devices[1:]:
            device.receive(self.devices[0].batch())

    def play(self, name: str, *numbers: int) -> None:
        """One step, remembered; then every device must show what the definition says."""
        self.sound = False
        self.schedule.append((name, numbers))
        getattr(self, f"do_{name}")(*numbers)
        self.check()
        self.sound = True

    # -- steps -----------------------------------------------------------------------------------

    def do_edit(self, who: int, key: int, field: int, value: int, source: int) -> None:
        device = self._device(who)
        form = device.open_form(KEYS[key % 2])
        self._save(device, form, self._cells(field, value), source)

    def do_open(self, who: int, key: int) -> None:
        self._device(who).open_form(KEYS[key % 2])

    def do_save(self, who: int, which: int, field: int, value: int, source: int) -> None:
        device = self._device(who)
        if device.forms:
            form = device.forms[which % len(device.forms)]
            self._save(device, form, self._cells(field, value), source)

    def do_stale(self, who: int, other: int, field: int, value: int) -> None:
        """Others' answers come while a form is open, and are not shown in it; it saves twice."""
        device = self._device(who)
        form = device.open_form(KEYS[0])
        self.do_edit(other, 0, field, value, 1)
        self._receive(device, self._device(other).batch())
        self.do_read(who, field, value)
        for more in (1, 2):
            if form in device.forms:
                self._save(device, form, self._cells(field, value + more), 1)

    def do_read(self, who: int, field: int, seed: int) -> None:
        """Import a table: both records, two columns, some cells empty; a backup first."""
        self.do_backup(who)
        device, random = self._device(who), Random(seed)
        names = (FIELDS[field % 6], "A1") if field % 6 else ("A1",)
        cells = [random.choice([ABSENT, *range(VALUES)]) for _ in range(len(names) * len(KEYS))]
        rows = [(*key, *cells[i :: len(KEYS)]) for i, key in enumerate(KEYS)]
        shown = frozenset(device.order)
        dot = device.write(
            ("uai", "year", *names), rows, context=device.seen.context(), source=Source.IMPORTED
        )
        self.ledger.written(device, dot, shown)

    def do_newer(self, who: int, kind: int) -> None:
        """A later version writes what this one does not know."""
        device = self._device(who)
        shown = frozenset(device.order)
        newer = (b',"humeur":"calme"', b',"kind":"visite","humeur":7')[kind % 2]
        dot = device.write(
            ("uai", "year", "Z9"),
            [(*KEYS[0], 3)],
            context=device.seen.context(),
            source=Source.DECLARED,
            newer=newer,
        )
        self.ledger.written(device, dot, shown)

    def do_send(self, who: int, to: int, part: int, shape: int) -> None:
        """Write a file: for all, for one device, of its own events only, or with holes."""
        device, random = self._device(who), Random(part)
        peer = self._device(to).name if part % 4 == 1 else None

        def keep(link: Link) -> bool:
            if part % 4 == 2:
                return link.journal == device.journal
            return part % 4 != 3 or random.random() < 0.8

        self.files.append(_carried(device.batch(peer, keep), shape))

    def do_gap(self, who: int, to: int, field: int, hole: int) -> None:
        """Three saves, of which one never reaches the other device, in a file with a hole."""
        device, last = self._device(who), self._device(who).n
        for value in range(3):
            self.do_edit(who, 0, field + (value == 2), value, 1)
        lacking = (device.journal, last + 2 - hole % 2)
        self._receive(self._device(to), device.batch(keep=lambda link: link.dot != lacking))

    def do_receive(self, who: int, which: int) -> None:
        if self.files:
            device, text = self._device(who), self.files[which % len(self.files)]
            self._receive(device, text)
            again = (device.have(), dict(device.records))
            self._receive(device, text)
            assert (device.have(), dict(device.records)) == again

    def do_orders(self, who: int, one: int, two: int) -> None:
        """Two files in either order, or as one, come to the same."""
        if self.files:
            texts = [self.files[one % len(self.files)], self.files[two % len(self.files)]]
            both = json.loads(texts[0].removeprefix(BOM))
            both["events"] += json.loads(texts[1].removeprefix(BOM))["events"]
            device = self._device(who)
            copies = [device.copied() for _ in range(3)]
            for copy, order in zip(copies, (texts, texts[::-1], [json.dumps(both)]), strict=True):
                for text in order:
                    copy.receive(text)
            # A device that learns that its journal is in two hands opens another one.
            if all(copy.journal == device.journal for copy in copies):
                results = [shown(copy) for copy in copies]
                assert results[0] == results[1] == results[2]

    def do_exchange(self, one: int, two: int) -> None:
        """One full file each way makes two devices equal, whatever was lost before."""
        first, second = self._device(one), self._device(two)
        journals = first.journal, second.journal
        self._receive(second, first.batch())
        self._receive(first, second.batch())
        if journals == (first.journal, second.journal):
            assert shown(first) == shown(second)

    def do_disagree(self, one: int, two: int, field: int, value: int, source: int) -> None:
        """Two people answer one question differently, then hear of each other."""
        self.do_edit(one, 0, field, value, source)
        self.do_edit(two, 0, field, value + 1, source // 5)
        self.do_exchange(one, two)

    def do_arbitrate(self, who: int, which: int, choice: int) -> None:
        device = self._device(who)
        if conflicts := device.conflicts():
            key, unit, groups = conflicts[which % len(conflicts)]
            form = device.open_form(key)
            chosen = groups[choice % len(groups)][0].cells
            seen = form.shown
            dot = device.arbitrate(form, unit, groups, chosen)
            self.ledger.written(device, dot, seen, arbitrates=True)
            assert (key, unit) not in [(k, u) for k, u, _ in device.conflicts()]

    def do_race(self, one: int, two: int, field: int, value: int) -> None:
        """Two people settle one conflict differently, each without knowing of the other."""
        self.do_disagree(one, two, field, value, 1)
        self.do_arbitrate(one, 0, 0)
        self.do_arbitrate(two, 0, 1)
        self.do_exchange(one, two)

    def do_undo(self, who: int, which: int) -> None:
        """Take one event back, whoever wrote it."""
        device = self._device(who)
        dots = sorted({writing.dot for writing in device.written.values()})
        undone = frozenset({dots[which % len(dots)]})
        self._undo(device, undone)

    def do_regret(self, who: int, field: int, value: int, seed: int) -> None:
        """What is undone at once leaves no trace: the values and the conflicts of before."""
        device = self._device(who)
        before, length = values(device), len(device.order)
        self.do_read(who, field, seed)
        self.do_arbitrate(who, seed, value)
        self.do_edit(who, 0, field, value, seed)
        self._undo(device, frozenset(device.order[length:]))
        assert values(device) == before

    def do_lose(self) -> None:
        """The circonscription declares lost what it lacks."""
        office = self.devices[0]
        held = DotSet.of(link.dot for link in office.links.values())
        lacking = missing(office.waiting, held, office.lost, office.cuts)
        rows = [(lack.journal, *run) for lack in lacking for run in lack.runs]
        if rows:
            self.ledger.counts["losses"] += 1
            context, seen = office.seen.context(), frozenset(office.order)
            dot = office.write(
                RecordKind.LOSS.key_columns,
                rows,
                context=context,
                source=Source.DECLARED,
                kind=RecordKind.LOSS,
            )
            self.ledger.written(office, dot, seen)

    def do_find(self, who: int, field: int, hole: int, then: int) -> None:
        """What was declared lost is found, after others wrote over it without having seen it."""
        self.do_gap(who, 0, field, hole)
        self.do_lose()
        self.do_edit(0, 0, field + then % 2, then, 0)
        self.do_send(who, 0, 4, then)
        self.do_receive(then, len(self.files) - 1)

    def do_backup(self, who: int) -> None:
        self.backups.append(self._device(who).copied())

    def do_restore(self, which: int) -> None:
        """A backup takes the place of the device that it was made of, once or several times."""
        if self.backups:
            self.ledger.counts["restores"] += 1
            backup = self.backups[which % len(self.backups)].copied()
            self.devices[NAMES.index(backup.name)] = backup
            backup.restart()
            self.ledger.opened(backup)

    def do_disaster(self, who: int, key: int, field: int, value: int) -> None:
        """What was saved since the backup has reached everybody but the restored base."""
        self.do_backup(who)
        self.do_edit(who, key, field, value, 1)
        self.do_exchange(who, who + 1)
        self.do_exchange(who, who + 2)
        self.do_restore(len(self.backups) - 1)

    def do_clone(self, who: int, onto: int, unnoticed: int) -> None:
        """A base is copied to another computer; sometimes nothing notices."""
        if who % 3 != onto % 3:
            clone = self._device(who).copied()
            clone.name = NAMES[onto % 3]
            self.devices[onto % 3] = clone
            if unnoticed % 2 == 0:
                clone.restart()
                self.ledger.opened(clone)
            else:
                self.copied.add(clone.journal)

    def do_double(self, who: int, onto: int, field: int, value: int) -> None:
        """Two computers go on with one journal, and hear of each other."""
        self.do_clone(who, onto, 1)
        self.do_edit(who, 0, field, value, 0)
        self.do_edit(onto, 0, field, value + 1, 0)
        self.do_exchange(who, onto)

    # -- what must hold --------------------------------------------------------------------------

    def check(self) -> None:
        """Each device shows what the definition gives for the events that it holds."""
        for device in self.devices:
            if self._checked.get(device.name) == (device.journal, set(device.links)):
                continue
            self._checked[device.name] = device.journal, set(device.links)
            facts = [self.ledger.facts[digest] for digest in device.links]
            assert records(device) == oracle.canonical(facts)
            assert set(device.order) == {fact.dot for fact in oracle.applied(facts)}
            self.ledger.met(device)
        forks = oracle.forked(self.ledger.facts.values())
        assert forks.keys() <= self.copied, "two events under one number"

    def finish(self) -> None:
        """Files that bring only what is lacking end by making all equal; bytes are untouched."""
        for _ in range(4 if self.copied else 2):
            for sender in self.devices:
                for receiver in self.devices:
                    if sender is not receiver:
                        self._receive(receiver, sender.batch(receiver.name))
        self.check()
        first, *others = [shown(device) for device in self.devices]
        assert all(other == first for other in others)
        for device in self.devices:
            assert all(body_hash(body) == digest for digest, body in device.bodies.items())

    # -- helpers ---------------------------------------------------------------------------------

    def _device(self, who: int) -> Device:
        return self.devices[who % 3]

    def _now(self) -> str:
        self._ticks += 1
        return self._clock(self._ticks)

    def _journal(self, name: str) -> str:
        self._journals += 1
        return f"{name}{self._journals}"

    def _cells(self, field: int, value: int) -> Cells:
        name = FIELDS[field % len(FIELDS)]
        if name == "D1":
            return {name: ["robot", "blog", "visio"][: value % 4] or None}
        if name == "status":
            return {name: ("draft", "submitted")[value % 2], "submitted_at": self._now()}
        return {name: value % VALUES or None}

    def _save(self, device: Device, form: Form, cells: Cells, source: int) -> None:
        seen = form.shown
        dot = device.save(form, cells, SOURCES[source % len(SOURCES)])
        self.ledger.written(device, dot, seen)

    def _undo(self, device: Device, undone: frozenset[Dot]) -> None:
        seen = frozenset(device.order)
        for dot in device.undo(undone):
            self.ledger.written(device, dot, seen)

    def _receive(self, device: Device, text: str) -> None:
        bodies, have = dict(device.bodies), device.have()
        device.receive(text)
        assert device.bodies.items() >= bodies.items()
        assert all(device.have()[journal] >= n for journal, n in have.items())
        self.ledger.opened(device)


def _carried(text: str, shape: int) -> str:
    """A file as a mail client or another tool leaves it: other order, indents, line ends, BOM."""
    raw = json.loads(text)
    Random(shape).shuffle(raw["events"])
    again = json.dumps(raw, indent=shape % 3 or None, ensure_ascii=bool(shape % 2))
    return BOM * (shape % 2) + again.replace("\n", "\r\n")
