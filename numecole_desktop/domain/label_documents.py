"""The documents of the label as plain view-models: what they print, word for word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from numecole_desktop.domain.label_application import State
from numecole_desktop.domain.profile import Source
from numecole_desktop.domain.school import School
from numecole_desktop.domain.school_year import SchoolYear


@dataclass(frozen=True, slots=True)
class Issue:
    """When a document is made and on what rules; ``sample`` says that its data are invented.

    ``referential`` names the rules, ``highest`` is their highest level.
    """

    year: SchoolYear
    issued_on: date
    sample: bool
    referential: str
    highest: int
    sources: tuple[Source, ...]
    assumptions: tuple[str, ...]
    service: str = ""


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion of a dossier: its level and why, None when it cannot be known.

    ``opinion`` is the circonscription's level, None before it, and ``opinion_reason`` why it
    differs. ``raise_with`` says what the next level takes. ``limits`` is true where this
    criterion holds the computed level.
    """

    title: str
    level: int | None
    reason: str
    raise_with: tuple[str, ...]
    limits: bool
    assumption: bool
    opinion: int | None = None
    opinion_reason: str = ""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A named person, « personne effacée » once erased; ``name`` is empty while nobody is named."""

    role: str
    name: str
    job: str
    email: str = ""
    signed_on: date | None = None


@dataclass(frozen=True, slots=True)
class FileLine:
    """An attached file: name, French type (« PDF »), French size (« 1,2 Mo »)."""

    name: str
    kind: str
    size: str


@dataclass(frozen=True, slots=True)
class DossierSummary:
    """The summary of a dossier, which the school and the commune sign.

    ``facts`` are (label, value) pairs on the projects and commitments, ``usages`` the declared
    ones, ``steps`` what was done and when. ``decision`` is empty before it. ``missing`` says what a
    draft will still lack once it is signed.
    """

    school: School
    department: str
    state: State
    level: int | None
    sentence: str
    criteria: tuple[CriterionLine, ...]
    project: str
    usages: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    referents: tuple[PersonLine, ...]
    files: tuple[FileLine, ...]
    signatories: tuple[PersonLine, PersonLine]
    steps: tuple[str, ...]
    decision: str
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    issue: Issue


@dataclass(frozen=True, slots=True)
class RetainedLevel:
    """A criterion as the decision saw it: the level retained, and the computed one if it differs.

    ``computed`` is None where it is the retained level, or where it was not known.
    """

    title: str
    level: int
    computed: int | None = None


@dataclass(frozen=True, slots=True)
class Certificate:
    """The certificate of a label; ``years`` are the school years in which it holds, in order."""

    school: School
    department: str
    level: int
    decided_on: date
    years: tuple[SchoolYear, ...]
    criteria: tuple[RetainedLevel, ...]
    issue: Issue


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A dossier in the list for the commission; None where a level is not known or not given.

    ``remark`` names what limits the computed level, where the opinion differs and why, and the
    reason of the decision.
    """

    school: School
    state: State
    level: int | None
    opinion: int | None
    decision: int | None
    decided_on: date | None
    remark: str


@dataclass(frozen=True, slots=True)
class LevelCount:
    """How many dossiers have a level, computed, in the opinion, in the decision."""

    level: int | None
    computed: int
    opinion: int
    decision: int


@dataclass(frozen=True, slots=True)
class DecisionList:
    """The dossiers of a campaign for the commission, by circonscription then commune.

    ``scope`` names the circonscription that the list is restricted to, empty for all. ``groups``
    are (circonscription, dossiers) pairs. ``left_out`` is a sentence on the dossiers that are not
    submitted.
    """

    scope: str
    groups: tuple[tuple[str, tuple[DecisionLine, ...]], ...]
    totals: tuple[LevelCount, ...]
    left_out: str
    issue: Issue

    @property
    def lines(self) -> tuple[DecisionLine, ...]:
        """Every dossier, in the order of the list."""
        return tuple(line for _, lines in self.groups for line in lines)


@dataclass(frozen=True, slots=True)
class SchoolResult:
    """What a letter says of a decided school.

    ``level`` is 0 for a refusal, ``years`` are those in which the label holds. ``reason`` is that
    of the decision. ``acquired`` names the criteria that reach a level, ``steps`` are (criterion,
    what would raise the label).
    """

    name: str
    level: int
    decided_on: date
    years: tuple[SchoolYear, ...]
    reason: str
    acquired: tuple[str, ...]
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CommuneLetter:
    """The letter that tells a commune the results of its schools.

    ``sender`` are the lines of who writes. ``waiting`` names by state the schools whose dossier is
    not decided, ``others`` counts those of its public schools that did not apply,
    ``next_campaign`` is the month in which the next campaign opens (« janvier 2025 »).
    """

    commune: str
    postcode: str
    sender: tuple[str, ...]
    results: tuple[SchoolResult, ...]
    waiting: tuple[tuple[State, tuple[str, ...]], ...]
    others: int
    next_campaign: str
    issue: Issue


def level_counts(lines: Sequence[DecisionLine], highest: int) -> tuple[LevelCount, ...]:
    """Dossiers by level, the highest first, then those not labelled, then those without level."""
    return tuple(
        LevelCount(
            level,
            sum(line.level == level for line in lines),
            sum(line.opinion == level for line in lines),
            sum(line.decision == level for line in lines),
        )
        for level in (*range(highest, -1, -1), None)
    )
