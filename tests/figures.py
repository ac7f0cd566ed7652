"""How long does it take from an event until it is reported?

`in_time` measures. No test fails by a figure, as machines differ: pytest prints the figures at its
end, with the goals that they missed, and `benchmarks/report_latency.py` measures on purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from time import monotonic

IN_TIME = 2.5
"""The goal, in seconds from the event to its report. On a quiet machine it takes less than one; an
event that is missed is reported later than this: the manager looks for dead kernels every 3
seconds, and a question is given up after 5.
"""

START = 10.0
"""The goal where a process must start first."""

FIGURES: dict[str, list[float]] = {}
"""Seconds, by event."""

_GOALS: dict[str, float] = {}


@contextmanager
def in_time(event: str, goal: float = IN_TIME) -> Iterator[None]:
    """Measure how long the code inside waits for the report of an event, which is now."""
    began = monotonic()
    yield
    FIGURES.setdefault(event, []).append(monotonic() - began)
    _GOALS[event] = goal


def figures() -> Iterator[str]:
    """The median of each event, with its goal where that is missed."""
    for event, times in FIGURES.items():
        seconds, goal = median(times), _GOALS[event]
        yield f"{seconds:8.3f}  {event}" + (f" (goal: {goal:g})" if seconds > goal else "")
