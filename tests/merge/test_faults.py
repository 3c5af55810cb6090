"""Each device known to be wrong makes the machine fail."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.merge.device import Device
from tests.merge.faults import KNOWN_BAD
from tests.merge.machine import machine

ONE_FAILURE = settings(
    max_examples=200,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("device", KNOWN_BAD)
def test_a_known_fault_is_caught(device: type[Device]) -> None:
    with pytest.raises(AssertionError):
        run_state_machine_as_test(machine(device), settings=ONE_FAILURE)
