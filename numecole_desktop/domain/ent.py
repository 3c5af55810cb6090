"""The ENT index of a school, 0 to 3, and GAR use (rules 2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from numecole_desktop.domain.equipment import TraceStep
from numecole_desktop.domain.french import NBSP, plural, whole
from numecole_desktop.domain.referential import Referential


@dataclass(frozen=True, slots=True)
class EntRules:
    """The numbers of a référentiel that ENT and GAR figures need, compiled once.

    ``connections_per_pupil`` and ``gar_connections`` are to be exceeded, not reached.
    """

    referential: str
    connections_per_pupil: int
    highest: int
    gar_connections: int

    @classmethod
    def of(cls, referential: Referential) -> EntRules:
        """Compile the rules.

        Raises:
            MissingRuleError: the référentiel lacks one of them.
        """
        return cls(
            referential.id,
            referential.whole("connections_per_pupil"),
            referential.whole("highest"),
            referential.whole("gar_connections"),
        )


@dataclass(frozen=True, slots=True)
class EntClass:
    """A class of a year: name, pupils, ENT connections of its first term."""

    name: str
    pupils: int
    connections: int


@dataclass(frozen=True, slots=True)
class EntIndex:
    """The ENT index with how it was found; ``value`` is None when the school is not in the ENT."""

    value: int | None
    in_ent: bool
    using: int
    classes: int
    trace: tuple[TraceStep, ...]
    referential: str


def uses_ent(rules: EntRules, pupils: int, connections: int) -> bool:
    """Whether a class uses the ENT: more connections than the rule's number for each pupil."""
    return connections > rules.connections_per_pupil * pupils


def index_value(rules: EntRules, in_ent: bool, using: int, classes: int | None) -> int | None:
    """The index from the number of user classes; ``classes`` (A1) caps what is asked."""
    if not in_ent:
        return None
    for level in range(rules.highest, 0, -1):
        if using >= min(level, classes or level):
            return level
    return 0


def ent_index(
    rules: EntRules, in_ent: bool, classes: Sequence[EntClass], declared_classes: int | None
) -> EntIndex:
    """The index of a school with its trace; ``declared_classes`` is A1, None when unknown."""
    users = [c for c in classes if uses_ent(rules, c.pupils, c.connections)]
    value = index_value(rules, in_ent, len(users), declared_classes)
    trace = [
        TraceStep(
            "ent_class",
            f"{c.name}{NBSP}: {plural(c.connections, 'connexion')} pour "
            f"{plural(c.pupils, 'élève')}, il en faut plus de "
            f"{whole(rules.connections_per_pupil * c.pupils)}{NBSP}; "
            f"{'utilisatrice' if c in users else 'non utilisatrice'}.",
            c.connections,
        )
        for c in classes
    ]
    if in_ent and declared_classes and declared_classes < rules.highest:
        trace.append(
            TraceStep(
                "ent_small_school",
                f"Hypothèse{NBSP}: l’école n’a que {plural(declared_classes, 'classe')}, on ne lui "
                f"en demande pas davantage.",
                declared_classes,
            )
        )
    return EntIndex(value, in_ent, len(users), len(classes), tuple(trace), rules.referential)
