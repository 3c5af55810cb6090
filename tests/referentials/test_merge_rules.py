"""What is merged together is data, read strictly."""

from __future__ import annotations

import pytest

from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.domain.merge import MergeRules
from numecole_desktop.referentials.catalogue import Catalogue
from numecole_desktop.referentials.merge_rules import load_merge_rules
from numecole_desktop.referentials.strict import RuleFileError
from numecole_desktop.storage.declaration_rows import STATUS, SUBMITTED_AT

GROUP = '[school]\nlabels = []\n[[school.groups]]\nfields = {}\nreason = "r"\n'


def test_a_declaration_is_submitted_by_one_event() -> None:
    rules = Catalogue().merge_rules(RecordKind.DECLARATION)
    assert rules.unit(STATUS) == rules.unit(SUBMITTED_AT) == (STATUS, SUBMITTED_AT)
    assert rules.unit("A1") == ("A1",)
    assert SUBMITTED_AT in rules.labels


def test_a_kind_without_rules_has_fields_merged_one_by_one() -> None:
    assert Catalogue().merge_rules(RecordKind.IMPORT) == MergeRules()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[ecole]\nlabels = []", "regles.toml : « ecole » n’est pas une nature de fiche"),
        ("[school]", "regles.toml, school : il manque « labels »"),
        ("[school]\nlabels = []\nother = 1", "regles.toml, school : clé inconnue « other »"),
        (GROUP.format('["a", "a"]'), "regles.toml, school : « a » est dans deux groupes"),
        (GROUP.format("[1]"), "« fields » doit être une liste de textes"),
    ],
)
def test_a_wrong_file_is_refused(text: str, message: str) -> None:
    with pytest.raises(RuleFileError) as refused:
        load_merge_rules(text.encode(), "regles.toml")
    assert message in str(refused.value).replace("\u00a0", " ")
