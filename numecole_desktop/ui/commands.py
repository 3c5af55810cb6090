"""Every command of the window in one table: menus, shortcuts, the list shown by Ctrl+?, tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from numecole_desktop.domain.french import sentence_spaces

Handlers = Mapping[str, Callable[[], None]]
"""What can be done now: a function by name of command."""


class Command:
    """One command: its menu, its text there, its keys, and a sentence for the list of shortcuts.

    ``menu`` is empty for a key that is handled by the field or the table itself (Entrée, chiffres):
    it appears in the list only. ``gap`` puts a separator above.
    """

    __slots__ = ("gap", "keys", "menu", "name", "said", "text")

    def __init__(
        self, name: str, menu: str, text: str, keys: str = "", said: str = "", gap: bool = False
    ) -> None:
        self.name = name
        self.menu = menu
        self.text = text
        self.keys = tuple(keys.split(" ")) if keys else ()
        self.said = sentence_spaces(said or text.rstrip("…").replace("&", ""))
        self.gap = gap


MENUS = ("&Fichier", "É&dition", "É&cole", "Déc&laration", "&Affichage", "&Outils", "A&ide")
_FILE, _EDIT, _SCHOOL, _FORM, _VIEW, _TOOLS, _HELP = MENUS

COMMANDS: tuple[Command, ...] = (
    Command("import", _FILE, "&Importer un fichier…", "Ctrl+I"),
    Command("export", _FILE, "&Exporter les données…"),
    Command("prepare_batch", _FILE, "Préparer un &lot signé", "Ctrl+Shift+L", gap=True),
    Command("receive_file", _FILE, "Re&cevoir un lot ou une carte…", "Ctrl+Shift+I"),
    Command("export_pdf", _FILE, "Exporter le &profil en PDF…", "Ctrl+E", gap=True),
    Command("all_profiles", _FILE, "&Tous les profils en PDF…"),
    Command(
        "town_halls",
        _FILE,
        "Profils des m&airies en PDF…",
        said="Territoires : profils à remettre aux mairies",
    ),
    Command("print", _FILE, "I&mprimer le profil…", "Ctrl+P"),
    Command("backup", _FILE, "&Sauvegarder la base…", gap=True),
    Command("restore", _FILE, "&Restaurer une sauvegarde…"),
    Command("open_sample", _FILE, "Explorer l’e&xemple", gap=True),
    Command("open_own", _FILE, "Re&venir à ma base"),
    Command("quit", _FILE, "&Quitter", "Ctrl+Q", gap=True),
    Command(
        "undo", _EDIT, "&Annuler", "Ctrl+Z", "Annuler la dernière action, ou la dernière saisie"
    ),
    Command(
        "redo", _EDIT, "&Rétablir", "Ctrl+Shift+Z Ctrl+Y", "Rétablir ce qui vient d’être annulé"
    ),
    Command(
        "palette",
        _EDIT,
        "Rechercher &partout…",
        "Ctrl+K",
        "Rechercher partout : école, territoire, commande",
        gap=True,
    ),
    Command("find", _EDIT, "R&echercher dans la liste des écoles", "Ctrl+F"),
    Command("open", _SCHOOL, "&Ouvrir la fiche", "Ctrl+O"),
    Command("edit", _SCHOOL, "&Saisir la déclaration", "F2"),
    Command("previous_school", _SCHOOL, "École &précédente de la liste", "Ctrl+PgUp", gap=True),
    Command("next_school", _SCHOOL, "École sui&vante de la liste", "Ctrl+PgDown"),
    Command("list_figures", _SCHOOL, "&Chiffres des écoles listées", "Ctrl+T", gap=True),
    Command(
        "chase",
        _SCHOOL,
        "Relancer l&es écoles…",
        "Ctrl+R",
        "Relancer les écoles de la liste qui n’ont pas déclaré",
    ),
    Command("label_open", _SCHOOL, "Dossier de &label", "Ctrl+L", gap=True),
    Command("label_new", _SCHOOL, "&Nouveau dossier de label…", "Ctrl+N"),
    Command(
        "label_commission",
        _SCHOOL,
        "Co&mmission du label",
        "Ctrl+M",
        "Commission du label : les dossiers l’un après l’autre",
    ),
    Command("back", _SCHOOL, "&Revenir", "Esc Alt+Left", gap=True),
    Command(
        "unchanged",
        _FORM,
        "&Inchangé",
        "F4",
        "Inchangé : reprendre la réponse précédente et passer à la question suivante",
    ),
    Command(
        "all_unchanged",
        _FORM,
        "Reprendre &toutes les réponses manquantes",
        "Shift+F4",
        "Reprendre les réponses précédentes à toutes les questions sans réponse",
    ),
    Command("next_finding", _FORM, "Point à revoir &suivant", "F8", gap=True),
    Command("confirm_check", _FORM, "&Confirmer le point à revoir", "F9"),
    Command(
        "save_now",
        _FORM,
        "&Enregistrer maintenant",
        "Ctrl+S",
        "Enregistrer maintenant (la saisie s’enregistre déjà toute seule)",
        gap=True,
    ),
    Command("submit", _FORM, "&Valider", "Ctrl+Shift+Return Ctrl+Shift+Enter", gap=True),
    Command("submit_next", _FORM, "Valider et &école suivante", "Ctrl+Return Ctrl+Enter"),
    Command("go_home", _VIEW, "Acc&ueil", "Ctrl+0", "Aller à l’accueil"),
    Command("go_schools", _VIEW, "É&coles", "Ctrl+1", "Aller aux écoles"),
    Command("go_territories", _VIEW, "&Territoires", "Ctrl+2", "Aller aux territoires"),
    Command("go_labels", _VIEW, "La&bels", "Ctrl+3", "Aller aux dossiers de label"),
    Command("go_imports", _VIEW, "&Imports", "Ctrl+4", "Aller aux imports"),
    Command("go_exchanges", _VIEW, "Éc&hanges", "Ctrl+5", "Aller aux échanges"),
    Command("go_tools", _VIEW, "&Outils", "Ctrl+6", "Aller aux outils"),
    Command("tab_1", _VIEW, "Profil", "Alt+1", "Fiche : onglet Profil", gap=True),
    Command("tab_2", _VIEW, "Évolutions", "Alt+2", "Fiche : onglet Évolutions"),
    Command("tab_3", _VIEW, "Usages", "Alt+3", "Fiche : onglet Usages"),
    Command("tab_4", _VIEW, "Impression", "Alt+4", "Fiche : onglet Impression"),
    Command("tab_5", _VIEW, "Et si…\u00a0?", "Alt+5", "Fiche : onglet Et si…\u00a0?"),
    Command("zoom_in", _VIEW, "A&grandir l’aperçu", "Ctrl++ Ctrl+=", gap=True),
    Command("zoom_out", _VIEW, "&Réduire l’aperçu", "Ctrl+-"),
    Command("filter_rows", _VIEW, "&Filtrer par colonne", "Ctrl+Shift+F", gap=True),
    Command("columns", _VIEW, "Choisir &les colonnes…"),
    Command("reload", _VIEW, "&Actualiser", "F5"),
    Command("verify", _TOOLS, "&Vérifier la base"),
    Command("settings", _TOOLS, "&Réglages…", "Ctrl+,"),
    Command("first_start", _TOOLS, "&Mise en route…"),
    Command("operator", _TOOLS, "&Qui saisit sur ce poste…"),
    Command("recovery", _TOOLS, "&Code de récupération…"),
    Command("personal_data", _TOOLS, "&Données personnelles…"),
    Command("help", _HELP, "&Aide sur cet écran", "F1"),
    Command("shortcuts", _HELP, "&Raccourcis clavier", "Ctrl+?"),
    Command("about", _HELP, "À &propos de Numécole"),
    Command("", "", "", "Enter", "Liste : ouvrir la fiche de l’école"),
    Command("", "", "", "Down", "Recherche : aller dans la liste"),
    Command("", "", "", "Esc", "Recherche : vider, puis revenir à la liste"),
    Command("", "", "", "Ctrl+Enter", "Rechercher partout : saisir la déclaration de l’école"),
    Command("", "", "", "Enter", "Saisie : question suivante"),
    Command("", "", "", "Shift+Enter", "Saisie : question précédente"),
    Command("", "", "", "1 2 3", "Saisie : choisir la première, la deuxième, la troisième réponse"),
    Command(
        "", "", "", "O N", "Saisie : répondre Oui ou Non (ou la première lettre de la réponse)"
    ),
    Command("", "", "", "Backspace", "Saisie : d’une question vide, revenir à la précédente"),
    Command("", "", "", "0 1 2 3", "Commission du label : avis sur le critère, ou niveau décidé"),
    Command("", "", "", "Ctrl+Enter", "Dossier de label : étape suivante"),
    Command("", "", "", "1 2 3 4", "Désaccord : choisir une valeur, ou en donner une autre"),
    Command("", "", "", "Ctrl+C", "Tableaux : copier les lignes choisies"),
    Command("", "", "", "Ctrl+A", "Tableaux : choisir toutes les lignes"),
    Command("", "", "", "Shift+F10", "Tableaux : menu (copier, filtrer, colonnes)"),
)

_KEYS = (
    ("Retour", "Entrée"),
    ("Enter", "Entrée"),
    ("Page préc", "Page précédente"),
    ("Page suiv", "Page suivante"),
    ("Effacement", "Retour arrière"),
)
"""Keys that Qt's French names otherwise than keyboards and our sentences do."""


_UNSHIFTED = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))
"""What the keys of the digits give without Maj on a French keyboard."""


def all_keys(commands: Iterable[Command]) -> dict[str, tuple[str, ...]]:
    """The keys of commands by name, and those that a French keyboard presses for their digits.

    « Ctrl+2 » is Ctrl and the key « é 2 », with or without Maj; but what another command was
    given (« Ctrl+- ») stays its own.
    """
    listed = tuple(commands)
    given = {key for command in listed for key in command.keys}
    found = {}
    for command in listed:
        digits = [key for key in command.keys if key[-2:-1] == "+" and key[-1] in _UNSHIFTED]
        twins = [key[:-1] + _UNSHIFTED[key[-1]] for key in digits]
        found[command.name] = (*command.keys, *(key for key in twins if key not in given))
    return found


def keys_shown(command: Command) -> str:
    """The keys of a command as French keyboards name them (« Ctrl+Maj+Z ou Ctrl+Y »)."""
    from PySide6.QtGui import QKeySequence

    native = QKeySequence.SequenceFormat.NativeText
    shown = [QKeySequence(key).toString(native) or key for key in command.keys]
    for qt, ours in _KEYS:
        shown = [text.replace(qt, ours) for text in shown]
    return " ou ".join(dict.fromkeys(shown))
