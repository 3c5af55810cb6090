"""ENT index, GAR use and labels in force, against the rules as they are written (2.3, 2.4)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.ent import EntClass, EntRules, ent_index, index_value, uses_ent
from numecole_desktop.domain.label import label_in_force
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.catalogue import Catalogue

RULES: EntRules = Catalogue().ent_rules(SchoolYear(2023))


def test_a_class_must_exceed_three_connections_for_each_pupil() -> None:
    assert uses_ent(RULES, 25, 76)
    assert not uses_ent(RULES, 25, 75)


@pytest.mark.parametrize(
    ("in_ent", "using", "classes", "expected"),
    [
        (False, 0, 5, None),
        (False, 4, 5, None),
        (True, 0, 5, 0),
        (True, 1, 5, 1),
        (True, 2, 5, 2),
        (True, 3, 5, 3),
        (True, 5, 5, 3),
        (True, 1, 1, 3),
        (True, 0, 1, 0),
        (True, 1, 2, 1),
        (True, 2, 2, 3),
        (True, 2, None, 2),
    ],
)
def test_index_counts_user_classes_and_is_capped_by_small_schools(
    in_ent: bool, using: int, classes: int | None, expected: int | None
) -> None:
    assert index_value(RULES, in_ent, using, classes) == expected


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 200)), max_size=12),
    st.one_of(st.none(), st.integers(1, 12)),
)
def test_index_agrees_with_the_sentence_of_the_rule(
    classes: list[tuple[int, int]], declared: int | None
) -> None:
    users = sum(connections > pupils * 3 for pupils, connections in classes)
    expected = 0
    for level in (1, 2, 3):
        asked = level if declared is None or declared >= level else declared
        if users >= asked:
            expected = level
    found = ent_index(
        RULES, True, [EntClass(f"C{i}", p, c) for i, (p, c) in enumerate(classes)], declared
    )
    assert found.value == expected
    assert found.using == users
    assert len([s for s in found.trace if s.rule == "ent_class"]) == len(classes)


def test_trace_says_the_small_school_assumption() -> None:
    found = ent_index(RULES, True, [EntClass("Classe unique", 12, 40)], 1)
    assert found.value == 3
    assert "Hypothèse" in found.trace[-1].text
    assert "il en faut plus de 36" in found.trace[0].text


@pytest.mark.parametrize(
    ("decisions", "year", "expected"),
    [
        ({}, 2023, None),
        ({2023: 2}, 2023, (2, 2023)),
        ({2022: 2}, 2023, (2, 2022)),
        ({2021: 3}, 2023, None),
        ({2022: 3, 2023: 1}, 2023, (1, 2023)),
        ({2022: 1, 2023: 3}, 2023, (3, 2023)),
        ({2022: 3, 2023: 0}, 2023, (0, 2023)),
        ({2024: 3}, 2023, None),
        ({2022: 1, 2024: 3}, 2023, (1, 2022)),
    ],
)
def test_the_latest_decision_counts_for_two_years(
    decisions: dict[int, int], year: int, expected: tuple[int, int] | None
) -> None:
    given_decisions = {SchoolYear(first): level for first, level in decisions.items()}
    found = label_in_force(given_decisions, SchoolYear(year), lambda _: 2)
    assert (found and (found[0], found[1].first)) == expected
