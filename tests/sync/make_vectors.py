"""Writes the published test vectors: the same bytes every time, from the cases of the tests."""

from __future__ import annotations

import base64
import json
from pathlib import Path

from tests.sync.forge import b64
from tests.sync.support import ME, ROOT_NAMES, directory_file, key, part_file, statement
from tests.sync.verdicts import CASES

FOLDER = Path(__file__).with_name("vectors")


def vectors() -> dict[str, bytes]:
    """Content of each file of vectors, by name."""
    names = [*ROOT_NAMES, "academie", "circo", "lea", "marc", "zoe", "inconnu"]
    reader = {
        "recipients": sorted(ME),
        "public_keys": {name: b64(key(name).public) for name in names},
        "root_statement": statement().decode(),
        "directory": directory_file().decode(),
        "part": part_file().decode(),
    }
    files = {"lecteur.json": _written(reader)}
    for kind, cases in CASES.items():
        entries = [{"name": n, "expected": e, **_content(data)} for n, e, data in cases()]
        files[f"{kind}.json"] = _written(entries)
    return files


def _content(data: bytes) -> dict[str, str]:
    try:
        return {"text": data.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(data).decode()}


def _written(value: object) -> bytes:
    return json.dumps(value, indent=1, ensure_ascii=True).encode() + b"\n"


if __name__ == "__main__":
    for name, data in vectors().items():
        (FOLDER / name).write_bytes(data)
