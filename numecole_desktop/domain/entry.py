"""Whether a number being typed is whole, so that the form may go on without waiting for Entrée."""

from __future__ import annotations

from numecole_desktop.domain.checks import Known, hard_findings, soft_findings
from numecole_desktop.domain.questionnaire import Answer, Answers, Questionnaire


def is_whole_number(
    code: str, answer: Answer | None, answers: Answers, questionnaire: Questionnaire, known: Known
) -> bool:
    """Whether ``answer`` to question ``code`` raises no check and no further digit is plausible.

    Plausible numbers are those that no check of the questionnaire speaks of; they follow one
    another, so that where ten times the answer is not plausible, no longer number is. After a zero
    no digit is expected. A number that raises a check is never whole: it waits to be looked at.
    """
    if isinstance(answer, bool) or not isinstance(answer, int):
        return False

    def plausible(value: int) -> bool:
        tried = {**answers, code: value}
        hard = hard_findings(tried, questionnaire)
        soft = soft_findings(tried, questionnaire, known)
        return not (any(f.field == code for f in hard) or any(code in s.concerned for s in soft))

    return plausible(answer) and (answer == 0 or not plausible(answer * 10))
