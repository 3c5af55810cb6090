"""The versions installed here do not carry the faults that made us pin them."""

import subprocess
import sys

# PySide6 6.12.0 drops a reference to None at each call of a method that returns nothing: on
# Python 3.11 the interpreter aborts after some thousands of calls ("none_dealloc").
MANY_CALLS = """
from PySide6.QtCore import QObject
thing = QObject()
for _ in range(60_000):
    thing.setObjectName("x")
print("alive")
"""


def test_qt_survives_many_calls_that_return_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", MANY_CALLS], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr
