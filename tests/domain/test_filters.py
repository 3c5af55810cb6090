"""What is typed above a column."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.filters import Cell, column_filter, number_of
from numecole_desktop.domain.french import whole


def kept(text: str, *cells: Cell) -> list[Cell]:
    keeps = column_filter(text)
    assert keeps is not None
    return [cell for cell in cells if keeps(cell)]


def test_blank_text_keeps_everything() -> None:
    assert column_filter("  ") is None


def test_words_are_found_accents_and_case_aside() -> None:
    cells = ("Évreux-sur-Aude", "Carcassonne", None, 12)
    assert kept("EVREUX aude", *cells) == ["Évreux-sur-Aude"]
    assert kept("12", *cells) == [12]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (">10", [12, "33\u00a0%", "1\u202f234"]),
        (">= 12", [12, "33\u00a0%", "1\u202f234"]),
        ("<12", [3, 0]),
        ("=12", [12]),
        ("<=3", [3, 0]),
        ("> 1 000", ["1\u202f234"]),
        (">10,5 %", [12, "33\u00a0%", "1\u202f234"]),
    ],
)
def test_numbers_are_compared(text: str, expected: list[Cell]) -> None:
    cells = (12, 3, 0, "33\u00a0%", "1\u202f234", "n.c.", None, "École 15")
    assert kept(text, *cells) == expected


@pytest.mark.parametrize("text", ["n.c.", "NC", "n.c"])
def test_what_is_not_known_is_found(text: str) -> None:
    assert kept(text, "n.c.", None, "", 0, "0", "Canéjean") == ["n.c.", None, ""]


def test_the_very_words() -> None:
    assert kept("=limoux", "Limoux", "Limoux nord", "LIMOUX") == ["Limoux", "LIMOUX"]


@given(st.integers(-(10**6), 10**6), st.integers(-(10**6), 10**6))
def test_comparing_is_that_of_numbers(number: int, bound: int) -> None:
    keeps = column_filter(f">{bound}")
    assert keeps is not None
    assert keeps(number) == (number > bound)
    if number >= 0:
        assert keeps(whole(number)) == (number > bound)
        assert number_of(whole(number)) == number


@given(st.text(), st.text())
def test_no_text_is_refused(text: str, cell: str) -> None:
    keeps = column_filter(text)
    assert keeps is None or keeps(cell) in (True, False)
