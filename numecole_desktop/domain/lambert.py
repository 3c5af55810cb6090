"""Lambert-93, the projection of maps of metropolitan France: degrees to metres."""

from __future__ import annotations

from math import atanh, cos, exp, log, pi, radians, sin, sqrt, tan

_SEMI_MAJOR = 6_378_137.0
_FLATTENING = 1 / 298.257222101
_ECCENTRICITY = sqrt(_FLATTENING * (2 - _FLATTENING))
_PARALLELS = (radians(44.0), radians(49.0))
_ORIGIN = (radians(46.5), radians(3.0))
_ORIGIN_METRES = (700_000.0, 6_600_000.0)

METROPOLE = (41.0, 51.5, -5.5, 10.0)
"""South, north, west and east of what the projection is made for, degrees WGS84."""


def lambert93(latitude: float, longitude: float) -> tuple[float, float]:
    """Metres east and north of degrees WGS84 (EPSG:2154: GRS 80, parallels 44° and 49°).

    Source: IGN, NTG 71, projection conique conforme sécante (algorithms 1, 3 and 19).
    """
    distance = _SCALE * exp(-_CONE * _isometric(radians(latitude)))
    angle = _CONE * (radians(longitude) - _ORIGIN[1])
    east = _ORIGIN_METRES[0] + distance * sin(angle)
    return east, _POLE - distance * cos(angle)


def in_metropole(latitude: float, longitude: float) -> bool:
    """Whether the projection is made for this place."""
    south, north, west, east = METROPOLE
    return south <= latitude <= north and west <= longitude <= east


def _isometric(latitude: float) -> float:
    flattened = _ECCENTRICITY * atanh(_ECCENTRICITY * sin(latitude))
    return log(tan(pi / 4 + latitude / 2)) - flattened


def _radius(latitude: float) -> float:
    normal = _SEMI_MAJOR / sqrt(1 - (_ECCENTRICITY * sin(latitude)) ** 2)
    return normal * cos(latitude)


_CONE = log(_radius(_PARALLELS[1]) / _radius(_PARALLELS[0])) / (
    _isometric(_PARALLELS[0]) - _isometric(_PARALLELS[1])
)
_SCALE = _radius(_PARALLELS[0]) / _CONE * exp(_CONE * _isometric(_PARALLELS[0]))
_POLE = _ORIGIN_METRES[1] + _SCALE * exp(-_CONE * _isometric(_ORIGIN[0]))
