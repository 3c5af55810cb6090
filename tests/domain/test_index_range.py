"""The equipment index over answers in conflict."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.equipment import INPUTS, EquipmentRules, equipment_index
from numecole_desktop.domain.index_range import index_range
from numecole_desktop.domain.questionnaire import Answer

FULL: dict[str, Answer] = dict(zip(INPUTS, (4, 4, 2, 2, 1, 0, 0), strict=True))


@pytest.mark.parametrize(
    ("disputed", "possible", "label"),
    [
        ({}, {3}, "3"),
        ({"B1": [4, 3]}, {3, 2}, "de 2 à 3"),
        ({"B1": [4, 9]}, {3}, "3"),
        ({"B1": [4, 1], "C1": [1, 0]}, {3, 1, 0}, "de 0 à 3"),
        ({"B1": [4, None]}, {3, None}, "3 ou non calculable"),
        ({"B1": [4, 3, None]}, {3, 2, None}, "de 2 à 3 ou non calculable"),
        ({"A1": [None, "beaucoup"]}, {None}, "non calculable"),
        ({"D1": [("robot",), None]}, {3}, "3"),
    ],
)
def test_every_choice_counts(
    disputed: dict[str, Sequence[Answer | None]],
    possible: set[int | None],
    label: str,
    rules: EquipmentRules,
) -> None:
    found = index_range(FULL, disputed, rules)
    assert found.possible == possible
    assert found.label == label
    known = [value for value in possible if value is not None]
    assert (found.lowest, found.highest) == ((min(known), max(known)) if known else (None, None))


answers = st.fixed_dictionaries({code: st.integers(0, 5) for code in INPUTS})


@given(answers, answers)
def test_whatever_is_chosen_is_in_the_range(one: dict[str, int], two: dict[str, int]) -> None:
    rules = EquipmentRules("socle", 4, 3, 1, 2)
    disputed = {code: [one[code], two[code]] for code in INPUTS}
    found = index_range(one, disputed, rules)
    for chosen in (one, two, {**one, "A1": two["A1"]}):
        assert equipment_index(chosen, rules).value in found.possible
