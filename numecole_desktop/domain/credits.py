"""Whose work the application holds: libraries, fonts, data."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Component:
    """A library or a font; ``licence`` is empty where it says none.

    ``version`` is empty for what is not installed by itself: ``within`` names what carries it.
    """

    name: str
    version: str
    licence: str
    within: str


@dataclass(frozen=True, slots=True)
class DataSource:
    """Data that are shipped: what, by whom and when, under which licence."""

    title: str
    origin: str
    licence: str
