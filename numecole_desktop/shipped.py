"""Files that come with the application: in the package of a wheel, beside it in a checkout."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@cache
def shipped(name: str, in_checkout: str = "") -> Traversable:
    """The file or folder that a wheel holds as ``name`` inside the package.

    An editable install finds that of the checkout, at ``in_checkout`` where it has another place.
    """
    installed = files("numecole_desktop") / name
    if installed.is_dir() or installed.is_file():
        return installed
    return Path(__file__).resolve().parents[1] / (in_checkout or name)


def typed(data: bytes, origin: str, kind: type[T], refusal: type[ValueError] = ValueError) -> T:
    """A TOML file as the type that describes it; ``origin`` names it in the error.

    Raises:
        ValueError: not TOML, or a key missing, unknown or mistyped; of the class ``refusal``.
    """
    import msgspec

    try:
        return msgspec.toml.decode(data, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise refusal(f"{origin} : {problem}") from problem
