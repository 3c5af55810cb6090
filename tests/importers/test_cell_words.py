"""Words that stand for an answer in a survey."""

import pytest

from numecole_desktop.domain.questionnaire import AnswerKind
from numecole_desktop.importers.cell_words import load_cell_words
from numecole_desktop.importers.kinds import KindError
from numecole_desktop.referentials.resources import resource

WORDS = load_cell_words(resource("imports/cellules.toml").read_bytes(), "cellules.toml")
NUMBER, YES_NO, CHOICE = AnswerKind.INTEGER, AnswerKind.YES_NO, AnswerKind.CHOICE


@pytest.mark.parametrize("text", ["n.c.", "NC", "N/C", "Non renseigné", "?", "-", "–", "/", "…"])
@pytest.mark.parametrize("kind", [NUMBER, YES_NO, CHOICE, AnswerKind.USAGES])
def test_what_is_not_known_is_missing_and_never_zero(kind: AnswerKind, text: str) -> None:
    read = WORDS.read(kind, text)
    assert read is not None
    assert read.answer is None
    assert "la réponse reste à donner" in read.said


@pytest.mark.parametrize(
    ("kind", "text", "answer"),
    [
        (NUMBER, "néant", 0),
        (NUMBER, "Aucune", 0),
        (NUMBER, "12 classes", 12),
        (NUMBER, "1\u00a0234 élèves", 1234),
        (YES_NO, "✓", True),
        (YES_NO, "Coché", True),
        (YES_NO, "Néant", False),
    ],
)
def test_what_is_read_all_the_same_is_said(kind: AnswerKind, text: str, answer: object) -> None:
    read = WORDS.read(kind, text)
    assert read is not None
    assert read.answer == answer
    assert text in read.said


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        *((NUMBER, text) for text in ("env. 10", "4+1", "3,5", "six", "10 ou 12", "✓", "0 ?")),
        *((YES_NO, text) for text in ("en projet", "12 classes", "nn")),
        *((CHOICE, text) for text in ("néant", "VDSL", "✓")),
    ],
)
def test_what_is_doubtful_is_left_to_a_person(kind: AnswerKind, text: str) -> None:
    assert WORDS.read(kind, text) is None


@pytest.mark.parametrize(
    "text", ["missing = [", "missing = []", "missing = []\nnone = []\nyes = 1"]
)
def test_a_wrong_file_is_named(text: str) -> None:
    with pytest.raises(KindError, match=r"cellules\.toml"):
        load_cell_words(text.encode(), "cellules.toml")
