"""What is kept about persons is data, read strictly, and says how to erase it."""

from __future__ import annotations

import pytest

from numecole_desktop.referentials.retention import load_retention, retention
from numecole_desktop.referentials.strict import RuleFileError

GOOD = '[[category]]\ntitle = "t"\nheld = "h"\nwhy = "w"\nkept = "k : 1 an"\nerase = "e"\n'


def test_every_category_says_everything() -> None:
    found = retention()
    assert len({rule.title for rule in found}) == len(found) >= 5
    assert all((rule.held and rule.why and rule.kept and rule.erase) for rule in found)
    assert [rule.title for rule in found if rule.assumption]


def test_spaces_are_those_of_french() -> None:
    (rule,) = load_retention(GOOD.encode(), "r.toml")
    assert (rule.kept, rule.assumption) == ("k\u00a0: 1 an", False)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (GOOD + "other = 1", "clé inconnue « other »"),
        (GOOD.replace('erase = "e"', ""), "il manque « erase »"),
        (GOOD + 'assumption = "oui"', "« assumption » doit être true ou false"),
    ],
)
def test_a_wrong_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(RuleFileError) as refused:
        load_retention(text.encode(), "r.toml")
    assert message in str(refused.value).replace("\u00a0", " ")
