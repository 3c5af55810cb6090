"""The first start, by the keyboard: nothing is lost, and it ends for good."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from numecole_desktop.domain.own_territory import OwnTerritory
from numecole_desktop.services import first_start, settings
from numecole_desktop.services.own_territory import own_territory
from numecole_desktop.services.workspace import Changes, Workspace
from numecole_desktop.ui.screens.first_start import FirstStart
from numecole_desktop.ui.screens.home import HomeScreen
from numecole_desktop.ui.screens.imports import ImportsScreen
from tests.conftest import add_schools, fixed_clock
from tests.ui.accessible_tree import faults
from tests.ui.conftest import ALT, CTRL, Desktop, focus

DOWN, ENTER = Qt.Key.Key_Down, Qt.Key.Key_Return
Opener = Callable[[Path], Desktop]


@pytest.fixture
def fresh(open_window: Opener, base_path: Path) -> Desktop:
    """The window on a new base."""
    Workspace.open(base_path, clock=fixed_clock).close()
    return open_window(base_path)


def home(desktop: Desktop) -> HomeScreen:
    screen = desktop.shell.current()
    assert isinstance(screen, HomeScreen)
    return screen


def steps(desktop: Desktop) -> FirstStart:
    first = home(desktop).first
    assert first is not None
    assert first.isVisible()
    return first


def again(desktop: Desktop, open_window: Opener) -> Desktop:
    """Close the window and open it again."""
    desktop.frame.close()
    assert desktop.tasks.close(10)
    return open_window(desktop.base)


def fill(desktop: Desktop) -> None:
    """What an import does, told to the window."""
    desktop.read(add_schools)
    desktop.session.refresher.publish(Changes(everything=True))
    desktop.settle()


def test_a_new_base_is_set_up_by_the_keyboard(fresh: Desktop) -> None:
    first = steps(fresh)
    assert home(fresh).title.text() == "Bienvenue dans Numécole"
    assert first.bar.accessibleName() == "Étape 1 sur 3\u00a0: Qui suis-je"
    assert focus() is first.identity.code
    assert not first.back_button.isEnabled()
    fresh.write("cpn-limoux")
    fresh.key(ENTER)
    assert focus() is first.identity.role
    fresh.key(DOWN)
    fresh.key(ENTER)
    assert focus() is first.territory.level
    fresh.key(DOWN)
    fresh.key(DOWN)
    fresh.key(Qt.Key.Key_Tab)
    fresh.write("aude")
    fresh.key(ENTER)
    fresh.settle()
    assert first.step == 3
    assert focus() is first.schools.import_button
    assert not first.next_button.isEnabled()
    assert faults(fresh.frame) == []
    assert fresh.read(lambda ws: ws.operator) == "cpn-limoux"
    assert fresh.session.territory == OwnTerritory("departement", ("011",))
    fill(fresh)
    assert "5\u00a0écoles dans la base, dont 5\u00a0publiques ouvertes dans votre territoire" in (
        first.schools.sentence.text()
    )
    first.focus_first()
    fresh.key(ENTER)
    fresh.settle()
    assert not first.isVisible()
    assert home(fresh).todo.isVisible()
    assert home(fresh).title.text() == "Accueil · 2023-2024 · Aude"
    assert focus() is home(fresh).lines["schools", "todo"]


def test_it_never_comes_back_once_finished(fresh: Desktop, open_window: Opener) -> None:
    fresh.read(first_start.finish)
    assert not shown(again(fresh, open_window))


def shown(desktop: Desktop) -> bool:
    desktop.key(Qt.Key.Key_0, CTRL)
    desktop.settle()
    first = home(desktop).first
    return first is not None and first.isVisible()


def test_circonscriptions_are_refined_after_the_import(fresh: Desktop) -> None:
    first = steps(fresh)
    fresh.key(ENTER)
    fresh.key(ENTER)
    for _ in range(3):
        fresh.key(DOWN)
    fresh.settle()
    assert first.territory.unknown.isVisible()
    fresh.key(ENTER)
    fresh.settle()
    fill(fresh)
    first.schools.refine_button.setFocus()
    fresh.key(Qt.Key.Key_Space)
    fresh.settle()
    assert first.step == 2
    for _ in range(3):
        fresh.key(DOWN)
    fresh.key(Qt.Key.Key_Tab)
    fresh.write("carca")
    fresh.key(ENTER)
    fresh.key(Qt.Key.Key_Space)
    fresh.key(ENTER)
    fresh.settle()
    assert first.step == 3
    kept = fresh.read(lambda ws: own_territory(ws.base.connection))
    assert kept == OwnTerritory("circonscription", ("0111031L",))


def test_a_level_alone_is_not_a_territory(fresh: Desktop) -> None:
    first = steps(fresh)
    fresh.key(ENTER)
    fresh.key(ENTER)
    fresh.write("d")
    assert first.territory.level.currentText() == "Département"
    fresh.key(ENTER)
    assert first.step == 2
    assert focus() is first.territory.one
    assert first.territory.one_field.problem.isHidden()
    fresh.key(ENTER)
    assert first.step == 2
    assert "Choisissez-le dans la liste" in first.territory.one_field.problem.text()
    fresh.write("ari")
    assert first.territory.one_field.problem.isHidden()
    fresh.key(ENTER)
    fresh.settle()
    assert first.step == 3
    assert fresh.session.territory == OwnTerritory("departement", ("009",))


def test_circonscriptions_are_ticked_before_going_on(fresh: Desktop) -> None:
    first = steps(fresh)
    for _ in range(3):
        fresh.key(ENTER)
    fill(fresh)
    fresh.key(Qt.Key.Key_P, ALT)
    fresh.until(lambda: first.step == 2)
    fresh.settle()
    fresh.write("c")
    fresh.key(ENTER)
    assert focus() is first.territory.several.search
    fresh.key(ENTER)
    fresh.key(ENTER)
    assert first.step == 2
    assert "barre d’espace" in first.territory.several_field.problem.text()
    fresh.key(Qt.Key.Key_Space)
    assert first.territory.several_field.problem.isHidden()
    fresh.key(ENTER)
    fresh.settle()
    assert first.step == 3


def test_what_was_kept_is_said(fresh: Desktop) -> None:
    said: list[str] = []
    fresh.session.said.connect(lambda text, _: said.append(text))
    fresh.key(ENTER)
    fresh.write("c")
    fresh.settle()
    assert said == ["Rôle enregistré.", "Changement de rôle. Annuler\u00a0: Ctrl+Z."]
    fresh.key(Qt.Key.Key_Backtab)
    fresh.write("cpn-saint-lizier")
    fresh.key(ENTER)
    fresh.settle()
    assert said[2].startswith("Code enregistré")


def test_a_step_left_without_a_code_says_what_is_lost(fresh: Desktop) -> None:
    said: list[str] = []
    fresh.session.said.connect(lambda text, _: said.append(text))
    steps(fresh).identity.code.clear()
    fresh.key(ENTER)
    fresh.settle()
    assert not any(text.startswith("Sans code") for text in said)
    fresh.key(ENTER)
    assert steps(fresh).step == 2
    assert said[-1].startswith("Sans code, l’historique ne dira pas qui a saisi.")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_window_closed_in_the_middle_goes_on_there(
    fresh: Desktop, open_window: Opener, number: int
) -> None:
    fresh.write("cpn-limoux")
    for _ in range(number if number > 1 else 0):
        fresh.key(ENTER)
    reopened = again(fresh, open_window)
    assert steps(reopened).step == number
    assert reopened.read(lambda ws: settings.get(ws, "operator")) == "cpn-limoux"


def test_a_process_killed_in_the_middle_goes_on_there(
    fresh: Desktop, open_window: Opener, tmp_path: Path
) -> None:
    fresh.write("cpn-limoux")
    fresh.key(ENTER)
    fresh.key(ENTER)
    fresh.key(DOWN)
    fresh.key(DOWN)
    fresh.key(Qt.Key.Key_Tab)
    fresh.write("aude")
    fresh.settle()
    # What the disk holds while the window is open is what a killed process leaves.
    left = tmp_path / "killed"
    left.mkdir()
    for path in fresh.base.parent.glob(f"{fresh.base.name}*"):
        shutil.copy(path, left)
    reopened = open_window(left / fresh.base.name)
    assert steps(reopened).step == 2
    assert reopened.read(lambda ws: settings.get(ws, "operator")) == "cpn-limoux"
    assert reopened.session.territory == OwnTerritory("departement", ("011",))
    assert steps(reopened).territory.one.currentText() == "Aude"


def test_what_is_read_late_does_not_undo_what_was_chosen(fresh: Desktop) -> None:
    first = steps(fresh)
    fresh.key(ENTER)
    fresh.key(DOWN)
    fresh.key(ENTER)
    fresh.key(DOWN)
    fresh.key(DOWN)
    fresh.key(Qt.Key.Key_Tab)
    fresh.write("aude")
    fresh.settle()
    assert focus() is first.territory.one
    assert first.territory.one.currentText() == "Aude"
    assert first.identity.role.currentIndex() == 1


def test_the_help_is_that_of_the_first_start(fresh: Desktop) -> None:
    assert home(fresh).help_topic() == "demarrer"
    fresh.read(first_start.finish)
    fresh.key(Qt.Key.Key_F5)
    fresh.settle()
    assert home(fresh).help_topic() == "accueil"


def test_steps_are_taken_back_and_what_was_said_is_there(fresh: Desktop) -> None:
    first = steps(fresh)
    fresh.write("cpn-limoux")
    fresh.key(ENTER)
    fresh.key(ENTER)
    fresh.key(Qt.Key.Key_P, ALT)
    fresh.until(lambda: first.step == 1)
    assert first.identity.code.text() == "cpn-limoux"
    assert focus() is first.identity.code


def test_later_leads_to_the_list_and_the_next_start_asks_again(
    fresh: Desktop, open_window: Opener
) -> None:
    fresh.key(ENTER)
    fresh.key(ENTER)
    fresh.key(Qt.Key.Key_U, ALT)
    fresh.until(lambda: fresh.shell.current() is fresh.shell.schools)
    reopened = again(fresh, open_window)
    assert steps(reopened).step == 2
    reopened.key(Qt.Key.Key_U, ALT)
    reopened.until(lambda: reopened.shell.current() is reopened.shell.schools)
    fill(reopened)
    assert not shown(reopened)


def test_an_import_elsewhere_offers_to_go_on(fresh: Desktop, tmp_path: Path) -> None:
    for _ in range(3):
        fresh.key(ENTER)
    fresh.settle()
    assert steps(fresh).step == 3
    path = tmp_path / "annuaire.csv"
    path.write_text("uai;nom;commune;secteur\n0110160P;Jules Ferry;Limoux;Public\n", "utf-8")
    fresh.frame.dropped.emit(str(path))
    imports = fresh.shell.place("imports")
    assert isinstance(imports, ImportsScreen)
    fresh.until(imports.assistant.import_button.isEnabled)
    assert not fresh.desk.offered.isVisible()
    imports.assistant.import_button.click()
    fresh.until(fresh.desk.offered.isVisible)
    fresh.desk.offered.button.click()
    fresh.settle()
    first = steps(fresh)
    assert first.next_button.isEnabled()
    assert "1\u00a0école dans la base" in first.schools.sentence.text()


def test_closed_just_after_the_import_it_goes_on(fresh: Desktop, open_window: Opener) -> None:
    for _ in range(3):
        fresh.key(ENTER)
    fresh.settle()
    fresh.shell.show_place("imports")
    fill(fresh)
    reopened = again(fresh, open_window)
    assert steps(reopened).step == 3
    assert steps(reopened).next_button.isEnabled()
    assert focus() is steps(reopened).next_button
    reopened.key(ENTER)
    reopened.settle()
    assert home(reopened).todo.isVisible()
    reopened.shell.show_place("imports")
    last = again(reopened, open_window)
    assert isinstance(last.shell.current(), ImportsScreen)


def test_it_is_taken_again_from_the_tools(desktop: Desktop) -> None:
    assert not shown(desktop)
    desktop.shell.run("first_start")
    desktop.settle()
    first = steps(desktop)
    assert first.step == 1
    assert first.identity.code.text() == "test"
    for _ in range(4):
        desktop.key(ENTER)
        desktop.settle()
    assert not first.isVisible()
    assert desktop.read(lambda ws: settings.get(ws, "first_start")) == "done"


def test_the_sample_is_not_set_up(fresh: Desktop) -> None:
    def sampled(workspace: Workspace) -> int:
        with workspace.writing():
            workspace.base.connection.execute("INSERT INTO meta VALUES ('sample', '1')")
        return first_start.step(workspace, held=0)

    assert fresh.read(sampled) == 0


@pytest.mark.parametrize("kept", ["4", "0", "later 9", "later", "x", "later done"])
def test_a_damaged_setting_begins_again(fresh: Desktop, kept: str) -> None:
    def damaged(workspace: Workspace) -> int:
        settings.put(workspace, "first_start", kept)
        return first_start.step(workspace, held=0)

    assert fresh.read(damaged) == 1
