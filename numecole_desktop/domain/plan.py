"""What would raise the equipment index: the fewest purchases for a target (rules 2.6)."""

from __future__ import annotations

from dataclasses import dataclass

from numecole_desktop.domain.equipment import HIGHEST, EquipmentIndex, EquipmentRules
from numecole_desktop.domain.french import NBSP, joined, plural
from numecole_desktop.domain.questionnaire import Answers, number


@dataclass(frozen=True, slots=True)
class TeacherNeed:
    """Devices that bring the teacher base to ``classes`` classes."""

    classes: int
    computers: int
    displays: int


@dataclass(frozen=True, slots=True)
class PupilNeed:
    """Classes still to equip so that ``classes`` have the pupil base."""

    classes: int
    deficit: int


def teacher_need(answers: Answers, classes: int) -> TeacherNeed:
    """Computers and displays missing so that ``classes`` classes have the teacher base."""
    displays = (number(answers, "B2") or 0) + (number(answers, "B3") or 0)
    return TeacherNeed(
        classes,
        max(0, classes - (number(answers, "B1") or 0)),
        max(0, classes - displays),
    )


def pupil_need(answers: Answers, classes: int, rules: EquipmentRules) -> PupilNeed:
    """Classes missing the pupil base so that ``classes`` have it."""
    mobiles = (number(answers, "C1") or 0) + (number(answers, "C2") or 0)
    have = rules.classes_per_mobile * mobiles + (number(answers, "C3") or 0)
    return PupilNeed(classes, max(0, classes - have))


def pupil_ways(need: PupilNeed, rules: EquipmentRules) -> tuple[tuple[int, int], ...]:
    """Ways to meet ``need`` as (mobile classes, sets of open devices), fewest purchases first.

    None of them can do with one purchase less. Empty when nothing is missing.
    """
    if not need.deficit:
        return ()
    per = rules.classes_per_mobile
    enough, rest = divmod(need.deficit, per)
    mixed = ((enough, rest),) if enough and rest else ()
    return ((-(-need.deficit // per), 0), *mixed, (0, need.deficit))


def missing_for_next(
    answers: Answers, index: EquipmentIndex, rules: EquipmentRules
) -> tuple[str, ...]:
    """French sentences on what is missing for the next index; empty at the highest one.

    For index 1 either side is enough, and both ways are given.
    """
    if index.next_value is None or index.classes is None:
        return ()
    classes = (
        index.classes if index.next_value == HIGHEST else rules.classes_for_step(index.classes)
    )
    need = teacher_need(answers, classes)
    teacher = _teacher_words(need, index.classes)
    pupil = _pupil_words(pupil_need(answers, classes, rules), index.classes, rules)
    said = [sentence for sentence in (teacher, pupil) if sentence]
    if index.next_value == 1:
        said = [f"Soit le {sentence}" for sentence in said]
    else:
        said = [sentence[0].upper() + sentence[1:] for sentence in said]
    unanswered = [code for code in ("B2", "B3") if number(answers, code) is None]
    if need.displays and unanswered:
        said.append(
            f"La question {unanswered[0]} n’a pas de réponse{NBSP}: y répondre peut déjà élever "
            f"l’indice."
        )
    return tuple(said)


def next_title(index: EquipmentIndex) -> str:
    """Heading over ``missing_for_next``; empty when there is nothing above."""
    if index.next_value is None:
        return ""
    return f"Ce qui manque pour l’indice {index.next_value}"


def _teacher_words(need: TeacherNeed, all_classes: int) -> str:
    parts = []
    if need.computers:
        parts.append(
            plural(
                need.computers,
                "ordinateur relié à internet pour l’enseignant",
                "ordinateurs reliés à internet pour les enseignants",
            )
        )
    if need.displays:
        parts.append(
            plural(need.displays, "système de projection fixe", "systèmes de projection fixes")
        )
    if not parts:
        return ""
    return f"socle enseignant dans {_classes(need.classes, all_classes)}{NBSP}: {joined(parts)}."


def _pupil_words(need: PupilNeed, all_classes: int, rules: EquipmentRules) -> str:
    ways = [
        joined(
            [
                *([plural(mobiles, "classe mobile")] if mobiles else []),
                *([_sets(sets, mobiles, need, all_classes, rules)] if sets else []),
            ]
        )
        for mobiles, sets in pupil_ways(need, rules)
    ]
    if not ways:
        return ""
    where = _classes(need.classes, all_classes)
    return f"socle élèves dans {where}{NBSP}: {', ou bien '.join(ways)}."


def _sets(sets: int, mobiles: int, need: PupilNeed, all_classes: int, rules: EquipmentRules) -> str:
    devices = plural(
        rules.devices_per_set,
        "ordinateur ou tablette en libre accès",
        "ordinateurs ou tablettes en libre accès",
    )
    if sets == all_classes:
        return f"{devices} dans {'chaque' if sets > 1 else 'la'} classe"
    more = " de plus" if mobiles or need.deficit < need.classes else ""
    each = " par classe" if sets > 1 else ""
    return f"{devices}{each} dans {plural(sets, 'classe')}{more}"


def _classes(count: int, all_classes: int) -> str:
    if count == all_classes:
        return "toutes les classes" if count > 1 else "la classe"
    return plural(count, "classe")
