"""Numbered, frozen steps of the schema: a step that was released is never edited.

``STEPS[i]`` brings a base from version i to version i + 1. A step is SQL only, and imports
nothing of the application, so that it stays what it was. After the last step the state is
rebuilt from the journal, so that a step never converts a projection.
"""

from __future__ import annotations

from numecole_desktop.storage.migrations import (
    step_001,
    step_002,
    step_003,
    step_004,
    step_005,
)

STEPS: tuple[str, ...] = (
    step_001.SQL,
    step_002.SQL,
    step_003.SQL,
    step_004.SQL,
    step_005.SQL,
)
