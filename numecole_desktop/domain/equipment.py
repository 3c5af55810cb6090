"""The equipment index, 0 to 3, of a school (référentiel « socle-2021 », rules 2.2).

``index_counts`` is the only source of an index in the whole application. It compares whole
numbers, never floats.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from numecole_desktop.domain.french import NBSP, fraction_percent, joined, plural, quoted
from numecole_desktop.domain.questionnaire import Answers, number
from numecole_desktop.domain.referential import MissingRuleError, Referential

INPUTS = ("A1", "B1", "B2", "B3", "C1", "C2", "C3")
"""Question codes that the index reads, in the order of ``index_counts``."""

SUBJECT = "equipment"
"""Subject of the référentiels that give these rules."""

HIGHEST = 3

TEXTS = ("headline_none", *(f"headline_{value}" for value in range(HIGHEST + 1)))
"""Sentences that a référentiel of the index must hold, one for each value."""


@dataclass(frozen=True, slots=True)
class EquipmentRules:
    """The numbers of a référentiel that the index needs, compiled once.

    ``classes_per_mobile`` is how many classes a mobile class serves, ``devices_per_set`` how many
    freely open devices give one class the pupil base. ``half`` is the share of classes asked for
    indices 1 and 2, as numerator and denominator.
    """

    referential: str
    classes_per_mobile: int
    devices_per_set: int
    half_numerator: int
    half_denominator: int

    @classmethod
    def of(cls, referential: Referential) -> EquipmentRules:
        """Compile the rules.

        Raises:
            MissingRuleError: the référentiel lacks one of them, or it has no sense (a share above
                the whole, a mobile class for no class).
        """
        half = referential.value("step_share")
        if not 0 < half <= 1:
            raise MissingRuleError(
                f"{referential.id}{NBSP}: {quoted('step_share')} doit être une part de plus de 0 "
                f"et d’au plus 1"
            )
        return cls(
            referential.id,
            _at_least_one(referential, "classes_per_mobile_class"),
            _at_least_one(referential, "devices_per_open_set"),
            half.numerator,
            half.denominator,
        )

    def classes_for_step(self, classes: int) -> int:
        """Fewest equipped classes that reach the step share of ``classes``."""
        return -(-classes * self.half_numerator // self.half_denominator)

    def next_value(self, value: int, classes: int) -> int | None:
        """The index that the fewest purchases reach from ``value``; None at the highest one.

        Where the step already asks for every class (a single class), 1 is followed by 3.
        """
        if value == HIGHEST:
            return None
        if value == 1 and self.classes_for_step(classes) == classes:
            return HIGHEST
        return value + 1


def _at_least_one(referential: Referential, key: str) -> int:
    number_of = referential.whole(key)
    if number_of < 1:
        raise MissingRuleError(f"{referential.id}{NBSP}: {quoted(key)} doit être au moins 1")
    return number_of


@dataclass(frozen=True, slots=True)
class TraceStep:
    """One step of a computation in French words, with the rule that it applies."""

    rule: str
    text: str
    value: int | None


@dataclass(frozen=True, slots=True)
class EquipmentIndex:
    """An index, the class counts behind it, and how it was found.

    ``value`` is 0 to 3, or None when an answer is missing: ``missing`` then names the questions
    (« B2/B3 » when neither of the two is answered). ``classes`` is A1, ``teacher`` and ``pupil``
    the classes that have each base. ``referential`` is the id of the rules used. ``next_value`` is
    the next index that can be reached, None when there is none or ``value`` is unknown.
    """

    value: int | None
    classes: int | None
    teacher: int | None
    pupil: int | None
    missing: tuple[str, ...]
    trace: tuple[TraceStep, ...]
    referential: str
    next_value: int | None = None


def index_counts(
    rules: EquipmentRules,
    a1: int | None,
    b1: int | None,
    b2: int | None,
    b3: int | None,
    c1: int | None,
    c2: int | None,
    c3: int | None,
) -> tuple[int | None, int | None, int | None]:
    """(teacher, pupil, index) from seven answers, None for a missing one.

    A count is None when one of its answers is missing; the index is None when a count is. With
    one of B2 and B3 missing, the other alone counts: the result is then a lower bound.
    """
    if not a1:
        return None, None, None
    teacher: int | None = None
    if b1 is not None and (b2 is not None or b3 is not None):
        teacher = min(a1, b1, (b2 or 0) + (b3 or 0))
    pupil: int | None = None
    if c1 is not None and c2 is not None and c3 is not None:
        pupil = min(a1, rules.classes_per_mobile * (c1 + c2) + c3)
    if teacher is None or pupil is None:
        return teacher, pupil, None
    if teacher == a1 and pupil == a1:
        return teacher, pupil, HIGHEST
    asked = rules.half_numerator * a1
    reached = (rules.half_denominator * teacher >= asked) + (
        rules.half_denominator * pupil >= asked
    )
    return teacher, pupil, reached


def equipment_index(answers: Answers, rules: EquipmentRules) -> EquipmentIndex:
    """The index of a declaration with its trace; missing answers are named, never zero."""
    values = [number(answers, code) for code in INPUTS]
    teacher, pupil, value = index_counts(rules, *values)
    a1, b1, b2, b3, c1, c2, c3 = values
    classes = a1 or None
    missing = [
        code
        for code, known in zip(
            ("A1", "B1", "C1", "C2", "C3"), (classes, b1, c1, c2, c3), strict=True
        )
        if known is None
    ]
    if b2 is None and b3 is None:
        missing.insert(missing.index("B1") + 1 if "B1" in missing else ("A1" in missing), "B2/B3")
    trace: list[TraceStep] = []
    if teacher is not None:
        trace.append(
            TraceStep(
                "teacher",
                f"Socle enseignant{NBSP}: le plus petit de A1 = {a1}, B1 = {b1} et "
                f"B2 + B3 = {_sum(b2, b3)}, soit {plural(teacher, 'classe')}.",
                teacher,
            )
        )
    if pupil is not None:
        trace.append(
            TraceStep(
                "pupil",
                f"Socle élèves{NBSP}: le plus petit de A1 = {a1} et {rules.classes_per_mobile} × "
                f"(C1 + C2) + C3 = {rules.classes_per_mobile} × ({c1} + {c2}) + {c3}, "
                f"soit {plural(pupil, 'classe')}.",
                pupil,
            )
        )
    if classes is not None and value is not None:
        step = rules.classes_for_step(classes)
        trace.append(
            TraceStep(
                "index",
                f"Seuils pour {plural(classes, 'classe')}{NBSP}: {step} ({_share(rules)}) et "
                f"{classes} (toutes){NBSP}; indice {value}.",
                value,
            )
        )
    following = None
    if classes is not None and value is not None:
        following = rules.next_value(value, classes)
    return EquipmentIndex(
        value, classes, teacher, pupil, tuple(missing), tuple(trace), rules.referential, following
    )


def reasons(index: EquipmentIndex, rules: EquipmentRules) -> tuple[str, ...]:
    """Why the index is what it is: the two class counts and the thresholds met or not.

    Teacher base first, then pupil base; each says its count, a comma, then why. An unknown count
    names the answers that it lacks.
    """
    if index.classes is None:
        return ()
    said = []
    for name, part, count in (("enseignant", "B", index.teacher), ("élèves", "C", index.pupil)):
        if count is None:
            lacking = [code for code in index.missing if code.startswith(part)]
            said.append(f"Socle {name}{NBSP}: nombre de classes inconnu, {_lacking(lacking)}.")
            continue
        said.append(
            f"Socle {name}{NBSP}: {plural(count, 'classe')} sur {index.classes}, "
            f"{_threshold(count, index.classes, rules)}."
        )
    return tuple(said)


def _threshold(count: int, classes: int, rules: EquipmentRules) -> str:
    if count == classes:
        return "toutes les classes sont équipées" if classes > 1 else "la classe est équipée"
    step = rules.classes_for_step(classes)
    share = _share(rules)
    if count >= step:
        return f"le seuil de {share} ({plural(step, 'classe')}) est atteint, mais pas la totalité"
    return f"sous le seuil de {share} ({plural(step, 'classe')})"


def _share(rules: EquipmentRules) -> str:
    return fraction_percent(Fraction(rules.half_numerator, rules.half_denominator))


def _sum(b2: int | None, b3: int | None) -> str:
    if b2 is None or b3 is None:
        known = "B2" if b3 is None else "B3"
        return f"{b2 if b3 is None else b3} ({known} seul, l’autre réponse manque)"
    return str(b2 + b3)


def missing_sentence(index: EquipmentIndex) -> str:
    """Which answers keep the index from being computed; empty when none does."""
    if not index.missing:
        return ""
    return f"L’indice ne peut pas être calculé{NBSP}: {_lacking(index.missing)}."


def _lacking(codes: Sequence[str]) -> str:
    """« il manque une réponse valable à la question B1 »: unanswered or unusable alike."""
    which = joined([code.replace("B2/B3", "B2 (ou B3)") for code in codes])
    to = "à la question" if len(codes) == 1 else "aux questions"
    return f"il manque une réponse valable {to} {which}"
