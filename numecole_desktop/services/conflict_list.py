"""Conflicts: what several people answered differently, and settling it (spec 5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from operator import attrgetter

from numecole_desktop.domain.arbitration import arbitrated
from numecole_desktop.domain.causality import Dot
from numecole_desktop.domain.equipment import INPUTS, equipment_index
from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.index_range import IndexRange, index_range
from numecole_desktop.domain.journal import RecordKind, Source, Value, source_label
from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.merge import Writing, before, values
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import Answer
from numecole_desktop.domain.referential import MissingRuleError
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services.batches import journal_name
from numecole_desktop.services.disputed import values_of
from numecole_desktop.services.lookup import find_school
from numecole_desktop.services.settled_state import LABEL, with_state
from numecole_desktop.services.trusted import trust
from numecole_desktop.services.undo import RECORDS, put_back
from numecole_desktop.services.workspace import Changes, Job, Workspace
from numecole_desktop.storage import conflicts as stored
from numecole_desktop.storage import exchange
from numecole_desktop.storage.conflicts import OpenConflict
from numecole_desktop.storage.declaration_rows import CONFIRM_PREFIX, STATUS
from numecole_desktop.storage.folding import Key
from numecole_desktop.sync.trust import Trust


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values in conflict, with who gave it; ``index`` is what it would make of it.

    ``provisional`` is true for the value shown meanwhile.
    """

    value: str
    source: str
    operator: str
    device: str
    at: str
    note: str
    index: str
    provisional: bool


@dataclass(frozen=True, slots=True)
class Conflict:
    """A unit in conflict, in words. ``before`` is what stood before people disagreed.

    ``free`` is true when another value than those in conflict can be given, ``state_too`` when the
    state of the declaration is settled with it.
    """

    kind: RecordKind
    uai: str
    school: str
    commune: str
    year: str
    unit: str
    label: str
    before: str
    choices: tuple[Choice, ...]
    context: Mapping[str, int]
    free: bool
    state_too: bool


def conflicts(workspace: Workspace, uai: str = "") -> tuple[Conflict, ...]:
    """Every open conflict, or those of one school, in the order of the list of schools."""
    held = trust(workspace)
    listed = stored.conflicts(workspace.base.connection, uai)
    # In the order of the UAIs, neighbours are in the same events of imports: these are read once.
    units: dict[tuple[RecordKind, str, str], set[str]] = {}
    for one in listed:
        units.setdefault((one.kind, one.uai, one.year), set()).add(one.unit)
    read = {
        found: _conflict(workspace, held, found, units[found.kind, found.uai, found.year])
        for found in sorted(listed, key=_UAI)
    }
    return tuple(read[found] for found in listed)


def settle(
    workspace: Workspace, conflict: Conflict, reason: str, *, choice: int = 0, value: str = ""
) -> Changes:
    """Settle a conflict by its ``choice`` (from 1), or by another ``value``, with a reason.

    With the last answer of a declaration goes its state, where it is in conflict (``with_state``).

    Raises:
        Problem: no reason, no such choice, a value that cannot be read, or another value
            arrived since the conflict was shown; nothing was changed.
    """
    place = OpenConflict(conflict.kind, conflict.uai, conflict.year, conflict.unit)
    unit, groups, _ = values_of(workspace, place)
    if choice and not 1 <= choice <= len(groups):
        raise Problem(
            f"Il n’y a pas de valeur n°{NBSP}{choice}{NBSP}: choisissez de 1 à {len(groups)}."
        )
    if choice:
        chosen = dict(groups[choice - 1][0].cells)
    else:
        chosen = {conflict.unit: _read(workspace, conflict, value)}
    cells = arbitrated(
        unit, groups, chosen, reason=reason, context=conflict.context, label=conflict.label
    )
    if conflict.free:
        year = SchoolYear.parse(conflict.year)
        cells = with_state(
            workspace, conflict.uai, year, cells, reason=reason, context=conflict.context
        )
    workspace.record(
        conflict.kind,
        ("uai", "year", *cells),
        [(conflict.uai, conflict.year, *cells.values())],
        source=Source.OBSERVED,
        context=conflict.context,
        note=reason.strip(),
    )
    place_of = frozenset({(conflict.uai, conflict.year)})
    return Changes(frozenset({conflict.uai}), place_of, place_of)


def index_interval(workspace: Workspace, uai: str, year: SchoolYear) -> IndexRange | None:
    """What the equipment index of a declaration may be while answers are in conflict.

    None when nothing that it reads is.
    """
    from numecole_desktop.storage import reads

    disputed: dict[str, list[Answer | None]] = {}
    for found in stored.conflicts(workspace.base.connection, uai):
        wanted = found.kind is RecordKind.DECLARATION and found.year == str(year)
        if wanted and found.unit in INPUTS:
            _, groups, _ = values_of(workspace, found)
            disputed[found.unit] = [_answer(group[0].cells[found.unit]) for group in groups]
    declaration = reads.declaration(workspace.base.connection, uai, year)
    if not disputed or declaration is None:
        return None
    return index_range(declaration.answers, disputed, workspace.catalogue.equipment_rules(year))


def undo_batch(workspace: Workspace, digest: str) -> Job[Changes]:
    """Take back what a batch brought, by new events; what was changed since is left alone.

    ``digest`` begins the hash of the batch. Closing the generator before its end changes nothing.

    Raises:
        Problem: no such batch, or it is undone already.
    """
    connection = workspace.base.connection
    found = [b for b in exchange.received_batches(connection) if b.hash.startswith(digest)]
    if not found or found[0].undone:
        raise Problem(f"Ce lot n’a pas été importé ici, ou est déjà annulé{NBSP}: rien n’a changé.")
    hashes = exchange.received_hashes(connection, found[0].hash)
    undone: set[Dot] = set()
    records: dict[tuple[RecordKind, Key], None] = {}
    for journal, n, event_hash, kind, seq in connection.execute(
        "SELECT journal, n, hash, kind, seq FROM event ORDER BY seq"
    ).fetchall():
        if event_hash in hashes and kind in RECORDS:
            undone.add((journal, n))
            for key in workspace.projection.folding.keys_of(seq):
                records[RecordKind(kind), key] = None
    with workspace.writing():
        yield from put_back(workspace, records, undone, note=f"Lot {found[0].file} annulé.")
        exchange.mark_undone(connection, found[0].hash, undone=True)
    return Changes(everything=True)


def _conflict(workspace: Workspace, held: Trust, found: OpenConflict, units: Set[str]) -> Conflict:
    unit, groups, history = values_of(workspace, found)
    rules = workspace.catalogue.merge_rules(found.kind)
    heads = [head for group in groups for head in group]
    former = values(before(history, heads, rules))
    school = find_school(workspace, found.uai)
    free = found.unit in _questions(workspace, found)
    choices = []
    for place, group in enumerate(groups):
        head = group[0]
        choices.append(
            Choice(
                _shown(workspace, found, head.cells.get(found.unit)),
                source_label(head.source),
                head.operator,
                journal_name(workspace, held, head.dot[0]),
                head.at,
                head.note,
                _effect(workspace, found, head),
                place == 0,
            )
        )
    return Conflict(
        found.kind,
        found.uai,
        school.name,
        school.commune or "",
        found.year,
        found.unit,
        _label(workspace, found),
        _shown(workspace, found, former.get(unit[0])),
        tuple(choices),
        workspace.writer.context,
        free,
        free and units == {found.unit, STATUS},
    )


def _questions(workspace: Workspace, found: OpenConflict) -> frozenset[str]:
    if found.kind is not RecordKind.DECLARATION:
        return frozenset()
    return frozenset(workspace.catalogue.questionnaire(SchoolYear.parse(found.year)).codes)


def _effect(workspace: Workspace, found: OpenConflict, head: Writing) -> str:
    from numecole_desktop.storage import reads

    if found.kind is not RecordKind.DECLARATION or found.unit not in INPUTS:
        return ""
    year = SchoolYear.parse(found.year)
    declaration = reads.declaration(workspace.base.connection, found.uai, year)
    answers = {**(declaration.answers if declaration else {})}
    answer = _answer(head.cells[found.unit])
    if answer is None:
        answers.pop(found.unit, None)
    else:
        answers[found.unit] = answer
    try:
        index = equipment_index(answers, workspace.catalogue.equipment_rules(year)).value
    except MissingRuleError:
        return ""
    return "indice non calculable" if index is None else f"indice {index}"


def _label(workspace: Workspace, found: OpenConflict) -> str:
    if found.kind is RecordKind.APPLICATION:
        return f"Dossier de label, {_FIELDS.get(found.unit, found.unit)}"
    if found.unit == STATUS:
        return LABEL
    if found.unit.startswith(CONFIRM_PREFIX):
        return f"Confirmation du contrôle {found.unit.removeprefix(CONFIRM_PREFIX)}"
    questionnaire = workspace.catalogue.questionnaire(SchoolYear.parse(found.year))
    if found.unit in questionnaire.codes:
        return f"{found.unit}, {questionnaire.question(found.unit).short}"
    return found.unit


_UAI = attrgetter("uai", "year")

_FIELDS: Mapping[str, str] = {
    "state": "état",
    "project_classes": "classes avec un projet",
    "project_title": "projet",
    "school_project": "projet d’école",
    "support": "accompagnement",
    "school_referent": "référent de l’école",
    "commune_referent": "référent de la commune",
    "school_signatory": "signataire de l’école",
    "commune_signatory": "signataire de la commune",
    "school_signed_on": "accord de l’école",
    "commune_signed_on": "accord de la commune",
    "decision": "décision",
}


def _shown(workspace: Workspace, found: OpenConflict, value: object) -> str:
    if value is None:
        return "pas de réponse"
    if found.kind is RecordKind.DECLARATION:
        if found.unit == STATUS:
            return "validée" if value == "submitted" else "brouillon"
        questionnaire = workspace.catalogue.questionnaire(SchoolYear.parse(found.year))
        if found.unit in questionnaire.codes:
            return questionnaire.show(questionnaire.question(found.unit), _answer(value))
        return "confirmé"
    if found.unit == "state":
        return State(str(value)).label
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


def _read(workspace: Workspace, conflict: Conflict, text: str) -> Value:
    if not conflict.free:
        raise Problem("Choisissez l’une des valeurs en présence.")
    questionnaire = workspace.catalogue.questionnaire(SchoolYear.parse(conflict.year))
    question = questionnaire.question(conflict.unit)
    answer = questionnaire.read(question, text)
    if answer is None or (question.kind == "integer" and not isinstance(answer, int)):
        raise Problem(
            f"{quoted(text)} n’est pas une réponse possible à la question {conflict.unit}."
        )
    return list(answer) if isinstance(answer, tuple) else answer


def _answer(value: object) -> Answer | None:
    return tuple(value) if isinstance(value, Sequence) and not isinstance(value, str) else value  # type: ignore[return-value]  # cells of a declaration
