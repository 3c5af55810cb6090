"""Prices of this base: typed as people write, kept, given back."""

import pytest

from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import Answers
from numecole_desktop.referentials.prices import default_prices
from numecole_desktop.services import declarations, settings
from numecole_desktop.services.prices import prices, put_price
from numecole_desktop.services.profiles import school_profile
from numecole_desktop.services.workspace import Workspace
from tests.conftest import SCHOOLS, YEAR

UAI = SCHOOLS[0][0]


@pytest.mark.parametrize("text", ["1200", " 1 200 ", "1\u202f200 €", "1\u00a0200€"])
def test_a_price_is_taken_as_people_write_it(workspace: Workspace, text: str) -> None:
    found = put_price(workspace, "B1", text)
    assert found == prices(workspace)
    assert (found.of("B1").euros, found.of("B1").assumption) == (1200, False)
    assert found.of("B2") == default_prices().of("B2")
    assert put_price(workspace, "B1", "") == default_prices()


@pytest.mark.parametrize("text", ["-5", "12,50", "12.5", "mille", "100000", "²", "1e3", "€"])
def test_anything_else_is_refused_and_changes_nothing(workspace: Workspace, text: str) -> None:
    put_price(workspace, "C1", "3000")
    before = prices(workspace)
    if text == "€":
        assert put_price(workspace, "C1", text) == default_prices()
        return
    with pytest.raises(Problem, match="nombre entier d’euros"):
        put_price(workspace, "C1", text)
    assert prices(workspace) == before


@pytest.mark.parametrize(
    "kept", ["{", "[]", "null", '{"B1": "7"}', '{"B1": true}', '{"B1": -1}', '{"A1": 5}']
)
def test_what_is_kept_but_damaged_is_the_price_shipped(workspace: Workspace, kept: str) -> None:
    settings.put(workspace, "prices", kept)
    assert prices(workspace) == default_prices()


def test_the_profile_and_the_form_reckon_with_them(workspace: Workspace) -> None:
    form = declarations.open_form(workspace, UAI, YEAR)
    answers: Answers = {"A1": 1, "B1": 0, "B2": 1, "B3": 0, "C1": 0, "C2": 0, "C3": 1}
    form = declarations.save_answers(workspace, form, answers).form
    assert "environ 700\u00a0€" in declarations.evaluate(form, answers).cost
    declarations.submit(workspace, form)
    put_price(workspace, "B1", "1234")
    assert "environ 1\u202f234\u00a0€, estimés d’après les prix de ce poste." in (
        school_profile(workspace, UAI, YEAR).next_cost
    )
