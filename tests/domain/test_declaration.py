"""Declarations: a confirmation holds for the answers that it was given for."""

from __future__ import annotations

import pytest

from numecole_desktop.domain.declaration import Confirmation, Declaration, Status
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.school_year import SchoolYear


@pytest.fixture
def declaration() -> Declaration:
    """One whose fifty classes were confirmed."""
    confirmation = Confirmation("many_classes", "Mme Puig", "2023-10-02T10:00:00", "", {"A1": 50})
    return Declaration("0110160P", SchoolYear(2023), {"A1": 50}, Status.DRAFT, (confirmation,))


@pytest.mark.parametrize(
    ("check", "concerned", "confirmed"),
    [
        ("many_classes", {"A1": 50}, True),
        ("many_classes", {"A1": 51}, False),
        ("many_classes", {"A1": None}, False),
        ("many_classes", {"A1": 50, "B1": None}, False),
        ("many_robots", {"A1": 50}, False),
    ],
)
def test_a_confirmation_is_for_these_answers_alone(
    declaration: Declaration,
    check: str,
    concerned: dict[str, Answer | None],
    confirmed: bool,
) -> None:
    assert declaration.is_confirmed(check, concerned) == confirmed


def test_statuses_have_words() -> None:
    assert [status.label for status in Status] == ["brouillon", "validée"]
