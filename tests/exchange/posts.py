"""Real bases that exchange real files: posts, their folders, and the key that travels."""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from numecole_desktop.domain.causality import Dot
from numecole_desktop.services import batch_import, batches, devices, trusted
from numecole_desktop.services.batch_import import BatchReport
from numecole_desktop.services.workspace import Workspace, finished
from tests.conftest import add_schools, fixed_clock
from tests.services.support import rows
from tests.sync.support import limits as cheap_limits

OFFICE = "0111031L"
ROLES = {"lea": "conseiller", "marc": "conseiller", "bureau": "circonscription"}


Card = tuple[Path, str]


class Post:
    """One installation: its folder of data, its base, open until something closes it."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name = name
        self.folder = folder
        self.base = folder / "base.numecole"
        self._opened: Workspace | None = None

    @property
    def workspace(self) -> Workspace:
        """The open base; this computer's folder is the one in use from now on."""
        os.environ["NUMECOLE_DOSSIER"] = str(self.folder)
        if self._opened is None:
            self._opened = Workspace.open(self.base, operator=self.name, clock=fixed_clock)
        return self._opened

    @property
    def is_open(self) -> bool:
        return self._opened is not None

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def enrol(self) -> None:
        """Give the base a few schools and a key."""
        add_schools(self.workspace)
        devices.create_device(self.workspace, f"Poste {self.name}", ROLES[self.name], OFFICE)

    def card(self) -> Card:
        """The card of this post, and the fingerprint that its owner reads aloud."""
        mine = devices.this_device(self.workspace).device
        path = self.folder / f"carte-{mine.kid}.json"
        if not path.exists():
            devices.write_card(self.workspace, path)
        return path, mine.fingerprint

    def meet(self, *cards: Card) -> None:
        """Receive cards, the fingerprint typed; what waited for them is taken in."""
        for path, fingerprint in cards:
            trusted.receive_trust(self.workspace, path, fingerprint)
        finished(batch_import.import_set_aside(self.workspace))

    def forget(self, journals: Collection[str]) -> None:
        """Trust no longer the keys whose cards name these journals."""
        for kid, met in trusted.trust(self.workspace).cards.items():
            if met.device.journals & set(journals):
                trusted.withdraw_trust(self.workspace, kid)

    def send(self, folder: Path) -> Path:
        """The file of a new batch for whoever trusts this post."""
        return finished(batches.create_batch(self.workspace, folder)).path

    def take(self, path: Path) -> BatchReport:
        return finished(batch_import.import_batch(self.workspace, path))

    def events(self) -> dict[Dot, str]:
        """Hash by name of every event held here, applied or waiting; two hashes are a fork."""
        found: dict[Dot, str] = {}
        for journal, n, digest in self.workspace.base.connection.execute(
            "SELECT journal, n, hash FROM event UNION SELECT journal, n, hash FROM held_event"
        ):
            assert found.setdefault((journal, n), digest) == digest, (self.name, journal, n)
        return found

    def shown(self) -> dict[str, list[dict[str, Any]]]:
        """What this base says, whoever wrote it in whatever order."""
        own = ("head", "heads")
        return {
            table: [
                {name: cell for name, cell in row.items() if name not in own}
                for row in rows(self.workspace, table)
            ]
            for table in ("declaration", "school", "label_application", "declared_year")
        } | {"conflict": sorted(rows(self.workspace, "conflict"), key=lambda row: [*row.values()])}


def posts(folder: Path, *names: str) -> list[Post]:
    """Enrolled posts that know one another, their bases closed."""
    found = [Post(folder / name, name) for name in names]
    for post in found:
        post.folder.mkdir(parents=True)
        post.enrol()
    for post in found:
        post.meet(*(other.card() for other in found if other is not post))
    for post in found:
        post.close()
    return found


@contextmanager
def quick_keys() -> Iterator[None]:
    """Keys whose files open at once."""
    shipped = devices.limits
    devices.limits = cheap_limits
    try:
        yield
    finally:
        devices.limits = shipped


def copied(template: Path, target: Path, *names: str) -> list[Post]:
    """Copies of closed posts, as if nothing had happened since they met."""
    shutil.copytree(template, target)
    return [Post(target / name, name) for name in names]
