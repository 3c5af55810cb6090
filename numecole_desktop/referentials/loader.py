"""From référentiels and published figures to domain values; every key is checked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from fractions import Fraction

from numecole_desktop.domain.equipment import SUBJECT, TEXTS, EquipmentRules
from numecole_desktop.domain.french import sentence_spaces
from numecole_desktop.domain.label_rules import CRITERION_KINDS, LABEL_SUBJECT, LabelRules
from numecole_desktop.domain.referential import (
    Criterion,
    MissingRuleError,
    Referential,
    RuleSource,
    RuleValue,
)
from numecole_desktop.domain.territory import FIGURES, AcademyReference, PublishedAcademy
from numecole_desktop.referentials.strict import Fields, RuleFileError, once, read_toml


def load_referential(data: bytes, name: str) -> Referential:
    """Read a référentiel; ``name`` is the file's name, for messages.

    Raises:
        RuleFileError: a key is missing, unknown or of the wrong type, a source is not listed, or
            what the rules of its subject need is not there.
    """
    with read_toml(data, name) as top, top.table("referential") as head:
        sources = read_sources(top)
        values = tuple(_value(fields, sources) for fields in top.tables("value"))
        once(name, "la valeur", [value.key for value in values])
        criteria = tuple(_criterion(f, sources) for f in top.tables("criterion", required=False))
        once(name, "le critère", [criterion.key for criterion in criteria])
        texts = top.table("texts")
        result = Referential(
            id=head.text("id"),
            subject=head.text("subject"),
            title=head.french("title"),
            first_year=head.year("first_year"),
            effective=head.day("effective").isoformat(),
            sources=sources,
            values={value.key: value for value in values},
            assumptions=tuple(map(sentence_spaces, head.texts("assumptions", ()))),
            texts={key: texts.french(key) for key in texts.names()},
            fingerprint=hashlib.sha256(data).hexdigest(),
            criteria=criteria,
        )
    _check_subject(result, name)
    return result


def read_sources(top: Fields) -> tuple[RuleSource, ...]:
    """The sources that a rule file lists.

    Raises:
        RuleFileError: a key is missing, unknown or of the wrong type, or a source comes twice.
    """
    found = tuple(
        RuleSource(
            fields.text("key"),
            fields.french("title"),
            fields.french("published"),
            fields.text("address"),
        )
        for fields in top.tables("source")
    )
    once(top.where, "la source", [source.key for source in found])
    return found


def _value(fields: Fields, sources: Sequence[RuleSource]) -> RuleValue:
    value = RuleValue(
        key=fields.text("key"),
        value=fields.fraction("value"),
        unit=fields.text("unit"),
        label=fields.french("label"),
        sources=fields.texts("sources"),
        assumption=fields.flag("assumption"),
        note=fields.french("note", ""),
    )
    _check_sources(fields, value, sources)
    return value


def _criterion(fields: Fields, sources: Sequence[RuleSource]) -> Criterion:
    criterion = Criterion(
        key=fields.text("key"),
        kind=fields.text("kind"),
        title=fields.french("title"),
        asks=fields.french("asks"),
        sources=fields.texts("sources"),
        assumption=fields.flag("assumption"),
        note=fields.french("note", ""),
        required_for_highest=fields.flag("required_for_highest", False),
    )
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
    with read_toml(data, name) as top:
        with top.table("coverage") as coverage:
            share = coverage.fraction("share")
            coverage.flag("assumption")
        return tuple(_academy(fields) for fields in top.tables("academy")), share


def _academy(fields: Fields) -> PublishedAcademy:
    percent = fields.table("percent")
    title, published = fields.french("source"), fields.french("published")
    name, year, schools = fields.text("name"), fields.year("year"), fields.whole("schools")
    figures = {key: percent.whole(key) for key in percent.names()}
    for key in figures:
        if key not in FIGURES:
            raise RuleFileError(f"{percent.where} : « {key} » n’est le nom d’aucun chiffre")
    return PublishedAcademy(
        AcademyReference(name, year, figures, f"{title} ({published})"), schools
    )
