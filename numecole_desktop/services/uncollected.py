"""Jobs that make millions of short-lived objects, which the garbage collector need not look at."""

from __future__ import annotations

from numecole_desktop.reports.memory import collection_paused
from numecole_desktop.services.workspace import Job, T


def uncollected(job: Job[T]) -> Job[T]:
    """Run a job with the collector of cycles held back between its steps."""
    try:
        while True:
            with collection_paused():
                progress = next(job)
            yield progress
    except StopIteration as end:
        result: T = end.value
        return result
    finally:
        job.close()
