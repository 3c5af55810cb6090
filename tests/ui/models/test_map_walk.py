"""Arrows on the map: always that way, to the nearest, and nowhere where nothing lies there."""

from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.ui.models.map_walk import EAST, NORTH, SOUTH, WEST, towards

COORDINATES = st.integers(-50, 50).map(float)
PLACES = st.lists(st.tuples(COORDINATES, COORDINATES), min_size=1, max_size=12)
BACK = {EAST: WEST, WEST: EAST, NORTH: SOUTH, SOUTH: NORTH}


def test_what_lies_ahead_comes_before_what_lies_aside() -> None:
    places = [(0.0, 0.0), (1.0, 3.0), (5.0, 1.0)]
    assert towards(places, 0, EAST) == 2
    assert towards(places, 0, NORTH) == 1
    assert towards(places[:2], 0, EAST) == 1


@given(PLACES, st.sampled_from([*BACK]), st.data())
def test_an_arrow_goes_that_way_or_nowhere(
    places: list[tuple[float, float]], way: tuple[int, int], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(places) - 1))

    def along(number: int) -> float:
        return sum((b - a) * w for a, b, w in zip(places[start], places[number], way, strict=True))

    found = towards(places, start, way)
    if found == start:
        assert all(along(number) <= 0 for number in range(len(places)))
    else:
        assert along(found) > 0
        assert towards(places, found, BACK[way]) != found
