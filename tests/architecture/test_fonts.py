"""The embedded fonts can write every character that the application shows."""

import ast
import re
import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
FONTS = sorted((ROOT / "resources" / "fonts").glob("*.ttf"))
FRENCH = "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆàâäçéèêëîïôöùûüÿœæ’‘“”«»–—…€•·−×≥≤→\u00a0\u202f\u2011"


def strings(value: object) -> Iterator[str]:
    """Every string in a TOML document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from strings(inner)


def literals(tree: ast.Module) -> Iterator[str]:
    """Every string in a source file except its docstrings."""
    docstrings = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in docstrings:
            yield from strings(node.value)


def shown_characters() -> dict[str, str]:
    """Characters beyond ASCII in the texts of the package and of the rules, with a file each.

    A text has a word; a table of characters to recognise or to replace has none.
    """
    texts = [
        (text, path.name)
        for path in (ROOT / "resources").rglob("*.toml")
        for text in strings(tomllib.loads(path.read_text("utf-8")))
    ]
    texts += [
        (text, path.name)
        for path in (ROOT / "numecole_desktop").rglob("*.py")
        for text in literals(ast.parse(path.read_text("utf-8")))
    ]
    return {
        char: name
        for text, name in texts
        if re.search(r"[a-z]{2}", text)
        for char in text
        if ord(char) > 0x7F and unicodedata.category(char) != "Cf"  # invisible
    }


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_a_font_covers_french_and_may_be_embedded(path: Path) -> None:
    font = TTFont(path)
    covered = set(font.getBestCmap())
    assert [char for char in FRENCH if ord(char) not in covered] == []
    assert {
        char: file for char, file in shown_characters().items() if ord(char) not in covered
    } == {}
    assert font["OS/2"].fsType == 0
    assert font["name"].getDebugName(1) == "Public Sans"


@pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)
def test_digits_are_of_equal_width(path: Path) -> None:
    font = TTFont(path)
    cmap = font.getBestCmap()
    assert len({font["hmtx"][cmap[ord(digit)]][0] for digit in "0123456789"}) == 1


def test_the_two_faces_and_their_licence_are_there() -> None:
    assert [path.stem for path in FONTS] == ["PublicSans-Bold", "PublicSans-Regular"]
    assert "SIL OPEN FONT LICENSE" in (ROOT / "resources/fonts/OFL.txt").read_text("utf-8")
