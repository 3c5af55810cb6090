"""The index against an independent count, on random declarations with missing answers."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from numecole_desktop.domain.equipment import (
    INPUTS,
    EquipmentRules,
    equipment_index,
    index_counts,
)
from numecole_desktop.domain.questionnaire import Answer, Answers, number

Oracle = Callable[[Answers], tuple[int | None, int | None, int | None]]

unusable = st.sampled_from([None, "", "douze", -1, -4, True, False, ("ROBOTIQUE",)])
holes: st.SearchStrategy[dict[str, Answer | None]] = st.one_of(
    st.just({}), st.just({}), st.dictionaries(st.sampled_from(INPUTS), unusable, max_size=4)
)


@st.composite
def declarations(draw: st.DrawFn) -> dict[str, Answer]:
    """Answers around those of a school of up to 14 classes; some missing, some unusable."""
    classes = draw(st.integers(0, 14))
    counts = {code: draw(st.integers(0, classes + 2)) for code in ("B1", "B2", "B3", "C3")}
    mobiles = {code: draw(st.integers(0, 1 + classes // 4)) for code in ("C1", "C2")}
    given = {"A1": classes, **counts, **mobiles, **draw(holes)}
    return {code: value for code, value in given.items() if value is not None}


@settings(max_examples=2000, deadline=None)
@given(answers=declarations())
def test_every_index_equals_the_independent_count(
    rules: EquipmentRules, oracle: Oracle, answers: dict[str, Answer]
) -> None:
    found = equipment_index(answers, rules)
    expected = oracle(answers)
    assert (found.teacher, found.pupil, found.value) == expected
    assert index_counts(rules, *(number(answers, code) for code in INPUTS)) == expected


@settings(max_examples=500, deadline=None)
@given(answers=declarations(), code=st.sampled_from(INPUTS[1:]), more=st.integers(1, 5))
def test_more_equipment_never_lowers_the_index(
    rules: EquipmentRules, answers: dict[str, Answer], code: str, more: int
) -> None:
    before = equipment_index(answers, rules).value
    held = number(answers, code)
    if before is None or held is None:
        return
    after = equipment_index({**answers, code: held + more}, rules).value
    assert after is not None
    assert after >= before


@settings(max_examples=500, deadline=None)
@given(answers=declarations())
def test_missing_answers_are_named_exactly(
    rules: EquipmentRules, answers: dict[str, Answer]
) -> None:
    usable = {code for code in INPUTS if number(answers, code) is not None}
    if not number(answers, "A1"):
        usable.discard("A1")
    expected = {code for code in ("A1", "B1", "C1", "C2", "C3") if code not in usable}
    if not usable & {"B2", "B3"}:
        expected.add("B2/B3")
    found = equipment_index(answers, rules)
    assert set(found.missing) == expected
    assert list(found.missing) == sorted(found.missing)
    assert (found.value is None) == bool(expected)
