"""Every published case, by kind of file, and the verdict of this implementation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from numecole_desktop.sync.batch import open_batch
from numecole_desktop.sync.cards import claimed_replacement, open_card
from numecole_desktop.sync.directory import open_directory, open_part
from numecole_desktop.sync.reference import Subject, open_reference
from numecole_desktop.sync.refusals import Refusal
from numecole_desktop.sync.roots import open_roots
from numecole_desktop.sync.versions import Held
from tests.sync.cases_batch import batch_cases
from tests.sync.cases_envelope import Case, envelope_cases
from tests.sync.cases_trust import (
    card_cases,
    directory_cases,
    part_cases,
    reference_cases,
    roots_cases,
)
from tests.sync.support import ME, OFFICE, directory, key, limits, roots, trust

CASES: Mapping[str, Callable[[], Iterator[Case]]] = {
    "enveloppe": envelope_cases,
    "lot": batch_cases,
    "annuaire": directory_cases,
    "part": part_cases,
    "racines": roots_cases,
    "carte": card_cases,
    "reference": reference_cases,
}


def verdict(kind: str, data: bytes) -> str:
    """« accepted », « set-aside:CODE » where one journal is, or the code of the refusal."""
    try:
        return _OPENED[kind](data)
    except Refusal as refusal:
        return refusal.code


def _batch(data: bytes) -> str:
    aside = {c.refusal.code for c in open_batch(data, trust(), ME, limits()).chains if c.refusal}
    return f"set-aside:{min(aside)}" if aside else "accepted"


def _directory(data: bytes) -> str:
    ours = directory()
    open_directory(data, roots(), Held(ours.version, ours.hash), limits())
    return "accepted"


def _part(data: bytes) -> str:
    open_part(data, directory(), None, limits())
    return "accepted"


def _roots(data: bytes) -> str:
    open_roots(data, roots(), limits())
    return "accepted"


def _card(data: bytes) -> str:
    former = {key("lea").kid: directory().devices[key("lea").kid]}
    open_card(data, former.get(claimed_replacement(data, limits()) or ""), limits())
    return "accepted"


def _reference(data: bytes) -> str:
    first = next(reference_cases())[2]
    fifth = open_reference(first, trust(), {}, limits())
    held = {(Subject.SCHOOLS, OFFICE): Held(5, fifth.hash)}
    open_reference(data, trust(), held, limits())
    return "accepted"


_OPENED: Mapping[str, Callable[[bytes], str]] = {
    "enveloppe": _batch,
    "lot": _batch,
    "annuaire": _directory,
    "part": _part,
    "racines": _roots,
    "carte": _card,
    "reference": _reference,
}
