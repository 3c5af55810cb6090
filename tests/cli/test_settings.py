"""``numecole reglages``: shown, changed all together or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from tests.cli.conftest import Run


def shown(numecole: Run, base: Path) -> dict[str, object]:
    done = numecole("reglages", "--base", str(base), "--json")
    assert done.code == 0
    found: dict[str, object] = json.loads(done.out)
    return found


def test_settings_are_changed_together_and_shown(
    numecole: Run, schools: Path, tmp_path: Path
) -> None:
    Image.new("RGB", (60, 30)).save(tmp_path / "logo.png")
    done = numecole(
        "reglages",
        "operateur=secretariat-limoux",
        "role=secretariat",
        "territoire=circonscription:0111031l",
        "service=IEN de Carcassonne",
        f"logo={tmp_path / 'logo.png'}",
        "annee=2023-2024",
        "prix.B1=850",
        "--base",
        str(schools),
    )
    assert done.code == 0
    assert "Carcassonne" in done.out
    held = shown(numecole, schools)
    prices = {price["question"]: price for price in held.pop("prices")}  # type: ignore[attr-defined]
    assert prices["B1"]["euros"] == 850
    assert prices["B1"]["assumption"] is False
    assert prices["B2"]["assumption"] is True
    assert held.pop("start_year") in (None, "2023-2024")
    assert held == {
        "operator": "secretariat-limoux",
        "role": "secretariat",
        "territory": {
            "level": "circonscription",
            "codes": ["0111031L"],
            "name": "Carcassonne",
        },
        "service": "IEN de Carcassonne",
        "logo": True,
    }
    again = numecole("reglages", "territoire=", "logo=", "prix.B1=", "--base", str(schools))
    assert again.code == 0
    emptied = shown(numecole, schools)
    assert emptied["logo"] is False
    assert emptied["territory"] == {"level": "", "codes": [], "name": ""}


@pytest.mark.parametrize(
    "wrong",
    [
        "territoire",
        "territoire=commune:11069",
        "territoire=departement:999",
        "territoire=departement",
        "territoire=departement:11,34",
        "territoire=circonscription:0119999X",
        "territoire=academie:Narbonne",
        "role=maire",
        "annee=2023",
        "prix.A1=5",
        "prix.B1=cher",
        "couleur=bleu",
        "logo=absent.png",
        "=5",
    ],
)
def test_a_wrong_one_changes_nothing(numecole: Run, schools: Path, wrong: str) -> None:
    before = shown(numecole, schools)
    done = numecole("reglages", "service=IEN de Limoux", wrong, "--base", str(schools))
    assert done.code == 2
    assert "Traceback" not in done.err
    assert shown(numecole, schools) == before


@pytest.mark.parametrize(
    ("written", "codes"),
    [("departement:11", ["011"]), ("departement:2a", ["02A"]), ("academie:Toulouse", ["Toulouse"])],
)
def test_a_territory_may_be_chosen_before_its_schools(
    numecole: Run, schools: Path, written: str, codes: list[str]
) -> None:
    assert numecole("reglages", f"territoire={written}", "--base", str(schools)).code == 0
    territory = shown(numecole, schools)["territory"]
    assert isinstance(territory, dict)
    assert territory["codes"] == codes


def test_without_a_base_none_is_made(numecole: Run, tmp_path: Path) -> None:
    done = numecole("reglages", "service=IEN", "--base", str(tmp_path / "absente.numecole"))
    assert done.code == 2
    assert list(tmp_path.glob("*.numecole")) == []
