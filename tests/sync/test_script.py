"""The stand-alone verifier of docs/ agrees with ours, without importing anything of ours."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from numecole_desktop.sync.batch import seal_batch
from numecole_desktop.sync.roles import Role
from tests.sync.forge import b64
from tests.sync.support import NOW, batch, key
from tests.sync.verdicts import CASES

SCRIPT = Path(__file__).resolve().parents[2] / "docs" / "verifier_un_lot.py"
HOSTILE = {name: data for kind in ("enveloppe", "lot") for name, _, data in CASES[kind]()}


def run(folder: Path, data: bytes, *names: str) -> subprocess.CompletedProcess[str]:
    file = folder / "lot.json"
    file.write_bytes(data)
    keys = [b64(key(name).public) for name in names]
    return subprocess.run(
        [sys.executable, "-I", "-X", "utf8", SCRIPT, file, *keys],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_it_verifies_a_batch_and_what_it_relays(tmp_path: Path) -> None:
    data = seal_batch(batch("lea", "circo"), key("lea"), Role.ADVISER, NOW)
    done = run(tmp_path, data, "lea", "circo")
    assert done.returncode == 0, done.stderr
    assert "5 événement(s), tous authentiques" in done.stdout


@pytest.mark.parametrize(
    "name",
    [
        "charge-changee",
        "bit-de-signature",
        "signataire-inconnu",
        "algorithme-sans",
        "evenement-change",
        "sans-tete",
        "tete-renumerotee",
        "greffe-d-un-autre-journal",
    ],
)
def test_it_refuses_what_we_refuse(tmp_path: Path, name: str) -> None:
    assert run(tmp_path, HOSTILE[name], "lea", "circo").returncode != 0


def test_it_imports_nothing_of_ours() -> None:
    assert "numecole_desktop" not in SCRIPT.read_text("utf-8")
