"""« À propos » names all that is shipped."""

import re
from importlib.metadata import requires

import pytest

from numecole_desktop.referentials.credits import FILE, load_credits
from numecole_desktop.referentials.resources import resource
from numecole_desktop.referentials.strict import RuleFileError
from numecole_desktop.services import credits as shipped


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_dependency_is_listed_with_version_and_licence() -> None:
    found = {plain(part.name): part for part in shipped.components()}
    needed = [
        plain(re.split(r"[<>=!~;\[ ]", line)[0])
        for line in requires("numecole-desktop") or []
        if "extra ==" not in line
    ]
    assert len(needed) > 10
    assert set(needed) <= set(found)
    assert "pytest" not in found
    for part in found.values():
        assert part.licence, part
        assert part.version or part.within != part.name, part


def test_what_libraries_carry_is_listed_without_a_version_that_is_not_its_own() -> None:
    found = {part.name: part for part in shipped.components()}
    assert found["Qt"].licence == "LGPL-3.0-only"
    assert (found["SQLCipher"].version, found["SQLCipher"].within) == ("", "sqlcipher3")
    assert found["sqlcipher3"].version
    assert "Public Sans (police)" in found


def test_the_legal_texts_are_whole() -> None:
    texts = dict(shipped.legal_texts())
    assert "Permission is hereby granted" in texts["Licence de Numécole (MIT)"]
    assert "Public Sans" in texts["Mentions (NOTICE)"]
    assert "SIL OPEN FONT LICENSE" in texts["Licence de la police (OFL)"]


def test_every_source_of_the_notice_has_a_licence() -> None:
    sources = shipped.data_sources()
    assert len(sources) >= 4
    assert all(source.origin and source.licence for source in sources)


def test_an_unknown_key_is_refused() -> None:
    data = resource(FILE).read_bytes() + b'\n[[source]]\ntitle = "x"\nauteur = "y"\n'
    with pytest.raises(RuleFileError):
        load_credits(data, FILE)
