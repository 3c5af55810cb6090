from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.merge.machine import Exchanges


def test_x():
    class Run(Exchanges):
        pass

    run_state_machine_as_test(
        Run,
        settings=settings(
            max_examples=100,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    print(Exchanges.met)
