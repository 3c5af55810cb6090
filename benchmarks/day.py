"""What a person does in the window, action after action, for ``benchmarks/stalls.py``."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

from benchmarks import region

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from benchmarks.stalls import Hands
    from numecole_desktop.ui.widgets.table import Table

_TABS = 5
_KEYS = "chateau marie"


def live(hands: Hands) -> None:
    """Everything, in the order of a day."""
    for part in (
        _list,
        _palette,
        _school,
        _form,
        _territories,
        _labels,
        _exchanges,
        _imports,
        _commands,
        _window,
    ):
        part(hands)


def _list(hands: Hands) -> None:
    schools = hands.shell.schools
    search = hands.shell.top.search
    hands.shell.search()
    for place, letter in enumerate(_KEYS):
        hands.do(f"recherche, lettre {min(place, 2) + 1}", partial(_type, search, letter))
    hands.do("recherche effacée", search.clear)
    _sort(hands, "tri de la liste", schools.table)
    for words in ("c", "ca", "cas"):
        hands.do("filtre d’une colonne", partial(schools.table.set_column_filters, {0: words}))
    hands.do("filtre d’une colonne retiré", partial(schools.table.set_column_filters, {}))
    for code in ("todo", "draft", "submitted", "all"):
        hands.do("filtre d’une liste", partial(schools.show_part, code))
    bar = schools.table.verticalScrollBar()
    for place in range(0, bar.maximum(), max(1, bar.maximum() // 20)):
        hands.do("défilement de la liste", partial(bar.setValue, place))
    years = hands.shell.top.years
    former = str(region.SHOWN.previous)
    for year in (former, str(region.SHOWN)):
        hands.do("autre année scolaire", _choose(hands, years, year))


def _palette(hands: Hands) -> None:
    from numecole_desktop.ui.dialogs.finder import FinderDialog

    for visit in ("", " (revu)"):
        hands.do(f"rechercher partout{visit}", partial(hands.shell.run, "palette"))
        (dialog,) = (d for d in hands.frame.findChildren(FinderDialog) if d.isVisible())
        for place, letter in enumerate(_KEYS):
            name = f"rechercher partout, lettre {min(place, 2) + 1}"
            hands.do(name, partial(_type, dialog.field, letter))
        hands.do("rechercher partout, fermé", dialog.reject)


def _school(hands: Hands) -> None:
    desk = hands.desk
    for place, uai in enumerate(region.codes()[100:800:100]):
        name = "fiche, la première" if not place else "fiche d’une école"
        hands.do(name, partial(desk.open_school, uai))
    assert desk.school is not None
    school = desk.school
    for visit in ("", " (revu)"):
        for tab in range(_TABS):
            hands.do(f"fiche, onglet {tab + 1}{visit}", partial(school.tabs.show_tab, tab))
    stepper = next(iter(school.what_if.rows.values())).stepper
    for _ in range(6):
        hands.do("et si…, une unité de plus", partial(_key, stepper.box, "Key_Up"))
    school.tabs.show_tab(0)
    for _ in range(4):
        hands.do("école suivante", school.next_school)
    hands.do("retour à la liste", desk.back_to_list)


def _form(hands: Hands) -> None:
    desk = hands.desk
    for place, uai in enumerate(region.codes()[-60:-55]):
        name = "saisie, la première" if not place else "saisie d’une école"
        hands.do(name, partial(desk.open_form, uai))
        assert desk.form is not None
        for _ in range(14):
            hands.do("saisie, une réponse", _press_focus(hands, "Key_1"))
            hands.do("saisie, question suivante", _press_focus(hands, "Key_Return"))
        hands.do("saisie, tout repris", partial(hands.shell.run, "all_unchanged"))
        hands.do("saisie, valider", desk.form.submit)
    hands.do("retour à la fiche", partial(hands.shell.run, "back"))
    hands.do("retour à la liste", desk.back_to_list)


def _territories(hands: Hands) -> None:
    from numecole_desktop.ui.screens.territories import TerritoriesScreen

    show = hands.shell.show_place
    hands.do("territoires, première fois", partial(show, "territories"))
    screen = hands.shell.place("territories")
    assert isinstance(screen, TerritoriesScreen)
    places = list(screen.picker.model._roots)
    for level in ("académie", "département", "circonscription", "commune"):
        for place in places[:3]:
            go = partial(screen.picker.go_to, place.node.level, place.node.code)
            hands.do(f"territoires, {level}", go)
            for visit in range(2) if place is places[0] else ():
                for tab in (1, 2, 3, 4, 0)[: None if level != "commune" else 3]:
                    name = f"territoires, {level}, onglet {tab + 1}" + (" (revu)" * visit)
                    hands.do(name, partial(screen.view.tabs.show_tab, tab))
        places = [child for above in places for child in above.children]
    first = screen.picker.model._roots[0].node
    screen.picker.go_to(first.level, first.code)
    hands.settle()
    for figure in ("schools", "schools_up_to_date", "classes_teacher_equipped"):
        hands.do(
            "territoires, écoles d’un chiffre",
            partial(screen.view.figure_opened.emit, figure, region.SHOWN),
        )
        _sort(hands, "tri des écoles d’un chiffre", screen.behind.table)
        hands.do("territoires, retour aux chiffres", partial(hands.shell.run, "back"))
    for letter in "cas":
        hands.do("territoires, recherche", partial(_type, screen.picker.search, letter))
    hands.do("territoires, recherche effacée", screen.picker.search.clear)
    uais = hands.shell.schools.order()
    hands.do("chiffres des écoles listées", partial(hands.desk.show_figures, uais))
    for name in ("schools", "territories"):
        hands.do("écoles et territoires, retour", partial(show, name))


def _labels(hands: Hands) -> None:
    from numecole_desktop.ui.screens.labels import LabelsScreen

    show = hands.shell.show_place
    hands.do("labels, première fois", partial(show, "labels"))
    screen = hands.shell.place("labels")
    assert isinstance(screen, LabelsScreen)
    for letter in "mar":
        hands.do("labels, recherche", partial(_type, screen.list.search, letter))
    hands.do("labels, recherche effacée", screen.list.search.clear)
    for code in ("draft", "submitted", "examined", ""):
        hands.do("labels, filtre", partial(screen.show_part, code))
    screen.list.states.set_value("all")
    for place, uai in enumerate(screen.list.order()[:5]):
        which = "dossier, le premier" if not place else "dossier"
        hands.do(which, partial(screen.open_dossier, uai, region.SHOWN))
    hands.do("dossier, retour", partial(hands.shell.run, "back"))
    hands.do("commission", screen.open_commission)
    for _ in range(3):
        hands.do("commission, suivant", screen.commission.next)
    hands.do("commission, retour", partial(hands.shell.run, "back"))
    hands.do("labels, nouveau dossier", screen.ask_new)
    _close_dialogs(hands)
    hands.do("labels, décider ensemble", screen.ask_together)
    _close_dialogs(hands)
    for tab in (1, 0):
        hands.do(f"labels, onglet {tab + 1}", partial(screen.tabs.show_tab, tab))
    for name in ("schools", "labels"):
        hands.do("écoles et labels, retour", partial(show, name))


def _exchanges(hands: Hands) -> None:
    from numecole_desktop.services import devices
    from numecole_desktop.ui.screens.exchanges import ExchangesScreen

    show = hands.shell.show_place
    hands.session.tasks.run(
        lambda ws: devices.create_device(ws, "Mesure", "conseiller", region.OFFICE)
    )
    hands.settle()
    hands.do("échanges, première fois", partial(show, "exchanges"))
    screen = hands.shell.place("exchanges")
    assert isinstance(screen, ExchangesScreen)
    for tab in (1, 2, 3, 0):
        hands.do(f"échanges, onglet {tab + 1}", partial(screen.tabs.show_tab, tab))
    screen.tabs.show_tab(1)
    for place in range(3):
        hands.do("désaccord ouvert", partial(screen.conflicts.open_at, place))
    hands.do("désaccord, retour", screen.conflicts.back_to_list)
    for name in ("schools", "exchanges"):
        hands.do("écoles et échanges, retour", partial(show, name))


def _imports(hands: Hands) -> None:
    from numecole_desktop.ui.screens.imports import ImportsScreen

    show = hands.shell.show_place
    hands.do("imports, première fois", partial(show, "imports"))
    screen = hands.shell.place("imports")
    assert isinstance(screen, ImportsScreen)
    screen.assistant.kind.set_value("declarations")
    path = str(region.declarations_file())
    hands.do("import, aperçu de 4 579 lignes", partial(screen.look_at, path))
    hands.do("import, accepté", screen.assistant.store)
    hands.do("import, retour à la liste", partial(hands.shell.run, "back"))
    screen.table.go_to(0)
    hands.do("import, annulé", screen.undo_current)
    screen.assistant.kind.set_value("annuaire")
    path = str(region.directory_file())
    hands.do("import, aperçu de l’annuaire", partial(screen.look_at, path))
    hands.do("import, retour à la liste", partial(hands.shell.run, "back"))


def _commands(hands: Hands) -> None:
    """What menus and keys do, place by place."""
    show, run = hands.shell.show_place, hands.shell.run
    show("schools")
    hands.settle()
    table = hands.shell.schools.table
    table.setFocus()
    hands.do("toutes les lignes choisies", table.selectAll)
    hands.do("toutes les lignes copiées", table.copy)
    for _ in range(2):
        hands.do("filtres des colonnes", partial(run, "filter_rows"))
    for place in ("home", "schools", "territories", "labels", "imports", "exchanges", "tools"):
        show(place)
        hands.settle()
        hands.do("aide", partial(run, "help"))
        _close_dialogs(hands)
        hands.do("actualiser", partial(run, "reload"))
    show("schools")
    hands.settle()
    for command in (
        "chase",
        "town_halls",
        "all_profiles",
        "export",
        "backup",
        "verify",
        "recovery",
    ):
        hands.do(f"commande {command}", partial(run, command))
        _close_dialogs(hands)
    for command in ("label_commission", "first_start", "settings"):
        hands.do(f"commande {command}", partial(run, command))
        hands.settle()
    hands.do("commande undo", partial(run, "undo"))
    hands.do("commande redo", partial(run, "redo"))


def _window(hands: Hands) -> None:
    show = hands.shell.show_place
    for command in ("shortcuts", "about", "operator", "columns"):
        hands.do(f"commande {command}", partial(hands.shell.run, command))
        _close_dialogs(hands)
    hands.do("accueil, première fois", partial(show, "home"))
    hands.do("outils, première fois", partial(show, "tools"))
    hands.do("données personnelles", partial(hands.shell.run, "personal_data"))
    places = ("home", "schools", "territories", "labels", "imports", "exchanges", "tools")
    for _ in range(2):
        for place in places:
            hands.do(f"place {place}, revue", partial(show, place))
    for theme in ("dark", "contrast", "light"):
        hands.do("autre apparence", partial(hands.shell.dress, theme))
    hands.shell.dress("dark")
    for place in places:
        hands.do(f"place {place}, après une autre apparence", partial(show, place))
        for size in ((900, 600), (1280, 720)):
            hands.do(f"taille de la fenêtre, {place}", partial(hands.frame.resize, *size))


def _close_dialogs(hands: Hands) -> None:
    from PySide6.QtWidgets import QDialog, QMenu

    for kind in (QDialog, QMenu):
        for opened in hands.frame.findChildren(kind):
            if opened.isVisible():
                opened.close()
    hands.settle()


def _sort(hands: Hands, name: str, table: Table) -> None:
    """Every column, both ways, then no more."""
    from PySide6.QtCore import Qt

    header = table.horizontalHeader()
    up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    for column in table.visible_columns():
        for order in (up, down):
            hands.do(name, partial(header.setSortIndicator, column, order))
    hands.do(f"{name}, retiré", partial(header.setSortIndicator, -1, up))


def _choose(hands: Hands, years: QWidget, year: str) -> Callable[[], None]:
    def choose() -> None:
        years.set_value(year)  # type: ignore[attr-defined]  # the picker of years
        hands.shell.say_year(year)

    return choose


def _type(field: QWidget, letters: Iterable[str]) -> None:
    from PySide6.QtTest import QTest

    QTest.keyClicks(field, "".join(letters))


def _key(widget: QWidget, name: str) -> None:
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    QTest.keyClick(widget, Qt.Key[name])


def _press_focus(hands: Hands, name: str) -> Callable[[], None]:
    def press() -> None:
        focus = hands.app.focusWidget()
        if focus is not None:
            _key(focus, name)

    return press
