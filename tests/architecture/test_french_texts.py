"""French as it is written here: the same typography and the same words everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import pytest

from tests.architecture.french_texts import Text, data_texts, guide_texts, package_texts

# Their sentences reach the user through one place that makes these spaces no-break.
SPACED_LATER = (
    "numecole_desktop/importers/",
    "numecole_desktop/referentials/",
    "numecole_desktop/storage/",
    "numecole_desktop/sync/",
    "numecole_desktop/ui/commands.py",
    "resources/",
    "docs/guide/",
)
HEADINGS = "resources/imports/"
"""Headings of columns as other people's files write them."""
PLAIN_SPACE = re.compile(r"[\w»)}…] [:;?!%»](?!\w|:)|« \w|«[\w{]")
NARROW = re.compile(r"\u202f[:;?!%»]|«\u202f")
"""Narrow spaces part thousands alone."""
STRAIGHT = re.compile(
    r"\b(?:[ldnjmtsc]|qu|jusqu|lorsqu|puisqu|aujourd)'(?=[a-zàâéèêhœ«{])", re.IGNORECASE
)
BARE_CAPITAL = re.compile(
    r"\b(?:Ecol|Etat|Etap|Eta(?:bl|t)|Evol|Echang|Echec|Ech[ée]an|Ecrit|Ecrir|Ecart|Equip|El[èe]ve|"
    r"Editer|Elément|Enonc|Epui)[a-zéè]*|\bA (?=propos|faire|relancer|revoir|jour\b|venir)"
)
WORD = re.compile(r"[^\s\u00a0]*[\w{][^\s\u00a0]*")
MOST_WORDS = 25
# What one reads elsewhere for the same thing, or only a developer would say.
OTHER_WORDS = {
    r"code de secours": "code de récupération",
    r"\b[KMG]io\b": "Ko, Mo (domain.french.file_size)",
    r"\be-?mails?\b|\bmails? ": "courriel, message",
    r"\btoken\b|\bnull\b|\bNone\b|\buuid\b|\bhash\b": "un mot que l’on comprend",
    r"\bcliquez sur le bouton\b|\bcliquer sur\b": "le nom de l’action",
    r"\bconflits?\b": "désaccord",
    r"\barbitrages?\b": "trancher un désaccord",
    r"\bdigital(?:e|aux|es)?\b|\bsupprimé avec succès\b|\bavec succès\b": "numérique, enregistré",
    r"\bVeuillez\b|\bMerci de (?!votre)": "l’impératif",
    r"\(s\)|\(e\)|·e\b": "l’accord avec le nombre",
    r"\.\.\.": "…",
    r"\b1 (?:écoles|classes|lignes|élèves|jours|dossiers|postes)\b": "le singulier",
}


@cache
def every() -> tuple[Text, ...]:
    return (*package_texts(), *data_texts(), *guide_texts())


def found(rule: re.Pattern[str], texts: Iterable[Text]) -> list[str]:
    return [f"{where}: {text}" for where, text in texts if rule.search(text)]


def test_the_texts_are_those_that_are_shown() -> None:
    texts = {text for _, text in every()}
    assert "Relancer l&es écoles…" in texts
    assert "Fichier\u00a0: {}. Restaurez une sauvegarde." in texts
    assert "Année scolaire {year}" in texts
    assert len(texts) > 2000


def test_spaces_before_double_signs_do_not_break() -> None:
    texts = [(where, text) for where, text in every() if not where.startswith(SPACED_LATER)]
    assert found(PLAIN_SPACE, texts) == []
    assert found(NARROW, every()) == []


def test_a_sentence_is_read_in_one_breath() -> None:
    long = [
        f"{where}: {sentence}"
        for where, text in package_texts()
        for sentence in re.split(r"(?<=[.!?])\s", text)
        if len(WORD.findall(sentence)) > MOST_WORDS
    ]
    assert long == []


def test_apostrophes_are_typographic() -> None:
    ours = [(where, text) for where, text in every() if not where.startswith(HEADINGS)]
    assert found(STRAIGHT, ours) == []


def test_capitals_have_their_accents() -> None:
    assert found(BARE_CAPITAL, every()) == []


@pytest.mark.parametrize("words", OTHER_WORDS)
def test_one_thing_has_one_name(words: str) -> None:
    assert found(re.compile(words, re.IGNORECASE), every()) == [], OTHER_WORDS[words]
