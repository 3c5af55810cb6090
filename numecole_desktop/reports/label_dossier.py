"""The summary of a label dossier as a PDF, which the school and the commune sign."""

from __future__ import annotations

from collections.abc import Iterator

from numecole_desktop.domain.french import long_date, short_date
from numecole_desktop.domain.label_documents import CriterionLine, DossierSummary, PersonLine
from numecole_desktop.reports.blocks import (
    bullets,
    heading,
    notice,
    paragraph,
    subheading,
    write_lines,
)
from numecole_desktop.reports.charts import draw_cells
from numecole_desktop.reports.colophon import sources_block
from numecole_desktop.reports.document import draw_document, page_frame
from numecole_desktop.reports.facts import facts_piece
from numecole_desktop.reports.layout import (
    LEFT,
    WIDTH,
    Block,
    Piece,
    accompanied,
    set_out,
)
from numecole_desktop.reports.signatures import SignatureBox, signatures_piece
from numecole_desktop.reports.styles import styles
from numecole_desktop.reports.tables import Column, Row, Table
from numecole_desktop.reports.tagged import Properties, TaggedCanvas
from numecole_desktop.reports.text import wrap
from numecole_desktop.reports.texts import Texts
from numecole_desktop.reports.title import title_piece

_common = Texts("common")
_texts = Texts("label_dossier")
_CELLS = 9.0
_CRITERION, _LEVEL = 140.0, 40.0
_REFERENTS = (0.23, 0.25, 0.24, 0.28)  # shares of the width
_KIND, _SIZE = 90.0, 56.0
_BEFORE = 8.0


def render_dossier(summary: DossierSummary, logo: bytes | None = None) -> bytes:
    """The summary as a PDF; the same summary gives the same bytes.

    ``logo`` is a PNG or JPEG image.

    Raises:
        LogoError: ``logo`` is no image that can be printed.
    """
    school, issue = summary.school, summary.issue
    properties = Properties(
        title=_texts("title", year=issue.year, school=school.name),
        subject=_texts("subject", uai=school.uai, year=issue.year),
        created=issue.issued_on,
    )
    date = long_date(issue.issued_on)
    frame = page_frame(
        issue,
        head=(f"{school.uai} · {school.name}", _texts("campaign", year=issue.year)),
        foot=_texts("foot", year=issue.year, uai=school.uai, date=date),
    )
    return draw_document(properties, set_out(_blocks(summary, logo), frame))


def _blocks(summary: DossierSummary, logo: bytes | None) -> list[Block]:
    """The parts of the summary in reading order; what is signed never stands alone."""
    issue = summary.issue
    steps = [_texts("steps", steps=", ".join(summary.steps))] if summary.steps else []
    sources = sources_block(issue.sources, issue.assumptions, steps, run_in=True)
    signed = accompanied([*_parts(summary, logo)], _agreement(summary))
    return accompanied(signed, sources)


def _parts(summary: DossierSummary, logo: bytes | None) -> Iterator[Block]:
    style = styles()
    school, issue = summary.school, summary.issue
    place = ", ".join(part for part in (school.commune, summary.department) if part)
    campaign = _texts("campaign_rules", year=issue.year, referential=issue.referential)
    under = " · ".join(part for part in (place, campaign) if part)
    decision = [paragraph(summary.decision, style.strong, 5.0)] if summary.decision else []
    yield Block(
        [
            title_piece(_texts("document"), school.name, under, logo),
            facts_piece(_identity(summary)),
            *decision,
            *(notice(note) for note in summary.notes),
        ]
    )
    criteria = _criteria(summary.criteria)
    yield Block([heading(_texts("level"), _BEFORE), _level(summary), *criteria], whole=False)
    raising = [
        _texts("raise_line", title=criterion.title, sentence=" ".join(criterion.raise_with))
        for criterion in summary.criteria
        if criterion.raise_with and (criterion.limits or criterion.level is None)
    ]
    if raising:
        yield Block([subheading(_texts("raise"), 7.0), *bullets(raising, style.body, 1.0)])
    yield Block([heading(_texts("project"), _BEFORE), *_project(summary)])
    yield Block(_referents(summary.referents))
    if summary.files:
        yield Block([heading(_texts("files"), _BEFORE), *_files(summary)], whole=False)


def _identity(summary: DossierSummary) -> list[tuple[str, str]]:
    school = summary.school
    facts = (
        ("uai", school.uai),
        ("circonscription", school.circonscription_label),
        ("academy", school.academy),
        ("state", summary.state.label),
    )
    return [(_texts(key, "identity"), value or "") for key, value in facts]


def _level(summary: DossierSummary) -> Piece:
    """The sentence on the computed level over as many cells, the reached ones full."""
    style, highest = styles(), summary.issue.highest
    told = wrap(summary.sentence, style.lead, WIDTH)
    upper = style.lead.height(len(told)) + 3

    def draw(canvas: TaggedCanvas, top: float) -> None:
        with canvas.tag("P"):
            write_lines(canvas, LEFT, top, told, style.lead)
        with canvas.artifact():
            box = (LEFT, top - upper - _CELLS, LEFT + WIDTH, top - upper)
            draw_cells(canvas, box, summary.level, highest)

    return Piece(upper + _CELLS + 6, draw, keep_with_next=True)


def _criteria(criteria: tuple[CriterionLine, ...]) -> list[Piece]:
    style = styles()
    examined = any(criterion.opinion is not None for criterion in criteria)
    numbers = [_texts("criterion_level"), *([_texts("opinion")] if examined else [])]
    rest = WIDTH - _CRITERION - _LEVEL * len(numbers)
    columns = [
        Column(_texts("criterion"), _CRITERION, style.compact_strong),
        *(Column(title, _LEVEL, style.compact_strong, "centre") for title in numbers),
        Column(_texts("reason"), rest, style.compact),
    ]
    rows = []
    for criterion in criteria:
        name = criterion.title
        if criterion.assumption:
            name = _texts("assumption", title=name)
        if criterion.limits:
            name = _texts("limits", title=name)
        reason = criterion.reason
        if criterion.opinion_reason:
            reason = _texts("opinion_reason", reason=reason, why=criterion.opinion_reason)
        levels = [criterion.level, *([criterion.opinion] if examined else [])]
        cells = (_common("unknown") if level is None else str(level) for level in levels)
        rows.append(Row((name, *cells, reason)))
    return Table(columns).pieces(rows)


def _referents(referents: tuple[PersonLine, ...]) -> list[Piece]:
    style = styles().compact
    titles = [_texts(key) for key in ("role", "name", "job", "email")]
    columns = [
        Column(title, share * WIDTH, style) for title, share in zip(titles, _REFERENTS, strict=True)
    ]
    pieces = Table(columns).pieces(
        [
            Row((person.role, person.name or _texts("nobody"), person.job, person.email))
            for person in referents
        ]
    )
    pieces[0].before = 6.0
    return pieces


def _project(summary: DossierSummary) -> list[Piece]:
    facts = list(summary.facts)
    if not summary.files:
        facts.append((_texts("files"), _texts("files_none")))
    title = _texts("project_title", title=summary.project or _common("unknown"))
    pieces = [paragraph(title, styles().strong, before=0, keep=True)]
    if summary.usages:
        usages = _texts("usages", usages=", ".join(summary.usages))
        pieces.append(paragraph(usages, styles().body, before=1, keep=True))
    return [*pieces, facts_piece(facts, len(facts), before=4)]


def _files(summary: DossierSummary) -> list[Piece]:
    style = styles().compact
    columns = [
        Column(_texts("file"), WIDTH - _KIND - _SIZE, style),
        Column(_texts("kind"), _KIND, style),
        Column(_texts("size"), _SIZE, style, "right"),
    ]
    return Table(columns).pieces([Row((f.name, f.kind, f.size)) for f in summary.files])


def _agreement(summary: DossierSummary) -> Block:
    """What is still missing, and the two boxes to sign."""
    style = styles()
    pieces: list[Piece] = []
    if summary.missing:
        pieces = [heading(_texts("missing"), _BEFORE), *bullets(summary.missing, style.body, 1.0)]
    boxes = [
        SignatureBox(
            title,
            (
                (_texts("signature_name"), person.name),
                (_texts("signature_job"), person.job),
                (
                    _texts("signature_date"),
                    short_date(person.signed_on) if person.signed_on else "",
                ),
            ),
        )
        for title, person in zip(_texts.table("boxes")["titles"], summary.signatories, strict=True)
    ]
    return Block(
        [
            *pieces,
            heading(_texts("signatures"), _BEFORE),
            paragraph(_texts("agreement"), style.body, before=0, keep=True),
            signatures_piece(boxes, _texts("signature")),
        ]
    )
