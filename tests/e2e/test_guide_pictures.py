"""The pictures of the guide that neither day takes: a few screens of the sample base."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from numecole_desktop.services import guide
from tests.e2e.captures import DAYS, GUIDE_LOOK, Captures, named_by
from tests.e2e.hands import calm, find
from tests.ui.conftest import ALT, CTRL, Desktop

pytestmark = pytest.mark.e2e


def test_pictures_of_the_other_pages(sample: Desktop) -> None:
    others = [page.name for page in guide.pages() if page.name not in DAYS]
    captures = Captures(sample, GUIDE_LOOK, *others)
    sample.key(Qt.Key.Key_1, CTRL)
    calm(sample)
    captures.take("ecoles-liste")
    sample.key(Qt.Key.Key_2, CTRL)
    find(sample, "narbonne 1", "Circonscription")
    captures.take("territoires-chiffres")
    sample.key(Qt.Key.Key_4, ALT)
    calm(sample)
    captures.take("territoires-carte")
    sample.key(Qt.Key.Key_3, CTRL)
    calm(sample)
    captures.take("labels-liste")
    find(sample, "jean giono carcassonne", "Giono")
    sample.key(Qt.Key.Key_5, ALT)
    calm(sample)
    captures.take("fiche-et-si")
    sample.key(Qt.Key.Key_L, CTRL)
    calm(sample)
    captures.take("labels-dossier")
    sample.key(Qt.Key.Key_6, CTRL)
    calm(sample)
    captures.take("outils")
    sample.key(Qt.Key.Key_Comma, CTRL)
    calm(sample)
    sample.write("cpn-limoux")
    captures.take("reglages")
    assert named_by(*others) - named_by(*DAYS) <= captures.made
