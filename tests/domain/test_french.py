"""Typography and comparison of French texts."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.french import (
    Counted,
    file_size,
    fold,
    fold_header,
    fraction_percent,
    joined,
    long_date,
    of_place,
    percent_half_up,
    plural,
    quoted,
    searched,
    sentence_spaces,
    short_date,
    slug,
    sort_key,
    whole,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("École d’Évreux", "ecole d evreux"),
        ("ecole d'evreux", "ecole d evreux"),
        ("E\u0301cole", "ecole"),
        ("Sacré-Cœur", "sacre coeur"),
        ("SACRE COEUR", "sacre coeur"),
        ("Læticia ß", "laeticia ss"),
        ("  Saint--Pons  (Le) ", "saint pons le"),
        ("Nîmes\u00a01", "nimes 1"),
        ("…", ""),
        ("", ""),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("text", ["Code postal", "Code_postal", "CODEPOSTAL", " code-postal "])
def test_headers_agree_whatever_their_spaces(text: str) -> None:
    assert fold_header(text) == "codepostal"


def test_names_sort_without_accents_and_numbers_by_value() -> None:
    names = [
        "École 10",
        "Zola",
        "école 2",
        "Ecole",
        "Évreux",
        "École Anatole-France",
        "Etoile",
        "École 2 bis",
        "2e école",
        "10e école",
    ]
    assert sorted(names, key=sort_key) == [
        "2e école",
        "10e école",
        "Ecole",
        "école 2",
        "École 2 bis",
        "École 10",
        "École Anatole-France",
        "Etoile",
        "Évreux",
        "Zola",
    ]


@given(st.lists(st.text(max_size=12)))
def test_every_text_can_be_sorted(names: list[str]) -> None:
    ordered = sorted(names, key=sort_key)
    assert sorted(ordered, key=sort_key) == ordered


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1000, "1\u202f000"),
        (1234567, "1\u202f234\u202f567"),
        (-1200, "-1\u202f200"),
    ],
)
def test_thousands_are_parted_by_narrow_spaces(number: int, text: str) -> None:
    assert whole(number) == text


@pytest.mark.parametrize(
    ("part", "base", "percent"),
    [
        (109, 200, 55),
        (1, 8, 13),
        (5, 8, 63),
        (1, 40, 3),
        (5, 40, 13),
        (7, 56, 13),
        (37, 40, 93),
        (1, 3, 33),
        (2, 3, 67),
        (0, 7, 0),
        (7, 7, 100),
        (12, 8, 150),
        (0, 0, None),
        (3, 0, None),
    ],
)
def test_percentages_are_rounded_half_up(part: int, base: int, percent: int | None) -> None:
    assert percent_half_up(part, base) == percent


@given(st.integers(0, 10**12), st.integers(1, 10**12))
def test_a_percentage_is_the_nearest_and_never_below_a_half(part: int, base: int) -> None:
    found = percent_half_up(part, base)
    assert found is not None
    assert Fraction(-1, 2) < found - Fraction(100 * part, base) <= Fraction(1, 2)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (Fraction(1, 2), "50\u00a0%"),
        (Fraction(3, 10), "30\u00a0%"),
        (Fraction(1, 3), "33,3\u00a0%"),
        (Fraction(1), "100\u00a0%"),
        (Fraction(0), "0\u00a0%"),
    ],
)
def test_shares_are_written_as_percentages(share: Fraction, text: str) -> None:
    assert fraction_percent(share) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0\u00a0classe mobile"),
        (1, "1\u00a0classe mobile"),
        (2, "2\u00a0classes mobiles"),
        (1500, "1\u202f500\u00a0classes mobiles"),
        (-1, "-1\u00a0classe mobile"),
    ],
)
def test_the_plural_starts_at_two(count: int, text: str) -> None:
    assert plural(count, "classe mobile") == text


def test_a_plural_can_be_given_and_an_ending_is_not_doubled() -> None:
    assert plural(2, "tableau", "tableaux") == "2\u00a0tableaux"
    assert plural(1, "tableau", "tableaux") == "1\u00a0tableau"
    assert plural(3, "avis") == "3\u00a0avis"


@pytest.mark.parametrize(
    ("sentence", "count", "text"),
    [
        ("{n}", 1234, "1\u202f234"),
        ("{n:classe}", 0, "0\u00a0classe"),
        ("{n:classe}", 1, "1\u00a0classe"),
        ("{n:classe}", 2, "2\u00a0classes"),
        ("{n:tableau/tableaux}", 1, "1\u00a0tableau"),
        ("{n:tableau/tableaux}", 2000, "2\u202f000\u00a0tableaux"),
    ],
)
def test_a_sentence_kept_as_data_agrees_with_its_number(
    sentence: str, count: int, text: str
) -> None:
    assert sentence.format(n=Counted(count)) == text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (1, "1\u00a0Ko"),
        (120 * 1024, "120\u00a0Ko"),
        (1023 * 1024 + 1, "1\u00a0Mo"),
        (1_500_000, "1,5\u00a0Mo"),
        (15_728_640, "15\u00a0Mo"),
    ],
)
def test_sizes_are_those_of_a_file_manager(size: int, text: str) -> None:
    assert file_size(size) == text


def test_dates() -> None:
    assert long_date(date(2024, 9, 1)) == "1er\u00a0septembre\u00a02024"
    assert long_date(date(2024, 12, 31)) == "31\u00a0décembre\u00a02024"
    assert short_date(date(2024, 9, 2)) == "02/09/2024"


@pytest.mark.parametrize(
    ("items", "text"),
    [([], ""), (["A"], "A"), (["A", "B"], "A et B"), (["A", "B", "C"], "A, B et C")],
)
def test_lists_end_with_et(items: list[str], text: str) -> None:
    assert joined(items) == text
    assert joined(tuple(items), "ou") == text.replace(" et ", " ou ")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Montpellier", "de Montpellier"),
        ("Amiens", "d’Amiens"),
        ("Orléans-Tours", "d’Orléans-Tours"),
        ("Évreux", "d’Évreux"),
        ("Œting", "d’Œting"),
        ("La Réunion", "de La Réunion"),
        ("L’Haÿ-les-Roses", "de L’Haÿ-les-Roses"),
        ("Le Vigan", "du Vigan"),
        ("Les Angles", "des Angles"),
        ("Lesquerde", "de Lesquerde"),
        ("", "de "),
    ],
)
def test_names_of_towns_follow_their_article(name: str, words: str) -> None:
    assert of_place(name) == words


def test_spaces_that_must_not_break() -> None:
    assert quoted("oui") == "«\u00a0oui\u00a0»"
    assert (
        sentence_spaces("Quoi ? Rien : 50 % ; « non » !")
        == "Quoi\u00a0? Rien\u00a0: 50\u00a0%\u00a0; «\u00a0non\u00a0»\u00a0!"
    )
    assert sentence_spaces("09:30, a b") == "09:30, a b"


@given(st.text())
def test_a_slug_is_short_and_stable(text: str) -> None:
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug(text))
    assert len(slug(text)) <= 40
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Sainte-Croix-Volvestre", "ste croix"),
        ("École élémentaire St Alary", "saint alary"),
        ("Les Saintes-Maries", "stes maries"),
        ("Saint-Ybars", "saint ybars"),
        ("Castillon", "castillon"),
    ],
)
def test_saint_is_found_in_short_and_in_full(text: str, typed: str) -> None:
    words = searched(fold(text)).split()
    assert set(typed.split()) <= set(words)
    assert words[: len(fold(text).split())] == fold(text).split()


def test_what_holds_no_saint_is_searched_as_it_is() -> None:
    assert searched("est ouest castillon") == "est ouest castillon"
