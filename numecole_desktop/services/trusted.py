"""The devices that this installation trusts: cards, directories, root keys (spec 5.4)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.problem import Problem
from numecole_desktop.durable import explained
from numecole_desktop.services.deliveries import deliver_now
from numecole_desktop.services.devices import (
    CARD,
    has_device,
    has_key,
    label_of_now,
    limits,
    this_device,
)
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.storage import exchange
from numecole_desktop.storage.exchange import TrustFile
from numecole_desktop.sync.cards import claimed_replacement, open_card
from numecole_desktop.sync.devices import Device
from numecole_desktop.sync.directory import Directory, open_directory, open_part
from numecole_desktop.sync.ed25519 import check_fingerprint
from numecole_desktop.sync.envelope import parse
from numecole_desktop.sync.reading import read_signed
from numecole_desktop.sync.refusals import KindError, Refusal
from numecole_desktop.sync.roles import Kind, Role
from numecole_desktop.sync.roots import Roots, open_roots
from numecole_desktop.sync.trust import Acquaintance, Trust
from numecole_desktop.sync.trust_refusals import UnknownSignerError
from numecole_desktop.sync.versions import Held

DIRECTORY, PART, ROOTS = "annuaire", "partie", "racines"


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device that this installation knows.

    ``trust`` says in French why it counts or not; ``counts`` is true when its batches are taken,
    ``replaces`` when its key takes over from another.
    """

    kid: str
    label: str
    role: str
    office: str
    fingerprint: str
    counts: bool
    trust: str
    mine: bool
    replaces: bool


def trust(workspace: Workspace) -> Trust:
    """What this installation trusts now, itself included."""
    connection = workspace.base.connection
    pins = exchange.owners(connection)
    directory = _directory(workspace)
    known = dict(directory.devices) if directory else {}
    cards = {}
    if has_device(workspace) and has_key(workspace):
        mine = this_device(workspace).device
        known[mine.kid] = mine
        cards[mine.kid] = Acquaintance(mine, verified=True)
        pins |= dict.fromkeys(mine.journals, mine.kid)
    for file, device in _card_devices(exchange.trust_files(connection, CARD), known):
        cards.setdefault(file.key, Acquaintance(device, file.verified))
    parts = []
    if directory is not None:
        for file in exchange.trust_files(connection, PART):
            try:
                parts.append(open_part(file.data, directory, None, limits()))
            except Refusal:
                continue
    return Trust.of(directory, parts, cards, pins)


def known_devices(workspace: Workspace) -> tuple[KnownDevice, ...]:
    """Every device that this installation knows, itself first."""
    held = trust(workspace)
    mine = this_device(workspace).device if has_device(workspace) else None
    found = [_known(mine, True, "ce poste", mine=True)] if mine else []
    for directory in (held.directory, *held.parts) if held.directory else held.parts:
        for device in directory.devices.values():
            if mine and device.kid == mine.kid:
                continue
            revoked = device.kid in directory.revoked
            words = "révoqué" if revoked else f"annuaire des postes, version {directory.version}"
            found.append(_known(device, not revoked, words))
    listed = {device.kid for device in found}
    for kid, met in held.cards.items():
        if kid not in listed:
            words = "empreinte vérifiée ici" if met.verified else "non vérifié"
            found.append(_known(met.device, met.verified, words))
    return tuple(found)


def receive_trust(workspace: Workspace, path: Path, typed: str = "") -> tuple[str, ...]:
    """Take in a card, a directory, a part or root keys; returns sentences on what it changed.

    ``typed`` is the fingerprint that the owner read aloud: without it a card or root keys stay
    « non vérifié ».

    Raises:
        Problem: the file is refused; nothing was changed.
    """
    data = _read(path)
    kinds = (
        (Kind.CARD, _receive_card),
        (Kind.DIRECTORY, _receive_directory),
    )
    for kind, receive in kinds:
        try:
            parse(data, kind, limits().envelope)
        except KindError:
            continue
        except Refusal:
            break
        return receive(workspace, data, typed)
    return _receive_roots(workspace, data, typed)


def verify_device(workspace: Workspace, kid: str, typed: str) -> tuple[str, ...]:
    """Compare the fingerprint that the owner reads aloud with the card received before.

    Raises:
        Problem: no card of that key is held, or these are not its thirty digits.
    """
    return _receive_card(workspace, _card_file(workspace, kid).data, typed)


def withdraw_trust(workspace: Workspace, kid: str) -> KnownDevice:
    """Stop trusting a device known by its card: what it sends from now on is set aside.

    Raises:
        Problem: no card of that key is held.
    """
    file = _card_file(workspace, kid)
    with workspace.writing():
        exchange.keep_trust(
            workspace.base.connection,
            TrustFile(CARD, file.key, False, label_of_now(workspace), file.data),
        )
    return next(device for device in known_devices(workspace) if device.kid == file.key)


def _read(path: Path) -> bytes:
    what = f"Le fichier {path.name} ne peut pas être lu"
    with explained(what, "vérifiez le chemin, et que la clé est branchée."):
        return read_signed(path, limits().envelope.trust_bytes)


def card_device(workspace: Workspace, data: bytes) -> Device:
    """The device that a card presents; a card that replaces another is signed by both keys.

    Raises:
        Problem: the card is refused.
    """
    replaces = claimed_replacement(data, limits())
    try:
        former = trust(workspace).device(replaces) if replaces else None
    except UnknownSignerError as refusal:
        raise Problem(
            f"Cette carte remplace celle d’un poste qui n’est pas connu ici. Demandez à son "
            f"propriétaire une carte neuve, sans remplacement (Échanges, {quoted('Postes')}, ou "
            f"numecole poste montrer --carte F --neuve)."
        ) from refusal
    return open_card(data, former, limits())


def _receive_card(workspace: Workspace, data: bytes, typed: str) -> tuple[str, ...]:
    device = card_device(workspace, data)
    held = next(
        (f for f in exchange.trust_files(workspace.base.connection, CARD) if f.key == device.kid),
        None,
    )
    if typed:
        check_fingerprint(typed, device.public)
    verified = bool(typed) or bool(held and held.verified)
    with workspace.writing():
        exchange.keep_trust(
            workspace.base.connection,
            TrustFile(CARD, device.kid, verified, label_of_now(workspace), data),
        )
    if verified:
        return (f"{device.label}{NBSP}: carte reçue, empreinte vérifiée. Ses lots seront pris.",)
    said = (
        f"{device.label}{NBSP}: carte reçue, non vérifiée. Demandez-lui son empreinte au téléphone "
        f"et tapez-la{NBSP}: jusque-là, ses lots sont mis de côté."
    )
    return (said,)


def _receive_directory(workspace: Workspace, data: bytes, _: str) -> tuple[str, ...]:
    connection = workspace.base.connection
    held = _directory(workspace)
    envelope = parse(data, Kind.DIRECTORY, limits().envelope)
    is_part = all(s.role is Role.CIRCONSCRIPTION for s in envelope.signatures)
    if is_part:
        if held is None:
            raise Problem(
                f"Cette partie d’annuaire est signée par une circonscription{NBSP}: recevez "
                f"d’abord l’annuaire des postes de l’académie."
            )
        former = {p.territory: Held(p.version, p.hash) for p in trust(workspace).parts}
        part = open_part(data, held, None, limits())
        part = open_part(data, held, former.get(part.territory), limits())
        kept = TrustFile(PART, part.territory, True, label_of_now(workspace), data)
        found: Directory = part
    else:
        roots = _roots(workspace)
        if roots is None:
            raise Problem(
                f"Les clés racines de l’académie ne sont pas connues{NBSP}: recevez d’abord leur "
                f"fichier, et vérifiez son empreinte."
            )
        former_one = Held(held.version, held.hash) if held else None
        found = open_directory(data, roots, former_one, limits())
        kept = TrustFile(DIRECTORY, "", True, label_of_now(workspace), data)
    with workspace.writing():
        exchange.keep_trust(connection, kept)
        finished(deliver_now(workspace, trust(workspace)))
    warning = found.warning(workspace.clock().date())
    said = f"Annuaire des postes de {found.territory}, version {found.version}{NBSP}: reçu."
    return (said, warning) if warning else (said,)


def _receive_roots(workspace: Workspace, data: bytes, typed: str) -> tuple[str, ...]:
    pinned = _roots(workspace)
    roots = open_roots(data, pinned, limits())
    if pinned is None:
        if not typed:
            raise Problem(
                f"Ce fichier dit quelles sont les clés racines de l’académie{NBSP}: demandez-lui "
                f"leur empreinte de 30 chiffres au téléphone, et tapez-la."
            )
        if "".join(typed.split()).replace("-", "") != "".join(roots.fingerprint.split()):
            raise Problem(
                f"L’empreinte tapée n’est pas celle de ce fichier{NBSP}: relisez-la avec "
                f"l’académie, et n’utilisez pas ce fichier si elle diffère encore."
            )
    with workspace.writing():
        exchange.keep_trust(
            workspace.base.connection, TrustFile(ROOTS, "", True, label_of_now(workspace), data)
        )
    return ("Clés racines de l’académie reçues.",)


def _roots(workspace: Workspace) -> Roots | None:
    files = exchange.trust_files(workspace.base.connection, ROOTS)
    return open_roots(files[0].data, None, limits()) if files else None


def _directory(workspace: Workspace) -> Directory | None:
    files = exchange.trust_files(workspace.base.connection, DIRECTORY)
    roots = _roots(workspace)
    return open_directory(files[0].data, roots, None, limits()) if files and roots else None


def _card_file(workspace: Workspace, kid: str) -> TrustFile:
    files = exchange.trust_files(workspace.base.connection, CARD)
    found = [file for file in files if file.key.startswith(kid)] if kid else []
    if len(found) != 1:
        raise Problem(
            f"Aucune carte reçue n’a la clé {quoted(kid)}, ou plusieurs commencent ainsi."
        )
    return found[0]


def _card_devices(
    files: Sequence[TrustFile], known: Mapping[str, Device]
) -> Iterator[tuple[TrustFile, Device]]:
    """Devices of the cards received, each after the one that it takes over from.

    That one may be a card, this device, or a device of ``known``. A card whose former device is
    known no more (the directory left it out) counts no more either.
    """
    found = dict(known)
    left = list(files)
    while left:
        later = []
        for file in left:
            replaces = claimed_replacement(file.data, limits())
            if replaces is None or replaces in found:
                former = found[replaces] if replaces else None
                found[file.key] = open_card(file.data, former, limits())
                yield file, found[file.key]
            else:
                later.append(file)
        if len(later) == len(left):
            return
        left = later


def _known(device: Device, counts: bool, words: str, *, mine: bool = False) -> KnownDevice:
    return KnownDevice(
        device.kid,
        device.label,
        device.role.label,
        device.office,
        device.fingerprint,
        counts,
        words,
        mine,
        device.replaces is not None,
    )
