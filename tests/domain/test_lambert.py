"""Lambert-93 against control points published with both kinds of coordinates."""

import pytest

from numecole_desktop.domain.lambert import in_metropole, lambert93

# Degrees WGS84 and Lambert-93 metres (EPSG:2154) of the same schools, as the ministry publishes
# them in the open directory (exports of 2023 and 2024), to a tenth of a metre.
CONTROL_POINTS = [
    (47.98614492070133, -1.9294895003671315, 332503.4, 6776558.9),  # 0350122T, Baulon
    (48.28574732696515, -1.8899405149657837, 337508.6, 6809607.2),  # 0350165P, Cardroc
    (44.13726264629952, 4.0917604319204, 787352.3, 6338188.0),  # Alès
    (43.965963695856566, 3.438362476293488, 735180.2, 6318648.9),  # Alzon
    (44.1615370677313, 4.609839913120975, 828744.3, 6341593.5),  # Bagnols-sur-Cèze
]


@pytest.mark.parametrize(("latitude", "longitude", "east", "north"), CONTROL_POINTS)
def test_published_points(latitude: float, longitude: float, east: float, north: float) -> None:
    assert lambert93(latitude, longitude) == pytest.approx((east, north), abs=0.051)


def test_the_origin_of_the_projection() -> None:
    assert lambert93(46.5, 3.0) == pytest.approx((700_000.0, 6_600_000.0), abs=1e-6)


@pytest.mark.parametrize(
    ("latitude", "longitude", "drawn"),
    [(43.2, 2.35, True), (41.92, 8.74, True), (-21.1, 55.5, False), (14.6, -61.0, False)],
)
def test_overseas_schools_are_not_projected(latitude: float, longitude: float, drawn: bool) -> None:
    assert in_metropole(latitude, longitude) is drawn
