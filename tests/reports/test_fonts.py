import unicodedata
from pathlib import Path

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase.pdfdoc import PDFDocument

from numecole_desktop.reports.fonts import BASIC_SET, EmbeddedFont, Weight, font

REGULAR = font(Weight.REGULAR)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("École d’été", "École d’été"),
        ("E\u0301cole", "École"),
        ("1\u202f234\u00a0€", "1\u202f234\u00a0€"),
        ("une\nligne\tsuivante", "une ligne suivante"),
        ("de\u00adcoupé\u200b", "decoupé"),
        ("☃", "[…]"),
        ("Müller ≤ Şahin → 中", "Müller ≤ Şahin → […]"),
        ("École مدرسة، 中文 (北)", "École […] ([…])"),
        ("Bravo 👍🏽 🎉 à tous ❤️", "Bravo […] à tous […]"),
        ("L’Œuvre d’Æthelred à L’Haÿ, Ÿ", "L’Œuvre d’Æthelred à L’Haÿ, Ÿ"),
        ("Escòla Iñaki, Col·legi Paral·lel", "Escòla Iñaki, Col·legi Paral·lel"),
        ("ﬁn", "fin"),
        ("\u2009!", "\u202f!"),
        ("A ≠ B", "A =/= B"),
    ],
)
def test_text_is_spelt_with_the_font(text: str, written: str) -> None:
    assert REGULAR.spell(text) == written


@given(st.text())
def test_nothing_is_written_that_the_font_lacks(text: str) -> None:
    spelt = REGULAR.spell(text)
    assert all(ord(character) in REGULAR.face.charToGlyph for character in spelt)
    assert REGULAR.spell(spelt) == spelt


@given(st.characters(categories=["L", "N", "S"]))
def test_no_letter_or_sign_vanishes(character: str) -> None:
    assert REGULAR.spell(character).strip()


@given(st.text(alphabet=sorted(set(BASIC_SET) | {" ", "\u00a0"})))
def test_basic_texts_have_the_codes_of_any_other_way(text: str) -> None:
    document = PDFDocument()
    REGULAR.start(document)
    fast = b"".join(codes for _, codes in REGULAR.encode(text, document))
    slow = b"".join(codes for _, codes in REGULAR.splitString(text, document))
    assert fast == slow


def test_rare_characters_fall_in_further_subsets() -> None:
    document = PDFDocument()
    REGULAR.start(document)
    rare = "".join(
        chr(code)
        for code in sorted(REGULAR.face.charToGlyph)
        if code > 0xA0 and unicodedata.category(chr(code)).startswith("L")
    )
    pieces = REGULAR.encode(rare, document)
    assert {subset for subset, _ in pieces} == {0, 1}
    assert sum(len(codes) for _, codes in pieces) == len(rare)


def test_narrow_space_becomes_a_no_break_space_where_the_font_lacks_it(tmp_path: Path) -> None:
    path = tmp_path / "plain.ttf"
    source = TTFont(
        Path(__file__).resolve().parents[2] / "resources" / "fonts" / "PublicSans-Regular.ttf"
    )
    subsetter = Subsetter(Options(notdef_outline=True))
    subsetter.populate(unicodes=[*range(0x20, 0x7F), 0xA0, 0xE9])
    subsetter.subset(source)
    source.save(path)
    plain = EmbeddedFont("plain", str(path))
    assert plain.spell("1\u202f234 → été Ÿ") == "1\u00a0234 -> été Y"
    assert plain.spell("œ") == "[…]"
