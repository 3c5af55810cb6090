"""Golden cases of the label, and what must hold of any application."""

from __future__ import annotations

import tomllib
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.ent import EntIndex
from numecole_desktop.domain.equipment import EquipmentIndex
from numecole_desktop.domain.label_criteria import (
    Commitments,
    LabelFacts,
    LabelLevel,
    label_level,
)
from numecole_desktop.domain.label_rules import LabelRules
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.catalogue import Catalogue

CASES = tomllib.loads((Path(__file__).parent / "golden" / "label.toml").read_text("utf-8"))["case"]
CATALOGUE = Catalogue()
CURRENT = SchoolYear(2023)


def facts_of(given_facts: dict[str, Any], year: SchoolYear) -> LabelFacts:
    """Facts from the short notation of the cases."""
    classes, equipment = given_facts.get("classes"), given_facts.get("equipment")
    index = None
    if classes is not None:
        missing = () if equipment is not None else ("B1",)
        index = EquipmentIndex(equipment, classes, None, None, missing, (), "socle-2021")
    ent = given_facts.get("ent")
    held = None
    if ent is not None or "in_ent" in given_facts:
        held = EntIndex(ent, ent is not None, ent or 0, classes or 0, (), "ent-2023")
    return LabelFacts(
        year,
        declared=year if index else None,
        equipment=index,
        ent=held,
        connections=given_facts.get("connections"),
        pupils=given_facts.get("pupils"),
    )


def judged(case: dict[str, Any]) -> LabelLevel:
    """The level that a case gives."""
    year = SchoolYear.parse(case["year"])
    rules = CATALOGUE.label_rules(year)
    return label_level(rules, facts_of(case["facts"], year), Commitments(**case["entered"]))


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_case_gives_what_it_says(case: dict[str, Any]) -> None:
    found = judged(case)
    for key, level in case["levels"].items():
        assert found.of(key).level == (None if level == "n.c." else level), key
    assert found.value == (None if case["level"] == "n.c." else case["level"])
    assert [c.key for c in found.limiting] == case["limiting"]


def test_the_campaign_chooses_its_criteria() -> None:
    before, after = (CATALOGUE.label_rules(SchoolYear(year)) for year in (2022, 2023))
    assert [c.key for c in before.criteria] == [
        "referents",
        "ent",
        "projects",
        "support",
        "equipment",
    ]
    assert [c.key for c in after.criteria] == ["referents", "ent", "projects", "equipment"]


@pytest.mark.parametrize("classes", range(1, 60))
def test_the_share_is_rounded_up_in_whole_numbers(classes: int) -> None:
    rules = CATALOGUE.label_rules(CURRENT)
    asked = rules.classes_for_share(classes)
    assert Fraction(asked) >= Fraction(3, 10) * classes > Fraction(asked - 1)


levels = st.one_of(st.none(), st.integers(0, 3))


@given(
    equipment=levels,
    ent=levels,
    referents=st.tuples(st.booleans(), st.booleans()),
    projects=st.one_of(st.none(), st.integers(0, 12)),
    written=st.one_of(st.none(), st.booleans()),
    support=st.one_of(st.none(), st.booleans()),
    year=st.sampled_from([2021, 2022, 2023, 2024]),
)
def test_what_holds_of_any_application(
    equipment: int | None,
    ent: int | None,
    referents: tuple[bool, bool],
    projects: int | None,
    written: bool | None,
    support: bool | None,
    year: int,
) -> None:
    rules: LabelRules = CATALOGUE.label_rules(SchoolYear(year))
    given_facts = {"classes": 10, "equipment": equipment, "connections": 500, "pupils": 200}
    if ent is not None:
        given_facts["ent"] = ent
    facts = facts_of(given_facts, SchoolYear(year))
    found = label_level(rules, facts, Commitments(*referents, projects, written, support))
    known = [c.level for c in found.criteria if c.level is not None]
    if found.value is not None:
        assert found.value == min(known)
        assert found.value == 0 or len(known) == len(found.criteria)
    if found.value == rules.highest:
        assert equipment == ent == rules.highest
    assert found.ceiling == min(known, default=rules.highest)
    for criterion in found.criteria:
        assert criterion.reason.endswith((".", ". "))
        assert (
            bool(criterion.raise_with)
            or criterion.key == "equipment"
            or (criterion.level == rules.highest)
        )
