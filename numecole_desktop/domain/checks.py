"""Hard and soft checks of a declaration (rules 2.1), as pure functions returning findings.

What is compared with what, the thresholds and the sentences are data: the questionnaire's file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from numecole_desktop.domain import finding as findings
from numecole_desktop.domain.finding import Finding, Severity
from numecole_desktop.domain.french import (
    NBSP,
    Counted,
    fold,
    fraction_percent,
    joined,
    long_date,
    quoted,
    whole,
)
from numecole_desktop.domain.questionnaire import (
    Answer,
    AnswerKind,
    Answers,
    CheckRule,
    Choice,
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
            problem = value_problem(question, value, questionnaire)
            if problem:
                found.append(problem)
    codes = set(questionnaire.codes)
    found.extend(
        findings.error(
            "unknown_question",
            f"La question {code} n’existe pas dans le questionnaire {questionnaire.version}.",
            field=code,
        )
        for code in answers
        if code not in codes
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
        if school.closed_from and SchoolYear.parse(school.closed_from) <= year:
            when = f"est fermée depuis l’année scolaire {school.closed_from}"
        else:
            when = f"n’ouvre que le {long_date(date.fromisoformat(school.opened_on or ''))}"
        return (
            findings.error(
                "closed_school",
                f"L’école {uai} ({school.name}) {when}{NBSP}: elle n’a pas de déclaration en "
                f"{year}.",
                field="uai",
                value=uai,
            ),
        )
    return ()


def value_problem(
    question: Question, value: Answer, questionnaire: Questionnaire
) -> Finding | None:
    """What is wrong with an answer, whatever the others are; None when nothing is."""
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
                f"{where}{NBSP}: {shown} est négatif. Le plus petit nombre accepté est "
                f"{question.minimum}.",
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
                f"{where}{NBSP}: {whole(value)} dépasse {whole(question.maximum)}, le plus grand "
                f"nombre accepté.",
                field=question.code,
                value=shown,
            )
        return None
    if question.kind is AnswerKind.YES_NO and not isinstance(value, bool):
        return findings.error(
            "not_yes_no",
            f"{where}{NBSP}: {quoted(shown)} n’est ni OUI ni NON. Répondez par l’un ou l’autre.",
            field=question.code,
            value=shown,
        )
    if question.kind is AnswerKind.CHOICE and value not in [c.code for c in question.choices]:
        accepted = joined([_choice_words(c) for c in question.choices], "ou")
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


def _choice_words(choice: Choice) -> str:
    """« FIBRE », « NSP (Je ne sais pas) »: the label where the code does not say it."""
    if fold(choice.code) == fold(choice.label):
        return choice.code
    return f"{choice.code} ({choice.label})"


def _apply(rule: CheckRule, answers: Answers, known: Known) -> list[SoftFinding]:
    outcome = CHECK_KINDS[rule.kind].compare(rule, answers, known)
    if outcome is None:
        return []
    severity = Severity.ERROR if rule.hard else Severity.WARNING
    value = _total(answers, rule.fields)
    sentence = check_sentence(rule, outcome)
    shown = None if value is None else str(value)
    concerned = {
        code: answers.get(code) for code in (*rule.fields, *([rule.other] if rule.other else []))
    }
    return [SoftFinding(Finding(rule.code, severity, sentence, rule.fields[0], shown), concerned)]


def check_sentence(rule: CheckRule, figures: Mapping[str, int]) -> str:
    """The sentence of ``rule`` filled with ``figures``, its limit and its share.

    Raises:
        LookupError, ValueError: the sentence names a figure that this kind of check does not give,
            or its braces are wrong.
    """
    return rule.message.format(
        limit=Counted(rule.limit),
        share=fraction_percent(rule.share),
        **{name: Counted(figure) for name, figure in figures.items()},
    )


def _total(answers: Answers, codes: tuple[str, ...]) -> int | None:
    """Sum of the answers that are known; None when none is."""
    known = [value for code in codes if (value := number(answers, code)) is not None]
    return sum(known) if known else None


def _whole_total(answers: Answers, codes: tuple[str, ...]) -> int | None:
    """Sum of the answers; None as soon as one is missing, which is never zero."""
    if any(number(answers, code) is None for code in codes):
        return None
    return _total(answers, codes)


def _exceeds(rule: CheckRule, answers: Answers, _known: Known) -> dict[str, int] | None:
    left, right = _total(answers, rule.fields), number(answers, rule.other)
    if left is None or right is None or left <= right:
        return None
    return {"value": left, "other": right}


def _above(rule: CheckRule, answers: Answers, _known: Known) -> dict[str, int] | None:
    value = _total(answers, rule.fields)
    return None if value is None or value <= rule.limit else {"value": value}


def _changed(rule: CheckRule, answers: Answers, known: Known) -> dict[str, int] | None:
    before = _whole_total(known.previous or {}, rule.fields)
    now = _whole_total(answers, rule.fields)
    if before is None or now is None:
        return None
    gap = abs(now - before)
    if gap <= rule.limit or gap <= rule.share * before:
        return None
    return {"value": now, "before": before}


def _dropped(rule: CheckRule, answers: Answers, known: Known) -> dict[str, int] | None:
    before = _total(known.previous or {}, rule.fields)
    if not before:
        return None
    now = _whole_total(answers, rule.fields)
    if now is None or now > rule.share * before:
        return None
    return {"value": now, "before": before}


def _no_but_connected(rule: CheckRule, answers: Answers, known: Known) -> dict[str, int] | None:
    if answers.get(rule.fields[0]) is not False or not known.ent_connections:
        return None
    return {"value": known.ent_connections}


def _zero_with_usage(rule: CheckRule, answers: Answers, _known: Known) -> dict[str, int] | None:
    chosen = answers.get(rule.other)
    if number(answers, rule.fields[0]) != 0 or not isinstance(chosen, tuple):
        return None
    return {} if set(chosen) & set(rule.usages) else None


@dataclass(frozen=True, slots=True)
class CheckKind:
    """A comparison that a check may name: what it needs, and the figures its sentence may use.

    ``left`` is how the questions of ``fields`` are answered, ``right`` how ``other`` is, None when
    the comparison has no such question. ``needs`` are other keys of a check that must be given.
    ``beyond`` is true when it looks beyond the declaration (last year, the ENT): such a check can
    only ask for a confirmation.
    """

    compare: Callable[[CheckRule, Answers, Known], dict[str, int] | None]
    figures: tuple[str, ...]
    left: AnswerKind = AnswerKind.INTEGER
    right: AnswerKind | None = None
    needs: tuple[str, ...] = ()
    beyond: bool = False


CHECK_KINDS: Mapping[str, CheckKind] = {
    "exceeds": CheckKind(_exceeds, ("value", "other"), right=AnswerKind.INTEGER),
    "above": CheckKind(_above, ("value",), needs=("limit",)),
    "changed": CheckKind(_changed, ("value", "before"), needs=("limit", "share"), beyond=True),
    "dropped": CheckKind(_dropped, ("value", "before"), needs=("share",), beyond=True),
    "no_but_connected": CheckKind(_no_but_connected, ("value",), AnswerKind.YES_NO, beyond=True),
    "zero_with_usage": CheckKind(_zero_with_usage, (), right=AnswerKind.USAGES, needs=("usages",)),
}
"""Comparisons by the name that a questionnaire's file gives them."""
