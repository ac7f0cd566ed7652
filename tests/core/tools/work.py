"""How much work does a call do, whatever the machine?

A count of calls is the same every time, where a measurement of seconds is not. It sees all loops
that call something, those of IPython and of the standard library included; a count of lines sees
other loops, too, and takes longer. Neither sees what a single call does in C, as the search of a
regular expression. `benchmarks/reading.py` and `benchmarks/fuzz.py` measure seconds.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any


def calls_made(action: Callable[[], object]) -> int:
    """The calls of functions, in Python and in C, that the action makes."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        action()
    finally:
        sys.setprofile(before)
    return calls


def lines_run(action: Callable[[], object]) -> int:
    """The lines of Python that the action runs, each as often as a loop begins it again."""
    lines = 0

    def count(_frame: object, event: str, _argument: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        action()
    finally:
        sys.settrace(before)
    return lines
