"""Entering a declaration from texts « CODE=VALEUR », as the command line does."""

from __future__ import annotations

from collections.abc import Sequence

from numecole_desktop.domain.french import NBSP, quoted
from numecole_desktop.domain.problem import Problem
from numecole_desktop.domain.questionnaire import Answer, Questionnaire
from numecole_desktop.domain.school_year import SchoolYear
from numecole_desktop.services import declarations
from numecole_desktop.services.workspace import Workspace


def enter(
    workspace: Workspace,
    uai: str,
    year: SchoolYear,
    values: Sequence[str],
    *,
    confirm: Sequence[str] = (),
    note: str = "",
    submit: bool = False,
) -> None:
    """Save answers, confirm soft checks and submit, all or nothing.

    An empty value clears an answer. Without ``submit`` the declaration stays a draft, which may
    hold anything. An answer to a question in conflict settles it, with ``note`` as its reason.

    Raises:
        Refused: the declaration cannot be submitted; nothing was changed.
        Problem: a text is not « CODE=VALEUR », a question or a check does not exist, or a
            conflict would be settled without a reason.
    """
    form = declarations.open_form(workspace, uai, year)
    changed = _answers(form.questionnaire, values)
    settling = {code: changed.pop(code) for code in form.disputed if code in changed}
    with workspace.writing():
        form = declarations.save_answers(workspace, form, changed).form
        for code, value in settling.items():
            if value is None or not note.strip():
                raise Problem(
                    f"La question {code} est en désaccord{NBSP}: donnez la réponse qui le tranche, "
                    f"et le motif (--note)."
                )
            form = declarations.settle_answer(workspace, form, code, value, note).form
        for check in confirm:
            form = declarations.confirm(workspace, form, check, note).form
        if submit:
            declarations.submit(workspace, form)


def _answers(questionnaire: Questionnaire, values: Sequence[str]) -> dict[str, Answer | None]:
    answers: dict[str, Answer | None] = {}
    for text in values:
        code, separator, value = text.partition("=")
        code = code.strip().upper()
        if not separator:
            raise Problem(
                f"{quoted(text)} n’est pas une réponse{NBSP}: écrivez CODE=VALEUR, par exemple "
                f"A1=5."
            )
        if code not in questionnaire.codes:
            raise Problem(
                f"La question {quoted(code)} n’existe pas{NBSP}: les codes sont "
                f"{', '.join(questionnaire.codes)}."
            )
        answers[code] = questionnaire.read(questionnaire.question(code), value)
    return answers
