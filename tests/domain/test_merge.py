"""Heads, distinct values and the one shown meanwhile, case by case."""

from __future__ import annotations

from itertools import permutations

import pytest

from numecole_desktop.domain.journal import ABSENT, Event, RecordKind, Source, Value
from numecole_desktop.domain.merge import (
    MergeRules,
    Writing,
    alternatives,
    before,
    merged,
    values,
    writings,
)

RULES = MergeRules((("status", "submitted_at"),), frozenset({"submitted_at", "operator", "at"}))
DECLARED, OBSERVED, IMPORTED = Source.DECLARED, Source.OBSERVED, Source.IMPORTED


def wrote(dot: str, seen: str, source: str = DECLARED, **cells: Value) -> Writing:
    """Event « a2 » that had seen « a1 b3 »."""
    context = {name[0]: int(name[1:]) for name in seen.split()}
    return Writing((dot[0], int(dot[1:])), context, source, cells)


def found(history: list[Writing]) -> dict[str, list[tuple[Value, list[str]]]]:
    """{first field: [(value, its heads)…]}, strongest first."""
    return {
        unit[0]: [
            (group[0].cells[unit[0]], [f"{h.dot[0]}{h.dot[1]}" for h in group]) for group in groups
        ]
        for unit, groups in merged(history, RULES).items()
    }


A1 = wrote("a1", "", A1=4)
CASES: dict[str, tuple[list[Writing], list[tuple[Value, list[str]]]]] = {
    "one writer": ([A1], [(4, ["a1"])]),
    "one after the other": ([A1, wrote("b1", "a1", A1=5)], [(5, ["b1"])]),
    "seen by who writes another field": ([A1, wrote("b1", "a1", B1=5)], [(4, ["a1"])]),
    "without knowing": ([A1, wrote("b1", "", A1=5)], [(4, ["a1"]), (5, ["b1"])]),
    "the same value twice": ([A1, wrote("b1", "", A1=4)], [(4, ["a1", "b1"])]),
    "seen on one side": (
        [A1, wrote("b1", "", A1=5), wrote("c1", "a1", A1=6)],
        [(5, ["b1"]), (6, ["c1"])],
    ),
    "one of two equals replaced": (
        [A1, wrote("b1", "", A1=4), wrote("c1", "a1", A1=6)],
        [(4, ["b1"]), (6, ["c1"])],
    ),
    "an older form on the same device": (
        [A1, wrote("a2", "a1", IMPORTED, A1=5), wrote("a3", "a1", A1=6)],
        [(6, ["a3"]), (5, ["a2"])],
    ),
    "same source and journal: the latest first": (
        [A1, wrote("a2", "a1", A1=5), wrote("a3", "a1", A1=6)],
        [(6, ["a3"]), (5, ["a2"])],
    ),
    "the strongest source first": (
        [A1, wrote("b1", "", OBSERVED, A1=5), wrote("c1", "", IMPORTED, A1=6)],
        [(5, ["b1"]), (4, ["a1"]), (6, ["c1"])],
    ),
    "a source of a later version is the weakest": (
        [wrote("a1", "", "measured", A1=4), wrote("b1", "", Source.CARRIED_OVER, A1=5)],
        [(5, ["b1"]), (4, ["a1"])],
    ),
    "emptied against filled in": (
        [A1, wrote("b1", "a1", A1=None), wrote("c1", "a1", A1=5)],
        [(None, ["b1"]), (5, ["c1"])],
    ),
    "arbitrated": (
        [A1, wrote("b1", "", A1=5), wrote("c1", "a1 b1", A1=5)],
        [(5, ["c1"])],
    ),
    "arbitrated twice, differently": (
        [A1, wrote("b1", "", A1=5), wrote("c1", "a1 b1", A1=5), wrote("d1", "a1 b1", A1=4)],
        [(5, ["c1"]), (4, ["d1"])],
    ),
    "arbitrated twice alike": (
        [A1, wrote("b1", "", A1=5), wrote("c1", "a1 b1", A1=5), wrote("d1", "a1 b1", A1=5)],
        [(5, ["c1", "d1"])],
    ),
    "a hole was not seen": (
        [A1, wrote("a2", "a1", A1=5), Writing(("b", 1), {"a": 1, "a+3": 3}, DECLARED, {"A1": 6})],
        [(5, ["a2"]), (6, ["b1"])],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_heads_in_whatever_order_they_came(name: str) -> None:
    history, expected = CASES[name]
    for order in permutations(history):
        assert found(list(order))["A1"] == expected


def test_different_fields_never_conflict() -> None:
    assert found([A1, wrote("b1", "", B1=2)]) == {"A1": [(4, ["a1"])], "B1": [(2, ["b1"])]}


@pytest.mark.parametrize(
    ("one", "two", "same"),
    [
        (4, 4, True),
        (4, 5, False),
        (1, True, False),
        (0, False, False),
        (4, "4", False),
        (None, 0, False),
        (["blog", "robot"], ("robot", "blog"), True),
        (["blog"], ["robot"], False),
        ([], None, False),
        ({"answers": {"A1": 4}, "at": "1"}, {"answers": {"A1": 4}, "at": "2"}, True),
        ({"answers": {"A1": 4}}, {"answers": {"A1": 5}}, False),
        ({"answers": {"A1": 1}}, {"answers": {"A1": True}}, False),
    ],
)
def test_when_two_values_are_one(one: Value, two: Value, same: bool) -> None:
    heads = [wrote("a1", "", A1=one), wrote("b1", "", A1=two)]
    assert (len(alternatives(heads, RULES)) == 1) is same


def test_fields_that_belong_together_come_from_one_event() -> None:
    history = [
        wrote("a1", "", status="submitted", submitted_at="monday"),
        wrote("b1", "a1", status="draft"),
        wrote("c1", "a1", OBSERVED, submitted_at="friday"),
    ]
    assert found(history) == {"status": [(None, ["c1"]), ("draft", ["b1"])]}
    assert values(merged(history, RULES)) == {"submitted_at": "friday"}
    assert values(merged(history[:2], RULES)) == {"status": "draft"}


def test_submitting_at_two_moments_is_no_conflict() -> None:
    heads = [
        wrote("a1", "", status="submitted", submitted_at="monday"),
        wrote("b1", "", status="submitted", submitted_at="friday"),
    ]
    ((first, _),) = alternatives(heads, RULES)
    assert first.cells["submitted_at"] == "monday"


def test_what_stood_before_the_disagreement() -> None:
    start, mine, theirs = A1, wrote("b1", "a1", A1=5), wrote("c2", "a1 c1", A1=6)
    history = [start, wrote("c1", "a1", B1=2), mine, theirs]
    assert values(before(history, [mine, theirs], RULES)) == {"A1": 4}
    assert before([A1, wrote("b1", "", A1=5)], [A1, wrote("b1", "", A1=5)], RULES) == {}


def test_an_event_of_many_rows_says_one_thing_of_each_record() -> None:
    event = Event(
        "a",
        3,
        "",
        {"a": 2},
        "cpn",
        "monday",
        RecordKind.DECLARATION,
        ("uai", "year", "A1", "B1"),
        (
            ("1", "2023-2024", 4, ABSENT),
            ("2", "2023-2024", None, 1),
            ("1", "2023-2024", ABSENT, 2),
        ),
        IMPORTED,
        "tableau",
    )
    said = dict(writings(event))
    assert {key: writing.cells for key, writing in said.items()} == {
        ("1", "2023-2024"): {"A1": 4, "B1": 2},
        ("2", "2023-2024"): {"A1": None, "B1": 1},
    }
    first = said["1", "2023-2024"]
    assert (first.dot, first.context, first.source) == (("a", 3), {"a": 2}, "imported")
    assert (first.operator, first.at, first.note) == ("cpn", "monday", "tableau")
