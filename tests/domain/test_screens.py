"""Screens may suspect too much, never too little: the checks themselves decide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.checks import (
    CHECK_KINDS,
    Known,
    hard_findings,
    soft_findings,
    value_problem,
)
from numecole_desktop.domain.questionnaire import Answer, CheckRule, Questionnaire
from numecole_desktop.domain.screens import SCREENS, Screens

Given = Mapping[str, Answer]
CODES = ("A1", "A3", "A7", "B1", "B2", "B3", "C1", "C2", "C3", "D1")
PLAIN: Given = {"A1": 4, "A3": 2, "A7": True, "B1": 4, "B2": 2, "B3": 2, "C1": 1, "C2": 0, "C3": 0}

_ANSWER = st.one_of(
    st.integers(0, 6),
    st.integers(-2, 130),
    st.booleans(),
    st.sampled_from(["quatre", "FIBRE", ""]),
    st.lists(st.sampled_from(["ROBOTIQUE", "PROGRAMMATION"]), max_size=2).map(tuple),
)
_ANSWERS = st.dictionaries(st.sampled_from(CODES), _ANSWER)
_LINES = st.lists(st.tuples(_ANSWERS, st.none() | _ANSWERS), max_size=6)
_FIELDS = st.lists(st.sampled_from(CODES), min_size=1, max_size=3, unique=True).map(tuple)
_RULE = st.builds(
    CheckRule,
    code=st.just("rule"),
    hard=st.booleans(),
    kind=st.sampled_from(sorted(CHECK_KINDS)),
    fields=_FIELDS,
    message=st.just(""),
    other=st.sampled_from(CODES),
    limit=st.integers(0, 5),
    share=st.fractions(Fraction(0), Fraction(1), max_denominator=10),
    usages=st.just(("ROBOTIQUE",)),
)


def suspects(questionnaire: Questionnaire, lines: Sequence[tuple[Given, Given | None]]) -> set[int]:
    columns = {code: [answers.get(code) for answers, _ in lines] for code in CODES}
    return Screens(questionnaire).suspects(columns, [previous for _, previous in lines])


def with_findings(
    questionnaire: Questionnaire, lines: Sequence[tuple[Given, Given | None]]
) -> set[int]:
    """Places that the checks themselves speak of, problems of a single answer set aside."""
    codes = {rule.code for rule in questionnaire.checks}
    return {
        place
        for place, (answers, previous) in enumerate(lines)
        if any(f.code in codes for f in hard_findings(answers, questionnaire))
        or soft_findings(answers, questionnaire, Known(previous))
    }


@given(lines=_LINES)
def test_no_finding_of_the_shipped_checks_escapes(
    questionnaire: Questionnaire, lines: list[tuple[Given, Given | None]]
) -> None:
    assert suspects(questionnaire, lines) >= with_findings(questionnaire, lines)


@given(rules=st.lists(_RULE, min_size=1, max_size=3), lines=_LINES)
def test_no_finding_of_any_check_escapes(
    questionnaire: Questionnaire,
    rules: list[CheckRule],
    lines: list[tuple[Given, Given | None]],
) -> None:
    other = replace(questionnaire, checks=tuple(rules))
    assert suspects(other, lines) >= with_findings(other, lines)


def test_every_kind_of_check_has_its_screen() -> None:
    assert SCREENS.keys() == CHECK_KINDS.keys()


def test_only_the_doubtful_declaration_is_suspected(questionnaire: Questionnaire) -> None:
    robots = {**PLAIN, "A3": 0, "D1": ("PROGRAMMATION", "ROBOTIQUE")}
    lines: list[tuple[Given, Given | None]] = [
        (PLAIN, None),
        (PLAIN, PLAIN),
        ({**PLAIN, "B1": 5}, None),
        ({**PLAIN, "B2": 3}, None),
        ({**PLAIN, "A1": 41}, None),
        ({**PLAIN, "A1": 7}, PLAIN),
        (PLAIN, {**PLAIN, "B1": 8}),
        (robots, None),
        ({**robots, "D1": ("PROGRAMMATION",)}, None),
        ({}, None),
    ]
    assert with_findings(questionnaire, lines) == {2, 3, 4, 5, 6, 7}
    assert suspects(questionnaire, lines) == {2, 3, 4, 5, 6, 7}


def test_an_answer_is_judged_by_itself_elsewhere(questionnaire: Questionnaire) -> None:
    """What the screens leave to ``value_problem``."""
    classes = questionnaire.question("A1")
    assert value_problem(classes, "quatre", questionnaire) is not None
    assert value_problem(classes, 4, questionnaire) is None
    assert suspects(questionnaire, [({**PLAIN, "A3": "quatre"}, None)]) == set()
