"""Who is believed: nobody at first, then whoever was checked, and never more than stated."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from numecole_desktop.domain.french import NBSP
from numecole_desktop.sync.batch import open_batch, seal_batch
from numecole_desktop.sync.cards import claimed_replacement, open_card, seal_card
from numecole_desktop.sync.devices import device_of
from numecole_desktop.sync.directory import open_directory, open_part
from numecole_desktop.sync.ed25519 import check_fingerprint
from numecole_desktop.sync.refusals import TooLargeError
from numecole_desktop.sync.roles import Role
from numecole_desktop.sync.roots import open_roots, roots_file
from numecole_desktop.sync.trust import Acquaintance, Trust
from numecole_desktop.sync.trust_refusals import (
    CardRoleError,
    RevokedSignerError,
    RollbackError,
    SignerRoleError,
    UnknownSignerError,
    UnverifiedSignerError,
)
from numecole_desktop.sync.versions import Held
from tests.sync.support import (
    DAY,
    ME,
    NOW,
    ROOT_NAMES,
    batch,
    directory,
    directory_file,
    directory_payload,
    entry,
    journal,
    key,
    limits,
    part_file,
    roots,
    statement,
    trust,
)


def test_first_use_ends_when_the_fingerprint_is_typed() -> None:
    lea = device_of(entry("lea", Role.ADVISER))
    card = open_card(seal_card(lea, key("lea"), NOW), None, limits())
    assert card == lea
    data = seal_batch(batch(), key("lea"), Role.ADVISER, NOW)
    with pytest.raises(UnknownSignerError) as unknown:
        open_batch(data, Trust(), ME, limits())
    met = Trust(cards={card.kid: Acquaintance(card, verified=False)})
    with pytest.raises(UnverifiedSignerError) as unverified:
        open_batch(data, met, ME, limits())
    assert unknown.value.quarantine
    assert unverified.value.quarantine
    check_fingerprint(lea.fingerprint, card.public)
    checked = Trust(cards={card.kid: Acquaintance(card, verified=True)})
    assert open_batch(data, checked, ME, limits()).content == batch()


def test_the_directory_verifies_a_card_and_corrects_it() -> None:
    ambitious = device_of(entry("lea", Role.ACADEMY))
    known = {ambitious.kid: Acquaintance(ambitious, verified=True)}
    believed = Trust.of(directory(), [], known, {})
    assert believed.device(ambitious.kid).role is Role.ADVISER
    data = seal_batch(batch(), key("lea"), Role.ACADEMY, NOW)
    with pytest.raises(SignerRoleError):
        open_batch(data, believed, ME, limits())


def test_a_card_gives_no_role_above_those_of_a_circonscription() -> None:
    boss = device_of(entry("chef", Role.ACADEMY))
    believed = Trust(cards={boss.kid: Acquaintance(boss, verified=True)})
    data = seal_batch(batch(issuer="lea"), key("chef"), Role.ACADEMY, NOW)
    with pytest.raises(CardRoleError) as refused:
        open_batch(data, believed, ME, limits())
    assert refused.value.quarantine


def test_files_of_trust_are_small() -> None:
    bounds = limits().envelope
    few = msgspec.structs.replace(
        limits(), envelope=msgspec.structs.replace(bounds, trust_bytes=1000)
    )
    with pytest.raises(TooLargeError):
        open_directory(directory_file(), roots(), None, few)
    with pytest.raises(TooLargeError):
        open_roots(roots_file([statement()]), None, few)
    data = seal_batch(batch(), key("lea"), Role.ADVISER, NOW)
    assert len(data) > 1000
    assert open_batch(data, trust(), ME, few).content == batch()


def test_a_new_key_takes_over_the_journals_of_the_one_that_signed_its_card() -> None:
    heir = device_of(entry("neuf", Role.ADVISER, replaces=key("lea").kid))
    former = directory().devices[key("lea").kid]
    data = seal_card(heir, key("neuf"), NOW, key("lea"))
    assert claimed_replacement(data, limits()) == former.kid
    card = open_card(data, former, limits())
    cards = {card.kid: Acquaintance(card, verified=True)}
    believed = Trust.of(directory(), [], cards, {})
    assert believed.owns(card.kid, journal("lea"))
    assert not believed.owns(card.kid, journal("circo"))
    unverified = Trust.of(directory(), [], {card.kid: Acquaintance(card, verified=False)}, {})
    assert not unverified.owns(card.kid, journal("lea"))


def test_keys_that_replace_each_other_own_nothing_more() -> None:
    one = device_of(entry("a", Role.ADVISER, replaces=key("b").kid))
    two = device_of(entry("b", Role.ADVISER, replaces=key("a").kid))
    other = device_of(entry("c", Role.ADVISER))
    cards = {d.kid: Acquaintance(d, verified=True) for d in (one, two, other)}
    assert not Trust(cards=cards, pins={journal("x"): key("c").kid}).owns(one.kid, journal("x"))


def test_the_journal_of_a_key_that_is_trusted_no_more_may_be_signed_by_another() -> None:
    lost, mine = (device_of(entry(name, Role.ADVISER)) for name in ("a", "b"))
    pins = {journal("x"): lost.kid}
    for verified in (True, False):
        cards = {
            lost.kid: Acquaintance(lost, verified=verified),
            mine.kid: Acquaintance(mine, verified=True),
        }
        assert Trust(cards=cards, pins=pins).owns(mine.kid, journal("x")) != verified


def test_one_verified_card_alone_names_a_journal_before_whoever_signed_it_first() -> None:
    first, named = (device_of(entry(name, Role.ADVISER)) for name in ("a", "b"))
    cards = {d.kid: Acquaintance(d, verified=True) for d in (first, named)}
    held = Trust(cards=cards, pins={journal("b"): first.kid})
    assert held.owns(named.kid, journal("b"))
    assert not held.owns(first.kid, journal("b"))


def test_a_part_falls_with_the_rights_of_its_author() -> None:
    part = open_part(part_file(), directory(), None, limits())
    zoe = key("zoe").kid
    assert trust().device(zoe).label == "poste de zoe"
    fewer = [
        msgspec.structs.replace(d, schools=["0110001A"]) if d.kid == key("circo").kid else d
        for d in directory_payload().devices
    ]
    newer = directory_file(directory_payload(4, devices=fewer))
    held = Held(directory().version, directory().hash)
    reduced = Trust.of(open_directory(newer, roots(), held, limits()), [part], {}, {})
    assert reduced.refused[part.territory].code == "delegation"
    with pytest.raises(UnknownSignerError):
        reduced.device(zoe)
    orphan = Trust.of(None, [part], {}, {})
    assert list(orphan.refused) == [part.territory]


def test_a_part_of_a_revoked_author_is_left_out() -> None:
    part = open_part(part_file(), directory(), None, limits())
    revoked = msgspec.structs.replace(directory_payload().revoked[0], kid=key("circo").kid)
    newer = open_directory(
        directory_file(directory_payload(4, revoked=[revoked])), roots(), None, limits()
    )
    assert isinstance(Trust.of(newer, [part], {}, {}).refused[part.territory], RevokedSignerError)


@pytest.mark.parametrize(
    ("role", "code"), [(None, "signer-unknown"), (Role.ADVISER, "signer-role")]
)
def test_a_part_of_an_author_struck_off_is_left_out(role: Role | None, code: str) -> None:
    part = open_part(part_file(), directory(), None, limits())
    others = [d for d in directory_payload().devices if d.kid != key("circo").kid]
    now = [entry("circo", role)] if role else []
    newer = open_directory(
        directory_file(directory_payload(4, devices=[*others, *now])), roots(), None, limits()
    )
    assert Trust.of(newer, [part], {}, {}).refused[part.territory].code == code


def test_a_higher_version_replaces_and_says_so() -> None:
    held = Held(directory().version, directory().hash)
    assert not open_directory(directory_file(), roots(), held, limits()).newer
    newer = open_directory(directory_file(directory_payload(9)), roots(), held, limits())
    assert (newer.newer, newer.version) == (True, 9)
    with pytest.raises(RollbackError, match="version 2"):
        open_directory(directory_file(directory_payload(2)), roots(), held, limits())


def test_an_expired_directory_still_holds_with_a_warning() -> None:
    assert directory().warning(DAY) is None
    assert directory().warning(date(2027, 8, 31)) is None
    said = directory().warning(date(2027, 9, 1))
    assert said is not None
    assert f"31{NBSP}août{NBSP}2027" in said


def test_root_keys_change_hands_and_the_former_ones_no_longer_count() -> None:
    after = ("racine-3", "racine-4", "racine-5")
    second = statement(2, after, ("racine-1", "racine-2", "racine-3", "racine-4"))
    fresh = open_roots(roots_file([statement(), second]), None, limits())
    followed = open_roots(roots_file([statement(), second]), roots(), limits())
    assert fresh == followed
    assert fresh.fingerprint != roots().fingerprint
    signed = directory_file(directory_payload(5), *after[:2])
    assert open_directory(signed, fresh, None, limits()).version == 5
    with pytest.raises(UnknownSignerError):
        open_directory(directory_file(directory_payload(5), *ROOT_NAMES[:2]), fresh, None, limits())
    with pytest.raises(RollbackError):
        open_roots(roots_file([statement()]), fresh, limits())
