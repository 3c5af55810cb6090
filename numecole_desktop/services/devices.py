"""This device's key, the devices that it trusts, and who they are in words (spec 5.4).

The private key stands beside the bases, sealed by the secret of the base that it signs for: a
base that is copied or restored does not bring it along, and begins a journal with a key of its
own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import msgspec

from numecole_desktop.domain.french import NBSP, quoted, sort_key
from numecole_desktop.domain.problem import Problem
from numecole_desktop.durable import explained, write_atomic
from numecole_desktop.referentials.departments import departments
from numecole_desktop.referentials.resources import resource
from numecole_desktop.services import settings
from numecole_desktop.services.folders import data_folder
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import exchange, reads
from numecole_desktop.storage.events import decode
from numecole_desktop.storage.exchange import TrustFile
from numecole_desktop.sync.cards import seal_card
from numecole_desktop.sync.devices import Device
from numecole_desktop.sync.ed25519 import DeviceKey, new_key
from numecole_desktop.sync.key_file import open_key, seal_key
from numecole_desktop.sync.limits import Limits, load_limits
from numecole_desktop.sync.roles import Role

ROLES: Mapping[str, Role] = {
    "conseiller": Role.ADVISER,
    "circonscription": Role.CIRCONSCRIPTION,
    "departement": Role.DEPARTMENT,
    "academie": Role.ACADEMY,
}
"""Roles of a device by their word on the command line."""

CARD = "carte"
"""Kind of the files of trust that present one device."""

_SCOPED = (Role.ADVISER, Role.CIRCONSCRIPTION)


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


@dataclass(frozen=True, slots=True)
class Office:
    """An office that this base can name: what is stored, and how people call it."""

    code: str
    label: str


def offices(workspace: Workspace, role: str) -> tuple[Office, ...]:
    """Offices of the schools of this base for a word of ``ROLES``, in the order of their names."""
    found: dict[str, str] = {}
    for school in reads.schools(workspace.base.connection):
        if ROLES[role] in _SCOPED:
            code, label = school.circonscription_code, school.circonscription_label
        elif ROLES[role] is Role.DEPARTMENT:
            code = label = departments().get(school.department_code or "", "")
        else:
            code = label = school.academy or ""
        if code:
            found[code] = label or code
    return tuple(Office(*item) for item in sorted(found.items(), key=lambda i: sort_key(i[1])))


def create_device(workspace: Workspace, label: str, role: str, office: str) -> ThisDevice:
    """Give this base's journal a key, once; ``role`` is a word of ``ROLES``.

    ``office`` is the code of the circonscription, or the name of the département or académie.

    Raises:
        Problem: it has one, a value is missing, or the disk refuses.
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
    if not workspace.owns_journal:
        workspace.start_journal(predecessor=workspace.base.meta("journal"))
    path = _key_path(workspace)
    if path.exists():
        raise Problem(
            f"Ce poste a déjà sa clé (Échanges, {quoted('Ce poste')}, ou numecole poste montrer)."
        )
    said = {"device_label": label, "device_role": role, "device_office": office}
    with workspace.writing():
        for name, value in said.items():
            settings.put(workspace, name, value.strip())
        return this_device(workspace)


def has_device(workspace: Workspace) -> bool:
    """Whether this base can sign, or could before it was restored or copied."""
    return bool(settings.get(workspace, "device_label"))


def has_key(workspace: Workspace) -> bool:
    """Whether the key of this base's journal is on this computer."""
    return _key_path(workspace).exists()


def this_device(workspace: Workspace) -> ThisDevice:
    """This installation with its key; a new journal of a known device gets a new key.

    A journal whose key file is gone is left for a new one.

    Raises:
        Problem: it has no key, or its key file cannot be opened.
    """
    if not has_device(workspace):
        raise Problem(
            f"Ce poste n’a pas encore de clé{NBSP}: donnez-lui un nom et un rôle (Échanges, "
            f"{quoted('Ce poste')}, ou numecole poste creer)."
        )
    if not workspace.owns_journal:
        workspace.start_journal(predecessor=workspace.base.meta("journal"))
    path = _key_path(workspace)
    journal = str(workspace.base.meta("journal"))
    if not path.exists() and journal in exchange.owners(workspace.base.connection):
        # The file of its key is gone: a journal never changes key, so another one begins.
        workspace.start_journal(predecessor=journal)
        path = _key_path(workspace)
    if not path.exists():
        _save_key(path, workspace, new_key())
        _remember(workspace)
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


def card(workspace: Workspace, *, alone: bool = False) -> bytes:
    """The enrolment card of this device, to hand to those who must trust it.

    With ``alone`` it does not say which key it takes over from: for those who never had that one.

    Raises:
        Problem: it has no key.
    """
    mine = this_device(workspace)
    if alone:
        mine = replace(mine, device=replace(mine.device, replaces=None))
    former = None
    if mine.device.replaces is not None:
        former = _open_key(_path_of(journals_before(workspace)[0]), workspace)
    now = int(workspace.clock().timestamp())
    return seal_card(mine.device, mine.key, now, former)


def write_card(workspace: Workspace, path: Path, *, alone: bool = False) -> Path:
    """Write the enrolment card of this device; ``alone`` as for ``card``.

    Raises:
        Problem: it has no key, or the file cannot be written.
    """
    data = card(workspace, alone=alone)
    mend = "vérifiez que la clé est branchée, ou choisissez un autre dossier."
    with explained(f"La carte ne peut pas être écrite dans {path.parent}", mend):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
    return path


def _remember(workspace: Workspace) -> None:
    """Keep this device's own card, for when this base is a copy that went on with another key.

    What its journal became elsewhere then comes back as from a device that is trusted.
    """
    kept = card(workspace)
    kid = this_device(workspace).device.kid
    connection = workspace.base.connection
    with workspace.writing():
        exchange.keep_trust(connection, TrustFile(CARD, kid, True, label_of_now(workspace), kept))
        exchange.pin_owner(connection, str(workspace.base.meta("journal")), kid)


def _schools_of(workspace: Workspace, office: str) -> frozenset[str]:
    rows = workspace.base.connection.execute(
        "SELECT uai FROM school WHERE circonscription_code = ?", (office,)
    )
    return frozenset(row[0] for row in rows)


def journals_before(workspace: Workspace) -> list[str]:
    """The journals that this base went on from, the last first, its own left out."""
    rows = workspace.base.connection.execute("SELECT body FROM event WHERE kind = 'journal'")
    before = {str(row[0]): row[1] for (body,) in rows for row in decode(bytes(body)).rows}
    found: list[str] = []
    journal = before.get(str(workspace.base.meta("journal")))
    while isinstance(journal, str) and journal not in found:
        found.append(journal)
        journal = before.get(journal)
    return found


def _former(workspace: Workspace) -> str | None:
    """Identifier of the key of the journal before, where this computer still has it."""
    journal = next(iter(journals_before(workspace)), None)
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
    # The secret is random: a costly derivation would slow each batch down and protect nothing.
    bounds = limits().key_file
    light = msgspec.structs.replace(
        bounds, iterations=bounds.least_iterations, memory_kib=bounds.least_memory_kib
    )
    data = seal_key(key, workspace.base.key.recovery_code, light)
    what = f"La clé de ce poste ne peut pas être écrite dans {path.parent}"
    with explained(what, "vérifiez la place et vos droits dans ce dossier."):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data, mode=0o600)


def _open_key(path: Path, workspace: Workspace) -> DeviceKey:
    what = f"La clé de ce poste ne peut pas être lue dans {path.parent}"
    with explained(what, "vérifiez vos droits dans ce dossier."):
        data = path.read_bytes()
    return _opened(data, workspace.base.key.recovery_code)


@lru_cache(maxsize=4)
def _opened(data: bytes, secret: str) -> DeviceKey:
    """Opening a key is made slow on purpose: an exchange asks for it several times, not once."""
    return open_key(data, secret, limits().key_file)


def label_of_now(workspace: Workspace) -> str:
    """The wall time, as it is written."""
    return workspace.clock().isoformat(timespec="seconds")
