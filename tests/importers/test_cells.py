"""Cells read as values: what is mended, what is said, what is refused."""

import datetime as dt
import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.french import whole
from numecole_desktop.importers.cells import (
    CellError,
    code5,
    date_text,
    decimal_number,
    department_code,
    scientific,
    whole_number,
    yes_no,
)

READERS: tuple[Callable[[str], object], ...] = (
    whole_number,
    decimal_number,
    date_text,
    department_code,
    code5,
    yes_no,
)


def is_french_sentence(text: str) -> bool:
    return text.endswith(".") and re.search(r" [:;?!»]|« ", text) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("80", 80),
        ("0", 0),
        ("007", 7),
        ("-3", -3),
        ("−3", -3),
        ("+3", 3),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("1\u202f234\u202f567", 1234567),
        ("80,0", 80),
        ("80.0", 80),
        ("80,00", 80),
        ("1 234,000", 1234),
        ("999999999999999", 999999999999999),
    ],
)
def test_whole_numbers(text: str, number: int) -> None:
    assert whole_number(text) == (number, None)


@pytest.mark.parametrize("text", ["80 élèves", "80élèves", "80\u00a0Élèves (dont ULIS)"])
def test_words_after_a_number_are_left_out_and_said(text: str) -> None:
    number, note = whole_number(text)
    assert number == 80
    assert note is not None
    assert text in note
    assert is_french_sentence(note)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "abc",
        "3,5",
        "3.5",
        "1,000",
        "1.000",
        "80 ou 90",
        "12 classes dont 2 ULIS",
        "environ 80",
        "80 %",
        "1 23",
        "12 34",
        "--3",
        "2,10903E+13",
        "2E5",
        "٣",
        "²",
        "9999999999999999",
        "9" * 5000,
        "nan",
        "1_000",
    ],
)
def test_what_is_no_whole_number(text: str) -> None:
    with pytest.raises(CellError) as caught:
        whole_number(text)
    assert is_french_sentence(str(caught.value))


def test_the_sentence_quotes_the_cell_and_shows_the_way() -> None:
    with pytest.raises(CellError) as caught:
        whole_number("abc")
    assert str(caught.value) == (
        "«\u00a0abc\u00a0» n’est pas un nombre entier\u00a0: écrivez par exemple 12."
    )


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_survives_every_way_of_writing_it(number: int) -> None:
    assert whole_number(str(number)) == (number, None)
    assert whole_number(whole(number)) == (number, None)
    assert whole_number(f"{number},0") == (number, None)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("43,21055038386116", 43.21055038386116),
        ("43.21055038386116", 43.21055038386116),
        ("-1,38", -1.38),
        ("−1.38", -1.38),
        ("5.2e-05", 5.2e-05),
        ("1 234,5", 1234.5),
        ("43", 43.0),
        ("0", 0.0),
    ],
)
def test_decimal_numbers(text: str, number: float) -> None:
    assert decimal_number(text) == number


@given(st.floats(-180, 180, allow_nan=False))
def test_a_coordinate_keeps_every_digit(value: float) -> None:
    assert decimal_number(repr(value)) == value
    assert decimal_number(repr(value).replace(".", ",")) == value


@pytest.mark.parametrize(
    "text", ["", "abc", "nan", "inf", "1,234.5", "43,21,5", "4 3", "1e999", "٣,5", "43,", "9" * 99]
)
def test_what_is_no_decimal_number(text: str) -> None:
    with pytest.raises(CellError) as caught:
        decimal_number(text)
    assert is_french_sentence(str(caught.value))


@pytest.mark.parametrize(
    "text",
    [
        "1968-12-04",
        "04/12/1968",
        "4/12/1968",
        "04-12-1968",
        "4.12.1968",
        "04/12/1968 00:00",
        "1968-12-04 00:00:00",
        "1968-12-04T08:30:00.000+01:00",
        "1968-12-04T08:30:00Z",
    ],
)
def test_dates(text: str) -> None:
    assert date_text(text) == "1968-12-04"


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_every_day_is_read_in_both_orders(day: dt.date) -> None:
    assert date_text(day.isoformat()) == day.isoformat()
    assert date_text(f"{day:%d/%m/%Y}") == day.isoformat()


@pytest.mark.parametrize(
    "text",
    ["", "04/12/68", "1968", "25176", "1968-13-04", "31/04/2024", "04/12-1968", "12/04/1968 x"],
)
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(CellError) as caught:
        date_text(text)
    assert is_french_sentence(str(caught.value))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("9", "009"),
        ("09", "009"),
        ("009", "009"),
        ("11", "011"),
        ("2A", "02A"),
        ("02a", "02A"),
        ("2b", "02B"),
        ("971", "971"),
    ],
)
def test_departments(text: str, code: str) -> None:
    assert department_code(text) == code


@pytest.mark.parametrize("text", ["", "0", "000", "Ariège", "2C", "0009", "9,0", "-9", "٩"])
def test_what_is_no_department(text: str) -> None:
    with pytest.raises(CellError) as caught:
        department_code(text)
    assert is_french_sentence(str(caught.value))


@pytest.mark.parametrize(
    ("text", "code"),
    [("09130", "09130"), ("09 130", "09130"), ("2A004", "2A004"), ("2b033", "2B033")],
)
def test_codes_of_five_characters(text: str, code: str) -> None:
    assert code5(text) == (code, None)


@given(st.integers(1000, 9999))
def test_a_lost_leading_zero_is_restored_and_said(number: int) -> None:
    code, note = code5(str(number))
    assert code == f"0{number}"
    assert note is not None
    assert f"«\u00a0{number}\u00a0» lu 0{number}" in note
    assert is_french_sentence(note)


@pytest.mark.parametrize(
    "text", ["", "913", "091300", "2C004", "A4004", "2A04", "9,13E+03", "Foix", "٠٩١٣٠"]
)
def test_what_is_no_code(text: str) -> None:
    with pytest.raises(CellError) as caught:
        code5(text)
    assert is_french_sentence(str(caught.value))


@pytest.mark.parametrize(
    "text", ["OUI", "oui", "Oui.", "O", "o", "1", "vrai", "VRAI", "true", "True", "x", "X", "yes"]
)
def test_yes(text: str) -> None:
    assert yes_no(text) is True


@pytest.mark.parametrize("text", ["NON", "non", "N", "0", "faux", "FAUX", "false", "no"])
def test_no(text: str) -> None:
    assert yes_no(text) is False


@pytest.mark.parametrize("text", ["", "-", "2", "NSP", "peut-être", "oui et non", "11"])
def test_neither_yes_nor_no(text: str) -> None:
    with pytest.raises(CellError) as caught:
        yes_no(text)
    assert is_french_sentence(str(caught.value))


@pytest.mark.parametrize("text", ["2,10903E+13", "2.10903e13", "2,17003E+13", "1E5", "1e+20"])
def test_powers_of_ten_are_recognised(text: str) -> None:
    assert scientific(text)


@pytest.mark.parametrize("text", ["", "0090348E", "E5", "12", "2A004", "2,10903E+", "0090244S"])
def test_what_is_no_power_of_ten(text: str) -> None:
    assert not scientific(text)


def test_a_destroyed_code_is_said_to_be_so() -> None:
    with pytest.raises(CellError, match="chiffres perdus par le tableur"):
        code5("2,10903E+13")


@given(st.text(max_size=12), st.sampled_from(READERS))
def test_any_text_gives_a_value_or_a_sentence(text: str, read: Callable[[str], object]) -> None:
    sentence = ""
    try:
        value = read(text)
    except CellError as problem:
        value, sentence = None, str(problem)
    assert (value is None) == sentence.endswith(".")
