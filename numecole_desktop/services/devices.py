"""This device's key, the devices that it trusts, and who they are in words (spec 5.4).

The private key stands beside the bases, sealed by the secret of the base that it signs for: a
base that is copied or restored does not bring it along, and begins a journal with a key of its
own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.problem import Problem
from numecole_desktop.durable import write_atomic
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services import settings
from numecole_desktop.services.workspace import Workspace, data_folder
from numecole_desktop.storage import exchange
from numecole_desktop.storage.errors import reason
from numecole_desktop.storage.exchange import TrustFile
from numecole_desktop.sync.cards import claimed_replacement, open_card, seal_card
from numecole_desktop.sync.devices import Device
from numecole_desktop.sync.directory import Directory, open_directory, open_part
from numecole_desktop.sync.ed25519 import DeviceKey, check_fingerprint, new_key
from numecole_desktop.sync.envelope import parse
from numecole_desktop.sync.key_file import open_key, seal_key
from numecole_desktop.sync.limits import Limits, load_limits
from numecole_desktop.sync.reading import read_signed
from numecole_desktop.sync.refusals import KindError, Refusal
from numecole_desktop.sync.roles import Kind, Role
from numecole_desktop.sync.roots import Roots, open_roots
from numecole_desktop.sync.trust import Acquaintance, Trust
from numecole_desktop.sync.versions import Held

CARD, DIRECTORY, PART, ROOTS = "carte", "annuaire", "partie", "racines"
ROLES: Mapping[str, Role] = {
    "conseiller": Role.ADVISER,
    "circonscription": Role.CIRCONSCRIPTION,
    "departement": Role.DEPARTMENT,
    "academie": Role.ACADEMY,
}
"""Roles of a device by their word on the command line."""

_SCOPED = (Role.ADVISER, Role.CIRCONSCRIPTION)


@dataclass(frozen=True, slots=True)
class KnownDevice:
    """A device that this installation knows.

    ``trust`` says in French why it counts or not; ``counts`` is true when its batches are taken.
    """

    kid: str
    label: str
    role: str
    office: str
    fingerprint: str
    counts: bool
    trust: str
    mine: bool


@dataclass(frozen=True, slots=True)
class ThisDevice:
    """This installation, able to sign."""

    device: Device
    key: DeviceKey


@cache
def limits() -> Limits:
    """Bounds of signed files."""
    name = "sync/limits.toml"
    return load_limits(resource(name).read_bytes(), name)


def create_device(workspace: Workspace, label: str, role: str, office: str) -> KnownDevice:
    """Give this base's journal a key, once; ``role`` is a word of ``ROLES``.

    ``office`` is the code of the circonscription, or the name of the département or académie.

    Raises:
        ServiceError: it has one, a value is missing, or the disk refuses.
    """
    if role not in ROLES:
        raise Problem(f"Le rôle {quoted(role)} n’existe pas{NBSP}: {', '.join(ROLES)}.")
    for text, name in ((label, "nom du poste"), (office, "code du bureau")):
        if not text.strip() or not text.isprintable() or len(text) > 80:
            raise Problem(f"Le {name} doit tenir en 1 à 80 caractères.")
    if ROLES[role] in _SCOPED and not _schools_of(workspace, office):
        raise Problem(
            f"Aucune école de cette base n’est de la circonscription {office}{NBSP}: importez "
            f"l’annuaire d’abord, ou vérifiez le code."
        )
    if workspace.marker is None:
        workspace.start_journal(predecessor=workspace.base.meta("journal"))
    path = _key_path(workspace)
    if path.exists():
        raise Problem("Ce poste a déjà sa clé. « numecole poste montrer » en donne l’empreinte.")
    _save_key(path, workspace, new_key())
    for name, value in (("device_label", label), ("device_role", role), ("device_office", office)):
        settings.put(workspace, name, value.strip())
    return _known(this_device(workspace).device, True, "ce poste", mine=True)


def has_device(workspace: Workspace) -> bool:
    """Whether this base can sign, or could before it was restored or copied."""
    return bool(settings.get(workspace, "device_label"))


def this_device(workspace: Workspace) -> ThisDevice:
    """This installation with its key; a new journal of a known device gets a new key.

    Raises:
        ServiceError: it has no key, or its key file cannot be opened.
    """
    if not has_device(workspace):
        raise Problem(
            f"Ce poste n’a pas encore de clé{NBSP}: donnez-lui un nom et un rôle (Échanges, « Ce "
            f"poste », ou numecole poste creer)."
        )
    if workspace.marker is None:
        workspace.start_journal(predecessor=workspace.base.meta("journal"))
    path = _key_path(workspace)
    if not path.exists():
        _save_key(path, workspace, new_key())
    key = _open_key(path, workspace)
    role = ROLES[settings.get(workspace, "device_role")]
    office = settings.get(workspace, "device_office")
    device = Device(
        key.kid,
        key.public,
        settings.get(workspace, "device_label"),
        role,
        office,
        _schools_of(workspace, office) if role in _SCOPED else None,
        frozenset({str(workspace.base.meta("journal"))}),
        _former(workspace),
    )
    return ThisDevice(device, key)


def card(workspace: Workspace) -> bytes:
    """The enrolment card of this device, to hand to those who must trust it.

    Raises:
        ServiceError: it has no key.
    """
    mine = this_device(workspace)
    former = None
    if mine.device.replaces is not None:
        former = _open_key(_path_of(_predecessor(workspace) or ""), workspace)
    now = int(workspace.clock().timestamp())
    return seal_card(mine.device, mine.key, now, former)


def write_card(workspace: Workspace, path: Path) -> Path:
    """Write the enrolment card of this device.

    Raises:
        ServiceError: it has no key, or the file cannot be written.
    """
    data = card(workspace)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
    except OSError as problem:
        raise Problem(
            f"La carte ne peut pas être écrite dans {path.parent} ({reason(problem)})."
        ) from problem
    return path


def trust(workspace: Workspace) -> Trust:
    """What this installation trusts now, itself included."""
    connection = workspace.base.connection
    cards = {
        file.key: Acquaintance(_card_device(workspace, file.data), file.verified)
        for file in exchange.trust_files(connection, CARD)
    }
    if has_device(workspace) and _key_path(workspace).exists():
        mine = this_device(workspace).device
        cards[mine.kid] = Acquaintance(mine, verified=True)
    directory = _directory(workspace)
    parts = []
    if directory is not None:
        for file in exchange.trust_files(connection, PART):
            try:
                parts.append(open_part(file.data, directory, None, limits()))
            except Refusal:
                continue
    return Trust.of(directory, parts, cards, exchange.owners(connection))


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
        ServiceError: the file is refused; nothing was changed.
    """
    data = read_signed(path, limits().envelope.trust_bytes)
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


def withdraw_trust(workspace: Workspace, kid: str) -> KnownDevice:
    """Stop trusting a device known by its card: what it sends from now on is set aside.

    Raises:
        ServiceError: no card of that key is held.
    """
    file = _card_file(workspace, kid)
    with workspace.writing():
        exchange.keep_trust(
            workspace.base.connection, TrustFile(CARD, file.key, False, _now(workspace), file.data)
        )
    return _known(_card_device(workspace, file.data), False, "non vérifié")


def _receive_card(workspace: Workspace, data: bytes, typed: str) -> tuple[str, ...]:
    replaces = claimed_replacement(data, limits())
    former = trust(workspace).device(replaces) if replaces else None
    device = open_card(data, former, limits())
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
            TrustFile(CARD, device.kid, verified, _now(workspace), data),
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
        kept = TrustFile(PART, part.territory, True, _now(workspace), data)
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
        kept = TrustFile(DIRECTORY, "", True, _now(workspace), data)
    with workspace.writing():
        exchange.keep_trust(connection, kept)
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
            workspace.base.connection, TrustFile(ROOTS, "", True, _now(workspace), data)
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


def _card_device(workspace: Workspace, data: bytes) -> Device:
    replaces = claimed_replacement(data, limits())
    former = _card_device(workspace, _card_file(workspace, replaces).data) if replaces else None
    return open_card(data, former, limits())


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
    )


def _schools_of(workspace: Workspace, office: str) -> frozenset[str]:
    rows = workspace.base.connection.execute(
        "SELECT uai FROM school WHERE circonscription_code = ?", (office,)
    )
    return frozenset(row[0] for row in rows)


def _predecessor(workspace: Workspace) -> str | None:
    from numecole_desktop.storage.events import read_events

    journal = workspace.base.meta("journal")
    for _, event in read_events(workspace.base.connection, "journal = ? AND n = 1", (journal,)):
        former = event.rows[0][1]
        return str(former) if former else None
    return None


def _former(workspace: Workspace) -> str | None:
    """Identifier of the key of the journal before, where this computer still has it."""
    journal = _predecessor(workspace)
    path = _path_of(journal) if journal else None
    if path is None or not path.exists():
        return None
    try:
        return _open_key(path, workspace).kid
    except Problem:
        return None


def _key_path(workspace: Workspace) -> Path:
    return _path_of(str(workspace.base.meta("journal")))


def _path_of(journal: str) -> Path:
    return data_folder() / "postes" / f"{journal}.cle"


def _save_key(path: Path, workspace: Workspace, key: DeviceKey) -> None:
    data = seal_key(key, workspace.base.key.recovery_code, limits().key_file)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data, mode=0o600)
    except OSError as problem:
        raise Problem(
            f"La clé de ce poste ne peut pas être écrite dans {path.parent} ({reason(problem)})."
        ) from problem


def _open_key(path: Path, workspace: Workspace) -> DeviceKey:
    try:
        data = path.read_bytes()
    except OSError as problem:
        raise Problem(
            f"La clé de ce poste ne peut pas être lue dans {path.parent} ({reason(problem)})."
        ) from problem
    return open_key(data, workspace.base.key.recovery_code, limits().key_file)


def _now(workspace: Workspace) -> str:
    return workspace.clock().isoformat(timespec="seconds")
