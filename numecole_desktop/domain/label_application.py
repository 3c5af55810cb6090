"""The dossier of a label application: what it holds, and the steps that it goes through."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from numecole_desktop.domain.label_criteria import Commitments
from numecole_desktop.domain.school_year import SchoolYear

OPINION, OPINION_REASON = "opinion.", "opinion_reason."
"""Columns of an event that hold the opinion on a criterion, and why it differs: its key follows."""
ATTACHMENT = "attachment."
"""Columns of an event that hold an attached file: the hash of its content follows."""


class State(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    EXAMINED = "examined"
    DECIDED = "decided"
    ATTESTED = "attested"
    WITHDRAWN = "withdrawn"

    @property
    def label(self) -> str:
        """French word."""
        return {
            State.DRAFT: "brouillon",
            State.SUBMITTED: "déposé",
            State.EXAMINED: "examiné",
            State.DECIDED: "décidé",
            State.ATTESTED: "attesté",
            State.WITHDRAWN: "retiré",
        }[self]


class PersonRole(StrEnum):
    """What a named person does in a dossier; the value is the field that refers to the person."""

    SCHOOL_REFERENT = "school_referent"
    COMMUNE_REFERENT = "commune_referent"
    SCHOOL_SIGNATORY = "school_signatory"
    COMMUNE_SIGNATORY = "commune_signatory"

    @property
    def label(self) -> str:
        """French words."""
        return {
            PersonRole.SCHOOL_REFERENT: "référent de l’école",
            PersonRole.COMMUNE_REFERENT: "référent de la commune",
            PersonRole.SCHOOL_SIGNATORY: "signataire pour l’école",
            PersonRole.COMMUNE_SIGNATORY: "signataire pour la commune",
        }[self]


@dataclass(frozen=True, slots=True)
class StepTaken:
    """One step of the past: the state reached, wall time (a label) and operator's code."""

    state: State
    at: str
    operator: str


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file of the dossier: SHA-256 of its content, media type, size in bytes."""

    sha256: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class LabelApplication:
    """The dossier of a school for the campaign of ``year``.

    ``people`` gives for each role the reference of a person, kept apart and erasable.
    ``opinion`` is the circonscription's level by criterion, ``opinion_reasons`` why it differs
    from the computed one. ``decision`` is the level decided, 0 for a refusal. ``basis`` names the
    rules and the computed levels that the decision saw.
    """

    uai: str
    year: SchoolYear
    state: State = State.DRAFT
    people: Mapping[PersonRole, str] = field(default_factory=dict)
    project_classes: int | None = None
    project_title: str = ""
    school_project: bool | None = None
    support: bool | None = None
    school_signed_on: date | None = None
    commune_signed_on: date | None = None
    opinion: Mapping[str, int] = field(default_factory=dict)
    opinion_reasons: Mapping[str, str] = field(default_factory=dict)
    decision: int | None = None
    decided_on: date | None = None
    decision_reason: str = ""
    basis: Mapping[str, object] = field(default_factory=dict)
    attachments: tuple[AttachedFile, ...] = ()
    steps: tuple[StepTaken, ...] = ()

    @property
    def commitments(self) -> Commitments:
        """What the criteria read in the dossier."""
        return Commitments(
            PersonRole.SCHOOL_REFERENT in self.people,
            PersonRole.COMMUNE_REFERENT in self.people,
            self.project_classes,
            self.school_project,
            self.support,
        )

    @property
    def opinion_level(self) -> int | None:
        """The level of the opinion, the lowest over its criteria; None before it."""
        return min(self.opinion.values(), default=None)

    @property
    def label_year(self) -> SchoolYear | None:
        """School year of the decision, the first in which the label holds; None before it."""
        return SchoolYear.of(self.decided_on) if self.decided_on else None
