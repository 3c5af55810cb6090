"""Screens may suspect too much, never too little."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from numecole_desktop.domain.checks import Known, hard_findings, soft_findings
from numecole_desktop.domain.questionnaire import Answer, Answers, Questionnaire
from numecole_desktop.domain.screens import Columns, Screens

unlikely: list[Answer] = [-1, 38, 40, 41, 42, 59, 60, 61, "douze", True]
counts: st.SearchStrategy[Answer] = st.integers(0, 6) | st.sampled_from(unlikely)
answer: dict[str, st.SearchStrategy[Answer]] = {
    **dict.fromkeys(("A1", "A3", "B1", "B2", "B3", "C1", "C2", "C3"), counts),
    "A7": st.booleans(),
    "D1": st.sampled_from([("ROBOTIQUE",), ("PROGRAMMATION",), ("ECHECS", "ROBOTIQUE"), "?"]),
}
declaration: st.SearchStrategy[dict[str, Answer]] = st.fixed_dictionaries({}, optional=answer)


def found_by_checks(
    questionnaire: Questionnaire, lines: Sequence[tuple[Answers, Answers | None]]
) -> set[int]:
    """Places of the lines of which a check of the questionnaire speaks."""
    codes = {check.code for check in questionnaire.checks}
    return {
        place
        for place, (now, before) in enumerate(lines)
        if any(f.code in codes for f in hard_findings(now, questionnaire))
        or soft_findings(now, questionnaire, Known(before))
    }


@settings(max_examples=300, deadline=None)
@given(lines=st.lists(st.tuples(declaration, st.none() | declaration), max_size=6))
def test_whatever_a_check_finds_was_suspected(
    questionnaire: Questionnaire, lines: list[tuple[dict[str, Answer], dict[str, Answer] | None]]
) -> None:
    columns = {code: [now.get(code) for now, _ in lines] for code in questionnaire.codes}
    suspects = Screens(questionnaire).suspects(columns, [before for _, before in lines])
    assert found_by_checks(questionnaire, lines) <= suspects <= set(range(len(lines)))


def test_ordinary_declarations_are_not_suspected(questionnaire: Questionnaire) -> None:
    whole: dict[str, Answer] = dict.fromkeys(("A4", "A5", "A6"), False)
    whole |= {"A1": 4, "A2": "ADSL", "A3": 1, "A7": True, "D1": ("ROBOTIQUE",)}
    whole |= {"B1": 4, "B2": 2, "B3": 2, "C1": 1, "C2": 0, "C3": 3}
    columns = {code: [answer] * 3 for code, answer in whole.items()}
    assert Screens(questionnaire).suspects(columns, [whole, None, {}]) == set()


def test_a_question_that_no_line_answers_may_be_left_out(questionnaire: Questionnaire) -> None:
    columns: Columns = {"A1": [41, 2, None], "B1": [3, 3, 3]}
    suspects = Screens(questionnaire).suspects(columns, [None, None, None])
    assert {0, 1} <= suspects
