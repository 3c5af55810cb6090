"""What happened to a school, read from the journal in French sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from numecole_desktop.domain.declaration import Status
from numecole_desktop.domain.french import NBSP, plural, quoted
from numecole_desktop.domain.journal import Absent, Event, RecordKind, source_label
from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.label_criteria import level_words
from numecole_desktop.domain.questionnaire import Answer, Questionnaire
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.workspace import Workspace
from numecole_desktop.storage.applications import APPLICATION_STATE
from numecole_desktop.storage.declaration_rows import CONFIRM_PREFIX
from numecole_desktop.storage.events import read_events

_MANY = 3


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One event of a school: wall time (a label), operator, source, French sentence.

    ``batch`` is the import that it belongs to, or empty; ``year`` the school year, or empty.
    ``journal`` and ``n`` say which event it is.
    """

    at: str
    operator: str
    source: str
    what: str
    batch: str
    year: str
    journal: str
    n: int


def school_history(workspace: Workspace, uai: str) -> tuple[HistoryLine, ...]:
    """Events that touched the school or its declarations, newest first."""
    events = read_events(
        workspace.base.connection,
        "kind IN (?, ?, ?) AND first_key <= ? AND last_key >= ?",
        (RecordKind.SCHOOL, RecordKind.DECLARATION, RecordKind.APPLICATION, uai, uai),
    )
    seen: dict[tuple[RecordKind, str], dict[str, object]] = {}
    lines = []
    for _, event in events:
        for row in event.rows:
            if row[0] != uai:
                continue
            year = "" if event.kind is RecordKind.SCHOOL else str(row[1])
            before = seen.setdefault((event.kind, year), {})
            what = _sentence(workspace, event, row, year, before)
            if event.note:
                what = f"{what} Note{NBSP}: {event.note}"
            lines.append(
                HistoryLine(
                    event.at,
                    event.operator,
                    source_label(event.source),
                    what,
                    event.batch,
                    year,
                    event.journal,
                    event.n,
                )
            )
    return tuple(reversed(lines))


def _sentence(
    workspace: Workspace,
    event: Event,
    row: tuple[object, ...],
    year: str,
    before: dict[str, object],
) -> str:
    cells = {
        name: cell
        for name, cell in zip(event.columns, row, strict=True)
        if not isinstance(cell, Absent) and name not in event.kind.key_columns
    }
    if event.kind is RecordKind.SCHOOL:
        if cells.get("closed_from"):
            return f"École signalée fermée à partir de {cells['closed_from']}."
        return "Fiche de l’annuaire enregistrée." if before else "École ajoutée à l’annuaire."
    if event.kind is RecordKind.APPLICATION:
        return _application_sentence(cells)
    questionnaire = workspace.catalogue.questionnaire(SchoolYear.parse(year))
    answers = {code: v for code, v in cells.items() if code in questionnaire.codes}
    parts = []
    if len(answers) > _MANY:
        parts.append(f"{plural(len(answers), 'réponse')}.")
    else:
        parts += [_change(questionnaire, c, before.get(c), v) for c, v in answers.items()]
    for name in cells:
        if name.startswith(CONFIRM_PREFIX):
            parts.append(f"Contrôle confirmé{NBSP}: {name.removeprefix(CONFIRM_PREFIX)}.")
    status = cells.get("status")
    if status != before.get("status") and (status or not answers):
        parts.append(_STATUS_WORDS.get(str(status or ""), "Déclaration retirée."))
    before.update(cells)
    return " ".join(parts)


def _application_sentence(cells: Mapping[str, object]) -> str:
    state = cells.get(APPLICATION_STATE)
    if state is None:
        return "Dossier de label complété."
    words = f"Dossier de label{NBSP}: {State(str(state)).label}"
    if "decision" in cells and cells["decision"] is not None:
        return f"{words}, {level_words(int(str(cells['decision'])))}."
    return f"{words}."


_STATUS_WORDS: Mapping[str, str] = {
    Status.DRAFT.value: "Mise en brouillon.",
    Status.SUBMITTED.value: "Déclaration validée.",
}


def _change(questionnaire: Questionnaire, code: str, before: object, after: object) -> str:
    question = questionnaire.question(code)
    texts = [questionnaire.show(question, _answer(value)) for value in (before, after)]
    if before is None:
        return f"{code}{NBSP}: {texts[1]}."
    return f"{code}{NBSP}: {quoted(texts[0])} remplacé par {quoted(texts[1])}."


def _answer(value: object) -> Answer | None:
    return tuple(value) if isinstance(value, list) else value  # type: ignore[return-value]  # JSON
