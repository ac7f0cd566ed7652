"""How long did it take until what happened was told?

`in_time` measures, and fails where it took too long. pytest prints the figures at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic

IN_TIME = 2.5
"""Seconds from an event until it must be told. On a quiet machine it takes less than one; what is
missed comes later than this: the manager looks for dead kernels every 3 seconds, and a question is
given up after 5.
"""

START = 10.0
"""The same where a process must start first, which is its own affair."""

FIGURES: dict[str, list[float]] = {}
"""Seconds, by event."""


@contextmanager
def in_time(event: str, seconds: float = IN_TIME) -> Iterator[None]:
    """What is waited for inside comes soon after the event, which is now."""
    began = monotonic()
    yield
    took = monotonic() - began
    FIGURES.setdefault(event, []).append(took)
    assert took < seconds, f"{event} was told after {took:.1f} seconds"
