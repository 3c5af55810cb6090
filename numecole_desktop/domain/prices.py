"""What equipment costs, and the cheapest way to the next index (rules 2.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from numecole_desktop.domain.equipment import HIGHEST, EquipmentIndex, EquipmentRules
from numecole_desktop.domain.french import NBSP, joined, plural, whole
from numecole_desktop.domain.plan import PupilNeed, pupil_need, teacher_need
from numecole_desktop.domain.questionnaire import Answers

PRICED = ("B1", "B2", "B3", "C1", "C2", "C3")
"""Questions whose answer an equipment bought raises by one."""


@dataclass(frozen=True, slots=True)
class Price:
    """What one equipment costs, in whole euros with tax.

    ``question`` counts it; ``one`` and ``many`` name it in a sentence, ``unit`` says what is
    bought. ``assumption`` is true as long as nobody gave the price of their own market.
    """

    question: str
    label: str
    one: str
    many: str
    unit: str
    euros: int
    source: str
    assumption: bool


@dataclass(frozen=True, slots=True)
class Prices:
    """The price of each equipment of ``PRICED``, in that order; none is over ``highest``."""

    items: tuple[Price, ...]
    highest: int

    def of(self, question: str) -> Price:
        """The price of what a question counts.

        Raises:
            KeyError: that question counts nothing that is bought.
        """
        for price in self.items:
            if price.question == question:
                return price
        raise KeyError(question)

    @property
    def display(self) -> Price:
        """The cheaper of the two displays, either of which counts."""
        return min(self.of("B2"), self.of("B3"), key=_euros)

    @property
    def mobile(self) -> Price:
        """The cheaper of the two mobile classes, either of which counts."""
        return min(self.of("C1"), self.of("C2"), key=_euros)


@dataclass(frozen=True, slots=True)
class Purchases:
    """Numbers bought, with their price; ``euros`` is what they cost together."""

    lines: tuple[tuple[int, Price], ...]

    @property
    def euros(self) -> int:
        """Whole euros with tax."""
        return sum(count * price.euros for count, price in self.lines)

    @property
    def assumed(self) -> bool:
        """Whether one of the prices is an assumption."""
        return any(price.assumption for _, price in self.lines)


def cheapest_way(need: PupilNeed, rules: EquipmentRules, prices: Prices) -> tuple[int, int]:
    """Mobile classes and sets of open devices that meet ``need`` at least cost.

    Of equal costs, the fewest purchases, then the fewest mobile classes.
    """
    mobile, open_set = prices.mobile.euros, prices.of("C3").euros
    per = rules.classes_per_mobile
    ways = [
        (mobiles, max(0, need.deficit - per * mobiles))
        for mobiles in range(-(-need.deficit // per) + 1)
    ]
    return min(ways, key=lambda way: (way[0] * mobile + way[1] * open_set, sum(way), way[0]))


def cheapest_plan(
    answers: Answers, index: EquipmentIndex, rules: EquipmentRules, prices: Prices
) -> Purchases:
    """What takes a school to the next index at least cost; nothing at the highest one.

    For index 1, the cheaper side. An unanswered quantity counts as none.
    """
    if index.next_value is None or index.classes is None:
        return Purchases(())
    classes = (
        index.classes if index.next_value == HIGHEST else rules.classes_for_step(index.classes)
    )
    need = teacher_need(answers, classes)
    teacher = _bought(((need.computers, prices.of("B1")), (need.displays, prices.display)))
    mobiles, sets = cheapest_way(pupil_need(answers, classes, rules), rules, prices)
    pupil = _bought(((mobiles, prices.mobile), (sets, prices.of("C3"))))
    if index.next_value == 1:
        return min(teacher, pupil, key=lambda side: side.euros)
    return Purchases((*teacher.lines, *pupil.lines))


def added(
    before: Mapping[str, int | None], after: Mapping[str, int | None], prices: Prices
) -> Purchases:
    """What was bought between two sets of quantities; an unanswered one counts as none."""
    return _bought(
        [((after.get(p.question) or 0) - (before.get(p.question) or 0), p) for p in prices.items]
    )


def cost_words(purchases: Purchases) -> str:
    """« environ 6 300 €, estimés d’après les prix de ce poste (hypothèses) »."""
    assumed = " (hypothèses)" if purchases.assumed else ""
    return f"environ {whole(purchases.euros)}{NBSP}€, estimés d’après les prix de ce poste{assumed}"


def plan_sentence(purchases: Purchases) -> str:
    """The purchases and their cost; empty when there are none."""
    if not purchases.lines:
        return ""
    bought = joined([plural(count, price.one, price.many) for count, price in purchases.lines])
    return f"Au moindre coût{NBSP}: {bought}, {cost_words(purchases)}."


def _bought(lines: Sequence[tuple[int, Price]]) -> Purchases:
    return Purchases(tuple((count, price) for count, price in lines if count > 0))


def _euros(price: Price) -> int:
    return price.euros
