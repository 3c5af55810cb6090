"""Directories, parts, root keys, cards and reference packages: good ones and hostile ones."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import msgspec

from numecole_desktop.sync.attachments import attach
from numecole_desktop.sync.cards import seal_card
from numecole_desktop.sync.devices import DeviceEntry, device_of
from numecole_desktop.sync.directory import seal_directory
from numecole_desktop.sync.reference import FORMAT, ReferencePayload, Subject, seal_reference
from numecole_desktop.sync.roles import Kind, Role
from numecole_desktop.sync.roots import roots_file
from tests.sync.cases_envelope import Case
from tests.sync.forge import b64, envelope, header, signed
from tests.sync.support import (
    NOW,
    OFFICE,
    SCHOOLS,
    as_roots,
    directory_file,
    directory_payload,
    entry,
    journal,
    key,
    part_file,
    part_payload,
    statement,
)


def directory_cases() -> Iterator[Case]:
    """The reader holds version 3, that of ``support.directory``."""
    ours = directory_payload()
    devices, revoked = ours.devices, ours.revoked
    yield "la-meme", "accepted", directory_file()
    yield "la-suivante", "accepted", directory_file(directory_payload(4))
    yield "trois-cles", "accepted", directory_file(ours, "racine-1", "racine-2", "racine-3")
    yield "plus-ancienne", "version-rollback", directory_file(directory_payload(2))
    yield (
        "meme-version-autre-contenu",
        "version-fork",
        directory_file(directory_payload(territory="autre")),
    )
    yield "une-seule-cle", "roots-threshold", directory_file(ours, "racine-1")
    yield "cle-racine-inconnue", "signer-unknown", directory_file(ours, "racine-1", "racine-9")
    circo = [*as_roots("racine-1", "racine-2"), (key("circo"), Role.CIRCONSCRIPTION)]
    yield "avec-une-circonscription", "signer-unknown", seal_directory(ours, circo, NOW)
    yield (
        "au-titre-de-l-academie",
        "signer-role",
        seal_directory(ours, [(key("racine-1"), Role.ACADEMY)], NOW),
    )

    def fourth(*more: DeviceEntry, **members: Any) -> bytes:
        return directory_file(directory_payload(4, devices=[*devices, *more], **members))

    yield "poste-en-double", "directory-entry", fourth(devices[2])
    bare = msgspec.structs.replace(devices[2], journals=[])
    yield "poste-en-double-sans-journal", "directory-entry", fourth(bare)
    shared = entry("neuf", Role.ADVISER, journals=[journal("lea")])
    yield "journal-a-deux", "directory-entry", fourth(shared)
    rooted = entry("neuf", Role.ROOT)
    yield "poste-racine", "directory-entry", fourth(rooted)
    yield (
        "conseiller-sans-ecoles",
        "directory-entry",
        fourth(entry("neuf", Role.ADVISER, schools=None)),
    )
    yield (
        "remplace-lui-meme",
        "directory-entry",
        fourth(entry("neuf", Role.ADVISER, replaces=key("neuf").kid)),
    )
    yield (
        "kid-d-une-autre-cle",
        "key-mismatch",
        fourth(entry("neuf", Role.ADVISER, kid=key("autre").kid)),
    )
    yield "cle-courte", "key-length", fourth(entry("neuf", Role.ADVISER, x=b64(b"x" * 31)))
    for name, point in (("neutre", 1), ("ordre-2", 2**255 - 20), ("non-canonique", 2**255 - 18)):
        weak = entry("neuf", Role.ADVISER, x=b64(point.to_bytes(32, "little")))
        yield f"cle-{name}", "key-weak", fourth(weak)
    absent = msgspec.structs.replace(revoked[0], kid=key("absent").kid)
    yield "revoque-inconnu", "directory-entry", fourth(revoked=[absent])
    yield "revoque-deux-fois", "directory-entry", fourth(revoked=revoked * 2)


def part_cases() -> Iterator[Case]:
    """Parts of the circonscription of the tests."""

    def part(device: DeviceEntry, **members: Any) -> bytes:
        return part_file(part_payload(devices=[device], **members))

    yield "sa-part", "accepted", part_file()
    zoe = part_payload().devices[0]
    yield (
        "ecole-d-une-autre",
        "delegation",
        part(msgspec.structs.replace(zoe, schools=[SCHOOLS[0], "0119999Z"])),
    )
    yield (
        "role-trop-haut",
        "delegation",
        part(entry("zoe", Role.CIRCONSCRIPTION, schools=[SCHOOLS[0]])),
    )
    yield "role-d-academie", "delegation", part(entry("zoe", Role.ACADEMY))
    yield "autre-bureau", "delegation", part(msgspec.structs.replace(zoe, office="0110042L"))
    yield "autre-territoire", "delegation", part(zoe, territory="0110042L")
    yield "poste-deja-inscrit", "delegation", part(entry("lea", Role.ADVISER))
    yield (
        "journal-d-un-inscrit",
        "delegation",
        part(msgspec.structs.replace(zoe, journals=[journal("lea")])),
    )
    yield (
        "revoque-de-l-academie",
        "directory-entry",
        part_file(part_payload(revoked=directory_payload().revoked)),
    )
    yield "signee-par-un-conseiller", "signer-role", part_file(signer="lea")
    yield "signee-par-un-inconnu", "signer-unknown", part_file(signer="inconnu")
    yield (
        "signee-comme-racine",
        "signer-role",
        seal_directory(part_payload(), [(key("circo"), Role.ROOT)], NOW),
    )
    two = [(key("circo"), Role.CIRCONSCRIPTION), (key("lea"), Role.CIRCONSCRIPTION)]
    yield "deux-signatures", "signature-count", seal_directory(part_payload(), two, NOW)


def roots_cases() -> Iterator[Case]:
    """The reader holds version 1: racine-1, 2, 3, two of which must sign."""
    first = statement()
    after = ("racine-2", "racine-3", "racine-4")
    second = statement(2, after, after[:2])
    third = statement(3, ("racine-3", "racine-4", "racine-5"), ("racine-3", "racine-4"))
    yield "les-memes", "accepted", roots_file([first])
    yield "relais", "accepted", roots_file([first, second, third])
    yield "sans-le-debut-deja-connu", "accepted", roots_file([second])
    yield "version-sautee", "roots-chain", roots_file([third])
    yield "ordre-inverse", "roots-chain", roots_file([second, first])
    other = statement(1, ("racine-7", "racine-8"), ("racine-7", "racine-8"))
    yield "autre-origine", "roots-chain", roots_file([other])
    lone = statement(2, after, ("racine-3", "racine-4"))
    yield "seuil-des-anciennes", "roots-threshold", roots_file([first, lone])
    fresh = statement(2, ("racine-4", "racine-5", "racine-6"), ("racine-1", "racine-2"))
    yield "seuil-des-nouvelles", "roots-threshold", roots_file([first, fresh])
    stranger = statement(2, after, ("racine-2", "racine-3", "racine-9"))
    yield "signataire-etranger", "signer-unknown", roots_file([first, stranger])
    one = statement(2, after, after, threshold=1)
    yield "seuil-de-un", "roots-chain", roots_file([first, one])
    four = statement(2, after, after, threshold=4)
    yield "seuil-hors-d-atteinte", "roots-chain", roots_file([first, four])
    twin = statement(2, ("racine-2", "racine-2", "racine-3"), ("racine-2", "racine-3"))
    yield "cle-en-double", "roots-chain", roots_file([first, twin])
    yield "sans-declaration", "envelope-members", roots_file([])
    yield "annuaire-a-la-place", "envelope-members", directory_file()


def card_cases() -> Iterator[Case]:
    """The reader knows lea."""
    new = device_of(entry("neuf", Role.ADVISER))
    yield "carte", "accepted", seal_card(new, key("neuf"), NOW)
    yield "signee-par-une-autre", "key-mismatch", seal_card(new, key("lea"), NOW)
    heir = device_of(entry("neuf", Role.ADVISER, replaces=key("lea").kid))
    yield "remplacement", "accepted", seal_card(heir, key("neuf"), NOW, key("lea"))
    yield "remplacement-non-signe", "card-replaces", seal_card(heir, key("neuf"), NOW)
    yield (
        "remplacement-par-un-tiers",
        "signer-unknown",
        seal_card(heir, key("neuf"), NOW, key("inconnu")),
    )
    lost = device_of(entry("neuf", Role.ADVISER, replaces=key("inconnu").kid))
    yield (
        "remplacement-d-un-inconnu",
        "card-replaces",
        seal_card(lost, key("neuf"), NOW, key("inconnu")),
    )
    content = {"format": "numecole-carte/1", "min_reader": 1, "device": entry("neuf", Role.ADVISER)}
    payload = msgspec.json.encode(content)
    other = header(key("neuf"), typ=Kind.CARD.value, role="circonscription")
    yield (
        "role-contradictoire",
        "signer-role",
        envelope(payload, signed(payload, key("neuf"), msgspec.json.encode(other))),
    )
    crowded = msgspec.json.encode({**content, "x": [[]] * 3_000})
    usual = msgspec.json.encode(header(key("neuf"), typ=Kind.CARD.value))
    yield "carte-bombe", "json-structure", envelope(crowded, signed(crowded, key("neuf"), usual))
    small = bytes(32)
    weak = entry("neuf", Role.ADVISER, x=base64.urlsafe_b64encode(small).rstrip(b"=").decode())
    payload = msgspec.json.encode({**content, "device": weak})
    yield "carte-piegee", "key-weak", envelope(payload, signed(payload, key("neuf"), usual))


def reference_cases() -> Iterator[Case]:
    """The reader holds version 5 of the school directory of the office."""

    def package(version: int, signer: str = "academie", **members: Any) -> bytes:
        payload = ReferencePayload(
            FORMAT,
            1,
            Subject.SCHOOLS,
            OFFICE,
            version,
            "2026-11-20",
            [attach(b"uai;nom\n", "annuaire.csv")],
        )
        role = Role.ACADEMY if signer == "academie" else Role.CIRCONSCRIPTION
        return seal_reference(
            msgspec.structs.replace(payload, **members), [(key(signer), role)], NOW
        )

    yield "le-meme", "accepted", package(5)
    yield "le-suivant", "accepted", package(6)
    yield "autre-sujet", "accepted", package(1, subject=Subject.GAR)
    yield "plus-ancien", "version-rollback", package(4)
    yield "meme-version-autre-contenu", "version-fork", package(5, issued_at="2026-11-21")
    yield "signe-par-la-circonscription", "signer-role", package(6, "circo")
    pair = [attach(b"a", "a.csv"), attach(b"b", "a.csv")]
    yield "deux-fichiers-d-un-nom", "reference-files", package(6, files=pair)
    empty = msgspec.structs.replace(pair[0], content=None)
    yield "fichier-sans-contenu", "reference-files", package(6, files=[empty])
    wrong = msgspec.structs.replace(pair[0], content=pair[1].content)
    yield "fichier-change", "attachment", package(6, files=[wrong])
    yield "lot-a-la-place", "header-typ", directory_file()
