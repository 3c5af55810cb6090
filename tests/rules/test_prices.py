"""The cheapest plan, against every plan that could be bought."""

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from numecole_desktop.domain.equipment import EquipmentRules, equipment_index
from numecole_desktop.domain.plan import PupilNeed
from numecole_desktop.domain.prices import (
    PRICED,
    Prices,
    added,
    cheapest_plan,
    cheapest_way,
    cost_words,
    plan_sentence,
)
from numecole_desktop.domain.questionnaire import Answers
from numecole_desktop.referentials.prices import default_prices

RULES = EquipmentRules("essai", 4, 3, 1, 2)
EUROS = st.integers(0, 50)


def priced(*euros: int) -> Prices:
    shipped = default_prices()
    items = zip(shipped.items, euros, strict=True)
    return replace(shipped, items=tuple(replace(price, euros=each) for price, each in items))


@given(st.integers(0, 24), EUROS, EUROS, EUROS)
def test_no_way_to_serve_the_pupils_is_cheaper(
    deficit: int, tablets: int, laptops: int, open_set: int
) -> None:
    prices = priced(0, 0, 0, tablets, laptops, open_set)
    mobiles, sets = cheapest_way(PupilNeed(deficit, deficit), RULES, prices)
    assert 4 * mobiles + sets >= deficit
    mobile = min(tablets, laptops)
    every = [(x, y) for x in range(8) for y in range(26) if 4 * x + y >= deficit]
    least = min(x * mobile + y * open_set for x, y in every)
    assert mobiles * mobile + sets * open_set == least
    # Nothing is bought that could be left out, even for nothing.
    assert mobiles + sets == min(x + y for x, y in every if x * mobile + y * open_set == least)


@given(
    st.integers(1, 4).flatmap(
        lambda classes: st.tuples(st.just(classes), *[st.integers(0, classes)] * 3)
    ),
    st.tuples(*[st.integers(0, 1)] * 3),
    st.tuples(*[st.integers(1, 9)] * 6),
)
@settings(max_examples=60, deadline=None)
def test_no_purchases_reach_the_next_index_for_less(
    teacher: tuple[int, int, int, int], pupil: tuple[int, int, int], euros: tuple[int, ...]
) -> None:
    held = dict(zip(("A1", "B1", "B2", "B3"), teacher, strict=True))
    held |= dict(zip(("C1", "C2", "C3"), pupil, strict=True))
    answers: Answers = dict(held)
    prices = priced(*euros)
    index = equipment_index(answers, RULES)
    plan = cheapest_plan(answers, index, RULES, prices)
    if index.next_value is None:
        assert plan.lines == ()
        return
    bought = {price.question: count for count, price in plan.lines}
    reached = equipment_index({c: n + bought.get(c, 0) for c, n in held.items()}, RULES)
    assert reached.value is not None
    assert reached.value >= index.next_value
    cheaper = [
        counts
        for counts in product(range(held["A1"] + 1), repeat=len(PRICED))
        if sum(n * price for n, price in zip(counts, euros, strict=True)) < plan.euros
    ]
    for counts in cheaper:
        tried: Answers = {**held, **{c: held[c] + n for c, n in zip(PRICED, counts, strict=True)}}
        value = equipment_index(tried, RULES).value
        assert value is not None
        assert value < index.next_value


def test_the_plan_is_said_in_words_with_its_assumptions() -> None:
    answers: Answers = {"A1": 4, "B1": 4, "B2": 2, "B3": 0, "C1": 0, "C2": 0, "C3": 2}
    index = equipment_index(answers, RULES)
    assert index.next_value == 3
    prices = priced(700, 1100, 2800, 4200, 5600, 1200)
    plan = cheapest_plan(answers, index, RULES, prices)
    assert plan_sentence(plan) == (
        "Au moindre coût\u00a0: 2\u00a0vidéoprojecteurs fixes et 2\u00a0ensembles de 3 appareils "
        "en libre accès, environ 4\u202f600\u00a0€, estimés d’après les prix de ce poste "
        "(hypothèses)."
    )
    own = replace(prices, items=tuple(replace(price, assumption=False) for price in prices.items))
    assert "hypothèse" not in plan_sentence(cheapest_plan(answers, index, RULES, own))


def test_what_was_added_is_counted_and_nothing_else() -> None:
    prices = priced(1, 10, 100, 1000, 10000, 100000)
    before = {"A1": 4, "B1": 3, "B2": None, "B3": 2, "C1": 0, "C2": 1, "C3": 0}
    after = {"A1": 9, "B1": 4, "B2": 2, "B3": 1, "C1": 0, "C2": None, "C3": 1}
    bought = added(before, after, prices)
    assert bought.euros == 1 + 20 + 100000
    assert added(before, before, prices).lines == ()
    assert cost_words(bought).startswith("environ 100\u202f021\u00a0€")
