"""School identifiers, on every real code that the repository holds."""

from __future__ import annotations

import csv
import io
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.uai import ALPHABET, check_letter, is_valid, read_uai
from numecole_desktop.referentials.resources import resource

DATA = Path(__file__).parents[1] / "data"


@cache
def real_codes() -> tuple[str, ...]:
    """UAI of real schools and of circonscriptions, from the sample and the test data."""
    files = [
        resource("demo/annuaire.csv").read_bytes(),
        *(path.read_bytes() for path in sorted((DATA / "directory").glob("annuaire-*.csv"))),
    ]
    codes = set()
    for data in files:
        table = io.StringIO(data.decode("utf-8-sig"), newline="")
        for row in csv.DictReader(table, delimiter=";"):
            codes |= {row["Identifiant_de_l_etablissement"], row.get("code_circonscription", "")}
    return tuple(sorted(codes - {""}))


def test_every_real_code_has_the_right_letter() -> None:
    assert len(real_codes()) > 430
    assert [code for code in real_codes() if not is_valid(code)] == []
    assert [code for code in real_codes() if read_uai(code).value != code] == []


def test_the_letter_of_known_codes() -> None:
    assert check_letter("0110160") == "P"
    assert check_letter("0110041") == "K"
    assert check_letter("0000000") == "A"
    assert len(ALPHABET) == 23
    assert not set(ALPHABET) & set("IOQ")


@given(st.data())
def test_one_wrong_digit_is_always_seen(data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(real_codes()))
    place = data.draw(st.integers(0, 6))
    digit = data.draw(st.sampled_from(sorted(set("0123456789") - {code[place]})))
    wrong = code[:place] + digit + code[place + 1 :]
    reading = read_uai(wrong)
    assert reading.value is None
    assert f"la lettre attendue est {check_letter(wrong[:7])}" in (reading.problem or "")


@given(st.data())
def test_two_digits_swapped_are_always_seen(data: st.DataObject) -> None:
    code = data.draw(st.sampled_from(real_codes()))
    place = data.draw(st.integers(0, 5))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert is_valid(swapped) == (swapped == code)


@given(st.sampled_from(real_codes()), st.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
def test_only_one_letter_fits(code: str, letter: str) -> None:
    assert (read_uai(code[:7] + letter).value is not None) == (letter == code[7])


@pytest.mark.parametrize(
    "text", ["0110160p", " 0110160P ", "011 0160P", "011\u00a00160P", "\uff10110160P", "0110160P\n"]
)
def test_case_spaces_and_wide_characters_are_put_right(text: str) -> None:
    reading = read_uai(text)
    assert reading.value == "0110160P"
    assert reading.tidied
    assert reading.problem is None
    assert "lu 0110160P" in (reading.mended or "")


@given(st.sampled_from(real_codes()))
def test_lost_zeros_come_back(code: str) -> None:
    lost = code.lstrip("0")
    reading = read_uai(lost)
    assert reading.value == code
    assert reading.problem is None
    assert not reading.tidied
    assert ("zéro initial perdu" in (reading.mended or "")) == (lost != code)


@given(st.sampled_from([code for code in real_codes() if "0" in code[:7]]))
def test_letters_o_are_read_as_zeros(code: str) -> None:
    reading = read_uai(code[:7].replace("0", "O") + code[7])
    assert reading.value == code
    assert "(lettre O lue comme un zéro)" in (reading.mended or "")


def test_both_mends_are_said() -> None:
    assert check_letter("0090244") == "S"
    mended = read_uai("9O244S").mended or ""
    assert "zéro initial perdu par le tableur et lettre O lue comme un zéro" in mended


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "L’UAI manque"),
        ("  ", "L’UAI manque"),
        ("école Jules-Ferry", "il faut sept chiffres et une lettre"),
        ("01101600P", "il faut sept chiffres et une lettre"),
        ("0110160", "ce serait 0110160P"),
        ("0110160PP", "il faut sept chiffres et une lettre"),
        ("P0110160", "il faut sept chiffres et une lettre"),
        # Three digits lost or more: no département begins with « 000 ».
        ("160A", "il faut sept chiffres et une lettre"),
        ("1601A", "il faut sept chiffres et une lettre"),
        ("0110160O", "la lettre attendue est P"),
        ("110160Q", "devrait finir par P"),
        # Digits of other scripts look like digits to a computer, and must not enter the base.
        ("\u0660\u0661\u0661\u0660\u0661\u0666\u0660P", "il faut sept chiffres et une lettre"),
    ],
)
def test_what_is_no_code_is_refused_with_what_is_expected(text: str, says: str) -> None:
    reading = read_uai(text)
    assert reading.value is None
    assert reading.mended is None
    assert says in (reading.problem or "")


@given(st.text(max_size=12))
def test_whatever_is_typed_gives_a_valid_code_or_a_sentence(text: str) -> None:
    reading = read_uai(text)
    assert (reading.value is None) == (reading.problem is not None)
    if reading.value is not None:
        assert is_valid(reading.value)
        assert reading.value.isascii()
        assert (reading.mended is None) == (reading.value == text)


@pytest.mark.parametrize(
    "text",
    [
        *("011-0160P", "011.0160.P", "0110160P - école Jules Ferry", "UAI 0110160p"),
        *("École Jules Ferry (0110160P)", "0110160P/Carcassonne"),
    ],
)
def test_a_code_is_found_among_words_and_dashes(text: str) -> None:
    reading = read_uai(text)
    assert reading.value == "0110160P"
    assert reading.mended is not None
    assert reading.mended.endswith("lu 0110160P.")
    assert not reading.tidied


@pytest.mark.parametrize(
    "text", ["0110160P/0110161R", "0110160P 0110161R", "0110160A - école", "x0110160P", "école"]
)
def test_words_with_no_sure_code_are_refused(text: str) -> None:
    assert "n’est pas un UAI" in (read_uai(text).problem or "")


def test_a_lost_letter_is_proposed_and_never_assumed() -> None:
    reading = read_uai("011 0160")
    assert reading.value is None
    assert "ce serait 0110160P" in (reading.problem or "")
