"""Events travel byte for byte, through any number of hands, each under its author's signature."""

from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from numecole_desktop.domain.journal import GENESIS_HASH, Event, RecordKind, Source, body_hash
from numecole_desktop.storage.events import decode, encode
from numecole_desktop.sync.batch import Batch, ReceivedBatch, new_batch, open_batch, seal_batch
from numecole_desktop.sync.heads import SignedHead, sign_head
from numecole_desktop.sync.roles import Role
from numecole_desktop.sync.trust import Trust
from numecole_desktop.sync.trust_refusals import RevokedSignerError, UnknownSignerError
from tests.sync.support import (
    LAST_GOOD,
    ME,
    NOW,
    OFFICE,
    SCHOOLS,
    batch,
    body,
    chained,
    digest,
    directory,
    head,
    journal,
    journal_of,
    key,
    limits,
    trust,
)


def received(content: Batch, issuer: str = "lea", role: Role = Role.ADVISER) -> ReceivedBatch:
    return open_batch(seal_batch(content, key(issuer), role, NOW), trust(), ME, limits())


def bodies(found: ReceivedBatch) -> list[bytes]:
    return [event.body for chain in found.chains for event in chain.events]


def test_events_of_the_base_travel_byte_for_byte() -> None:
    known = key("lea")
    name = uuid.UUID(journal("lea")).hex
    previous, written = GENESIS_HASH, []
    for n, text in enumerate(("Évaluée « ici »", 'guillemet " et \\ et \t', "😀 \u2028 é"), 1):
        event = Event(
            name,
            n,
            previous,
            {name: n - 1} if n > 1 else {},
            "léa",
            "2026-11-21T18:00:00+01:00",
            RecordKind.DECLARATION,
            ("uai", "year", "B1", "D1"),
            ((SCHOOLS[0], "2026-2027", None, ["a", text]),),
            Source.OBSERVED,
            note=text,
        )
        written.append(encode(event))
        previous = body_hash(written[-1])
    content = new_batch(
        known,
        recipients=[OFFICE],
        issued_at="",
        directory=None,
        have={name: 3},
        heads=[sign_head(known, name, 3, previous)],
        events=written,
    )
    (chain,) = received(content).chains
    assert [event.body for event in chain.events] == written
    assert [event.hash for event in chain.events] == [body_hash(data) for data in written]
    assert [decode(event.body).n for event in chain.events] == [1, 2, 3]


@given(
    st.dictionaries(
        st.text(min_size=1).filter(lambda t: t not in {"journal", "n", "prev", "kind", "rows"}),
        st.none() | st.text() | st.integers(-9, 9) | st.lists(st.text(), max_size=3),
        max_size=4,
    ),
    st.text(),
)
def test_what_this_version_does_not_know_is_kept(members: dict[str, object], kind: str) -> None:
    written = chained("lea", 2, **members, kind=kind, rows=[[SCHOOLS[0], "2026-2027"]])
    content = batch(events=[data.decode() for data in written], heads=[head("lea", 2, written[1])])
    assert bodies(received(content)) == written


def test_a_third_device_relays_what_it_did_not_write() -> None:
    first = received(batch("lea"))
    again = new_batch(
        key("circo"),
        recipients=["*"],
        issued_at="",
        directory=directory().reference,
        have={},
        heads=[chain.head for chain in first.chains],
        events=bodies(first),
    )
    second = received(again, "circo", Role.CIRCONSCRIPTION)
    assert second.chains == first.chains
    assert bodies(second) == journal_of("lea")


def test_events_may_come_in_any_order_and_by_pieces() -> None:
    whole = journal_of("lea")
    texts = [data.decode() for data in whole]
    assert bodies(received(batch(events=texts[::-1]))) == whole
    later = received(batch(events=texts[2:]))
    (chain,) = later.chains
    assert (chain.events[0].n, chain.events[0].previous) == (3, digest(whole[1]))


def test_a_gap_gives_two_chains() -> None:
    whole = chained("lea", 5)
    content = batch(
        events=[data.decode() for data in (*whole[:2], *whole[3:])],
        heads=[head("lea", 2, whole[1]), head("lea", 5, whole[4])],
    )
    found = received(content)
    assert [[e.n for e in chain.events] for chain in found.chains] == [[1, 2], [4, 5]]


def test_both_branches_of_a_fork_come_out() -> None:
    whole = journal_of("lea")
    branch = body("lea", 3, digest(whole[1]), note="copie du poste")
    content = batch(
        events=[data.decode() for data in (*whole, branch)],
        heads=[head("lea", 3, whole[2]), head("lea", 3, branch)],
    )
    found = received(content)
    assert sorted(bodies(found)) == sorted([*whole, branch])
    last = {chain.events[-1].hash for chain in found.chains}
    assert last == {digest(whole[2]), digest(branch)}


def test_a_revoked_journal_is_kept_up_to_its_last_good_event() -> None:
    found = received(batch("marc", "lea"))
    kept, aside = (chain for chain in found.chains if chain.journal == journal("marc"))
    assert [e.n for e in kept.events] == list(range(1, LAST_GOOD + 1))
    assert kept.refusal is None
    assert [e.n for e in aside.events] == [3, 4]
    assert isinstance(aside.refusal, RevokedSignerError)
    assert aside.refusal.quarantine


def test_an_unknown_author_does_not_stop_the_others() -> None:
    found = {chain.journal: chain for chain in received(batch("lea", "inconnu")).chains}
    assert found[journal("lea")].refusal is None
    assert isinstance(found[journal("inconnu")].refusal, UnknownSignerError)
    assert [e.body for e in found[journal("inconnu")].events] == journal_of("inconnu")


@pytest.mark.parametrize("order", [[0, 1], [1, 0]])
def test_a_head_of_someone_else_sets_nothing_of_the_author_aside(order: list[int]) -> None:
    last = journal_of("lea")[-1]
    heads: list[SignedHead] = [head("lea", 3, last), head("lea", 3, last, signer="circo")]
    (chain,) = received(batch(heads=[heads[rank] for rank in order])).chains
    assert (chain.refusal, chain.head.kid) == (None, key("lea").kid)


def test_a_journal_without_owner_is_its_first_signers() -> None:
    fresh = uuid.uuid4().hex
    moved = [data.replace(journal("lea").encode(), fresh.encode()) for data in chained("lea", 1)]
    content = batch(
        events=[moved[0].decode()], heads=[sign_head(key("lea"), fresh, 1, digest(moved[0]))]
    )
    assert received(content).chains[0].refusal is None
    other = Trust.of(directory(), [], {}, {fresh: key("circo").kid})
    data = seal_batch(content, key("lea"), Role.ADVISER, NOW)
    (chain,) = open_batch(data, other, ME, limits()).chains
    assert chain.refusal is not None
    assert chain.refusal.code == "journal-owner"
