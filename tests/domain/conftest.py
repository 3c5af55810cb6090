"""The shipped rules of 2023-2024."""

from __future__ import annotations

import pytest

from numecole_desktop.domain.equipment import EquipmentRules
from numecole_desktop.domain.questionnaire import Questionnaire
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.catalogue import Catalogue


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    """Every shipped rule."""
    return Catalogue()


@pytest.fixture(scope="session")
def rules(catalogue: Catalogue) -> EquipmentRules:
    """Rules of the equipment index."""
    return catalogue.equipment_rules(SchoolYear(2023))


@pytest.fixture(scope="session")
def questionnaire(catalogue: Catalogue) -> Questionnaire:
    """The questionnaire."""
    return catalogue.questionnaire(SchoolYear(2023))
