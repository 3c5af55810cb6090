"""Bad rule files are refused with a sentence that names the file, the place and the key.

``frozen/`` holds one sound file of each format: it stays as it is when the shipped ones change.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from numecole_desktop.referentials.loader import load_reference, load_referential
from numecole_desktop.referentials.questionnaires import load_questionnaire
from numecole_desktop.referentials.strict import Fields, RuleFileError

FROZEN = Path(__file__).parent / "frozen"
REFERENTIAL = (FROZEN / "referential.toml").read_text("utf-8")
QUESTIONNAIRE = (FROZEN / "questionnaire.toml").read_text("utf-8")
REFERENCE = (FROZEN / "reference.toml").read_text("utf-8")

ROBOTS = '[[check]]\ncode = "many_robots"\nhard = false\nkind = "above"\nfields = ["A3"]\n'
DENIED = 'code = "ent_denied"\nhard = false\nkind = "no_but_connected"\nfields = ["A7"]\n'
ZERO = 'fields = ["A3"]\nother = "D1"\nusages = ["ROBOTIQUE"]\n'


def edit(text: str, before: str, after: str) -> bytes:
    """The file with the first occurrence of a text replaced."""
    assert before in text
    return text.replace(before, after, 1).encode()


def test_sound_files_are_read() -> None:
    assert load_referential(REFERENTIAL.encode(), "f.toml").id == "socle-2021"
    assert len(load_questionnaire(QUESTIONNAIRE.encode(), "f.toml").questions) == 14
    assert load_reference(REFERENCE.encode(), "f.toml")[0][0].schools == 1854


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        # ---- TOML itself
        ('id = "socle-2021"', "id = socle-2021", "f.toml, ligne 3, colonne 6 : écriture TOML"),
        ("[texts]", "[texts", "f.toml, ligne 62, colonne 7 : écriture TOML"),
        (
            'id = "socle-2021"',
            'id = "socle-2021"\nid = "autre"',
            "f.toml, ligne 4, colonne 13 : nom donné deux fois",
        ),
        ("[texts]", "[texts]\n[texts]", "f.toml, ligne 63, colonne 7 : nom donné deux fois"),
        # ---- keys
        ('id = "socle-2021"\n', "", "f.toml, referential : il manque « id »"),
        ("[referential]", "[referentiel]", "f.toml : il manque « referential »"),
        ('subject = "equipment"\n', "", "f.toml, referential : il manque « subject »"),
        ('id = "', 'ordre = 1\nid = "', "f.toml, referential : clé inconnue « ordre »"),
        ("[texts]", "[autre]\n[texts]", "f.toml : clé inconnue « autre »"),
        ('key = "bo-2021"', 'clé = "bo-2021"\nkey = "bo-2021"', "écriture TOML"),
        ('unit = "classes"', "", "f.toml, value n° 1 : il manque « unit »"),
        ('unit = "classes"', 'unité = "x"', "écriture TOML"),
        ('unit = "classes"', 'unit = "classes"\nprix = 1', "value n° 1 : clé inconnue « prix »"),
        ('key = "etat-2024"\n', "", "f.toml, source n° 2 : il manque « key »"),
        # ---- types
        ('id = "socle-2021"', "id = 2021", "referential : « id » doit être un texte"),
        ('value = "4"', "value = 4", "value n° 1 : « value » doit être un texte"),
        ("assumption = false", 'assumption = "non"', "« assumption » doit être true ou false"),
        ("effective = 2021-01-14", 'effective = "2021-01-14"', "doit être une date"),
        ("effective = 2021-01-14", "effective = 2021-01-14T10:00:00", "doit être une date"),
        ('sources = ["bo-2021"', 'sources = [1, "bo-2021"', "doit être une liste de textes"),
        ('sources = ["label", "profil"]', 'sources = "label"', "doit être une liste"),
        ("[texts]\n", "[[texts]]\n", "f.toml : « texts » doit être une table"),
        # ---- values
        ('value = "4"', 'value = "quatre"', "« value » n’est pas un nombre exact"),
        ('value = "1/2"', 'value = "1/0"', "« value » n’est pas un nombre exact"),
        ('value = "4"', 'value = "0"', "« classes_per_mobile_class » doit être au moins 1"),
        ('value = "4"', 'value = "4.5"', "« classes_per_mobile_class » n’est pas un nombre"),
        ('value = "1/2"', 'value = "5/4"', "« step_share » doit être une part"),
        ('first_year = "2020-2021"', 'first_year = "2020"', "« first_year ». L’année scolaire"),
        ('first_year = "2020-2021"', 'first_year = "2020-2022"', "doivent se suivre"),
        # ---- what holds together
        ('key = "step_share"', 'key = "step"', "ne contient pas la règle « step_share »"),
        (
            'key = "step_share"',
            'key = "devices_per_open_set"',
            "f.toml : la valeur « devices_per_open_set » apparaît deux fois",
        ),
        ('key = "label"', 'key = "profil"', "f.toml : la source « profil » apparaît deux fois"),
        ('sources = ["etat-2024"]', 'sources = ["etat"]', "doit citer une source de la liste"),
        ('sources = ["etat-2024"]', "sources = []", "doit citer une source de la liste"),
        ("headline_none =", "headline =", "f.toml, texts : il manque « headline_none »"),
        ("headline_2 =", "titre_2 =", "f.toml, texts : il manque « headline_2 »"),
    ],
)
def test_a_bad_referential_is_refused(before: str, after: str, says: str) -> None:
    with pytest.raises(RuleFileError) as refusal:
        load_referential(edit(REFERENTIAL, before, after), "f.toml")
    assert says in str(refusal.value).replace("\u00a0", " ")
    assert str(refusal.value).startswith("f.toml")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        # ---- head
        ('version = "2023-2024"\n', "", "f.toml, questionnaire : il manque « version »"),
        ('yes = ["oui"', 'yes = ["non"', "« non » ne peut pas dire à la fois oui et non"),
        ('"2024-2025"]', '"2025"]', "« published_years ». L’année scolaire « 2025 »"),
        ('first_year = "2020-2021"', 'first_year = "bientôt"', "« first_year »"),
        ("[questionnaire]", "[questionnaire]\nlangue = 1", "clé inconnue « langue »"),
        # ---- sections and questions
        ('code = "B"\n', 'code = "A"\n', "f.toml : la partie « A » apparaît deux fois"),
        ('code = "A"\ntitle', 'code = "E"\ntitle', "question n° 1 : la partie « A » n’est pas"),
        ('title = "Usages"\n', "", "section n° 4 : il manque « title »"),
        ('code = "A3"', 'code = "A1"', "f.toml : la question « A1 » apparaît deux fois"),
        ('code = "A3"', 'code = "a3"', "« code » doit être en majuscules"),
        ('code = "A3"', 'code = "A 3"', "« code » doit être en majuscules"),
        ('kind = "yes_no"', 'kind = "oui_non"', "type de réponse inconnu « oui_non »"),
        ('kind = "yes_no"', 'kind = "oui_non"', "integer, choice, yes_no, usages"),
        ('short = "Robots"\n', "", "question n° 3 : il manque « short »"),
        ('short = "Robots"', 'short = "Robots"\nordre = 3', "clé inconnue « ordre »"),
        ("maximum = 999999\n", "", "question n° 1 : il manque « maximum »"),
        ("minimum = 1\n", "minimum = 1000000\n", "« minimum » dépasse « maximum »"),
        ("minimum = 1\n", "minimum = 1.5\n", "« minimum » doit être un nombre entier"),
        ("minimum = 1\n", "minimum = true\n", "« minimum » doit être un nombre entier"),
        ('short = "Webradio"', 'short = "W"\nmaximum = 3', "question n° 4 : clé inconnue « maxi"),
        # ---- choices
        ('label = "ADSL" }', 'label = "Fibre" }', "la réponse « fibre » apparaît deux fois"),
        ('aliases = ["ne sait pas"', 'aliases = ["adsl"', "la réponse « adsl » apparaît deux"),
        ('code = "NSP", ', "", "question n° 2, choices n° 3 : il manque « code »"),
        ('code = "NSP"', 'code = "nsp"', "choices n° 3 : « code » doit être en majuscules"),
        ('code = "ADSL", label = "ADSL"', 'code = "ADSL", nom = "ADSL"', "il manque « label »"),
        ('label = "ADSL" }', 'label = "ADSL", prix = 3 }', "clé inconnue « prix »"),
        # ---- usages
        ('code = "ROBOTIQUE"', 'code = "PROGRAMMATION"', "l’usage « PROGRAMMATION » apparaît deux"),
        ('code = "ROBOTIQUE"', 'code = "Robotique"', "usage n° 6 : « code » doit être en maj"),
        ('label = "Robotique"\n', "", "usage n° 6 : il manque « label »"),
        ('label = "Robotique"', 'label = "R"\nicone = "r"', "usage n° 6 : clé inconnue « icone »"),
        # ---- checks
        (ROBOTS, ROBOTS.replace("above", "over"), "contrôle de type inconnu « over »"),
        (ROBOTS, ROBOTS.replace("above", "over"), "exceeds, above, changed"),
        (ROBOTS, ROBOTS.replace("many_robots", "B1_dropped"), "« B1_dropped » apparaît deux fois"),
        (ROBOTS, ROBOTS.replace("false", '"non"'), "« hard » doit être true ou false"),
        (ROBOTS, ROBOTS.replace('"A3"', ""), "« fields » est vide"),
        (ROBOTS, ROBOTS.replace("A3", "A9"), "la question « A9 » n’existe pas"),
        (ROBOTS, ROBOTS.replace("A3", "A4"), "la question « A4 » n’est pas du type integer"),
        (ROBOTS + "limit = 60\n", ROBOTS, "check n° 8 : il manque « limit »"),
        (ROBOTS, ROBOTS + 'icone = "!"\n', "check n° 8 : clé inconnue « icone »"),
        (DENIED, DENIED.replace("false", "true"), "« hard » doit être false, le contrôle no_but"),
        (DENIED, DENIED.replace("A7", "A3"), "la question « A3 » n’est pas du type yes_no"),
        (
            'fields = ["B1"]\nother = "A1"\n',
            'fields = ["B1"]\n',
            "check n° 1 : il manque « other »",
        ),
        ('other = "A1"', 'other = "A0"', "la question « A0 » n’existe pas"),
        ('other = "A1"', 'other = "A7"', "la question « A7 » n’est pas du type integer"),
        (ZERO, ZERO.replace('usages = ["ROBOTIQUE"]\n', ""), "il manque « usages »"),
        (ZERO, ZERO.replace("ROBOTIQUE", "ROBOT"), "l’usage « ROBOT » n’existe pas"),
        (ZERO, ZERO.replace("D1", "A1"), "la question « A1 » n’est pas du type usages"),
        ('share = "3/10"\n', "", "check n° 9 : il manque « share »"),
        ('share = "3/10"', 'share = "un tiers"', "« share » n’est pas un nombre exact"),
        ("{value:robot}", "{valeur}", "« message » ne peut pas être rempli, ce contrôle connaît"),
        ("{value:robot}", "{before}", "{value}, {limit}, {share}"),
        ("{value:robot}", "{value", "« message » ne peut pas être rempli"),
        ("{value:robot}", "{}", "« message » ne peut pas être rempli"),
        ("{value:robot}", "{value.nom}", "« message » ne peut pas être rempli"),
        ("{value:robot}", "{value[0]}", "« message » ne peut pas être rempli"),
    ],
)
def test_a_bad_questionnaire_is_refused(before: str, after: str, says: str) -> None:
    with pytest.raises(RuleFileError) as refusal:
        load_questionnaire(edit(QUESTIONNAIRE, before, after), "f.toml")
    assert says in str(refusal.value).replace("\u00a0", " ")
    assert str(refusal.value).startswith("f.toml")


@pytest.mark.parametrize(
    "choices",
    ["choices = []", 'choices = "ADSL"', 'choices = ["ADSL"]', "choices = 3", ""],
)
def test_choices_that_are_no_list_of_choices_are_refused(choices: str) -> None:
    begin = QUESTIONNAIRE.index("choices = [")
    end = QUESTIONNAIRE.index("]\n\n", begin) + 1
    text = QUESTIONNAIRE[:begin] + choices + QUESTIONNAIRE[end:]
    with pytest.raises(RuleFileError, match=r"^f\.toml, question n°\u00a02.*choices"):
        load_questionnaire(text.encode(), "f.toml")


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ('name = "Montpellier"\n', "", "f.toml, academy n° 1 : il manque « name »"),
        ('year = "2023-2024"', 'year = "2023"', "academy n° 1 : « year ». L’année scolaire"),
        ("schools = 1854", 'schools = "1854"', "« schools » doit être un nombre entier"),
        ("schools = 1854", "schools = 1854\npages = 49", "clé inconnue « pages »"),
        ("schools_socle = 32", "schools_scole = 32", "« schools_scole » n’est le nom d’aucun"),
        ("schools_socle = 32", "schools_socle = 31.6", "« schools_socle » doit être un nombre"),
        ('share = "9/10"\n', "", "f.toml, coverage : il manque « share »"),
        ("assumption = true", "assumption = true\nsource = 1", "clé inconnue « source »"),
        ("[coverage]", "[autre]\n[coverage]", "f.toml : clé inconnue « autre »"),
    ],
)
def test_bad_reference_figures_are_refused(before: str, after: str, says: str) -> None:
    with pytest.raises(RuleFileError) as refusal:
        load_reference(edit(REFERENCE, before, after), "f.toml")
    assert says in str(refusal.value).replace("\u00a0", " ")
    assert str(refusal.value).startswith("f.toml")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16"])
def test_a_rule_file_that_is_not_utf_8_is_refused(encoding: str) -> None:
    with pytest.raises(RuleFileError, match=r"f\.toml.*n’est pas en UTF-8"):
        load_referential(REFERENTIAL.replace("×", "x").encode(encoding, "replace"), "f.toml")


def test_a_file_cut_short_is_refused() -> None:
    with pytest.raises(RuleFileError, match=r"^f\.toml, "):
        load_referential(REFERENTIAL[: REFERENTIAL.index("[[value]]") - 3].encode(), "f.toml")
    with pytest.raises(RuleFileError, match=r"^f\.toml, fin du fichier"):
        load_referential(b'[referential]\nid = """abc', "f.toml")


def test_words_for_yes_and_no_may_be_written_with_accents_and_capitals() -> None:
    text = edit(QUESTIONNAIRE, 'yes = ["oui"', 'yes = ["Tout à fait", "oui"')
    questionnaire = load_questionnaire(text, "f.toml")
    question = questionnaire.question("A4")
    assert questionnaire.read(question, "tout a fait") is True


def test_another_subject_needs_none_of_the_values_of_the_index() -> None:
    text = REFERENTIAL.replace('subject = "equipment"', 'subject = "ent"')
    text = text.replace('key = "step_share"', 'key = "project_share"')
    assert load_referential(text.encode(), "f.toml").subject == "ent"


def test_an_exact_number_may_be_left_out_when_it_has_a_default() -> None:
    assert Fields({}, "f.toml").fraction("share", "1/3").denominator == 3


def test_a_questionnaire_may_have_no_check_but_not_no_source() -> None:
    without = QUESTIONNAIRE[: QUESTIONNAIRE.index("\n[[check]]")]
    assert load_questionnaire(without.encode(), "f.toml").checks == ()
    begin, end = without.index("[[source]]"), without.index("[[section]]")
    with pytest.raises(RuleFileError, match=r"il manque.*source"):
        load_questionnaire((without[:begin] + without[end:]).encode(), "f.toml")
