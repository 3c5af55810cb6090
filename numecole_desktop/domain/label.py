"""Labels: which one is in force in a year (rules 2.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from numecole_desktop.domain.school_year import SchoolYear

VALID_YEARS = "validity_years"
"""Key of the rule that says for how many school years a decision holds."""


def label_in_force(
    decisions: Mapping[SchoolYear, int],
    year: SchoolYear,
    valid_years_of: Callable[[SchoolYear], int],
) -> tuple[int, SchoolYear] | None:
    """Level and year of the latest decision still valid in ``year``; None when there is none.

    ``valid_years_of`` says for how many school years a decision of a year holds. A later refusal
    (level 0) ends a former label: the latest decision counts.
    """
    running = [
        decided
        for decided in decisions
        if decided.first <= year.first < decided.first + valid_years_of(decided)
    ]
    if not running:
        return None
    latest = max(running)
    return decisions[latest], latest
