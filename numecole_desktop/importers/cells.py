"""Text cells read as values. Pure functions: what is mended is said, the rest is refused."""

from __future__ import annotations

import re
from datetime import date

from numecole_desktop.domain.french import NARROW_NBSP, NBSP, fold, quoted, sentence_spaces

_SPACES = f"[ {NBSP}{NARROW_NBSP}]"
_DIGITS = rf"(?:[0-9]{{1,3}}(?:{_SPACES}[0-9]{{3}})+|[0-9]+)"
_WHOLE = re.compile(rf"([+\-−]?)({_DIGITS})(?:[.,](0+))?")
_WHOLE_WITH_WORDS = re.compile(rf"({_DIGITS}){_SPACES}*([^\W\d_][^\d]*)")
_DECIMAL = re.compile(rf"([+\-−]?)({_DIGITS})(?:[.,]([0-9]+))?(?:[eE]([+-]?[0-9]{{1,3}}))?")
_SCIENTIFIC = re.compile(r"[+\-−]?[0-9]+(?:[.,][0-9]+)?[eE][+-]?[0-9]{1,3}")
_TIME = r"(?:[ T][0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?"
_ISO_DATE = re.compile(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}}){_TIME}")
_FRENCH_DATE = re.compile(rf"([0-9]{{1,2}})([/.-])([0-9]{{1,2}})\2([0-9]{{4}}){_TIME}")
_NUMERIC_DEPARTMENT = re.compile(r"[0-9]{1,3}")
_CORSICA = re.compile(r"0?(2[AB])")
_FIVE = re.compile(r"[0-9]{5}|2[AB][0-9]{3}")
_FOUR_DIGITS = re.compile(r"[0-9]{4}")

# A spreadsheet is exact up to 15 digits, and so is a 64-bit integer of the base.
_MOST_DIGITS = 15
_THOUSAND = 3

_YES = frozenset(("oui", "o", "1", "vrai", "true", "yes", "y", "x"))
_NO = frozenset(("non", "n", "0", "faux", "false", "no"))


class CellError(ValueError):
    """A cell cannot be read; the message is a French sentence that says what is expected."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence_spaces(sentence))


def scientific(text: str) -> bool:
    """Whether a spreadsheet wrote the cell in powers of ten: « 2,10903E+13 ».

    An identifier written so has lost digits for good.
    """
    return _SCIENTIFIC.fullmatch(text) is not None


def whole_number(text: str) -> tuple[int, str | None]:
    """A count: 80 from « 80 », « 80,0 », « 80 élèves » (with a note), 1234 from « 1 234 ».

    Raises:
        CellError: empty, not a whole number, or ambiguous (« 1,000 », « 80 ou 90 »).
    """
    if text.isdecimal() and text.isascii() and len(text) <= _MOST_DIGITS:
        return int(text), None
    match = _WHOLE.fullmatch(text)
    if match is not None:
        sign, digits, zeros = match.groups()
        if zeros is not None and len(zeros) == _THOUSAND and len(digits) <= _THOUSAND:
            raise CellError(
                f"{quoted(text)} peut se lire {digits} ou {digits} mille : écrivez le nombre sans "
                f"virgule ni point."
            )
        return _signed(sign, digits, text), None
    match = _WHOLE_WITH_WORDS.fullmatch(text)
    if match is not None:
        number = _signed("", match[1], text)
        return number, sentence_spaces(f"{quoted(text)} lu {number}.")
    raise CellError(f"{_what(text)} n’est pas un nombre entier : écrivez par exemple 12.")


def decimal_number(text: str) -> float:
    """A measure, with a decimal comma or point: « 43,21 », « -1.38 », « 5.2e-05 ».

    Raises:
        CellError: empty or not a number.
    """
    match = _DECIMAL.fullmatch(text)
    if match is None or len(text) > 2 * _MOST_DIGITS:
        raise CellError(f"{_what(text)} n’est pas un nombre : écrivez par exemple 43,21.")
    sign, digits, decimals, power = match.groups()
    value = float(f"{_plain(digits)}.{decimals or 0}e{power or 0}")
    if value == float("inf"):
        raise CellError(f"{quoted(text)} est un nombre trop grand : corrigez la cellule.")
    return -value if sign in ("-", "−") else value


def date_text(text: str) -> str:
    """An ISO date from « 1968-12-04 », « 04/12/1968 », « 4.12.1968 », with or without a time.

    Raises:
        CellError: empty, another form (two-digit years are ambiguous), or no such day.
    """
    iso = _ISO_DATE.fullmatch(text)
    french = _FRENCH_DATE.fullmatch(text)
    if iso is not None:
        year, month, day = iso.groups()
    elif french is not None:
        day, _, month, year = french.groups()
    else:
        raise CellError(
            f"{_what(text)} n’est pas une date lisible : écrivez par exemple 04/12/1968."
        )
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        raise CellError(
            f"{quoted(text)} n’est pas un jour du calendrier : vérifiez le jour et le mois."
        ) from None


def department_code(text: str) -> str:
    """A département code in three characters: 009 from « 9 », « 09 » or « 009 »; 02A; 971.

    Raises:
        CellError: empty or not a code.
    """
    code = text.upper()
    corsica = _CORSICA.fullmatch(code)
    if corsica is not None:
        return f"0{corsica[1]}"
    if _NUMERIC_DEPARTMENT.fullmatch(code) and int(code):
        return code.zfill(3)
    raise CellError(
        f"{_what(text)} n’est pas un code de département : écrivez par exemple 09, 2A ou 971."
    )


def code5(text: str) -> tuple[str, str | None]:
    """A postcode or an INSEE code in five characters; a lost leading zero is restored and said.

    Raises:
        CellError: empty, destroyed by a spreadsheet, or not a code of five characters.
    """
    code = "".join(text.upper().split())
    if _FIVE.fullmatch(code):
        return code, None
    if _FOUR_DIGITS.fullmatch(code):
        return f"0{code}", sentence_spaces(
            f"{quoted(text)} lu 0{code} (zéro initial perdu par le tableur)."
        )
    raise CellError(
        f"{_what(text)} n’est pas un code à cinq caractères : écrivez par exemple 09130."
    )


def yes_no(text: str) -> bool:
    """A yes or a no: OUI/NON, O/N, 1/0, vrai/faux, true/false, x for yes; any case.

    Raises:
        CellError: empty or anything else.
    """
    word = fold(text)
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError(f"{_what(text)} n’est ni oui ni non : écrivez OUI ou NON.")


def _signed(sign: str, digits: str, text: str) -> int:
    plain = _plain(digits)
    if len(plain) > _MOST_DIGITS:
        raise CellError(f"{quoted(text)} est un nombre trop grand : corrigez la cellule.")
    return -int(plain) if sign in ("-", "−") else int(plain)


def _plain(digits: str) -> str:
    return "".join(digits.split())


def _what(text: str) -> str:
    if not text:
        return "Une cellule vide"
    if scientific(text):
        return f"{quoted(text)} (chiffres perdus par le tableur)"
    return quoted(text)
