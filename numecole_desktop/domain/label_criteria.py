"""The level of a label application, criterion by criterion, and why (rules 2.4)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from numecole_desktop.domain.ent import EntIndex
from numecole_desktop.domain.equipment import EquipmentIndex, missing_sentence
from numecole_desktop.domain.french import NBSP, fraction_percent, joined, plural, whole
from numecole_desktop.domain.label_rules import LabelRules
from numecole_desktop.domain.referential import Criterion
from numecole_desktop.domain.school_year import SchoolYear

NOT_LABELLED = 0


@dataclass(frozen=True, slots=True)
class LabelFacts:
    """What the base holds of a school for a campaign; None where it holds nothing.

    ``equipment`` is the index of the latest submitted declaration, of ``declared``;
    ``equipment_missing`` says what its next index takes. ``connections`` and ``pupils`` are those
    of the ENT at the application's date, ``connections_origin`` says in French where they come
    from. ``usages`` are the labels of the declared usages. ``unsettled`` names what several
    people have answered differently and nobody has settled.
    """

    year: SchoolYear
    declared: SchoolYear | None = None
    equipment: EquipmentIndex | None = None
    equipment_reasons: tuple[str, ...] = ()
    equipment_missing: tuple[str, ...] = ()
    ent: EntIndex | None = None
    ent_share: int = 0
    connections: int | None = None
    pupils: int | None = None
    connections_origin: str = ""
    usages: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()

    @property
    def classes(self) -> int | None:
        """Number of classes (A1), None when unknown."""
        return self.equipment.classes if self.equipment else None


@dataclass(frozen=True, slots=True)
class Commitments:
    """What the school and the commune enter in the dossier; None while not answered."""

    school_referent: bool = False
    commune_referent: bool = False
    project_classes: int | None = None
    school_project: bool | None = None
    support: bool | None = None


@dataclass(frozen=True, slots=True)
class CriterionLevel:
    """The level of one criterion, None when it cannot be known yet.

    ``reason`` says why in one sentence, ``trace`` gives the steps, ``raise_with`` what the next
    level would take (empty at the highest one).
    """

    key: str
    title: str
    level: int | None
    reason: str
    trace: tuple[str, ...] = ()
    raise_with: tuple[str, ...] = ()
    assumption: bool = False


@dataclass(frozen=True, slots=True)
class LabelLevel:
    """The computed level of an application, the lowest over its criteria.

    ``value`` is None while a criterion that could lower it is not known; 0 means not labelled.
    ``limiting`` are the criteria that hold it where it is, ``ceiling`` the highest level that what
    is known still allows.
    """

    value: int | None
    criteria: tuple[CriterionLevel, ...]
    limiting: tuple[CriterionLevel, ...]
    ceiling: int
    referential: str
    sentence: str

    def of(self, key: str) -> CriterionLevel:
        """The level of criterion ``key``."""
        return next(c for c in self.criteria if c.key == key)


def label_level(rules: LabelRules, facts: LabelFacts, entered: Commitments) -> LabelLevel:
    """Judge an application from what is held and what was entered."""
    criteria = tuple(_JUDGES[c.kind](rules, c, facts, entered) for c in rules.criteria)
    known = [c.level for c in criteria if c.level is not None]
    unknown = [c for c in criteria if c.level is None]
    ceiling = min(known, default=rules.highest)
    value = ceiling if not unknown or ceiling == NOT_LABELLED else None
    limiting = tuple(c for c in criteria if c.level is not None and c.level == ceiling)
    if ceiling == rules.highest:
        limiting = ()
    return LabelLevel(
        value,
        criteria,
        limiting,
        ceiling,
        rules.referential,
        _sentence(value, limiting, unknown),
    )


def level_words(level: int | None) -> str:
    """« niveau 2 », « non labellisée », « niveau à confirmer »."""
    if level is None:
        return "niveau à confirmer"
    return f"niveau{NBSP}{level}" if level else "non labellisée"


def _sentence(
    value: int | None,
    limiting: tuple[CriterionLevel, ...],
    unknown: list[CriterionLevel],
) -> str:
    if value is None:
        names = joined([c.title for c in unknown])
        return f"Le niveau ne peut pas encore être calculé{NBSP}: il reste à connaître {names}."
    words = level_words(value)
    if not limiting:
        return f"{words[0].upper()}{words[1:]}{NBSP}: tous les critères sont au plus haut."
    names = joined([c.title for c in limiting])
    held = "le critère qui limite est" if len(limiting) == 1 else "les critères qui limitent sont"
    return f"{words[0].upper()}{words[1:]}{NBSP}: {held} {names}."


@dataclass(slots=True)
class _Verdict:
    level: int | None
    reason: str
    trace: list[str] = field(default_factory=list)
    raise_with: list[str] = field(default_factory=list)


_Judge = Callable[[LabelRules, Criterion, LabelFacts, Commitments], CriterionLevel]


def _judge(
    verdict: Callable[[LabelRules, LabelFacts, Commitments], _Verdict],
) -> _Judge:
    def judged(
        rules: LabelRules, criterion: Criterion, facts: LabelFacts, entered: Commitments
    ) -> CriterionLevel:
        found = verdict(rules, facts, entered)
        return CriterionLevel(
            criterion.key,
            criterion.title,
            found.level,
            found.reason,
            tuple(found.trace),
            tuple(found.raise_with) if found.level != rules.highest else (),
            criterion.assumption,
        )

    return judged


def _referents(rules: LabelRules, _: LabelFacts, entered: Commitments) -> _Verdict:
    lacking = [
        who
        for who, named in (
            ("de l’école", entered.school_referent),
            ("de la commune", entered.commune_referent),
        )
        if not named
    ]
    if not lacking:
        return _Verdict(rules.highest, "Les deux référents sont nommés.")
    who = joined([f"le référent {w}" for w in lacking])
    return _Verdict(
        NOT_LABELLED,
        f"Il manque {who}.",
        raise_with=[f"Nommer {who}."],
    )


def _projects(rules: LabelRules, facts: LabelFacts, entered: Commitments) -> _Verdict:
    trace = [f"Usages déclarés{NBSP}: {joined(facts.usages)}."] if facts.usages else []
    count = entered.project_classes
    if count is None:
        return _Verdict(
            None,
            "Le nombre de classes avec un projet n’est pas renseigné.",
            trace,
            ["Renseigner le nombre de classes avec un projet."],
        )
    if count < rules.project_classes:
        return _Verdict(
            NOT_LABELLED,
            f"{plural(count, 'classe')} avec un projet.",
            trace,
            [f"Mener un projet dans {plural(rules.project_classes, 'classe')}."],
        )
    if facts.classes is None:
        return _Verdict(
            None,
            "Le nombre de classes de l’école (A1) n’est pas connu.",
            trace,
            ["Renseigner le nombre de classes dans la déclaration (A1)."],
        )
    asked = rules.classes_for_share(facts.classes)
    share = fraction_percent(rules.project_share)
    trace.append(
        f"{share} de {plural(facts.classes, 'classe')}, arrondi à la classe supérieure{NBSP}: "
        f"{plural(asked, 'classe')}."
    )
    held = f"{plural(count, 'classe')} avec un projet sur {whole(facts.classes)}"
    if count < asked:
        more = (
            f"Mener un projet dans {plural(asked - count, 'classe')} de plus (niveau{NBSP}2), et "
            f"l’inscrire au projet d’école (niveau{NBSP}3)."
        )
        return _Verdict(
            1,
            f"{held}{NBSP}: il en faut {whole(asked)} ({share}) pour le niveau{NBSP}2.",
            trace,
            [more],
        )
    if not entered.school_project:
        not_said = ", sans que le dossier dise s’il est inscrit au projet d’école"
        return _Verdict(
            2,
            f"{held}{not_said if entered.school_project is None else ', hors du projet d’école'}.",
            trace,
            ["Inscrire le projet au projet d’école."],
        )
    return _Verdict(rules.highest, f"{held}, inscrit au projet d’école.", trace)


def _support(rules: LabelRules, _: LabelFacts, entered: Commitments) -> _Verdict:
    if entered.support is None:
        return _Verdict(
            None,
            "L’engagement de l’école à être accompagnée n’est pas renseigné.",
            raise_with=["Renseigner l’engagement de l’école à être accompagnée."],
        )
    if entered.support:
        return _Verdict(rules.highest, "L’école s’engage à suivre l’accompagnement.")
    return _Verdict(
        NOT_LABELLED,
        "L’école ne s’engage pas à suivre l’accompagnement.",
        raise_with=["S’engager à suivre l’accompagnement de la circonscription."],
    )


def _equipment(_: LabelRules, facts: LabelFacts, __: Commitments) -> _Verdict:
    index = facts.equipment
    if index is None:
        return _Verdict(
            None,
            "Aucune déclaration validée n’est connue pour cette école.",
            raise_with=["Saisir et valider la déclaration de l’école."],
        )
    trace = [step.text for step in index.trace]
    trace.append(f"Déclaration de {facts.declared}, référentiel {index.referential}.")
    if index.value is None:
        return _Verdict(None, missing_sentence(index), trace, ["Compléter la déclaration."])
    reason = f"Indice d’équipement {index.value}. {' '.join(facts.equipment_reasons)}".strip()
    return _Verdict(index.value, reason, trace, list(facts.equipment_missing))


def _ent(rules: LabelRules, facts: LabelFacts, _: Commitments) -> _Verdict:
    ent = facts.ent
    if ent is None:
        return _Verdict(
            None,
            f"Aucune donnée de l’ENT n’est enregistrée pour {facts.year}.",
            raise_with=["Importer les conventions et les connexions de l’ENT."],
        )
    trace = [step.text for step in ent.trace]
    if ent.value is None:
        return _Verdict(
            NOT_LABELLED,
            f"La commune n’a pas signé la convention de l’ENT-École pour {facts.year}.",
            trace,
            ["Signer la convention de l’ENT-École avec la commune."],
        )
    more = max(1, min(ent.value + 1, facts.classes or rules.highest) - ent.using)
    ask = (
        f"Utiliser l’ENT dans {plural(more, 'classe')} de plus (plus de "
        f"{plural(facts.ent_share, 'connexion')} par élève au premier trimestre)."
    )
    return _Verdict(
        ent.value,
        f"Indice ENT {ent.value}{NBSP}: {plural(ent.using, 'classe')} sur {whole(ent.classes)} "
        f"{'utilise' if ent.using < 2 else 'utilisent'} l’ENT.",
        trace,
        [ask],
    )


def _ent_application(rules: LabelRules, facts: LabelFacts, entered: Commitments) -> _Verdict:
    verdict = _ent(rules, facts, entered)
    if not verdict.level:
        return verdict
    if facts.connections is None or facts.pupils is None:
        lacking = "connexions" if facts.connections is None else "élèves"
        return _Verdict(
            None,
            f"Le nombre de {lacking} à la date de candidature n’est pas connu{NBSP}: il faut plus "
            f"de connexions que d’élèves.",
            verdict.trace,
            ["Importer les connexions à l’ENT et les effectifs de l’école."],
        )
    verdict.trace.append(
        f"À la date de candidature{NBSP}: {plural(facts.connections, 'connexion')} pour "
        f"{plural(facts.pupils, 'élève')} ({facts.connections_origin})."
    )
    if facts.connections > facts.pupils:
        return verdict
    return _Verdict(
        NOT_LABELLED,
        f"{plural(facts.connections, 'connexion')} à la date de candidature pour "
        f"{plural(facts.pupils, 'élève')}{NBSP}: il en faut davantage que d’élèves.",
        verdict.trace,
        [f"Dépasser {plural(facts.pupils, 'connexion')} à l’ENT à la date de candidature."],
    )


_JUDGES: Mapping[str, _Judge] = {
    "referents": _judge(_referents),
    "ent": _judge(_ent),
    "ent_application": _judge(_ent_application),
    "projects": _judge(_projects),
    "support": _judge(_support),
    "equipment": _judge(_equipment),
}
