"""Six words say which batch was taken in, by whom, and how far."""

from __future__ import annotations

from dataclasses import replace

import pytest

from numecole_desktop.referentials.resources import resource
from numecole_desktop.sync.receipt import complete_receipt, load_words, receipt_of, same_words
from tests.sync.support import COUNTS, batch, digest, journal, key

WORDS = load_words(resource("sync/words.toml").read_bytes(), "words.toml")
HEADS = batch("lea", "circo").heads
HASH = digest(b"payload")
EXPECTED = complete_receipt(HASH, HEADS, key("circo").kid)


def test_whoever_took_in_everything_says_the_words_expected() -> None:
    have = {journal("lea"): COUNTS["lea"] + 40, journal("circo"): 2, journal("zoe"): 7}
    said = receipt_of(HASH, HEADS, key("circo").kid, have)
    assert said.words(WORDS) == EXPECTED.words(WORDS)
    assert len(said.words(WORDS)) == 6


def test_anything_else_gives_other_words() -> None:
    gap = receipt_of(HASH, HEADS, key("circo").kid, {journal("lea"): 1, journal("circo"): 2})
    nothing = receipt_of(HASH, HEADS, key("circo").kid, {})
    others = (
        gap,
        nothing,
        replace(EXPECTED, batch=digest(b"other")),
        replace(EXPECTED, receiver=key("lea").kid),
    )
    assert len({r.words(WORDS) for r in (EXPECTED, *others)}) == 5


def test_the_order_of_journals_does_not_count() -> None:
    turned = replace(EXPECTED, have=dict(reversed(list(EXPECTED.have.items()))))
    assert turned.words(WORDS) == EXPECTED.words(WORDS)


def test_words_are_compared_as_they_are_heard() -> None:
    words = EXPECTED.words(WORDS)
    assert same_words(" ".join(words), words)
    assert same_words(f"  {', '.join(word.upper() for word in words)}. ", words)
    assert not same_words(" ".join(reversed(words)), words)
    assert not same_words(" ".join(words[:5]), words)


def test_no_two_words_are_one_letter_apart() -> None:
    known = set(WORDS)
    wrong: set[str] = set()
    for word in WORDS:
        assert 4 <= len(word) <= 8
        spots = range(len(word))
        assert not {word[:i] + word[i + 1 :] for i in spots} & known, word
        forms = {word[:i] + "?" + word[i + 1 :] for i in spots}
        assert not forms & wrong, word
        wrong |= forms


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (WORDS[:-1], "2047"),
        ((*WORDS[:-1], WORDS[0]), "distincts"),
        ((*WORDS[:-1], "école"), "école"),
        ((*WORDS[:-1], "deux mots"), "deux mots"),
    ],
)
def test_a_wrong_list_is_refused(words: tuple[str, ...], reason: str) -> None:
    text = 'source = "x"\nwords = [' + ",".join(f'"{word}"' for word in words) + "]"
    with pytest.raises(ValueError, match=reason):
        load_words(text.encode(), "words.toml")


def test_the_words_of_a_known_receipt_never_change() -> None:
    assert " ".join(EXPECTED.words(WORDS)) == "baraque digne paysan tombola devant courbe"


def test_a_file_that_is_no_list_names_itself() -> None:
    with pytest.raises(ValueError, match=r"words\.toml"):
        load_words(b"words = 3", "words.toml")
