"""From rule files to domain values; every key is checked."""

from __future__ import annotations

import hashlib

from numecole_desktop.domain.checks import CHECK_KINDS
from numecole_desktop.domain.french import sentence_spaces
from numecole_desktop.domain.questionnaire import (
    AnswerKind,
    CheckRule,
    Choice,
    Question,
    Questionnaire,
    Usage,
)
from numecole_desktop.domain.referential import Referential, RuleSource, RuleValue
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.referentials.strict import Fields, RuleFileError, read_toml


def load_referential(data: bytes, name: str) -> Referential:
    """Read a référentiel; ``name`` is the file's name, for messages.

    Raises:
        RuleFileError: a key is missing, unknown or of the wrong type, or a source is not listed.
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
        unlisted = set(value.sources) - {s.key for s in sources}
        if unlisted or not (value.sources or value.assumption):
            raise RuleFileError(
                f"{fields.where} : « {value.key} » doit citer une source de la liste ou être une "
                f"hypothèse"
            )
        if value.key in values:
            raise RuleFileError(f"{fields.where} : « {value.key} » est défini deux fois")
        values[value.key] = value
    texts = top.table("texts")
    words = {key: _french(texts.text(key)) for key in texts.names()}
    result = Referential(
        id=head.text("id"),
        subject=head.text("subject"),
        title=_french(head.text("title")),
        first_year=SchoolYear.parse(head.text("first_year")),
        effective=head.day("effective").isoformat(),
        sources=sources,
        values=values,
        assumptions=tuple(_french(t) for t in head.texts("assumptions", ())),
        texts=words,
        fingerprint=hashlib.sha256(data).hexdigest(),
    )
    head.done()
    top.done()
    return result


def load_questionnaire(data: bytes, name: str) -> Questionnaire:
    """Read a questionnaire; ``name`` is the file's name, for messages.

    Raises:
        RuleFileError: a key is missing, unknown or of the wrong type, a code is used twice, or a
            check names a question that does not exist.
    """
    top = read_toml(data, name)
    head = top.table("questionnaire")
    sections = []
    for fields in top.tables("section"):
        sections.append((fields.text("code"), _french(fields.text("title"))))
        fields.done()
    questions = tuple(_question(fields, dict(sections)) for fields in top.tables("question"))
    codes = [q.code for q in questions]
    repeated = {code for code in codes if codes.count(code) > 1}
    if repeated:
        raise RuleFileError(f"{name} : la question {min(repeated)} est définie deux fois")
    usages = []
    for fields in top.tables("usage"):
        usages.append(
            Usage(
                fields.text("code"),
                _french(fields.text("label")),
                _french(fields.text("summary", "")),
            )
        )
        fields.done()
    checks = tuple(_check(fields, codes) for fields in top.tables("check", required=False))
    result = Questionnaire(
        version=head.text("version"),
        title=_french(head.text("title")),
        first_year=SchoolYear.parse(head.text("first_year")),
        published_years=tuple(SchoolYear.parse(y) for y in head.texts("published_years")),
        sections=tuple(sections),
        questions=questions,
        usages=tuple(usages),
        checks=checks,
        sources=_sources(top),
        yes_words=frozenset(head.texts("yes")),
        no_words=frozenset(head.texts("no")),
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
    return tuple(found)


def _question(fields: Fields, sections: dict[str, str]) -> Question:
    code = fields.text("code")
    section = fields.text("section", code[:1])
    if section not in sections:
        raise RuleFileError(f"{fields.where} : la partie « {section} » n’est pas définie")
    try:
        kind = AnswerKind(fields.text("kind"))
    except ValueError as problem:
        raise RuleFileError(f"{fields.where} : type de réponse inconnu ({problem})") from None
    choices = []
    for choice in fields.tables("choices", required=kind is AnswerKind.CHOICE):
        choices.append(
            Choice(choice.text("code"), _french(choice.text("label")), choice.texts("aliases", ()))
        )
        choice.done()
    question = Question(
        code=code,
        section=section,
        kind=kind,
        short=_french(fields.text("short")),
        label=_french(fields.text("label")),
        help=_french(fields.text("help", "")),
        minimum=fields.whole("minimum", 0),
        maximum=fields.whole("maximum", None if kind is AnswerKind.INTEGER else 0),
        choices=tuple(choices),
    )
    fields.done()
    return question


def _check(fields: Fields, codes: list[str]) -> CheckRule:
    rule = CheckRule(
        code=fields.text("code"),
        hard=fields.flag("hard"),
        kind=fields.text("kind"),
        fields=fields.texts("fields"),
        message=_french(fields.text("message")),
        other=fields.text("other", ""),
        limit=fields.whole("limit", 0),
        share=fields.fraction("share", "0"),
        usages=fields.texts("usages", ()),
    )
    fields.done()
    if rule.kind not in CHECK_KINDS:
        raise RuleFileError(f"{fields.where} : contrôle de type inconnu « {rule.kind} »")
    named = [*rule.fields, *([rule.other] if rule.other else [])]
    for code in named:
        if code not in codes:
            raise RuleFileError(f"{fields.where} : la question « {code} » n’existe pas")
    return rule


def _french(text: str) -> str:
    return sentence_spaces(text)
