"""Runner of the golden cases: what an adviser wrote in TOML is what the application says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from numecole_desktop.domain.checks import Known, hard_findings, soft_findings
from numecole_desktop.domain.equipment import (
    INPUTS,
    EquipmentRules,
    equipment_index,
    index_counts,
    missing_sentence,
    reasons,
)
from numecole_desktop.domain.french import NARROW_NBSP, NBSP
from numecole_desktop.domain.plan import missing_for_next, next_title
from numecole_desktop.domain.questionnaire import Answer, Questionnaire, number

AsAnswers = Callable[[Mapping[str, Any]], dict[str, Answer]]
Golden = Callable[[str], list[dict[str, Any]]]

INDEX_KEYS = {"name", "source", "answers", "teacher", "pupil", "index"}
INDEX_OPTIONS = {"missing", "next_index", "says"}
CHECK_KEYS = {"check", "name", "answers", "found"}
VALUE_CHECKS = {
    "not_whole",
    "negative",
    "too_small",
    "too_large",
    "not_yes_no",
    "not_in_list",
    "unknown_usage",
    "unknown_question",
}
COUNTS = ("teacher", "pupil", "index")
CHECK_OPTIONS = {"previous", "ent", "says", "others"}


def plain(text: str) -> str:
    """Text with ordinary spaces, as an adviser types it."""
    return text.replace(NBSP, " ").replace(NARROW_NBSP, " ")


def test_an_index_case_gives_what_it_says(
    index_case: dict[str, Any], rules: EquipmentRules, as_answers: AsAnswers
) -> None:
    answers = as_answers(index_case["answers"])
    found = equipment_index(answers, rules)
    expected = [None if index_case[key] == "n.c." else index_case[key] for key in COUNTS]
    assert [found.teacher, found.pupil, found.value] == expected
    assert list(index_counts(rules, *(number(answers, code) for code in INPUTS))) == expected
    assert list(found.missing) == index_case.get("missing", [])
    assert (found.value is None) == bool(found.missing)
    assert found.referential == "socle-2021"


def test_an_index_case_says_what_is_missing_for_the_next_index(
    index_case: dict[str, Any], rules: EquipmentRules, as_answers: AsAnswers
) -> None:
    answers = as_answers(index_case["answers"])
    found = equipment_index(answers, rules)
    said = missing_for_next(answers, found, rules)
    assert bool(said) == bool(next_title(found)) == (found.value in {0, 1, 2})
    if "next_index" in index_case:
        assert next_title(found) == f"Ce qui manque pour l’indice {index_case['next_index']}"
    if "says" in index_case:
        assert [plain(sentence) for sentence in said] == index_case["says"]


def test_an_index_case_explains_itself(
    index_case: dict[str, Any], rules: EquipmentRules, as_answers: AsAnswers
) -> None:
    found = equipment_index(as_answers(index_case["answers"]), rules)
    steps = {step.rule: step.value for step in found.trace}
    wanted = {"teacher": found.teacher, "pupil": found.pupil, "index": found.value}
    assert steps == {rule: value for rule, value in wanted.items() if value is not None}
    assert bool(missing_sentence(found)) == (found.value is None)
    why = reasons(found, rules)
    if found.classes is None:
        assert why == ()
        return
    for sentence, count, questions in zip(
        why, (found.teacher, found.pupil), ("B", "C"), strict=True
    ):
        if count is None:
            lacking = [code for code in found.missing if code.startswith(questions)]
            assert lacking
            assert all(code.split("/")[0] in sentence for code in lacking)
        else:
            noun = "classe" if count < 2 else "classes"
            assert f" : {count} {noun} sur {found.classes}, " in plain(sentence)


def test_a_check_case_finds_what_it_says(
    check_case: dict[str, Any], questionnaire: Questionnaire, as_answers: AsAnswers
) -> None:
    answers = as_answers(check_case["answers"])
    previous = as_answers(check_case["previous"]) if "previous" in check_case else None
    hard = hard_findings(answers, questionnaire)
    soft = soft_findings(answers, questionnaire, Known(previous, check_case.get("ent")))
    found = {f.code: f for f in (*hard, *(s.finding for s in soft))}
    expected = [check_case["check"]] if check_case["found"] else []
    assert sorted(found) == sorted([*expected, *check_case.get("others", [])])
    if "says" in check_case:
        assert check_case["says"] in plain(found[check_case["check"]].message)


@pytest.mark.parametrize(
    ("file", "keys", "options"),
    [
        ("equipment_index.toml", INDEX_KEYS, INDEX_OPTIONS),
        ("checks.toml", CHECK_KEYS, CHECK_OPTIONS),
    ],
)
def test_golden_files_are_well_written(
    golden: Golden, file: str, keys: set[str], options: set[str]
) -> None:
    cases = golden(file)
    names = [case["name"] for case in cases]
    assert len(set(names)) == len(names)
    for case in cases:
        assert keys <= case.keys() <= keys | options, case["name"]


def test_the_twelve_published_cases_are_there(golden: Golden) -> None:
    published = [
        ",".join(str(case["answers"][code]) for code in INPUTS)
        + f" {case['teacher']},{case['pupil']},{case['index']}"
        for case in golden("equipment_index.toml")
        if case["source"] == "règles 2.2"
        and all(isinstance(case["answers"].get(code), int) for code in INPUTS)
    ]
    assert {
        "4,4,2,2,1,0,0 4,4,3",
        "4,3,2,2,0,0,2 3,2,2",
        "4,2,1,1,0,0,1 2,1,1",
        "4,1,4,0,0,0,1 1,1,0",
        "3,2,1,1,0,0,1 2,1,1",
        "3,3,3,0,0,1,0 3,3,3",
        "5,5,3,3,1,0,0 5,4,2",
        "1,1,0,1,0,0,1 1,1,3",
        "2,1,1,0,0,0,0 1,0,1",
        "9,0,9,9,2,0,0 0,8,1",
        "7,3,7,0,0,0,3 3,3,0",
        "8,8,0,8,1,1,0 8,8,3",
    } <= set(published)


def test_every_check_has_a_case_at_its_limit_and_one_beyond(
    golden: Golden, questionnaire: Questionnaire
) -> None:
    outcomes = {(case["check"], case["found"]) for case in golden("checks.toml")}
    codes = {check.code for check in questionnaire.checks} | VALUE_CHECKS
    assert outcomes == {(code, found) for code in codes for found in (True, False)}
