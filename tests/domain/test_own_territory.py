"""« Mon territoire »: a level and its codes, written and read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.own_territory import (
    EVERYWHERE,
    OwnTerritory,
    TerritoryError,
    of_circonscription,
)
from numecole_desktop.domain.school import School

WORDS = st.text(st.characters(exclude_categories=["Z", "C"]), min_size=1, max_size=8)
CODES = st.lists(st.lists(WORDS, min_size=1).map(" ".join), min_size=1, unique=True).map(tuple)
LIMOUX = School(
    "0110160P",
    "Jules Ferry",
    department_code="011",
    academy="Montpellier",
    circonscription_code="0110041K",
)


@given(CODES)
def test_what_is_written_is_read_back(codes: tuple[str, ...]) -> None:
    for territory in (
        OwnTerritory("circonscription", codes),
        OwnTerritory("academie", codes[:1]),
        OwnTerritory("departement", codes[:1]),
        EVERYWHERE,
    ):
        assert OwnTerritory.parse(str(territory)) == territory


@pytest.mark.parametrize(
    "text",
    [
        "circonscription",
        "circonscription\n",
        "circonscription\n0110041K\n0110041K",
        "circonscription\n 0110041K",
        "departement\n011\n034",
        "academie\nMontpellier\nToulouse",
        "commune\n11069",
        "\n011",
        "CIRCONSCRIPTION\n0110041K",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(TerritoryError):
        OwnTerritory.parse(text)


@pytest.mark.parametrize(
    ("territory", "held"),
    [
        (EVERYWHERE, True),
        (OwnTerritory("academie", ("Montpellier",)), True),
        (OwnTerritory("academie", ("Toulouse",)), False),
        (OwnTerritory("departement", ("011",)), True),
        (OwnTerritory("departement", ("034",)), False),
        (OwnTerritory("circonscription", ("0340001A", "0110041K")), True),
        (OwnTerritory("circonscription", ("0340001A",)), False),
        (of_circonscription(" 0110041K "), True),
        (of_circonscription(""), True),
    ],
)
def test_a_school_is_inside_or_not(territory: OwnTerritory, held: bool) -> None:
    assert territory.holds(LIMOUX) is held


def test_a_school_whose_territory_is_not_known_is_outside() -> None:
    assert not OwnTerritory("departement", ("011",)).holds(School("0110160P", "Jules Ferry"))
