"""Percentages and n.c. rates of counts. Sums over schools are tested in tests/territories."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.territory import (
    COUNTERS,
    FIGURES,
    MISSING,
    covers,
    missing_rates,
    percentages,
)


def test_nothing_has_no_percentage() -> None:
    counts = dict.fromkeys(COUNTERS, 0)
    assert set(percentages(counts).values()) == {None}
    assert set(missing_rates(counts).values()) == {None}


def test_each_percentage_is_over_the_base_of_the_rules() -> None:
    counts = dict.fromkeys(COUNTERS, 1) | {
        "schools": 8,
        "classes": 200,
        "schools_labelled": 3,
        "classes_teacher_equipped": 109,
        "label_2": 2,
        "missing_schools_socle": 5,
    }
    found = percentages(counts)
    assert found["classes_teacher_equipped"] == 55
    assert found["schools_socle"] == 13
    assert found["label_2"] == 67
    assert found["classes_using_ent"] == 1
    assert missing_rates(counts)["schools_socle"] == 63
    assert found["label_1"] == 33
    assert not {"robots", "ent_connections"} & found.keys()


def test_figures_and_their_missing_answers_are_all_counted() -> None:
    assert len(set(COUNTERS)) == len(COUNTERS) == len(FIGURES) + len(MISSING)
    assert set(MISSING) <= set(FIGURES)


@given(st.integers(0, 10_000), st.integers(1, 10_000))
def test_a_percentage_is_rounded_half_up_from_integers(part: int, base: int) -> None:
    counts = dict.fromkeys(COUNTERS, 0) | {"schools": base, "schools_socle": part}
    exact = Fraction(100 * part, base)
    expected = int(exact) + (exact - int(exact) >= Fraction(1, 2))
    assert percentages(counts)["schools_socle"] == expected


@pytest.mark.parametrize(
    ("known", "held", "published", "enough"),
    [
        (90, 100, None, True),
        (89, 100, None, False),
        (100, 100, 112, False),
        (101, 101, 112, True),
        (90, 90, 50, True),
        (1, 1, None, True),
        (0, 0, None, False),
        (0, 0, 100, False),
    ],
)
def test_a_base_speaks_for_an_academie_when_it_knows_nearly_all_of_it(
    known: int, held: int, published: int | None, enough: bool
) -> None:
    counts = {"schools": held, "schools_known": known}
    assert covers(counts, published, Fraction(9, 10)) == enough
