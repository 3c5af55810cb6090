"""Reading of the unit prices (`resources/prices.toml`)."""

from __future__ import annotations

from functools import cache

from numecole_desktop.domain.prices import PRICED, Price, Prices
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import Fields, RuleFileError, read_toml

FILE = "prices.toml"


def load_prices(data: bytes, name: str) -> Prices:
    """The prices of a file; ``name`` names the file in errors.

    Raises:
        RuleFileError: a key is unknown, missing or mistyped, an equipment is missing or comes
            twice, a price is negative or over the highest.
    """
    with read_toml(data, name) as top:
        highest = top.whole("highest")
        items = tuple(_price(fields, highest) for fields in top.tables("price"))
    if tuple(price.question for price in items) != PRICED:
        raise RuleFileError(f"{name} : il faut un prix pour {', '.join(PRICED)}, dans cet ordre")
    return Prices(items, highest)


def _price(fields: Fields, highest: int) -> Price:
    euros = fields.whole("euros")
    if not 0 <= euros <= highest:
        raise RuleFileError(f"{fields.where} : « euros » doit être entre 0 et {highest}")
    label, one, many, unit, source = map(fields.french, ("label", "one", "many", "unit", "source"))
    question, assumption = fields.text("question"), fields.flag("assumption")
    return Price(question, label, one, many, unit, euros, source, assumption)


@cache
def default_prices() -> Prices:
    """The prices that are shipped."""
    return load_prices(resource(FILE).read_bytes(), FILE)
