"""The published vectors are those of the generator, and have the verdicts that they announce."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from tests.sync.make_vectors import FOLDER, vectors
from tests.sync.verdicts import CASES, verdict


def published(kind: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((FOLDER / f"{kind}.json").read_bytes())
    return entries


def content(entry: dict[str, Any]) -> bytes:
    if "base64" in entry:
        return base64.b64decode(entry["base64"])
    return str(entry["text"]).encode()


def test_the_generator_writes_what_is_published() -> None:
    assert {path.name: path.read_bytes() for path in FOLDER.glob("*.json")} == vectors()


@pytest.mark.parametrize("kind", CASES)
def test_published_files_have_their_verdict(kind: str) -> None:
    entries = published(kind)
    assert [verdict(kind, content(e)) for e in entries] == [e["expected"] for e in entries]
    assert any(e["expected"] == "accepted" for e in entries)
