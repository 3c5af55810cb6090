"""Texts of the reports: French typography, and every word that a text asks for is given."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from numecole_desktop.reports.settings import section
from numecole_desktop.reports.texts import Texts
from numecole_desktop.shipped import shipped


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


FILES = sorted((Path(str(shipped("resources"))) / "reports").glob("*.toml"))
ALL = sorted(
    {
        text
        for file in FILES
        if file.stem != "style"
        for text in strings(tomllib.loads(file.read_text("utf-8")))
    }
)


@pytest.mark.parametrize("text", ALL)
def test_texts_follow_french_typography(text: str) -> None:
    assert not re.search(r" [:;?!%»]|« |[^\u00a0\u202f:/][;?!%»](?!\w)", text)
    assert "'" not in text
    assert '"' not in text
    assert "..." not in text


def test_words_are_put_in_place() -> None:
    assert Texts("common")("year", year="2023-2024") == "Année scolaire 2023-2024"
    assert Texts("school_profile")("uai", "identity") == "UAI"


def test_a_missing_text_or_word_is_an_error() -> None:
    texts = Texts("common")
    with pytest.raises(KeyError, match="absent"):
        texts("absent")
    with pytest.raises(KeyError, match="year"):
        texts("year", month=3)


def test_a_table_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KeyError, match="absente"):
        section("style", "absente")
