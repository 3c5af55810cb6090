"""Checks of the school itself, and what a soft finding says besides its sentence.

Each check of the answers has its cases in tests/rules/golden/checks.toml.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.checks import (
    Known,
    hard_findings,
    school_findings,
    soft_findings,
)
from numecole_desktop.domain.finding import Severity
from numecole_desktop.domain.questionnaire import Answer, Questionnaire
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear

SCHOOL = School("0110160P", "Ecole Jules Ferry", opened_on="1968-01-29")
YEAR = SchoolYear(2023)


def test_an_open_school_has_no_finding() -> None:
    assert school_findings(SCHOOL, SCHOOL.uai, YEAR) == ()


@pytest.mark.parametrize(
    ("school", "code", "says"),
    [
        (None, "unknown_school", "L’école 0110160P n’est pas dans l’annuaire"),
        (
            replace(SCHOOL, closed_from="2022-2023"),
            "closed_school",
            "(Ecole Jules Ferry) est fermée depuis l’année scolaire 2022-2023",
        ),
        (
            School("0110160P", "Ecole", closed_from="2023-2024"),
            "closed_school",
            "est fermée depuis l’année scolaire 2023-2024",
        ),
        (
            replace(SCHOOL, opened_on="2024-09-01"),
            "closed_school",
            "n’ouvre que le 1er\u00a0septembre\u00a02024",
        ),
        (
            replace(SCHOOL, opened_on="2025-09-01", closed_from="2030-2031"),
            "closed_school",
            "n’ouvre que le 1er\u00a0septembre\u00a02025",
        ),
    ],
)
def test_a_school_that_cannot_declare(school: School | None, code: str, says: str) -> None:
    (found,) = school_findings(school, SCHOOL.uai, YEAR)
    assert (found.code, found.severity, found.field) == (code, Severity.ERROR, "uai")
    assert found.value == SCHOOL.uai
    assert says in found.message


def test_a_finding_of_a_sum_names_its_first_question_and_all_its_answers(
    questionnaire: Questionnaire,
) -> None:
    (soft,) = soft_findings({"A1": 4, "B2": 2, "B3": 3}, questionnaire)
    assert soft.finding.code == "displays_over_classes"
    assert soft.finding.severity is Severity.WARNING
    assert (soft.finding.field, soft.finding.value) == ("B2", "5")
    assert soft.concerned == {"B2": 2, "B3": 3, "A1": 4}


def test_a_finding_names_the_answers_that_it_could_not_see(questionnaire: Questionnaire) -> None:
    (soft,) = soft_findings({"A1": 41}, questionnaire)
    assert soft.concerned == {"A1": 41}
    soft = next(
        s
        for s in soft_findings({"A1": 2, "C1": 3}, questionnaire)
        if s.finding.code == "mobile_classes_over_classes"
    )
    assert soft.concerned == {"C1": 3, "C2": None, "A1": 2}


def test_a_finding_without_a_number_has_no_value(questionnaire: Questionnaire) -> None:
    (soft,) = soft_findings({"A7": False}, questionnaire, Known(ent_connections=3))
    assert soft.finding.value is None


def test_hard_findings_are_errors_and_soft_ones_warnings(questionnaire: Questionnaire) -> None:
    answers: dict[str, Answer] = {"A1": 1, "B1": 9, "B2": 9, "A2": "?", "D1": ("X",), "Z": 1}
    hard = hard_findings(answers, questionnaire)
    assert {f.severity for f in hard} == {Severity.ERROR}
    assert {f.field for f in hard} == {"B1", "B2", "A2", "D1", "Z"}
    soft = soft_findings(answers, questionnaire)
    assert {s.finding.severity for s in soft} == {Severity.WARNING}


values: st.SearchStrategy[Answer] = st.one_of(
    st.integers(-2, 70),
    st.booleans(),
    st.text("ab0,.-é", max_size=3),
    st.sampled_from(["FIBRE", "NSP", ("ROBOTIQUE",), ("ECHECS", "ROBOTIQUE")]),
)


@given(st.data())
def test_any_answers_give_sentences_never_a_failure(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    answers = st.dictionaries(st.sampled_from(questionnaire.codes), values)
    now, before = data.draw(answers), data.draw(st.none() | answers)
    known = Known(before, data.draw(st.none() | st.integers(0, 9)))
    found = [
        *hard_findings(now, questionnaire),
        *(s.finding for s in soft_findings(now, questionnaire, known)),
    ]
    for finding in found:
        assert finding.field in questionnaire.codes
        assert finding.message.endswith(".")
        assert "{" not in finding.message
        assert " :" not in finding.message
    codes = [
        finding.code for finding in found if finding.code in {c.code for c in questionnaire.checks}
    ]
    assert len(codes) == len(set(codes))


@given(st.data())
def test_unanswered_questions_are_never_a_fault(
    questionnaire: Questionnaire, data: st.DataObject
) -> None:
    whole = {
        "A1": 4, "A2": "ADSL", "A3": 1, "A4": False, "A5": False, "A6": False, "A7": True,
        "B1": 4, "B2": 2, "B3": 2, "C1": 1, "C2": 0, "C3": 3, "D1": ("ROBOTIQUE",),
    }  # fmt: skip
    kept = data.draw(st.sets(st.sampled_from(sorted(whole))))
    some: dict[str, Answer] = {code: whole[code] for code in kept}  # type: ignore[misc]  # answers
    assert hard_findings(some, questionnaire) == ()
    assert soft_findings(some, questionnaire, Known(whole, 12)) == ()  # type: ignore[arg-type]  # answers
