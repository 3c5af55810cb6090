"""When a number being typed is whole."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.checks import NOTHING_KNOWN, Known, hard_findings
from numecole_desktop.domain.entry import is_whole_number
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.catalogue import Catalogue

FORM = Catalogue().questionnaire(SchoolYear(2023))
BELOW = ("B1", "B2", "B3", "C3")


@pytest.mark.parametrize(
    ("code", "value", "classes", "whole"),
    [
        ("B1", 1, 9, True),
        ("B1", 1, 10, False),
        ("B1", 2, 10, True),
        ("B1", 10, 10, True),
        ("B1", 0, 300, True),
        ("B1", 7, 6, False),
        ("C1", 1, 6, True),
        ("C1", 1, 12, False),
        ("A3", 6, 4, False),
        ("A3", 7, 4, True),
        ("A3", 61, 4, False),
        ("A1", 4, None, False),
        ("A1", 5, None, True),
        ("A1", 0, None, False),
    ],
)
def test_a_number_is_whole_when_no_longer_one_passes(
    code: str, value: int, classes: int | None, whole: bool
) -> None:
    answers: dict[str, Answer] = {} if classes is None else {"A1": classes}
    assert is_whole_number(code, value, {**answers, code: value}, FORM, NOTHING_KNOWN) is whole


@pytest.mark.parametrize("answer", [None, True, "quatre", "4,5", -1])
def test_what_is_not_a_number_is_never_whole(answer: Answer | None) -> None:
    assert not is_whole_number("B1", answer, {"A1": 4}, FORM, NOTHING_KNOWN)


def test_a_number_that_asks_for_a_confirmation_is_not_whole() -> None:
    known = Known({"A1": 9})
    assert is_whole_number("A1", 9, {"A1": 9}, FORM, known)
    assert not is_whole_number("A1", 5, {"A1": 5}, FORM, known)


@given(st.sampled_from(BELOW), st.integers(1, 40), st.integers(0, 40), st.integers(0, 9), st.data())
def test_a_whole_number_has_no_longer_one_without_error(
    code: str, classes: int, value: int, digit: int, data: st.DataObject
) -> None:
    others = {other: data.draw(st.integers(0, classes)) for other in BELOW if other != code}
    answers: dict[str, Answer] = {"A1": classes, **others, code: value}
    if value and is_whole_number(code, value, answers, FORM, NOTHING_KNOWN):
        assert not any(f.field == code for f in hard_findings(answers, FORM))
        longer = value * 10 + digit
        assert not is_whole_number(code, longer, {**answers, code: longer}, FORM, NOTHING_KNOWN)


def enters(answers: dict[str, Answer]) -> int:
    """Answers after which Entrée is needed: a number goes on to a number only when it is whole."""
    rows = ("B1", "B2", "B3", "C1", "C2")
    held: dict[str, Answer] = {}
    count = 0
    for code, value in answers.items():
        held[code] = value
        count += code in rows and not is_whole_number(code, value, held, FORM, NOTHING_KNOWN)
    return count


def test_the_declarations_of_the_sample_cost_their_answers_and_at_most_five_keys() -> None:
    file = Path(__file__).parents[2] / "resources" / "demo" / "declarations.csv"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines, delimiter=";"))
    codes = [code for code in FORM.codes if code != "D1"]
    whole = [
        {code: FORM.read(FORM.question(code), row[code]) for code in codes}
        for row in rows
        if all(row[code] for code in codes)
    ]
    assert len(whole) > 400
    opened_and_submitted = 2
    costs = [opened_and_submitted + enters(answers) for answers in whole]  # type: ignore[arg-type]
    assert max(costs) <= 5
    assert costs.count(opened_and_submitted) > 0.98 * len(costs)
