"""No mutation, truncation, splice or replay of good files gives anything that was not signed."""

from __future__ import annotations

import json
import random
from typing import Any

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from numecole_desktop.sync.batch import ReceivedBatch, open_batch, seal_batch
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.roles import Role
from tests.sync.forge import batch_bytes, by_lea
from tests.sync.support import ME, NOW, batch, countersigned, journal_of, key, limits, trust

TWO = countersigned(batch("lea", "circo"))
OTHER = seal_batch(batch("circo"), key("lea"), Role.ADVISER, NOW)


def opened(data: bytes) -> ReceivedBatch | None:
    try:
        return open_batch(data, trust(), ME, limits())
    except Refusal:
        return None


GOOD = opened(TWO)


@settings(max_examples=400)
@given(st.data())
def test_changed_bytes_are_refused_or_change_nothing(data: st.DataObject) -> None:
    changed = bytearray(TWO)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(changed) - 1))
        what = data.draw(st.sampled_from(["flip", "drop", "insert", "swap"]))
        if what == "flip":
            changed[place] ^= 1 << data.draw(st.integers(0, 7))
        elif what == "drop":
            del changed[place]
        elif what == "insert":
            changed.insert(place, data.draw(st.integers(0, 255)))
        else:
            changed[place:] = changed[place + 1 :] + changed[place : place + 1]
    received = opened(bytes(changed))
    assert received is None or received == GOOD


@given(st.integers(0, len(TWO) - 2))
def test_truncated_files_are_refused(size: int) -> None:
    assert opened(TWO[:size]) is None


@given(st.integers(0, len(TWO)), st.integers(0, len(OTHER)))
def test_spliced_files_are_refused(first: int, second: int) -> None:
    received = opened(TWO[:first] + OTHER[second:])
    assert received in (None, GOOD, opened(OTHER))


def test_members_of_two_good_files_do_not_mix() -> None:
    a, b = json.loads(TWO), json.loads(OTHER)
    for payload, signatures in (
        (a["payload"], b["signatures"]),
        (b["payload"], a["signatures"]),
        (a["payload"], [a["signatures"][0], b["signatures"][0]]),
        (a["payload"], [a["signatures"][1], *b["signatures"]]),
    ):
        mixed = json.dumps({"payload": payload, "signatures": signatures})
        assert opened(mixed.encode()) is None


@settings(max_examples=300)
@given(st.integers(), st.sampled_from(["events", "heads"]))
def test_whoever_relays_can_leave_out_but_not_invent(seed: int, member: str) -> None:
    """The issuer itself is hostile: it signs a batch whose relayed part was tampered with."""
    chance = random.Random(seed)

    def tamper(payload: dict[str, Any]) -> None:
        items = payload[member]
        place = chance.randrange(len(items))
        what = chance.choice(["drop", "double", "shuffle", "edit"])
        if what == "drop":
            del items[place]
        elif what == "double":
            items.append(items[place])
        elif what == "shuffle":
            chance.shuffle(items)
        elif member == "events":
            text = items[place]
            at = chance.randrange(len(text))
            items[place] = text[:at] + chance.choice('0aB"}{,') + text[at + 1 :]
        else:
            items[place]["n"] = chance.randrange(1, 9)

    whole = batch("lea", "circo", "zoe")
    changed = {
        "events": list(whole.events),
        "heads": msgspec.to_builtins(whole.heads),
        "have": whole.have,
    }
    received = opened(by_lea(batch_bytes(tamper, **changed)))
    if received is not None:
        genuine = {data for name in ("lea", "circo", "zoe") for data in journal_of(name)}
        assert {e.body for chain in received.chains for e in chain.events} <= genuine
        assert all(chain.refusal is None for chain in received.chains)
