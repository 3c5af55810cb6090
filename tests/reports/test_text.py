from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.text import shorten, wrap

BODY = styles().body
WORDS = st.lists(
    st.text(alphabet="abcdeéèà’-0123456789", min_size=1, max_size=30), min_size=1, max_size=30
)


@given(WORDS, st.floats(60, 400))
def test_lines_hold_the_width_and_every_letter(words: list[str], width: float) -> None:
    text = " ".join(words)
    lines = wrap(text, BODY, width)
    assert all(BODY.width(line) <= width + 0.01 for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(WORDS)
def test_a_wide_column_keeps_one_line(words: list[str]) -> None:
    assert wrap(" ".join(words), BODY, 10_000) == (" ".join(words),)


def test_no_break_spaces_hold() -> None:
    text = "le seuil de 50\u00a0% (4\u00a0classes) est atteint\u00a0: bien"
    for width in range(60, 200, 7):
        lines = wrap(text, BODY, float(width))
        assert any("50\u00a0%" in line for line in lines)
        assert any("4\u00a0classes" in line for line in lines)
        assert any("atteint\u00a0:" in line for line in lines)


def test_a_long_word_breaks_after_a_hyphen() -> None:
    lines = wrap("Saint-Jean-de-Maruéjols-et-Avéjan", BODY, 90)
    assert lines[0].endswith("-")
    assert "".join(lines) == "Saint-Jean-de-Maruéjols-et-Avéjan"


def test_a_long_word_begins_on_the_line_before_it_when_a_hyphen_allows() -> None:
    text = "51290 Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"
    assert wrap(text, BODY, 150)[0] == "51290 Saint-Remy-en-Bouzemont-"
    assert wrap("Anticonstitutionnellement-dit " + "x" * 90, BODY, 150)[0].endswith("-dit")


def test_an_empty_text_is_one_empty_line() -> None:
    assert wrap("", BODY, 100) == ("",)


@given(st.text(alphabet="abcdé ", max_size=80), st.floats(20, 200))
def test_shortened_text_fits(text: str, width: float) -> None:
    short = shorten(text, BODY, width)
    assert BODY.width(short) <= width
    assert short == text or (short.endswith("…") and text.startswith(short[:-1]))
