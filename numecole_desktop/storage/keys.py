"""The key of a base: in the system's keyring where a safe one exists, else in a private file.

A key is found by the salt in the first 16 bytes of the base, so that a base can be moved or
renamed, and several bases (and their backups) live side by side.
"""

from __future__ import annotations

import base64
import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from numecole_desktop.durable import write_atomic
from numecole_desktop.storage.errors import KeyMissingError

SALT_BYTES = 16
KEY_BYTES = 32
_SERVICE = "numecole-desktop"
_SAFE_BACKENDS = (
    "keyring.backends.Windows",
    "keyring.backends.macOS",
    "keyring.backends.SecretService",
    "keyring.backends.kwallet",
    "keyring.backends.libsecret",
)
_GROUP = 4


@dataclass(frozen=True, slots=True)
class BaseKey:
    """Raw key and salt of a base."""

    key: bytes
    salt: bytes

    @property
    def pragma(self) -> str:
        """Value of SQLCipher's ``PRAGMA key`` (raw key followed by the salt)."""
        return f"x'{self.key.hex()}{self.salt.hex()}'"

    @property
    def recovery_code(self) -> str:
        """The key as groups of letters and digits that can be written on paper."""
        text = base64.b32encode(self.key).decode("ascii").rstrip("=")
        return "-".join(text[i : i + _GROUP] for i in range(0, len(text), _GROUP))


def salt_of(path: Path) -> bytes | None:
    """Salt of the base at ``path``; None when there is no file or it is empty.

    Raises:
        OSError: the file cannot be read.
    """
    try:
        with path.open("rb") as stream:
            salt = stream.read(SALT_BYTES)
    except FileNotFoundError:
        return None
    return salt or None


def create_key() -> BaseKey:
    """A new random key, kept for this account before it is returned.

    Raises:
        OSError: the folder of the keys cannot be written.
    """
    import secrets  # not needed to open a base: the first rows need not wait for it

    fresh = BaseKey(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(SALT_BYTES))
    keep(fresh)
    return fresh


def keep(base_key: BaseKey) -> None:
    """Keep a key for this account: in a safe keyring, else in a file that only it can read."""
    in_keyring = _keyring_set(base_key.salt.hex(), base_key.key.hex())
    record = {"v": 1, "trousseau": True} if in_keyring else {"v": 1, "cle": base_key.key.hex()}
    folder = key_folder()
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    write_atomic(_key_file(base_key.salt), json.dumps(record).encode(), mode=0o600)


def is_kept(base_key: BaseKey) -> bool:
    """Whether this account holds this very key."""
    return _kept(_key_file(base_key.salt), base_key.salt) == base_key.key.hex()


def forget(base_key: BaseKey) -> None:
    """Give up the key of a base that is no more; a keyring that refuses keeps it."""
    import keyring
    import keyring.errors

    if _safe_keyring():
        with suppress(keyring.errors.KeyringError):
            keyring.delete_password(_SERVICE, base_key.salt.hex())
    _key_file(base_key.salt).unlink(missing_ok=True)


def find_key(path: Path, salt: bytes) -> BaseKey:
    """The key of the base at ``path``.

    Raises:
        KeyMissingError: this account does not hold it.
    """
    file = _key_file(salt)
    text = _kept(file, salt)
    if text is None:
        raise KeyMissingError(
            f"La clé de la base {path} ne peut pas être lue dans {file}. Restaurez une "
            f"sauvegarde avec son code de récupération."
        )
    if text:
        return BaseKey(bytes.fromhex(text), salt)
    raise KeyMissingError(
        f"Le fichier {path} n’est pas une base Numécole, ou sa clé n’est pas sur ce compte. Si "
        f"elle vient d’un autre ordinateur, restaurez-la avec son code de récupération (numecole "
        f"restaurer {path.name} --code CODE)."
    )


def key_from_code(code: str, salt: bytes) -> BaseKey | None:
    """The key that a recovery code spells; None when it is not one."""
    text = "".join(c for c in code.upper() if c.isalnum())
    try:
        key = base64.b32decode(text + "=" * (-len(text) % 8))
    except ValueError:
        return None
    return BaseKey(key, salt) if len(key) == KEY_BYTES else None


def key_folder() -> Path:
    """Folder of the key files, in this account's settings."""
    return platformdirs.user_config_path("numecole", appauthor=False) / "cles"


def _kept(file: Path, salt: bytes) -> str | None:
    """The key in hexadecimal; empty when this account has none, None when it is unreadable."""
    try:
        record = json.loads(file.read_bytes())
        text = _keyring_get(salt.hex()) if record.get("trousseau") else record["cle"]
        readable = not text or len(bytes.fromhex(text)) == KEY_BYTES
    except FileNotFoundError:
        return ""
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return (text or "") if readable else None


def _key_file(salt: bytes) -> Path:
    return key_folder() / f"{salt.hex()}.cle"


def _safe_keyring() -> bool:
    import keyring

    backend = type(keyring.get_keyring())
    return backend.__module__ in _SAFE_BACKENDS


def _keyring_set(name: str, secret: str) -> bool:
    """Whether the secret is now in a safe keyring, read back to be sure."""
    import keyring
    import keyring.errors

    if not _safe_keyring():
        return False
    try:
        keyring.set_password(_SERVICE, name, secret)
        return keyring.get_password(_SERVICE, name) == secret
    except keyring.errors.KeyringError:
        return False


def _keyring_get(name: str) -> str | None:
    import keyring
    import keyring.errors

    if not _safe_keyring():
        return None
    try:
        return keyring.get_password(_SERVICE, name)
    except keyring.errors.KeyringError:
        return None
