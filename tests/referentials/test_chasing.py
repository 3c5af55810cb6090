"""The texts of reminder that are shipped, and what a wrong file says."""

import pytest

from numecole_desktop.referentials.chasing import FILE, load_wording, wording
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import RuleFileError


def test_shipped_texts_have_french_spaces_and_are_two() -> None:
    held = wording()
    assert "{ecoles}" in held.many.body
    assert "\u00a0:" in held.many.body
    assert " :" not in held.many.body
    assert held.of(1) is held.one
    assert held.of(2) is held.of(0) is held.many


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("month = 10", "month = 13", "ce jour n’existe pas"),
        ("{date}.", "{jour}.", "jour"),
        ("day = 31", "", "day"),
        ("[one]", "[alone]", "one"),
    ],
)
def test_a_wrong_file_says_what_is_wrong(old: str, new: str, said: str) -> None:
    text = resource(FILE).read_text("utf-8").replace(old, new, 1)
    with pytest.raises(RuleFileError, match=said):
        load_wording(text.encode(), FILE)
