"""Unit prices of this base: those shipped, until someone gives their own."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace

from numecole_desktop.domain.french import NBSP, whole
from numecole_desktop.domain.prices import Prices
from numecole_desktop.domain.problem import Problem
from numecole_desktop.referentials.prices import default_prices
from numecole_desktop.services import settings
from numecole_desktop.services.workspace import Workspace

_KEY = "prices"
_SPACES = re.compile(r"[\s\u00a0\u202f]")
_OWN = "Prix donné sur ce poste"


def prices(workspace: Workspace) -> Prices:
    """The prices in force; one that is kept but cannot be read is the one shipped."""
    shipped = default_prices()
    own = _own(workspace, shipped)
    items = tuple(
        replace(price, euros=own[price.question], source=_OWN, assumption=False)
        if price.question in own
        else price
        for price in shipped.items
    )
    return replace(shipped, items=items)


def put_price(workspace: Workspace, question: str, text: str) -> Prices:
    """Take a price as someone typed it (« 1 200 € »); an empty text gives the shipped one back.

    Raises:
        Problem: it is no whole number of euros, or too high; or the disk refuses.
    """
    shipped = default_prices()
    own = dict(_own(workspace, shipped))
    typed = _SPACES.sub("", text).removesuffix("€")
    if not typed:
        own.pop(question, None)
    elif not (typed.isascii() and typed.isdigit()) or int(typed) > shipped.highest:
        raise Problem(
            f"Donnez un nombre entier d’euros, de 0 à {whole(shipped.highest)}, ou laissez vide "
            f"pour revenir au prix proposé{NBSP}: {whole(shipped.of(question).euros)}{NBSP}€."
        )
    else:
        own[question] = int(typed)
    settings.put(workspace, _KEY, json.dumps(own) if own else "")
    return prices(workspace)


def _own(workspace: Workspace, shipped: Prices) -> Mapping[str, int]:
    try:
        kept = json.loads(settings.get(workspace, _KEY) or "{}")
    except ValueError:
        return {}
    known = {price.question for price in shipped.items}
    held = kept.items() if isinstance(kept, dict) else ()
    return {
        code: euros
        for code, euros in held
        if code in known and type(euros) is int and 0 <= euros <= shipped.highest
    }
