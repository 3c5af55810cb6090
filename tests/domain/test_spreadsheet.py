"""What a spreadsheet is given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.french import whole
from numecole_desktop.domain.spreadsheet import (
    RUN_BY_SPREADSHEETS,
    is_number,
    neutralised,
    pasted,
)


@given(st.text())
def test_nothing_is_run(text: str) -> None:
    assert not neutralised(text).startswith(RUN_BY_SPREADSHEETS)


@given(st.integers(0, 10**9))
def test_a_number_shown_is_pasted_as_a_number(number: int) -> None:
    assert pasted(whole(number)) == str(number)


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        ("1\u202f234,5", "1234,5"),
        ("33\u00a0%", "33%"),
        ("-3", "-3"),
        ("1234", "1234"),
        ("=SOMME(A1)", "'=SOMME(A1)"),
        ("-École", "'-École"),
        ("Lieu\u00a0: ici", "Lieu : ici"),
        ("0110160P", "0110160P"),
    ],
)
def test_what_is_pasted(shown: str, expected: str) -> None:
    assert pasted(shown) == expected


@pytest.mark.parametrize("code", ["0110", "011", "1234 5", "n.c.", "2022-2023", ""])
def test_a_code_is_no_number(code: str) -> None:
    assert not is_number(code)
