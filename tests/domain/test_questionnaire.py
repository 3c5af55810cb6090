"""Answers as people and spreadsheets write them, read, shown and written back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.questionnaire import (
    MISSING_TEXT,
    Answer,
    AnswerKind,
    Questionnaire,
    number,
    read_whole,
)


@pytest.mark.parametrize(
    ("text", "number_read"),
    [
        ("5", 5),
        ("0", 0),
        ("007", 7),
        ("+5", 5),
        ("-3", -3),
        ("\u22123", -3),
        ("–3", -3),
        ("4,0", 4),
        ("4.00", 4),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234\u202f567", 1234567),
        ("12345678901", 12345678901),
    ],
)
def test_whole_numbers_as_people_write_them(text: str, number_read: int) -> None:
    assert read_whole(text) == number_read


@pytest.mark.parametrize(
    "text",
    [
        "4,5",
        "4.05",
        "deux",
        "1e3",
        "0x10",
        "5 classes",
        "4 5",
        "12 34",
        "1 2345",
        "--3",
        "1-2",
        "",
        "1 234 5",
        "²",
        "9" * 16,
        "=2+3",
        "#N/A",
    ],
)
def test_what_is_no_whole_number_stays_as_typed(text: str) -> None:
    assert read_whole(text) == text


@pytest.mark.parametrize(
    ("code", "text", "answer"),
    [
        ("A1", " 5 ", 5),
        ("A1", "", None),
        ("A1", " \u00a0 ", None),
        ("A1", "cinq", "cinq"),
        ("A2", "FIBRE", "FIBRE"),
        ("A2", "fibre optique", "FIBRE"),
        ("A2", "Fibre-Optique", "FIBRE"),
        ("A2", "adsl", "ADSL"),
        ("A2", "Je ne sais pas", "NSP"),
        ("A2", "satellite", "satellite"),
        ("A2", "?", "?"),
        ("A4", "OUI", True),
        ("A4", "Oui.", True),
        ("A4", "x", True),
        ("A4", "1", True),
        ("A4", "non", False),
        ("A4", "FAUX", False),
        ("A4", "0", False),
        ("A4", "peut-être", "peut-être"),
        ("D1", "ROBOTIQUE|PROGRAMMATION", ("PROGRAMMATION", "ROBOTIQUE")),
        ("D1", "robotique; programmation", ("PROGRAMMATION", "ROBOTIQUE")),
        ("D1", "ROBOTIQUE,ROBOTIQUE", ("ROBOTIQUE",)),
        ("D1", "|", None),
        ("D1", "echecs", ("ECHECS",)),
    ],
)
def test_reading(questionnaire: Questionnaire, code: str, text: str, answer: Answer | None) -> None:
    read = questionnaire.read(questionnaire.question(code), text)
    assert read == answer
    assert type(read) is type(answer)


@pytest.mark.parametrize(
    ("code", "answer", "shown", "written"),
    [
        ("A1", None, MISSING_TEXT, ""),
        ("A1", 1234, "1\u202f234", "1234"),
        ("A1", "cinq", "cinq", "cinq"),
        ("A2", "FIBRE", "Fibre", "FIBRE"),
        ("A2", "NSP", "Je ne sais pas", "NSP"),
        ("A2", "satellite", "satellite", "satellite"),
        ("A4", True, "Oui", "OUI"),
        ("A4", False, "Non", "NON"),
        ("D1", ("PROGRAMMATION", "ROBOTIQUE"), "Programmation, Robotique", None),
        ("D1", ("ECHECS",), "ECHECS", "ECHECS"),
    ],
)
def test_showing_and_writing(
    questionnaire: Questionnaire, code: str, answer: Answer | None, shown: str, written: str | None
) -> None:
    question = questionnaire.question(code)
    assert questionnaire.show(question, answer) == shown
    if written is not None:
        assert questionnaire.write(answer) == written


@given(st.data())
def test_what_is_written_reads_back(questionnaire: Questionnaire, data: st.DataObject) -> None:
    question = data.draw(st.sampled_from(questionnaire.questions))
    usages = st.sets(st.sampled_from([u.code for u in questionnaire.usages]), min_size=1)
    answers: dict[AnswerKind, st.SearchStrategy[Answer]] = {
        AnswerKind.INTEGER: st.integers(-5, 10**6),
        AnswerKind.YES_NO: st.booleans(),
        AnswerKind.CHOICE: st.sampled_from([c.code for c in question.choices] or [""]),
        AnswerKind.USAGES: usages.map(lambda codes: tuple(sorted(codes))),
    }
    answer = data.draw(answers[question.kind])
    read = questionnaire.read(question, questionnaire.write(answer))
    assert read == answer
    assert type(read) is type(answer)


@given(st.text())
def test_nothing_typed_is_lost(questionnaire: Questionnaire, text: str) -> None:
    for question in questionnaire.questions:
        read = questionnaire.read(question, text)
        if not text.strip():
            assert read is None
        elif isinstance(read, str) and question.kind is not AnswerKind.CHOICE:
            assert read == text.strip()


@pytest.mark.parametrize(
    ("answer", "usable"),
    [(0, 0), (7, 7), (-1, None), (True, None), (False, None), ("7", None), ((), None)],
)
def test_only_whole_numbers_from_zero_count(answer: Answer, usable: int | None) -> None:
    assert number({"A1": answer}, "A1") == usable
    assert number({}, "A1") is None


def test_an_unknown_question_is_a_bug(questionnaire: Questionnaire) -> None:
    with pytest.raises(KeyError, match="Z9"):
        questionnaire.question("Z9")


def test_the_questions_of_the_form_are_there_in_their_order(questionnaire: Questionnaire) -> None:
    kinds = dict.fromkeys(("A1", "A3", "B1", "B2", "B3", "C1", "C2", "C3"), AnswerKind.INTEGER)
    kinds |= dict.fromkeys(("A4", "A5", "A6", "A7"), AnswerKind.YES_NO)
    kinds |= {"A2": AnswerKind.CHOICE, "D1": AnswerKind.USAGES}
    asked = {q.code: q.kind for q in questionnaire.questions if q.code in kinds}
    assert asked == kinds
    assert list(asked) == sorted(kinds)
    assert [code for code, _ in questionnaire.sections] == ["A", "B", "C", "D"]
