"""A whole campaign on three bases, by the command line alone: ``three_bases.sh``."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="the campaign is a POSIX shell script"),
]

SCRIPT = Path(__file__).with_name("three_bases.sh")
ROOT = Path(__file__).parents[2]
DEVICES = ("lea", "marc", "bureau")


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def said(campaign: Path, name: str) -> dict[str, Any]:
    return {device: read(campaign / device / f"{name}.json") for device in DEVICES}


def without_history(page: dict[str, Any]) -> dict[str, Any]:
    """Devices take the events of one another in different orders: their histories say which."""
    events = sorted(page["history"], key=lambda line: (line["at"], line["source"]))
    return {**page, "history": [(line["at"], line["operator"], line["source"]) for line in events]}


@pytest.mark.timeout(240)
def test_three_bases_play_a_campaign_and_end_equal(tmp_path: Path) -> None:
    shell = shutil.which("sh")
    assert shell
    command = tmp_path / "numecole"
    command.write_text(
        f"#!{shell}\nPYTHONPATH='{ROOT}' exec '{sys.executable}' "
        "-c 'from numecole_desktop.cli import main; main()' \"$@\"\n",
        encoding="utf-8",
    )
    command.chmod(0o755)
    campaign = tmp_path / "campagne"
    done = subprocess.run(
        [shell, str(SCRIPT), str(campaign)],
        env={**os.environ, "NUMECOLE": str(command)},
        capture_output=True,
        text=True,
        timeout=220,
        check=False,
    )
    assert done.returncode == 0, done.stderr

    # Equal everywhere: answers, indices, facts, label dossier with its persons and files.
    for school in ("ferry", "pagnol"):
        pages = {device: without_history(page) for device, page in said(campaign, school).items()}
        assert pages["lea"] == pages["marc"] == pages["bureau"], school
    labels = said(campaign, "label")
    assert labels["lea"] == labels["marc"] == labels["bureau"]
    assert labels["bureau"]["people"]["school_referent"]["name"] == "Anne Exemple"
    assert [file["name"] for file in labels["marc"]["attachments"]] == ["projet.pdf"]
    assert said(campaign, "conflits") == {device: [] for device in DEVICES}
    assert all(report["ok"] for report in said(campaign, "verifier").values())

    # The office's word holds, and the file that it took back left nothing.
    ferry = read(campaign / "marc" / "ferry.json")
    assert ferry["declaration"]["answers"]["A1"] == 4
    assert ferry["declaration"]["status"] == "submitted"
    assert ferry["indices"]["equipment"]["value"] == 3
    pagnol = read(campaign / "lea" / "pagnol.json")
    assert pagnol["declaration"]["answers"] == {"A1": 2, "B1": 1}

    # The lost file was healed by the next, and the same file again brings nothing.
    first, again = read(campaign / "recu-lea.json"), read(campaign / "encore.json")
    assert first["added"] > 0
    assert (again["added"], again["identical"]) == (0, first["added"])
    assert again["words"] == first["words"]
    assert [one["field"] for one in read(campaign / "conflits.json")] == ["A1", "status"]

    # What an unknown device wrote waited for its card; what depends on it waited too.
    waiting = read(campaign / "dernier-marc.json")
    assert waiting["refused"] > 0
    assert any("n’est pas connu ici" in sentence for sentence in waiting["sentences"])
    assert len(read(campaign / "mis-de-cote.json")["said"]) == 3
    leftovers = [path.name for path in campaign.rglob("*.part")]
    assert leftovers == []
