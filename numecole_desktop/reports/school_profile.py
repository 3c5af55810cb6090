"""The digital profile of a school as a PDF, for its head and its mayor: one or two A4 pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from numecole_desktop.domain.french import long_date
from numecole_desktop.domain.profile import SchoolProfile
from numecole_desktop.reports.blocks import bullets, heading, notice, paragraph
from numecole_desktop.reports.colophon import sources_block
from numecole_desktop.reports.document import draw_document, page_frame
from numecole_desktop.reports.layout import Block, Frame, Section, set_out
from numecole_desktop.reports.profile_answers import (
    answers_block,
    comparison_block,
    few_usages,
    questions_block,
    usages_block,
)
from numecole_desktop.reports.profile_index import header_piece, identity_piece, index_blocks
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tagged import Properties
from numecole_desktop.reports.texts import Texts

_common = Texts("common")
_texts = Texts("school_profile")


def render_school_profile(profile: SchoolProfile, logo: bytes | None = None) -> bytes:
    """The profile as a PDF; the same profile gives the same bytes.

    ``logo`` is a PNG or JPEG image.

    Raises:
        LogoError: ``logo`` is no image that can be printed.
    """
    school = profile.school
    properties = Properties(
        title=_texts("title", year=profile.year, school=school.name),
        subject=_texts("subject", uai=school.uai, year=profile.year),
        created=profile.issued_on,
    )
    return draw_document(properties, _set_out(profile, logo))


def _frame(profile: SchoolProfile) -> Frame:
    school = profile.school
    place = " · ".join(part for part in (school.uai, school.name, school.commune) if part)
    if profile.declared_year is None:
        source = _texts("foot_undeclared")
    else:
        source = _texts("foot_declared", declared=profile.declared_year)
    date = long_date(profile.issued_on)
    return page_frame(
        profile,
        head=(place, _common("year", year=profile.year)),
        foot=_texts("foot", year=profile.year, source=source, date=date),
    )


def _set_out(profile: SchoolProfile, logo: bytes | None) -> Section:
    """The pages of the profile; what raising the index costs is said where that adds none."""
    frame, index = _frame(profile), index_blocks(profile)
    blocks = list(_blocks(profile, logo, index))
    plain = set_out(blocks, frame)
    if not profile.next_cost:
        return plain
    index[-1].pieces.append(paragraph(profile.next_cost, styles().muted, before=6))
    priced = set_out(blocks, frame)
    return priced if priced.pages == plain.pages else plain


def _blocks(profile: SchoolProfile, logo: bytes | None, index: Sequence[Block]) -> Iterator[Block]:
    """The parts of the profile in reading order."""
    notes = [notice(note) for note in profile.notes]
    yield Block([header_piece(profile, logo), identity_piece(profile), *notes])
    if profile.declared_year is None:
        yield _how_to_declare(profile)
        yield questions_block(profile)
        yield comparison_block(profile)
    else:
        yield from index
        yield comparison_block(profile)
        # A long list would push the answers far back.
        if few_usages(profile):
            yield usages_block(profile)
            yield answers_block(profile)
        else:
            yield answers_block(profile)
            yield usages_block(profile)
    yield _small_print(profile)


def _how_to_declare(profile: SchoolProfile) -> Block:
    style = styles()
    return Block(
        [
            paragraph(profile.headline, style.lead, before=14),
            heading(_texts("how_title"), before=12),
            *bullets(_texts.table("how")["steps"], style.body),
        ]
    )


def _small_print(profile: SchoolProfile) -> Block:
    rules = _texts("rules", title=profile.referential_title, id=profile.referential_id)
    questionnaire = _texts("questionnaire", version=profile.questionnaire_version)
    return sources_block(profile.sources, profile.assumptions, (rules, questionnaire))
