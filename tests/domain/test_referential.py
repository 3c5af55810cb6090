"""Référentiels: which one holds, and asking for a rule that is not there."""

from __future__ import annotations

from dataclasses import replace

import pytest

from numecole_desktop.domain.referential import MissingRuleError, Referential, in_force
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.catalogue import Catalogue


@pytest.fixture
def versions(catalogue: Catalogue) -> tuple[Referential, ...]:
    """Two versions of one subject and one of another, in no order."""
    first = catalogue.equipment(SchoolYear(2023))
    later = replace(first, id="socle-2025", first_year=SchoolYear(2025))
    other = replace(first, id="label", subject="label", first_year=SchoolYear(2026))
    return later, other, first


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2020, "socle-2021"), (2024, "socle-2021"), (2025, "socle-2025"), (2040, "socle-2025")],
)
def test_past_years_keep_their_own_rules(
    versions: tuple[Referential, ...], year: int, expected: str
) -> None:
    assert in_force(versions, "equipment", SchoolYear(year)).id == expected


@pytest.mark.parametrize(("subject", "year"), [("equipment", 2019), ("label", 2025), ("ent", 2030)])
def test_no_rules_in_force_is_said(
    versions: tuple[Referential, ...], subject: str, year: int
) -> None:
    with pytest.raises(MissingRuleError) as refusal:
        in_force(versions, subject, SchoolYear(year))
    assert subject in str(refusal.value)
    assert f"{year}-{year + 1}" in str(refusal.value)


def test_a_rule_is_asked_for_by_name(catalogue: Catalogue) -> None:
    socle = catalogue.equipment(SchoolYear(2023))
    assert socle.whole("classes_per_mobile_class") == 4
    assert socle.value("step_share").denominator == 2
    with pytest.raises(MissingRuleError, match="socle-2021 ne contient pas la règle"):
        socle.value("step")
    with pytest.raises(MissingRuleError, match="n’est pas un nombre entier"):
        socle.whole("step_share")
