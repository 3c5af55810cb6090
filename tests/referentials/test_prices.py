"""The unit prices: strict reading, and what is shipped."""

import pytest

from numecole_desktop.domain.prices import PRICED
from numecole_desktop.referentials.prices import FILE, default_prices, load_prices
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import RuleFileError

TEXT = resource(FILE).read_text("utf-8")


def test_every_price_that_is_shipped_is_an_assumption_with_a_source() -> None:
    prices = default_prices()
    assert tuple(price.question for price in prices.items) == PRICED
    assert all(price.assumption and price.source and price.euros > 0 for price in prices.items)


@pytest.mark.parametrize(
    ("former", "wrong", "said"),
    [
        ("euros = 700", "euros = -1", "entre 0 et 99999"),
        ("euros = 700", "euros = 100000", "entre 0 et 99999"),
        ("euros = 700", "euros = 7.5", "nombre entier"),
        ("euros = 700", "", "il manque « euros »"),
        ('question = "B1"', 'question = "B2"', "un prix pour B1"),
        ('question = "B1"', 'question = "A1"', "un prix pour B1"),
        ("highest", "lowest", "highest"),
        ("\nassumption = true", "\nassumption = 1", "true ou false"),
        ("euros = 700", "euros = 700\ncents = 5", "clé inconnue « cents »"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(former: str, wrong: str, said: str) -> None:
    text = TEXT.replace(former, wrong, 1)
    assert text != TEXT
    with pytest.raises(RuleFileError, match=FILE) as refused:
        load_prices(text.encode(), FILE)
    assert said in str(refused.value).replace("\u00a0", " ")
