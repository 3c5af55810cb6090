"""Reading of what is merged together and what is not compared (`resources/journal/merge.toml`)."""

from __future__ import annotations

from collections.abc import Mapping

from numecole_desktop.domain.journal import RecordKind
from numecole_desktop.domain.merge import MergeRules
from numecole_desktop.referentials.strict import Fields, RuleFileError, read_toml


def load_merge_rules(data: bytes, name: str) -> Mapping[RecordKind, MergeRules]:
    """The merge rules of each kind of record that has some; ``name`` names the file in errors.

    Raises:
        RuleFileError: a key is unknown, missing or mistyped, or a field is in two groups.
    """
    top = read_toml(data, name)
    found = {}
    for key in top.names():
        if key not in set(RecordKind):
            raise RuleFileError(f"{name} : « {key} » n’est pas une nature de fiche")
        found[RecordKind(key)] = _rules(top.table(key))
    return found


def _rules(fields: Fields) -> MergeRules:
    groups = []
    with fields:
        for group in fields.tables("groups", required=False):
            group.text("reason")
            groups.append(group.texts("fields"))
        rules = MergeRules(tuple(groups), frozenset(fields.texts("labels")))
    named = [name for group in rules.groups for name in group]
    if twice := next((name for name in named if named.count(name) > 1), None):
        raise RuleFileError(f"{fields.where} : « {twice} » est dans deux groupes")
    return rules
