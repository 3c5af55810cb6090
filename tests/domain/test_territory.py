"""Figures of a set of schools. Published figures are in tests/rules/test_sample.py."""

from __future__ import annotations

from fractions import Fraction

import pytest

from numecole_desktop.domain.territory import (
    COUNTS,
    KnownSchool,
    covers,
    equipment_figures,
    percentages,
)


def test_nothing_is_all_zero_and_has_no_percentage() -> None:
    counts = equipment_figures([])
    assert counts == dict.fromkeys(COUNTS, 0)
    assert set(percentages(counts).values()) == {None}


def test_a_school_without_declaration_counts_as_a_school_only() -> None:
    counts = equipment_figures([KnownSchool(None)])
    assert {name: value for name, value in counts.items() if value} == {"schools": 1}


def test_every_figure() -> None:
    schools = [
        KnownSchool({"A1": 4, "A3": 2, "A4": True, "A5": False, "A6": True}, 4, 4, 3),
        KnownSchool({"A1": 5, "A3": 1, "A5": True}, 5, 4, 2),
        KnownSchool({"A1": 3, "A3": 0, "A4": False}, 1, None, None),
        KnownSchool({"B1": 3, "A3": "plusieurs", "A4": "peut-être"}, None, None, None),
        KnownSchool(None),
    ]
    counts = equipment_figures(schools)
    assert counts == {
        "schools": 5,
        "schools_known": 4,
        "classes": 12,
        "classes_teacher_equipped": 10,
        "classes_pupil_equipped": 8,
        "schools_socle": 1,
        "schools_with_robots": 2,
        "robots": 3,
        "schools_with_webradio": 1,
        "schools_with_webtv": 1,
        "schools_with_fablab": 1,
    }
    assert percentages(counts) == {
        "schools_known": 80,
        "classes_teacher_equipped": 83,
        "classes_pupil_equipped": 67,
        "schools_socle": 20,
        "schools_with_robots": 40,
        "schools_with_webradio": 20,
        "schools_with_webtv": 20,
        "schools_with_fablab": 20,
    }


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
