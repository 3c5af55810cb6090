"""What is kept about persons, why, and until when."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Retention:
    """One category of personal data, in French sentences.

    ``assumption`` is true where ``kept`` is a proposal that the controller has to confirm.
    """

    title: str
    held: str
    why: str
    kept: str
    assumption: bool
    erase: str
