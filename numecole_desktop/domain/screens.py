"""Quick tests of the checks on many declarations at once, column by column.

An import reads tens of thousands of lines, nearly all without a finding. A screen only tells which
declarations *may* have one: the functions of ``checks``, which alone decide and write the
sentences, then look at those. Both read the same rules.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from itertools import compress, count, repeat
from operator import add, gt, not_

from numecole_desktop.domain.questionnaire import Answer, CheckRule, Questionnaire

Columns = Mapping[str, Sequence[Answer | None]]
"""Answers by question code: a column for each question, None where it is unanswered."""
Stored = Mapping[str, object]
"""Answers of one declaration by question code, as they are stored."""


class Screens:
    """The checks of a questionnaire, to be tried on columns."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self._rules = questionnaire.checks

    def suspects(
        self,
        columns: Columns,
        previous: Sequence[Stored | None],
        connected: Collection[int] = (),
    ) -> set[int]:
        """Places of the declarations that a check of the questionnaire may speak of.

        ``previous`` gives last year's submitted answers of each, None where they are unknown,
        ``connected`` the places of the schools that have ENT connections. Whether an answer has a
        problem of its own (not a number, not in the list) is for ``checks.value_problem``.
        """
        tried = _Tried(columns, previous, connected)
        found: set[int] = set()
        for rule in self._rules:
            found.update(SCREENS[rule.kind](rule, tried))
        return found


class _Tried:
    """Columns as counts, zero where an answer is missing: a screen may suspect too much."""

    def __init__(
        self, columns: Columns, previous: Sequence[Stored | None], connected: Collection[int]
    ) -> None:
        self.connected = connected
        self._columns = columns
        self._size = len(previous)
        self._known = [place for place, before in enumerate(previous) if before]
        self._previous = [before for before in previous if before]
        self._counts: dict[str, Sequence[int]] = {}
        self._counts_before: dict[str, Sequence[int]] = {}

    def column(self, code: str) -> Sequence[Answer | None]:
        """The answers to a question."""
        return self._columns.get(code) or (None,) * self._size

    def total(self, codes: Iterable[str]) -> Sequence[int]:
        """The sum of some questions, for each declaration."""
        return _sum(map(self._count, codes))

    def with_last_year(self, codes: Iterable[str]) -> Iterable[tuple[int, int, int]]:
        """Place, sum last year and sum now of the declarations whose last year is known."""
        if not self._known:
            return ()
        now = self.total(codes)
        here = now if len(self._known) == self._size else [now[place] for place in self._known]
        return zip(self._known, _sum(map(self._count_before, codes)), here, strict=True)

    def _count(self, code: str) -> Sequence[int]:
        if code not in self._counts:
            self._counts[code] = _as_counts(self.column(code))
        return self._counts[code]

    def _count_before(self, code: str) -> Sequence[int]:
        if code not in self._counts_before:
            column = [answers.get(code) for answers in self._previous]
            self._counts_before[code] = _as_counts(column)
        return self._counts_before[code]


def _sum(columns: Iterable[Sequence[int]]) -> Sequence[int]:
    first, *others = columns
    for other in others:
        first = list(map(add, first, other))
    return first


def _as_counts(column: Sequence[object]) -> Sequence[int]:
    return [v if type(v) is int and v > 0 else 0 for v in column]


def _exceeds(rule: CheckRule, tried: _Tried) -> Iterable[int]:
    return compress(count(), map(gt, tried.total(rule.fields), tried.total((rule.other,))))


def _above(rule: CheckRule, tried: _Tried) -> Iterable[int]:
    return compress(count(), map(gt, tried.total(rule.fields), repeat(rule.limit)))


def _changed(rule: CheckRule, tried: _Tried) -> Iterable[int]:
    rows, limit = tried.with_last_year(rule.fields), rule.limit
    return [place for place, before, now in rows if abs(now - before) > limit]


def _dropped(rule: CheckRule, tried: _Tried) -> Iterable[int]:
    part, whole = rule.share.numerator, rule.share.denominator
    rows = tried.with_last_year(rule.fields)
    return [place for place, before, now in rows if before > 0 and whole * now <= part * before]


def _no_but_connected(rule: CheckRule, tried: _Tried) -> Iterable[int]:
    column = tried.column(rule.fields[0])
    return (place for place in tried.connected if column[place] is False)


def _zero_with_usage(rule: CheckRule, tried: _Tried) -> Iterable[int]:
    column, usages = tried.column(rule.other), frozenset(rule.usages)
    zeros = compress(count(), map(not_, tried.total(rule.fields[:1])))
    return (p for p in zeros if not usages.isdisjoint(_chosen(column[p])))


def _chosen(answer: Answer | None) -> tuple[str, ...]:
    return answer if isinstance(answer, tuple) else ()


SCREENS: Mapping[str, Callable[[CheckRule, _Tried], Iterable[int]]] = {
    "exceeds": _exceeds,
    "above": _above,
    "changed": _changed,
    "dropped": _dropped,
    "no_but_connected": _no_but_connected,
    "zero_with_usage": _zero_with_usage,
}
"""One screen for each kind of check: every place where the check finds something, at least."""
