"""From the file of a questionnaire to its domain value; every key is checked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from numecole_desktop.domain.checks import CHECK_KINDS, check_sentence
from numecole_desktop.domain.french import fold_header
from numecole_desktop.domain.questionnaire import (
    AnswerKind,
    CheckRule,
    Choice,
    Question,
    Questionnaire,
    Usage,
)
from numecole_desktop.referentials.loader import read_sources
from numecole_desktop.referentials.strict import Fields, RuleFileError, once, read_toml

_CODE = re.compile(r"[A-Z][A-Z0-9_]*")


def load_questionnaire(data: bytes, name: str) -> Questionnaire:
    """Read a questionnaire; ``name`` is the file's name, for messages.

    Raises:
        RuleFileError: a key is missing, unknown or of the wrong type, a code is used twice, or a
            check can never speak (question or usage that does not exist, sentence that names a
            figure it does not have).
    """
    with read_toml(data, name) as top, top.table("questionnaire") as head:
        sections = tuple((f.text("code"), f.french("title")) for f in top.tables("section"))
        once(name, "la partie", [code for code, _ in sections])
        questions = tuple(_question(fields, dict(sections)) for fields in top.tables("question"))
        once(name, "la question", [q.code for q in questions])
        usages = tuple(
            Usage(_code(fields), fields.french("label"), fields.french("summary", ""))
            for fields in top.tables("usage")
        )
        once(name, "l’usage", [u.code for u in usages])
        checks = tuple(
            _check(fields, questions, usages) for fields in top.tables("check", required=False)
        )
        once(name, "le contrôle", [c.code for c in checks])
        yes, no = (frozenset(map(fold_header, head.texts(key))) for key in ("yes", "no"))
        if yes & no:
            raise RuleFileError(
                f"{head.where} : « {min(yes & no)} » ne peut pas dire à la fois oui et non"
            )
        return Questionnaire(
            version=head.text("version"),
            title=head.french("title"),
            first_year=head.year("first_year"),
            published_years=head.years("published_years"),
            sections=sections,
            questions=questions,
            usages=usages,
            checks=checks,
            sources=read_sources(top),
            yes_words=yes,
            no_words=no,
            fingerprint=hashlib.sha256(data).hexdigest(),
        )


def _question(fields: Fields, sections: dict[str, str]) -> Question:
    code = _code(fields)
    section = fields.text("section", code[:1])
    if section not in sections:
        raise RuleFileError(f"{fields.where} : la partie « {section} » n’est pas définie")
    written = fields.text("kind")
    if written not in [kind.value for kind in AnswerKind]:
        known = ", ".join(AnswerKind)
        raise RuleFileError(
            f"{fields.where} : type de réponse inconnu « {written} », les types sont {known}"
        )
    kind = AnswerKind(written)
    minimum = maximum = 0
    if kind is AnswerKind.INTEGER:
        minimum, maximum = fields.whole("minimum", 0), fields.whole("maximum")
        if minimum > maximum:
            raise RuleFileError(f"{fields.where} : « minimum » dépasse « maximum »")
    return Question(
        code=code,
        section=section,
        kind=kind,
        short=fields.french("short"),
        label=fields.french("label"),
        help=fields.french("help", ""),
        minimum=minimum,
        maximum=maximum,
        choices=_choices(fields) if kind is AnswerKind.CHOICE else (),
    )


def _choices(fields: Fields) -> tuple[Choice, ...]:
    choices = tuple(
        Choice(_code(choice), choice.french("label"), choice.texts("aliases", ()))
        for choice in fields.tables("choices")
    )
    if not choices:
        raise RuleFileError(f"{fields.where} : « choices » est vide")
    once(fields.where, "la réponse", [word for choice in choices for word in choice.spellings])
    return choices


def _check(fields: Fields, questions: Sequence[Question], usages: Sequence[Usage]) -> CheckRule:
    code, name = fields.text("code"), fields.text("kind")
    kind = CHECK_KINDS.get(name)
    if kind is None:
        raise RuleFileError(
            f"{fields.where} : contrôle de type inconnu « {name} », les types sont "
            f"{', '.join(CHECK_KINDS)}"
        )
    rule = CheckRule(
        code=code,
        hard=fields.flag("hard"),
        kind=name,
        fields=fields.texts("fields"),
        message=fields.french("message"),
        other=fields.text("other", None if kind.right else ""),
        limit=fields.whole("limit", None if "limit" in kind.needs else 0),
        share=fields.fraction("share", None if "share" in kind.needs else "0"),
        usages=fields.texts("usages", None if "usages" in kind.needs else ()),
    )
    if not rule.fields:
        raise RuleFileError(f"{fields.where} : « fields » est vide")
    if rule.hard and kind.beyond:
        raise RuleFileError(
            f"{fields.where} : « hard » doit être false, le contrôle {name} regarde ailleurs que "
            f"dans la déclaration"
        )
    kinds = {q.code: q.kind for q in questions}
    named = [(code, kind.left) for code in rule.fields]
    if kind.right:
        named.append((rule.other, kind.right))
    for question, wanted in named:
        if question not in kinds:
            raise RuleFileError(f"{fields.where} : la question « {question} » n’existe pas")
        if kinds[question] is not wanted:
            raise RuleFileError(
                f"{fields.where} : la question « {question} » n’est pas du type {wanted}, que "
                f"demande le contrôle {name}"
            )
    for usage in rule.usages:
        if usage not in [u.code for u in usages]:
            raise RuleFileError(f"{fields.where} : l’usage « {usage} » n’existe pas")
    try:
        check_sentence(rule, dict.fromkeys(kind.figures, 1))
    except (LookupError, ValueError, AttributeError, TypeError):
        known = ", ".join(f"{{{figure}}}" for figure in (*kind.figures, "limit", "share"))
        raise RuleFileError(
            f"{fields.where} : « message » ne peut pas être rempli, ce contrôle connaît {known}"
        ) from None
    return rule


def _code(fields: Fields) -> str:
    code = fields.text("code")
    if not _CODE.fullmatch(code):
        raise RuleFileError(
            f"{fields.where} : « code » doit être en majuscules, chiffres et tirets bas, sans "
            f"accent, et non « {code} »"
        )
    return code
