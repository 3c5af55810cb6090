"""What this service prints on its documents: its name and its logo, settings of the base."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from numecole_desktop.domain.french import NBSP, file_size, quoted
from numecole_desktop.domain.problem import Problem
from numecole_desktop.services import settings
from numecole_desktop.services.workspace import Workspace

LONGEST_NAME = 90
"""Most characters of the name of a service: one line of a page."""

_SERVICE, _LOGO = "service", "logo"


def service_name(workspace: Workspace) -> str:
    """Name of the service that prints; empty when none was given."""
    return settings.get(workspace, _SERVICE)


def put_service_name(workspace: Workspace, name: str) -> str:
    """Print ``name`` from now on; what is kept of it.

    Raises:
        Problem: it is too long, or the disk refuses.
    """
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        raise Problem(
            f"Le nom du service a {len(name)} caractères{NBSP}: raccourcissez-le à "
            f"{LONGEST_NAME}, pour qu’il tienne sur une ligne."
        )
    settings.put(workspace, _SERVICE, name)
    return name


def logo(workspace: Workspace) -> bytes | None:
    """The logo as it is printed, a PNG; None when none was chosen or what is kept is damaged."""
    try:
        return base64.b64decode(settings.get(workspace, _LOGO), validate=True) or None
    except binascii.Error:
        return None


def take_logo(workspace: Workspace, path: Path) -> bytes:
    """Print the image ``path`` as logo from now on; the image as it is printed.

    It is recognised by its content; only the printed size is kept, without what a photo tells of
    its author or place.

    Raises:
        Problem: it cannot be read, is too large, or is no PNG or JPEG image.
    """
    from numecole_desktop.reports.logo import print_ready
    from numecole_desktop.services.attached import limits

    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= limits().file_bytes else b""
    except OSError as problem:
        raise Problem(
            f"Le fichier {quoted(path.name)} ne peut pas être lu{NBSP}: vérifiez qu’il existe "
            f"toujours et que vous y avez accès."
        ) from problem
    if size > limits().file_bytes:
        raise Problem(
            f"Le fichier {quoted(path.name)} pèse plus de "
            f"{file_size(limits().file_bytes)}{NBSP}: choisissez une image plus petite."
        )
    ready = print_ready(content)
    settings.put(workspace, _LOGO, base64.b64encode(ready).decode("ascii"))
    return ready


def remove_logo(workspace: Workspace) -> None:
    """Print no logo any more.

    Raises:
        Problem: the disk refuses.
    """
    settings.put(workspace, _LOGO, "")
