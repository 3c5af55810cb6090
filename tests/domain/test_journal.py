"""Chains of events: every kind of break is found, at its first place."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.journal import (
    ABSENT,
    GENESIS_HASH,
    RecordKind,
    Source,
    body_hash,
    first_break,
)


class Link(NamedTuple):
    """One stored event, as ``first_break`` reads it."""

    journal: str
    n: int
    stored: str
    actual: str
    previous: str


def chain(journal: str, length: int) -> list[Link]:
    """An unbroken journal."""
    links, previous = [], GENESIS_HASH
    for n in range(1, length + 1):
        own = body_hash(f"{journal} {n} {previous}".encode())
        links.append(Link(journal, n, own, own, previous))
        previous = own
    return links


def test_a_hash_is_sha_256_of_the_bytes() -> None:
    assert body_hash(b"abc") == hashlib.sha256(b"abc").hexdigest()
    assert len(GENESIS_HASH) == len(body_hash(b""))


@given(st.lists(st.integers(0, 6), max_size=4))
def test_unbroken_journals_have_no_break(lengths: list[int]) -> None:
    links = [link for i, length in enumerate(lengths) for link in chain(f"j{i}", length)]
    assert first_break(links) is None


@given(st.integers(1, 6), st.data())
def test_a_changed_event_is_found_at_its_place(length: int, data: st.DataObject) -> None:
    links = chain("a", length)
    place = data.draw(st.integers(0, length - 1))
    links[place] = links[place]._replace(actual=body_hash(b"other"))
    found = first_break(links)
    assert found is not None
    assert (found.journal, found.n) == ("a", place + 1)
    assert found.message == f"l’événement {place + 1} a été modifié après son écriture"


@given(st.integers(2, 6), st.data())
def test_an_event_rewritten_with_its_hash_breaks_the_next_one(
    length: int, data: st.DataObject
) -> None:
    links = chain("a", length)
    place = data.draw(st.integers(0, length - 2))
    forged = body_hash(b"forged")
    links[place] = links[place]._replace(stored=forged, actual=forged)
    found = first_break(links)
    assert found is not None
    assert found.n == place + 2
    assert found.message == f"l’événement {place + 2} ne suit pas l’événement {place + 1}"


def test_a_first_event_that_does_not_start_the_journal() -> None:
    link = chain("a", 1)[0]._replace(previous=body_hash(b"elsewhere"))
    found = first_break([link])
    assert found is not None
    assert found.message == "l’événement 1 ne suit pas l’événement 0"


@pytest.mark.parametrize(
    ("kept", "n", "message"),
    [
        ([1, 3], 3, "il manque l’événement 2"),
        ([2, 3], 2, "il manque l’événement 1"),
        ([1, 2, 6], 6, "il manque les événements 3 à 5"),
        ([1, 1, 2], 1, "l’événement 1 est en double ou mal placé"),
        ([1, 2, 1], 1, "l’événement 1 est en double ou mal placé"),
    ],
)
def test_gaps_and_repeats(kept: list[int], n: int, message: str) -> None:
    links = chain("a", 6)
    found = first_break([links[number - 1] for number in kept])
    assert found is not None
    assert (found.n, found.message) == (n, message)


def test_a_break_names_its_own_journal() -> None:
    sound, broken = chain("sound", 3), chain("broken", 3)
    del broken[1]
    found = first_break([*sound, *broken])
    assert found is not None
    assert found.journal == "broken"


def test_an_event_moved_to_another_journal_does_not_fit() -> None:
    moved = chain("b", 2)[1]._replace(journal="a")
    found = first_break([chain("a", 1)[0], moved])
    assert found is not None
    assert found.message == "l’événement 2 ne suit pas l’événement 1"


def test_records_are_known_by_their_key() -> None:
    assert RecordKind.DECLARATION.key_columns == ("uai", "year")
    assert all(kind.key_columns for kind in RecordKind)


def test_sources_have_words_and_go_from_strong_to_weak() -> None:
    assert [source.label for source in Source] == [
        "constaté",
        "déclaré",
        "importé",
        "estimé",
        "repris de l’an dernier",
    ]
    assert repr(ABSENT) == "ABSENT"
