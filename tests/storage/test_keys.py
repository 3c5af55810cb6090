"""Where the key of a base is kept, and who can read it."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import keyring
import keyring.backend
import pytest

from numecole_desktop.services import maintenance
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage import keys
from numecole_desktop.storage.errors import KeyMissingError
from tests.services.support import assert_sound


class Drawer(keyring.backend.KeyringBackend):
    """A backend that keeps secrets in this process, in clear."""

    priority = 9

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring has no types here
        self.kept: dict[tuple[str, str], str] = {}

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


class SystemDrawer(Drawer):
    """The same, which says that it is the system's."""


class ForgetfulDrawer(SystemDrawer):
    """A system's backend that accepts a secret and does not keep it."""

    def set_password(self, service: str, username: str, password: str) -> None:
        pass


for _system in (SystemDrawer, ForgetfulDrawer):
    _system.__module__ = "keyring.backends.SecretService"


@pytest.fixture(autouse=True)
def _former_keyring() -> Iterator[None]:
    former = keyring.get_keyring()
    yield
    keyring.set_keyring(former)


def key_file() -> Path:
    (found,) = keys.key_folder().iterdir()
    return found


def test_a_key_file_is_private(base_path: Path) -> None:
    with Workspace.open(base_path) as workspace:
        secret = workspace.base.key.key
    assert stat.S_IMODE(key_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(keys.key_folder().stat().st_mode) == 0o700
    assert json.loads(key_file().read_bytes())["cle"] == secret.hex()
    assert keys.key_folder().is_relative_to(base_path.parent / "config")


def test_a_folder_of_keys_open_to_others_is_closed(base_path: Path) -> None:
    keys.key_folder().mkdir(parents=True)
    keys.key_folder().chmod(0o755)
    with Workspace.open(base_path):
        pass
    assert stat.S_IMODE(keys.key_folder().stat().st_mode) == 0o700


def test_an_unknown_backend_is_never_used(base_path: Path) -> None:
    drawer = Drawer()
    keyring.set_keyring(drawer)
    with Workspace.open(base_path) as workspace:
        secret = workspace.base.key.key.hex()
    assert drawer.kept == {}
    assert secret in key_file().read_text()
    with Workspace.open(base_path) as workspace:
        assert_sound(workspace)


def test_a_safe_backend_holds_the_key_and_the_file_does_not(base_path: Path) -> None:
    drawer = SystemDrawer()
    keyring.set_keyring(drawer)
    with Workspace.open(base_path) as workspace:
        secret = workspace.base.key.key.hex()
    assert list(drawer.kept.values()) == [secret]
    assert secret not in key_file().read_text()
    with Workspace.open(base_path) as workspace:
        assert_sound(workspace)


def test_a_safe_backend_that_forgets_leaves_the_key_in_the_file(base_path: Path) -> None:
    keyring.set_keyring(ForgetfulDrawer())
    with Workspace.open(base_path):
        pass
    with Workspace.open(base_path) as workspace:
        assert_sound(workspace)


def test_a_keyring_that_lost_the_key_says_how_to_go_on(base_path: Path) -> None:
    drawer = SystemDrawer()
    keyring.set_keyring(drawer)
    with Workspace.open(base_path):
        pass
    drawer.kept.clear()
    with pytest.raises(KeyMissingError, match="code de récupération"):
        Workspace.open(base_path)


def test_a_backend_that_became_unsafe_is_not_asked(base_path: Path) -> None:
    safe, unsafe = SystemDrawer(), Drawer()
    keyring.set_keyring(safe)
    with Workspace.open(base_path):
        pass
    unsafe.kept = safe.kept
    keyring.set_keyring(unsafe)
    with pytest.raises(KeyMissingError):
        Workspace.open(base_path)


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", "null", "{}", '{"cle": 5}', '{"cle": "zz"}', '{"cle": "00ff"}', "é", "\0"],
)
def test_a_damaged_key_file_is_said(base_path: Path, text: str) -> None:
    with Workspace.open(base_path):
        pass
    key_file().write_text(text)
    with pytest.raises(KeyMissingError, match="ne peut pas être lue"):
        Workspace.open(base_path)


def test_the_key_of_another_base_does_not_open_this_one(base_path: Path) -> None:
    with Workspace.open(base_path):
        pass
    first = key_file()
    record = json.loads(first.read_bytes())
    record["cle"] = bytes(32).hex()
    first.write_text(json.dumps(record))
    with pytest.raises(Exception, match="sa clé n’est pas la bonne"):
        Workspace.open(base_path)


def test_a_recovery_code_can_be_typed_by_hand(workspace: Workspace) -> None:
    code = maintenance.recovery_code(workspace)
    groups = code.split("-")
    assert {len(group) for group in groups} == {4}
    key = workspace.base.key
    for typed in (code, code.lower(), code.replace("-", ""), f" {code.replace('-', ' ')} "):
        assert keys.key_from_code(typed, key.salt) == key


@pytest.mark.parametrize("code", ["", "ABCD", "ABCD-EFGH", "0" * 52, "é" * 52, "A" * 51, "A" * 60])
def test_what_is_no_recovery_code_is_refused(code: str) -> None:
    assert keys.key_from_code(code, bytes(16)) is None


def test_keys_are_found_whatever_the_name_of_the_base(base_path: Path) -> None:
    with Workspace.open(base_path):
        pass
    moved = base_path.with_name("autre nom d’école.numecole")
    base_path.rename(moved)
    with Workspace.open(moved, create=False) as workspace:
        assert_sound(workspace)
