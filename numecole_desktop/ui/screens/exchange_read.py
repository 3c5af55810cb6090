"""What the screen of exchanges needs from the base, read on the base's thread in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from numecole_desktop.services.conflict_list import Conflict
    from numecole_desktop.services.devices import Office
    from numecole_desktop.services.exchange_state import (
        AsideLine,
        Outgoing,
        ReceivedLine,
        SentLine,
        Shares,
    )
    from numecole_desktop.services.gaps import Lacks
    from numecole_desktop.services.trusted import KnownDevice
    from numecole_desktop.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class FirstUse:
    """What this device may be: roles (word, label), and the offices of each."""

    roles: tuple[tuple[str, str], ...]
    offices: Mapping[str, tuple[Office, ...]]


@dataclass(frozen=True, slots=True)
class ExchangeView:
    """Where exchange stands; ``devices`` begins with this one, ``offices`` names their codes."""

    devices: tuple[KnownDevice, ...]
    offices: Mapping[str, str]
    outgoing: Outgoing
    shares: Shares
    received: tuple[ReceivedLine, ...]
    sent: tuple[SentLine, ...]
    aside: tuple[AsideLine, ...]
    lacks: Lacks
    conflicts: tuple[Conflict, ...]

    def office(self, code: str) -> str:
        """How people call an office."""
        return self.offices.get(code, code)


def read_exchange(workspace: Workspace) -> FirstUse | ExchangeView:
    """Read everything, or what the first use asks where this device has no name yet.

    Raises:
        Problem: the key of this device cannot be opened.
    """
    from numecole_desktop.services import (
        conflict_list,
        devices,
        exchange_state,
        gaps,
        trusted,
    )

    if not devices.has_device(workspace):
        roles = tuple((word, role.label) for word, role in devices.ROLES.items())
        return FirstUse(roles, {word: devices.offices(workspace, word) for word, _ in roles})
    near = devices.offices(workspace, "circonscription")
    return ExchangeView(
        trusted.known_devices(workspace),
        {office.code: office.label for office in near},
        exchange_state.outgoing(workspace),
        exchange_state.shares(workspace),
        exchange_state.receipts(workspace),
        exchange_state.sent(workspace),
        exchange_state.set_aside(workspace),
        gaps.lacks(workspace),
        conflict_list.conflicts(workspace),
    )
