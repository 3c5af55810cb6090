"""The state machine over three devices, and how often it met what it is there for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from tests.merge.device import Device
from tests.merge.views import shown
from tests.merge.world import World, absurd

who = st.integers(0, 2)
pair = st.permutations(range(3)).map(lambda order: order[:2])
"""Two different devices."""
small = st.integers(0, 3)
fields = st.integers(0, 7)
some = st.integers(0, 30)


Numbers = st.SearchStrategy[int] | st.SearchStrategy[list[int]]


def step(name: str, *numbers: Numbers) -> Callable[[Exchanges, tuple[int, ...]], None]:
    """The rule that plays a step of the world with some numbers."""

    def play(self: Exchanges, given: tuple[int, ...]) -> None:
        self.world.play(name, *given)

    play.__name__ = name
    return rule(given=st.tuples(*numbers).map(_flat))(play)


def _flat(given: tuple[int | list[int], ...]) -> tuple[int, ...]:
    return tuple(n for one in given for n in ([one] if isinstance(one, int) else one))


class Exchanges(RuleBasedStateMachine):
    """People at three computers, their files, and what goes wrong."""

    device: ClassVar[type[Device]] = Device
    met: ClassVar[Counter[str]]

    def __init__(self) -> None:
        super().__init__()
        self.world = World(self.device)

    def teardown(self) -> None:
        world = self.world
        if not world.sound:
            return
        world.finish()
        self.met["runs"] += 1
        self.met["steps"] += len(world.schedule)
        self.met.update(name for name, times in world.ledger.counts.items() if times)
        # The same steps with clocks that nothing may believe come to the same.
        again = World(self.device, clock=absurd)
        for name, numbers in world.schedule:
            again.play(name, *numbers)
        again.finish()
        assert [shown(d) for d in again.devices] == [shown(d) for d in world.devices]

    edit = step("edit", who, small, fields, small, small)
    open_form = step("open", who, small)
    save = step("save", who, small, fields, small, small)
    stale = step("stale", pair, fields, small)
    read = step("read", who, fields, some)
    newer = step("newer", who, small)
    send = step("send", pair, some, some)
    receive = step("receive", who, some)
    orders = step("orders", who, some, some)
    exchange = step("exchange", pair)
    disagree = step("disagree", pair, fields, small, some)
    arbitrate = step("arbitrate", who, small, small)
    race = step("race", pair, fields, small)
    # Twice, so that enough runs meet one.
    race_again = step("race", pair, fields, small)
    undo = step("undo", who, some)
    regret = step("regret", who, fields, small, some)
    gap = step("gap", pair, fields, small)
    find = step("find", who, fields, small, some)
    lose = step("lose")
    back_up = step("backup", who)
    disaster = step("disaster", who, small, fields, small)
    restore = step("restore", some)
    clone = step("clone", pair, small)
    double = step("double", pair, fields, small)


def machine(device: type[Device] = Device) -> type[Exchanges]:
    """The machine on such devices, with a count of the runs in which each thing was met."""
    return type(f"{device.__name__}Exchanges", (Exchanges,), {"device": device, "met": Counter()})
