"""French typography and text comparison, the same on every operating system.

Nothing here depends on a locale: files, PDF and tests must not vary with the machine.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Named only: it brings decimal with it, for which the first window would wait.
    from fractions import Fraction

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"

_MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_DIGITS = re.compile(r"(\d+)")
_NOT_WORD = re.compile(r"[^0-9a-z]+")
_LONGEST_SLUG = 40
_SHORT = {"saint": "st", "sainte": "ste", "saints": "sts", "saintes": "stes"}
_OTHERWISE = {**_SHORT, **{short: whole for whole, short in _SHORT.items()}}
_KEPT = 4096
"""Texts whose folding is kept: names of places and of schools come again and again."""


@lru_cache(_KEPT)
def fold(text: str) -> str:
    """Text without accents, case, ligatures or punctuation, words separated by one space.

    Used to search and to sort: « École d’Évreux » and « ecole d'evreux » fold alike.
    """
    if text.isascii():
        plain = text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", text.translate(_LIGATURES))
        plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return _NOT_WORD.sub(" ", plain).strip()


def searched(folded: str) -> str:
    """What a search reads of a folded text: « Saint » is found as « St » too, and the reverse."""
    if "saint" not in folded and "st" not in folded:
        return folded
    words = folded.split()
    return " ".join([folded, *(_OTHERWISE[word] for word in words if word in _OTHERWISE)])


def slug(text: str) -> str:
    """Plain lower-case letters, digits and hyphens; whole words up to 40 characters, maybe empty.

    Composed and decomposed accents give one slug; it is a part of a file name on every system.
    """
    words = fold(text).split()
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word
        if len(longer) > _LONGEST_SLUG:
            break
        kept = longer
    return kept or "".join(words)[:_LONGEST_SLUG]


def fold_header(text: str) -> str:
    """Folded text without any space: « Code postal », « Code_postal » and « CODEPOSTAL » agree."""
    return fold(text).replace(" ", "")


@lru_cache(_KEPT)
def sort_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Sort key that ignores accents and case and orders numbers by value (École 2 < École 10)."""
    parts = _DIGITS.split(fold(text))
    return tuple((0, int(p), "") if p.isdigit() else (1, 0, p) for p in parts if p)


def whole(number: int) -> str:
    """Whole number with narrow no-break spaces between thousands: 1 234."""
    return f"{number:,}".replace(",", NARROW_NBSP)


def known(value: object) -> str:
    """A figure as it is written, « n.c. » (non communiqué) for None."""
    return "n.c." if value is None else str(value)


def percent_half_up(part: int, base: int) -> int | None:
    """Whole percentage of ``part`` over ``base``, rounded half up; None when ``base`` is 0.

    Source: rules 2.5 (reproduces 682 of the 686 published percentages of 2023-2024).
    """
    if base == 0:
        return None
    return (200 * part + base) // (2 * base)


def fraction_percent(share: Fraction) -> str:
    """A share as a French percentage: Fraction(1, 2) gives « 50 % »."""
    hundred = share * 100
    if hundred.denominator == 1:
        return f"{hundred.numerator}{NBSP}%"
    return f"{float(hundred):.1f}".replace(".", ",") + f"{NBSP}%"


def plural(count: int, singular: str, plural_form: str | None = None) -> str:
    """« 1 classe », « 2 classes », « 0 classe »: French takes the plural from two upwards.

    Without ``plural_form`` each word of ``singular`` takes an s.
    """
    word = singular if abs(count) < 2 else (plural_form or _pluralise(singular))
    return f"{whole(count)}{NBSP}{word}"


class Counted(int):
    """A whole number that a sentence kept as data writes with its noun.

    In such a sentence « {value:classe} » gives « 1 classe » or « 2 classes »,
    « {value:tableau/tableaux} » names its plural, and « {value} » gives the number alone.
    """

    def __format__(self, noun: str) -> str:
        if not noun:
            return whole(int(self))
        singular, _, plural_form = noun.partition("/")
        return plural(int(self), singular, plural_form or None)


def file_size(size: int) -> str:
    """« 120 Ko », « 15 Mo », « 1,5 Mo », rounded up and counted by 1 024 as file managers do."""
    kilo = -(-size // 1024)
    if kilo < 1024:
        return f"{kilo}{NBSP}Ko"
    tenths = -(-10 * kilo // 1024)
    mega = f"{tenths // 10},{tenths % 10}".removesuffix(",0")
    return f"{mega}{NBSP}Mo"


def long_date(day: date) -> str:
    """« 1er septembre 2024 » with no-break spaces."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{number}{NBSP}{_MONTHS[day.month - 1]}{NBSP}{day.year}"


def month_name(month: int) -> str:
    """« janvier » for 1."""
    return _MONTHS[month - 1]


def short_date(day: date) -> str:
    """« 02/09/2024 »."""
    return f"{day.day:02d}/{day.month:02d}/{day.year}"


def joined(items: list[str] | tuple[str, ...], word: str = "et") -> str:
    """« A, B et C »."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} {word} {items[-1]}"


def of_place(name: str) -> str:
    """« de Montpellier », « d’Amiens », « du Vigan », « des Angles »: a town after « of »."""
    for article, contracted in (("Le ", "du "), ("Les ", "des ")):
        if name.startswith(article):
            return contracted + name.removeprefix(article)
    return f"d’{name}" if name and fold(name)[:1] in "aeiou" else f"de {name}"


def ended(text: str) -> str:
    """A sentence that someone typed, with its full stop."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def quoted(text: str) -> str:
    """« text » with no-break spaces."""
    return f"«{NBSP}{text}{NBSP}»"


def sentence_spaces(text: str) -> str:
    """Text whose plain spaces before « : ; ? ! % » and inside guillemets become no-break spaces."""
    text = re.sub(r" ([:;?!%»])", NBSP + r"\1", text)
    return text.replace("« ", "«" + NBSP)


def _pluralise(words: str) -> str:
    return " ".join(w if w.endswith(("s", "x", "z")) else w + "s" for w in words.split(" "))
