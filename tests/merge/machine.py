"""The state machine over three devices, and how often it met what it is there for."""

from __future__ import annotations

from collections import Counter
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.merge.device import Device
from tests.merge.views import shown
from tests.merge.world import World, absurd

who = st.integers(0, 2)
small = st.integers(0, 3)
fields = st.integers(0, 7)
some = st.integers(0, 30)


class Exchanges(RuleBasedStateMachine):
    """People at three computers, their files, and what goes wrong."""

    device: ClassVar[type[Device]] = Device
    met: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.device)

    def teardown(self) -> None:
        world = self.world
        world.finish()
        self.met["runs"] += 1
        self.met["steps"] += len(world.schedule)
        self.met.update(name for name, times in world.counts.items() if times)
        # The same steps with clocks that nothing may believe come to the same.
        again = World(self.device, clock=absurd)
        for name, numbers in world.schedule:
            again.play(name, *numbers)
        again.finish()
        assert [shown(d) for d in again.devices] == [shown(d) for d in world.devices]

    @rule(a=who, key=small, field=fields, value=small, source=small)
    def edit(self, a: int, key: int, field: int, value: int, source: int) -> None:
        self.world.play("edit", a, key, field, value, source)

    @rule(a=who, key=small)
    def open_form(self, a: int, key: int) -> None:
        self.world.play("open", a, key)

    @rule(a=who, which=small, field=fields, value=small, source=small)
    def save(self, a: int, which: int, field: int, value: int, source: int) -> None:
        self.world.play("save", a, which, field, value, source)

    @rule(a=who, b=who, field=fields, value=small)
    def stale(self, a: int, b: int, field: int, value: int) -> None:
        self.world.play("stale", a, b, field, value)

    @rule(a=who, field=fields, seed=some)
    def read(self, a: int, field: int, seed: int) -> None:
        self.world.play("read", a, field, seed)

    @rule(a=who, kind=small)
    def newer(self, a: int, kind: int) -> None:
        self.world.play("newer", a, kind)

    @rule(a=who, b=who, part=some, shape=some)
    def send(self, a: int, b: int, part: int, shape: int) -> None:
        self.world.play("send", a, b, part, shape)

    @rule(a=who, which=some)
    def receive(self, a: int, which: int) -> None:
        self.world.play("receive", a, which)

    @rule(a=who, one=some, two=some)
    def orders(self, a: int, one: int, two: int) -> None:
        self.world.play("orders", a, one, two)

    @rule(a=who, b=who)
    def exchange(self, a: int, b: int) -> None:
        self.world.play("exchange", a, b)

    @rule(a=who, b=who, field=fields, value=small, source=some)
    def disagree(self, a: int, b: int, field: int, value: int, source: int) -> None:
        self.world.play("disagree", a, b, field, value, source)

    @rule(a=who, which=small, choice=small)
    def arbitrate(self, a: int, which: int, choice: int) -> None:
        self.world.play("arbitrate", a, which, choice)

    @rule(a=who, b=who, field=fields, value=small)
    def race(self, a: int, b: int, field: int, value: int) -> None:
        self.world.play("race", a, b, field, value)

    @rule(a=who, which=some)
    def undo(self, a: int, which: int) -> None:
        self.world.play("undo", a, which)

    @rule(a=who, field=fields, value=small, seed=some)
    def regret(self, a: int, field: int, value: int, seed: int) -> None:
        self.world.play("regret", a, field, value, seed)

    @rule(a=who, b=who, field=fields, hole=small)
    def gap(self, a: int, b: int, field: int, hole: int) -> None:
        self.world.play("gap", a, b, field, hole)

    @rule(a=who, field=fields, hole=small, then=some)
    def find(self, a: int, field: int, hole: int, then: int) -> None:
        self.world.play("find", a, field, hole, then)

    @rule()
    def lose(self) -> None:
        self.world.play("lose")

    @rule(a=who)
    def back_up(self, a: int) -> None:
        self.world.play("backup", a)

    @rule(a=who, key=small, field=fields, value=small)
    def disaster(self, a: int, key: int, field: int, value: int) -> None:
        self.world.play("disaster", a, key, field, value)

    @rule(which=some)
    def restore(self, which: int) -> None:
        self.world.play("restore", which)

    @rule(a=who, b=who, forced=small)
    def clone(self, a: int, b: int, forced: int) -> None:
        self.world.play("clone", a, b, forced)


def machine(device: type[Device] = Device) -> type[Exchanges]:
    """The machine on such devices, with a count of the runs in which each thing was met."""
    return type(f"{device.__name__}Exchanges", (Exchanges,), {"device": device, "met": Counter()})
