"""School years, as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.school_year import SchoolYear, SchoolYearError


@pytest.mark.parametrize(
    "text",
    [
        "2023-2024",
        "2023/2024",
        "23-24",
        "23/24",
        "2023-24",
        " 2023 - 2024 ",
        "2023–2024",
        "2023\u20112024",
        "2023\u22122024",
        "2023\u00a0-\u00a02024",
    ],
)
def test_ways_of_writing_a_year(text: str) -> None:
    assert SchoolYear.parse(text) == SchoolYear(2023)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2023",
        "2024",
        "23",
        "2023 2024",
        "20232024",
        "2023-",
        "-2024",
        "2023-2024-2025",
        "rentrée 2023",
        "2023-202",
        "\u0662\u0660\u0662\u0663-\u0662\u0660\u0662\u0664",
        "x2023-2024",
    ],
)
def test_what_is_no_school_year_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(SchoolYearError) as refusal:
        SchoolYear.parse(text)
    assert f"«\u00a0{text}\u00a0» n’est pas lisible" in str(refusal.value)
    assert "2023-2024" in str(refusal.value)


@pytest.mark.parametrize("text", ["2023-2025", "2024-2023", "2023-2023", "23-25", "99-00"])
def test_years_must_follow_each_other(text: str) -> None:
    with pytest.raises(SchoolYearError, match="doivent se suivre"):
        SchoolYear.parse(text)


@pytest.mark.parametrize("text", ["1999-2000", "2100-2101"])
def test_years_far_away_are_refused_for_what_they_are(text: str) -> None:
    with pytest.raises(SchoolYearError, match="entre 2000 et 2099"):
        SchoolYear.parse(text)


@given(st.integers(2000, 2099))
def test_a_written_year_reads_back(first: int) -> None:
    year = SchoolYear(first)
    assert SchoolYear.parse(str(year)) == year
    assert SchoolYear.parse(f"{first % 100:02}-{first + 1}") == year


def test_a_year_starts_on_the_first_of_september() -> None:
    year = SchoolYear(2023)
    assert str(year) == "2023-2024"
    assert year.starts == date(2023, 9, 1)
    assert SchoolYear.of(date(2023, 8, 31)) == SchoolYear(2022)
    assert SchoolYear.of(date(2023, 9, 1)) == year
    assert SchoolYear.of(date(2024, 8, 31)) == year


def test_years_follow_and_compare() -> None:
    year = SchoolYear(2023)
    assert year.next.previous == year
    assert year.previous < year < year.next
