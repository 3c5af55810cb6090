"""What is acknowledged and what is sent."""

from __future__ import annotations

import pytest

from numecole_desktop.domain.causality import DotSet
from numecole_desktop.domain.exchange import have_vector, to_send
from tests.domain.test_delivery import link, names

HELD = [link("b", 1), link("a", 2), link("a", 1), link("a", 4)]


def test_what_lies_behind_a_gap_is_not_acknowledged() -> None:
    dots = [one.dot for one in [*HELD, link("c", 2)]]
    assert have_vector(DotSet.of(dots)) == {"a": 2, "b": 1}


@pytest.mark.parametrize(
    ("have", "expected"),
    [
        ({}, ["a1", "a2", "a4", "b1"]),
        ({"a": 2}, ["a4", "b1"]),
        ({"a": 9, "b": 1, "unheard": 4}, []),
    ],
)
def test_a_batch_brings_what_is_not_claimed(have: dict[str, int], expected: list[str]) -> None:
    assert names(to_send(HELD, have)) == expected


def test_both_branches_of_a_fork_are_sent_whatever_is_claimed() -> None:
    held = [*HELD, link("a", 2, branch="'")]
    assert names(to_send(held, {"a": 4, "b": 1})) == ["a2", "a2", "a4"]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ((4, "a4"), []),
        ((4, "a4'"), ["a1", "a2", "a4"]),
        ((3, "not held here"), []),
    ],
)
def test_a_journal_on_which_two_devices_disagree_is_sent_whole(
    head: tuple[int, str], expected: list[str]
) -> None:
    assert names(to_send(HELD, {"a": 4, "b": 1}, {"a": head})) == expected
