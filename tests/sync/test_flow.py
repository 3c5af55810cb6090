"""A day: Léa's batch goes to the office on a USB key, and six words come back by telephone."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from numecole_desktop.referentials.resources import resource
from numecole_desktop.sync.batch import new_batch, open_batch, seal_batch
from numecole_desktop.sync.batch_file import batch_name, write_signed
from numecole_desktop.sync.cards import open_card, seal_card
from numecole_desktop.sync.devices import device_of
from numecole_desktop.sync.ed25519 import check_fingerprint
from numecole_desktop.sync.heads import sign_head
from numecole_desktop.sync.key_file import open_key, seal_key
from numecole_desktop.sync.reading import read_signed
from numecole_desktop.sync.receipt import complete_receipt, load_words, receipt_of, same_words
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.roles import Role
from numecole_desktop.sync.trust import Acquaintance, Trust
from tests.sync.support import NOW, OFFICE, digest, entry, journal, journal_of, key, limits


def test_a_day(tmp_path: Path) -> None:
    words = load_words(resource("sync/words.toml").read_bytes(), "words.toml")
    sealed = seal_key(key("lea"), "une phrase à elle", limits().key_file)
    hers = open_key(sealed, "une phrase à elle", limits().key_file)
    lea, office = device_of(entry("lea", Role.ADVISER)), key("circo").kid
    her_trust = Trust(cards={lea.kid: Acquaintance(lea, verified=True)})
    me = {office, OFFICE}

    events = journal_of("lea")
    content = new_batch(
        hers,
        recipients=[OFFICE],
        issued_at="2026-11-21T18:00:00+01:00",
        directory=None,
        have={journal("lea"): len(events)},
        heads=[sign_head(hers, journal("lea"), len(events), digest(events[-1]))],
        events=events,
    )
    path = tmp_path / batch_name(OFFICE, lea.label, 1)
    write_signed(
        path,
        seal_batch(content, hers, Role.ADVISER, NOW),
        lambda data: open_batch(data, her_trust, content.recipients, limits()),
    )
    carried = tmp_path / "renommé (2).json.gz"
    carried.write_bytes(gzip.compress(path.read_bytes()))

    data = read_signed(carried, limits().envelope.batch_bytes)
    with pytest.raises(Refusal) as waiting:
        open_batch(data, Trust(), me, limits())
    assert waiting.value.quarantine
    card = open_card(seal_card(lea, hers, NOW), None, limits())
    check_fingerprint(lea.fingerprint, card.public)
    trust = Trust(cards={card.kid: Acquaintance(card, verified=True)})
    received = open_batch(data, trust, me, limits())
    assert [event.body for chain in received.chains for event in chain.events] == events

    have = {journal("lea"): received.chains[0].events[-1].n}
    said = receipt_of(received.hash, received.content.heads, office, have).words(words)
    expected = complete_receipt(received.hash, content.heads, office).words(words)
    assert same_words(" ".join(said), expected)
