"""Contexts say exactly what was seen, holes included."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.causality import (
    NOTHING,
    Context,
    Dot,
    DotSet,
    Run,
    covers,
    covers_all,
    is_sound,
    seen_too,
)

dots = st.tuples(st.sampled_from(["a", "b", "aa"]), st.integers(1, 12))
sets = st.frozensets(dots)


@pytest.mark.parametrize(
    ("context", "dot", "expected"),
    [
        ({}, ("a", 1), False),
        ({"a": 5}, ("a", 5), True),
        ({"a": 5}, ("a", 6), False),
        ({"a": 5}, ("aa", 1), False),
        ({"a": 30, "a+36": 40}, ("a", 30), True),
        ({"a": 30, "a+36": 40}, ("a", 31), False),
        ({"a": 30, "a+36": 40}, ("a", 36), True),
        ({"a": 30, "a+36": 40}, ("a", 41), False),
        ({"aa+2": 3}, ("a", 2), False),
    ],
)
def test_an_event_covers_what_its_context_says(context: Context, dot: Dot, expected: bool) -> None:
    assert covers(context, dot) is expected


@given(sets, dots)
def test_a_set_and_its_context_say_the_same(held: frozenset[Dot], dot: Dot) -> None:
    found = DotSet.of(held)
    assert (dot in found) == (dot in held) == covers(found.context(), dot)
    assert DotSet.of_context(found.context()) == found


@given(sets, sets, dots)
def test_a_union_holds_both(one: frozenset[Dot], two: frozenset[Dot], dot: Dot) -> None:
    assert (dot in DotSet.of(one) | DotSet.of(two)) == (dot in one | two)
    assert DotSet.of(one) | NOTHING == DotSet.of(one)


@given(sets, st.integers(0, 12))
def test_gaps_and_runs_share_out_a_journal(held: frozenset[Dot], last: int) -> None:
    found = DotSet.of(held)
    lacking = {n for first, end in found.lacking("a", last) for n in range(first, end + 1)}
    assert lacking == {n for n in range(1, last + 1) if ("a", n) not in held}
    assert found.gapless("a") == next(n for n in range(13) if ("a", n + 1) not in held)


@given(sets, dots, dots)
def test_a_save_adds_itself_and_nothing_else(held: frozenset[Dot], own: Dot, other: Dot) -> None:
    context = seen_too(DotSet.of(held).context(), own)
    assert covers(context, other) == (other in held or other == own)


@given(sets, sets)
def test_a_context_that_plainly_covers_all_does(one: frozenset[Dot], two: frozenset[Dot]) -> None:
    context, held = DotSet.of(one).context(), DotSet.of(two).context()
    if covers_all(context, held):
        assert two <= one
    assert covers_all(held, held)


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({}, True),
        ({"a": 4, "b": 900}, True),
        ({"a": 2, "a+4": 4}, True),
        ({"a": 5}, False),
        ({"a+3": 7}, False),
        ({"b": 0}, False),
        ({"b+3": 2}, False),
        ({"b+": 2}, False),
        ({"b+03": 4}, False),
        ({"b+²": 4}, False),
        ({"b+1+1": 4}, False),
        ({"": 4}, False),
    ],
)
def test_contexts_of_others_are_judged_before_they_are_read(
    context: Context, expected: bool
) -> None:
    assert is_sound(context, ("a", 5)) is expected


@pytest.mark.parametrize("run", [(5, 4), (9, 1)])
def test_an_empty_run_brings_nothing(run: Run) -> None:
    assert DotSet.of_runs([("a", run)]) == NOTHING
