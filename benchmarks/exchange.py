"""L1 to L4: a batch of one-record edits written and taken in, against what no exchange can spare.

The floor of writing: one hash, one signature, one durable file. The floor of taking in: one hash,
one verification, a typed reading of each event, one durable transaction of their bytes. No
ratio is required of the project: the limits only show when something has become much slower.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import msgspec

from benchmarks import data
from benchmarks.bases import fresh
from benchmarks.harness import Options, Result, cache_folder, compare, timed
from numecole_desktop.domain.journal import RecordKind, Source
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.durable import write_atomic
from numecole_desktop.services import batch_import, batches, devices, trusted
from numecole_desktop.services.workspace import Workspace, finished
from numecole_desktop.storage.events import Outline
from numecole_desktop.sync.ed25519 import new_key, verify

_OFFICE = "0310001A"
_SCHOOLS = 500
_LIMITS = {2_000: (40, 40), 20_000: (40, 40)}


def batches_written_and_taken_in(options: Options) -> list[Result]:
    """Both ways, for a day's batch and for a whole campaign."""
    return [
        result
        for rank, (events, limits) in enumerate(_LIMITS.items())
        for result in _pair(events, limits, rank, options)
    ]


def _pair(events: int, limits: tuple[int, int], rank: int, options: Options) -> list[Result]:
    folder = cache_folder() / f"exchange-{events}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with (
        Workspace.open(folder / "sender.numecole") as sender,
        Workspace.open(folder / "reader.numecole") as reader,
    ):
        for workspace, label in ((sender, "Envoi"), (reader, "Accueil")):
            _schools(workspace)
            devices.create_device(workspace, label, "conseiller", _OFFICE)
        for workspace, other in ((sender, reader), (reader, sender)):
            card = devices.write_card(other, folder / "carte.json")
            said = devices.this_device(other).device.fingerprint
            trusted.receive_trust(workspace, card, said)
        _edit(sender, events)
        bodies = [bytes(row[0]) for row in sender.base.connection.execute("SELECT body FROM event")]
        path = finished(batches.create_batch(sender, folder)).path
        export = compare(
            f"L{1 + 2 * rank}",
            f"lot de {events} saisies écrit / haché, signé, écrit",
            limits[0],
            lambda: timed(lambda: finished(batches.create_batch(sender, folder))),
            lambda: timed(lambda: _least_writing(bodies, folder)),
            options.few(5),
        )
    taken = compare(
        f"L{2 + 2 * rank}",
        f"lot de {events} saisies pris / haché, vérifié, lu, gardé",
        limits[1],
        lambda: _take_in(folder / "reader.numecole", path),
        lambda: _least_taking_in(folder / "reader.numecole", bodies),
        options.few(5),
    )
    return [export, taken]


def _schools(workspace: Workspace) -> None:
    workspace.record(
        RecordKind.SCHOOL,
        ("uai", "name", "circonscription_code"),
        [(data.uai(number), f"École {number}", _OFFICE) for number in range(_SCHOOLS)],
        source=Source.IMPORTED,
    )


def _edit(workspace: Workspace, events: int) -> None:
    year = str(SchoolYear(data.FIRST_YEAR))
    with workspace.writing():
        for number in range(events):
            workspace.record(
                RecordKind.DECLARATION,
                ("uai", "year", "A1", "B1", "status"),
                [(data.uai(number % _SCHOOLS), year, number % 30 + 1, number % 9, "draft")],
                source=Source.DECLARED,
            )


def _least_writing(bodies: list[bytes], folder: Path) -> None:
    payload = b"\n".join(bodies)
    signature = new_key().sign(hashlib.sha256(payload).digest())
    write_atomic(folder / "least", payload + signature)


def _take_in(base: Path, path: Path) -> float:
    with Workspace.open(fresh(base)) as workspace:
        devices.this_device(workspace)
        return timed(lambda: finished(batch_import.import_batch(workspace, path)))


def _least_taking_in(base: Path, bodies: list[bytes]) -> float:
    payload, key = b"\n".join(bodies), new_key()
    signature = key.sign(payload)
    decode = msgspec.json.Decoder(Outline).decode
    with Workspace.open(fresh(base)) as workspace:
        workspace.base.connection.execute("CREATE TABLE least (n INTEGER PRIMARY KEY, body BLOB)")

        def least() -> None:
            hashlib.sha256(payload).digest()
            assert verify(key.public, signature, payload)
            rows = [(decode(body).n, body) for body in payload.split(b"\n")]
            with workspace.base.transaction() as connection:
                connection.executemany("INSERT OR REPLACE INTO least VALUES (?, ?)", rows)

        return timed(least)
