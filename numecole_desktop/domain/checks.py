"""Hard and soft checks of a declaration (rules 2.1), as pure functions returning findings.

What is compared with what, the thresholds and the sentences are data: the questionnaire's file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.finding import Finding, Severity
from numecole_desktop.domain.french import NBSP, fraction_percent, joined, quoted, whole
from numecole_desktop.domain.questionnaire import (
    Answer,
    AnswerKind,
    Answers,
    CheckRule,
    Question,
    Questionnaire,
    number,
)
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides the answers: last year's, and the ENT connections of the year."""

    previous: Answers | None = None
    ent_connections: int | None = None


NOTHING_KNOWN = Known()


@dataclass(frozen=True, slots=True)
class SoftFinding:
    """A soft check that asks for a confirmation, with the answers that it speaks of."""

    finding: Finding
    concerned: Mapping[str, Answer | None]


def hard_findings(answers: Answers, questionnaire: Questionnaire) -> tuple[Finding, ...]:
    """Errors that keep a declaration from being submitted."""
    found = []
    for question in questionnaire.questions:
        value = answers.get(question.code)
        if value is not None:
            problem = _value_problem(question, value, questionnaire)
            if problem:
                found.append(problem)
    found.extend(
        findings.error(
            "unknown_question",
            f"La question {code} n’existe pas dans le questionnaire {questionnaire.version}.",
            field=code,
        )
        for code in answers
        if code not in questionnaire.codes
    )
    for rule in questionnaire.checks:
        if rule.hard:
            found.extend(s.finding for s in _apply(rule, answers, NOTHING_KNOWN))
    return tuple(found)


def soft_findings(
    answers: Answers, questionnaire: Questionnaire, known: Known = NOTHING_KNOWN
) -> tuple[SoftFinding, ...]:
    """Implausible answers, each to be confirmed with a note or corrected."""
    return tuple(
        soft
        for rule in questionnaire.checks
        if not rule.hard
        for soft in _apply(rule, answers, known)
    )


def school_findings(school: School | None, uai: str, year: SchoolYear) -> tuple[Finding, ...]:
    """Errors on the school itself: unknown, or closed in that year."""
    if school is None:
        return (
            findings.error(
                "unknown_school",
                f"L’école {uai} n’est pas dans l’annuaire{NBSP}: importez un annuaire qui la "
                f"contient, ou vérifiez l’UAI.",
                field="uai",
                value=uai,
            ),
        )
    if not school.is_open(year):
        when = (
            f"fermée depuis {school.closed_from}"
            if school.closed_from
            else f"ouverte seulement le {school.opened_on}"
        )
        return (
            findings.error(
                "closed_school",
                f"L’école {uai} ({school.name}) est {when}{NBSP}: elle n’a pas de déclaration "
                f"en {year}.",
                field="uai",
                value=uai,
            ),
        )
    return ()


def _value_problem(
    question: Question, value: Answer, questionnaire: Questionnaire
) -> Finding | None:
    where = f"{question.code} ({question.short})"
    shown = questionnaire.write(value)
    if question.kind is AnswerKind.INTEGER:
        if isinstance(value, bool) or not isinstance(value, int):
            return findings.error(
                "not_whole",
                f"{where}{NBSP}: {quoted(shown)} n’est pas un nombre entier. Écrivez un nombre "
                f"en chiffres, sans virgule.",
                field=question.code,
                value=shown,
            )
        if value < 0:
            return findings.error(
                "negative",
                f"{where}{NBSP}: {shown} est négatif. Écrivez 0 ou un nombre positif.",
                field=question.code,
                value=shown,
            )
        if value < question.minimum:
            return findings.error(
                "too_small",
                f"{where}{NBSP}: {shown} est trop petit, il faut au moins {question.minimum}.",
                field=question.code,
                value=shown,
            )
        if value > question.maximum:
            return findings.error(
                "too_large",
                f"{where}{NBSP}: {shown} dépasse {whole(question.maximum)}, le plus grand nombre "
                f"accepté.",
                field=question.code,
                value=shown,
            )
        return None
    if question.kind is AnswerKind.YES_NO and not isinstance(value, bool):
        return findings.error(
            "not_yes_no",
            f"{where}{NBSP}: {quoted(shown)} n’est ni OUI ni NON.",
            field=question.code,
            value=shown,
        )
    if question.kind is AnswerKind.CHOICE and value not in [c.code for c in question.choices]:
        accepted = joined([c.code for c in question.choices], "ou")
        return findings.error(
            "not_in_list",
            f"{where}{NBSP}: {quoted(shown)} n’est pas une réponse possible. Choisissez "
            f"{accepted}.",
            field=question.code,
            value=shown,
        )
    if question.kind is AnswerKind.USAGES:
        catalogue = {u.code for u in questionnaire.usages}
        chosen = value if isinstance(value, tuple) else (str(value),)
        unknown = [code for code in chosen if code not in catalogue]
        if unknown:
            noun = "code inconnu" if len(unknown) == 1 else "codes inconnus"
            return findings.error(
                "unknown_usage",
                f"{where}{NBSP}: {noun} {joined([quoted(c) for c in unknown])}. Utilisez les codes "
                f"du catalogue des usages.",
                field=question.code,
                value="|".join(unknown),
            )
    return None


def _apply(rule: CheckRule, answers: Answers, known: Known) -> list[SoftFinding]:
    outcome = _KINDS[rule.kind](rule, answers, known)
    if outcome is None:
        return []
    severity = Severity.ERROR if rule.hard else Severity.WARNING
    value = _total(answers, rule.fields)
    sentence = rule.message.format(
        limit=whole(rule.limit), share=fraction_percent(rule.share), **outcome
    )
    shown = None if value is None else str(value)
    concerned = {
        code: answers.get(code) for code in (*rule.fields, *([rule.other] if rule.other else []))
    }
    return [SoftFinding(Finding(rule.code, severity, sentence, rule.fields[0], shown), concerned)]


def _total(answers: Answers, codes: tuple[str, ...]) -> int | None:
    known = [value for code in codes if (value := number(answers, code)) is not None]
    return sum(known) if known else None


def _exceeds(rule: CheckRule, answers: Answers, _known: Known) -> dict[str, str] | None:
    left, right = _total(answers, rule.fields), number(answers, rule.other)
    if left is None or right is None or left <= right:
        return None
    return {"value": whole(left), "other": whole(right)}


def _above(rule: CheckRule, answers: Answers, _known: Known) -> dict[str, str] | None:
    value = _total(answers, rule.fields)
    return None if value is None or value <= rule.limit else {"value": whole(value)}


def _changed(rule: CheckRule, answers: Answers, known: Known) -> dict[str, str] | None:
    before, now = _total(known.previous or {}, rule.fields), _total(answers, rule.fields)
    if before is None or now is None:
        return None
    gap = abs(now - before)
    if gap <= rule.limit or gap <= rule.share * before:
        return None
    return {"value": whole(now), "before": whole(before)}


def _dropped(rule: CheckRule, answers: Answers, known: Known) -> dict[str, str] | None:
    before, now = _total(known.previous or {}, rule.fields), _total(answers, rule.fields)
    if not before or now is None or now > rule.share * before:
        return None
    return {"value": whole(now), "before": whole(before)}


def _no_but_connected(rule: CheckRule, answers: Answers, known: Known) -> dict[str, str] | None:
    if answers.get(rule.fields[0]) is not False or not known.ent_connections:
        return None
    return {"value": whole(known.ent_connections)}


def _zero_with_usage(rule: CheckRule, answers: Answers, _known: Known) -> dict[str, str] | None:
    chosen = answers.get(rule.other)
    if number(answers, rule.fields[0]) != 0 or not isinstance(chosen, tuple):
        return None
    return {} if set(chosen) & set(rule.usages) else None


_KINDS: Mapping[str, Callable[[CheckRule, Answers, Known], dict[str, str] | None]] = {
    "exceeds": _exceeds,
    "above": _above,
    "changed": _changed,
    "dropped": _dropped,
    "no_but_connected": _no_but_connected,
    "zero_with_usage": _zero_with_usage,
}

CHECK_KINDS = frozenset(_KINDS)
"""Names that a questionnaire's file may give to the comparison of a check."""
