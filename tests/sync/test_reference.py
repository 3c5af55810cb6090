"""Reference packages bring their files whole, from an académie whose key is still good."""

from __future__ import annotations

import msgspec
import pytest

from numecole_desktop.sync.directory import open_directory
from numecole_desktop.sync.reference import Subject, open_reference
from numecole_desktop.sync.trust import Trust
from numecole_desktop.sync.trust_refusals import RevokedSignerError
from numecole_desktop.sync.versions import Held
from tests.sync.cases_trust import reference_cases
from tests.sync.support import (
    OFFICE,
    directory_file,
    directory_payload,
    key,
    limits,
    roots,
    trust,
)

FIFTH, SIXTH = (data for _, _, data in list(reference_cases())[:2])


def test_a_package_brings_its_files_and_replaces_the_former() -> None:
    fifth = open_reference(FIFTH, trust(), {}, limits())
    assert (fifth.subject, fifth.territory, fifth.version) == (Subject.SCHOOLS, OFFICE, 5)
    assert fifth.files == {"annuaire.csv": b"uai;nom\n"}
    held = {(Subject.SCHOOLS, OFFICE): Held(5, fifth.hash)}
    assert not open_reference(FIFTH, trust(), held, limits()).newer
    assert open_reference(SIXTH, trust(), held, limits()).newer


def test_a_revoked_academie_brings_nothing() -> None:
    revoked = msgspec.structs.replace(directory_payload().revoked[0], kid=key("academie").kid)
    file = directory_file(directory_payload(4, revoked=[revoked]))
    fourth = open_directory(file, roots(), None, limits())
    with pytest.raises(RevokedSignerError):
        open_reference(SIXTH, Trust.of(fourth, [], {}, {}), {}, limits())
