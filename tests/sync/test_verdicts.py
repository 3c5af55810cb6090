"""Every hostile file is refused for its own reason, and every good writing is read."""

from __future__ import annotations

import string

import pytest

from numecole_desktop.domain.french import NBSP
from numecole_desktop.sync import refusals, trust_refusals
from tests.sync.verdicts import CASES, verdict

NAMED = {
    f"{kind}/{name}": (kind, expected, data)
    for kind, cases in CASES.items()
    for name, expected, data in cases()
}
# What no signed file can show: the file on disk, the fingerprint on the telephone, the key file.
ELSEWHERE = {
    "file-empty",
    "file-too-large",
    "gzip-too-large",
    "gzip-damaged",
    "reread",
    "fingerprint",
    "key-file",
    "key-file-cost",
    "key-file-secret",
    "signer-unverified",
    "card-role",
}


@pytest.mark.parametrize("name", NAMED)
def test_a_file_has_its_verdict(name: str) -> None:
    kind, expected, data = NAMED[name]
    assert verdict(kind, data) == expected


def every_refusal() -> list[type[refusals.Refusal]]:
    return [
        kind
        for module in (refusals, trust_refusals)
        for kind in vars(module).values()
        if isinstance(kind, type)
        and issubclass(kind, refusals.Refusal)
        and kind is not refusals.Refusal
        and kind.__module__ == module.__name__
    ]


def test_every_reason_has_its_own_code_and_sentence() -> None:
    kinds = every_refusal()
    assert len(kinds) > 50
    assert len({kind.code for kind in kinds}) == len(kinds)
    assert len({kind.sentence for kind in kinds}) == len(kinds)


def test_every_reason_is_reached_by_a_case() -> None:
    reached = {expected.removeprefix("set-aside:") for _, expected, _ in NAMED.values()}
    assert {kind.code for kind in every_refusal()} == (reached - {"accepted"}) | ELSEWHERE


@pytest.mark.parametrize("kind", every_refusal())
def test_sentences_are_french_and_say_what_to_do(kind: type[refusals.Refusal]) -> None:
    names = [name for _, name, _, _ in string.Formatter().parse(kind.sentence) if name]
    said = str(kind(**dict.fromkeys(names, "x\n\u202ey")))
    assert "\n" not in said
    assert "\u202e" not in said
    assert " :" not in said.replace(NBSP + ":", "")
    assert said.endswith(".")
    assert len(said) > len(kind.sentence)
