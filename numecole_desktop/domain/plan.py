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


def missing_for_next(
    answers: Answers, index: EquipmentIndex, rules: EquipmentRules
) -> tuple[str, ...]:
    """French sentences on what is missing for the next index; empty at the highest one.

    For index 1 either side is enough, and both ways are given.
    """
    if index.value is None or index.classes is None or index.value == HIGHEST:
        return ()
    target = index.value + 1
    classes = index.classes if target == HIGHEST else rules.classes_for_step(index.classes)
    teacher = _teacher_words(teacher_need(answers, classes), index.classes)
    pupil = _pupil_words(pupil_need(answers, classes, rules), index.classes, rules)
    if target == 1:
        return (f"Soit {_lower(teacher)}", f"Soit {_lower(pupil)}")
    return tuple(sentence for sentence in (teacher, pupil) if sentence)


def next_title(index: EquipmentIndex) -> str:
    """Heading over ``missing_for_next``; empty when there is nothing above."""
    if index.value is None or index.value == HIGHEST:
        return ""
    return f"Ce qui manque pour l’indice {index.value + 1}"


def _teacher_words(need: TeacherNeed, all_classes: int) -> str:
    parts = []
    if need.computers:
        parts.append(
            f"{plural(need.computers, 'ordinateur')} {_reaching(need.computers)} à internet pour "
            f"l’enseignant"
        )
    if need.displays:
        parts.append(
            plural(need.displays, "système de projection fixe", "systèmes de projection fixes")
        )
    if not parts:
        return ""
    return f"Socle enseignant dans {_classes(need.classes, all_classes)}{NBSP}: {joined(parts)}."


def _pupil_words(need: PupilNeed, all_classes: int, rules: EquipmentRules) -> str:
    if not need.deficit:
        return ""
    per = rules.classes_per_mobile
    mobiles = -(-need.deficit // per)
    ways = [
        plural(mobiles, "classe mobile", "classes mobiles"),
        f"trois ordinateurs ou tablettes en libre accès dans {_more(need.deficit)}",
    ]
    whole_mobiles, rest = divmod(need.deficit, per)
    if whole_mobiles and rest:
        ways.insert(
            1,
            f"{plural(whole_mobiles, 'classe mobile', 'classes mobiles')} et trois appareils dans "
            f"{_more(rest)}",
        )
    return f"Socle élèves dans {_classes(need.classes, all_classes)}{NBSP}: {joined(ways, 'ou')}."


def _classes(count: int, all_classes: int) -> str:
    if count == all_classes:
        return "toutes les classes" if count > 1 else "la classe"
    return plural(count, "classe")


def _more(count: int) -> str:
    return f"{plural(count, 'classe')} de plus"


def _reaching(count: int) -> str:
    return "relié" if count == 1 else "reliés"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
