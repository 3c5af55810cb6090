"""From rule files to domain values; every key is checked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from fractions import Fraction

from numecole_desktop.domain.checks import CHECK_KINDS, check_sentence
from numecole_desktop.domain.equipment import SUBJECT, TEXTS, EquipmentRules
from numecole_desktop.domain.french import fold_header, sentence_spaces
from numecole_desktop.domain.label_rules import CRITERION_KINDS, LABEL_SUBJECT, LabelRules
from numecole_desktop.domain.questionnaire import (
    AnswerKind,
    CheckRule,
    Choice,
    Question,
    Questionnaire,
    Usage,
)
from numecole_desktop.domain.referential import (
    Criterion,
    MissingRuleError,
    Referential,
    RuleSource,
    RuleValue,
)
from numecole_desktop.domain.territory import FIGURES, AcademyReference, PublishedAcademy
from numecole_desktop.referentials.strict import Fields, RuleFileError, read_toml

_CODE = re.compile(r"[A-Z][A-Z0-9_]*")


def load_referential(data: bytes, name: str) -> Referential:
    """Read a référentiel; ``name`` is the file's name, for messages.

    Raises:
        RuleFileError: a key is missing, unknown or of the wrong type, a source is not listed, or
            what the rules of its subject need is not there.
    """
    top = read_toml(data, name)
    head = top.table("referential")
    sources = _sources(top)
    values = {}
    for fields in top.tables("value"):
        value = RuleValue(
            key=fields.text("key"),
            value=fields.fraction("value"),
            unit=fields.text("unit"),
            label=_french(fields.text("label")),
            sources=fields.texts("sources"),
            assumption=fields.flag("assumption"),
            note=_french(fields.text("note", "")),
        )
        fields.done()
        _check_sources(fields, value, sources)
        if value.key in values:
            raise RuleFileError(f"{fields.where} : « {value.key} » est défini deux fois")
        values[value.key] = value
    criteria = tuple(_criterion(f, sources) for f in top.tables("criterion", required=False))
    _once(name, "le critère", [criterion.key for criterion in criteria])
    texts = top.table("texts")
    words = {key: _french(texts.text(key)) for key in texts.names()}
    result = Referential(
        id=head.text("id"),
        subject=head.text("subject"),
        title=_french(head.text("title")),
        first_year=head.year("first_year"),
        effective=head.day("effective").isoformat(),
        sources=sources,
        values=values,
        assumptions=tuple(_french(t) for t in head.texts("assumptions", ())),
        texts=words,
        fingerprint=hashlib.sha256(data).hexdigest(),
        criteria=criteria,
    )
    head.done()
    top.done()
    _check_subject(result, name)
    return result


def _criterion(fields: Fields, sources: Sequence[RuleSource]) -> Criterion:
    criterion = Criterion(
        key=fields.text("key"),
        kind=fields.text("kind"),
        title=_french(fields.text("title")),
        asks=_french(fields.text("asks")),
        sources=fields.texts("sources"),
        assumption=fields.flag("assumption"),
        note=_french(fields.text("note", "")),
        required_for_highest=fields.flag("required_for_highest", False),
    )
    fields.done()
    _check_sources(fields, criterion, sources)
    if criterion.kind not in CRITERION_KINDS:
        raise RuleFileError(
            f"{fields.where} : critère de type inconnu « {criterion.kind} », les types sont "
            f"{', '.join(CRITERION_KINDS)}"
        )
    return criterion


def _check_sources(
    fields: Fields, rule: RuleValue | Criterion, sources: Sequence[RuleSource]
) -> None:
    unlisted = set(rule.sources) - {s.key for s in sources}
    if unlisted or not (rule.sources or rule.assumption):
        raise RuleFileError(
            f"{fields.where} : « {rule.key} » doit citer une source de la liste ou être une "
            f"hypothèse"
        )


def _check_subject(referential: Referential, name: str) -> None:
    try:
        if referential.subject == SUBJECT:
            EquipmentRules.of(referential)
        elif referential.subject == LABEL_SUBJECT:
            LabelRules.of(referential)
    except MissingRuleError as problem:
        raise RuleFileError(f"{name} : {problem}") from problem
    for key in TEXTS if referential.subject == SUBJECT else ():
        if key not in referential.texts:
            raise RuleFileError(f"{name}, texts : il manque « {key} »")


def load_reference(data: bytes, name: str) -> tuple[tuple[PublishedAcademy, ...], Fraction]:
    """Read the published académie figures, and the share of schools that makes a base complete.

    Raises:
        RuleFileError: a key is missing, unknown or of the wrong type, or a figure does not exist.
    """
    top = read_toml(data, name)
    coverage = top.table("coverage")
    share = coverage.fraction("share")
    coverage.flag("assumption")
    coverage.done()
    academies = tuple(_academy(fields) for fields in top.tables("academy"))
    top.done()
    return academies, share


def _academy(fields: Fields) -> PublishedAcademy:
    percent = fields.table("percent")
    title, published = _french(fields.text("source")), _french(fields.text("published"))
    name, year, schools = fields.text("name"), fields.year("year"), fields.whole("schools")
    figures = {key: percent.whole(key) for key in percent.names()}
    fields.done()
    for key in figures:
        if key not in FIGURES:
            raise RuleFileError(f"{percent.where} : « {key} » n’est le nom d’aucun chiffre")
    return PublishedAcademy(
        AcademyReference(name, year, figures, f"{title} ({published})"), schools
    )


def load_questionnaire(data: bytes, name: str) -> Questionnaire:
    """Read a questionnaire; ``name`` is the file's name, for messages.

    Raises:
        RuleFileError: a key is missing, unknown or of the wrong type, a code is used twice, or a
            check can never speak (question or usage that does not exist, sentence that names a
            figure it does not have).
    """
    top = read_toml(data, name)
    head = top.table("questionnaire")
    sections = []
    for fields in top.tables("section"):
        sections.append((fields.text("code"), _french(fields.text("title"))))
        fields.done()
    _once(name, "la partie", [code for code, _ in sections])
    questions = tuple(_question(fields, dict(sections)) for fields in top.tables("question"))
    _once(name, "la question", [q.code for q in questions])
    usages = []
    for fields in top.tables("usage"):
        usages.append(
            Usage(_code(fields), _french(fields.text("label")), _french(fields.text("summary", "")))
        )
        fields.done()
    _once(name, "l’usage", [u.code for u in usages])
    checks = tuple(
        _check(fields, questions, usages) for fields in top.tables("check", required=False)
    )
    _once(name, "le contrôle", [c.code for c in checks])
    yes, no = (frozenset(map(fold_header, head.texts(key))) for key in ("yes", "no"))
    if yes & no:
        raise RuleFileError(
            f"{head.where} : « {min(yes & no)} » ne peut pas dire à la fois oui et non"
        )
    result = Questionnaire(
        version=head.text("version"),
        title=_french(head.text("title")),
        first_year=head.year("first_year"),
        published_years=head.years("published_years"),
        sections=tuple(sections),
        questions=questions,
        usages=tuple(usages),
        checks=checks,
        sources=_sources(top),
        yes_words=yes,
        no_words=no,
        fingerprint=hashlib.sha256(data).hexdigest(),
    )
    head.done()
    top.done()
    return result


def _sources(top: Fields) -> tuple[RuleSource, ...]:
    found = []
    for fields in top.tables("source"):
        found.append(
            RuleSource(
                fields.text("key"),
                _french(fields.text("title")),
                _french(fields.text("published")),
                fields.text("address"),
            )
        )
        fields.done()
    _once(top.where, "la source", [source.key for source in found])
    return tuple(found)


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
    question = Question(
        code=code,
        section=section,
        kind=kind,
        short=_french(fields.text("short")),
        label=_french(fields.text("label")),
        help=_french(fields.text("help", "")),
        minimum=minimum,
        maximum=maximum,
        choices=_choices(fields) if kind is AnswerKind.CHOICE else (),
    )
    fields.done()
    return question


def _choices(fields: Fields) -> tuple[Choice, ...]:
    choices = []
    for choice in fields.tables("choices"):
        choices.append(
            Choice(_code(choice), _french(choice.text("label")), choice.texts("aliases", ()))
        )
        choice.done()
    if not choices:
        raise RuleFileError(f"{fields.where} : « choices » est vide")
    _once(fields.where, "la réponse", [word for choice in choices for word in choice.spellings])
    return tuple(choices)


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
        message=_french(fields.text("message")),
        other=fields.text("other", None if kind.right else ""),
        limit=fields.whole("limit", None if "limit" in kind.needs else 0),
        share=fields.fraction("share", None if "share" in kind.needs else "0"),
        usages=fields.texts("usages", None if "usages" in kind.needs else ()),
    )
    fields.done()
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


def _once(where: str, what: str, names: Sequence[str]) -> None:
    for position, name in enumerate(names):
        if name in names[:position]:
            raise RuleFileError(f"{where} : {what} « {name} » apparaît deux fois")


def _french(text: str) -> str:
    return sentence_spaces(text)
