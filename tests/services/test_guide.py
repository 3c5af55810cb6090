"""The user guide holds together: its links lead somewhere, its words are those of the screens."""

import re
from pathlib import Path

import pytest

from numecole_desktop.services import guide
from tests.architecture.french_texts import package_strings

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "docs" / "guide"
HEAVIEST = 3_000_000  # bytes, all pictures together
LINK = re.compile(r"(!?)\[[^\]]*\]\(([^)]+)\)")
BOLD = re.compile(r"\*\*([^*]+)\*\*")


def links(picture: bool) -> set[str]:
    """Targets of the links of every page, or of its pictures."""
    return {
        target
        for page in guide.pages()
        for mark, target in LINK.findall(page.text)
        if bool(mark) == picture
    }


def topics() -> set[str]:
    """Every « page » and « page#section »."""
    return {
        f"{page.name}#{guide.section_slug(heading)}" if heading else page.name
        for page in guide.pages()
        for heading, _ in guide.sections(page.text)
    }


def test_the_index_leads_to_every_page() -> None:
    assert {page.name for page in guide.pages()} == {path.stem for path in FOLDER.glob("*.md")}
    assert guide.pages()[0].name == guide.INDEX


def test_every_link_leads_to_a_page_and_a_section() -> None:
    assert links(picture=False)
    assert {target.replace(".md", "", 1) for target in links(picture=False)} <= topics()


def test_sections_of_a_page_have_names_of_their_own() -> None:
    for page in guide.pages():
        names = [guide.section_slug(heading) for heading, _ in guide.sections(page.text)]
        assert len(set(names)) == len(names), page.name


def test_pictures_are_those_that_pages_show_and_are_light() -> None:
    stored = {f"images/{path.name}" for path in (FOLDER / "images").glob("*")}
    assert links(picture=True) == stored
    assert all(guide.picture(name).startswith(b"\x89PNG") for name in stored)
    assert sum(len(guide.picture(name)) for name in stored) < HEAVIEST


def test_a_picture_says_what_it_shows() -> None:
    for page in guide.pages():
        assert all(re.findall(r"!\[([^\]]*)\]", page.text)), page.name


def test_what_is_bold_is_written_on_a_screen() -> None:
    shown = {text for where, text in package_strings() if where.startswith("numecole_desktop/ui/")}
    written = {text.replace("&", "") for text in shown}
    absent = {
        (page.name, words)
        for page in guide.pages()
        for words in BOLD.findall(page.text)
        if words not in written
    }
    assert absent == set()


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("saisir", "saisie"),
        ("RECUPERATION", "outils#code-de-recuperation"),
        ("desaccord", "echanges#desaccords"),
        ("effacer personne", "donnees-personnelles#effacer-une-personne"),
    ],
)
def test_words_are_found_without_accents_titles_first(words: str, first: str) -> None:
    assert guide.search(words)[0].topic == first


def test_every_word_must_be_there() -> None:
    assert guide.search("sauvegarde chaussette") == ()
    assert guide.search("  ") == ()


def test_what_is_found_can_be_opened() -> None:
    assert {hit.topic for hit in guide.search("lot")} <= topics()


def test_an_unknown_page_is_said() -> None:
    with pytest.raises(KeyError):
        guide.page("chaussette")
    assert guide.picture("images/chaussette.png") == b""
