"""What is applied, what waits and for what, what is forked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.causality import NOTHING, Dot, DotSet, Run
from numecole_desktop.domain.delivery import (
    Delivery,
    Link,
    Missing,
    deliver,
    fork_sentence,
    forks,
    losses,
    missing,
)
from numecole_desktop.domain.journal import GENESIS_HASH, Event, RecordKind, Source, Value


def link(
    journal: str,
    n: int,
    context: Mapping[str, int] | None = None,
    *,
    branch: str = "",
    after: str = "",
    lost: Sequence[tuple[str, Run]] = (),
) -> Link:
    """Event n of a journal; ``branch`` marks its hash, ``after`` that of the one before."""
    previous = f"{journal}{n - 1}{after}" if n > 1 else GENESIS_HASH
    return Link(journal, n, f"{journal}{n}{branch}", previous, context or {}, tuple(lost))


def names(links: Sequence[Link]) -> list[str]:
    return [f"{found.journal}{found.n}" for found in links]


@pytest.mark.parametrize(
    ("links", "applied", "waiting"),
    [
        ([link("a", 2), link("a", 1)], ["a1", "a2"], []),
        ([link("a", 1), link("a", 3)], ["a1"], ["a3"]),
        ([link("a", 1), link("b", 1, {"a": 1})], ["a1", "b1"], []),
        ([link("b", 1, {"a": 1})], [], ["b1"]),
        ([link("b", 1, {"a": 2}), link("a", 1)], ["a1"], ["b1"]),
        ([link("a", 1, {"b": 1}), link("b", 1), link("b", 2, {"a": 1})], ["b1", "a1", "b2"], []),
        ([link("a", 1), link("a", 1)], ["a1"], []),
        ([link("a", 1, {"b": 1}), link("b", 1, {"a": 1})], [], ["a1", "b1"]),
    ],
)
def test_an_event_is_applied_once_its_past_is(
    links: list[Link], applied: list[str], waiting: list[str]
) -> None:
    delivery = deliver(links)
    assert names(delivery.applied) == applied
    assert sorted(names(delivery.waiting)) == waiting
    assert delivery.seen == DotSet.of(found.dot for found in delivery.applied)


def test_what_waited_is_applied_when_the_gap_is_filled() -> None:
    first = deliver([link("a", 1), link("a", 3), link("b", 1, {"a": 3})])
    assert sorted(names(first.waiting)) == ["a3", "b1"]
    then = deliver([*first.waiting, link("a", 2)], seen=first.seen)
    assert names(then.applied) == ["a2", "a3", "b1"]
    assert then.waiting == ()


def test_what_is_applied_already_is_not_applied_again() -> None:
    delivery = deliver([link("a", 1), link("a", 2)], seen=DotSet.of([("a", 1)]))
    assert names(delivery.applied) == ["a2"]


OFFICE = link("z", 1, lost=[("a", (2, 3))])


def test_what_follows_a_declared_loss_is_applied() -> None:
    held = [link("a", 1), link("a", 4), link("b", 1, {"a": 2})]
    assert names(deliver(held).applied) == ["a1"]
    delivery = deliver([*held, OFFICE])
    assert sorted(names(delivery.applied)) == ["a1", "a4", "b1", "z1"]
    assert delivery.seen.context() == {"a": 1, "a+4": 4, "b": 1, "z": 1}
    # The loss goes on holding when it is known from before.
    later = deliver([link("a", 5)], seen=delivery.seen, lost=delivery.lost)
    assert names(later.applied) == ["a5"]


def test_what_was_declared_lost_and_comes_is_applied_as_late() -> None:
    before = deliver([link("a", 1), link("a", 4), OFFICE])
    found = deliver([link("a", 2), link("a", 3)], seen=before.seen, lost=before.lost)
    assert names(found.applied) == ["a2", "a3"]
    assert all(found.is_late(late.dot) for late in found.applied)
    assert not found.is_late(("a", 4))
    assert found.seen.context() == {"a": 4, "z": 1}


def test_a_late_event_that_waits_holds_back_nothing() -> None:
    links = [link("a", 1), link("a", 2, {"x": 1}), link("a", 4), OFFICE]
    delivery = deliver(links)
    assert sorted(names(delivery.applied)) == ["a1", "a4", "z1"]
    assert names(delivery.waiting) == ["a2"]


def test_late_events_keep_the_order_of_their_journal() -> None:
    links = [link("a", 1), link("a", 2, {"x": 1}), link("a", 3, {"x": 1}), link("a", 4)]
    delivery = deliver([*links, link("x", 1)], lost=DotSet.of([("a", 2), ("a", 3)]))
    assert names(delivery.applied) == ["a1", "a4", "x1", "a2", "a3"]


def loss(journal: Value, first: Value, last: Value) -> Event:
    rows = ((journal, first, last),)
    columns = RecordKind.LOSS.key_columns
    return Event("z", 1, "", {}, "o", "", RecordKind.LOSS, columns, rows, Source.DECLARED)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        (loss("a", 31, 35), (("a", (31, 35)),)),
        (loss("a", "31", 35), ()),
        (loss("a", 0, 35), ()),
        (loss(None, 1, 2), ()),
        (loss("a", True, 2), ()),
    ],
)
def test_losses_are_read_from_their_event(
    event: Event, expected: tuple[tuple[str, Run], ...]
) -> None:
    assert losses(event) == expected


FORK = [link("a", 1), link("a", 2), link("a", 3), link("a", 2, branch="'")]


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ([link("a", 1), link("a", 2), link("a", 2), link("b", 2)], {}),
        (FORK, {"a": 2}),
        # The other event 2 is not held: its successor names it.
        ([link("a", 1), link("a", 2), link("a", 3, after="'")], {"a": 2}),
        ([link("a", 4), link("a", 5, after="'"), link("b", 1)], {"a": 4}),
        (
            [link("a", 1), link("a", 1, branch="'"), link("a", 9), link("a", 9, branch="'")],
            {"a": 1},
        ),
        ([Link("a", 1, "a1", "other", {})], {"a": 1}),
    ],
)
def test_two_events_under_one_number_are_a_fork(
    links: list[Link], expected: dict[str, int]
) -> None:
    assert forks(links) == forks(links[::-1]) == expected


def test_nothing_forked_is_applied_and_others_go_on() -> None:
    links = [*FORK, link("b", 1, {"a": 3})]
    delivery = deliver(links, cuts=forks(links))
    assert names(delivery.applied) == ["a1", "b1"]
    assert sorted(names(delivery.waiting)) == ["a2", "a2", "a3"]


def test_a_fork_is_said() -> None:
    said = fork_sentence(52, "de Lodève").replace("\u00a0", " ")
    assert said.startswith(
        "Deux suites différentes du poste de Lodève commencent au numéro 52 : sa base a été copiée"
    )


@pytest.mark.parametrize(
    ("held", "lost", "cuts", "expected"),
    [
        ([link("x", n) for n in (*range(1, 31), 36)], NOTHING, {}, [("x", ((31, 35),))]),
        ([link("x", 2), link("x", 4)], NOTHING, {}, [("x", ((1, 1), (3, 3)))]),
        ([link("y", 1, {"x": 2})], NOTHING, {}, [("x", ((1, 2),))]),
        ([link("y", 1, {"x+2": 2})], NOTHING, {}, [("x", ((1, 2),))]),
        ([link("x", 3)], DotSet.of([("x", 1)]), {}, [("x", ((2, 2),))]),
        ([link("y", 1, {"x": 9}), link("x", 6)], NOTHING, {"x": 3}, [("x", ((1, 2),))]),
        ([link("x", 6)], NOTHING, {"x": 3}, []),
    ],
)
def test_what_is_missing_is_named(
    held: list[Link], lost: DotSet, cuts: Mapping[str, int], expected: list[tuple[str, object]]
) -> None:
    delivery = deliver(held, lost=lost, cuts=cuts)
    found = missing(delivery.waiting, DotSet.of(one.dot for one in held), delivery.lost, cuts)
    assert [(lack.journal, lack.runs) for lack in found] == expected


def test_what_is_missing_is_said() -> None:
    said = Missing("j", ((31, 35), (40, 40))).sentence("de Lodève")
    assert said.replace("\u00a0", " ") == (
        "Il manque 31 à 35 et 40 du poste de Lodève : demandez-lui un nouveau lot, ou à la "
        "circonscription de déclarer ces saisies perdues."
    )


@st.composite
def histories(draw: st.DrawFn) -> list[Link]:
    """Events that devices wrote one after the other, each having seen some of the others'."""
    links: list[Link] = []
    known: dict[str, dict[str, int]] = {"a": {}, "b": {}, "c": {}}
    for _ in range(draw(st.integers(1, 15))):
        author = draw(st.sampled_from(sorted(known)))
        if draw(st.booleans()):
            other = known[draw(st.sampled_from(sorted(known)))]
            for journal, n in other.items():
                known[author][journal] = max(n, known[author].get(journal, 0))
        n = known[author].get(author, 0) + 1
        links.append(link(author, n, dict(known[author])))
        known[author][author] = n
    return links


def outcome(deliveries: Sequence[Delivery]) -> tuple[frozenset[Dot], frozenset[Dot]]:
    last = deliveries[-1]
    done = frozenset(found.dot for one in deliveries for found in one.applied)
    return done, frozenset(found.dot for found in last.waiting)


@given(histories(), st.data())
def test_the_order_of_files_changes_nothing(links: list[Link], data: st.DataObject) -> None:
    kept = [one for one in links if data.draw(st.booleans())]
    at_once = deliver(kept)
    steps: list[Delivery] = [deliver([])]
    for one in data.draw(st.permutations(kept)):
        steps.append(deliver([*steps[-1].waiting, one], seen=steps[-1].seen))
    assert outcome(steps) == outcome([at_once])
    assert steps[-1].seen == at_once.seen


@given(histories(), st.data())
def test_an_event_comes_after_all_that_it_has_seen(links: list[Link], data: st.DataObject) -> None:
    delivery = deliver(data.draw(st.permutations(links)))
    done: set[Dot] = set()
    for one in delivery.applied:
        assert all((j, m) in done for j, n in one.context.items() for m in range(1, n + 1))
        done.add(one.dot)
    assert delivery.waiting == ()
