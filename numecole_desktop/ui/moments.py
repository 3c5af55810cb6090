"""Dates and times as they are shown."""

from __future__ import annotations

import re
from datetime import date, datetime

from numecole_desktop.domain.french import NBSP, quoted, short_date

_DAY = re.compile(r"(\d{1,2})[/.\- ]?(\d{1,2})[/.\- ]?(\d{4}|\d{2})")
_SHORT_YEAR, _CENTURY = 99, 2000


def moment(text: str) -> str:
    """« 21/11/2026 10:42 » from an ISO date and time; the text itself when it is not one."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{short_date(when.date())} {when:%H:%M}"


def read_day(text: str) -> date | None:
    """The day typed as 31/01/2024, 31-1-24 or 31012024; None when it is not one."""
    found = _DAY.fullmatch(text.strip())
    if found is None:
        return None
    day, month, year = (int(part) for part in found.groups())
    try:
        return date(year if year > _SHORT_YEAR else _CENTURY + year, month, day)
    except ValueError:
        return None


def unreadable_day(text: str) -> str:
    """What to say of a text that ``read_day`` cannot read."""
    return f"La date {quoted(text)} n’est pas lisible{NBSP}: écrivez-la comme 31/01/2024."


def iso_day(text: str) -> date | None:
    """The day written as 2024-01-31; None when it is not one."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def now() -> str:
    """« 10:42 »."""
    return f"{datetime.now().astimezone():%H:%M}"
