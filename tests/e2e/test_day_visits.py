"""A day of visits, from a new laptop to the batch of the evening.

All is done by keys and drops on the real window; the test only looks at what they did. The same
day is told by ``docs/guide/journee-visites.md``, whose pictures are taken here.
"""

from __future__ import annotations

import base64
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.own_territory import OwnTerritory
from numecole_desktop.ui.dialogs.finder import FinderDialog
from numecole_desktop.ui.screens.home import HomeScreen
from tests.e2e.captures import LOOKS, Captures, named_by
from tests.e2e.day_data import ROOT, directory, former
from tests.e2e.hands import button, calm, choose_file, click, find, tab_to, text_of
from tests.e2e.killed_window import TYPED
from tests.ui.conftest import ALT, CTRL, SHIFT, Desktop, focus
from tests.ui.exchange_bases import drop, exchanges
from tests.ui.test_form import Form

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.usefixtures("quick_keys"),
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is POSIX"),
]

HUGO, PASTEUR, PAGNOL = "0110362J", "0110965P", "0110369S"
SCRIPT = ROOT / "docs" / "verifier_un_lot.py"
OpenWindow = Callable[[Path], Desktop]


@pytest.mark.parametrize("look", LOOKS)
def test_a_day_of_visits(
    open_window: OpenWindow, base_path: Path, tmp_path: Path, look: str
) -> None:
    desktop = open_window(base_path)
    captures = Captures(desktop, look, "journee-visites")
    a_new_laptop_is_told_who_and_where(desktop, captures)
    its_schools_are_imported(desktop, captures, tmp_path)
    a_school_is_found_by_uai_name_or_commune(desktop, captures)
    nothing_changed_at_the_first_school(desktop, captures)
    an_answer_of_the_second_one_is_surprising(desktop, captures)
    its_profile_is_handed_over(desktop, captures, tmp_path)
    close(desktop)
    the_laptop_is_closed_at_the_third_one(base_path, tmp_path)
    desktop = open_window(base_path)
    captures.follow(desktop)
    what_was_typed_is_there_again(desktop, captures)
    the_evening_says_what_is_left(desktop, captures)
    the_batch_lies_in_its_folder(desktop, captures, tmp_path)
    close(desktop)
    anyone_can_verify_it(base_path, tmp_path)
    assert named_by("journee-visites") <= captures.made


def a_new_laptop_is_told_who_and_where(desktop: Desktop, captures: Captures) -> None:
    desktop.write("cpn-limoux")
    captures.take("visites-depart")
    desktop.key(Qt.Key.Key_Return)
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Return)
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Down)
    desktop.key(Qt.Key.Key_Tab)
    desktop.write("aude")
    desktop.key(Qt.Key.Key_Return)
    calm(desktop)
    assert desktop.read(lambda ws: ws.operator) == "cpn-limoux"
    assert desktop.session.territory == OwnTerritory("departement", ("011",))


def its_schools_are_imported(desktop: Desktop, captures: Captures, folder: Path) -> None:
    take_file(desktop, folder / "annuaire.csv", directory())
    desktop.key(Qt.Key.Key_0, CTRL)
    calm(desktop)
    captures.take("visites-ecoles")
    assert not desktop.desk.offered.isVisible()
    desktop.key(Qt.Key.Key_Return)
    calm(desktop)
    assert not home_lines(desktop)[0].startswith("0")
    take_file(desktop, folder / "declarations 2022.csv", former(), captures)
    desktop.key(Qt.Key.Key_1, CTRL)
    calm(desktop)
    assert len(desktop.shell.schools.order()) == 83


def take_file(desktop: Desktop, path: Path, text: str, captures: Captures | None = None) -> None:
    """Drop a file, look at what it would do, accept."""
    path.write_text(text, "utf-8")
    drop(desktop, path)
    calm(desktop)
    if captures is not None:
        captures.take("visites-annuaire")
    desktop.key(Qt.Key.Key_Return)
    calm(desktop)
    assert focus() is button(desktop, "Terminer")


def home_lines(desktop: Desktop) -> list[str]:
    """What Accueil says is left to do."""
    home = desktop.shell.place("home")
    assert isinstance(home, HomeScreen)
    return [button.text() for button in home.lines.values() if button.isVisible()]


def a_school_is_found_by_uai_name_or_commune(desktop: Desktop, captures: Captures) -> None:
    for words, wanted in (
        ("0110362j", "Victor Hugo"),
        ("jacques prevert", "Jacques Prévert"),
        ("esperaza", "Espéraza"),
    ):
        desktop.key(Qt.Key.Key_K, CTRL)
        dialog = desktop.dialog(FinderDialog)
        desktop.write(words)
        assert wanted in dialog.field.accessibleDescription()
        captures.take("visites-recherche")
        desktop.key(Qt.Key.Key_Escape)
        calm(desktop)


def form_of(desktop: Desktop, words: str, uai: str) -> Form:
    """Ctrl+K, some words, Ctrl+Entrée: the form of a school."""
    desktop.key(Qt.Key.Key_K, CTRL)
    desktop.dialog(FinderDialog)
    desktop.write(words)
    desktop.key(Qt.Key.Key_Return, CTRL)
    calm(desktop)
    form = Form(desktop)
    desktop.until(lambda: form.screen.sheet is not None and form.screen.uai == uai)
    desktop.until(lambda: any(field.has_focus for field in form.sheet.fields.values()))
    return form


def status(desktop: Desktop, uai: str) -> Status | None:
    held = desktop.declaration(uai)
    return held.status if held else None


def nothing_changed_at_the_first_school(desktop: Desktop, captures: Captures) -> None:
    form = form_of(desktop, "victor hugo", HUGO)
    desktop.key(Qt.Key.Key_F4, SHIFT)
    form.saved()
    captures.take("visites-inchange")
    desktop.key(Qt.Key.Key_Return, CTRL | SHIFT)
    calm(desktop)
    assert status(desktop, HUGO) is Status.SUBMITTED


def an_answer_of_the_second_one_is_surprising(desktop: Desktop, captures: Captures) -> None:
    form = form_of(desktop, "pasteur limoux", PASTEUR)
    desktop.key(Qt.Key.Key_F4, SHIFT)
    form.saved()
    go_to(form, "A3")
    desktop.write("70")
    desktop.key(Qt.Key.Key_Return)
    form.saved()
    captures.take("visites-etonnant")
    desktop.key(Qt.Key.Key_Return, CTRL | SHIFT)
    calm(desktop)
    assert status(desktop, PASTEUR) is Status.DRAFT
    desktop.key(Qt.Key.Key_F8)
    assert form.here == "A3"
    desktop.write("7")
    desktop.key(Qt.Key.Key_Return)
    go_to(form, "C1")
    desktop.write("0")
    desktop.key(Qt.Key.Key_Return)
    form.saved()
    go_to(form, "C1")
    desktop.key(Qt.Key.Key_F9)
    desktop.write("Une valise est partie en panne")
    captures.take("visites-confirmer")
    desktop.key(Qt.Key.Key_Return)
    form.saved()
    desktop.key(Qt.Key.Key_Return, CTRL | SHIFT)
    calm(desktop)
    held = desktop.declaration(PASTEUR)
    assert held is not None
    assert held.status is Status.SUBMITTED
    assert (held.answers["A3"], held.answers["C1"]) == (7, 0)
    assert [one.note for one in held.confirmations] == ["Une valise est partie en panne"]


def go_to(form: Form, code: str) -> None:
    """Up or down to a question, by Entrée alone or with Maj."""
    codes = list(form.sheet.fields)
    while form.here != code:
        back = codes.index(form.here) > codes.index(code)
        form.desktop.key(Qt.Key.Key_Return, *((SHIFT,) if back else ()))


def its_profile_is_handed_over(desktop: Desktop, captures: Captures, folder: Path) -> None:
    find(desktop, "pasteur limoux", "Louis Pasteur")
    captures.take("visites-fiche")
    desktop.key(Qt.Key.Key_4, ALT)
    calm(desktop)
    school = desktop.desk.school
    assert school is not None
    desktop.until(lambda: school.printing._images)
    captures.take("visites-profil")
    desktop.key(Qt.Key.Key_E, CTRL)
    choose_file(desktop, folder / "profil.pdf")
    words = text_of(folder / "profil.pdf")
    for said in ("Louis Pasteur", "0110965P", "2023-2024", "Limoux"):
        assert said in words


def close(desktop: Desktop) -> None:
    """Close the window as the corner button does."""
    desktop.frame.close()
    assert desktop.tasks.close(10)


def the_laptop_is_closed_at_the_third_one(base: Path, folder: Path) -> None:
    child = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.e2e.killed_window",
            base,
            folder / "fenetre.ini",
            PAGNOL,
            "6f3no",
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    assert child.stdout is not None
    said = child.stdout.readline()
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert said.strip() == TYPED


def what_was_typed_is_there_again(desktop: Desktop, captures: Captures) -> None:
    captures.take("visites-reprise")
    click(desktop, "Reprendre la saisie")
    form = Form(desktop)
    desktop.until(lambda: form.screen.sheet is not None and form.screen.uai == PAGNOL)
    held = desktop.declaration(PAGNOL)
    assert held is not None
    assert held.status is Status.DRAFT
    expected = {"A1": 6, "A2": "FIBRE", "A3": 3, "A4": False, "A5": True}
    assert held.answers == expected
    assert {c: form.sheet.draft.answers[c] for c in expected} == expected


def the_evening_says_what_is_left(desktop: Desktop, captures: Captures) -> None:
    desktop.key(Qt.Key.Key_0, CTRL)
    calm(desktop)
    captures.take("visites-soir")
    assert home_lines(desktop)[:2] == [
        "1\u00a0brouillon de déclaration à terminer",
        "80\u00a0écoles n’ont pas déclaré pour 2023-2024",
    ]


def the_batch_lies_in_its_folder(desktop: Desktop, captures: Captures, folder: Path) -> None:
    desktop.key(Qt.Key.Key_L, CTRL | SHIFT)
    calm(desktop)
    screen = exchanges(desktop)
    tab_to(desktop, screen.form.name)
    desktop.write("CPN Limoux")
    captures.take("visites-poste")
    desktop.key(Qt.Key.Key_Return)
    calm(desktop)
    captures.take("visites-lot")
    (folder / "usb").mkdir()
    click(desktop, "Autre dossier")
    choose_file(desktop, folder / "usb")
    click(desktop, "Écrire le lot")
    desktop.key(Qt.Key.Key_4, ALT)
    click(desktop, "Enregistrer la carte")
    choose_file(desktop, folder / "carte.json")


def anyone_can_verify_it(base: Path, folder: Path) -> None:
    (batch,) = (folder / "usb").iterdir()
    alone = run("-I", "-X", "utf8", SCRIPT, batch, public_key(folder / "carte.json"))
    assert alone.endswith("événement(s), tous authentiques\n")
    command = "from numecole_desktop.cli import main; main()"
    options = ("--base", base, "lot", "verifier", batch, "--json")
    found = json.loads(run("-X", "utf8", "-c", command, *options))
    assert found["events"] > 0


def public_key(card: Path) -> str:
    """The key of the device, as its card gives it."""
    payload = json.loads(card.read_text("utf-8"))["payload"]
    found = re.search(rb'"x":"([\w-]+)"', base64.urlsafe_b64decode(payload + "=="))
    assert found is not None
    return found[1].decode()


def run(*arguments: str | Path) -> str:
    """What Python says of a script or a command, in a process of its own."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
