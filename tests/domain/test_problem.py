"""What a person reads of a refusal is well written, whoever raised it."""

from numecole_desktop.domain.problem import Problem
from numecole_desktop.storage.errors import StorageError


def test_the_spaces_of_a_sentence_do_not_break() -> None:
    said = str(StorageError("Le fichier « a » est plein : faites de la place, puis recommencez !"))
    assert said == (
        "Le fichier «\u00a0a\u00a0» est plein\u00a0: faites de la place, puis recommencez\u00a0!"
    )
    assert str(Problem(said)) == said
