"""Cells as a spreadsheet takes them: nothing is run, numbers stay numbers."""

from __future__ import annotations

import re

from numecole_desktop.domain.french import NARROW_NBSP, NBSP

RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""Beginnings of a text that a spreadsheet would run as a formula."""

_WHOLE = rf"(?:\d+|\d{{1,3}}(?:[ {NBSP}{NARROW_NBSP}]\d{{3}})+)"
_NUMBER = re.compile(rf"-?{_WHOLE}(?:,\d+)?(?:[ {NBSP}]%)?")


def neutralised(text: str) -> str:
    """A text that no spreadsheet runs: an apostrophe goes before what it would."""
    return f"'{text}" if text.startswith(RUN_BY_SPREADSHEETS) else text


def is_number(text: str) -> bool:
    """Whether a text shown is a number: « 1 234 », « 12,5 », « 33 % », but not « 0110 »."""
    return _NUMBER.fullmatch(text) is not None and not re.match(r"-?0\d", text)


def pasted(text: str) -> str:
    """A text shown as a spreadsheet should read it: numbers without spaces, nothing run."""
    if is_number(text):
        return re.sub(rf"[ {NBSP}{NARROW_NBSP}]", "", text)
    return neutralised(text.replace(NARROW_NBSP, " ").replace(NBSP, " "))
