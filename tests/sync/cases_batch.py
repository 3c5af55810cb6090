"""What a well-signed batch may still say wrongly: payload, events, heads, rights."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from numecole_desktop.sync.attachments import attach
from numecole_desktop.sync.batch import Batch, seal_batch
from numecole_desktop.sync.heads import SignedHead
from numecole_desktop.sync.roles import Role
from tests.sync.cases_envelope import Case
from tests.sync.forge import batch_bytes, by_lea
from tests.sync.support import (
    COUNTS,
    LAST_GOOD,
    NOW,
    SCHOOLS,
    batch,
    body,
    chained,
    digest,
    head,
    journal,
    journal_of,
    key,
)


def batch_cases() -> Iterator[Case]:
    yield from _payload()
    yield from _recipients()
    yield from _attachments()
    yield from _events()
    yield from _heads()
    yield from _rights()


def sealed(content: Batch, issuer: str = "lea", role: Role = Role.ADVISER) -> bytes:
    return seal_batch(content, key(issuer), role, NOW)


def _payload() -> Iterator[Case]:
    yield "membre-inconnu", "payload-shape", by_lea(batch_bytes(extra=1))
    yield "membre-manquant", "payload-shape", by_lea(batch_bytes(lambda p: p.pop("have")))
    yield "membre-d-un-autre-type", "payload-shape", by_lea(batch_bytes(heads="non"))
    yield "vecteur-negatif", "payload-shape", by_lea(batch_bytes(have={journal("lea"): -1}))
    yield "journal-chemin", "payload-shape", by_lea(batch_bytes(have={"../x": 1}))
    yield "booleen-pour-entier", "payload-shape", by_lea(batch_bytes(min_reader=True))
    yield "charge-vide", "json-syntax", by_lea(b"")
    yield "charge-liste", "payload-shape", by_lea(b"[]")
    yield "charge-bombe", "json-depth", by_lea(b"[" * 1000 + b"]" * 1000)
    yield "charge-membre-double", "json-duplicate", by_lea(b'{"format":1,"format":2}')
    yield "charge-nan", "json-not-a-number", by_lea(b'{"format":NaN}')
    yield "charge-pas-utf-8", "json-encoding", by_lea(b'{"format":"\xff"}')
    yield "autre-format", "payload-format", by_lea(batch_bytes(format="numecole-lot/2"))
    yield "lecteur-plus-recent", "payload-newer", by_lea(batch_bytes(min_reader=2, novelty={}))
    yield "autre-emetteur", "payload-issuer", by_lea(batch_bytes(issuer=key("circo").kid))


def _recipients() -> Iterator[Case]:
    yield "pour-tous", "accepted", sealed(batch(recipients=["*"]))
    yield "pour-ma-cle", "accepted", sealed(batch(recipients=["autre", key("circo").kid]))
    yield "pour-une-autre", "payload-recipient", sealed(batch(recipients=["0110042L"]))
    yield (
        "destinataire-retourne",
        "payload-shape",
        sealed(batch(recipients=["\u202e" + "K1400110"])),
    )
    yield "pour-personne", "payload-recipient", sealed(batch(recipients=[]))


def _attachments() -> Iterator[Case]:
    photo = attach(b"photo", "../../photo.jpg")
    yield "piece", "accepted", sealed(batch(attachments=[photo]))
    absent = msgspec.structs.replace(photo, content=None)
    yield "piece-annoncee-seulement", "accepted", sealed(batch(attachments=[absent]))
    masked = msgspec.structs.replace(photo, name="photo\u202egpj.exe")
    yield "piece-au-nom-retourne", "payload-shape", sealed(batch(attachments=[masked]))
    other = msgspec.structs.replace(photo, content=attach(b"autre", "x").content)
    yield "piece-changee", "attachment", sealed(batch(attachments=[other]))
    longer = msgspec.structs.replace(photo, size=6)
    yield "piece-d-une-autre-taille", "attachment", sealed(batch(attachments=[longer]))
    yield "piece-en-double", "attachment-twice", sealed(batch(attachments=[photo, photo]))


def _with(*bodies: bytes, heads: list[SignedHead] | None = None) -> bytes:
    last = bodies[-1]
    number = len(bodies)
    return sealed(
        batch(
            events=[data.decode() for data in bodies],
            heads=heads if heads is not None else [head("lea", number, last)],
        )
    )


def _events() -> Iterator[Case]:
    whole = journal_of("lea")
    newer = chained("lea", 2, v=9, mood="bon", extra={"a": [1]}, kind="inconnu")
    yield "evenements-plus-recents", "accepted", _with(*newer)
    spaced = body("lea", 1, "0" * 64).replace(b",", b" ,\n ")
    yield "evenement-espace", "accepted", _with(spaced)
    shuffled = [data.decode() for data in reversed(whole)]
    yield "evenements-melanges", "accepted", sealed(batch(events=shuffled))
    later = [data.decode() for data in whole[1:]]
    yield "sans-le-debut", "accepted", sealed(batch(events=later))
    yield "rien-de-neuf", "accepted", sealed(batch(events=[]))
    holed = [whole[0].decode(), whole[2].decode()]
    both = [head("lea", 1, whole[0]), head("lea", 3, whole[2])]
    yield "trou-entre-deux-tetes", "accepted", sealed(batch(events=holed, heads=both))
    yield "trou-sans-tete", "head-missing", sealed(batch(events=holed))
    changed = [whole[0], whole[1].replace(b'"B1"', b'"B2"'), whole[2]]
    yield "evenement-change", "head-missing", _with(*changed)
    yield "evenement-en-double", "event-twice", _with(*whole, whole[0])
    yield "evenement-illisible", "event-shape", _with(b"{")
    yield "evenement-sans-journal", "event-shape", _with(b'{"n":1}')
    doubled = body("lea", 1, "0" * 64).replace(b'"n":1', b'"n":1,"n":2')
    yield "evenement-membre-double", "event-shape", _with(doubled)
    yield "evenement-zero", "event-shape", _with(body("lea", 0, "0" * 64))
    yield "deuxieme-sans-premier", "event-shape", _with(body("lea", 2, "0" * 64))
    yield "premier-avec-precedent", "event-shape", _with(body("lea", 1, "1" * 64))
    skipping = [whole[0], body("lea", 3, digest(whole[0]))]
    yield "saut-de-numero", "chain", _with(*skipping, heads=[head("lea", 3, skipping[1])])
    spliced = [journal_of("circo")[0], body("lea", 2, digest(journal_of("circo")[0]))]
    yield "greffe-d-un-autre-journal", "chain", _with(*spliced)
    fork = body("lea", 3, digest(whole[1]), note="autre")
    heads = [head("lea", 3, whole[2]), head("lea", 3, fork)]
    yield "fourche", "accepted", _with(*whole, fork, heads=heads)


def _heads() -> Iterator[Case]:
    whole = journal_of("lea")
    good = head("lea", 3, whole[2])
    yield "sans-tete", "head-missing", _with(*whole, heads=[])
    yield "tete-au-milieu", "head-missing", _with(*whole, heads=[head("lea", 2, whole[1])])
    moved = msgspec.structs.replace(good, n=2)
    yield "tete-renumerotee", "head-signature", _with(*whole, heads=[moved])
    wrong = head("lea", 2, whole[2])
    yield "tete-d-un-autre-numero", "head-mismatch", _with(*whole, heads=[wrong])
    other = msgspec.structs.replace(good, kid=key("circo").kid)
    yield "tete-d-un-autre-signataire", "head-signature", _with(*whole, heads=[other])
    padded = msgspec.structs.replace(good, signature=good.signature + "==")
    yield "tete-non-canonique", "base64", _with(*whole, heads=[padded])
    short = msgspec.structs.replace(good, signature="AAAA")
    yield "tete-courte", "head-signature", _with(*whole, heads=[short])
    replayed = msgspec.structs.replace(good, journal=journal("circo"))
    yield "tete-rejouee-ailleurs", "head-signature", _with(*whole, heads=[replayed])


def _rights() -> Iterator[Case]:
    yield "relais", "accepted", sealed(batch("lea", "circo", "zoe"))
    yield "relais-d-un-inconnu", "set-aside:signer-unknown", sealed(batch("lea", "inconnu"))
    stolen = [head("lea", COUNTS["lea"], journal_of("lea")[-1], signer="circo")]
    yield "journal-d-un-autre", "set-aside:journal-owner", sealed(batch(heads=stolen))
    both = [*stolen, head("lea", COUNTS["lea"], journal_of("lea")[-1])]
    yield "journal-signe-par-deux", "accepted", sealed(batch(heads=both))
    elsewhere = chained("lea", 2, rows=[["0119999Z", "2026-2027", 1]])
    yield "ecole-d-un-autre", "set-aside:scope", _with(*elsewhere)
    other_kind = chained("lea", 1, kind="candidature", rows=[["0119999Z", 1]])
    yield "autre-fiche-ecole-d-un-autre", "set-aside:scope", _with(*other_kind)
    directory = chained("lea", 1, kind="school", rows=[["0119999Z", 1]])
    yield "liste-des-ecoles", "accepted", _with(*directory)
    minimal = b'{"journal":"%b","n":1,"prev":"%b"}' % (journal("lea").encode(), b"0" * 64)
    yield "evenement-minimal", "accepted", _with(minimal)
    yield "poste-delegue", "accepted", _delegated(SCHOOLS[1])
    yield "poste-delegue-ailleurs", "set-aside:scope", _delegated(SCHOOLS[0])
    yield "revoque-apres", "signer-revoked", sealed(batch(issuer="marc"), "marc")
    yield "revoque-relaye", "set-aside:signer-revoked", sealed(batch("lea", "marc"))
    first = journal_of("marc")[:LAST_GOOD]
    before = batch(
        issuer="marc",
        events=[data.decode() for data in first],
        heads=[head("marc", LAST_GOOD, first[-1])],
    )
    yield "revoque-avant", "accepted", sealed(before, "marc")
    back = chained("marc", LAST_GOOD, note="antidaté")
    forged = batch(
        issuer="marc",
        events=[data.decode() for data in back],
        heads=[head("marc", LAST_GOOD, back[-1])],
    )
    yield "revoque-antidate", "signer-revoked", sealed(forged, "marc")
    empty = batch(issuer="marc", events=[], heads=[])
    yield "revoque-sans-rien", "signer-revoked", sealed(empty, "marc")


def _delegated(school: str) -> bytes:
    bodies = chained("zoe", 1, rows=[[school, "2026-2027", 1]])
    content = batch(
        issuer="zoe",
        events=[data.decode() for data in bodies],
        heads=[head("zoe", 1, bodies[0])],
    )
    return sealed(content, "zoe")
