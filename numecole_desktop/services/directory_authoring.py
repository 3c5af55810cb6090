"""What the académie does off line: root keys, and the directory of devices that they sign.

Root keys stand in files of their own, each under a pass phrase, best kept on keys in a drawer:
no base ever holds them (spec 5.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.problem import Problem
from numecole_desktop.durable import explained, write_whole
from numecole_desktop.services.devices import limits, this_device
from numecole_desktop.services.trusted import trust
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.sync.cards import claimed_replacement, entry_of, open_card
from numecole_desktop.sync.devices import Device, LastGood, Revocation
from numecole_desktop.sync.directory import (
    FORMAT,
    DirectoryPayload,
    open_directory,
    open_part,
    seal_directory,
)
from numecole_desktop.sync.ed25519 import DeviceKey, new_key
from numecole_desktop.sync.key_file import open_key, seal_key
from numecole_desktop.sync.roles import Role
from numecole_desktop.sync.roots import open_roots, roots_file, state_roots

_SHORTEST_PHRASE = 12


def create_root_key(path: Path, phrase: str) -> str:
    """Write a new root key under a pass phrase; returns its identifier.

    Raises:
        Problem: the phrase is too short, the file exists or cannot be written.
    """
    if len(phrase) < _SHORTEST_PHRASE:
        raise Problem(f"La phrase secrète doit avoir au moins {_SHORTEST_PHRASE} caractères.")
    if path.exists():
        raise Problem(f"{path} existe déjà{NBSP}: une clé ne s’écrase pas.")
    key = new_key()
    write_whole(path, seal_key(key, phrase, limits().key_file), mode=0o600)
    return key.kid


def state_root_keys(
    path: Path,
    keys: Sequence[Path],
    phrases: Sequence[str],
    threshold: int,
    now: datetime,
) -> str:
    """Write the file that says which root keys count; returns its fingerprint of thirty digits.

    Raises:
        Problem: a key cannot be opened, or too few of them are asked to sign.
    """
    opened = _open_all(keys, phrases)
    if not 0 < threshold <= len(opened):
        raise Problem(f"Le nombre de signatures doit être de 2 à {len(opened)}.")
    named = [(key.public, f"racine {rank}") for rank, key in enumerate(opened, 1)]
    statement = state_roots(1, threshold, named, opened, int(now.timestamp()))
    data = roots_file([statement])
    roots = open_roots(data, None, limits())
    write_whole(path, data)
    return roots.fingerprint


def write_directory(
    path: Path,
    *,
    territory: str,
    version: int,
    expires: date,
    cards: Sequence[Path],
    revoked: Sequence[str],
    roots: Path,
    keys: Sequence[Path],
    phrases: Sequence[str],
    now: datetime,
) -> int:
    """Write the directory of devices, signed by root keys; returns how many devices it names.

    ``cards`` are those of the devices, ``revoked`` says « KEY:REASON:JOURNAL:N:HASH » for each
    key that no longer counts after its last good event (the last three may be left out).

    Raises:
        Problem: a card or a key cannot be read, or the directory contradicts itself.
    """
    payload = _payload(territory, version, expires, cards, revoked, now)
    signers = [(key, Role.ROOT) for key in _open_all(keys, phrases)]
    data = seal_directory(payload, signers, int(now.timestamp()))
    trusted = open_roots(_read(roots), None, limits())
    found = open_directory(data, trusted, None, limits())
    write_whole(path, data)
    return len(found.devices)


def write_part(
    workspace: Workspace,
    path: Path,
    *,
    version: int,
    expires: date,
    cards: Sequence[Path],
    revoked: Sequence[str],
) -> int:
    """Write the part of the directory that a circonscription signs: advisers of its schools.

    ``cards`` and ``revoked`` are as for ``write_directory``. Returns how many devices it names.

    Raises:
        Problem: this device is no circonscription of the directory that it holds, or the
            part goes beyond its rights.
    """
    mine = this_device(workspace)
    directory = trust(workspace).directory
    if mine.device.role is not Role.CIRCONSCRIPTION or directory is None:
        raise Problem(
            f"Seule une circonscription inscrite dans l’annuaire des postes de l’académie en "
            f"signe une partie{NBSP}: recevez d’abord cet annuaire."
        )
    now = workspace.clock()
    payload = _payload(mine.device.office, version, expires, cards, revoked, now)
    data = seal_directory(payload, [(mine.key, mine.device.role)], int(now.timestamp()))
    found = open_part(data, directory, None, limits())
    write_whole(path, data)
    return len(found.devices)


def _payload(
    territory: str,
    version: int,
    expires: date,
    cards: Sequence[Path],
    revoked: Sequence[str],
    now: datetime,
) -> DirectoryPayload:
    devices: dict[str, Device] = {}
    for card in cards:
        data = _read(card)
        former = devices.get(claimed_replacement(data, limits()) or "")
        device = open_card(data, former, limits())
        devices[device.kid] = device
    return DirectoryPayload(
        FORMAT,
        1,
        territory,
        version,
        now.isoformat(timespec="seconds"),
        expires,
        [entry_of(device) for device in devices.values()],
        [_revocation(text) for text in revoked],
    )


def _revocation(text: str) -> Revocation:
    kid, _, rest = text.partition(":")
    why, _, last = rest.partition(":")
    good = []
    if last:
        try:
            journal, n, digest = last.split(":")
            good = [LastGood(journal, int(n), digest)]
        except ValueError as problem:
            raise Problem(
                f"{quoted(text)} doit s’écrire CLE:RAISON ou CLE:RAISON:JOURNAL:N:EMPREINTE."
            ) from problem
    if not kid or not why:
        raise Problem(f"{quoted(text)} doit dire la clé et la raison{NBSP}: CLE:RAISON.")
    return Revocation(kid, why, good)


def _open_all(paths: Sequence[Path], phrases: Sequence[str]) -> list[DeviceKey]:
    if not paths or len(phrases) not in (1, len(paths)):
        raise Problem("Donnez une phrase secrète par clé, ou une seule pour toutes.")
    given = list(phrases) * len(paths) if len(phrases) == 1 else list(phrases)
    return [
        open_key(_read(path), phrase, limits().key_file)
        for path, phrase in zip(paths, given, strict=True)
    ]


def _read(path: Path) -> bytes:
    with explained(f"{path} ne peut pas être lu"):
        return path.read_bytes()
