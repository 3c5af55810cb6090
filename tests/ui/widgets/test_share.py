"""The share of each index: known by its number wherever it is written."""

import pytest
from pytestqt.qtbot import QtBot

from numecole_desktop.ui.widgets.share import ShareButton


@pytest.mark.parametrize(
    ("label", "width", "shown"),
    [
        ("Indice 3", 500, "Indice 3"),
        ("Indice 3", 30, "3"),
        ("Indice inconnu", 80, "inconnu"),
        ("Indice inconnu", 30, "inc…"),
    ],
)
def test_a_narrow_label_keeps_what_tells_it_apart(
    qtbot: QtBot, label: str, width: int, shown: str
) -> None:
    button = ShareButton(3)
    qtbot.addWidget(button)
    button.show_share("index_3", label, 12, 40)
    assert button.label_in(button.fontMetrics(), width) == shown
    assert label in button.accessibleName()
    assert "40\u00a0%" in button.accessibleName()
