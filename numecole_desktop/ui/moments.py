"""Dates and times as they are shown."""

from __future__ import annotations

from datetime import datetime

from numecole_desktop.domain.french import short_date


def moment(text: str) -> str:
    """« 21/11/2026 10:42 » from an ISO date and time; the text itself when it is not one."""
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        return text
    return f"{short_date(when.date())} {when:%H:%M}"


def now() -> str:
    """« 10:42 »."""
    return f"{datetime.now().astimezone():%H:%M}"
